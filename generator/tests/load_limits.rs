//! Hostile texts are refused in bounded time, and documents of several files become one.

use std::fmt::Write;

use generator::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use generator::document::{
    self, Document, MAX_ALIASED_VALUES, MAX_DEPTH, MAX_REFERENCE_CHAIN, MAX_REPEATED_TYPES,
    MAX_TEXT_BYTES, MAX_VALUES, Pointer, Sources,
};
use generator::{Request, Settings};

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

fn labels(diagnostics: &[Diagnostic]) -> Vec<&str> {
    let labels = diagnostics.iter();
    labels
        .map(|one| one.label.as_deref().unwrap_or_default())
        .collect()
}

/// The messages about the schemas of a document. Without its limits, the generator would hardly ever end.
fn schemas(schemas: &str) -> Vec<(Code, String)> {
    let mut sources = Sources::default();
    let head =
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n";
    let settings = Settings {
        module: "v1".to_owned(),
    };
    let lowered = generator::lower(&Request {
        document: sources.add("schemas.yaml", format!("{head}{schemas}")),
        sources: &sources,
        overlays: &[],
        settings: &settings,
    });
    let diagnostics = lowered.diagnostics.into_iter();
    diagnostics
        .map(|one| (one.code, one.label.unwrap_or(one.message)))
        .collect()
}

/// Schemas each of which is the next, and one that leads to a property through the first.
fn chain(references: usize) -> String {
    let mut text = "    Use: {$ref: '#/components/schemas/S0/properties/p'}\n".to_owned();
    for index in 0..references {
        let next = index + 1;
        writeln!(
            text,
            "    S{index}: {{$ref: '#/components/schemas/S{next}'}}"
        )
        .expect("it grows");
    }
    writeln!(
        text,
        "    S{references}: {{type: object, properties: {{p: {{type: string}}}}}}"
    )
    .expect("it grows");
    text
}

#[test]
fn a_reference_leads_through_sixteen_others_at_most() {
    assert_eq!(schemas(&chain(16)), []);
    let said = schemas(&chain(17));
    let label = "the way leads through more than 16 references";
    assert_eq!(said, [(Code::MissingTarget, label.to_owned())]);
}

/// Components each of which is, or extends, the next one.
fn components_in_turn(count: usize, link: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for index in 1..count {
        writeln!(text, "    S{index}: {}", link(index + 1)).expect("it grows");
    }
    writeln!(text, "    S{count}: {{type: object}}").expect("it grows");
    text
}

#[test]
fn long_chains_of_components_are_cut() {
    let alias = |next| format!("{{$ref: '#/components/schemas/S{next}'}}");
    let part = |next| {
        format!(
            "{{allOf: [{{$ref: '#/components/schemas/S{next}'}}, \
             {{properties: {{p{next}: {{type: string}}}}}}]}}"
        )
    };
    assert_eq!(schemas(&components_in_turn(MAX_REFERENCE_CHAIN, alias)), []);
    assert_eq!(schemas(&components_in_turn(MAX_REFERENCE_CHAIN, part)), []);
    // Chains that would exhaust the stack of the stages that follow them.
    for text in [
        components_in_turn(20_000, alias),
        components_in_turn(300, part),
    ] {
        let said = schemas(&text);
        assert!(!said.is_empty());
        for (code, message) in said {
            assert_eq!(code, Code::UnsupportedSchema, "{message}");
        }
    }
    let said = schemas(&components_in_turn(MAX_REFERENCE_CHAIN + 1, part));
    assert_eq!(said.len(), 1, "{said:?}");
}

#[test]
fn schemas_that_all_of_nests_are_bounded() {
    let nested = |next| {
        format!(
            "{{properties: {{p: {{allOf: [{{$ref: '#/components/schemas/S{next}'}}, \
             {{properties: {{q: {{type: string}}}}}}]}}}}}}"
        )
    };
    let said = schemas(&components_in_turn(200, nested));
    let bounded = said.iter().filter(|(code, message)| {
        *code == Code::UnsupportedSchema && message.contains("ever deeper")
    });
    assert!(bounded.count() > 0, "{said:?}");
}

#[test]
fn unions_within_unions_are_followed_so_far_only() {
    let wrapped = |next| {
        format!(
            "{{oneOf: [{{allOf: [{{$ref: '#/components/schemas/S{next}'}}]}}, {{type: string}}]}}"
        )
    };
    assert_eq!(schemas(&components_in_turn(10_000, wrapped)), []);
}

