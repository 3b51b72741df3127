//! A Markdown body (`CommonMark` with tables, footnotes, strikethrough, task lists, alerts and wikilinks) as
//! pieces, and its *canonical text*: the text of its blocks after inline parsing, joined by newlines, tables
//! by cell, footnotes at the end, in NFC. Quotes are found in the canonical text, and readers see the canonical
//! text: what raw inline HTML hides (`<script>`, `<title>`, …) is not in it, and neither are raw HTML blocks and
//! the words of images.

mod raw;
mod reader;

use std::borrow::Cow;
use std::ops::Range;

use icu::normalizer::ComposingNormalizerBorrowed;
use indexmap::{IndexMap, IndexSet};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

pub use raw::RawTag;
use reader::Reader;

/// A parsed body.
#[derive(Debug)]
pub struct Body<'a> {
    /// The events of the body; footnote definitions come last, in the order of their numbers.
    pub pieces: Vec<Piece<'a>>,
    /// The top-level blocks, as ranges of `pieces`.
    pub blocks: Vec<Range<usize>>,
    /// The canonical text.
    pub text: String,
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// The links and images, in the order of `pieces`.
    pub links: Vec<LinkUse>,
    /// The labels of the footnotes; a footnote's number is its position here, from 1.
    pub footnotes: IndexSet<CowStr<'a>>,
    /// Runs of the canonical text in which no name becomes a link: headings, code, links.
    pub closed: Vec<Range<usize>>,
    /// Runs of the canonical text that are struck through (`~~…~~`, `<del>`, `<s>`): what the article no longer says.
    pub struck: Vec<Range<usize>>,
}

/// One event and where it comes from.
#[derive(Debug)]
pub struct Piece<'a> {
    /// The event; the text of text events is in NFC.
    pub event: Event<'a>,
    /// Its bytes in the file.
    pub source: Range<usize>,
    /// Where its text begins in the canonical text.
    pub start: usize,
    /// Whether it stands in a raw element that readers see nothing of. Its text is not in the canonical text.
    pub hidden: bool,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its id on the page: its own, or made from its words.
    pub id: Box<str>,
    /// Its words.
    pub text: Box<str>,
}

/// A link or an image as written.
#[derive(Debug, Clone)]
pub struct LinkUse {
    /// What it is.
    pub kind: LinkKind,
    /// Where it points, as written.
    pub target: Box<str>,
    /// Its title; may be empty.
    pub title: Box<str>,
    /// An image's words.
    pub alt: String,
    /// Its bytes in the file.
    pub source: Range<usize>,
    /// Its words in the canonical text.
    pub text: Range<usize>,
}

impl LinkUse {
    /// Whether it is a picture of which its author says that it shows nothing: `![](line.svg "decorative")`.
    pub fn is_decorative(&self) -> bool {
        self.kind == LinkKind::Image && self.alt.trim().is_empty() && &*self.title == "decorative"
    }

    /// Whether it is a picture that says nothing to those who do not see it, and should.
    pub fn is_wordless(&self) -> bool {
        self.kind == LinkKind::Image && self.alt.trim().is_empty() && !self.is_decorative()
    }
}

/// What a link is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// `[words](target)` and its relatives.
    Markdown,
    /// `[[target]]`, `[[target|words]]`.
    Wiki,
    /// `<name@example.org>`.
    Email,
    /// `![words](target)`.
    Image,
}

/// Reads a body. `offset` is where it begins in its file; `reserved` says which heading ids are taken by
/// something else on the page.
pub fn read(markdown: &str, offset: usize, reserved: impl Fn(&str) -> bool) -> Body<'_> {
    let mut reader = Reader::new(offset, &reserved);
    let (flow, definitions) = split_footnotes(markdown);
    reader.read_blocks(flow);
    reader.read_footnotes(definitions);
    reader.body
}

type Events<'a> = Vec<(Event<'a>, Range<usize>)>;

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS
}

/// The events of each footnote, by label, in the order of their definitions.
type Definitions<'a> = IndexMap<CowStr<'a>, Events<'a>>;

/// Takes the footnote definitions out of the flow. Of two with one label the first counts, as in GitHub's Markdown.
fn split_footnotes(markdown: &str) -> (Events<'_>, Definitions<'_>) {
    let mut flow = Vec::new();
    let mut definitions = Definitions::new();
    let mut open: Vec<(CowStr<'_>, Events<'_>)> = Vec::new();
    for (event, source) in Parser::new_ext(markdown, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => open.push((label, Vec::new())),
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some((label, events)) = open.pop() {
                    definitions.entry(label).or_insert(events);
                }
            }
            event => open.last_mut().map_or(&mut flow, |(_, events)| events).push((event, source)),
        }
    }
    (flow, definitions)
}

/// Unicode normalisation form C (UAX #15).
pub fn nfc(text: &str) -> Cow<'_, str> {
    if is_surely_composed(text) {
        return Cow::Borrowed(text);
    }
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

