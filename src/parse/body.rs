//! A Markdown body (CommonMark with tables, footnotes, strikethrough, task lists, alerts and wikilinks) as
//! pieces, and its *canonical text*: the text of its blocks after inline parsing, joined by newlines, tables
//! by cell, footnotes at the end, in NFC. Quotes are found in the canonical text, and the text on the page is
//! the canonical text: raw HTML blocks and the words of images are in neither.

use std::borrow::Cow;
use std::ops::Range;

use icu::normalizer::ComposingNormalizerBorrowed;
use indexmap::{IndexMap, IndexSet};
use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::base::slug::{Unique, slugify};

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
pub fn read<'a>(markdown: &'a str, offset: usize, reserved: impl Fn(&str) -> bool) -> Body<'a> {
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

struct Reader<'a, 'r> {
    body: Body<'a>,
    offset: usize,
    reserved: &'r dyn Fn(&str) -> bool,
    ids: Unique,
    /// Whether a block has ended since the last text.
    gap: bool,
    /// Open links and images, as positions in `links`.
    open_links: Vec<usize>,
    /// Open headings: level, own id, start of text.
    open_heading: Option<(u8, Option<CowStr<'a>>, usize)>,
    images: usize,
    code: bool,
    html: bool,
}

impl<'a, 'r> Reader<'a, 'r> {
    fn new(offset: usize, reserved: &'r dyn Fn(&str) -> bool) -> Self {
        let body = Body {
            pieces: Vec::new(),
            blocks: Vec::new(),
            text: String::new(),
            headings: Vec::new(),
            links: Vec::new(),
            footnotes: IndexSet::new(),
            closed: Vec::new(),
        };
        Self {
            body,
            offset,
            reserved,
            ids: Unique::default(),
            gap: false,
            open_links: Vec::new(),
            open_heading: None,
            images: 0,
            code: false,
            html: false,
        }
    }

    fn read_blocks(&mut self, events: Events<'a>) {
        let mut depth = 0_usize;
        let mut first = self.body.pieces.len();
        for (event, source) in events {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.read_event(event, source);
            if depth == 0 {
                let end = self.body.pieces.len();
                self.body.blocks.push(first..end);
                first = end;
            }
        }
    }

    /// Referenced footnotes in the order of their first reference, also from other footnotes; then those that
    /// nothing refers to: what was written is not lost.
    fn read_footnotes(&mut self, mut definitions: Definitions<'a>) {
        let first = self.body.pieces.len();
        let labels: Vec<_> = definitions.keys().cloned().collect();
        let mut unreferenced = labels.into_iter();
        let mut number = 0;
        loop {
            while number == self.body.footnotes.len() {
                let Some(label) = unreferenced.next() else { break };
                self.refer(label);
            }
            if number == self.body.footnotes.len() {
                break;
            }
            let label = self.body.footnotes[number].clone();
            let events = definitions.get_mut(&label).map(std::mem::take).unwrap_or_default();
            self.read_footnote(label, events);
            number += 1;
        }
        if self.body.pieces.len() > first {
            self.body.blocks.push(first..self.body.pieces.len());
        }
    }

    fn read_footnote(&mut self, label: CowStr<'a>, events: Events<'a>) {
        let source = events.first().map_or(0..0, |(_, source)| source.clone());
        self.read_event(Event::Start(Tag::FootnoteDefinition(label)), source.clone());
        for (event, source) in events {
            self.read_event(event, source);
        }
        self.read_event(Event::End(TagEnd::FootnoteDefinition), source);
    }

    /// Gives a footnote its number at its first reference.
    fn refer(&mut self, label: CowStr<'a>) {
        self.body.footnotes.insert(label);
    }

