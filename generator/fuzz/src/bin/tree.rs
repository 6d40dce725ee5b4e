//! A document in JSON with nodes dropped, doubled, swapped and retyped, so that most inputs get past
//! reading.

#![no_main]

#[path = "../../../tests/mutation/mod.rs"]
mod mutation;

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use mutation::Random;
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    generator_fuzz::generate("input.json", bytes);
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    match changed(&data[..size], seed) {
        Some(text) if text.len() <= max_size => {
            data[..text.len()].copy_from_slice(text.as_bytes());
            text.len()
        }
        _ => fuzzer_mutate(data, size, max_size),
    }
});

/// The document with some nodes changed; nothing where it is none.
fn changed(bytes: &[u8], seed: u32) -> Option<String> {
    let mut document: Value = serde_json::from_slice(bytes).ok()?;
    let mut random = Random::new(seed.into());
    for _ in 0..=random.below(3) {
        mutation::mutate(&mut document, &mut random);
    }
    Some(document.to_string())
}
