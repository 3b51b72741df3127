//! What words mean, by language: the tables in `words/`, read once. A new word is a new row there, and no new code.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::sense::Turn;
use super::token::{Kind, Token, tokens};
use crate::base::Lang;

/// The words of one language, and those beside numbers, which all share.
pub(super) struct Lexicon {
    /// A point groups digits, and a comma stands before decimals.
    pub comma_is_decimal: bool,
    pub table: &'static Table,
    pub currencies: Phrases<&'static str>,
    /// Words for currencies that are ordinary words without a number.
    pub common: &'static [String],
    pub units: Phrases<&'static str>,
    /// Measures by their signs, where a capital makes another of them: `mW`, `MW`.
    pub cased: BTreeMap<&'static str, &'static str>,
    pub relative: Phrases<&'static str>,
    pub turns: Phrases<(Turn, &'static str)>,
    /// Words that deny what follows in their sentence: `it is not true that`.
    pub denials: Phrases<()>,
    /// Words that count beside a number only: `over`, `circa`.
    pub extents: Phrases<&'static str>,
    /// With whether the word is the whole name; a short form is a month beside a number only.
    pub months: BTreeMap<&'static str, (u8, bool)>,
    pub weekdays: BTreeMap<&'static str, u8>,
    pub multiples: BTreeMap<&'static str, u8>,
    pub plain: BTreeSet<&'static str>,
    /// Verbs that open a sentence, in all their forms.
    pub openers: BTreeSet<String>,
    /// Endings of words that open a sentence and are hardly a name.
    pub endings: &'static [String],
    pub numbered: BTreeSet<&'static str>,
    /// Words that follow a verb at the beginning of a sentence, and hardly a name.
    pub objects: BTreeSet<&'static str>,
    /// One of the forms of a small word, for all of them.
    pub forms: BTreeMap<&'static str, &'static str>,
    /// The right form of words that are often written with the wrong accent.
    accents: BTreeMap<&'static str, &'static str>,
    /// What a name has to do with what happened, by the small word before it, in the form of `forms`.
    pub roles: BTreeMap<&'static str, &'static str>,
    /// What a figure or a date is to what happened, by the small word before it, in the form of `forms`.
    pub bounds: BTreeMap<&'static str, &'static str>,
    /// The words and marks that a date, a quantity or a phrase of the tables can begin with.
    pub known: BTreeSet<Box<str>>,
}

/// A file of `words/`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    /// Words for 1 that are articles or pronouns more often.
    pub first: Vec<String>,
    pub articles: Vec<String>,
    pub and: Vec<String>,
    pub halves: Vec<String>,
    pub to: Vec<String>,
    pub between: Vec<String>,
    /// Words after which four digits are a year.
    pub prepositions: Vec<String>,
    /// Words with which something begins that may stand anywhere in a sentence.
    pub leading: BTreeSet<String>,
    /// `dozen`: so many at a time.
    pub collectives: BTreeMap<String, u32>,
    /// `ventina`: about so many.
    pub loose: BTreeMap<String, u32>,
    /// Ordinals that mean something else unless one of `definite` stands before them.
    pub shy: Vec<String>,
    pub definite: Vec<String>,
    pub numbers: BTreeMap<String, u32>,
    /// Powers of ten.
    pub scales: BTreeMap<String, u8>,
    pub ordinals: BTreeMap<String, u32>,
    pub fractions: BTreeMap<String, u32>,
    multiples: Rows,
    pub dates: Dates,
    relative: Rows,
    negation: Rows,
    pub denials: Denials,
    turn: Rows,
    people: Rows,
    bounds: Rows,
    modality: Rows,
    extent: Rows,
    amounts: Rows,
    pub tenses: Tenses,
    endings: BTreeMap<String, String>,
    forms: BTreeMap<String, String>,
    accents: BTreeMap<String, String>,
    roles: Rows,
    names: Names,
}

/// Words that deny what follows.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Denials {
    opening: Vec<String>,
    /// Words after which something else may be said.
    pub but: BTreeSet<String>,
}

/// Endings of verbs that tell how sure it is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tenses {
    pub future: Vec<String>,
    pub conditional: Vec<String>,
    /// Words that only end alike.
    pub not: BTreeSet<String>,
}

