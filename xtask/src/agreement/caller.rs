//! The code of a caller who uses all that a client of one document offers.
//!
//! It is written from the intermediate representation, in another hand than the emitted code: that it
//! compiles against the client of its own document shows that both read the representation alike. Every
//! value is given its type in full, so that code which only inference would have mended is not taken for
//! code that still compiles.

mod models;
mod operations;
mod types;

use std::fmt::Write as _;

use generator::ir::Api;

/// The start of each program. Values come from `any`, since nothing is run.
const HEAD: &str = "\
#![allow(unused, reason = \"everything is used once, for its type alone\")]

fn any<T>() -> T {
    unimplemented!()
}

fn is<T>(_: T) {}

fn model<T: Clone + std::fmt::Debug + PartialEq + serde::Serialize + serde::de::DeserializeOwned>() {}

fn named<T: std::hash::Hash + Eq + std::fmt::Display + AsRef<str> + std::str::FromStr>() {}

fn paged<E: runtime::Paged<Item = T>, T>() {}

fn main() {}
";

/// A program that uses the client in the module of this name, which need not be that of the same state
/// of the document.
pub(super) fn program(api: &Api, module: &str) -> String {
    let mut text = format!(
        "use documents::{{{module} as client, runtime}};\nuse client::{{api, models}};\n\n{}",
        root(api)
    );
    for definition in &api.types {
        text.push_str(&models::uses(api, definition));
    }
    for resource in &api.resources {
        for operation in &resource.operations {
            text.push_str(&operations::uses(api, resource, operation));
        }
    }
    format!("{HEAD}\n{text}")
}

/// What belongs to no operation and no type.
fn root(api: &Api) -> String {
    let mut lines = vec!["is::<&str>(client::API_VERSION);".to_owned()];
    if !api.servers.is_empty() {
        lines.push("is::<&str>(client::DEFAULT_BASE_URL);".to_owned());
    }
    if let Some(body) = api.shared_error() {
        let body = types::written(body);
        lines.push(format!(
            "is::<runtime::Error<{body}>>(any::<client::Error>());"
        ));
    }
    lines.push("is::<client::Client>(client::Client::builder().build().unwrap());".to_owned());
    function("root", "", &lines)
}

/// A function of these lines.
fn function(name: &str, parameters: &str, lines: &[String]) -> String {
    let mut text = format!("\n#[allow(non_snake_case)]\nasync fn {name}({parameters}) {{\n");
    for line in lines {
        let _ = writeln!(text, "    {line}");
    }
    text.push_str("}\n");
    text
}
