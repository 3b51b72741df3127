//! One file's text into one typed document. Knows nothing of other files: references are still words here.

pub mod article;
pub mod body;
pub mod dates;
pub mod entity;
pub mod page;
pub mod property;
pub mod sidecar;

/// A list that never grows again and takes no more room than its items.
pub type List<T> = Box<[T]>;
