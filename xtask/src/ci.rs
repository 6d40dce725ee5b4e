//! `cargo xtask ci`: the checks that go beyond `cargo test --workspace`.

mod bench;
mod code;
mod corpus;
mod dependencies;
mod drift;
mod features;
mod msrv;
mod snapshots;
mod spec;

use std::{
    io::{self, Write as _},
    time::{Duration, Instant},
};

use crate::{
    agreement,
    cli::{AgreementArguments, CiArguments},
    clients, conformance,
    failure::Failure,
    fetch, process,
    terminal::{self, Colour, paint},
    workspace::Workspace,
};

/// A check with a name.
struct Step {
    /// What the command line calls it.
    name: &'static str,
    /// What holds where it passes.
    purpose: &'static str,
    /// The check itself.
    run: fn(&Workspace) -> Result<Verdict, Failure>,
}

/// How a check went that did not fail.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Passed,
    /// It passed as far as it could be carried out here; the text names the rest.
    Partly(String),
}

/// All steps, in the order in which they run: those that need nothing installed first.
const STEPS: &[Step] = &[
    Step {
        name: "fmt",
        purpose: "the code is formatted",
        run: code::fmt,
    },
    Step {
        name: "clippy",
        purpose: "clippy has nothing to say about any target with any feature",
        run: code::clippy,
    },
    Step {
        name: "features",
        purpose: "the client compiles without features, with each alone, and for the web",
        run: features::run,
    },
    Step {
        name: "rustdoc",
        purpose: "the documentation builds without warnings",
        run: code::rustdoc,
    },
    Step {
        name: "msrv",
        purpose: "the documented Rust version is declared, and enough for every dependency",
        run: msrv::run,
    },
    Step {
        name: "drift",
        purpose: "the emitted files are those that `cargo xtask regen` writes, and all is committed",
        run: drift::run,
    },
    Step {
        name: "snapshots",
        purpose: "no snapshot is pending, and none is left over",
        run: snapshots::run,
    },
    Step {
        name: "deny",
        purpose: "licences, duplicates, sources and advisories of the dependencies are in order",
        run: dependencies::run,
    },
    Step {
        name: "fetch",
        purpose: "a document is fetched whole and locked, or nothing changes",
        run: fetching,
    },
    Step {
        name: "spec",
        purpose: "two validators accept the document, and its samples fit their schemas",
        run: spec::run,
    },
    Step {
        name: "conformance",
        purpose: "servers and clients that we did not write agree with ours",
        run: |workspace| conformance::all(workspace).map(|()| Verdict::Passed),
    },
    Step {
        name: "agreement",
        purpose: "what is predicted of updates is what the compiler says of them",
        run: agreement,
    },
    Step {
        name: "corpus",
        purpose: "clients of real documents are generated and compile without a warning",
        run: corpus::run,
    },
    Step {
        name: "generated",
        purpose: "clients of documents that are made at random compile without a warning",
        run: corpus::generated,
    },
    Step {
        name: "parts",
        purpose: "clients with little of the runtime compile without a warning",
        run: corpus::parts,
    },
    Step {
        name: "standalone",
        purpose: "an emitted crate passes its own tests, and those of its documentation",
        run: corpus::standalone,
    },
    Step {
        name: "bench",
        purpose: "the harness that measures works; its figures do not matter",
        run: bench::run,
    },
];

/// The tests of the HTTP client, which other commands are built without.
fn fetching(workspace: &Workspace) -> Result<Verdict, Failure> {
    let features = ["test", "--package", "xtask", "--features", "fetch"];
    let mut cargo = process::cargo(workspace);
    process::succeed(fetch::replacing(cargo.args(features)).args(["--test", "fetch"]))?;
    Ok(Verdict::Passed)
}

/// The comparison of predictions with the compiler.
fn agreement(workspace: &Workspace) -> Result<Verdict, Failure> {
    let arguments = AgreementArguments::default();
    agreement::run(workspace, &arguments)?;
    Ok(Verdict::Passed)
}

/// Runs all steps, so that one failure does not hide another, and ends with a summary.
pub(crate) fn run(workspace: &Workspace, arguments: &CiArguments) -> Result<(), Failure> {
    let steps = select(&arguments.steps)?;
    if arguments.list {
        for step in steps {
            println!("{:<12} {}", step.name, step.purpose);
        }
        return Ok(());
    }
    let mut results = Vec::new();
    for step in steps {
        println!("== {}: {}", step.name, step.purpose);
        // The programs that a step runs write to the same terminal, past our buffer.
        let _ = io::stdout().flush();
        let start = Instant::now();
        let verdict = (step.run)(workspace);
        if let Err(failure) = &verdict {
            eprintln!("error: {failure}");
        }
        results.push(Outcome {
            step,
            verdict,
            duration: start.elapsed(),
        });
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

/// How a step went.
struct Outcome {
    step: &'static Step,
    verdict: Result<Verdict, Failure>,
    duration: Duration,
}

fn summarise(outcomes: &[Outcome]) -> Result<(), Failure> {
    let style = terminal::style(&io::stdout());
    println!("== summary");
    for outcome in outcomes {
        let (colour, word, note) = match &outcome.verdict {
            Ok(Verdict::Passed) => (Colour::Green, "passed", ""),
            Ok(Verdict::Partly(missing)) => (Colour::Yellow, "partly", missing.as_str()),
            Err(_) => (Colour::Red, "FAILED", ""),
        };
        let line = format!(
            "{:<12} {} {:>7.1} s  {note}",
            outcome.step.name,
            paint(style, colour, word),
            outcome.duration.as_secs_f64()
        );
        println!("{}", line.trim_end());
    }
    let failed: Vec<&str> = outcomes
        .iter()
        .filter(|outcome| outcome.verdict.is_err())
        .map(|outcome| outcome.step.name)
        .collect();
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Failure::Problem(format!("failed: {}", failed.join(", "))))
    }
}
