//! What each page is made from, for people who ask: files of the archive, and why each matters to the page. What
//! decides whether a page is made again is its view; this is its explanation.

use std::collections::{BTreeMap, BTreeSet};

use super::Site;
use super::plan::{PageKind, PlannedPage};
use crate::archive::graph::Href;
use crate::archive::{ArticleIx, EntityIx, FactRef, PageIx, SourceIx};
use crate::base::SourcePath;

/// Files, each with what the page takes from it.
#[derive(Debug, Default)]
pub struct Uses(BTreeMap<SourcePath, BTreeSet<Taken>>);

/// What a page takes from a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Taken {
    /// All of it.
    Itself,
    /// The facts in it.
    Facts,
    /// A name.
    Name,
    /// A sentence that mentions the entity.
    Mention,
    /// What a link to it needs.
    Link,
    /// A relation.
    Relation,
    /// A property's words.
    Property,
    /// A source.
    Source,
    /// A line in a list.
    Line,
}

impl Taken {
    /// A word for people.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Itself => "itself",
            Self::Facts => "facts",
            Self::Name => "name",
            Self::Mention => "mention",
            Self::Link => "link",
            Self::Relation => "relation",
            Self::Property => "property",
            Self::Source => "source",
            Self::Line => "line in a list",
        }
    }
}

impl Uses {
    /// The files by path, with what is taken from each.
    pub fn files(&self) -> impl Iterator<Item = (&SourcePath, &BTreeSet<Taken>)> {
        self.0.iter()
    }

    /// Whether the page takes anything from a file.
    pub fn has(&self, file: &SourcePath) -> bool {
        self.0.contains_key(file)
    }

    fn add(&mut self, file: &SourcePath, taken: Taken) {
        self.0.entry(file.clone()).or_default().insert(taken);
    }
}

