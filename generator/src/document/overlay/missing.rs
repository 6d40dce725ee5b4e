//! Why the target of an action matches nothing.

use serde_json::Value;
use serde_json_path::JsonPath;

use super::Change;
use crate::document::nearest::nearest;

/// What has become of what an action was there for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// The document says by now what the action would make it say.
    Adopted,
    /// The document has no such place.
    Vanished {
        /// The part of the target that the document still has.
        present: String,
        /// What stands there instead, where a name is like the one that is missing.
        instead: Option<String>,
    },
}

/// Looks for the longest part of a target that the document has.
pub(super) fn explain(document: &Value, target: &str, change: &Change<'_>) -> Missing {
    let ends = ends(target);
    let found = ends.iter().enumerate().rev().find_map(|(index, end)| {
        let prefix = target.get(..*end)?;
        let nodes = JsonPath::parse(prefix).ok()?.query(document).all();
        (!nodes.is_empty()).then_some((index, prefix, nodes))
    });
    let Some((index, present, nodes)) = found else {
        return Missing::Vanished {
            present: "$".to_owned(),
            instead: None,
        };
    };
    let next = ends.get(index + 1).copied().unwrap_or(target.len());
    let segment = target.get(present.len()..next).unwrap_or_default();
    let instead = like(segment, &nodes);
    // All but the last step is there, so the part was removed, and by nobody but the vendor.
    let removed = next == target.len() && matches!(change, Change::Remove);
    if removed && instead.is_none() {
        return Missing::Adopted;
    }
    Missing::Vanished {
        present: present.to_owned(),
        instead,
    }
}

/// Where the segments of a `JSONPath` end, that of `$` first.
fn ends(target: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let (mut depth, mut quote, mut escaped) = (0_usize, None, false);
    for (offset, character) in target.char_indices().skip(1) {
        match (quote, character) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), _) if open == character => quote = None,
            (None, '\'' | '"') => quote = Some(character),
            (None, '[' | '(') => {
                // `..[` is one step.
                let is_step = depth == 0 && character == '[';
                if is_step
                    && !target
                        .get(..offset)
                        .is_some_and(|text| text.ends_with(".."))
                {
                    ends.push(offset);
                }
                depth += 1;
            }
            (None, ']' | ')') => depth = depth.saturating_sub(1),
            (None, '.')
                if depth == 0 && !target.get(..offset).is_some_and(|text| text.ends_with('.')) =>
            {
                ends.push(offset);
            }
            _ => {}
        }
    }
    ends
}

/// A member of the nodes whose name is like that of a segment.
fn like(segment: &str, nodes: &[&Value]) -> Option<String> {
    let name = segment.trim_start_matches(['.', '[']).trim_end_matches(']');
    let name = name.trim_matches(['\'', '"']);
    let members = nodes.iter().filter_map(|node| node.as_object());
    let names = members.flat_map(|members| members.keys().map(String::as_str));
    nearest(name, names).map(ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Missing, ends, explain};
    use crate::document::overlay::Change;

    #[test]
    fn steps_end_outside_of_quotes_and_brackets() {
        let parts = |target: &str| -> Vec<String> {
            let ends = ends(target);
            ends.into_iter()
                .map(|end| target[..end].to_owned())
                .collect()
        };
        assert_eq!(parts("$"), [""; 0]);
        assert_eq!(parts("$.a['b.c'][?@.d == '[']"), ["$", "$.a", "$.a['b.c']"]);
        assert_eq!(parts("$..a.b"), ["$", "$..a"]);
        assert_eq!(parts("$..['a'].b"), ["$", "$..['a']"]);
    }

    #[test]
    fn a_part_that_is_gone_was_removed_by_the_vendor() {
        let document = json!({"paths": {"/pets": {"get": {"tags": ["a"]}}}});
        let missing = |target| explain(&document, target, &Change::Remove);
        assert_eq!(missing("$.paths['/pets'].get.deprecated"), Missing::Adopted);
        assert_eq!(
            missing("$.paths['/pets'].get.tags[?@ == 'b']"),
            Missing::Adopted
        );
        let vanished = |present: &str, instead: Option<&str>| Missing::Vanished {
            present: present.to_owned(),
            instead: instead.map(ToOwned::to_owned),
        };
        assert_eq!(
            missing("$.paths['/cats'].get.deprecated"),
            vanished("$.paths", None)
        );
        assert_eq!(
            missing("$.paths['/pet']"),
            vanished("$.paths", Some("/pets"))
        );
    }

    #[test]
    fn what_cannot_be_updated_has_vanished() {
        let document = json!({"info": {"title": "Pets"}});
        let update = json!({"format": "uri"});
        assert_eq!(
            explain(&document, "$.info.contact", &Change::Update(&update)),
            Missing::Vanished {
                present: "$.info".to_owned(),
                instead: None
            }
        );
    }
}
