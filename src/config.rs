//! `postilla.toml`: what an archive says about itself.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::base::{Code, Diagnostic, Lang, Severity, Words};

/// The keys of `postilla.toml`. Required: `title` and `base_url`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Postilla configuration", deny_unknown_fields)]
pub struct Config {
    /// The name of the archive.
    pub title: Words,
    /// The address under which the site will stand, such as `https://example.org/archive/`.
    #[schemars(extend("format" = "base_url"))]
    pub base_url: Box<str>,
    /// A sentence on what the archive is.
    pub description: Option<Words>,
    /// The languages of the archive, each with a tree of pages. That of the first is at the root of the site, and files that name
    /// no language are in it.
    #[serde(default = "english")]
    #[schemars(extend("minItems" = 1))]
    pub languages: Vec<Lang>,
    /// The output folder, relative to this file.
    #[serde(default = "public")]
    pub output_dir: Box<str>,
    /// Globs of files under `content/` and `static/` that are left alone.
    #[serde(default)]
    pub ignore: Vec<Box<str>>,
    /// The words of addresses: `entities = "voci"` gives `/voci/…`.
    #[serde(default)]
    pub paths: Paths,
    /// How Markdown is read.
    #[serde(default)]
    pub markdown: Markdown,
    /// How names are linked.
    #[serde(default)]
    pub links: Links,
    /// How feeds are made.
    #[serde(default)]
    pub feed: Feed,
    /// Pictures that other sites show of a page that is shared.
    #[serde(default)]
    pub share_cards: ShareCards,
    /// The search page and its index.
    #[serde(default)]
    pub search: Search,
    /// What is published for other programs.
    #[serde(default)]
    pub exports: Exports,
    /// How editorial rules are taken, by rule: `"anchor::drifted" = "error"`.
    #[serde(default)]
    pub rules: BTreeMap<Box<str>, Level>,
    /// Kinds of entity of the archive's own, by id.
    #[serde(default)]
    pub kinds: BTreeMap<Box<str>, Kind>,
    /// Anything else, for templates of the archive's own.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    pub extra: Option<Box<serde_json::Value>>,
}

fn english() -> Vec<Lang> {
    vec![Lang::new("en").expect("`en` is a language tag")]
}

fn public() -> Box<str> {
    "public".into()
}

/// The first part of each kind of address.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(inline, deny_unknown_fields)]
pub struct Paths {
    /// Articles.
    #[schemars(extend("format" = "slug"))]
    pub articles: Box<str>,
    /// Entities.
    #[schemars(extend("format" = "slug"))]
    pub entities: Box<str>,
    /// Properties.
    #[schemars(extend("format" = "slug"))]
    pub properties: Box<str>,
    /// Sources.
    #[schemars(extend("format" = "slug"))]
    pub sources: Box<str>,
    /// The timeline.
    #[schemars(extend("format" = "slug"))]
    pub timeline: Box<str>,
    /// How much of the archive is checked.
    #[schemars(extend("format" = "slug"))]
    pub coverage: Box<str>,
    /// Corrections.
    #[schemars(extend("format" = "slug"))]
    pub corrections: Box<str>,
    /// The search page.
    #[schemars(extend("format" = "slug"))]
    pub search: Box<str>,
}

impl Default for Paths {
    fn default() -> Self {
        Self {
            articles: "articles".into(),
            entities: "entities".into(),
            properties: "properties".into(),
            sources: "sources".into(),
            timeline: "timeline".into(),
            coverage: "coverage".into(),
            corrections: "corrections".into(),
            search: "search".into(),
        }
    }
}

/// How Markdown is read.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(inline, deny_unknown_fields)]
pub struct Markdown {
    /// Lets raw HTML and links of any scheme through. Only for text that is wholly your own.
    pub unsafe_html: bool,
}

/// How names are linked.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(inline, deny_unknown_fields)]
pub struct Links {
    /// Which mentions of a known name become links by themselves.
    pub autolink: Autolink,
}

/// Which mentions of a known name become links by themselves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Autolink {
    /// The first in each article.
    #[default]
    First,
    /// All of them.
    All,
    /// None.
    Off,
}

/// How feeds are made.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(inline, deny_unknown_fields)]
pub struct Feed {
    /// How many of the newest entries a feed holds.
    pub limit: usize,
}

impl Default for Feed {
    fn default() -> Self {
        Self { limit: 20 }
    }
}

/// Pictures that other sites show of a page that is shared.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(inline, deny_unknown_fields)]
pub struct ShareCards {
    /// Makes one for each article and each entity.
    pub enabled: bool,
}

/// The search page and its index.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(inline, deny_unknown_fields)]
pub struct Search {
    /// Whether there are any.
    pub enabled: bool,
}

impl Default for Search {
    fn default() -> Self {
        Self { enabled: true }
    }
}

/// What an archive can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Format {
    /// The facts as JSON Lines.
    Jsonl,
    /// The facts as CSV.
    Csv,
    /// Typed tables as Parquet.
    Parquet,
    /// A SQLite database.
    Sqlite,
    /// FollowTheMoney's entities.
    Ftm,
    /// FollowTheMoney's statements.
    FtmStatements,
    /// RDF as N-Quads.
    Nquads,
    /// RDF as Turtle.
    Turtle,
}

/// What is published for other programs.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(inline, deny_unknown_fields)]
pub struct Exports {
    /// Beside each article how it and its facts are cited: BibTeX, RIS and CSL-JSON.
    pub citations: bool,
    /// In each page what it is about, for search engines and archives: JSON-LD in the words of schema.org.
    pub json_ld: bool,
    /// Beside each article its plain text, where it may be shown in full, and its facts as W3C Web Annotations.
    pub annotations: bool,
    /// Beside each article its facts, as CSV and JSON.
    pub facts: bool,
    /// Beside each entity what it is and where the archive speaks of it, in JSON-LD.
    pub entities: bool,
    /// `llms.txt`: what the archive is and where its newest articles stand, for language models.
    pub llms: bool,
    /// In `data/` the whole archive, as each of these.
    pub data: Box<[Format]>,
}

impl Default for Exports {
    fn default() -> Self {
        Self { citations: true, json_ld: true, annotations: true, facts: true, entities: true, llms: true, data: Box::default() }
    }
}

/// How a rule is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Level {
    /// Not at all.
    Off,
    /// As something to look at.
    Warn,
    /// As something that keeps the site from being published.
    Error,
}

impl Config {
    /// Whether anybody asks for what breaks the rule behind `code`.
    pub fn asks_for(&self, code: Code) -> bool {
        self.rules.get(code.as_str()).map_or(!code.is_on_request(), |level| *level != Level::Off)
    }

    /// Takes findings as the archive wants its rules taken.
    pub fn judge(&self, found: &mut Vec<Diagnostic>) {
        found.retain_mut(|diagnostic| {
            match self.rules.get(diagnostic.code.as_str()) {
                Some(Level::Off) => return false,
                Some(Level::Warn) => diagnostic.severity = Severity::Warning,
                Some(Level::Error) => diagnostic.severity = Severity::Error,
                None => {}
            }
            true
        });
    }
}

/// A kind of entity.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, deny_unknown_fields)]
pub struct Kind {
    /// Its name for readers.
    pub label: Words,
    /// The name of a list of them; the label when absent.
    pub plural: Option<Words>,
    /// Its type in schema.org.
    pub schema_org: Option<Box<str>>,
    /// Its class in Wikidata.
    pub wikidata: Option<Box<str>>,
    /// Its schema in `FollowTheMoney`.
    pub followthemoney: Option<Box<str>>,
}
