//! Where a quote may begin and end: at the edges of words and numbers, so that `5 million` is not found in
//! `15 million`. Scripts that set no spaces between words have no such edges.

use std::ops::Range;

use icu::properties::CodePointMapData;
use icu::properties::props::{GeneralCategory, GeneralCategoryGroup, Script};

/// Whether no word and no number runs over an edge of `place`, which is not empty.
pub fn ends_where_words_end(text: &str, place: &Range<usize>) -> bool {
    let quote = &text[place.clone()];
    let mut before = text[..place.start].chars().rev().filter(|c| !is_invisible(*c));
    let mut after = text[place.end..].chars().filter(|c| !is_invisible(*c));
    let (Some(first), Some(last)) = (quote.chars().next(), quote.chars().next_back()) else { return false };
    let (near, far) = (before.next(), before.next());
    let (next, further) = (after.next(), after.next());
    let inside_word = near.is_some_and(|c| join(c, first)) || next.is_some_and(|c| join(last, c));
    let inside_number = first.is_numeric() && divides(near) && is_digit(far) || last.is_numeric() && divides(next) && is_digit(further);
    let loses_sign = (first.is_numeric() || is_currency(first)) && is_sign(near) && far.is_none_or(may_precede_sign);
    !(inside_word || inside_number || loses_sign)
}

/// Whether two characters that touch are of one word or number.
fn join(left: char, right: char) -> bool {
    let mark = category(right);
    GeneralCategoryGroup::Mark.contains(mark) || is_of_word(left) && is_of_word(right) && !is_unspaced(left) && !is_unspaced(right)
}

/// Letters, digits, and what stands above or below the line beside them, as in `10⁻³`.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || ('\u{2070}'..='\u{209f}').contains(&c) || GeneralCategoryGroup::Mark.contains(category(c))
}

/// Whether a script sets no spaces between words.
pub fn is_unspaced(c: char) -> bool {
    let script = CodePointMapData::<Script>::new().get(c);
    [Script::Han, Script::Hiragana, Script::Katakana, Script::Thai, Script::Lao, Script::Khmer, Script::Myanmar].contains(&script)
        || c == 'ー'
}

/// What may stand between the digits of one number.
fn divides(c: Option<char>) -> bool {
    matches!(c, Some('.' | ',' | '\'' | '’' | '٫' | '٬' | '⁄'))
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(char::is_numeric)
}

fn is_sign(c: Option<char>) -> bool {
    matches!(c, Some('-' | '−' | '–'))
}

/// After a word or a number the same stroke is a hyphen or a dash.
fn may_precede_sign(c: char) -> bool {
    c.is_whitespace() || is_currency(c) || matches!(c, '(' | '[' | '{' | '"' | '\'' | '“' | '„' | '‘' | '«' | '<' | '>' | '=' | '~' | '≈')
}

fn is_currency(c: char) -> bool {
    category(c) == GeneralCategory::CurrencySymbol
}

pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn category(c: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(c)
}
