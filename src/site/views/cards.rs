//! The small pieces that many pages show: dates, values, links to an entity, an article, a fact.

use serde::Serialize;

use super::super::{Site, annotate};
use crate::archive::{Article, ArticleIx, EntityIx, Fact, FactRef, Href, PropertyIx, links};
use crate::base::Lang;
use crate::parse::article::Publish;
use crate::parse::body;
use crate::parse::sidecar::{FactKind, Stance, Status};

/// A date for machines and for readers.
#[derive(Debug, Clone, Serialize)]
pub struct DateView {
    /// ISO 8601 or EDTF.
    pub iso: String,
    /// In the page's language.
    pub text: String,
    /// Whether `iso` is a year, a month or a day, which is what HTML's `<time datetime>` takes.
    pub plain: bool,
}

/// A value for readers.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize)]
pub struct ValueView<'a> {
    /// The figure with its unit in the page's language, or the words.
    pub text: String,
    /// The figure, for machines.
    pub number: Option<f64>,
    /// The article's own words for it.
    pub stated: Option<&'a str>,
    /// Whether the source says "about".
    pub approximate: bool,
}

/// A name that leads to a page when it is an entity's.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize)]
pub struct Named<'a> {
    /// The name.
    pub name: &'a str,
    /// The entity's path.
    pub url: Option<String>,
}

/// A link with its text.
#[derive(Debug, Clone, Serialize)]
pub struct LinkView<'a> {
    /// The text.
    pub text: &'a str,
    /// The path or address.
    pub url: String,
}

/// An entity in a list.
#[derive(Debug, Clone, Serialize)]
pub struct EntityCard<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its path.
    pub url: String,
    /// Its kind's id.
    pub kind: &'a str,
    /// Its kind for readers.
    pub kind_label: &'a str,
    /// How many facts speak of it.
    pub facts: usize,
    /// How many articles mention it.
    pub articles: usize,
}

/// An article in a list.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize)]
pub struct ArticleCard<'a> {
    /// Its slug.
    pub slug: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its path.
    pub url: String,
    /// Its language.
    pub lang: &'a Lang,
    /// When it was published.
    pub date: Option<DateView>,
    /// A sentence or two.
    pub summary: Option<&'a str>,
    /// Who published it.
    pub publisher: Option<&'a str>,
    /// How its facts stand.
    pub statuses: StatusBar,
}

/// How many facts stand how: the thin line under every title.
#[derive(Debug, Clone, Default, Serialize)]
pub struct StatusBar {
    /// How many facts there are.
    pub total: usize,
    /// The statuses that occur, in the vocabulary's order.
    pub parts: Vec<StatusPart>,
}

/// One status's share.
#[derive(Debug, Clone, Serialize)]
pub struct StatusPart {
    /// The status.
    pub status: Status,
    /// How many facts have it.
    pub count: usize,
    /// Where its part of the line begins, in per cent.
    pub from: f64,
    /// Where its part of the line ends, in per cent.
    pub to: f64,
}

/// A property, as the head of a group or beside a value.
#[derive(Debug, Clone, Serialize)]
pub struct PropertyCard<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name for readers.
    pub label: &'a str,
    /// Its path.
    pub url: String,
}

/// A fact in a list away from its article.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize)]
pub struct FactCard<'a> {
    /// Its id in its article.
    pub id: &'a str,
    /// What sort of claim it is.
    pub kind: FactKind,
    /// The claim.
    pub claim: &'a str,
    /// The language of the claim.
    pub lang: &'a Lang,
    /// What is known of its truth.
    pub status: Status,
    /// The path of its note: the article's path, `#`, its id.
    pub url: String,
    /// Its article's title.
    pub article: &'a str,
    /// The entity of which something is said.
    pub subject: Option<Named<'a>>,
    /// What is said of it.
    pub property: Option<PropertyCard<'a>>,
    /// The entity that is the answer.
    pub object: Option<Named<'a>>,
    /// The figure or words that are the answer.
    pub value: Option<ValueView<'a>>,
    /// When it holds.
    pub valid: Option<DateView>,
    /// On a source's page: on which side the source is.
    pub stance: Option<Stance>,
}

/// How facts with these statuses stand.
pub fn status_bar(statuses: impl Iterator<Item = Status>) -> StatusBar {
    let mut counts = [0; Status::ALL.len()];
    for status in statuses {
        counts[status as usize] += 1;
    }
    let total: usize = counts.iter().sum();
    let mut done = 0;
    let mut parts = Vec::new();
    for (status, count) in Status::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0) {
        parts.push(StatusPart { status, count, from: per_cent(done, total), to: per_cent(done + count, total) });
        done += count;
    }
    StatusBar { total, parts }
}

/// With one decimal.
#[expect(clippy::cast_precision_loss, reason = "a share of a line; 2^52 facts are out of sight")]
fn per_cent(part: usize, whole: usize) -> f64 {
    (part * 1000 / whole) as f64 / 10.0
}

