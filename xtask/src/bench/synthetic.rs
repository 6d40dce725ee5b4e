//! Documents of any size, made for measuring.

use std::{
    fs::File,
    io::{self, BufWriter, Write as _},
    path::Path,
};

use serde_json::{Value, json};

/// How many operations share a tag.
const GROUP: usize = 20;

/// Writes a document of so many operations and as many schemas, which all refer to one another. It
/// is written piece by piece, for the memory that this process takes would count as that of the
/// programs which it starts.
pub(super) fn write(path: &Path, size: usize) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    file.write_all(
        br#"{"openapi":"3.0.3","info":{"title":"Synthetic","version":"1.0.0"},"paths":{"#,
    )?;
    entries(&mut file, size, path_item)?;
    file.write_all(br#"},"components":{"schemas":{"#)?;
    entries(&mut file, size, |number| schema(number, size))?;
    file.write_all(b"}}}")?;
    file.flush()
}

fn entries(
    file: &mut impl io::Write,
    size: usize,
    entry: impl Fn(usize) -> (String, Value),
) -> io::Result<()> {
    for number in 0..size {
        if number > 0 {
            file.write_all(b",")?;
        }
        let (key, value) = entry(number);
        write!(file, "{}:{value}", Value::String(key))?;
    }
    Ok(())
}

fn path_item(number: usize) -> (String, Value) {
    let group = number / GROUP;
    let schema = json!({"$ref": format!("#/components/schemas/Thing{number}")});
    let content = json!({"application/json": {"schema": schema}});
    let item = json!({"put": {
        "operationId": format!("replaceThing{number}"),
        "tags": [format!("Group {group}")],
        "summary": format!("Replaces thing {number}."),
        "parameters": [
            {"name": "thingId", "in": "path", "required": true, "schema": {"type": "string"}},
            {
                "name": "depth",
                "in": "query",
                "description": "How many levels are returned.",
                "schema": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 10}
            }
        ],
        "requestBody": {"required": true, "content": content},
        "responses": {
            "200": {"description": "The thing as it is now.", "content": content}
        }
    }});
    (format!("/group{group}/thing{number}/{{thingId}}"), item)
}

fn schema(number: usize, size: usize) -> (String, Value) {
    // Seven steps at a time reach all things, so that they form one large cycle or a few.
    let next = (number * 7 + 1) % size;
    let value = json!({
        "type": "object",
        "description": format!("Thing {number} of the document."),
        "required": ["name"],
        "properties": {
            "id": {"type": "string", "readOnly": true},
            "name": {"type": "string", "minLength": 1, "maxLength": 63},
            "size": {"type": "integer", "format": "int32", "description": "The size in gigabytes."},
            "kind": {"type": "string", "enum": ["SMALL", "LARGE"]},
            "created": {"type": "string", "format": "date-time"},
            "next": {"$ref": format!("#/components/schemas/Thing{next}")},
            "labels": {"type": "array", "items": {"type": "string"}}
        }
    });
    (format!("Thing{number}"), value)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::write;

    #[test]
    fn a_document_has_as_many_operations_and_schemas_as_asked_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("synthetic.json");
        write(&path, 45).expect("a file");
        let text = std::fs::read_to_string(&path).expect("the file");
        let document: Value = serde_json::from_str(&text).expect("JSON");
        let count = |pointer| {
            document
                .pointer(pointer)
                .and_then(Value::as_object)
                .map(serde_json::Map::len)
        };
        assert_eq!(count("/paths"), Some(45));
        assert_eq!(count("/components/schemas"), Some(45));
    }
}
