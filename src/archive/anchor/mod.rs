//! Quotes found in canonical text: exactly, by their context, after normalisation, and at last by likeness. Nothing is
//! guessed: a quote that could mean two places, or none, or whose words say something else now, is the editor's to mend.

mod alignment;
mod edges;
mod figures;
mod headings;
mod moved;
pub mod normal;
mod occurrences;
mod passages;

use std::cell::OnceCell;
use std::ops::Range;

use crate::base::Lang;
use crate::parse::body::nfc;
use crate::parse::sidecar::Anchor;
pub use edges::{ends_where_words_end, is_unspaced};
pub use figures::are_cut;
pub use moved::Moved;
use normal::Normal;
use passages::Passages;

/// Where a quote stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// At this run of bytes of the canonical text.
    At(Range<usize>),
    /// Here in other words, or between others. Where these say the same, the quote has drifted; else it has changed.
    Moved(Moved),
    /// At each of these, and nothing tells which is meant.
    Ambiguous(Vec<Range<usize>>),
    /// Nowhere; the words that come nearest, if any do.
    Absent(Option<Moved>),
    /// Only inside longer words or numbers, first at this run.
    Within(Range<usize>),
    /// At this run alone, and the words around it are not the ones given.
    Elsewhere(Range<usize>),
    /// Less often than `occurrence` asks for.
    Fewer {
        /// How many times the quote occurs.
        occurs: usize,
    },
}

/// A canonical text in which quotes are looked up; it is normalised once, and only when a quote asks for it.
pub struct Haystack<'t> {
    text: &'t str,
    lang: &'t Lang,
    normal: OnceCell<Normal>,
    passages: OnceCell<Passages>,
}

impl<'t> Haystack<'t> {
    /// `text` is the canonical text of an article, in `lang`.
    pub fn new(text: &'t str, lang: &'t Lang) -> Self {
        Self { text, lang, normal: OnceCell::new(), passages: OnceCell::new() }
    }

    /// Looks the quote up: as it is, by its context where it occurs more than once, after normalisation (NFKC; quotes,
    /// dashes, spaces and soft hyphens alike), and at last by likeness.
    pub fn find(&self, anchor: &Anchor) -> Found {
        let found = match self.find_words(anchor) {
            Found::At(range) if are_cut(self.text, &range, self.lang) => Found::Within(range),
            found => found,
        };
        match found {
            Found::At(range) => self.compare_context(anchor, range),
            found @ (Found::Ambiguous(_) | Found::Fewer { .. } | Found::Moved(_)) => found,
            missed @ (Found::Absent(_) | Found::Within(_) | Found::Elsewhere(_)) => {
                let passages = self.passages.get_or_init(|| Passages::new(self.text));
                match (moved::look_for(self.text, passages, anchor, self.lang), missed) {
                    (Ok(moved), _) => Found::Moved(moved),
                    (Err(nearest), Found::Absent(_)) => Found::Absent(nearest),
                    (Err(_), missed) => missed,
                }
            }
        }
    }

    fn find_words(&self, anchor: &Anchor) -> Found {
        let found = match Quote::new(anchor, |words| nfc(words).into_owned()).look_up(self.text) {
            // An accent that emphasis parts from its letter stands apart in the text, too.
            Found::Absent(_) => Quote::new(anchor, str::to_owned).look_up(self.text),
            found => found,
        };
        match found {
            Found::Absent(_) => self.find_normalised(anchor),
            doubtful @ (Found::Within(_) | Found::Elsewhere(_)) => match self.find_normalised(anchor) {
                Found::Absent(_) => doubtful,
                found => found,
            },
            found => found,
        }
    }

    /// The words stand as quoted; those around them, where they differ from the ones given, must say the same.
    fn compare_context(&self, anchor: &Anchor, range: Range<usize>) -> Found {
        let around = Quote::new(anchor, str::to_owned);
        if around.fit(self.text, &range) >= 1.0 {
            return Found::At(range);
        }
        match moved::in_place(self.text, anchor, range.clone(), self.lang) {
            moved if moved.differences.is_empty() => Found::At(range),
            moved => Found::Moved(moved),
        }
    }

