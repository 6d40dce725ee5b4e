//! What a crate of its own says to its reader: the crate documentation and the README.

use std::fmt::Write as _;

use generator::{
    GeneratedFile,
    ir::{Api, HttpMethod, Operation, Resource, SecurityScheme, SecuritySchemeKind},
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
    let title = api.title_and_version();
    let plain = title.replace(['\n', '\r', '<', '>', '[', ']', '`'], " ");
    format!("A client for {}.", plain.trim())
}

/// A line of a documentation example, without those that the reader is not shown.
fn visible(line: &str) -> Option<String> {
    let hidden = line == "#" || line.starts_with("# ");
    (!hidden).then(|| format!("{line}\n"))
}

/// A program that builds a client and makes the simplest call that the document allows.
fn quick_start(api: &Api, crate_identifier: &str) -> String {
    let simplest = simplest_operation(api);
    let call = match simplest {
        Some((resource, operation)) => format!(
            "let answer = client.{}().{}().await?;\nprintln!(\"{{answer:?}}\");\n",
            resource.module, operation.name
        ),
        None => "println!(\"{client:?}\");\n".to_owned(),
    };
    let mut builder = vec!["Client::builder()".to_owned()];
    builder.extend(server(api));
    builder.extend(credentials(api, simplest.map(|(_, operation)| operation)));
    builder.push(".build()?".to_owned());
    let builder = builder.join(if builder.len() > 2 { "\n    " } else { "" });
    format!(
        "use {crate_identifier}::Client;\n\n\
         # async fn run() -> Result<(), Box<dyn std::error::Error>> {{\n\
         let client = {builder};\n\
         {call}# Ok(())\n# }}\n"
    )
}

/// The method of the builder that names the server, where the document does not.
fn server(api: &Api) -> Option<String> {
    match api.servers.first() {
        Some(server) if server.url.starts_with("http") => None,
        // Relative to where the document was published, which it does not say.
        Some(_) => Some(".document_url(\"https://server.example/openapi.json\")".to_owned()),
        None => Some(".base_url(\"https://server.example\")".to_owned()),
    }
}

/// The methods of the builder that give the credentials which an operation asks for first, or those of the
/// first scheme where nothing tells.
fn credentials(api: &Api, operation: Option<&Operation>) -> Vec<String> {
    let alternatives = operation.map_or(&[][..], |operation| &operation.security);
    let schemes: Vec<&SecurityScheme> = match alternatives.first() {
        Some(alternative) => {
            let schemes = api.security_schemes.iter();
            let named = |scheme: &&SecurityScheme| alternative.schemes.contains(&scheme.name);
            schemes.filter(named).collect()
        }
        None => api.security_schemes.first().into_iter().collect(),
    };
    let method = |scheme: &&SecurityScheme| match &scheme.kind {
        SecuritySchemeKind::Basic => ".basic_auth(\"user\", \"password\")".to_owned(),
        SecuritySchemeKind::Bearer => ".token(\"token\")".to_owned(),
        SecuritySchemeKind::MutualTls => ".identity(\"certificate\", \"key\")".to_owned(),
        SecuritySchemeKind::ApiKey { .. } => format!(".api_key({:?}, \"key\")", scheme.name),
    };
    schemes.iter().map(method).collect()
}

/// The first operation that reads something and needs no arguments, or else the first that needs none.
fn simplest_operation(api: &Api) -> Option<(&Resource, &Operation)> {
    let operations = || {
        api.resources.iter().flat_map(|resource| {
            let operations = resource.operations.iter();
            operations.map(move |operation| (resource, operation))
        })
    };
    let needs_none = |(_, operation): &(&Resource, &Operation)| {
        !operation.params.iter().any(|param| param.required)
            && operation.body.as_ref().is_none_or(|body| !body.required)
    };
    let mut simple = operations().filter(needs_none);
    let reads = |(_, operation): &(&Resource, &Operation)| operation.method == HttpMethod::Get;
    simple.find(reads).or_else(|| operations().find(needs_none))
}

/// What a reader needs to know of every emitted client.
const GUIDE: &str = "\
A call is put together by `client.GROUP().METHOD(..)`, takes optional parameters by further
methods, and is sent when it is awaited. It needs a tokio runtime. `ClientBuilder` sets the
server, credentials, headers, deadlines and retries; `Error` says why a call failed, and holds the
parsed body of the server's answer. Values and properties that this version does not know are no
errors. `Call::raw_answer` gives the bytes of an answer that is something else than the document
says. The feature `blocking` brings `blocking::Client`, whose calls end with `send()`; `tracing`
tells of calls, and `test-util` has a transport for tests.";

/// The guide with links for rustdoc.
fn linked_guide() -> String {
    let mut guide = GUIDE.to_owned();
    let mut definitions = String::new();
    for name in ["ClientBuilder", "Error", "Call::raw_answer"] {
        guide = guide.replace(&format!("`{name}`"), &format!("[`{name}`]"));
        let _ = write!(definitions, "\n[`{name}`]: runtime::{name}");
    }
    format!("{guide}\n{definitions}")
}

#[cfg(test)]
mod tests {
    use generator::{Request, Settings, document::Sources, ir::Api};

    use super::{headline, quick_start};

    fn api(document: &str) -> Api {
        let mut sources = Sources::default();
        let document = sources.add("document.yaml", document);
        let settings = Settings {
            module: "client".to_owned(),
        };
        let lowered = generator::lower(&Request {
            sources: &sources,
            document,
            overlays: &[],
            settings: &settings,
        });
        lowered.api.expect("the document can be read")
    }

    #[test]
    fn the_headline_tells_what_the_document_tells() {
        for (info, expected) in [
            (
                "{title: ' Things', version: '1.0'}",
                "A client for Things, version 1.0.",
            ),
            ("{title: Things}", "A client for Things."),
            ("{version: '1.0'}", "A client for API, version 1.0."),
            ("{}", "A client for API."),
        ] {
            let api = api(&format!("openapi: 3.0.3\ninfo: {info}\npaths: {{}}\n"));
            assert_eq!(headline(&api), expected);
        }
    }

    #[test]
    fn the_first_steps_show_what_their_call_needs() {
        let api = api("
openapi: 3.0.3
info: {title: Things, version: 1.0.0}
servers: [{url: 'https://things.example'}]
security: [{bearer: []}]
paths:
  /things:
    post: {tags: [things], security: [{basic: []}], responses: {'204': {description: Done.}}}
    get: {tags: [things], responses: {'204': {description: Done.}}}
components:
  securitySchemes: {basic: {type: http, scheme: basic}, bearer: {type: http, scheme: bearer}}
");
        let text = quick_start(&api, "things");
        assert!(text.contains(".token(\"token\")"), "{text}");
        assert!(!text.contains("basic_auth"), "{text}");
        assert!(text.contains("client.things().get().await?"), "{text}");
    }
}
