//! Quoted speech beside the words that it is quoted from, word by word: without capitals, punctuation and typographic
//! variants. An ellipsis stands for words that were left out, brackets for words that were put in.

use std::collections::BTreeSet;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::archive::anchor::{is_unspaced, normal::Normal};
use crate::archive::quotation;
use crate::parse::body::nfc;

/// Longer texts are not compared word by word, only as a whole.
const LONGEST: usize = 2_000;

/// How many differences are shown.
const SHOWN: usize = 6;

/// How many words of one are.
const SHOWN_TOGETHER: usize = 12;

/// A text as it is compared.
pub struct Words(Vec<Word>);

struct Word {
    shown: String,
    plain: String,
}

/// What stands for any words, also none.
const GAP: &str = "…";

/// Of a passage of `text`, what is not the reporter's between two parts of a quotation: `“…”, she added, “…”`. Marks are
/// paired in the whole blocks, since a passage may begin in a quotation. Between parts that no punctuation divides, as
/// between two words in marks, nothing is taken out.
pub fn without_insertions(text: &str, passage: &Range<usize>) -> String {
    let blocks = quotation::blocks(text, passage);
    let parts = quotation::marked(&text[blocks.clone()]).into_iter().map(|part| blocks.start + part.start..blocks.start + part.end);
    let parts: Vec<_> = parts.filter(|part| part.start < passage.end && part.end > passage.start).collect();
    let mut kept = Vec::new();
    let mut from = passage.start;
    for pair in parts.windows(2) {
        let behind = text[pair[0].end..].chars().nth(1);
        if behind.is_some_and(divides) || text[..pair[0].end].ends_with(divides) {
            kept.push(&text[from..pair[0].end]);
            from = pair[1].start;
        }
    }
    kept.push(&text[from..passage.end]);
    kept.join(" ")
}

fn divides(c: char) -> bool {
    matches!(c, ',' | '.' | ';' | ':' | '?' | '!' | '…' | '–' | '—' | '，' | '。' | '、')
}

impl Words {
    /// The words of an article or a source.
    pub fn of(text: &str) -> Self {
        Self(gather(&plain(text)))
    }

    /// The words of a quotation, in which brackets and ellipses stand for others.
    pub fn of_quotation(text: &str) -> Self {
        let text = plain(text);
        let closed = text.rfind(']').unwrap_or(0);
        let mut words = Vec::new();
        let mut from = 0;
        while let Some(place) = stand_in(&text, from, closed) {
            words.extend(gather(&text[from..place.start]));
            words.push(Word { shown: GAP.to_owned(), plain: GAP.to_owned() });
            from = place.end;
        }
        words.extend(gather(&text[from..]));
        Self(words)
    }

    /// Whether these words stand in others, in their order and together but for gaps.
    pub fn are_in(&self, others: &Self) -> bool {
        let text = joined(&others.0);
        let mut from = 0;
        self.0.split(Word::is_gap).filter(|run| !run.is_empty()).all(|run| {
            let run = joined(run);
            let place = text[from..].find(&run);
            // The blank behind a run is the one before the next.
            from += place.map_or(0, |place| place + run.len() - 1);
            place.is_some()
        })
    }

    /// Whether at least every third of these words is among others: else they are of another language, or another passage.
    pub fn resemble(&self, others: &Self) -> bool {
        let known: BTreeSet<&str> = others.0.iter().map(|word| &*word.plain).collect();
        let (shared, all) = self
            .0
            .iter()
            .filter(|word| !word.is_gap())
            .fold((0, 0), |(shared, all), word| (shared + usize::from(known.contains(&*word.plain)), all + 1));
        shared * 3 >= all
    }

    /// What these words have that the article's do not, and the other way round, in words for a message.
    pub fn differences(&self, article: &Self) -> Option<String> {
        if self.0.len().max(article.0.len()) > LONGEST {
            return None;
        }
        let plain = |words: &[Word]| words.iter().map(|word| word.plain.clone()).collect::<Vec<_>>();
        let steps = capture_diff_slices(Algorithm::Myers, &plain(&self.0), &plain(&article.0));
        let last = steps.len().saturating_sub(1);
        let said: Vec<String> =
            steps.iter().enumerate().filter_map(|(nth, step)| self.difference(article, step, nth == 0, nth == last)).collect();
        let more = said.len().saturating_sub(SHOWN);
        let shown = said.into_iter().take(SHOWN).chain((more > 0).then(|| format!("and {more} more")));
        Some(shown.collect::<Vec<_>>().join("; ")).filter(|said| !said.is_empty())
    }

    /// What the article says before and after the quoted words is no difference.
    fn difference(&self, article: &Self, step: &DiffOp, first: bool, last: bool) -> Option<String> {
        let (own, mut theirs) = (step.old_range(), step.new_range());
        let edge = own.len().min(theirs.len());
        let has_gap = self.0[own.clone()].iter().any(Word::is_gap);
        match (first, last) {
            _ if matches!(step, DiffOp::Equal { .. }) => return None,
            (true, true) => {}
            _ if has_gap && edge > 0 => {}
            (true, false) => theirs.start = theirs.end - edge,
            (false, true) => theirs.end = theirs.start + edge,
            (false, false) => {}
        }
        let own: Vec<&Word> = self.0[own].iter().filter(|word| !word.is_gap()).collect();
        let theirs: Vec<&Word> = article.0[theirs].iter().collect();
        let stands_for_theirs = own.is_empty() && has_gap;
        let nothing = own.is_empty() && theirs.is_empty();
        (!stands_for_theirs && !nothing).then(|| format!("{} here, {} in the article", quoted(&own), quoted(&theirs)))
    }
}

