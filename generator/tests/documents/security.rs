//! Security schemes, and demands for them.

use serde_json::{Map, Value, json};

use super::Outline;
use super::choices::Choices;

/// A scheme of some type.
pub(super) fn scheme(choices: &mut Choices<'_>) -> Value {
    let flow = json!({"tokenUrl": "https://example.com/token", "scopes": {"read": "", "a:b": "x"}});
    let schemes = [
        json!({"type": "http", "scheme": "bearer"}),
        json!({"type": "http", "scheme": "Basic", "description": "A \"password\"."}),
        json!({"type": "apiKey", "in": "header", "name": "X-Key"}),
        json!({"type": "apiKey", "in": "query", "name": "api key"}),
        json!({"type": "apiKey", "in": "cookie", "name": "session"}),
        json!({"type": "http", "scheme": "digest"}),
        json!({"type": "oauth2", "flows": {"clientCredentials": flow}}),
        json!({"type": "oauth2", "flows": {}}),
        json!({"type": "openIdConnect", "openIdConnectUrl": "https://example.com/openid"}),
    ];
    choices.pick(&schemes).clone()
}

/// What a call has to prove: nothing, one of several things, several things at once.
pub(super) fn demands(outline: &Outline, choices: &mut Choices<'_>) -> Value {
    let count = choices.below(3);
    let demands = (0..count).map(|_| {
        let names = choices.some(&outline.security, 2).into_iter();
        names.map(|name| (name, json!([]))).collect::<Map<_, _>>()
    });
    demands.collect()
}
