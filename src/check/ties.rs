//! Facts that name each other: the one takes the other's place, or says the same in another language.

use rayon::prelude::*;

use crate::archive::{Archive, ArticleIx, FactRef};
use crate::parse::article::State;
use crate::parse::sidecar::Status;

/// References between facts, followed, each kind in the order of the facts that make them.
pub struct Ties {
    /// Facts that take the place of others. One that was itself refuted or withdrawn takes no place.
    pub replacing: Vec<Tie>,
    /// Facts that say the same in two language versions of one text, the one that says so first.
    pub translating: Vec<Tie>,
    /// Facts that leave the word to others, sorted: those that were replaced, and one of two language versions.
    silent: Vec<FactRef>,
}

/// A reference between two facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tie {
    /// The fact that names the other.
    pub from: FactRef,
    /// The other.
    pub to: FactRef,
}

impl Ties {
    /// Follows the references between the facts of `archive`.
    pub fn gather(archive: &Archive) -> Self {
        let stands = |tie: &Tie| !matches!(archive.fact(tie.from).1.status, Status::Refuted | Status::Withdrawn);
        let replacing: Vec<Tie> = naming(archive, "replaces").filter(stands).collect();
        let translating: Vec<Tie> =
            naming(archive, "same_as").filter(|tie| are_versions(archive, tie.from.article, tie.to.article)).collect();
        let twins = translating.iter().map(|tie| lesser(archive, *tie));
        let mut silent: Vec<FactRef> = replacing.iter().map(|tie| tie.to).chain(twins).collect();
        silent.sort_unstable();
        Self { replacing, translating, silent }
    }

    /// Whether another fact speaks in place of this one.
    pub fn silence(&self, fact: FactRef) -> bool {
        self.silent.binary_search(&fact).is_ok()
    }
}

/// The facts that name another under `key`, but for those of articles that were withdrawn.
fn naming<'a>(archive: &'a Archive, key: &'static str) -> impl ParallelIterator<Item = Tie> + 'a {
    let articles = archive.articles.par_iter().enumerate().filter(|(_, article)| article.head.state != State::Withdrawn);
    articles.flat_map_iter(move |(position, _)| archive.naming(ArticleIx::new(position), key).map(|(from, to)| Tie { from, to }))
}

/// Whether two articles are one text in two languages.
fn are_versions(archive: &Archive, one: ArticleIx, other: ArticleIx) -> bool {
    let original = |index: ArticleIx| {
        let slug = archive.article(index).head.translation_of.as_deref()?;
        archive.index.article_of.get(slug).copied()
    };
    one != other && original(one).unwrap_or(one) == original(other).unwrap_or(other)
}

/// The fact of the translation; of two translations, that of the later.
fn lesser(archive: &Archive, tie: Tie) -> FactRef {
    let order = |fact: FactRef| (archive.article(fact.article).head.translation_of.is_some(), fact);
    if order(tie.from) > order(tie.to) { tie.from } else { tie.to }
}
