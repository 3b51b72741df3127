//! Words between quotation marks, of any tradition.

use std::ops::Range;

/// A mark that closes after more characters belongs to another.
const FARTHEST: usize = 4_000;

/// Opening marks, each with those that close it.
const MARKS: &[(char, &[char])] = &[
    ('“', &['”']),
    ('”', &['”']),
    ('„', &['“', '”']),
    ('«', &['»']),
    ('»', &['«', '»']),
    ('"', &['"']),
    ('‹', &['›']),
    ('›', &['‹', '›']),
    ('‘', &['’']),
    ('‚', &['‘', '’']),
    ('\'', &['\'']),
    ('「', &['」']),
    ('『', &['』']),
];

/// The parts of a text between quotation marks, the outermost.
pub fn quotations(text: &str) -> Vec<&str> {
    marked(text).into_iter().map(|part| &text[part]).collect()
}

/// Where they are: what stands between the marks.
pub fn marked(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let inside = at + c.len_utf8();
        let closes =
            MARKS.iter().find(|(open, _)| *open == c).filter(|_| opens(text, at, c)).and_then(|(_, marks)| end(text, inside, marks));
        at = inside;
        if let Some(close) = closes {
            found.push(inside..close);
            at = close + text[close..].chars().next().map_or(0, char::len_utf8);
        }
    }
    found
}

/// Where the parts between marks are with their marks, also those inside of others.
pub fn pairs(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for part in marked(text) {
        let open = text[..part.start].chars().next_back().map_or(0, char::len_utf8);
        let close = text[part.end..].chars().next().map_or(0, char::len_utf8);
        found.push(part.start - open..part.end + close);
        found.extend(pairs(&text[part.clone()]).into_iter().map(|inner| part.start + inner.start..part.start + inner.end));
    }
    found
}

/// The blocks of a canonical text in which a run of it stands: marks are paired in whole blocks.
pub fn blocks(text: &str, run: &Range<usize>) -> Range<usize> {
    let start = text[..run.start].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[run.end..].find('\n').map_or(text.len(), |newline| run.end + newline);
    start..end
}

/// A single mark between letters is an apostrophe, and one before a digit leaves out a century.
fn opens(text: &str, at: usize, mark: char) -> bool {
    let is_of_word = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    let leaves_out = text[at + mark.len_utf8()..].starts_with(|c: char| c.is_whitespace() || c.is_numeric());
    mark != '\'' || !is_of_word && !leaves_out
}

fn end(text: &str, from: usize, marks: &[char]) -> Option<usize> {
    let rest = text[from..].char_indices().take(FARTHEST).map(|(at, c)| (from + at, c));
    let is_apostrophe = |at: usize, c: char| matches!(c, '’' | '\'') && text[at + c.len_utf8()..].starts_with(char::is_alphanumeric);
    rest.filter(|(at, c)| marks.contains(c) && !is_apostrophe(*at, *c)).map(|(at, _)| at).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_stand_between_marks_of_any_tradition() {
        for (text, expected) in [
            ("He said “we go all in” and “now”.", &["we go all in", "now"][..]),
            ("Ha detto «puntare tutto».", &["puntare tutto"]),
            ("Er sagte „alles“.", &["alles"]),
            ("Er sagte »alles«.", &["alles"]),
            ("He said \"all\" in.", &["all"]),
            ("He said ‘I don’t know’.", &["I don’t know"]),
            ("He said 'I don't know'.", &["I don't know"]),
            ("L’azienda dell’anno, l'altra e gli anni '90", &[]),
            ("“He said ‘all’ in”", &["He said ‘all’ in"]),
            ("an “open end", &[]),
            ("他说「全力」。", &["全力"]),
        ] {
            assert_eq!(quotations(text), expected, "{text}");
        }
    }

    #[test]
    fn pairs_hold_their_marks_and_those_inside() {
        let text = "a “b ‘c’ d” e";
        assert_eq!(pairs(text).into_iter().map(|pair| &text[pair]).collect::<Vec<_>>(), ["“b ‘c’ d”", "‘c’"]);
    }
}
