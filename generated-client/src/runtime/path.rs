//! Paths with arguments.

use std::fmt;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986 is encoded.
pub(super) const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What no URL can hold as it is; a template of the document may hold it all the same.
const UNFIT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What is wrong with the argument for a parameter of the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum InvalidSegment {
    Missing(&'static str),
    /// No segment can hold it.
    LeadsElsewhere(&'static str),
}

impl fmt::Display for InvalidSegment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(name) => write!(formatter, "the path parameter `{name}` has no argument"),
            Self::LeadsElsewhere(name) => write!(
                formatter,
                "the path parameter `{name}` is empty, `.` or `..`, which would lead to another path"
            ),
        }
    }
}

/// Fills the arguments, which are percent-encoded, into a template, so that each one stays within its
/// segment.
///
/// `.` and `..` cannot be protected by encoding: URL libraries take `%2e%2e` for `..` and walk up.
pub(super) fn expand(
    template: &'static str,
    arguments: &[(&'static str, String)],
) -> Result<String, InvalidSegment> {
    // A fragment never leaves a client; documents use it to tell operations of one path apart.
    let template = template.split('#').next().unwrap_or_default();
    let mut path = String::with_capacity(template.len() + 40);
    for segment in template.split('/').skip(1) {
        let start = path.len() + 1;
        path.push('/');
        let mut last = None;
        let mut rest = segment;
        while let Some((before, behind)) = rest.split_once('{') {
            path.extend(utf8_percent_encode(before, UNFIT));
            let (name, tail) = behind
                .split_once('}')
                .ok_or(InvalidSegment::Missing(behind))?;
            let found = arguments.iter().find(|(argument, _)| *argument == name);
            let (_, value) = found.ok_or(InvalidSegment::Missing(name))?;
            if value.is_empty() {
                return Err(InvalidSegment::LeadsElsewhere(name));
            }
            path.push_str(value);
            last = Some(name);
            rest = tail;
        }
        path.extend(utf8_percent_encode(rest, UNFIT));
        let whole = path.get(start..).unwrap_or_default();
        if let Some(name) = last
            && matches!(whole, "." | "..")
        {
            return Err(InvalidSegment::LeadsElsewhere(name));
        }
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use percent_encoding::utf8_percent_encode;

    use super::{SEGMENT, expand};

    fn expanded(value: &str) -> Option<String> {
        let value = utf8_percent_encode(value, SEGMENT).to_string();
        expand("/clusters/{id}/users", &[("id", value)]).ok()
    }

    #[test]
    fn a_template_may_hold_what_no_url_can() {
        let path = expand("/a b/{id}|ü?x=1", &[("id", "1".to_owned())]);
        assert_eq!(path.as_deref(), Ok("/a%20b/1%7C%C3%BC?x=1"));
    }

    #[test]
    fn a_fragment_of_a_template_is_not_sent() {
        let path = expand("/{id}#Action=List/all", &[("id", "1".to_owned())]);
        assert_eq!(path.as_deref(), Ok("/1"));
        assert_eq!(expand("/#Action=List", &[]).as_deref(), Ok("/"));
    }

    #[test]
    fn an_argument_stays_in_its_segment() {
        let cases = [
            ("plain", Some("/clusters/plain/users")),
            ("a/b", Some("/clusters/a%2Fb/users")),
            ("%2e%2e", Some("/clusters/%252e%252e/users")),
            ("%", Some("/clusters/%25/users")),
            ("ü ?#", Some("/clusters/%C3%BC%20%3F%23/users")),
            ("...", Some("/clusters/.../users")),
            ("", None),
            (".", None),
            ("..", None),
        ];
        for (value, expected) in cases {
            assert_eq!(expanded(value).as_deref(), expected, "{value:?}");
        }
    }

    #[test]
    fn arguments_that_share_a_segment_cannot_walk_up_together() {
        let arguments = |value: &str| [("a", value.to_owned()), ("b", value.to_owned())];
        assert!(expand("/{a}{b}", &arguments(".")).is_err());
        assert_eq!(expand("/{a}-{b}", &arguments(".")).as_deref(), Ok("/.-."));
    }
}
