//! Hostile texts are refused in bounded time, and documents of several files become one.

use std::fmt::Write;

use generator::diagnostic::{Code, Diagnostic, Diagnostics};
use generator::document::{self, Document, MAX_DEPTH, MAX_TEXT_BYTES, Sources};

fn load(files: &[(&str, &str)]) -> (Option<Document>, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let mut ids = files.iter().map(|(name, text)| sources.add(*name, *text));
    let main = ids.next().expect("there is a document");
    ids.for_each(drop);
    let mut diagnostics = Diagnostics::default();
    let document = document::load(&sources, main, &[], &mut diagnostics);
    (document, diagnostics.into_vec())
}

fn codes(diagnostics: &[Diagnostic]) -> Vec<Code> {
    diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code)
        .collect()
}

/// A schema of arrays of arrays, so deep that the text nests as many levels as given.
fn nested(levels: usize, name: &str) -> (Option<Document>, Vec<Diagnostic>) {
    let arrays = levels - 4;
    let schema = format!("{}{{}}{}", "{\"items\":".repeat(arrays), "}".repeat(arrays));
    let text = format!(
        "{{\"openapi\":\"3.0.3\",\"info\":{{\"title\":\"T\",\"version\":\"1\"}},\"paths\":{{}},\
         \"components\":{{\"schemas\":{{\"Deep\":{schema}}}}}}}"
    );
    load(&[(name, &text)])
}

#[test]
fn the_deepest_nesting_is_read() {
    for name in ["deep.json", "deep.yaml"] {
        let (document, diagnostics) = nested(MAX_DEPTH, name);
        assert!(document.is_some(), "{name}");
        assert_eq!(codes(&diagnostics), [], "{name}");
    }
}

#[test]
fn deeper_nesting_is_refused() {
    for name in ["deep.json", "deep.yaml"] {
        for levels in [MAX_DEPTH + 1, 20_000] {
            let (document, diagnostics) = nested(levels, name);
            assert!(document.is_none(), "{name}");
            assert_eq!(codes(&diagnostics), [Code::Syntax], "{name}");
        }
    }
}

#[test]
fn aliases_that_multiply_are_refused() {
    let mut text = "openapi: 3.0.3\nx-0: &a0 [lol, lol]\n".to_owned();
    for level in 1..40 {
        let before = level - 1;
        writeln!(text, "x-{level}: &a{level} [*a{before}, *a{before}]").expect("it can be written");
    }
    let (document, diagnostics) = load(&[("laughs.yaml", &text)]);
    assert!(document.is_none());
    assert_eq!(codes(&diagnostics), [Code::Syntax]);
}

#[test]
fn a_text_that_is_too_long_is_refused() {
    let text = format!("openapi: 3.0.3\n#{}", "x".repeat(MAX_TEXT_BYTES));
    let (document, diagnostics) = load(&[("long.yaml", &text)]);
    assert!(document.is_none());
    assert_eq!(codes(&diagnostics), [Code::Syntax]);
}

#[test]
fn what_other_files_hold_becomes_components() {
    let main = "openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /pets:
    $ref: paths/pets.yaml
components: {schemas: {Pet: {type: string}}}
";
    let pets = "get:
  responses:
    '200':
      description: Pets.
      content: {application/json: {schema: {$ref: '../models.yaml#/components/schemas/Pet'}}}
";
    let models = "components: {schemas: {Pet: {type: object}}}";
    let (document, diagnostics) = load(&[
        ("api/main.yaml", main),
        ("api/paths/pets.yaml", pets),
        ("api/models.yaml", models),
    ]);
    assert_eq!(codes(&diagnostics), []);
    let openapi = document.expect("it can be read").openapi;
    assert_eq!(openapi.operations().count(), 1);
    let components = openapi.components.expect("there are components");
    assert_eq!(
        components.schemas.keys().collect::<Vec<_>>(),
        ["Pet", "Pet2"]
    );
}
