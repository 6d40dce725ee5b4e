//! Every code has a page, and the example on it gives that code and no other.

use generator::diagnostic::{Code, Diagnostic, Severity};
use generator::document::Sources;
use generator::{Request, Settings};

/// Codes whose examples are not run here: the settings are the commands' part, a defect has no example,
/// and no document of today has an operation that cannot be emitted at all.
const WITHOUT_EXAMPLE: &[Code] = &[
    Code::InvalidSettings,
    Code::InvalidOutput,
    Code::UnsupportedOperation,
];

#[test]
fn every_code_has_a_page_that_says_how_much_it_weighs() {
    for code in Code::ALL {
        let page = code.explanation();
        let severity = match code.severity() {
            Severity::Error => "Error. ",
            Severity::Degradation => "Degradation. ",
            Severity::Note => "Note. ",
        };
        let code_name = code.as_str();
        assert!(page.starts_with(severity), "{code_name}: {page}");
        let accepted = format!("`--allow {code_name}`");
        assert_eq!(page.contains(&accepted), code.has_repair(), "{code_name}");
        let last = page.rsplit("\n\n").next().unwrap_or_default();
        assert!(!last.starts_with("```"), "{code_name} says how to mend it");
    }
}

#[test]
fn there_is_no_page_without_a_code() {
    let pages = include_str!("../DIAGNOSTICS.md");
    let headings = pages.lines().filter_map(|line| line.strip_prefix("### "));
    let codes: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    for heading in headings {
        assert!(codes.contains(&heading), "there is no code `{heading}`");
    }
}

#[test]
fn every_example_gives_its_code_and_no_other() {
    for code in Code::ALL {
        if WITHOUT_EXAMPLE.contains(code) {
            continue;
        }
        let found = diagnostics(code.explanation());
        let codes: Vec<_> = found.iter().map(|one| one.code).collect();
        assert_eq!(codes, [*code], "{found:#?}");
    }
}

/// What there is to say about the example of a page.
fn diagnostics(page: &str) -> Vec<Diagnostic> {
    let mut sources = Sources::default();
    let document = sources.add(
        "openapi.yaml",
        complete(block(page, "yaml").expect("an example")),
    );
    let overlay = block(page, "yaml overlay").map(|text| sources.add("overlay.yaml", text));
    let overlays: Vec<_> = overlay.into_iter().collect();
    let settings = Settings {
        module: "v1".to_owned(),
    };
    let generated = generator::generate(&Request {
        sources: &sources,
        document,
        overlays: &overlays,
        settings: &settings,
    });
    generated.diagnostics
}

fn block<'p>(page: &'p str, kind: &str) -> Option<&'p str> {
    let (_, rest) = page.split_once(&format!("```{kind}\n"))?;
    rest.split("```").next()
}

/// The example with what the page leaves out.
fn complete(example: &str) -> String {
    let mut text = String::new();
    if !example.contains("openapi:") && !example.contains("swagger:") {
        text.push_str("openapi: 3.0.3\ninfo: {title: Example, version: '1'}\n");
        if !example.contains("paths:") {
            text.push_str("paths: {}\n");
        }
    }
    text + example
}
