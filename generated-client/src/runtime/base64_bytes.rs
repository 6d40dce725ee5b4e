//! Bytes that JSON holds as a text.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::prelude::{BASE64_STANDARD, Engine as _};

use super::formatted::{InvalidText, formatted};

/// Bytes that are written in base64.
///
/// Reading is lenient: the alphabet for addresses, missing padding and line breaks are taken too.
///
/// # Examples
///
/// ```
/// # use ionos_dbaas_postgres::Base64;
/// let bytes = Base64::from("key".as_bytes());
/// assert_eq!(bytes.to_string(), "a2V5");
/// assert_eq!(bytes.into_inner(), b"key");
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64(Vec<u8>);

formatted!(Base64);

impl Base64 {
    /// The bytes.
    pub fn into_inner(self) -> Vec<u8> {
        self.0
    }
}

impl Deref for Base64 {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl fmt::Display for Base64 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        base64::display::Base64Display::new(&self.0, &BASE64_STANDARD).fmt(formatter)
    }
}

/// Shows the number of bytes only, since there may be many.
impl fmt::Debug for Base64 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Base64({} bytes)", self.0.len())
    }
}

impl FromStr for Base64 {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        const LENIENT: GeneralPurpose = GeneralPurpose::new(
            &base64::alphabet::STANDARD,
            GeneralPurposeConfig::new()
                .with_decode_padding_mode(DecodePaddingMode::Indifferent)
                .with_decode_allow_trailing_bits(true),
        );
        let spelled: String = text
            .chars()
            .filter(|one| !one.is_ascii_whitespace())
            .map(|one| match one {
                '-' => '+',
                '_' => '/',
                other => other,
            })
            .collect();
        // The text may be long or secret, so the error shows none of it.
        LENIENT
            .decode(spelled)
            .map(Self)
            .map_err(|_| InvalidText::new("...", "base64"))
    }
}

#[cfg(test)]
mod tests {
    use super::Base64;

    #[test]
    fn reading_is_lenient() {
        for text in ["+/8=", "-_8=", "+/8", "+/\r\n8=\n"] {
            let bytes: Result<Base64, _> = text.parse();
            assert_eq!(
                bytes.as_deref().ok(),
                Some([0xfb, 0xff].as_slice()),
                "{text}"
            );
        }
        assert!("*".parse::<Base64>().is_err());
    }

    #[test]
    fn bytes_are_written_in_the_standard_alphabet() {
        let bytes = Base64::from(vec![0xfb, 0xff]);
        assert_eq!(
            serde_json::to_string(&bytes).ok().as_deref(),
            Some("\"+/8=\"")
        );
        assert_eq!(format!("{bytes:?}"), "Base64(2 bytes)");
    }
}
