//! A text as words, and how the words of a quote lie in it. Forms of a word are partly alike; that two words mean the same is not known here.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::{edges, normal};

/// A word, without case and typographic variants.
#[derive(Debug, Clone)]
pub struct Word {
    pub range: Range<usize>,
    /// What it says.
    pub key: u64,
    /// Its first letters, so many as `STEMS` has: `rise` and `rising` are alike. A number is like no other.
    stems: [Option<u64>; STEMS.len()],
    /// In characters.
    pub length: usize,
    /// A sentence or a block begins with it.
    pub opens: bool,
}

/// Words that begin with as many equal letters are probably forms of one.
const STEMS: [usize; 3] = [8, 6, 4];

/// How a quote's words lie in a stretch.
pub struct Aligned {
    /// The first and the last word of the stretch that the quote has, too.
    pub first: usize,
    pub last: usize,
    /// The characters of common words; of words that only begin alike, half.
    pub common: f64,
    /// How many words of the quote stand before the first and after the last common one.
    pub head: usize,
    pub tail: usize,
}

/// What a word costs that stands between common ones, for each of its characters.
const BETWEEN: f64 = 0.2;
/// What it costs to go on into the next sentence, in characters: one article in common does not pay for it.
const BREAK: f64 = 5.0;

/// Lays `quote` into `there` so that the most characters are in common words, in order, with few others between them.
#[expect(clippy::cast_precision_loss, reason = "words are short")]
pub fn align(quote: &[Word], there: &[Word]) -> Option<Aligned> {
    let (rows, columns) = (quote.len() + 1, there.len() + 1);
    // The best that ends with the first `row` words of the quote and the first `column` of the stretch.
    let mut best = vec![0.0_f64; rows * columns];
    let mut end = (0.0, 0, 0);
    for row in 1..rows {
        for column in 1..columns {
            let (one, other) = (&quote[row - 1], &there[column - 1]);
            let shared = gain(one, other);
            let same = joined(best[(row - 1) * columns + column - 1], one, other) + shared;
            let skipped = best[row * columns + column - 1] - between(other);
            let gone = best[(row - 1) * columns + column] - BETWEEN * one.length as f64;
            let score = if shared > 0.0 { same.max(skipped).max(gone) } else { skipped.max(gone) }.max(0.0);
            best[row * columns + column] = score;
            if score > end.0 {
                end = (score, row, column);
            }
        }
    }
    let (score, mut row, mut column) = end;
    if score <= 0.0 {
        return None;
    }
    let (last, tail) = (column - 1, quote.len() - row);
    let (mut first, mut head, mut sum) = (last, row - 1, 0.0);
    while row > 0 && column > 0 && best[row * columns + column] > 0.0 {
        let here = best[row * columns + column];
        let (one, other) = (&quote[row - 1], &there[column - 1]);
        let (shared, before) = (gain(one, other), best[(row - 1) * columns + column - 1]);
        if shared > 0.0 && here <= joined(before, one, other) + shared {
            (first, head, sum) = (column - 1, row - 1, sum + common(one, other));
            if joined(before, one, other) <= 0.0 {
                break;
            }
            (row, column) = (row - 1, column - 1);
        } else if here <= best[row * columns + column - 1] - between(other) {
            column -= 1;
        } else {
            row -= 1;
        }
    }
    Some(Aligned { first, last, common: sum, head, tail })
}

/// What goes before two words is worth less where a sentence begins with one of them alone.
fn joined(before: f64, one: &Word, other: &Word) -> f64 {
    if other.opens && !one.opens { (before - BREAK).max(0.0) } else { before }
}

/// What it costs to leave a word of the stretch out.
#[expect(clippy::cast_precision_loss, reason = "words are short")]
fn between(other: &Word) -> f64 {
    BETWEEN * other.length as f64 + if other.opens { BREAK } else { 0.0 }
}

/// What two common words tell. The shortest stand everywhere.
fn gain(one: &Word, other: &Word) -> f64 {
    const SHORT: usize = 3;
    common(one, other) * if one.length <= SHORT { 0.5 } else { 1.0 }
}

/// The characters that two words have in common: all, those that they begin with, or none.
#[expect(clippy::cast_precision_loss, reason = "words are short")]
pub fn common(one: &Word, other: &Word) -> f64 {
    if one.key == other.key {
        return one.length as f64;
    }
    let stems = STEMS.iter().zip(one.stems.iter().zip(&other.stems));
    stems.into_iter().find(|(_, (stem, like))| stem.is_some() && stem == like).map_or(0.0, |(letters, _)| *letters as f64)
}

/// The words of `text`: runs of letters and digits; of scripts without spaces, every character.
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (at, c) in text.char_indices() {
        let is_alone = edges::is_unspaced(c);
        if !c.is_alphanumeric() && !edges::is_invisible(c) || is_alone {
            words.extend(open.take().map(|(start, folded)| word(text, start..at, &folded)));
        }
        if is_alone {
            words.push(word(text, at..at + c.len_utf8(), c.encode_utf8(&mut [0; 4])));
        } else if c.is_alphanumeric() {
            let (_, folded) = open.get_or_insert_with(|| (at, String::new()));
            normal::fold(c, folded);
        }
    }
    words.extend(open.map(|(start, folded)| word(text, start..text.len(), &folded)));
    words
}

fn word(text: &str, range: Range<usize>, folded: &str) -> Word {
    let folded = folded.to_lowercase();
    let is_number = folded.starts_with(char::is_numeric);
    let stem = |letters: usize| folded.char_indices().map(|(at, c)| at + c.len_utf8()).nth(letters - 1).map(|end| hash(&folded[..end]));
    Word {
        key: hash(&folded),
        stems: if is_number { [None; STEMS.len()] } else { STEMS.map(stem) },
        length: folded.chars().count(),
        opens: opens(text, range.start),
        range,
    }
}

/// Whether a sentence or a block begins with the word at `start`.
fn opens(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end_matches(|c: char| !c.is_alphanumeric());
    let between = &text[before.len()..start];
    let ends_sentence = between.contains(['.', '!', '?', '…']) && between.contains(char::is_whitespace);
    before.is_empty() || between.contains('\n') || ends_sentence && !text[start..].starts_with(char::is_lowercase)
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
