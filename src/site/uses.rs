//! What each page is made from. `watch` makes a page again when one of these has changed, and `explain` names them, so
//! this must hold everything that the views of `views/` show; `tests/incremental.rs` would find what is missing.

use super::plan::{ARTICLES, CORRECTIONS, PageKind, PlannedPage};
use super::share::Shared;
use super::{Site, paging};
use crate::archive::graph::Href;
use crate::archive::{Article, ArticleIx, EntityIx, FactRef, PageIx, SourceIx};
use crate::base::SourcePath;

/// Something that a page is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use<'a> {
    /// Something of an article, or of its facts.
    Article(ArticleIx, Taken),
    /// Something of an entity.
    Entity(EntityIx, Taken),
    /// Something of a plain page.
    Page(PageIx, Taken),
    /// A source of the bibliography.
    Source(SourceIx),
    /// The properties.
    Properties,
    /// The address of a file that is copied, the size of a picture, or the file.
    File(&'a SourcePath),
    /// Something of everything: the page lists the archive.
    Everything,
}

/// What is taken of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Taken {
    /// All.
    Itself,
    /// Facts.
    Facts,
    /// Its name and address.
    Name,
    /// Its name, and how often it occurs.
    Card,
    /// The sentence that mentions the entity.
    Mention,
    /// What a link to it needs.
    Link,
}

