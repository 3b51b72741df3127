//! The small pieces that many pages show: dates, values, links to an entity, an article, a fact.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::{Site, annotate, trees};
use super::html::{Html, Told, push_link, push_text};
use crate::archive::{Article, ArticleIx, EntityIx, Fact, FactRef, Href, PageIx, PropertyIx};
use crate::base::{Lang, Words};
use crate::parse::body;
use crate::parse::property::Datatype;
use crate::parse::sidecar::{Stance, Status};

/// A link with its text.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LinkView<'a> {
    /// The text.
    pub text: &'a str,
    /// The path or address.
    pub url: String,
}

/// An entity in a list.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EntityCard<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub name: Html,
    /// Its path.
    pub url: String,
    /// Its kind's id.
    pub kind: &'a str,
    /// Its kind for readers.
    pub kind_label: Html,
    /// How many facts speak of it.
    pub facts: usize,
    /// How many articles mention it.
    pub articles: usize,
}

/// An article in a list.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ArticleCard<'a> {
    /// Its slug.
    pub slug: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its path.
    pub url: String,
    /// Its language, where it is not the page's.
    pub lang: Option<&'a Lang>,
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
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct StatusBar {
    /// How many facts there are.
    pub total: usize,
    /// The statuses that occur, in the vocabulary's order.
    pub parts: Vec<StatusPart>,
    /// Their shares of a line, as SVG's `<line>`s.
    pub lines: Html,
}

/// One status's share.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct StatusPart {
    /// The status.
    pub status: Status,
    /// How many facts have it.
    pub count: usize,
}

/// A property, as the head of a group or beside a value.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PropertyCard<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name for readers.
    pub label: Html,
    /// Its path.
    pub url: String,
}

/// A fact in a list away from its article.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
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

    pub(super) fn entity_told(&self, entity: EntityIx, lang: &Lang) -> Told<'a> {
        let register = &self.archive.register;
        Told::name(&register.entity(entity).head.name, lang, &register.lang)
    }

    /// An entity's name as it is printed.
    pub(in crate::site) fn entity_html(&self, entity: EntityIx, lang: &Lang) -> Html {
        self.entity_told(entity, lang).html()
    }

    pub(in crate::site) fn entity_url(&self, entity: EntityIx) -> String {
        self.tree.entity_urls[entity.position()].to_string()
    }

    /// A plain page's path, in the tree of its language.
    pub(in crate::site) fn page_url(&self, page: PageIx) -> String {
        let page = self.archive.page(page);
        let routes = &self.trees[trees::home_of(&page.lang, self.config)].routes;
        routes.url(&routes.page(&page.slug))
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
            self.entity_told(*entity, lang).push_link(&mut html, &self.tree.entity_urls[entity.position()]);
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

    /// What the archive says in words of its own, as it is printed on a page in `lang`.
    pub(in crate::site) fn told(&self, words: &Words, lang: &Lang) -> Html {
        Told::pick(words, lang, &self.archive.register.lang).html()
    }

    pub(in crate::site) fn kind_label(&self, kind: &str, lang: &Lang) -> Html {
        self.archive.register.kinds.get(kind).map_or_else(|| Html::safe(""), |kind| self.told(&kind.label, lang))
    }

    pub(in crate::site) fn entity_card(&self, entity: EntityIx, lang: &Lang) -> EntityCard<'a> {
        let kept = self.archive.register.entity(entity);
        EntityCard {
            id: &kept.id,
            name: self.entity_html(entity, lang),
            url: self.entity_url(entity),
            kind: &kept.head.kind,
            kind_label: self.kind_label(&kept.head.kind, lang),
            facts: self.archive.index.facts_about[entity.position()].len(),
            articles: self.tree.mentions_of(self.archive, entity).len(),
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
            lang: Some(&article.lang).filter(|own| !own.reads_as(lang)),
            date: article.head.date.map(|date| format.moment(date)),
            summary: article.head.summary.as_deref(),
            publisher: publisher.map(|publisher| self.name_or_word(publisher, lang)),
            statuses: Self::article_statuses(article),
        }
    }

    pub(in crate::site) fn article_statuses(article: &Article) -> StatusBar {
        status_bar(article.public_facts().filter(|_| article.speaks()).map(|(_, fact)| fact.status))
    }

    /// A property's name.
    pub(in crate::site) fn property_told(&self, property: PropertyIx, lang: &Lang) -> Told<'a> {
        let register = &self.archive.register;
        let (id, kept) = register.property(property);
        kept.label.as_ref().map_or(Told { text: id, lang: None }, |label| Told::pick(label, lang, &register.lang))
    }

    pub(in crate::site) fn property_card(&self, property: PropertyIx, lang: &Lang) -> PropertyCard<'a> {
        let id = self.archive.register.property(property).0;
        let label = self.property_told(property, lang).html();
        PropertyCard { id, label, url: self.tree.routes.url(&self.tree.routes.property(id)) }
    }

    /// A fact's value as readers read it.
    pub(in crate::site) fn figure(&self, fact: &Fact, lang: &Lang) -> Option<String> {
        let property = fact.property.map(|property| self.archive.register.property(property).1);
        let (value, format) = (fact.value.as_deref()?, self.formats.of(lang));
        let date = || value.text.as_deref().filter(|_| property.is_some_and(|property| property.datatype == Datatype::Date));
        match date().and_then(|date| format.date_text(date)) {
            Some(date) if value.approximate => Some(format!("≈\u{202f}{date}")),
            Some(date) => Some(date),
            None => Some(format.value(value, property.and_then(|property| property.unit.as_deref()))),
        }
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

    /// The fact that a list shows for one that it names: the same in the language of the tree, if there is one.
    pub(in crate::site) fn version(&self, reference: FactRef) -> FactRef {
        self.tree.versions.fact(reference)
    }

    /// A fact of a list.
    pub(in crate::site) fn fact_card(&self, reference: FactRef, lang: &Lang) -> FactCard<'a> {
        let reference = self.version(reference);
        let (article, fact) = self.archive.fact(reference);
        let (claim_lang, claim) = fact.claim.pick(lang, &article.lang);
        let mut link = String::with_capacity(claim.len() + 96);
        push_link(&mut link, &self.fact_url(reference), claim);
        FactCard {
            claim: Html::safe(&link),
            lang: Some(claim_lang).filter(|claim_lang| !claim_lang.reads_as(lang)),
            status: fact.status,
            article: self.article_titles[reference.article.position()].clone(),
            subject: fact.subject.map(|entity| self.named(entity, lang)),
            answer: self.answer(fact, lang),
            valid: self.valid(fact, lang),
            stance: None,
        }
    }

    pub(in crate::site) fn statuses_of(&self, facts: &[FactRef]) -> StatusBar {
        status_bar(facts.iter().map(|fact| self.archive.fact(self.version(*fact)).1.status))
    }

    /// A sentence or two of Markdown, with its links followed.
    pub(in crate::site) fn prose(&self, markdown: &str, links: &[Href]) -> String {
        let hrefs: Vec<_> = links.iter().map(|href| self.href(href)).collect();
        annotate::html(&body::read(markdown, 0, |_| false), &hrefs, &self.pictures(links), false)
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
            Href::Page(page, fragment) => Some(with(self.page_url(*page), fragment)),
            Href::Here(fragment) => Some(format!("#{fragment}")),
            Href::Asset(file) => Some(self.tree.routes.url(&self.tree.routes.asset(file))),
            Href::Outside(url) => Some(url.to_string()),
            Href::Nowhere => None,
        }
    }
}
