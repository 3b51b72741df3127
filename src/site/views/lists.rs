//! What the lists see: `articles.html`, `entities.html`, `properties.html`, `property.html`, `sources.html`,
//! `source.html`, `timeline.html`, each as `list`.

use serde::Serialize;

use super::Pager;
use super::cards::{ArticleCard, DateView, EntityCard, FactCard};

/// All articles, or those of one year.
#[derive(Debug, Clone, Serialize)]
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
#[derive(Debug, Clone, Serialize)]
pub struct YearLink {
    /// The year; absent for what has no date.
    pub year: Option<i32>,
    /// Its list.
    pub url: String,
    /// How many items it has.
    pub count: usize,
}

/// All entities, or those of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct EntitiesView<'a> {
    /// The kind's name, on a kind's list.
    pub kind_label: Option<&'a str>,
    /// Every kind that occurs.
    pub kinds: Vec<KindLink<'a>>,
    /// On the whole list the most mentioned, on a kind's list all by name.
    pub entities: Vec<EntityCard<'a>>,
    /// Where the reader is.
    pub pager: Pager,
}

/// A kind with how many entities it has.
#[derive(Debug, Clone, Serialize)]
pub struct KindLink<'a> {
    /// Its plural name.
    pub label: &'a str,
    /// Its list.
    pub url: String,
    /// How many there are.
    pub count: usize,
}

/// All properties.
#[derive(Debug, Clone, Serialize)]
pub struct PropertiesView<'a> {
    /// Those that facts use, by label.
    pub properties: Vec<PropertyRow<'a>>,
}

/// A property in the list.
#[derive(Debug, Clone, Serialize)]
pub struct PropertyRow<'a> {
    /// Its name.
    pub label: &'a str,
    /// Its page.
    pub url: String,
    /// How many facts state it.
    pub count: usize,
}

/// One property across all articles and entities.
#[derive(Debug, Clone, Serialize)]
pub struct PropertyView<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub label: &'a str,
    /// Its unit.
    pub unit: Option<&'a str>,
    /// Whether only one value is true at a time.
    pub functional: bool,
    /// This page's facts, in the order of their dates.
    pub facts: Vec<FactCard<'a>>,
    /// Where the reader is.
    pub pager: Pager,
}

/// The bibliography.
#[derive(Debug, Clone, Serialize)]
pub struct SourcesView<'a> {
    /// By title.
    pub sources: Vec<SourceRow<'a>>,
}

/// A source in the list.
#[derive(Debug, Clone, Serialize)]
pub struct SourceRow<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its page.
    pub url: String,
    /// When it appeared.
    pub date: Option<DateView>,
    /// How many facts rest on it.
    pub count: usize,
}

/// One source with the facts that cite it.
#[derive(Debug, Clone, Serialize)]
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
    pub date: Option<DateView>,
    /// Where it stands.
    pub url: Option<&'a str>,
    /// A note on it.
    pub note: Option<&'a str>,
    /// This page's facts.
    pub facts: Vec<FactCard<'a>>,
    /// Where the reader is.
    pub pager: Pager,
}

/// Facts by the date at which they hold.
#[derive(Debug, Clone, Serialize)]
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
