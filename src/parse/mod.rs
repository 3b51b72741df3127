//! One file's text into one typed document. Knows nothing of other files: references are still words here.

mod advice;
pub mod article;
pub mod bibliography;
mod bibtex;
pub mod body;
pub mod config;
pub mod data;
pub mod dates;
mod digits;
pub mod entity;
mod fact_form;
mod fast_toml;
pub mod form;
pub mod front_matter;
mod guard;
pub mod page;
pub mod property;
mod schema;
pub mod sidecar;
pub mod strict;

/// A list that never grows again and takes no more room than its items.
pub type List<T> = Box<[T]>;
