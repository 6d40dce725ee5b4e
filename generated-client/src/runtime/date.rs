//! Days of the calendar.

use std::fmt;
use std::str::FromStr;

use jiff::civil;
use jiff::fmt::rfc2822;

use super::formatted::{InvalidText, formatted};

/// A day of the calendar, written as in `2026-03-01`.
///
/// Reading is lenient, as servers are not exact: of a date and time, the date as it stands there is
/// taken, also of those of HTTP and mail, as in `Sun, 01 Mar 2026 00:00:00 GMT`.
///
/// # Examples
///
/// ```
/// # use ionos_dbaas_postgres::Date;
/// let day: Date = "2026-03-01".parse()?;
/// assert_eq!(day.to_string(), "2026-03-01");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

formatted!(Date);

impl From<civil::Date> for Date {
    fn from(date: civil::Date) -> Self {
        Self(date)
    }
}

impl From<Date> for civil::Date {
    fn from(date: Date) -> Self {
        date.0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromStr for Date {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let trimmed = text.trim();
        let day = trimmed.split(['T', 't', ' ']).next();
        day.and_then(|day| day.parse().ok())
            .or_else(|| Some(rfc2822::parse(trimmed).ok()?.date()))
            .map(Self)
            .ok_or_else(|| InvalidText::new(text, "a date"))
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn reading_is_lenient() {
        let cases = [
            ("2026-03-01", "2026-03-01"),
            (" 2026-03-01 ", "2026-03-01"),
            ("2026-03-01T23:30:00-05:00", "2026-03-01"),
            ("2026-03-01 00:00:00", "2026-03-01"),
            ("0001-01-01T00:00:00Z", "0001-01-01"),
            ("Sun, 01 Mar 2026 00:00:00 GMT", "2026-03-01"),
            ("Sun, 01 Mar 2026 23:30:00 -0500", "2026-03-01"),
        ];
        for (text, expected) in cases {
            let day: Result<Date, _> = text.parse();
            assert_eq!(
                day.map(|day| day.to_string()).as_deref(),
                Ok(expected),
                "{text}"
            );
        }
        for text in ["", "2026", "2026-02-30", "tomorrow"] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }
}
