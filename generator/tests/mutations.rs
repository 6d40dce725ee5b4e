//! Documents with nodes dropped, doubled, swapped and retyped never break the generator.

#[path = "documents/expanded.rs"]
mod expanded;
mod mutation;

use std::fs;
use std::path::Path;

use generator::diagnostic::{Code, Style, render, to_json};
use generator::document::{Sources, value};
use generator::{Request, Settings};
use mutation::{Random, mutate};
use serde_json::Value;

/// How many documents are tried of each one; more with the variable `MUTATIONS`.
const MUTATIONS: u64 = 6;

/// Documents that are larger take too long to be tried again and again.
const LARGEST: usize = 80_000;

#[test]
fn fixtures_with_changes() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut documents = Vec::new();
    collect(&fixtures, &mut documents);
    assert!(documents.len() > 10, "there are fixtures");
    for (name, document) in &documents {
        try_all("fixtures_with_changes", name, document);
    }
}

/// Real documents, where there are any beside the project.
#[test]
fn real_documents_with_changes() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let mut documents = Vec::new();
    collect(&corpus, &mut documents);
    if documents.is_empty() {
        println!(
            "skipped: there are no real documents in {}",
            corpus.display()
        );
    }
    for (name, document) in &documents {
        try_all("real_documents_with_changes", name, document);
    }
}

fn collect(folder: &Path, documents: &mut Vec<(String, Value)>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, documents);
            continue;
        }
        let name = path.display().to_string();
        let mut sources = Sources::default();
        let bytes = fs::read(&path).expect("a file can be read");
        let file = sources.add_bytes(name.clone(), bytes);
        if sources.get(file).text.len() <= LARGEST
            && let Some(value) = value(&sources, file)
        {
            documents.push((name, value));
        }
    }
}

fn try_all(test: &str, name: &str, document: &Value) {
    let count = std::env::var("MUTATIONS").ok();
    let count = count.and_then(|count| count.parse().ok());
    for seed in 0..count.unwrap_or(MUTATIONS) {
        let mut random = Random::new(seed);
        let mut changed = document.clone();
        for _ in 0..=random.below(3) {
            mutate(&mut changed, &mut random);
        }
        let input = changed.to_string();
        // An overflow of the stack ends the program at once; the input is what is left.
        let last = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}.json"));
        fs::write(last, &input).expect("the input is kept");
        let outcome = std::panic::catch_unwind(|| generate(&input));
        let complaint = match outcome {
            Ok(None) => continue,
            Ok(Some(complaint)) => complaint,
            Err(_) => "the generator panicked".to_owned(),
        };
        panic!("{name}, seed {seed}: {complaint}\n{input}");
    }
}

/// What is wrong with the output, if anything.
fn generate(text: &str) -> Option<String> {
    let mut sources = Sources::default();
    let document = sources.add("changed.json", text);
    let settings = Settings {
        module: "v1".to_owned(),
    };
    let generated = generator::generate(&Request {
        sources: &sources,
        document,
        overlays: &[],
        settings: &settings,
    });
    render(&generated.diagnostics, &sources, Style::Plain);
    to_json(&generated.diagnostics, &sources);
    let defect = |one: &&generator::diagnostic::Diagnostic| one.code == Code::InvalidOutput;
    if let Some(defect) = generated.diagnostics.iter().find(defect) {
        return Some(defect.message.clone());
    }
    generated.files.iter().find_map(|file| {
        let error = expanded::items(&file.text).err()?;
        Some(format!("{}: {error}\n{}", file.path, file.text))
    })
}
