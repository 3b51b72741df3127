//! Raw HTML of a stranger's made harmless. Only blocks that hold raw HTML come here.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use ammonia::Builder;

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::default();
    cleaner
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(None)
        .add_tag_attributes("mark", ["class", "id", "data-n"])
        .add_tag_attributes("a", ["class", "id"])
        .add_tag_attributes("sup", ["class", "id"])
        .add_tag_attributes("div", ["class"])
        .add_tag_attributes("td", ["class"])
        .add_tag_attributes("th", ["class"])
        .add_tag_attributes("li", ["id"])
        .add_tag_attributes("img", ["loading"])
        .add_tag_attributes("ol", ["start"])
        .attribute_filter(our_own);
    for heading in ["h2", "h3", "h4", "h5", "h6"] {
        cleaner.add_tag_attributes(heading, ["id"]);
    }
    cleaner
});

/// Stands before each class and id that this program writes, so that a stranger's can be told from ours and
/// dropped. A noncharacter of Unicode: no text has a use for it.
const SEAL: char = '\u{fdd0}';

fn our_own<'v>(_element: &str, name: &str, value: &'v str) -> Option<Cow<'v, str>> {
    match name {
        "class" | "id" | "data-n" => value.strip_prefix(SEAL).map(Cow::Borrowed),
        _ => Some(Cow::Borrowed(value)),
    }
}

/// Cleans one block, in which the runs `strange` are raw HTML of the text's own and the rest is ours: no
/// scripts, no handlers, no styles, no frames, no forms; only `http`, `https`, `mailto` and relative addresses;
/// classes and ids of ours alone.
pub fn block(html: &str, strange: &[Range<usize>]) -> String {
    let mut sealed = String::with_capacity(html.len() + 64);
    let mut done = 0;
    for run in strange {
        seal(&html[done..run.start], &mut sealed);
        sealed.extend(html[run.clone()].chars().filter(|c| *c != SEAL));
        done = run.end;
    }
    seal(&html[done..], &mut sealed);
    CLEANER.clean(&sealed).to_string().replace(SEAL, "")
}

fn seal(ours: &str, sealed: &mut String) {
    let mut text = ours.replace(SEAL, "");
    for attribute in ["class=\"", "id=\"", "data-n=\""] {
        text = text.replace(attribute, &format!("{attribute}{SEAL}"));
    }
    sealed.push_str(&text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_stranger_runs() {
        let hostile = [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<a href='javascript:alert(1)'>x</a>",
            "<svg><script>1</script></svg>",
            "<iframe src=//evil></iframe>",
            "<form action=/x><input name=p type=password></form>",
            "<style>*{display:none}</style>",
            "<p style='position:fixed'>x</p>",
            "<p class='note'>x</p>",
            "<mark id='q-x' class=mark data-n=1>x</mark>",
            "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
        ];
        for html in hostile {
            let clean = block(html, std::slice::from_ref(&(0..html.len())));
            for word in ["script", "onerror", "javascript", "iframe", "form", "input", "style", "class", "data", "id="] {
                assert!(!clean.contains(word), "{html} became {clean}");
            }
        }
    }

    #[test]
    fn what_we_write_ourselves_stays() {
        let html = "<p><b onclick=x>a</b> <mark class=\"mark s-confirmed\" id=\"q-x\">class=\"b\"</mark></p>";
        let start = html.find("<b").unwrap();
        let clean = block(html, std::slice::from_ref(&(start..start + 13)));
        assert_eq!(clean, "<p><b>a</b> <mark class=\"mark s-confirmed\" id=\"q-x\">class=\"b\"</mark></p>");
    }
}
