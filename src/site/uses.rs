//! What each page is made from. `watch` makes a page again when one of these has changed, and `explain` names them, so
//! this must hold everything that the views of `views/` show; `tests/incremental.rs` would find what is missing.

use super::beside::Beside;
use super::ledger::Amendment;
use super::page::{PageKind, PlannedPage};
use super::plan::{ARTICLES, CORRECTIONS};
use super::share::Shared;
use super::{Site, paging};
use crate::archive::graph::Href;
use crate::archive::{Agent, Article, ArticleIx, EntityIx, FactRef, PageIx, SourceIx};
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
    /// Its name and address, and who it is for machines.
    Name,
    /// Its name, and how often it occurs.
    Card,
    /// The sentence that mentions the entity.
    Mention,
    /// What a link to it needs.
    Link,
}

impl<'s> Site<'s> {
    /// Tells `see` everything that `page` is made from, but for templates and the configuration, which every page is
    /// made from; some things more than once.
    pub fn uses(self, page: &'s PlannedPage, see: &mut dyn FnMut(Use<'s>)) {
        self.around(page).uses_here(&page.kind, see);
    }

    fn uses_here(self, kind: &'s PageKind, see: &mut dyn FnMut(Use<'s>)) {
        let index = &self.archive.index;
        match kind {
            PageKind::Article(article) => self.article_uses(*article, see),
            PageKind::Citations(article, _) => {
                see(Use::Article(*article, Taken::Itself));
                self.people(self.archive.article(*article), see);
            }
            PageKind::Beside(article, Beside::Text | Beside::Annotations) => see(Use::Article(*article, Taken::Itself)),
            PageKind::Beside(article, Beside::FactsCsv | Beside::FactsJson) => self.row_uses(*article, see),
            PageKind::Plain(plain) => self.page_uses(*plain, see),
            PageKind::Entity(entity, _) | PageKind::EntityRecord(entity) => self.entity_uses(*entity, see),
            PageKind::EntityFeed(entity) => {
                see(Use::Entity(*entity, Taken::Card));
                index.facts_about[entity.position()].iter().for_each(|fact| self.entry_uses(self.version(*fact).article, see));
            }
            PageKind::Property(property, _) => {
                see(Use::Properties);
                let facts = &index.facts_stating[property.position()];
                self.facts(facts, see);
                self.statements(facts, see);
            }
            PageKind::Source(source, _) => {
                see(Use::Source(*source));
                index.facts_citing[source.position()].iter().for_each(|(fact, _)| self.facts(&[*fact], see));
            }
            PageKind::TimelineOf(year, _) => self.facts(index.timeline.get(year).map_or(&[], Vec::as_slice), see),
            PageKind::ArticlesOf(year, _) => self.tree.years.get(year).into_iter().flatten().for_each(|article| self.card(*article, see)),
            PageKind::Coverage(Some(number)) => {
                let covered = &self.ledger.covered;
                let here = paging::items(covered.len(), ARTICLES, Some(*number));
                covered[here].iter().for_each(|article| see(Use::Article(*article, Taken::Card)));
            }
            PageKind::Corrections(number) => {
                let all = &self.ledger.amendments;
                let here = paging::items(all.len(), CORRECTIONS, *number);
                all[here].iter().for_each(|amendment| self.amendment_uses(*amendment, see));
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
            PageKind::ThemeAsset(_) | PageKind::Search | PageKind::NotFound | PageKind::Redirect(_) | PageKind::Robots => {}
            _ => see(Use::Everything),
        }
    }

    fn article_uses(self, index: ArticleIx, see: &mut dyn FnMut(Use<'s>)) {
        let article = self.archive.article(index);
        self.row_uses(index, see);
        let about = article.head.about.iter().filter_map(|id| self.archive.register.find_entity(id));
        about.for_each(|entity| see(Use::Entity(entity, Taken::Card)));
        let linked = article.named.autolinks.iter().map(|(_, _, entity)| *entity);
        let mentioned = article.named.mentions.iter().map(|mention| mention.entity);
        linked.chain(mentioned).for_each(|entity| see(Use::Entity(entity, Taken::Name)));
        Self::links(&article.links, see);
        article.corrections.iter().for_each(|correction| Self::links(&correction.links, see));
        let siblings = self.archive.index.translations.get(&index).into_iter().flatten();
        let original = article.head.translation_of.as_deref().and_then(|slug| self.archive.index.article_of.get(slug));
        siblings.chain(original).for_each(|other| see(Use::Article(*other, Taken::Link)));
    }

    /// An article's facts, with what each names.
    fn row_uses(self, index: ArticleIx, see: &mut dyn FnMut(Use<'s>)) {
        let article = self.archive.article(index);
        see(Use::Article(index, Taken::Itself));
        self.people(article, see);
        let spoken_of = article.facts.iter().flat_map(|fact| fact.about.iter().copied());
        spoken_of.chain(article.agents.iter().copied()).for_each(|entity| see(Use::Entity(entity, Taken::Name)));
        for fact in &article.facts {
            fact.sources.iter().for_each(|(source, _)| see(Use::Source(*source)));
            fact.property.iter().for_each(|_| see(Use::Properties));
        }
        let facts = article.references().filter_map(|reference| self.archive.find_fact(index, reference));
        facts.for_each(|fact| see(Use::Article(fact.article, Taken::Facts)));
    }

    /// Who wrote, published or translated an article.
    fn people(self, article: &Article, see: &mut dyn FnMut(Use<'s>)) {
        let words = article.head.authors.iter().chain(&article.head.publisher).chain(&article.head.translator);
        words.filter_map(|word| self.archive.register.find_entity(word)).for_each(|entity| see(Use::Entity(entity, Taken::Name)));
    }

    fn page_uses(self, index: PageIx, see: &mut dyn FnMut(Use<'s>)) {
        see(Use::Page(index, Taken::Itself));
        Self::links(&self.archive.page(index).links, see);
        let siblings = self.archive.index.page_translations.get(&index).into_iter().flatten();
        siblings.for_each(|sibling| see(Use::Page(*sibling, Taken::Link)));
    }

    fn entity_uses(self, index: EntityIx, see: &mut dyn FnMut(Use<'s>)) {
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
        let facts = &archive.facts_about[index.position()];
        self.facts(facts, see);
        self.statements(facts, see);
        let related = facts.iter().map(|fact| self.archive.fact(*fact).1).flat_map(|fact| fact.subject.into_iter().chain(fact.object));
        related.for_each(|other| see(Use::Entity(other, Taken::Card)));
        for (article, _) in self.tree.mentions_of(self.archive, index) {
            see(Use::Article(*article, Taken::Mention));
            self.people(self.archive.article(*article), see);
        }
    }

    fn facts(self, facts: &[FactRef], see: &mut dyn FnMut(Use<'s>)) {
        for listed in facts {
            let shown = self.version(*listed);
            let fact = self.archive.fact(shown).1;
            see(Use::Article(shown.article, Taken::Facts));
            // It stands where the list has the other.
            (shown != *listed).then(|| see(Use::Article(listed.article, Taken::Facts)));
            fact.about.iter().for_each(|entity| see(Use::Entity(*entity, Taken::Name)));
            fact.property.iter().for_each(|_| see(Use::Properties));
        }
    }

    /// Who states facts, as their charts and tables name them.
    fn statements(self, facts: &[FactRef], see: &mut dyn FnMut(Use<'s>)) {
        for reference in facts {
            let (article, fact) = self.archive.fact(self.version(*reference));
            let agents = fact.stated_by.iter().filter_map(|agent| if let Agent::Entity(entity) = agent { Some(*entity) } else { None });
            let publisher = article.head.publisher.as_deref().and_then(|word| self.archive.register.find_entity(word));
            agents.chain(publisher).for_each(|entity| see(Use::Entity(entity, Taken::Name)));
            fact.sources.iter().for_each(|(source, _)| see(Use::Source(*source)));
        }
    }

    /// A correction in a list.
    fn amendment_uses(self, amendment: Amendment, see: &mut dyn FnMut(Use<'s>)) {
        see(Use::Article(amendment.article, Taken::Card));
        let correction = amendment.correction.and_then(|nth| self.archive.article(amendment.article).correction(nth));
        Self::links(correction.map_or(&[], |(_, links)| links), see);
    }

    /// An article in a feed.
    fn entry_uses(self, index: ArticleIx, see: &mut dyn FnMut(Use<'s>)) {
        see(Use::Article(index, Taken::Facts));
        self.people(self.archive.article(index), see);
    }

    /// An article in a list.
    fn card(self, index: ArticleIx, see: &mut dyn FnMut(Use<'s>)) {
        see(Use::Article(index, Taken::Card));
        self.people(self.archive.article(index), see);
    }

    fn links(links: &'s [Href], see: &mut dyn FnMut(Use<'s>)) {
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
