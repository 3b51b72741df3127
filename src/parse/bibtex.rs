//! BibTeX and BibLaTeX into entries. The parser beneath follows abbreviations, cross-references and nested
//! commands without end, so they are measured here before it may.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use biblatex::{Bibliography, ChunksExt, ParseError, RawBibliography, RawChunk, RawEntry, Spanned};
use hayagriva::Entry;

use crate::base::{Code, Diagnostic, Place, SourcePath};
use crate::tree;

/// Braces and abbreviations nest no deeper in honest bibliographies.
const MAX_DEPTH: usize = 50;

/// How many bytes all abbreviations of a file may become when they are written out.
const MAX_WRITTEN_OUT: usize = 16 << 20;

/// How many entries one entry may inherit from, directly or not.
const MAX_INHERITED: usize = 50;

/// Under these names the fields that inherit are read without being followed.
const REFERENCES: [(&str, &str); 2] = [("crossref", "x-crossref"), ("xdata", "x-xdata")];

/// Reads every entry that can be read, with the place of its key.
pub(super) fn read(file: &SourcePath, text: &str, found: &mut Vec<Diagnostic>) -> Vec<(Entry, Range<usize>)> {
    let mut reader = Reader { file, shift: tree::skip_bom(text), found };
    let Some(mut raw) = reader.raw(text) else { return Vec::new() };
    raw.entries = reader.without_repeats(raw.entries);
    if !reader.abbreviations_end(&raw) {
        return Vec::new();
    }
    let places: BTreeMap<String, Range<usize>> =
        raw.entries.iter().map(|entry| (entry.v.key.v.to_owned(), entry.v.key.span.clone())).collect();
    let entries = reader.entries(raw);
    entries.iter().filter_map(|entry| reader.convert(entry, places.get(&entry.key)?.clone())).collect()
}

struct Reader<'a> {
    file: &'a SourcePath,
    shift: usize,
    found: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn place(&self, span: &Range<usize>) -> Place {
        Place::bytes(self.file, span.start.saturating_add(self.shift)..span.end.saturating_add(self.shift))
    }

    fn error(&mut self, code: Code, span: &Range<usize>, message: String) -> &mut Diagnostic {
        self.found.push(Diagnostic::error(code, self.place(span), message));
        self.found.last_mut().expect("one was pushed")
    }

    fn parse_error(&mut self, error: &ParseError) {
        self.error(Code::Syntax, &error.span, format!("not valid BibTeX: {}", error.kind));
    }

    fn raw<'s>(&mut self, text: &'s str) -> Option<RawBibliography<'s>> {
        let text = &text[self.shift..];
        if let Some(at) = too_deep(text) {
            self.error(Code::Syntax, &(at..at + 1), "braces are nested too deeply".to_owned());
            return None;
        }
        RawBibliography::parse(text).map_err(|error| self.parse_error(&error)).ok()
    }

    fn without_repeats<'s>(&mut self, entries: Vec<Spanned<RawEntry<'s>>>) -> Vec<Spanned<RawEntry<'s>>> {
        let mut first = BTreeMap::new();
        let mut kept = Vec::new();
        for entry in entries {
            let Spanned { v: key, span } = entry.v.key.clone();
            if let Some(earlier) = first.get(key) {
                let related = (self.place(earlier), "first here".to_owned());
                self.error(Code::DuplicateId, &span, format!("two sources with the key `{key}`")).related.push(related);
                continue;
            }
            first.insert(key, span);
            kept.push(entry);
        }
        kept
    }

    /// Whether every abbreviation is made of earlier ones alone, as BibTeX wants it, and all of them written out
    /// are of a bearable size.
    fn abbreviations_end(&mut self, raw: &RawBibliography<'_>) -> bool {
        let mut sizes: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        let defined: BTreeSet<&str> = raw.abbreviations.iter().map(|pair| pair.key.v).collect();
        for pair in &raw.abbreviations {
            let (size, depth) = measure(&pair.value.v, &sizes);
            let ahead = pair
                .value
                .v
                .iter()
                .any(|chunk| matches!(chunk.v, RawChunk::Abbreviation(name) if defined.contains(name) && !sizes.contains_key(name)));
            if ahead || depth > MAX_DEPTH || sizes.insert(pair.key.v, (size, depth)).is_some() {
                self.error(
                    Code::Syntax,
                    &pair.key.span,
                    format!("the abbreviation `{}` leads back to itself or stands here twice", pair.key.v),
                );
                return false;
            }
        }
        let fields = raw.entries.iter().flat_map(|entry| &entry.v.fields).chain(&raw.abbreviations);
        let written_out = fields.fold(0, |sum: usize, pair| sum.saturating_add(measure(&pair.value.v, &sizes).0));
        if written_out > MAX_WRITTEN_OUT {
            self.error(Code::TooLarge, &(0..0), "the abbreviations of this file become too large when written out".to_owned());
        }
        written_out <= MAX_WRITTEN_OUT
    }

    /// Reads each entry by itself, so that one that is wrong does not hide the others, and then, where entries
    /// inherit from each other, all of them together.
    fn entries(&mut self, mut raw: RawBibliography<'_>) -> Vec<biblatex::Entry> {
        let mut alone: Vec<biblatex::Entry> = Vec::new();
        let entries = std::mem::take(&mut raw.entries);
        let mut kept = Vec::new();
        for entry in entries {
            let single = RawBibliography { preamble: String::new(), entries: vec![renamed(&entry)], abbreviations: needed(&entry.v, &raw) };
            match Bibliography::from_raw(single) {
                Ok(read) => {
                    alone.extend(read.into_vec());
                    kept.push(entry);
                }
                Err(error) => self.parse_error(&error),
            }
        }
        if alone.iter().all(|entry| references(entry).is_empty()) || !self.inheritance_ends(&alone, &kept) {
            return alone;
        }
        raw.entries = kept;
        match Bibliography::from_raw(raw) {
            Ok(read) => read.into_vec(),
            Err(error) => {
                self.parse_error(&error);
                alone
            }
        }
    }

    fn inheritance_ends(&mut self, alone: &[biblatex::Entry], raw: &[Spanned<RawEntry<'_>>]) -> bool {
        let ids = |entry: &biblatex::Entry| entry.get_as::<Vec<String>>("ids").unwrap_or_default();
        let names = alone.iter().enumerate().flat_map(|(index, entry)| ids(entry).into_iter().map(move |id| (id, index)));
        let mut by_name: BTreeMap<String, usize> = names.collect();
        by_name.extend(alone.iter().enumerate().map(|(index, entry)| (entry.key.clone(), index)));
        let edges: Vec<Vec<usize>> =
            alone.iter().map(|entry| references(entry).iter().filter_map(|name| by_name.get(name).copied()).collect()).collect();
        let endless = (0..edges.len()).find(|start| inherited(*start, &edges) > MAX_INHERITED);
        if let Some(entry) = endless {
            let message = format!("the source `{}` inherits from itself, or from too many others", alone[entry].key);
            self.error(Code::BadValue, &raw[entry].v.key.span, message);
        }
        endless.is_none()
    }

    fn convert(&mut self, entry: &biblatex::Entry, at: Range<usize>) -> Option<(Entry, Range<usize>)> {
        match Entry::try_from(entry) {
            Ok(mut converted) => {
                if let Some(copy) = entry.get("archiveurl") {
                    converted.set_archive_location(copy.format_verbatim().into());
                }
                if converted.date().is_none() && (entry.get("date").is_some() || entry.get("year").is_some()) {
                    let message = format!("the date of the source `{}` cannot be read", entry.key);
                    self.found.push(Diagnostic::warning(Code::BadValue, self.place(&at), message));
                }
                Some((converted, at.start + self.shift..at.end + self.shift))
            }
            Err(error) => {
                let span = if error.span.start == usize::MAX { &at } else { &error.span };
                self.error(Code::BadValue, span, format!("the source `{}`: {}", entry.key, error.kind));
                None
            }
        }
    }
}