    fn read_event(&mut self, event: Event<'a>, source: Range<usize>) {
        let source = source.start + self.offset..source.end + self.offset;
        match event {
            Event::Start(tag) => self.open(tag, source),
            Event::End(tag) => self.close(tag, source),
            Event::Text(words) | Event::Code(words) if self.images > 0 => self.add_to_alt(&words),
            Event::SoftBreak | Event::HardBreak if self.images > 0 => self.add_to_alt(" "),
            _ if self.images > 0 => {}
            Event::Text(words) if self.html => self.push(Event::Html(words), source),
            Event::Text(words) => self.add_text(words, Event::Text, source),
            Event::Code(words) => {
                let start = self.body.text.len();
                self.add_text(words, Event::Code, source);
                self.body.closed.push(start..self.body.text.len());
            }
            Event::SoftBreak => self.add_break(" ", Event::SoftBreak, source),
            Event::HardBreak => self.add_break("\n", Event::HardBreak, source),
            Event::FootnoteReference(label) => {
                self.refer(label.clone());
                self.push(Event::FootnoteReference(label), source);
            }
            event => {
                self.gap |= matches!(event, Event::Rule | Event::Html(_));
                self.push(event, source);
            }
        }
    }

    fn push(&mut self, event: Event<'a>, source: Range<usize>) {
        self.body.pieces.push(Piece { event, source, start: self.body.text.len() });
    }

    fn add_text(&mut self, words: CowStr<'a>, make: fn(CowStr<'a>) -> Event<'a>, source: Range<usize>) {
        self.end_block();
        let words = compose(words);
        let start = self.body.text.len();
        self.body.text.push_str(&words);
        if self.code {
            self.body.closed.push(start..self.body.text.len());
        }
        self.body.pieces.push(Piece { event: make(words), source, start });
    }

    fn add_break(&mut self, between: &str, event: Event<'a>, source: Range<usize>) {
        self.end_block();
        self.push(event, source);
        self.body.text.push_str(between);
    }

    fn end_block(&mut self) {
        let text = &mut self.body.text;
        if std::mem::take(&mut self.gap) && !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
    }

    fn add_to_alt(&mut self, words: &str) {
        if let Some(link) = self.open_links.last().and_then(|open| self.body.links.get_mut(*open)) {
            link.alt.push_str(words);
        }
    }

    fn open(&mut self, tag: Tag<'a>, source: Range<usize>) {
        match &tag {
            Tag::Link { link_type, dest_url, title, .. } => {
                let kind = match link_type {
                    LinkType::WikiLink { .. } => LinkKind::Wiki,
                    LinkType::Email => LinkKind::Email,
                    _ => LinkKind::Markdown,
                };
                if self.images > 0 {
                    return;
                }
                self.open_link(kind, dest_url, title, &source);
            }
            Tag::Image { dest_url, title, .. } => {
                self.images += 1;
                if self.images > 1 {
                    return;
                }
                self.open_link(LinkKind::Image, dest_url, title, &source);
            }
            _ if self.images > 0 => return,
            Tag::Heading { level, id, .. } => {
                self.end_block_soon();
                self.open_heading = Some((*level as u8, id.clone(), self.body.text.len()));
            }
            Tag::CodeBlock(_) => {
                self.end_block_soon();
                self.code = true;
            }
            Tag::HtmlBlock => {
                self.end_block_soon();
                self.html = true;
            }
            tag if is_block(&tag.to_end()) => self.end_block_soon(),
            _ => {}
        }
        self.push(Event::Start(tag), source);
    }

    fn close(&mut self, tag: TagEnd, source: Range<usize>) {
        match tag {
            TagEnd::Image => {
                self.images = self.images.saturating_sub(1);
                if self.images > 0 {
                    return;
                }
                self.close_link();
            }
            _ if self.images > 0 => return,
            TagEnd::Link => self.close_link(),
            TagEnd::Heading(_) => self.close_heading(),
            TagEnd::CodeBlock => self.code = false,
            TagEnd::HtmlBlock => self.html = false,
            _ => {}
        }
        if is_block(&tag) {
            self.end_block_soon();
        }
        self.push(Event::End(tag), source);
    }

    fn end_block_soon(&mut self) {
        self.gap = true;
    }

    fn open_link(&mut self, kind: LinkKind, target: &str, title: &str, source: &Range<usize>) {
        // In a table the pipe of a wikilink is escaped, and the backslash stays on the target.
        let target = if kind == LinkKind::Wiki { target.trim_end_matches('\\').trim() } else { target };
        self.open_links.push(self.body.links.len());
        self.body.links.push(LinkUse {
            kind,
            target: target.into(),
            title: title.into(),
            alt: String::new(),
            source: source.clone(),
            text: self.body.text.len()..self.body.text.len(),
        });
    }

