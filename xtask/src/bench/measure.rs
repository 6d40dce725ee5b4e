//! What a program takes, as the operating system tells it when the program has ended.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use serde::Serialize;
use wait4::Wait4 as _;

use crate::{failure::Failure, process};

/// What a run took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub(super) struct Cost {
    pub(super) wall_seconds: f64,
    /// Of all threads together, in the program and in the kernel.
    pub(super) cpu_seconds: f64,
    /// The most that was held at once.
    pub(super) peak_megabytes: f64,
}

/// Runs a program to its end; nothing where it fails.
pub(super) fn run(command: &mut Command) -> Result<Option<Cost>, Failure> {
    const MEBIBYTE: f64 = 1_048_576.0;
    command.stdin(Stdio::null());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let outcome = command.spawn().and_then(|mut child| child.wait4());
    let wall = start.elapsed();
    let used = outcome.map_err(|error| process::cannot_run(command, &error))?;
    let time = used.rusage.utime + used.rusage.stime;
    // No program holds so much that a float would lose more than a byte of it.
    #[allow(clippy::cast_precision_loss)]
    let bytes = used.rusage.maxrss as f64;
    Ok(used.status.success().then(|| Cost {
        wall_seconds: wall.as_secs_f64(),
        cpu_seconds: time.as_secs_f64(),
        peak_megabytes: bytes / MEBIBYTE,
    }))
}

/// How long a round of programs may take that is repeated more often: the shorter it is, the more weighs
/// what else the machine does.
const SHORT: Duration = Duration::from_secs(40);

/// How many times as often a round is repeated at most.
const MORE: usize = 10;

/// The medians of several programs that take turns: a machine is slower for a while, now and then, and
/// should be so for all of them. Every other round goes backwards, so that none runs only behind the one
/// that leaves the caches with least of the others. Nothing for a program that fails.
///
/// A program is run with the number of the round, the first of which is 0.
pub(super) fn in_turn<T>(
    runs: usize,
    programs: &[T],
    run: impl Fn(usize, &T) -> Result<Option<Cost>, Failure>,
) -> Result<Vec<Option<Cost>>, Failure> {
    let mut costs: Vec<Option<Vec<Cost>>> = vec![Some(Vec::new()); programs.len()];
    let mut order: Vec<usize> = (0..programs.len()).collect();
    let mut count = 1;
    let mut round = 0;
    while round < count {
        let start = Instant::now();
        for index in &order {
            let Some(measured) = &mut costs[*index] else {
                continue;
            };
            match run(round, &programs[*index])? {
                Some(cost) => measured.push(cost),
                None => costs[*index] = None,
            }
        }
        if round == 0 {
            count = rounds(runs, start.elapsed());
        }
        order.reverse();
        round += 1;
    }
    let medians = costs.iter().map(|costs| costs.as_deref().map(median));
    Ok(medians.collect())
}

/// How many rounds there are where the first took this long.
fn rounds(runs: usize, first: Duration) -> usize {
    let as_often = SHORT.as_nanos() / first.as_nanos().max(1);
    runs * usize::try_from(as_often).unwrap_or(MORE).clamp(1, MORE)
}

/// The median of each figure by itself.
fn median(costs: &[Cost]) -> Cost {
    let middle = |figure: fn(&Cost) -> f64| {
        let mut values: Vec<f64> = costs.iter().map(figure).collect();
        values.sort_unstable_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or_default()
    };
    Cost {
        wall_seconds: middle(|cost| cost.wall_seconds),
        cpu_seconds: middle(|cost| cost.cpu_seconds),
        peak_megabytes: middle(|cost| cost.peak_megabytes),
    }
}

/// How many lines of Rust a folder holds, without the runtime that we copy and nobody generates.
pub(super) fn lines(folder: &Path) -> Result<usize, Failure> {
    let unreadable = |error| Failure::io("read", folder, &error);
    let mut sum = 0;
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() && !path.ends_with("src/runtime") {
            sum += lines(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text =
                fs::read_to_string(&path).map_err(|error| Failure::io("read", &path, &error))?;
            sum += text.lines().count();
        }
    }
    Ok(sum)
}

/// The processor and how many of them there are, as far as the system tells.
pub(super) fn machine() -> String {
    let count = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    let information = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = information
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or(std::env::consts::ARCH, |(_, model)| model);
    format!("{count} × {model}, {}", std::env::consts::OS)
}

#[cfg(test)]
mod tests {
    use std::{
        cell::{Cell, RefCell},
        time::Duration,
    };

    use super::{Cost, MORE, in_turn, median, rounds};

    fn cost(wall_seconds: f64, cpu_seconds: f64, peak_megabytes: f64) -> Cost {
        Cost {
            wall_seconds,
            cpu_seconds,
            peak_megabytes,
        }
    }

    #[test]
    fn each_figure_has_its_own_median() {
        let costs = [
            cost(1.0, 9.0, 5.0),
            cost(30.0, 1.0, 6.0),
            cost(2.0, 2.0, 7.0),
        ];
        assert_eq!(median(&costs), cost(2.0, 2.0, 6.0));
    }

    #[test]
    fn programs_take_turns_and_one_that_fails_has_no_more() {
        let order = RefCell::new(String::new());
        let wall = Cell::new(0.0);
        let costs = in_turn(1, &['a', 'x', 'b'], |round, program| {
            assert_eq!(round, order.borrow().replace('x', "").len() / 2);
            order.borrow_mut().push(*program);
            wall.set(wall.get() + 1.0);
            Ok((*program != 'x').then(|| cost(wall.get(), 1.0, 1.0)))
        });
        let costs = costs.expect("no program is missing");
        let order = order.into_inner();
        assert!(order.starts_with("axbbaabba"), "{order}");
        assert_eq!(order.len(), "ab".len() * MORE + "x".len());
        let median = |walls: &[f64]| Some(cost(walls[walls.len() / 2], 1.0, 1.0));
        let a = [1.0, 5.0, 6.0, 9.0, 10.0, 13.0, 14.0, 17.0, 18.0, 21.0];
        let b = [3.0, 4.0, 7.0, 8.0, 11.0, 12.0, 15.0, 16.0, 19.0, 20.0];
        assert_eq!(costs, [median(&a), None, median(&b)]);
    }

    #[test]
    fn a_long_round_is_not_repeated_more_often() {
        let counts = [1, 10, 25, 100].map(|seconds| rounds(3, Duration::from_secs(seconds)));
        assert_eq!(counts, [30, 12, 3, 3]);
    }
}
