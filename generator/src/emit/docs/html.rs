//! HTML in texts of the document, as the Markdown that says the same.

use std::borrow::Cow;

use super::code;

/// Puts Markdown in place of the elements of HTML that it has marks for. What else stands in angle brackets
/// stays: mostly it is no HTML, as in `/pets/<id>`.
pub(super) fn to_markdown(text: &str) -> Cow<'_, str> {
    if !text.contains("</") {
        return Cow::Borrowed(text);
    }
    let mut output = String::with_capacity(text.len());
    push(&mut output, text);
    Cow::Owned(output)
}

fn push(output: &mut String, text: &str) {
    let mut rest = text;
    while let Some(start) = rest.find(['<', '`']) {
        let (plain, marked) = rest.split_at(start);
        push_text(output, plain);
        let taken = if marked.starts_with('`') {
            push_code(output, marked)
        } else {
            push_element(output, marked).unwrap_or_else(|| {
                output.push('<');
                1
            })
        };
        rest = marked.get(taken..).unwrap_or_default();
    }
    push_text(output, rest);
}

/// Text behind a break starts a line, where spaces would mean something.
fn push_text(output: &mut String, text: &str) {
    let is_start = output.ends_with("\n\n") || output.ends_with("\n- ");
    output.push_str(if is_start { text.trim_start() } else { text });
}

/// Code of Markdown is copied.
fn push_code(output: &mut String, marked: &str) -> usize {
    let ticks = marked.len() - marked.trim_start_matches('`').len();
    let (opening, content) = marked.split_at(ticks);
    let length = content.find(opening).map_or(ticks, |end| end + 2 * ticks);
    output.push_str(marked.get(..length).unwrap_or(marked));
    length
}

/// An element up to its end, or a tag that only parts paragraphs; gives the length of what it stands for.
fn push_element(output: &mut String, marked: &str) -> Option<usize> {
    let tag_length = marked.find('>')? + 1;
    let inside = marked.get(1..tag_length - 1)?;
    let (name, attributes) = inside
        .split_once(char::is_whitespace)
        .unwrap_or((inside, ""));
    let name = name.to_ascii_lowercase();
    match name.trim_start_matches('/') {
        "p" | "div" | "ul" | "ol" => break_with(output, "\n\n"),
        "li" if name == "li" => break_with(output, "\n- "),
        "li" => {}
        _ => {
            let rest = marked.get(tag_length..)?;
            let (content, end) = content_of(&name, rest)?;
            push_inline(output, &name, attributes, content)?;
            return Some(tag_length + end);
        }
    }
    Some(tag_length)
}

fn break_with(output: &mut String, text: &str) {
    if output.ends_with("\n- ") {
        return;
    }
    output.truncate(output.trim_end().len());
    if !output.is_empty() || text == "\n- " {
        output.push_str(text);
    }
}

/// What stands before the closing tag, and where that ends.
fn content_of<'t>(name: &str, rest: &'t str) -> Option<(&'t str, usize)> {
    let closing = format!("</{name}>");
    let mut ends = rest.match_indices("</").map(|(end, _)| end);
    let is_closing = |end: &usize| {
        let tag = rest.get(*end..end + closing.len());
        tag.is_some_and(|tag| tag.eq_ignore_ascii_case(&closing))
    };
    let end = ends.find(is_closing)?;
    Some((rest.get(..end)?, end + closing.len()))
}

fn push_inline(output: &mut String, name: &str, attributes: &str, content: &str) -> Option<()> {
    let text = content.trim();
    let (before, after) = match name {
        "b" | "strong" => ("**", "**".to_owned()),
        "i" | "em" => ("*", "*".to_owned()),
        "span" => ("", String::new()),
        "a" => address(attributes).map_or(("", String::new()), |one| ("[", format!("]({one})"))),
        "code" => {
            if !text.is_empty() {
                output.push_str(&code(&unescaped(text)));
            }
            return Some(());
        }
        _ => return None,
    };
    // Spaces within the marks would keep them from being any.
    let start = content.len() - content.trim_start().len();
    push_text(output, content.get(..start)?);
    if !text.is_empty() {
        output.push_str(before);
        push(output, text);
        output.push_str(&after);
        output.push_str(content.get(start + text.len()..)?);
    }
    Some(())
}

/// Where a link leads, unless that depends on the page it stood on.
fn address(attributes: &str) -> Option<&str> {
    let (_, value) = attributes.split_once("href=")?;
    let quote = value
        .chars()
        .next()
        .filter(|one| matches!(one, '"' | '\''))?;
    let address = value.split(quote).nth(1)?.trim();
    let is_plain = !address.contains(|one: char| one.is_whitespace() || matches!(one, '(' | ')'));
    (address.contains("://") && is_plain).then_some(address)
}

/// Markdown does not look for entities in code.
fn unescaped(text: &str) -> String {
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ];
    let text = text.to_owned();
    entities
        .iter()
        .fold(text, |text, (entity, one)| text.replace(entity, one))
}

#[cfg(test)]
mod tests {
    use super::to_markdown;

    #[test]
    fn html_becomes_markdown() {
        let cases = [
            ("<p>One.</p>\n<p>Two.</p>", "One.\n\nTwo.\n\n"),
            (
                "a <b>bold</B> and <em> thin </em>.",
                "a **bold** and  *thin* .",
            ),
            ("<code>a&lt;b&gt;</code>", "`a<b>`"),
            (
                "See <a target=\"x\" href='https://example.com/a'>the <b>page</b></a>.",
                "See [the **page**](https://example.com/a).",
            ),
            ("See <a href=\"/a\">that</a>.", "See that."),
            (
                "Any:<ul>\n  <li>one</li>\n  <li><p>two</p></li>\n</ul>Then.",
                "Any:\n- one\n- two\n\nThen.",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(to_markdown(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_no_html_stays() {
        let texts = [
            "/pets/<id> </id>",
            "an open <b> and </i>",
            "`<b>code</b>` of Markdown",
            "1 < 2 </b>",
            "a <br> and a <table></table>",
        ];
        for text in texts {
            assert_eq!(to_markdown(text), text);
        }
    }
}
