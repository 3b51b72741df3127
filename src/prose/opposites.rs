//! Words that turn a sense where one takes another's place: `some` for `all`, `after` for `before`, `invalid` for `valid`.
//! That one of these comes or goes by itself is a matter of style more often than of sense. Not so with verbs such as
//! `rose`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::lexicon::read;
use super::sense::{Sense, Turn, Word};

/// `words/opposites.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    families: Families<Vec<String>>,
    alone: Families<String>,
    past: Past,
    prefixes: Prefixes,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Past {
    words: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Families<T> {
    sense: Vec<T>,
    people: Vec<T>,
    negation: Vec<T>,
    modality: Vec<T>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Prefixes {
    denying: Vec<String>,
    opposed: Vec<(String, String)>,
    endings: Vec<(String, String)>,
}

impl<T> Families<T> {
    fn rows(&self) -> impl Iterator<Item = (Turn, &T)> {
        let rows =
            [(Turn::Sense, &self.sense), (Turn::Person, &self.people), (Turn::Negation, &self.negation), (Turn::Modality, &self.modality)];
        rows.into_iter().flat_map(|(turn, rows)| rows.iter().map(move |row| (turn, row)))
    }
}

/// The tables, by word.
struct Opposites {
    /// The families of a word, by their number.
    families: BTreeMap<(Turn, &'static str), Vec<usize>>,
    /// Words that change what is said also when they come or go alone.
    alone: BTreeSet<(Turn, &'static str)>,
    prefixes: &'static Prefixes,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| read(include_str!("words/opposites.toml")));
static OPPOSITES: LazyLock<Opposites> = LazyLock::new(|| {
    let mut families: BTreeMap<(Turn, &str), Vec<usize>> = BTreeMap::new();
    for (number, (turn, family)) in TABLE.families.rows().enumerate() {
        for key in family {
            families.entry((turn, key)).or_default().push(number);
        }
    }
    let alone = TABLE.alone.rows().map(|(turn, key)| (turn, key.as_str())).collect();
    Opposites { families, alone, prefixes: &TABLE.prefixes }
});

impl Sense {
    /// The families of which this passage has a word.
    pub(super) fn families(&self) -> BTreeSet<usize> {
        self.words.iter().filter_map(|word| OPPOSITES.families.get(&(word.turn, word.key))).flatten().copied().collect()
    }
}

impl Word {
    /// Whether it says something else than a passage with words of these `families` may leave unsaid.
    pub(super) fn matters_beside(&self, families: &BTreeSet<usize>) -> bool {
        let key = (self.turn, self.key);
        let own = OPPOSITES.families.get(&key).filter(|_| !OPPOSITES.alone.contains(&key));
        own.is_none_or(|own| own.iter().any(|family| families.contains(family)))
    }

    /// Whether it comes and goes by itself, so that it says no more when it is said twice.
    pub(super) fn is_style(&self) -> bool {
        let key = (self.turn, self.key);
        OPPOSITES.families.contains_key(&key) && !OPPOSITES.alone.contains(&key)
    }
}

/// So many letters two words must have in common that differ by what is before or after.
const STEM: usize = 3;

/// Whether one of them alone speaks of the past.
pub fn turns_past(old: &Sense, new: &Sense) -> bool {
    let words = |sense: &Sense| -> BTreeSet<Box<str>> { sense.line.iter().map(|step| step.word.clone()).collect() };
    words(old).symmetric_difference(&words(new)).any(|word| TABLE.past.words.contains(&**word))
}

/// A word of `old` in whose place `new` has its opposite, by a prefix or an ending: `valid` and `invalid`, `careful` and
/// `careless`.
pub fn opposed<'s>(old: &'s Sense, new: &'s Sense) -> Option<(&'s str, &'s str)> {
    let gone = || old.plain.difference(&new.plain);
    let come = || new.plain.difference(&old.plain);
    let taken = |word: &str| new.plain.get(word).filter(|word| !old.plain.contains(*word)).map(|word| &**word);
    let given = |word: &str| old.plain.get(word).filter(|word| !new.plain.contains(*word)).map(|word| &**word);
    let denied = come().find_map(|word| bare(word).find_map(given).map(|was| (was, &**word)));
    let denies = || gone().find_map(|word| bare(word).find_map(taken).map(|now| (&**word, now)));
    let turned = || gone().find_map(|word| turns(word).find_map(|now| taken(&now)).map(|now| (&**word, now)));
    denied.or_else(denies).or_else(turned)
}

/// The word without a prefix that denies.
fn bare(word: &str) -> impl Iterator<Item = &str> {
    let prefixes = OPPOSITES.prefixes.denying.iter();
    prefixes.filter_map(|prefix| word.strip_prefix(&**prefix)).filter(|rest| rest.len() > STEM)
}

/// The word with another prefix or ending that turns it.
fn turns(word: &str) -> impl Iterator<Item = String> {
    let Prefixes { opposed, endings, .. } = OPPOSITES.prefixes;
    let both = |pairs: &'static [(String, String)]| pairs.iter().flat_map(|(one, other)| [(one, other), (other, one)]);
    // `pro-union`, `anti-union`: the prefix may be a word by itself.
    let long = |rest: &&str| rest.is_empty() || rest.len() >= STEM;
    let heads = both(opposed).filter_map(move |(one, other)| word.strip_prefix(&**one).filter(long).map(|rest| format!("{other}{rest}")));
    let tails = both(endings).filter_map(move |(one, other)| word.strip_suffix(&**one).filter(long).map(|rest| format!("{rest}{other}")));
    heads.chain(tails)
}
