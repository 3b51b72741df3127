//! Raw inline HTML among our own tags: each tag of a stranger's is cleaned by itself, closes what it opened or
//! is left out, and never crosses a tag of ours. Words are nobody's business here: they stay as they are.

use super::sanitise;
use crate::parse::body::RawTag;

/// The inline elements that are open in the present block.
#[derive(Debug, Default)]
pub struct Inline {
    open: Vec<Element>,
    strange: usize,
    links: usize,
}

#[derive(Debug, Clone, Copy)]
enum Element {
    Ours,
    Strange(&'static str),
}

/// How many elements of a stranger's may be open at once. Browsers slow down on more, and nobody writes them.
const DEEPEST: usize = 50;

impl Inline {
    /// Whether a link of a stranger's is open.
    pub fn in_link(&self) -> bool {
        self.links > 0
    }

    /// An element of ours opens.
    pub fn open(&mut self) {
        self.open.push(Element::Ours);
    }

    /// The innermost element of ours is about to close.
    pub fn close(&mut self, out: &mut String) {
        while let Some(Element::Strange(name)) = self.open.pop() {
            self.write_close(name, out);
        }
    }

    /// The block ends, or another begins in it.
    pub fn end(&mut self, out: &mut String) {
        while let Some(element) = self.open.pop() {
            if let Element::Strange(name) = element {
                self.write_close(name, out);
            }
        }
    }

    /// Writes what is harmless of the tag `raw`.
    pub fn strange(&mut self, raw: &str, in_link: bool, out: &mut String) {
        match RawTag::read(raw) {
            RawTag::Open(name) => self.open_strange(raw, name, in_link, out),
            RawTag::Close(name) => self.close_strange(name, out),
            RawTag::Nothing => {}
        }
    }

    fn open_strange(&mut self, raw: &str, name: &str, in_link: bool, out: &mut String) {
        let Some(name) = sanitise::inline_element(name) else { return };
        // HTML knows no link inside a link.
        if self.strange >= DEEPEST || name == "a" && in_link {
            return;
        }
        let Some(tag) = sanitise::inline_tag(raw, name) else { return };
        out.push_str(&tag);
        if !sanitise::is_void(name) {
            self.open.push(Element::Strange(name));
            self.strange += 1;
            self.links += usize::from(name == "a");
        }
    }

    /// Closes the element and those left open in it, if it is open and no tag of ours stands between.
    fn close_strange(&mut self, name: &str, out: &mut String) {
        let within = self.open.iter().rev().map_while(|element| match element {
            Element::Strange(name) => Some(*name),
            Element::Ours => None,
        });
        let Some(above) = within.into_iter().position(|open| open.eq_ignore_ascii_case(name)) else { return };
        for _ in 0..=above {
            if let Some(Element::Strange(name)) = self.open.pop() {
                self.write_close(name, out);
            }
        }
    }

    fn write_close(&mut self, name: &str, out: &mut String) {
        self.strange -= 1;
        self.links -= usize::from(name == "a");
        out.push_str("</");
        out.push_str(name);
        out.push('>');
    }
}
