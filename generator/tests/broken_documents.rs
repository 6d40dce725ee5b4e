//! Documents with one fault each, made from healthy ones by replacing a text.
//!
//! The character `§` in a replacement marks where the diagnostic has to point. It is taken out before
//! the document is read.

#[path = "broken_documents/cases.rs"]
mod cases;

use std::fmt::Write;

use cases::{Base, Case};
use generator::diagnostic::{self, Diagnostic, Diagnostics, Style};
use generator::document::{self, Sources};

/// Marks the place that a diagnostic has to point at.
const MARK: char = '§';

#[test]
fn healthy_documents_have_no_diagnostics() {
    for base in [Base::Yaml, Base::Json, Base::Overlay] {
        let (sources, diagnostics) = load(base, base.text());
        let rendered = diagnostic::render(&diagnostics, &sources, Style::Plain);
        assert_eq!(rendered, "", "{base:?}");
    }
}

#[test]
fn there_are_enough_faults() {
    let count: usize = cases::GROUPS.iter().map(|(_, cases)| cases.len()).sum();
    assert!(count >= 60, "there are {count}");
}

#[test]
fn every_fault_is_found_where_it_is() {
    let mut differences = String::new();
    for (group, cases) in cases::GROUPS {
        for case in *cases {
            let (text, position) = case.text();
            let (sources, diagnostics) = load(case.base, &text);
            let expected = case.expected(position);
            let found = found(&diagnostics, &sources);
            if found != expected {
                let fault = case.fault;
                writeln!(
                    differences,
                    "{group}: {fault}\n  expected {expected}\n  found    {found}"
                )
                .expect("a string takes everything");
            }
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

#[test]
fn messages() {
    for (group, cases) in cases::GROUPS {
        let mut rendered = String::new();
        for case in *cases {
            let (text, _) = case.text();
            let (sources, diagnostics) = load(case.base, &text);
            writeln!(rendered, "## {}\n", case.fault).expect("a string takes everything");
            rendered += &diagnostic::render(&diagnostics, &sources, Style::Plain);
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("snapshots/broken_documents");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(*group, rendered.trim_end()));
    }
}

/// Code, pointer and position of each diagnostic.
fn found(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let found = diagnostic::to_json(diagnostics, sources);
    let found = found.as_array().expect("diagnostics are a list");
    let found = found.iter().map(|found| {
        let pointer = found["pointer"].as_str().unwrap_or("none");
        let place = [&found["file"], &found["line"], &found["column"]];
        let [file, line, column] = place.map(|part| part.to_string().replace('"', ""));
        let code = found["code"].as_str().expect("a code is a text");
        format!("{code} at {file}:{line}:{column}, pointer {pointer}")
    });
    found.collect::<Vec<_>>().join("; ")
}

impl Case {
    fn expected(&self, (line, column): (usize, usize)) -> String {
        let Self { code, base, .. } = self;
        let pointer = self.pointer.unwrap_or("none");
        format!(
            "{code} at {}:{line}:{column}, pointer {pointer}",
            base.file()
        )
    }

    /// The broken text, and the line and column that are marked in it.
    fn text(&self) -> (String, (usize, usize)) {
        let base = self.base.text();
        let count = base.matches(self.healthy).count();
        assert_eq!(count, 1, "`{}` is once in the document", self.healthy);
        let marked = base.replace(self.healthy, self.broken);
        let offset = marked.find(MARK).expect("the place is marked");
        let before = &marked[..offset];
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        (marked.replacen(MARK, "", 1), (line, column))
    }
}

/// Loads a document; an overlay together with the document that it belongs to.
fn load(base: Base, text: &str) -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    match base {
        Base::Yaml | Base::Json => {
            let file = sources.add(base.file(), text);
            document::load(&sources, file, &[], &mut diagnostics);
        }
        Base::Overlay => {
            let file = sources.add(Base::Yaml.file(), Base::Yaml.text());
            let overlay = sources.add(base.file(), text);
            document::load(&sources, file, &[overlay], &mut diagnostics);
        }
    }
    (sources, diagnostics.into_vec())
}
