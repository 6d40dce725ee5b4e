//! Applies overlays (OpenAPI Overlay 1.0).

use serde_json::Value;
use serde_json_path::JsonPath;

use super::moves::{Moves, Origin};
use super::nearest::nearest;
use super::pointer::Pointer;
use super::source::FileId;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location, Place};

/// The document that an overlay is applied to.
#[derive(Debug)]
pub(super) struct Target<'v> {
    /// The file that holds it.
    pub(super) file: FileId,
    /// What it says.
    pub(super) value: &'v mut Value,
    /// What stands elsewhere than in its file, or at another place there.
    pub(super) moves: &'v mut Moves,
}

/// Applies an overlay, and reports every action that does nothing.
pub(super) fn apply(
    overlay: &Value,
    file: FileId,
    document: &mut Target<'_>,
    diagnostics: &mut Diagnostics,
) {
    let mut report = Report { file, diagnostics };
    let root = Pointer::root();
    let Value::Object(map) = overlay else {
        report.invalid(Place::Value(root), "an overlay has to be an object", None);
        return;
    };
    let is_known =
        matches!(map.get("overlay"), Some(Value::String(version)) if version.starts_with("1."));
    if !is_known {
        let place = match map.get("overlay") {
            Some(_) => Place::Value(root.join("overlay")),
            None => Place::Value(root.clone()),
        };
        let help = "begin it with `overlay: 1.0.0`".to_owned();
        report.invalid(place, "this is no overlay of version 1", Some(help));
        return;
    }
    report.unknown_keys(overlay, &root, &["overlay", "info", "extends", "actions"]);
    let actions = root.join("actions");
    match map.get("actions") {
        Some(Value::Array(items)) => {
            for (index, action) in items.iter().enumerate() {
                let pointer = actions.join(&index.to_string());
                if let Some(action) = read_action(action, pointer, &mut report) {
                    action.apply(document, &mut report);
                }
            }
        }
        Some(_) => report.invalid(Place::Value(actions), "`actions` has to be a list", None),
        None => report.invalid(Place::Value(root), "the overlay lacks `actions`", None),
    }
}

struct Report<'d> {
    file: FileId,
    diagnostics: &'d mut Diagnostics,
}

impl Report<'_> {
    fn push(&mut self, code: Code, place: Place, message: &str, help: Option<String>) {
        let location = Location {
            file: self.file,
            place,
        };
        let mut diagnostic = Diagnostic::new(code, location, message);
        diagnostic.help = help;
        self.diagnostics.push(diagnostic);
    }

    fn invalid(&mut self, place: Place, message: &str, help: Option<String>) {
        self.push(Code::InvalidOverlay, place, message, help);
    }

    fn unknown_keys(&mut self, value: &Value, pointer: &Pointer, known: &[&str]) {
        let Value::Object(map) = value else { return };
        for key in map.keys() {
            if known.contains(&key.as_str()) || key.starts_with("x-") {
                continue;
            }
            let help = nearest(key, known.iter().copied());
            let help = help.map(|nearest| format!("is `{nearest}` meant?"));
            let message = format!("an overlay knows no `{key}` here");
            self.invalid(Place::Key(pointer.join(key)), &message, help);
        }
    }
}

/// One change.
struct Action<'v> {
    pointer: Pointer,
    target: JsonPath,
    change: Change<'v>,
}

enum Change<'v> {
    Remove,
    Update(&'v Value),
}

fn read_action<'v>(
    value: &'v Value,
    pointer: Pointer,
    report: &mut Report<'_>,
) -> Option<Action<'v>> {
    let Value::Object(map) = value else {
        report.invalid(Place::Value(pointer), "an action has to be an object", None);
        return None;
    };
    report.unknown_keys(
        value,
        &pointer,
        &["target", "description", "update", "remove"],
    );
    let removes = match map.get("remove") {
        None | Some(Value::Bool(false)) => false,
        Some(Value::Bool(true)) => true,
        Some(_) => {
            let place = Place::Value(pointer.join("remove"));
            report.invalid(place, "`remove` has to be `true` or `false`", None);
            return None;
        }
    };
    // The specification lets `remove` win over `update`.
    let change = match map.get("update") {
        _ if removes => Change::Remove,
        Some(update) => Change::Update(update),
        None => {
            let message = "the action has neither `update` nor `remove: true`";
            report.invalid(Place::Value(pointer), message, None);
            return None;
        }
    };
    let target = match map.get("target") {
        Some(Value::String(target)) => target,
        Some(_) => {
            let place = Place::Value(pointer.join("target"));
            report.invalid(place, "`target` has to be a JSONPath in a text", None);
            return None;
        }
        None => {
            report.invalid(Place::Value(pointer), "the action lacks `target`", None);
            return None;
        }
    };
    match JsonPath::parse(target) {
        Ok(target) => Some(Action {
            pointer,
            target,
            change,
        }),
        Err(error) => {
            let message = format!("`target` is no JSONPath: {}", error.message());
            report.invalid(Place::Value(pointer.join("target")), &message, None);
            None
        }
    }
}

