//! What is the vendor's own: environment variables, the configuration file, the contract number and the
//! rule for base URLs.

#[cfg(feature = "config-file")]
mod config_file;
#[cfg(feature = "config-file")]
mod yaml;

#[cfg(feature = "test-util")]
pub mod fake;

use std::env::{self, VarError};
use std::fmt;

use crate::runtime::{Call, Client, ClientBuilder, ConfigError, Endpoint, Secret};

#[cfg(feature = "config-file")]
pub use config_file::ConfigFile;

/// The path that all operations start with; a base URL that names only a host gets it added.
const API_PATH: &str = "/databases/postgresql";

const TOKEN: &str = "IONOS_TOKEN";
const USERNAME: &str = "IONOS_USERNAME";
const PASSWORD: &str = "IONOS_PASSWORD";
const API_URL: &str = "IONOS_API_URL";
const CONTRACT_NUMBER: &str = "IONOS_CONTRACT_NUMBER";
const PINNED_CERT: &str = "IONOS_PINNED_CERT";

const CONTRACT_HEADER: &str = "X-Contract-Number";

impl<C: From<Client>> ClientBuilder<C> {
    /// Takes over what the environment says. Nothing else in this crate reads it.
    ///
    /// | Variable | Meaning |
    /// |---|---|
    /// | `IONOS_TOKEN` | token; it comes before user and password |
    /// | `IONOS_USERNAME`, `IONOS_PASSWORD` | user and password, both or none |
    /// | `IONOS_API_URL` | base URL, as [`endpoint`](Self::endpoint) takes it |
    /// | `IONOS_CONTRACT_NUMBER` | contract, as [`contract_number`](Self::contract_number) takes it |
    /// | `IONOS_PINNED_CERT` | pin, as [`certificate_pin`](Self::certificate_pin) takes it |
    ///
    /// `IONOS_LOG_LEVEL` has no effect: what is logged is the program's choice, not a library's.
    ///
    /// An empty variable counts as unset. A token or a password that the program sets on the builder,
    /// before or after, comes before all of the environment's. Other settings of the builder replace
    /// what was taken over when they come afterwards.
    ///
    /// # Errors
    ///
    /// A user name stands without a password, or a password without a user name, and there is no
    /// token; or a variable is not valid UTF-8.
    pub fn from_env(self) -> Result<Self, ConfigError> {
        self.take_over(env::var::<&str>)
    }

    /// The contract to which calls belong, for users who have several and log in with a password.
    pub fn contract_number(self, number: impl fmt::Display) -> Self {
        self.header(CONTRACT_HEADER, &number.to_string())
    }

    /// The server, for example `api.ionos.com`: without a scheme it is reached over `https`, and
    /// where it does not end in the path of this API, `/databases/postgresql`, that is added. For any
    /// other URL there is [`base_url`](Self::base_url), which takes it as it is.
    pub fn endpoint(self, url: &str) -> Self {
        self.base_url(endpoint_url(url))
    }

    fn take_over(
        mut self,
        variable: impl Fn(&'static str) -> Result<String, VarError>,
    ) -> Result<Self, ConfigError> {
        let set = |name| set(&variable, name);
        if let Some(url) = set(API_URL)? {
            self = self.endpoint(&url);
        }
        if let Some(number) = set(CONTRACT_NUMBER)? {
            self = self.contract_number(number);
        }
        if let Some(pin) = set(PINNED_CERT)? {
            self = self.certificate_pin(&pin);
        }
        let token = set(TOKEN)?;
        match (set(USERNAME)?, set(PASSWORD)?) {
            (Some(user), Some(password)) => self = self.default_basic_auth(user, password),
            (None, None) => {}
            _ if token.is_some() => {}
            (Some(_), None) => return Err(incomplete(USERNAME, PASSWORD)),
            (None, Some(_)) => return Err(incomplete(PASSWORD, USERNAME)),
        }
        if let Some(token) = token {
            self = self.default_token(Secret::from(token));
        }
        Ok(self)
    }
}

impl<E: Endpoint, M> Call<E, M> {
    /// The contract to which this call belongs, in place of the client's.
    pub fn with_contract_number(self, number: impl fmt::Display) -> Self {
        self.with_header(CONTRACT_HEADER, &number.to_string())
    }
}

/// A variable that is set and not empty.
fn set(
    variable: &impl Fn(&'static str) -> Result<String, VarError>,
    name: &'static str,
) -> Result<Option<String>, ConfigError> {
    match variable(name) {
        Ok(value) if value.is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(ConfigError::Environment(format!(
            "{name} is not valid UTF-8"
        ))),
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
    if whole.ends_with(API_PATH) {
        whole.to_owned()
    } else {
        format!("{whole}{API_PATH}")
    }
}

#[cfg(test)]
mod tests {
    use std::env::VarError;
    use std::ffi::OsString;

    use super::endpoint_url;
    use crate::runtime::ConfigError;
    use crate::v1::Client;

    fn built(variables: &[(&'static str, &str)]) -> Result<Client, ConfigError> {
        let look_up = |name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            let found = found.map(|(_, value)| (*value).to_owned());
            found.ok_or(VarError::NotPresent)
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
            (
                "https://proxy.example/other/",
                "https://proxy.example/other/databases/postgresql",
            ),
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
    fn a_variable_that_is_no_text_is_not_taken_for_unset() {
        let variables = [
            "IONOS_TOKEN",
            "IONOS_USERNAME",
            "IONOS_PASSWORD",
            "IONOS_API_URL",
            "IONOS_CONTRACT_NUMBER",
            "IONOS_PINNED_CERT",
        ];
        for broken in variables {
            let look_up = |name| {
                Err(if name == broken {
                    VarError::NotUnicode(OsString::from("canary-value"))
                } else {
                    VarError::NotPresent
                })
            };
            let error = Client::builder().take_over(look_up);
            let error = error.expect_err("it is not UTF-8").to_string();
            assert!(error.contains(broken), "{error}");
            assert!(!error.contains("canary"), "{error}");
        }
    }

    #[test]
    fn a_pin_that_cannot_be_read_is_not_left_aside() {
        let error = built(&[("IONOS_PINNED_CERT", "abc")]).expect_err("it is no pin");
        assert!(error.to_string().contains("pin"), "{error}");
        assert!(built(&[("IONOS_PINNED_CERT", &"0f:".repeat(32))]).is_ok());
    }

    #[test]
    fn a_contract_number_must_fit_into_a_header() {
        assert!(built(&[("IONOS_CONTRACT_NUMBER", "123\n")]).is_err());
    }
}
