//! The words of all segments joined, cut into shards along the alphabet. A cut depends on the words around it and on
//! nothing else, so an edit changes the shards of its own words.

use std::ops::Range;

use rayon::prelude::*;

use super::pack::{Parcel, take_varint, varint};
use super::segment::{Term, Words};
use crate::base::Fingerprint;

/// A shard ends at the next mark when it has so many bytes, unpacked, and without a mark before it would have more than
/// `MOST`: so the commonest words lie alone.
const LEAST: usize = 12 << 10;
const MOST: usize = 24 << 10;
/// One word in so many is a mark.
const MARKS: u64 = 8;

/// A range of the alphabet: the first word of it, and its file.
pub type Shard = (Box<str>, Parcel);

/// A stem with its forms, in all segments.
struct Group<'w> {
    forms: Vec<&'w str>,
    stem: &'w str,
    articles: usize,
    /// In order; a part is that of articles from a position on, or of entities.
    parts: Vec<(Option<usize>, &'w [u8])>,
}

impl Group<'_> {
    /// About how many bytes it takes.
    fn size(&self) -> usize {
        let forms = self.forms.iter().map(|form| form.len() + 2).sum::<usize>();
        forms + self.parts.iter().map(|(_, bytes)| bytes.len()).sum::<usize>()
    }
}

/// Joins the words of articles, each segment with the position of its first, and of entities.
/// Gives also the forms of those that are in over half of the `articles`: the script asks for them only where nothing
/// else is asked for.
pub fn shards(segments: &[(usize, &Words)], entities: &Words, articles: usize) -> (Vec<Shard>, Vec<Box<str>>) {
    let groups = groups(segments, entities);
    let is_common = |group: &&Group<'_>| articles >= FEW && group.articles * 2 > articles;
    let mut common: Vec<Box<str>> = groups.iter().filter(is_common).flat_map(|group| &group.forms).map(|form| (*form).into()).collect();
    common.sort_unstable();
    common.dedup();
    let shard = |range: Range<usize>| (first(&groups[range.start]).into(), Parcel::of(&encode(&groups[range])));
    (cuts(&groups).into_par_iter().map(shard).collect(), common)
}

/// In an archive of fewer articles no word is common.
const FEW: usize = 100;

fn first<'w>(group: &Group<'w>) -> &'w str {
    group.forms[0]
}

fn groups<'w>(segments: &[(usize, &'w Words)], entities: &'w Words) -> Vec<Group<'w>> {
    let of_articles = segments.iter().map(|(start, words)| (Some(*start), *words));
    let all = of_articles.chain([(None, entities)]).enumerate();
    let mut met: Vec<(_, &'w str, usize, Option<usize>, &'w Words, &'w Term)> = all
        .flat_map(|(nth, (start, words))| words.terms.iter().map(move |term| (term.tongue, words.stem(term), nth, start, words, term)))
        .collect();
    met.par_sort_unstable_by_key(|(tongue, stem, nth, ..)| (*tongue, *stem, *nth));
    let same: Vec<_> = met.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).collect();
    let group = |same: &[(_, &'w str, usize, Option<usize>, &'w Words, &'w Term)]| {
        let mut forms: Vec<&str> = same.iter().flat_map(|(.., words, term)| words.forms(term)).collect();
        forms.sort_unstable();
        forms.dedup();
        let parts = same.iter().map(|(_, _, _, start, words, term)| (*start, words.postings(term))).collect();
        let articles = same.iter().filter(|(.., start, _, _)| start.is_some()).map(|(.., term)| term.documents).sum();
        Group { forms, stem: same[0].1, articles, parts }
    };
    let mut groups: Vec<Group<'w>> = same.into_par_iter().map(group).collect();
    // Stable: of groups that begin with one form, the order is that of tongues.
    groups.par_sort_by_key(first);
    groups
}

/// Cuts where no stem has forms on both sides, so that one shard answers for a word.
fn cuts(groups: &[Group<'_>]) -> Vec<Range<usize>> {
    let (mut cuts, mut start, mut size, mut highest) = (Vec::new(), 0, 0, "");
    for (position, group) in groups.iter().enumerate() {
        let apart = position > 0 && first(group) > highest;
        let own = group.size();
        if apart && (size + own > MOST || size >= LEAST && is_mark(first(group))) {
            cuts.push(start..position);
            (start, size) = (position, 0);
        }
        highest = group.forms.iter().copied().fold(highest, Ord::max);
        size += own;
    }
    if start < groups.len() {
        cuts.push(start..groups.len());
    }
    cuts
}

fn is_mark(word: &str) -> bool {
    Fingerprint::of(word.as_bytes()).one_in(MARKS)
}

/// The bytes of a shard, as `docs/search.md` lays them out.
fn encode(groups: &[Group<'_>]) -> Vec<u8> {
    let mut head = Vec::new();
    varint(&mut head, groups.len());
    let mut before = "";
    for group in groups {
        varint(&mut head, group.forms.len());
        head.push(if first(group).starts_with(group.stem) { short(group.stem.len()) } else { 0 });
        for form in &group.forms {
            let shared = form.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
            head.push(short(shared));
            head.push(short(form.len() - shared));
            head.extend_from_slice(&form.as_bytes()[shared..]);
            before = form;
        }
    }
    let mut columns = Columns::default();
    for group in groups {
        columns.add(group, &mut head);
    }
    for column in [head, columns.steps, columns.levels, columns.masks] {
        varint(&mut columns.all, column.len());
        columns.all.extend(column);
    }
    columns.all
}

fn short(length: usize) -> u8 {
    u8::try_from(length).expect("a form has at most 63 characters")
}

/// What is alike lies together, so that it packs well.
#[derive(Default)]
struct Columns {
    steps: Vec<u8>,
    levels: Vec<u8>,
    masks: Vec<u8>,
    all: Vec<u8>,
}

impl Columns {
    fn add(&mut self, group: &Group<'_>, head: &mut Vec<u8>) {
        let (mut articles, mut entities, mut last) = (0, 0, 0);
        for (start, mut bytes) in group.parts.iter().copied() {
            let mut here = start.unwrap_or(0);
            if start.is_none() {
                last = 0;
            }
            while !bytes.is_empty() {
                here += take_varint(&mut bytes);
                varint(&mut self.steps, here - last);
                last = here;
                self.levels.push(bytes[0]);
                bytes = &bytes[1..];
                let end = bytes.iter().position(|byte| byte & 0x80 == 0).map_or(bytes.len(), |end| end + 1);
                let (mask, rest) = bytes.split_at(end);
                bytes = rest;
                if start.is_some() {
                    self.masks.extend_from_slice(mask);
                    articles += 1;
                } else {
                    entities += 1;
                }
            }
        }
        varint(head, articles);
        varint(head, entities);
    }
}
