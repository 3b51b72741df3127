//! Facts into the sidecar of their article: a new file, or blocks at the end of one in TOML, with its own line ends. All
//! that it held stays as it was.

use super::super::toml::{self, Item, Keys};
use super::facts::Settled;
use super::{Grown, Home, New, Plan};
use crate::archive::Article;
use crate::base::{Code, Diagnostic, Place, SourcePath, Spot};
use crate::parse::sidecar::{self, Anchor};
use crate::tree::{self, Format};

/// Puts the facts of an article where they belong.
pub fn add(article: &Article, facts: &[Settled], home: Home<'_>, plan: &mut Plan, found: &mut Vec<Diagnostic>) {
    let Some(first) = facts.first().map(|settled| settled.fact.from.clone()) else { return };
    let blocks: Vec<String> = facts.iter().map(block).collect();
    let blocks = blocks.join("\n");
    if !proofread(facts, &blocks, found) {
        return;
    }
    let Some(there) = &article.sidecar else {
        let file = SourcePath::new(format!("{}/{}.facts.toml", article.file.folder(), article.file.stem()));
        plan.new.push(New { file, text: blocks });
        return;
    };
    if Format::of_extension(there.name()) != Some(Format::Toml) {
        let message = format!("`{there}` is no TOML: no facts are added to it");
        let help = "write it anew as `.facts.toml`, or add by hand what `--dry-run` shows of an archive without it".to_owned();
        found.push(Diagnostic::warning(Code::Sidecar, first, message).help(help).related(Place::whole(there), "here"));
        return;
    }
    let (Some(held), Some(before)) = ((home.text)(there), article.sidecar_print) else { return };
    let Some((text, from)) = grown(&held, &blocks) else {
        let message = format!("nothing can be added at the end of `{there}`");
        let help = "begin each of its facts with a line `[[facts]]`, then import again".to_owned();
        found.push(Diagnostic::error(Code::Syntax, first, message).help(help).related(Place::whole(there), "here"));
        return;
    };
    plan.grown.push(Grown { file: there.clone(), before, text, from });
}

/// A sidecar with blocks behind it, and where these begin; `None` where it would not read as it did, with more facts.
fn grown(held: &str, blocks: &str) -> Option<(String, usize)> {
    let line_end = if held.contains("\r\n") { "\r\n" } else { "\n" };
    let mut text = held.to_owned();
    let is_bare = held[tree::skip_bom(held)..].is_empty();
    if !is_bare && !held.ends_with('\n') {
        text.push_str(line_end);
    }
    if !is_bare {
        text.push_str(line_end);
    }
    text.push_str(&blocks.replace('\n', line_end));
    let facts = |text: &str| {
        let read = sidecar::read(&SourcePath::new("grown.facts.toml"), text, Format::Toml);
        let errors = read.diagnostics.iter().filter(|found| found.is_error()).count();
        read.value.map(|sidecar| (sidecar.facts.len(), errors))
    };
    let (before, after, added) = (facts(held)?, facts(&text)?, facts(blocks)?);
    (after == (before.0 + added.0, before.1)).then_some((text, held.len()))
}

fn block(settled: &Settled) -> String {
    let keys = &settled.fact.keys;
    let is_first = |key: &str| ["kind", "claim"].contains(&key);
    let mut all: Keys = vec![("id", Item::text(&*settled.id))];
    all.extend(keys.iter().filter(|(key, _)| is_first(key)).cloned());
    all.push(("anchor", anchor(&settled.anchor)));
    all.extend(keys.iter().filter(|(key, _)| !is_first(key)).cloned());
    format!("[[facts]]\n{}", toml::lines(&all))
}

fn anchor(anchor: &Anchor) -> Item {
    let text = |words: &Option<Box<str>>| Item::text(words.as_deref().unwrap_or_default());
    let occurrence = anchor.occurrence.map_or_else(|| Item::text(""), |number| Item::Bare(number.to_string()));
    Item::Table(vec![
        ("exact", Item::text(&*anchor.exact)),
        ("prefix", text(&anchor.prefix)),
        ("suffix", text(&anchor.suffix)),
        ("occurrence", occurrence),
    ])
}

/// Whether the blocks read as facts; what does not is an error at the place from which the fact comes.
fn proofread(facts: &[Settled], blocks: &str, found: &mut Vec<Diagnostic>) -> bool {
    let read = sidecar::read(&SourcePath::new("import.facts.toml"), blocks, Format::Toml);
    let mut fine = true;
    for wrong in read.diagnostics.into_iter().filter(Diagnostic::is_error) {
        let position = match &wrong.place.spot {
            Spot::Data(path) => path.in_fact().map_or(0, |(position, _)| position),
            _ => 0,
        };
        let Some(settled) = facts.get(position).or(facts.first()) else { continue };
        let message = format!("the fact `{}` could not be made of it: {}", settled.id, wrong.message);
        found.push(Diagnostic { place: settled.fact.from.clone(), message, related: Vec::new(), ..wrong });
        fine = false;
    }
    fine
}
