//! What a passage says, as values.

use std::collections::BTreeSet;

use super::date::Date;
use super::number::Number;

/// What a passage says that a reader could check, in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sense {
    /// Numbers with what they count; not those of dates and names.
    pub quantities: Vec<Quantity>,
    /// Dates, times and the words that stand for them.
    pub dates: Vec<Date>,
    /// The words of names, and codes such as `H100`.
    pub names: Vec<Name>,
    /// Words that turn the sense: negations, directions, modality.
    pub words: Vec<Word>,
    /// Currencies that stand without a number.
    pub(super) currencies: Vec<&'static str>,
    /// All words, for what has changed places.
    pub(super) line: Vec<Step>,
    /// The small words before figures and dates: `by 5%`, `to 5%`.
    pub(super) bounds: Vec<&'static str>,
    /// The ordinary words, in small letters. One that opens a sentence on the other side is no name there.
    pub(super) plain: BTreeSet<Box<str>>,
}

/// A number in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The number, scale words multiplied out; of a range, where it begins.
    pub value: Number,
    /// Where a range ends.
    pub until: Option<Number>,
    /// `third`, `3º`: a place in a row.
    pub ordinal: bool,
    /// An ISO 4217 code.
    pub currency: Option<&'static str>,
    /// The measure directly after the number, `%` included.
    pub unit: Option<&'static str>,
    /// A word such as `about` or `over` stands beside it.
    pub rounded: bool,
}

/// One word of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As written.
    pub text: Box<str>,
    /// In small letters, without hyphens and spaces.
    pub(super) key: Box<str>,
    /// It opens a sentence, so that it may be an ordinary word.
    pub(super) opens: bool,
    /// Only a comma or an `and` stands between it and the name before.
    pub(super) listed: bool,
    /// Its part in what happened, by the small word before it: `by`, `to`.
    pub(super) role: Option<&'static str>,
    pub(super) at: usize,
}

/// One word of a passage in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// In small letters and without the ending that changes with a noun.
    pub word: Box<str>,
    /// A word such as `and`, or a comma, stands before it.
    pub joined: bool,
    /// A small word such as `in`, with which something may stand anywhere in a sentence.
    pub leads: bool,
}

/// A word of one of the tables, by its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// What kind of word it is.
    pub turn: Turn,
    /// The meaning, which synonyms and languages share.
    pub key: &'static str,
    pub(super) at: usize,
}

/// How a word turns the sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// `not`, `never`, `without`, `denies`.
    Negation,
    /// `rose` and `fell`, `all` and `some`, `before` and `after`.
    Sense,
    /// `man` and `woman`, `son` and `daughter`.
    Person,
    /// `will`, `may`, `alleged`.
    Modality,
    /// Beside a number: `about`, `more than`.
    Extent,
    /// A number that is not told: `thousands`, `a majority`.
    Amount,
}

impl Sense {
    /// Whether the number is stated: as a quantity, as an end of a range, or as a year. Beside a word such as `about`
    /// it may be rounded to the digits that the text shows, but to no fewer than two.
    pub fn states(&self, number: f64) -> bool {
        let Some(number) = Number::from_f64(number) else { return false };
        let stated = |quantity: &Quantity| {
            let fits = |value: &Number| *value == number || (quantity.rounded && value.rounds(&number));
            !quantity.ordinal && (fits(&quantity.value) || quantity.until.as_ref().is_some_and(fits))
        };
        let year = |date: &Date| date.year().is_some_and(|year| Number::whole(u128::from(year)) == number);
        self.quantities.iter().any(stated) || self.dates.iter().any(year)
    }
}
