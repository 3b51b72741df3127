//! What templates see: closed, typed views. A template sees its view and nothing else, so the view is the
//! whole list of what a page depends on. What is absent is left out rather than written as null: templates ask
//! `{% if %}` either way, and a page of facts is made of little else. Dates, names and values come as they are printed.

pub mod article;
pub mod cards;
pub mod corrections;
pub mod coverage;
pub mod disagreements;
pub mod entity;
pub mod figures;
pub mod front;
pub mod html;
pub mod infobox;
pub mod lists;
pub mod llms;
pub mod machine;
pub mod notes;
pub mod relations;
pub mod rows;

use schemars::JsonSchema;
use serde::Serialize;

use html::Html;

use crate::base::Lang;

/// What every page carries, whatever its kind: `page` in templates.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Head<'a> {
    /// Which template made it: `home`, `article`, `entity`, …
    pub kind: &'static str,
    /// The title, without the archive's.
    pub title: &'a str,
    /// A sentence for search engines and feeds; may be empty.
    pub description: &'a str,
    /// The language of the page.
    pub lang: &'a Lang,
    /// `rtl` for a language that is written from right to left.
    pub dir: Option<&'static str>,
    /// The page's path on its host, such as `/archive/articles/ai-push/`.
    pub url: String,
    /// The whole address.
    pub canonical: String,
    /// The same page in other languages.
    pub translations: Vec<Translation<'a>>,
    /// Of the page and its translations, the whole address of the one for readers of any other language.
    pub for_all_others: Option<String>,
    /// The page's own feed, besides the site's.
    pub feed: Option<String>,
    /// The whole address of its share card, if it has one.
    pub card: Option<String>,
    /// What it is about, for machines: JSON-LD that can stand in a `<script>`.
    pub linked: Option<Html>,
}

/// The same page in another language.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Translation<'a> {
    /// Its language.
    pub lang: &'a Lang,
    /// Its title.
    pub title: &'a str,
    /// Its path.
    pub url: String,
    /// Its whole address.
    pub canonical: String,
}

/// What all pages share: `site` in templates.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Site<'a> {
    /// The archive's name.
    pub title: &'a str,
    /// A sentence on what it is; may be empty.
    pub description: &'a str,
    /// The language of the lists that the page leads to.
    pub lang: &'a Lang,
    /// The path before every address: empty, or such as `/archive`.
    pub base: String,
    /// The path of the home page.
    pub url: String,
    /// The site's feed.
    pub feed: String,
    /// The path of the search page, if there is one.
    pub search: Option<String>,
    /// The folder of the search index, which serves all languages.
    pub index: Option<String>,
    /// The path of what describes the archive's data, where it stands beside the site.
    pub data: Option<String>,
    /// Addresses of the lists, by name: `articles`, `entities`, `properties`, `sources`, `timeline`.
    pub lists: Vec<NavItem>,
    /// Addresses of what the archive tells of itself, for the foot of each page: `coverage`, `corrections`.
    pub accounts: Vec<NavItem>,
    /// The plain pages, for the foot of each page.
    pub pages: Vec<PageLink<'a>>,
    /// The site's icons.
    pub icons: Vec<Icon>,
    /// The configuration's `extra`.
    pub extra: Option<&'a serde_json::Value>,
    /// The version of the program.
    pub generator: &'static str,
}

/// An icon of the site.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Icon {
    /// What it is for: `icon` or `apple-touch-icon`.
    pub rel: &'static str,
    /// Its path.
    pub url: String,
    /// Its type.
    pub kind: &'static str,
}

/// A list in the head or the foot of every page.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct NavItem {
    /// A key of `words`, such as `articles`.
    pub name: &'static str,
    /// Its path.
    pub url: String,
}

/// A plain page in the foot of every page.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PageLink<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its language.
    pub lang: &'a Lang,
    /// Its path.
    pub url: String,
}

/// Where a reader is in a long list. Pages are numbered from the oldest, so that a new item changes the last
/// page and no other; the list's own address shows the newest.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Pager {
    /// The number of this page; absent on the list's own address.
    pub number: Option<usize>,
    /// How many numbered pages there are; 0 when everything fits on one.
    pub count: usize,
    /// How many items the whole list has.
    pub total: usize,
    /// The path of the page with older items.
    pub older: Option<String>,
    /// The path of the page with newer items.
    pub newer: Option<String>,
    /// The path of the list's own address.
    pub newest: String,
    /// The path of page 1.
    pub oldest: Option<String>,
}
