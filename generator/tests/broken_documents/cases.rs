//! The faults.

/// A healthy document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Base {
    /// OpenAPI 3.0 in YAML.
    Yaml,
    /// OpenAPI 3.1 in JSON, indented with tabs.
    Json,
    /// An overlay over the former.
    Overlay,
}

impl Base {
    pub(crate) fn file(self) -> &'static str {
        match self {
            Self::Yaml => "library.yaml",
            Self::Json => "library.json",
            Self::Overlay => "library.overlay.yaml",
        }
    }

    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Yaml => include_str!("library.yaml"),
            Self::Json => include_str!("library.json"),
            Self::Overlay => include_str!("library.overlay.yaml"),
        }
    }
}

/// A fault and what has to be said about it.
#[derive(Debug)]
pub(crate) struct Case {
    /// The fault in a few words.
    pub(crate) fault: &'static str,
    /// The document that is broken.
    pub(crate) base: Base,
    /// A text that is in it once.
    pub(crate) healthy: &'static str,
    /// What takes its place, with a mark.
    pub(crate) broken: &'static str,
    /// The code of the one diagnostic.
    pub(crate) code: &'static str,
    /// Its pointer; nothing where the text cannot be parsed.
    pub(crate) pointer: Option<&'static str>,
}

macro_rules! cases {
    ($base:ident: $($fault:literal, $healthy:literal => $broken:literal, $code:literal $(at $pointer:literal)?;)+) => {
        &[$(Case {
            fault: $fault,
            base: Base::$base,
            healthy: $healthy,
            broken: $broken,
            code: $code,
            pointer: cases!(@pointer $($pointer)?),
        },)+]
    };
    (@pointer) => { None };
    (@pointer $pointer:literal) => { Some($pointer) };
}

/// The faults by what they concern.
pub(crate) const GROUPS: &[(&str, &[Case])] = &[
    ("yaml_syntax", YAML_SYNTAX),
    ("json_syntax", JSON_SYNTAX),
    ("root", ROOT),
    ("paths", PATHS),
    ("parameters", PARAMETERS),
    ("bodies", BODIES),
    ("schemas", SCHEMAS),
    ("limits", LIMITS),
    ("references", REFERENCES),
    ("security", SECURITY),
    ("json", JSON),
    ("overlay", OVERLAY),
    ("actions", ACTIONS),
];

const YAML_SYNTAX: &[Case] = cases! { Yaml:
    "a bracket is not closed", "tags: [Books]\n      operationId: listBooks" => "tags: [Books\n      operationId§: listBooks", "syntax";
    "a line is indented too little", "      operationId: addBook" => "     §operationId: addBook", "syntax";
    "a tab indents", "  title: Library" => "\t§title: Library", "syntax";
    "a second document follows", "components:\n" => "§---\ncomponents:\n", "syntax";
    "an alias has no anchor", "    name: Ada" => "    name: §*ada", "syntax";
    "an alias stands within its anchor", "  contact:\n    name: Ada" => "  contact: &contact\n    name: §*contact", "syntax";
    "a key is a list", "    name: MIT" => "    §[name]: MIT", "syntax";
    "a merge by git has left a conflict", "components:\n" => "§<<<<<<< HEAD\ncomponents:\n", "syntax";
    "a text begins with a sign that YAML keeps", "    name: Ada" => "    name: §@ada", "syntax";
    "a text holds a colon", "    name: Ada" => "    name: Ada§: Lovelace", "syntax";
    "a text begins with a bracket", "    name: Ada" => "    name: {Ada} §Lovelace", "syntax";
    "an escape does not exist", "    name: Ada" => "    name: §\"\\d\"", "syntax";
    "a quote is not closed", "    name: Ada" => "    name: §'Ada", "syntax";
    "a text goes on behind its quotes", "    name: Ada" => "    name: 'Ada' §Lovelace", "syntax";
    "a comma too many", "tags: [Books]\n      operationId: listBooks" => "tags: [Books,§, Films]\n      operationId: listBooks", "syntax";
    "a block begins in the line of its sign", "    name: Ada" => "    name: §| Ada", "syntax";
    "a key lacks its colon", "  contact:\n    name: Ada" => "  §contact\n    name: Ada", "syntax";
    "the first key of an object lacks its colon", "  /books:\n    get:\n" => "  /books:\n    §get\n", "syntax";
    "the first key of an item lacks its colon", "        - name: title\n" => "        - §name\n", "syntax";
    "a line is indented too much", "      operationId: addBook" => "       §operationId: addBook", "syntax";
    "a key behind a list is indented too much", "tags: [Books]\n      operationId: listBooks" => "tags:\n        - Books\n         operationId§: listBooks", "syntax";
    "a text of several lines holds a colon", "    name: Ada" => "    name: Ada\n      Countess\n      of§: Lovelace", "syntax";
    "a text of several lines has no key", "  contact:\n    name: Ada" => "  §contact of\n    Ada Lovelace", "syntax";
    "no space is behind a colon", "      operationId: listBooks" => "      §operationId:listBooks", "syntax";
    "a merge key has no object", "    name: MIT" => "    name: MIT\n    <<: §text", "syntax";
    "a key stands twice", "  version: 1.0.0" => "  version: 1.0.0\n  §title: Other", "duplicate-key";
};

