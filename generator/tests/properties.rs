//! What holds for every valid document.

mod documents;
mod shuffling;

use std::path::Path;
use std::{env, fs};

use documents::{Choices, document, faults, some_choices};
use generator::diagnostic::{Code, Style, render};
use generator::document::Sources;
use generator::{Generated, Request, Settings};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngSeed, TestRunner};
use serde_json::Value;
use shuffling::{Random, shuffle};

/// What there may be to say about a valid document: that the client cannot do something.
const SAID_OF_VALID_DOCUMENTS: &[Code] = &[
    Code::UnsupportedSchema,
    Code::UnsupportedParameter,
    Code::UnsupportedOperation,
    Code::UnsupportedMediaType,
    Code::UnsupportedPattern,
    Code::UnsupportedHeader,
    Code::UnsupportedSecurityScheme,
    Code::UndefinedStyle,
    Code::NotEmitted,
    Code::ConflictingAllOf,
];

/// How many clients are compiled.
const DOCUMENTS_TO_COMPILE: usize = 40;

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_valid_document_is_taken_as_it_is(choices in some_choices()) {
        let document = document(&mut Choices::new(&choices));
        let (generated, said) = generate(&document);
        for diagnostic in &generated.diagnostics {
            prop_assert!(
                SAID_OF_VALID_DOCUMENTS.contains(&diagnostic.code),
                "{said}\n{document:#}"
            );
        }
        prop_assert!(!generated.files.is_empty(), "{said}\n{document:#}");
        prop_assert_eq!(faults(&generated), Vec::<String>::new(), "{:#}", document);
        for seed in [1, 2] {
            let shuffled = shuffle(&document, &mut Random(seed));
            prop_assert!(generate(&shuffled).0.files == generated.files, "{document:#}");
        }
    }
}

/// The same documents in every run, and a quarter of the usual number, unless `PROPTEST_RNG_SEED` and
/// `PROPTEST_CASES` ask for others.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: usual.cases / 4,
        rng_seed: match usual.rng_seed {
            RngSeed::Random => RngSeed::Fixed(1),
            chosen @ RngSeed::Fixed(_) => chosen,
        },
        failure_persistence: None,
        ..usual
    }
}

fn generate(document: &Value) -> (Generated, String) {
    let mut sources = Sources::default();
    let settings = Settings {
        module: "v1".to_owned(),
    };
    let generated = generator::generate(&Request {
        document: sources.add("document.json", format!("{document:#}")),
        sources: &sources,
        overlays: &[],
        settings: &settings,
    });
    let said = render(&generated.diagnostics, &sources, Style::Plain);
    (generated, said)
}

/// Writes documents for `cargo xtask ci generated`, which compiles their clients.
#[test]
#[ignore = "it writes documents, where GENERATED_DOCUMENTS says"]
fn documents_are_written() {
    let folder = env::var("GENERATED_DOCUMENTS").expect("a folder is named");
    let mut runner = TestRunner::deterministic();
    for number in 0..DOCUMENTS_TO_COMPILE {
        let choices = some_choices().new_tree(&mut runner).expect("choices");
        let document = document(&mut Choices::new(&choices.current()));
        let path = Path::new(&folder).join(format!("document-{number}.json"));
        fs::write(path, format!("{document:#}")).expect("the folder can be written");
    }
}
