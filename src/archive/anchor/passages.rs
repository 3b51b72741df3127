//! A text as words, in which passages are found that are nearly some other words.

use std::ops::Range;

use rapidhash::{HashMapExt, RapidHashMap};

use super::alignment::{Aligned, Word, align, common, words};
use super::normal;
use crate::parse::sidecar::Anchor;

/// A text as words, each with the way back to its bytes.
pub struct Passages {
    words: Vec<Word>,
    /// Where each word stands, by what it says.
    places: RapidHashMap<u64, Vec<u32>>,
}

/// A passage that is nearly the words that were looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The share of characters that stand in words common to both, in their order: from 0 to 1 (Dice's coefficient).
    pub likeness: f64,
    /// The share of the quote's own characters that stand here.
    pub kept: f64,
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
    pub fn like(&self, text: &str, anchor: &Anchor) -> Vec<Passage> {
        let signs = Signs::of(&anchor.exact);
        let quote = Quote::of(anchor);
        if quote.words.is_empty() || quote.words.len() > Self::LONGEST {
            return Vec::new();
        }
        let mut found: Vec<Passage> =
            self.stretches(&quote.words).into_iter().flat_map(|stretch| self.compare_parts(&quote, stretch)).collect();
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
    fn compare_parts(&self, quote: &Quote, stretch: Range<usize>) -> Vec<Passage> {
        let Some((best, place)) = self.compare(quote, stretch.clone()) else { return Vec::new() };
        let beside = [stretch.start..place.start, place.end..stretch.end];
        let others = beside.into_iter().filter(|part| part.len() * 2 >= quote.words.len()).filter_map(|part| self.compare(quote, part));
        std::iter::once(best).chain(others.map(|(passage, _)| passage)).collect()
    }

    /// The part of a stretch that is most like the quote, and which words it is.
    fn compare(&self, quote: &Quote, stretch: Range<usize>) -> Option<(Passage, Range<usize>)> {
        let words = &quote.words;
        let Aligned { first, last, common, head, tail } = align(words, &self.words[stretch.clone()])?;
        let (common_first, common_last) = (stretch.start + first, stretch.start + last);
        let first = self.begin(quote, common_first, head, stretch.start);
        let last = self.end(quote, common_last, tail, stretch.end);
        let before = (1..=head.min(common_first - first)).map(|step| self.common(&words[head - step], common_first - step));
        let after = (1..=tail.min(last - common_last)).map(|step| self.common(&words[words.len() - tail + step - 1], common_last + step));
        let common = common + before.chain(after).sum::<f64>();
        #[expect(clippy::cast_precision_loss, reason = "quotes are far shorter than 2^52 characters")]
        let length = |words: &[Word]| words.iter().map(|word| word.length).sum::<usize>() as f64;
        let share = |all: f64| (common / all).min(1.0);
        let (old, new) = (length(words), length(&self.words[first..=last]));
        let range = self.words[first].range.start..self.words[last].range.end;
        Some((Passage { range, likeness: share(f64::midpoint(old, new)), kept: share(old) }, first..last + 1))
    }

    /// The first word of the passage: the one after the words that are given before the quote, if these stand near; else words
    /// that came in place of the first ones of the quote stand beside those that stayed.
    fn begin(&self, quote: &Quote, common: usize, head: usize, limit: usize) -> usize {
        let given = &quote.before;
        let bound = (0..=head + NEWCOMERS).filter_map(|step| common.checked_sub(step)).take_while(|at| *at > limit);
        let stands = |at: usize| at >= given.len() && self.stand(at - given.len(), given);
        if let Some(bound) = bound.into_iter().find(|at| given.len() >= BOUND && stands(*at)) {
            return bound;
        }
        let reach = |from: usize, steps: usize| {
            (0..steps).take_while(|step| from > limit + step && self.touch(from - step - 1) && !self.words[from - step].opens).count()
        };
        let start = common - reach(common, head);
        let rest = reach(start, NEWCOMERS);
        if quote.begins && head > 0 && self.words[start - rest].opens { start - rest } else { start }
    }

    /// The last word of the passage, likewise.
    fn end(&self, quote: &Quote, common: usize, tail: usize, limit: usize) -> usize {
        let given = &quote.after;
        let bound = (common..=common + tail + NEWCOMERS).take_while(|at| *at < limit);
        if let Some(bound) = bound.into_iter().find(|at| given.len() >= BOUND && self.stand(at + 1, given)) {
            return bound;
        }
        let reach = |from: usize, steps: usize| {
            (0..steps).take_while(|step| from + step + 1 < limit && self.touch(from + step) && !self.words[from + step + 1].opens).count()
        };
        let end = common + reach(common, tail);
        let rest = reach(end, NEWCOMERS);
        let ends = self.words.get(end + rest + 1).is_none_or(|next| next.opens);
        if quote.ends && tail > 0 && ends { end + rest } else { end }
    }

    /// Whether these words stand from `at` on.
    fn stand(&self, at: usize, words: &[u64]) -> bool {
        self.words.get(at..at + words.len()).is_some_and(|there| there.iter().map(|word| word.key).eq(words.iter().copied()))
    }

    fn common(&self, word: &Word, position: usize) -> f64 {
        common(word, &self.words[position])
    }

    /// Whether the word after `position` follows it directly, with nothing but a space between them.
    fn touch(&self, position: usize) -> bool {
        self.words[position + 1].range.start - self.words[position].range.end <= 1
    }
}

