//! The list of clients: `spec/clients.toml`.
//!
//! It is read by hand from TOML's tree, not by a derived deserialiser, so that all that is wrong is
//! shown in one run, each with its place.

mod missing;

use generator::{
    diagnostic::{Code, Diagnostic, Location, Place},
    document::FileId,
};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

pub(crate) use missing::missing;

/// One table of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Client {
    /// What the commands call it.
    pub(crate) name: String,
    /// The OpenAPI document.
    pub(crate) document: String,
    /// The overlays, in the order of their application.
    pub(crate) overlays: Vec<String>,
    /// The folder that holds the emitted module.
    pub(crate) output: String,
    /// The emitted module.
    pub(crate) module: String,
}

impl Client {
    /// The folder that belongs to the generator alone.
    pub(crate) fn folder(&self) -> String {
        format!("{}/{}", self.output.trim_end_matches('/'), self.module)
    }
}

const KEYS: &[&str] = &["document", "overlay", "output", "module"];

/// Reads the list, in the order of the file; all that is wrong with it otherwise.
pub(crate) fn read(text: &str, file: FileId) -> Result<Vec<Client>, Vec<Diagnostic>> {
    let mut reader = Reader {
        file,
        problems: Vec::new(),
    };
    let clients = match DeTable::parse(text) {
        Ok(list) => reader.list(list.get_ref()),
        Err(error) => {
            let offset = error.span().map_or(0, |span| span.start);
            reader.problem(Code::Syntax, offset, error.message());
            Vec::new()
        }
    };
    if reader.problems.is_empty() {
        Ok(clients)
    } else {
        Err(reader.problems)
    }
}

type Key<'a, 'text> = &'a Spanned<toml::de::DeString<'text>>;
type Value<'a, 'text> = &'a Spanned<DeValue<'text>>;

/// Collects what is wrong while it reads.
struct Reader {
    file: FileId,
    problems: Vec<Diagnostic>,
}

impl Reader {
    fn list(&mut self, list: &DeTable<'_>) -> Vec<Client> {
        let mut clients = Vec::new();
        for (key, value) in in_order(list) {
            if key.get_ref() != "client" {
                self.unknown(key, &["client"]);
            } else if let Some(table) = self.table(value) {
                clients.extend(
                    in_order(table)
                        .into_iter()
                        .filter_map(|(name, value)| self.client(name, value)),
                );
            }
        }
        if clients.is_empty() && self.problems.is_empty() {
            let help = "add a table such as `[client.postgresql-v1]`";
            self.push(Code::InvalidSettings, 0, "no client is listed", Some(help));
        }
        self.no_shared_folder(&clients);
        clients.into_iter().map(|(_, client)| client).collect()
    }

    fn client(&mut self, name: Key<'_, '_>, value: Value<'_, '_>) -> Option<(usize, Client)> {
        let table = self.table(value)?;
        // A key that is misspelt is not missing too.
        let mut meant = Vec::new();
        for (key, _) in in_order(table) {
            if !KEYS.contains(&key.get_ref().as_ref()) {
                self.unknown(key, KEYS);
                meant.extend(nearest(key.get_ref(), KEYS));
            }
        }
        let document = self.required(table, name, "document", &meant);
        let overlays = match table.get("overlay") {
            Some(value) => self.texts(value),
            None => Some(Vec::new()),
        };
        let output = self.required(table, name, "output", &meant);
        let module = self.required(table, name, "module", &meant);
        let offset = name.span().start;
        if let (Some(output), Some(value)) = (&output, table.get("output")) {
            self.check_output(output, value.span().start);
        }
        if let (Some(module), Some(value)) = (&module, table.get("module")) {
            self.check_module(module, value.span().start);
        }
        let client = Client {
            name: name.get_ref().to_string(),
            document: document?,
            overlays: overlays?,
            output: output?,
            module: module?,
        };
        Some((offset, client))
    }

    /// Files below the output folder get removed, so it must not be a place outside the workspace.
    fn check_output(&mut self, output: &str, offset: usize) {
        let inside = !output.contains(['\\', ':'])
            && output
                .split('/')
                .all(|part| !matches!(part, "" | "." | ".."));
        if !inside {
            self.push(
                Code::InvalidSettings,
                offset,
                "the output folder is not inside the workspace",
                Some("write it relative to the root of the workspace, with `/` and without `..`"),
            );
        }
    }

    fn check_module(&mut self, module: &str, offset: usize) {
        let letter = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
        let spelled = module.bytes().next().is_some_and(letter)
            && module
                .bytes()
                .all(|byte| letter(byte) || byte.is_ascii_digit());
        if !spelled || module == "_" || generator::is_keyword(module) {
            self.push(
                Code::InvalidSettings,
                offset,
                "the module's name is not one that Rust would take",
                Some(
                    "write lower-case letters, digits and `_`, with no digit first, and neither `_` \
                     alone nor a word that Rust reserves",
                ),
            );
        }
    }

