//! Where in a text a value stands, or would stand if it were there: between brackets or on lines of its own.

use std::ops::Range;

use crate::base::{DataPath, Step};
use crate::tree::{Entry, Format, Node, Value};

use super::NewValue;
use super::block::{self, Block};
use super::patch::{Edit, Refusal};
use super::quotes::{self, Quotes};

/// A file's text, by lines.
pub(super) struct Text<'a> {
    pub(super) all: &'a str,
    pub(super) format: Format,
    /// As its first line ends.
    pub(super) line_end: &'static str,
}

impl<'a> Text<'a> {
    pub(super) fn new(all: &'a str, format: Format) -> Self {
        let first_ends_with_cr = all.split_once('\n').is_some_and(|(first, _)| first.ends_with('\r'));
        Self { all, format, line_end: if first_ends_with_cr { "\r\n" } else { "\n" } }
    }

    /// Where the line begins in which `at` stands; behind a byte order mark.
    pub(super) fn line_start(&self, at: usize) -> usize {
        self.all[..at].rfind('\n').map_or_else(|| crate::tree::skip_bom(self.all).min(at), |end| end + 1)
    }

    /// Where the line ends in which `at` stands, before its line end.
    pub(super) fn line_end_after(&self, at: usize) -> usize {
        let line = self.all[at..].split('\n').next().unwrap_or("");
        at + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// Where the next line begins, behind the line end at `end`.
    pub(super) fn next_line(&self, end: usize) -> Option<usize> {
        self.all[end..].find('\n').map(|line_end| end + line_end + 1)
    }

    /// Whether nothing but blanks stands in the line before `at`.
    fn begins_line(&self, at: usize) -> bool {
        self.all[self.line_start(at)..at].trim().is_empty()
    }
}

/// The place of a value.
pub(super) struct Spot<'t> {
    pub(super) path: &'t DataPath,
    /// The value, if there is one.
    pub(super) node: Option<&'t Node>,
    /// Its key, if it is there and has one.
    key: Option<&'t Range<usize>>,
    /// What it stands in.
    holder: &'t Node,
    /// Whether that is written between brackets.
    pub(super) flow: bool,
}

impl<'t> Spot<'t> {
    /// Finds the spot of `path`. Refuses a path of which more than the last key is missing, and words that stand
    /// somewhere else than the path says.
    pub(super) fn find(text: &Text<'_>, root: &'t Node, path: &'t DataPath) -> Result<Self, Refusal> {
        let Some((last, way)) = path.steps.split_last() else { return Err(Refusal::new(path, "the file as a whole is not changed")) };
        let mut holders = vec![root];
        let mut holder = root;
        for (done, step) in way.iter().enumerate() {
            let here = DataPath { steps: path.steps[..=done].to_vec(), aim: path.aim };
            let (node, key) = holder.child(step).ok_or_else(|| missing(&here))?;
            refuse_alias(text, holder, node, key, &here)?;
            holders.push(node);
            holder = node;
        }
        let found = holder.child(last);
        if let Some((node, key)) = found {
            refuse_alias(text, holder, node, key, path)?;
        } else if !matches!((last, &holder.value), (Step::Key(_), Value::Table(_))) {
            return Err(missing(path));
        }
        let flow = is_flow(text, &holders);
        Ok(Self { path, node: found.map(|(node, _)| node), key: found.and_then(|(_, key)| key), holder, flow })
    }

    /// Where its key begins; 0 for what has none.
    pub(super) fn key_start(&self) -> usize {
        self.key.map_or(0, |key| key.start)
    }

    /// Refuses a table or a list.
    pub(super) fn refuse_many(&self, node: &Node) -> Result<(), Refusal> {
        match node.value {
            Value::List(_) | Value::Table(_) => Err(Refusal::new(self.path, format!("`{}` holds more than one value", self.path))),
            _ => Ok(()),
        }
    }

    /// The block scalar that stands here.
    pub(super) fn block(&self, text: &Text<'_>) -> Option<Block> {
        if self.flow { None } else { block_of(text, self.key?) }
    }

    /// Just behind the colon of its key.
    pub(super) fn colon(&self, text: &Text<'_>) -> Option<usize> {
        let key = self.key?;
        let gap = text.all[key.end..].find(|c: char| !c.is_whitespace())?;
        text.all[key.end + gap..].starts_with(':').then_some(key.end + gap + 1)
    }

