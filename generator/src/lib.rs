//! Generates idiomatic Rust clients from OpenAPI documents.
//!
//! A pure library: texts go in, files and diagnostics come out. It reads no file, no clock and no
//! environment, so the same input gives the same bytes everywhere.

pub mod diagnostic;
pub mod document;
pub mod ir;
