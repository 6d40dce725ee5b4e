//! Moments in time.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;

use super::formatted::{InvalidText, formatted};

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

impl FromStr for DateTime {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let trimmed = text.trim();
        let zoned = trimmed.parse::<Timestamp>().ok();
        let timestamp = zoned.or_else(|| {
            let local = trimmed.parse::<civil::DateTime>().ok()?;
            TimeZone::UTC.to_timestamp(local).ok()
        });
        timestamp
            .map(Self)
            .ok_or_else(|| InvalidText::new(text, "a date and time"))
    }
}

formatted!(DateTime);

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
}
