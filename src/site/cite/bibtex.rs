//! BibTeX, written by the crate that also reads it, so that what must be escaped is.

use biblatex::{Bibliography, Chunk, Entry, EntryType, Spanned};

use super::Work;

pub(super) fn write<'w>(works: impl Iterator<Item = &'w Work<'w>>) -> String {
    let mut bibliography = Bibliography::new();
    works.for_each(|work| _ = bibliography.insert(entry(work)));
    bibliography.to_bibtex_string()
}

fn entry(work: &Work<'_>) -> Entry {
    let mut entry = Entry::new(work.key.clone(), EntryType::Online);
    let mut set = |key: &str, chunks: Vec<Chunk>| entry.set(key, chunks.into_iter().map(Spanned::detached).collect());
    set("title", whole(work.title));
    if !work.authors.is_empty() {
        set("author", authors(&work.authors));
    }
    set("organization", whole(work.archive));
    let plain = |words: &str| vec![Chunk::Normal(words.to_owned())];
    if let Some(within) = work.within {
        set("titleaddon", whole(within));
    }
    if let Some(publisher) = work.publisher {
        set("publisher", whole(publisher));
    }
    if let Some(date) = work.date {
        set("date", plain(&date.to_string()));
    }
    set("language", plain(work.lang.as_str()));
    set("url", plain(&work.url));
    if let Some(note) = &work.note {
        set("note", plain(note));
    }
    entry
}

/// In braces of their own, so that no comma and no `and` in a name cuts it.
fn authors(names: &[&str]) -> Vec<Chunk> {
    let name = |(nth, name): (usize, &&str)| {
        let and = (nth > 0).then(|| Chunk::Normal(" and ".to_owned()));
        and.into_iter().chain(whole(name))
    };
    names.iter().enumerate().flat_map(name).collect()
}

/// Words whose capitals stay. A backslash makes accents of `~` and `^`, so what looks like them stands in their place.
fn whole(words: &str) -> Vec<Chunk> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    vec![Chunk::Verbatim(words.replace('~', "\u{2dc}").replace('^', "\u{2c6}"))]
}
