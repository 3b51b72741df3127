//! The words that all stages speak. No disk, no clock, no archive.

pub mod diagnostic;
pub mod error;
pub mod fingerprint;
pub mod outcome;
pub mod packed;
pub mod path;
pub mod place;
pub mod slug;
pub mod word;
pub mod word_diff;
pub mod words;

pub use diagnostic::{Code, Diagnostic, Severity};
pub use error::Error;
pub use fingerprint::Fingerprint;
pub use outcome::Outcome;
pub use packed::Packed;
pub use path::{OutputPath, SourcePath};
pub use place::{Aim, DataPath, Place, Spot, Step};
pub use words::{Lang, Words};