#[test]
fn schemas_that_all_of_multiplies_are_bounded() {
    let mut text = "    S0: {type: object, properties: {p: {type: string}}}\n".to_owned();
    for index in 1..40 {
        let before = index - 1;
        let part = format!(
            "{{allOf: [{{$ref: '#/components/schemas/S{before}'}}, \
             {{properties: {{x: {{type: string}}}}}}]}}"
        );
        writeln!(
            text,
            "    S{index}: {{type: object, properties: {{l: {part}, r: {part}}}}}"
        )
        .expect("it grows");
    }
    let said = schemas(&text);
    let bounded = said.iter().filter(|(code, message)| {
        *code == Code::UnsupportedSchema && message.contains("multiplies the schemas")
    });
    assert!(bounded.count() > 0, "{said:?}");
}

#[test]
fn schemas_that_are_written_out_are_not_bounded() {
    let mut text = String::new();
    for index in 0..=MAX_REPEATED_TYPES {
        writeln!(
            text,
            "    S{index}: {{type: array, items: {{enum: [a, b]}}}}"
        )
        .expect("it grows");
    }
    assert_eq!(schemas(&text), []);
}

#[test]
fn the_same_part_in_many_ways_costs_no_more() {
    let mut text = "    S0: {type: object, properties: {p: {type: string}}}\n".to_owned();
    for index in 1..MAX_REFERENCE_CHAIN {
        let before = index - 1;
        let part = format!("{{$ref: '#/components/schemas/S{before}'}}");
        writeln!(text, "    S{index}: {{allOf: [{part}, {part}]}}").expect("it grows");
    }
    assert_eq!(schemas(&text), []);
}

#[test]
fn values_beyond_the_limit_are_refused_in_json() {
    let values = format!("{}1", "1,".repeat(MAX_VALUES));
    assert_too_many_values("many.json", &values);
}

#[test]
fn values_beyond_the_limit_are_refused_in_yaml() {
    let values = format!("{}1", "1,".repeat(MAX_VALUES + MAX_ALIASED_VALUES));
    assert_too_many_values("many.yaml", &values);
}

fn assert_too_many_values(name: &str, values: &str) {
    let text = format!("{{\"openapi\": \"3.0.3\", \"x\": [{values}]}}");
    let (document, diagnostics) = load(&[(name, &text)]);
    assert!(document.is_none());
    assert_eq!(labels(&diagnostics), ["more than 5000000 keys and values"]);
}

#[test]
fn the_limits_are_those_that_are_documented() {
    assert_eq!(MAX_TEXT_BYTES, 128 * 1024 * 1024);
    assert_eq!(
        (
            MAX_VALUES,
            MAX_DEPTH,
            MAX_ALIASED_VALUES,
            MAX_REPEATED_TYPES,
            MAX_REFERENCE_CHAIN
        ),
        (5_000_000, 80, 250_000, 20_000, 64)
    );
}

/// A number that no type of Rust holds costs the keyword that it belongs to.
#[test]
fn a_number_beyond_all_types_costs_its_keyword() {
    let text = |number: &str| {
        format!(
            "{{\"openapi\":\"3.0.3\",\"info\":{{\"title\":\"T\",\"version\":\"1\"}},\"paths\":{{}},\
             \"components\":{{\"schemas\":{{\"S\":{{\"type\":\"number\",\"maximum\":{number}}}}}}}}}"
        )
    };
    for number in ["1e400", "-1E+400", "1.5e400"] {
        let (document, diagnostics) = load(&[("large.json", &text(number))]);
        assert!(document.is_some(), "{number}");
        assert_eq!(codes(&diagnostics), [Code::IgnoredKeyword], "{number}");
        let pointer = Pointer::from_text("/components/schemas/S/maximum");
        assert_eq!(diagnostics[0].location.place, Place::Value(pointer));
    }
    for wrong in ["01", "1e", "1.", "--1", "+1", "1e4 00"] {
        let (document, _) = load(&[("wrong.json", &text(wrong))]);
        assert!(document.is_none(), "{wrong}");
    }
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
            assert_eq!(labels(&diagnostics), ["nested more than 80 levels deep"]);
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
    let label = "aliases add more than 250000 values to the document";
    assert_eq!(labels(&diagnostics), [label]);
}

#[test]
fn a_text_that_is_too_long_is_refused() {
    let text = format!("openapi: 3.0.3\n#{}", "x".repeat(MAX_TEXT_BYTES));
    let (document, diagnostics) = load(&[("long.yaml", &text)]);
    assert!(document.is_none());
    assert_eq!(codes(&diagnostics), [Code::Syntax]);
    assert_eq!(labels(&diagnostics), ["longer than 128 MiB"]);
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
