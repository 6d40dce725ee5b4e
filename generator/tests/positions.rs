//! Diagnostics point at the text that they are about, however the model was put together.

use generator::diagnostic::{Code, to_json};
use generator::document::Sources;
use generator::{Request, Settings};

const MARK: char = '§';

/// Lowers a document of several files with overlays, and compares the place of each diagnostic with
/// the marks in the texts.
#[track_caller]
fn check(files: &[(&str, &str)], overlays: &[(&str, &str)], codes: &[Code]) {
    let mut sources = Sources::default();
    let mut marks = Vec::new();
    let mut ids = Vec::new();
    for (name, text) in files.iter().chain(overlays) {
        let mut plain = String::new();
        for (number, line) in text.lines().enumerate() {
            let mut before = 0;
            for part in line.split_inclusive(MARK) {
                before += part.trim_end_matches(MARK).chars().count();
                if part.ends_with(MARK) {
                    marks.push(format!("{name}:{}:{}", number + 1, before + 1));
                }
            }
            plain += &line.replace(MARK, "");
            plain.push('\n');
        }
        ids.push(sources.add(*name, plain));
    }
    let settings = Settings {
        module: "v1".to_owned(),
    };
    let lowered = generator::lower(&Request {
        sources: &sources,
        document: ids[0],
        overlays: &ids[files.len()..],
        settings: &settings,
    });
    let found = to_json(&lowered.diagnostics, &sources);
    let found = found.as_array().expect("a list").iter().map(|one| {
        let file = one["file"].as_str().expect("a name");
        format!("{file}:{}:{}", one["line"], one["column"])
    });
    let found: Vec<_> = found.collect();
    let found_codes: Vec<_> = lowered.diagnostics.iter().map(|one| one.code).collect();
    assert_eq!(found, marks, "{:#?}", lowered.diagnostics);
    for code in codes {
        assert!(found_codes.contains(code), "{found_codes:?}");
    }
    assert_eq!(found_codes.len(), codes.len(), "{found_codes:?}");
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n";

/// A parameter that lowering cannot express, so that the diagnostic comes from there.
const FAULTY: &str = "{name: a, in: query, content: {application/cbor: {}}}";

#[test]
fn parameters_behind_one_that_was_left_out() {
    let text = format!(
        "{HEAD}paths:
  /a:
    get:
      parameters:
        - {{name: q, in: query, schema: {{type: string}}}}
        - §{{name: q, in: query, schema: {{type: string}}}}
        - §{{in: query, name: 1}}
        - §{{name: unused, in: path, required: true, schema: {{type: string}}}}
        - §{FAULTY}
      responses: {{}}
"
    )
    .replace("§{in: query, name: 1}", "{in: §nowhere, name: b}");
    check(
        &[("a.yaml", &text)],
        &[],
        &[
            Code::InvalidValue,
            Code::DuplicateParameter,
            Code::UnusedPathParameter,
            Code::UnsupportedParameter,
        ],
    );
}

#[test]
fn security_requirements_behind_one_that_was_left_out() {
    let text = format!(
        "{HEAD}paths: {{}}
components:
  securitySchemes:
    user: {{type: http, scheme: basic}}
    token: {{type: http, scheme: bearer}}
"
    );
    let operation = "
  /a:
    get:
      security:
        - {§other: []}
        - §{user: [], token: []}
      responses: {'204': {description: Done.}}";
    check(
        &[(
            "a.yaml",
            &text.replace(" {}\ncomponents", &format!("{operation}\ncomponents")),
        )],
        &[],
        &[Code::UnknownSecurityScheme, Code::UnsupportedSecurityScheme],
    );
}

#[test]
fn what_an_overlay_adds_replaces_and_removes() {
    let text = format!(
        "{HEAD}paths:
  /a:
    get:
      operationId: §x
      parameters:
        - {{name: q, in: query, schema: {{type: string}}}}
        - §{FAULTY}
      responses: {{}}
"
    )
    .replace("operationId: §x", "operationId: x");
    let overlay = "overlay: 1.0.0
info: {title: O, version: '1'}
actions:
  - target: $.paths['/a'].get.parameters[0]
    remove: true
  - target: $.paths['/a'].get
    update:
      operationId: §[y]
      parameters:
        - §{name: r, in: query, content: {application/cbor: {}}}
  - target: $.info
    update: {contact: §text}
";
    let second = "overlay: 1.0.0
info: {title: O, version: '1'}
actions:
  - target: $.paths['/a'].get.parameters[1]
    update: {description: §[z]}
";
    check(
        &[("a.yaml", &text)],
        &[("o.yaml", overlay), ("p.yaml", second)],
        &[
            Code::UnsupportedParameter,
            Code::UnsupportedParameter,
            Code::IgnoredKeyword,
            Code::IgnoredKeyword,
            Code::WrongType,
        ],
    );
}

#[test]
fn a_number_that_an_overlay_adds_is_spelled_as_there() {
    let mut sources = Sources::default();
    let text = format!("{HEAD}paths: {{}}\n").replace("'1'", "1.10");
    let document = sources.add("a.yaml", text);
    let overlay = "overlay: 1.0.0\nactions: [{target: $.info, update: {version: 2.50}}]\n";
    let overlay = sources.add("o.yaml", overlay);
    let settings = Settings {
        module: "v1".to_owned(),
    };
    let lowered = generator::lower(&Request {
        sources: &sources,
        document,
        overlays: &[overlay],
        settings: &settings,
    });
    assert_eq!(lowered.api.expect("an API").version, "2.50");
}

#[test]
fn parts_of_path_items_and_components_in_other_files() {
    let main = format!(
        "{HEAD}paths:
  /a: {{$ref: b.yaml}}
components:
  schemas:
    Named: {{$ref: 'c.yaml#/Named'}}
"
    );
    let item = format!(
        "parameters:
  - §{FAULTY}
get:
  operationId: x
  responses: {{'200': {{description: d, content: {{application/json: {{schema: {{$ref: 'c.yaml#/Other'}}}}}}}}}}
"
    );
    let schemas = "Named:
  allOf:
    - {type: object, properties: {p: {type: string}}}
    - {type: object, properties: {p: §{type: integer}}}
Other:
  allOf:
    - {type: object, properties: {q: {type: string}}}
    - {type: object, properties: {q: §{type: integer}}}
";
    check(
        &[("a.yaml", &main), ("b.yaml", &item), ("c.yaml", schemas)],
        &[],
        &[
            Code::UnsupportedParameter,
            Code::ConflictingAllOf,
            Code::ConflictingAllOf,
        ],
    );
}

#[test]
fn keywords_that_the_model_says_otherwise() {
    let conflict = "[{type: object, properties: {p: {type: string}}}, \
                    {type: object, properties: {p: §{type: integer}}}]";
    let text = format!(
        "openapi: 3.1.0
info: {{title: T, version: '1'}}
paths:
  /a:
    get:
      responses:
        4xx: {{description: d, content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}
components:
  schemas:
    A:
      type: object
      properties:
        beside: {{$ref: '#/components/schemas/B', allOf: {conflict}}}
        only: {{oneOf: [{{type: 'null'}}, {{allOf: {conflict}}}]}}
        choice: {{oneOf: [{{type: string}}, {{type: 'null'}}, {{allOf: {conflict}}}]}}
        tuple: {{type: array, prefixItems: [{{type: string}}, {{allOf: {conflict}}}]}}
        either: {{type: array, items: {{allOf: {conflict}}}}}
    B: {{type: object}}
"
    );
    check(&[("a.yaml", &text)], &[], &[Code::ConflictingAllOf; 5]);
}

/// A minified document is one line, in which columns still count characters and not bytes.
#[test]
fn objects_of_many_entries_on_a_long_line() {
    let schemas: Vec<String> = (0..200)
        .rev()
        .map(|index| match index {
            7 | 42 | 199 => format!(r#""Ä{index}":{{"type":"string","minLength":§"ü"}}"#),
            _ => format!(r#""Ä{index}":{{"type":"string","description":"Größe in €"}}"#),
        })
        .collect();
    let text = format!(
        r#"{{"openapi":"3.0.3","info":{{"title":"T","version":"1"}},"paths":{{}},"components":{{"schemas":{{{}}}}}}}"#,
        schemas.join(",")
    );
    check(&[("a.json", &text)], &[], &[Code::IgnoredKeyword; 3]);
}

#[test]
fn what_yaml_merges_stands_where_it_was_written() {
    let text = format!(
        "{HEAD}x-parameter: &parameter
  in: query
  schema: {{type: string, minLength: §many}}
x-other: &other {{style: §odd, name: p}}
paths:
  /a:
    get:
      parameters:
        - {{name: q, <<: *parameter}}
        - {{schema: {{type: string}}, <<: [{{in: query}}, *other]}}
      responses: {{'204': {{description: d}}}}
"
    );
    check(
        &[("a.yaml", &text)],
        &[],
        &[Code::IgnoredKeyword, Code::IgnoredKeyword],
    );
}