impl Site<'_> {
    /// Tells `see` everything that `page` is made from, but for templates and the configuration, which every page is
    /// made from; some things more than once.
    pub fn uses<'s>(&'s self, page: &'s PlannedPage, see: &mut dyn FnMut(Use<'s>)) {
        let index = &self.archive.index;
        match &page.kind {
            PageKind::Article(article) => self.article_uses(*article, see),
            PageKind::Plain(plain) => self.page_uses(*plain, see),
            PageKind::Entity(entity, _) => self.entity_uses(*entity, see),
            PageKind::EntityFeed(entity) => {
                see(Use::Entity(*entity, Taken::Card));
                index.facts_about[entity.position()].iter().for_each(|fact| self.entry_uses(fact.article, see));
            }
            PageKind::Property(property, _) => {
                see(Use::Properties);
                self.facts(&index.facts_stating[property.position()], see);
            }
            PageKind::Source(source, _) => {
                see(Use::Source(*source));
                index.facts_citing[source.position()].iter().for_each(|(fact, _)| self.facts(&[*fact], see));
            }
            PageKind::TimelineOf(year, _) => self.facts(index.timeline.get(year).map_or(&[], Vec::as_slice), see),
            PageKind::ArticlesOf(year, _) => self.years.get(year).into_iter().flatten().for_each(|article| self.card(*article, see)),
            PageKind::Coverage(Some(number)) => {
                let covered = &self.ledger.covered;
                let here = paging::items(covered.len(), ARTICLES, Some(*number));
                covered[here].iter().for_each(|article| see(Use::Article(*article, Taken::Card)));
            }
            PageKind::Corrections(number) => {
                let all = &self.ledger.amendments;
                let here = paging::items(all.len(), CORRECTIONS, *number);
                all[here].iter().for_each(|amendment| see(Use::Article(amendment.article, Taken::Card)));
            }
            PageKind::CorrectionsFeed => {
                let newest = self.ledger.amendments.iter().rev().take(self.config.feed.limit);
                newest.for_each(|amendment| self.entry_uses(amendment.article, see));
            }
            PageKind::Copy(file) | PageKind::Smaller(file, _) => see(Use::File(file)),
            PageKind::Card(Shared::Article(article)) => see(Use::Article(*article, Taken::Card)),
            PageKind::Card(Shared::Entity(entity)) => {
                see(Use::Entity(*entity, Taken::Card));
                self.facts(&index.facts_about[entity.position()], see);
            }
            PageKind::ThemeAsset(_) | PageKind::NotFound | PageKind::Redirect(_) | PageKind::Robots => {}
            _ => see(Use::Everything),
        }
    }

    fn article_uses<'s>(&'s self, index: ArticleIx, see: &mut dyn FnMut(Use<'s>)) {
        let article = self.archive.article(index);
        see(Use::Article(index, Taken::Itself));
        let about = article.head.about.iter().filter_map(|id| self.archive.register.find_entity(id));
        about.for_each(|entity| see(Use::Entity(entity, Taken::Card)));
        self.people(article, see);
        let linked = article.named.autolinks.iter().map(|(_, _, entity)| *entity);
        let spoken_of = article.facts.iter().flat_map(|fact| fact.about.iter().copied());
        linked.chain(spoken_of).chain(article.agents.iter().copied()).for_each(|entity| see(Use::Entity(entity, Taken::Name)));
        for fact in &article.facts {
            fact.sources.iter().for_each(|(source, _)| see(Use::Source(*source)));
            fact.property.iter().for_each(|_| see(Use::Properties));
        }
        Self::links(&article.links, see);
        let facts = article.references().filter_map(|reference| self.archive.find_fact(index, reference));
        facts.for_each(|fact| see(Use::Article(fact.article, Taken::Facts)));
        let siblings = self.archive.index.translations.get(&index).into_iter().flatten();
        let original = article.head.translation_of.as_deref().and_then(|slug| self.archive.index.article_of.get(slug));
        siblings.chain(original).for_each(|other| see(Use::Article(*other, Taken::Link)));
    }

    /// Who wrote, published or translated an article.
    fn people<'s>(&'s self, article: &Article, see: &mut dyn FnMut(Use<'s>)) {
        let words = article.head.authors.iter().chain(&article.head.publisher).chain(&article.head.translator);
        words.filter_map(|word| self.archive.register.find_entity(word)).for_each(|entity| see(Use::Entity(entity, Taken::Name)));
    }

    fn page_uses<'s>(&'s self, index: PageIx, see: &mut dyn FnMut(Use<'s>)) {
        see(Use::Page(index, Taken::Itself));
        Self::links(&self.archive.page(index).links, see);
        let siblings = self.archive.index.page_translations.get(&index).into_iter().flatten();
        siblings.for_each(|sibling| see(Use::Page(*sibling, Taken::Link)));
    }

    fn entity_uses<'s>(&'s self, index: EntityIx, see: &mut dyn FnMut(Use<'s>)) {
        let (register, archive) = (&self.archive.register, &self.archive.index);
        let head = &register.entity(index).head;
        see(Use::Entity(index, Taken::Itself));
        Self::links(&self.archive.entity_links[index.position()], see);
        let country = head.country.as_deref().and_then(|word| register.find_entity(word));
        if let Some(country) = country {
            see(Use::Entity(country, Taken::Name));
        }
        let objects = head.relations.iter().filter_map(|relation| register.find_entity(&relation.object));
        let subjects = archive.relations_to[index.position()].iter().map(|(other, _)| *other);
        objects.chain(subjects).for_each(|other| see(Use::Entity(other, Taken::Card)));
        self.facts(&archive.facts_about[index.position()], see);
        for (article, _) in &archive.mentions_of[index.position()] {
            see(Use::Article(*article, Taken::Mention));
            self.people(self.archive.article(*article), see);
        }
    }

    fn facts<'s>(&'s self, facts: &[FactRef], see: &mut dyn FnMut(Use<'s>)) {
        for reference in facts {
            let fact = self.archive.fact(*reference).1;
            see(Use::Article(reference.article, Taken::Facts));
            fact.about.iter().for_each(|entity| see(Use::Entity(*entity, Taken::Name)));
            fact.property.iter().for_each(|_| see(Use::Properties));
        }
    }

    /// An article in a feed.
    fn entry_uses<'s>(&'s self, index: ArticleIx, see: &mut dyn FnMut(Use<'s>)) {
        see(Use::Article(index, Taken::Facts));
        self.people(self.archive.article(index), see);
    }

    /// An article in a list.
    fn card<'s>(&'s self, index: ArticleIx, see: &mut dyn FnMut(Use<'s>)) {
        see(Use::Article(index, Taken::Card));
        self.people(self.archive.article(index), see);
    }

    fn links<'s>(links: &'s [Href], see: &mut dyn FnMut(Use<'s>)) {
        for href in links {
            match href {
                Href::Entity(entity) => see(Use::Entity(*entity, Taken::Link)),
                Href::Article(article, _) => see(Use::Article(*article, Taken::Link)),
                Href::Page(page, _) => see(Use::Page(*page, Taken::Link)),
                Href::Asset(file) => see(Use::File(file)),
                Href::Here(_) | Href::Outside(_) | Href::Nowhere => {}
            }
        }
    }
}
