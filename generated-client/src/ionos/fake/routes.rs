//! From a request to the operation that it asks for.

use bytes::Bytes;
use http::{Request, StatusCode, header};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::super::API_PATH;
use super::answer::{Answer, Problem};
use super::rules::{self, Rule};
use super::store::Store;
use super::{clusters, members};

type Handler = fn(&mut Store, &Call) -> Result<Answer, Problem>;

/// An operation: its method, the rule for its body, and what carries it out.
struct Operation {
    method: &'static str,
    body: Option<&'static Rule>,
    handler: Handler,
}

const fn without_body(method: &'static str, handler: Handler) -> Operation {
    Operation {
        method,
        body: None,
        handler,
    }
}

const fn with_body(method: &'static str, body: &'static Rule, handler: Handler) -> Operation {
    Operation {
        method,
        body: Some(body),
        handler,
    }
}

/// All paths; one without arguments stands before one that would take its last segment for an
/// argument.
static ROUTES: &[(&str, &[Operation])] = &[
    (
        "/clusters",
        &[
            without_body("GET", clusters::list),
            with_body("POST", &rules::CREATE_CLUSTER, clusters::create),
        ],
    ),
    (
        "/clusters/postgresversions",
        &[without_body("GET", |_, _| Ok(clusters::versions()))],
    ),
    (
        "/clusters/backups",
        &[without_body("GET", clusters::list_backups)],
    ),
    (
        "/clusters/backups/{}",
        &[without_body("GET", clusters::get_backup)],
    ),
    (
        "/clusters/{}",
        &[
            without_body("GET", clusters::get),
            with_body("PATCH", &rules::PATCH_CLUSTER, clusters::patch),
            without_body("DELETE", clusters::delete),
        ],
    ),
    (
        "/clusters/{}/postgresversions",
        &[without_body("GET", clusters::versions_of_cluster)],
    ),
    (
        "/clusters/{}/backups",
        &[without_body("GET", clusters::list_backups_of_cluster)],
    ),
    (
        "/clusters/{}/restore",
        &[with_body("POST", &rules::RESTORE, clusters::restore)],
    ),
    ("/clusters/{}/logs", &[without_body("GET", clusters::logs)]),
    (
        "/clusters/{}/users",
        &[
            without_body("GET", members::list_users),
            with_body("POST", &rules::CREATE_USER, members::create_user),
        ],
    ),
    (
        "/clusters/{}/users/{}",
        &[
            without_body("GET", members::get_user),
            with_body("PATCH", &rules::PATCH_USER, members::patch_user),
            without_body("DELETE", members::delete_user),
        ],
    ),
    (
        "/clusters/{}/databases",
        &[
            without_body("GET", members::list_databases),
            with_body("POST", &rules::CREATE_DATABASE, members::create_database),
        ],
    ),
    (
        "/clusters/{}/databases/{}",
        &[
            without_body("GET", members::get_database),
            without_body("DELETE", members::delete_database),
        ],
    ),
    (
        "/infos/version",
        &[without_body("GET", |_, _| Ok(clusters::version()))],
    ),
    (
        "/infos/versions",
        &[without_body("GET", |_, _| Ok(clusters::api_versions()))],
    ),
];

/// What an operation is asked for.
pub(super) struct Call {
    /// The URL that was called, without the query.
    pub(super) url: String,
    arguments: Vec<String>,
    query: Vec<(String, String)>,
    body: Value,
}

/// A part of a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    pub(super) limit: usize,
    pub(super) offset: usize,
}

impl Call {
    pub(super) fn argument(&self, index: usize) -> &str {
        self.arguments.get(index).map_or("", String::as_str)
    }

    pub(super) fn body(&self) -> &Value {
        &self.body
    }

