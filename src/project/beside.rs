//! What stands beside an article's page, made from the article read again. An article's files are made one after the
//! other, mostly by one thread: so it is read again once for all of them.

use std::cell::RefCell;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::edition::{Edition, body_of};
use super::read;
use crate::archive::graph::Kept;
use crate::archive::{Archive, Article, ArticleIx};
use crate::base::Error;
use crate::export::{Desk, Known, Mark, Piece};
use crate::site::{Beside, PlannedPage};

thread_local! {
    /// The article that this thread read last, by what the archive keeps of it.
    static LAST: RefCell<Option<(Arc<Kept>, Arc<Piece>)>> = const { RefCell::new(None) };
}

impl Edition {
    /// Makes a file beside an article's page.
    pub(super) fn make_beside(&self, page: &PlannedPage, index: ArticleIx, file: Beside, buffer: &mut Vec<u8>) -> Result<(), Error> {
        let article = self.site().archive.article(index);
        let piece = self.piece(article)?;
        buffer.clear();
        match file {
            Beside::Text => buffer.extend_from_slice(piece.text.as_bytes()),
            Beside::Annotations => {
                buffer.extend_from_slice(self.site().around(page).annotations(index, &piece.text).as_bytes());
            }
            Beside::FactsCsv => self.rows(article, |desk| crate::export::as_csv(desk, &piece, buffer))?,
            Beside::FactsJson => self.rows(article, |desk| crate::export::as_json(desk, &piece, buffer))?,
        }
        Ok(())
    }

    fn rows(&self, article: &Article, write: impl FnOnce(&Desk<'_>) -> io::Result<()>) -> Result<(), Error> {
        let site = self.site();
        let desk = Desk::new(&site.archive.register, site.config, self.showing(), site.archive);
        write(&desk).map_err(Error::at("export", Path::new(article.file.as_str())))
    }

    /// An article read again.
    pub(super) fn piece(&self, article: &Article) -> Result<Arc<Piece>, Error> {
        if let Some(piece) = piece_at_hand(article) {
            return Ok(piece);
        }
        let own = self.text(article)?;
        let ids = article.facts.iter().map(|fact| &*fact.id);
        let mark = |fact: &crate::archive::Fact| fact.mark.map(|(start, end)| Mark { start, end, drifted: fact.drifted });
        let piece = Arc::new(Piece {
            slug: article.slug.clone(),
            lang: article.lang.clone(),
            head: article.head.clone(),
            text: read::read_body(&own, &body_of(&own), ids).text,
            facts: self.facts(article)?,
            marks: article.facts.iter().map(mark).collect(),
        });
        LAST.set(Some((Arc::clone(&article.kept), Arc::clone(&piece))));
        Ok(piece)
    }
}

/// The article, where this thread read it again just now.
pub(super) fn piece_at_hand(article: &Article) -> Option<Arc<Piece>> {
    let is_it = |last: &&(Arc<Kept>, Arc<Piece>)| Arc::ptr_eq(&last.0, &article.kept);
    LAST.with_borrow(|last| last.as_ref().filter(is_it).map(|(_, piece)| Arc::clone(piece)))
}

impl Known for Archive {
    fn shows(&self, slug: &str) -> bool {
        self.index.article_of.get(slug).is_some_and(|index| self.article(*index).shown)
    }

    fn shows_fact(&self, slug: &str, id: &str) -> bool {
        let Some(index) = self.index.article_of.get(slug) else { return false };
        let fact = self.find_fact(*index, id);
        fact.is_some_and(|reference| {
            let (article, fact) = self.fact(reference);
            article.shown && article.speaks() && fact.public
        })
    }
}
