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

#[cfg(test)]
mod tests {
    use crate::document::Sources;
    use crate::{Request, Settings};

    /// The types of a document whose request keeps a part of its own beside a component of the same name.
    fn types(part: &str, component: &str) -> Vec<String> {
        let text = format!(
            "
openapi: 3.1.0
info: {{title: T, version: '1'}}
paths:
  /things:
    post:
      operationId: addThing
      requestBody:
        content:
          application/json:
            schema:
              $defs: {{Part: {part}}}
              properties: {{part: {{$ref: '#/$defs/Part'}}}}
      responses: {{'204': {{description: Done.}}}}
components: {{schemas: {{Part: {component}, Name: {{enum: [a, b]}}}}}}
"
        );
        let mut sources = Sources::default();
        let document = sources.add("document.yaml", text);
        let settings = Settings {
            module: "v1".to_owned(),
        };
        let lowered = crate::lower(&Request {
            sources: &sources,
            document,
            overlays: &[],
            settings: &settings,
        });
        let api = lowered.api.expect("the document can be read");
        let names = api.types.iter().map(|one| one.name.clone());
        let mut names: Vec<String> = names.filter(|name| name != "Name").collect();
        names.sort();
        names
    }

    #[test]
    fn a_copy_of_a_component_is_the_component() {
        let part = "{properties: {name: {$ref: '#/$defs/Name'}}}";
        let component = "{properties: {name: {$ref: '#/components/schemas/Name'}}}";
        assert_eq!(types(part, component), ["AddThingBody", "Part"]);
        let other = "{properties: {size: {type: integer}}}";
        assert_eq!(
            types(part, other),
            ["AddThingBody", "Part", "ThingsPostRequestPart"]
        );
    }
}
