//! A folder of Markdown with front matter, as Obsidian, Hugo, Zola and Jekyll keep it, as articles. The words stay as they
//! are; front matter is written anew, and links between the texts follow them to their new places. What runs is refused.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::Event;

use super::Foreign;
use super::draft::{Article, Drafts, Link, Target};
use super::front::Front;
use crate::base::slug::slugify;
use crate::base::{Code, Diagnostic, Outcome, Place, SourcePath};
use crate::parse::body::{self, Body, LinkKind, LinkUse};

/// No text for people nests deeper.
const DEEPEST: usize = 100;

/// Reads texts of one folder, which may link to each other.
pub fn read(texts: &[Foreign]) -> Outcome<Drafts> {
    let (mut articles, mut found) = (Vec::new(), Vec::new());
    let mut unmapped = Unmapped::new();
    for text in texts {
        if text.inner.stem() == "_index" {
            let message = "a list of other texts has no counterpart here, and is left out";
            found.push(Diagnostic::warning(Code::UnknownKey, Place::whole(&text.file), message));
            continue;
        }
        match article(text, &mut unmapped, &mut found) {
            Ok(article) => articles.push(article),
            Err(refused) => found.push(refused),
        }
    }
    for (key, (place, files)) in unmapped {
        let places = if files == 1 { String::new() } else { format!(" of {files} files") };
        found.push(Diagnostic::warning(Code::UnknownKey, place, format!("`{key}` has no counterpart here, and is left out{places}")));
    }
    Outcome::new(Drafts { articles, ..Drafts::default() }, found)
}

/// Keys without a counterpart: where each stands first, and in how many files.
pub type Unmapped = BTreeMap<String, (Place, usize)>;

fn article(foreign: &Foreign, unmapped: &mut Unmapped, found: &mut Vec<Diagnostic>) -> Result<Article, Diagnostic> {
    let mut front = Front::read(foreign, unmapped)?;
    let (heading, start) = first_heading(&foreign.text, front.body);
    let from = if front.title.is_none() || front.title == heading { start } else { front.body };
    let title = front.title.take().or(heading).unwrap_or_else(|| foreign.inner.stem().to_owned());
    let markdown = &foreign.text[from..];
    let body = body::read(markdown, from, |_| false);
    refuse_what_runs(foreign, from, &body)?;
    warn_of_macros(&foreign.file, &body, found);
    let links = body.links.iter().filter_map(|link| link_of(foreign, from, link, found)).collect();
    let called = [foreign.inner.as_str(), foreign.inner.stem(), &title].into_iter().map(str::to_owned).chain(front.names.clone()).collect();
    Ok(Article {
        from: Place::whole(&foreign.file),
        name: front.name(&foreign.inner),
        year: front.year(),
        url: front.url.clone(),
        keys: front.into_keys(&title),
        body: markdown.to_owned(),
        called,
        headings: body.headings.into_iter().map(|heading| heading.id).collect(),
        links,
    })
}

/// A heading of the first level with which a text begins, and where the text goes on behind it.
fn first_heading(text: &str, start: usize) -> (Option<String>, usize) {
    let blank = text[start..].len() - text[start..].trim_start().len();
    let line_start = start + blank;
    let line = text[line_start..].lines().next().unwrap_or_default();
    let words = line.strip_prefix("# ").map(|words| words.trim().trim_end_matches('#').trim_end()).filter(|words| !words.is_empty());
    match words {
        Some(words) => (Some(body::read(words, 0, |_| false).text).filter(|text| !text.trim().is_empty()), line_start + line.len()),
        None => (None, start),
    }
}

