//! Quotes that moved, and the sidecars with the words as they stand now. Nothing is re-anchored without an editor's word:
//! what was found again is only shown, till it is accepted. Checks are never touched: they were made against the old words.

use std::collections::{BTreeMap, BTreeSet};

use super::{Loaded, read};
use crate::archive::anchor::{Found, Haystack, Moved};
use crate::archive::{Article, digest, sentence};
use crate::base::{DataPath, Error, Fingerprint, Place, SourcePath};
use crate::edit::requote::{changes, requote};
use crate::edit::{Change, patch};
use crate::parse::body::Body;
use crate::parse::sidecar::{Anchor, Fact};
use crate::prose::Difference;
use crate::source::{self, Saved};
use crate::tree::{self, Format, FrontMatter};

/// A quote that does not stand as it was given.
#[derive(Debug, Clone)]
pub struct Shift {
    /// The article's slug.
    pub article: Box<str>,
    /// The fact's id.
    pub fact: Box<str>,
    /// Where the quote is given.
    pub quoted_at: Place,
    /// Where its words are now, or the nearest to them.
    pub now_at: Option<Place>,
    /// What became of it.
    pub became: Became,
    /// How like the words are, and those around them, from 0 to 1.
    pub likeness: Option<(f64, Option<f64>)>,
    /// The words as they were quoted.
    pub was: String,
    /// The words as they are now.
    pub now: Option<String>,
    /// What makes of the old anchor the one that it would be now.
    changes: Vec<Change>,
    /// What the sidecar held.
    held: Fingerprint,
}

/// What became of a quote.
#[derive(Debug, Clone, PartialEq)]
pub enum Became {
    /// It was reworded, or what stands around it was, and it says the same.
    Drifted,
    /// It says something else in these respects.
    Changed(Vec<Difference>),
    /// It is not there, or could be in more than one place.
    Lost,
}

/// Where a fact stands, and the digests that a check of it may be made against.
#[derive(Debug)]
pub struct Footing {
    /// Its words, if they are in the article.
    pub words: Option<String>,
    /// The sentence that holds them.
    pub sentence: Option<String>,
    /// The digest of the article's canonical text.
    pub text: String,
}

/// A sidecar with new quotes.
#[derive(Debug)]
pub struct Rewritten {
    /// The sidecar.
    pub file: SourcePath,
    /// What it held.
    before: Fingerprint,
    /// What it is to hold.
    text: String,
}

impl Shift {
    /// Whether there are words that could take the old ones' place.
    pub fn can_be_accepted(&self) -> bool {
        !self.changes.is_empty()
    }
}

impl Loaded {
    /// The article with this slug, or with this file or sidecar.
    pub fn find_article(&self, word: &str) -> Option<&Article> {
        let archive = self.archive.as_ref()?;
        let by_slug = || archive.index.article_of.get(word).map(|index| archive.article(*index));
        let is_file =
            |article: &&Article| article.file.as_str() == word || article.sidecar.as_ref().is_some_and(|file| file.as_str() == word);
        by_slug().or_else(|| archive.articles.iter().find(is_file))
    }

    /// The quotes that do not stand as they were given, in the order of the articles.
    pub fn shifts(&self) -> Result<Vec<Shift>, Error> {
        let Some(archive) = &self.archive else { return Ok(Vec::new()) };
        let moved = self.diagnostics.iter().filter(|found| found.code.is_promise()).map(|found| &found.place.file);
        let moved: BTreeSet<&SourcePath> = moved.collect();
        let mut shifts = Vec::new();
        for article in archive.articles.iter().filter(|article| article.sidecar.as_ref().is_some_and(|file| moved.contains(file))) {
            shifts.extend(self.shifts_of(article)?);
        }
        Ok(shifts)
    }

    /// Where a fact of an article stands; `None` when there is no such fact.
    pub fn standing(&self, article: &Article, fact: &str) -> Result<Option<Footing>, Error> {
        let Some(mark) = article.facts.iter().find(|known| *known.id == *fact).map(|known| known.mark) else { return Ok(None) };
        let footing = self.opened(article, |body, _| {
            let range = mark.map(|(start, end)| start as usize..end as usize);
            Footing {
                words: range.as_ref().map(|range| body.text[range.clone()].to_owned()),
                sentence: range.as_ref().map(|range| body.text[sentence::whole(&body.text, range)].to_owned()),
                text: digest::of(&body.text),
            }
        })?;
        Ok(footing)
    }

    fn shifts_of(&self, article: &Article) -> Result<Vec<Shift>, Error> {
        Ok(self.opened(article, |body, facts| moved(article, body, facts))?.unwrap_or_default())
    }

