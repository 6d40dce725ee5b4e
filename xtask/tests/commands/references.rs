//! Documents of several files, as the commands read them.

use std::fs;

use crate::workspace::Workspace;
use serde_json::{Value, json};

/// A document in YAML whose parts are in JSON and YAML, in folders of their own.
const SHOP: &str = "\
openapi: 3.0.3
info: {title: Shop, version: 1.0.0}
paths:
  /orders:
    $ref: paths/orders.json
  /orders/{order id}:
    $ref: './paths/all%20others.yaml#/~1orders~1{order%20id}'
components:
  schemas:
    Order: {$ref: 'schemas/order.yaml'}
";

const ORDERS: &str = r#"{
  "get": {
    "operationId": "listOrders",
    "parameters": [{"$ref": "../common.yaml#/components/parameters/Limit"}],
    "responses": {"200": {"description": "Orders.", "content": {"application/json":
      {"schema": {"type": "array", "items": {"$ref": "../shop.yaml#/components/schemas/Order"}}}}}}
  }
}
"#;

const OTHERS: &str = "\
/orders/{order id}:
  parameters:
    - {name: order id, in: path, required: true, schema: {type: string}}
  get:
    operationId: getOrder
    parameters:
      - $ref: '../shop.yaml#/paths/~1orders/get/parameters/0'
    responses:
      '200':
        description: An order.
        content: {application/json: {schema: {$ref: ../schemas/order.yaml}}}
";

const ORDER: &str = "\
type: object
properties:
  id: {type: string}
  items: {type: array, items: {$ref: item.json#/$defs/Item}}
";

const ITEM: &str = r##"{"$defs": {"Item": {"type": "object", "properties":
  {"order": {"$ref": "order.yaml"}, "name": {"$ref": "#/$defs/Name"}}}, "Name": {"type": "string"}}}
"##;

const COMMON: &str = "\
components:
  parameters:
    Limit: {name: limit, in: query, schema: {type: integer}}
";

fn shop() -> Workspace {
    let workspace = Workspace::new();
    for (name, text) in [
        ("shop.yaml", SHOP),
        ("paths/orders.json", ORDERS),
        ("paths/all others.yaml", OTHERS),
        ("schemas/order.yaml", ORDER),
        ("schemas/item.json", ITEM),
        ("common.yaml", COMMON),
    ] {
        workspace.write(&format!("shop/{name}"), text);
    }
    workspace
}

fn diagnostics(workspace: &Workspace, document: &str) -> Vec<Value> {
    let run = workspace.run(&["lint", document, "--format", "json"]);
    let report = run.json();
    let list = report["diagnostics"].as_array();
    list.expect("diagnostics are a list").clone()
}

#[test]
fn every_command_reads_the_files_that_a_document_refers_to() {
    let workspace = shop();
    workspace.run(&["lint", "shop/shop.yaml"]).succeeded();
    assert_eq!(diagnostics(&workspace, "shop/shop.yaml"), [] as [Value; 0]);

    let api = workspace.run(&["ir", "shop/shop.yaml"]).succeeded().json();
    let operations = api["resources"][0]["operations"]
        .as_array()
        .expect("operations are a list");
    assert_eq!(operations.len(), 2, "{api:#}");
    let types: Vec<_> = api["types"]
        .as_array()
        .expect("types are a list")
        .iter()
        .map(|one| one["name"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(types, ["Order", "Item", "Name"], "{api:#}");

    let client = "[client.shop]\ndocument = 'shop/shop.yaml'\noutput = 'out'\nmodule = 'shop'\n";
    workspace.write("spec/clients.toml", client);
    workspace.run(&["regen"]).succeeded();
    assert!(workspace.path("out/shop/mod.rs").exists());
}

#[test]
fn a_diagnostic_names_the_file_that_holds_its_place() {
    let workspace = shop();
    workspace.write(
        "shop/schemas/order.yaml",
        &ORDER.replace("{type: string}", "{type: string, maxLength: -1}"),
    );
    let found = diagnostics(&workspace, "shop/shop.yaml");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0]["file"], json!("shop/schemas/order.yaml"));
    assert_eq!(found[0]["pointer"], json!("/properties/id/maxLength"));
    assert_eq!([&found[0]["line"], &found[0]["column"]], [3, 33]);

    // Of lowering, and of a rule that spans several parts: in the file of the path item.
    workspace.write("shop/schemas/order.yaml", ORDER);
    let parameter =
        "    parameters:\n      - {name: a b, in: path, required: true, schema: {type: string}}\n";
    workspace.write(
        "shop/paths/all others.yaml",
        &OTHERS.replace("    parameters:\n", parameter),
    );
    let found = diagnostics(&workspace, "shop/shop.yaml");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0]["code"], json!("unused-path-parameter"));
    assert_eq!(found[0]["file"], json!("shop/paths/all others.yaml"));
    assert_eq!([&found[0]["line"], &found[0]["column"]], [7, 9]);
}

