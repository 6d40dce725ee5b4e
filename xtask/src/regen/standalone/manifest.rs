//! The manifest of a crate of its own: the dependencies and features of the client in this
//! workspace, without what belongs to its vendor.

use std::fmt::Write as _;

use generator::ir::Api;
use toml::{Table, Value};

const CLIENT: &str = include_str!("../../../../generated-client/Cargo.toml");
const WORKSPACE: &str = include_str!("../../../../Cargo.toml");

/// What the manifest of a crate of its own is made of.
#[derive(Debug)]
pub(super) struct Manifests {
    /// The client's.
    client: Table,
    /// The workspace's, from which the client inherits.
    root: Table,
}

impl Manifests {
    pub(super) fn new() -> Self {
        let read = |text: &str| text.parse().expect("cargo has read the manifest");
        Self {
            client: read(CLIENT),
            root: read(WORKSPACE),
        }
    }

    /// Puts the manifest of a crate together, which does not use all dependencies.
    pub(super) fn manifest(&self, api: &Api, name: &str, unused: &[&str]) -> String {
        let mut package = Table::new();
        package.insert("name".to_owned(), Value::from(name));
        package.insert("version".to_owned(), Value::from("0.1.0"));
        let description = format!("Client for {}", api.title);
        package.insert("description".to_owned(), Value::from(description));
        let shared = table(&self.root, &["workspace", "package"]);
        for key in ["edition", "rust-version"] {
            if let Some(value) = shared.and_then(|shared| shared.get(key)) {
                package.insert(key.to_owned(), value.clone());
            }
        }
        let mut dependencies = dependencies(&self.client, &self.root);
        dependencies.retain(|name, _| !unused.contains(&name));
        let sections = [
            ("package", package),
            (
                "features",
                features(&self.client, &omitted_features(&self.client)),
            ),
            ("dependencies", dependencies),
            // A crate below another workspace would otherwise be taken for a forgotten member of it.
            ("workspace", Table::new()),
        ];
        let mut text = format!("# {}; without this line it is left alone.\n", super::MARK);
        for (name, entries) in sections {
            let _ = writeln!(text, "\n[{name}]");
            // One line for each entry, as people write it.
            for (key, value) in entries {
                let _ = writeln!(text, "{key} = {value}");
            }
        }
        text
    }

    /// The names of all crates that the crate may depend on.
    pub(super) fn dependency_names(&self) -> Vec<String> {
        let dependencies = dependencies(&self.client, &self.root);
        dependencies.keys().cloned().collect()
    }
}

fn dependencies(template: &Table, root: &Table) -> Table {
    let omitted = omitted_features(template);
    let all = table(template, &["dependencies"]).into_iter().flatten();
    all.map(|(name, value)| (name.clone(), resolved(name, value, root)))
        .filter(|(name, value)| !only_omitted(template, name, value, &omitted))
        .collect()
}

fn table<'t>(table: &'t Table, path: &[&str]) -> Option<&'t Table> {
    path.iter()
        .try_fold(table, |table, key| table.get(*key)?.as_table())
}

/// The features that only the vendor's part of the client has.
fn omitted_features(template: &Table) -> Vec<String> {
    let listed = table(template, &["package", "metadata", "standalone"])
        .and_then(|table| table.get("omit-features")?.as_array());
    let names = listed.into_iter().flatten().filter_map(Value::as_str);
    names.map(ToOwned::to_owned).collect()
}

fn features(template: &Table, omitted: &[String]) -> Table {
    let features = table(template, &["features"]).into_iter().flatten();
    features
        .filter(|(name, _)| !omitted.contains(name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// An optional dependency that no other feature asks for.
fn only_omitted(template: &Table, name: &str, value: &Value, omitted: &[String]) -> bool {
    let optional = value
        .get("optional")
        .and_then(Value::as_bool)
        .unwrap_or(false);
    let asks = |feature: &Value| {
        let parts = feature
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str);
        parts.into_iter().any(|part| {
            let part = part.strip_prefix("dep:").unwrap_or(part);
            part == name || part.split(['/', '?']).next() == Some(name)
        })
    };
    optional && !features(template, omitted).values().any(asks)
}

/// A dependency with what it takes from the workspace.
fn resolved(name: &str, value: &Value, root: &Table) -> Value {
    let from_workspace = value
        .get("workspace")
        .and_then(Value::as_bool)
        .unwrap_or(false);
    let shared = table(root, &["workspace", "dependencies"]).and_then(|table| table.get(name));
    let (true, Some(shared), Some(own)) = (from_workspace, shared, value.as_table()) else {
        return value.clone();
    };
    let mut merged = match shared {
        Value::Table(table) => table.clone(),
        version => Table::from_iter([("version".to_owned(), version.clone())]),
    };
    for (key, value) in own.iter().filter(|(key, _)| key.as_str() != "workspace") {
        match (merged.get_mut(key), value) {
            (Some(Value::Array(known)), Value::Array(more)) => known.extend(more.iter().cloned()),
            _ => {
                merged.insert(key.clone(), value.clone());
            }
        }
    }
    Value::Table(merged)
}