/// Scripts, addresses that run something, and texts that nest deeper than any that people write.
fn refuse_what_runs(foreign: &Foreign, from: usize, body: &Body<'_>) -> Result<(), Diagnostic> {
    let refuse = |at: Range<usize>, message: &str, help: &str| {
        Err(Diagnostic::error(Code::Syntax, Place::bytes(&foreign.file, at), message).help(help.to_owned()))
    };
    let mut depth = 0_usize;
    for piece in &body.pieces {
        match piece.event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return refuse(piece.source.start..piece.source.start + 1, "the text nests deeper than any that people write", "is it a text?");
        }
    }
    let is_words = |at: usize| {
        let words = |event: &Event<'_>| matches!(event, Event::Text(_) | Event::Code(_));
        body.pieces.iter().any(|piece| words(&piece.event) && !piece.hidden && piece.source.contains(&at))
    };
    let lower = foreign.text[from..].to_ascii_lowercase();
    if let Some(at) = lower.match_indices("<script").map(|(at, _)| from + at).find(|at| !is_words(*at)) {
        return refuse(at..at + 7, "the text holds a script, and no page here runs one", "take it out, and import the text again");
    }
    match body.links.iter().find(|link| runs(&link.target)) {
        Some(link) => refuse(link.source.clone(), "the link runs something", "take it out, and import the text again"),
        None => Ok(()),
    }
}

fn runs(target: &str) -> bool {
    let plain: String = target.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>().to_ascii_lowercase();
    ["javascript:", "vbscript:", "data:"].iter().any(|scheme| plain.starts_with(scheme))
}

/// What other generators put in the place of such words, nobody does here.
fn warn_of_macros(file: &SourcePath, body: &Body<'_>, found: &mut Vec<Diagnostic>) {
    let is_macro = |event: &Event<'_>| matches!(event, Event::Text(text) if ["{{", "{%"].iter().any(|mark| text.contains(mark)));
    if let Some(piece) = body.pieces.iter().find(|piece| is_macro(&piece.event)) {
        let message = "a shortcode has no counterpart here; its words stay as they are";
        found.push(Diagnostic::warning(Code::UnknownKey, Place::bytes(file, piece.source.clone()), message));
    }
}

/// A link to another text, with where its target stands; pictures stay, and are named.
fn link_of(foreign: &Foreign, from: usize, link: &LinkUse, found: &mut Vec<Diagnostic>) -> Option<Link> {
    let place = Place::bytes(&foreign.file, link.source.clone());
    let (target, fragment) = link.target.split_once('#').map_or((&*link.target, None), |(target, fragment)| (target, Some(fragment)));
    let heading = fragment.filter(|fragment| !fragment.starts_with('^')).map(slugify);
    if target.is_empty() || target.contains("://") || target.starts_with("mailto:") || link.kind == LinkKind::Email {
        return None;
    }
    if link.kind == LinkKind::Image {
        let message = format!("the picture `{target}` is not brought in");
        let help = "copy it to where the link leads from the new file".to_owned();
        found.push(Diagnostic::warning(Code::BrokenLink, place, message).help(help));
        return None;
    }
    let source = foreign.text.get(link.source.clone())?;
    let raw = raw_target(source, link)?;
    let at = link.source.start - from + raw.start..link.source.start - from + raw.end;
    let to = match link.kind {
        LinkKind::Wiki => Target::Named { name: target.trim().to_owned(), heading, worded: source.contains('|') },
        // Zola's paths begin with `@/`, which is the folder of its content.
        _ => match target.strip_prefix("@/") {
            Some(path) => Target::File(path.to_owned(), heading),
            None => Target::File(foreign.inner.join(&percent_encoding::percent_decode_str(target).decode_utf8_lossy())?, heading),
        },
    };
    Some(Link { from: place, at, to })
}

/// Where a link's target stands in the link; `None` where it stands elsewhere, as that of `[words][name]` does.
fn raw_target(source: &str, link: &LinkUse) -> Option<Range<usize>> {
    if link.kind == LinkKind::Wiki {
        let start = source.find("[[")? + 2;
        return Some(start..start + source[start..].find(['|', ']'])?);
    }
    let start = source.rfind("](")? + 2;
    let start = start + usize::from(source[start..].starts_with('<'));
    let end = start + source[start..].find(|c: char| c.is_whitespace() || matches!(c, ')' | '>'))?;
    (source[start..end] == *link.target).then_some(start..end)
}

/// Words, each once, in their order.
pub fn once(words: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    words.into_iter().filter(|word| seen.insert(word.clone())).collect()
}