    pub(super) fn query(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| value.as_str())
    }

    /// A number of the query, within limits.
    pub(super) fn number(&self, name: &str, least: i64, most: i64) -> Result<Option<i64>, Problem> {
        let Some(text) = self.query(name) else {
            return Ok(None);
        };
        integer(text)
            .filter(|number| (least..=most).contains(number))
            .map(Some)
            .ok_or_else(|| Problem::not_valid(format!("`{name}` is not valid")))
    }

    pub(super) fn page(&self) -> Result<Page, Problem> {
        let limit = self.number("limit", 1, 1000)?.unwrap_or(100);
        let offset = self.number("offset", i64::MIN, i64::MAX)?.unwrap_or(0);
        Ok(Page {
            limit: usize::try_from(limit).unwrap_or_default(),
            // The document does not forbid a negative offset; nothing comes before the beginning.
            offset: usize::try_from(offset.max(0)).unwrap_or(usize::MAX),
        })
    }
}

/// An integer as JSON writes it; one that is too large counts as the largest.
fn integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let limit = if digits.len() < text.len() {
        i64::MIN
    } else {
        i64::MAX
    };
    Some(text.parse().unwrap_or(limit))
}

/// Carries out a request.
pub(super) fn carry_out(store: &mut Store, request: &Request<Bytes>) -> Result<Answer, Problem> {
    if !is_authorized(request, store.token.as_deref()) {
        let problem = Problem::new(StatusCode::UNAUTHORIZED, "credentials are missing or wrong");
        return Err(problem.with_header(header::WWW_AUTHENTICATE, "Basic realm=\"IONOS\""));
    }
    let path = request.uri().path();
    let path = path.strip_prefix(API_PATH).unwrap_or(path);
    let (operations, arguments) = route(path).ok_or_else(|| Problem::not_found("path"))?;
    let method = request.method().as_str();
    let Some(operation) = operations.iter().find(|one| one.method == method) else {
        let methods: Vec<&str> = operations.iter().map(|one| one.method).collect();
        let problem = Problem::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "the method is not supported",
        );
        return Err(problem.with_header(header::ALLOW, methods.join(", ")));
    };
    let body = match operation.body {
        Some(rule) => body(request, rule)?,
        None => Value::Null,
    };
    let call = Call {
        url: format!("https://api.ionos.com{API_PATH}{path}"),
        arguments,
        query: query(request.uri().query().unwrap_or_default()),
        body,
    };
    (operation.handler)(store, &call)
}

fn is_authorized(request: &Request<Bytes>, token: Option<&str>) -> bool {
    let credentials = request.headers().get(header::AUTHORIZATION);
    let Some(credentials) = credentials.and_then(|value| value.to_str().ok()) else {
        return false;
    };
    match (credentials.split_once(' '), token) {
        (Some(("Bearer", found)), Some(token)) => found == token,
        (Some(("Bearer" | "Basic", _)), None) => true,
        _ => false,
    }
}

fn route(path: &str) -> Option<(&'static [Operation], Vec<String>)> {
    ROUTES
        .iter()
        .find_map(|(template, operations)| Some((*operations, matched(template, path)?)))
}

/// The arguments of a path, where the template fits it.
fn matched(template: &str, path: &str) -> Option<Vec<String>> {
    let mut arguments = Vec::new();
    let (mut expected, mut found) = (template.split('/'), path.split('/'));
    loop {
        match (expected.next(), found.next()) {
            (None, None) => return Some(arguments),
            (Some("{}"), Some(segment)) if !segment.is_empty() => arguments.push(decoded(segment)),
            (Some(one), Some(other)) if one == other => {}
            _ => return None,
        }
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn query(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let spaced = |text: &str| decoded(&text.replace('+', " "));
            (spaced(name), spaced(value))
        })
        .collect()
}

fn body(request: &Request<Bytes>, rule: &Rule) -> Result<Value, Problem> {
    let media_type = request.headers().get(header::CONTENT_TYPE);
    let media_type = media_type
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        return Err(Problem::new(status, "the body must be `application/json`"));
    }
    let body: Value = serde_json::from_slice(request.body())
        .map_err(|error| Problem::new(StatusCode::BAD_REQUEST, error.to_string()))?;
    let problems = rules::problems(&body, rule);
    if problems.is_empty() {
        Ok(body)
    } else {
        Err(Problem::all(StatusCode::UNPROCESSABLE_ENTITY, problems))
    }
}
