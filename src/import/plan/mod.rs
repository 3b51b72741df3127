//! Drafts joined to the archive: what is to be written, and where. No file of the archive is ever in the way: what has a
//! file already is named and left out. Whatever would not read as it was meant is refused, and with it everything.

mod articles;
mod entities;
mod facts;
mod sidecars;

use std::collections::{BTreeSet, HashMap};

use super::draft::{Address, Drafts};
use crate::archive::{Archive, Article};
use crate::base::slug::{is_slug, slugify};
use crate::base::{Code, Diagnostic, Fingerprint, Outcome, Place, SourcePath};
use crate::config::Config;
use crate::parse::property::Property;
use crate::parse::{article, entity};

/// The archive into which something is imported.
#[derive(Clone, Copy)]
pub struct Home<'a> {
    /// Its content.
    pub archive: &'a Archive,
    /// What it says about itself.
    pub config: &'a Config,
    /// What a file of it holds.
    pub text: &'a dyn Fn(&SourcePath) -> Option<String>,
    /// Whether there is a file at a path.
    pub has_file: &'a dyn Fn(&str) -> bool,
}

/// What is to be written.
#[derive(Debug, Default)]
pub struct Plan {
    /// Files that are not there yet, in the order of their paths.
    pub new: Vec<New>,
    /// Files of the archive that grow.
    pub grown: Vec<Grown>,
}

/// A file that is not there yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct New {
    /// Where.
    pub file: SourcePath,
    /// What it is to hold.
    pub text: String,
}

/// A file of the archive with something at its end that was not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grown {
    /// Where.
    pub file: SourcePath,
    /// What it held.
    pub before: Fingerprint,
    /// What it is to hold: all that it held, and more.
    pub text: String,
    /// Where in the text that begins which is new.
    pub from: usize,
}

/// Joins drafts to the archive.
pub fn plan(drafts: Drafts, home: Home<'_>) -> Outcome<Plan> {
    let mut found = Vec::new();
    let mut plan = Plan::default();
    let mut taken = Taken::new(home);
    articles::add(drafts.articles, home, &mut taken, &mut plan, &mut found);
    let names = entities::add(drafts.entities, home, &mut taken, &mut plan, &mut found);
    facts::add(drafts.facts, home, &names, &mut plan, &mut found);
    plan.new.sort_by(|a, b| a.file.cmp(&b.file));
    Outcome::new(plan, found)
}

/// The names that are no longer free.
struct Taken<'a> {
    home: Home<'a>,
    slugs: BTreeSet<Box<str>>,
    ids: BTreeSet<Box<str>>,
    files: BTreeSet<String>,
}

impl<'a> Taken<'a> {
    fn new(home: Home<'a>) -> Self {
        let slugs = home.archive.articles.iter().map(|article| article.slug.clone()).collect();
        let ids = home.archive.register.entity_ids().map(Into::into).collect();
        Self { home, slugs, ids, files: BTreeSet::new() }
    }

    /// A slug and a file for an article in a folder: with a number behind it where the name is taken.
    fn article(&mut self, name: &str, folder: &str) -> (String, SourcePath) {
        let slugs = &self.slugs;
        let (slug, file) = free(name, folder, &self.files, self.home, |slug| slugs.contains(slug));
        self.slugs.insert(slug.as_str().into());
        self.files.insert(file.clone());
        (slug, SourcePath::new(file))
    }

    /// An id and a file for an entity.
    fn entity(&mut self, name: &str) -> (String, SourcePath) {
        let ids = &self.ids;
        let (id, file) = free(name, "content/entities", &self.files, self.home, |id| ids.contains(id));
        self.ids.insert(id.as_str().into());
        self.files.insert(file.clone());
        (id, SourcePath::new(file))
    }
}

/// The first free name like `name`, and its file.
fn free(name: &str, folder: &str, files: &BTreeSet<String>, home: Home<'_>, is_taken: impl Fn(&str) -> bool) -> (String, String) {
    let wanted = short(name);
    let names = std::iter::once(wanted.clone()).chain((2_usize..).map(|number| format!("{wanted}-{number}")));
    let files = |slug: &str| {
        let file = format!("{folder}/{slug}.md");
        (!is_taken(slug) && !files.contains(&file) && !(home.has_file)(&file)).then_some(file)
    };
    names.into_iter().find_map(|slug| files(&slug).map(|file| (slug, file))).unwrap_or_default()
}

