//! The parts of the runtime that only some documents need. The crate of a document has those which its
//! code names, so that nobody compiles or audits what cannot be called.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

/// The file that declares the modules of the runtime.
const ROOT: &str = "runtime.rs";

/// Modules of the runtime that nothing names but emitted code and each other.
const PARTS: [&str; 23] = [
    "base64_bytes",
    "by_status",
    "date",
    "date_time",
    "duration",
    "event_stream",
    "form",
    "form_parts",
    "formatted",
    "frames",
    "header",
    "item_stream",
    "multipart",
    "paged_bodies",
    "paging",
    "style",
    "time",
    "union",
    "upload",
    "uuid",
    "value",
    "value_enum",
    "wait",
];

/// Methods by which emitted code names parts: those that they add to calls.
const METHODS: [(&str, &str); 11] = [
    (".cookie_styled(", "style"),
    (".file(", "upload"),
    (".form(", "form"),
    (".form_encoded(", "form"),
    (".header_param_styled(", "style"),
    (".multipart(", "multipart"),
    (".path_styled(", "style"),
    (".query_reserved(", "style"),
    (".query_styled(", "style"),
    (".wait(", "wait"),
    (".wait_gone(", "wait"),
];

/// What declarations say in place of the path of a part.
const WORDS: [(&str, &str); 1] = [(" in InBody;", "paged_bodies")];

/// Crates that only parts use, with those parts.
const USED_BY_PARTS: [(&str, &[&str]); 1] = [("jiff", &["date", "date_time", "duration", "time"])];

/// What a crate has of the runtime.
#[derive(Debug)]
pub(super) struct Needed<'r> {
    /// The files, by their paths.
    pub(super) files: BTreeMap<&'r str, Cow<'r, str>>,
    /// Dependencies of the runtime that these do not use.
    pub(super) unused_dependencies: Vec<&'static str>,
}

/// What emitted code needs of the files of the runtime, which are given by their paths.
pub(super) fn needed<'r, 'e>(
    runtime: &BTreeMap<&'r str, &'r str>,
    emitted: impl IntoIterator<Item = &'e str>,
) -> Needed<'r> {
    let items: Vec<&str> = runtime[ROOT].split_inclusive(";\n").collect();
    let exports = exports(&items);
    let named_in_code = |text: &'e str| {
        let texts = METHODS.iter().chain(&WORDS);
        let called = texts.filter(move |(name, _)| text.contains(name));
        let called = called.map(|(_, part)| *part);
        named(text, &["runtime::"], &exports)
            .into_iter()
            .chain(called)
    };
    let mut open: Vec<_> = emitted.into_iter().flat_map(named_in_code).collect();
    let mut parts = BTreeSet::new();
    while let Some(part) = open.pop() {
        if parts.insert(part) {
            let files = runtime
                .iter()
                .filter(|(path, _)| part_of(path) == Some(part));
            open.extend(files.flat_map(|(_, text)| named_in_runtime(text, &exports)));
        }
    }
    let is_needed = |part: Option<&str>| part.is_none_or(|part| parts.contains(part));
    let kept = runtime.iter().filter(|(path, _)| is_needed(part_of(path)));
    let mut files: BTreeMap<_, Cow<'_, str>> = kept
        .map(|(path, text)| (*path, Cow::Borrowed(*text)))
        .collect();
    let declared = items.iter().filter(|item| is_needed(declared_part(item)));
    files.insert(ROOT, declared.copied().collect::<String>().into());
    let is_unused = |users: &[&str]| !users.iter().any(|part| parts.contains(part));
    let unused = USED_BY_PARTS.iter().filter(|(_, users)| is_unused(users));
    Needed {
        files,
        unused_dependencies: unused.map(|(dependency, _)| *dependency).collect(),
    }
}

/// The part that a file belongs to.
fn part_of(path: &str) -> Option<&'static str> {
    let module = path.strip_prefix("runtime/")?;
    find(words(module).next()?)
}

/// The part that an item of the root is about: the declaration of a module, or what it exports.
fn declared_part(item: &str) -> Option<&'static str> {
    let (_, declared) = item
        .rsplit_once("mod ")
        .or_else(|| item.rsplit_once("use "))?;
    find(words(declared).next()?)
}

fn find(module: &str) -> Option<&'static str> {
    PARTS.into_iter().find(|part| *part == module)
}

/// The names by which code names a part: its own, and those of what it exports.
fn exports<'r>(items: &[&'r str]) -> BTreeMap<&'r str, &'static str> {
    let mut exports: BTreeMap<_, _> = PARTS.into_iter().map(|part| (part, part)).collect();
    for item in items {
        if let (Some(part), Some((_, path))) = (declared_part(item), item.rsplit_once("use ")) {
            exports.extend(words(path).map(|name| (name, part)));
        }
    }
    exports
}

