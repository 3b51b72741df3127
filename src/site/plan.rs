//! Which pages there are and where they live.

use std::collections::BTreeSet;
use std::ops::Deref;

use rayon::prelude::*;

use super::beside::Beside;
use super::cite::CiteFormat;
use super::format::Formats;
use super::ledger::Ledger;
use super::page::{PageKind, PlannedPage};
use super::paging;
use super::routes::{Address, DATA};
use super::settle::{Claim, keep_free, settle};
use super::trees::{self, Tree};
use super::views::html::Html;
use crate::archive::graph::Href;
use crate::archive::{Archive, Article, ArticleIx, Disagreements, EntityIx, PropertyIx, SourceIx};
use crate::base::{Code, DataPath, Diagnostic, Fingerprint, Lang, Outcome, Place, SourcePath};
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

/// Articles that are planned at one go.
const PART: usize = 256;

/// A planned site with what its pages are made from, seen from one of its trees: what every view is a function of.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// What the pages are made from.
    pub archive: &'a Archive,
    /// What the archive says about itself.
    pub config: &'a Config,
    /// Its pages, and what they share.
    pub plan: &'a Plan,
    /// The tree that is made.
    pub tree: &'a Tree,
}

impl<'a> Site<'a> {
    /// The site, seen from its first tree.
    pub fn new(archive: &'a Archive, config: &'a Config, plan: &'a Plan) -> Self {
        Self { archive, config, plan, tree: &plan.trees[0] }
    }

    /// The same, seen from the tree in which `page` stands.
    #[must_use]
    pub fn around(self, page: &PlannedPage) -> Self {
        self.within(page.tree)
    }

    /// The same, seen from the tree at this position.
    #[must_use]
    pub fn within(self, tree: usize) -> Self {
        Self { tree: &self.plan.trees[tree], ..self }
    }
}

impl Deref for Site<'_> {
    type Target = Plan;

    fn deref(&self) -> &Plan {
        self.plan
    }
}

/// Every page of a site, and what they share.
pub struct Plan {
    /// What each language of the archive has of its own.
    pub trees: Vec<Tree>,
    /// Dates and figures.
    pub formats: Formats,
    /// Every page, in the order of their addresses.
    pub pages: Vec<PlannedPage>,
    /// What the site tells of itself.
    pub ledger: Ledger,
    /// Where the facts that readers see disagree.
    pub disagreements: Disagreements,
    /// The formats in which each article is cited.
    pub cite_formats: &'static [CiteFormat],
    /// The day of the build, as `YYYYMMDD`.
    pub today: i32,
    /// What the words of the interface are, which stand on share cards.
    pub words: Fingerprint,
    /// The articles' paths, which every list repeats.
    pub(super) article_urls: Vec<Box<str>>,
    /// The articles' titles.
    pub(super) article_titles: Vec<Html>,
}

impl Plan {
    /// The page that becomes the file at `output`.
    pub fn page_at(&self, output: &str) -> Option<&PlannedPage> {
        let found = self.pages.binary_search_by(|page| page.output.as_str().cmp(output)).ok()?;
        Some(&self.pages[found])
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
    let gather = || rayon::join(|| Ledger::of(archive), || Disagreements::gather(archive));
    let (trees, (ledger, disagreements)) = rayon::join(|| trees::trees(archive, config, &formats), gather);
    let url = |article: &Article| {
        let routes = &trees[trees::home_of(&article.lang, config)].routes;
        routes.url(&routes.article(&article.slug)).into()
    };
    let article_urls = archive.articles.par_iter().map(url).collect();
    let article_titles = archive.articles.par_iter().map(|article| Html::text(&article.head.title)).collect();
    let cite_formats: &[CiteFormat] = if config.exports.citations { &CiteFormat::ALL } else { &[] };
    let pages = Vec::new();
    let plan = Plan { trees, formats, pages, ledger, disagreements, cite_formats, today, words, article_urls, article_titles };
    let mut planner = Planner { archive, config, plan: &plan, tree: &plan.trees[0], claims: Vec::new(), found: Vec::new() };
    planner.plan(assets);
    let Planner { claims, mut found, .. } = planner;
    if !config.exports.data.is_empty() {
        keep_free(DATA, &claims, &mut found);
    }
    let pages = settle(claims, &mut found);
    Outcome::new(Plan { pages, ..plan }, found)
}

fn langs<'a>(archive: &'a Archive, config: &'a Config) -> impl Iterator<Item = &'a Lang> {
    let articles = archive.articles.iter().map(|article| &article.lang);
    let pages = archive.pages.iter().map(|page| &page.lang);
    let used: BTreeSet<_> = config.languages.iter().chain(articles).chain(pages).collect();
    used.into_iter()
}

/// The files beside texts that a shown text links to: nothing of what is kept back comes with its neighbours.
fn linked_assets(archive: &Archive) -> BTreeSet<&SourcePath> {
    let articles = archive.shown_articles().filter(|(_, article)| article.speaks() && article.may_be_quoted());
    let links = articles.flat_map(|(_, article)| &article.links);
    let corrections = archive.shown_articles().flat_map(|(_, article)| &article.corrections).flat_map(|correction| &correction.links);
    let links = links
        .chain(corrections)
        .chain(archive.shown_pages().flat_map(|(_, page)| &page.links))
        .chain(archive.entity_links.iter().flatten());
    links.filter_map(|href| if let Href::Asset(file) = href { Some(file) } else { None }).collect()
}

struct Planner<'a> {
    archive: &'a Archive,
    config: &'a Config,
    plan: &'a Plan,
    /// The tree in which pages are claimed.
    tree: &'a Tree,
    claims: Vec<Claim>,
    found: Vec<Diagnostic>,
}

