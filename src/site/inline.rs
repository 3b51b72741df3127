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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::annotate::{Dressing, blocks};
    use super::super::layers::Mark;
    use crate::parse::body::{Body, read};
    use crate::parse::sidecar::Status;

    fn dress(body: &Body<'_>, marks: &[(u32, u32)], unsafe_html: bool) -> String {
        let status = Status::Confirmed;
        let mark = |(nth, (start, end)): (usize, &(u32, u32))| Mark { number: nth + 1, id: "m", status, start: *start, end: *end };
        let marks: Vec<Mark<'_>> = marks.iter().enumerate().map(mark).collect();
        let hrefs = vec![Some("/x".to_owned()); body.links.len()];
        let dressing = Dressing { hrefs: &hrefs, pictures: &[], names: &[], marks: &marks, unsafe_html };
        blocks(body, &dressing).into_iter().map(|block| block.html).collect()
    }

    fn check(markdown: &str, expected: &str) {
        assert_eq!(dress(&read(markdown, 0, |_| false), &[], false).trim(), expected, "{markdown:?}");
    }

    #[test]
    fn words_that_hide_are_not_shown_and_others_are() {
        check("Hello <script>the *secret* words</script> world", "<p>Hello <em></em> world</p>");
        check("Hello <title>secret\n\n<b>x", "<p>Hello </p>\n<p><b>x</b></p>");
        check("a <div onclick=x>b</div> <button>c</button>", "<p>a b c</p>");
        check(
            "a <svg/>b ![alt](p.png) <select>![alt](q.png) x</select> c",
            "<p>a b <img src=\"/x\" alt=\"alt\" decoding=\"async\">  c</p>",
        );
    }

    #[test]
    fn tags_of_a_stranger_stay_among_themselves() {
        check("*a <b>b* c</b> </i>d", "<p><em>a <b>b</b></em> c d</p>");
        check(
            "- a <b><i>x</b> y\n  - z <u>\n- v </u>w",
            "<ul>\n<li>a <b><i>x</i></b> y<ul>\n<li>z <u></u></li>\n</ul>\n</li>\n<li>v w</li>\n</ul>",
        );
        check("x <a href=/y>a [b](c.md) <a href=/z>d</a> e</a>", "<p>x <a href=\"/y\">a b d</a> e</p>");
        check("x <b class='&#xFDD0;mark' id=q-m title=t>y", "<p>x <b title=\"t\">y</b></p>");
        check("x <script>alert(1)</script><img src=y onerror=z><a href=javascript:x>w</a>", "<p>x <img src=\"y\"><a>w</a></p>");
    }

    #[test]
    fn a_mark_over_raw_html_keeps_to_its_words() {
        let body = read("a <b>b</b> c", 0, |_| false);
        let link =
            |words: &str, rest: &str, stop: &str| format!("<mark class=\"mark s-confirmed\"{rest}><a href=\"#m\"{stop}>{words}</a></mark>");
        let (first, pass) = (link("a ", " id=\"q-m\"", ""), " tabindex=\"-1\"");
        let expected = format!("<p>{first}<b>{}</b>{}</p>\n", link("b", "", pass), link(" c", " data-n=\"1\"", pass));
        assert_eq!(dress(&body, &[(0, 5)], false), expected);
    }

    #[test]
    fn unsafe_html_passes_as_it_is() {
        let html = dress(&read("a <script>b</script> <b class=x>c", 0, |_| false), &[], true);
        assert_eq!(html, "<p>a <script>b</script> <b class=x>c</p>\n");
    }

    #[test]
    fn endless_nesting_takes_no_square_of_time() {
        let html = dress(&read(&format!("x {}", "<b title=tI><p>".repeat(5_000)), 0, |_| false), &[], false);
        assert_eq!(html.matches("<b ").count(), super::DEEPEST);
    }

    /// The text of HTML, without white space; fails where its tags are not balanced.
    fn text_of(html: &str) -> String {
        let (mut text, mut open, mut rest) = (String::new(), Vec::new(), html);
        while let Some((before, tag)) = rest.split_once('<') {
            text.push_str(before);
            let mut quoted = false;
            let ends = |c: char| {
                quoted ^= c == '"';
                c == '>' && !quoted
            };
            let (tag, after) = tag.split_once(ends).expect("a tag ends");
            let name = tag.split(' ').next().unwrap_or_default();
            match name.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name), "{html}"),
                None if ["br", "wbr", "img", "hr"].contains(&name) => {}
                None => open.push(name),
            }
            rest = after;
        }
        assert_eq!(open, [""; 0], "{html}");
        text.push_str(rest);
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        text.split_whitespace().collect()
    }

    const FRAGMENTS: &[&str] = &[
        "word ",
        "and *em* ",
        "**",
        "*",
        "`code <b>` ",
        "[link](a.md) ",
        "[",
        "](b.md) ",
        "<b>",
        "</b>",
        "<i title='<u>'>",
        "</i>",
        "<a href=/x>",
        "</a>",
        "<script>",
        "</script>",
        "<title>",
        "</title>",
        "<svg>",
        "</svg>",
        "<p>",
        "</p>",
        "<div class=mark>",
        "<plaintext>",
        "<textarea>",
        "</textarea>",
        "<!-- c -->",
        "<ruby>",
        "<rt>",
        "</ruby>",
        "<br>",
        "<img src=x onerror=y>",
        "\n",
        "\n\nx ",
        "\n- x ",
        "\n> x ",
        "&lt;b&gt; &#xFDD0; ",
        "<mark id=q-m class=mark>",
        "</mark>",
        "~~",
    ];

    proptest! {
        #[test]
        fn readers_see_the_canonical_text(
            fragments in prop::collection::vec(prop::sample::select(FRAGMENTS), 0..40),
            ends in prop::collection::vec(0_usize..200, 4),
        ) {
            // A block that begins with a tag may be an HTML block, which is no canonical text.
            let markdown = format!("x {}", fragments.concat()).replace("\n<", "\nx <");
            let body = read(&markdown, 0, |_| false);
            let edge = |end: usize| u32::try_from(body.text.floor_char_boundary(end.min(body.text.len()))).unwrap();
            let marks = ends.chunks(2).map(|ends| (edge(ends[0].min(ends[1])), edge(ends[0].max(ends[1]))));
            let marks: Vec<_> = marks.filter(|(start, end)| start < end).collect();
            let html = dress(&body, &marks, false);
            prop_assert_eq!(text_of(&html), body.text.split_whitespace().collect::<String>(), "{:?} became {}", markdown, html);
            for word in ["<script", "onerror=", "<title", "<svg", "<plaintext", "<textarea", "class=\"mark\""] {
                prop_assert!(!html.contains(word), "{:?} became {}", markdown, html);
            }
        }
    }
}
