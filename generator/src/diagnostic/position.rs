//! Looks up where in a text a diagnostic points. Nothing here runs while a document is healthy.

use std::collections::HashMap;
use std::ops::Range;

use super::{Diagnostic, Location, Place};
use crate::document::{self, FileId, Lookup, Pointer, Sources};

/// A line and a column, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// The texts with what is known about positions in them.
pub(super) struct Positions<'s> {
    sources: &'s Sources,
    files: HashMap<FileId, File<'s>>,
}

struct File<'s> {
    text: &'s str,
    lookup: Option<Lookup<'s>>,
    /// The byte at which each line starts.
    lines: Vec<usize>,
    characters: Characters,
}

/// Counts characters without reading a text from its start, for minified documents are one line.
struct Characters {
    /// How many characters start before every [`Self::STEP`]th byte.
    samples: Vec<usize>,
}

impl Characters {
    const STEP: usize = 1024;

    fn new(text: &str) -> Self {
        let mut before = 0;
        let samples = text.as_bytes().chunks(Self::STEP).map(|chunk| {
            let sample = before;
            before += Self::starts(chunk);
            sample
        });
        Self {
            samples: samples.collect(),
        }
    }

    /// How many characters start before a byte.
    fn before(&self, text: &str, offset: usize) -> usize {
        let step = (offset / Self::STEP).min(self.samples.len().saturating_sub(1));
        let rest = text.as_bytes().get(step * Self::STEP..offset);
        let sample = self.samples.get(step).copied().unwrap_or_default();
        sample + rest.map_or(0, Self::starts)
    }

    /// How many characters start in a part of a text, which may begin and end within one.
    fn starts(bytes: &[u8]) -> usize {
        let continues = |byte: u8| byte & 0b1100_0000 == 0b1000_0000;
        bytes.iter().filter(|byte| !continues(**byte)).count()
    }
}

impl<'s> Positions<'s> {
    pub(super) fn new(sources: &'s Sources) -> Self {
        Self {
            sources,
            files: HashMap::new(),
        }
    }

    /// The diagnostics in the order of their files and of their places in them.
    pub(super) fn sorted<'d>(&mut self, diagnostics: &'d [Diagnostic]) -> Vec<&'d Diagnostic> {
        let mut sorted: Vec<_> = diagnostics.iter().collect();
        sorted.sort_by_cached_key(|diagnostic| {
            let location = &diagnostic.location;
            (location.file, self.span(location).start)
        });
        sorted
    }

    /// The bytes that a diagnostic points at.
    ///
    /// A value that spans lines is named by its key, or by the line on which it begins. Where the
    /// pointer leads to something that the text lacks, it is the nearest place around it.
    pub(super) fn span(&mut self, location: &Location) -> Range<usize> {
        let file = self.file(location.file);
        let span = match &location.place {
            Place::Offset(offset) => file.token(*offset),
            Place::Key(pointer) => file.locate(pointer, true),
            Place::Value(pointer) => file.locate(pointer, false),
        };
        // A key can span lines too, and an excerpt shows the line on which its place begins.
        file.first_line(span)
    }

    pub(super) fn position(&mut self, file: FileId, offset: usize) -> Position {
        let file = self.file(file);
        let line = file.lines.partition_point(|start| *start <= offset);
        let start = file.line_start(line);
        let characters = |offset| file.characters.before(file.text, offset);
        Position {
            line,
            column: characters(offset) - characters(start) + 1,
        }
    }

    /// The bytes of the lines from one to another, both counted from 1.
    pub(super) fn lines(&mut self, file: FileId, lines: Range<usize>) -> Range<usize> {
        let file = self.file(file);
        let end = file
            .lines
            .get(lines.end)
            .copied()
            .unwrap_or(file.text.len());
        file.line_start(lines.start)..end
    }

    fn file(&mut self, id: FileId) -> &mut File<'s> {
        let source = self.sources.get(id);
        self.files.entry(id).or_insert_with(|| File {
            text: &source.text,
            lookup: document::lookup(&source.name, &source.text),
            lines: std::iter::once(0)
                .chain(source.text.match_indices('\n').map(|(end, _)| end + 1))
                .collect(),
            characters: Characters::new(&source.text),
        })
    }
}

impl File<'_> {
    fn line_start(&self, line: usize) -> usize {
        let index = line.saturating_sub(1);
        self.lines.get(index).copied().unwrap_or(self.text.len())
    }

    fn locate(&mut self, pointer: &Pointer, wants_key: bool) -> Range<usize> {
        let place = self
            .lookup
            .as_mut()
            .and_then(|lookup| lookup.locate(pointer.segments()));
        let Some((place, is_exact)) = place else {
            return 0..0;
        };
        let Some(key) = place.key else {
            return self.first_line(place.value);
        };
        let text = self
            .text
            .get(key.start..place.value.end)
            .unwrap_or_default();
        if wants_key || !is_exact || text.contains('\n') || place.value.is_empty() {
            key
        } else {
            place.value
        }
    }

    /// A span's part on its first line.
    fn first_line(&self, span: Range<usize>) -> Range<usize> {
        let text = self.text.get(span.clone()).unwrap_or_default();
        let line = text.lines().next().unwrap_or_default().trim_end();
        span.start..span.start + line.len()
    }

    /// The word or the quoted text at an offset. A minified document is one line, of which no more is read.
    fn token(&self, offset: usize) -> Range<usize> {
        let offset = offset.min(self.text.len());
        let rest = self.text.get(offset..).unwrap_or_default();
        let length = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => rest
                .match_indices([quote, '\n'])
                .nth(1)
                .filter(|(_, end)| *end != "\n")
                .map_or(1, |(end, _)| end + 1),
            Some(first) if first.is_alphanumeric() => rest
                .find(|character: char| {
                    !(character.is_alphanumeric() || "_-.$/".contains(character))
                })
                .unwrap_or(rest.len()),
            None | Some('\n' | '\r') => 0,
            Some(first) => first.len_utf8(),
        };
        offset..offset + length
    }
}
