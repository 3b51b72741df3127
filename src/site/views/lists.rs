//! What the lists see: `articles.html`, `entities.html`, `properties.html`, `property.html`, `sources.html`,
//! `source.html`, `timeline.html`, each as `list`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::plan::{ARTICLES, ENTITIES, FACTS};
use super::super::{Site, paging};
use super::Pager;
use super::cards::{self, ArticleCard, FactCard, StatusBar};
use super::disagreements::DisagreementsView;
use super::figures::FigureView;
use super::html::Html;
use super::rows::{EntityRow, FactRow};
use crate::archive::{Article, ArticleIx, EntityIx, FactRef, PropertyIx, SourceIx};
use crate::base::Lang;
use crate::parse::bibliography::Source;

/// All articles, or those of one year.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ArticlesView<'a> {
    /// The year, on a year's list.
    pub year: Option<i32>,
    /// Every year, newest first.
    pub years: Vec<YearLink>,
    /// This page's articles: newest first on the list's own address, oldest first on numbered pages.
    pub articles: Vec<ArticleCard<'a>>,
    /// Where the reader is.
    pub pager: Pager,
}

/// A year with how much it holds.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct YearLink {
    /// The year; absent for what has no date.
    pub year: Option<i32>,
    /// Its list.
    pub url: String,
    /// How many items it has.
    pub count: usize,
}

/// All entities, or those of one kind.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EntitiesView<'a> {
    /// The kind's name, on a kind's list.
    pub kind_label: Option<Html>,
    /// Every kind that occurs.
    pub kinds: Vec<KindLink>,
    /// On the whole list the most mentioned, on a kind's list all by name.
    pub entities: Vec<EntityRow<'a>>,
    /// Where the reader is.
    pub pager: Pager,
}

/// A kind with how many entities it has.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct KindLink {
    /// Its plural name.
    pub label: Html,
    /// Its list.
    pub url: String,
    /// How many there are.
    pub count: usize,
}

/// All properties.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PropertiesView {
    /// Those that facts use, by label.
    pub properties: Vec<PropertyRow>,
}

/// A property in the list.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PropertyRow {
    /// Its name.
    pub label: Html,
    /// Its page.
    pub url: String,
    /// How many facts state it.
    pub count: usize,
}

/// One property across all articles and entities.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PropertyView<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub label: Html,
    /// Its unit.
    pub unit: Option<&'a str>,
    /// Whether only one value is true at a time.
    pub functional: bool,
    /// Where facts disagree on it, side by side, on the list's own address.
    pub disagreements: Option<DisagreementsView<'a>>,
    /// Its figures over time, across all entities, on the list's own address.
    pub figure: Option<FigureView<'a>>,
    /// How its facts stand.
    pub statuses: StatusBar,
    /// This page's facts, in the order of their dates.
    pub facts: Vec<FactRow<'a>>,
    /// Where the reader is.
    pub pager: Pager,
}

/// The bibliography.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SourcesView<'a> {
    /// By title.
    pub sources: Vec<SourceRow<'a>>,
}

/// A source in the list.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SourceRow<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its page.
    pub url: String,
    /// When it appeared.
    pub date: Option<Html>,
    /// How many facts rest on it.
    pub count: usize,
}

/// One source with the facts that cite it.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SourceView<'a> {
    /// Its key in the bibliography.
    pub key: &'a str,
    /// Its title.
    pub title: &'a str,
    /// What it is, in the bibliography's own word.
    pub kind: &'a str,
    /// Who wrote it.
    pub authors: Vec<&'a str>,
    /// Who published it.
    pub publisher: Option<&'a str>,
    /// When it appeared.
    pub date: Option<Html>,
    /// Where it stands.
    pub url: Option<&'a str>,
    /// A note on it.
    pub note: Option<&'a str>,
    /// How the facts that cite it stand.
    pub statuses: StatusBar,
    /// This page's facts.
    pub facts: Vec<FactCard<'a>>,
    /// Where the reader is.
    pub pager: Pager,
}

/// Facts by the date at which they hold.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TimelineView<'a> {
    /// The year shown; absent on the whole timeline, which shows the newest facts.
    pub year: Option<i32>,
    /// Every year, newest first.
    pub years: Vec<YearLink>,
    /// This page's facts, in the order of their dates.
    pub facts: Vec<FactCard<'a>>,
    /// Where the reader is.
    pub pager: Pager,
}

/// Articles on the list of the newest, entities on the list of the most mentioned.
const NEWEST: usize = 50;
const MOST_MENTIONED: usize = 200;

impl<'a> Site<'a> {
    /// The articles that lists show, oldest first.
    pub(in crate::site) fn listed_articles(&self) -> impl DoubleEndedIterator<Item = (ArticleIx, &'a Article)> {
        let versions = &self.tree.versions;
        self.archive.shown_articles().filter(|(index, _)| versions.lists(*index))
    }

