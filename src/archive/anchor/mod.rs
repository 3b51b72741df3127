//! Quotes found in canonical text: exactly, by their context, or after normalisation. Nothing is guessed: a
//! quote that could mean two places, or none, is the editor's to mend.

mod normal;

use std::cell::OnceCell;
use std::ops::Range;

use memchr::memmem;

use crate::parse::body::nfc;
use crate::parse::sidecar::Anchor;
use normal::Normal;

/// Where a quote stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// At this run of bytes of the canonical text.
    At(Range<usize>),
    /// At each of these, and nothing tells which is meant.
    Ambiguous(Vec<Range<usize>>),
    /// Nowhere; with `occurrence`, how often it does occur.
    Orphan {
        /// How many times the quote occurs all the same.
        occurs: usize,
    },
}

/// A canonical text in which quotes are looked up; it is normalised once, and only when a quote asks for it.
pub struct Haystack<'t> {
    text: &'t str,
    normal: OnceCell<Normal>,
}

impl<'t> Haystack<'t> {
    /// `text` is the canonical text of an article.
    pub fn new(text: &'t str) -> Self {
        Self { text, normal: OnceCell::new() }
    }

    /// Looks the quote up: as it is, by its context where it occurs more than once, and at last after
    /// normalisation (NFKC; quotes, dashes, spaces and soft hyphens alike).
    pub fn find(&self, anchor: &Anchor) -> Found {
        let composed = Quote::new(anchor, |words| nfc(words).into_owned());
        match composed.look_up(self.text) {
            Found::Orphan { occurs: 0 } => self.find_as_written(anchor),
            found => found,
        }
    }

    /// An accent that emphasis parts from its letter stands apart in the text, too.
    fn find_as_written(&self, anchor: &Anchor) -> Found {
        match Quote::new(anchor, str::to_owned).look_up(self.text) {
            Found::Orphan { occurs: 0 } => self.find_normalised(anchor),
            found => found,
        }
    }

    fn find_normalised(&self, anchor: &Anchor) -> Found {
        let normal = self.normal.get_or_init(|| Normal::new(self.text));
        let quote = Quote::new(anchor, |words| Normal::new(&nfc(words)).into_text());
        match quote.look_up(normal.text()) {
            Found::At(range) => Found::At(normal.original(&range)),
            Found::Ambiguous(ranges) => Found::Ambiguous(ranges.iter().map(|range| normal.original(range)).collect()),
            orphan @ Found::Orphan { .. } => orphan,
        }
    }
}

/// Looks a quote up in a text by itself; see [`Haystack::find`].
pub fn find(text: &str, anchor: &Anchor) -> Found {
    Haystack::new(text).find(anchor)
}

/// An anchor whose words have been brought into the form of the text they are looked up in.
struct Quote {
    exact: String,
    prefix: String,
    suffix: String,
    occurrence: Option<usize>,
}

impl Quote {
    fn new(anchor: &Anchor, form: impl Fn(&str) -> String) -> Self {
        let context = |words: &Option<Box<str>>| words.as_deref().map(&form).unwrap_or_default();
        Self {
            exact: form(&anchor.exact).trim().to_owned(),
            prefix: context(&anchor.prefix),
            suffix: context(&anchor.suffix),
            occurrence: anchor.occurrence.map(|number| number.get() as usize),
        }
    }

    fn look_up(&self, text: &str) -> Found {
        if self.exact.is_empty() {
            return Found::Orphan { occurs: 0 };
        }
        let places = self.places(text);
        match (places.as_slice(), self.occurrence) {
            ([], _) => Found::Orphan { occurs: 0 },
            (places, Some(number)) => match places.get(number - 1) {
                Some(place) => Found::At(place.clone()),
                None => Found::Orphan { occurs: places.len() },
            },
            ([place], None) => Found::At(place.clone()),
            (places, None) => self.choose(text, places),
        }
    }

    /// Where the quote stands; its places may overlap, as those of "ha ha" in "ha ha ha" do.
    fn places(&self, text: &str) -> Vec<Range<usize>> {
        let finder = memmem::Finder::new(&self.exact);
        let step = self.exact.chars().next().map_or(1, char::len_utf8);
        let next = |from: usize| finder.find(text.as_bytes().get(from..)?).map(|found| from + found);
        std::iter::successors(next(0), |start| next(start + step)).map(|start| start..start + self.exact.len()).collect()
    }

