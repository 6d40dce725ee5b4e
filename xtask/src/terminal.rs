//! Colours, where someone sees them.

use std::{env, ffi::OsString, io::IsTerminal};

use generator::diagnostic::Style;

/// Whether to colour what goes to this stream: on a terminal, unless the environment says otherwise.
pub(crate) fn style(stream: &impl IsTerminal) -> Style {
    let wanted = decide(
        variable("NO_COLOR").is_some(),
        variable("CLICOLOR_FORCE").is_some_and(|value| value != "0"),
        stream.is_terminal(),
    );
    if wanted {
        Style::Coloured
    } else {
        Style::Plain
    }
}

/// `NO_COLOR` wins over `CLICOLOR_FORCE`: who asks for none must never get any.
fn decide(no_color: bool, force: bool, terminal: bool) -> bool {
    !no_color && (force || terminal)
}

/// A variable of the environment; both conventions count an empty one as unset.
fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// A colour that reports use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Colour {
    Red,
    Green,
    Yellow,
    Cyan,
}

/// Puts text in colour, where the style has colours.
pub(crate) fn paint(style: Style, colour: Colour, text: &str) -> String {
    let code = match colour {
        Colour::Red => 31,
        Colour::Green => 32,
        Colour::Yellow => 33,
        Colour::Cyan => 36,
    };
    match style {
        Style::Plain => text.to_owned(),
        Style::Coloured => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
    }
}

#[cfg(test)]
mod tests {
    use super::decide;

    #[test]
    fn colours_follow_the_terminal_unless_told_otherwise() {
        assert!(decide(false, false, true));
        assert!(!decide(false, false, false));
        assert!(decide(false, true, false));
        assert!(!decide(true, true, true));
    }
}
