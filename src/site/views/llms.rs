//! What `llms.txt` sees as `list`: the archive for language models (<https://llmstxt.org/>). Titles and summaries are
//! strangers' words, so whatever Markdown would take for its own is escaped.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::plan::ARTICLES;
use super::super::{Beside, Site};
use crate::base::Lang;

/// The archive and its newest articles.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LlmsView<'a> {
    /// The archive's name, in Markdown.
    pub title: String,
    /// A sentence on what it is, in Markdown; may be empty.
    pub description: String,
    /// The newest articles.
    pub articles: Vec<LlmsArticle<'a>>,
    /// Addresses of the lists, with host: `name` is a key of `words`.
    pub lists: Vec<LlmsList>,
}

/// An article.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LlmsArticle<'a> {
    /// Its title, in Markdown.
    pub title: String,
    /// Its address, with host.
    pub url: String,
    /// Its language.
    pub lang: &'a Lang,
    /// A sentence or two, in Markdown.
    pub summary: Option<String>,
    /// The address of its text, with host, where it is published.
    pub text: Option<String>,
    /// The address of its facts as annotations, with host, where they are published.
    pub annotations: Option<String>,
}

/// A list of the site.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LlmsList {
    /// A key of `words`.
    pub name: &'static str,
    /// Its address, with host.
    pub url: String,
}

impl<'a> Site<'a> {
    /// The archive for language models.
    pub fn llms(&self, lang: &Lang) -> LlmsView<'a> {
        let routes = &self.tree.routes;
        let lists = [
            ("articles", routes.articles()),
            ("entities", routes.entities()),
            ("properties", routes.properties()),
            ("sources", routes.sources()),
            ("timeline", routes.timeline()),
            ("coverage", routes.coverage()),
            ("corrections", routes.corrections()),
        ];
        let description = self.config.description.as_ref().map_or("", |words| words.pick(lang, &self.archive.register.lang).1);
        LlmsView {
            title: plain(self.title(lang)),
            description: plain(description),
            articles: self.newest_for_models(),
            lists: lists.map(|(name, address)| LlmsList { name, url: routes.absolute(&address) }).into(),
        }
    }

    fn newest_for_models(&self) -> Vec<LlmsArticle<'a>> {
        let newest = self.listed_articles().rev().filter(|(_, article)| article.speaks()).take(ARTICLES);
        let told = newest.map(|(index, article)| LlmsArticle {
            title: plain(&article.head.title),
            url: self.tree.routes.with_host(&self.article_url(index)),
            lang: &article.lang,
            summary: article.head.summary.as_deref().map(plain),
            text: self.file_url(article, Beside::Text),
            annotations: self.file_url(article, Beside::Annotations),
        });
        told.collect()
    }
}

/// Text as Markdown that says just that, on one line.
fn plain(text: &str) -> String {
    let mut markdown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' => markdown.extend(['\\', letter]),
            '\n' | '\r' => markdown.push(' '),
            _ => markdown.push(letter),
        }
    }
    markdown
}