    /// A client removes whatever else is in its folder, so no other one may have it or a folder below.
    fn no_shared_folder(&mut self, clients: &[(usize, Client)]) {
        for (index, (offset, client)) in clients.iter().enumerate() {
            for (first, other) in clients.iter().take(index) {
                let Some((message, help)) = shared_folder(other, client) else {
                    continue;
                };
                let diagnostic =
                    Diagnostic::new(Code::InvalidSettings, self.location(*offset), message)
                        .related(self.location(*first), "the other client")
                        .help(help);
                self.problems.push(diagnostic);
            }
        }
    }

    fn required(
        &mut self,
        table: &DeTable<'_>,
        name: Key<'_, '_>,
        key: &str,
        misspelt: &[&str],
    ) -> Option<String> {
        let Some(value) = table.get(key) else {
            if misspelt.contains(&key) {
                return None;
            }
            let message = format!("the client has no `{key}`");
            let offset = name.span().start;
            self.push(Code::InvalidSettings, offset, &message, None);
            return None;
        };
        self.text(value)
    }

    fn texts(&mut self, value: Value<'_, '_>) -> Option<Vec<String>> {
        match value.get_ref() {
            DeValue::Array(items) => items.iter().map(|item| self.text(item)).collect(),
            _ => Some(vec![self.text(value)?]),
        }
    }

    fn text(&mut self, value: Value<'_, '_>) -> Option<String> {
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong_type(value, "a string");
        }
        text
    }

    fn table<'a, 'text>(&mut self, value: Value<'a, 'text>) -> Option<&'a DeTable<'text>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong_type(value, "a table");
        }
        table
    }

    fn wrong_type(&mut self, value: Value<'_, '_>, expected: &str) {
        let message = format!("expected {expected}, found {}", value.get_ref().type_str());
        self.problem(Code::InvalidSettings, value.span().start, &message);
    }

    fn unknown(&mut self, key: Key<'_, '_>, known: &[&str]) {
        let name = key.get_ref();
        let help = match nearest(name, known) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => format!("known keys: {}", known.join(", ")),
        };
        let message = format!("unknown key `{name}`");
        let offset = key.span().start;
        self.push(Code::InvalidSettings, offset, &message, Some(&help));
    }

    fn problem(&mut self, code: Code, offset: usize, message: &str) {
        self.push(code, offset, message, None);
    }

    fn push(&mut self, code: Code, offset: usize, message: &str, help: Option<&str>) {
        let mut diagnostic = Diagnostic::new(code, self.location(offset), message);
        diagnostic.help = help.map(str::to_owned);
        self.problems.push(diagnostic);
    }

    fn location(&self, offset: usize) -> Location {
        Location {
            file: self.file,
            place: Place::Offset(offset),
        }
    }
}

/// What is wrong where the folder of one client is that of another or lies within it, and what helps.
fn shared_folder(one: &Client, other: &Client) -> Option<(String, &'static str)> {
    if one.folder() == other.folder() {
        let (first, second, folder) = (&one.name, &other.name, one.folder());
        let message = format!("the clients `{first}` and `{second}` are both written to {folder}");
        return Some((message, "give one of them another module"));
    }
    let is_within = |inner: &Client, outer: &Client| {
        let rest = inner
            .folder()
            .strip_prefix(&outer.folder())
            .map(str::to_owned);
        rest.is_some_and(|rest| rest.starts_with('/'))
    };
    let (inner, outer) = match (is_within(one, other), is_within(other, one)) {
        (true, _) => (one, other),
        (_, true) => (other, one),
        _ => return None,
    };
    let message = format!(
        "the client `{}` is written to {}, which lies in {}, the folder of the client `{}`",
        inner.name,
        inner.folder(),
        outer.folder(),
        outer.name
    );
    Some((message, "give one of them another output folder"))
}

