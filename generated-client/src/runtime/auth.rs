//! Who calls.

use std::collections::HashMap;
use std::sync::Arc;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use http::{HeaderMap, HeaderValue};
use zeroize::Zeroizing;

use super::error::RequestFault;
use super::{Api, BoxFuture, ConfigError, MiddlewareError, Operation, Secret};

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
    /// A certificate of the client's own, shown by the connection.
    MutualTls {
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

impl SecurityScheme {
    /// The scheme's name in the document.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Basic { name }
            | Self::Bearer { name }
            | Self::MutualTls { name }
            | Self::ApiKey { name, .. } => name,
        }
    }

    /// The method of the client's builder that takes credentials for it.
    pub(super) fn builder_method(&self) -> &'static str {
        match self {
            Self::Basic { .. } => "basic_auth()",
            Self::Bearer { .. } => "token()",
            Self::MutualTls { .. } => "identity()",
            Self::ApiKey { .. } => "api_key()",
        }
    }

    /// The header that shows it, where one does.
    fn header(&self) -> Option<&'static str> {
        match self {
            Self::Basic { .. } | Self::Bearer { .. } => Some("authorization"),
            Self::ApiKey {
                key,
                location: ApiKeyLocation::Header,
                ..
            } => Some(key),
            _ => None,
        }
    }

    /// The name in the query under which it goes, where it does.
    pub(super) fn query_key(&self) -> Option<&'static str> {
        match self {
            Self::ApiKey {
                key,
                location: ApiKeyLocation::Query,
                ..
            } => Some(key),
            _ => None,
        }
    }
}

/// Gives tokens that are renewed now and then.
///
/// A provider keeps its token for as long as that is good: it is asked before every call.
///
/// # Examples
///
/// ```
/// # use ionos_dbaas_postgres::{BoxFuture, MiddlewareError, Operation, Secret, TokenProvider};
/// struct FromFile(std::path::PathBuf);
///
/// impl TokenProvider for FromFile {
///     fn token(
///         &self,
///         _operation: &'static Operation,
///     ) -> BoxFuture<'_, Result<Secret, MiddlewareError>> {
///         let read = std::fs::read_to_string(&self.0);
///         Box::pin(async { Ok(Secret::from(read?)) })
///     }
/// }
/// ```
pub trait TokenProvider: Send + Sync + 'static {
    /// The token for a call of an operation. After an error nothing is sent, and the call fails with it.
    fn token(
        &self,
        operation: &'static Operation,
    ) -> BoxFuture<'_, Result<Secret, MiddlewareError>>;
}

/// A token, or what gives one.
#[derive(Clone)]
pub(super) enum Token {
    Fixed(Secret),
    Provided(Arc<dyn TokenProvider>),
}

/// What a client can show.
#[derive(Clone, Default)]
pub(super) struct Credentials {
    /// For all schemes that have none of their own.
    pub(super) token: Option<Token>,
    pub(super) basic: Option<(String, Secret)>,
    /// Tokens, passwords and keys by the name of their scheme.
    pub(super) tokens: HashMap<String, Token>,
    pub(super) passwords: HashMap<String, (String, Secret)>,
    pub(super) keys: HashMap<String, Secret>,
}

/// What a call shows beside the credentials of its client.
pub(super) struct Shown<'a> {
    /// Headers that the program has set for all calls.
    pub(super) headers: &'a HeaderMap,
    /// Whether the call itself sets a header, a query parameter or a cookie of this name.
    pub(super) argument: &'a (dyn Fn(ApiKeyLocation, &str) -> bool + Sync),
    /// The connection shows a certificate.
    pub(super) identity: bool,
    /// Something else shows who calls.
    pub(super) external: bool,
}

impl Shown<'_> {
    fn by_argument(&self, scheme: &SecurityScheme) -> bool {
        match scheme {
            SecurityScheme::ApiKey { key, location, .. } => (self.argument)(*location, key),
            other => {
                let header = other.header();
                header.is_some_and(|header| (self.argument)(ApiKeyLocation::Header, header))
            }
        }
    }
}

