//! What a word is. The page's script (`templates/assets/search.js`) cuts and folds in the same way, and
//! `tests/browser/search.mjs` holds both against one list of examples.

use std::borrow::Cow;

use icu::normalizer::DecomposingNormalizerBorrowed;
use icu::properties::CodePointMapData;
use icu::properties::props::{GeneralCategory, GeneralCategoryGroup};

/// Longer runs are no words: keys, addresses, encoded data.
const LONGEST: usize = 64;

/// Tells `see` each word of `text` as it is written, with the byte at which it begins: a run of letters, digits and
/// marks. An apostrophe ends a word (`l’azienda`), a dot or comma between digits does not (`1.200,50`); each sign of
/// Chinese and Japanese is a word by itself.
pub fn each_word<'t>(text: &'t str, mut see: impl FnMut(usize, &'t str)) {
    let mut start = None;
    let mut chars = text.char_indices().peekable();
    let mut before = '\0';
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '.' | ',') && before.is_numeric() && chars.peek().is_some_and(|(_, next)| next.is_numeric());
        let inside = (is_part(c) || joins && start.is_some()) && !is_ideograph(c);
        match start {
            None if inside => start = Some(at),
            Some(begin) if !inside => {
                tell(begin, &text[begin..at], &mut see);
                start = None;
            }
            _ => {}
        }
        if is_ideograph(c) {
            tell(at, &text[at..at + c.len_utf8()], &mut see);
        }
        before = c;
    }
    if let Some(begin) = start {
        tell(begin, &text[begin..], &mut see);
    }
}

fn tell<'t>(at: usize, word: &'t str, see: &mut impl FnMut(usize, &'t str)) {
    if word.len() <= LONGEST {
        see(at, word);
    }
}

fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && (c.is_alphanumeric() || c == SOFT_HYPHEN || is_mark(c))
}

const SOFT_HYPHEN: char = '\u{ad}';

fn is_mark(c: char) -> bool {
    c >= '\u{300}' && GeneralCategoryGroup::Mark.contains(CodePointMapData::<GeneralCategory>::new().get(c))
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The word in small letters, as stemmers want it.
pub fn lower(word: &str) -> Cow<'_, str> {
    let is_low = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    if word.bytes().all(is_low) { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

/// The word without what readers leave out: capitals, accents (UAX #15, form KD without its marks), ligatures, the dots
/// of figures.
pub fn fold(word: &str) -> String {
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return word.to_ascii_lowercase();
    }
    let apart = DecomposingNormalizerBorrowed::new_nfkd().normalize(word);
    let kept: String = apart.chars().filter(|c| !is_mark(*c) && !matches!(*c, '.' | ',' | SOFT_HYPHEN)).collect();
    let mut folded = String::with_capacity(kept.len());
    for c in kept.to_lowercase().chars() {
        match LETTERS.iter().find(|(letter, _)| *letter == c) {
            Some((_, plain)) => folded.push_str(plain),
            None => folded.push(c),
        }
    }
    folded
}

/// Letters that Unicode does not take apart.
const LETTERS: [(char, &str); 9] =
    [('ß', "ss"), ('æ', "ae"), ('œ', "oe"), ('ø', "o"), ('ł', "l"), ('đ', "d"), ('ð', "d"), ('þ', "th"), ('ı', "i")];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let mut found = Vec::new();
        each_word(text, |at, word| {
            assert!(text[at..].starts_with(word));
            found.push(fold(word));
        });
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn words_are_cut_and_folded() {
        check("L’azienda: CITTÀ-stato, perché?", &["l", "azienda", "citta", "stato", "perche"]);
        check("1.200,50 e 3,5. Fine", &["120050", "e", "35", "fine"]);
        check("Straße Łódź œuvre", &["strasse", "lodz", "oeuvre"]);
        check("e\u{301}te\u{301} co\u{ad}op", &["ete", "coop"]);
        check("北京 2024 ok", &["北", "京", "2024", "ok"]);
        check("", &[]);
        check("... , ’", &[]);
    }

    #[test]
    fn what_is_too_long_to_be_a_word_is_none() {
        check(&format!("{} b", "a".repeat(LONGEST + 1)), &["b"]);
    }
}
