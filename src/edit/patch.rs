//! A few values of one file changed at once, and nothing else. Refuses what is not there, what two changes share, and
//! every result that would not read as it was meant.

use std::fmt;
use std::ops::Range;

use crate::base::DataPath;
use crate::tree::{self, Format, Tree};

use super::spot::{Spot, Text};
use super::{block, quotes, same};

/// One change to the data of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where, such as `facts[3].anchor.exact`. The table or list that holds it must be there.
    pub path: DataPath,
    /// What is to stand there.
    pub to: NewValue,
}

/// What is to stand at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewValue {
    /// This string, whatever characters it holds; a key that is not there is added behind its neighbours.
    Text(String),
    /// This number; a key that is not there is added.
    Number(u32),
    /// Nothing: the key goes, and what stands beside it stays.
    Absent,
}

/// Why a file was not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Where in the data.
    pub path: DataPath,
    /// A lowercase phrase.
    pub message: String,
    /// What to do about it.
    pub help: Option<&'static str>,
}

impl Refusal {
    pub(super) fn new(path: &DataPath, message: impl Into<String>) -> Self {
        Self { path: path.clone(), message: message.into(), help: None }
    }

    pub(super) fn help(self, help: &'static str) -> Self {
        Self { help: Some(help), ..self }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}

/// Bytes of the file and what is to stand in their place.
#[derive(Debug)]
pub(super) struct Edit {
    pub(super) at: Range<usize>,
    pub(super) with: String,
}

impl Edit {
    pub(super) fn new(at: Range<usize>, with: impl Into<String>) -> Self {
        Self { at, with: with.into() }
    }
}

/// The text with all changes made, or the first reason why not. Comments, blank lines, the order of keys, line ends and
/// all other bytes outside of the values that change are those of `text`.
pub fn patch(text: &str, format: Format, changes: &[Change]) -> Result<String, Refusal> {
    let before = read(text, format);
    if let Some(fault) = before.faults.first() {
        return Err(Refusal::new(&DataPath::root(), fault.message.clone()).help("mend the file first"));
    }
    let text = Text::new(text, format);
    let mut spots = Vec::with_capacity(changes.len());
    for change in changes {
        refuse_twice(change, changes)?;
        spots.push((Spot::find(&text, &before.root, &change.path)?, change));
    }
    let patched = apply(&text, edits(&text, &spots)?, changes)?;
    verify(&text, &before, &patched, changes)?;
    Ok(patched)
}

fn read(text: &str, format: Format) -> Tree {
    tree::read(text, tree::skip_bom(text)..text.len(), format)
}

/// Two changes to one value, or to a value and to one inside it.
fn refuse_twice(change: &Change, changes: &[Change]) -> Result<(), Refusal> {
    let inside = |other: &&Change| other.path.steps.starts_with(&change.path.steps);
    match changes.iter().filter(inside).count() {
        1 => Ok(()),
        _ => Err(Refusal::new(&change.path, format!("two changes at `{}`", change.path))),
    }
}

fn edits(text: &Text<'_>, spots: &[(Spot<'_>, &Change)]) -> Result<Vec<Edit>, Refusal> {
    let mut removed: Vec<&Spot<'_>> = spots.iter().filter(|(_, change)| change.to == NewValue::Absent).map(|(spot, _)| spot).collect();
    removed.sort_by_key(|spot| spot.key_start());
    let mut edits = Vec::new();
    for spot in &removed {
        spot.remove(text, &mut edits)?;
    }
    for (spot, change) in spots {
        match (&change.to, spot.node) {
            (NewValue::Absent, _) => {}
            (to, Some(_)) => edits.extend(replace(text, spot, to)?),
            (to, None) => edits.push(spot.add(text, &removed, to)?),
        }
    }
    Ok(edits)
}

fn replace(text: &Text<'_>, spot: &Spot<'_>, to: &NewValue) -> Result<Vec<Edit>, Refusal> {
    let Some(node) = spot.node else { return Ok(Vec::new()) };
    spot.refuse_many(node)?;
    if let Some(block) = spot.block(text) {
        return Ok(block::rewrite(text, &block, to));
    }
    let old = &text.all[node.span.clone()];
    let new = quotes::write(text, to, quotes::like(text.format, old), spot.flow, old);
    if !old.is_empty() {
        return Ok(vec![Edit::new(node.span.clone(), new)]);
    }
    let colon = spot.colon(text).ok_or_else(|| Refusal::new(spot.path, format!("`{}` has no value to change", spot.path)))?;
    Ok(vec![Edit::new(colon..colon, format!(" {new}"))])
}

/// Makes the edits; those of one place in the order in which they were asked for.
fn apply(text: &Text<'_>, mut edits: Vec<Edit>, changes: &[Change]) -> Result<String, Refusal> {
    edits.sort_by_key(|edit| (edit.at.start, edit.at.end));
    let mut patched = String::with_capacity(text.all.len());
    let mut done = 0;
    for edit in &edits {
        let Some(kept) = text.all.get(done..edit.at.start) else {
            let path = changes.first().map_or_else(DataPath::root, |change| change.path.clone());
            return Err(Refusal::new(&path, "the changes reach into each other").help("make them one after the other"));
        };
        patched.push_str(kept);
        patched.push_str(&edit.with);
        done = edit.at.end;
    }
    patched.push_str(&text.all[done..]);
    Ok(patched)
}

/// Reads what was made, and compares it with what was meant.
fn verify(text: &Text<'_>, before: &Tree, patched: &str, changes: &[Change]) -> Result<(), Refusal> {
    let after = read(patched, text.format);
    let asked = |other: &DataPath| changes.iter().any(|change| change.path.steps == other.steps);
    let stands_with = |other: &DataPath| changes.iter().any(|change| before.find(text.all, &change.path) == before.find(text.all, other));
    let path = changes.first().map_or_else(DataPath::root, |change| change.path.clone());
    if let Some(fault) = after.faults.first() {
        return Err(Refusal::new(&path, format!("`{path}` cannot be changed where it stands: {}", fault.message)).help(BY_HAND));
    }
    let mut meant = before.root.clone();
    for change in changes {
        same::set(&mut meant, &change.path.steps, &change.to);
    }
    match same::difference(&meant, &after.root) {
        None => Ok(()),
        Some(other) if !asked(&other) && stands_with(&other) => {
            let message = format!("`{other}` would change too: it is an alias, and stands in the same words");
            Err(Refusal::new(&other, message).help("write out the words in both places"))
        }
        Some(other) => {
            Err(Refusal::new(&other, format!("`{other}` cannot be changed where it stands: it would not read as meant")).help(BY_HAND))
        }
    }
}

const BY_HAND: &str = "change it by hand";