const JSON_SYNTAX: &[Case] = cases! { Json:
    "a comma is missing", "\"in\": \"path\", \"required\"" => "\"in\": \"path\" §\"required\"", "syntax";
    "a comment", "\"version\": \"2\"}" => "\"version\": \"2\" §// two\n}", "syntax";
    "single quotes", "\"cargo\"" => "§'cargo'", "syntax";
    "a merge by git has left a conflict", "\"version\": \"2\"}" => "\"version\": \"2\"\n§<<<<<<< HEAD\n}", "syntax";
    "a comma too many", "\"version\": \"2\"}" => "\"version\": \"2\",§}", "syntax";
    "a text is not closed", "\"maxLength\": 2}," => "\"maxLength: 2},§", "syntax";
    "an escape does not exist", "\"Öresund\"" => "§\"\\Öresund\"", "syntax";
    "a word is not quoted", "\"cargo\"" => "§cargo", "syntax";
    "something follows the document", "\"webhooks\": {}," => "\"webhooks\": {}}§,", "syntax";
    "a number is too large", "\"exclusiveMinimum\": 0}" => "\"exclusiveMinimum\": §1e999}", "ignored-keyword" at "/components/schemas/Ship/properties/length/exclusiveMinimum";
    "a key stands twice", "\"maxLength\": 2}" => "\"maxLength\": 2, §\"type\": \"integer\"}", "duplicate-key";
};

const ROOT: &[Case] = cases! { Yaml:
    "the version is missing", "openapi: 3.0.3\n" => "§", "unsupported-version" at "";
    "the version is not supported", "openapi: 3.0.3" => "openapi: §4.0.0", "unsupported-version" at "/openapi";
    "it is a Swagger document", "openapi: 3.0.3" => "§swagger: '2.0'", "unsupported-version" at "/swagger";
    "`info` is a text", "info:\n" => "info: §Library\nx-info:\n", "wrong-type" at "/info";
    "the title is missing", "info:\n  title: Library" => "§info:", "assumed-keyword" at "/info";
    "the version is a number", "version: 1.0.0" => "version: §1.10", "coerced-value" at "/info/version";
    "the contact is a list", "contact:\n    name: Ada" => "§contact:\n    - name: Ada", "wrong-type" at "/info/contact";
    "a keyword is misspelt", "    name: Ada" => "    §nane: Ada", "unknown-keyword" at "/info/contact/nane";
    "a server has no URL", "- url: https://{region}.example.com" => "- §description: Europe", "missing-keyword" at "/servers/0";
    "a server's variable has no default", "region:\n        default: eu" => "§region:", "assumed-keyword" at "/servers/0/variables/region";
    "a tag has no name", "- name: Books" => "- §x-name: Books", "missing-keyword" at "/tags/0";
};

