//! What `index.html` sees as `home`, `page.html` as `content`, and `redirect.html` as `redirect`.

use std::cmp::Reverse;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::ledger::Amendment;
use super::super::{Site, annotate};
use super::cards::{self, ArticleCard, StatusBar};
use super::html::Html;
use super::rows::EntityRow;
use crate::archive::{ArticleIx, EntityIx, FactRef, PageIx};
use crate::base::Lang;
use crate::parse::body;
use crate::parse::dates::Moment;
use crate::parse::sidecar::Status;

/// The front page.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HomeView<'a> {
    /// The newest articles; the first leads.
    pub articles: Vec<ArticleCard<'a>>,
    /// The entities that most articles mention, by kind; the kind that is mentioned most comes first.
    pub kinds: Vec<KindOnFront<'a>>,
    /// The latest checks, newest first.
    pub checks: Vec<LatestCheck<'a>>,
    /// The latest corrections.
    pub corrections: Vec<LatestCorrection<'a>>,
    /// How all facts stand.
    pub statuses: StatusBar,
    /// How much there is.
    pub counts: Counts,
}

/// Entities of one kind on the front page.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct KindOnFront<'a> {
    /// The kind's plural name.
    pub label: Html,
    /// Its list.
    pub url: String,
    /// Those of which most is said.
    pub entities: Vec<EntityRow<'a>>,
}

/// A check on the front page.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LatestCheck<'a> {
    /// When it was made.
    pub date: Option<Html>,
    /// What it found; the fact's status where it does not say.
    pub status: Status,
    /// The claim, which leads to its note.
    pub claim: Html,
    /// The language of the claim, where it is not the page's.
    pub lang: Option<&'a Lang>,
    /// The article's title.
    pub article: Html,
    /// The article's language, where it is not the page's.
    pub article_lang: Option<&'a Lang>,
}

/// How much the archive holds.
#[derive(Debug, Clone, Serialize, JsonSchema)]
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
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LatestCorrection<'a> {
    /// When it was made.
    pub date: Html,
    /// Safe HTML: what was wrong and what is right.
    pub html: Html,
    /// The article's title.
    pub article: &'a str,
    /// Its path in the article.
    pub url: String,
    /// Its language, where it is not the page's.
    pub lang: Option<&'a Lang>,
}

/// A plain page.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PageView<'a> {
    /// Its heading.
    pub title: &'a str,
    /// Safe HTML.
    pub html: Html,
    /// The front matter's `extra`.
    pub extra: Option<&'a serde_json::Value>,
}

/// A page that leads to another.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RedirectView {
    /// The path of the other page.
    pub url: String,
}

/// Articles, kinds, entities of each, checks and corrections on the front page.
const ARTICLES: usize = 11;
const KINDS: usize = 6;
const ENTITIES_OF_KIND: usize = 6;
const CHECKS: usize = 6;
const CORRECTIONS: usize = 6;

impl<'a> Site<'a> {
    /// The front page.
    pub fn home(&self, lang: &Lang) -> HomeView<'a> {
        let archive = self.archive;
        let facts = self.ledger.covered.iter().flat_map(|article| self.facts_once(*article));
        let statuses = cards::status_bar(facts.map(|(_, fact)| fact.status));
        HomeView {
            articles: self.listed_articles().rev().take(ARTICLES).map(|(index, _)| self.article_card(index, lang)).collect(),
            kinds: self.kinds_on_front(lang),
            checks: self.latest_checks(lang),
            corrections: self.latest_corrections(lang),
            counts: Counts {
                articles: self.listed_articles().count(),
                facts: statuses.total,
                entities: archive.register.entities.len(),
                sources: archive.register.sources.len(),
            },
            statuses,
        }
    }

    /// The most mentioned entities of each of the most mentioned kinds.
    fn kinds_on_front(&self, lang: &Lang) -> Vec<KindOnFront<'a>> {
        let register = &self.archive.register;
        let mut kinds: Vec<(&'a str, usize, Vec<EntityIx>)> = Vec::new();
        for entity in self.most_mentioned() {
            let (kind, mentions) = (&*register.entity(entity).head.kind, self.tree.mentions_of(self.archive, entity).len());
            let place = kinds.iter().position(|(known, ..)| *known == kind).unwrap_or_else(|| {
                kinds.push((kind, 0, Vec::new()));
                kinds.len() - 1
            });
            let (_, count, entities) = &mut kinds[place];
            *count += mentions;
            if entities.len() < ENTITIES_OF_KIND {
                entities.push(entity);
            }
        }
        kinds.sort_by_key(|(kind, count, _)| (Reverse(*count), *kind));
        let on_front = |(kind, _, entities): (&'a str, usize, Vec<EntityIx>)| {
            let kept = register.kinds.get(kind)?;
            Some(KindOnFront {
                label: self.told(kept.plural.as_ref().unwrap_or(&kept.label), lang),
                url: self.tree.routes.url(&self.tree.routes.entities_of(kind)),
                entities: entities.into_iter().map(|entity| self.entity_row(entity, lang)).collect(),
            })
        };
        kinds.into_iter().filter_map(on_front).take(KINDS).collect()
    }

    /// The facts that were last looked at; of equal days, those of the newest articles.
    fn latest_checks(&self, lang: &Lang) -> Vec<LatestCheck<'a>> {
        let of_article = |article: &ArticleIx| {
            let article = *article;
            self.facts_once(article).filter_map(move |(fact, kept)| Some((kept.last_check?.0, FactRef { article, fact })))
        };
        let mut checked: Vec<_> = self.ledger.covered.iter().flat_map(of_article).collect();
        checked.sort_unstable_by_key(|check| Reverse(*check));
        let view = |(day, reference): (i32, FactRef)| {
            // What was found is that of the fact that was looked at; it is told as the tree's language tells it.
            let fact = self.archive.fact(reference).1;
            let article = self.archive.article(self.version(reference).article);
            let card = self.fact_card(reference, lang);
            LatestCheck {
                date: Moment::of_number(day).map(|day| self.formats.of(lang).moment(day)),
                status: fact.last_check.and_then(|(_, result)| result).unwrap_or(fact.status),
                claim: card.claim,
                lang: card.lang,
                article: card.article,
                article_lang: Some(&article.lang).filter(|own| !own.reads_as(lang)),
            }
        };
        checked.into_iter().take(CHECKS).map(view).collect()
    }

    fn latest_corrections(&self, lang: &Lang) -> Vec<LatestCorrection<'a>> {
        let view = |amendment: &Amendment| {
            let article = self.archive.article(amendment.article);
            let (correction, links) = article.correction(amendment.correction?)?;
            Some(LatestCorrection {
                date: self.formats.of(lang).moment(correction.date),
                html: Html::safe(&self.prose(&correction.text, links)),
                article: &article.head.title,
                url: self.amendment_url(*amendment),
                lang: Some(&article.lang).filter(|own| !own.reads_as(lang)),
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