/// Whether nothing in `text` could be composed: before U+0300 no character joins another or stands for another in
/// form C, nor do the dashes and quotation marks from U+2010 to U+203F.
fn is_surely_composed(text: &str) -> bool {
    const FIRST_OF_300: u8 = 0xcc;
    let bytes = text.as_bytes();
    let is_mark = |at: usize| matches!(bytes[at..], [0xe2, 0x80, 0x90..=0xbf, ..]);
    // To the end rather than to the first: so it goes many bytes at a time.
    let highest = bytes.iter().fold(0, |highest, byte| (*byte).max(highest));
    highest < FIRST_OF_300 || bytes.iter().enumerate().all(|(at, byte)| *byte < FIRST_OF_300 || is_mark(at))
}

impl Body<'_> {
    /// The bytes of the file that make the run `range` of the canonical text.
    pub fn source_of(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.source_at(range.start);
        start..self.source_at(range.end.saturating_sub(1)).max(start) + 1
    }

    fn source_at(&self, position: usize) -> usize {
        let has_text = |event: &Event<'_>| matches!(event, Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak);
        let is_text = |piece: &&Piece<'_>| !piece.hidden && has_text(&piece.event);
        let before = self.pieces.partition_point(|piece| piece.start <= position);
        let Some(piece) = self.pieces[..before].iter().rev().find(is_text) else { return 0 };
        // Exact where the source spells its text out; entities and escapes are met at their end at the latest.
        (piece.source.start + position.saturating_sub(piece.start)).min(piece.source.end.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_surely_composed_is_composed() {
        let composer = ComposingNormalizerBorrowed::new_nfc();
        for first in ('\0'..='\u{2fff}').filter(|c| is_surely_composed(&c.to_string())) {
            for second in ['a', '\u{e9}', '\u{2019}', first] {
                let text = format!("{second}{first}{second}");
                assert_eq!(composer.normalize(&text), text.as_str(), "{text:?}");
            }
        }
        assert!(is_surely_composed("«è l’anno» – così"));
        assert!(!is_surely_composed("e\u{301}") && !is_surely_composed("\u{2000}"));
    }

    fn check_text(markdown: &str, expected: &str) {
        assert_eq!(read(markdown, 0, |_| false).text, expected, "{markdown:?}");
    }

    #[test]
    fn the_canonical_text_is_what_a_reader_reads() {
        check_text("The *river* **rose**\nand `fell`.", "The river rose and fell.");
        check_text("# A\n\nb  \nc\n\n- d\n- e\n  - f", "A\nb\nc\nd\ne\nf");
        check_text("a&#7;b", "a\u{fffd}b");
        check_text("a &amp; b \\* c &lt;i&gt;", "a & b * c <i>");
        check_text("| a | b |\n|---|---|\n| c | *d* |\n\ne", "a\nb\nc\nd\ne");
        check_text("a[^1] b\n\n[^1]: note\n\nc", "a b\nc\nnote");
        check_text("one\r\ntwo\r\n\r\nthree", "one two\nthree");
        check_text("[[bytedance|the company]] and [[id]]", "the company and id");
        check_text("e\u{301}t\u{e9}", "\u{e9}t\u{e9}");
        check_text("x ![alt *words*](p.png) y", "x  y");
        check_text("x <script>let *a* = `b`;\nc[^1]</SCRIPT> y <b>z</b><!-- c -->\n\n[^1]: n", "x  y z\nn");
        check_text("x <title>a\n\n- b <svg><svg/>c<svg>d</svg>e</svg>f</svg> g\n\nh", "x \nb f g\nh");
        check_text("| <style>a | b |\n|-|-|\n| c | d |", "b\nc\nd");
    }

    #[test]
    fn struck_words_are_known() {
        let check = |markdown: &str, expected: &[&str]| {
            let body = read(markdown, 0, |_| false);
            let struck: Vec<_> = body.struck.iter().map(|range| &body.text[range.clone()]).collect();
            assert_eq!(struck, expected, "{markdown:?}");
        };
        check("It rose ~~by *two* metres~~ by three.", &["by two metres"]);
        check("a\n\n~~b~~ <del>c <s>d</s> e</del> <DEL>f", &["b", "c d e", "f"]);
        check("<s>a\n\nb</s> <del title='>'>c</del> <ins>d</ins> <span>e</span> ~f g", &["a", "c"]);
        check("<strike>a</strike> <s></s></s> `<del>b</del>`", &["a"]);
    }

    #[test]
    fn footnotes_come_last_in_the_order_of_their_numbers() {
        let body = read("a[^x] b[^y]\n\n[^y]: why\n\n[^z]: zed\n\n[^x]: ex\n", 0, |_| false);
        assert_eq!(body.text, "a b\nex\nwhy\nzed");
        assert_eq!(body.footnotes.iter().map(|label| &**label).collect::<Vec<_>>(), ["x", "y", "z"]);
    }

    #[test]
    fn headings_get_ids_of_their_own() {
        let body = read("# Uno\n\n## Uno\n\n## Due {#tre onclick=x}\n\n# note\n\n# Own {#_fn-1}", 0, |id| id == "note");
        let ids: Vec<_> = body.headings.iter().map(|heading| &*heading.id).collect();
        assert_eq!(ids, ["uno", "uno-1", "tre", "note-1", "own"]);
    }

    #[test]
    fn a_link_knows_its_words_and_its_source() {
        let body = read("a\n\n[b *c*](d.md) e", 10, |_| false);
        let link = &body.links[0];
        assert_eq!((&body.text[link.text.clone()], &*link.target, link.source.clone()), ("b c", "d.md", 13..26));
    }
}
