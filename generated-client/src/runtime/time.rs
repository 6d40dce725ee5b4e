//! Times of a day.

use std::fmt;
use std::str::FromStr;

use jiff::civil;
use jiff::tz::Offset;

use super::formatted::{InvalidText, formatted};

/// A time of any day, with the offset from UTC that it was given, as in `16:30:00` or `16:30:00Z`.
///
/// Reading is lenient, as servers are not exact: seconds and offset may be missing.
///
/// # Examples
///
/// ```
/// # use ionos_dbaas_postgres::Time;
/// let time: Time = "16:30:00+01:00".parse()?;
/// assert_eq!(time.clock().hour(), 16);
/// assert_eq!(time.to_string(), "16:30:00+01:00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Time {
    clock: civil::Time,
    offset: Option<Offset>,
}

formatted!(Time);

impl Time {
    /// A time with an offset from UTC, or in a time zone that only the server knows.
    pub fn new(clock: civil::Time, offset: Option<Offset>) -> Self {
        Self { clock, offset }
    }

    /// What a clock shows.
    pub fn clock(self) -> civil::Time {
        self.clock
    }

    /// The offset from UTC, where there is one.
    pub fn offset(self) -> Option<Offset> {
        self.offset
    }
}

impl From<civil::Time> for Time {
    fn from(clock: civil::Time) -> Self {
        Self::new(clock, None)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.clock.fmt(formatter)?;
        let minutes = match self.offset.map(|offset| offset.seconds() / 60) {
            None => return Ok(()),
            Some(0) => return formatter.write_str("Z"),
            Some(minutes) => minutes,
        };
        let sign = if minutes < 0 { '-' } else { '+' };
        let minutes = minutes.abs();
        write!(formatter, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl FromStr for Time {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        read(text.trim()).ok_or_else(|| InvalidText::new(text, "a time"))
    }
}

fn read(text: &str) -> Option<Time> {
    let (clock, offset) = match text.find(['Z', 'z', '+', '-']) {
        None => (text, None),
        Some(end) => {
            let (clock, offset) = text.split_at(end);
            (clock.trim_end(), Some(read_offset(offset)?))
        }
    };
    Some(Time::new(clock.parse().ok()?, offset))
}

/// `Z`, `+01:00`, `+0100` or `+01`.
fn read_offset(text: &str) -> Option<Offset> {
    if text.eq_ignore_ascii_case("z") {
        return Some(Offset::UTC);
    }
    let (hours, minutes) = text.get(1..)?.split_at_checked(2)?;
    let minutes = minutes.strip_prefix(':').unwrap_or(minutes);
    let number = |digits: &str| {
        let is_number = digits.len() == 2 && digits.bytes().all(|one| one.is_ascii_digit());
        digits.parse::<i32>().ok().filter(|_| is_number)
    };
    let minutes = match minutes {
        "" => 0,
        digits => number(digits).filter(|minutes| *minutes < 60)?,
    };
    let seconds = number(hours)? * 3600 + minutes * 60;
    let signed = if text.starts_with('-') {
        -seconds
    } else {
        seconds
    };
    Offset::from_seconds(signed).ok()
}

#[cfg(test)]
mod tests {
    use super::Time;

    #[test]
    fn reading_is_lenient() {
        let cases = [
            ("16:30:59", "16:30:59"),
            ("16:30", "16:30:00"),
            ("16:30:59.25z", "16:30:59.25Z"),
            ("16:30:59+00:00", "16:30:59Z"),
            ("16:30:59-0530", "16:30:59-05:30"),
            ("16:30:59 +01", "16:30:59+01:00"),
        ];
        for (text, expected) in cases {
            let time: Result<Time, _> = text.parse();
            assert_eq!(
                time.map(|time| time.to_string()).as_deref(),
                Ok(expected),
                "{text}"
            );
        }
        for text in [
            "",
            "noon",
            "25:00:00",
            "16:30:59+1",
            "16:30:59+99:00",
            "16:30:59+00:99",
            "16:30:59+0:1:0:0",
            "16:30:59+é1",
        ] {
            assert!(text.parse::<Time>().is_err(), "{text}");
        }
    }
}
