//! The files of a snapshot through the parser, many at a time.

use std::ops::Range;
use std::sync::Arc;

use rapidhash::{HashMapExt, RapidHashMap, RapidHashSet};
use rayon::prelude::*;

use super::memo::{Filed, Leaf, Look, Memo, News, Reading, Shelf};
use crate::archive::entry::{Document, Entry, enter, name_again};
use crate::archive::register::Entity;
use crate::archive::standing::standings;
use crate::archive::{Register, Sheet, links, resolve};
use crate::base::slug::own_or_stem;
use crate::base::{Diagnostic, Error, Fingerprint, Outcome, Packed, SourcePath};
use crate::check::{self, rule::Case};
use crate::config::Config;
use crate::parse::bibliography::Source;
use crate::parse::data::Format;
use crate::parse::property::Properties;
use crate::parse::sidecar::Sidecar;
use crate::parse::{article, bibliography, body, entity, page, property, sidecar};
use crate::project::Progress;
use crate::source::{File, Role, Snapshot};
use crate::tree::{self, FrontMatter};

/// What files gave, and the files that gave nothing.
pub struct Read<T> {
    /// What they gave, in the order of the files.
    pub items: Vec<T>,
    /// The files that could not be read as what they are.
    pub failed: Vec<SourcePath>,
    /// What all of them held.
    pub print: Fingerprint,
}

/// Brings a shelf up to date with `files`, in parallel: `file` makes of each what it gives now, from what it gave
/// before. What is wrong with one file, or keeps it from being read, hides nothing of the others.
fn each<T: Clone + Send>(
    files: &[&File],
    shelf: &mut Shelf<T>,
    found: &mut Vec<Diagnostic>,
    file: impl Fn(&File, Option<Filed<T>>) -> Result<Filed<T>, Error> + Sync,
) -> Result<Read<T>, Error> {
    let mut old = std::mem::take(shelf);
    let known: Vec<_> = files.iter().map(|file| (*file, old.remove(&file.path))).collect();
    let filed: Vec<Result<_, Error>> = known.into_par_iter().map(|(path, known)| file(path, known)).collect();
    let mut read = Read { items: Vec::with_capacity(files.len()), failed: Vec::new(), print: Fingerprint::default() };
    let mut refused = None;
    for (file, filed) in files.iter().zip(filed) {
        match filed {
            Ok(filed) => {
                read.print = read.print.then(Fingerprint::of(file.path.as_str().as_bytes())).then(filed.own.print.unwrap_or_default());
                found.extend_from_slice(&filed.found);
                match &filed.value {
                    Some(item) => read.items.push(item.clone()),
                    None => read.failed.push(file.path.clone()),
                }
                shelf.insert(file.path.clone(), filed);
            }
            Err(error) => _ = refused.get_or_insert(error),
        }
    }
    refused.map_or(Ok(read), Err)
}

/// All files of a role, each read alone.
fn alone<T: Clone + Send>(
    reading: Reading<'_>,
    role: Role,
    shelf: &mut Shelf<T>,
    found: &mut Vec<Diagnostic>,
    parse: impl Fn(&File, &str) -> Outcome<Option<T>> + Sync,
) -> Result<Read<T>, Error> {
    let files: Vec<_> = reading.snapshot.of(role).collect();
    each(&files, shelf, found, |file, known| {
        Ok(match (reading.look(file, known.as_ref().map(|known| &known.own))?, known) {
            (Look::Same(own), Some(known)) => Filed { own, ..known },
            (Look::Same(_), None) => unreachable!("only what is known is the same"),
            (Look::Other(Leaf { seen, text, mut found }), _) => {
                let value = text.and_then(|text| parse(file, &text).settle(&mut found));
                Filed { own: seen, beside: None, value, found }
            }
        })
    })
}

/// All entities.
pub fn entities(reading: Reading<'_>, config: &Config, memo: &mut Memo, found: &mut Vec<Diagnostic>) -> Result<Read<Arc<Entity>>, Error> {
    alone(reading, Role::Entity, &mut memo.entities, found, |file, text| {
        entity::read(&file.path, text).map(|document| {
            let document = document?;
            let markdown = &text[document.body.clone()];
            let body = body::read(markdown, document.body.start, |_| false);
            Some(Arc::new(Entity {
                id: own_or_stem(document.head.id.as_deref(), &file.path),
                file: file.path.clone(),
                headings: body.headings.into(),
                written: links::pointers(&file.path, &body.links, config.markdown.unsafe_html),
                markdown: markdown.into(),
                body_start: document.body.start,
                head: document.head,
            }))
        })
    })
}

