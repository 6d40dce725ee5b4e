//! Diagnostics as text, in the manner of rustc.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::position::Positions;
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
        let group = group(diagnostic, sources, &mut positions);
        text.push_str(&renderer.render(&[group]));
        text.push_str("\n\n");
    }
    text
}

fn group<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
    positions: &mut Positions<'a>,
) -> Group<'a> {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Degradation => Level::WARNING.with_name("degradation"),
        Severity::Note => Level::NOTE,
    };
    let mut group = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.as_str())
        .elements(snippets(diagnostic, sources, positions));
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
    marks: Vec<Mark<'a>>,
}

fn snippets<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
    positions: &mut Positions<'a>,
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
            .find(|excerpt| excerpt.is_near(&mark, line));
        match near {
            Some(excerpt) => {
                excerpt.first = excerpt.first.min(line);
                excerpt.last = excerpt.last.max(line);
                excerpt.marks.push(mark);
            }
            None => excerpts.push(Excerpt {
                first: line,
                last: line,
                marks: vec![mark],
            }),
        }
    }
    let snippets = excerpts
        .into_iter()
        .filter_map(|excerpt| excerpt.snippet(sources, positions));
    snippets.collect()
}

impl<'a> Excerpt<'a> {
    fn is_near(&self, mark: &Mark<'_>, line: usize) -> bool {
        let same_file = self
            .marks
            .iter()
            .all(|other| other.location.file == mark.location.file);
        same_file && line + MAX_GAP >= self.first && line <= self.last + MAX_GAP
    }

    fn snippet(
        self,
        sources: &'a Sources,
        positions: &mut Positions<'a>,
    ) -> Option<Snippet<'a, Annotation<'a>>> {
        let file = self.marks.first()?.location.file;
        let source = sources.get(file);
        let bytes = positions.lines(file, self.first..self.last);
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
}
