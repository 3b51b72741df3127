//! Names of entities and titles of articles, for those that somebody begins to type.

use rayon::prelude::*;
use serde::Serialize;

use super::pack::Parcel;
use super::word::{each_word, fold};
use super::{Article, Entity};
use crate::base::Fingerprint;

/// As in `shards.rs`; these are asked for while somebody types.
const LEAST: usize = 10 << 10;
const MOST: usize = 24 << 10;
const MARKS: u64 = 16;

/// Something that can be completed: what is shown, where it leads, the entity's kind (none of a title), how often it
/// is spoken of, and the name of which this is another.
#[derive(Serialize, Clone)]
pub struct Name(Box<str>, Box<str>, Box<str>, usize, #[serde(skip_serializing_if = "str::is_empty")] Box<str>);

/// A name under the folded words by which it is found.
pub type Keyed = (Box<str>, Name);

/// An article's title, from its first word on.
pub fn of_article(article: &Article<'_>) -> Option<Keyed> {
    let key = folded(article.title);
    (!key.is_empty()).then(|| (key.into(), Name(article.title.into(), article.url.clone(), "".into(), 0, "".into())))
}

/// An entity's names, from each of their words on.
pub fn of_entity(entity: &Entity<'_>) -> Vec<Keyed> {
    let main = entity.name;
    let others = entity.names.iter().map(|(_, name)| *name).chain(entity.aliases.iter().copied());
    let mut names: Vec<&str> = vec![main];
    names.extend(others.filter(|name| *name != main));
    let mut keyed = Vec::new();
    for name in names {
        let own = if name == main { "" } else { main };
        let name = Name(name.into(), entity.url.clone(), entity.kind.into(), entity.weight, own.into());
        let words = folded(&name.0);
        let starts = words.match_indices(' ').map(|(at, _)| at + 1);
        keyed.extend([0].into_iter().chain(starts).map(|at| (words[at..].into(), name.clone())));
    }
    keyed
}

fn folded(name: &str) -> String {
    let mut words = Vec::new();
    each_word(name, |_, word| words.push(fold(word)));
    words.join(" ")
}

/// Cuts what can be completed into shards along the alphabet.
pub fn shards(mut keyed: Vec<Keyed>) -> Vec<(Box<str>, Parcel)> {
    keyed.retain(|(key, _)| !key.is_empty());
    keyed.par_sort_by(|(a, one), (b, other)| (a, &one.1, &one.0).cmp(&(b, &other.1, &other.0)));
    let (mut shards, mut start, mut size) = (Vec::new(), 0, 0);
    for (position, (key, name)) in keyed.iter().enumerate() {
        let apart = position > 0 && keyed[position - 1].0 != *key;
        if apart && (size >= MOST || size >= LEAST && Fingerprint::of(key.as_bytes()).one_in(MARKS)) {
            shards.push(start..position);
            (start, size) = (position, 0);
        }
        size += name.0.len() + name.1.len() + name.4.len() + 12;
    }
    shards.extend((start < keyed.len()).then_some(start..keyed.len()));
    let shard = |range: std::ops::Range<usize>| {
        let mut names: Vec<&Name> = keyed[range.clone()].iter().map(|(_, name)| name).collect();
        names.dedup_by(|second, first| (&second.0, &second.1) == (&first.0, &first.1));
        (keyed[range.start].0.clone(), Parcel::json(&names))
    };
    shards.into_par_iter().map(shard).collect()
}
