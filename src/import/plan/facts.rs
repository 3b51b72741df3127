//! Facts to add to articles that the archive has: their quotes found, their references looked up. A quote that does not
//! stand in the article, or in two places of it, makes no fact.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::draft::Fact;
use super::super::toml::{Item, Keys};
use super::{Home, Names, Plan, already, article_of, property, short, sidecars};
use crate::archive::Article;
use crate::archive::anchor::{Found, Haystack};
use crate::base::{Code, Diagnostic};
use crate::edit::requote::requote;
use crate::parse::body;
use crate::parse::sidecar::Anchor;
use crate::tree::{self, FrontMatter};

/// A fact that has its place.
pub struct Settled {
    /// As it was read.
    pub fact: Fact,
    /// Its id, which no other of the article has.
    pub id: String,
    /// The words that make it, as they stand in the article.
    pub anchor: Anchor,
}

/// Adds the facts that the archive does not have.
pub fn add(facts: Vec<Fact>, home: Home<'_>, names: &Names<'_>, plan: &mut Plan, found: &mut Vec<Diagnostic>) {
    let mut of_article: BTreeMap<&str, (&Article, Vec<Fact>)> = BTreeMap::new();
    for fact in facts {
        match article_of(home, &fact.of) {
            Some(article) => of_article.entry(article.file.as_str()).or_insert((article, Vec::new())).1.push(fact),
            None => found.push(
                Diagnostic::warning(Code::UnknownReference, fact.from.clone(), "the archive has no article of this fact: it is left out")
                    .help("give the article the address of the original as its `url`, or name it by its slug".to_owned()),
            ),
        }
    }
    for (article, facts) in of_article.into_values() {
        let settled = settle(article, facts, names, found);
        sidecars::add(article, &settled, home, plan, found);
    }
}

fn settle(article: &Article, facts: Vec<Fact>, names: &Names<'_>, found: &mut Vec<Diagnostic>) -> Vec<Settled> {
    let Some(own) = (names.home.text)(&article.file) else { return Vec::new() };
    let FrontMatter::Found { body, .. } = tree::front_matter(&own) else { return Vec::new() };
    let text = body::read(&own[body.clone()], body.start, |_| false).text;
    let haystack = Haystack::new(&text, &article.lang);
    let mut ids: BTreeSet<String> = article.facts.iter().map(|fact| fact.id.to_string()).collect();
    let mut settled = Vec::new();
    for mut fact in facts {
        let wanted = short(&fact.id).trim_start_matches('_').to_owned();
        let wanted = if wanted.is_empty() { "fact".to_owned() } else { wanted };
        if fact.is_named && article.facts.iter().any(|there| *there.id == *wanted) {
            found.push(already(&format!("`{wanted}`"), article.sidecar.as_ref().unwrap_or(&article.file), &fact.from));
            continue;
        }
        let anchor = match place(&haystack, &text, &fact) {
            Ok(anchor) => anchor,
            Err(why) => {
                let message = format!("the quote {why} `{}`: the fact is left out", article.file);
                found.push(Diagnostic::warning(Code::AnchorOrphan, fact.from, message).help("add it by hand".to_owned()));
                continue;
            }
        };
        if has_same(article, &fact, &haystack, &anchor) {
            found.push(already(&format!("`{wanted}`"), article.sidecar.as_ref().unwrap_or(&article.file), &fact.from));
            continue;
        }
        let numbered = std::iter::once(wanted.clone()).chain((2_usize..).map(|number| format!("{wanted}-{number}")));
        let id = numbered.into_iter().find(|id| !ids.contains(id)).unwrap_or_default();
        ids.insert(id.clone());
        refer(&mut fact, names, found);
        settled.push(Settled { fact, id, anchor });
    }
    settled
}

/// Whether the article has a fact on the same words with the same claim.
fn has_same(article: &Article, fact: &Fact, haystack: &Haystack<'_>, anchor: &Anchor) -> bool {
    let Found::At(range) = haystack.find(anchor) else { return false };
    let claim = fact.keys.iter().find_map(|(key, item)| match item {
        Item::Text(claim) if *key == "claim" => Some(claim.as_str()),
        _ => None,
    });
    article.facts.iter().any(|there| {
        let same_words = there.mark.is_some_and(|(start, end)| (start as usize..end as usize) == range);
        same_words && claim.is_some_and(|claim| there.claim.all().any(|known| known == claim))
    })
}

