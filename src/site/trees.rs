//! A tree of pages for each language of the archive: where its pages live, and which version of a text its lists show. An
//! archive with one language has one tree, in which every text stands for itself.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::format::Formats;
use super::routes::Routes;
use crate::archive::{Archive, ArticleIx, EntityIx, FactRef, PageIx};
use crate::base::Lang;
use crate::config::Config;

/// The pages in one language.
pub struct Tree {
    /// Its position among the archive's languages; the first is at the root of the site.
    pub index: usize,
    /// Its language.
    pub lang: Lang,
    /// Addresses in it.
    pub routes: Routes,
    /// The articles that its lists show by year, oldest first.
    pub years: BTreeMap<Option<i32>, Vec<ArticleIx>>,
    /// Entities by kind, by name.
    pub by_kind: BTreeMap<Box<str>, Vec<EntityIx>>,
    /// Which version of each text its lists show.
    pub versions: Versions,
    /// The entities' paths.
    pub(super) entity_urls: Vec<Box<str>>,
    /// The articles that its lists show as mentioning each entity; empty where there is one tree.
    mentions: Vec<Vec<(ArticleIx, u32)>>,
}

/// Which version of each text a tree's lists show: that in its language, else the original. Empty where there is one tree.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Versions {
    articles: Vec<ArticleIx>,
    pages: Vec<PageIx>,
    /// Facts that say the same in the tree's language, behind those that lists name; by the latter.
    facts: Vec<(FactRef, FactRef)>,
}

/// The trees of the archive's languages.
pub fn trees(archive: &Archive, config: &Config, formats: &Formats) -> Vec<Tree> {
    let tree = |(index, lang): (usize, &Lang)| {
        let versions = if config.languages.len() > 1 { Versions::of(archive, config, index) } else { Versions::default() };
        let routes = Routes::new(config, index);
        Tree {
            index,
            lang: lang.clone(),
            years: years(archive, &versions),
            by_kind: by_kind(archive, formats, lang),
            mentions: mentions(archive, &versions),
            entity_urls: archive.register.entities.par_iter().map(|entity| routes.url(&routes.entity(&entity.id)).into()).collect(),
            versions,
            routes,
        }
    };
    config.languages.iter().enumerate().map(tree).collect()
}

/// The tree in which a text in `lang` lives: that of its language, else the first.
pub fn home_of(lang: &Lang, config: &Config) -> usize {
    let among = |fits: &dyn Fn(&Lang) -> bool| config.languages.iter().position(fits);
    among(&|tree| tree == lang).or_else(|| among(&|tree| tree.reads_as(lang))).unwrap_or_default()
}

fn years(archive: &Archive, versions: &Versions) -> BTreeMap<Option<i32>, Vec<ArticleIx>> {
    let mut years: BTreeMap<Option<i32>, Vec<ArticleIx>> = BTreeMap::new();
    for (index, article) in archive.shown_articles().filter(|(index, _)| versions.lists(*index)) {
        years.entry(article.head.date.map(|date| date.day().year().into())).or_default().push(index);
    }
    years
}

fn by_kind(archive: &Archive, formats: &Formats, lang: &Lang) -> BTreeMap<Box<str>, Vec<EntityIx>> {
    let register = &archive.register;
    let mut by_kind: BTreeMap<Box<str>, Vec<EntityIx>> = BTreeMap::new();
    for (position, entity) in register.entities.iter().enumerate() {
        by_kind.entry(entity.head.kind.clone()).or_default().push(EntityIx::new(position));
    }
    let format = formats.of(lang);
    let name = |index: &EntityIx| register.entity(*index).head.name.pick(lang, &register.lang).1;
    for entities in by_kind.values_mut() {
        entities.sort_by(|a, b| format.compare(name(a), name(b)).then(a.cmp(b)));
    }
    by_kind
}

