//! What machines read: `atom.xml` as `feed`, `sitemap.xml` and `sitemap_index.xml` as `sitemap`.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::ledger::Amendment;
use super::super::page::{PageKind, PlannedPage};
use super::super::plan::SITEMAP;
use super::super::routes::Address;
use super::super::{Site, paging};
use super::Translation;
use crate::archive::{Article, ArticleIx, EntityIx, FactRef};
use crate::base::Lang;
use crate::parse::article::State;
use crate::parse::body;
use crate::parse::dates::Moment;

/// An Atom feed (RFC 4287).
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FeedView<'a> {
    /// Its title.
    pub title: &'a str,
    /// A key of `words` for what it follows, where that is not the whole site or an entity: `corrections`.
    pub list: Option<&'static str>,
    /// The page that it follows, with host; also its id.
    pub url: String,
    /// Its own address, with host.
    pub own: String,
    /// When the newest entry changed, by RFC 3339.
    pub updated: String,
    /// The newest first.
    pub entries: Vec<FeedEntry<'a>>,
}

/// One entry.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FeedEntry<'a> {
    /// An article's title, or a fact's claim.
    pub title: &'a str,
    /// Its address, with host; also its id.
    pub url: String,
    /// The language of its title.
    pub lang: &'a Lang,
    /// When it was published, by RFC 3339.
    pub published: String,
    /// When it was last changed, by RFC 3339.
    pub updated: String,
    /// Who wrote it.
    pub authors: Vec<&'a str>,
    /// A sentence or two; a fact's article; what a correction says.
    pub summary: Option<Cow<'a, str>>,
    /// Whether it tells of an article that was withdrawn.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
}

/// A sitemap, or the list of its parts (sitemaps.org).
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SitemapView<'a> {
    /// The addresses.
    pub urls: Vec<SitemapUrl<'a>>,
}

/// One address of a sitemap.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SitemapUrl<'a> {
    /// The address, with host.
    pub url: String,
    /// When an article was last changed, by RFC 3339.
    pub updated: Option<String>,
    /// The page in every language that has it, itself included; empty when only one does.
    pub translations: Vec<Translation<'a>>,
    /// Of these, the address of the one for readers of any other language.
    pub for_all_others: Option<String>,
}