    fn find_normalised(&self, anchor: &Anchor) -> Found {
        let normal = self.normal.get_or_init(|| Normal::new(self.text));
        let quote = Quote::new(anchor, |words| Normal::new(&nfc(words)).into_text());
        match quote.look_up(normal.text()) {
            Found::At(range) => Found::At(normal.original(&range)),
            Found::Ambiguous(ranges) => Found::Ambiguous(ranges.iter().map(|range| normal.original(range)).collect()),
            Found::Within(range) => Found::Within(normal.original(&range)),
            Found::Elsewhere(range) => Found::Elsewhere(normal.original(&range)),
            found @ (Found::Absent(_) | Found::Fewer { .. } | Found::Moved(_)) => found,
        }
    }
}

/// Looks a quote up in a text by itself; see [`Haystack::find`].
pub fn find(text: &str, anchor: &Anchor, lang: &Lang) -> Found {
    Haystack::new(text, lang).find(anchor)
}

/// An anchor whose words have been brought into the form of the text they are looked up in.
struct Quote {
    exact: String,
    /// The characters that should stand before the quote, folded, from the quote outwards.
    prefix: Vec<char>,
    /// The characters that should stand after the quote, folded.
    suffix: Vec<char>,
    occurrence: Option<usize>,
}

impl Quote {
    fn new(anchor: &Anchor, form: impl Fn(&str) -> String) -> Self {
        let context = |words: &Option<Box<str>>| nfc(words.as_deref().unwrap_or_default().trim()).into_owned();
        Self {
            exact: form(&anchor.exact).trim().to_owned(),
            prefix: folded(context(&anchor.prefix).chars().rev()).collect(),
            suffix: folded(context(&anchor.suffix).chars()).collect(),
            occurrence: anchor.occurrence.map(|number| number.get() as usize),
        }
    }

    fn look_up(&self, text: &str) -> Found {
        if self.exact.is_empty() {
            return Found::Absent(None);
        }
        let everywhere = occurrences::of(&self.exact, text);
        let places: Vec<_> = everywhere.iter().filter(|place| ends_where_words_end(text, place)).cloned().collect();
        match (places.as_slice(), self.occurrence) {
            ([], _) => everywhere.into_iter().next().map_or(Found::Absent(None), Found::Within),
            (places, Some(number)) => places.get(number - 1).map_or(Found::Fewer { occurs: places.len() }, |place| self.agree(text, place)),
            ([place], None) => self.agree(text, place),
            (places, None) => self.choose(text, places),
        }
    }

    /// The only place that can be meant, unless the words around it are plainly others than those given.
    fn agree(&self, text: &str, place: &Range<usize>) -> Found {
        if self.fit(text, place) >= FIT { Found::At(place.clone()) } else { Found::Elsewhere(place.clone()) }
    }

    /// The place whose context fits wholly, if it is the only one; else the best fit by a clear margin.
    fn choose(&self, text: &str, places: &[Range<usize>]) -> Found {
        let ambiguous = || Found::Ambiguous(places.to_vec());
        if self.prefix.is_empty() && self.suffix.is_empty() {
            return ambiguous();
        }
        let mut fits: Vec<(f64, &Range<usize>)> = places.iter().map(|place| (self.fit(text, place), place)).collect();
        fits.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (best, next) = (fits[0].0, fits[1].0);
        let whole = best >= 1.0 && next < 1.0;
        if whole || best >= FIT && best - next >= MARGIN { Found::At(fits[0].1.clone()) } else { ambiguous() }
    }

