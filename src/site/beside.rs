//! The files beside an article's page that say to programs what it says to readers. Each can be switched off in `[exports]`.

use schemars::JsonSchema;
use serde::Serialize;

use super::Site;
use crate::archive::Article;

/// A file beside an article's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// Its facts as W3C Web Annotations of its text.
    Annotations,
    /// Its facts as a table, in CSV.
    FactsCsv,
    /// Its facts as a list, in JSON.
    FactsJson,
    /// Its canonical text.
    Text,
}

/// A file beside an article's page, as the page names it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FileView {
    /// Its name; as an address it is relative to the page.
    pub name: &'static str,
    /// What it is (IANA media type).
    pub media_type: &'static str,
}

impl Beside {
    /// All of them, in the order of their names.
    pub const ALL: [Self; 4] = [Self::Annotations, Self::FactsCsv, Self::FactsJson, Self::Text];

    /// Its name.
    pub fn file(self) -> &'static str {
        match self {
            Self::Annotations => "annotations.jsonld",
            Self::FactsCsv => "facts.csv",
            Self::FactsJson => "facts.json",
            Self::Text => "text.txt",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Self::Annotations => "application/ld+json",
            Self::FactsCsv => "text/csv",
            Self::FactsJson => "application/json",
            Self::Text => "text/plain",
        }
    }
}

impl Site<'_> {
    /// Whether an article has this file. A text that may not be shown in full has none.
    pub(super) fn has(&self, article: &Article, file: Beside) -> bool {
        let exports = &self.config.exports;
        let tells = || article.speaks() && article.public_facts().next().is_some();
        match file {
            Beside::Annotations => exports.annotations && tells(),
            Beside::FactsCsv | Beside::FactsJson => exports.facts && tells(),
            Beside::Text => exports.annotations && article.speaks() && article.may_be_quoted(),
        }
    }

    /// The files that an article has.
    pub(super) fn files(&self, article: &Article) -> Vec<FileView> {
        let files = Beside::ALL.into_iter().filter(|file| self.has(article, *file));
        files.map(|file| FileView { name: file.file(), media_type: file.media_type() }).collect()
    }

    /// The address of a file of an article, with host, where the article has it.
    pub(super) fn file_url(&self, article: &Article, file: Beside) -> Option<String> {
        let routes = &self.trees[super::trees::home_of(&article.lang, self.config)].routes;
        self.has(article, file).then(|| routes.absolute(&routes.beside(&article.slug, file)))
    }
}
