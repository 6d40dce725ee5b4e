//! What is the vendor's own: environment variables, the contract number and the rule for base URLs.

use std::env;
use std::fmt;

use crate::runtime::{Client, ClientBuilder, ConfigError, Secret};

/// The path that all operations start with; a base URL that names only a host gets it added.
const API_PATH: &str = "/databases/postgresql";

const TOKEN: &str = "IONOS_TOKEN";
const USERNAME: &str = "IONOS_USERNAME";
const PASSWORD: &str = "IONOS_PASSWORD";
const API_URL: &str = "IONOS_API_URL";
const CONTRACT_NUMBER: &str = "IONOS_CONTRACT_NUMBER";

impl<C: From<Client>> ClientBuilder<C> {
    /// Takes over what the environment says. Nothing else in this crate reads it.
    ///
    /// | Variable | Meaning |
    /// |---|---|
    /// | `IONOS_TOKEN` | token; it comes before user and password |
    /// | `IONOS_USERNAME`, `IONOS_PASSWORD` | user and password, both or none |
    /// | `IONOS_API_URL` | base URL, as [`endpoint`](Self::endpoint) takes it |
    /// | `IONOS_CONTRACT_NUMBER` | contract, as [`contract_number`](Self::contract_number) takes it |
    ///
    /// An empty variable counts as unset. What is set on the builder afterwards replaces what was
    /// taken over.
    ///
    /// # Errors
    ///
    /// A user name stands without a password, or a password without a user name.
    pub fn from_env(self) -> Result<Self, ConfigError> {
        self.take_over(|name| env::var(name).ok())
    }

    /// The contract to which calls belong, for users who have several and log in with a password.
    pub fn contract_number(self, number: impl fmt::Display) -> Self {
        self.header("X-Contract-Number", &number.to_string())
    }

    /// The server, for example `api.ionos.com`: without a scheme it is reached over `https`, and
    /// without a path the one of this API is added.
    pub fn endpoint(self, url: &str) -> Self {
        self.base_url(endpoint_url(url))
    }

    fn take_over(
        mut self,
        variable: impl Fn(&'static str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let set = |name| variable(name).filter(|value| !value.is_empty());
        if let Some(url) = set(API_URL) {
            self = self.endpoint(&url);
        }
        if let Some(number) = set(CONTRACT_NUMBER) {
            self = self.contract_number(number);
        }
        let token = set(TOKEN);
        match (set(USERNAME), set(PASSWORD)) {
            (Some(user), Some(password)) => self = self.basic_auth(user, password),
            (None, None) => {}
            _ if token.is_some() => {}
            (Some(_), None) => return Err(incomplete(USERNAME, PASSWORD)),
            (None, Some(_)) => return Err(incomplete(PASSWORD, USERNAME)),
        }
        if let Some(token) = token {
            self = self.token(Secret::from(token));
        }
        Ok(self)
    }
}

fn incomplete(set: &str, missing: &str) -> ConfigError {
    ConfigError::Credentials(format!("{set} is set, but {missing} is not"))
}

fn endpoint_url(url: &str) -> String {
    let url = url.trim();
    let whole = if url.contains("://") {
        url.to_owned()
    } else {
        format!("https://{url}")
    };
    let whole = whole.trim_end_matches('/');
    let has_path = whole
        .split_once("://")
        .is_some_and(|(_, rest)| rest.contains('/'));
    if has_path {
        whole.to_owned()
    } else {
        format!("{whole}{API_PATH}")
    }
}

#[cfg(test)]
mod tests {
    use super::endpoint_url;
    use crate::runtime::ConfigError;
    use crate::v1::Client;

    fn built(variables: &[(&'static str, &str)]) -> Result<Client, ConfigError> {
        let look_up = |name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        Client::builder().take_over(look_up)?.build()
    }

    fn base_url(variables: &[(&'static str, &str)]) -> String {
        let client = built(variables).expect("the variables are right");
        client.runtime().base_url().to_owned()
    }

    #[test]
    fn an_endpoint_gets_scheme_and_path() {
        let cases = [
            (
                "api.ionos.com",
                "https://api.ionos.com/databases/postgresql",
            ),
            (
                "https://api.ionos.com/",
                "https://api.ionos.com/databases/postgresql",
            ),
            (
                "https://api.ionos.com/databases/postgresql/",
                "https://api.ionos.com/databases/postgresql",
            ),
            (
                "http://127.0.0.1:4010",
                "http://127.0.0.1:4010/databases/postgresql",
            ),
            ("https://proxy.example/other", "https://proxy.example/other"),
        ];
        for (url, expected) in cases {
            assert_eq!(endpoint_url(url), expected, "{url}");
        }
    }

    #[test]
    fn variables_are_taken_over_where_they_are_not_empty() {
        let own = "https://api.ionos.com/databases/postgresql";
        assert_eq!(base_url(&[]), own);
        assert_eq!(base_url(&[("IONOS_API_URL", "")]), own);
        assert_eq!(
            base_url(&[("IONOS_API_URL", "db.example")]),
            "https://db.example/databases/postgresql"
        );
    }

    #[test]
    fn user_and_password_come_together() {
        for lonely in ["IONOS_USERNAME", "IONOS_PASSWORD"] {
            let error = built(&[(lonely, "x")]).expect_err("one of the two is missing");
            assert!(error.to_string().contains(lonely), "{error}");
            assert!(built(&[(lonely, "x"), ("IONOS_TOKEN", "t")]).is_ok());
        }
        assert!(built(&[("IONOS_USERNAME", "u"), ("IONOS_PASSWORD", "p")]).is_ok());
    }

    #[test]
    fn a_contract_number_must_fit_into_a_header() {
        assert!(built(&[("IONOS_CONTRACT_NUMBER", "123\n")]).is_err());
    }
}
