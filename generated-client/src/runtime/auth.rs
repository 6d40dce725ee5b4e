//! Who calls.

use std::collections::HashMap;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use http::HeaderValue;
use percent_encoding::utf8_percent_encode;
use zeroize::Zeroizing;

use super::path::SEGMENT;
use super::{Operation, Secret};

/// A way to show who calls, as the document names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecurityScheme {
    /// User and password in the `Authorization` header.
    Basic {
        /// The scheme's name in the document.
        name: &'static str,
    },
    /// A token in the `Authorization` header.
    Bearer {
        /// The scheme's name in the document.
        name: &'static str,
    },
    /// A key in a place of its own.
    ApiKey {
        /// The scheme's name in the document.
        name: &'static str,
        /// The name of the header, query parameter or cookie.
        key: &'static str,
        /// Where it goes.
        location: ApiKeyLocation,
    },
}

/// Where an API key goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApiKeyLocation {
    /// A header field.
    Header,
    /// The query string.
    Query,
    /// A cookie.
    Cookie,
}

/// What a client can show.
#[derive(Debug, Clone, Default)]
pub(super) struct Credentials {
    pub(super) token: Option<Secret>,
    pub(super) basic: Option<(String, Secret)>,
    /// Keys by the name of their scheme.
    pub(super) keys: HashMap<String, Secret>,
}

/// What a request shows.
#[derive(Debug, Default)]
pub(super) struct Proof {
    pub(super) headers: Vec<(&'static str, HeaderValue)>,
    pub(super) query: Vec<(&'static str, Secret)>,
    pub(super) cookies: Vec<(&'static str, Secret)>,
}

impl Credentials {
    /// These where there is a token or a password among them, else the defaults. The two are not
    /// mixed: a token that somebody left in the environment must not outrank a password that the
    /// program names. Keys are merged, as each has a name of its own.
    pub(super) fn or(self, defaults: Self) -> Self {
        let mut keys = defaults.keys;
        keys.extend(self.keys);
        let (token, basic) = if self.token.is_some() || self.basic.is_some() {
            (self.token, self.basic)
        } else {
            (defaults.token, defaults.basic)
        };
        Self { token, basic, keys }
    }

    /// What a request to an operation shows. A token comes before a password, whatever the
    /// document's order; a request for which the client has nothing goes out without, and the server
    /// answers as it sees fit.
    pub(super) fn prove(&self, operation: &Operation) -> Result<Proof, &'static str> {
        let satisfied = operation
            .security
            .iter()
            .filter(|schemes| schemes.iter().all(|scheme| self.satisfies(scheme)));
        let best = satisfied.max_by_key(|schemes| {
            let strength = schemes.iter().map(|scheme| match scheme {
                SecurityScheme::Bearer { .. } => 3,
                SecurityScheme::ApiKey { .. } => 2,
                SecurityScheme::Basic { .. } => 1,
            });
            strength.max().unwrap_or(0)
        });
        let mut proof = Proof::default();
        for scheme in best.copied().unwrap_or_default() {
            self.show(scheme, &mut proof)?;
        }
        Ok(proof)
    }

    fn satisfies(&self, scheme: &SecurityScheme) -> bool {
        match scheme {
            SecurityScheme::Basic { .. } => self.basic.is_some(),
            SecurityScheme::Bearer { .. } => self.token.is_some(),
            SecurityScheme::ApiKey { name, .. } => self.keys.contains_key(*name),
        }
    }

    fn show(&self, scheme: &SecurityScheme, proof: &mut Proof) -> Result<(), &'static str> {
        match scheme {
            SecurityScheme::Basic { .. } => {
                if let Some((user, password)) = &self.basic {
                    let pair = Secret::from(format!("{user}:{}", password.expose()));
                    let encoded = Secret::from(BASE64_STANDARD.encode(pair.expose()));
                    let value = sensitive(&["Basic ", encoded.expose()])?;
                    proof.headers.push(("authorization", value));
                }
            }
            SecurityScheme::Bearer { .. } => {
                if let Some(token) = &self.token {
                    let value = sensitive(&["Bearer ", token.expose()])?;
                    proof.headers.push(("authorization", value));
                }
            }
            SecurityScheme::ApiKey {
                name,
                key,
                location,
            } => {
                if let Some(secret) = self.keys.get(*name) {
                    match location {
                        ApiKeyLocation::Header => {
                            proof.headers.push((key, sensitive(&[secret.expose()])?));
                        }
                        ApiKeyLocation::Query => proof.query.push((key, secret.clone())),
                        ApiKeyLocation::Cookie => proof.cookies.push((key, secret.clone())),
                    }
                }
            }
        }
        Ok(())
    }
}

/// A header value that does not show in `Debug` either, and whose memory is overwritten when its last
/// copy is dropped.
pub(super) fn sensitive(parts: &[&str]) -> Result<HeaderValue, &'static str> {
    let length = parts.iter().map(|part| part.len()).sum();
    let mut text = Zeroizing::new(Vec::with_capacity(length));
    for part in parts {
        text.extend_from_slice(part.as_bytes());
    }
    let mut value = HeaderValue::from_maybe_shared(bytes::Bytes::from_owner(text))
        .map_err(|_| "the credentials hold a character that no header can carry")?;
    value.set_sensitive(true);
    Ok(value)
}

/// Encodes text for a query or a cookie.
pub(super) fn encode(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}