/// TOML's tree sorts by key; people read from top to bottom.
fn in_order<'a, 'text>(table: &'a DeTable<'text>) -> Vec<(Key<'a, 'text>, Value<'a, 'text>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// The known name that a mistyped one is most likely meant to be.
pub(crate) fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    known
        .iter()
        .map(|candidate| (strsim::jaro_winkler(name, candidate), *candidate))
        .filter(|(similarity, _)| *similarity > 0.8)
        .max_by(|(left, _), (right, _)| left.total_cmp(right))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use generator::{
        diagnostic::{Code, Diagnostic, Place},
        document::Sources,
    };

    use super::{Client, nearest, read};

    fn parse(text: &str) -> Result<Vec<Client>, Vec<Diagnostic>> {
        let mut sources = Sources::default();
        let file = sources.add("spec/clients.toml", text);
        read(text, file)
    }

    fn problems(text: &str) -> Vec<(String, usize)> {
        parse(text)
            .expect_err("the list is wrong")
            .into_iter()
            .map(|problem| match problem.location.place {
                Place::Offset(offset) => (problem.message, offset),
                other => panic!("not an offset: {other:?}"),
            })
            .collect()
    }

    #[test]
    fn clients_keep_the_order_of_the_file() {
        let text = "
            [client.b]
            document = 'b.yaml'
            output = 'out'
            module = 'v2'
            [client.a]
            document = 'a.yaml'
            overlay = ['1.yaml', '2.yaml']
            output = 'out'
            module = 'v1'";
        let clients = parse(text).expect("the list is right");
        let names: Vec<_> = clients.iter().map(|client| &*client.name).collect();
        assert_eq!(names, ["b", "a"]);
        assert!(clients[0].overlays.is_empty());
        assert_eq!(clients[1].overlays, ["1.yaml", "2.yaml"]);
        assert_eq!(clients[1].folder(), "out/v1");
    }

    #[test]
    fn an_overlay_may_be_a_string() {
        let text = "[client.a]\ndocument='a'\noverlay='o'\noutput='out'\nmodule='v1'";
        assert_eq!(parse(text).expect("the list is right")[0].overlays, ["o"]);
    }

    #[test]
    fn everything_wrong_is_found_in_one_run() {
        let text = "[client.a]\ndocumnt = 'a'\noutput = '../out'\nmodule = 1\n[clients]";
        assert_eq!(
            problems(text),
            [
                ("unknown key `documnt`".to_owned(), 11),
                ("expected a string, found integer".to_owned(), 52),
                (
                    "the output folder is not inside the workspace".to_owned(),
                    34
                ),
                ("unknown key `clients`".to_owned(), 55),
            ]
        );
    }

    #[test]
    fn modules_must_be_names_and_folders_must_differ() {
        let text = "
            [client.a]
            document = 'a'
            output = 'out'
            module = 'v1'
            [client.b]
            document = 'b'
            output = 'out'
            module = 'v1'
            [client.c]
            document = 'b'
            output = 'out'
            module = 'V-1'";
        let messages: Vec<_> = problems(text).into_iter().map(|(text, _)| text).collect();
        assert_eq!(
            messages,
            [
                "the module's name is not one that Rust would take",
                "the clients `a` and `b` are both written to out/v1"
            ]
        );
    }

    #[test]
    fn modules_are_names_that_rust_takes() {
        let count = |module: &str| {
            let text = format!("[client.a]\ndocument='a'\noutput='out'\nmodule='{module}'\n");
            parse(&text).map_or_else(|problems| problems.len(), |_| 0)
        };
        for module in ["v1", "_v1", "types", "__"] {
            assert_eq!(count(module), 0, "{module}");
        }
        for module in [
            "", "_", "1v", "V1", "type", "self", "crate", "super", "größe",
        ] {
            assert_eq!(count(module), 1, "{module}");
        }
    }

    #[test]
    fn no_folder_lies_within_another() {
        let text = "
            [client.inner]
            document = 'a'
            output = 'out/v1/more'
            module = 'v2'
            [client.outer]
            document = 'b'
            output = 'out'
            module = 'v1'
            [client.beside]
            document = 'c'
            output = 'out'
            module = 'v10'";
        let messages: Vec<_> = problems(text).into_iter().map(|(text, _)| text).collect();
        assert_eq!(
            messages,
            [
                "the client `inner` is written to out/v1/more/v2, which lies in out/v1, the folder of \
                 the client `outer`"
            ]
        );
    }

    #[test]
    fn broken_toml_and_an_empty_list_are_errors() {
        assert_eq!(problems("[client.a]\ndocument = ").len(), 1);
        assert_eq!(problems("")[0].0, "no client is listed");
    }

    #[test]
    fn the_example_of_the_documentation_is_wrong_in_one_way() {
        let page = Code::InvalidSettings.explanation();
        let example = page.split("```toml\n").nth(1).expect("an example");
        let example = example.split("```").next().expect("its end");
        let problems = parse(example).expect_err("the list is wrong");
        let codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [Code::InvalidSettings]);
    }

    #[test]
    fn a_mistyped_name_finds_the_nearest_one() {
        assert_eq!(nearest("overlays", super::KEYS), Some("overlay"));
        assert_eq!(nearest("colour", super::KEYS), None);
    }
}
