//! The small pieces that many pages show: dates, values, links to an entity, an article, a fact.

use std::ops::Range;

use serde::Serialize;

use super::super::{Site, annotate};
use super::html::{Html, push_link, push_text};
use crate::archive::{Article, ArticleIx, EntityIx, Fact, FactRef, Href, PropertyIx, links};
use crate::base::Lang;
use crate::parse::body;
use crate::parse::sidecar::{Stance, Status};

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
    pub date: Option<Html>,
    /// A sentence or two.
    pub summary: Option<&'a str>,
    /// Who published it.
    pub publisher: Option<&'a str>,
    /// How its facts stand.
    pub statuses: StatusBar,
}

/// How many facts stand how: the thin line under every title.
#[derive(Debug, Clone, Serialize)]
pub struct StatusBar {
    /// How many facts there are.
    pub total: usize,
    /// The statuses that occur, in the vocabulary's order.
    pub parts: Vec<StatusPart>,
    /// Their shares of a line, as SVG's `<line>`s.
    pub lines: Html,
}

/// One status's share.
#[derive(Debug, Clone, Serialize)]
pub struct StatusPart {
    /// The status.
    pub status: Status,
    /// How many facts have it.
    pub count: usize,
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
    /// What is known of its truth.
    pub status: Status,
    /// When it holds.
    pub valid: Option<Html>,
    /// The claim, which leads to its note.
    pub claim: Html,
    /// The language of the claim, where it is not the page's.
    pub lang: Option<&'a Lang>,
    /// Its article's title.
    pub article: Html,
    /// The entity of which something is said.
    pub subject: Option<Html>,
    /// The answer: a figure, words or an entity.
    pub answer: Option<Html>,
    /// On a source's page: on which side the source is.
    pub stance: Option<Stance>,
}

/// How many facts have each status.
#[derive(Default)]
pub struct StatusCounts([usize; Status::ALL.len()]);

impl StatusCounts {
    /// Counts a fact.
    pub fn count(&mut self, status: Status) {
        self.0[status as usize] += 1;
    }

    /// How many facts have this status.
    pub fn of(&self, status: Status) -> usize {
        self.0[status as usize]
    }

    /// How many facts there are.
    pub fn total(&self) -> usize {
        self.0.iter().sum()
    }

    /// The thin line under a title.
    pub fn bar(&self) -> StatusBar {
        let parts = self.parts().map(|(status, count)| StatusPart { status, count }).collect();
        StatusBar { total: self.total(), parts, lines: self.lines(self.total()) }
    }

    /// SVG's `<line>`s, one behind the other, of a line that stands for `whole`.
    pub fn lines(&self, whole: usize) -> Html {
        let mut done = 0;
        let mut lines = String::new();
        for (status, count) in self.parts() {
            push_line(&mut lines, Some(status), done..done + count, whole);
            done += count;
        }
        Html::safe(&lines)
    }

    fn parts(&self) -> impl Iterator<Item = (Status, usize)> {
        Status::ALL.into_iter().zip(self.0).filter(|(_, count)| *count > 0)
    }
}

/// How facts with these statuses stand.
pub fn status_bar(statuses: impl Iterator<Item = Status>) -> StatusBar {
    let mut counts = StatusCounts::default();
    statuses.for_each(|status| counts.count(status));
    counts.bar()
}

/// SVG's `<line>` for `part` of a `whole`; nothing for nothing.
pub fn line(status: Option<Status>, part: usize, whole: usize) -> Html {
    let mut line = String::new();
    if part > 0 {
        push_line(&mut line, status, 0..part, whole);
    }
    Html::safe(&line)
}

fn push_line(lines: &mut String, status: Option<Status>, part: Range<usize>, whole: usize) {
    lines.push_str("<line");
    if let Some(status) = status {
        lines.push_str(" class=\"s-");
        lines.push_str(status.word());
        lines.push('"');
    }
    if part.start > 0 {
        push_share(lines, " x1", part.start, whole);
    }
    push_share(lines, " x2", part.end, whole);
    lines.push_str("/>");
}