#[test]
fn nothing_outside_the_folder_is_read() {
    let workspace = shop();
    workspace.write("secret.yaml", "type: object\n");
    let secret = workspace.path("secret.yaml");
    let absolute = secret.display().to_string();
    let url = format!("file://{absolute}");
    for (reference, reason) in [
        ("../secret.yaml", "outside the document's folder"),
        ("%2E%2E/secret.yaml", "outside the document's folder"),
        ("schemas/../../secret.yaml", "outside the document's folder"),
        (&absolute, "only paths relative to this file are followed"),
        (&url, "nothing is fetched over a network"),
        ("schemas", "is no file"),
    ] {
        let text = SHOP.replace("schemas/order.yaml", reference);
        workspace.write("shop/shop.yaml", &text);
        let run = workspace.run(&["lint", "shop/shop.yaml"]);
        assert!(run.stderr.contains(reason), "{reference}: {run:#?}");
        assert!(run.stderr.contains("shop/shop.yaml:10:19"), "{run:#?}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_not_followed() {
    let workspace = shop();
    workspace.write("secret.yaml", "type: object\n");
    let link = workspace.path("shop/schemas/order.yaml");
    fs::remove_file(&link).expect("removed");
    std::os::unix::fs::symlink(workspace.path("secret.yaml"), &link).expect("a link");
    workspace
        .run(&["lint", "shop/shop.yaml"])
        .failed(1, "a link that leads out of the document's folder");

    // Within the folder a link is as good as a file.
    fs::remove_file(&link).expect("removed");
    workspace.write("shop/moved.yaml", ORDER);
    std::os::unix::fs::symlink("../moved.yaml", &link).expect("a link");
    workspace.run(&["lint", "shop/shop.yaml"]).succeeded();
}

#[test]
fn a_missing_file_is_reported_where_it_is_needed() {
    let workspace = shop();
    fs::remove_file(workspace.path("shop/schemas/item.json")).expect("removed");
    let run = workspace
        .run(&["lint", "shop/shop.yaml"])
        .failed(1, "there is no file `shop/schemas/item.json`");
    assert!(
        run.stderr.contains("shop/schemas/order.yaml:4:"),
        "{run:#?}"
    );
}

#[test]
fn files_in_other_encodings_are_read_and_bytes_that_are_no_text_reported() {
    let workspace = shop();
    let utf16: Vec<u8> = format!("\u{feff}{ORDER}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    fs::write(workspace.path("shop/schemas/order.yaml"), utf16).expect("written");
    workspace.run(&["lint", "shop/shop.yaml"]).succeeded();

    let mut bytes = SHOP.as_bytes().to_vec();
    bytes.extend(b"# \xff\n");
    fs::write(workspace.path("shop/shop.yaml"), bytes).expect("written");
    let run = workspace.run(&["lint", "shop/shop.yaml"]);
    let run = run.failed(1, "these bytes are not UTF-8");
    assert!(run.stderr.contains("shop/shop.yaml:11:3"), "{run:#?}");
}