impl Site<'_> {
    /// What `page` is made from, but for templates and the configuration, which every page is made from.
    pub fn uses(&self, page: &PlannedPage) -> Uses {
        let mut uses = Uses::default();
        match &page.kind {
            PageKind::Article(index) => self.article_uses(*index, &mut uses),
            PageKind::Plain(index) => self.page_uses(*index, &mut uses),
            PageKind::Entity(index, _) => self.entity_uses(*index, &mut uses),
            PageKind::EntityFeed(index) => {
                uses.add(&self.archive.register.entity(*index).file, Taken::Name);
                self.facts(&self.archive.index.facts_about[index.position()], &mut uses);
            }
            PageKind::Property(index, _) => {
                Self::properties_file(&mut uses);
                self.facts(&self.archive.index.facts_stating[index.position()], &mut uses);
            }
            PageKind::Source(index, _) => {
                uses.add(&self.archive.register.source(*index).file, Taken::Source);
                let citing: Vec<FactRef> = self.archive.index.facts_citing[index.position()].iter().map(|(fact, _)| *fact).collect();
                self.facts(&citing, &mut uses);
            }
            PageKind::TimelineOf(year, _) => self.facts(self.archive.index.timeline.get(year).map_or(&[], Vec::as_slice), &mut uses),
            PageKind::Copy(file) => uses.add(file, Taken::Itself),
            PageKind::ThemeAsset(_) | PageKind::NotFound | PageKind::Redirect(_) | PageKind::Robots => {}
            _ => self.everything(&mut uses),
        }
        uses
    }

    /// The pages that show something of an entity.
    pub fn users(&self, entity: EntityIx) -> impl Iterator<Item = &PlannedPage> {
        let file = &self.archive.register.entity(entity).file;
        self.plan.pages.iter().filter(move |page| match page.kind {
            PageKind::Article(_) | PageKind::Plain(_) | PageKind::Entity(..) | PageKind::EntityFeed(_) => self.uses(page).has(file),
            _ => false,
        })
    }

    fn article_uses(&self, index: ArticleIx, uses: &mut Uses) {
        let article = self.archive.article(index);
        uses.add(&article.file, Taken::Itself);
        if let Some(sidecar) = &article.sidecar {
            uses.add(sidecar, Taken::Facts);
        }
        let heads = article.head.about.iter().chain(&article.head.authors).chain(&article.head.publisher).chain(&article.head.translator);
        let named = heads.filter_map(|word| self.archive.register.find_entity(word));
        let linked = article.named.autolinks.iter().map(|(_, _, entity)| *entity);
        for entity in named.chain(linked).chain(article.facts.iter().flat_map(|fact| fact.about.iter().copied())) {
            uses.add(&self.archive.register.entity(entity).file, Taken::Name);
        }
        for fact in &article.facts {
            fact.sources.iter().for_each(|(source, _)| self.source_use(*source, uses));
            if fact.property.is_some() {
                Self::properties_file(uses);
            }
        }
        self.links(&article.links, uses);
        for reference in article.references() {
            if let Some(fact) = self.archive.find_fact(index, reference).filter(|fact| fact.article != index) {
                self.facts(&[fact], uses);
            }
        }
        for sibling in self.archive.index.translations.get(&index).into_iter().flatten().filter(|sibling| **sibling != index) {
            uses.add(&self.archive.article(*sibling).file, Taken::Link);
        }
    }

    fn page_uses(&self, index: PageIx, uses: &mut Uses) {
        let page = self.archive.page(index);
        uses.add(&page.file, Taken::Itself);
        self.links(&page.links, uses);
        for sibling in self.archive.index.page_translations.get(&index).into_iter().flatten().filter(|sibling| **sibling != index) {
            uses.add(&self.archive.page(*sibling).file, Taken::Link);
        }
    }

    fn entity_uses(&self, index: EntityIx, uses: &mut Uses) {
        let (register, archive) = (&self.archive.register, &self.archive.index);
        let entity = register.entity(index);
        uses.add(&entity.file, Taken::Itself);
        self.links(&self.archive.entity_links[index.position()], uses);
        let objects = entity.head.relations.iter().filter_map(|relation| register.find_entity(&relation.object));
        for other in objects.chain(archive.relations_to[index.position()].iter().map(|(other, _)| *other)) {
            uses.add(&register.entity(other).file, Taken::Relation);
        }
        self.facts(&archive.facts_about[index.position()], uses);
        for (article, _) in &archive.mentions_of[index.position()] {
            uses.add(&self.archive.article(*article).file, Taken::Mention);
        }
    }

    fn facts(&self, facts: &[FactRef], uses: &mut Uses) {
        for reference in facts {
            let (article, fact) = self.archive.fact(*reference);
            uses.add(&article.file, Taken::Line);
            uses.add(article.sidecar.as_ref().unwrap_or(&article.file), Taken::Facts);
            for entity in &fact.about {
                uses.add(&self.archive.register.entity(*entity).file, Taken::Name);
            }
            if fact.property.is_some() {
                Self::properties_file(uses);
            }
        }
    }

    fn links(&self, links: &[Href], uses: &mut Uses) {
        for href in links {
            match href {
                Href::Entity(entity) => uses.add(&self.archive.register.entity(*entity).file, Taken::Link),
                Href::Article(article, _) => uses.add(&self.archive.article(*article).file, Taken::Link),
                Href::Page(page, _) => uses.add(&self.archive.page(*page).file, Taken::Link),
                Href::Asset(file) => uses.add(file, Taken::Link),
                Href::Here(_) | Href::Outside(_) | Href::Nowhere => {}
            }
        }
    }

    fn source_use(&self, source: SourceIx, uses: &mut Uses) {
        uses.add(&self.archive.register.source(source).file, Taken::Source);
    }

    fn properties_file(uses: &mut Uses) {
        uses.add(&SourcePath::new("content/properties.toml"), Taken::Property);
    }

    /// What the lists of the whole archive are made from.
    fn everything(&self, uses: &mut Uses) {
        for (_, article) in self.archive.shown_articles() {
            uses.add(&article.file, Taken::Line);
            if let Some(sidecar) = &article.sidecar {
                uses.add(sidecar, Taken::Facts);
            }
        }
        self.archive.register.entities.iter().for_each(|entity| uses.add(&entity.file, Taken::Line));
        self.archive.register.sources.iter().for_each(|source| uses.add(&source.file, Taken::Line));
        self.archive.shown_pages().for_each(|(_, page)| uses.add(&page.file, Taken::Line));
        Self::properties_file(uses);
    }
}
