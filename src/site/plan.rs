//! Which pages there are and where they live.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

use rayon::prelude::*;

use super::format::Formats;
use super::ledger::Ledger;
use super::paging;
use super::routes::{Address, Routes};
use super::settle::{Claim, settle};
use super::share::Shared;
use super::views::html::Html;
use crate::archive::graph::Href;
use crate::archive::{Archive, ArticleIx, Disagreements, EntityIx, PageIx, PropertyIx, SourceIx};
use crate::base::{Code, DataPath, Diagnostic, Fingerprint, Lang, Outcome, OutputPath, Place, SourcePath};
use crate::config::Config;
use crate::parse::form;

/// Items on a page of a list of articles.
pub const ARTICLES: usize = 50;
/// Items on a page of facts.
pub const FACTS: usize = 100;
/// Items on a page of corrections.
pub const CORRECTIONS: usize = 50;
/// Items on a page of entities by name.
pub const ENTITIES: usize = 500;
/// Addresses in one sitemap (sitemaps.org).
pub const SITEMAP: usize = 50_000;

/// A planned site with what its pages are made from: what every view is a function of.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// What the pages are made from.
    pub archive: &'a Archive,
    /// What the archive says about itself.
    pub config: &'a Config,
    /// Its pages, and what they share.
    pub plan: &'a Plan,
}

impl Deref for Site<'_> {
    type Target = Plan;

    fn deref(&self) -> &Plan {
        self.plan
    }
}

/// Every page of a site, and what they share.
pub struct Plan {
    /// Addresses.
    pub routes: Routes,
    /// Dates and figures.
    pub formats: Formats,
    /// Every page, in the order of their addresses.
    pub pages: Vec<PlannedPage>,
    /// Shown articles by year, oldest first.
    pub years: BTreeMap<Option<i32>, Vec<ArticleIx>>,
    /// Entities by kind, by name.
    pub by_kind: BTreeMap<Box<str>, Vec<EntityIx>>,
    /// What the site tells of itself.
    pub ledger: Ledger,
    /// Where the facts that readers see disagree.
    pub disagreements: Disagreements,
    /// The day of the build, as `YYYYMMDD`.
    pub today: i32,
    /// What the words of the interface are, which stand on share cards.
    pub words: Fingerprint,
    /// The articles' paths, which every list repeats.
    pub(super) article_urls: Vec<Box<str>>,
    /// The articles' titles.
    pub(super) article_titles: Vec<Html>,
    /// The entities' paths.
    pub(super) entity_urls: Vec<Box<str>>,
}

impl Plan {
    /// The page that becomes the file at `output`.
    pub fn page_at(&self, output: &str) -> Option<&PlannedPage> {
        let found = self.pages.binary_search_by(|page| page.output.as_str().cmp(output)).ok()?;
        Some(&self.pages[found])
    }
}

/// One page.
#[derive(Debug, Clone)]
pub struct PlannedPage {
    /// Where it lives.
    pub address: Address,
    /// The file that it becomes.
    pub output: OutputPath,
    /// What it shows.
    pub kind: PageKind,
}

/// What a page shows. A number is that of a page in a long list; `None` is the list's own address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageKind {
    /// The front page.
    Home,
    /// The newest articles.
    Articles,
    /// A year's articles.
    ArticlesOf(Option<i32>, Option<usize>),
    /// An article.
    Article(ArticleIx),
    /// The most mentioned entities.
    Entities,
    /// A kind's entities.
    EntitiesOf(Box<str>, Option<usize>),
    /// An entity.
    Entity(EntityIx, Option<usize>),
    /// An entity's feed.
    EntityFeed(EntityIx),
    /// All properties.
    Properties,
    /// A property.
    Property(PropertyIx, Option<usize>),
    /// The bibliography.
    Sources,
    /// A source.
    Source(SourceIx, Option<usize>),
    /// The newest facts by date.
    Timeline,
    /// A year's facts by date.
    TimelineOf(i32, Option<usize>),
    /// How much is checked: the whole, and the newest articles; or older ones.
    Coverage(Option<usize>),
    /// Corrections.
    Corrections(Option<usize>),
    /// The feed of corrections.
    CorrectionsFeed,
    /// A plain page.
    Plain(PageIx),
    /// What a host shows for addresses that are not.
    NotFound,
    /// A page that leads to another.
    Redirect(Address),
    /// The site's feed.
    Feed,
    /// The sitemap, or the list of its parts.
    Sitemap,
    /// A part of the sitemap, from 1.
    SitemapPart(usize),
    /// `robots.txt`.
    Robots,
    /// A file of the archive, copied.
    Copy(SourcePath),
    /// A picture of the archive, made this many pixels wide.
    Smaller(SourcePath, u32),
    /// The picture that other sites show of a page.
    Card(Shared),
    /// A file of the theme: its name under `assets/`.
    ThemeAsset(Box<str>),
}