/// What a request shows.
#[derive(Default)]
pub(super) struct Proof {
    pub(super) headers: Vec<(&'static str, HeaderValue)>,
    pub(super) query: Vec<(&'static str, Secret)>,
    pub(super) cookies: Vec<(&'static str, Secret)>,
}

/// The passwords that count for a choice.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Passwords {
    /// Those that were given for a scheme by its name.
    OfSchemes,
    All,
}

impl Credentials {
    /// These where there is a token or a password among them, else the defaults. The two are not
    /// mixed: a token that somebody left in the environment must not outrank a password that the
    /// program names. What belongs to one scheme is merged, as each has a name of its own.
    pub(super) fn or(self, mut defaults: Self) -> Self {
        defaults.keys.extend(self.keys);
        defaults.tokens.extend(self.tokens);
        defaults.passwords.extend(self.passwords);
        if self.token.is_some() || self.basic.is_some() {
            (defaults.token, defaults.basic) = (self.token, self.basic);
        }
        defaults
    }

    /// Refuses credentials of schemes that the document does not have.
    pub(super) fn check_schemes(&self, api: &Api) -> Result<(), ConfigError> {
        type Fits = fn(&SecurityScheme) -> bool;
        let kinds: [(_, _, _, Fits); 3] = [
            (
                "token",
                self.token.is_some(),
                self.tokens.keys().collect::<Vec<_>>(),
                |scheme| matches!(scheme, SecurityScheme::Bearer { .. }),
            ),
            (
                "password",
                self.basic.is_some(),
                self.passwords.keys().collect(),
                |scheme| matches!(scheme, SecurityScheme::Basic { .. }),
            ),
            ("key", false, self.keys.keys().collect(), |scheme| {
                matches!(scheme, SecurityScheme::ApiKey { .. })
            }),
        ];
        for (what, for_all, names, fits) in kinds {
            let known = api.security_schemes.iter().filter(|scheme| fits(scheme));
            let known: Vec<&str> = known.map(SecurityScheme::name).collect();
            let reason = match (
                names.iter().find(|name| !known.contains(&name.as_str())),
                &*known,
            ) {
                (None, [_, ..]) => continue,
                (None, []) if !for_all => continue,
                (_, []) => format!(
                    "no call of the document shows a {what}; `header` gives every request a header"
                ),
                (Some(name), known) => format!(
                    "no security scheme `{name}` takes a {what}; there is `{}`",
                    known.join("`, `")
                ),
            };
            return Err(ConfigError::Credentials(reason));
        }
        Ok(())
    }

    /// Refuses credentials that cannot be written.
    pub(super) fn check_users(&self) -> Result<(), ConfigError> {
        let mut pairs = self.basic.iter().chain(self.passwords.values());
        if pairs.any(|(user, _)| user.contains(':')) {
            // What is taken for the name may be name and password in one, so it is not shown.
            let reason = "a colon would end the user name, which must have none";
            return Err(ConfigError::Credentials(reason.to_owned()));
        }
        Ok(())
    }

    /// What a request to an operation shows: the first alternative of the document for which there are
    /// all credentials. A password for all schemes counts only where a token for all schemes does not
    /// help.
    pub(super) async fn prove(
        &self,
        operation: &'static Operation,
        shown: &Shown<'_>,
    ) -> Result<Proof, RequestFault> {
        let chosen = self.choose(operation, shown)?;
        let mut proof = Proof::default();
        for scheme in chosen {
            // What the caller gives stands for what the client has.
            if !shown.by_argument(scheme) {
                self.show(scheme, operation, &mut proof).await?;
            }
        }
        Ok(proof)
    }

    fn choose(
        &self,
        operation: &Operation,
        shown: &Shown<'_>,
    ) -> Result<&'static [SecurityScheme], RequestFault> {
        let mut alternatives = operation.security.iter().filter(|one| !one.is_empty());
        let satisfied = |passwords: Passwords| {
            move |schemes: &&&'static [SecurityScheme]| {
                let mut schemes = schemes.iter();
                schemes.all(|scheme| self.satisfies(scheme, shown, passwords))
            }
        };
        let first = match self.token {
            Some(_) => Passwords::OfSchemes,
            None => Passwords::All,
        };
        let chosen = alternatives
            .clone()
            .find(satisfied(first))
            .or_else(|| alternatives.find(satisfied(Passwords::All)));
        let is_optional = operation.security.iter().any(|one| one.is_empty());
        match chosen {
            Some(schemes) => Ok(schemes),
            None if operation.security.is_empty() || is_optional || shown.external => Ok(&[]),
            None => Err(RequestFault::MissingCredentials(operation.security)),
        }
    }

    fn satisfies(&self, scheme: &SecurityScheme, shown: &Shown<'_>, passwords: Passwords) -> bool {
        let is_set = |name| shown.headers.contains_key(name);
        if shown.by_argument(scheme) || scheme.header().is_some_and(is_set) {
            return true;
        }
        match scheme {
            SecurityScheme::Basic { name } => {
                self.passwords.contains_key(*name)
                    || passwords == Passwords::All && self.basic.is_some()
            }
            SecurityScheme::Bearer { name } => {
                self.tokens.contains_key(*name) || self.token.is_some()
            }
            SecurityScheme::ApiKey { name, .. } => self.keys.contains_key(*name),
            SecurityScheme::MutualTls { .. } => shown.identity,
        }
    }

    async fn show(
        &self,
        scheme: &SecurityScheme,
        operation: &'static Operation,
        proof: &mut Proof,
    ) -> Result<(), RequestFault> {
        match scheme {
            SecurityScheme::Basic { name } => {
                let known = self.passwords.get(*name).or(self.basic.as_ref());
                if let Some((user, password)) = known {
                    let pair = Secret::from(format!("{user}:{}", password.expose()));
                    let encoded = Secret::from(BASE64_STANDARD.encode(pair.expose()));
                    proof.header("authorization", &["Basic ", encoded.expose()])?;
                }
            }
            SecurityScheme::Bearer { name } => {
                let token = match self.tokens.get(*name).or(self.token.as_ref()) {
                    None => return Ok(()),
                    Some(Token::Fixed(token)) => token.clone(),
                    Some(Token::Provided(provider)) => {
                        let token = provider.token(operation).await;
                        token.map_err(|error| RequestFault::Token(Arc::new(error)))?
                    }
                };
                proof.header("authorization", &["Bearer ", token.expose()])?;
            }
            SecurityScheme::ApiKey {
                name,
                key,
                location,
            } => {
                if let Some(secret) = self.keys.get(*name) {
                    match location {
                        ApiKeyLocation::Header => proof.header(key, &[secret.expose()])?,
                        ApiKeyLocation::Query => proof.query.push((key, secret.clone())),
                        ApiKeyLocation::Cookie => proof.cookies.push((key, secret.clone())),
                    }
                }
            }
            SecurityScheme::MutualTls { .. } => {}
        }
        Ok(())
    }
}

impl Proof {
    fn header(&mut self, name: &'static str, parts: &[&str]) -> Result<(), RequestFault> {
        let value = sensitive(parts);
        let value = value.map_err(|reason| RequestFault::Credentials(reason.to_owned()))?;
        self.headers.push((name, value));
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