/// All plain pages.
pub fn pages(reading: Reading<'_>, config: &Config, memo: &mut Memo, found: &mut Vec<Diagnostic>) -> Result<Read<Arc<Sheet>>, Error> {
    alone(reading, Role::Page, &mut memo.pages, found, |file, text| {
        page::read(&file.path, text).map(|document| {
            let document = document?;
            let markdown = &text[document.body.clone()];
            let body = body::read(markdown, document.body.start, |_| false);
            Some(Arc::new(Sheet {
                slug: own_or_stem(document.head.slug.as_deref(), &file.path),
                lang: document.head.lang.clone().unwrap_or_else(|| config.languages[0].clone()),
                headings: body.headings.into(),
                written: links::pointers(&file.path, &body.links, config.markdown.unsafe_html),
                file: file.path.clone(),
                markdown: markdown.into(),
                body_start: document.body.start,
                head: document.head,
            }))
        })
    })
}

/// The properties, if there are any.
pub fn properties(reading: Reading<'_>, memo: &mut Memo, found: &mut Vec<Diagnostic>) -> Result<Read<Arc<Properties>>, Error> {
    alone(reading, Role::Properties, &mut memo.properties, found, |file, text| {
        property::read(&file.path, text).map(|properties| Some(Arc::new(properties)))
    })
}

/// The bibliography, if there is one.
pub fn sources(reading: Reading<'_>, memo: &mut Memo, found: &mut Vec<Diagnostic>) -> Result<Read<Arc<Vec<Source>>>, Error> {
    alone(reading, Role::Bibliography, &mut memo.sources, found, |file, text| {
        bibliography::read(&file.path, text).map(|sources| Some(Arc::new(sources)))
    })
}

/// Sidecars by the path of their article, without `.md`.
pub type Sidecars<'s> = RapidHashMap<&'s str, &'s File>;

/// Pairs sidecars with articles; those that find none are findings.
pub fn sidecars<'s>(snapshot: &'s Snapshot, found: &mut Vec<Diagnostic>) -> Sidecars<'s> {
    let articles: RapidHashSet<&str> = snapshot.of(Role::Article).filter_map(|file| file.path.as_str().strip_suffix(".md")).collect();
    let mut sidecars = Sidecars::with_capacity(articles.len());
    for file in snapshot.of(Role::Sidecar) {
        let article = article_of(&file.path);
        if !articles.contains(article) {
            found.push(resolve::stray_sidecar(&file.path, None));
        } else if let Some(first) = sidecars.get(article) {
            found.push(resolve::stray_sidecar(&file.path, Some(&first.path)));
        } else {
            sidecars.insert(article, file);
        }
    }
    sidecars
}

/// `a/b` for `a/b.facts.toml`.
pub(super) fn article_of(sidecar: &SourcePath) -> &str {
    let path = sidecar.as_str();
    path.rfind(".facts.").map_or(path, |end| &path[..end])
}

/// What articles are read against.
#[derive(Clone, Copy)]
pub struct Against<'a> {
    /// Entities, properties and sources.
    pub register: &'a Register,
    /// What the archive says about itself.
    pub config: &'a Config,
    /// What has changed in the register since the articles were last read.
    pub news: &'a News,
}

/// All articles, read against the register.
pub fn articles(
    reading: Reading<'_>,
    against: Against<'_>,
    shelf: &mut Shelf<Entry>,
    progress: &dyn Progress,
    found: &mut Vec<Diagnostic>,
) -> Result<Read<Entry>, Error> {
    let sidecars = sidecars(reading.snapshot, found);
    let files: Vec<_> = reading.snapshot.of(Role::Article).collect();
    each(&files, shelf, found, |file, known| {
        let beside = file.path.as_str().strip_suffix(".md").and_then(|article| sidecars.get(article));
        let filed = article_and_sidecar(reading, against, file, beside.copied(), known);
        progress.advance();
        filed
    })
}

fn article_and_sidecar(
    reading: Reading<'_>,
    against: Against<'_>,
    file: &File,
    beside: Option<&File>,
    known: Option<Filed<Entry>>,
) -> Result<Filed<Entry>, Error> {
    let seen_beside = |path: &SourcePath| known.as_ref()?.beside.as_ref().filter(|(known, _)| known == path).map(|(_, seen)| seen);
    let own = reading.look(file, known.as_ref().map(|known| &known.own))?;
    let side = beside.map(|beside| reading.look(beside, seen_beside(&beside.path))).transpose()?;
    let stays = matches!(own, Look::Same(_)) && !matches!(side, Some(Look::Other(_))) && !matches!(against.news, News::Ids);
    match (known, own, side) {
        (Some(known), Look::Same(own), side) if stays && known.beside.is_some() == side.is_some() => {
            let beside = beside.zip(side).and_then(|(file, side)| Some((file.path.clone(), side.seen()?)));
            rename(reading, against, file, Filed { own, beside, ..known })
        }
        (_, own, side) => {
            let own = own.open(reading, file)?;
            let side = beside.zip(side).map(|(file, side)| Ok((file, side.open(reading, file)?))).transpose()?;
            Ok(enter_leaves(against, file, own, side))
        }
    }
}

