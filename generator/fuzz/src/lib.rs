//! What the fuzz targets have in common.

#[path = "../../tests/documents/expanded.rs"]
mod expanded;

use generator::diagnostic::{Style, render, to_json};
use generator::document::Sources;
use generator::{Request, Settings};

/// Separates the document from an overlay in an input.
const SEPARATOR: &str = "\n=====\n";

/// Generates the client of a document, with an overlay where there is one, and shows everything there is
/// to say. Whatever the input is, no stage may panic, and what is emitted has to be Rust.
pub fn generate(name: &str, bytes: &[u8]) {
    let mut sources = Sources::default();
    let separator = SEPARATOR.as_bytes();
    let split = bytes
        .windows(separator.len())
        .position(|window| window == separator);
    let (document, overlay) = match split {
        Some(start) => {
            let (document, rest) = bytes.split_at(start);
            (document, rest.get(separator.len()..))
        }
        None => (bytes, None),
    };
    let document = sources.add_bytes(name, document.to_vec());
    let overlay = overlay.map(|bytes| sources.add_bytes("overlay.yaml", bytes.to_vec()));
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
    for diagnostic in &generated.diagnostics {
        let code = diagnostic.code.as_str();
        assert_ne!(code, "invalid-output", "{}", diagnostic.message);
    }
    render(&generated.diagnostics, &sources, Style::Plain);
    to_json(&generated.diagnostics, &sources);
    for file in &generated.files {
        if let Err(error) = expanded::items(&file.text) {
            panic!("{} is no Rust: {error}\n{}", file.path, file.text);
        }
    }
}
