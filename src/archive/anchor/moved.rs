//! A quote whose words are no longer there, found again by likeness, and what the new words say otherwise. The
//! thresholds were measured on edits of real prose: `benches/anchors`.

use std::ops::Range;

use super::edges::ends_where_words_end;
use super::figures::{are_cut, first_words, last_words, whole_figure_first, whole_figure_last, whole_words, widenings};
use super::passages::{Passage, Passages};
use super::{folded, headings, normal};
use crate::archive::sentence;
use crate::base::Lang;
use crate::parse::sidecar::Anchor;
use crate::prose::{self, Aspect, Difference};

/// Where a quote went.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// Bytes of the canonical text.
    pub range: Range<usize>,
    /// How like the words there are to the quote, from 0 to 1.
    pub quote: f64,
    /// How like the words around are to those given; `None` when none are given.
    pub context: Option<f64>,
    /// What they say otherwise.
    pub differences: Vec<Difference>,
}

/// At least so like must a quote be.
const QUOTE: f64 = 0.70;
/// So much of the quote must stand there: a sentence that lost half of its words is like one that never had them.
const KEPT: f64 = 0.70;
/// At least so like must the words around it be.
const CONTEXT: f64 = 0.35;
/// A quote that is so like needs no words around it.
const CERTAIN: f64 = 0.90;
/// A quote that is only so like, and of which as much stands there, has been reworded where the words around it are as
/// like as `FIRM`.
const HALF: f64 = 0.60;
/// So like are words around a quote that have hardly changed.
const FIRM: f64 = 0.85;
/// By so much must the best place be better than the next.
const MARGIN: f64 = 0.10;
/// And by so much without context where the quote says a figure: the place with the right one may be another, and a figure
/// has few letters.
const MARGIN_OF_FIGURES: f64 = 0.15;

/// Where the quote most probably went, if it is clear; else the nearest words.
pub fn look_for(text: &str, passages: &Passages, anchor: &Anchor, lang: &Lang) -> Result<Moved, Option<Moved>> {
    let mut candidates: Vec<Candidate> = passages.like(text, anchor).into_iter().map(|passage| candidate(text, anchor, passage)).collect();
    candidates.sort_by(|a, b| b.score().total_cmp(&a.score()).then(a.place.range.start.cmp(&b.place.range.start)));
    let mut candidates = candidates.into_iter();
    let Some(best) = candidates.next() else { return Err(None) };
    let clear = candidates.next().is_none_or(|next| best.is_better_than(&next, margin(anchor, lang)));
    let near = best.is_near();
    let mut best = best.place;
    best.range = whole_words(text, &best.range);
    let is_cut = are_cut(text, &best.range, lang);
    if !near || !clear {
        return Err(Some(best));
    }
    best.differences = differences(text, anchor, &best.range, lang);
    if is_cut || !best.differences.is_empty() {
        match wider_that_says_the_same(text, anchor, &best, is_cut, lang) {
            Some(wider) => (best.range, best.differences) = (wider, Vec::new()),
            None if is_cut => return Err(Some(best)),
            None => {}
        }
    }
    Ok(best)
}

/// The same passage with a word or two more, if it then says what the quote says.
fn wider_that_says_the_same(text: &str, anchor: &Anchor, best: &Moved, is_cut: bool, lang: &Lang) -> Option<Range<usize>> {
    let (first, last) = lost_ends(&anchor.exact, &text[best.range.clone()]);
    let beside = [Aspect::Currencies, Aspect::Units, Aspect::Precision];
    let any = is_cut || best.differences.iter().all(|difference| beside.contains(&difference.aspect));
    let may = |wider: &Range<usize>| any || (first || wider.start == best.range.start) && (last || wider.end == best.range.end);
    let same = |wider: &Range<usize>| may(wider) && !are_cut(text, wider, lang) && differences(text, anchor, wider, lang).is_empty();
    widenings(text, &best.range).into_iter().find(same)
}

/// A quote whose words stand at `range` as ever, between others.
pub fn in_place(text: &str, anchor: &Anchor, range: Range<usize>, lang: &Lang) -> Moved {
    let differences = differences(text, anchor, &range, lang);
    Moved { context: context(text, anchor, &range), range, quote: 1.0, differences }
}

fn margin(anchor: &Anchor, lang: &Lang) -> f64 {
    let alone = given(anchor.prefix.as_deref()).or(given(anchor.suffix.as_deref())).is_none();
    let said = prose::sense(&anchor.exact, lang);
    if alone && !(said.quantities.is_empty() && said.dates.is_empty()) { MARGIN_OF_FIGURES } else { MARGIN }
}

fn candidate(text: &str, anchor: &Anchor, passage: Passage) -> Candidate {
    let context = context(text, anchor, &passage.range);
    let place = Moved { range: passage.range, quote: passage.likeness, context, differences: Vec::new() };
    Candidate { place, kept: passage.kept }
}

/// A place where the quote may have gone.
struct Candidate {
    place: Moved,
    /// The share of the quote's own characters that stand there.
    kept: f64,
}