    /// The newest articles.
    pub fn articles(&self, lang: &Lang) -> ArticlesView<'a> {
        let newest = self.listed_articles().rev().take(NEWEST);
        let total = self.tree.years.values().map(Vec::len).sum();
        ArticlesView {
            year: None,
            years: self.year_links(),
            articles: newest.map(|(index, _)| self.article_card(index, lang)).collect(),
            pager: paging::unpaged(&self.tree.routes, &self.tree.routes.articles(), total),
        }
    }

    /// The articles of one year.
    pub fn articles_of(&self, year: Option<i32>, number: Option<usize>, lang: &Lang) -> ArticlesView<'a> {
        let all = self.tree.years.get(&year).map(Vec::as_slice).unwrap_or_default();
        let mut articles: Vec<_> =
            all[paging::items(all.len(), ARTICLES, number)].iter().map(|index| self.article_card(*index, lang)).collect();
        if number.is_none() {
            articles.reverse();
        }
        let pager = paging::pager(&self.tree.routes, &self.tree.routes.articles_of(year), all.len(), ARTICLES, number);
        ArticlesView { year, years: self.year_links(), articles, pager }
    }

    fn year_links(&self) -> Vec<YearLink> {
        let link = |(year, articles): (&Option<i32>, &Vec<_>)| YearLink {
            year: *year,
            url: self.tree.routes.url(&self.tree.routes.articles_of(*year)),
            count: articles.len(),
        };
        self.tree.years.iter().rev().map(link).collect()
    }

    /// The most mentioned entities.
    pub fn entities(&self, lang: &Lang) -> EntitiesView<'a> {
        let total = self.archive.register.entities.len();
        EntitiesView {
            kind_label: None,
            kinds: self.kind_links(lang),
            entities: self.most_mentioned().into_iter().take(MOST_MENTIONED).map(|entity| self.entity_row(entity, lang)).collect(),
            pager: paging::unpaged(&self.tree.routes, &self.tree.routes.entities(), total),
        }
    }

    /// The entities that most articles mention, and of them those of which most facts speak.
    pub(super) fn most_mentioned(&self) -> Vec<EntityIx> {
        let index = &self.archive.index;
        let mut entities: Vec<EntityIx> = (0..self.archive.register.entities.len()).map(EntityIx::new).collect();
        let weight = |entity: &EntityIx| (self.tree.mentions_of(self.archive, *entity).len(), index.facts_about[entity.position()].len());
        entities.sort_by_key(|entity| (std::cmp::Reverse(weight(entity)), *entity));
        entities
    }

    /// The entities of one kind, by name. Its numbered pages go from A on, and its own address is the first.
    pub fn entities_of(&self, kind: &str, number: Option<usize>, lang: &Lang) -> EntitiesView<'a> {
        let all = self.tree.by_kind.get(kind).map(Vec::as_slice).unwrap_or_default();
        let address = self.tree.routes.entities_of(kind);
        let pager = paging::part(&self.tree.routes, &address, all.len(), ENTITIES, number);
        let first = (number.unwrap_or(1) - 1) * ENTITIES;
        let items = first.min(all.len())..(first + ENTITIES).min(all.len());
        let known = self.archive.register.kinds.get(kind);
        let label = known.map(|kind| self.told(kind.plural.as_ref().unwrap_or(&kind.label), lang));
        EntitiesView {
            kind_label: label,
            kinds: self.kind_links(lang),
            entities: all[items].iter().map(|entity| self.entity_row(*entity, lang)).collect(),
            pager,
        }
    }

    fn kind_links(&self, lang: &Lang) -> Vec<KindLink> {
        let register = &self.archive.register;
        let link = |(kind, entities): (&str, &Vec<EntityIx>)| {
            let kept = register.kinds.get(kind)?;
            Some(KindLink {
                label: self.told(kept.plural.as_ref().unwrap_or(&kept.label), lang),
                url: self.tree.routes.url(&self.tree.routes.entities_of(kind)),
                count: entities.len(),
            })
        };
        self.tree.by_kind.iter().map(|(kind, entities)| (&**kind, entities)).filter_map(link).collect()
    }

    /// The properties that facts use.
    pub fn properties(&self, lang: &Lang) -> PropertiesView {
        let format = self.formats.of(lang);
        let stating = &self.archive.index.facts_stating;
        let row = |(property, _): (PropertyIx, &str)| {
            let card = self.property_card(property, lang);
            PropertyRow { label: card.label, url: card.url, count: stating[property.position()].len() }
        };
        let used = (0..stating.len()).filter(|position| !stating[*position].is_empty()).map(PropertyIx::new);
        let mut used: Vec<_> = used.map(|property| (property, self.property_told(property, lang).text)).collect();
        used.sort_by(|(_, a), (_, b)| format.compare(a, b));
        PropertiesView { properties: used.into_iter().map(row).collect() }
    }

    /// One property.
    pub fn property(&self, index: PropertyIx, number: Option<usize>, lang: &Lang) -> PropertyView<'a> {
        let (id, kept) = self.archive.register.property(index);
        let facts = &self.archive.index.facts_stating[index.position()];
        PropertyView {
            id,
            label: self.property_card(index, lang).label,
            unit: kept.unit.as_deref(),
            functional: kept.functional,
            disagreements: number.is_none().then(|| self.disagreements_by(index, lang)).flatten(),
            figure: number.is_none().then(|| self.figures_by(index, lang)).flatten(),
            statuses: self.statuses_of(facts),
            facts: facts[paging::items(facts.len(), FACTS, number)].iter().map(|fact| self.fact_row(*fact, lang)).collect(),
            pager: paging::pager(&self.tree.routes, &self.tree.routes.property(id), facts.len(), FACTS, number),
        }
    }

    /// The bibliography.
    pub fn sources(&self, lang: &Lang) -> SourcesView<'a> {
        let format = self.formats.of(lang);
        let row = |(source, citing): (&'a Source, &Vec<_>)| SourceRow {
            title: source.title.as_deref().unwrap_or(&source.key),
            url: self.tree.routes.url(&self.tree.routes.source(&source.key)),
            date: source.date.as_ref().map(|date| format.edtf(date)),
            count: citing.len(),
        };
        let mut sources: Vec<_> = self.archive.register.sources.iter().zip(&self.archive.index.facts_citing).map(row).collect();
        sources.sort_by(|a, b| format.compare(a.title, b.title));
        SourcesView { sources }
    }

    /// One source.
    pub fn source(&self, index: SourceIx, number: Option<usize>, lang: &Lang) -> SourceView<'a> {
        let source = self.archive.register.source(index);
        let citing = &self.archive.index.facts_citing[index.position()];
        let card = |(fact, stance): &(FactRef, _)| FactCard { stance: Some(*stance), ..self.fact_card(*fact, lang) };
        SourceView {
            key: &source.key,
            title: source.title.as_deref().unwrap_or(&source.key),
            kind: &source.kind,
            authors: source.authors.iter().map(|author| &**author).collect(),
            publisher: source.publisher.as_deref().or(source.container.as_deref()),
            date: source.date.as_ref().map(|date| self.formats.of(lang).edtf(date)),
            url: source.url.as_deref(),
            note: source.note.as_deref(),
            statuses: cards::status_bar(citing.iter().map(|(fact, _)| self.archive.fact(*fact).1.status)),
            facts: citing[paging::items(citing.len(), FACTS, number)].iter().map(card).collect(),
            pager: paging::pager(&self.tree.routes, &self.tree.routes.source(&source.key), citing.len(), FACTS, number),
        }
    }

    /// The newest facts by date.
    pub fn timeline(&self, lang: &Lang) -> TimelineView<'a> {
        let timeline = &self.archive.index.timeline;
        let mut newest: Vec<FactRef> = timeline.values().rev().flat_map(|facts| facts.iter().rev()).take(FACTS).copied().collect();
        newest.reverse();
        let total = timeline.values().map(Vec::len).sum();
        TimelineView {
            year: None,
            years: self.timeline_years(),
            facts: self.fact_cards(&newest, lang),
            pager: paging::unpaged(&self.tree.routes, &self.tree.routes.timeline(), total),
        }
    }

    /// The facts of one year.
    pub fn timeline_of(&self, year: i32, number: Option<usize>, lang: &Lang) -> TimelineView<'a> {
        let facts = self.archive.index.timeline.get(&year).map(Vec::as_slice).unwrap_or_default();
        TimelineView {
            year: Some(year),
            years: self.timeline_years(),
            facts: self.fact_cards(&facts[paging::items(facts.len(), FACTS, number)], lang),
            pager: paging::pager(&self.tree.routes, &self.tree.routes.timeline_of(year), facts.len(), FACTS, number),
        }
    }

    fn timeline_years(&self) -> Vec<YearLink> {
        let link = |(year, facts): (&i32, &Vec<_>)| YearLink {
            year: Some(*year),
            url: self.tree.routes.url(&self.tree.routes.timeline_of(*year)),
            count: facts.len(),
        };
        self.archive.index.timeline.iter().rev().map(link).collect()
    }

    fn fact_cards(&self, facts: &[FactRef], lang: &Lang) -> Vec<FactCard<'a>> {
        facts.iter().map(|fact| self.fact_card(*fact, lang)).collect()
    }
}
