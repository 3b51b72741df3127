//! Articles to write: each a slug of its own, in the folder of its year. Links between them follow them there.

use std::collections::BTreeMap;

use super::super::draft::{Address, Article, Link, Target};
use super::super::toml;
use super::{Home, New, Plan, Taken, already, article_of, proofread};
use crate::base::{Code, Diagnostic, SourcePath};

/// Adds the articles that the archive does not have.
pub fn add(articles: Vec<Article>, home: Home<'_>, taken: &mut Taken<'_>, plan: &mut Plan, found: &mut Vec<Diagnostic>) {
    let mut placed = Vec::new();
    for article in articles {
        let there = article.url.clone().and_then(|url| article_of(home, &[Address::Web(url)]));
        let there = there.or_else(|| same_title(home, &article));
        if let Some(there) = there {
            found.push(already(&format!("`{}`", article.name), &there.file, &article.from));
            continue;
        }
        let folder = article.year.as_deref().map_or_else(|| "content/articles".to_owned(), |year| format!("content/articles/{year}"));
        let (slug, file) = taken.article(&article.name, &folder);
        placed.push(Placed { article, slug, file });
    }
    let names = Names::new(&placed);
    for Placed { article, file, .. } in &placed {
        let body = linked(article, &names, home, found);
        let new = New { file: file.clone(), text: toml::document(&article.keys, &[], &body) };
        proofread(&new, &article.from, found);
        plan.new.push(new);
    }
}

/// An article with its new name.
struct Placed {
    article: Article,
    slug: String,
    file: SourcePath,
}

/// The article of the archive that was made of the same text before: by its name, its title and its text's own kind of names.
fn same_title<'a>(home: Home<'a>, article: &Article) -> Option<&'a crate::archive::Article> {
    if article.called.is_empty() {
        return None;
    }
    let title = article.keys.iter().find_map(|(key, item)| match item {
        toml::Item::Text(title) if *key == "title" => Some(title.as_str()),
        _ => None,
    })?;
    let slug = super::short(&article.name);
    article_of(home, &[Address::Slug(slug)]).filter(|there| *there.head.title == *title)
}

/// The articles that are imported, by every name that their like may call them.
struct Names<'p> {
    by_name: BTreeMap<String, &'p Placed>,
}

impl<'p> Names<'p> {
    fn new(placed: &'p [Placed]) -> Self {
        let mut by_name = BTreeMap::new();
        for one in placed {
            for name in &one.article.called {
                by_name.entry(key(name)).or_insert(one);
            }
        }
        Self { by_name }
    }

    /// Obsidian names a text by its title or by any end of its path, Hugo and Zola by its whole path.
    fn find(&self, name: &str) -> Option<&'p Placed> {
        let name = key(name);
        let last = name.rsplit('/').next().unwrap_or(&name);
        self.by_name.get(&name).or_else(|| self.by_name.get(&format!("{name}.md"))).or_else(|| self.by_name.get(last)).copied()
    }
}

fn key(name: &str) -> String {
    name.trim().trim_matches('/').to_lowercase()
}

/// An article's text with its links as they lead here.
fn linked(article: &Article, names: &Names<'_>, home: Home<'_>, found: &mut Vec<Diagnostic>) -> String {
    let mut body = article.body.clone();
    for link in article.links.iter().rev() {
        match follow(link, names, home) {
            Followed::To(target) => body.replace_range(link.at.clone(), &target),
            Followed::AsItStands => {}
            Followed::Nowhere(name) => {
                let message = format!("`{name}` is neither imported nor in the archive; the link stays");
                let help = "make what it names, or take the link away: till then `check` will ask for it".to_owned();
                found.push(Diagnostic::warning(Code::BrokenLink, link.from.clone(), message).help(help));
            }
        }
    }
    body
}

enum Followed<'l> {
    To(String),
    AsItStands,
    Nowhere(&'l str),
}

fn follow<'l>(link: &'l Link, names: &Names<'_>, home: Home<'_>) -> Followed<'l> {
    let at = |placed: &Placed, heading: &Option<String>| {
        let known = heading.as_ref().filter(|heading| placed.article.headings.iter().any(|id| **id == ***heading));
        known.map_or_else(String::new, |heading| format!("#{heading}"))
    };
    match &link.to {
        Target::Named { name, heading, worded } => match names.find(name) {
            Some(placed) => {
                let words = if *worded { String::new() } else { format!("|{name}") };
                Followed::To(format!("{}{}{words}", placed.slug, at(placed, heading)))
            }
            None if is_known(home, name) => Followed::AsItStands,
            None => Followed::Nowhere(name),
        },
        Target::File(path, heading) => match names.find(path) {
            Some(placed) => Followed::To(format!("/{}{}", placed.file, at(placed, heading))),
            None => Followed::Nowhere(path),
        },
    }
}

/// Whether a wikilink of this name leads somewhere already.
fn is_known(home: Home<'_>, name: &str) -> bool {
    let register = &home.archive.register;
    let index = &home.archive.index;
    register.find_entity(name).is_some()
        || register.find_named(name).is_some()
        || index.article_of.contains_key(name)
        || index.page_of.contains_key(name)
}