impl Candidate {
    fn is_near(&self) -> bool {
        let Moved { quote, context, .. } = self.place;
        let alike = quote >= QUOTE && self.kept >= KEPT;
        let reworded = quote >= HALF && self.kept >= HALF;
        context.map_or(alike, |context| alike && (context >= CONTEXT || quote >= CERTAIN) || reworded && context >= FIRM)
    }

    /// Whether `next` need not be thought of. Without context, what is nearly as like may be what is meant, even if it is not near.
    fn is_better_than(&self, next: &Self, margin: f64) -> bool {
        self.score() - next.score() >= margin || self.place.context.is_some() && !next.is_near()
    }

    /// How good a place is: the quote and, where they are given, the words around it.
    fn score(&self) -> f64 {
        self.place.context.map_or(self.place.quote, |context| f64::midpoint(self.place.quote, context))
    }
}

/// How like the words around `place` are to those given.
fn context(text: &str, anchor: &Anchor, place: &Range<usize>) -> Option<f64> {
    let mut sum = 0.0;
    let mut weights = 0.0;
    for side in sides(text, anchor, place) {
        sum += side.weight * side.likeness;
        weights += side.weight;
    }
    (weights > 0.0).then(|| sum / weights)
}

/// The words on one side of a place, beside those that are given.
struct Side<'t> {
    likeness: f64,
    weight: f64,
    /// The run of the text that answers to the words given.
    words: &'t str,
}

/// What another block says tells little: paragraphs are moved as a whole.
const OTHER_BLOCK: f64 = 0.3;
/// In characters; what is farther away tells nothing.
const REACH: usize = 120;

fn sides<'t>(text: &'t str, anchor: &Anchor, place: &Range<usize>) -> impl Iterator<Item = Side<'t>> {
    let (before, after) = (&text[..place.start], &text[place.end..]);
    let weight = |touches_edge: bool| if touches_edge { OTHER_BLOCK } else { 1.0 };
    let prefix = given(anchor.prefix.as_deref()).map(|prefix| {
        let wanted: Vec<char> = folded(prefix.chars().rev()).take(REACH).collect();
        let (likeness, taken) = beginning_like(&wanted, before.trim_end().char_indices().rev());
        let words = &before[taken.unwrap_or(before.len())..];
        Side { likeness, weight: weight(before.ends_with('\n') || before.is_empty()), words }
    });
    let suffix = given(anchor.suffix.as_deref()).map(|suffix| {
        let wanted: Vec<char> = folded(suffix.chars()).take(REACH).collect();
        let skipped = after.len() - after.trim_start().len();
        let chars = after[skipped..].char_indices().map(|(at, c)| (skipped + at + c.len_utf8(), c));
        let (likeness, taken) = beginning_like(&wanted, chars);
        Side { likeness, weight: weight(after.starts_with('\n') || after.is_empty()), words: &after[..taken.unwrap_or(0)] }
    });
    prefix.into_iter().chain(suffix)
}

fn given(context: Option<&str>) -> Option<&str> {
    context.map(str::trim).filter(|words| !words.is_empty())
}

/// How like the beginning of `there` can be to all of `wanted` (1 less the share of edits, by Levenshtein), and the mark of
/// the last character of that beginning.
#[expect(clippy::cast_precision_loss, reason = "contexts are short")]
fn beginning_like(wanted: &[char], there: impl Iterator<Item = (usize, char)>) -> (f64, Option<usize>) {
    let mut edits: Vec<usize> = (0..=wanted.len()).collect();
    let mut best = (wanted.len(), None);
    let mut buffer = String::new();
    for (nth, (mark, c)) in there.take(wanted.len() * 3 / 2 + 8).enumerate() {
        buffer.clear();
        normal::fold(c, &mut buffer);
        // Of what one character folds into, the first tells enough.
        let c = buffer.chars().next().unwrap_or(c);
        let mut diagonal = std::mem::replace(&mut edits[0], nth + 1);
        for at in 1..edits.len() {
            let replaced = diagonal + usize::from(wanted[at - 1] != c);
            diagonal = edits[at];
            edits[at] = replaced.min(edits[at] + 1).min(edits[at - 1] + 1);
        }
        if edits[wanted.len()] < best.0 {
            best = (edits[wanted.len()], Some(mark));
        }
    }
    (1.0 - best.0 as f64 / wanted.len().max(1) as f64, best.1)
}