const PATHS: &[Case] = cases! { Yaml:
    "a path does not begin with a slash", "  /books:\n" => "  §books:\n", "coerced-value" at "/paths/books";
    "an operation is a text", "/books/{bookId}:" => "/lent:\n    get: §nothing\n  /books/{bookId}:", "wrong-type" at "/paths/~1lent/get";
    "a method does not exist", "/books/{bookId}:" => "/lent:\n    §gett: {}\n  /books/{bookId}:", "unknown-keyword" at "/paths/~1lent/gett";
    "a method of its own has a keyword", "/books/{bookId}:" => "/lent:\n    additionalOperations: {§POST: {}}\n  /books/{bookId}:", "invalid-value" at "/paths/~1lent/additionalOperations/POST";
    "a method is none of HTTP", "/books/{bookId}:" => "/lent:\n    additionalOperations: {§'TO DO': {}}\n  /books/{bookId}:", "invalid-value" at "/paths/~1lent/additionalOperations/TO DO";
    "a keyword is misspelt", "summary: List books" => "§sumary: List books", "unknown-keyword" at "/paths/~1books/get/sumary";
    "tags are a text", "tags: [Books]\n      operationId: addBook" => "tags: §Books\n      operationId: addBook", "coerced-value" at "/paths/~1books/post/tags";
    "an `operationId` is used twice", "operationId: addBook" => "operationId: §listBooks", "duplicate-operation-id" at "/paths/~1books/post/operationId";
    "an `operationId` is a list", "operationId: getBook" => "operationId: §[getBook]", "ignored-keyword" at "/paths/~1books~1{bookId}/get/operationId";
    "a boolean is a text", "deprecated: false" => "deprecated: §'yes'", "ignored-keyword" at "/paths/~1books~1{bookId}/get/deprecated";
    "a boolean is quoted", "deprecated: false" => "deprecated: §'true'", "coerced-value" at "/paths/~1books~1{bookId}/get/deprecated";
    "the responses are missing", "get:\n      operationId: getBook\n      deprecated: false\n      responses:" => "§get:\n      operationId: getBook\n      x-responses:", "assumed-keyword" at "/paths/~1books~1{bookId}/get";
    "a response has no status code", "4XX:" => "§4X:", "invalid-value" at "/paths/~1books~1{bookId}/get/responses/4X";
    "a response is a text", "'201':\n          description: The new book." => "'201': §The new book.", "wrong-type" at "/paths/~1books/post/responses/201";
    "a response has no description", "'204':\n                  description: Understood." => "§'204':\n                  x-text: Understood.", "assumed-keyword" at "/paths/~1books/post/callbacks/onLent/{$request.body#~1callback}/post/responses/204";
};

const PARAMETERS: &[Case] = cases! { Yaml:
    "a parameter has no name", "- name: title\n" => "- §x-name: title\n", "missing-keyword" at "/paths/~1books/get/parameters/1";
    "a parameter has no location", "name: title\n          in: query" => "§name: title\n          x-in: query", "missing-keyword" at "/paths/~1books/get/parameters/1";
    "a parameter is in the body", "name: title\n          in: query" => "name: title\n          in: §body", "coerced-value" at "/paths/~1books/get/parameters/1/in";
    "a parameter is in an unknown place", "name: title\n          in: query" => "name: title\n          in: §url", "invalid-value" at "/paths/~1books/get/parameters/1/in";
    "a style does not fit the location", "style: form" => "style: §matrix", "ignored-keyword" at "/paths/~1books/get/parameters/1/style";
    "a boolean is a number", "explode: true" => "explode: §1", "ignored-keyword" at "/paths/~1books/get/parameters/1/explode";
    "a parameter has no schema", "Limit:\n      name: limit\n      in: query\n      schema:" => "§Limit:\n      name: limit\n      in: query\n      x-schema:", "assumed-keyword" at "/components/parameters/Limit";
    "a parameter is declared twice", "- $ref: '#/components/parameters/Limit'\n" => "- $ref: '#/components/parameters/Limit'\n        - §$ref: '#/components/parameters/Limit'\n", "duplicate-parameter" at "/paths/~1books/get/parameters/1";
    "a header is declared twice, in another case", "- $ref: '#/components/parameters/Limit'\n" => "- {name: x-shelf, in: header, schema: {type: string}}\n        - §{name: X-Shelf, in: header, schema: {type: string}}\n", "duplicate-parameter" at "/paths/~1books/get/parameters/1";
    "a path parameter is not required", "name: bookId\n        in: path\n        required: true" => "§name: bookId\n        in: path", "assumed-keyword" at "/paths/~1books~1{bookId}/parameters/0";
    "a path parameter is not declared", "/books/{bookId}:" => "§/books/{bookId}/{part}:", "undeclared-path-parameter" at "/paths/~1books~1{bookId}~1{part}";
    "a path parameter is not in the path", "/books/{bookId}:\n    parameters:" => "/books/{bookId}:\n    parameters:\n      - §{name: bookID, in: path, required: true, schema: {type: string}}", "unused-path-parameter" at "/paths/~1books~1{bookId}/parameters/0";
    "the parameters are an object", "operationId: getBook" => "operationId: getBook\n      parameters: §{bookId: {}}", "wrong-type" at "/paths/~1books~1{bookId}/get/parameters";
};

