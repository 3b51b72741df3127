//! The front matter of an article: what it is, whose, and how much of it may be shown.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::List;
use super::dates::Moment;
use super::form::{self, Findings, key};
use super::front_matter::{self, Document};
use super::{body, data};
use crate::base::{Code, Lang, Outcome, SourcePath};

/// The keys of an article's front matter. Only `title` is required.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Postilla article", deny_unknown_fields)]
pub struct Article {
    /// The headline.
    pub title: Box<str>,
    /// The language of the text; the archive's first language when absent.
    pub lang: Option<Lang>,
    /// When it was published.
    pub date: Option<Moment>,
    /// When it was last changed.
    pub updated: Option<Moment>,
    /// Who wrote it: entity ids or names.
    #[serde(default)]
    pub authors: List<Box<str>>,
    /// Who published it: an entity id or a name.
    pub publisher: Option<Box<str>>,
    /// Where the original stands.
    #[schemars(extend("format" = "url"))]
    pub url: Option<Box<str>>,
    /// Where a copy of the original is kept.
    #[schemars(extend("format" = "url"))]
    pub archived: Option<Box<str>>,
    /// When the original was last read.
    pub accessed: Option<Moment>,
    /// The slug of the article that this one translates.
    pub translation_of: Option<Box<str>>,
    /// Who translated it: an entity id or a name.
    pub translator: Option<Box<str>>,
    /// A sentence or two for lists and feeds.
    pub summary: Option<Box<str>>,
    /// Free keywords.
    #[serde(default)]
    pub tags: List<Box<str>>,
    /// The ids of the entities that it is about.
    #[serde(default)]
    pub about: List<Box<str>>,
    /// Its name in addresses and references; the file name when absent.
    #[schemars(extend("format" = "slug"))]
    pub slug: Option<Box<str>>,
    /// Earlier addresses on this site, which then lead here.
    #[serde(default)]
    pub aliases: List<Box<str>>,
    /// A template of the archive's own in place of `article.html`.
    pub template: Option<Box<str>>,
    /// How far it has come.
    #[serde(default)]
    pub state: State,
    /// Not published before this moment.
    pub embargo: Option<Moment>,
    /// How much of the text may be shown.
    #[serde(default)]
    pub publish: Publish,
    /// Who holds the rights, and under which licence it is shown.
    pub rights: Option<Rights>,
    /// What was corrected, oldest first.
    #[serde(default)]
    pub corrections: List<Correction>,
    /// Anything else, for templates of the archive's own.
    #[serde(default)]
    #[schemars(with = "std::collections::BTreeMap<String, serde_json::Value>")]
    pub extra: Option<Box<serde_json::Value>>,
}

/// Reads an article's file: its front matter, and where its text begins.
pub fn read(file: &SourcePath, text: &str) -> Outcome<Option<Document<Article>>> {
    let mut outcome = front_matter::read::<Article>(file, text);
    if let Some(document) = &mut outcome.value {
        data::append_news(&mut outcome.diagnostics, check(file, &document.head));
        data::mend_free_table(file, document.head.extra.as_deref_mut(), &mut outcome.diagnostics);
    }
    outcome
}

fn check(file: &SourcePath, article: &Article) -> Vec<crate::base::Diagnostic> {
    let mut findings = Findings::new(file);
    findings.form(Some(&article.title), form::not_blank, || key("title"));
    findings.form(article.slug.as_deref(), form::slug, || key("slug"));
    findings.form(article.url.as_deref(), form::address, || key("url"));
    findings.form(article.archived.as_deref(), form::address, || key("archived"));
    findings.forms(&article.aliases, form::alias, || key("aliases"));
    for (index, correction) in article.corrections.iter().enumerate() {
        let path = || key("corrections").index(index).key("text");
        findings.form(Some(&correction.text), form::not_blank, path);
        for what in beyond_prose(&correction.text) {
            let error = findings.error(Code::BadValue, path(), format!("a correction has no {what}"));
            error.help = Some("say in words and links what was wrong and what is right; the rest belongs into the article".to_owned());
        }
    }
    findings.found
}

/// What a text has that would take the ids of the article on whose page it stands, or that no list of texts shows.
fn beyond_prose(markdown: &str) -> impl Iterator<Item = &'static str> {
    let body = body::read(markdown, 0, |_| false);
    let pictures = body.links.iter().any(|link| link.kind == body::LinkKind::Image);
    let has = [("pictures", pictures), ("footnotes", !body.footnotes.is_empty()), ("headings", !body.headings.is_empty())];
    has.into_iter().filter_map(|(what, has)| has.then_some(what))
}

/// How far an article has come. Only `published` and `withdrawn` reach the site, unless drafts are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum State {
    /// Being written.
    Draft,
    /// Being read by somebody else.
    InReview,
    /// Ready, not yet out.
    Approved,
    /// On the site.
    #[default]
    Published,
    /// Taken back: its page says so and shows neither text nor facts.
    Withdrawn,
}

/// How much of an article's text the site may show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Publish {
    /// All of it.
    #[default]
    Full,
    /// Only the words that facts are anchored to.
    Excerpts,
    /// Nothing of the text: the facts alone.
    FactsOnly,
}

impl Publish {
    /// Whether all of the text may be shown.
    pub fn shows_text(self) -> bool {
        self == Self::Full
    }

    /// Whether the words that facts are anchored to may be shown.
    pub fn shows_quotes(self) -> bool {
        self != Self::FactsOnly
    }
}

/// Who holds the rights in a text.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, deny_unknown_fields)]
pub struct Rights {
    /// A name.
    pub holder: Option<Box<str>>,
    /// A licence's name or address.
    pub licence: Option<Box<str>>,
}

/// One correction of an article.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, deny_unknown_fields)]
pub struct Correction {
    /// When it was made.
    pub date: Moment,
    /// What was wrong and what is right.
    pub text: Box<str>,
    /// The ids of the facts that it concerns.
    #[serde(default)]
    pub facts: List<Box<str>>,
}