fn named_in_runtime(text: &str, exports: &BTreeMap<&str, &'static str>) -> Vec<&'static str> {
    named(text, &["runtime::", "super::"], exports)
}

/// The parts that a text names behind these paths.
fn named(text: &str, paths: &[&str], exports: &BTreeMap<&str, &'static str>) -> Vec<&'static str> {
    let behind = paths.iter().flat_map(|path| text.split(path).skip(1));
    let names = behind.flat_map(|rest| {
        let is_list = rest.starts_with('{');
        let ends = |c: char| if is_list { c == ';' } else { !is_word(c) };
        words(rest.split(ends).next().unwrap_or_default())
    });
    names
        .filter_map(|name| exports.get(name).copied())
        .collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !is_word(c)).filter(|word| !word.is_empty())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{
        METHODS, PARTS, ROOT, USED_BY_PARTS, exports, named_in_runtime, needed, part_of, words,
    };
    use crate::regen::standalone::RUNTIME;

    fn files() -> BTreeMap<&'static str, &'static str> {
        RUNTIME.iter().copied().collect()
    }

    #[test]
    fn what_every_document_needs_names_no_part() {
        let runtime = files();
        let items: Vec<&str> = runtime[ROOT].split_inclusive(";\n").collect();
        let exports = exports(&items);
        for (path, text) in &runtime {
            if *path != ROOT && part_of(path).is_none() {
                assert_eq!(named_in_runtime(text, &exports), [""; 0], "{path}");
            }
        }
    }

    #[test]
    fn a_part_is_there_where_code_names_it_or_what_it_exports() {
        let runtime = files();
        let kept = |code: &str| {
            let kept = needed(&runtime, [code]).files;
            let parts = kept.keys().filter_map(|path| part_of(path));
            let mut parts: Vec<_> = parts.collect();
            parts.dedup();
            parts
        };
        assert_eq!(kept("pub struct Date;"), [""; 0]);
        assert_eq!(kept("pub day: runtime::Date,"), ["date", "formatted"]);
        assert_eq!(kept("runtime::tagged_union! {}"), ["union", "value"]);
        let in_body = ["paged_bodies", "paging", "value"];
        assert_eq!(kept("Offset = \"offset\" in InBody;"), in_body);
        assert_eq!(kept("self.call(x).form(body)"), ["form", "style", "value"]);
        let file = ["form", "multipart", "style", "upload", "value"];
        assert_eq!(kept(".file(m, body)"), file);
        let imported = "use crate::runtime::{\n    self, Async,\n    EventStream,\n};";
        assert_eq!(kept(imported), ["event_stream", "frames"]);
    }

    #[test]
    fn methods_of_calls_are_known_where_parts_add_them() {
        let runtime = files();
        let parts = runtime
            .iter()
            .filter_map(|(path, text)| part_of(path).zip(Some(text)));
        let added = parts.flat_map(|(part, text)| {
            let behind = text.split("impl<E: Endpoint, M> Call<E, M> {").skip(1);
            let blocks = behind.filter_map(|rest| rest.split("\n}").next());
            let methods = blocks.flat_map(|block| block.split("pub fn ").skip(1));
            methods.filter_map(move |method| Some((words(method).next()?, part)))
        });
        let mut added: Vec<_> = added
            .map(|(method, part)| (format!(".{method}("), part))
            .collect();
        added.sort_unstable();
        assert_eq!(
            added,
            METHODS.map(|(method, part)| (method.to_owned(), part))
        );
    }

    #[test]
    fn the_root_declares_what_is_there() {
        let runtime = files();
        let kept = needed(&runtime, ["runtime::paged! {}"]).files;
        let root = &kept[ROOT];
        assert!(root.contains("\nmod paging;\n") && root.contains("\npub use paging::{\n"));
        assert!(root.contains("\n#[cfg(feature = \"blocking\")]\nmod blocking;\n"));
        for part in ["wait", "union"] {
            assert!(!root.contains(&format!("mod {part};")), "{root}");
            assert!(!root.contains(&format!("use {part}::")), "{root}");
        }
        let every_part = PARTS.map(|part| format!("runtime::{part} "));
        let whole = needed(&runtime, every_part.iter().map(String::as_str)).files;
        assert!(runtime.iter().all(|(path, text)| whole[path] == *text));
    }

    #[test]
    fn a_dependency_is_there_where_something_uses_it() {
        let runtime = files();
        for (dependency, parts) in USED_BY_PARTS {
            let path = format!("{dependency}::");
            let users = runtime.iter().filter(|(_, text)| text.contains(&path));
            let users: Vec<_> = users.map(|(path, _)| part_of(path)).collect();
            let known: Vec<_> = parts.iter().copied().map(Some).collect();
            assert_eq!(users, known, "{dependency}");
        }
        let unused = |code: &str| needed(&runtime, [code]).unused_dependencies;
        assert_eq!(unused("runtime::Uuid"), ["jiff"]);
        assert_eq!(unused("runtime::Uuid, runtime::Date"), [""; 0]);
    }
}
