//! The search index of an edition: what the archive says as documents, segment by segment. What a segment gave is
//! remembered while nothing in it changes.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::memo::Memo;
use super::{Edition, Remembers, Request, read};
use crate::archive::{Article, EntityIx};
use crate::base::{Error, Fingerprint, OutputPath};
use crate::publish::{Opened, Overwrite, Published, Publisher};
use crate::search::{self, Files, SEGMENT, Segment};
use crate::site::{Site, trees};
use crate::tree::{self, FrontMatter};

/// What the last index was made from.
#[derive(Default)]
pub struct Memory(Mutex<Vec<Arc<Kept>>>);

struct Kept {
    print: Fingerprint,
    segment: Segment,
}

/// The making of an index after its pages have been published. Nobody waits for it: it may be given up at any time.
pub struct Indexing {
    edition: Arc<Edition>,
    memory: Arc<Memory>,
    output: PathBuf,
    overwrite: Overwrite,
}

impl Indexing {
    pub(super) fn after(request: &Request, memo: &Memo) -> Option<Self> {
        let published = memo.published.as_ref().filter(|_| memo.remembers == Remembers::Output)?;
        published.edition.search_folder()?;
        Some(Self {
            output: super::output(request, Some(published.edition.site().config)),
            overwrite: request.overwrite,
            edition: Arc::clone(&published.edition),
            memory: Arc::clone(&memo.indexed),
        })
    }

    /// Makes the index and publishes it beside the pages, unless it is `given_up` meanwhile.
    pub fn run(&self, given_up: &(dyn Fn() -> bool + Sync)) -> Result<Option<Published>, Error> {
        let Some(folder) = self.edition.search_folder() else { return Ok(None) };
        let Some(files) = self.edition.index(&self.memory, given_up)? else { return Ok(None) };
        let Opened::Ready(publisher) = Publisher::open(&self.output, self.overwrite)? else { return Ok(None) };
        publisher.keep_written(|path| !is_index(&folder, path));
        put_files(&folder, &files, &publisher)?;
        if given_up() {
            return Ok(None);
        }
        publisher.commit().map(Some)
    }
}

/// Whether the file at `path` of the site belongs to the index whose page lives in `folder`.
pub(super) fn is_index(folder: &str, path: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|name| name.ends_with(".bin") && !name.contains('/'))
}

/// Makes the index of `edition` a part of the next site.
pub(super) fn put(edition: &Edition, memory: &Memory, publisher: &Publisher) -> Result<(), Error> {
    match (edition.search_folder(), edition.index(memory, &|| false)?) {
        (Some(folder), Some(files)) => put_files(&folder, &files, publisher),
        _ => Ok(()),
    }
}

fn put_files(folder: &str, files: &Files, publisher: &Publisher) -> Result<(), Error> {
    files.par_iter().try_for_each(|(name, bytes)| match OutputPath::new(&format!("{folder}{name}")) {
        Some(path) => publisher.put(&path, bytes),
        None => Ok(()),
    })
}

impl Edition {
    /// The folder of the search page, with a closing slash; `None` when there is no search.
    pub fn search_folder(&self) -> Option<String> {
        let site = self.site();
        site.config.search.enabled.then(|| site.plan.trees[0].routes.search().as_str().to_owned())
    }

    /// The files of the search index by name, unless making them is `given_up` meanwhile.
    pub fn index(&self, memory: &Memory, given_up: &(dyn Fn() -> bool + Sync)) -> Result<Option<Files>, Error> {
        let site = self.site();
        let shown: Vec<&Article> = site.archive.shown_articles().map(|(_, article)| article).collect();
        let known = memory.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let numbered: Vec<_> = shown.chunks(SEGMENT).enumerate().collect();
        let made = numbered.into_par_iter().map(|(nth, articles)| {
            let print = articles.iter().fold(Fingerprint::default(), |print, article| print.then(print_of(&site, article)));
            match known.get(nth).filter(|kept| kept.print == print) {
                Some(kept) => Ok(Some(Arc::clone(kept))),
                None => Ok(self.segment(articles, given_up)?.map(|segment| Arc::new(Kept { print, segment }))),
            }
        });
        let Some(made) = made.collect::<Result<Option<Vec<_>>, Error>>()? else { return Ok(None) };
        memory.0.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&made);
        let entities: Vec<_> = (0..site.archive.register.entities.len()).map(|position| entity(&site, EntityIx::new(position))).collect();
        let files = search::index(made.iter().map(|kept| &kept.segment), &entities);
        Ok((!given_up()).then_some(files))
    }

    fn segment(&self, articles: &[&Article], given_up: &(dyn Fn() -> bool + Sync)) -> Result<Option<Segment>, Error> {
        let mut texts = Vec::with_capacity(articles.len());
        for article in articles {
            if given_up() {
                return Ok(None);
            }
            let quotable = article.speaks() && article.may_be_quoted();
            texts.push(if quotable { self.canonical_text(article)? } else { String::new() });
        }
        let site = self.site();
        let documents: Vec<_> = articles.iter().zip(&texts).map(|(article, text)| document(&site, article, text)).collect();
        Ok(Some(Segment::of(&documents)))
    }

    fn canonical_text(&self, article: &Article) -> Result<String, Error> {
        let own = self.text(article)?;
        let FrontMatter::Found { body, .. } = tree::front_matter(&own) else { return Ok(String::new()) };
        Ok(read::read_body(&own, &body, std::iter::empty()).text)
    }
}

