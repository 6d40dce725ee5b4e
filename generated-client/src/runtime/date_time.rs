//! Moments in time.

use std::fmt;
use std::str::FromStr;

use jiff::fmt::rfc2822;
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp, civil};

use super::formatted::{InvalidText, formatted};

/// A moment in time, written as RFC 3339 in UTC.
///
/// Reading is lenient, as servers are not exact: a time without a zone is in UTC, a date alone is its
/// midnight in UTC, what is less than a nanosecond is left out, and the dates of HTTP and mail are read, as in
/// `Sun, 01 Mar 2026 12:00:00 GMT`.
///
/// # Examples
///
/// ```
/// # use ionos_dbaas_postgres::DateTime;
/// let moment: DateTime = "2026-03-01T12:00:00+01:00".parse()?;
/// assert_eq!(moment.to_string(), "2026-03-01T11:00:00Z");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
// A timestamp ends before the last day of the year 9999, with which many servers mean "never".
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime(civil::DateTime);

impl From<Timestamp> for DateTime {
    fn from(timestamp: Timestamp) -> Self {
        Self(Offset::UTC.to_datetime(timestamp))
    }
}

/// A moment behind the last one that a timestamp can be, which is 26 hours before the year 10000, becomes
/// that one.
impl From<DateTime> for Timestamp {
    fn from(moment: DateTime) -> Self {
        let nearest = if moment.0.year() < 0 {
            Self::MIN
        } else {
            Self::MAX
        };
        Offset::UTC.to_timestamp(moment.0).unwrap_or(nearest)
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format_args!("{self}");
        formatter.debug_tuple("DateTime").field(&text).finish()
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}Z", self.0)
    }
}

impl FromStr for DateTime {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let trimmed = text.trim();
        let moment = read(trimmed)
            .or_else(|| read(&without_finest(trimmed)?))
            .or_else(|| Some(rfc2822::parse(trimmed).ok()?.timestamp().into()));
        moment.ok_or_else(|| InvalidText::new(text, "a date and time"))
    }
}

fn read(text: &str) -> Option<DateTime> {
    let pieces = Pieces::parse(text).ok()?;
    if pieces.offset().is_none() && pieces.time_zone_annotation().is_some() {
        // What time it was there, only a database of zones knows.
        return None;
    }
    let time = pieces.time().unwrap_or(civil::Time::midnight());
    let local = pieces.date().to_datetime(time);
    let offset = pieces.to_numeric_offset().unwrap_or(Offset::UTC);
    let ahead = SignedDuration::from_secs(offset.seconds().into());
    Some(DateTime(local.saturating_sub(ahead)))
}

/// The text without the digits of a fraction that are less than a nanosecond.
fn without_finest(text: &str) -> Option<String> {
    let (whole, behind) = text.split_once('.')?;
    let end = behind
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(behind.len());
    let (digits, zone) = behind.split_at(end);
    let digits = digits.get(..9)?;
    Some(format!("{whole}.{digits}{zone}"))
}

formatted!(DateTime);

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::DateTime;

    #[test]
    fn reading_is_lenient() {
        let cases = [
            ("2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z"),
            ("2026-03-01T12:00:00.5+02:00", "2026-03-01T10:00:00.5Z"),
            ("2026-03-01T12:00:00", "2026-03-01T12:00:00Z"),
            ("2026-03-01 12:00:00", "2026-03-01T12:00:00Z"),
            ("2026-03-01", "2026-03-01T00:00:00Z"),
            (
                "9999-12-31T23:59:59.9999999Z",
                "9999-12-31T23:59:59.9999999Z",
            ),
            (
                "9999-12-31T23:59:59-01:00",
                "9999-12-31T23:59:59.999999999Z",
            ),
            (
                "2026-03-01T12:00:00.12345678901+01:00",
                "2026-03-01T11:00:00.123456789Z",
            ),
            ("Sun, 01 Mar 2026 12:00:00 GMT", "2026-03-01T12:00:00Z"),
            ("Sun, 1 Mar 2026 12:00:00 +0200", "2026-03-01T10:00:00Z"),
        ];
        for (text, expected) in cases {
            let moment: Result<DateTime, _> = text.parse();
            assert_eq!(
                moment.map(|moment| moment.to_string()).as_deref(),
                Ok(expected),
                "{text}"
            );
        }
        for text in [
            "2026-03-01T12:00:00[Europe/Berlin]",
            "2026-03-01T12:00:00.Z",
            "2026-03-01T12:00:00.123456789012x",
            "Sun, 01 Mar 2026",
        ] {
            assert!(text.parse::<DateTime>().is_err(), "{text}");
        }
        assert!("yesterday".parse::<DateTime>().is_err());
        assert!("".parse::<DateTime>().is_err());
    }
    #[test]
    fn a_timestamp_is_the_nearest_that_there_is() {
        let timestamp = |text: &str| text.parse::<DateTime>().map(Timestamp::from);
        assert_eq!(timestamp("9999-12-31T00:00:00Z"), Ok(Timestamp::MAX));
        assert_eq!(
            timestamp("1970-01-01T01:00:00+01:00"),
            Ok(Timestamp::UNIX_EPOCH)
        );
        let now = Timestamp::now();
        assert_eq!(Timestamp::from(DateTime::from(now)), now);
    }
}