impl Word {
    fn is_gap(&self) -> bool {
        self.plain == GAP
    }
}

fn plain(text: &str) -> String {
    Normal::new(&nfc(text)).into_text()
}

/// Where, after `from`, an ellipsis or a bracket stands for words, with the rest of a word that it alters; no bracket closes
/// behind `closed`. A first letter in brackets is only another case of it: `[T]he`.
fn stand_in(text: &str, from: usize, closed: usize) -> Option<Range<usize>> {
    let begins = |at: usize, c: char| match c {
        '[' => at < closed && !is_first_letter(&text[at..]),
        c => c == '.' && text[at..].starts_with("..."),
    };
    let (at, c) = text[from..].char_indices().map(|(at, c)| (from + at, c)).find(|(at, c)| begins(*at, *c))?;
    if c == '.' {
        return Some(at..text.len() - text[at..].trim_start_matches('.').len());
    }
    let start = from + text[from..at].trim_end_matches(char::is_alphanumeric).len();
    let behind = &text[at + text[at..].find(']')? + 1..];
    Some(start..text.len() - behind.trim_start_matches(char::is_alphanumeric).len())
}

fn is_first_letter(text: &str) -> bool {
    let mut chars = text.chars().skip(1);
    chars.next().is_some_and(char::is_alphabetic) && chars.next() == Some(']') && chars.next().is_some_and(char::is_alphabetic)
}

/// Words without what joins or surrounds their letters. Where a script sets no spaces, each sign is one.
fn gather(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut open = String::new();
    let mut close = |open: &mut String| {
        let shown = std::mem::take(open);
        if !shown.is_empty() {
            words.push(Word { plain: shown.to_lowercase(), shown });
        }
    };
    for c in text.chars() {
        if c.is_alphanumeric() && is_unspaced(c) {
            close(&mut open);
            close(&mut c.to_string());
        } else if c.is_alphanumeric() {
            open.push(c);
        } else if !matches!(c, '\'' | '[' | ']') {
            close(&mut open);
        }
    }
    close(&mut open);
    words
}

/// The words with a blank before and behind each.
fn joined(words: &[Word]) -> String {
    words.iter().fold(" ".to_owned(), |text, word| text + &word.plain + " ")
}

fn quoted(words: &[&Word]) -> String {
    let more = if words.len() > SHOWN_TOGETHER { " …" } else { "" };
    match words.iter().take(SHOWN_TOGETHER).map(|word| &*word.shown).collect::<Vec<_>>().join(" ") {
        none if none.is_empty() => "nothing".to_owned(),
        some => format!("`{some}{more}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reporter_puts_between_is_not_quoted() {
        for (text, passage, expected) in [
            ("“We go in”, she said, “now”.", "“We go in”, she said, “now”", "“We go in now”"),
            ("\"We go in,\" she said. \"Now, or never.\"", "go in,\" she said. \"Now", "go in, Now"),
            ("He went. «Sì», disse, «ora».\n«No»", "Sì», disse, «ora", "Sì ora"),
            ("the “small” and the “large” river", "“small” and the “large” river", "“small” and the “large” river"),
            ("“We go in”, she said.", "in”, she said", "in”, she said"),
            ("She said, “we go”", "She said, “we go”", "She said, “we go”"),
        ] {
            let start = text.find(passage).unwrap();
            assert_eq!(without_insertions(text, &(start..start + passage.len())), expected, "{text}");
        }
    }

    fn differences(quotation: &str, article: &str) -> Option<String> {
        let (quotation, article) = (Words::of_quotation(quotation), Words::of(article));
        (!quotation.are_in(&article)).then(|| quotation.differences(&article).unwrap_or_default())
    }

    #[test]
    fn a_quotation_stands_in_its_words_but_for_type() {
        for (quotation, article) in [
            ("we go all in", "“We go – all-in!”, he said"),
            ("l'azienda è sana", "dice che «L’azienda è sana»"),
            ("We […] go", "we said that we go"),
            ("We ... go…", "we said that we go there"),
            ("[The company] went all in", "we went all in"),
            ("he walk[ed] home", "he walks home"),
            ("[T]he river rose", "so the river rose"),
            ("all [of it] rose", "all rose"),
            ("全力", "我们全力以赴"),
            ("an [open end", "an open end"),
            ("", "anything"),
        ] {
            assert_eq!(differences(quotation, article), None, "{quotation}");
        }
    }

    #[test]
    fn differences_are_told_word_by_word() {
        for (quotation, article, expected) in [
            ("rose by three metres", "The river rose by two metres, he said", "`three` here, `two` in the article"),
            ("rose quickly by two", "The river rose by two metres", "`quickly` here, nothing in the article"),
            ("rose two metres", "The river rose by two metres", "nothing here, `by` in the article"),
            ("They go all in", "he said we go all in", "`They` here, `we` in the article"),
            ("we go all out", "We go all in, he said", "`out` here, `in` in the article"),
            ("we […] in", "we go all out", "`in` here, `go all out` in the article"),
            ("two rose", "rose two", "`rose` here, nothing in the article"),
            ("go in", "going", "`go in` here, `going` in the article"),
            ("x", "", "`x` here, nothing in the article"),
        ] {
            assert_eq!(differences(quotation, article).as_deref(), Some(expected), "{quotation}");
        }
    }

    #[test]
    fn the_words_of_another_language_are_told_from_wrong_ones() {
        let article = Words::of("ha scelto di puntare tutto");
        assert!(!Words::of_quotation("he chose to go all in").resemble(&article));
        assert!(Words::of_quotation("ha scelto di fermare tutto").resemble(&article));
    }
}
