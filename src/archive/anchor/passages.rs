//! A text as words, in which passages are found that are nearly some other words.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use rapidhash::{HashMapExt, RapidHashMap};

use super::{edges, normal};

/// A text as words, each with the way back to its bytes.
pub struct Passages {
    words: Vec<Word>,
    /// Where each word stands, by what it says.
    places: RapidHashMap<u64, Vec<u32>>,
}

/// A word, without case and typographic variants.
#[derive(Debug, Clone)]
struct Word {
    range: Range<usize>,
    /// What it says.
    key: u64,
    /// How it begins: `rise` and `rising` are alike.
    stem: u64,
    /// In characters.
    length: usize,
}

/// A passage that is nearly the words that were looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The share of characters that stand in words common to both, in their order: from 0 to 1 (Dice's coefficient).
    pub likeness: f64,
}

impl Passages {
    /// More words than these are no quote that was reworded.
    const LONGEST: usize = 400;
    /// So many places of words are looked at; rare words first.
    const LOOKS: usize = 2_000;
    /// So many stretches of the text are compared word by word.
    const STRETCHES: usize = 6;

    /// Reads `text` into words.
    pub fn new(text: &str) -> Self {
        let words = words(text);
        let mut places: RapidHashMap<u64, Vec<u32>> = RapidHashMap::with_capacity(words.len());
        for (position, word) in (0_u32..).zip(&words) {
            places.entry(word.key).or_default().push(position);
        }
        Self { words, places }
    }

    /// The passages of `text`, which was read, that are most like `quote`, the most like first. Takes time in proportion to the quote, not to the text.
    pub fn like(&self, text: &str, quote: &str) -> Vec<Passage> {
        let signs = Signs::of(quote);
        let quote = words(quote);
        if quote.is_empty() || quote.len() > Self::LONGEST {
            return Vec::new();
        }
        let mut found: Vec<Passage> = self.stretches(&quote).into_iter().flat_map(|stretch| self.compare_parts(&quote, stretch)).collect();
        found.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.range.start.cmp(&b.range.start)));
        let mut apart: Vec<Passage> = Vec::new();
        for passage in found {
            if apart.iter().all(|other| passage.range.end <= other.range.start || other.range.end <= passage.range.start) {
                apart.push(passage);
            }
        }
        for passage in &mut apart {
            passage.range = signs.beside(text, &passage.range);
        }
        apart
    }

    /// Stretches of the text in which many of the quote's words stand in about their order, as ranges of words.
    fn stretches(&self, quote: &[Word]) -> Vec<Range<usize>> {
        let width = quote.len() / 2 + 4;
        let mut rare: Vec<(usize, &[u32])> =
            quote.iter().enumerate().filter_map(|(nth, word)| Some((nth, self.places.get(&word.key)?.as_slice()))).collect();
        rare.sort_by_key(|(nth, places)| (places.len(), *nth));
        let mut votes: RapidHashMap<usize, f64> = RapidHashMap::new();
        let mut looks = 0;
        for (nth, places) in rare {
            looks += places.len();
            if looks > Self::LOOKS && !votes.is_empty() {
                break;
            }
            for place in places.iter().take(Self::LOOKS) {
                // Where the quote would begin; both neighbours count, so that no stretch is cut in two.
                let begin = (*place as usize + quote.len()).saturating_sub(nth) / width;
                for near in [begin, begin + 1] {
                    *votes.entry(near).or_default() += weight(places.len());
                }
            }
        }
        let mut ranked: Vec<(usize, f64)> = votes.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let stretch = |(begin, _): (usize, f64)| {
            let begin = (begin * width).saturating_sub(quote.len() + width);
            begin.saturating_sub(width)..(begin + 3 * width + 2 * quote.len()).min(self.words.len())
        };
        ranked.into_iter().take(Self::STRETCHES).map(stretch).filter(|stretch| !stretch.is_empty()).collect()
    }

    /// The part of a stretch that is most like the quote, and those before and after it: twins often stand side by side.
    fn compare_parts(&self, quote: &[Word], stretch: Range<usize>) -> Vec<Passage> {
        let Some((best, place)) = self.compare(quote, stretch.clone()) else { return Vec::new() };
        let beside = [stretch.start..place.start, place.end..stretch.end];
        let others = beside.into_iter().filter(|part| part.len() * 2 >= quote.len()).filter_map(|part| self.compare(quote, part));
        std::iter::once(best).chain(others.map(|(passage, _)| passage)).collect()
    }

    /// The part of a stretch that is most like the quote, and which words it is.
    fn compare(&self, quote: &[Word], stretch: Range<usize>) -> Option<(Passage, Range<usize>)> {
        let there = &self.words[stretch.clone()];
        let Aligned { first, last, common, head, tail } = align(quote, there)?;
        let (first, last) = (stretch.start + first, stretch.start + last);
        // Words at either end that were replaced by others stand beside the ones that stayed.
        let before = (0..head).take_while(|step| first > stretch.start + step && self.touch(first - step - 1)).count();
        let after = (0..tail).take_while(|step| last + step + 1 < stretch.end && self.touch(last + step)).count();
        let beside = (1..=before).map(|step| self.common(&quote[head - step], first - step));
        let beside = beside.chain((1..=after).map(|step| self.common(&quote[quote.len() - tail + step - 1], last + step)));
        let common = common + beside.sum::<f64>();
        let (first, last) = (first - before, last + after);
        let length = |words: &[Word]| words.iter().map(|word| word.length).sum::<usize>();
        let all = length(quote) + length(&self.words[first..=last]);
        #[expect(clippy::cast_precision_loss, reason = "quotes are far shorter than 2^52 characters")]
        let likeness = (2.0 * common / all as f64).min(1.0);
        Some((Passage { range: self.words[first].range.start..self.words[last].range.end, likeness }, first..last + 1))
    }

    fn common(&self, word: &Word, position: usize) -> f64 {
        common(word, &self.words[position])
    }

    /// Whether the word after `position` follows it directly, with nothing but a space between them.
    fn touch(&self, position: usize) -> bool {
        self.words[position + 1].range.start - self.words[position].range.end <= 1
    }
}

