//! What word forms have in common, by Snowball's algorithms.

use std::borrow::Cow;

use snowball_stemmers_rs::{Algorithm, Stemmer};

use super::word::fold;
use crate::base::Lang;

/// How the words of a language are shortened to stems.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Tongue(u8);

/// Languages with an algorithm; a tongue is a position here, or behind the last for all other languages.
const ALGORITHMS: [(&str, Algorithm); 17] = [
    ("ar", Algorithm::Arabic),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("en", Algorithm::English),
    ("es", Algorithm::Spanish),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("hu", Algorithm::Hungarian),
    ("it", Algorithm::Italian),
    ("nb", Algorithm::Norwegian),
    ("nl", Algorithm::Dutch),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sv", Algorithm::Swedish),
    ("tr", Algorithm::Turkish),
];

/// How many letters at the start a word and its stem share at least: forms of one stem must lie near each other.
const SHARED: usize = 2;

impl Tongue {
    /// The tongue of texts in `lang`.
    pub fn of(lang: &Lang) -> Self {
        let primary = lang.as_str().split('-').next().unwrap_or_default();
        let found = ALGORITHMS.iter().position(|(tag, _)| *tag == primary).unwrap_or(ALGORITHMS.len());
        Self(u8::try_from(found).unwrap_or(u8::MAX))
    }

    /// A number of its own.
    pub fn number(self) -> u8 {
        self.0
    }

    /// The folded stem of a word in small letters, whose folded form is `form`.
    pub fn stem(self, lower: &str, form: &str) -> String {
        let Some((_, algorithm)) = ALGORITHMS.get(usize::from(self.0)) else { return form.to_owned() };
        // Snowball writes Italian and English with the straight apostrophe and whole letters, as words come here.
        let stem = Stemmer::create(*algorithm).stem(lower);
        let stem = match stem {
            Cow::Borrowed(same) if same == lower => form.to_owned(),
            other => fold(&other),
        };
        let near = !stem.is_empty() && stem.chars().take(SHARED).eq(form.chars().take(SHARED.min(stem.chars().count())));
        if near { stem } else { form.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::word::lower;
    use super::*;

    fn stem(lang: &str, word: &str) -> String {
        Tongue::of(&Lang::new(lang).unwrap()).stem(&lower(word), &fold(word))
    }

    #[test]
    fn forms_of_one_word_have_one_stem() {
        let same = [
            ("it", "economico", "economiche"),
            ("it", "investimento", "investimenti"),
            ("it", "città", "citta"),
            ("it", "Pubblicare", "pubblicato"),
            ("en", "investment", "investments"),
            ("en", "published", "publishing"),
            ("en-GB", "company", "companies"),
            ("de", "Häuser", "Hauser"),
        ];
        for (lang, one, other) in same {
            assert_eq!(stem(lang, one), stem(lang, other), "{lang}: {one}, {other}");
        }
        assert_ne!(stem("it", "nota"), stem("it", "notte"));
        assert_ne!(stem("en", "universe"), stem("en", "unit"));
    }

    #[test]
    fn a_stem_begins_as_its_word_does() {
        assert_eq!(stem("en", "dying"), "dying");
        assert_eq!(stem("en", "skies"), "sky");
    }

    #[test]
    fn a_language_without_an_algorithm_keeps_its_words() {
        assert_eq!(stem("zh", "北"), "北");
        assert_eq!(stem("la", "annales"), "annales");
    }
}
