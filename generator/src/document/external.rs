//! Documents of several files.

use serde_json::Value;

/// The names of the other files that a value refers to, each once, in their order.
pub(super) fn references(value: &Value) -> Vec<&str> {
    let mut names = Vec::new();
    collect(value, &mut names);
    names
}

fn collect<'v>(value: &'v Value, names: &mut Vec<&'v str>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
        Value::Object(map) => {
            for (key, value) in map {
                match value {
                    Value::String(text) if key == "$ref" => add(text, names),
                    Value::Array(_) | Value::Object(_) => collect(value, names),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

fn add<'v>(reference: &'v str, names: &mut Vec<&'v str>) {
    let name = reference.split('#').next().unwrap_or_default();
    if !name.is_empty() && !name.contains("://") && !names.contains(&name) {
        names.push(name);
    }
}

/// The name of a file that another one refers to by a relative path; nothing where it would be
/// outside the folder of the document.
pub(super) fn resolve(document: &str, base: &str, relative: &str) -> Option<String> {
    if relative.starts_with('/') || relative.contains('\\') {
        return None;
    }
    let folder = |name: &str| {
        name.rfind('/')
            .map_or(String::new(), |end| name[..=end].to_owned())
    };
    let root = folder(document);
    let inner = folder(base);
    let inner = inner.strip_prefix(&root)?;
    let mut parts: Vec<&str> = inner.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(format!("{root}{}", parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn paths_are_relative_to_the_file_that_holds_them() {
        let resolved = resolve("spec/api.yaml", "spec/models/pet.yaml", "../common.yaml");
        assert_eq!(resolved.as_deref(), Some("spec/common.yaml"));
        let resolved = resolve("api.yaml", "api.yaml", "./models/pet.yaml");
        assert_eq!(resolved.as_deref(), Some("models/pet.yaml"));
    }

    #[test]
    fn nothing_outside_the_folder_is_reached() {
        assert_eq!(
            resolve("spec/api.yaml", "spec/api.yaml", "../secret.yaml"),
            None
        );
        assert_eq!(
            resolve("spec/api.yaml", "spec/api.yaml", "/etc/passwd"),
            None
        );
    }
}
