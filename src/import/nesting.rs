//! How deep a page nests, read roughly: parsers take time and room by it. A page that is deeper than any that people
//! read is refused before a parser sees it.

use std::ops::Range;

/// No page for people nests deeper.
const DEEPEST: usize = 400;

/// Formatting that is left open is opened again in every block: so many times at most.
const MOST_REOPENED: usize = 2_000_000;

/// The tag at which `page` becomes too deep, if it does.
pub fn too_deep(page: &str) -> Option<Range<usize>> {
    let mut tags = Tags { page, at: 0 };
    let mut open: Vec<String> = Vec::new();
    let (mut formats, mut reopened) = (0, 0);
    while let Some(tag) = tags.next() {
        if tag.closes {
            if let Some(position) = open.iter().rposition(|name| *name == tag.name) {
                let from = if FORMATTING.contains(&tag.name.as_str()) { position..=position } else { position..=open.len() - 1 };
                formats -= open.drain(from).filter(|name| FORMATTING.contains(&name.as_str())).count();
            }
            continue;
        }
        if !WITHOUT_END.contains(&tag.name.as_str()) {
            reopened += formats;
            formats += usize::from(FORMATTING.contains(&tag.name.as_str()));
            open.push(tag.name);
        }
        if open.len() > DEEPEST || reopened > MOST_REOPENED {
            return Some(tag.at);
        }
    }
    None
}

/// Elements without content, and those that end where the next of their kind begins.
const WITHOUT_END: [&str; 27] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li", "dt", "dd",
    "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup", "optgroup",
];

/// Elements that are opened again behind a block that closed them.
const FORMATTING: [&str; 14] = ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements in which no tag is one but their own end.
const RAW: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

struct Tag {
    closes: bool,
    name: String,
    at: Range<usize>,
}

struct Tags<'p> {
    page: &'p str,
    at: usize,
}

impl Tags<'_> {
    fn next(&mut self) -> Option<Tag> {
        loop {
            let start = self.at + self.page.get(self.at..)?.find('<')?;
            let rest = &self.page[start + 1..];
            self.at = start + 1;
            if let Some(comment) = rest.strip_prefix("!--") {
                self.at += 3 + comment.find("-->").unwrap_or(comment.len());
                continue;
            }
            let (closes, inner) = rest.strip_prefix('/').map_or((false, rest), |inner| (true, inner));
            if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
                continue;
            }
            let length = inner.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(inner.len());
            let name = inner[..length].to_ascii_lowercase();
            self.at += usize::from(closes) + length;
            self.skip_attributes();
            let at = start..self.at;
            if !closes && RAW.contains(&name.as_str()) {
                self.skip_raw(&name);
            }
            return Some(Tag { closes, name, at });
        }
    }

    fn skip_attributes(&mut self) {
        let mut quote = None;
        for (at, byte) in self.page.bytes().enumerate().skip(self.at) {
            match (byte, quote) {
                (b'>', None) => {
                    self.at = at + 1;
                    return;
                }
                (b'"' | b'\'', None) => quote = Some(byte),
                (byte, Some(open)) if byte == open => quote = None,
                _ => {}
            }
        }
        self.at = self.page.len();
    }

    /// To the element's own end tag.
    fn skip_raw(&mut self, name: &str) {
        let bytes = &self.page.as_bytes()[self.at..];
        let ends = |at: &usize| bytes.get(at + 2..at + 2 + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()));
        let end = memchr::memmem::find_iter(bytes, b"</").find(ends);
        self.at += end.unwrap_or(bytes.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_nests_too_deep_is_known_at_its_tag() {
        let deep = "<div>".repeat(10_000);
        assert_eq!(too_deep(&deep), Some(DEEPEST * 5..DEEPEST * 5 + 5));
        assert_eq!(too_deep(&format!("<body>{}</body>", "<div><p>a<br>b</div>".repeat(10_000))), None);
        assert_eq!(too_deep(&"<p>a<li>b<td>".repeat(10_000)), None);
    }

    #[test]
    fn what_a_script_or_a_comment_holds_is_no_tag() {
        for page in ["<script>{}</script>", "<STYLE>{}</Style>", "<!--{}-->", "<a title='{}'>x</a>"] {
            assert_eq!(too_deep(&page.replace("{}", &"<i>".repeat(1000))), None, "{page}");
        }
        assert!(too_deep(&format!("<script></script>{}", "<i>".repeat(1000))).is_some());
    }

    #[test]
    fn formatting_that_is_never_closed_is_too_much() {
        let open: Vec<String> = (0..300).map(|number| format!("<b id={number}>")).collect();
        let open = open.concat();
        assert!(too_deep(&format!("{open}{}", "<div>x</div>".repeat(100_000))).is_some());
    }
}