/// Looks for the register's new names in an article that has not changed.
fn rename(reading: Reading<'_>, against: Against<'_>, file: &File, mut known: Filed<Entry>) -> Result<Filed<Entry>, Error> {
    let (News::Names(renamed), Some(entry)) = (against.news, &known.value) else { return Ok(known) };
    let text = match &known.own.packed {
        Some(packed) => Some(packed.text()),
        None => reading.read(file)?.text,
    };
    let Some(text) = text else { return Ok(known) };
    let FrontMatter::Found { body, .. } = tree::front_matter(&text) else { return Ok(known) };
    let body = body::read(&text[body.clone()], body.start, |_| false);
    if renamed.concerns(&body) {
        known.value = Some(name_again(against.register, Arc::clone(&entry.kept), &body, against.config.links.autolink));
    }
    Ok(known)
}

fn enter_leaves(against: Against<'_>, file: &File, own: Leaf, side: Option<(&File, Leaf)>) -> Filed<Entry> {
    let Leaf { seen, text, mut found } = own;
    let article = text.as_ref().and_then(|text| article::read(&file.path, text).settle(&mut found));
    let mut beside = None;
    let facts = side.map(|(file, leaf)| {
        found.extend(leaf.found);
        beside = Some((file.path.clone(), leaf.seen));
        (file.path.clone(), leaf.text.and_then(|text| facts(&file.path, &text).settle(&mut found)))
    });
    // With a sidecar that cannot be read at all, what refers to its facts has nothing to say.
    let value = match (article, text, facts) {
        (Some(article), Some(text), None) => Some((article, text, None)),
        (Some(article), Some(text), Some((path, Some(facts)))) => Some((article, text, Some((path, facts)))),
        _ => None,
    };
    let value = value.map(|(article, text, sidecar)| {
        let facts = sidecar.as_ref().map(|(_, sidecar)| &*sidecar.facts).unwrap_or_default();
        let body = read_body(&text, &article.body, facts.iter().map(|fact| &*fact.id));
        let (print, sidecar_print) = (seen.print.unwrap_or_default(), beside.as_ref().and_then(|(_, seen)| seen.print));
        let beside_packed = beside.as_ref().and_then(|(_, seen)| seen.packed.clone());
        let texts = seen.packed.clone().map(|own| (own, beside_packed));
        let document = Document { file: file.path.clone(), print, sidecar_print, texts, head: article.head, body, sidecar };
        enter_document(against, document, &mut found)
    });
    Filed { own: seen, beside, value, found }
}

/// Finds the words of the article's facts, looks at it by the editorial rules, and reads it against the register.
fn enter_document(against: Against<'_>, document: Document<'_>, found: &mut Vec<Diagnostic>) -> Entry {
    let Against { register, config, .. } = against;
    let (sidecar, facts) = document.sidecar.as_ref().map_or((&document.file, [].as_slice()), |(file, sidecar)| (file, &*sidecar.facts));
    let lang = document.head.lang.as_ref().unwrap_or(&register.lang);
    let standings = standings(&document, lang).settle(found);
    let Document { file, head, body, .. } = &document;
    check::article(&Case { register, config, file, lang, head, body, sidecar, facts, standings: &standings }, found);
    enter(register, document, &standings, config.links.autolink, config.markdown.unsafe_html).settle(found)
}

/// A sidecar's facts; without any the file is not what it should be.
pub fn facts(file: &SourcePath, text: &str) -> Outcome<Option<Sidecar>> {
    match Format::of_extension(file.name()) {
        Some(format) => sidecar::read(file, text, format),
        None => Outcome::clean(None),
    }
}

/// The text of a file that has been read before: where texts are kept the kept one, else what the disk holds. It must be
/// what was read then.
pub fn same_text(snapshot: &Snapshot, file: &SourcePath, kept: Option<&Packed>, print: Option<Fingerprint>) -> Result<String, Error> {
    let read = || snapshot.get(file.as_str()).map(|listed| snapshot.read(listed)).transpose();
    let text = match kept {
        Some(packed) => Some(packed.text()),
        None => read()?.and_then(|text| text.value),
    };
    let same = text.filter(|text| Some(Fingerprint::of(text.as_bytes())) == print);
    same.ok_or_else(|| changed(snapshot, file))
}

/// A file of which something was read already holds something else by now.
pub fn changed(snapshot: &Snapshot, file: &SourcePath) -> Error {
    Error::new("use", snapshot.full_path(file), std::io::Error::other("it has changed since it was read; try again"))
}

/// A sidecar's facts, which have been read and checked before.
pub fn facts_again(file: &SourcePath, text: &str) -> Box<[sidecar::Fact]> {
    let format = Format::of_extension(file.name());
    let read = format.and_then(|format| sidecar::read_unchecked(file, text, format).value);
    read.map(|sidecar| sidecar.facts).unwrap_or_default()
}

/// An article's body. The ids of notes and marks are taken: no heading gets one of them.
pub fn read_body<'t, 'f>(text: &'t str, range: &Range<usize>, facts: impl Iterator<Item = &'f str>) -> body::Body<'t> {
    let ids: RapidHashSet<&str> = facts.collect();
    body::read(&text[range.clone()], range.start, |id| ids.contains(id) || id.strip_prefix("q-").is_some_and(|id| ids.contains(id)))
}