/// Where braces nest deeper than anybody writes them.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.bytes().position(|byte| {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > MAX_DEPTH
    })
}

/// The bytes that a value becomes when written out, and how deep its abbreviations go.
fn measure(value: &[Spanned<RawChunk<'_>>], sizes: &BTreeMap<&str, (usize, usize)>) -> (usize, usize) {
    value.iter().fold((0, 0), |(size, depth): (usize, usize), chunk| {
        let (more, deeper) = match chunk.v {
            RawChunk::Normal(text) => (text.len(), 0),
            RawChunk::Abbreviation(name) => sizes.get(name).map_or((name.len(), 0), |(size, depth)| (*size, depth + 1)),
        };
        (size.saturating_add(more), depth.max(deeper))
    })
}

/// The same entry, with references that are read but not followed.
fn renamed<'s>(entry: &Spanned<RawEntry<'s>>) -> Spanned<RawEntry<'s>> {
    let mut entry = entry.clone();
    for field in &mut entry.v.fields {
        if let Some((_, inert)) = REFERENCES.iter().find(|(name, _)| field.key.v.eq_ignore_ascii_case(name)) {
            field.key.v = inert;
        }
    }
    entry
}

/// The abbreviations of `raw`, if `entry` has any use for them.
fn needed<'s>(entry: &RawEntry<'s>, raw: &RawBibliography<'s>) -> Vec<biblatex::Pair<'s>> {
    let mut chunks = entry.fields.iter().flat_map(|field| &field.value.v);
    if chunks.any(|chunk| matches!(chunk.v, RawChunk::Abbreviation(_))) { raw.abbreviations.clone() } else { Vec::new() }
}

fn references(entry: &biblatex::Entry) -> Vec<String> {
    let crossref = entry.get_as::<String>("x-crossref").ok();
    crossref.into_iter().chain(entry.get_as::<Vec<String>>("x-xdata").unwrap_or_default()).collect()
}

/// From how many entries `start` inherits, counting one that is met twice twice; more than enough for a circle.
fn inherited(start: usize, edges: &[Vec<usize>]) -> usize {
    let mut count = 0;
    let mut open = vec![start];
    while let Some(entry) = open.pop() {
        open.extend(&edges[entry]);
        count += edges[entry].len();
        if count > MAX_INHERITED {
            break;
        }
    }
    count
}