const BODIES: &[Case] = cases! { Yaml:
    "a body has no content", "requestBody:\n        required: true\n        content:" => "§requestBody:\n        required: true\n        x-content:", "missing-keyword" at "/paths/~1books/post/requestBody";
    "a media type is a text", "multipart/form-data:\n            schema:\n              $ref: '#/components/schemas/Book'\n            encoding:\n              cover:\n                contentType: image/png" => "multipart/form-data: §form", "wrong-type" at "/paths/~1books/post/requestBody/content/multipart~1form-data";
    "a media type is a reference to a schema", "multipart/form-data:\n            schema:\n              $ref: '#/components/schemas/Book'\n            encoding:\n              cover:\n                contentType: image/png" => "multipart/form-data: §{$ref: '#/components/schemas/Book'}", "coerced-value" at "/paths/~1books/post/requestBody/content/multipart~1form-data";
    "a media type is a schema", "application/json:\n              schema:\n                type: array\n                items:\n                  $ref: '#/components/schemas/Book'\n        default" => "application/json: §{type: array, items: {$ref: '#/components/schemas/Book'}}\n        default", "coerced-value" at "/paths/~1books/get/responses/200/content/application~1json";
    "parts without a name have an encoding", "encoding:\n              cover:\n                contentType: image/png" => "prefixEncoding: §[{contentType: image/png}]", "ignored-keyword" at "/paths/~1books/post/requestBody/content/multipart~1form-data/prefixEncoding";
    "an encoding is a text", "cover:\n                contentType: image/png" => "cover: §image/png", "wrong-type" at "/paths/~1books/post/requestBody/content/multipart~1form-data/encoding/cover";
    "a keyword is misspelt", "contentType: image/png" => "§contenttype: image/png", "unknown-keyword" at "/paths/~1books/post/requestBody/content/multipart~1form-data/encoding/cover/contenttype";
    "a header has no schema", "X-Total:\n              schema:" => "§X-Total:\n              x-schema:", "assumed-keyword" at "/paths/~1books/get/responses/200/headers/X-Total";
    "an example has no value", "full:\n              summary: The library is full.\n              value: {message: full}" => "§full:\n              message: full", "coerced-value" at "/components/responses/Failure/content/application~1json/examples/full";
};

