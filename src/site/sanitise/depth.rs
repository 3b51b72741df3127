//! How deep raw HTML nests, read roughly and never too low: parsers take time in the square of it.

/// Whether `raw` can be parsed in time that grows with its length.
pub(super) fn is_sane(raw: &str) -> bool {
    const DEEPEST: usize = 200;
    const MOST_WORK: usize = 500_000;
    let mut tags = Tags { rest: raw, exact: true };
    let mut open: Vec<String> = Vec::new();
    let mut work = 0;
    while let Some((closing, name)) = tags.next_tag() {
        if closing {
            // What is left open inside stays open: so do formatting elements for a parser.
            if let Some(position) = open.iter().rposition(|element| *element == name) {
                open.remove(position);
            }
        } else {
            // Formatting elements are opened again in every block that begins under them.
            work += open.len();
            let closes_itself = tags.exact && CLOSING_THEMSELVES.contains(&name.as_str());
            open.extend(Some(name).filter(|_| !closes_itself));
        }
        if open.len() > DEEPEST || work > MOST_WORK {
            return false;
        }
    }
    true
}

/// Elements without content, and those that end where the next of their kind begins.
const CLOSING_THEMSELVES: [&str; 26] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li", "dt", "dd",
    "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup",
];

/// Elements in which tags mean something else than elsewhere. After one of them every tag counts as opening.
const CHANGING: [&str; 10] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "svg", "math"];

struct Tags<'t> {
    rest: &'t str,
    exact: bool,
}

impl Tags<'_> {
    /// The next tag: whether it closes, and its name in lower case.
    fn next_tag(&mut self) -> Option<(bool, String)> {
        loop {
            self.rest = self.rest.get(self.rest.find('<')? + 1..)?;
            if self.exact && self.rest.starts_with("!--") {
                self.skip_comment();
                continue;
            }
            let (closing, inner) = self.rest.strip_prefix('/').map_or((false, self.rest), |inner| (true, inner));
            if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
                continue;
            }
            let length = inner.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(inner.len());
            let name = inner[..length].to_ascii_lowercase();
            self.rest = &inner[length..];
            if self.exact {
                self.skip_attributes();
                self.exact = !CHANGING.contains(&name.as_str());
            } else if closing {
                continue;
            }
            return Some((closing, name));
        }
    }

    fn skip_comment(&mut self) {
        let inner = &self.rest[3..];
        let short = [">", "->"].into_iter().find(|end| inner.starts_with(end));
        let ends = ["-->", "--!>"].into_iter().filter_map(|end| Some(inner.find(end)? + end.len()));
        let end = short.map(str::len).or_else(|| ends.min()).unwrap_or(inner.len());
        self.rest = &inner[end..];
    }

    /// To the end of the tag; a `>` inside quotes that follow `=` does not end it.
    fn skip_attributes(&mut self) {
        let mut chars = self.rest.char_indices();
        let mut valued = false;
        while let Some((at, c)) = chars.next() {
            match c {
                '>' => {
                    self.rest = &self.rest[at + 1..];
                    return;
                }
                '"' | '\'' if valued => {
                    chars.by_ref().find(|(_, other)| *other == c);
                    valued = false;
                }
                '=' => valued = true,
                c if c.is_ascii_whitespace() => {}
                _ => valued = false,
            }
        }
        self.rest = "";
    }
}
