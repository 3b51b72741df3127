//! A plain page: a method note, an imprint.

use schemars::JsonSchema;
use serde::Deserialize;

use super::List;
use super::article::State;
use super::data;
use super::form::{self, Findings, key};
use super::front_matter::{self, Document};
use crate::base::{Lang, Outcome, SourcePath};

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

/// Reads a page's file: its front matter, and where its text begins.
pub fn read(file: &SourcePath, text: &str) -> Outcome<Option<Document<Page>>> {
    let mut outcome = front_matter::read::<Page>(file, text);
    if let Some(Document { head, .. }) = &mut outcome.value {
        let mut findings = Findings::new(file);
        findings.form(Some(&head.title), form::not_blank, || key("title"));
        findings.form(head.slug.as_deref(), form::slug, || key("slug"));
        findings.forms(&head.aliases, form::alias, || key("aliases"));
        data::append_news(&mut outcome.diagnostics, findings.found);
        data::mend_free_table(file, head.extra.as_deref_mut(), &mut outcome.diagnostics);
    }
    outcome
}