const SCHEMAS: &[Case] = cases! { Yaml:
    "a schema is a text", "message:\n          type: string" => "message: §text", "wrong-type" at "/components/schemas/Error/properties/message";
    "a schema is null", "message:\n          type: string" => "§message:", "coerced-value" at "/components/schemas/Error/properties/message";
    "a type does not exist", "message:\n          type: string" => "message:\n          type: §strnig", "ignored-keyword" at "/components/schemas/Error/properties/message/type";
    "a type is an object", "message:\n          type: string" => "message:\n          type: §{}", "ignored-keyword" at "/components/schemas/Error/properties/message/type";
    "types are a list in OpenAPI 3.0", "message:\n          type: string" => "message:\n          type: §[string, 'null']", "later-version" at "/components/schemas/Error/properties/message/type";
    "a keyword is misspelt", "multipleOf: 1" => "§multipelOf: 1", "unknown-keyword" at "/components/schemas/Book/properties/pages/multipelOf";
    "the required properties are a text", "required: [title]" => "required: §title", "coerced-value" at "/components/schemas/Book/required";
    "a property is required by itself", "kind:\n          type: string" => "kind:\n          type: string\n          required: §true", "coerced-value" at "/components/schemas/Person/properties/kind/required";
    "an enumeration is a text", "enum: [here, lent]" => "enum: §here", "ignored-keyword" at "/components/schemas/Book/properties/state/enum";
    "an enumeration of texts has a number", "enum: [here, lent]" => "enum: [here, §1.0]", "coerced-value" at "/components/schemas/Book/properties/state/enum/1";
    "a `oneOf` is an object", "allOf:\n        - $ref: '#/components/schemas/Person'" => "oneOf: §{not: {}}\n      allOf:\n        - $ref: '#/components/schemas/Person'", "wrong-type" at "/components/schemas/Group/oneOf";
    "a discriminator has no property", "discriminator:\n        propertyName: kind" => "§discriminator:\n        x-name: kind", "missing-keyword" at "/components/schemas/Author/discriminator";
    "a discriminator names no schema", "group: Group" => "group: §Grupp", "ignored-keyword" at "/components/schemas/Author/discriminator/mapping/group";
};

const LIMITS: &[Case] = cases! { Yaml:
    "a minimum is a text", "minimum: 1\n          multipleOf" => "minimum: §one\n          multipleOf", "ignored-keyword" at "/components/schemas/Book/properties/pages/minimum";
    "a length is negative", "minLength: 1" => "minLength: §-1", "ignored-keyword" at "/components/schemas/Book/properties/title/minLength";
    "a length is quoted", "maxLength: 100" => "maxLength: §'100'", "coerced-value" at "/paths/~1books/get/parameters/1/schema/maxLength";
    "a count has a fraction", "minItems: 1" => "minItems: §1.5", "ignored-keyword" at "/components/schemas/Group/allOf/1/properties/members/minItems";
    "a limit is exclusive as in OpenAPI 3.1", "multipleOf: 1" => "exclusiveMaximum: §9", "later-version" at "/components/schemas/Book/properties/pages/exclusiveMaximum";
    "a boolean is null", "uniqueItems: true" => "uniqueItems: §null", "coerced-value" at "/components/schemas/Group/allOf/1/properties/members/uniqueItems";
    "a description is an object", "description: Its title, for example „Öl!“." => "description: §{de: „Öl“}", "ignored-keyword" at "/components/schemas/Book/properties/title/description";
};

