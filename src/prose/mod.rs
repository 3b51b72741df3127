//! What a passage says that can be checked: numbers, dates, currencies, measures, names, negations and the words that turn
//! a sense, in English and Italian. Text in, values out; no archive, no fact, no verdict about the truth.
//!
//! It decides whether an edited sentence still says what the old one said, and so it errs to one side: whatever it cannot
//! tell apart from a change is a change, and a person looks. Commas, quotes, dashes, spelling and ordinary words are none.

mod calendar;
mod date;
mod denial;
mod difference;
mod lexicon;
mod number;
mod opposites;
mod quantity;
mod reader;
mod roles;
mod sense;
mod swap;
mod token;
mod words;

#[cfg(test)]
mod tests;

pub use date::Date;
pub use denial::denial;
pub use difference::{Aspect, Difference, differences, differences_beside};
pub use number::Number;
pub use sense::{Name, Quantity, Sense, Turn, Word};

use crate::base::Lang;

/// Whether a figure may go on after `word`: `5 million` in `5 million dollars`.
pub fn is_number_word(word: &str, lang: &Lang) -> bool {
    let table = lexicon::Lexicon::of(lang).table;
    let lower = word.to_lowercase();
    table.scales.contains_key(&lower) || table.numbers.contains_key(&lower) || table.collectives.contains_key(&lower)
}

/// What `text` says, read as Italian for `it` and its regions, and as English for any other language.
pub fn sense(text: &str, lang: &Lang) -> Sense {
    let lexicon = lexicon::Lexicon::of(lang);
    reader::Reader { tokens: &lexicon.tokens(text), lexicon }.read()
}
