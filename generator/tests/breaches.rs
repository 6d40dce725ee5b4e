//! Small breaches of the specification, as real documents have them, and what becomes of each.
//!
//! The rows are also the table in `DIAGNOSTICS.md`.

#[path = "breaches/rows.rs"]
mod rows;

use generator::document::Sources;
use generator::{Generated, Request, Settings};
use rows::{ROWS, Row};

#[test]
fn every_breach_costs_what_the_table_says() {
    let mut differences = Vec::new();
    for row in ROWS {
        let generated = generate(&row.text());
        let mut codes: Vec<_> = generated
            .diagnostics
            .iter()
            .map(|one| one.code.as_str())
            .collect();
        codes.sort_unstable();
        codes.dedup();
        if codes != row.codes {
            let (breach, expected) = (row.breach, row.codes);
            differences.push(format!("{breach}: expected {expected:?}, found {codes:?}"));
        }
        let refused = row.outcome.starts_with("refused");
        if generated.files.is_empty() != refused {
            differences.push(format!("{}: {} files", row.breach, generated.files.len()));
        }
        for part in row.emitted {
            if !generated.files.iter().any(|file| file.text.contains(part)) {
                differences.push(format!("{}: `{part}` is not emitted", row.breach));
            }
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
}

#[test]
fn the_table_is_in_the_documentation() {
    let mut table = "| Breach | What becomes of it | Codes |\n|---|---|---|\n".to_owned();
    for row in ROWS {
        let codes: Vec<_> = row.codes.iter().map(|code| format!("`{code}`")).collect();
        let cells = [row.breach, row.outcome, &codes.join(", ")];
        table.extend([
            "| ",
            &cells.join(" | "),
            " |
",
        ]);
    }
    let pages = include_str!("../DIAGNOSTICS.md");
    assert!(
        pages.contains(&table),
        "DIAGNOSTICS.md needs this table:\n\n{table}"
    );
}

fn generate(text: &str) -> Generated {
    let mut sources = Sources::default();
    let document = sources.add("breach.yaml", text);
    let settings = Settings {
        module: "v1".to_owned(),
    };
    generator::generate(&Request {
        sources: &sources,
        document,
        overlays: &[],
        settings: &settings,
    })
}

impl Row {
    /// The document: the row's own, or a healthy one with the row's part in it.
    fn text(&self) -> String {
        let head = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n";
        let operation = "paths:\n  /things:\n    get:\n      operationId: things\n      responses: {'204': {description: Done.}}\n";
        match self.part {
            rows::Part::Document(text) => text.to_owned(),
            rows::Part::Root(text) => format!("{head}{text}\n"),
            rows::Part::Schema(schema) => {
                format!(
                    "{head}{operation}components: {{schemas: {{Other: {{type: object, properties: {{inner: {{type: string, enum: [a]}}}}}}, Thing: {schema}}}}}\n"
                )
            }
            rows::Part::Property(schema) => {
                format!(
                    "{head}{operation}components: {{schemas: {{Other: {{type: object, properties: {{inner: {{type: string, enum: [a]}}}}}}, Thing: {{type: object, properties: {{it: {schema}}}}}}}}}\n"
                )
            }
            rows::Part::Operation(keywords) => {
                format!(
                    "{head}paths:\n  /things/{{id}}:\n    parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]\n    post: {{operationId: things, {keywords}}}\n"
                )
            }
        }
    }
}
