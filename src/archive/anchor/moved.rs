//! A quote whose words are no longer there, found again by likeness, and what the new words say otherwise. The
//! thresholds were measured on edits of real prose: `benches/anchors`.

use std::ops::Range;

use super::figures::{are_cut, whole_words};
use super::passages::{Passage, Passages};
use super::{folded, normal};
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
    if !near || !clear || are_cut(text, &best.range, lang) {
        return Err(Some(best));
    }
    best.differences = differences(text, anchor, &best.range, lang);
    Ok(best)
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
    let was = prose::sense(&old[whole.clone()], lang);
    let differ = |start, end| prose::differences(&was, &prose::sense(&text[start..end], lang));
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
    wider
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
    if before.split_whitespace().rev().take(reach).any(is_rest) { rest } else { prefix }
}

/// A suffix without the word that it ends in, if that is the beginning of a longer one in the text after the place.
fn without_half_a_word_last<'s>(suffix: &'s str, after: &str) -> &'s str {
    let (rest, last) = suffix.split_at(suffix.trim_end().rfind(char::is_whitespace).unwrap_or(0));
    let reach = suffix.split_whitespace().count() + STRANGERS;
    let last = last.trim();
    let is_beginning = |word: &str| word.len() > last.len() && word.starts_with(last);
    if after.split_whitespace().take(reach).any(is_beginning) { rest } else { suffix }
}

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

/// The bytes of so many words at the end of `text`.
fn last_words(text: &str, words: usize) -> usize {
    let starts = text.char_indices().rev();
    let starts = starts.filter(|(at, c)| !c.is_whitespace() && text[..*at].chars().next_back().is_none_or(char::is_whitespace));
    starts.take(words).last().map_or(0, |(start, _)| text.len() - start)
}

/// The bytes of so many words at the beginning of `text`.
fn first_words(text: &str, words: usize) -> usize {
    let ends = text.char_indices().map(|(at, c)| (at + c.len_utf8(), c));
    let ends = ends.filter(|(end, c)| !c.is_whitespace() && text[*end..].chars().next().is_none_or(char::is_whitespace));
    ends.take(words).last().map_or(0, |(end, _)| end)
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
mod tests {
    use super::*;

    fn look(text: &str, exact: &str, prefix: &str, suffix: &str) -> Result<(String, Vec<String>), Option<Moved>> {
        let context = |words: &str| (!words.is_empty()).then(|| words.into());
        let anchor = Anchor { exact: exact.into(), prefix: context(prefix), suffix: context(suffix), occurrence: None };
        let found = look_for(text, &Passages::new(text), &anchor, &Lang::new("en").unwrap())?;
        Ok((text[found.range].to_owned(), found.differences.iter().map(ToString::to_string).collect()))
    }

    #[test]
    fn a_denial_beside_the_quote_changes_it() {
        let text = "The mayor spoke. It is not true that the Test River slowly rose by three metres. Then it fell.";
        let (words, differences) = look(text, "The Test River rose by three metres", "mayor spoke. ", ". Then it").unwrap();
        assert_eq!(words, "the Test River slowly rose by three metres");
        assert!(differences.iter().any(|difference| difference.starts_with("negations differ")), "{differences:?}");
    }

    #[test]
    fn half_a_word_of_the_context_is_no_other_name() {
        let text = "In Testville the river slowly rose by three metres. Then it fell.";
        let (_, differences) = look(text, "the river rose by three metres", "estville ", ". Then it fe").unwrap();
        assert_eq!(differences, [""; 0]);
    }

    #[test]
    fn the_first_word_of_a_context_counts_where_it_is_whole() {
        let text = "The river rose. Nobody was hurt in the night. It fell.";
        let anchor = Anchor { exact: "was hurt in the night".into(), prefix: Some("Somebody ".into()), suffix: None, occurrence: None };
        let moved = in_place(text, &anchor, 23..44, &Lang::new("en").unwrap());
        assert_eq!(moved.differences.iter().map(ToString::to_string).collect::<Vec<_>>(), ["negations differ: none → nobody"]);
    }

    #[test]
    fn a_sign_beside_the_last_number_belongs_to_the_quote() {
        let (words, differences) = look("Its sales rose sharply by 5 %. It said so.", "Its sales rose by 5 %", "", "").unwrap();
        assert_eq!((words.as_str(), differences.len()), ("Its sales rose sharply by 5 %", 0));
    }

    #[test]
    fn a_quote_so_like_needs_no_words_around_it() {
        let text = "A headline\nThe old sample market by the river smells of fresh coffee and of wet paper.";
        let quote = "The old sample market by the river smells of coffee and of wet paper";
        assert!(look(text, quote, "Nobody seemed to mind the rain. ", "").is_ok());
    }

    #[test]
    fn without_context_a_quote_in_other_words_is_found_where_nothing_else_is_like_it() {
        let text = "It rained in Testville. The steering council holds the following powers of decision: it votes. Then it ended.";
        let (words, differences) = look(text, "The standing council holds the following powers of decision", "", "").unwrap();
        assert_eq!((words.as_str(), differences.len()), ("The steering council holds the following powers of decision", 0));
    }

    #[test]
    fn a_sentence_that_lost_its_other_half_is_no_answer() {
        let quote = "The old mill by the river grinds corn, for example the yellow corn of the village fields";
        assert!(look("The old mill by the river grinds corn. It is closed.", quote, "", "").is_err());
    }

    #[test]
    fn without_context_a_look_alike_with_the_right_figure_is_no_answer() {
        let text = "The talks took 6 to 21 hours. Later talks took 6–12 hours.";
        assert!(look(text, "took 6 to 12 hours", "", "").is_err());
    }

    #[test]
    fn a_quote_ends_where_the_words_after_it_stand() {
        let text = "You can start a program in a workspace by pulling its icon onto one. The program will open in the chosen workspace.";
        let quote = "You can start a program in a workspace by pulling its icon onto one of the side of the screen";
        let (words, _) = look(text, quote, "", ". The program will open in the ").unwrap();
        assert_eq!(words, "You can start a program in a workspace by pulling its icon onto one");
    }

    #[test]
    fn first_words_that_were_replaced_by_more_of_them_belong_to_the_sentence() {
        for (text, quote) in [
            (
                "It grew. More than 300 people came to the village fair in May. It rained.",
                "Over 300 people came to the village fair in May",
            ),
            (
                "It grew. In the end the people came to the village fair in May. It rained.",
                "Finally people came to the village fair in May",
            ),
        ] {
            let (words, differences) = look(text, quote, "", "").unwrap();
            assert_eq!((words.ends_with("in May"), differences.len()), (true, 0), "{words:?} {differences:?}");
            assert!(words.starts_with("More than") || words.starts_with("In the end"), "{words:?}");
        }
    }

    #[test]
    fn without_context_a_look_alike_is_no_answer() {
        let text = "This is for web-based talks of all members. This is for mail-based talks of all members.";
        assert!(look(text, "This is for chat-based talks of all members", "", "").is_err());
    }
}
