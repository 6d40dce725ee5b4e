//! Lengths of time.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use jiff::Span;

use super::formatted::{InvalidText, formatted};

/// A length of time, written in ISO 8601 as in `P1DT12H`.
///
/// Years, months and days are kept as such: how long they are depends on the day they begin at.
/// Reading takes spellings such as `1h30m` too, and a duration is written as it was read, so that a
/// server gets back the spelling that it uses. Two durations are equal where their units are.
///
/// # Examples
///
/// ```
/// # use ionos_dbaas_postgres::IsoDuration;
/// let duration: IsoDuration = "P1DT12H".parse()?;
/// assert_eq!(duration.span().get_hours(), 12);
/// assert_eq!(duration.to_string(), "P1DT12H");
/// assert_eq!(IsoDuration::from(std::time::Duration::from_secs(90)).to_string(), "PT90S");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct IsoDuration {
    text: String,
    span: Span,
}

formatted!(IsoDuration);

impl IsoDuration {
    /// Its years, months, days and so on.
    pub fn span(&self) -> Span {
        self.span
    }
}

impl From<Span> for IsoDuration {
    fn from(span: Span) -> Self {
        Self {
            text: span.to_string(),
            span,
        }
    }
}

impl From<std::time::Duration> for IsoDuration {
    /// A length that ISO 8601 cannot hold becomes the greatest that it can.
    fn from(duration: std::time::Duration) -> Self {
        Self::from(Span::try_from(duration).unwrap_or_else(|_| longest()))
    }
}

fn longest() -> Span {
    // The limit of jiff's spans.
    Span::new()
        .try_seconds(631_107_417_600_i64)
        .unwrap_or_default()
}

impl From<IsoDuration> for Span {
    fn from(duration: IsoDuration) -> Self {
        duration.span
    }
}

impl PartialEq for IsoDuration {
    fn eq(&self, other: &Self) -> bool {
        self.span.fieldwise() == other.span.fieldwise()
    }
}

impl Eq for IsoDuration {}

impl Hash for IsoDuration {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.span.fieldwise().hash(state);
    }
}

impl fmt::Display for IsoDuration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl FromStr for IsoDuration {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let trimmed = text.trim();
        let span = trimmed.parse();
        let span = span.map_err(|_| InvalidText::new(text, "a duration"))?;
        Ok(Self {
            text: trimmed.to_owned(),
            span,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::IsoDuration;

    #[test]
    fn a_duration_is_written_as_it_was_read() {
        for text in [
            "P1Y2M10DT2H30M",
            "PT0.5S",
            "P2W",
            "-PT1H",
            "1h30m",
            "1.5s",
            "0s",
        ] {
            let duration: Result<IsoDuration, _> = text.parse();
            assert_eq!(
                duration.map(|duration| duration.to_string()).as_deref(),
                Ok(text)
            );
        }
        for text in ["", "soon", "P", "90"] {
            assert!(text.parse::<IsoDuration>().is_err(), "{text}");
        }
    }

    #[test]
    fn durations_are_equal_by_their_units() {
        let read = |text: &str| text.parse::<IsoDuration>().ok();
        assert_eq!(read("PT1H30M"), read("1h30m"));
        assert_ne!(read("PT60M"), read("PT1H"));
    }

    #[test]
    fn any_duration_of_the_standard_library_can_be_written() {
        let text = IsoDuration::from(Duration::MAX).to_string();
        assert_eq!(text, "PT631107417600S");
        assert_eq!(IsoDuration::from(Duration::ZERO).to_string(), "PT0S");
    }
}