impl Planner<'_> {
    fn plan(&mut self, theme_assets: &[String]) {
        self.make(Address::new("robots.txt"), PageKind::Robots);
        if self.config.exports.llms {
            self.make(Address::new("llms.txt"), PageKind::Llms);
        }
        for name in theme_assets {
            let place = Place::whole(&SourcePath::new(format!("templates/assets/{name}")));
            self.add(Address::new(format!("assets/{name}")), PageKind::ThemeAsset(name.as_str().into()), Some(place));
        }
        for tree in &self.plan.trees {
            self.tree = tree;
            self.plan_tree();
        }
        self.plan_texts();
        self.tree = &self.plan.trees[0];
        let (archive, linked) = (self.archive, linked_assets(self.archive));
        for file in archive.assets.iter().filter(|file| file.below("static").is_some() || linked.contains(file)) {
            self.add(self.tree.routes.asset(file), PageKind::Copy(file.clone()), Some(Place::whole(file)));
        }
        for (file, picture) in archive.pictures.iter().filter(|(file, _)| linked.contains(file)) {
            for width in picture.widths() {
                self.add(self.tree.routes.smaller(file, picture, width), PageKind::Smaller(file.clone(), width), Some(Place::whole(file)));
            }
        }
        self.plan_cards();
        self.plan_sitemap();
    }

    /// Titles without a card are named: each once, where it stands.
    fn plan_cards(&mut self) {
        let site = Site::new(self.archive, self.config, self.plan);
        for shared in site.shared_pages() {
            let mut lacking = None;
            for tree in site.trees_of(shared) {
                self.tree = &self.plan.trees[tree];
                match site.within(tree).share_card(shared) {
                    Ok(card) => self.add(card.address, PageKind::Card(shared), Some(site.place_of(shared))),
                    Err(letter) => lacking = lacking.or(Some(letter)),
                }
            }
            self.found.extend(lacking.map(|letter| site.without_card(shared, letter)));
        }
        self.tree = &self.plan.trees[0];
    }

    /// What every language has.
    fn plan_tree(&mut self) {
        let routes = &self.tree.routes;
        self.make(routes.home(), PageKind::Home);
        self.make(routes.not_found(), PageKind::NotFound);
        self.make(routes.feed(), PageKind::Feed);
        if self.config.search.enabled {
            self.make(routes.search(), PageKind::Search);
        }
        self.make(routes.articles(), PageKind::Articles);
        for (year, articles) in &self.tree.years {
            self.list(&routes.articles_of(*year), articles.len(), ARTICLES, |number| PageKind::ArticlesOf(*year, number), None);
        }
        self.plan_entities();
        self.plan_facts();
        self.plan_ledger();
    }

    /// Articles and plain pages, each in the tree of its language.
    fn plan_texts(&mut self) {
        let (archive, config, trees) = (self.archive, self.config, &self.plan.trees);
        for tree in trees {
            // By slug, which is nearly the order of their files.
            let articles: Vec<_> = archive.index.article_of.values().filter(|index| self.stands_in(tree, **index)).copied().collect();
            let parts: Vec<_> = articles.par_chunks(PART).map(|articles| self.part(tree, articles)).collect();
            for (claims, found) in parts {
                self.claims.extend(claims);
                self.found.extend(found);
            }
        }
        for (index, page) in archive.shown_pages() {
            self.tree = &trees[trees::home_of(&page.lang, config)];
            let address = self.tree.routes.page(&page.slug);
            self.redirects(&page.head.aliases, &address, &page.file);
            self.add(address, PageKind::Plain(index), Some(Place::whole(&page.file)));
        }
    }

    fn stands_in(&self, tree: &Tree, article: ArticleIx) -> bool {
        let kept = self.archive.article(article);
        kept.shown && trees::home_of(&kept.lang, self.config) == tree.index
    }

    /// What some articles of a tree claim, and what is wrong with it.
    fn part(&self, tree: &Tree, articles: &[ArticleIx]) -> (Vec<Claim>, Vec<Diagnostic>) {
        let Self { archive, config, plan, .. } = *self;
        let mut planner = Planner { archive, config, plan, tree, claims: Vec::new(), found: Vec::new() };
        for article in articles {
            planner.plan_article(*article);
        }
        (planner.claims, planner.found)
    }

    fn plan_article(&mut self, index: ArticleIx) {
        let (article, routes) = (self.archive.article(index), &self.tree.routes);
        let (address, place) = (routes.article(&article.slug), Some(Place::whole(&article.file)));
        let site = Site::new(self.archive, self.config, self.plan);
        for file in Beside::ALL.into_iter().filter(|file| site.has(article, *file)) {
            self.add(routes.beside(&article.slug, file), PageKind::Beside(index, file), place.clone());
        }
        for format in self.plan.cite_formats {
            self.add(routes.citations(&article.slug, *format), PageKind::Citations(index, *format), place.clone());
        }
        self.redirects(&article.head.aliases, &address, &article.file);
        self.add(address, PageKind::Article(index), place);
    }

    fn plan_entities(&mut self) {
        let (archive, tree) = (self.archive, self.tree);
        let (index, routes) = (&archive.index, &tree.routes);
        self.make(routes.entities(), PageKind::Entities);
        for (kind, entities) in &tree.by_kind {
            let address = routes.entities_of(kind);
            for number in 2..=paging::parts(entities.len(), ENTITIES) {
                self.make(routes.numbered(&address, number), PageKind::EntitiesOf(kind.clone(), Some(number)));
            }
            self.make(address, PageKind::EntitiesOf(kind.clone(), None));
        }
        for (position, entity) in archive.register.entities.iter().enumerate() {
            let entity_ix = EntityIx::new(position);
            let address = routes.entity(&entity.id);
            let items = index.facts_about[position].len().max(tree.mentions_of(archive, entity_ix).len());
            let place = Some(Place::whole(&entity.file));
            self.list(&address, items, FACTS, |number| PageKind::Entity(entity_ix, number), place.clone());
            // What it says is the same in all languages.
            if self.config.exports.entities && tree.index == 0 {
                self.add(routes.entity_record(&entity.id), PageKind::EntityRecord(entity_ix), place.clone());
            }
            self.add(routes.entity_feed(&entity.id), PageKind::EntityFeed(entity_ix), place);
            for (nth, old) in entity.head.merged_from.iter().enumerate() {
                let place = Place::data(&entity.file, DataPath::root().key("merged_from").index(nth));
                self.add(routes.entity(old), PageKind::Redirect(address.clone()), Some(place));
            }
        }
    }

    fn plan_facts(&mut self) {
        let archive = self.archive;
        let (register, index, routes) = (&archive.register, &archive.index, &self.tree.routes);
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
        let (Plan { ledger, .. }, Tree { routes, .. }) = (self.plan, self.tree);
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
            self.add(self.tree.routes.numbered(address, number), kind(Some(number)), place.clone());
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
            self.claims.push(Claim { page: PlannedPage { address, output, tree: self.tree.index, kind }, place });
            return;
        }
        let place = place.unwrap_or_else(|| Place::whole(&SourcePath::new("postilla.toml")));
        let message = format!("`{}` cannot be an address of the site", address.as_str());
        let help = "every part must be a plain name: no dot in front, none of `\\ : * ? \" < > |`";
        self.found.push(Diagnostic::error(Code::BadAddress, place, message).help(help.to_owned()));
    }
}