impl<'a> Site<'a> {
    /// The newest articles.
    pub fn feed(&self, lang: &Lang) -> FeedView<'a> {
        let entries = self.listed_articles().rev().filter_map(|(index, article)| self.article_entry(index, article, lang));
        let entries: Vec<_> = entries.take(self.config.feed.limit).collect();
        let title = self.config.title.pick(lang, &self.archive.register.lang).1;
        self.feed_of(title, &self.tree.routes.home(), &self.tree.routes.feed(), entries)
    }

    /// The newest facts that speak of an entity.
    pub fn entity_feed(&self, index: EntityIx, lang: &Lang) -> FeedView<'a> {
        let id = &self.archive.register.entity(index).id;
        let facts = self.archive.index.facts_about[index.position()].iter().rev();
        let entries: Vec<_> = facts.filter_map(|fact| self.fact_entry(*fact, lang)).take(self.config.feed.limit).collect();
        self.feed_of(self.entity_name(index, lang), &self.tree.routes.entity(id), &self.tree.routes.entity_feed(id), entries)
    }

    /// The newest corrections.
    pub fn corrections_feed(&self, lang: &Lang) -> FeedView<'a> {
        let newest = self.ledger.amendments.iter().rev().take(self.config.feed.limit);
        let entries = newest.filter_map(|amendment| self.amendment_entry(*amendment, lang)).collect();
        let title = self.config.title.pick(lang, &self.archive.register.lang).1;
        let feed = self.feed_of(title, &self.tree.routes.corrections(), &self.tree.routes.corrections_feed(), entries);
        FeedView { list: Some("corrections"), ..feed }
    }

    /// An empty feed has changed when time began: no clock is read here.
    fn feed_of(&self, title: &'a str, page: &Address, own: &Address, entries: Vec<FeedEntry<'a>>) -> FeedView<'a> {
        let updated = entries.iter().map(|entry| entry.updated.clone()).max();
        FeedView {
            title,
            list: None,
            url: self.tree.routes.absolute(page),
            own: self.tree.routes.absolute(own),
            updated: updated.unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned()),
            entries,
        }
    }

    fn article_entry(&self, index: ArticleIx, article: &'a Article, lang: &Lang) -> Option<FeedEntry<'a>> {
        let published = article.head.date?;
        Some(FeedEntry {
            title: &article.head.title,
            url: self.tree.routes.with_host(&self.article_url(index)),
            lang: &article.lang,
            published: published.to_string(),
            updated: changed(article).unwrap_or(published).to_string(),
            authors: self.authors(article, lang),
            summary: article.head.summary.as_deref().map(Cow::Borrowed),
            withdrawn: false,
        })
    }

    fn authors(&self, article: &'a Article, lang: &Lang) -> Vec<&'a str> {
        article.head.authors.iter().map(|author| self.name_or_word(author, lang)).collect()
    }

    /// What has no date is in no feed.
    fn amendment_entry(&self, amendment: Amendment, lang: &Lang) -> Option<FeedEntry<'a>> {
        let (article, date) = (self.archive.article(amendment.article), amendment.date?.to_string());
        let correction = amendment.correction.and_then(|nth| article.correction(nth));
        Some(FeedEntry {
            title: &article.head.title,
            url: self.tree.routes.with_host(&self.amendment_url(amendment)),
            lang: &article.lang,
            published: date.clone(),
            updated: date,
            authors: self.authors(article, lang),
            summary: correction.map(|(correction, _)| Cow::Owned(body::read(&correction.text, 0, |_| false).text)),
            withdrawn: article.head.state == State::Withdrawn,
        })
    }

    fn fact_entry(&self, reference: FactRef, lang: &Lang) -> Option<FeedEntry<'a>> {
        let reference = self.version(reference);
        let (article, fact) = self.archive.fact(reference);
        let (claim_lang, title) = fact.claim.pick(lang, &article.lang);
        let url = self.tree.routes.with_host(&self.fact_url(reference));
        Some(FeedEntry {
            title,
            lang: claim_lang,
            url,
            summary: Some(Cow::Borrowed(&article.head.title)),
            ..self.article_entry(reference.article, article, lang)?
        })
    }

    /// The sitemap, or the list of its parts when there are too many addresses for one.
    pub fn sitemap(&self) -> SitemapView<'a> {
        match paging::parts(self.for_readers().count(), SITEMAP) {
            0 => SitemapView { urls: self.for_readers().map(|page| self.listed(page)).collect() },
            parts => {
                let part = |number| SitemapUrl {
                    url: self.tree.routes.absolute(&Address::new(format!("sitemap-{number}.xml"))),
                    updated: None,
                    translations: Vec::new(),
                    for_all_others: None,
                };
                SitemapView { urls: (1..=parts).map(part).collect() }
            }
        }
    }

    /// Whether the sitemap is a list of parts.
    pub fn sitemap_has_parts(&self) -> bool {
        paging::parts(self.for_readers().count(), SITEMAP) > 0
    }

    /// One part of the sitemap, from 1.
    pub fn sitemap_part(&self, number: usize) -> SitemapView<'a> {
        let part = self.for_readers().skip((number - 1) * SITEMAP).take(SITEMAP);
        SitemapView { urls: part.map(|page| self.listed(page)).collect() }
    }

    fn for_readers(&self) -> impl Iterator<Item = &'a PlannedPage> {
        self.plan.pages.iter().filter(|page| page.kind.is_for_readers())
    }

    fn listed(&self, page: &PlannedPage) -> SitemapUrl<'a> {
        let article = match page.kind {
            PageKind::Article(index) => changed(self.archive.article(index)),
            _ => None,
        };
        let counterparts = self.around(page).counterparts(page);
        SitemapUrl {
            url: self.tree.routes.absolute(&page.address),
            updated: article.map(|moment| moment.to_string()),
            for_all_others: counterparts.for_all_others().map(str::to_owned),
            translations: counterparts.all,
        }
    }
}

fn changed(article: &Article) -> Option<Moment> {
    let newest = article.corrections.first().map(|shown| &article.head.corrections[shown.position as usize]);
    let corrected = newest.map(|correction| correction.date);
    corrected.max(article.head.updated).max(article.head.date)
}
