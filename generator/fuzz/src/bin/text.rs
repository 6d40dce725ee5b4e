//! Any bytes as a document, and as an overlay behind a line of `=====`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let name = match bytes.first() {
        Some(b'{') => "input.json",
        _ => "input.yaml",
    };
    generator_fuzz::generate(name, bytes);
});
