//! The words of a template's tags, each with its place. Tera keeps its syntax tree to itself; it has read the template
//! before, so nothing is judged here.

use std::ops::Range;

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A name or a word of the language.
    Name,
    /// A text; its token is what stands between the quotes.
    Text,
    /// A number.
    Number,
    /// Anything else, such as `.`, `==` or `|`.
    Sign,
}

/// One word of a tag.
#[derive(Debug, Clone)]
pub struct Token<'t> {
    /// What it is.
    pub kind: Kind,
    /// What it says.
    pub text: &'t str,
    /// Where it stands.
    pub range: Range<usize>,
}

/// A tag.
#[derive(Debug)]
pub enum Tag<'t> {
    /// `{{ … }}`
    Printed(Vec<Token<'t>>),
    /// `{% … %}`
    Statement(Vec<Token<'t>>),
}

/// Signs of more than one character, longest first.
const LONG: [&str; 10] = ["...", "//", "**", "==", "!=", ">=", "<=", "</", "?.", "?["];

/// The tags of a template, in their order; not its comments, nor what is raw.
pub fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut raw = false;
    while let Some(opening) = text[at..].find('{').map(|offset| at + offset) {
        let rest = &text[opening..];
        if rest.starts_with("{#") && !raw {
            at = rest.find("#}").map_or(text.len(), |end| opening + end + 2);
        } else if rest.starts_with("{%") || rest.starts_with("{{") && !raw {
            let statement = rest.starts_with("{%");
            let (tokens, end) = words(text, opening + 2, if statement { "%}" } else { "}}" });
            let says = |word: &str| statement && tokens.len() == 1 && tokens[0].text == word;
            if raw && !says("endraw") {
                at = opening + 2;
                continue;
            }
            raw = says("raw");
            at = end;
            if !raw && !says("endraw") {
                found.push(if statement { Tag::Statement(tokens) } else { Tag::Printed(tokens) });
            }
        } else {
            at = opening + 1;
        }
    }
    found
}

/// The words from `at` to `closing`, and where that ends.
fn words<'t>(text: &'t str, mut at: usize, closing: &str) -> (Vec<Token<'t>>, usize) {
    let mut found = Vec::new();
    if text[at..].starts_with('-') {
        at += 1;
    }
    loop {
        let rest = text[at..].trim_start();
        at = text.len() - rest.len();
        if rest.starts_with(closing) {
            return (found, at + closing.len());
        }
        if rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(closing)) {
            return (found, at + 1 + closing.len());
        }
        let Some(first) = rest.chars().next() else { return (found, at) };
        let (kind, length) = measure(rest, first);
        let inner = if kind == Kind::Text { 1..(length - 1).max(1) } else { 0..length };
        found.push(Token { kind, text: rest.get(inner).unwrap_or_default(), range: at..at + length });
        at += length;
    }
}

fn measure(rest: &str, first: char) -> (Kind, usize) {
    let run = |holds: fn(char) -> bool| rest.find(|c| !holds(c)).unwrap_or(rest.len());
    match first {
        '"' | '\'' | '`' => (Kind::Text, quoted(rest, first)),
        '0'..='9' => (Kind::Number, run(|c| c.is_ascii_digit())),
        'a'..='z' | 'A'..='Z' | '_' => (Kind::Name, run(|c| c.is_ascii_alphanumeric() || c == '_')),
        _ => (Kind::Sign, LONG.iter().find(|sign| rest.starts_with(**sign)).map_or(first.len_utf8(), |sign| sign.len())),
    }
}

/// How long a text is, with its quotes.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let said = |tag: &Tag| {
            let (Tag::Printed(tokens) | Tag::Statement(tokens)) = tag;
            tokens.iter().map(|token| token.text).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(tags(text).iter().map(said).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn tags_are_cut_into_words() {
        check("a {{- b.c?.d | e(f=\"}}\") -}} {% if x>=1 and y %}", &["b . c ?. d | e ( f = }} )", "if x >= 1 and y"]);
        check("{{ <card a={b} c=\"d\" /> }}", &["< card a = { b } c = d / >"]);
    }

    #[test]
    fn comments_and_raw_text_hold_no_tags() {
        check("{# {{ a }} #}{% raw %}{{ b }}{% c %}{% endraw %}{{ d }}{ {e}", &["d"]);
    }
}
