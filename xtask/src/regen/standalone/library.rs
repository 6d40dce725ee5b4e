//! What a crate of its own says to its reader: the crate documentation and the README.

use std::fmt::Write as _;

use generator::{
    GeneratedFile,
    ir::{Api, Operation, Resource, SecuritySchemeKind},
};

/// The module of the emitted code in the crate.
pub(super) const MODULE: &str = "client";

/// The text of `src/lib.rs`.
pub(super) fn library(api: &Api, emitted: &[GeneratedFile], name: &str) -> String {
    let quick_start = quick_start(api, &name.replace('-', "_"));
    let docs = format!(
        "{}\n\n# Quick start\n\n```no_run\n{quick_start}```\n\n{}",
        headline(api),
        linked_guide()
    );
    let docs = docs.lines().fold(String::new(), |docs, line| {
        let space = if line.is_empty() { "" } else { " " };
        docs + "//!" + space + line + "\n"
    });
    let allowed = if emitted.iter().any(names_beyond_ascii) {
        NAMES_OF_THE_DOCUMENT
    } else {
        ""
    };
    format!(
        "{}\n{docs}\n{allowed}{CHOICES_OF_THE_DOCUMENT}#[rustfmt::skip]\nmod {MODULE};\npub mod runtime;\n\npub use {MODULE}::*;\n",
        super::HEADER
    )
}

/// The compiler looks for characters of rare use and for names that look alike in the whole crate. A letter
/// without case begins fields as well as variants.
const NAMES_OF_THE_DOCUMENT: &str = "#![allow(
    bindings_with_variant_name,
    confusable_idents,
    mixed_script_confusables,
    uncommon_codepoints,
    reason = \"the document names things in more than the letters of ASCII\"
)]

";

/// What clippy would have people choose otherwise, and nobody can choose here.
const CHOICES_OF_THE_DOCUMENT: &str = "#[allow(
    clippy::doc_lazy_continuation,
    clippy::doc_overindented_list_items,
    clippy::large_enum_variant,
    clippy::should_implement_trait,
    clippy::too_many_arguments,
    clippy::type_complexity,
    reason = \"the document decides on texts, names, arguments and types\"
)]
";

/// Whether code holds other letters, outside of comments and texts.
fn names_beyond_ascii(file: &GeneratedFile) -> bool {
    if file.text.is_ascii() {
        return false;
    }
    let lines = file.text.lines().map(str::trim_start);
    let mut code = lines.filter(|line| !line.starts_with("//"));
    code.any(|line| {
        let line = line.replace("\\\"", "");
        let mut outside_of_texts = line.split('"').step_by(2);
        outside_of_texts.any(|part| !part.is_ascii())
    })
}

/// The text of `README.md`.
pub(super) fn readme(api: &Api, name: &str) -> String {
    let quick_start: String = quick_start(api, &name.replace('-', "_"))
        .lines()
        .filter_map(visible)
        .collect();
    format!(
        "<!-- {}; without this line it is left alone. -->\n\n# {name}\n\n{}\n\n```rust\n{quick_start}```\n\n{}\n\n\
         `cargo doc --open` shows all {} operations and their models.\n",
        super::MARK,
        headline(api),
        GUIDE,
        api.operations().count()
    )
}

fn headline(api: &Api) -> String {
    let plain = |text: &str| text.replace(['\n', '\r', '<', '>', '[', ']', '`'], " ");
    let title = plain(&api.title);
    format!(
        "A client for {}, version {}.",
        title.trim(),
        plain(&api.version).trim()
    )
}

/// A line of a documentation example, without those that the reader is not shown.
fn visible(line: &str) -> Option<String> {
    let hidden = line == "#" || line.starts_with("# ");
    (!hidden).then(|| format!("{line}\n"))
}

/// A program that builds a client and makes the simplest call that the document allows.
fn quick_start(api: &Api, crate_identifier: &str) -> String {
    let call = simplest_call(api);
    let mut builder = settings(api);
    builder.insert(0, "Client::builder()".to_owned());
    builder.push(".build()?".to_owned());
    let builder = builder.join(if builder.len() > 2 { "\n    " } else { "" });
    format!(
        "use {crate_identifier}::Client;\n\n\
         # async fn run() -> Result<(), Box<dyn std::error::Error>> {{\n\
         let client = {builder};\n\
         {call}# Ok(())\n# }}\n"
    )
}

/// The methods of the builder without which the document's operations cannot be called.
fn settings(api: &Api) -> Vec<String> {
    let mut settings = Vec::new();
    match api.servers.first() {
        Some(server) if server.url.starts_with("http") => {}
        // Relative to where the document was published, which it does not say.
        Some(_) => {
            settings.push(".document_url(\"https://server.example/openapi.json\")".to_owned());
        }
        None => settings.push(".base_url(\"https://server.example\")".to_owned()),
    }
    // The schemes of an API are mostly alternatives, so one of them is enough to show.
    if let Some(scheme) = api.security_schemes.first() {
        settings.push(match &scheme.kind {
            SecuritySchemeKind::Basic => ".basic_auth(\"user\", \"password\")".to_owned(),
            SecuritySchemeKind::Bearer => ".token(\"token\")".to_owned(),
            SecuritySchemeKind::MutualTls => ".identity(\"certificate\", \"key\")".to_owned(),
            SecuritySchemeKind::ApiKey { .. } => format!(".api_key({:?}, \"key\")", scheme.name),
        });
    }
    settings
}

/// The first operation that needs no arguments.
fn simplest_call(api: &Api) -> String {
    let needs_none = |operation: &&Operation| {
        !operation.params.iter().any(|param| param.required)
            && operation.body.as_ref().is_none_or(|body| !body.required)
    };
    let found = api.resources.iter().find_map(|resource: &Resource| {
        let operation = resource.operations.iter().find(needs_none)?;
        Some((&resource.module, &operation.name))
    });
    match found {
        Some((module, method)) => format!(
            "let answer = client.{module}().{method}().await?;\nprintln!(\"{{answer:?}}\");\n"
        ),
        None => "println!(\"{client:?}\");\n".to_owned(),
    }
}

/// What a reader needs to know of every emitted client.
const GUIDE: &str = "\
A call is put together by `client.GROUP().METHOD(..)`, takes optional parameters by further
methods, and is sent when it is awaited. It needs a tokio runtime. `ClientBuilder` sets
credentials, deadlines and retries; `Error` says why a call failed, and holds the parsed body of
the server's answer. Values and properties that this version does not know are no errors.";

/// The guide with links for rustdoc.
fn linked_guide() -> String {
    let mut guide = GUIDE.to_owned();
    let mut definitions = String::new();
    for name in ["ClientBuilder", "Error"] {
        guide = guide.replace(&format!("`{name}`"), &format!("[`{name}`]"));
        let _ = write!(definitions, "\n[`{name}`]: runtime::{name}");
    }
    format!("{guide}\n{definitions}")
}