/// The anchor of a fact: as it was given where it fits, else made anew for the one place where the words stand. A context
/// may be that of another page of the same text, with its menus and captions.
fn place(haystack: &Haystack<'_>, text: &str, fact: &Fact) -> Result<Anchor, &'static str> {
    let anew = |range: &Range<usize>| requote(haystack, text, range, &fact.anchor).ok_or("cannot be told from others in");
    let alone = Anchor { prefix: None, suffix: None, ..fact.anchor.clone() };
    let found = match haystack.find(&fact.anchor) {
        Found::At(_) => return Ok(fact.anchor.clone()),
        Found::Moved(moved) if moved.differences.is_empty() => return anew(&moved.range),
        found @ Found::Ambiguous(_) => found,
        _ => haystack.find(&alone),
    };
    match found {
        Found::At(range) => anew(&range),
        Found::Ambiguous(ranges) => {
            let starts = |at: usize| fact.position.is_some_and(|(start, _)| text[..at].chars().count() == start);
            let meant = ranges.into_iter().find(|range| starts(range.start));
            meant.map_or(Err("stands more than once in"), |range| anew(&range))
        }
        Found::Moved(moved) if moved.differences.is_empty() => anew(&moved.range),
        Found::Moved(_) => Err("says something else than"),
        Found::Absent(_) | Found::Within(_) | Found::Elsewhere(_) | Found::Fewer { .. } => Err("does not stand in"),
    }
}

/// Gives entities and properties their ids here, and takes out what leads nowhere.
fn refer(fact: &mut Fact, names: &Names<'_>, found: &mut Vec<Diagnostic>) {
    let mut unknown = |what: &str, id: &str| {
        let message = format!("the archive has no {what} `{id}`: it is left out of the fact");
        found.push(Diagnostic::warning(Code::UnknownReference, fact.from.clone(), message));
    };
    let mut keeps_statement = true;
    for (key, item) in &mut fact.keys {
        match (*key, item) {
            ("subject" | "object", Item::Text(id)) if !id.is_empty() => {
                keeps_statement &= renamed(id, "entity", names.entity(id).map(str::to_owned), &mut unknown);
            }
            ("property", Item::Text(id)) if !id.is_empty() => {
                keeps_statement &= renamed(id, "property", property(names.home, id).map(str::to_owned), &mut unknown);
            }
            ("about", Item::List(ids)) => ids.retain_mut(|item| match item {
                Item::Text(id) => renamed(id, "entity", names.entity(id).map(str::to_owned), &mut unknown),
                _ => true,
            }),
            ("evidence", Item::List(pieces)) => pieces.retain_mut(|piece| match piece {
                Item::Table(keys) => has_source(keys, |key| names.home.archive.register.find_source(key).is_some(), &mut unknown),
                _ => true,
            }),
            _ => {}
        }
    }
    if !keeps_statement {
        fact.keys.retain(|(key, _)| !["subject", "property", "object"].contains(key));
    }
}

/// Whether there is such a thing; then it is called by its id here.
fn renamed(word: &mut String, what: &str, own: Option<String>, unknown: &mut impl FnMut(&str, &str)) -> bool {
    let Some(own) = own else {
        unknown(what, word);
        return false;
    };
    *word = own;
    true
}

/// Whether a piece of evidence still names where it stands, once an unknown source is taken out.
fn has_source(keys: &mut Keys, is_known: impl Fn(&str) -> bool, unknown: &mut impl FnMut(&str, &str)) -> bool {
    keys.retain(|(key, item)| match item {
        Item::Text(source) if *key == "source" && !source.is_empty() && !is_known(source) => {
            unknown("source", source);
            false
        }
        _ => true,
    });
    keys.iter().any(|(key, item)| ["source", "url"].contains(key) && !item.is_empty())
}
