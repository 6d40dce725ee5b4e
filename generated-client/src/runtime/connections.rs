//! Settings of connections.

use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine as _};

use super::{ConfigError, Secret};

/// Settings of connections, which only the crate's own transport reads.
#[derive(Debug, Clone)]
#[cfg_attr(
    not(feature = "transport"),
    allow(dead_code, reason = "another transport has settings of its own")
)]
pub(super) struct Connections {
    pub(super) connect_timeout: Duration,
    /// Certificate authorities in PEM, beside those of the system.
    pub(super) authorities: Vec<Vec<u8>>,
    pub(super) pin: Option<Pin>,
    /// A certificate chain of the client's own, in PEM, and its key.
    pub(super) identity: Option<(Vec<u8>, Secret)>,
    /// The public keys of which a server must have one, where there are any.
    pub(super) key_pins: Vec<Pin>,
    /// The URL of a proxy, which may hold a password.
    pub(super) proxy: Option<Secret>,
}

impl Default for Connections {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            authorities: Vec::new(),
            pin: None,
            identity: None,
            key_pins: Vec::new(),
            proxy: None,
        }
    }
}

impl Connections {
    /// Refuses what protects or leads connections where another transport makes them: a client that seems
    /// to have a pin must have it.
    pub(super) fn check_unused(&self) -> Result<(), ConfigError> {
        let unused = [
            ("a pin", self.pin.is_some() || !self.key_pins.is_empty()),
            ("an identity", self.identity.is_some()),
            ("a proxy", self.proxy.is_some()),
        ];
        match unused.iter().find(|(_, is_set)| *is_set) {
            Some((what, _)) => Err(ConfigError::Connection(format!(
                "{what} has no effect beside a transport of your own, which makes the connections"
            ))),
            None => Ok(()),
        }
    }
}

/// The SHA-256 digest of the certificate that a server must show, or of its public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pin([u8; 32]);

impl Pin {
    /// Reads 64 hexadecimal digits. Colons and spaces between them, and a title that ends in `=`, as
    /// `openssl x509 -fingerprint -sha256` prints both, are left aside.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (_, digits) = text.rsplit_once('=').unwrap_or(("", text));
        let nibbles: Option<Vec<u8>> = digits
            .chars()
            .filter(|digit| *digit != ':' && !digit.is_whitespace())
            .map(|digit| u8::try_from(digit.to_digit(16)?).ok())
            .collect();
        let nibbles: [u8; 64] = nibbles?.try_into().ok()?;
        let mut digest = [0; 32];
        for (byte, pair) in digest.iter_mut().zip(nibbles.chunks_exact(2)) {
            *byte = pair.iter().fold(0, |byte, nibble| byte << 4 | nibble);
        }
        Some(Self(digest))
    }

    /// Reads a digest in base64 behind `sha256/`, or behind `sha256//` as curl writes it.
    pub(super) fn parse_key(text: &str) -> Option<Self> {
        /// So many characters of base64 stand for a digest; the first may be a slash as well.
        const LENGTH: usize = 44;
        let digest = text.trim().strip_prefix("sha256/")?;
        let digest = match digest.strip_prefix('/') {
            Some(rest) if rest.len() == LENGTH => rest,
            _ => digest,
        };
        let digest = BASE64_STANDARD.decode(digest).ok()?;
        digest.try_into().ok().map(Self)
    }

    /// It is the digest of these bytes.
    #[cfg(feature = "transport")]
    pub(super) fn matches(&self, bytes: &[u8]) -> bool {
        hmac_sha256::Hash::hash(bytes) == self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Pin;

    #[test]
    fn the_pin_of_a_key_is_read_as_it_is_written_elsewhere() {
        let expected = Pin([0xff; 32]);
        let digest = "//////////////////////////////////////////8=";
        for text in [format!("sha256/{digest}"), format!("sha256//{digest}\n")] {
            assert_eq!(Pin::parse_key(&text), Some(expected), "{text}");
        }
        for wrong in [
            "",
            "sha256/",
            digest,
            "sha256/AAAA",
            "sha1/2jmj7l5rSw0yVb/vlWAYkK/YBwk=",
        ] {
            assert_eq!(Pin::parse_key(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_pin_is_read_as_browsers_and_tools_show_it() {
        let plain = "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF";
        let expected = Pin::parse(plain).expect("64 digits are a pin");
        assert_eq!(expected.0[..3], [0x00, 0x11, 0x22]);
        let pairs: Vec<String> = plain
            .as_bytes()
            .chunks(2)
            .map(|pair| String::from_utf8_lossy(pair).into_owned())
            .collect();
        for text in [
            pairs.join(":"),
            pairs.join(" "),
            format!("sha256 Fingerprint={}\n", pairs.join(":")),
        ] {
            assert_eq!(Pin::parse(&text), Some(expected), "{text}");
        }
        for wrong in [
            "",
            "00",
            &plain[1..],
            &format!("{plain}0"),
            &plain.replace('0', "x"),
        ] {
            assert_eq!(Pin::parse(wrong), None, "{wrong}");
        }
    }
}
