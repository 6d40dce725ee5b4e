//! The breaches.

/// A breach and what becomes of it.
#[derive(Debug)]
pub(crate) struct Row {
    /// The breach in a few words.
    pub(crate) breach: &'static str,
    /// The part of a document that has it.
    pub(crate) part: Part,
    /// What becomes of it, in a few words; those of a document that is refused begin with `refused`.
    pub(crate) outcome: &'static str,
    /// The codes that are given, each once, in alphabetical order.
    pub(crate) codes: &'static [&'static str],
    /// Parts of the emitted code that show the outcome.
    pub(crate) emitted: &'static [&'static str],
}

/// A part of a document, as flow YAML where something is around it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part {
    /// A whole document.
    Document(&'static str),
    /// What stands beside `openapi` and `info`.
    Root(&'static str),
    /// The schema `Thing`.
    Schema(&'static str),
    /// The schema of a property `it`.
    Property(&'static str),
    /// The keywords of an operation at `/things/{id}`.
    Operation(&'static str),
}

macro_rules! rows {
    ($($breach:literal: $part:ident $text:literal => $outcome:literal, [$($code:literal),*], [$($emitted:literal),*];)+) => {
        &[$(Row {
            breach: $breach,
            part: Part::$part($text),
            outcome: $outcome,
            codes: &[$($code),*],
            emitted: &[$($emitted),*],
        },)+]
    };
}

pub(crate) const ROWS: &[Row] = rows! {
    "`required: true` on a property": Schema "{type: object, properties: {it: {type: string, required: true}}}" => "taken as an entry of the `required` list", ["coerced-value"], ["pub it: String"];
    "a list of types in OpenAPI 3.0": Property "{type: [string, 'null']}" => "understood as in 3.1", ["later-version"], ["pub it: Option<String>"];
    "an unknown type": Property "{type: strnig}" => "any value; the nearest type is suggested", ["ignored-keyword"], ["pub it: Option<"];
    "a type as programming languages call it": Property "{type: int}" => "taken for the type that is meant", ["coerced-value"], ["pub it: Option<i64>"];
    "a number where a text is due": Property "{type: string, description: 42}" => "taken as it is written", ["coerced-value"], ["/// 42"];
    "a text where a number is due": Property "{type: string, maxLength: '10'}" => "taken for the number, where it is one", ["coerced-value"], ["pub it: Option<String>"];
    "a text where the limit of a number is due": Property "{type: integer, minimum: '1', maximum: '9'}" => "taken for the number, where it is one", ["coerced-value"], ["From 1 to 9."];
    "an example of the wrong type": Property "{type: integer, example: [x]}" => "nothing: examples shape no code", [], ["pub it: Option<i64>"];
    "a default of the wrong type": Property "{type: integer, default: many}" => "nothing: the default is the server's", [], ["pub it: Option<i64>"];
    "`nullable` without a type": Property "{nullable: true}" => "any value", [], ["pub it: Option<"];
    "a schema that is null": Property "" => "any value", ["coerced-value"], ["pub it: Option<"];
    "a schema that is a text": Property "text" => "any value", ["wrong-type"], ["pub it: Option<"];
    "an unknown format": Property "{type: string, format: colour}" => "nothing: the type counts", [], ["pub it: Option<String>"];
    "an empty `enum`": Property "{type: string, enum: []}" => "ignored", [], ["pub it: Option<String>"];
    "an `enum` with null": Property "{type: string, nullable: true, enum: [a, null]}" => "the other values; null counts as `nullable`", [], ["enum"];
    "an `enum` of unquoted `no` and `1.0`": Property "{type: string, enum: [no, 1.0]}" => "the texts as they are written", ["coerced-value"], ["\"no\"", "\"1.0\""];
    "an `enum` of texts, then of as many integers, as TypeScript lists its own": Property "{type: string, enum: [Low, High, 0, 10]}" => "texts and integers", ["coerced-value"], ["Low = \"Low\", High = \"High\", N0 = 0, N10 = 10"];
    "an `enum` that is a text": Property "{type: string, enum: a}" => "ignored", ["ignored-keyword"], ["pub it: Option<String>"];
    "`required: []`": Schema "{type: object, required: [], properties: {it: {type: string}}}" => "nothing is required", [], ["pub it: Option<String>"];
    "`required` names no property": Schema "{type: object, required: [gone], properties: {it: {type: string}}}" => "nothing: there is no field", [], ["pub it: Option<String>"];
    "an array without `items`": Property "{type: array}" => "a list of any values", [], ["pub it: Option<Vec<"];
    "`items` that is a list": Property "{type: array, items: [{type: string}]}" => "as `prefixItems`", ["coerced-value"], ["pub it: Option<Vec<String>>"];
    "`$ref` beside other keywords in OpenAPI 3.0": Property "{$ref: '#/components/schemas/Other', description: Beside.}" => "both count", [], ["/// Beside."];
    "a reference into the middle of a schema": Property "{$ref: '#/components/schemas/Other/properties/inner'}" => "a type of its own", [], ["OtherInner"];
    "a reference as in Swagger 2.0": Property "{$ref: '#/definitions/Other'}" => "leads to the component", ["coerced-value"], ["pub it: Option<Other>"];
    "a reference to a schema's own `$defs` as if it were the document": Property "{type: object, properties: {deep: {$ref: '#/$defs/Part'}}, $defs: {Part: {type: object, properties: {it: {type: integer}}}}}" => "leads to the nearest `$defs` around it, or else to the component", ["coerced-value"], ["pub deep: Option<ThingItPart>", "pub it: Option<i64>"];
    "a reference to an unknown section of `components`": Root "paths: {}\ncomponents: {kinds: {Kind: {type: string, enum: [a]}}, schemas: {Thing: {type: object, properties: {kind: {$ref: '#/components/kinds/Kind'}}}}}" => "leads there", ["unknown-keyword"], ["pub kind: Option<Kind>"];
    "a reference that is only a name": Property "{$ref: Other}" => "leads to the component", ["coerced-value"], ["pub it: Option<Other>"];
    "a reference to what does not exist": Property "{$ref: '#/components/schemas/Missing'}" => "any value", ["missing-target"], ["pub it: Option<"];
    "a reference with a slip": Property "{$ref: '#/components/schemas/Othr'}" => "refused, with the name that is meant; `--allow` makes it any value", ["unresolved-reference"], [];
    "a reference to a URL": Property "{$ref: 'https://example.com/a.json'}" => "any value; nothing is fetched", ["missing-target"], ["pub it: Option<"];
    "a schema that only refers to itself": Schema "{$ref: '#/components/schemas/Thing'}" => "refused; `--allow` leaves it out", ["cyclic-reference"], [];
    "a misspelt keyword": Property "{type: string, maxlength: 3}" => "ignored; the nearest keyword is suggested", ["unknown-keyword"], ["pub it: Option<String>"];
    "a huge integer": Property "{type: integer, maximum: 123456789012345678901234567890}" => "taken as the nearest float", [], ["pub it: Option<i64>"];
    "a float that no machine has": Property "{type: number, maximum: 1e400, minimum: .nan}" => "ignored", ["ignored-keyword"], ["pub it: Option<f64>"];
    "an undeclared path parameter": Root "paths: {'/a/{id}': {get: {operationId: a, responses: {'204': {description: d}}}}}" => "taken for a text", ["undeclared-path-parameter"], ["id: &str"];
    "a path without a slash at its start": Root "paths: {a: {get: {operationId: a, responses: {'204': {description: d}}}}}" => "the slash is added", ["coerced-value"], ["\"/a\""];
    "a path with the marks of a router": Root "paths: {'/a/{rest*}': {get: {operationId: a, parameters: [{name: rest, in: path, required: true, schema: {type: integer}}], responses: {'204': {description: d}}}}}" => "a parameter like others", ["coerced-value"], ["\"/a/{rest}\"", "rest: i64"];
    "a path that ends with a star": Root "paths: {'/a/*': {get: {operationId: a, responses: {'204': {description: d}}}}}" => "a parameter called `rest`", ["coerced-value", "undeclared-path-parameter"], ["\"/a/{rest}\"", "rest: &str"];
    "a method in upper case": Root "paths: {/a: {GET: {operationId: a, responses: {'204': {description: d}}}}}" => "taken as in lower case", ["coerced-value"], ["\"/a\""];
    "a path with and without a slash at its start": Root "paths: {/a: {get: {operationId: a, responses: {'204': {description: d}}}}, a: {put: {operationId: b, responses: {'204': {description: d}}}}}" => "the one with the slash counts", ["ignored-keyword"], ["GET \"/a\""];
    "a method in two spellings": Root "paths: {/a: {GET: {operationId: a, responses: {'204': {description: d}}}, Get: {operationId: b, responses: {'204': {description: d}}}}}" => "the first one counts", ["coerced-value", "unknown-keyword"], ["\"/a\" as \"a\""];
    "a range of status codes in two spellings": Operation "responses: {'204': {description: d}, '4xx': {description: d}, '4XX': {description: d, content: {application/json: {schema: {type: integer}}}}}" => "the one in upper case counts", ["ignored-keyword"], ["Json<i64>"];
    "a path item that is null": Root "paths: {/a: , /b: {get: {operationId: b, responses: {'204': {description: d}}}}}" => "taken as empty", ["coerced-value"], ["\"/b\""];
    "two operations with one `operationId`": Root "paths: {/a: {get: {operationId: a, responses: {'204': {description: d}}}, put: {operationId: a, responses: {'204': {description: d}}}}}" => "the second is named after its path", ["duplicate-operation-id"], ["GET \"/a\"", "PUT \"/a\""];
    "a tag that is declared twice": Root "tags: [{name: a}, {name: a}]\npaths: {/a: {get: {tags: [a, a], operationId: a, responses: {'204': {description: d}}}}}" => "nothing", [], ["\"/a\""];
    "a tag that is a text": Root "tags: [a]\npaths: {/a: {get: {operationId: a, responses: {'204': {description: d}}}}}" => "taken as its name", ["coerced-value"], ["\"/a\""];
    "no `paths` in OpenAPI 3.0": Root "components: {}" => "an empty client", ["assumed-keyword"], [];
    "`paths` that is a text": Root "paths: none" => "refused: nothing would be left", ["invalid-document"], [];
    "a server without `https://`": Root "servers: [{url: 'localhost:8055'}, {url: api.example.com/v1}, {url: v1.0.1}]\npaths: {}" => "the scheme is added", ["coerced-value"], ["\"http://localhost:8055\"", "\"https://api.example.com/v1\"", "\"v1.0.1\""];
    "no `info.version`": Document "openapi: 3.0.3\ninfo: {title: T}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: d}}}}}\n" => "taken as empty", ["assumed-keyword"], ["\"/a\""];
    "no `info`": Document "openapi: 3.0.3\npaths: {/a: {get: {operationId: a, responses: {'204': {description: d}}}}}\n" => "taken as empty", ["assumed-keyword"], ["\"/a\""];
    "`openapi` that is a number": Document "openapi: 3.0\ninfo: {title: T, version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: d}}}}}\n" => "taken as it is written", ["coerced-value"], ["\"/a\""];
    "a response without a description": Operation "responses: {'204': {}}" => "nothing depends on it", ["assumed-keyword"], ["POST \"/"];
    "no responses": Operation "summary: s" => "any answer", ["assumed-keyword"], ["POST \"/"];
    "response codes that are integers": Operation "responses: {204: {description: d}}" => "taken as the texts", [], ["POST \"/"];
    "a key among the responses that is no status code": Operation "responses: {'204': {description: d}, ok: {description: d}}" => "left out", ["invalid-value"], ["POST \"/"];
    "a key among the media types that is none": Operation "responses: {'200': {description: d, content: {text/plain: {schema: {type: string}}, headers: {x-total: {schema: {type: integer}}}}}}" => "ignored", ["ignored-keyword"], ["accept = \"text/plain\""];
    "a response that is a text": Operation "responses: {'204': {description: d}, '404': gone}" => "left out", ["wrong-type"], ["POST \"/"];
    "a response that does not exist": Operation "responses: {'204': {description: d}, '404': {$ref: '#/components/responses/Gone'}}" => "left out", ["missing-target"], ["POST \"/"];
    "a request body that does not exist": Operation "requestBody: {$ref: '#/components/requestBodies/Gone'}, responses: {'204': {description: d}}" => "any JSON", ["missing-target"], ["POST \"/"];
    "`in: body`, left from Swagger 2.0": Operation "parameters: [{name: it, in: body, required: true, schema: {type: object, properties: {deep: {type: integer}}}}], responses: {'204': {description: d}}" => "taken as the request body", ["coerced-value"], ["pub deep: Option<i64>"];
    "`in: formData`, left from Swagger 2.0": Operation "parameters: [{name: it, in: formData, type: string}, {name: other, in: formData, schema: {type: integer}}, {name: many, in: formData, type: array, items: {type: integer}}, {name: kind, in: formData, type: string, enum: [one]}], responses: {'204': {description: d}}" => "taken as a field of a form", ["coerced-value"], ["pub it: Option<String>", "pub other: Option<i64>", "pub many: Option<Vec<i64>>", "pub kind: Option<"];
    "a file `in: formData`, left from Swagger 2.0": Operation "parameters: [{name: note, in: formData, required: true, schema: {type: string}}, {name: it, in: formData, type: file}], responses: {'204': {description: d}}" => "taken as a part of a multipart form", ["coerced-value"], ["pub it: Option<runtime::FileUpload>", "pub note: "];
    "a parameter without a name": Operation "parameters: [{in: query, schema: {type: string}}], responses: {'204': {description: d}}" => "left out", ["missing-keyword"], ["POST \"/"];
    "a parameter in an unknown place": Operation "parameters: [{name: q, in: url, schema: {type: string}}], responses: {'204': {description: d}}" => "left out", ["invalid-value"], ["POST \"/"];
    "a parameter without a schema": Operation "parameters: [{name: q, in: query}], responses: {'204': {description: d}}" => "any value", ["assumed-keyword"], ["q: impl serde::Serialize"];
    "a path parameter that is not required": Root "paths: {'/a/{id}': {get: {operationId: a, parameters: [{name: id, in: path, schema: {type: string}}], responses: {'204': {description: d}}}}}" => "is required all the same", ["assumed-keyword"], ["id: &str"];
    "a security scheme of an unknown type": Root "components: {securitySchemes: {s: {type: basic}}}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: d}}}}}" => "left out", ["invalid-value"], ["\"/a\""];
    "a security requirement that is a text": Root "components: {securitySchemes: {s: {type: http, scheme: bearer}}}\npaths: {/a: {get: {operationId: a, security: [s], responses: {'204': {description: d}}}}}" => "taken as the name of a scheme", ["coerced-value"], ["security = super::S;"];
    "a security scheme that does not exist": Operation "security: [{gone: []}], responses: {'204': {description: d}}" => "the requirement is ignored", ["unknown-security-scheme"], ["POST \"/"];
    "keys that YAML 1.1 takes for booleans, numbers or dates": Schema "{type: object, properties: {on: {type: string}, no: {type: string}, 1: {type: string}, 1.5: {type: string}, 2020-01-01: {type: string}, null: {type: string}}}" => "the texts as they are written", [], ["pub no:", "\"1.5\"", "\"2020-01-01\""];
    "one key twice": Root "components: {schemas: {A: {type: string}, A: {type: integer}}}\npaths: {}" => "refused; `--allow` takes the first", ["duplicate-key"], [];
    "one key twice with one value": Root "components: {schemas: {A: {type: string}, A: {type: string}}}\npaths: {}" => "nothing is lost", ["repeated-key"], [];
    "anchors and merges": Root "x-it: &it {type: string}\ncomponents: {schemas: {A: {type: object, properties: {it: {<<: *it, description: Merged.}}}}}\npaths: {}" => "understood", [], ["/// Merged."];
    "a tab as the indentation of YAML": Document "openapi: 3.0.3\ninfo:\n\ttitle: T\n" => "refused, as YAML says", ["syntax"], [];
    "a byte order mark and line ends of Windows": Document "\u{feff}openapi: 3.0.3\r\ninfo: {title: T, version: '1'}\r\npaths:\r\n  /a:\r\n    get: {operationId: a, responses: {'204': {description: d}}}\r\n" => "nothing", [], ["\"/a\""];
};
