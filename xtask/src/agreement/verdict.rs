//! What the tools say of a pair, beside what was predicted.

use std::{collections::BTreeSet, fmt::Write as _};

use generator::diff::Effect;

use super::{
    crates::{Compiled, Side},
    pairs::Pair,
    semver::Findings,
};

/// What the compiler warns with where something is deprecated.
const DEPRECATED: &str = "deprecated";

/// One pair.
pub(super) struct Verdict {
    pub(super) name: String,
    pub(super) predicted: Effect,
    /// What stops the older program from being compiled against the newer client.
    pub(super) breaks: BTreeSet<String>,
    /// The older program uses what is deprecated by now.
    pub(super) warned: bool,
    /// The newer program can be compiled against the older client: it uses nothing new.
    pub(super) backward: bool,
    /// The lints by which cargo-semver-checks finds the newer client to break the older one's promises.
    pub(super) lints: BTreeSet<String>,
}

impl Verdict {
    pub(super) fn of(pair: &Pair, compiled: &Compiled, findings: &Findings) -> Self {
        let forward = compiled.codes(pair, Side::Old, Side::New);
        let warned = forward.contains(DEPRECATED);
        let breaks = forward.into_iter().filter(|code| code != DEPRECATED);
        Self {
            name: pair.name.clone(),
            predicted: pair.predicted,
            breaks: breaks.collect(),
            warned,
            backward: compiled.codes(pair, Side::New, Side::Old).is_empty(),
            lints: findings.get(&pair.name).cloned().unwrap_or_default(),
        }
    }

    fn has_news(&self) -> bool {
        self.warned || !self.backward
    }

    /// Both tools say what was predicted, as far as they can tell. Many changes that break a program are
    /// none that cargo-semver-checks knows; what it does find breaks some program.
    pub(super) fn agrees(&self) -> bool {
        let breaks = !self.breaks.is_empty();
        match self.predicted {
            Effect::CompileError => breaks,
            Effect::Recompile => !breaks && self.lints.is_empty() && self.has_news(),
            Effect::Nothing => !breaks && self.lints.is_empty() && !self.has_news(),
            Effect::Behaviour => !breaks && self.lints.is_empty(),
        }
    }
}

/// The effect as the folders of pairs call it.
pub(super) fn word(effect: Effect) -> &'static str {
    match effect {
        Effect::Nothing => "nothing",
        Effect::Recompile => "recompile",
        Effect::Behaviour => "behaviour",
        Effect::CompileError => "compile error",
    }
}

/// The table for a terminal, with the codes of the compiler.
pub(super) fn table(verdicts: &[Verdict]) -> String {
    let width = verdicts.iter().map(|one| one.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for verdict in verdicts {
        let compiler = match (verdict.breaks.is_empty(), verdict.has_news()) {
            (false, _) => list(&verdict.breaks),
            (true, true) => "compiles, news".to_owned(),
            (true, false) => "compiles".to_owned(),
        };
        let mark = if verdict.agrees() { "" } else { "WRONG" };
        let line = format!(
            "{:<width$}  {:<13}  {compiler:<20}  {mark:<5}  {}",
            verdict.name,
            word(verdict.predicted),
            list(&verdict.lints)
        );
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

fn list(names: &BTreeSet<String>) -> String {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.join(" ")
}
