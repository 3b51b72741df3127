//! A body as safe HTML, block by block, with marks over the quoted words and links on known names. The text
//! content of the HTML is the body's canonical text.

mod pictures;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, Tag, TagEnd};
use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use pictures::Caption;

use super::inline::Inline;
use super::layers::{Layers, Mark};
use super::sanitise;
use crate::parse::body::{Body, LinkKind, LinkUse, Piece};

/// What a body needs besides its words to become HTML.
pub struct Dressing<'a> {
    /// Where each of the body's links leads, in their order; `None` leaves the words without a link.
    pub hrefs: &'a [Option<String>],
    /// What is known of those that are pictures, in the same order: attributes, each with a space before it.
    pub pictures: &'a [Option<Box<str>>],
    /// Names that become links: start and end in the canonical text, and the address.
    pub names: &'a [(u32, u32, String)],
    /// The marks, in the order of their numbers.
    pub marks: &'a [Mark<'a>],
    /// Lets raw HTML through as it is.
    pub unsafe_html: bool,
}

/// A top-level block as HTML.
pub struct Block {
    /// Safe HTML.
    pub html: String,
    /// The positions in `marks` of those that begin here.
    pub marks: Vec<usize>,
}

/// Makes the blocks of a body.
pub fn blocks(body: &Body<'_>, dressing: &Dressing<'_>) -> Vec<Block> {
    let mut writer = Writer::new(body, dressing);
    body.blocks.iter().map(|range| writer.block(&body.pieces[range.clone()])).filter(|block| !block.html.trim().is_empty()).collect()
}

/// Makes the whole body, for texts without marks.
pub fn html(body: &Body<'_>, hrefs: &[Option<String>], pictures: &[Option<Box<str>>], unsafe_html: bool) -> String {
    let dressing = Dressing { hrefs, pictures, names: &[], marks: &[], unsafe_html };
    blocks(body, &dressing).into_iter().map(|block| block.html).collect()
}

