//! Calls of macros that take statements.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use super::{INDENT, WIDTH};

/// A call of a macro with a statement a line.
#[derive(Debug)]
pub(crate) struct Invocation {
    /// The name of the runtime's macro.
    pub(crate) name: &'static str,
    pub(crate) statements: Vec<Statement>,
}

/// What ends with a semicolon.
#[derive(Debug)]
pub(crate) struct Statement {
    /// The lines before it: its documentation, and attributes.
    pub(crate) attributes: Vec<String>,
    pub(crate) tokens: TokenStream,
}

impl Statement {
    pub(crate) fn new(tokens: TokenStream) -> Self {
        Self {
            attributes: Vec::new(),
            tokens,
        }
    }
}

impl Invocation {
    /// A call whose statements are neither documented nor have attributes.
    pub(crate) fn new(
        name: &'static str,
        statements: impl IntoIterator<Item = TokenStream>,
    ) -> Self {
        Self {
            name,
            statements: statements.into_iter().map(Statement::new).collect(),
        }
    }

    /// Adds the call: in one line, or in one for each statement where that is too long.
    pub(super) fn push_to(self, text: &mut String) {
        let head = format!("runtime::{}! {{", self.name);
        let statements = self.statements.into_iter().map(Line::of);
        let statements: Vec<Line> = statements.collect();
        if let Some(line) = in_one_line(&head, &statements) {
            text.push_str(&line);
            return;
        }
        text.push_str(&head);
        text.push('\n');
        for statement in &statements {
            statement.push_to(text);
        }
        text.push_str("}\n");
    }
}

/// The most statements that are read at a glance where they stand in one line.
const AT_A_GLANCE: usize = 2;

/// The whole call, where there is little to say.
fn in_one_line(head: &str, statements: &[Line]) -> Option<String> {
    let are_plain = statements.iter().all(|line| line.attributes.is_empty());
    if statements.len() > AT_A_GLANCE || !are_plain {
        return None;
    }
    let mut line = head.to_owned();
    for statement in statements {
        line.push(' ');
        line.push_str(&inline(&statement.nodes));
        line.push(';');
    }
    line.push_str(" }");
    (width(&line) <= WIDTH).then(|| line + "\n")
}

/// A statement whose tokens are sorted.
struct Line {
    attributes: Vec<String>,
    nodes: Vec<Node>,
}

impl Line {
    fn of(statement: Statement) -> Self {
        Self {
            attributes: statement.attributes,
            nodes: nodes(statement.tokens),
        }
    }

    fn push_to(&self, text: &mut String) {
        for line in &self.attributes {
            for part in [INDENT, line, "\n"] {
                text.push_str(part);
            }
        }
        text.push_str(INDENT);
        push_nodes(&self.nodes, 1, text);
        text.push_str(";\n");
    }
}

/// Adds tokens: in one line, or in several where that is too long. A sign may follow.
fn push_nodes(nodes: &[Node], depth: usize, text: &mut String) {
    let line = inline(nodes);
    let indent = INDENT.repeat(depth);
    if indent.len() + width(&line) < WIDTH {
        text.push_str(&line);
        return;
    }
    match nodes.split_last() {
        Some((colon, named)) if colon.is_sign(":") => {
            push_nodes(named, depth, text);
            text.push(':');
        }
        Some((group @ Node::Group(delimiter, within), before))
            if !within.is_empty()
                && (*delimiter == Delimiter::Brace || break_of(nodes).is_none()) =>
        {
            let (open, close) = delimiters(*delimiter);
            if let Some(last) = before.last() {
                push_nodes(before, depth, text);
                text.push_str(if is_apart(last, group) { " " } else { "" });
            }
            text.push_str(open.trim_end());
            text.push('\n');
            push_parts(within, depth + 1, text);
            text.push_str(&indent);
            text.push_str(close.trim_start());
        }
        _ => {
            // Where there is no such place, the line is as long as it is.
            let (first, second) = nodes.split_at(break_of(nodes).unwrap_or(nodes.len()));
            text.push_str(&inline(first));
            if !second.is_empty() {
                for part in ["\n", &indent, INDENT, &inline(second)] {
                    text.push_str(part);
                }
            }
        }
    }
}

