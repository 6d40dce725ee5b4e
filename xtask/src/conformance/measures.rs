//! What the page says of coverage and of changes that tests notice. Measuring takes long, so the
//! figures are those that were kept.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::{
    coverage,
    failure::Failure,
    figures::{self, Coverage, Lines, Mutations, Reasons, per_cent},
    mutants,
    workspace::Workspace,
};

const COVERAGE: &str = "
## Coverage

Lines of the generator and of what clients share that the tests of both packages run. `cargo xtask coverage
--report` measures it anew; CI does not. It fails where a file below 90 % has no reason in
[reasons.toml](../xtask/conformance/figures/reasons.toml).

| Part | Files | Lines | Run by tests |
|---|---|---|---|
";

const LOW: &str = "
Files below 90 %:

| File | Run by tests | Reason |
|---|---|---|
";

const MUTATION: &str = "
## Changes that tests notice

cargo-mutants changes one place of the code after the other, and the tests have to fail. `cargo xtask
mutants --report` tries it anew; CI does not. One of so many changes is tried, always the same ones;
`--every 1` tries all. Those that do not compile do not count; those that make tests run too long are
noticed.

| Part | Changes | Tried | Do not compile | Noticed | Survived | Score |
|---|---|---|---|---|---|---|
";

const SURVIVORS: &str = "
Changes that survived:

| File | Change | Reason |
|---|---|---|
";

/// Both sections.
pub(super) fn sections(workspace: &Workspace) -> Result<String, Failure> {
    let reasons = Reasons::read(workspace)?;
    let covered = figures::read(workspace, coverage::FIGURES)?;
    let tried = figures::read(workspace, mutants::FIGURES)?;
    Ok(coverage_section(&covered, &reasons) + &mutation_section(&tried, &reasons))
}

fn coverage_section(coverage: &Coverage, reasons: &Reasons) -> String {
    let mut parts: BTreeMap<String, (usize, Lines)> = BTreeMap::new();
    let mut low = String::new();
    for (file, lines) in coverage {
        let part = parts.entry(part(file)).or_default();
        part.0 += 1;
        part.1.add(*lines);
        if lines.is_low() {
            let reason = reasons.coverage.get(file).map_or("", String::as_str);
            let covered = per_cent(lines.per_mille());
            let _ = writeln!(low, "| `{file}` | {covered} | {reason} |");
        }
    }
    let mut text = COVERAGE.to_owned();
    for (part, (files, lines)) in parts {
        let covered = per_cent(lines.per_mille());
        let _ = writeln!(text, "| {part} | {files} | {} | {covered} |", lines.lines);
    }
    if !low.is_empty() {
        text.push_str(LOW);
        text.push_str(&low);
    }
    text
}

/// The module at the top of its crate that a file belongs to, for example `generator: lower`.
fn part(file: &str) -> String {
    let (package, path) = file.split_once("/src/").unwrap_or_default();
    let module = path.split('/').next().unwrap_or_default();
    format!("{package}: `{}`", module.trim_end_matches(".rs"))
}

fn mutation_section(mutations: &Mutations, reasons: &Reasons) -> String {
    let mut text = MUTATION.to_owned();
    let mut survivors = String::new();
    for (part, mutation) in mutations {
        let survived = mutation.survivors.len();
        let noticed = mutation.noticed();
        let tried = noticed + survived + mutation.unviable;
        let _ = writeln!(
            text,
            "| {part} | {} | {tried}, one of {} | {} | {noticed} | {survived} | {} |",
            mutation.all,
            mutation.every,
            mutation.unviable,
            per_cent(mutation.per_mille()),
        );
        for survivor in &mutation.survivors {
            let reason = reasons.of(survivor).unwrap_or_default();
            // A bar would end the cell.
            let change = survivor.change.replace('|', "\\|");
            let _ = writeln!(survivors, "| `{}` | {change} | {reason} |", survivor.file);
        }
    }
    if !survivors.is_empty() {
        text.push_str(SURVIVORS);
        text.push_str(&survivors);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Lines, Reasons, coverage_section};

    #[test]
    fn files_are_counted_by_their_modules_and_named_where_they_are_low() {
        let lines = |lines, covered| Lines { lines, covered };
        let coverage = [
            ("generator/src/lower.rs".to_owned(), lines(10, 10)),
            ("generator/src/lower/names.rs".to_owned(), lines(10, 5)),
        ];
        let reason = (
            "generator/src/lower/names.rs".to_owned(),
            "Because.".to_owned(),
        );
        let mut reasons = Reasons::default();
        reasons.coverage.extend([reason]);
        let text = coverage_section(&coverage.into(), &reasons);
        assert!(
            text.contains("| generator: `lower` | 2 | 20 | 75.0 % |"),
            "{text}"
        );
        let row = "| `generator/src/lower/names.rs` | 50.0 % | Because. |";
        assert!(text.contains(row), "{text}");
    }
}