impl<'a> Site<'a> {
    pub(in crate::site) fn entity_name(&self, entity: EntityIx, lang: &Lang) -> &'a str {
        let register = &self.archive.register;
        register.entity(entity).head.name.pick(lang, &register.lang).1
    }

    pub(in crate::site) fn entity_url(&self, entity: EntityIx) -> String {
        self.entity_urls[entity.position()].to_string()
    }

    pub(in crate::site) fn article_url(&self, article: ArticleIx) -> String {
        self.article_urls[article.position()].to_string()
    }

    pub(in crate::site) fn named(&self, entity: EntityIx, lang: &Lang) -> Named<'a> {
        Named { name: self.entity_name(entity, lang), url: Some(self.entity_url(entity)) }
    }

    /// A word that may be an entity's id.
    pub(in crate::site) fn named_or_word<'w>(&self, word: &'w str, lang: &Lang) -> Named<'w>
    where
        'a: 'w,
    {
        match self.archive.register.find_entity(word) {
            Some(entity) => self.named(entity, lang),
            None => Named { name: word, url: None },
        }
    }

    pub(in crate::site) fn kind_label(&self, kind: &str, lang: &Lang) -> &'a str {
        let register = &self.archive.register;
        register.kinds.get(kind).map_or("", |kind| kind.label.pick(lang, &register.lang).1)
    }

    pub(in crate::site) fn entity_card(&self, entity: EntityIx, lang: &Lang) -> EntityCard<'a> {
        let kept = self.archive.register.entity(entity);
        EntityCard {
            id: &kept.id,
            name: self.entity_name(entity, lang),
            url: self.entity_url(entity),
            kind: &kept.head.kind,
            kind_label: self.kind_label(&kept.head.kind, lang),
            facts: self.archive.index.facts_about[entity.position()].len(),
            articles: self.archive.index.mentions_of[entity.position()].len(),
        }
    }

    pub(in crate::site) fn article_card(&self, index: ArticleIx, lang: &Lang) -> ArticleCard<'a> {
        let article = self.archive.article(index);
        let format = self.formats.of(lang);
        let publisher = article.head.publisher.as_deref();
        ArticleCard {
            slug: &article.slug,
            title: &article.head.title,
            url: self.article_url(index),
            lang: &article.lang,
            date: article.head.date.map(|date| format.moment(date)),
            summary: article.head.summary.as_deref(),
            publisher: publisher.map(|publisher| self.named_or_word(publisher, lang).name),
            statuses: Self::article_statuses(article),
        }
    }

    pub(in crate::site) fn article_statuses(article: &Article) -> StatusBar {
        status_bar(article.public_facts().filter(|_| article.speaks()).map(|(_, fact)| fact.status))
    }

    pub(in crate::site) fn property_card(&self, property: PropertyIx, lang: &Lang) -> PropertyCard<'a> {
        let register = &self.archive.register;
        let (id, kept) = register.property(property);
        let label = kept.label.as_ref().map_or(id, |label| label.pick(lang, &register.lang).1);
        PropertyCard { id, label, url: self.routes.url(&self.routes.property(id)) }
    }

    pub(in crate::site) fn value(&self, article: &Article, fact: &'a Fact, lang: &Lang) -> Option<ValueView<'a>> {
        let unit = fact.property.and_then(|property| self.archive.register.property(property).1.unit.as_deref());
        let value = self.formats.of(lang).value(fact.value.as_deref()?, unit);
        let stated = value.stated.filter(|_| article.head.publish != Publish::FactsOnly);
        Some(ValueView { stated, ..value })
    }

    pub(in crate::site) fn valid(&self, fact: &Fact, lang: &Lang) -> Option<DateView> {
        fact.valid.as_ref().and_then(|valid| self.formats.of(lang).valid(valid))
    }

    pub(in crate::site) fn fact_url(&self, reference: FactRef) -> String {
        let fact = self.archive.fact(reference).1;
        format!("{}#{}", self.article_urls[reference.article.position()], fact.id)
    }

    pub(in crate::site) fn fact_card(&self, reference: FactRef, lang: &Lang) -> FactCard<'a> {
        let (article, fact) = self.archive.fact(reference);
        let (claim_lang, claim) = fact.claim.pick(lang, &article.lang);
        FactCard {
            id: &fact.id,
            kind: fact.kind,
            claim,
            lang: claim_lang,
            status: fact.status,
            url: self.fact_url(reference),
            article: &article.head.title,
            subject: fact.subject.map(|entity| self.named(entity, lang)),
            property: fact.property.map(|property| self.property_card(property, lang)),
            object: fact.object.map(|entity| self.named(entity, lang)),
            value: self.value(article, fact, lang),
            valid: self.valid(fact, lang),
            stance: None,
        }
    }

    pub(in crate::site) fn statuses_of(&self, facts: &[FactRef]) -> StatusBar {
        status_bar(facts.iter().map(|fact| self.archive.fact(*fact).1.status))
    }

    /// A sentence or two of Markdown from a text without a file.
    pub(in crate::site) fn prose(markdown: &str) -> String {
        let body = body::read(markdown, 0, |_| false);
        let hrefs: Vec<_> = body.links.iter().map(links::outside).collect();
        annotate::html(&body, &hrefs, false)
    }

    /// Where a resolved link leads, as an address.
    pub(in crate::site) fn href(&self, href: &Href) -> Option<String> {
        let with = |url: String, fragment: &Option<Box<str>>| match fragment {
            Some(fragment) => format!("{url}#{fragment}"),
            None => url,
        };
        match href {
            Href::Entity(entity) => Some(self.entity_url(*entity)),
            Href::Article(article, fragment) => Some(with(self.article_url(*article), fragment)),
            Href::Page(page, fragment) => Some(with(self.routes.url(&self.routes.page(&self.archive.page(*page).slug)), fragment)),
            Href::Here(fragment) => Some(format!("#{fragment}")),
            Href::Asset(file) => Some(self.routes.url(&self.routes.asset(file))),
            Href::Outside(url) => Some(url.to_string()),
            Href::Nowhere => None,
        }
    }
}
