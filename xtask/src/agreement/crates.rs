//! The crates of all pairs: a library for each state, and programs that use it.
//!
//! The clients of all pairs are modules of one crate for each state, which share one runtime: that makes
//! hundreds of programs cheap to check. Programs are crates of their own, since the compiler gives up on
//! a crate whose names it cannot resolve before it looks at types.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::PathBuf,
};

use serde_json::Value;

use crate::{failure::Failure, members, regen::standalone::Template, workspace::Workspace};

use super::{
    FOLDER, caller,
    pairs::{Pair, State},
};

/// The name of the libraries in code. It is the same for both states, so that a program need not know which
/// one it is given.
pub(super) const LIBRARY: &str = "documents";

/// A state of the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Old,
    New,
}

impl Side {
    const BOTH: [Self; 2] = [Self::Old, Self::New];

    fn word(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
        }
    }

    fn of(self, pair: &Pair) -> &State {
        match self {
            Self::Old => &pair.old,
            Self::New => &pair.new,
        }
    }

    /// The folder of the library with the clients of this state.
    pub(super) fn library(self) -> String {
        format!("documents-{}", self.word())
    }

    fn programs(self) -> String {
        format!("callers-{}", self.word())
    }
}

/// The program of one state, compiled against the client of another.
fn target(pair: &str, program: Side, client: Side) -> String {
    format!("{pair}__{}__{}", program.word(), client.word())
}

/// What the compiler says of each program.
pub(super) struct Compiled {
    codes: BTreeMap<String, BTreeSet<String>>,
}

impl Compiled {
    /// The codes of errors, and of warnings of what is deprecated, that a program draws.
    pub(super) fn codes(&self, pair: &Pair, program: Side, client: Side) -> BTreeSet<String> {
        let codes = self.codes.get(&target(&pair.name, program, client));
        codes.cloned().unwrap_or_default()
    }
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.path(FOLDER)
}

/// Writes all crates.
pub(super) fn write(workspace: &Workspace, pairs: &[Pair]) -> Result<(), Failure> {
    for side in Side::BOTH {
        library(workspace, pairs, side)?;
        programs(workspace, pairs, side)?;
    }
    let names: Vec<String> = Side::BOTH
        .iter()
        .flat_map(|side| [side.library(), side.programs()])
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    members::unite(workspace, &folder(workspace), &names)
}

/// The clients of one state, each a module.
fn library(workspace: &Workspace, pairs: &[Pair], side: Side) -> Result<(), Failure> {
    let Some(first) = pairs.first() else {
        return Err(Failure::Problem("there are no pairs".to_owned()));
    };
    let folder = folder(workspace).join(side.library());
    let emitted = pairs.iter().flat_map(|pair| side.of(pair).files.clone());
    let name = side.library();
    let template = Template::new();
    for file in template.crate_files(&side.of(first).api, emitted.collect(), &name) {
        let text = match file.path.as_str() {
            "src/lib.rs" => root(pairs),
            // Its releases are compared by the rules that hold from version 1 on.
            "Cargo.toml" => {
                let version = file
                    .text
                    .replace("version = \"0.1.0\"", "version = \"1.0.0\"");
                format!(
                    "{}\n[lib]\nname = {LIBRARY:?}\n",
                    members::as_member(&version)
                )
            }
            _ => file.text.replace(&name.replace('-', "_"), LIBRARY),
        };
        members::write(&folder.join(&file.path), &text)?;
    }
    Ok(())
}

fn root(pairs: &[Pair]) -> String {
    let mut text = "//! The clients of many documents.\n\npub mod runtime;\n\n".to_owned();
    for pair in pairs {
        let _ = writeln!(text, "pub mod {};", pair.name);
    }
    text
}

/// The programs of both states, for the clients of one.
fn programs(workspace: &Workspace, pairs: &[Pair], client: Side) -> Result<(), Failure> {
    let folder = folder(workspace);
    let mut manifest = format!(
        "[package]\nname = {:?}\nversion = \"0.1.0\"\nedition = \"2024\"\nautobins = false\n\n\
         [dependencies]\n{LIBRARY} = {{ package = {:?}, path = \"../{1}\" }}\n\
         serde = \"1\"\nserde_json = \"1\"\n",
        client.programs(),
        client.library(),
    );
    for pair in pairs {
        for program in Side::BOTH {
            let source = format!("programs/{}_{}.rs", pair.name, program.word());
            let text = caller::program(&program.of(pair).api, &pair.name);
            members::write(&folder.join(&source), &text)?;
            let name = target(&pair.name, program, client);
            let _ = write!(
                manifest,
                "\n[[bin]]\nname = {name:?}\npath = \"../{source}\"\n"
            );
        }
    }
    members::write(
        &folder.join(client.programs()).join("Cargo.toml"),
        &manifest,
    )
}

/// Compiles all programs. A program must compile against the client of its own document: otherwise
/// nothing can be told from it.
pub(super) fn compile(workspace: &Workspace, pairs: &[Pair]) -> Result<Compiled, Failure> {
    let messages = members::check(workspace, &folder(workspace))?;
    let mut codes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut finished = BTreeSet::new();
    for message in &messages {
        let target = members::text(message, "/target/name");
        if members::text(message, "/reason") == "compiler-artifact" {
            finished.insert(target);
        } else if let Some(code) = telling(message) {
            codes.entry(target.to_owned()).or_default().insert(code);
        }
    }
    let own = |target: &str| target.ends_with("old__old") || target.ends_with("new__new");
    let broken = messages.iter().find(|message| {
        let target = members::text(message, "/target/name");
        members::text(message, "/message/level") == "error"
            && (own(target) || !target.contains("__"))
    });
    if let Some(message) = broken {
        return Err(Failure::Problem(format!(
            "a program does not compile against the client of its own document:\n{}",
            members::text(message, "/message/rendered")
        )));
    }
    for pair in pairs {
        for (program, client) in [(Side::Old, Side::New), (Side::New, Side::Old)] {
            let name = target(&pair.name, program, client);
            if !finished.contains(name.as_str()) && !codes.contains_key(&name) {
                return Err(Failure::Problem(format!("{name} was not compiled")));
            }
        }
    }
    Ok(Compiled { codes })
}

/// The code of an error, or of the warning that something is deprecated.
fn telling(message: &Value) -> Option<String> {
    let code = members::text(message, "/message/code/code");
    match members::text(message, "/message/level") {
        // The last message of a failed crate only counts the others.
        "error" if !code.is_empty() => Some(code.to_owned()),
        "error" if members::text(message, "/message/rendered").starts_with("error: aborting") => {
            None
        }
        "error" => Some("error".to_owned()),
        "warning" if code == "deprecated" => Some(code.to_owned()),
        _ => None,
    }
}
