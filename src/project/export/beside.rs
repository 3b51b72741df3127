//! The archive's data beside its site: what `exports.data` asks for, in `data/`, with what describes it.

use std::path::Path;
use std::sync::Arc;

use super::outlet::Folder;
use super::sinks;
use super::stream::{Pieces, run};
use crate::archive::ArticleIx;
use crate::base::Error;
use crate::export::{Desk, Piece};
use crate::project::{Edition, Progress, Stage};
use crate::publish::Publisher;
use crate::site::routes::DATA;

/// The articles of an edition that readers see.
struct Shown<'e> {
    edition: &'e Edition,
    articles: Vec<ArticleIx>,
}

impl Pieces for Shown<'_> {
    fn count(&self) -> usize {
        self.articles.len()
    }

    fn piece(&self, position: usize) -> Result<Arc<Piece>, Error> {
        self.edition.piece(self.edition.site().archive.article(self.articles[position]))
    }
}

/// Makes the data a part of the next site, where it is asked for; `false` when that was no longer wanted.
pub fn put(edition: &Edition, publisher: &Publisher, progress: &dyn Progress) -> Result<bool, Error> {
    let site = edition.site();
    if site.config.exports.data.is_empty() {
        return Ok(true);
    }
    let articles: Vec<_> = site.archive.shown_articles().map(|(index, _)| index).collect();
    progress.begin(Stage::Exporting, articles.len());
    let desk = Desk::new(&site.archive.register, site.config, edition.showing(), site.archive);
    let folder = Folder::new(publisher, DATA);
    let sinks = sinks(&site.config.exports.data, &folder, Path::new(DATA))?;
    if run(&Shown { edition, articles }, &desk, sinks, Path::new(DATA), progress)?.is_none() {
        return Ok(false);
    }
    folder.describe(&desk)?;
    folder.adopt()?;
    Ok(true)
}

/// Whether a file of the site belongs to the data.
pub fn is_data(path: &str) -> bool {
    path.starts_with(DATA)
}
