//! Facts that name each other: the one takes the other's place, or says the same in another language.

use rayon::prelude::*;

use crate::archive::{Archive, Article, ArticleIx, FactRef};
use crate::base::Step;
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Replaces,
    SameAs,
}

impl Ties {
    /// Follows the references between the facts of `archive`.
    pub fn gather(archive: &Archive) -> Self {
        let articles = archive.articles.par_iter().enumerate();
        let followed: Vec<(How, Tie)> =
            articles.flat_map_iter(|(position, article)| of_article(archive, ArticleIx::new(position), article)).collect();
        let of = |how: How| followed.iter().filter(move |(known, _)| *known == how).map(|(_, tie)| *tie);
        let replacing: Vec<Tie> = of(How::Replaces).collect();
        let translating: Vec<Tie> = of(How::SameAs).collect();
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

fn of_article<'a>(archive: &'a Archive, index: ArticleIx, article: &'a Article) -> impl Iterator<Item = (How, Tie)> + 'a {
    let stands = article.head.state != State::Withdrawn;
    article.placed_references().filter(move |_| stands).filter_map(move |(reference, path)| {
        let [_, Step::Index(fact), Step::Key(key), ..] = path.steps.as_slice() else { return None };
        let how = match &**key {
            "replaces" => How::Replaces,
            "same_as" => How::SameAs,
            _ => return None,
        };
        let from = FactRef { article: index, fact: u32::try_from(*fact).ok()? };
        let to = archive.find_fact(index, reference).filter(|to| *to != from)?;
        let counts = match how {
            How::Replaces => !matches!(archive.fact(from).1.status, Status::Refuted | Status::Withdrawn),
            How::SameAs => are_versions(archive, index, to.article),
        };
        counts.then_some((how, Tie { from, to }))
    })
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