/// Adds what commas separate in lines of their own.
fn push_parts(nodes: &[Node], depth: usize, text: &mut String) {
    let mut angles = 0_i32;
    let parts = nodes.split(|node| {
        angles += i32::from(node.is_sign("<")) - i32::from(node.is_sign(">"));
        angles == 0 && node.is_sign(",")
    });
    // Behind the last comma there may be nothing.
    let mut parts = parts.filter(|part| !part.is_empty()).peekable();
    while let Some(part) = parts.next() {
        text.push_str(&INDENT.repeat(depth));
        push_nodes(part, depth, text);
        text.push_str(if parts.peek().is_some() { ",\n" } else { "\n" });
    }
}

/// Where tokens may go on in another line: before an arrow or `as`, or behind the last sign of equality.
fn break_of(nodes: &[Node]) -> Option<usize> {
    let arrow = |node: &Node| node.is_sign("->") || node.is_word("as");
    let equality = |node: &Node| node.is_sign("=") || node.is_sign("=>");
    let equality = nodes.iter().rposition(equality).map(|place| place + 1);
    nodes.iter().position(arrow).or(equality)
}

/// Tokens in the order in which they are written, those within delimiters below those around them.
enum Node {
    /// An identifier, a lifetime or a literal.
    Word(String),
    /// A sign of one or more characters.
    Sign(String),
    Group(Delimiter, Vec<Node>),
}

impl Node {
    fn is_word(&self, word: &str) -> bool {
        matches!(self, Self::Word(own) if own == word)
    }

    fn is_sign(&self, sign: &str) -> bool {
        matches!(self, Self::Sign(own) if own == sign)
    }
}

/// Signs of several characters, of those that statements have.
const SIGNS: &[&str] = &["::", "->", "=>", "..=", ".."];

fn nodes(tokens: TokenStream) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut run = String::new();
    for token in tokens {
        if let TokenTree::Punct(punct) = &token {
            run.push(punct.as_char());
            if punct.spacing() == Spacing::Joint {
                continue;
            }
        }
        let lifetime = run == "'";
        if !lifetime {
            push_signs(&run, &mut nodes);
        }
        match token {
            TokenTree::Punct(_) => {}
            TokenTree::Ident(ident) if lifetime => nodes.push(Node::Word(format!("'{ident}"))),
            TokenTree::Ident(ident) => nodes.push(Node::Word(ident.to_string())),
            TokenTree::Literal(literal) => nodes.push(Node::Word(literal.to_string())),
            TokenTree::Group(group) => {
                nodes.push(Node::Group(group.delimiter(), self::nodes(group.stream())));
            }
        }
        run.clear();
    }
    push_signs(&run, &mut nodes);
    nodes
}

fn push_signs(mut run: &str, nodes: &mut Vec<Node>) {
    while let Some(first) = run.chars().next() {
        let sign = SIGNS.iter().find(|sign| run.starts_with(**sign));
        let length = sign.map_or(first.len_utf8(), |sign| sign.len());
        let (sign, rest) = run.split_at(length);
        nodes.push(Node::Sign(sign.to_owned()));
        run = rest;
    }
}

/// The tokens in one line.
fn inline(nodes: &[Node]) -> String {
    let mut text = String::new();
    push_inline(nodes, &mut text);
    text
}

fn push_inline(nodes: &[Node], text: &mut String) {
    let mut before = None;
    for node in nodes {
        if before.is_some_and(|before| is_apart(before, node)) {
            text.push(' ');
        }
        match node {
            Node::Word(word) => text.push_str(word),
            Node::Sign(sign) => text.push_str(sign),
            Node::Group(delimiter, within) => {
                let (open, close) = match delimiters(*delimiter) {
                    (open, close) if within.is_empty() => (open.trim_end(), close.trim_start()),
                    delimiters => delimiters,
                };
                text.push_str(open);
                push_inline(within, text);
                text.push_str(close);
            }
        }
        before = Some(node);
    }
}

/// What stands before and behind tokens in one line.
fn delimiters(delimiter: Delimiter) -> (&'static str, &'static str) {
    match delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::Brace => ("{ ", " }"),
        Delimiter::None => ("", ""),
    }
}

/// Whether a space stands between two tokens.
fn is_apart(before: &Node, node: &Node) -> bool {
    let binds = |sign: &str| matches!(sign, "::" | "<" | "&" | "-" | "." | ".." | "..=");
    match (before, node) {
        (Node::Sign(sign), _) if binds(sign) => false,
        (_, Node::Sign(sign)) => !matches!(
            sign.as_str(),
            "," | ";" | ":" | "::" | "<" | ">" | "." | "..=" | "?"
        ),
        (Node::Word(_), Node::Group(Delimiter::Parenthesis, _)) => false,
        _ => true,
    }
}