/// Adds a share in per cent, with at most one decimal.
fn push_share(line: &mut String, name: &str, part: usize, whole: usize) {
    let (whole, tenth) = (part * 100 / whole, part * 1000 / whole % 10);
    line.push_str(&if tenth == 0 { format!("{name}=\"{whole}%\"") } else { format!("{name}=\"{whole}.{tenth}%\"") });
}

/// A figure, or words in its place.
pub fn value(figure: &str) -> Html {
    let mut html = String::from("<b class=\"value\">");
    push_text(&mut html, figure);
    html.push_str("</b>");
    Html::safe(&html)
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

    /// An article's title as a link to its page.
    pub(in crate::site) fn article_link(&self, article: ArticleIx) -> Html {
        let title = &self.archive.article(article).head.title;
        let mut link = String::with_capacity(title.len() + 96);
        push_link(&mut link, &self.article_urls[article.position()], title);
        Html::safe(&link)
    }

    /// An entity's name as a link to its page.
    pub(in crate::site) fn named(&self, entity: EntityIx, lang: &Lang) -> Html {
        self.names(&[entity], lang)
    }

    /// The names of entities, each as a link.
    pub(in crate::site) fn names(&self, entities: &[EntityIx], lang: &Lang) -> Html {
        let mut html = String::with_capacity(entities.len() * 96);
        for (nth, entity) in entities.iter().enumerate() {
            if nth > 0 {
                html.push_str(", ");
            }
            push_link(&mut html, &self.entity_urls[entity.position()], self.entity_name(*entity, lang));
        }
        Html::safe(&html)
    }

    /// A word that may be an entity's id, as a link if it is.
    pub(in crate::site) fn named_or_word(&self, word: &str, lang: &Lang) -> Html {
        match self.archive.register.find_entity(word) {
            Some(entity) => self.named(entity, lang),
            None => Html::text(word),
        }
    }

    /// A word that may be an entity's id, as a name.
    pub(in crate::site) fn name_or_word<'w>(&self, word: &'w str, lang: &Lang) -> &'w str
    where
        'a: 'w,
    {
        self.archive.register.find_entity(word).map_or(word, |entity| self.entity_name(entity, lang))
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
            publisher: publisher.map(|publisher| self.name_or_word(publisher, lang)),
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

    /// A fact's value as readers read it.
    pub(in crate::site) fn figure(&self, fact: &Fact, lang: &Lang) -> Option<String> {
        let unit = fact.property.and_then(|property| self.archive.register.property(property).1.unit.as_deref());
        Some(self.formats.of(lang).value(fact.value.as_deref()?, unit))
    }

    /// What a fact answers: its value, or the entity.
    pub(in crate::site) fn answer(&self, fact: &Fact, lang: &Lang) -> Option<Html> {
        let value = self.figure(fact, lang).map(|figure| value(&figure));
        value.or_else(|| Some(self.named(fact.object?, lang)))
    }

    pub(in crate::site) fn valid(&self, fact: &Fact, lang: &Lang) -> Option<Html> {
        fact.valid.as_ref().and_then(|valid| self.formats.of(lang).valid(valid))
    }

    pub(in crate::site) fn fact_url(&self, reference: FactRef) -> String {
        let fact = self.archive.fact(reference).1;
        format!("{}#{}", self.article_urls[reference.article.position()], fact.id)
    }

    pub(in crate::site) fn fact_card(&self, reference: FactRef, lang: &Lang) -> FactCard<'a> {
        let (article, fact) = self.archive.fact(reference);
        let (claim_lang, claim) = fact.claim.pick(lang, &article.lang);
        let mut link = String::with_capacity(claim.len() + 96);
        push_link(&mut link, &self.fact_url(reference), claim);
        FactCard {
            claim: Html::safe(&link),
            lang: Some(claim_lang).filter(|claim_lang| *claim_lang != lang),
            status: fact.status,
            article: self.article_titles[reference.article.position()].clone(),
            subject: fact.subject.map(|entity| self.named(entity, lang)),
            answer: self.answer(fact, lang),
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
        annotate::html(&body, &hrefs, &[], false)
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