    /// How well the context stands around `place`. Each side counts by itself, so that a long suffix cannot
    /// outvote the `not` that came between the prefix and the quote.
    fn fit(&self, text: &str, place: &Range<usize>) -> f64 {
        let before = share(&self.prefix, text[..place.start].trim_end().chars().rev());
        let after = share(&self.suffix, text[place.end..].trim_start().chars());
        before.min(after)
    }
}

/// The share of a context's characters that a place must have around it.
const FIT: f64 = 0.6;
/// By how much the best of several places must fit better than the next.
const MARGIN: f64 = 0.2;

/// The share of the `wanted` characters that are `there`, counted up to the first that differs.
#[expect(clippy::cast_precision_loss, reason = "contexts are far shorter than 2^52 characters")]
fn share(wanted: &[char], there: impl Iterator<Item = char>) -> f64 {
    if wanted.is_empty() {
        return 1.0;
    }
    let mut there = folded(there).peekable();
    let same = wanted.iter().take_while(|wanted| there.next_if_eq(*wanted).is_some()).count();
    let ends_in_figure = same == wanted.len() && same < moved::WRITTEN && wanted.last().is_some_and(char::is_ascii_digit);
    if ends_in_figure && goes_on(&mut there) {
        return 0.0;
    }
    same as f64 / wanted.len() as f64
}

/// Whether the characters go on with a figure that has begun.
fn goes_on(there: &mut impl Iterator<Item = char>) -> bool {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    match there.next() {
        Some('.' | ',') => is_digit(there.next()),
        next => is_digit(next),
    }
}