    fn close_link(&mut self) {
        let end = self.body.text.len();
        if let Some(link) = self.open_links.pop().and_then(|open| self.body.links.get_mut(open)) {
            // A block's first words push the newline before them; it is not the link's.
            let start = link.text.start + usize::from(self.body.text[link.text.start..].starts_with('\n'));
            link.text = start.min(end)..end;
            self.body.closed.push(link.text.clone());
        }
    }

    fn close_heading(&mut self) {
        let Some((level, own, start)) = self.open_heading.take() else { return };
        let text = self.body.text[start..].trim();
        let own = own.filter(|id| crate::base::slug::is_slug(id)).map(|id| id.to_string());
        let mut id = self.ids.claim(own.unwrap_or_else(|| slugify(text)));
        while (self.reserved)(&id) {
            id = self.ids.claim(format!("{id}-1"));
        }
        self.body.headings.push(Heading { level, id: id.into(), text: text.into() });
        self.body.closed.push(start..self.body.text.len());
    }
}

fn is_block(tag: &TagEnd) -> bool {
    !matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

fn compose(words: CowStr<'_>) -> CowStr<'_> {
    if words.is_ascii() {
        return words;
    }
    let composed = match nfc(&words) {
        Cow::Borrowed(_) => None,
        Cow::Owned(composed) => Some(composed),
    };
    composed.map_or(words, CowStr::from)
}

/// Unicode normalisation form C (UAX #15).
pub fn nfc(text: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

impl Body<'_> {
    /// The bytes of the file that make the run `range` of the canonical text.
    pub fn source_of(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.source_at(range.start);
        start..self.source_at(range.end.saturating_sub(1)).max(start) + 1
    }

    fn source_at(&self, position: usize) -> usize {
        let is_text = |piece: &&Piece<'_>| matches!(piece.event, Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak);
        let before = self.pieces.partition_point(|piece| piece.start <= position);
        let Some(piece) = self.pieces[..before].iter().rev().find(is_text) else { return 0 };
        // Exact where the source spells its text out; entities and escapes are met at their end at the latest.
        (piece.source.start + position.saturating_sub(piece.start)).min(piece.source.end.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_text(markdown: &str, expected: &str) {
        assert_eq!(read(markdown, 0, |_| false).text, expected, "{markdown:?}");
    }

    #[test]
    fn the_canonical_text_is_what_a_reader_reads() {
        check_text("The *river* **rose**\nand `fell`.", "The river rose and fell.");
        check_text("# A\n\nb  \nc\n\n- d\n- e\n  - f", "A\nb\nc\nd\ne\nf");
        check_text("a &amp; b \\* c &lt;i&gt;", "a & b * c <i>");
        check_text("| a | b |\n|---|---|\n| c | *d* |\n\ne", "a\nb\nc\nd\ne");
        check_text("a[^1] b\n\n[^1]: note\n\nc", "a b\nc\nnote");
        check_text("one\r\ntwo\r\n\r\nthree", "one two\nthree");
        check_text("[[bytedance|the company]] and [[id]]", "the company and id");
        check_text("e\u{301}t\u{e9}", "\u{e9}t\u{e9}");
        check_text("x ![alt *words*](p.png) y", "x  y");
    }

    #[test]
    fn footnotes_come_last_in_the_order_of_their_numbers() {
        let body = read("a[^x] b[^y]\n\n[^y]: why\n\n[^z]: zed\n\n[^x]: ex\n", 0, |_| false);
        assert_eq!(body.text, "a b\nex\nwhy\nzed");
        assert_eq!(body.footnotes.iter().map(|label| &**label).collect::<Vec<_>>(), ["x", "y", "z"]);
    }

    #[test]
    fn headings_get_ids_of_their_own() {
        let body = read("# Uno\n\n## Uno\n\n## Due {#tre onclick=x}\n\n# note", 0, |id| id == "note");
        let ids: Vec<_> = body.headings.iter().map(|heading| &*heading.id).collect();
        assert_eq!(ids, ["uno", "uno-1", "tre", "note-1"]);
    }

    #[test]
    fn a_link_knows_its_words_and_its_source() {
        let body = read("a\n\n[b *c*](d.md) e", 10, |_| false);
        let link = &body.links[0];
        assert_eq!((&body.text[link.text.clone()], &*link.target, link.source.clone()), ("b c", "d.md", 13..26));
    }
}