/// The run from `start` to `end` of a canonical text as an excerpt, with its marks.
pub fn excerpt(text: &str, start: u32, end: u32, marks: &[&Mark<'_>]) -> String {
    let marks: Vec<Mark<'_>> = marks.iter().map(|mark| (*mark).clone()).collect();
    let mut layers = Layers::new(&marks, &[]);
    let mut out = String::from("<blockquote class=\"excerpt\"><p>");
    let (mut done, end) = (start as usize, end as usize);
    while done < end {
        let next = layers.advance(done, end, false, &mut out);
        escape_html_body_text(&mut out, &text[done..next]).expect("a string takes every write");
        done = next;
    }
    layers.close(&mut out);
    out.push_str("</p></blockquote>\n");
    out
}

struct Writer<'b, 'a> {
    body: &'b Body<'a>,
    dressing: &'b Dressing<'b>,
    layers: Layers<'b>,
    out: String,
    links: usize,
    /// Whether a picture has been written.
    has_picture: bool,
    headings: usize,
    /// Whether each open link is really written.
    open_links: Vec<bool>,
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// References to each footnote so far, by its number.
    references: Vec<usize>,
    open_footnote: Option<usize>,
    inline: Inline,
    /// The HTML block that is being read.
    strange: String,
}

impl<'b, 'a> Writer<'b, 'a> {
    fn new(body: &'b Body<'a>, dressing: &'b Dressing<'b>) -> Self {
        Self {
            body,
            dressing,
            layers: Layers::new(dressing.marks, dressing.names),
            out: String::new(),
            links: 0,
            has_picture: false,
            headings: 0,
            open_links: Vec::new(),
            alignments: Vec::new(),
            column: 0,
            in_head: false,
            references: vec![0; body.footnotes.len()],
            open_footnote: None,
            inline: Inline::default(),
            strange: String::new(),
        }
    }

    fn block(&mut self, pieces: &[Piece<'a>]) -> Block {
        let footnotes = matches!(pieces.first().map(|piece| &piece.event), Some(Event::Start(Tag::FootnoteDefinition(_))));
        match self.captioned(pieces) {
            Some(caption) => self.figure(caption),
            None => pieces.iter().for_each(|piece| self.piece(piece)),
        }
        let mut html = std::mem::take(&mut self.out);
        if footnotes {
            html = format!("<section class=\"footnotes\"><ol>{html}</ol></section>\n");
        }
        Block { html, marks: self.layers.take_begun() }
    }

    fn piece(&mut self, piece: &Piece<'a>) {
        match &piece.event {
            event if piece.hidden => {
                self.layers.close(&mut self.out);
                self.hidden(event);
            }
            Event::Text(words) => self.text(words, piece.start),
            Event::Code(words) => {
                self.layers.close(&mut self.out);
                self.out.push_str("<code>");
                self.text(words, piece.start);
                self.layers.close(&mut self.out);
                self.out.push_str("</code>");
            }
            Event::SoftBreak => self.line_break("\n", piece.start),
            Event::HardBreak => self.line_break("<br>\n", piece.start),
            event => {
                self.layers.close(&mut self.out);
                self.tag(event);
            }
        }
    }

    /// What stands in a raw element that hides its words. Our own tags stay, since they may close outside it.
    fn hidden(&mut self, event: &Event<'a>) {
        let open = self.dressing.unsafe_html;
        match event {
            Event::Text(words) | Event::Code(words) if open => {
                escape_html_body_text(&mut self.out, words).expect("a string takes every write");
            }
            Event::SoftBreak | Event::HardBreak if open => self.out.push('\n'),
            Event::Start(Tag::Image { .. }) if !open => self.links += 1,
            Event::Start(_) | Event::End(_) => self.tag(event),
            event if open => self.tag(event),
            _ => {}
        }
    }

    fn in_link(&self) -> bool {
        self.open_links.contains(&true) || self.inline.in_link()
    }

    fn text(&mut self, words: &str, start: usize) {
        let in_link = self.in_link();
        let mut done = 0;
        while done < words.len() {
            let end = self.layers.advance(start + done, start + words.len(), in_link, &mut self.out) - start;
            escape_html_body_text(&mut self.out, &words[done..end]).expect("a string takes every write");
            done = end;
        }
    }

    /// A break is one character of the canonical text, so marks go over it or end at it.
    fn line_break(&mut self, html: &str, start: usize) {
        let in_link = self.in_link();
        self.layers.advance(start, start + 1, in_link, &mut self.out);
        self.out.push_str(html);
    }

    fn tag(&mut self, event: &Event<'a>) {
        match event {
            Event::Start(Tag::Image { .. }) => self.image(Caption::None),
            Event::Start(tag) if is_inline(tag.to_end()) => {
                self.open(tag);
                self.inline.open();
            }
            Event::Start(tag) => {
                self.inline.end(&mut self.out);
                self.open(tag);
            }
            Event::End(TagEnd::Image) => {}
            Event::End(tag) => {
                if is_inline(*tag) {
                    self.inline.close(&mut self.out);
                } else {
                    self.inline.end(&mut self.out);
                }
                self.close(*tag);
            }
            Event::Html(raw) | Event::InlineHtml(raw) if self.dressing.unsafe_html => self.out.push_str(raw),
            Event::Html(raw) => self.strange.push_str(raw),
            Event::InlineHtml(raw) => {
                let in_link = self.in_link();
                self.inline.strange(raw, in_link, &mut self.out);
            }
            Event::FootnoteReference(label) => self.footnote_reference(label),
            Event::Rule => {
                self.inline.end(&mut self.out);
                self.out.push_str("<hr>\n");
            }
            Event::TaskListMarker(true) => self.out.push_str("<input type=\"checkbox\" disabled checked> "),
            Event::TaskListMarker(false) => self.out.push_str("<input type=\"checkbox\" disabled> "),
            _ => {}
        }
    }

    fn open(&mut self, tag: &Tag<'a>) {
        match tag {
            Tag::Paragraph => self.out.push_str("<p>"),
            Tag::Heading { .. } => self.open_heading(),
            Tag::BlockQuote(kind) => self.open_quote(*kind),
            Tag::CodeBlock(kind) => self.open_code(kind),
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(first)) => self.out.push_str(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => self.out.push_str("<li>"),
            Tag::FootnoteDefinition(label) => {
                let number = self.number(label);
                self.open_footnote = Some(number).filter(|number| *number > 0);
                self.out.push_str(&format!("<li id=\"_fn-{number}\">"));
            }
            Tag::Table(alignments) => {
                self.alignments.clone_from(alignments);
                self.out.push_str("<div class=\"table\"><table>");
            }
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                self.out.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => self.open_cell(),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Link { .. } => self.open_link(),
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.out.push_str("</p>\n"),
            TagEnd::Heading(_) => {
                let level = self.body.headings[self.headings].level;
                self.headings += 1;
                self.out.push_str(&format!("</h{}>\n", shifted(level)));
            }
            TagEnd::BlockQuote(_) => self.out.push_str("</blockquote>\n"),
            TagEnd::CodeBlock => self.out.push_str("</code></pre>\n"),
            TagEnd::List(true) => self.out.push_str("</ol>\n"),
            TagEnd::List(false) => self.out.push_str("</ul>\n"),
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::FootnoteDefinition => self.close_footnote(),
            TagEnd::Table => self.out.push_str("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.out.push_str("</tr></thead><tbody>\n");
            }
            TagEnd::HtmlBlock if !self.strange.is_empty() => self.out.push_str(&sanitise::block(&std::mem::take(&mut self.strange))),
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => self.out.push_str(if self.in_head { "</th>" } else { "</td>" }),
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Link if self.open_links.pop() == Some(true) => self.out.push_str("</a>"),
            _ => {}
        }
    }

    fn open_heading(&mut self) {
        let heading = &self.body.headings[self.headings];
        self.out.push_str(&format!("<h{} id=\"{}\">", shifted(heading.level), attribute(&heading.id)));
    }

    fn open_quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.out.push_str(match kind {
            None => "<blockquote>\n",
            Some(BlockQuoteKind::Note) => "<blockquote class=\"alert-note\">\n",
            Some(BlockQuoteKind::Tip) => "<blockquote class=\"alert-tip\">\n",
            Some(BlockQuoteKind::Important) => "<blockquote class=\"alert-important\">\n",
            Some(BlockQuoteKind::Warning) => "<blockquote class=\"alert-warning\">\n",
            Some(BlockQuoteKind::Caution) => "<blockquote class=\"alert-caution\">\n",
        });
    }

    fn open_code(&mut self, kind: &CodeBlockKind<'a>) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        if language.is_empty() {
            self.out.push_str("<pre><code>");
        } else {
            self.out.push_str(&format!("<pre><code class=\"language-{}\">", attribute(language)));
        }
    }

    fn open_cell(&mut self) {
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Left) => " class=\"l\"",
            Some(Alignment::Center) => " class=\"c\"",
            Some(Alignment::Right) => " class=\"r\"",
            _ => "",
        };
        self.column += 1;
        self.out.push_str(if self.in_head { "<th" } else { "<td" });
        self.out.push_str(class);
        self.out.push('>');
    }

    fn next_link(&mut self) -> (&'b LinkUse, Option<&'b str>) {
        let position = self.links;
        self.links += 1;
        (&self.body.links[position], self.dressing.hrefs.get(position).and_then(|href| href.as_deref()))
    }

    fn open_link(&mut self) {
        let (link, href) = self.next_link();
        // HTML knows no link inside a link; Markdown's wikilinks do.
        let href = href.filter(|_| !self.in_link());
        self.open_links.push(href.is_some());
        let Some(href) = href else { return };
        self.out.push_str(if link.kind == LinkKind::Wiki { "<a class=\"entity\" href=\"" } else { "<a href=\"" });
        escape_href(&mut self.out, href).expect("a string takes every write");
        self.out.push('"');
        if !link.title.is_empty() {
            self.out.push_str(&format!(" title=\"{}\"", attribute(&link.title)));
        }
        self.out.push('>');
    }

    fn number(&self, label: &CowStr<'a>) -> usize {
        self.body.footnotes.get_index_of(label).map_or(0, |position| position + 1)
    }

    fn footnote_reference(&mut self, label: &CowStr<'a>) {
        let number = self.number(label);
        let inside = self.in_link();
        let Some(count) = number.checked_sub(1).and_then(|position| self.references.get_mut(position)) else { return };
        *count += 1;
        let link = format!("<sup class=\"fnref\"><a href=\"#_fn-{number}\" id=\"{}\">{number}</a></sup>", reference_id(number, *count));
        // A reference inside a link's words cannot be a link itself.
        self.out.push_str(&if inside {
            format!("<sup class=\"fnref\" id=\"{}\">{number}</sup>", reference_id(number, *count))
        } else {
            link
        });
    }

    /// Ends a footnote with the ways back to where it was referred to.
    fn close_footnote(&mut self) {
        let Some(number) = self.open_footnote.take() else { return };
        for count in 1..=self.references[number - 1] {
            self.out.push_str(&format!(" <a class=\"fnback\" href=\"#{}\">↩</a>", reference_id(number, count)));
        }
        self.out.push_str("</li>\n");
    }
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
}

fn reference_id(number: usize, count: usize) -> String {
    if count == 1 { format!("_fnref-{number}") } else { format!("_fnref-{number}-{count}") }
}

/// The page's own title is the only heading of the first level.
fn shifted(level: u8) -> u8 {
    level.clamp(2, 6)
}

/// A value between double quotes.
pub fn attribute(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    escape_html(&mut escaped, value).expect("a string takes every write");
    escaped
}
