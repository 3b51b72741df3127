//! Where the texts of articles come from when their pages are made.

use std::collections::HashMap;
use std::sync::Arc;

use super::memo::Shelf;
use crate::archive::entry::Entry;
use crate::base::{Error, SourcePath};
use crate::source::Snapshot;

/// Where the texts of articles come from.
pub(super) enum Texts {
    /// From the disk, each when it is asked for.
    Disk,
    /// From memory, as they were when the archive was read.
    Kept(HashMap<SourcePath, Packed>),
}

/// A text in less room.
#[derive(Clone)]
pub(super) struct Packed(Arc<[u8]>);

impl Packed {
    pub(super) fn new(text: &str) -> Self {
        Self(lz4_flex::compress_prepend_size(text.as_bytes()).into())
    }

    pub(super) fn text(&self) -> String {
        let bytes = lz4_flex::decompress_size_prepended(&self.0).expect("what was packed can be unpacked");
        String::from_utf8(bytes).expect("what was packed was a text")
    }
}

impl Texts {
    /// The texts that `articles` and their sidecars held.
    pub(super) fn kept(articles: &Shelf<Entry>) -> Self {
        let own = articles.iter().filter_map(|(path, filed)| Some((path.clone(), filed.own.packed.clone()?)));
        let beside = articles.values().filter_map(|filed| filed.beside.as_ref());
        let beside = beside.filter_map(|(path, seen)| Some((path.clone(), seen.packed.clone()?)));
        Self::Kept(own.chain(beside).collect())
    }

    /// The text of `path`; `None` when it is gone or no text any more.
    pub(super) fn get(&self, snapshot: &Snapshot, path: &SourcePath) -> Result<Option<String>, Error> {
        match self {
            Self::Disk => match snapshot.get(path.as_str()) {
                Some(file) => Ok(snapshot.read(file)?.value),
                None => Ok(None),
            },
            Self::Kept(texts) => Ok(texts.get(path).map(Packed::text)),
        }
    }
}