/// What a quote has before its first word and after its last: `€`, `%`, quotation marks.
struct Signs<'q> {
    before: &'q str,
    after: &'q str,
}

impl<'q> Signs<'q> {
    fn of(quote: &'q str) -> Self {
        let first = quote.find(char::is_alphanumeric).unwrap_or(0);
        let after = quote.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        Self { before: &quote[..first], after: &quote[after..] }
    }

    /// `range` with as many of these signs as stand around it.
    fn beside(&self, text: &str, range: &Range<usize>) -> Range<usize> {
        let before = reach(self.before.chars().rev(), text[..range.start].chars().rev());
        let after = reach(self.after.chars(), text[range.end..].chars());
        range.start - before..range.end + after
    }
}

/// The bytes of the characters of `there` up to the last of the `signs` that come first in it; spaces aside.
fn reach(signs: impl Iterator<Item = char>, there: impl Iterator<Item = char>) -> usize {
    let mut there = there.peekable();
    let (mut walked, mut reached) = (0, 0);
    for sign in signs.filter(|c| !c.is_whitespace()) {
        while let Some(space) = there.next_if(|c| c.is_whitespace() && *c != '\n') {
            walked += space.len_utf8();
        }
        let Some(c) = there.next_if(|c| alike(*c, sign)) else { break };
        walked += c.len_utf8();
        reached = walked;
    }
    reached
}

fn alike(one: char, other: char) -> bool {
    let folded = |c| {
        let mut text = String::new();
        normal::fold(c, &mut text);
        text
    };
    folded(one) == folded(other)
}

/// How much a word tells that stands at so many places.
#[expect(clippy::cast_precision_loss, reason = "a weight")]
fn weight(places: usize) -> f64 {
    1.0 / (1.0 + (places as f64).ln())
}

/// How a quote's words lie in a stretch.
struct Aligned {
    /// The first and the last word of the stretch that the quote has, too.
    first: usize,
    last: usize,
    /// The characters of common words; of words that only begin alike, half.
    common: f64,
    /// How many words of the quote stand before the first and after the last common one.
    head: usize,
    tail: usize,
}

