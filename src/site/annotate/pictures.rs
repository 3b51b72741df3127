//! Pictures in a text, and the captions of those that stand by themselves.

use pulldown_cmark::{Event, Tag, TagEnd};
use pulldown_cmark_escape::{escape_href, escape_html_body_text};

use super::{Writer, attribute};
use crate::parse::body::Piece;

/// Where the title of a picture stands.
#[derive(Clone, Copy)]
pub(super) enum Caption {
    /// In a tooltip.
    None,
    /// Below it.
    Below,
}

impl<'b, 'a> Writer<'b, 'a> {
    /// The title of a picture that stands alone in its paragraph, if it has one: it becomes the picture's caption.
    pub(super) fn captioned(&self, pieces: &[Piece<'a>]) -> Option<&'b str> {
        let [Piece { event: Event::Start(Tag::Paragraph), .. }, picture, Piece { event: Event::End(TagEnd::Image), .. }, _] = pieces else {
            return None;
        };
        let link = self.body.links.get(self.links).filter(|_| matches!(picture.event, Event::Start(Tag::Image { .. })))?;
        let is_shown = self.dressing.hrefs.get(self.links).is_some_and(Option::is_some);
        (is_shown && !link.title.is_empty() && !link.is_decorative()).then_some(&*link.title)
    }

    /// A caption is no part of the canonical text, no more than the other words of pictures: no quote names it.
    pub(super) fn figure(&mut self, caption: &str) {
        self.layers.close(&mut self.out);
        self.out.push_str("<figure>");
        self.image(Caption::Below);
        self.out.push_str("<figcaption>");
        escape_html_body_text(&mut self.out, caption).expect("a string takes every write");
        self.out.push_str("</figcaption></figure>\n");
    }

    pub(super) fn image(&mut self, caption: Caption) {
        let known = self.dressing.pictures.get(self.links).and_then(Option::as_deref).unwrap_or_default();
        let (link, href) = self.next_link();
        let Some(href) = href else { return };
        self.out.push_str("<img src=\"");
        escape_href(&mut self.out, href).expect("a string takes every write");
        self.out.push_str(&format!("\" alt=\"{}\"", attribute(&link.alt)));
        if matches!(caption, Caption::None) && !link.title.is_empty() && !link.is_decorative() {
            self.out.push_str(&format!(" title=\"{}\"", attribute(&link.title)));
        }
        self.out.push_str(known);
        // The first may be in sight as soon as the page is.
        self.out.push_str(if self.has_picture { " loading=\"lazy\"" } else { "" });
        self.out.push_str(" decoding=\"async\">");
        self.has_picture = true;
    }
}