const REFERENCES: &[Case] = cases! { Yaml:
    "a schema does not exist", "author:\n          $ref: '#/components/schemas/Author'" => "author:\n          $ref: §'#/components/schemas/Auther'", "unresolved-reference" at "/components/schemas/Book/properties/author/$ref";
    "a section does not exist", "author:\n          $ref: '#/components/schemas/Author'" => "author:\n          $ref: §'#/definitions/Author'", "coerced-value" at "/components/schemas/Book/properties/author/$ref";
    "a response does not exist", "'#/components/responses/Failure'" => "§'#/components/responses/Error'", "missing-target" at "/paths/~1books/get/responses/default/$ref";
    "a response's name has a slip", "'#/components/responses/Failure'" => "§'#/components/responses/failures'", "unresolved-reference" at "/paths/~1books/get/responses/default/$ref";
    "a schema is only named", "author:\n          $ref: '#/components/schemas/Author'" => "author:\n          $ref: §Author", "coerced-value" at "/components/schemas/Book/properties/author/$ref";
    "a file is named absolutely", "'#/components/responses/Failure'" => "§'/errors.yaml'", "unresolved-reference" at "/paths/~1books/get/responses/default/$ref";
    "a file is outside the folder by escapes", "'#/components/responses/Failure'" => "§'%2e%2e/errors.yaml'", "unresolved-reference" at "/paths/~1books/get/responses/default/$ref";
    "a reference is an anchor", "'#/components/responses/Failure'" => "§'#Failure'", "missing-target" at "/paths/~1books/get/responses/default/$ref";
    "a reference leads to another section", "'#/components/responses/Failure'" => "§'#/components/schemas/Error'", "invalid-value" at "/paths/~1books/get/responses/default/$ref";
    "a reference is a list", "'#/components/responses/Failure'" => "§[]", "wrong-type" at "/paths/~1books/get/responses/default/$ref";
    "a file does not exist", "'#/components/responses/Failure'" => "§'errors.yaml#/Failure'", "unresolved-reference" at "/paths/~1books/get/responses/default/$ref";
    "a file is outside the folder", "'#/components/responses/Failure'" => "§'../errors.yaml#/Failure'", "unresolved-reference" at "/paths/~1books/get/responses/default/$ref";
    "a file is on another machine", "'#/components/responses/Failure'" => "§'https://example.com/errors.yaml'", "missing-target" at "/paths/~1books/get/responses/default/$ref";
    "a schema is a reference to itself", "    Person:\n" => "    Loop:\n      $ref: §'#/components/schemas/Loop'\n    Person:\n", "cyclic-reference" at "/components/schemas/Loop/$ref";
    "a schema is a part of itself", "    Person:\n" => "    Loop:\n      allOf: §[{$ref: '#/components/schemas/Loop'}, {type: object}]\n    Person:\n", "cyclic-reference" at "/components/schemas/Loop/allOf";
    "a path leads to itself", "/books/{bookId}:" => "/a:\n    $ref: §'#/paths/~1a'\n  /books/{bookId}:", "cyclic-reference" at "/paths/~1a/$ref";
};

const SECURITY: &[Case] = cases! { Yaml:
    "an operation names a scheme that does not exist", "operationId: addBook\n      security:\n        - token: []" => "operationId: addBook\n      security:\n        - §tokn: []", "unknown-security-scheme" at "/paths/~1books/post/security/0/tokn";
    "the document names a scheme that does not exist", "security:\n  - token: []" => "security:\n  - §tocken: []", "unknown-security-scheme" at "/security/0/tocken";
    "a requirement is a number", "security:\n  - token: []" => "security:\n  - §7", "wrong-type" at "/security/0";
    "a scheme has no type", "token:\n      type: http\n      scheme: bearer\n    key:\n      type: apiKey" => "token:\n      type: http\n      scheme: bearer\n    §key:\n      x-type: apiKey", "missing-keyword" at "/components/securitySchemes/key";
    "a scheme's type does not exist", "type: apiKey" => "type: §basic", "invalid-value" at "/components/securitySchemes/key/type";
    "an API key has no location", "key:\n      type: apiKey\n      in: header" => "§key:\n      type: apiKey", "missing-keyword" at "/components/securitySchemes/key";
    "an API key is in the body", "type: apiKey\n      in: header" => "type: apiKey\n      in: §body", "invalid-value" at "/components/securitySchemes/key/in";
    "a flow has no token URL", "clientCredentials:\n          tokenUrl: https://example.com/token" => "§clientCredentials:", "assumed-keyword" at "/components/securitySchemes/login/flows/clientCredentials";
    "a flow for passwords has no token URL", "clientCredentials:\n          tokenUrl: https://example.com/token" => "§password:", "assumed-keyword" at "/components/securitySchemes/login/flows/password";
    "a flow with a code has no authorization URL", "clientCredentials:" => "§authorizationCode:", "assumed-keyword" at "/components/securitySchemes/login/flows/authorizationCode";
    "a flow has no scopes", "clientCredentials:\n          tokenUrl: https://example.com/token\n          scopes:\n            read: Read books." => "§clientCredentials:\n          tokenUrl: https://example.com/token", "assumed-keyword" at "/components/securitySchemes/login/flows/clientCredentials";
    "a scope is a list", "read: Read books." => "read: §[]", "ignored-keyword" at "/components/securitySchemes/login/flows/clientCredentials/scopes/read";
    "a keyword is misspelt", "scheme: bearer" => "scheme: bearer\n      §bearerformat: JWT", "unknown-keyword" at "/components/securitySchemes/token/bearerformat";
};

