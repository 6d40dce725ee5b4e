//! Emitted names stand beside those of the runtime: none may take the name of another thing.

#[path = "documents/expanded.rs"]
mod expanded;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use generator::document::Sources;
use generator::{Request, Settings};
use syn::{File, GenericParam, ImplItem, Item, ItemImpl, Type, TypeParamBound, UseTree};

#[test]
fn a_setter_takes_no_name_of_a_method_that_calls_have() {
    let mut taken = BTreeSet::new();
    for path in files(&root().join("../generated-client/src/runtime"), "rs") {
        let text = fs::read_to_string(&path).expect("the file can be read");
        let file: File = syn::parse_str(&text).expect("the file holds Rust");
        taken.extend(methods_of_calls(&file.items));
    }
    assert!(taken.contains("with_header"), "{taken:?}");

    let emitted = emitted(&document(&taken));
    let emitted = emitted.get("v1/api/things.rs").expect("it is emitted");
    let setters = methods_of_calls(&expanded::items(emitted).expect("the file holds Rust"));
    assert_eq!(setters.len(), taken.len(), "{setters:?}");
    let clashes: Vec<&String> = setters.intersection(&taken).collect();
    assert!(clashes.is_empty(), "{clashes:?}");
}

/// Those of the prelude's traits are methods of every type.
#[test]
fn a_setter_gives_way_to_methods_that_there_are_alone() {
    let lowering = fs::read_to_string(root().join("src/lower/params.rs"));
    let lowering = lowering.expect("the file can be read");
    let (_, list) = lowering
        .split_once("CALL_METHODS: &[&str] = &[")
        .expect("there is a list");
    let (list, _) = list.split_once("];").expect("the list ends");
    let mut runtime = String::new();
    for path in files(&root().join("../generated-client/src/runtime"), "rs") {
        runtime += &fs::read_to_string(&path).expect("the file can be read");
    }
    let of_every_type = [
        "borrow",
        "borrow_mut",
        "clone_into",
        "into",
        "to_owned",
        "try_from",
        "try_into",
        "type_id",
    ];
    for name in list.split('"').skip(1).step_by(2) {
        let is_there =
            runtime.contains(&format!("fn {name}(")) || runtime.contains(&format!("fn {name}<"));
        assert!(is_there || of_every_type.contains(&name), "{name}");
    }
}

#[test]
fn an_operation_and_a_tag_take_no_name_that_is_imported() {
    let mut imported = BTreeSet::new();
    for path in files(&root().join("tests/fixtures"), "yaml") {
        let text = fs::read_to_string(&path).expect("the file can be read");
        for (_, code) in emitted(&text) {
            imported.extend(imports(&code));
        }
    }
    assert!(imported.contains("Call"), "{imported:?}");

    let mut document = "openapi: 3.0.3\ninfo: {title: Imported, version: '1'}\npaths:\n".to_owned();
    for name in &imported {
        for tag in [name, "shared"] {
            let _ = writeln!(
                document,
                "  /{tag}/{name}-path: {{get: {{tags: [{tag}], operationId: {name}, \
                 responses: {{'200': {{description: Fine., content: {{application/json: {{\
                 schema: {{type: string}}}}}}}}}}}}}}"
            );
        }
    }
    let emitted = emitted(&document);
    assert_eq!(emitted.len(), imported.len() + 1, "{:?}", emitted.keys());
    for (path, code) in emitted {
        let clashes: Vec<String> = structs(&code).intersection(&imported).cloned().collect();
        assert!(clashes.is_empty(), "{path}: {clashes:?}");
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|of| of == extension) {
            found.push(path);
        }
    }
    found
}

/// The names of the methods that every `Call` has.
fn methods_of_calls(items: &[Item]) -> BTreeSet<String> {
    let blocks = items.iter().filter_map(|item| match item {
        Item::Impl(block) if block.trait_.is_none() && is_call(&block.self_ty) => Some(block),
        _ => None,
    });
    blocks
        .filter(|block| !is_for_alternatives(block))
        .flat_map(|block| &block.items)
        .filter_map(|item| match item {
            ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
            _ => None,
        })
        .collect()
}

/// Whether only some operations have the methods, of which the fixture `answers_by_media_type` has parameters.
fn is_for_alternatives(block: &ItemImpl) -> bool {
    let bounds = block
        .generics
        .params
        .iter()
        .filter_map(|param| match param {
            GenericParam::Type(param) => Some(&param.bounds),
            _ => None,
        });
    bounds.flatten().any(|bound| {
        matches!(bound, TypeParamBound::Trait(bound)
            if bound.path.segments.last().is_some_and(|last| last.ident == "Alternative"))
    })
}

fn is_call(of: &Type) -> bool {
    matches!(of, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Call"))
}

/// A document with an optional parameter for each name.
fn document(names: &BTreeSet<String>) -> String {
    let mut text = "openapi: 3.0.3\n\
                    info: {title: Taken, version: '1'}\n\
                    paths:\n  /things:\n    get:\n      tags: [things]\n      parameters:\n"
        .to_owned();
    for name in names {
        let _ = writeln!(
            text,
            "      - {{name: {name}, in: query, schema: {{type: string}}}}"
        );
    }
    text.push_str("      responses: {'204': {description: Fine.}}\n");
    text
}

/// What a module imports from the runtime.
fn imports(code: &str) -> BTreeSet<String> {
    let file: File = syn::parse_str(code).expect("the file holds Rust");
    let mut names = BTreeSet::new();
    for item in &file.items {
        if let Item::Use(item) = item {
            leaves(&item.tree, &mut names);
        }
    }
    names.retain(|name| name.starts_with(char::is_uppercase));
    names
}

fn leaves(tree: &UseTree, names: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, names),
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, names)),
        UseTree::Name(name) => {
            names.insert(name.ident.to_string());
        }
        UseTree::Rename(_) | UseTree::Glob(_) => {}
    }
}

fn structs(code: &str) -> BTreeSet<String> {
    let items = expanded::items(code).expect("the file holds Rust");
    let structs = items.iter().filter_map(|item| match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        _ => None,
    });
    structs.collect()
}

/// The modules of a document's operations, by path.
fn emitted(document: &str) -> BTreeMap<String, String> {
    let mut sources = Sources::default();
    let file = sources.add("taken.yaml", document);
    let generated = generator::generate(&Request {
        sources: &sources,
        document: file,
        overlays: &[],
        settings: &Settings {
            module: "v1".to_owned(),
        },
    });
    let files = generated.files.into_iter();
    files
        .filter(|file| file.path.starts_with("v1/api/"))
        .map(|file| (file.path, file.text))
        .collect()
}
