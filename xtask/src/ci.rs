//! `cargo xtask ci`: the checks that go beyond `cargo test --workspace`.

mod step;

use std::time::{Duration, Instant};

use crate::{cli::CiArguments, clients, failure::Failure, workspace::Workspace};

use step::{STEPS, Step};

/// Runs all steps, so that one failure does not hide another, and ends with a summary.
pub(crate) fn run(workspace: &Workspace, arguments: &CiArguments) -> Result<(), Failure> {
    let steps = select(&arguments.steps)?;
    if arguments.list {
        for step in steps {
            println!("{:<10} {}", step.name, step.purpose);
        }
        return Ok(());
    }
    let mut results = Vec::new();
    for step in steps {
        println!("== {}: {}", step.name, step.purpose);
        let start = Instant::now();
        let result = (step.run)(workspace);
        if let Err(failure) = &result {
            eprintln!("error: {failure}");
        }
        results.push((step, result, start.elapsed()));
    }
    summarise(&results)
}

fn select(names: &[String]) -> Result<Vec<&'static Step>, Failure> {
    let known: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
    if let Some(name) = names.iter().find(|name| !known.contains(&name.as_str())) {
        let help = match clients::nearest(name, &known) {
            Some(nearest) => format!("did you mean '{nearest}'?"),
            None => format!("the steps are: {}", known.join(", ")),
        };
        return Err(Failure::Usage(format!("there is no step '{name}'; {help}")));
    }
    Ok(STEPS
        .iter()
        .filter(|step| names.is_empty() || names.iter().any(|name| name == step.name))
        .collect())
}

fn summarise(results: &[(&Step, Result<(), Failure>, Duration)]) -> Result<(), Failure> {
    println!("== summary");
    for (step, result, duration) in results {
        let verdict = if result.is_ok() { "passed" } else { "FAILED" };
        println!(
            "{:<10} {verdict} {:>7.1} s",
            step.name,
            duration.as_secs_f64()
        );
    }
    let failed: Vec<&str> = results
        .iter()
        .filter(|(_, result, _)| result.is_err())
        .map(|(step, ..)| step.name)
        .collect();
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Failure::Problem(format!("failed: {}", failed.join(", "))))
    }
}