impl Action<'_> {
    fn apply(&self, document: &mut Target<'_>, report: &mut Report<'_>) {
        let nodes = self.target.query_located(document.value).dedup();
        let pointers: Vec<String> = nodes
            .locations()
            .map(serde_json_path::NormalizedPath::to_json_pointer)
            .collect();
        let target = Place::Value(self.pointer.join("target"));
        if pointers.is_empty() {
            let help = "correct the target, or drop the action if the document is right by now";
            let message = "the action matches nothing in the document";
            report.push(
                Code::UnmatchedAction,
                target,
                message,
                Some(help.to_owned()),
            );
            return;
        }
        let mut has_effect = false;
        // From the end, so that removing an item moves none that is still to be removed.
        for pointer in pointers.iter().rev() {
            has_effect |= match self.change {
                Change::Remove => document.remove(pointer),
                Change::Update(update) => {
                    let update = Update {
                        value: update,
                        file: report.file,
                        pointer: self.pointer.join("update"),
                    };
                    document.update(pointer, &update)
                }
            };
        }
        if !has_effect {
            let help = "drop the action: the document says this already".to_owned();
            let message = "the action changes nothing in the document";
            report.push(Code::IneffectiveAction, target, message, Some(help));
        }
    }
}

/// What an action adds, and where it stands in the overlay.
struct Update<'v> {
    value: &'v Value,
    file: FileId,
    pointer: Pointer,
}

impl Update<'_> {
    fn origin(&self) -> Origin {
        (self.file, self.pointer.clone())
    }

    fn part<'p>(&self, segment: &str, value: &'p Value) -> Update<'p> {
        Update {
            value,
            file: self.file,
            pointer: self.pointer.join(segment),
        }
    }
}

impl Target<'_> {
    fn remove(&mut self, pointer: &str) -> bool {
        let Some((parent, last)) = pointer.rsplit_once('/') else {
            return false;
        };
        match self.value.pointer_mut(parent) {
            Some(Value::Object(map)) => {
                let key = last.replace("~1", "/").replace("~0", "~");
                map.shift_remove(&key).is_some()
            }
            Some(Value::Array(items)) => match last.parse::<usize>() {
                Ok(index) if index < items.len() => {
                    let place = self.moves.origin(self.file, &Pointer::from_text(parent));
                    self.moves.remove_item(&place, index, items.len());
                    items.remove(index);
                    true
                }
                _ => false,
            },
            _ => false,
        }
    }

    fn update(&mut self, pointer: &str, update: &Update<'_>) -> bool {
        let place = Pointer::from_text(pointer);
        let place = (self.file, place);
        self.value
            .pointer_mut(pointer)
            .is_some_and(|node| merge(node, &place, update, self.moves))
    }
}

/// Merges an update into a node of the document: objects member by member, lists by appending, the
/// rest by replacing. Tells whether anything changed, and enters what stands in the overlay from
/// then on.
fn merge(node: &mut Value, place: &Origin, update: &Update<'_>, moves: &mut Moves) -> bool {
    match (node, update.value) {
        (Value::Object(node), Value::Object(members)) => {
            let mut changed = false;
            for (key, member) in members {
                let part = update.part(key, member);
                changed |= if let Some(node) = node.get_mut(key) {
                    merge(node, &(place.0, place.1.join(key)), &part, moves)
                } else {
                    let parent = moves.origin(place.0, &place.1);
                    moves.insert(&parent, key, part.origin());
                    node.insert(key.clone(), member.clone()).is_none()
                };
            }
            changed
        }
        (Value::Array(items), Value::Array(more)) => {
            for (index, item) in more.iter().enumerate() {
                append(items, place, &update.part(&index.to_string(), item), moves);
            }
            !more.is_empty()
        }
        (Value::Array(items), _) => {
            append(items, place, update, moves);
            true
        }
        (node, value) => {
            let changed = node != value;
            if changed {
                replace(node, place, update, moves);
            }
            changed
        }
    }
}

fn append(items: &mut Vec<Value>, place: &Origin, update: &Update<'_>, moves: &mut Moves) {
    let list = moves.origin(place.0, &place.1);
    moves.insert(&list, &items.len().to_string(), update.origin());
    items.push(update.value.clone());
}

fn replace(node: &mut Value, (file, place): &Origin, update: &Update<'_>, moves: &mut Moves) {
    if let Some((parent, last)) = place.split_last() {
        let parent = moves.origin(*file, &parent);
        moves.insert(&parent, &last, update.origin());
    }
    node.clone_from(update.value);
}