/// Lays `quote` into `there` so that the most characters are in common words, in order, with few others between them.
#[expect(clippy::cast_precision_loss, reason = "words are short")]
fn align(quote: &[Word], there: &[Word]) -> Option<Aligned> {
    /// What a word costs that stands between common ones.
    const BETWEEN: f64 = 0.2;
    let (rows, columns) = (quote.len() + 1, there.len() + 1);
    // The best that ends with the first `row` words of the quote and the first `column` of the stretch.
    let mut best = vec![0.0_f64; rows * columns];
    let mut end = (0.0, 0, 0);
    for row in 1..rows {
        for column in 1..columns {
            let (one, other) = (&quote[row - 1], &there[column - 1]);
            let same = best[(row - 1) * columns + column - 1] + common(one, other);
            let skipped = best[row * columns + column - 1] - BETWEEN * other.length as f64;
            let gone = best[(row - 1) * columns + column] - BETWEEN * one.length as f64;
            let score = if common(one, other) > 0.0 { same.max(skipped).max(gone) } else { skipped.max(gone) }.max(0.0);
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
        let shared = common(one, other);
        if shared > 0.0 && here <= best[(row - 1) * columns + column - 1] + shared {
            (first, head, sum) = (column - 1, row - 1, sum + shared);
            (row, column) = (row - 1, column - 1);
        } else if here <= best[row * columns + column - 1] - BETWEEN * other.length as f64 {
            column -= 1;
        } else {
            row -= 1;
        }
    }
    Some(Aligned { first, last, common: sum, head, tail })
}

/// The characters that two words have in common: all, half, or none.
#[expect(clippy::cast_precision_loss, reason = "words are short")]
fn common(one: &Word, other: &Word) -> f64 {
    if one.key == other.key {
        one.length as f64
    } else if one.stem == other.stem {
        one.length.min(other.length) as f64 / 2.0
    } else {
        0.0
    }
}

/// The words of `text`: runs of letters and digits; of scripts without spaces, every character.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (at, c) in text.char_indices() {
        let is_alone = edges::is_unspaced(c);
        if !c.is_alphanumeric() && !edges::is_invisible(c) || is_alone {
            words.extend(open.take().map(|(start, folded)| word(start..at, &folded)));
        }
        if is_alone {
            words.push(word(at..at + c.len_utf8(), c.encode_utf8(&mut [0; 4])));
        } else if c.is_alphanumeric() {
            let (_, folded) = open.get_or_insert_with(|| (at, String::new()));
            normal::fold(c, folded);
        }
    }
    words.extend(open.map(|(start, folded)| word(start..text.len(), &folded)));
    words
}

fn word(range: Range<usize>, folded: &str) -> Word {
    /// Words that begin with as many equal letters are probably forms of one.
    const STEM: usize = 4;
    let folded = folded.to_lowercase();
    let length = folded.chars().count();
    let is_number = folded.starts_with(char::is_numeric);
    let stem = folded.char_indices().nth(STEM).filter(|_| !is_number).map_or(folded.as_str(), |(end, _)| &folded[..end]);
    Word { range, key: hash(&folded), stem: hash(stem), length }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_like(text: &str, quote: &str, expected: &str, likeness: f64) {
        let found = Passages::new(text).like(text, quote);
        let first = found.first().unwrap_or_else(|| panic!("nothing like {quote:?} in {text:?}"));
        assert_eq!(&text[first.range.clone()], expected, "{quote:?}");
        assert!((first.likeness - likeness).abs() < 0.01, "{quote:?} is alike by {}", first.likeness);
    }

    #[test]
    fn the_same_words_are_wholly_alike() {
        check_like(
            "Of old. The river «rose», by  three metres! And fell.",
            "the river rose by three metres",
            "The river «rose», by  three metres",
            1.0,
        );
    }

    #[test]
    fn reworded_passages_are_found_with_their_ends() {
        let text = "First came rain. The wide river slowly rose by three metres in the night. Then it fell.";
        check_like(text, "The river rose by three metres in one night", "The wide river slowly rose by three metres in the night", 0.8);
        check_like(text, "A river rose by three metres in the dark", "wide river slowly rose by three metres in the night", 0.73);
    }

    #[test]
    fn forms_of_a_word_are_half_alike() {
        check_like("The company reports a loss.", "The company reported a loss", "The company reports a loss", 0.82);
        check_like("In 20250 it was so.", "In 20251 it was so", "In 20250 it was so", 0.64);
    }

    #[test]
    fn hostile_texts_take_little_time() {
        let text = "a b ".repeat(100_000);
        let passages = Passages::new(&text);
        for _ in 0..200 {
            passages.like(&text, &"b a c ".repeat(50));
        }
        assert!(passages.like(&text, &"a ".repeat(1_000)).is_empty());
    }
}
