//! The files of a snapshot through the parser, many at a time.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::archive::entry::{Document, Entry, enter};
use crate::archive::register::Entity;
use crate::archive::{Page, Register, Showing, resolve};
use crate::base::slug::own_or_stem;
use crate::base::{Diagnostic, Error, Fingerprint, Outcome, SourcePath};
use crate::config::Config;
use crate::parse::article::State;
use crate::parse::bibliography::Source;
use crate::parse::data::Format;
use crate::parse::property::Properties;
use crate::parse::sidecar::Sidecar;
use crate::parse::{article, bibliography, body, entity, page, property, sidecar};
use crate::project::Progress;
use crate::source::{File, Role, Snapshot};

/// A file's text; findings go to `found`.
pub fn text(snapshot: &Snapshot, file: &File, found: &mut Vec<Diagnostic>) -> Result<Option<String>, Error> {
    Ok(snapshot.read(file)?.settle(found))
}

/// What files gave, and the files that gave nothing.
pub struct Read<T> {
    /// What they gave, in the order of the files.
    pub items: Vec<T>,
    /// The files that could not be read as what they are.
    pub failed: Vec<SourcePath>,
}

fn gather<T>(outcomes: Vec<(SourcePath, Outcome<Option<T>>)>, found: &mut Vec<Diagnostic>) -> Read<T> {
    let mut read = Read { items: Vec::with_capacity(outcomes.len()), failed: Vec::new() };
    for (path, outcome) in outcomes {
        match outcome.settle(found) {
            Some(item) => read.items.push(item),
            None => read.failed.push(path),
        }
    }
    read
}

/// Reads all files of a role with `parse`, in parallel; the order is that of the files.
fn each<T: Send>(
    snapshot: &Snapshot,
    role: Role,
    found: &mut Vec<Diagnostic>,
    parse: impl Fn(&File, &str) -> Result<Outcome<Option<T>>, Error> + Sync,
) -> Result<Read<T>, Error> {
    let files: Vec<_> = snapshot.of(role).collect();
    let read = |file: &&File| {
        let mut own = Vec::new();
        let value = match text(snapshot, file, &mut own)? {
            Some(text) => parse(file, &text)?.settle(&mut own),
            None => None,
        };
        Ok((file.path.clone(), Outcome::new(value, own)))
    };
    let outcomes: Vec<Result<_, Error>> = files.par_iter().map(read).collect();
    let mut refused = None;
    let read = outcomes.into_iter().filter_map(|outcome| outcome.map_err(|error| _ = refused.get_or_insert(error)).ok()).collect();
    // What is wrong with the other files is said all the same.
    let gathered = gather(read, found);
    refused.map_or(Ok(gathered), Err)
}

/// All entities.
pub fn entities(snapshot: &Snapshot, found: &mut Vec<Diagnostic>) -> Result<Read<Entity>, Error> {
    each(snapshot, Role::Entity, found, |file, text| {
        let Outcome { value, diagnostics } = entity::read(&file.path, text);
        let entity = value.map(|document| Entity {
            id: own_or_stem(document.head.id.as_deref(), &file.path),
            file: file.path.clone(),
            markdown: text[document.body.clone()].into(),
            body_start: document.body.start,
            head: document.head,
        });
        Ok(Outcome::new(entity, diagnostics))
    })
}

/// All plain pages.
pub fn pages(snapshot: &Snapshot, config: &Config, showing: Showing, found: &mut Vec<Diagnostic>) -> Result<Read<Page>, Error> {
    each(snapshot, Role::Page, found, |file, text| {
        let Outcome { value, diagnostics } = page::read(&file.path, text);
        let page = value.map(|document| {
            let markdown = &text[document.body.clone()];
            Page {
                slug: own_or_stem(document.head.slug.as_deref(), &file.path),
                lang: document.head.lang.clone().unwrap_or_else(|| config.languages[0].clone()),
                // A page has no notice to show in place of its text, as an article has.
                shown: document.head.state != State::Withdrawn && showing.shows(document.head.state, None),
                headings: body::read(markdown, document.body.start, |_| false).headings.into(),
                links: Box::default(),
                file: file.path.clone(),
                markdown: markdown.into(),
                body_start: document.body.start,
                head: document.head,
            }
        });
        Ok(Outcome::new(page, diagnostics))
    })
}

