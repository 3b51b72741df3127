//! From a spot to bytes, and from bytes to lines and columns.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use super::Texts;
use crate::base::{Diagnostic, Place, SourcePath, Spot};
use crate::tree::{self, FrontMatter, Tree};

/// The bytes of `text` that `spot` means: always inside it and on the borders of characters. A path that leads
/// to nothing is drawn at its nearest ancestor; of a value over several lines, only the first is meant.
pub fn locate(file: &SourcePath, text: &str, spot: &Spot) -> Range<usize> {
    Located::new(file, text.to_owned()).range(spot)
}

/// The first line and column of a place, from 1; `None` for a file as a whole, or one that is not to be had.
pub fn position(place: &Place, texts: &dyn Texts) -> Option<(usize, usize)> {
    let start = Library::new(texts).region(place)?.start;
    Some((start.line, start.column))
}

/// The texts that were asked for, each read and parsed once.
pub(super) struct Library<'a> {
    texts: &'a dyn Texts,
    read: BTreeMap<SourcePath, Option<Located>>,
}

impl<'a> Library<'a> {
    pub fn new(texts: &'a dyn Texts) -> Self {
        Self { texts, read: BTreeMap::new() }
    }

    /// Findings in the order of the files and of the places in them; errors of one spot before its warnings.
    pub fn in_order<'d>(&mut self, diagnostics: &'d [Diagnostic]) -> Vec<&'d Diagnostic> {
        let start = |found: &'d Diagnostic| (self.find(&found.place).map(|(_, range)| range.start), found);
        let mut placed: Vec<_> = diagnostics.iter().map(start).collect();
        placed.sort_by(|(a_at, a), (b_at, b)| {
            (&a.place.file, a_at, a.severity, a.code, &a.message).cmp(&(&b.place.file, b_at, b.severity, b.code, &b.message))
        });
        placed.into_iter().map(|(_, found)| found).collect()
    }

    /// A place's text and bytes; `None` for a file as a whole, or one that is not to be had.
    pub fn find(&mut self, place: &Place) -> Option<(&Located, Range<usize>)> {
        if place.spot == Spot::Whole {
            return None;
        }
        let Place { file, spot } = place;
        let located = self.read.entry(file.clone()).or_insert_with(|| self.texts.text(file).map(|text| Located::new(file, text)));
        located.as_ref().map(|located| (located, located.range(spot)))
    }

    /// A place's first and last line, column and byte; `None` for a file as a whole, or one that is not to be had.
    pub fn region(&mut self, place: &Place) -> Option<Region> {
        let (located, bytes) = self.find(place)?;
        Some(Region { start: located.position(bytes.start), end: located.position(bytes.end), bytes })
    }
}

/// A piece of a text. Ends lie behind the last character.
pub(super) struct Region {
    pub start: Position,
    pub end: Position,
    /// In the file, a byte order mark included.
    pub bytes: Range<usize>,
}

/// A file's text with what is needed to find places in it.
pub(super) struct Located {
    file: SourcePath,
    text: String,
    /// The first byte of each line.
    lines: Vec<usize>,
    /// The characters before every multiple of [`STRIDE`].
    counts: OnceCell<Vec<usize>>,
    tree: OnceCell<Option<Tree>>,
}

/// How far apart, in bytes, the characters of a file are counted once and for all: a file may be one long line,
/// with thousands of findings in it.
const STRIDE: usize = 1024;

/// How many bytes before what is meant are shown at most.
const FRONT: usize = 400;

/// What is meant, and what stands around it.
pub(super) struct Cut<'t> {
    pub before: &'t str,
    pub meant: &'t str,
    pub after: &'t str,
    /// Whether the first line does not begin where `before` begins.
    pub clipped: bool,
}

/// A line and a column, both from 1; the column in Unicode scalar values, a byte order mark not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Position {
    pub line: usize,
    pub column: usize,
}

impl Located {
    fn new(file: &SourcePath, text: String) -> Self {
        let starts = text.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(tree::skip_bom(&text)).chain(starts).collect();
        Self { file: file.clone(), text, lines, counts: OnceCell::new(), tree: OnceCell::new() }
    }

    fn range(&self, spot: &Spot) -> Range<usize> {
        match spot {
            Spot::Whole => 0..0,
            Spot::Bytes(start, end) => self.on_characters(*start)..self.on_characters((*end).max(*start)),
            Spot::Data(path) => match self.tree() {
                Some(tree) => tree.find(&self.text, path),
                None => self.fallback(),
            },
        }
    }

