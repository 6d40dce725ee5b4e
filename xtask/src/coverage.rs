//! `cargo xtask coverage`: the lines of the generator and of the client that their tests run.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    cli::CoverageArguments,
    failure::Failure,
    figures::{self, Coverage, Lines, Reasons, per_cent},
    process, references, tools,
    workspace::Workspace,
};

/// The version of cargo-llvm-cov.
const VERSION: &str = "0.9.1";

/// The code that is in question: what is written by hand and works for somebody.
const FOLDERS: [&str; 3] = [
    "generator/src/",
    "generated-client/src/runtime",
    "generated-client/src/ionos",
];

/// Keeps the compiler from compressing names, since not all builds of LLVM's programs can read that.
const UNCOMPRESSED: &str = "-C llvm-args=-enable-name-compression=false";

/// The tests that are run. With all features, the default library for TLS comes before the other one.
const RUNS: &[&[&str]] = &[
    &[
        "--all-features",
        "--package",
        "openapi-client-generator",
        "--package",
        "ionos-dbaas-postgres",
    ],
    &[
        "--package",
        "ionos-dbaas-postgres",
        "--no-default-features",
        "--features",
        "native-tls",
        "--test",
        "wire",
    ],
    &["--package", "xtask", "--test", "commands"],
];

/// The name of the figures.
pub(crate) const FIGURES: &str = "coverage";

/// Measures, prints what tests run too little of, and keeps the figures where that is asked for. What
/// has no reason fails the run.
pub(crate) fn run(workspace: &Workspace, arguments: &CoverageArguments) -> Result<(), Failure> {
    let coverage = measure(workspace)?;
    let reasons = Reasons::read(workspace)?.coverage;
    let mut unexplained = Vec::new();
    for (file, lines) in coverage.iter().filter(|(_, lines)| lines.is_low()) {
        let reason = reasons.get(file).map(String::as_str);
        println!(
            "{:>8}  {file}: {}",
            per_cent(lines.per_mille()),
            reason.unwrap_or("no reason")
        );
        if reason.is_none() {
            unexplained.push(file.as_str());
        }
    }
    if arguments.report {
        figures::write(workspace, FIGURES, &coverage)?;
    }
    let is_low = |file: &String| coverage.get(file).is_some_and(|lines| lines.is_low());
    if let Some(file) = reasons.keys().find(|file| !is_low(file)) {
        let message = format!("there is a reason for {file}, which needs none");
        return Err(Failure::Problem(message));
    }
    if unexplained.is_empty() {
        return Ok(());
    }
    Err(Failure::Problem(format!(
        "tests run too little, for no reason, of {}",
        unexplained.join(", ")
    )))
}

/// Runs the tests with instrumented code, and reads what they ran.
fn measure(workspace: &Workspace) -> Result<Coverage, Failure> {
    let tool = Tool::install(workspace)?;
    process::succeed(tool.command(workspace).args(["clean", "--workspace"]))?;
    for run in RUNS {
        process::succeed(tool.command(workspace).arg("--no-report").args(*run))?;
    }
    let path = tools::folder(workspace).join("coverage.lcov");
    process::succeed(
        tool.command(workspace)
            // Tests compile the runtime by a path that leads through their own folder.
            .args(["report", "--lcov", "--no-default-ignore-filename-regex"])
            .arg("--output-path")
            .arg(&path),
    )?;
    let text = references::text(&path)?;
    Ok(read(workspace.root(), &text))
}

/// The figures of our files, from what was exported in the format of lcov: `SF` names a file, `DA` one of
/// its lines and how often it was run. A line that is compiled into several programs counts once.
fn read(root: &Path, text: &str) -> Coverage {
    let mut files: BTreeMap<String, BTreeMap<u64, bool>> = BTreeMap::new();
    let mut file = None;
    for record in text.lines() {
        if let Some(path) = record.strip_prefix("SF:") {
            file = ours(root, Path::new(path));
        } else if let (Some(file), Some(data)) = (&file, record.strip_prefix("DA:")) {
            let mut numbers = data.split(',').map(str::parse::<u64>);
            let (Some(Ok(line)), Some(Ok(count))) = (numbers.next(), numbers.next()) else {
                continue;
            };
            let lines = files.entry(file.clone()).or_default();
            *lines.entry(line).or_default() |= count > 0;
        }
    }
    files
        .into_iter()
        .map(|(file, lines)| {
            let covered = lines.values().filter(|is_covered| **is_covered).count();
            let lines = Lines {
                lines: lines.len() as u64,
                covered: covered as u64,
            };
            (file, lines)
        })
        .collect()
}

/// The path of a file that counts, from the root of the workspace, with `/`.
fn ours(root: &Path, path: &Path) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.strip_prefix(root).ok()? {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part.to_string_lossy());
        }
    }
    let name = parts.join("/");
    let is_ours = FOLDERS.iter().any(|folder| name.starts_with(folder));
    is_ours.then_some(name)
}

/// cargo-llvm-cov, and the programs of LLVM that it runs.
struct Tool {
    program: PathBuf,
    programs: PathBuf,
}

impl Tool {
    fn install(workspace: &Workspace) -> Result<Self, Failure> {
        let program = tools::cargo_install(workspace, "cargo-llvm-cov", VERSION)?;
        let python = tools::python(workspace, "coverage")?;
        let place = "import llvm, pathlib; print(pathlib.Path(llvm.__file__).parent / 'bin')";
        let programs = process::output(
            process::program(workspace, python.program("python")).args(["-c", place]),
        )?;
        Ok(Self {
            program,
            programs: programs.trim().into(),
        })
    }

    fn command(&self, workspace: &Workspace) -> Command {
        let mut command = process::program(workspace, &self.program);
        command
            .arg("llvm-cov")
            .env("RUSTFLAGS", UNCOMPRESSED)
            .env("LLVM_COV", self.programs.join("llvm-cov"))
            .env("LLVM_PROFDATA", self.programs.join("llvm-profdata"));
        command
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Lines, read};

    #[test]
    fn a_line_counts_once_however_it_is_reached() {
        let root = Path::new("root");
        let file = |path: &[&str], lines: &str| {
            let path = path
                .iter()
                .fold(root.to_owned(), |path, part| path.join(part));
            format!("SF:{}\n{lines}end_of_record\n", path.display())
        };
        let direct = ["generated-client", "src", "runtime.rs"];
        let through_tests = ["generated-client", "tests", "..", "src", "runtime.rs"];
        let text = file(&direct, "DA:1,4\nDA:2,0\nDA:3,0\n")
            + &file(&through_tests, "DA:1,0\nDA:2,7\nDA:3,0\n")
            + &file(&["generator", "tests", "lib.rs"], "DA:1,1\n")
            + &format!("SF:{}\nDA:1,1\n", Path::new("elsewhere").display());
        let lines = Lines {
            lines: 3,
            covered: 2,
        };
        let expected = [("generated-client/src/runtime.rs".to_owned(), lines)];
        assert_eq!(read(root, &text), expected.into());
    }
}
