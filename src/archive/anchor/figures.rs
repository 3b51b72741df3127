//! Figures that run over the edge of a quote: `500 euros` stands in `3 500 euros`, and says something else.

use std::ops::Range;

use super::edges::ends_where_words_end;
use crate::base::Lang;
use crate::prose::{Quantity, is_number_word, sense};

/// So many words around a quote can belong to a figure at its edge.
const WORDS: usize = 3;

/// Whether a figure at an edge of `place`, a quote in `text`, goes on outside of it, as the language writes figures: in groups
/// (`3 500`), as a range (`2–5 million`), in words (`twenty-five`), with a scale, a measure or a currency (`5 %`, `€5`).
pub fn are_cut(text: &str, place: &Range<usize>, lang: &Lang) -> bool {
    let quote = &text[place.clone()];
    let mut words = quote.split_whitespace();
    let has_digit = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    // `5 milioni di` ends within a figure, too.
    let ends_with_figure = quote.split_whitespace().rev().take(2).any(|word| has_digit(word) || is_number_word(word, lang));
    // Reading takes time, and most quotes neither begin nor end with a figure.
    if !(words.next().is_some_and(has_digit) || ends_with_figure || text[..place.start].ends_with(HYPHENS)) {
        return false;
    }
    let (own, wide) = (sense(quote, lang).quantities, sense(&text[with_neighbours(text, place)], lang).quantities);
    let same = |one: &Quantity, other: &Quantity| {
        (&one.value, &one.until, one.currency, one.unit, one.ordinal)
            == (&other.value, &other.until, other.currency, other.unit, other.ordinal)
    };
    let holds = |part: &[Quantity]| part.iter().zip(&own).all(|(one, other)| same(one, other));
    !own.is_empty() && !wide.windows(own.len()).any(holds)
}

/// The place with one or two words more at an end: `$5 million` may be written `5 million dollars`, `over 300` as `more than
/// 300`. No farther than the next comma.
pub fn widenings(text: &str, place: &Range<usize>) -> Vec<Range<usize>> {
    const STEPS: [(usize, usize); 5] = [(1, 0), (0, 1), (2, 0), (0, 2), (1, 1)];
    let parts = |c: char| !(c.is_alphanumeric() || matches!(c, ' ' | '\u{a0}' | '.') || is_money(c));
    let (before, after) = (&text[..place.start], &text[place.end..]);
    let start = before.rfind(parts).map_or(0, |mark| mark + before[mark..].chars().next().map_or(0, char::len_utf8));
    let (before, after) = (&before[start..], after[..after.find(parts).unwrap_or(after.len())].trim_end_matches('.'));
    let end = |words| place.end + after[..first_words(after, words)].trim_end_matches('.').len();
    STEPS.map(|(first, last)| place.start - last_words(before, first)..end(last)).to_vec()
}

fn is_money(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '%')
}

/// Where the figure begins that goes on before `at`.
pub fn whole_figure_first(text: &str, at: usize) -> usize {
    let goes_on = |(_, c): &(usize, char)| c.is_ascii_digit() || matches!(c, '.' | ',');
    let inside = text[at..].starts_with(|c: char| c.is_ascii_digit());
    let start = text[..at].char_indices().rev().take_while(goes_on).filter(|(_, c)| c.is_ascii_digit()).last();
    start.filter(|_| inside).map_or(at, |(start, _)| start)
}

/// Where the figure ends that goes on after `at`.
pub fn whole_figure_last(text: &str, at: usize) -> usize {
    let goes_on = |(_, c): &(usize, char)| c.is_ascii_digit() || matches!(c, '.' | ',');
    let inside = text[..at].ends_with(|c: char| c.is_ascii_digit());
    let last = text[at..].char_indices().take_while(goes_on).filter(|(_, c)| c.is_ascii_digit()).last();
    last.filter(|_| inside).map_or(at, |(last, _)| at + last + 1)
}

/// The bytes of so many words at the end of `text`.
pub fn last_words(text: &str, words: usize) -> usize {
    let starts = text.char_indices().rev();
    let starts = starts.filter(|(at, c)| !c.is_whitespace() && text[..*at].chars().next_back().is_none_or(char::is_whitespace));
    starts.take(words).last().map_or(0, |(start, _)| text.len() - start)
}

/// The bytes of so many words at the beginning of `text`.
pub fn first_words(text: &str, words: usize) -> usize {
    let ends = text.char_indices().map(|(at, c)| (at + c.len_utf8(), c));
    let ends = ends.filter(|(end, c)| !c.is_whitespace() && text[*end..].chars().next().is_none_or(char::is_whitespace));
    ends.take(words).last().map_or(0, |(end, _)| end)
}

const HYPHENS: [char; 3] = ['-', '‐', '‑'];

/// The run of words, set without spaces between them, that `range` begins and ends in.
pub fn whole_words(text: &str, range: &Range<usize>) -> Range<usize> {
    if ends_where_words_end(text, range) {
        return range.clone();
    }
    let start = text[..range.start].char_indices().rev().take_while(|(_, c)| !c.is_whitespace()).last().map_or(range.start, |(at, _)| at);
    let after = text[range.end..].find(char::is_whitespace).map_or(text.len(), |space| range.end + space);
    let end = range.end + text[range.end..after].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '”', '»', '"']).len();
    start..end
}

/// A place with the few words before and after it in its line.
fn with_neighbours(text: &str, place: &Range<usize>) -> Range<usize> {
    let (before, after) = (&text[..place.start], &text[place.end..]);
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    let spaces = before[line..].char_indices().rev().filter(|(_, c)| c.is_whitespace());
    let start = spaces.map(|(at, c)| line + at + c.len_utf8()).nth(WORDS).unwrap_or(line);
    let rest = &after[..after.find('\n').unwrap_or(after.len())];
    let end = rest.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at).nth(WORDS).unwrap_or(rest.len());
    start..place.end + end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_cut(lang: &str, text: &str, quote: &str, expected: bool) {
        let start = text.find(quote).unwrap();
        assert_eq!(are_cut(text, &(start..start + quote.len()), &Lang::new(lang).unwrap()), expected, "{quote:?} in {text:?}");
    }

    #[test]
    fn a_figure_that_goes_on_is_cut() {
        for (text, quote) in [
            ("It paid 3 500 euros to the mill.", "500 euros to the mill"),
            ("It paid 3\u{a0}500 euros to the mill.", "500 euros to the mill"),
            ("It has 2–5 million wells in the town.", "5 million wells in the town"),
            ("It has 1/5 wells in the town.", "5 wells in the town"),
            ("It has twenty-five wells in the town.", "five wells in the town"),
            ("The town paid the bank 5 million.", "The town paid the bank 5"),
            ("Prices in the town rose by 5%.", "Prices in the town rose by 5"),
            ("Then $5 million was paid in the town.", "5 million was paid in the town"),
        ] {
            check_cut("en", text, quote, true);
        }
        check_cut("it", "Ha pagato 3 500 euro al mulino.", "500 euro al mulino", true);
    }

    #[test]
    fn a_whole_figure_is_not() {
        for (text, quote) in [
            ("It paid 500 euros to the mill in 2024.", "500 euros to the mill"),
            ("In 2024, 15 million people came.", "15 million people came"),
            ("The town paid the bank 5 times in 2024.", "The town paid the bank"),
            ("It has 1,500 wells; 20 are dry.", "20 are dry"),
            ("It rose from 10 to 15 million in May.", "rose from 10 to 15 million in May"),
            ("A well-known mayor came.", "known mayor came"),
        ] {
            check_cut("en", text, quote, false);
        }
    }
}