/// Of two versions that mention an entity, lists show one; a version that alone mentions it stays.
fn mentions(archive: &Archive, versions: &Versions) -> Vec<Vec<(ArticleIx, u32)>> {
    if versions.articles.is_empty() {
        return Vec::new();
    }
    let listed = |all: &Vec<(ArticleIx, u32)>| {
        let mentioning: BTreeSet<ArticleIx> = all.iter().map(|(article, _)| *article).collect();
        let stands = |article: ArticleIx| versions.lists(article) || !mentioning.contains(&versions.article(article));
        all.iter().copied().filter(|(article, _)| stands(*article)).collect()
    };
    archive.index.mentions_of.par_iter().map(listed).collect()
}

impl Tree {
    /// The articles that its lists show as mentioning an entity, with the position of the mention in the article.
    pub fn mentions_of<'a>(&'a self, archive: &'a Archive, entity: EntityIx) -> &'a [(ArticleIx, u32)] {
        let lists = if self.mentions.is_empty() { &archive.index.mentions_of } else { &self.mentions };
        &lists[entity.position()]
    }
}

impl Versions {
    fn of(archive: &Archive, config: &Config, tree: usize) -> Self {
        let native = |lang: &Lang| home_of(lang, config) == tree && lang.reads_as(&config.languages[tree]);
        let (translations, page_translations) = (&archive.index.translations, &archive.index.page_translations);
        let article = |index: ArticleIx| {
            let group = translations.get(&index).map(Vec::as_slice).unwrap_or_default();
            let original = |index: &&ArticleIx| archive.article(**index).head.translation_of.is_none();
            let of_here = group.iter().find(|index| native(&archive.article(**index).lang));
            of_here.or_else(|| group.iter().find(original)).or(group.first()).copied().unwrap_or(index)
        };
        let page = |index: PageIx| {
            let group = page_translations.get(&index).map(Vec::as_slice).unwrap_or_default();
            let original = |index: &&PageIx| archive.page(**index).head.translation_of.is_none();
            let of_here = group.iter().find(|index| native(&archive.page(**index).lang));
            of_here.or_else(|| group.iter().find(original)).or(group.first()).copied().unwrap_or(index)
        };
        let twins = &archive.index.twins;
        // A translation of a translation may take two steps; facts that name each other in a circle stop somewhere.
        let listed = |twin: FactRef| (0..config.languages.len()).fold(twin, |fact, _| twins.get(&fact).copied().unwrap_or(fact));
        let here = |fact: FactRef| native(&archive.article(fact.article).lang);
        let mut facts: Vec<_> = twins.keys().filter(|twin| here(**twin)).map(|twin| (listed(*twin), *twin)).collect();
        facts.retain(|(listed, _)| !here(*listed));
        facts.sort_unstable();
        facts.dedup_by_key(|(listed, _)| *listed);
        Self {
            articles: (0..archive.articles.len()).map(|position| article(ArticleIx::new(position))).collect(),
            pages: (0..archive.pages.len()).map(|position| page(PageIx::new(position))).collect(),
            facts,
        }
    }

    /// The version that stands for an article.
    pub fn article(&self, index: ArticleIx) -> ArticleIx {
        self.articles.get(index.position()).copied().unwrap_or(index)
    }

    /// Whether lists show this article, and not another version of it.
    pub fn lists(&self, index: ArticleIx) -> bool {
        self.article(index) == index
    }

    /// Whether lists show this page, and not another version of it.
    pub fn lists_page(&self, index: PageIx) -> bool {
        self.pages.get(index.position()).is_none_or(|version| *version == index)
    }

    /// The version that stands for a fact of a list.
    pub fn fact(&self, fact: FactRef) -> FactRef {
        let found = self.facts.binary_search_by_key(&fact, |(listed, _)| *listed);
        found.map_or(fact, |position| self.facts[position].1)
    }

    /// Whether the same articles and pages stand for others.
    pub fn stand_alike(&self, other: &Self) -> bool {
        let shorter = self.articles.len().min(other.articles.len());
        self.articles[..shorter] == other.articles[..shorter] && self.pages == other.pages
    }

    /// The facts for which another version stands in one than in the other.
    pub fn differing_facts(&self, other: &Self) -> BTreeSet<FactRef> {
        let (mine, others): (BTreeSet<_>, BTreeSet<_>) = (self.facts.iter().collect(), other.facts.iter().collect());
        mine.symmetric_difference(&others).map(|(listed, _)| *listed).collect()
    }
}