/// A slug of whole words that disks and people can bear.
fn short(name: &str) -> String {
    const LONGEST: usize = 80;
    let slug = if is_slug(name) { name.to_owned() } else { slugify(name) };
    if slug.len() <= LONGEST {
        return slug;
    }
    let mut end = LONGEST;
    while !slug.is_char_boundary(end) {
        end -= 1;
    }
    let cut = &slug[..end];
    cut.rfind('-').map_or(cut, |dash| &cut[..dash]).trim_end_matches(['-', '.']).to_owned()
}

/// Entities by the names that foreign texts give them, and the archive's own.
struct Names<'a> {
    home: Home<'a>,
    imported: HashMap<String, String>,
    by_item: HashMap<&'a str, &'a str>,
}

impl<'a> Names<'a> {
    fn new(home: Home<'a>) -> Self {
        let entities = home.archive.register.entities.iter();
        let by_item = entities.filter_map(|entity| Some((entity.head.wikidata.as_deref()?, &*entity.id))).collect();
        Self { home, imported: HashMap::new(), by_item }
    }

    /// The id of an entity that is imported, or that the archive has: by its id there, or by its item in Wikidata.
    fn entity(&self, word: &str) -> Option<&str> {
        let register = &self.home.archive.register;
        let imported = self.imported.get(word).map(String::as_str);
        let known = || register.find_entity(word).map(|index| &*register.entity(index).id);
        imported.or_else(known).or_else(|| self.by_item.get(word).copied())
    }
}

/// The id of a property, by its id or its name in any language.
fn property<'a>(home: Home<'a>, word: &str) -> Option<&'a str> {
    let register = &home.archive.register;
    let by_id = register.find_property(word).map(|index| register.property(index).0);
    let is_called = |property: &Property| property.label.as_ref().is_some_and(|label| label.all().any(|name| name == word));
    by_id.or_else(|| register.properties.iter().find(|(_, property)| is_called(property)).map(|(id, _)| &**id))
}

/// The article of the archive that one of the addresses names.
pub fn article_of<'a>(home: Home<'a>, addresses: &[Address]) -> Option<&'a Article> {
    addresses.iter().find_map(|address| match address {
        Address::Slug(slug) => home.archive.index.article_of.get(slug.as_str()).map(|index| home.archive.article(*index)).or_else(|| {
            let named = |article: &&Article| *article.slug == **slug;
            home.archive.articles.iter().find(named)
        }),
        Address::Web(url) => of_address(home, url),
    })
}

fn of_address<'a>(home: Home<'a>, url: &str) -> Option<&'a Article> {
    let wanted = comparable(url);
    let by_original = |article: &&Article| article.head.url.as_deref().is_some_and(|own| comparable(own) == wanted);
    home.archive.articles.iter().find(by_original).or_else(|| {
        // The page of the article on this site, in any language's tree, or its canonical text.
        let below = wanted.strip_prefix(&comparable(&home.config.base_url))?.trim_end_matches("/text.txt");
        let (folder, slug) = below.trim_matches('/').rsplit_once('/')?;
        let segment = folder.rsplit('/').next()?;
        let own = |article: &&Article| segment == &*home.config.paths.articles && *article.slug == *slug;
        home.archive.articles.iter().find(own)
    })
}

/// An address without what differs between two that lead to one page: scheme, `www.`, fragment, slash at the end.
fn comparable(url: &str) -> String {
    let url = url.trim().split('#').next().unwrap_or_default();
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    let (host, rest) = bare.split_at(bare.find(['/', '?']).unwrap_or(bare.len()));
    format!("{}{}", host.to_ascii_lowercase(), rest).trim_end_matches('/').to_owned()
}

/// Refuses a file that would not read as what it is meant to be. The finding is at the place from which it comes.
fn proofread(new: &New, from: &Place, found: &mut Vec<Diagnostic>) {
    let diagnostics = match new.file.as_str() {
        path if path.starts_with("content/entities/") => entity::read(&new.file, &new.text).diagnostics,
        _ => article::read(&new.file, &new.text).diagnostics,
    };
    for wrong in diagnostics.into_iter().filter(Diagnostic::is_error) {
        let message = format!("`{}` could not be made of it: {}", new.file, wrong.message);
        found.push(Diagnostic { place: from.clone(), message, ..wrong });
    }
}

/// Says that something is in the archive already, and is left as it is.
fn already(what: &str, there: &SourcePath, from: &Place) -> Diagnostic {
    Diagnostic::warning(Code::DuplicateId, from.clone(), format!("{what} is in the archive already, and is left as it is"))
        .related(Place::whole(there), "here")
}
