//! `cargo xtask bench`: how long a regeneration takes, and how much memory.

use std::time::{Duration, Instant};

use generator::document::Sources;

use crate::{
    cli::{BenchArguments, Format},
    failure::Failure,
    memory, regen,
    workspace::Workspace,
};

/// Generates all clients again and again, and prints the figures.
pub(crate) fn run(workspace: &Workspace, arguments: &BenchArguments) -> Result<(), Failure> {
    let mut durations = Vec::with_capacity(arguments.runs.get());
    let mut peak = None;
    for _ in 0..arguments.runs.get() {
        let start = Instant::now();
        regen::generate(workspace, &[], Format::Human, &mut Sources::default())?;
        durations.push(start.elapsed());
        // The first run alone: later ones find memory that the allocator has kept.
        peak = peak.or_else(memory::peak);
    }
    durations.sort_unstable();
    println!("{}", times(&durations));
    match peak {
        Some(kilobytes) => println!("memory, peak of one run: {} MB", kilobytes.div_ceil(1024)),
        None => println!("memory: this system does not tell"),
    }
    Ok(())
}

/// The shortest, the middle and the longest of sorted durations.
fn times(durations: &[Duration]) -> String {
    let milliseconds = |duration: Option<&Duration>| {
        duration.map_or(0.0, |duration| duration.as_secs_f64() * 1000.0)
    };
    format!(
        "time of {} runs: {:.1} ms least, {:.1} ms median, {:.1} ms most",
        durations.len(),
        milliseconds(durations.first()),
        milliseconds(durations.get(durations.len() / 2)),
        milliseconds(durations.last()),
    )
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::times;

    #[test]
    fn the_median_is_the_middle() {
        let durations = [1, 2, 30].map(Duration::from_millis);
        assert_eq!(
            times(&durations),
            "time of 3 runs: 1.0 ms least, 2.0 ms median, 30.0 ms most"
        );
    }
}
