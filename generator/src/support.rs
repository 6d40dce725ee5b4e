//! What of OpenAPI is supported, degraded or refused.
//!
//! [`table`] renders the page `generator/SUPPORT.md`. A test requires that the page is what this
//! gives, and that each row's fixture shows what the row says.

use std::fmt::Write;

use crate::diagnostic::Code;

/// What becomes of a construct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It is expressed as these words say.
    Supported(&'static str),
    /// It is expressed less exactly, as these words say; a diagnostic of this code names each use.
    Degraded(Code, &'static str),
    /// The document is refused with this code.
    Refused(Code),
}

/// Where a test shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// A document below `generator/tests/fixtures`, by its path without the ending. Its snapshot has
    /// the same path below `generator/tests/snapshots`, and what it becomes is compiled.
    Fixture(&'static str),
    /// A group of broken documents: a snapshot below `generator/tests/snapshots/broken_documents`.
    Broken(&'static str),
}

/// A part of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// What values are made of.
    Schemas,
    /// What is called.
    Operations,
    /// How documents are written.
    Documents,
}

macro_rules! constructs {
    ($($variant:ident = $area:ident, $text:literal, $status:expr, $evidence:expr;)+) => {
        /// A construct of OpenAPI or JSON Schema.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Construct {
            $(#[doc = concat!($text, ".")] $variant,)+
        }

        impl Construct {
            /// Every construct, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The part of the table.
            pub fn area(self) -> Area {
                match self {
                    $(Self::$variant => Area::$area,)+
                }
            }

            /// The construct in words, in Markdown.
            pub fn text(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }

            /// What becomes of it.
            pub fn status(self) -> Status {
                match self {
                    $(Self::$variant => $status,)+
                }
            }

            /// Where a test shows it.
            pub fn evidence(self) -> Evidence {
                match self {
                    $(Self::$variant => $evidence,)+
                }
            }
        }
    };
}

use Evidence::{Broken, Fixture};
use Status::{Degraded, Refused, Supported};

constructs! {
    // Schemas
    Object = Schemas, "Objects with properties", Supported("a struct; unknown properties are ignored"), Fixture("models/inline_schemas");
    Presence = Schemas, "Required, optional and nullable properties", Supported("plain, `Option`, or `Patch` where absent and null differ in a request"), Fixture("models/presence");
    Direction = Schemas, "`readOnly`, `writeOnly`", Supported("a type for requests beside that for responses, only where they differ"), Fixture("models/read_and_write_only");
    AdditionalProperties = Schemas, "`additionalProperties`: a schema or `true`", Supported("`BTreeMap<String, T>`; beside properties a flattened field keeps the rest"), Fixture("models/additional_properties");
    PatternProperties = Schemas, "`patternProperties`", Supported("as `additionalProperties`: a map, of a union where several types are possible"), Fixture("models/maps");
    PropertyNames = Schemas, "`propertyNames`", Degraded(Code::UnsupportedSchema, "names are any text"), Fixture("models/unchecked_keywords");
    FreeForm = Schemas, "Objects without properties, schemas without a type", Supported("`BTreeMap<String, serde_json::Value>`, `serde_json::Value`"), Fixture("models/maps");
    List = Schemas, "Lists, lists of lists", Supported("`Vec<T>`"), Fixture("models/maps");
    Set = Schemas, "`uniqueItems`", Supported("`Vec<T>` and a word in the documentation: the order is the server's, numbers have no total order, and a server that repeats an item must not cost the answer"), Fixture("models/limits");
    Tuple = Schemas, "`prefixItems` of a fixed number", Supported("a tuple"), Fixture("models/tuples");
    OpenTuple = Schemas, "`prefixItems` of a number that varies", Supported("a `Vec` of the union of the items' types"), Fixture("models/tuples");
    TextFormats = Schemas, "`date-time`, `date`, `time`, `duration`, `uuid`, `byte`, `ipv4`, `ipv6`, `ip`, `password`", Supported("`DateTime`, `Date`, `Time`, `IsoDuration`, `Uuid`, `Base64`, addresses of the standard library, `Secret`; read leniently. `time` and `duration` beside a pattern stay texts, since their spelling matters. `naive-date` is `date`, and `naive-time`, `partial-time` and `time-local` are `time`"), Fixture("models/text_formats");
    NamedSecrets = Schemas, "Texts without a format whose names end with `password`, `passphrase`, `access_token`, `api_key`, `client_secret`, `private_key` and the like", Supported("`Secret`, as with the format `password`; any other format keeps them texts"), Fixture("models/text_formats");
    PlainFormats = Schemas, "`binary` in JSON, `decimal`, `uri`, `email`, `hostname`, formats that are not known", Supported("`String`, exactly as it came"), Fixture("models/plain_formats");
    NumberFormats = Schemas, "`int8` to `int64`, `uint8` to `uint64`, `float`, `double`", Supported("the integer of that size, `i64` without one; always `f64`, for servers mean that by `float`, too"), Fixture("models/number_formats");
    Limits = Schemas, "`minimum`, `maxLength`, `pattern` and other limits", Supported("documentation, and checks of requests by `validate()`"), Fixture("models/request_limits");
    TextEnum = Schemas, "`enum` of texts", Supported("an enumeration that keeps unknown values"), Fixture("models/enum_names");
    IntegerEnum = Schemas, "`enum` of integers", Supported("an enumeration that keeps unknown values"), Fixture("models/integer_enum");
    MixedEnum = Schemas, "`enum` of scalars of several types", Supported("an enumeration that keeps any other JSON"), Fixture("models/mixed_enum");
    NumberEnum = Schemas, "`enum` of numbers with fractions, or of booleans", Supported("the plain type, the values in its documentation"), Fixture("models/number_enum");
    EnumHints = Schemas, "`x-enum-varnames`, `x-enumNames`, `x-enum-descriptions`", Supported("names and documentation of the variants"), Fixture("models/enum_hints");
    UnfitHints = Schemas, "`x-enum-varnames` and the like, of another number than the values", Degraded(Code::IgnoredKeyword, "left aside"), Fixture("models/enum_hints");
    ExtensibleEnum = Schemas, "`x-extensible-enum`", Supported("an enumeration that keeps unknown values"), Fixture("models/open_enum");
    Const = Schemas, "`const`", Supported("an enumeration of one value"), Fixture("models/constants");
    ConstAlternatives = Schemas, "`oneOf` of single values with titles", Supported("one enumeration with these names"), Fixture("models/titled_alternatives");
    Default = Schemas, "`default`", Supported("documentation; the server applies it"), Fixture("models/defaults");
    AllOf = Schemas, "`allOf`", Supported("one struct of all properties"), Fixture("models/all_of");
    AllOfAnnotation = Schemas, "Parts of an `allOf` that only describe the others, or allow null", Supported("the type of the others; null is meant for the whole"), Fixture("models/annotated_references");
    AllOfProperty = Schemas, "A property in several parts of an `allOf`", Supported("one type that all parts describe"), Fixture("models/all_of_properties");
    AllOfConflict = Schemas, "`allOf` whose parts contradict each other", Degraded(Code::ConflictingAllOf, "the later part counts"), Fixture("models/all_of_enums");
    OneOf = Schemas, "`oneOf`, `anyOf`", Supported("an enumeration that chooses the type which knows most of the value, and keeps unknown ones; in requests it is made `From` what its variants hold"), Fixture("models/unions");
    Discriminator = Schemas, "`discriminator` with `oneOf`: mapping, values, names, nested", Supported("an enumeration that chooses by it"), Fixture("models/unions");
    ImpliedDiscriminator = Schemas, "`oneOf` of objects that require a property of one value, another in each", Supported("an enumeration that chooses by it"), Fixture("models/unions");
    MappedElsewhere = Schemas, "`discriminator` that maps to schemas which are no alternatives", Degraded(Code::UnsupportedSchema, "values that it maps there are kept as unknown ones"), Fixture("models/one_discriminated");
    Untold = Schemas, "`discriminator` beside alternatives that no value of it stands for", Degraded(Code::UnsupportedSchema, "an enumeration that chooses by what a value is made of"), Fixture("models/one_discriminated");
    Inheritance = Schemas, "`discriminator` on a base that others extend by `allOf`", Supported("an enumeration of the base and what extends it"), Fixture("models/inheritance");
    NarrowedProperties = Schemas, "`oneOf` beside properties of which the alternatives narrow one to a value each", Supported("an enumeration that chooses by it, of objects with all properties"), Fixture("models/alternatives");
    FoldedAlternatives = Schemas, "`oneOf` beside other properties that the alternatives lack", Degraded(Code::UnsupportedSchema, "the properties of all alternatives, optional, in one struct"), Fixture("models/alternatives");
    Product = Schemas, "Several `oneOf` or `anyOf` that must all hold", Degraded(Code::UnsupportedSchema, "any JSON"), Fixture("models/alternatives");
    Recursion = Schemas, "Schemas that contain themselves", Supported("`Box` where the type would be endless"), Fixture("models/recursion");
    EndlessAlias = Schemas, "Schemas that contain themselves without an object between", Degraded(Code::UnsupportedSchema, "any JSON"), Fixture("models/endless_alias");
    EndlessUnion = Schemas, "Alternatives that lead back to the union without an object between", Degraded(Code::UnsupportedSchema, "left out; what only they accept is kept as an unknown value"), Fixture("models/endless_union");
    Not = Schemas, "`not`", Degraded(Code::UnsupportedSchema, "not checked"), Fixture("models/unchecked_keywords");
    Conditions = Schemas, "`if`, `then`, `else`, `dependentRequired`, `dependentSchemas`, `contentSchema`, alternatives that only require properties", Degraded(Code::UnsupportedSchema, "not checked"), Fixture("models/unchecked_keywords");
    Contains = Schemas, "`contains`, `unevaluatedItems`", Degraded(Code::UnsupportedSchema, "not checked"), Fixture("models/unchecked_keywords");
    TypeList = Schemas, "A list of types", Supported("`Option` for null, a union of the others"), Fixture("models/type_lists");
    Twins = Schemas, "Schemas of three properties or more that equal a component where they stand", Supported("the component's type"), Fixture("models/equal_schemas");
    Resources = Schemas, "Schemas of three properties or more that the answer for one resource shares with other operations on its collection", Supported("one type, named by the resource, unless a component has that name"), Fixture("models/resources");
    SharedErrors = Schemas, "Objects and unions that are the body of errors in several operations, or in several answers among the components", Supported("one type: `Error` for what most errors are, unless a component has that name; others by their titles or statuses"), Fixture("api/shared_errors");
    Annotations = Schemas, "Keywords of the document's own in schemas, since OpenAPI 3.1", Supported("ignored; a note names each once"), Fixture("models/unchecked_keywords");
    BooleanSchema = Schemas, "Schemas that are `true` or `false`", Supported("any JSON"), Fixture("models/boolean_schemas");
    ContentEncoding = Schemas, "`contentEncoding: base64`", Supported("`Base64`"), Fixture("models/content_encoding");
    UnevaluatedProperties = Schemas, "`unevaluatedProperties`", Supported("as `additionalProperties`"), Fixture("models/maps");
    DefaultMapping = Schemas, "`defaultMapping` of a discriminator, of OpenAPI 3.2", Supported("the variant where the property tells none"), Fixture("executed/openapi_3_2");
    Names = Schemas, "Names that are keywords, no identifiers, or alike", Supported("spelled so that Rust takes them"), Fixture("models/names");
    Deprecated = Schemas, "`deprecated`, titles and descriptions", Supported("documentation"), Fixture("models/documentation");

    // Operations
    OtherMethods = Operations, "`query` and `additionalOperations`, of OpenAPI 3.2", Supported("as other operations; those of methods without a keyword are not sent again by themselves"), Fixture("executed/openapi_3_2");
    PathParameters = Operations, "Parameters of the path", Supported("arguments, percent-encoded within their segment"), Fixture("api/path_parameters");
    QueriesOfPaths = Operations, "A query or a fragment in a path", Supported("the query is sent, the fragment is not; names tell nothing of them"), Fixture("client/words_of_paths");
    QueryParameters = Operations, "Parameters of the query, headers and cookies", Supported("arguments where required, else methods of the call, as for a key that credentials of the client show"), Fixture("api/query_parameters");
    WholeQuery = Operations, "The whole query, `in: querystring`, of OpenAPI 3.2", Supported("the properties of an object, where it is a form"), Fixture("executed/openapi_3_2");
    JsonBody = Operations, "Bodies of JSON, text and bytes", Supported("typed arguments"), Fixture("api/bodies");
    FormBody = Operations, "Forms", Supported("a struct"), Fixture("api/form");
    Answers = Operations, "Several answers", Supported("an enumeration by status"), Fixture("executed/answers_by_status");
    StreamedAnswers = Operations, "Answers of bytes and files", Supported("`ByteStream`: bytes as they arrive, or collected"), Fixture("executed/streamed_answers");
    JsonLines = Operations, "Answers of `application/x-ndjson`, `application/jsonl`, `application/json-seq` and the like", Supported("`ItemStream<T>`: the items as they arrive"), Fixture("executed/streamed_answers");
    Changes = Operations, "Answers of `application/json;stream=watch` beside a component `WatchEvent`", Supported("`ItemStream<WatchEvent>`, though they are described as the list that is watched"), Fixture("executed/streamed_answers");
    ServerSentEvents = Operations, "Answers of `text/event-stream`", Supported("`EventStream`: events as they arrive, their data typed"), Fixture("executed/server_sent_events");
    PromisedEvents = Operations, "A flag `stream` in a body that promises server-sent events, where answers tell of none", Supported("`stream`: events whose data are the union that answers are described as, or else any JSON"), Fixture("executed/answers_by_media_type");
    ItemSchema = Operations, "`itemSchema`, the items of a stream in OpenAPI 3.2", Supported("`ItemStream<T>`, `EventStream`; of events that are all alike their data, or what a text of JSON holds by `contentSchema`; of others one of several objects"), Fixture("executed/openapi_3_2");
    AnswerWays = Operations, "Several media types of one answer", Supported("JSON where there is any; methods of the call, `stream`, `text` and `download`, ask for the others"), Fixture("executed/answers_by_media_type");
    ValuesInTexts = Operations, "Numbers, lists and objects as `text/plain`", Supported("typed; spelled as JSON"), Fixture("executed/answers_by_media_type");
    UnreadAnswers = Operations, "Answers of XML and other structured media types", Degraded(Code::UnsupportedMediaType, "the text or the bytes"), Fixture("executed/answers_by_media_type");
    Bodiless = Operations, "Answers to `HEAD`", Supported("no body is read, whatever the document describes"), Fixture("executed/answers_without_a_body");
    BodilessStatus = Operations, "Content of status 204, 205 or 304", Degraded(Code::IgnoredKeyword, "no body is read"), Fixture("executed/answers_without_a_body");
    Redirects = Operations, "Answers of 3xx", Supported("successes where there is no 2xx, else errors; never followed"), Fixture("executed/answers_without_a_body");
    DefaultAnswers = Operations, "`default` without an answer of 2xx or 3xx", Supported("the success as well as errors, unless a component in it describes errors elsewhere"), Fixture("api/answers");
    AnswerHeaders = Operations, "Headers of answers", Supported("a constant for each, by which a response or an error reads it with its type"), Fixture("executed/answer_headers");
    StructuredHeaders = Operations, "Headers of answers that hold objects", Degraded(Code::UnsupportedHeader, "the text; JSON by `content` is read"), Fixture("executed/answer_headers");
    Servers = Operations, "Servers, with variables or relative", Supported("the constant `API`; the client takes the first one, unless `server`, `server_variable` or `base_url` say otherwise; `document_url` says where relative ones start"), Fixture("client/servers");
    OwnServers = Operations, "Servers of an operation or a path", Supported("their calls go there, with connections of their own; `operation_server` and `base_url` say otherwise"), Fixture("client/operation_servers");
    Callbacks = Operations, "Callbacks, links and webhooks", Degraded(Code::NotEmitted, "nothing is emitted but the schemas of components"), Fixture("client/not_emitted");
    ParameterStyles = Operations, "Styles of parameters, `explode`, `allowReserved`, `content`", Supported("written by the client as the style says, whatever the structure of the value"), Fixture("executed/parameter_styles");
    RequestBodies = Operations, "Multipart bodies, files, several media types", Supported("structs with `FileUpload`, sent as they are read; a method for each media type"), Fixture("executed/request_bodies");
    UnnamedParts = Operations, "Multipart forms whose parts the document does not name", Supported("`FormParts`: the caller names values and files. Of a part that may be anything, `FormPart`: a value or a file"), Fixture("executed/request_bodies");
    PartHeaders = Operations, "Headers of the parts of a multipart body", Degraded(Code::UnsupportedMediaType, "not sent"), Fixture("api/unsent");
    SameEncoding = Operations, "Media types of a body that are written alike and describe different values", Degraded(Code::UnsupportedMediaType, "`application/json` is sent, or the first by name; of several that are JSON, or texts in different languages, each has a method of its own"), Fixture("api/unsent");
    Security = Operations, "Security schemes: `basic`, `bearer`, `apiKey`, `oauth2`, `openIdConnect`, `mutualTLS`", Supported("credentials of the client by the scheme's name, a provider for tokens that are renewed, `identity` for a certificate; the first alternative for which there are all is shown, and where there is none nothing is sent"), Fixture("executed/security");
    OneAuthorization = Operations, "Several schemes of one alternative that need the header `Authorization`", Degraded(Code::UnsupportedSecurityScheme, "each is an alternative"), Fixture("client/one_authorization");
    OtherAuthentication = Operations, "Other schemes of HTTP authentication", Degraded(Code::UnsupportedSecurityScheme, "calls send no credentials but the headers that they are given"), Fixture("client/one_authorization");

    // Documents
    AnchorReference = Documents, "References to an `$anchor` or `$id`", Refused(Code::UnresolvedReference), Broken("references");
    DynamicReference = Documents, "`$dynamicRef`", Degraded(Code::UnknownKeyword, "any JSON"), Fixture("models/unchecked_keywords");
}

/// The page `SUPPORT.md`.
pub fn table() -> String {
    let mut page = "# What is supported\n\n\
         Made from `generator/src/support.rs`; `UPDATE_SUPPORT=1 cargo test -p \
         openapi-client-generator --test support_table` writes it anew.\n\n\
         A construct that is *degraded* is expressed less exactly, and a diagnostic of the code given \
         names each use; `--allow CODE` accepts it. One that is *refused* is an error.\n"
        .to_owned();
    for (area, title) in [
        (Area::Schemas, "Schemas"),
        (Area::Operations, "Operations"),
        (Area::Documents, "Documents"),
    ] {
        let _ = write!(
            page,
            "\n## {title}\n\n| Construct | Status | Becomes | Shown by |\n|---|---|---|---|\n"
        );
        for construct in Construct::ALL.iter().filter(|one| one.area() == area) {
            page.push_str(&row(*construct));
        }
    }
    page
}

fn row(construct: Construct) -> String {
    let (status, becomes) = match construct.status() {
        Supported(words) => ("supported".to_owned(), words),
        Degraded(code, words) => (format!("degraded: `{}`", code.as_str()), words),
        Refused(code) => (format!("refused: `{}`", code.as_str()), ""),
    };
    let shown = match construct.evidence() {
        Fixture(path) => format!("[{path}](tests/fixtures/{path}.yaml)"),
        Broken(group) => {
            format!("[broken documents](tests/snapshots/broken_documents/{group}.snap)")
        }
    };
    format!(
        "| {} | {status} | {becomes} | {shown} |\n",
        construct.text()
    )
}
