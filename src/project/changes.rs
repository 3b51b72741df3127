//! What is new in an edition, and which pages that concerns.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Edition;
use crate::archive::{Archive, Article, FactRef, Page};
use crate::base::SourcePath;
use crate::site::uses::{Taken, Use};
use crate::site::{PageKind, Plan, PlannedPage};

/// The differences between two editions whose articles, pages and entities stand at the same positions. Articles may
/// have been added behind the others.
pub(super) struct Changes {
    /// By position: whether something of it differs.
    articles: Vec<bool>,
    pages: Vec<bool>,
    entities: Vec<bool>,
    /// The pictures that are others.
    pictures: BTreeSet<SourcePath>,
    /// By position: whether other facts, mentions or relations are listed.
    of_entity: Vec<bool>,
    of_property: Vec<bool>,
    of_source: Vec<bool>,
    of_year: BTreeSet<i32>,
    /// By tree.
    articles_of: Vec<BTreeSet<Option<i32>>>,
    /// Whether the years differ that lists of years name, or how much each holds.
    years: bool,
    /// Whether another list of articles is accounted for, or another list of corrections is shown.
    ledger: bool,
    /// Whether it is another day, so that something may be due that was not.
    day: bool,
}

/// How many articles each year holds in each tree, and how many facts.
type Counts = (Vec<Vec<(Option<i32>, usize)>>, Vec<(i32, usize)>);

impl Changes {
    /// What differs; `None` when anything may, since positions or what all pages share are not the same.
    pub(super) fn between(before: &Edition, now: &Edition) -> Option<Self> {
        let (old, new) = (before.site().archive, now.site().archive);
        if !before.shares_with(now) || !stand_alike(old, new) {
            return None;
        }
        let (old_plan, new_plan) = (before.site().plan, now.site().plan);
        if !versions_stand_alike(old_plan, new_plan) {
            return None;
        }
        let reread = reread_facts(old_plan, new_plan);
        Some(Self {
            articles: differing(&old.articles, &new.articles, same_article),
            pages: differing(&old.pages, &new.pages, same_page),
            entities: entities(old, new),
            pictures: differing_keys(&old.pictures, &new.pictures),
            of_entity: of_entity(old, new, &reread),
            of_property: differing(&old.index.facts_stating, &new.index.facts_stating, |old, new| old == new && !holds(new, &reread)),
            of_source: differing(&old.index.facts_citing, &new.index.facts_citing, |old, new| {
                old == new && (reread.is_empty() || new.iter().all(|(fact, _)| !reread.contains(fact)))
            }),
            of_year: of_year(old, new, &reread),
            articles_of: old_plan.trees.iter().zip(&new_plan.trees).map(|(old, new)| differing_keys(&old.years, &new.years)).collect(),
            years: years(old, old_plan) != years(new, new_plan),
            ledger: old_plan.ledger != new_plan.ledger,
            day: old_plan.today != new_plan.today,
        })
    }

    /// Whether a page that was of the same kind before may show something else now.
    pub(super) fn touch(&self, now: &Edition, page: &PlannedPage) -> bool {
        let listed = match &page.kind {
            PageKind::Entity(entity, _) | PageKind::EntityFeed(entity) => self.of_entity[entity.position()],
            PageKind::Property(property, _) => self.of_property[property.position()],
            PageKind::Source(source, _) => self.of_source[source.position()],
            PageKind::TimelineOf(year, _) => self.years || self.of_year.contains(year),
            PageKind::ArticlesOf(year, _) => self.years || self.articles_of[page.tree].contains(year),
            PageKind::Coverage(_) => self.ledger || self.day,
            PageKind::Corrections(_) | PageKind::CorrectionsFeed => self.ledger,
            _ => false,
        };
        let mut touched = listed;
        now.site().uses(page, &mut |used| touched |= self.concern(used));
        touched
    }

    fn concern(&self, used: Use<'_>) -> bool {
        match used {
            Use::Article(article, _) => self.articles[article.position()],
            Use::Page(page, _) => self.pages[page.position()],
            Use::Entity(entity, Taken::Card | Taken::Itself) => self.entities[entity.position()] || self.of_entity[entity.position()],
            Use::Entity(entity, _) => self.entities[entity.position()],
            // These are the same in two editions that are compared.
            Use::Source(_) | Use::Properties => false,
            // And so are the addresses of all files.
            Use::File(file) => self.pictures.contains(file),
            Use::Everything => self.any(),
        }
    }