    /// The edit that adds the key and its value behind the last value of the same table that stays.
    pub(super) fn add(&self, text: &Text<'_>, removed: &[&Spot<'_>], to: &NewValue) -> Result<Edit, Refusal> {
        let Some(Step::Key(name)) = self.path.steps.last() else { return Err(missing(self.path)) };
        let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        if name.is_empty() || !name.chars().all(bare) {
            return Err(Refusal::new(self.path, format!("the key `{name}` cannot be added")).help("write it by hand"));
        }
        let beside = self.neighbour(text, removed).ok_or_else(|| {
            Refusal::new(self.path, format!("`{}` cannot be added: nothing stands beside it", self.path)).help("write it by hand")
        })?;
        let old = &text.all[beside.node.span.clone()];
        let block = if self.flow { None } else { block_of(text, &beside.key_span) };
        let like = match quotes::like(text.format, old) {
            Quotes::TripleSingle => Quotes::Single,
            Quotes::TripleDouble => Quotes::Double,
            like => like,
        };
        let value = quotes::write(text, to, like, self.flow, "");
        let end = block.as_ref().map_or(beside.node.span.end, |block| block.end);
        let key = entry_key(text, &beside.key_span, name);
        let entry = format!("{key}{}{value}", separator(text, beside));
        let start = dotted_start(text, beside.key_span.start);
        let dots = &text.all[start..beside.key_span.start];
        if self.flow {
            return Ok(Edit::new(end..end, format!(",{}{dots}{entry}", blanks_before(text, start, &entry))));
        }
        let lead = self.lead(text, start)?;
        let end = text.line_end_after(end);
        Ok(Edit::new(end..end, format!("{}{lead}{dots}{entry}", text.line_end)))
    }

    /// What stands in a line before its key, the dash of a list made blank.
    fn lead(&self, text: &Text<'_>, start: usize) -> Result<String, Refusal> {
        let lead = &text.all[text.line_start(start)..start];
        let dashes = text.format == Format::Yaml && lead.chars().all(|c| matches!(c, ' ' | '-'));
        if lead.trim().is_empty() || dashes {
            return Ok(lead.replace('-', " "));
        }
        Err(Refusal::new(self.path, format!("`{}` cannot be added: its line begins with something else", self.path))
            .help("write it by hand"))
    }

    fn neighbour(&self, text: &Text<'_>, removed: &[&Spot<'_>]) -> Option<&'t Entry> {
        let Value::Table(entries) = &self.holder.value else { return None };
        entries.iter().rev().find(|entry| {
            let single = !matches!(entry.node.value, Value::List(_) | Value::Table(_));
            let stays = removed.iter().all(|spot| spot.key != Some(&entry.key_span));
            let own = text.format == Format::Toml || entry.key_span.start >= self.holder.span.start;
            single && stays && own && entry.node.span.start >= entry.key_span.end && !entry.node.span.is_empty()
        })
    }

    /// Adds the edits that take the key and its value away. Spots must come in the order of the text.
    pub(super) fn remove(&self, text: &Text<'_>, edits: &mut Vec<Edit>) -> Result<(), Refusal> {
        let (Some(node), Some(key)) = (self.node, self.key) else { return Err(missing(self.path)) };
        // Its end takes in comments that belong to what follows.
        self.refuse_many(node)?;
        let block = self.block(text);
        let end = block.as_ref().map_or(node.span.end, |block| block.end).max(self.colon(text).unwrap_or(0));
        let start = dotted_start(text, key.start);
        let words = block.as_ref().map_or(node.span.start, |block| block.content.start);
        if text.all.get(key.end..words).is_some_and(|gap| gap.contains('#')) {
            return Err(Refusal::new(self.path, format!("a comment stands inside `{}`", self.path)).help("take it away by hand"));
        }
        if self.flow {
            return self.remove_from_brackets(text, start..end, edits);
        }
        if !text.begins_line(start) {
            return Err(
                Refusal::new(self.path, format!("`{}` does not stand in a line of its own", self.path)).help("take it away by hand")
            );
        }
        edits.push(Edit::new(whole_lines(text, start, end), ""));
        Ok(())
    }

    /// Takes a comma with it: the one behind, or before the last entry the one before.
    fn remove_from_brackets(&self, text: &Text<'_>, own: Range<usize>, edits: &mut Vec<Edit>) -> Result<(), Refusal> {
        let gap = text.all[own.end..].find(|c: char| !c.is_whitespace()).unwrap_or(0);
        if text.all[own.end + gap..].starts_with(',') {
            let comma = own.end + gap + 1;
            let rest = &text.all[comma..];
            let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            let ends_line = comma + blanks == text.line_end_after(comma);
            let at = if ends_line && text.begins_line(own.start) { whole_lines(text, own.start, comma) } else { own.start..comma + blanks };
            edits.push(Edit::new(at, ""));
            return Ok(());
        }
        // What goes just before has taken the comma behind it, but not the one before.
        let (mut first, mut from) = (own.start, own.start);
        for edit in edits.iter().rev() {
            if !text.all.get(edit.at.end..first).is_some_and(|gap| gap.trim().is_empty()) {
                break;
            }
            from = if first == own.start { edit.at.end } else { from };
            first = edit.at.start;
        }
        let before = text.all[..first].trim_end();
        if let Some(kept) = before.strip_suffix(',').filter(|kept| !ends_in_comment(text, kept, first)) {
            edits.push(Edit::new(kept.len()..first, ""));
        } else if !before.ends_with('{') {
            return Err(Refusal::new(self.path, format!("a comment stands before `{}`", self.path)).help("take it away by hand"));
        }
        edits.push(Edit::new(from..own.end, ""));
        Ok(())
    }
}

