//! Raw HTML of a stranger's made harmless: blocks as a whole, inline tags one by one. Our own markup never comes
//! here, so no class and no id need pass.

mod depth;

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;
use pulldown_cmark_escape::escape_html_body_text;

static BLOCKS: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::default();
    cleaner.url_schemes(HashSet::from(["http", "https", "mailto"])).link_rel(None);
    cleaner
});

static TAGS: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::default();
    cleaner
        .tags(HashSet::from(INLINE))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(None)
        .add_tag_attributes("data", ["value"]);
    cleaner
});

/// The elements that raw inline HTML may hold; of others only the words stay.
const INLINE: [&str; 34] = [
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "q", "rp", "rt",
    "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "strike",
];

/// The name of an element that may stand in running text.
pub fn inline_element(name: &str) -> Option<&'static str> {
    INLINE.into_iter().find(|element| element.eq_ignore_ascii_case(name))
}

/// Whether an element has no content and no closing tag.
pub fn is_void(element: &str) -> bool {
    ["br", "wbr", "img"].contains(&element)
}

/// The opening tag `raw` of `element` with its harmless attributes.
pub fn inline_tag(raw: &str, element: &str) -> Option<String> {
    let clean = TAGS.clean(raw).to_string();
    let tag = if is_void(element) { &clean } else { clean.strip_suffix(&format!("</{element}>"))? };
    tag.strip_prefix('<')?.starts_with(element).then(|| tag.to_owned())
}

/// Cleans an HTML block: no scripts, no handlers, no styles, no frames, no forms; only `http`, `https`, `mailto`
/// and relative addresses; no classes and ids. A block that nests too deep to be read in reasonable time is
/// shown as it is written.
pub fn block(raw: &str) -> String {
    if depth::is_sane(raw) {
        return BLOCKS.clean(raw).to_string();
    }
    let mut shown = String::from("<pre>");
    escape_html_body_text(&mut shown, raw).expect("a string takes every write");
    shown.push_str("</pre>\n");
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: [&str; 11] = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<svg><script>1</script></svg>",
        "<iframe src=//evil></iframe>",
        "<form action=/x><input name=p type=password></form>",
        "<style>*{display:none}</style>",
        "<p style='position:fixed' class='&#xFDD0;note'>x</p>",
        "<p class='note'>x</p>",
        "<mark id='q-x' class=mark data-n=1>x</mark>",
        "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
    ];

    #[test]
    fn nothing_of_a_stranger_runs() {
        for html in HOSTILE {
            let clean = block(html);
            for word in ["script", "onerror", "javascript", "iframe", "form", "input", "style", "class", "data", "id="] {
                assert!(!clean.contains(word), "{html} became {clean}");
            }
        }
    }

    #[test]
    fn a_tag_is_cleaned_by_itself() {
        let clean = |raw: &str, element| inline_tag(raw, element).unwrap();
        assert_eq!(clean("<b onclick=x title=\"a&amp;b\">", "b"), "<b title=\"a&amp;b\">");
        assert_eq!(clean("<A HREF=javascript:x>", "a"), "<a>");
        assert_eq!(clean("<a href='/x' class=entity id=_fn-1>", "a"), "<a href=\"/x\">");
        assert_eq!(clean("<br/>", "br"), "<br>");
        assert_eq!(clean("<rt>", "rt"), "<rt>");
    }

    #[test]
    fn a_block_that_nests_without_end_is_shown_as_written() {
        let deep = "<div>".repeat(100_000);
        assert!(block(&deep).starts_with("<pre>&lt;div&gt;"));
        let forged = "<div title='</div>'><!--</div>--></span>".repeat(50_000);
        assert!(block(&forged).starts_with("<pre>"));
        let formats = (0..50_000).map(|n| format!("<b title={n}><p>")).collect::<Vec<_>>().concat();
        assert!(block(&formats).starts_with("<pre>"));
        let table = format!("<table>{}</table>", "<tr><td><b>1</b><td>2<br></tr>".repeat(2_000));
        assert!(block(&table).starts_with("<table>"));
    }
}
