//! Inputs that broke the generator once.

use std::fs;
use std::path::Path;

use generator::diagnostic::{Code, Style, render, to_json, to_sarif};
use generator::document::Sources;
use generator::{Request, Settings};

#[test]
fn what_broke_the_generator_once_no_longer_does() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/regressions");
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut count = 0;
    for entry in entries {
        let path = entry.expect("an entry").path();
        let mut sources = Sources::default();
        let bytes = fs::read(&path).expect("the input can be read");
        let document = sources.add_bytes(path.display().to_string(), bytes);
        let settings = Settings {
            module: "v1".to_owned(),
        };
        let generated = generator::generate(&Request {
            sources: &sources,
            document,
            overlays: &[],
            settings: &settings,
        });
        let mut codes = generated.diagnostics.iter().map(|one| one.code);
        assert!(!codes.any(|code| code == Code::InvalidOutput), "{path:?}");
        render(&generated.diagnostics, &sources, Style::Plain);
        to_json(&generated.diagnostics, &sources);
        to_sarif(&generated.diagnostics, &sources);
        count += 1;
    }
    assert!(count > 0, "there are inputs");
}