fn width(line: &str) -> usize {
    line.chars().count()
}

#[cfg(test)]
mod tests {
    use proc_macro2::{Ident, Span, TokenStream};
    use quote::quote;

    use super::{Invocation, Statement, inline, nodes};

    fn text(statements: Vec<Statement>) -> String {
        let mut text = String::new();
        Invocation {
            name: "facts",
            statements,
        }
        .push_to(&mut text);
        text
    }

    #[test]
    fn tokens_have_the_usual_distances() {
        let cases: [(TokenStream, &str); 10] = [
            (
                quote!(ids: impl IntoIterator<Item = &str> = query_joined("ids", '|')),
                r#"ids: impl IntoIterator<Item = &str> = query_joined("ids", '|')"#,
            ),
            (
                quote!(Get -> Result<Json<Vec<models::Thing>>, Empty>),
                "Get -> Result<Json<Vec<models::Thing>>, Empty>",
            ),
            (
                quote!(404 | 500..=599 => Error: Json<(i64, Option<[u8]>)>),
                "404 | 500..=599 => Error: Json<(i64, Option<[u8]>)>",
            ),
            (quote!(_ => Other), "_ => Other"),
            (
                quote!("a": { minimum: (-1.0), each: { of: [Line] }, none: {} }; each: {}),
                r#""a": { minimum: (-1.0), each: { of: [Line] }, none: {} }; each: {}"#,
            ),
            (quote!(text: &'static str), "text: &'static str"),
            (quote!(tuple: (i64, String,)), "tuple: (i64, String,)"),
            (quote!(..rest), "..rest"),
            (
                quote!(items(page) = page.found?.last()?),
                "items(page) = page.found?.last()?",
            ),
            (
                quote!(new(all: All { one, two })),
                "new(all: All { one, two })",
            ),
        ];
        for (tokens, expected) in cases {
            assert_eq!(inline(&nodes(tokens)), expected);
        }
    }

    #[test]
    fn little_is_said_in_one_line() {
        let line = text(vec![
            Statement::new(quote!(Line)),
            Statement::new(quote!(..rest)),
        ]);
        assert_eq!(line, "runtime::facts! { Line; ..rest; }\n");
    }

    #[test]
    fn a_statement_with_documentation_has_a_line_of_its_own() {
        let documented = Statement {
            attributes: vec!["/// The page.".to_owned()],
            ..Statement::new(quote!(page: i64))
        };
        let expected = "runtime::facts! {\n    List;\n    /// The page.\n    page: i64;\n}\n";
        assert_eq!(
            text(vec![Statement::new(quote!(List)), documented]),
            expected
        );
    }

    #[test]
    fn long_statements_are_broken_at_delimiters_and_at_signs() {
        let long = "x".repeat(60);
        let braces = quote!(all = { #long: { one: 1, two: 2 }, #long: { each: { #long: {} } } });
        let name = Ident::new(&"y".repeat(90), Span::call_site());
        let statements = vec![
            Statement::new(braces),
            Statement::new(quote!(a: #name = f("wire"))),
            Statement::new(quote!(Get -> Result<#name, Empty>)),
            Statement::new(quote!(GET #long as #long)),
            Statement::new(quote!(new(all: All { #long, #long }))),
            Statement::new(quote!(new(map: Map<String, i64>, tuple: (i64,), all: #name,))),
            Statement::new(quote!([#long, #long]: { of: [Line], each: { max_length: 1 } })),
            Statement::new(quote!(#name #name)),
        ];
        let expected = r#"runtime::facts! {
    all = {
        "{long}": { one: 1, two: 2 },
        "{long}": {
            each: { "{long}": {} }
        }
    };
    a: {name} =
        f("wire");
    Get
        -> Result<{name}, Empty>;
    GET "{long}"
        as "{long}";
    new(
        all: All {
            "{long}",
            "{long}"
        }
    );
    new(
        map: Map<String, i64>,
        tuple: (i64,),
        all: {name}
    );
    [
        "{long}",
        "{long}"
    ]: {
        of: [Line],
        each: { max_length: 1 }
    };
    {name} {name};
}
"#;
        let name = name.to_string();
        let expected = expected.replace("{name}", &name).replace("{long}", &long);
        assert_eq!(text(statements), expected);
    }
}