    /// The place whose context fits wholly, if it is the only one; else the best fit by a clear margin.
    fn choose(&self, text: &str, places: &[Range<usize>]) -> Found {
        const FIT: f64 = 0.6;
        const MARGIN: f64 = 0.2;
        let ambiguous = || Found::Ambiguous(places.to_vec());
        if self.prefix.trim().is_empty() && self.suffix.trim().is_empty() {
            return ambiguous();
        }
        let mut fits: Vec<(f64, &Range<usize>)> = places.iter().map(|place| (self.fit(text, place), place)).collect();
        fits.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (best, next) = (fits[0].0, fits[1].0);
        let whole = best >= 1.0 && next < 1.0;
        if whole || best >= FIT && best - next >= MARGIN { Found::At(fits[0].1.clone()) } else { ambiguous() }
    }

    /// The share of the context's characters that stand around `place`, counted from the quote outwards.
    #[expect(clippy::cast_precision_loss, reason = "contexts are far shorter than 2^52 characters")]
    fn fit(&self, text: &str, place: &Range<usize>) -> f64 {
        let same = |a: &(char, char)| a.0 == a.1;
        let (prefix, suffix) = (self.prefix.trim(), self.suffix.trim());
        let before = prefix.chars().rev().zip(text[..place.start].trim_end().chars().rev()).take_while(same).count();
        let after = suffix.chars().zip(text[place.end..].trim_start().chars()).take_while(same).count();
        (before + after) as f64 / (prefix.chars().count() + suffix.chars().count()) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchor(exact: &str, prefix: &str, suffix: &str) -> Anchor {
        let context = |words: &str| (!words.is_empty()).then(|| words.into());
        Anchor { exact: exact.into(), prefix: context(prefix), suffix: context(suffix), occurrence: None }
    }

    fn check_found(text: &str, anchor: &Anchor, expected: &str) {
        let Found::At(range) = find(text, anchor) else { panic!("not found: {anchor:?} in {text:?}") };
        assert_eq!(&text[range], expected);
    }

    #[test]
    fn a_quote_that_occurs_once_is_found() {
        check_found("The river rose.", &anchor("river rose", "", ""), "river rose");
    }

    #[test]
    fn context_decides_between_two() {
        let text = "60 milioni di utenti, e poi 50 milioni di utenti in più";
        check_found(text, &anchor("milioni di utenti", "60 ", ""), "milioni di utenti");
        let Found::At(second) = find(text, &anchor("milioni di utenti", "", " in più")) else { panic!() };
        assert!(second.start > 20);
        assert!(matches!(find(text, &anchor("milioni di utenti", "", "")), Found::Ambiguous(places) if places.len() == 2));
        assert!(matches!(find(text, &anchor("milioni di utenti", "quaranta", "")), Found::Ambiguous(_)));
    }

    #[test]
    fn an_occurrence_is_counted_from_one() {
        let mut second = anchor("a", "", "");
        second.occurrence = std::num::NonZeroU32::new(2);
        assert_eq!(find("a b a", &second), Found::At(4..5));
        second.occurrence = std::num::NonZeroU32::new(3);
        assert_eq!(find("a b a", &second), Found::Orphan { occurs: 2 });
    }

    #[test]
    fn quotes_dashes_and_spaces_are_alike_in_the_end() {
        let text = "Disse: «è l’anno\u{a0}2024–25» e\ntacque per 3\u{ad}0 ﬁle…";
        check_found(text, &anchor("\"è l'anno 2024-25\" e tacque", "", ""), "«è l’anno\u{a0}2024–25» e\ntacque");
        check_found(text, &anchor("30 file...", "", ""), "3\u{ad}0 ﬁle…");
    }

    #[test]
    fn other_words_are_not_found() {
        assert_eq!(find("13 gennaio", &anchor("20 gennaio", "", "")), Found::Orphan { occurs: 0 });
        assert_eq!(find("", &anchor(" ", "", "")), Found::Orphan { occurs: 0 });
    }
}
