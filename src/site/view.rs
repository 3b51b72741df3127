//! The one way from a planned page to what its template sees.

use serde::Serialize;

use super::counterparts::Counterparts;
use super::page::{PageKind, PlannedPage};
use super::routes::{Address, DATA};
use super::share::Shared;
use super::views::article::ArticleView;
use super::views::corrections::CorrectionsView;
use super::views::coverage::CoverageView;
use super::views::entity::EntityView;
use super::views::front::{HomeView, PageView, RedirectView};
use super::views::lists::{ArticlesView, EntitiesView, PropertiesView, PropertyView, SourceView, SourcesView, TimelineView};
use super::views::llms::LlmsView;
use super::views::machine::{FeedView, SitemapView};
use super::views::notes::Parts;
use super::views::{self, Head, NavItem, PageLink};
use super::{Site, linked};
use crate::archive::{ArticleIx, PageIx};
use crate::base::Lang;

/// Everything that one page's template sees, but for what all pages share.
pub struct View<'v> {
    /// The template's name.
    pub template: &'v str,
    /// What every page carries.
    pub head: Head<'v>,
    /// What this kind of page carries.
    pub content: Content<'v>,
}

/// What a kind of page carries.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Content<'v> {
    /// `home`
    Home(HomeView<'v>),
    /// `list`
    Articles(ArticlesView<'v>),
    /// `article`
    Article(Box<ArticleView<'v>>),
    /// `list`
    Entities(EntitiesView<'v>),
    /// `entity`
    Entity(Box<EntityView<'v>>),
    /// `list`
    Properties(PropertiesView),
    /// `list`
    Property(Box<PropertyView<'v>>),
    /// `list`
    Sources(SourcesView<'v>),
    /// `list`
    Source(SourceView<'v>),
    /// `list`
    Timeline(TimelineView<'v>),
    /// `list`
    Coverage(CoverageView<'v>),
    /// `list`
    Corrections(CorrectionsView<'v>),
    /// `content`
    Page(PageView<'v>),
    /// `redirect`
    Redirect(RedirectView),
    /// `feed`
    Feed(FeedView<'v>),
    /// `sitemap`
    Sitemap(SitemapView<'v>),
    /// `sitemap`: the sitemap's address, with host.
    Robots(String),
    /// `list`
    Llms(LlmsView<'v>),
    /// Nothing more.
    Nothing,
}

impl<'v> Site<'v> {
    /// What the template of `page` sees, which stands in this tree; `None` for files without a template. `parts` are asked for on
    /// the page of an article.
    pub fn view(&'v self, page: &'v PlannedPage, parts: Option<&'v Parts<'v>>) -> Option<View<'v>> {
        debug_assert_eq!(page.tree, self.tree.index, "a page is seen from its own tree");
        let lang = &self.tree.lang;
        let (kind, template, title, content): (_, &'v str, &'v str, _) = match &page.kind {
            PageKind::Home => ("home", "index.html", self.title(lang), Content::Home(self.home(lang))),
            PageKind::Articles => ("articles", "articles.html", "", Content::Articles(self.articles(lang))),
            PageKind::ArticlesOf(year, number) => {
                ("articles", "articles.html", "", Content::Articles(self.articles_of(*year, *number, lang)))
            }
            PageKind::Article(index) => return Some(self.article_view(page, *index, parts?)),
            PageKind::Entities => ("entities", "entities.html", "", Content::Entities(self.entities(lang))),
            PageKind::EntitiesOf(kind, number) => {
                ("entities", "entities.html", "", Content::Entities(self.entities_of(kind, *number, lang)))
            }
            PageKind::Entity(index, number) => {
                ("entity", "entity.html", self.entity_name(*index, lang), Content::Entity(Box::new(self.entity(*index, *number, lang))))
            }
            PageKind::EntityFeed(index) => {
                ("feed", "atom.xml", self.entity_name(*index, lang), Content::Feed(self.entity_feed(*index, lang)))
            }
            PageKind::Properties => ("properties", "properties.html", "", Content::Properties(self.properties(lang))),
            PageKind::Property(index, number) => (
                "property",
                "property.html",
                self.property_told(*index, lang).text,
                Content::Property(Box::new(self.property(*index, *number, lang))),
            ),
            PageKind::Sources => ("sources", "sources.html", "", Content::Sources(self.sources(lang))),
            PageKind::Source(index, number) => {
                let source = self.source(*index, *number, lang);
                ("source", "source.html", source.title, Content::Source(source))
            }
            PageKind::Timeline => ("timeline", "timeline.html", "", Content::Timeline(self.timeline(lang))),
            PageKind::TimelineOf(year, number) => {
                ("timeline", "timeline.html", "", Content::Timeline(self.timeline_of(*year, *number, lang)))
            }
            PageKind::Coverage(number) => ("coverage", "coverage.html", "", Content::Coverage(self.coverage(*number, lang))),
            PageKind::Corrections(number) => ("corrections", "corrections.html", "", Content::Corrections(self.corrections(*number, lang))),
            PageKind::CorrectionsFeed => ("feed", "atom.xml", self.title(lang), Content::Feed(self.corrections_feed(lang))),
            PageKind::Search => ("search", "search.html", "", Content::Nothing),
            PageKind::Plain(index) => return Some(self.plain_view(page, *index)),
            PageKind::NotFound => ("404", "404.html", "", Content::Nothing),
            PageKind::Redirect(to) => ("redirect", "redirect.html", "", Content::Redirect(RedirectView { url: self.tree.routes.url(to) })),
            PageKind::Feed => ("feed", "atom.xml", self.title(lang), Content::Feed(self.feed(lang))),
            PageKind::Sitemap => (
                "sitemap",
                if self.sitemap_has_parts() { "sitemap_index.xml" } else { "sitemap.xml" },
                "",
                Content::Sitemap(self.sitemap()),
            ),
            PageKind::SitemapPart(number) => ("sitemap", "sitemap.xml", "", Content::Sitemap(self.sitemap_part(*number))),
            PageKind::Robots => ("robots", "robots.txt", "", Content::Robots(self.tree.routes.absolute(&Address::new("sitemap.xml")))),
            PageKind::Llms => ("llms", "llms.txt", self.title(lang), Content::Llms(self.llms(lang))),
            PageKind::Beside(..)
            | PageKind::EntityRecord(_)
            | PageKind::Citations(..)
            | PageKind::Copy(_)
            | PageKind::Smaller(..)
            | PageKind::Card(_)
            | PageKind::ThemeAsset(_) => {
                return None;
            }
        };
        Some(self.whole(page, View { template, head: self.head(page, kind, title, self.described(page), lang), content }))
    }

    /// The view with what it says to machines.
    fn whole(&'v self, page: &PlannedPage, view: View<'v>) -> View<'v> {
        let linked = linked::of_page(self, page, &view.head, &view.content);
        View { head: Head { linked, ..view.head }, ..view }
    }

    fn head(&self, page: &PlannedPage, kind: &'static str, title: &'v str, description: &'v str, lang: &'v Lang) -> Head<'v> {
        let counterparts = self.counterparts(page);
        let for_all_others = counterparts.for_all_others().map(str::to_owned);
        let canonical = match &page.kind {
            PageKind::Redirect(to) => self.tree.routes.absolute(to),
            _ => self.tree.routes.absolute(&page.address),
        };
        let feed = match &page.kind {
            PageKind::Entity(index, _) => {
                Some(self.tree.routes.url(&self.tree.routes.entity_feed(&self.archive.register.entity(*index).id)))
            }
            PageKind::Corrections(_) => Some(self.tree.routes.url(&self.tree.routes.corrections_feed())),
            _ => None,
        };
        let card = Shared::of(&page.kind).and_then(|shared| self.card_url(shared));
        let Counterparts { mut all, .. } = counterparts;
        let url = self.tree.routes.url(&page.address);
        all.retain(|other| other.url != url);
        let dir = lang.is_right_to_left().then_some("rtl");
        Head { kind, title, description, lang, dir, url, canonical, translations: all, for_all_others, feed, card, linked: None }
    }

    /// A sentence on what the page is.
    fn described(&self, page: &PlannedPage) -> &'v str {
        let (lang, register) = (&self.tree.lang, &self.archive.register);
        match page.kind {
            PageKind::Home => self.description(lang),
            PageKind::Entity(index, _) => {
                register.entity(index).head.summary.as_ref().map_or("", |words| words.pick(lang, &register.lang).1)
            }
            _ => "",
        }
    }

    fn article_view(&'v self, page: &'v PlannedPage, index: ArticleIx, parts: &'v Parts<'v>) -> View<'v> {
        let article = self.archive.article(index);
        let description = article.head.summary.as_deref().unwrap_or_default();
        let view = View {
            template: article.head.template.as_deref().unwrap_or("article.html"),
            head: self.head(page, "article", &article.head.title, description, &article.lang),
            content: Content::Article(Box::new(self.article(index, parts))),
        };
        self.whole(page, view)
    }

    fn plain_view(&'v self, page: &'v PlannedPage, index: PageIx) -> View<'v> {
        let plain = self.archive.page(index);
        let description = plain.head.summary.as_deref().unwrap_or_default();
        let view = View {
            template: plain.head.template.as_deref().unwrap_or("page.html"),
            head: self.head(page, "page", &plain.head.title, description, &plain.lang),
            content: Content::Page(self.plain(index)),
        };
        self.whole(page, view)
    }

    pub(super) fn title(&self, lang: &Lang) -> &'v str {
        self.config.title.pick(lang, &self.archive.register.lang).1
    }

    fn description(&self, lang: &Lang) -> &'v str {
        self.config.description.as_ref().map_or("", |words| words.pick(lang, &self.archive.register.lang).1)
    }

    /// What all pages in `lang` of this tree share.
    pub fn shared(&self, lang: &Lang) -> views::Site<'v> {
        let routes = &self.tree.routes;
        let lists = [
            ("articles", routes.articles()),
            ("entities", routes.entities()),
            ("properties", routes.properties()),
            ("sources", routes.sources()),
            ("timeline", routes.timeline()),
        ];
        let accounts = [("coverage", routes.coverage()), ("corrections", routes.corrections())];
        let item = |(name, address): (&'static str, Address)| NavItem { name, url: routes.url(&address) };
        let page = |(index, page): (PageIx, &'v crate::archive::Page)| PageLink {
            title: &page.head.title,
            lang: &page.lang,
            url: self.page_url(index),
        };
        let pages = self.archive.shown_pages().filter(|(index, _)| self.tree.versions.lists_page(*index));
        views::Site {
            title: self.title(lang),
            description: self.description(lang),
            lang: &self.tree.lang,
            base: routes.base().to_owned(),
            url: routes.url(&routes.home()),
            feed: routes.url(&routes.feed()),
            search: self.config.search.enabled.then(|| routes.url(&routes.search())),
            index: self.config.search.enabled.then(|| routes.url(&self.trees[0].routes.search())),
            data: (!self.config.exports.data.is_empty()).then(|| format!("{}/{DATA}datapackage.json", routes.base())),
            lists: lists.into_iter().map(item).collect(),
            accounts: accounts.into_iter().map(item).collect(),
            pages: pages.map(page).collect(),
            icons: self.icons(),
            extra: self.config.extra.as_deref(),
            generator: env!("CARGO_PKG_VERSION"),
        }
    }
}

impl Content<'_> {
    /// The name that templates know it by.
    pub fn name(&self) -> Option<&'static str> {
        Some(match self {
            Self::Home(_) => "home",
            Self::Article(_) => "article",
            Self::Entity(_) => "entity",
            Self::Page(_) => "content",
            Self::Redirect(_) => "redirect",
            Self::Feed(_) => "feed",
            Self::Sitemap(_) | Self::Robots(_) => "sitemap",
            Self::Articles(_)
            | Self::Entities(_)
            | Self::Properties(_)
            | Self::Property(_)
            | Self::Sources(_)
            | Self::Source(_)
            | Self::Llms(_)
            | Self::Timeline(_)
            | Self::Coverage(_)
            | Self::Corrections(_) => "list",
            Self::Nothing => return None,
        })
    }
}
