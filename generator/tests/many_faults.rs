//! All independent faults are shown in one run, each once and in the order of the text.

use std::fmt::Write;

use generator::diagnostic::{Code, Counts, Diagnostic, Style, render, to_json};
use generator::document::Sources;
use generator::{Request, Settings};

fn lower(text: &str) -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let document = sources.add("faulty.yaml", text);
    let settings = Settings {
        module: "v1".to_owned(),
    };
    let lowered = generator::lower(&Request {
        sources: &sources,
        document,
        overlays: &[],
        settings: &settings,
    });
    (sources, lowered.diagnostics)
}

/// Lines of diagnostics and their codes, in the order in which they are shown.
fn shown(text: &str) -> Vec<(u64, String)> {
    let (sources, diagnostics) = lower(text);
    let list = to_json(&diagnostics, &sources);
    let list = list.as_array().expect("a list").iter().map(|one| {
        let line = one["line"].as_u64().expect("a number");
        (line, one["code"].as_str().expect("a code").to_owned())
    });
    list.collect()
}

/// Only what surrounds a fault is shown of a document without line ends, with its place in the whole.
#[test]
fn a_long_line_is_shown_in_part() {
    let mut text =
        r#"{"openapi":"3.0.3","info":{"title":"é","version":"1"},"paths":{},"components":{"schemas":{"#
            .to_owned();
    for index in 0..200 {
        let _ = write!(
            text,
            r##""S{index}":{{"$ref":"#/components/schemas/N{index}"}},"##
        );
    }
    text.push_str(r#""S":{"type":"object","x-a":1,"x-a":2}}}}"#);
    let (sources, diagnostics) = lower(&text);
    let shown = render(&diagnostics, &sources, Style::Plain);
    let column = |what: &str| {
        let byte = text.find(what).expect("it is there");
        text.get(..byte).map_or(0, |before| before.chars().count()) + 1
    };
    for what in [
        "\"#/components/schemas/N0\"",
        "\"#/components/schemas/N199\"",
        "\"x-a\":2",
    ] {
        let place = format!("faulty.yaml:1:{}\n", column(what));
        assert_eq!(shown.matches(&place).count(), 1, "{place}\n{shown}");
    }
    assert!(shown.len() < 200 * 1000, "{}", shown.len());
}

#[test]
fn ten_faults_of_ten_kinds() {
    let text = "openapi: 3.0.3
info: {title: Faulty, version: 1.0}
paths:
  /a/{b}:
    get:
      operationId: a
      operationid: b
      parameters:
        - {name: q, in: url, schema: {type: string}}
        - {in: query, schema: {type: string}}
      responses: {'200': {$ref: '#/components/responses/Dnoe'}}
    put:
      operationId: a
      security: [{nobody: []}]
      responses: {'204': {description: Done.}}
components:
  responses:
    Done: {description: Done.}
  schemas:
    Unused: {type: string, maxLength: -1}
    Other: {allOf: [{type: string}, {type: integer}]}
";
    let expected = [
        (2, Code::CoercedValue),
        (4, Code::UndeclaredPathParameter),
        (7, Code::UnknownKeyword),
        (9, Code::InvalidValue),
        (10, Code::MissingKeyword),
        (11, Code::UnresolvedReference),
        (13, Code::DuplicateOperationId),
        (14, Code::UnknownSecurityScheme),
        (20, Code::IgnoredKeyword),
        (21, Code::ConflictingAllOf),
    ];
    let expected = expected.map(|(line, code)| (line, code.as_str().to_owned()));
    assert_eq!(shown(text), expected);
    let (_, diagnostics) = lower(text);
    let counts = Counts::of(&diagnostics).to_string();
    assert_eq!(counts, "1 error, 8 degradations, 1 note");
}

#[test]
fn faults_of_what_is_used_often_are_shown_once() {
    let mut text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\ncomponents:
  parameters:
    Filter: {name: filter, in: query, content: {application/cbor: {}}}
    Odd: {name: odd, in: nowhere}
  responses:
    Bad: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Bad'}}}}
  schemas:
    Bad: {type: object, properties: {p: {type: string, maxLength: x}, q: {$ref: '#/nowhere'}}}
    Both: {allOf: [{$ref: '#/components/schemas/Bad'}, {properties: {p: {type: integer}}}]}
paths:
"
    .to_owned();
    for number in 0..50 {
        writeln!(
            text,
            "  /p{number}:\n    get:\n      parameters: [{{$ref: '#/components/parameters/Filter'}}, \
             {{$ref: '#/components/parameters/Odd'}}]\n      responses: {{'200': {{$ref: '#/components/responses/Bad'}}, \
             default: {{description: d, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Both'}}}}}}}}}}"
        )
        .expect("a text grows");
    }
    let lines: Vec<_> = shown(&text).into_iter().map(|(line, _)| line).collect();
    // The unusable parameter, its own fault and nothing of the fifty uses; the two of `Bad`; the conflict.
    assert_eq!(lines, [5, 6, 10, 10, 11], "{:#?}", shown(&text));
}

#[test]
fn one_fault_brings_no_others() {
    // Nothing is said about what refers to a component that could not be read, or about a path without
    // the parameter that could not be read.
    for (fault, code) in [
        ("schemas: {Thing: text}", Code::WrongType),
        (
            "schemas: {Thing: {type: object, properties: text}}",
            Code::WrongType,
        ),
        ("schemas: {Thing: {$ref: '#/gone'}}", Code::MissingTarget),
        (
            "schemas: {Thing: {$ref: 'https://example.com/a.json'}}",
            Code::MissingTarget,
        ),
    ] {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:
  /things:
    get:
      responses: {{'200': {{description: d, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Thing'}}}}}}}}}}
components: {{{fault}}}\n"
        );
        let codes: Vec<_> = shown(&text).into_iter().map(|(_, code)| code).collect();
        assert_eq!(codes, [code.as_str()], "{fault}");
    }
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let filler: Vec<_> = (0..40_000)
        .map(|number| format!("\"x-{number}\": \"filler\""))
        .collect();
    let text = format!(
        "{{\"openapi\": \"3.0.3\", \"info\": {{\"title\": \"T\", \"version\": \"1\"}}, {}, \"pahts\": {{}}, \"paths\": {{}}, {}}}",
        filler.join(", "),
        filler.join(", ").replace("x-", "x-b-")
    );
    let mut sources = Sources::default();
    let document = sources.add("minified.json", text.clone());
    let settings = Settings {
        module: "v1".to_owned(),
    };
    let lowered = generator::lower(&Request {
        sources: &sources,
        document,
        overlays: &[],
        settings: &settings,
    });
    let rendered = generator::diagnostic::render(
        &lowered.diagnostics,
        &sources,
        generator::diagnostic::Style::Plain,
    );
    let column = text.find("\"pahts\"").expect("it is there") + 1;
    assert!(
        rendered.contains(&format!("minified.json:1:{column}")),
        "{rendered:.400}"
    );
    assert!(rendered.contains("\"pahts\""), "{rendered:.400}");
    let longest = rendered.lines().map(|line| line.chars().count()).max();
    assert!(longest < Some(250), "{longest:?}");
}