/// Characters without their typographic variants, runs of white space as one.
fn folded(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let mut last = None;
    chars
        .flat_map(|c| {
            let mut letters = String::new();
            normal::fold(c, &mut letters);
            letters.chars().collect::<Vec<_>>()
        })
        .filter(move |c| last.replace(*c) != Some(' ') || *c != ' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rungs of equal words alone.
    fn find(text: &str, anchor: &Anchor) -> Found {
        Haystack::new(text, &Lang::new("en").unwrap()).find_words(anchor)
    }

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
        assert_eq!(find("a b a", &second), Found::Fewer { occurs: 2 });
    }

    #[test]
    fn quotes_dashes_and_spaces_are_alike_in_the_end() {
        let text = "Disse: «è l’anno\u{a0}2024–25» e\ntacque per 3\u{ad}0 ﬁle…";
        check_found(text, &anchor("\"è l'anno 2024-25\" e tacque", "", ""), "«è l’anno\u{a0}2024–25» e\ntacque");
        check_found(text, &anchor("30 file...", "", ""), "3\u{ad}0 ﬁle…");
    }

    #[test]
    fn a_figure_that_goes_on_outside_the_quote_is_never_accepted() {
        let lang = Lang::new("en").unwrap();
        for (text, exact) in [
            ("It paid 3 500 euros to the old mill.", "500 euros to the old mill"),
            ("Then 2–5 million wells in the old town were dug.", "5 million wells in the old town were dug"),
            ("It counted 2.5 million ducks in the old town.", "5 million ducks in the old town"),
            ("Prices in the old town centre rose by 5%.", "Prices in the old town centre rose by 5"),
            ("Then €5 million was paid in the old town.", "5 million was paid in the old town"),
            ("The old town paid the mill 5 million dollars.", "The old town paid the mill 5 million"),
            ("The old town paid the mill five million euro.", "The old town paid the mill five million"),
            ("In the old town they counted twenty-five ducks.", "In the old town they counted twenty"),
            ("In the old town they waited for two dozen.", "In the old town they waited for two"),
        ] {
            let first = text.split_whitespace().next().unwrap();
            for anchor in [anchor(exact, "", ""), anchor(exact, first, "")] {
                match Haystack::new(text, &lang).find(&anchor) {
                    Found::At(_) => panic!("{anchor:?} is accepted in {text:?}"),
                    Found::Moved(moved) => assert_ne!(moved.differences, [], "{anchor:?} drifts in {text:?}"),
                    _ => {}
                }
            }
        }
    }

    #[test]
    fn a_figure_in_words_that_goes_on_behind_an_of_is_never_accepted_either() {
        let lang = Lang::new("it").unwrap();
        let text = "Disse che la vecchia città del nord pagò 5 milioni di euro. Cadde.";
        for exact in ["la vecchia città del nord pagò 5 milioni", "la vecchia città del nord pagò 5 milioni di"] {
            let found = Haystack::new(text, &lang).find(&anchor(exact, "", ""));
            assert!(matches!(found, Found::Within(_)), "{exact:?}: {found:?}");
        }
    }

    #[test]
    fn other_words_are_not_found() {
        assert_eq!(find("13 gennaio", &anchor("20 gennaio", "", "")), Found::Absent(None));
        assert_eq!(find("", &anchor(" ", "", "")), Found::Absent(None));
    }

    fn check_within(text: &str, exact: &str) {
        assert!(matches!(find(text, &anchor(exact, "", "")), Found::Within(_)), "{exact:?} in {text:?}");
    }

    #[test]
    fn a_quote_ends_where_a_word_ends() {
        for (text, exact) in [
            ("It has 15 million users.", "5 million users"),
            ("It has 1.5 million users.", "5 million users"),
            ("It has 1,500 users.", "500 users"),
            ("It costs 1’500 francs.", "500 francs"),
            ("by −3 % in May", "3 %"),
            ("−3 %", "3 %"),
            ("(-€3 m)", "€3 m"),
            ("It grew to 1.5", "It grew to 1"),
            ("an unhappy man", "happy man"),
            ("a cat’s 10² lives", "10"),
            ("5½ years", "5"),
            ("3\u{ad}0 files", "0 files"),
            ("cafe\u{332}", "cafe"),
            ("l’ufﬁcio", "l'uf"),
        ] {
            check_within(text, exact);
        }
        for (text, exact) in [
            ("l’Europa", "Europa"),
            ("10–15 % of 2024-25", "15 %"),
            ("In 2024, 15 million.", "In 2024"),
            ("15 million.", "15 million"),
            ("foo - 3 bar", "3 bar"),
            ("私はAIが好き", "AI"),
            ("東京都に住む", "京都"),
            ("ภาษาไทย", "ไทย"),
            ("2024年に", "2024"),
        ] {
            check_found(text, &anchor(exact, "", ""), exact);
        }
        check_found("15 million, later 5 million", &anchor("5 million", "", ""), "5 million");
    }

    #[test]
    fn overlapping_places_are_ambiguous() {
        assert!(matches!(find("ha ha ha", &anchor("ha ha", "", "")), Found::Ambiguous(places) if places.len() == 2));
    }

    #[test]
    fn different_numbers_stay_different() {
        for (text, exact) in [("10²", "102"), ("102", "10²"), ("5½", "51⁄2"), ("①", "1"), ("x₁", "x1"), ("10⁻³", "10-3")] {
            assert_eq!(find(text, &anchor(exact, "", "")), Found::Absent(None), "{exact:?} in {text:?}");
        }
        check_found("about 5½\u{a0}years", &anchor("5½ years", "", ""), "5½\u{a0}years");
    }

    #[test]
    fn a_context_that_disagrees_is_no_hit() {
        let text = "It did not “rise by 5%” in May";
        for (prefix, suffix) in [("It did ", ""), ("It did ", "\" in May"), ("It did not", "in June of that year"), ("", "in August")] {
            assert!(matches!(find(text, &anchor("rise by 5%", prefix, suffix)), Found::Elsewhere(_)), "{prefix:?} {suffix:?}");
        }
        for (prefix, suffix) in [("It did not \"", ""), ("not “", "” in"), ("", "\"  in May"), ("So it did not “", "")] {
            check_found(text, &anchor("rise by 5%", prefix, suffix), "rise by 5%");
        }
    }
}
