//! Properties that a request can leave alone, clear or set.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A property of a request that changes something: left alone, cleared, or set.
///
/// # Examples
///
/// ```
/// # use ionos_dbaas_postgres::Patch;
/// let note: Patch<String> = "new".into();
/// assert_eq!(note, Patch::Value("new".to_owned()));
/// assert!(Patch::<String>::default().is_absent());
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// The property is not sent: it stays as it is.
    #[default]
    Absent,
    /// The property is sent as null: it is cleared.
    Null,
    /// The property is set to a value.
    Value(T),
}

impl<T> Patch<T> {
    /// The property is not sent.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// The value, where there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl From<&str> for Patch<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent | Self::Null => serializer.serialize_none(),
            Self::Value(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|value| value.map_or(Self::Null, Self::Value))
    }
}