    /// Reads an article and its sidecar again.
    fn opened<R>(&self, article: &Article, look: impl FnOnce(&Body<'_>, &[Fact]) -> R) -> Result<Option<R>, Error> {
        let Some(sidecar) = &article.sidecar else { return Ok(None) };
        let Some(snapshot) = &self.snapshot else { return Ok(None) };
        let own = read::same_text(snapshot, &article.file, None, Some(article.print))?;
        let facts = read::facts_again(sidecar, &read::same_text(snapshot, sidecar, None, article.sidecar_print)?);
        let FrontMatter::Found { body, .. } = tree::front_matter(&own) else { return Ok(None) };
        let body = read::read_body(&own, &body, facts.iter().map(|fact| &*fact.id));
        Ok(Some(look(&body, &facts)))
    }

    /// The sidecars as they are to be when these quotes are taken as they stand now. The error says which file cannot be
    /// changed, and why.
    pub fn rewritten(&self, accepted: &[&Shift]) -> Result<Vec<Rewritten>, String> {
        let mut by_file: BTreeMap<(&SourcePath, Fingerprint), Vec<Change>> = BTreeMap::new();
        for shift in accepted {
            by_file.entry((&shift.quoted_at.file, shift.held)).or_default().extend(shift.changes.iter().cloned());
        }
        let Some(snapshot) = &self.snapshot else { return Ok(Vec::new()) };
        let rewrite = |((file, held), changes): ((&SourcePath, Fingerprint), Vec<Change>)| {
            let text = read::same_text(snapshot, file, None, Some(held)).map_err(|error| error.to_string())?;
            let format = Format::of_extension(file.name()).ok_or_else(|| format!("`{file}` is no sidecar"))?;
            let new = patch(&text, format, &changes).map_err(|refusal| {
                let help = refusal.help.map(|help| format!("; {help}")).unwrap_or_default();
                format!("`{file}` cannot be changed at `{}`: {refusal}{help}", refusal.path)
            })?;
            Ok(Rewritten { file: file.clone(), before: held, text: new })
        };
        by_file.into_iter().map(rewrite).collect()
    }

    /// Puts a sidecar into the place of the one that was read.
    pub fn save(&self, rewritten: &Rewritten) -> Result<Saved, Error> {
        let snapshot = self.snapshot.as_ref();
        match snapshot.and_then(|snapshot| Some((snapshot, snapshot.get(rewritten.file.as_str())?))) {
            Some((snapshot, file)) => source::save(snapshot, file, rewritten.before, &rewritten.text),
            None => Ok(Saved::ChangedMeanwhile),
        }
    }
}

/// The quotes of an article that do not stand as they were given.
fn moved(article: &Article, body: &Body<'_>, facts: &[Fact]) -> Vec<Shift> {
    let Some(sidecar) = &article.sidecar else { return Vec::new() };
    let haystack = Haystack::new(&body.text, &article.lang);
    let here = |moved: &Moved| Place::bytes(&article.file, body.source_of(&moved.range));
    let shift = |(position, fact): (usize, &Fact)| {
        let (became, moved) = match haystack.find(&fact.anchor) {
            Found::At(_) => return None,
            Found::Moved(moved) if moved.differences.is_empty() => (Became::Drifted, Some(moved)),
            Found::Moved(moved) => (Became::Changed(moved.differences.clone()), Some(moved)),
            Found::Absent(nearest) => (Became::Lost, nearest),
            Found::Ambiguous(_) | Found::Within(_) | Found::Elsewhere(_) | Found::Fewer { .. } => (Became::Lost, None),
        };
        let place = moved.as_ref().filter(|_| became != Became::Lost).map(|moved| &moved.range);
        let new = place.and_then(|place| requote(&haystack, &body.text, place, &fact.anchor));
        let (was, now) = words(&fact.anchor, new.as_ref());
        Some(Shift {
            article: article.slug.clone(),
            fact: fact.id.clone(),
            quoted_at: Place::data(sidecar, DataPath::root().key("facts").index(position).key("anchor").key("exact")),
            now_at: moved.as_ref().map(here),
            likeness: moved.as_ref().map(|moved| (moved.quote, moved.context)),
            now: now.or_else(|| moved.map(|moved| body.text[moved.range].to_owned())),
            was,
            held: article.sidecar_print.unwrap_or_default(),
            changes: new.map(|new| changes(position, &fact.anchor, &new)).unwrap_or_default(),
            became,
        })
    };
    facts.iter().enumerate().filter_map(shift).collect()
}

/// The words of an anchor and of the one that takes its place; with what stands around them where they are the same.
fn words(old: &Anchor, new: Option<&Anchor>) -> (String, Option<String>) {
    let with_context = |anchor: &Anchor| {
        let [before, after] = [&anchor.prefix, &anchor.suffix].map(|words| words.as_deref().unwrap_or_default());
        format!("{before}[{}]{after}", anchor.exact)
    };
    match new {
        Some(new) if new.exact == old.exact => (with_context(old), Some(with_context(new))),
        new => (old.exact.to_string(), new.map(|new| new.exact.to_string())),
    }
}
