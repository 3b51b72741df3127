//! Articles to write: each a slug of its own, in the folder of its year.

use super::super::draft::{Address, Article};
use super::super::toml;
use super::{Home, New, Plan, Taken, already, article_of, proofread};
use crate::base::Diagnostic;

/// Adds the articles that the archive does not have.
pub fn add(articles: Vec<Article>, home: Home<'_>, taken: &mut Taken<'_>, plan: &mut Plan, found: &mut Vec<Diagnostic>) {
    for article in articles {
        let there = article.url.clone().and_then(|url| article_of(home, &[Address::Web(url)]));
        if let Some(there) = there {
            found.push(already(&format!("`{}`", article.name), &there.file, &article.from));
            continue;
        }
        let folder = article.year.as_deref().map_or_else(|| "content/articles".to_owned(), |year| format!("content/articles/{year}"));
        let (_, file) = taken.article(&article.name, &folder);
        let new = New { file, text: toml::document(&article.keys, &[], &article.body) };
        proofread(&new, &article.from, found);
        plan.new.push(new);
    }
}
