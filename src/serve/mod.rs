//! The preview of a site: files out of memory, and tabs that follow them.
//!
//! A [`Server`] answers with what a [`Shelf`] gives it; it knows nothing of articles, nor how a page comes to be.
//! It answers `GET` and `HEAD` under the names of this machine only, so that no stranger's page can read an
//! unpublished text through the browser. It lists no folder, and no path climbs out of the site.
//!
//! With live reload each page gets a script, and the script an event stream. What is out of date is worked out
//! from what the tab says that it shows: the server remembers no tab, so a lost event or a restart costs nothing.
//! Such a page is never answered with 304 or in part, since its script runs under a nonce that is used once.

mod address;
mod answer;
mod delivery;
mod error;
mod events;
mod guard;
mod kind;
mod live;
mod look;
mod page;
mod policy;
mod server;
#[cfg(test)]
mod tests;
mod version;

use std::path::PathBuf;
use std::sync::Arc;

pub use axum::body::Bytes;
pub use error::Error;
pub use server::{Bell, Port, Server, Stopper};

/// What is served. Called from several threads at once, each of which may be kept for some milliseconds.
pub trait Shelf: Send + Sync + 'static {
    /// The file of the present edition at `path`, or why there is none. The path is relative to the site's
    /// root and decoded, such as `articles/x/index.html`; its parts are plain names, so none is empty, `.` or `..`,
    /// and none holds a slash, a backslash, a colon or a control character.
    ///
    /// Without an `index.html` the site counts as not built yet.
    fn file(&self, path: &str) -> Result<Served, Lack>;

    /// The path of the site on its host, `""` or such as `/archive`, encoded as in the archive's base URL.
    /// May change with an edition.
    fn base(&self) -> String;

    /// What is wrong with the archive now, as a JSON array of diagnostics with the keys of the JSON report and, if
    /// there is an excerpt of the source, `excerpt`. `None` when nothing is wrong.
    fn findings(&self) -> Option<Arc<str>>;
}

/// Why there is no file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// The site has none at this path.
    NoSuch,
    /// The site has one, and it cannot be had: what is wrong, in words for people.
    Failed(String),
}

/// A file that is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Served {
    /// Its bytes.
    Memory(Bytes),
    /// Where it lies on the disk. Never read whole, but for pages into which the script of live reload is put.
    Disk(PathBuf),
}
