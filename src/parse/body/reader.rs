//! Events into pieces: what is text, where each block ends, which words a link or a heading has.

use std::borrow::Cow;
use std::ops::Range;

use indexmap::IndexSet;
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::raw::{Hiding, RawTag};
use super::{Body, Definitions, Events, Heading, LinkKind, LinkUse, Piece, nfc};
use crate::base::slug::{Unique, slugify};

/// Reads events in order and gathers what the body is made of.
pub(super) struct Reader<'a, 'r> {
    /// The body so far.
    pub(super) body: Body<'a>,
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
    hiding: Hiding,
    /// How many elements are open that strike words through, and where the outermost began.
    striking: (usize, usize),
}

/// Elements that strike words through.
const STRIKING: [&str; 3] = ["del", "s", "strike"];

impl<'a, 'r> Reader<'a, 'r> {
    pub(super) fn new(offset: usize, reserved: &'r dyn Fn(&str) -> bool) -> Self {
        let body = Body {
            pieces: Vec::new(),
            blocks: Vec::new(),
            text: String::new(),
            headings: Vec::new(),
            links: Vec::new(),
            footnotes: IndexSet::new(),
            closed: Vec::new(),
            struck: Vec::new(),
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
            hiding: Hiding::default(),
            striking: (0, 0),
        }
    }

    pub(super) fn read_blocks(&mut self, events: Events<'a>) {
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
    pub(super) fn read_footnotes(&mut self, mut definitions: Definitions<'a>) {
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
            Event::InlineHtml(raw) => {
                let hidden = self.hiding.meet(&raw);
                if !hidden {
                    self.meet_striking(&raw);
                }
                self.body.pieces.push(Piece { event: Event::InlineHtml(raw), source, start: self.body.text.len(), hidden });
            }
            event if self.hiding.is_on() => self.push(event, source),
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
        let hidden = self.hiding.is_on();
        self.body.pieces.push(Piece { event, source, start: self.body.text.len(), hidden });
    }

    fn add_text(&mut self, words: CowStr<'a>, make: fn(CowStr<'a>) -> Event<'a>, source: Range<usize>) {
        self.end_block();
        let words = compose(words);
        let start = self.body.text.len();
        self.body.text.push_str(&words);
        if self.code {
            self.body.closed.push(start..self.body.text.len());
        }
        self.body.pieces.push(Piece { event: make(words), source, start, hidden: false });
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
            Tag::Strikethrough => self.strike(),
            tag if is_block(tag.to_end()) => self.end_block_soon(),
            _ => {}
        }
        self.push(Event::Start(tag), source);
    }

    /// Takes note of a raw tag that strikes words through, or no longer does.
    fn meet_striking(&mut self, raw: &str) {
        let strikes = |name: &str| STRIKING.iter().any(|element| element.eq_ignore_ascii_case(name));
        match RawTag::read(raw) {
            RawTag::Open(name) if strikes(name) => self.strike(),
            RawTag::Close(name) if strikes(name) => self.end_strike(),
            _ => {}
        }
    }

    fn strike(&mut self) {
        let (open, start) = self.striking;
        self.striking = (open + 1, if open == 0 { self.body.text.len() } else { start });
    }

    fn end_strike(&mut self) {
        let (open, start) = self.striking;
        self.striking.0 = open.saturating_sub(1);
        if open == 1 {
            // A block's first words push the newline before them.
            let start = start + usize::from(self.body.text[start..].starts_with('\n'));
            self.body.struck.extend(Some(start..self.body.text.len()).filter(|struck| !struck.is_empty()));
        }
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
            TagEnd::Strikethrough => self.end_strike(),
            TagEnd::Heading(_) => self.close_heading(),
            TagEnd::CodeBlock => self.code = false,
            TagEnd::HtmlBlock => self.html = false,
            _ => {}
        }
        if is_block(tag) {
            self.end_block_soon();
        }
        self.push(Event::End(tag), source);
    }

    fn end_block_soon(&mut self) {
        self.hiding.end();
        while self.striking.0 > 0 {
            self.end_strike();
        }
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
        // Ids that begin with `_` are the program's own.
        let own = own.filter(|id| crate::base::slug::is_slug(id) && !id.starts_with('_')).map(|id| id.to_string());
        let mut id = self.ids.claim(own.unwrap_or_else(|| slugify(text)));
        while (self.reserved)(&id) {
            id = self.ids.claim(format!("{id}-1"));
        }
        self.body.headings.push(Heading { level, id: id.into(), text: text.into() });
        self.body.closed.push(start..self.body.text.len());
    }
}

fn is_block(tag: TagEnd) -> bool {
    !matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

/// In NFC, and without the control characters that only a character reference such as `&#7;` can bring.
fn compose(words: CowStr<'_>) -> CowStr<'_> {
    let is_control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    // To the end rather than to the first: so it goes many bytes at a time.
    let controls = words.bytes().fold(0, |any, byte| any | u8::from(byte < b' ') | u8::from(byte == 0x7f));
    if controls != 0 && words.contains(is_control) {
        return CowStr::from(words.replace(is_control, "\u{fffd}"));
    }
    if words.is_ascii() {
        return words;
    }
    let composed = match nfc(&words) {
        Cow::Borrowed(_) => None,
        Cow::Owned(composed) => Some(composed),
    };
    composed.map_or(words, CowStr::from)
}