impl PageKind {
    /// Whether it is a page for readers, which a sitemap lists.
    pub fn is_for_readers(&self) -> bool {
        !matches!(
            self,
            Self::NotFound
                | Self::Redirect(_)
                | Self::Feed
                | Self::EntityFeed(_)
                | Self::CorrectionsFeed
                | Self::Sitemap
                | Self::SitemapPart(_)
                | Self::Robots
                | Self::Copy(_)
                | Self::Smaller(..)
                | Self::Card(_)
                | Self::ThemeAsset(_)
        )
    }
}

/// What of the theme decides which pages there are.
#[derive(Clone, Copy)]
pub struct Dress<'t> {
    /// The names of its files under `assets/`.
    pub assets: &'t [String],
    /// The fingerprint of its words.
    pub words: Fingerprint,
}

/// Plans the site as it is on the day `today`, `YYYYMMDD`.
pub fn plan(archive: &Archive, config: &Config, today: i32, dress: Dress<'_>) -> Outcome<Plan> {
    let Dress { assets, words } = dress;
    let formats = Formats::new(langs(archive, config));
    let mut years: BTreeMap<Option<i32>, Vec<ArticleIx>> = BTreeMap::new();
    for (index, article) in archive.shown_articles() {
        years.entry(article.head.date.map(|date| date.day().year().into())).or_default().push(index);
    }
    let by_kind = by_kind(archive, &formats);
    let routes = Routes::new(config);
    let article_urls = archive.articles.par_iter().map(|article| routes.url(&routes.article(&article.slug)).into()).collect();
    let article_titles = archive.articles.par_iter().map(|article| Html::text(&article.head.title)).collect();
    let entity_urls = archive.register.entities.par_iter().map(|entity| routes.url(&routes.entity(&entity.id)).into()).collect();
    let (ledger, disagreements) = (Ledger::of(archive), Disagreements::gather(archive));
    let pages = Vec::new();
    let plan =
        Plan { routes, formats, pages, years, by_kind, ledger, disagreements, today, words, article_urls, article_titles, entity_urls };
    let mut planner = Planner { archive, config, plan: &plan, claims: Vec::new(), found: Vec::new() };
    planner.plan(assets);
    let Planner { claims, mut found, .. } = planner;
    let pages = settle(claims, &mut found);
    Outcome::new(Plan { pages, ..plan }, found)
}

fn langs<'a>(archive: &'a Archive, config: &'a Config) -> impl Iterator<Item = &'a Lang> {
    let articles = archive.articles.iter().map(|article| &article.lang);
    let pages = archive.pages.iter().map(|page| &page.lang);
    let used: BTreeSet<_> = config.languages.iter().chain(articles).chain(pages).collect();
    used.into_iter()
}

fn by_kind(archive: &Archive, formats: &Formats) -> BTreeMap<Box<str>, Vec<EntityIx>> {
    let register = &archive.register;
    let mut by_kind: BTreeMap<Box<str>, Vec<EntityIx>> = BTreeMap::new();
    for (position, entity) in register.entities.iter().enumerate() {
        by_kind.entry(entity.head.kind.clone()).or_default().push(EntityIx::new(position));
    }
    let format = formats.of(&register.lang);
    let name = |index: &EntityIx| register.entity(*index).head.name.pick(&register.lang, &register.lang).1;
    for entities in by_kind.values_mut() {
        entities.sort_by(|a, b| format.compare(name(a), name(b)).then(a.cmp(b)));
    }
    by_kind
}