/// A key and the words that mean it.
type Rows = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dates {
    months: Vec<Vec<String>>,
    weekdays: Vec<Vec<String>>,
    pub of: Vec<String>,
    pub quarter: Vec<String>,
    pub half: Vec<String>,
    pub decade: Vec<String>,
    /// `sixties`
    pub decades: BTreeMap<String, u16>,
    pub century: Vec<String>,
    pub clock: Vec<String>,
    pub am: Vec<String>,
    pub pm: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    plain: String,
    verbs: String,
    endings: Vec<String>,
    numbered: String,
    objects: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Measures {
    common: Vec<String>,
    currencies: Rows,
    cased: Rows,
    units: Rows,
}

static MEASURES: LazyLock<Measures> = LazyLock::new(|| read(include_str!("words/measures.toml")));
static ENGLISH_TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(include_str!("words/en.toml")));
static ITALIAN_TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(include_str!("words/it.toml")));
static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&ENGLISH_TABLE, false));
static ITALIAN: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&ITALIAN_TABLE, true));

pub(super) fn read<T: serde::de::DeserializeOwned>(toml: &str) -> T {
    toml::from_str(toml).expect("the tables of words are part of the program, and a test reads them")
}

impl Table {
    /// Verbs in all their forms.
    fn new(toml: &str) -> Self {
        let mut table: Self = read(toml);
        let Self { multiples, negation, turn, modality, endings, .. } = &mut table;
        for words in [multiples, negation, turn, modality].into_iter().flat_map(BTreeMap::values_mut) {
            *words = words.iter().flat_map(|word| forms_of(word, endings)).collect::<BTreeSet<_>>().into_iter().collect();
        }
        table
    }
}

/// The forms of `aument|are`; any other word as it is.
fn forms_of(word: &str, endings: &BTreeMap<String, String>) -> Vec<String> {
    match word.split_once('|') {
        Some((stem, class)) => endings[class].split(' ').map(|ending| format!("{stem}{ending}")).collect(),
        None => vec![word.to_owned()],
    }
}

impl Lexicon {
    /// Italian for `it` and its regions, English for all others.
    pub fn of(lang: &Lang) -> &'static Self {
        let italian = lang.as_str().split('-').next().is_some_and(|first| first.eq_ignore_ascii_case("it"));
        if italian { &ITALIAN } else { &ENGLISH }
    }

    fn new(words: &'static Table, comma_is_decimal: bool) -> Self {
        let turns = [
            (Turn::Negation, &words.negation),
            (Turn::Sense, &words.turn),
            (Turn::Person, &words.people),
            (Turn::Modality, &words.modality),
            (Turn::Amount, &words.amounts),
        ];
        let turns = turns.into_iter().flat_map(|(turn, rows)| rows_of(rows).map(move |(key, word)| ((turn, key), word)));
        let numbered = |words: &'static [Vec<String>]| {
            let row = |(number, row): (u8, &'static Vec<String>)| {
                row.iter().enumerate().map(move |(at, word)| (word.as_str(), (number, at == 0)))
            };
            (1..).zip(words).flat_map(row)
        };
        let lexicon = Self {
            comma_is_decimal,
            table: words,
            currencies: Phrases::new(rows_of(&MEASURES.currencies)),
            common: &MEASURES.common,
            units: Phrases::new(rows_of(&MEASURES.units)),
            cased: rows_of(&MEASURES.cased).map(|(unit, sign)| (sign, unit)).collect(),
            relative: Phrases::new(rows_of(&words.relative)),
            turns: Phrases::new(turns),
            extents: Phrases::new(rows_of(&words.extent)),
            denials: Phrases::new(words.denials.opening.iter().map(|phrase| ((), phrase.as_str()))),
            months: numbered(&words.dates.months).collect(),
            weekdays: numbered(&words.dates.weekdays).map(|(word, (day, _))| (word, day)).collect(),
            multiples: rows_of(&words.multiples).filter_map(|(times, word)| Some((word, times.parse().ok()?))).collect(),
            plain: words.names.plain.split_whitespace().collect(),
            openers: words.names.verbs.split_whitespace().flat_map(|verb| forms_of(verb, &words.endings)).collect(),
            endings: &words.names.endings,
            numbered: words.names.numbered.split_whitespace().collect(),
            objects: words.names.objects.split_whitespace().collect(),
            forms: words_of(&words.forms).collect(),
            accents: words_of(&words.accents).collect(),
            bounds: rows_of(&words.bounds).map(|(bound, word)| (word, bound)).collect(),
            roles: rows_of(&words.roles).map(|(role, word)| (word, role)).collect(),
            known: BTreeSet::new(),
        };
        Self { known: lexicon.beginnings(), ..lexicon }
    }

    /// The tokens of a text in this language, with the right accents: `perchè`, `e'`, `piu`.
    pub fn tokens(&self, text: &str) -> Vec<Token> {
        let mut read: Vec<Token> = Vec::new();
        for token in tokens(text) {
            let before = read.len().checked_sub(2).and_then(|before| read.get(before));
            let quoted = before.is_some_and(|before| before.is("'")) && read.last().is_some_and(|last| last.glued);
            let is_apostrophe = token.is("'") && token.glued && !quoted;
            if let Some(last) = read.last_mut().filter(|_| is_apostrophe)
                && let Some(right) = self.accents.get(&*format!("{}'", last.lower))
            {
                last.spell(right);
                continue;
            }
            read.push(token);
            if let Some(last) = read.last_mut()
                && let Some(right) = self.accents.get(&*last.lower)
            {
                last.spell(right);
            }
        }
        read
    }

    fn beginnings(&self) -> BTreeSet<Box<str>> {
        const MARKS: &str = "- + ' ½ ⅓ ⅔ ¼ ¾ ⅕ ⅖ ⅗ ⅘ ⅙ ⅚ ⅛ ⅜ ⅝ ⅞ minus mezzo mezza mezz'";
        let table = self.table;
        let lists = [&table.first, &table.articles, &table.halves, &table.dates.decade, &table.dates.clock];
        let numbers = [&table.numbers, &table.ordinals, &table.collectives, &table.loose];
        let known = MARKS.split(' ').chain(lists.into_iter().flatten().map(String::as_str));
        let known = known.chain(numbers.into_iter().flat_map(|words| words.keys().map(String::as_str)));
        let known = known.chain(table.dates.decades.keys().map(String::as_str));
        let known = known.chain(self.months.keys().copied()).chain(self.weekdays.keys().copied()).chain(self.multiples.keys().copied());
        let phrases =
            self.currencies.beginnings().chain(self.relative.beginnings()).chain(self.extents.beginnings()).chain(self.turns.beginnings());
        known.map(Into::into).chain(phrases.cloned()).collect()
    }
}

