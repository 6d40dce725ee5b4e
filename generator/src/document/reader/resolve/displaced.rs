//! References that say where something is kept in another kind of document.

use serde_json::Value;

use super::{Section, Target};
use crate::document::pointer::Path;
use crate::document::reader::Reader;

/// Where a schema keeps the parts that it refers to, as it stood when it was a document of its own.
const OWN_PARTS: &str = "#/$defs/";

impl<'v> Reader<'_, 'v> {
    /// What a reference means that says where Swagger 2.0 or JSON Schema keeps things, or only a
    /// component's name.
    pub(super) fn displaced(
        &mut self,
        section: Section,
        text: &str,
        path: &Path<'_>,
    ) -> Option<Target<'v>> {
        let name = [OWN_PARTS, "#/definitions/", "#/parameters/", "#/responses/"]
            .iter()
            .find_map(|prefix| text.strip_prefix(prefix))
            .unwrap_or(text);
        if name.contains(['/', '#']) || self.resolve(self.file, text).is_ok() {
            return None;
        }
        let component = self.target_at(self.files.main, &section.pointer().join(name));
        let own = if text.starts_with(OWN_PARTS) {
            self.own_part(name, path)
        } else {
            None
        };
        let target = match (component, own) {
            (Some(component), Some(own)) if !is_copy(own.value, component.value) => own,
            (Some(target), _) | (None, Some(target)) => target,
            (None, None) => return None,
        };
        let taken = format!("`#{}`", target.pointer());
        self.coerced(path, "a reference of another kind of document", &taken);
        Some(target)
    }

    /// What the nearest schema around a place keeps by a name.
    fn own_part(&self, name: &str, path: &Path<'_>) -> Option<Target<'v>> {
        let mut holder = path.to_pointer();
        while let Some((next, _)) = holder.split_last() {
            let part = next.join("$defs").join(name);
            if let Some(target) = self.target_at(self.file, &part) {
                return Some(target);
            }
            holder = next;
        }
        None
    }
}

/// Whether a part of a schema is what a component is, but for where its references lead: tools that
/// write a schema into an operation write it among the components as well.
fn is_copy(part: &Value, component: &Value) -> bool {
    let [part, component] = [part, component].map(Value::to_string);
    part.replace(OWN_PARTS, "#/components/schemas/") == component
}
