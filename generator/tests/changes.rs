//! Pairs of documents with one change each, and what the comparison says of it.
//!
//! The folder that holds a pair is named after the effect on a caller's code. `cargo xtask ci
//! agreement` checks with the compiler that the folder is right.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use generator::diagnostic::Severity;
use generator::diff::{self, Comparison, Effect, Kind};
use generator::document::Sources;
use generator::ir::{Api, Types};
use generator::{Request, Settings};

const FOLDERS: [(&str, Effect); 4] = [
    ("compile-error", Effect::CompileError),
    ("behaviour", Effect::Behaviour),
    ("recompile", Effect::Recompile),
    ("nothing", Effect::Nothing),
];

#[test]
fn each_change_has_the_effect_that_its_folder_names() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (folder, expected) in FOLDERS {
        for pair in entries(&root().join(folder)) {
            count += 1;
            let comparison = diff::compare(&read(&pair, "old"), &read(&pair, "new"));
            if worst(&comparison) != Some(expected) {
                wrong.push(format!("{}: {comparison:#?}", pair.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 40, "only {count} pairs");
}

#[test]
fn a_document_does_not_differ_from_itself() {
    for (folder, _) in FOLDERS {
        for pair in entries(&root().join(folder)) {
            let comparison = diff::compare(&read(&pair, "old"), &read(&pair, "old"));
            assert_eq!(comparison.changes, [], "{}", pair.display());
        }
    }
}

/// A rule that says too little would hide here: nothing that differs goes unnamed, and nothing is
/// covered up by documentation that reads differently, too.
#[test]
fn whatever_differs_is_reported() {
    for (folder, _) in FOLDERS {
        for pair in entries(&root().join(folder)) {
            let (old, new) = (read(&pair, "old"), read(&pair, "new"));
            let changes = beside_documentation(&diff::compare(&old, &new));
            let unnamed = |change: &&diff::Change| change.kind == Kind::Other;
            assert_eq!(changes.iter().find(unnamed), None, "{}", pair.display());
            let comparison = diff::compare(&old, &described(new));
            let described = beside_documentation(&comparison);
            assert_eq!(described, changes, "{}", pair.display());
            assert_ne!(described.len(), comparison.changes.len());
        }
    }
}

/// That a parameter's type is another one, which is the same in Rust, is something for which there is no
/// rule.
#[test]
fn what_no_rule_names_is_reported_beside_documentation() {
    let api = |schema: &str| {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  /things:\n    get:\n      \
             parameters: [{{name: owner, in: query, schema: {{{schema}}}}}]\n      responses: \
             {{'204': {{description: Fine.}}}}\ncomponents:\n  schemas:\n    Name: {{type: string}}\n"
        );
        lower(text, Path::new("a parameter"))
    };
    let (old, new) = (
        api("type: string"),
        api("$ref: '#/components/schemas/Name'"),
    );
    for new in [new.clone(), described(new)] {
        let comparison = diff::compare(&old, &new);
        let gravest = comparison.changes.first();
        let gravest = gravest.map(|change| (change.kind, change.effect));
        assert_eq!(gravest, Some((Kind::Other, Effect::Behaviour)));
    }
}

/// The same API, with other documentation of all operations and types.
fn described(mut api: Api) -> Api {
    let resources = api.resources.iter_mut();
    for operation in resources.flat_map(|resource| &mut resource.operations) {
        operation.docs.text.push_str(" And more.");
    }
    let mut types = api.types.to_vec();
    for definition in &mut types {
        definition.docs.text.push_str(" And more.");
    }
    api.types = Types::from(types);
    api
}

fn beside_documentation(comparison: &Comparison) -> Vec<diff::Change> {
    let mut changes = comparison.changes.clone();
    changes.retain(|change| change.kind != Kind::DocumentationChanged);
    changes
}

/// The words matter as much as the effect: they are all that somebody reads who reviews an update.
#[test]
fn each_change_is_told_in_words() {
    for (folder, _) in FOLDERS {
        for pair in entries(&root().join(folder)) {
            let comparison = diff::compare(&read(&pair, "old"), &read(&pair, "new"));
            let mut settings = insta::Settings::clone_current();
            settings.set_snapshot_path(&pair);
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            settings.bind(|| insta::assert_snapshot!("report", report(&comparison)));
        }
    }
}

/// All that is said of an update, line by line.
fn report(comparison: &Comparison) -> String {
    let counts = FOLDERS.map(|(name, effect)| format!("{name} {}", comparison.count(effect)));
    let mut text = format!("{:?}: {}\n", comparison.advice, counts.join(", "));
    for change in &comparison.changes {
        let place = |pointer: &Option<String>| pointer.clone().unwrap_or_else(|| "-".to_owned());
        let (old, new) = (place(&change.old), place(&change.new));
        let _ = writeln!(
            text,
            "\n{:?}, {:?}: {}",
            change.effect, change.kind, change.what
        );
        let _ = writeln!(text, "  {}", change.meaning);
        let _ = writeln!(text, "  {old} -> {new}");
        for reach in &change.reach {
            let (direction, path) = (reach.direction, &reach.path);
            let _ = writeln!(text, "  reaches {}, {direction:?} {path}", reach.operation);
        }
    }
    text.lines()
        .map(|line| line.trim_end().to_owned() + "\n")
        .collect()
}

/// The page is written where the compiler is asked; that none is missing from it can be told here.
#[test]
fn each_pair_is_on_the_page_of_the_agreement() {
    let page = fs::read_to_string(root().join("AGREEMENT.md")).expect("the page can be read");
    for (folder, _) in FOLDERS {
        for pair in entries(&root().join(folder)) {
            let name = pair.file_name().expect("a name").to_string_lossy();
            let row = format!("| `{name}` | {} | ", folder.replace('-', " "));
            assert!(
                page.contains(&row),
                "{name}: run `cargo xtask agreement --report`"
            );
        }
    }
}

fn worst(comparison: &Comparison) -> Option<Effect> {
    comparison.changes.first().map(|change| change.effect)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/changes")
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the entry can be read").path())
        .collect();
    paths.sort();
    paths
}

fn read(pair: &Path, side: &str) -> Api {
    let path = pair.join(format!("{side}.yaml"));
    let text = fs::read_to_string(&path).expect("the document can be read");
    lower(text, &path)
}

fn lower(text: String, path: &Path) -> Api {
    let mut sources = Sources::default();
    let settings = Settings {
        module: "v1".to_owned(),
    };
    let document = sources.add("document.yaml", text);
    let lowered = generator::lower(&Request {
        sources: &sources,
        document,
        overlays: &[],
        settings: &settings,
    });
    let mut diagnostics = lowered.diagnostics;
    diagnostics.retain(|diagnostic| diagnostic.severity() != Severity::Note);
    assert!(
        diagnostics.is_empty(),
        "{}: {diagnostics:#?}",
        path.display()
    );
    lowered.api.expect("the document can be read")
}
