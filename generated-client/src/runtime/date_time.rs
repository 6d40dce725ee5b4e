//! Moments in time.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A moment in time, written as RFC 3339 in UTC.
///
/// Reading is lenient, as servers are not exact: a time without a zone is in UTC, and a date alone
/// is its midnight in UTC.
///
/// # Examples
///
/// ```
/// # use ionos_dbaas_postgres::DateTime;
/// let moment: DateTime = "2026-03-01T12:00:00+01:00".parse()?;
/// assert_eq!(moment.to_string(), "2026-03-01T11:00:00Z");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime(Timestamp);

impl From<Timestamp> for DateTime {
    fn from(timestamp: Timestamp) -> Self {
        Self(timestamp)
    }
}

impl From<DateTime> for Timestamp {
    fn from(moment: DateTime) -> Self {
        moment.0
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// A text that is no moment in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidDateTime {
    text: String,
}

impl fmt::Display for InvalidDateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` is no date and time", self.text)
    }
}

impl std::error::Error for InvalidDateTime {}

impl FromStr for DateTime {
    type Err = InvalidDateTime;

    fn from_str(text: &str) -> Result<Self, InvalidDateTime> {
        let trimmed = text.trim();
        let zoned = trimmed.parse::<Timestamp>().ok();
        let timestamp = zoned.or_else(|| {
            let local = trimmed.parse::<civil::DateTime>().ok()?;
            TimeZone::UTC.to_timestamp(local).ok()
        });
        timestamp.map(Self).ok_or_else(|| InvalidDateTime {
            text: text.to_owned(),
        })
    }
}

impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(DateTimeVisitor)
    }
}

struct DateTimeVisitor;

impl Visitor<'_> for DateTimeVisitor {
    type Value = DateTime;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a date and time")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<DateTime, E> {
        text.parse().map_err(E::custom)
    }
}

/// Reads an optional moment; an empty text is none.
///
/// # Errors
///
/// The value is neither null, empty, nor a moment.
pub fn empty_as_absent<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<DateTime>, D::Error> {
    deserializer.deserialize_option(OptionalVisitor)
}

struct OptionalVisitor;

impl<'de> Visitor<'de> for OptionalVisitor {
    type Value = Option<DateTime>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a date and time, an empty text, or null")
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::DateTime;

    #[test]
    fn reading_is_lenient() {
        let cases = [
            ("2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z"),
            ("2026-03-01T12:00:00.5+02:00", "2026-03-01T10:00:00.5Z"),
            ("2026-03-01T12:00:00", "2026-03-01T12:00:00Z"),
            ("2026-03-01 12:00:00", "2026-03-01T12:00:00Z"),
            ("2026-03-01", "2026-03-01T00:00:00Z"),
        ];
        for (text, expected) in cases {
            let moment: Result<DateTime, _> = text.parse();
            assert_eq!(
                moment.map(|moment| moment.to_string()).as_deref(),
                Ok(expected),
                "{text}"
            );
        }
        assert!("yesterday".parse::<DateTime>().is_err());
        assert!("".parse::<DateTime>().is_err());
    }

    #[test]
    fn an_empty_optional_moment_is_absent() {
        let read = |json: &str| {
            let mut deserializer = serde_json::Deserializer::from_str(json);
            super::empty_as_absent(&mut deserializer).ok()
        };
        assert_eq!(read("\"\""), Some(None));
        assert_eq!(read("null"), Some(None));
        assert!(matches!(read("\"2026-03-01T12:00:00Z\""), Some(Some(_))));
        assert_eq!(read("\"soon\""), None);
    }
}
