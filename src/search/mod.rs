//! The search index: typed documents in, files of bytes out. It knows no page and no disk; the page's script
//! (`templates/assets/search.js`) reads what is written here, and `docs/search.md` lays the bytes out.
//!
//! A result is an article, a fact or an entity. Words are cut and folded (`word`), shortened to stems in the language of
//! their text (`stem`), taken down segment by segment with where they stand (`segment`), and joined into shards along the
//! alphabet (`shards`). A shard holds every form that was seen beside its stem, so the script needs no stemmer. What
//! results show lies in files of its own (`records`), loaded for what is shown; names and titles that complete in others
//! (`names`). Every file is named by what it holds, and named by the file above it, up to `index.bin`.
//!
//! No order of threads, no clock and no hash order comes into a byte of it.

mod names;
mod pack;
mod records;
mod segment;
mod shards;
mod stem;
mod word;

use serde::Serialize;

pub use pack::{Files, ROOT};

use crate::base::Lang;
use crate::parse::sidecar::{FactKind, Status};
use pack::{Parcel, deflate};
use segment::{Spoken, Words};

/// Articles of a segment.
pub const SEGMENT: usize = 512;

/// How many states a fact can have.
#[expect(clippy::cast_possible_truncation, reason = "a few")]
const STATUSES: u8 = Status::ALL.len() as u8;

/// An article as it is found and shown.
pub struct Article<'a> {
    /// The headline.
    pub title: &'a str,
    /// A sentence or two; may be empty.
    pub summary: &'a str,
    /// Its path on the site.
    pub url: Box<str>,
    /// The language of its text.
    pub lang: &'a Lang,
    /// The day when it was published, as `2025-01-31`.
    pub date: Option<Box<str>>,
    /// Who published it.
    pub publisher: Option<&'a str>,
    /// The canonical text; empty where it may not be shown.
    pub text: &'a str,
    /// The facts that readers see.
    pub facts: Vec<Fact<'a>>,
}

/// A fact as it is found and shown.
pub struct Fact<'a> {
    /// Its id in the article.
    pub id: &'a str,
    /// The claim.
    pub claim: &'a str,
    /// The claim's language.
    pub lang: &'a Lang,
    /// What sort of claim it is.
    pub kind: FactKind,
    /// What is known of its truth.
    pub status: Status,
    /// Its words in the text.
    pub mark: Option<(u32, u32)>,
}

/// An entity as it is found and shown.
pub struct Entity<'a> {
    /// Its name as it is shown.
    pub name: &'a str,
    /// Its name in each language.
    pub names: Vec<Spoken<'a>>,
    /// What else it is called.
    pub aliases: Vec<&'a str>,
    /// The language of the register, and of the aliases.
    pub lang: &'a Lang,
    /// A sentence on it, in each language; the one to be shown comes first.
    pub summaries: Vec<Spoken<'a>>,
    /// What it is, for readers.
    pub kind: &'a str,
    /// Its path on the site.
    pub url: Box<str>,
    /// How many articles and facts speak of it.
    pub weight: usize,
}

/// What a run of articles gives the index.
pub struct Segment {
    words: Words,
    files: Files,
    block: Box<str>,
    titles: Vec<names::Keyed>,
    articles: usize,
}

impl Segment {
    /// What `articles`, at most [`SEGMENT`] of them, give the index.
    pub fn of(articles: &[Article<'_>]) -> Self {
        let mut files = Files::new();
        Self {
            words: Words::of_articles(articles),
            block: records::of_articles(articles, &mut files),
            titles: articles.iter().filter_map(names::of_article).collect(),
            articles: articles.len(),
            files,
        }
    }
}

/// The file that leads to all others.
#[derive(Serialize)]
struct Root<'a> {
    /// The version of this format.
    version: u8,
    articles: usize,
    /// Words that are in over half of them.
    common: Vec<Box<str>>,
    /// Articles of a segment, articles of a file of cards, entities of a file of cards.
    sizes: [usize; 3],
    kinds: Vec<FactKind>,
    statuses: Vec<&'a str>,
    blocks: Vec<&'a str>,
    entities: Vec<Box<str>>,
    words: Ranges,
    names: Ranges,
}

/// Ranges of the alphabet: the first word of each, parted by line ends, and the names of their files without a gap.
#[derive(Serialize)]
struct Ranges(String, String);

/// Joins segments, all of [`SEGMENT`] articles but the last, and entities into the files of an index.
pub fn index<'s>(segments: impl IntoIterator<Item = &'s Segment>, entities: &[Entity<'_>]) -> Files {
    let segments: Vec<&Segment> = segments.into_iter().collect();
    let starts = segments.iter().enumerate().map(|(nth, segment)| (nth * SEGMENT, &segment.words));
    let of_entities = Words::of_entities(entities);
    let articles = segments.iter().map(|segment| segment.articles).sum();
    let (words, common) = shards::shards(&starts.collect::<Vec<_>>(), &of_entities, articles);
    let titles = segments.iter().flat_map(|segment| segment.titles.iter().cloned());
    let names = names::shards(titles.chain(entities.iter().flat_map(names::of_entity)).collect());
    let mut files: Files = segments.iter().flat_map(|segment| &segment.files).map(|(name, bytes)| (name.clone(), bytes.clone())).collect();
    let root = Root {
        version: 1,
        articles,
        common,
        sizes: [SEGMENT, records::CARDS, records::ENTITIES],
        kinds: KINDS.to_vec(),
        statuses: Status::ALL.iter().map(|status| status.word()).collect(),
        blocks: segments.iter().map(|segment| &*segment.block).collect(),
        entities: records::of_entities(entities, &mut files),
        words: ranges(words, &mut files),
        names: ranges(names, &mut files),
    };
    let root = serde_json::to_vec(&root).expect("what is written here is plain data");
    files.insert(ROOT.into(), deflate(&root));
    files
}

/// Every kind of fact, in order.
const KINDS: [FactKind; 7] =
    [FactKind::Quantity, FactKind::Event, FactKind::Relation, FactKind::Quotation, FactKind::Response, FactKind::Attribute, FactKind::Plan];

fn ranges(shards: Vec<(Box<str>, Parcel)>, files: &mut Files) -> Ranges {
    let (mut firsts, mut digits) = (Vec::new(), String::new());
    for (first, parcel) in shards {
        firsts.push(first);
        digits.push_str(&parcel.digits);
        files.insert(parcel.name(), parcel.bytes);
    }
    Ranges(firsts.join("\n"), digits)
}

#[cfg(test)]
mod tests;
