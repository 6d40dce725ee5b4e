//! Texts that must not show.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

/// A password or token: it never shows in `Debug`, and its memory is overwritten when it is dropped.
///
/// Serialising sends it, for that is what it is for.
///
/// # Examples
///
/// ```
/// # use ionos_dbaas_postgres::Secret;
/// let password = Secret::from("correct horse");
/// assert_eq!(format!("{password:?}"), "Secret(..)");
/// assert_eq!(password.expose(), "correct horse");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// The text itself. Take care where it goes.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(..)")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(Zeroizing::new(text.to_owned()))
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.expose())
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // An error would show the value that was there in place of a text.
        let text = String::deserialize(deserializer);
        text.map(Self::from)
            .map_err(|_| D::Error::custom("a secret that is no text"))
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn what_is_no_text_does_not_show() {
        let error = serde_json::from_str::<Secret>("4711").expect_err("it is no text");
        assert!(!error.to_string().contains("4711"), "{error}");
    }
}