/// The files beside texts that a shown text links to: nothing of what is kept back comes with its neighbours.
fn linked_assets(archive: &Archive) -> BTreeSet<&SourcePath> {
    let articles = archive.shown_articles().filter(|(_, article)| article.speaks() && article.may_be_quoted());
    let links = articles.flat_map(|(_, article)| &article.links);
    let links = links.chain(archive.shown_pages().flat_map(|(_, page)| &page.links)).chain(archive.entity_links.iter().flatten());
    links.filter_map(|href| if let Href::Asset(file) = href { Some(file) } else { None }).collect()
}

struct Planner<'a> {
    archive: &'a Archive,
    config: &'a Config,
    plan: &'a Plan,
    claims: Vec<Claim>,
    found: Vec<Diagnostic>,
}

impl Planner<'_> {
    fn plan(&mut self, theme_assets: &[String]) {
        let (archive, routes) = (self.archive, &self.plan.routes);
        self.make(routes.home(), PageKind::Home);
        self.make(Address::new("404.html"), PageKind::NotFound);
        self.make(Address::new("robots.txt"), PageKind::Robots);
        self.make(routes.feed(), PageKind::Feed);
        for name in theme_assets {
            let place = Place::whole(&SourcePath::new(format!("templates/assets/{name}")));
            self.add(Address::new(format!("assets/{name}")), PageKind::ThemeAsset(name.as_str().into()), Some(place));
        }
        self.plan_articles();
        self.plan_entities();
        self.plan_facts();
        self.plan_ledger();
        for (index, page) in archive.shown_pages() {
            let address = routes.page(&page.slug);
            self.redirects(&page.head.aliases, &address, &page.file);
            self.add(address, PageKind::Plain(index), Some(Place::whole(&page.file)));
        }
        let linked = linked_assets(archive);
        for file in archive.assets.iter().filter(|file| file.below("static").is_some() || linked.contains(file)) {
            self.add(routes.asset(file), PageKind::Copy(file.clone()), Some(Place::whole(file)));
        }
        for (file, picture) in archive.pictures.iter().filter(|(file, _)| linked.contains(file)) {
            for width in picture.widths() {
                self.add(routes.smaller(file, picture, width), PageKind::Smaller(file.clone(), width), Some(Place::whole(file)));
            }
        }
        self.plan_cards();
        self.plan_sitemap();
    }

    /// Titles without a card are named: each once, where it stands.
    fn plan_cards(&mut self) {
        let site = Site { archive: self.archive, config: self.config, plan: self.plan };
        for shared in site.shared_pages() {
            match site.share_card(shared) {
                Ok(card) => self.add(card.address, PageKind::Card(shared), Some(site.place_of(shared))),
                Err(letter) => self.found.push(site.without_card(shared, letter)),
            }
        }
    }

    fn plan_articles(&mut self) {
        let (archive, plan) = (self.archive, self.plan);
        self.make(plan.routes.articles(), PageKind::Articles);
        for (year, articles) in &plan.years {
            self.list(&plan.routes.articles_of(*year), articles.len(), ARTICLES, |number| PageKind::ArticlesOf(*year, number), None);
        }
        for (index, article) in archive.shown_articles() {
            let address = plan.routes.article(&article.slug);
            self.redirects(&article.head.aliases, &address, &article.file);
            self.add(address, PageKind::Article(index), Some(Place::whole(&article.file)));
        }
    }

    fn plan_entities(&mut self) {
        let (archive, plan) = (self.archive, self.plan);
        let index = &archive.index;
        self.make(plan.routes.entities(), PageKind::Entities);
        for (kind, entities) in &plan.by_kind {
            let address = plan.routes.entities_of(kind);
            for number in 2..=paging::parts(entities.len(), ENTITIES) {
                self.make(plan.routes.numbered(&address, number), PageKind::EntitiesOf(kind.clone(), Some(number)));
            }
            self.make(address, PageKind::EntitiesOf(kind.clone(), None));
        }
        for (position, entity) in archive.register.entities.iter().enumerate() {
            let entity_ix = EntityIx::new(position);
            let address = plan.routes.entity(&entity.id);
            let items = index.facts_about[position].len().max(index.mentions_of[position].len());
            let place = Some(Place::whole(&entity.file));
            self.list(&address, items, FACTS, |number| PageKind::Entity(entity_ix, number), place.clone());
            self.add(plan.routes.entity_feed(&entity.id), PageKind::EntityFeed(entity_ix), place);
            for (nth, old) in entity.head.merged_from.iter().enumerate() {
                let place = Place::data(&entity.file, DataPath::root().key("merged_from").index(nth));
                self.add(plan.routes.entity(old), PageKind::Redirect(address.clone()), Some(place));
            }
        }
    }

    fn plan_facts(&mut self) {
        let (archive, plan) = (self.archive, self.plan);
        let (register, index, routes) = (&archive.register, &archive.index, &plan.routes);
        self.make(routes.properties(), PageKind::Properties);
        for (position, (id, _)) in register.properties.iter().enumerate() {
            let property = PropertyIx::new(position);
            let place = Place::data(&SourcePath::new("content/properties.toml"), DataPath::root().key(&**id).of_key());
            self.list(
                &routes.property(id),
                index.facts_stating[position].len(),
                FACTS,
                |number| PageKind::Property(property, number),
                Some(place),
            );
        }
        self.make(routes.sources(), PageKind::Sources);
        for (position, source) in register.sources.iter().enumerate() {
            let source_ix = SourceIx::new(position);
            self.list(
                &routes.source(&source.key),
                index.facts_citing[position].len(),
                FACTS,
                |number| PageKind::Source(source_ix, number),
                Some(Place::bytes(&source.file, source.at.clone())),
            );
        }
        self.make(routes.timeline(), PageKind::Timeline);
        for (year, facts) in &index.timeline {
            self.list(&routes.timeline_of(*year), facts.len(), FACTS, |number| PageKind::TimelineOf(*year, number), None);
        }
    }

    fn plan_ledger(&mut self) {
        let Plan { routes, ledger, .. } = self.plan;
        self.list(&routes.coverage(), ledger.covered.len(), ARTICLES, PageKind::Coverage, None);
        self.list(&routes.corrections(), ledger.amendments.len(), CORRECTIONS, PageKind::Corrections, None);
        self.make(routes.corrections_feed(), PageKind::CorrectionsFeed);
    }

    fn plan_sitemap(&mut self) {
        self.make(Address::new("sitemap.xml"), PageKind::Sitemap);
        let listed = self.claims.iter().filter(|claim| claim.page.kind.is_for_readers()).count();
        for part in 1..=paging::parts(listed, SITEMAP) {
            self.make(Address::new(format!("sitemap-{part}.xml")), PageKind::SitemapPart(part));
        }
    }

    fn list(&mut self, address: &Address, total: usize, size: usize, kind: impl Fn(Option<usize>) -> PageKind, place: Option<Place>) {
        for number in 1..=paging::count(total, size) {
            self.add(self.plan.routes.numbered(address, number), kind(Some(number)), place.clone());
        }
        self.add(address.clone(), kind(None), place);
    }

    /// Aliases that are no paths have been reported where they were read.
    fn redirects(&mut self, aliases: &[Box<str>], to: &Address, file: &SourcePath) {
        for (nth, alias) in aliases.iter().enumerate().filter(|(_, alias)| form::alias(alias).is_ok()) {
            let path = alias.trim_start_matches('/');
            let folder = !path.ends_with('/') && !path.rsplit('/').next().is_some_and(|name| name.contains('.'));
            let address = Address::new(if folder { format!("{path}/") } else { path.to_owned() });
            let place = Place::data(file, DataPath::root().key("aliases").index(nth));
            self.add(address, PageKind::Redirect(to.clone()), Some(place));
        }
    }

    fn make(&mut self, address: Address, kind: PageKind) {
        self.add(address, kind, None);
    }

    fn add(&mut self, address: Address, kind: PageKind, place: Option<Place>) {
        if let Some(output) = address.output() {
            self.claims.push(Claim { page: PlannedPage { address, output, kind }, place });
            return;
        }
        let place = place.unwrap_or_else(|| Place::whole(&SourcePath::new("postilla.toml")));
        let message = format!("`{}` cannot be an address of the site", address.as_str());
        let help = "every part must be a plain name: no dot in front, none of `\\ : * ? \" < > |`";
        self.found.push(Diagnostic::error(Code::BadAddress, place, message).help(help.to_owned()));
    }
}
