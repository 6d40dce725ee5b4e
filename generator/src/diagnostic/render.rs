//! Diagnostics as text, in the manner of rustc.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::position::{Position, Positions};
use super::{Diagnostic, Location, Place, Severity};
use crate::document::Sources;

/// How text is rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without colours, for files, pipes and tests.
    Plain,
    /// With ANSI colours, for terminals.
    Coloured,
}

/// How many lines may lie between two places that are shown in one excerpt.
const MAX_GAP: usize = 30;

/// How many bytes may lie between them: those on one line of a minified document may be far apart.
const MAX_GAP_BYTES: usize = 4096;

/// How many bytes are shown before and behind the marks of a line at most. A document without line
/// ends would be passed through anew for every diagnostic.
const AROUND: usize = 300;

/// Renders diagnostics with excerpts of the texts, in the order of the texts and with an empty line
/// after each.
///
/// Lines and columns count from 1, columns in characters.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, style: Style) -> String {
    let mut positions = Positions::new(sources);
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut text = String::new();
    for diagnostic in positions.sorted(diagnostics) {
        let mut cuts = Vec::new();
        let group = group(diagnostic, sources, &mut positions, &mut cuts);
        let mut shown = renderer.render(&[group]);
        for cut in cuts {
            shown = shown.replacen(&cut.counted, &cut.actual, 1);
        }
        text.push_str(&shown);
        text.push_str("\n\n");
    }
    text
}

fn group<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
    positions: &mut Positions<'a>,
    cuts: &mut Vec<Cut>,
) -> Group<'a> {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Degradation => Level::WARNING.with_name("degradation"),
        Severity::Note => Level::NOTE,
    };
    let mut group = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.as_str())
        .elements(snippets(diagnostic, sources, positions, cuts));
    if let Place::Key(pointer) | Place::Value(pointer) = &diagnostic.location.place {
        let at = format!("#{pointer}");
        group = group.element(Level::NOTE.with_name("at").message(at));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

/// A place that is pointed at.
struct Mark<'a> {
    location: &'a Location,
    label: Option<&'a str>,
    kind: AnnotationKind,
}

/// An excerpt: neighbouring lines of a file and what is to be seen in them.
struct Excerpt<'a> {
    first: usize,
    last: usize,
    /// The bytes of its places.
    bytes: Range<usize>,
    marks: Vec<Mark<'a>>,
}

fn snippets<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
    positions: &mut Positions<'a>,
    cuts: &mut Vec<Cut>,
) -> Vec<Snippet<'a, Annotation<'a>>> {
    let primary = Mark {
        location: &diagnostic.location,
        label: diagnostic.label.as_deref(),
        kind: AnnotationKind::Primary,
    };
    let others = diagnostic.related.iter().map(|related| Mark {
        location: &related.location,
        label: Some(&related.message),
        kind: AnnotationKind::Context,
    });
    let mut excerpts: Vec<Excerpt<'a>> = Vec::new();
    for mark in std::iter::once(primary).chain(others) {
        let span = positions.span(mark.location);
        let line = positions.position(mark.location.file, span.start).line;
        let near = excerpts
            .iter_mut()
            .find(|excerpt| excerpt.is_near(&mark, line, &span));
        match near {
            Some(excerpt) => {
                excerpt.first = excerpt.first.min(line);
                excerpt.last = excerpt.last.max(line);
                excerpt.bytes.start = excerpt.bytes.start.min(span.start);
                excerpt.bytes.end = excerpt.bytes.end.max(span.end);
                excerpt.marks.push(mark);
            }
            None => excerpts.push(Excerpt {
                first: line,
                last: line,
                bytes: span,
                marks: vec![mark],
            }),
        }
    }
    let snippets = excerpts
        .into_iter()
        .filter_map(|excerpt| excerpt.snippet(sources, positions, cuts));
    snippets.collect()
}

impl<'a> Excerpt<'a> {
    fn is_near(&self, mark: &Mark<'_>, line: usize, span: &Range<usize>) -> bool {
        let same_file = self
            .marks
            .iter()
            .all(|other| other.location.file == mark.location.file);
        same_file
            && line + MAX_GAP >= self.first
            && line <= self.last + MAX_GAP
            && span.end + MAX_GAP_BYTES >= self.bytes.start
            && span.start <= self.bytes.end + MAX_GAP_BYTES
    }

    fn snippet(
        self,
        sources: &'a Sources,
        positions: &mut Positions<'a>,
        cuts: &mut Vec<Cut>,
    ) -> Option<Snippet<'a, Annotation<'a>>> {
        let file = self.marks.first()?.location.file;
        let source = sources.get(file);
        let lines = positions.lines(file, self.first..self.last);
        let bytes = self.window(&source.text, &lines);
        if bytes.start > lines.start {
            let before = positions.position(file, bytes.start).column - 1;
            let marks = self.marks.iter();
            let marks = marks.map(|mark| {
                let start = positions.span(mark.location).start;
                positions.position(file, start)
            });
            let cut = marks.filter(|position| position.line == self.first);
            cuts.extend(cut.map(|position| Cut::of(&source.name, position, before)));
        }
        let annotations: Vec<_> = self
            .marks
            .into_iter()
            .map(|mark| {
                let span = positions.span(mark.location);
                let start = span.start.saturating_sub(bytes.start);
                let end = span.end.saturating_sub(bytes.start);
                mark.kind.span(start..end).label(mark.label)
            })
            .collect();
        let text = source.text.get(bytes).unwrap_or_default();
        let snippet = Snippet::source(text).path(source.name.as_str());
        Some(snippet.line_start(self.first).annotations(annotations))
    }

    /// The bytes of the lines; of long ones, those around the marks.
    fn window(&self, text: &str, lines: &Range<usize>) -> Range<usize> {
        let Range { start, end } = self.bytes;
        let between_characters = |byte: &usize| text.is_char_boundary(*byte);
        let from = (start.saturating_sub(AROUND)..start).find(between_characters);
        let to = (end..end.saturating_add(AROUND))
            .rev()
            .find(between_characters);
        lines.start.max(from.unwrap_or(start))..lines.end.min(to.unwrap_or(end))
    }
}

/// A place as the renderer counts it in what is left of a line, and as it is in the text, each to the
/// end of its line: the beginning of a longer number is another place.
struct Cut {
    counted: String,
    actual: String,
}

impl Cut {
    fn of(name: &str, position: Position, before: usize) -> Self {
        let Position { line, column } = position;
        Self {
            counted: format!("{name}:{line}:{}\n", column.saturating_sub(before)),
            actual: format!("{name}:{line}:{column}\n"),
        }
    }
}