/// Whether a comma behind `kept` may be part of a comment; in the line of `next` it cannot.
fn ends_in_comment(text: &Text<'_>, kept: &str, next: usize) -> bool {
    let line = text.line_start(kept.len());
    text.format != Format::Json && line != text.line_start(next) && text.all[line..kept.len()].contains('#')
}

fn missing(path: &DataPath) -> Refusal {
    Refusal::new(path, format!("there is no `{path}`"))
}

/// What an alias or a merge key names stands somewhere else, and belongs to other facts too.
fn refuse_alias(text: &Text<'_>, holder: &Node, node: &Node, key: Option<&Range<usize>>, path: &DataPath) -> Result<(), Refusal> {
    let inside = key.is_none_or(|key| key.start >= holder.span.start && node.span.start >= key.end) && node.span.start >= holder.span.start;
    if text.format != Format::Yaml || inside {
        return Ok(());
    }
    let message = format!("`{path}` is an alias: its words stand in another place, and a change would reach whatever else uses them");
    Err(Refusal::new(path, message).help("write out the words here, then try again"))
}

/// Whether the innermost of the `holders` is written between brackets.
fn is_flow(text: &Text<'_>, holders: &[&Node]) -> bool {
    let opens = |node: &Node| text.all[node.span.start.min(text.all.len())..].chars().next();
    match text.format {
        Format::Json => true,
        Format::Yaml => holders.last().is_some_and(|holder| matches!(opens(holder), Some('{' | '['))),
        // A table of dotted keys has the span of its key: what holds it decides.
        Format::Toml => {
            let written = holders.iter().skip(1).rev().find_map(|holder| opens(holder).filter(|c| matches!(c, '{' | '[')));
            written == Some('{')
        }
    }
}

fn block_of(text: &Text<'_>, key: &Range<usize>) -> Option<Block> {
    if text.format == Format::Yaml { block::behind(text, key) } else { None }
}

/// Where an entry of TOML begins, with the keys before the dots.
fn dotted_start(text: &Text<'_>, key_start: usize) -> usize {
    let blank = [' ', '\t'];
    let mut start = key_start;
    if text.format != Format::Toml {
        return start;
    }
    while let Some(before) = text.all[..start].trim_end_matches(blank).strip_suffix('.') {
        let before = before.trim_end_matches(blank);
        let bare = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).len();
        let quoted = before.ends_with(['"', '\'']).then(|| before[..before.len() - 1].rfind(&before[before.len() - 1..])).flatten();
        match quoted {
            Some(quote) => start = quote,
            None if bare < before.len() => start = bare,
            None => break,
        }
    }
    start
}

/// A key in the quotes of the key beside it.
fn entry_key(text: &Text<'_>, beside: &Range<usize>, name: &str) -> String {
    match text.all[beside.clone()].chars().next() {
        Some(quote @ ('"' | '\'')) => format!("{quote}{name}{quote}"),
        _ => name.to_owned(),
    }
}

/// What stands between key and value, as in the entry beside.
fn separator<'a>(text: &Text<'a>, beside: &Entry) -> &'a str {
    let gap = &text.all[beside.key_span.end..beside.node.span.start];
    let (sign, usual) = if text.format == Format::Toml { ("=", " = ") } else { (":", ": ") };
    if gap.trim() == sign && !gap.contains(['\n', '\r']) { gap } else { usual }
}

/// What stands between a comma and the entry at `start`, or would.
fn blanks_before<'a>(text: &Text<'a>, start: usize, entry: &str) -> &'a str {
    let before = text.all[..start].trim_end();
    let blanks = &text.all[before.len()..start];
    match blanks {
        "" if before.ends_with('{') && (text.format != Format::Json || entry.contains("\": ")) => " ",
        blanks => blanks,
    }
}

/// The lines from `start`, which begins one, to `end`, with a line end; a comment behind stays.
fn whole_lines(text: &Text<'_>, start: usize, end: usize) -> Range<usize> {
    let line_end = text.line_end_after(end);
    let rest = &text.all[end..line_end];
    if !rest.trim().is_empty() {
        return start..end + (rest.len() - rest.trim_start().len());
    }
    let line_start = text.line_start(start);
    match text.next_line(line_end) {
        Some(next) => line_start..next,
        // The last line of a file whose last line does not end: so it is with the one before.
        None => before_line_end(text, line_start)..text.all.len(),
    }
}

fn before_line_end(text: &Text<'_>, line_start: usize) -> usize {
    let before = &text.all[..line_start];
    before.strip_suffix("\r\n").or_else(|| before.strip_suffix('\n')).unwrap_or(before).len()
}
