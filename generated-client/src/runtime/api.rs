//! What a document says of an API as a whole.

use super::SecurityScheme;

/// The servers and security schemes that a document declares.
#[derive(Debug, Clone, Copy)]
pub struct Api {
    /// The servers of the document; the first one is the default.
    pub servers: &'static [Server],
    /// The servers that operations have of their own.
    pub operation_servers: &'static [Server],
    /// The security schemes that a client can satisfy.
    pub security_schemes: &'static [SecurityScheme],
}

impl Api {
    /// A document that declares nothing.
    pub const NONE: Self = Self {
        servers: &[],
        operation_servers: &[],
        security_schemes: &[],
    };
}

/// A server that a document declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Server {
    /// The URL, with its variables in braces.
    pub url: &'static str,
    /// The variables of the URL.
    pub variables: &'static [ServerVariable],
}

/// A variable of a server's URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServerVariable {
    /// The name, as it stands between the braces.
    pub name: &'static str,
    /// The value where the caller gives none.
    pub default: &'static str,
    /// The only values that the document allows; none where it allows all.
    pub values: &'static [&'static str],
}

impl Server {
    /// The URL with the values of its variables; the text of an error says what is wrong with one.
    pub(super) fn filled(&self, given: &[(String, String)]) -> Result<String, String> {
        let mut url = self.url.to_owned();
        for (name, value) in given.iter().rev() {
            let mut variables = self.variables.iter();
            let allowed = variables.find(|variable| variable.name == name);
            let allowed = allowed.map_or(&[][..], |variable| variable.values);
            if !allowed.is_empty() && !allowed.contains(&value.as_str()) {
                return Err(format!(
                    "the variable `{name}` cannot be `{value}`; the document allows `{}`",
                    allowed.join("`, `")
                ));
            }
            url = url.replace(&format!("{{{name}}}"), value);
        }
        for ServerVariable { name, default, .. } in self.variables {
            url = url.replace(&format!("{{{name}}}"), default);
        }
        match url
            .split_once('{')
            .and_then(|(_, rest)| rest.split_once('}'))
        {
            Some((name, _)) => Err(format!(
                "the document gives the variable `{name}` no value, so that `server_variable` has to"
            )),
            None => Ok(url),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Server, ServerVariable};

    const SERVER: Server = Server {
        url: "https://{region}.example/{version}",
        variables: &[ServerVariable {
            name: "region",
            default: "eu",
            values: &["eu", "us"],
        }],
    };

    fn filled(given: &[(&str, &str)]) -> Result<String, String> {
        let given = given
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_string()));
        SERVER.filled(&given.collect::<Vec<_>>())
    }

    #[test]
    fn variables_have_defaults_and_limits() {
        let url = |text: &str| Ok(text.to_owned());
        assert_eq!(filled(&[("version", "v1")]), url("https://eu.example/v1"));
        let both = [("version", "v1"), ("region", "us")];
        assert_eq!(filled(&both), url("https://us.example/v1"));
        let twice = [("version", "v1"), ("version", "v2")];
        assert_eq!(filled(&twice), url("https://eu.example/v2"));
        let missing = filled(&[]).expect_err("there is no version");
        assert!(missing.contains("`version` no value"), "{missing}");
        let wrong = filled(&[("region", "mars")]).expect_err("there is no such region");
        assert!(wrong.contains("allows `eu`, `us`"), "{wrong}");
    }
}