const JSON: &[Case] = cases! { Json:
    "the version is a number", "\"version\": \"2\"" => "\"version\": §2.0", "coerced-value" at "/info/version";
    "a keyword is misspelt", "\"exclusiveMinimum\"" => "§\"exclusiveMinimun\"", "unknown-keyword" at "/components/schemas/Ship/properties/length/exclusiveMinimun";
    "a reference leads nowhere", "\"#/components/schemas/a~1b~0c\"" => "§\"#/components/schemas/a~1b\"", "missing-target" at "/components/schemas/Ref/$ref";
    "a key with an escape is unknown", "\"webhooks\": {}," => "\"webhooks\": {}, §\"\\u0070ath\": {},", "unknown-keyword" at "/path";
    "the tags are an object", "\"webhooks\": {}" => "\"webhooks\": {}, \"tags\": §{\"name\": \"Ships\"}", "wrong-type" at "/tags";
    "a limit is a text", "\"maxLength\": 2" => "\"maxLength\": §\"two\"", "ignored-keyword" at "/components/schemas/Flag/maxLength";
    "a schema is a number", "{\"const\": \"cargo\"}" => "§7", "wrong-type" at "/components/schemas/Ship/properties/kind";
};

const OVERLAY: &[Case] = cases! { Overlay:
    "the version is missing", "overlay: 1.0.0\ninfo:\n  title: Corrections\n  version: 1.0.0\nactions:" => "§x: 1\nactions:", "invalid-overlay" at "";
    "the version is not supported", "overlay: 1.0.0" => "overlay: §2.0.0", "invalid-overlay" at "/overlay";
    "the actions are an object", "actions:\n  - target: $.info\n    description: The title is too short.\n    update:\n      title: Municipal library\n  - target: $.paths['/books'].post.callbacks\n    description: Nobody uses them.\n    remove: true" => "actions: §{}", "invalid-overlay" at "/actions";
    "the overlay is a list", "overlay: 1.0.0\ninfo:\n  title: Corrections\n  version: 1.0.0\nactions:\n  - target: $.info" => "  §- target: $.info", "invalid-overlay" at "";
    "there are no actions", "overlay: 1.0.0\ninfo:\n  title: Corrections\n  version: 1.0.0\nactions:" => "§overlay: 1.0.0\ninfo:\n  title: Corrections\n  version: 1.0.0\nx-actions:", "invalid-overlay" at "";
    "a keyword is misspelt", "actions:" => "§extend: library.yaml\nactions:", "invalid-overlay" at "/extend";
    "the text cannot be parsed", "title: Corrections" => "title: §'Corrections", "syntax";
};

const ACTIONS: &[Case] = cases! { Overlay:
    "an action is a text", "actions:" => "actions:\n  - §nothing", "invalid-overlay" at "/actions/0";
    "an action has no target", "- target: $.info\n" => "- §x-target: $.info\n", "invalid-overlay" at "/actions/0";
    "a target is no JSONPath", "target: $.info" => "target: §$.info[", "invalid-overlay" at "/actions/0/target";
    "a target is a number", "target: $.info" => "target: §3", "invalid-overlay" at "/actions/0/target";
    "a target matches nothing", "target: $.info" => "target: §$.inof", "unmatched-action" at "/actions/0/target";
    "an update changes nothing", "target: $.info\n    description: The title is too short.\n    update:\n      title: Municipal library" => "target: §$.info\n    update:\n      title: Library", "ineffective-action" at "/actions/0/target";
    "an action says neither what to remove nor what to update", "- target: $.paths['/books'].post.callbacks\n    description: Nobody uses them.\n    remove: true" => "- §target: $.paths['/books'].post.callbacks\n    remove: false", "invalid-overlay" at "/actions/1";
    "a keyword is misspelt", "remove: true" => "remove: true\n    §desription: Nobody.", "invalid-overlay" at "/actions/1/desription";
    "`remove` is a text", "remove: true" => "remove: §please", "invalid-overlay" at "/actions/1/remove";
};
