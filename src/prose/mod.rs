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
pub use difference::{Aspect, Difference, differences};
pub use number::Number;
pub use sense::{Name, Quantity, Sense, Turn, Word};

use crate::base::Lang;

/// What `text` says, read as Italian for `it` and its regions, and as English for any other language.
pub fn sense(text: &str, lang: &Lang) -> Sense {
    let tokens = token::tokens(text);
    reader::Reader { tokens: &tokens, lexicon: lexicon::Lexicon::of(lang) }.read()
}
