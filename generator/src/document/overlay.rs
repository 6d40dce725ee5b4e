//! Applies overlays (OpenAPI Overlay 1.0).

mod missing;

use serde_json::Value;
use serde_json_path::JsonPath;

use super::moves::{Moves, Origin};
use super::nearest::nearest;
use super::pointer::Pointer;
use super::source::FileId;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location, Place};
use missing::Missing;

/// An action of an overlay, and what it did to a document.
#[derive(Debug, Clone, PartialEq)]
pub struct AppliedAction {
    /// Where the action stands.
    pub location: Location,
    /// Its target, as the overlay spells it.
    pub target: String,
    /// Why it is there; empty where the overlay does not say.
    pub description: String,
    /// The parts that it changed, in the order of the document.
    pub changes: Vec<AppliedChange>,
}

/// What an action did to one part of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct AppliedChange {
    /// The part as a JSON pointer into the document, as the actions before left it.
    pub pointer: String,
    /// Where the part stands in the texts.
    pub location: Location,
    /// What it said.
    pub before: Value,
    /// What it says now; nothing where it was removed.
    pub after: Option<Value>,
}

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

/// Applies an overlay, and reports every action that does nothing. What the others do is listed where
/// somebody wants to know.
pub(super) fn apply(
    overlay: &Value,
    file: FileId,
    document: &mut Target<'_>,
    diagnostics: &mut Diagnostics,
    applied: Option<&mut Vec<AppliedAction>>,
) {
    let mut report = Report {
        file,
        diagnostics,
        applied,
    };
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
    applied: Option<&'d mut Vec<AppliedAction>>,
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
    /// The target as the overlay spells it.
    text: &'v str,
    description: &'v str,
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
        Ok(path) => Some(Action {
            pointer,
            target: path,
            text: target,
            description: map
                .get("description")
                .and_then(Value::as_str)
                .unwrap_or_default(),
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
        if pointers.is_empty() {
            self.unmatched(document.value, report);
            return;
        }
        let mut changes = Vec::new();
        let mut has_effect = false;
        // From the end, so that removing an item moves none that is still to be removed.
        for pointer in pointers.iter().rev() {
            let place = Pointer::from_text(pointer.as_str());
            let (file, origin) = document.moves.origin(document.file, &place);
            let wanted = report.applied.is_some();
            let before = wanted.then(|| document.value.pointer(pointer).cloned());
            let has_changed = self.change_part(pointer, document, report.file);
            has_effect |= has_changed;
            if let (true, Some(Some(before))) = (has_changed, before) {
                let removed = matches!(self.change, Change::Remove);
                let after = document.value.pointer(pointer).filter(|_| !removed);
                changes.push(AppliedChange {
                    pointer: pointer.clone(),
                    location: Location {
                        file,
                        place: Place::Key(origin),
                    },
                    before,
                    after: after.cloned(),
                });
            }
        }
        if !has_effect {
            self.adopted(report);
        }
        if let Some(applied) = &mut report.applied {
            changes.reverse();
            applied.push(AppliedAction {
                location: Location {
                    file: report.file,
                    place: Place::Value(self.pointer.clone()),
                },
                target: self.text.to_owned(),
                description: self.description.to_owned(),
                changes,
            });
        }
    }

    fn change_part(&self, pointer: &str, document: &mut Target<'_>, overlay: FileId) -> bool {
        match self.change {
            Change::Remove => document.remove(pointer),
            Change::Update(update) => {
                let update = Update {
                    value: update,
                    file: overlay,
                    pointer: self.pointer.join("update"),
                };
                document.update(pointer, &update)
            }
        }
    }

    /// Reports that there is nothing to change, and why.
    fn unmatched(&self, document: &Value, report: &mut Report<'_>) {
        let (present, instead) = match missing::explain(document, self.text, &self.change) {
            Missing::Adopted => return self.adopted(report),
            Missing::Vanished { present, instead } => (present, instead),
        };
        let message = format!(
            "the target of the action has vanished: of `{}`, the document has no more than `{present}`",
            self.text
        );
        let help = match instead {
            Some(instead) => format!(
                "it has `{instead}` there: correct the target, or remove the action if that needs no \
                 correction"
            ),
            None => "remove the action; if what it corrects stands elsewhere by now, correct the \
                     target instead"
                .to_owned(),
        };
        let place = Place::Value(self.pointer.join("target"));
        report.push(Code::UnmatchedAction, place, &message, Some(help));
    }

    /// Reports that the document is by itself what the action would make of it.
    fn adopted(&self, report: &mut Report<'_>) {
        let message = match self.change {
            Change::Remove => {
                "the document lacks what the action removes: the vendor has adopted it"
            }
            Change::Update(_) => {
                "the document says what the action says: the vendor has adopted it"
            }
        };
        let help = "remove the action from the overlay".to_owned();
        let place = Place::Value(self.pointer.join("target"));
        report.push(Code::IneffectiveAction, place, message, Some(help));
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
        let Some((parent, last)) = Pointer::from_text(pointer).split_last() else {
            return false;
        };
        match self.value.pointer_mut(parent.as_str()) {
            Some(Value::Object(map)) => map.shift_remove(&last).is_some(),
            Some(Value::Array(items)) => match last.parse::<usize>() {
                Ok(index) if index < items.len() => {
                    let place = self.moves.origin(self.file, &parent);
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
            let mut changed = false;
            for (index, item) in more.iter().enumerate() {
                changed |= append(items, place, &update.part(&index.to_string(), item), moves);
            }
            changed
        }
        (Value::Array(items), _) => append(items, place, update, moves),
        (node, value) => {
            let changed = node != value;
            if changed {
                replace(node, place, update, moves);
            }
            changed
        }
    }
}

/// Adds an item to a list that does not hold it yet: no list of a document has a use for equal items,
/// so one that is there has been adopted by the vendor.
fn append(items: &mut Vec<Value>, place: &Origin, update: &Update<'_>, moves: &mut Moves) -> bool {
    if items.contains(update.value) {
        return false;
    }
    let list = moves.origin(place.0, &place.1);
    moves.insert(&list, &items.len().to_string(), update.origin());
    items.push(update.value.clone());
    true
}

fn replace(node: &mut Value, (file, place): &Origin, update: &Update<'_>, moves: &mut Moves) {
    if let Some((parent, last)) = place.split_last() {
        let parent = moves.origin(*file, &parent);
        moves.insert(&parent, &last, update.origin());
    }
    node.clone_from(update.value);
}