/// Everything that a segment takes from an article.
fn print_of(site: &Site<'_>, article: &Article) -> Fingerprint {
    let (lang, own) = (&article.lang, &site.archive.register.lang);
    let url = url(site, article);
    let words = format!("{url}\n{lang}\n{own}\n{}\n{}", article.speaks(), publisher(site, article).unwrap_or_default());
    article.print.then(article.sidecar_print.unwrap_or_default()).then(Fingerprint::of(words.as_bytes()))
}

fn document<'a>(site: &Site<'a>, article: &'a Article, text: &'a str) -> search::Article<'a> {
    let fact = |fact: &'a crate::archive::graph::Fact| {
        let (lang, claim) = fact.claim.pick(&article.lang, &article.lang);
        let mark = fact.mark.filter(|_| !text.is_empty());
        search::Fact { id: &fact.id, claim, lang, kind: fact.kind, status: fact.status, mark }
    };
    search::Article {
        title: &article.head.title,
        summary: article.head.summary.as_deref().filter(|_| article.speaks()).unwrap_or_default(),
        url: url(site, article).into(),
        lang: &article.lang,
        date: article.head.date.map(|date| date.day().to_string().into()),
        publisher: publisher(site, article),
        text,
        facts: article.public_facts().filter(|_| article.speaks()).map(|(_, kept)| fact(kept)).collect(),
    }
}

/// The path of an article, which lives in the tree of its language.
fn url(site: &Site<'_>, article: &Article) -> String {
    let routes = &site.plan.trees[trees::home_of(&article.lang, site.config)].routes;
    routes.url(&routes.article(&article.slug))
}

fn publisher<'a>(site: &Site<'a>, article: &'a Article) -> Option<&'a str> {
    let register = &site.archive.register;
    let word = article.head.publisher.as_deref()?;
    let name = |entity| register.entity(entity).head.name.pick(&register.lang, &register.lang).1;
    Some(register.find_entity(word).map_or(word, name))
}

fn entity<'a>(site: &Site<'a>, index: EntityIx) -> search::Entity<'a> {
    let (register, archive) = (&site.archive.register, &site.archive.index);
    let (kept, routes) = (register.entity(index), &site.plan.trees[0].routes);
    let own = &register.lang;
    let label = register.kinds.get(&kept.head.kind).map_or("", |kind| kind.label.pick(own, own).1);
    search::Entity {
        name: kept.head.name.pick(own, own).1,
        names: spoken(&kept.head.name, own),
        aliases: kept.head.aliases.iter().map(|alias| &**alias).collect(),
        lang: own,
        summaries: kept.head.summary.as_ref().map(|summary| spoken(summary, own)).unwrap_or_default(),
        kind: label,
        url: routes.url(&routes.entity(&kept.id)).into(),
        weight: archive.facts_about[index.position()].len() + archive.mentions_of[index.position()].len(),
    }
}

/// A text in each of its languages, that of the register first.
fn spoken<'w>(words: &'w crate::base::Words, own: &'w crate::base::Lang) -> Vec<(&'w crate::base::Lang, &'w str)> {
    let first = words.pick(own, own);
    let others = match words {
        crate::base::Words::One(_) => None,
        crate::base::Words::ByLang(texts) => Some(texts.iter().map(|(lang, text)| (lang, &**text))),
    };
    [first].into_iter().chain(others.into_iter().flatten().filter(|(lang, _)| *lang != first.0)).collect()
}
