//! What generation takes, ours and that of other generators.

use std::{
    path::{Path, PathBuf},
    process::{self as this_process, Command},
};

use serde::Serialize;

use super::{
    documents::Document,
    measure::{self, Cost},
    peers::{self, Peer},
};
use crate::{failure::Failure, members, process, workspace::Workspace};

/// What one generator took for one document.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    pub(super) program: String,
    pub(super) document: String,
    pub(super) kilobytes: u64,
    /// Lines of Rust; of ours without the copied runtime.
    pub(super) lines: usize,
    pub(super) cost: Cost,
    /// What was emitted.
    #[serde(skip)]
    pub(super) output: PathBuf,
}

/// A program that generates.
#[derive(Debug, Clone)]
pub(super) enum Generator {
    Ours(PathBuf),
    Peer(&'static Peer, PathBuf),
}

impl Generator {
    /// All others that can be had here; another is noted as missing.
    pub(super) fn peers(
        workspace: &Workspace,
        missing: &mut Vec<String>,
    ) -> Result<Vec<Self>, Failure> {
        let mut generators = Vec::with_capacity(peers::PEERS.len());
        for peer in peers::PEERS {
            let program = peers::install(workspace, peer, missing)?;
            generators.extend(program.map(|program| Self::Peer(peer, program)));
        }
        Ok(generators)
    }

    /// How its rows are called.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Ours(_) => "this project",
            Self::Peer(peer, _) => peer.name,
        }
    }

    fn folder(&self) -> &'static str {
        match self {
            Self::Ours(_) => "ours",
            Self::Peer(peer, _) => peer.name,
        }
    }

    fn command(&self, workspace: &Workspace, document: &Path, output: &Path) -> Command {
        match self {
            Self::Ours(program) => {
                let mut command = process::program(workspace, program);
                command.args(["regen", "--spec"]).arg(document);
                command.arg("--out").arg(output);
                command
            }
            Self::Peer(peer, program) => peers::command(peer, program, document, output),
        }
    }
}

/// Where generators write, and how often.
#[derive(Debug)]
pub(super) struct Generation<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) folder: &'a Path,
    pub(super) runs: usize,
}

impl Generation<'_> {
    /// Removes what was emitted. Before the end it stays where it is: file systems are slow in giving anew
    /// what has just become free, which only those would feel who write many files.
    pub(super) fn remove_output(&self) -> Result<(), Failure> {
        members::remove(&self.everything())
    }

    /// What was emitted, by this run of the harness or by one that did not come to its end.
    fn everything(&self) -> PathBuf {
        self.folder.join("generated")
    }

    /// The rows of a document, one for each generator, and nothing for one that fails on it.
    pub(super) fn measure(
        &self,
        generators: &[Generator],
        document: &Document,
    ) -> Result<Vec<Row>, Failure> {
        let costs = measure::in_turn(self.runs, generators, |round, generator| {
            let output = self.output(generator, document, round);
            members::remove(&output)?;
            measure::run(&mut generator.command(self.workspace, &document.path, &output))
        })?;
        let measured = generators.iter().zip(costs);
        measured
            .filter_map(|(generator, cost)| Some(self.row(generator, document, cost?)))
            .collect()
    }

    fn row(&self, generator: &Generator, document: &Document, cost: Cost) -> Result<Row, Failure> {
        let output = self.output(generator, document, 0);
        Ok(Row {
            program: generator.name().to_owned(),
            document: document.name.clone(),
            kilobytes: document.kilobytes,
            lines: measure::lines(&output)?,
            cost,
            output,
        })
    }

    /// A folder that nobody has written to: whoever finds files of the same content has less to write.
    fn output(&self, generator: &Generator, document: &Document, round: usize) -> PathBuf {
        let run = this_process::id().to_string();
        let document = document
            .name
            .replace(|one: char| !one.is_ascii_alphanumeric(), "-");
        let name = format!("{}-{document}-{round}", generator.folder());
        self.everything().join(run).join(name)
    }
}
