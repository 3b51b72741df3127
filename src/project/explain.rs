//! Answers to why: from what a page is made, and why it was made again.

use std::collections::{BTreeMap, BTreeSet};

use super::Outline;
use crate::base::{OutputPath, SourcePath};
use crate::site::uses::{Taken, Use};
use crate::site::{PageKind, PlannedPage};

/// Why a page was rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// The page's file.
    pub output: OutputPath,
    /// Why.
    pub because: Because,
}

/// Why a page was rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// There was no such page before, as far as is remembered.
    New,
    /// It shows something of these files, which have changed.
    Changed(Vec<SourcePath>),
    /// It showed something of one of these files, which have come, gone or changed.
    Elsewhere(Vec<SourcePath>),
}

/// Files that every page is made from.
fn is_for_all(file: &SourcePath) -> bool {
    file.as_str() == "postilla.toml" || file.below("templates").is_some()
}

impl Outline {
    /// Why `page` was rendered again after `changed` had changed.
    pub(super) fn because(&self, page: &PlannedPage, known: bool, changed: &BTreeSet<SourcePath>) -> Explained {
        let from = self.made_from(page);
        let own: Vec<SourcePath> = changed.iter().filter(|file| is_for_all(file) || from.contains_key(*file)).cloned().collect();
        let because = match (known, own.is_empty()) {
            (false, _) => Because::New,
            (true, false) => Because::Changed(own),
            (true, true) => Because::Elsewhere(changed.iter().cloned().collect()),
        };
        Explained { output: page.output.clone(), because }
    }

    /// The page that is meant: by its address, by its file in the site or in the archive, by a slug or an entity's id.
    pub fn find(&self, word: &str) -> Option<&PlannedPage> {
        let site = self.site();
        let address = word.strip_prefix("http://").or_else(|| word.strip_prefix("https://"));
        let path = address.map_or(word, |rest| rest.find('/').map_or("", |slash| &rest[slash..]));
        let path = path.split(['#', '?']).next().unwrap_or_default();
        let base = site.tree.routes.base();
        let path = path.strip_prefix(base).filter(|rest| rest.starts_with('/')).unwrap_or(path).trim_start_matches('/');
        let folder = format!("{}index.html", if path.is_empty() || path.ends_with('/') { path.to_owned() } else { format!("{path}/") });
        let plan = site.plan;
        plan.page_at(path).or_else(|| plan.page_at(&folder)).or_else(|| plan.pages.iter().find(|page| self.is_called(page, word)))
    }

    fn is_called(&self, page: &PlannedPage, word: &str) -> bool {
        let archive = self.site().archive;
        let called = |name: &str, file: &SourcePath| name == word || file.as_str() == word;
        match &page.kind {
            PageKind::Article(index) => {
                let article = archive.article(*index);
                called(&article.slug, &article.file) || article.sidecar.as_ref().is_some_and(|sidecar| sidecar.as_str() == word)
            }
            PageKind::Entity(index, None) if page.tree == 0 => {
                called(&archive.register.entity(*index).id, &archive.register.entity(*index).file)
            }
            PageKind::Plain(index) => called(&archive.page(*index).slug, &archive.page(*index).file),
            PageKind::Copy(file) => file.as_str() == word,
            _ => false,
        }
    }

    /// The files that a page is made from, each with what it takes from it.
    pub fn made_from(&self, page: &PlannedPage) -> BTreeMap<SourcePath, BTreeSet<&'static str>> {
        let mut files: BTreeMap<SourcePath, BTreeSet<&'static str>> = BTreeMap::new();
        let mut everything = false;
        self.site().uses(page, &mut |used| match used {
            Use::Everything => everything = true,
            used => self.files(used).into_iter().for_each(|(file, takes)| _ = files.entry(file).or_default().insert(takes)),
        });
        if everything {
            let content = self.snapshot.files().iter().filter(|file| !is_for_all(&file.path) && file.path.below("static").is_none());
            content.for_each(|file| _ = files.entry(file.path.clone()).or_default().insert("a line"));
        }
        files
    }

    fn files(&self, used: Use<'_>) -> Vec<(SourcePath, &'static str)> {
        let archive = self.site().archive;
        match used {
            Use::Article(index, taken) => {
                let article = archive.article(index);
                let sidecar = article.sidecar.as_ref().filter(|_| matches!(taken, Taken::Itself | Taken::Facts | Taken::Card));
                let own = if taken == Taken::Facts { "title" } else { word(taken) };
                [(article.file.clone(), own)].into_iter().chain(sidecar.map(|sidecar| (sidecar.clone(), "facts"))).collect()
            }
            Use::Entity(index, taken) => vec![(archive.register.entity(index).file.clone(), word(taken))],
            Use::Page(index, taken) => vec![(archive.page(index).file.clone(), word(taken))],
            Use::Source(index) => vec![(archive.register.source(index).file.clone(), "source")],
            Use::Properties => vec![(SourcePath::new("content/properties.toml"), "property")],
            Use::File(file) => vec![(file.clone(), "file")],
            Use::Everything => Vec::new(),
        }
    }

    /// The template that makes a page; `None` for files that are copied.
    pub fn template(&self, page: &PlannedPage) -> Option<String> {
        let site = self.site();
        match &page.kind {
            PageKind::Article(index) => Some(site.archive.article(*index).head.template.as_deref().unwrap_or("article.html").to_owned()),
            _ => site.around(page).view(page, None).map(|view| view.template.to_owned()),
        }
    }

    /// The pages on which an entity stands by itself, not only in a list of all, if the page is an entity's.
    pub fn users(&self, page: &PlannedPage) -> Option<Vec<OutputPath>> {
        let PageKind::Entity(index, _) = page.kind else { return None };
        let site = self.site();
        let shows = |page: &&PlannedPage| {
            let mut shows = false;
            site.uses(page, &mut |used| shows |= matches!(used, Use::Entity(entity, _) if entity == index));
            shows
        };
        Some(site.plan.pages.iter().filter(shows).map(|page| page.output.clone()).collect())
    }
}

fn word(taken: Taken) -> &'static str {
    match taken {
        Taken::Itself => "itself",
        Taken::Facts => "facts",
        Taken::Name => "name",
        Taken::Card => "a line",
        Taken::Mention => "mention",
        Taken::Link => "link",
    }
}
