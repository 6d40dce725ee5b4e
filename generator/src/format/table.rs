//! Tables of facts, which macros of the runtime take.

use std::fmt::Display;

use proc_macro2::Literal;

use super::{INDENT, WIDTH};

/// A call of a macro with a row for each kind of facts.
#[derive(Debug)]
pub(crate) struct Table {
    /// The name of the runtime's macro.
    pub(crate) name: &'static str,
    /// What the facts are about.
    pub(crate) subject: String,
    pub(crate) rows: Vec<Row>,
    /// The name of what takes all else.
    pub(crate) rest: Option<String>,
}

/// Facts of one kind.
#[derive(Debug)]
pub(crate) struct Row {
    /// The name of the kind; without one where the table has a single kind.
    pub(crate) kind: Option<&'static str>,
    pub(crate) facts: Vec<String>,
}

/// A name and what it stands for.
pub(crate) fn fact(name: impl Display, value: impl Display) -> String {
    format!("{name} = {value}")
}

/// A text as Rust writes it.
pub(crate) fn quoted(text: &str) -> String {
    Literal::string(text).to_string()
}

impl Table {
    /// Adds the call: in one line, or in one for each row where that is too long.
    pub(super) fn push_to(&self, text: &mut String) {
        let head = format!("runtime::{}! {{", self.name);
        if self.facts() < WIDTH {
            let line = format!("{head} {} }}", self.lines(WIDTH).join(" "));
            if line.chars().count() <= WIDTH {
                text.push_str(&line);
                text.push('\n');
                return;
            }
        }
        text.push_str(&head);
        for line in self.lines(WIDTH - INDENT.len()) {
            for part in ["\n", INDENT, &line] {
                text.push_str(part);
            }
        }
        text.push_str("\n}\n");
    }

    fn facts(&self) -> usize {
        self.rows.iter().map(|row| row.facts.len()).sum()
    }

    fn lines(&self, width: usize) -> Vec<String> {
        let mut lines = vec![format!("{};", self.subject)];
        for row in &self.rows {
            row.push_to(&mut lines, width);
        }
        lines.extend(self.rest.as_ref().map(|rest| format!("..{rest}")));
        lines
    }
}

impl Row {
    /// Adds the row, as many facts to a line as fit.
    fn push_to(&self, lines: &mut Vec<String>, width: usize) {
        let mut line = self.kind.map(|kind| format!("{kind}:")).unwrap_or_default();
        for (index, fact) in self.facts.iter().enumerate() {
            let is_last = index + 1 == self.facts.len();
            // A space before the fact, and a sign behind it.
            if index > 0 && line.chars().count() + fact.chars().count() + 2 > width {
                lines.push(std::mem::replace(&mut line, INDENT.to_owned()));
            } else if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(fact);
            line.push(if is_last { ';' } else { ',' });
        }
        if self.facts.is_empty() {
            line.push(';');
        }
        lines.push(line);
    }
}

#[cfg(test)]
mod tests {
    use super::{Row, Table, fact, quoted};

    fn text(kind: Option<&'static str>, facts: Vec<String>, rest: Option<&str>) -> String {
        let mut text = String::new();
        let table = Table {
            name: "object",
            subject: "Cluster".to_owned(),
            rows: vec![Row { kind, facts }],
            rest: rest.map(str::to_owned),
        };
        table.push_to(&mut text);
        text
    }

    #[test]
    fn facts_fill_lines() {
        let facts = (0..12).map(|number| fact(format!("a_name_{number}"), quoted("é\"")));
        let text = text(Some("Required"), facts.collect(), Some("others"));
        let expected = r#"runtime::object! {
    Cluster;
    Required: a_name_0 = "é\"", a_name_1 = "é\"", a_name_2 = "é\"", a_name_3 = "é\"",
        a_name_4 = "é\"", a_name_5 = "é\"", a_name_6 = "é\"", a_name_7 = "é\"", a_name_8 = "é\"",
        a_name_9 = "é\"", a_name_10 = "é\"", a_name_11 = "é\"";
    ..others
}
"#;
        assert_eq!(text, expected);
    }

    #[test]
    fn a_short_table_is_a_line() {
        let text = text(Some("Required"), vec!["name".to_owned()], Some("others"));
        assert_eq!(
            text,
            "runtime::object! { Cluster; Required: name; ..others }\n"
        );
    }

    #[test]
    fn a_line_holds_at_least_one_fact() {
        let long = "x".repeat(120);
        let expected =
            format!("runtime::object! {{\n    Cluster;\n    {long},\n        {long};\n}}\n");
        assert_eq!(text(None, vec![long.clone(), long], None), expected);
    }

    #[test]
    fn a_row_may_be_empty() {
        let expected = "runtime::object! { Cluster; ; }\n";
        assert_eq!(text(None, Vec::new(), None), expected);
    }
}
