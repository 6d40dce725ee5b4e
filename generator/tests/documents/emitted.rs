//! What can be seen of emitted code without a compiler.

use std::collections::BTreeSet;

use generator::Generated;
use quote::ToTokens;
use serde_json::Value;
use syn::{Fields, ImplItem, Item};
use unicode_normalization::UnicodeNormalization;

use super::expanded;

/// What is wrong with the code: names that are given twice or to nothing.
pub(crate) fn faults(generated: &Generated) -> Vec<String> {
    let mut faults = Vec::new();
    let mut models = BTreeSet::new();
    for file in &generated.files {
        let mut names = Names::default();
        match expanded::items(&file.text) {
            Ok(items) => items.iter().for_each(|item| names.add(item)),
            Err(error) => faults.push(format!("{}: {error}", file.path)),
        }
        faults.extend(
            names
                .twice
                .iter()
                .map(|name| format!("{}: {name} twice", file.path)),
        );
        if file.path.contains("/models/") {
            let scopes = names.taken.iter();
            let types = scopes.filter_map(|(scope, name)| (scope == "type").then_some(name));
            for name in types {
                if !models.insert(name.clone()) {
                    faults.push(format!("two modules of models have a {name}"));
                }
            }
        }
    }
    let mut used = BTreeSet::new();
    let api = serde_json::to_value(&generated.api).expect("it is plain data");
    add_named(&api, &mut used);
    for file in generated
        .files
        .iter()
        .filter(|file| file.path.contains("/api/"))
    {
        used.extend(behind(&file.text, "models::"));
    }
    let missing = used.difference(&models);
    faults.extend(missing.map(|name| format!("{name} is used and not there")));
    faults
}

/// The names in each scope of a file.
#[derive(Debug, Default)]
struct Names {
    taken: BTreeSet<(String, String)>,
    twice: Vec<String>,
}

impl Names {
    fn take(&mut self, scope: &str, name: &syn::Ident) {
        // As the compiler compares them.
        let name: String = name.to_string().nfc().collect();
        if !self.taken.insert((scope.to_owned(), name.clone())) {
            self.twice.push(format!("{scope} {name}"));
        }
    }

    fn add(&mut self, item: &Item) {
        match item {
            Item::Struct(item) => {
                self.take("type", &item.ident);
                if !matches!(item.fields, Fields::Named(_)) {
                    self.take("value", &item.ident);
                }
                let scope = format!("field of {}", item.ident);
                for name in item.fields.iter().filter_map(|field| field.ident.as_ref()) {
                    self.take(&scope, name);
                }
            }
            Item::Enum(item) => {
                self.take("type", &item.ident);
                let scope = format!("variant of {}", item.ident);
                for variant in &item.variants {
                    self.take(&scope, &variant.ident);
                }
            }
            Item::Type(item) => self.take("type", &item.ident),
            Item::Mod(item) => self.take("module", &item.ident),
            Item::Const(item) => self.take("value", &item.ident),
            Item::Static(item) => self.take("value", &item.ident),
            Item::Fn(item) => self.take("value", &item.sig.ident),
            Item::Impl(item) if item.trait_.is_none() => {
                let scope = format!("method of {}", item.self_ty.to_token_stream());
                for inner in &item.items {
                    if let ImplItem::Fn(method) = inner {
                        self.take(&scope, &method.sig.ident);
                    }
                }
            }
            _ => {}
        }
    }
}

/// The types that the representation names.
fn add_named(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| add_named(item, names)),
        Value::Object(members) => {
            for (key, member) in members {
                match member {
                    Value::String(name) if key == "named" => {
                        names.insert(name.clone());
                    }
                    _ => add_named(member, names),
                }
            }
        }
        _ => {}
    }
}

/// The names behind a prefix, outside comments.
fn behind(code: &str, prefix: &str) -> Vec<String> {
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let pieces = lines.flat_map(|line| line.split(prefix).skip(1));
    let names = pieces.map(|piece| {
        let end = piece.find(|one: char| !(one == '_' || unicode_ident::is_xid_continue(one)));
        piece[..end.unwrap_or(piece.len())].to_owned()
    });
    names.filter(|name| !name.is_empty()).collect()
}
