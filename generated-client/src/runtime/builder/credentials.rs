//! Who calls, as the builder is told.

use super::super::auth::Token;
use super::super::{Client, ClientBuilder, Secret, TokenProvider};

impl<C: From<Client>> ClientBuilder<C> {
    /// A token for every security scheme that wants one, where
    /// [`scheme_token`](Self::scheme_token) gives none for it. It comes before a password.
    pub fn token(mut self, token: impl Into<Secret>) -> Self {
        self.credentials.token = Some(Token::Fixed(token.into()));
        self
    }

    /// User and password for every security scheme that wants them, where
    /// [`scheme_basic_auth`](Self::scheme_basic_auth) gives none for it.
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.credentials.basic = Some((user.into(), password.into()));
        self
    }

    /// A token for where neither [`token`](Self::token) nor [`basic_auth`](Self::basic_auth) is
    /// called, before or after: one from the environment or from a file, for example. It comes before
    /// a default password.
    pub fn default_token(mut self, token: impl Into<Secret>) -> Self {
        self.default_credentials.token = Some(Token::Fixed(token.into()));
        self
    }

    /// User and password for where neither [`token`](Self::token) nor
    /// [`basic_auth`](Self::basic_auth) is called, before or after.
    pub fn default_basic_auth(
        mut self,
        user: impl Into<String>,
        password: impl Into<Secret>,
    ) -> Self {
        self.default_credentials.basic = Some((user.into(), password.into()));
        self
    }

    /// A key for the security scheme with this name in the document.
    pub fn api_key(mut self, scheme: impl Into<String>, key: impl Into<Secret>) -> Self {
        self.credentials.keys.insert(scheme.into(), key.into());
        self
    }

    /// A token for the security scheme with this name in the document: one of HTTP bearer
    /// authentication, OAuth 2 or OpenID Connect.
    pub fn scheme_token(mut self, scheme: impl Into<String>, token: impl Into<Secret>) -> Self {
        let token = Token::Fixed(token.into());
        self.credentials.tokens.insert(scheme.into(), token);
        self
    }

    /// Asks for a token before each call that shows the security scheme with this name: one that is
    /// renewed now and then, as those of OAuth 2 are.
    pub fn token_provider(
        mut self,
        scheme: impl Into<String>,
        provider: impl TokenProvider,
    ) -> Self {
        let token = Token::Provided(std::sync::Arc::new(provider));
        self.credentials.tokens.insert(scheme.into(), token);
        self
    }

    /// User and password for the security scheme with this name in the document.
    pub fn scheme_basic_auth(
        mut self,
        scheme: impl Into<String>,
        user: impl Into<String>,
        password: impl Into<Secret>,
    ) -> Self {
        let pair = (user.into(), password.into());
        self.credentials.passwords.insert(scheme.into(), pair);
        self
    }

    /// Says that a middleware, a transport or a proxy shows who calls, or that this server does not ask. A
    /// call for which the client has no credentials is sent all the same then; it is an error otherwise.
    pub fn external_credentials(mut self) -> Self {
        self.external_credentials = true;
        self
    }
}
