//! Changes to the sources that an editor asked for: text in, text out, every other byte kept.
//!
//! No file is written anew from its data: a serialiser would lose line ends, order or the shape of a string. Only the
//! bytes of the value that changes are replaced, in every notation by the same means, and the result is read again
//! before it is given out. What cannot be changed that way is refused.

mod block;
mod patch;
mod quotes;
pub mod requote;
mod same;
mod spot;

pub use patch::{Change, NewValue, Refusal, patch};

#[cfg(test)]
mod tests;
