//! The sentence around a run of text.

use std::ops::Range;

/// The bounds of the sentence of `text` that holds `range`. A sentence ends at a newline, or at `.`, `!`, `?`,
/// `…` with closing quotes, before white space and a letter that is not small. Long ones are cut at words.
pub fn around(text: &str, range: &Range<usize>) -> Range<usize> {
    const REACH: usize = 240;
    let Range { start, end } = whole(text, range);
    let start = if range.start - start > REACH { cut_before(text, range.start - REACH, range.start) } else { start };
    let end = if end - range.end > REACH { cut_after(text, range.end, range.end + REACH) } else { end };
    start..end
}

/// The same, however long.
pub fn whole(text: &str, range: &Range<usize>) -> Range<usize> {
    sentence_start(text, range.start)..sentence_end(text, range.end)
}

fn sentence_start(text: &str, from: usize) -> usize {
    let before = &text[..from];
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    before[line..]
        .char_indices()
        .rev()
        .map(|(offset, c)| (line + offset, c))
        .find(|(position, c)| {
            c.is_whitespace() && ends_sentence(&text[line..*position]) && begins_sentence(&text[position + c.len_utf8()..])
        })
        .map_or(line, |(position, c)| position + c.len_utf8())
}

fn sentence_end(text: &str, from: usize) -> usize {
    let line = text[from..].find('\n').map_or(text.len(), |newline| from + newline);
    text[from..line]
        .char_indices()
        .map(|(offset, c)| (from + offset, c))
        .find(|(position, c)| c.is_whitespace() && ends_sentence(&text[..*position]) && begins_sentence(&text[position + c.len_utf8()..]))
        .map_or(line, |(position, _)| position)
}

fn ends_sentence(before: &str) -> bool {
    before.trim_end_matches(['"', '\'', '”', '’', '»', ')']).ends_with(['.', '!', '?', '…'])
}

fn begins_sentence(after: &str) -> bool {
    after.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase())
}

fn cut_before(text: &str, near: usize, limit: usize) -> usize {
    text[..limit]
        .char_indices()
        .skip_while(|(position, _)| *position < near)
        .find(|(_, c)| c.is_whitespace())
        .map_or(limit, |(position, c)| position + c.len_utf8())
}

fn cut_after(text: &str, limit: usize, near: usize) -> usize {
    text[limit..]
        .char_indices()
        .take_while(|(offset, _)| limit + offset <= near)
        .filter(|(_, c)| c.is_whitespace())
        .last()
        .map_or(limit, |(offset, _)| limit + offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, word: &str, expected: &str) {
        let start = text.find(word).unwrap();
        assert_eq!(&text[around(text, &(start..start + word.len()))], expected);
    }

    #[test]
    fn a_sentence_has_two_ends() {
        check("One. Two is here! Three.", "is", "Two is here!");
        check("Uno.\nIl S.p.A. di Due qui", "Due", "Il S.p.A. di Due qui");
        check("“Sì.” Disse lui. E poi", "lui", "Disse lui.");
        check("only", "only", "only");
    }
}
