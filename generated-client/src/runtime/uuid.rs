//! Universally unique identifiers.

use std::fmt;
use std::str::FromStr;

use super::formatted::{InvalidText, formatted};

/// A universally unique identifier, written as in `498ae72f-411f-11eb-9d07-046c59cc737e`.
///
/// It is 128 bits and no more, so that no further library is needed: one that makes identifiers
/// gives and takes their number.
///
/// Reading is lenient: capital letters, missing hyphens, braces and the prefix `urn:uuid:` are
/// taken too.
///
/// # Examples
///
/// ```
/// # use ionos_dbaas_postgres::Uuid;
/// let id: Uuid = "498AE72F-411F-11EB-9D07-046C59CC737E".parse()?;
/// assert_eq!(id.to_string(), "498ae72f-411f-11eb-9d07-046c59cc737e");
/// assert_eq!(Uuid::from_u128(id.as_u128()), id);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uuid(u128);

formatted!(Uuid);

impl Uuid {
    /// The identifier with this number.
    pub const fn from_u128(number: u128) -> Self {
        Self(number)
    }

    /// The identifier as a number.
    pub const fn as_u128(self) -> u128 {
        self.0
    }
}

impl From<[u8; 16]> for Uuid {
    fn from(bytes: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(bytes))
    }
}

impl From<Uuid> for [u8; 16] {
    fn from(id: Uuid) -> Self {
        id.0.to_be_bytes()
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.0;
        write!(
            formatter,
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            number >> 96,
            number >> 80 & 0xffff,
            number >> 64 & 0xffff,
            number >> 48 & 0xffff,
            number & 0xffff_ffff_ffff,
        )
    }
}

impl fmt::Debug for Uuid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl FromStr for Uuid {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        read(text.trim()).ok_or_else(|| InvalidText::new(text, "a UUID"))
    }
}

fn read(text: &str) -> Option<Uuid> {
    let text = text.strip_prefix("urn:uuid:").unwrap_or(text);
    let braced = text
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    let text = braced.unwrap_or(text);
    let groups = text.split('-').map(str::len);
    let spelled = text.len() == 32 || groups.eq([8, 4, 4, 4, 12]);
    if !spelled || text.starts_with('+') {
        return None;
    }
    u128::from_str_radix(&text.replace('-', ""), 16)
        .ok()
        .map(Uuid)
}

#[cfg(test)]
mod tests {
    use super::Uuid;

    #[test]
    fn reading_is_lenient() {
        let expected = "00000000-411f-11eb-9d07-046c59cc737e";
        for text in [
            "00000000-411f-11eb-9d07-046c59cc737e",
            "00000000-411F-11EB-9D07-046C59CC737E",
            "00000000411f11eb9d07046c59cc737e",
            "{00000000-411f-11eb-9d07-046c59cc737e}",
            " urn:uuid:00000000-411f-11eb-9d07-046c59cc737e ",
        ] {
            let id: Result<Uuid, _> = text.parse();
            assert_eq!(
                id.map(|id| id.to_string()).as_deref(),
                Ok(expected),
                "{text}"
            );
        }
        for text in [
            "",
            "498ae72f",
            "498ae72f-411f-11eb-9d07-046c59cc737g",
            "498ae72f-411f11eb-9d07-046c-59cc737e",
            "+98ae72f411f11eb9d07046c59cc737e",
            "498ae72f-411f-11eb-9d07-046c59cc737e-",
        ] {
            assert!(text.parse::<Uuid>().is_err(), "{text}");
        }
    }

    #[test]
    fn bytes_and_number_are_the_same_identifier() {
        let id = Uuid::from_u128(0x1234);
        assert_eq!(Uuid::from(<[u8; 16]>::from(id)), id);
    }
}