fn rows_of(rows: &'static Rows) -> impl Iterator<Item = (&'static str, &'static str)> {
    rows.iter().flat_map(|(key, words)| words.iter().map(move |word| (key.as_str(), word.as_str())))
}

/// The words of rows that are written in one string.
fn words_of(rows: &'static BTreeMap<String, String>) -> impl Iterator<Item = (&'static str, &'static str)> {
    rows.iter().flat_map(|(key, all)| all.split(' ').map(move |word| (word, key.as_str())))
}

/// Words and runs of words, and what they mean; the longest run counts.
pub(super) struct Phrases<V> {
    /// By the first word: the words after it, the longest first.
    by_first: BTreeMap<Box<str>, Vec<(Vec<Token>, V)>>,
}

impl<V: Copy> Phrases<V> {
    fn new<'w>(rows: impl Iterator<Item = (V, &'w str)>) -> Self {
        let mut by_first: BTreeMap<Box<str>, Vec<(Vec<Token>, V)>> = BTreeMap::new();
        for (meaning, phrase) in rows {
            let mut words = tokens(phrase).into_iter();
            if let Some(first) = words.next() {
                by_first.entry(first.lower).or_default().push((words.collect(), meaning));
            }
        }
        for rests in by_first.values_mut() {
            rests.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        Self { by_first }
    }

    fn beginnings(&self) -> impl Iterator<Item = &Box<str>> {
        self.by_first.keys()
    }

    /// What the tokens from `at` on mean, and where the phrase ends.
    pub fn at(&self, tokens: &[Token], at: usize) -> Option<(V, usize)> {
        let first = tokens.get(at).filter(|token| token.kind != Kind::End)?;
        let after = &tokens[at + 1..];
        let alike = |(word, token): (&Token, &Token)| word.lower == token.lower && (token.glued || !word.glued);
        let fits = |rest: &[Token]| rest.len() <= after.len() && rest.iter().zip(after).all(alike);
        let (rest, meaning) = self.by_first.get(&first.lower)?.iter().find(|(rest, _)| fits(rest))?;
        Some((*meaning, at + 1 + rest.len()))
    }
}