/// The properties, if there are any.
pub fn properties(snapshot: &Snapshot, found: &mut Vec<Diagnostic>) -> Result<Properties, Error> {
    let read = each(snapshot, Role::Properties, found, |file, text| {
        let Outcome { value, diagnostics } = property::read(&file.path, text);
        Ok(Outcome::new(Some(value), diagnostics))
    })?;
    Ok(read.items.into_iter().flatten().collect())
}

/// The bibliography, if there is one.
pub fn sources(snapshot: &Snapshot, found: &mut Vec<Diagnostic>) -> Result<Vec<Source>, Error> {
    let read = each(snapshot, Role::Bibliography, found, |file, text| {
        let Outcome { value, diagnostics } = bibliography::read(&file.path, text);
        Ok(Outcome::new(Some(value), diagnostics))
    })?;
    Ok(read.items.into_iter().flatten().collect())
}

/// Sidecars by the path of their article, without `.md`.
pub type Sidecars<'s> = BTreeMap<&'s str, &'s File>;

/// Pairs sidecars with articles; those that find none are findings.
pub fn sidecars<'s>(snapshot: &'s Snapshot, found: &mut Vec<Diagnostic>) -> Sidecars<'s> {
    let mut sidecars = Sidecars::new();
    for file in snapshot.of(Role::Sidecar) {
        let article = article_of(&file.path);
        if snapshot.get(&format!("{article}.md")).is_none() {
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
fn article_of(sidecar: &SourcePath) -> &str {
    let path = sidecar.as_str();
    path.rfind(".facts.").map_or(path, |end| &path[..end])
}

/// All articles, read against the register.
pub fn articles(
    snapshot: &Snapshot,
    config: &Config,
    register: &Register,
    showing: Showing,
    progress: &dyn Progress,
    found: &mut Vec<Diagnostic>,
) -> Result<Read<Entry>, Error> {
    let sidecars = sidecars(snapshot, found);
    each(snapshot, Role::Article, found, |file, text| {
        let mut own = Vec::new();
        let article = article::read(&file.path, text).settle(&mut own);
        let print = Fingerprint::of(text.as_bytes());
        let beside = file.path.as_str().strip_suffix(".md").and_then(|article| sidecars.get(article));
        let (facts, print) = match beside {
            Some(beside) => {
                let (facts, own_print) = sidecar(snapshot, beside, &mut own)?;
                (Some((beside.path.clone(), facts)), print.then(own_print))
            }
            None => (None, print),
        };
        progress.advance();
        // With a sidecar that cannot be read at all, what refers to its facts has nothing to say.
        let (Some(article), false) = (article, matches!(facts, Some((_, None)))) else { return Ok(Outcome::new(None, own)) };
        let facts = facts.and_then(|(path, facts)| Some((path, facts?)));
        let body = read_body(text, &article.body, facts.as_ref().map(|(_, sidecar)| &*sidecar.facts).unwrap_or_default());
        let document = Document { file: file.path.clone(), print, head: article.head, body, sidecar: facts };
        let entry = enter(register, document, showing, config.links.autolink).settle(&mut own);
        Ok(Outcome::new(Some(entry), own))
    })
}

/// A sidecar's facts, and what the file held. Without facts the file is not what it should be.
pub fn sidecar(snapshot: &Snapshot, file: &File, found: &mut Vec<Diagnostic>) -> Result<(Option<Sidecar>, Fingerprint), Error> {
    let Some(text) = text(snapshot, file, found)? else { return Ok((None, Fingerprint::default())) };
    let facts = Format::of_extension(file.path.name()).and_then(|format| sidecar::read(&file.path, &text, format).settle(found));
    Ok((facts, Fingerprint::of(text.as_bytes())))
}

/// An article's body. The ids of notes and marks are taken: no heading gets one of them.
pub fn read_body<'t>(text: &'t str, range: &std::ops::Range<usize>, facts: &[sidecar::Fact]) -> body::Body<'t> {
    let ids: std::collections::HashSet<&str> = facts.iter().map(|fact| &*fact.id).collect();
    body::read(&text[range.clone()], range.start, |id| ids.contains(id) || id.strip_prefix("q-").is_some_and(|id| ids.contains(id)))
}