    fn tree(&self) -> Option<&Tree> {
        let read = || tree::data_of(self.file.name(), &self.text).map(|(format, data)| tree::read(&self.text, data, format));
        self.tree.get_or_init(read).as_ref()
    }

    /// Without data there is at most a fence to point at.
    fn fallback(&self) -> Range<usize> {
        match tree::front_matter(&self.text) {
            FrontMatter::Unclosed(fence) => fence,
            FrontMatter::Absent | FrontMatter::Found { .. } => self.lines[0]..self.lines[0],
        }
    }

    fn on_characters(&self, at: usize) -> usize {
        let mut at = at.clamp(self.lines[0], self.text.len().max(self.lines[0]));
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    pub fn position(&self, at: usize) -> Position {
        let line = self.lines.partition_point(|start| *start <= at).max(1);
        let start = self.lines[line - 1];
        Position { line, column: self.characters_before(at.max(start)) - self.characters_before(start) + 1 }
    }

    fn characters_before(&self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let counts = self.counts.get_or_init(|| {
            let blocks = bytes.chunks(STRIDE).scan(0, |sum, block| {
                *sum += characters(block);
                Some(*sum)
            });
            std::iter::once(0).chain(blocks).collect()
        });
        let at = at.min(bytes.len());
        counts[at / STRIDE] + characters(&bytes[at / STRIDE * STRIDE..at])
    }

    /// The lines of `range` in three pieces: before it, the range, behind it. Of more than `most` lines, only the
    /// first is given, and of a long line what stands around the range.
    pub fn cut(&self, range: Range<usize>, most: usize) -> Cut<'_> {
        let first = self.position(range.start).line;
        let last = self.position(range.end).line;
        let (last, end) = if last - first < most { (last, range.end) } else { (first, range.end.min(self.line_end(first))) };
        let line = self.lines[first - 1];
        let start = if range.start - line > FRONT { self.on_characters(range.start - FRONT) } else { line };
        Cut {
            before: &self.text[start..range.start],
            meant: &self.text[range.start..end],
            after: &self.text[end..self.line_end(last).max(end)],
            clipped: start > line,
        }
    }

    /// The end of line `number`, from 1, without its break.
    fn line_end(&self, number: usize) -> usize {
        let start = self.lines[number - 1];
        let next = self.lines.get(number).copied().unwrap_or(self.text.len());
        start + self.text[start..next].trim_end_matches(['\n', '\r']).len()
    }
}

fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !matches!(byte, 0x80..=0xbf)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::DataPath;

    fn shown<'a>(name: &str, text: &'a str, path: DataPath) -> &'a str {
        &text[locate(&SourcePath::new(name), text, &Spot::Data(path))]
    }

    #[test]
    fn front_matter_is_located_behind_its_fence() {
        let title = DataPath::root().key("title");
        assert_eq!(shown("a.md", "+++\ntitle = 'x'\n+++\n", title.clone()), "'x'");
        assert_eq!(shown("a.md", "\u{feff}---\r\ntitle: è\r\n---\r\n", title.clone()), "è");
        assert_eq!(shown("a.md", "---\nlang: it\n---\n", title.clone()), "lang: it");
        assert_eq!(shown("a.md", "---\ntitle: x\n", title.clone()), "---");
        assert_eq!(shown("a.md", "no front matter", title), "");
    }

    #[test]
    fn bytes_beyond_the_text_are_drawn_inside_it() {
        let locate = |start, end| locate(&SourcePath::new("a.md"), "aè", &Spot::Bytes(start, end));
        assert_eq!((locate(0, 99), locate(2, 2), locate(9, 3)), (0..3, 1..1, 3..3));
    }

    #[test]
    fn columns_count_characters() {
        let located = Located::new(&SourcePath::new("a"), "\u{feff}aè\n𝄞x".to_owned());
        assert_eq!(located.position(6), Position { line: 1, column: 3 });
        assert_eq!(located.position(11), Position { line: 2, column: 2 });
        assert_eq!(located.position(0), Position { line: 1, column: 1 });
    }

    #[test]
    fn data_that_breaks_off_is_located_as_far_as_it_goes() {
        let path = DataPath::root().key("a").key("b");
        assert_eq!(shown("x.toml", "[a]\nb = 1\nc = [", path.clone()), "1");
        assert_eq!(shown("x.yaml", "a:\n  b: 1\n  c: [", path.clone()), "1");
        assert_eq!(shown("x.json", "{\"a\": {\"b\": 1, \"c\": [", path), "1");
    }
}
