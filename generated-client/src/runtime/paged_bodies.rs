//! Lists whose requests say in their bodies which page is wanted.

use super::PageValue;
use super::call::Draft;
use super::paging::PagingPlace;
use super::request_body::Body;
use super::value::Tree;
use super::wiped::wiped;

/// A JSON object, which is the body.
pub enum InBody {}

impl PagingPlace for InBody {
    fn number(draft: &Draft, parameter: &str) -> Option<usize> {
        let members = members(draft);
        let found = members.iter().find(|(name, _)| name == parameter);
        found.and_then(|(_, value)| value.text()?.parse().ok())
    }

    fn replace(draft: &mut Draft, parameter: &'static str, value: PageValue) {
        let mut members = members(draft);
        let value = match value {
            PageValue::Number(number) => Tree::Literal(number.to_string()),
            PageValue::Text(text) => Tree::Text(text),
        };
        match members.iter_mut().find(|(name, _)| name == parameter) {
            Some((_, old)) => *old = value,
            None => members.push((parameter.to_owned(), value)),
        }
        let body = wiped(Tree::Object(members).json().into_bytes());
        draft.body = Some(Body::bytes("application/json", body));
    }
}

/// The members of the body; none where a call has no body.
fn members(draft: &Draft) -> Vec<(String, Tree)> {
    let body = draft.body.as_ref().and_then(Body::in_memory);
    match body.and_then(|body| serde_json::from_slice(&body).ok()) {
        Some(Tree::Object(ref mut members)) => std::mem::take(members),
        _ => Vec::new(),
    }
}
