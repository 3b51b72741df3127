//! A plain page: a method note, an imprint.

use schemars::JsonSchema;
use serde::Deserialize;

use super::List;
use super::article::State;
use crate::base::Lang;

/// The keys of a plain page's front matter. Only `title` is required.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Postilla page", deny_unknown_fields)]
pub struct Page {
    /// The heading.
    pub title: Box<str>,
    /// The language of the text; the archive's first language when absent.
    pub lang: Option<Lang>,
    /// The slug of the page that this one translates.
    pub translation_of: Option<Box<str>>,
    /// A sentence for search engines.
    pub summary: Option<Box<str>>,
    /// Its name in addresses and references; the file name when absent.
    #[schemars(extend("format" = "slug"))]
    pub slug: Option<Box<str>>,
    /// Earlier addresses on this site, which then lead here.
    #[serde(default)]
    pub aliases: List<Box<str>>,
    /// A template of the archive's own in place of `page.html`.
    pub template: Option<Box<str>>,
    /// How far it has come.
    #[serde(default)]
    pub state: State,
    /// Anything else, for templates of the archive's own.
    #[serde(default)]
    #[schemars(with = "std::collections::BTreeMap<String, serde_json::Value>")]
    pub extra: Option<Box<serde_json::Value>>,
}
