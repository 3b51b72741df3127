//! What `index.html` sees as `home`, `page.html` as `content`, and `redirect.html` as `redirect`.

use serde::Serialize;

use super::super::ledger::Amendment;
use super::super::{Site, annotate};
use super::cards::{self, ArticleCard, EntityCard, StatusBar};
use super::html::Html;
use crate::archive::PageIx;
use crate::base::Lang;
use crate::parse::body;

/// The front page.
#[derive(Debug, Clone, Serialize)]
pub struct HomeView<'a> {
    /// The newest articles; the first leads.
    pub articles: Vec<ArticleCard<'a>>,
    /// The entities that most articles mention.
    pub entities: Vec<EntityCard<'a>>,
    /// The latest corrections.
    pub corrections: Vec<LatestCorrection<'a>>,
    /// How all facts stand.
    pub statuses: StatusBar,
    /// How much there is.
    pub counts: Counts,
}

/// How much the archive holds.
#[derive(Debug, Clone, Serialize)]
pub struct Counts {
    /// Articles on the site.
    pub articles: usize,
    /// Public facts.
    pub facts: usize,
    /// Entities.
    pub entities: usize,
    /// Sources.
    pub sources: usize,
}

/// A correction on the front page.
#[derive(Debug, Clone, Serialize)]
pub struct LatestCorrection<'a> {
    /// When it was made.
    pub date: Html,
    /// Safe HTML: what was wrong and what is right.
    pub html: Html,
    /// The article's title.
    pub article: &'a str,
    /// Its path in the article.
    pub url: String,
}

/// A plain page.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize)]
pub struct PageView<'a> {
    /// Its heading.
    pub title: &'a str,
    /// Safe HTML.
    pub html: Html,
    /// The front matter's `extra`.
    pub extra: Option<&'a serde_json::Value>,
}

/// A page that leads to another.
#[derive(Debug, Clone, Serialize)]
pub struct RedirectView {
    /// The path of the other page.
    pub url: String,
}

/// Articles, entities and corrections on the front page.
const ARTICLES: usize = 11;
const ENTITIES: usize = 24;
const CORRECTIONS: usize = 10;

impl<'a> Site<'a> {
    /// The front page.
    pub fn home(&self, lang: &Lang) -> HomeView<'a> {
        let archive = self.archive;
        let facts = self.ledger.covered.iter().flat_map(|article| self.facts_once(*article));
        let statuses = cards::status_bar(facts.map(|(_, fact)| fact.status));
        HomeView {
            articles: archive.shown_articles().rev().take(ARTICLES).map(|(index, _)| self.article_card(index, lang)).collect(),
            entities: self.most_mentioned(ENTITIES, lang),
            corrections: self.latest_corrections(lang),
            counts: Counts {
                articles: archive.shown_articles().count(),
                facts: statuses.total,
                entities: archive.register.entities.len(),
                sources: archive.register.sources.len(),
            },
            statuses,
        }
    }

    fn latest_corrections(&self, lang: &Lang) -> Vec<LatestCorrection<'a>> {
        let view = |amendment: &Amendment| {
            let article = self.archive.article(amendment.article);
            let correction = &article.head.corrections[amendment.correction? as usize];
            Some(LatestCorrection {
                date: self.formats.of(lang).moment(correction.date),
                html: Html::safe(&Self::prose(&correction.text)),
                article: &article.head.title,
                url: self.amendment_url(*amendment),
            })
        };
        self.ledger.amendments.iter().rev().filter_map(view).take(CORRECTIONS).collect()
    }

    /// A plain page.
    pub fn plain(&self, index: PageIx) -> PageView<'a> {
        let page = self.archive.page(index);
        let body = body::read(&page.markdown, page.body_start, |_| false);
        let hrefs: Vec<_> = page.links.iter().map(|href| self.href(href)).collect();
        PageView {
            title: &page.head.title,
            html: Html::safe(&annotate::html(&body, &hrefs, &self.pictures(&page.links), self.config.markdown.unsafe_html)),
            extra: page.head.extra.as_deref(),
        }
    }
}
