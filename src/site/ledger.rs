//! What the site tells of itself: which articles it accounts for, and what of them was put right or taken back.

use crate::archive::{Archive, Article, ArticleIx};
use crate::parse::article::State;
use crate::parse::dates::Moment;

/// What the site tells of itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// The articles whose facts readers see, oldest first.
    pub covered: Vec<ArticleIx>,
    /// What was put right or taken back in articles that are shown, oldest first.
    pub amendments: Vec<Amendment>,
}

/// An article put right, or taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amendment {
    /// When; what has no date comes first.
    pub date: Option<Moment>,
    /// The article.
    pub article: ArticleIx,
    /// The position of the correction in the article; `None` for an article that was withdrawn without one.
    pub correction: Option<u32>,
}

impl Ledger {
    /// Draws up the ledger of what `archive` shows.
    pub fn of(archive: &Archive) -> Self {
        let speaking = archive.shown_articles().filter(|(_, article)| article.speaks());
        let covered = speaking.map(|(index, _)| index).collect();
        let mut amendments: Vec<Amendment> = archive.shown_articles().flat_map(|(index, article)| amendments(index, article)).collect();
        amendments.sort_unstable();
        Self { covered, amendments }
    }
}

fn amendments(article: ArticleIx, kept: &Article) -> impl Iterator<Item = Amendment> {
    let head = &kept.head;
    let silent = head.state == State::Withdrawn && kept.corrections.is_empty();
    let withdrawn = silent.then(|| Amendment { date: head.updated.max(head.date), article, correction: None });
    let corrected = kept.corrections.iter().map(|shown| shown.position);
    let amendment = move |nth: u32| Amendment { date: Some(head.corrections[nth as usize].date), article, correction: Some(nth) };
    corrected.map(amendment).chain(withdrawn)
}