    fn any(&self) -> bool {
        let lists = [&self.articles, &self.pages, &self.entities, &self.of_entity, &self.of_property, &self.of_source];
        lists.into_iter().flatten().any(|differs| *differs)
            || !self.of_year.is_empty()
            || self.articles_of.iter().any(|years| !years.is_empty())
            || self.years
    }
}

/// Whether positions mean the same in both, and what is compared by no position is the same.
fn stand_alike(old: &Archive, new: &Archive) -> bool {
    let same_articles = old.articles.len() <= new.articles.len()
        && old.articles.iter().zip(&new.articles).all(|(old, new)| old.file == new.file && old.slug == new.slug);
    let same_pages = old.pages.len() == new.pages.len()
        && old.pages.iter().zip(&new.pages).all(|(old, new)| old.file == new.file && old.slug == new.slug);
    let same_register = Arc::ptr_eq(&old.register, &new.register)
        || old.register.records == new.register.records && old.register.ids() == new.register.ids();
    same_articles
        && same_pages
        && same_register
        && old.assets == new.assets
        && old.index.translations == new.index.translations
        && old.index.page_translations == new.index.page_translations
}

fn same_article(old: &Article, new: &Article) -> bool {
    Arc::ptr_eq(&old.kept, &new.kept)
        && Arc::ptr_eq(&old.named, &new.named)
        && old.shown == new.shown
        && old.links == new.links
        && old.corrections == new.corrections
}

fn same_page(old: &Page, new: &Page) -> bool {
    Arc::ptr_eq(&old.sheet, &new.sheet) && old.shown == new.shown && old.links == new.links
}

fn entities(old: &Archive, new: &Archive) -> Vec<bool> {
    let records = differing(&old.register.entities, &new.register.entities, Arc::ptr_eq);
    let links = differing(&old.entity_links, &new.entity_links, PartialEq::eq);
    either(records, &links)
}

/// Whether lists show the same versions of articles and pages.
fn versions_stand_alike(old: &Plan, new: &Plan) -> bool {
    old.trees.len() == new.trees.len() && old.trees.iter().zip(&new.trees).all(|(old, new)| old.versions.stand_alike(&new.versions))
}

/// The facts that lists show in another version than before.
fn reread_facts(old: &Plan, new: &Plan) -> BTreeSet<FactRef> {
    old.trees.iter().zip(&new.trees).flat_map(|(old, new)| old.versions.differing_facts(&new.versions)).collect()
}

fn holds(facts: &[FactRef], reread: &BTreeSet<FactRef>) -> bool {
    !reread.is_empty() && facts.iter().any(|fact| reread.contains(fact))
}

fn of_year(old: &Archive, new: &Archive, reread: &BTreeSet<FactRef>) -> BTreeSet<i32> {
    let mut years = differing_keys(&old.index.timeline, &new.index.timeline);
    years.extend(new.index.timeline.iter().filter(|(_, facts)| holds(facts, reread)).map(|(year, _)| *year));
    years
}

fn of_entity(old: &Archive, new: &Archive, reread: &BTreeSet<FactRef>) -> Vec<bool> {
    let facts = differing(&old.index.facts_about, &new.index.facts_about, |old, new| old == new && !holds(new, reread));
    let mentions = differing(&old.index.mentions_of, &new.index.mentions_of, PartialEq::eq);
    let relations = differing(&old.index.relations_to, &new.index.relations_to, PartialEq::eq);
    either(either(facts, &mentions), &relations)
}

fn years(archive: &Archive, plan: &Plan) -> Counts {
    let articles = plan.trees.iter().map(|tree| tree.years.iter().map(|(year, articles)| (*year, articles.len())).collect()).collect();
    let facts = archive.index.timeline.iter().map(|(year, facts)| (*year, facts.len())).collect();
    (articles, facts)
}

/// By position in `new`; what was not there differs.
fn differing<T>(old: &[T], new: &[T], same: impl Fn(&T, &T) -> bool) -> Vec<bool> {
    new.iter().enumerate().map(|(position, new)| old.get(position).is_none_or(|old| !same(old, new))).collect()
}

fn differing_keys<K: Ord + Clone, V: PartialEq>(old: &BTreeMap<K, V>, new: &BTreeMap<K, V>) -> BTreeSet<K> {
    old.keys().chain(new.keys()).filter(|key| old.get(*key) != new.get(*key)).cloned().collect()
}

fn either(mut some: Vec<bool>, others: &[bool]) -> Vec<bool> {
    some.iter_mut().zip(others).for_each(|(some, other)| *some |= other);
    some
}