/// So many words may have come at an end of a quote, beyond those that went.
const NEWCOMERS: usize = 3;
/// So many words of a context, those that are nearest to the quote, tell where it ends.
const BOUND: usize = 2;

/// A quote as words, and what is known of its ends.
struct Quote {
    words: Vec<Word>,
    /// What the nearest words before and after it say, in the order of the text.
    before: Vec<u64>,
    after: Vec<u64>,
    /// A sentence begins and ends with it.
    begins: bool,
    ends: bool,
}

impl Quote {
    fn of(anchor: &Anchor) -> Self {
        let (prefix, suffix) = (anchor.prefix.as_deref().unwrap_or_default(), anchor.suffix.as_deref().unwrap_or_default());
        let keys = |words: &[Word]| words.iter().map(|word| word.key).collect::<Vec<_>>();
        let (before, after) = (words(prefix), words(suffix));
        // Of a context that was cut at some number of characters, the word farthest away may be half of one.
        let after = &after[..BOUND.min(after.len().saturating_sub(1))];
        let before = &before[before.len().saturating_sub(BOUND).max(1).min(before.len())..];
        let ends = |words: &str| words.trim_end().ends_with(['.', '!', '?', '…']);
        Self {
            words: words(&anchor.exact),
            before: keys(before),
            after: keys(after),
            begins: anchor.exact.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase),
            ends: ends(&anchor.exact) || suffix.starts_with(['.', '!', '?', '…', '\n']),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(exact: &str) -> Anchor {
        Anchor { exact: exact.into(), prefix: None, suffix: None, occurrence: None }
    }

    fn check_like(text: &str, quote: &str, expected: &str, likeness: f64) {
        let found = Passages::new(text).like(text, &quoted(quote));
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
        check_like(text, "A river rose by three metres in the dark", "The wide river slowly rose by three metres in the night", 0.71);
    }

    #[test]
    fn forms_of_a_word_are_alike_as_far_as_they_begin_alike() {
        check_like("The company reports a loss.", "The company reported a loss", "The company reports a loss", 0.93);
        check_like("In 20250 it was so.", "In 20251 it was so", "In 20250 it was so", 0.64);
    }

    #[test]
    fn a_passage_does_not_run_into_the_next_sentence_for_a_small_word() {
        check_like(
            "He left. The mill grinds white corn. The day is long.",
            "The mill grinds corn in the day",
            "The mill grinds white corn",
            0.72,
        );
    }

    #[test]
    fn hostile_texts_take_little_time() {
        let text = "a b ".repeat(100_000);
        let passages = Passages::new(&text);
        for _ in 0..200 {
            passages.like(&text, &quoted(&"b a c ".repeat(50)));
        }
        assert!(passages.like(&text, &quoted(&"a ".repeat(1_000))).is_empty());
    }
}
