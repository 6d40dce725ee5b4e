//! Where each document came from: `spec/lock.toml`.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{failure::Failure, workspace::Workspace};

/// The file with the locks.
pub(crate) const LOCK: &str = "spec/lock.toml";

const HEAD: &str = "\
# Where each document came from. `cargo xtask fetch` writes this file, and `cargo xtask regen` refuses
# a document that is not the one named here.

";

/// All locks, by the path of the document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Locks {
    #[serde(default)]
    pub(crate) document: BTreeMap<String, Lock>,
}

/// The document as it came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lock {
    /// Where it was fetched from; nothing where a person put a file there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
    /// What a person has to say about a file that was not fetched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    /// The SHA-256 of its bytes, in lower-case hexadecimal digits.
    pub(crate) sha256: String,
    /// The number of its bytes.
    pub(crate) size: usize,
    /// Its `info.version`.
    pub(crate) version: String,
    /// When it was last changed, or else sent, as the server says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) date: Option<String>,
    /// The server's mark of this content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) etag: Option<String>,
}

impl Locks {
    /// Reads the file; there may be none yet.
    pub(crate) fn read(workspace: &Workspace) -> Result<Option<Self>, Failure> {
        if !workspace.path(LOCK).exists() {
            return Ok(None);
        }
        let text = workspace.read(LOCK)?;
        let locks = toml::from_str(&text);
        locks
            .map(Some)
            .map_err(|error| Failure::Problem(format!("{LOCK}: {error}")))
    }

    /// The text of the file.
    pub(crate) fn text(&self) -> Result<String, Failure> {
        let text = toml::to_string(self)
            .map_err(|error| Failure::Problem(format!("cannot write {LOCK}: {error}")))?;
        Ok(format!("{HEAD}{text}"))
    }

    /// Refuses a document that is not the one that was locked.
    pub(crate) fn check(&self, document: &str, bytes: &[u8], client: &str) -> Result<(), Failure> {
        let mend = format!(
            "if it is meant to be so, `cargo xtask fetch {client} --from {document}` locks it"
        );
        let Some(lock) = self.document.get(document) else {
            return Err(Failure::Problem(format!(
                "{LOCK} does not name {document}; {mend}"
            )));
        };
        let found = sha256(bytes);
        if found == lock.sha256 {
            return Ok(());
        }
        Err(Failure::Problem(format!(
            "{document} is not the document that {LOCK} names: its SHA-256 is {found}, not {}; {mend}",
            lock.sha256
        )))
    }
}

/// The SHA-256 in lower-case hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Lock, Locks, sha256};

    #[test]
    fn the_digest_is_the_published_one() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), expected);
    }

    #[test]
    fn locks_read_as_they_were_written() {
        let lock = Lock {
            sha256: sha256(b"text"),
            size: 4,
            version: "1".to_owned(),
            ..Lock::default()
        };
        let mut locks = Locks::default();
        locks.document.insert("spec/a.yaml".to_owned(), lock);
        let text = locks.text().expect("the locks are written");
        assert_eq!(
            toml::from_str::<Locks>(&text).expect("the locks are read"),
            locks
        );
        locks
            .check("spec/a.yaml", b"text", "a")
            .expect("the lock fits");
        assert!(locks.check("spec/a.yaml", b"other", "a").is_err());
        assert!(locks.check("spec/b.yaml", b"text", "b").is_err());
    }
}