/// What the words at `place`, with those of the context that belong to their sentence, say otherwise than the quote.
fn differences(text: &str, anchor: &Anchor, place: &Range<usize>, lang: &Lang) -> Vec<Difference> {
    let prefix = anchor.prefix.as_deref().map(|prefix| without_half_a_word_first(prefix, &text[..place.start]));
    let suffix = anchor.suffix.as_deref().map(|suffix| without_half_a_word_last(suffix, &text[place.end..]));
    let (old, quote) = in_context(prefix, &anchor.exact, suffix);
    let whole = sentence::around(&old, &quote);
    let (kept_before, kept_after) = (&old[whole.start..quote.start], &old[quote.end..whole.end]);
    let part = Anchor { exact: "".into(), prefix: Some(kept_before.into()), suffix: Some(kept_after.into()), occurrence: None };
    let mut beside = sides(text, &part, place).map(|side| side.words.len());
    let like_before = given(part.prefix.as_deref()).and_then(|_| beside.next()).unwrap_or(0);
    let like_after = given(part.suffix.as_deref()).and_then(|_| beside.next()).unwrap_or(0);
    let like_before = place.start - whole_figure_first(text, place.start - like_before);
    let like_after = whole_figure_last(text, place.end + like_after) - place.end;
    let was = prose::sense(&old[whole.clone()], lang);
    let is_ordinary = |word: &str| stands(text, word);
    let differ = |start, end| prose::differences_beside(&was, &prose::sense(&text[start..end], lang), &is_ordinary);
    let found = differ(place.start - like_before, place.end + like_after);
    if !found.is_empty() {
        return found;
    }
    // A denial that came right beside the quote is like nothing in its context.
    let here = sentence::around(text, place);
    let (lost_first, lost_last) = lost_ends(&anchor.exact, &text[place.clone()]);
    let before =
        last_words(&text[here.start.min(place.start)..place.start], expected(kept_before, whole.start > 0 || begins(&old) || lost_first));
    let after =
        first_words(&text[place.end..here.end.max(place.end)], expected(kept_after, whole.end < old.len() || ends(&old) || lost_last));
    let mut wider = differ(place.start - like_before.max(before), place.end + like_after.max(after));
    wider.retain(|difference| difference.aspect == Aspect::Negations);
    if wider.is_empty() { headings::differences(text, anchor.prefix.as_deref(), place, lang) } else { wider }
}

/// Whether `word` stands in the text as it is written here, and whole.
fn stands(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| ends_where_words_end(text, &(at..at + word.len())))
}

/// Whether the first and the last word of a quote are others here: then what stands beside may have come in their place.
fn lost_ends(quote: &str, here: &str) -> (bool, bool) {
    let words = |text: &str| {
        let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase);
        let first = words.next();
        (first.clone(), words.next_back().or(first))
    };
    let ((old_first, old_last), (first, last)) = (words(quote), words(here));
    (old_first != first, old_last != last)
}

/// A prefix without the word that it begins in, if that is the rest of a longer one in the text before the place: tools
/// often cut a context at some number of characters.
fn without_half_a_word_first<'p>(prefix: &'p str, before: &str) -> &'p str {
    let (first, rest) = prefix.split_at(prefix.find(char::is_whitespace).unwrap_or(prefix.len()));
    let reach = prefix.split_whitespace().count() + STRANGERS;
    let is_rest = |word: &str| word.len() > first.len() && word.ends_with(first);
    if !is_figure(prefix.trim()) && before.split_whitespace().rev().take(reach).any(is_rest) { rest } else { prefix }
}

/// A suffix without the word that it ends in, if that is the beginning of a longer one in the text after the place.
fn without_half_a_word_last<'s>(suffix: &'s str, after: &str) -> &'s str {
    let (rest, last) = suffix.split_at(suffix.trim_end().rfind(char::is_whitespace).unwrap_or(0));
    let reach = suffix.split_whitespace().count() + STRANGERS;
    let last = last.trim();
    let is_beginning = |word: &str| word.len() > last.len() && word.starts_with(last);
    if !is_figure(suffix.trim()) && after.split_whitespace().take(reach).any(is_beginning) { rest } else { suffix }
}

/// Whether a context is so short that somebody wrote it down to its last figure.
fn is_figure(context: &str) -> bool {
    context.chars().count() < WRITTEN && context.contains(char::is_numeric)
}

/// Tools cut contexts at this many characters or more.
pub(super) const WRITTEN: usize = 20;

/// So many words may have come between a quote and the ends of its context.
const STRANGERS: usize = 3;

/// How many words beside the place are read with it: as many as the context keeps of the sentence and one more; some, where
/// the sentence is known to end at the quote; none, where nothing is known of what stood there.
fn expected(kept: &str, is_bound: bool) -> usize {
    const NEWCOMERS: usize = 6;
    match kept.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count() {
        0 if is_bound => NEWCOMERS,
        0 => 0,
        words => words + 1,
    }
}

/// Whether a sentence may begin with the first of the words.
fn begins(words: &str) -> bool {
    words.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase)
}

/// Whether a sentence may end with the last of the words.
fn ends(words: &str) -> bool {
    words.trim_end().ends_with(['.', '!', '?', '…'])
}

/// The quote with its context around it, and where it stands in that.
fn in_context(prefix: Option<&str>, exact: &str, suffix: Option<&str>) -> (String, Range<usize>) {
    let mut whole = prefix.unwrap_or_default().to_owned();
    let joins = |whole: &str, next: &str| whole.ends_with(char::is_alphanumeric) && next.starts_with(char::is_alphanumeric);
    if joins(&whole, exact) {
        whole.push(' ');
    }
    let start = whole.len();
    whole.push_str(exact);
    let end = whole.len();
    if let Some(suffix) = suffix {
        if joins(&whole, suffix) {
            whole.push(' ');
        }
        whole.push_str(suffix);
    }
    (whole, start..end)
}

#[cfg(test)]
mod tests;
