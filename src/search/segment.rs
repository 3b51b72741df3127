//! What a run of articles, or all entities, give the index: words with where they stand. Segments are made alone, on
//! all cores, and remembered while nothing in them changes.

use std::ops::Range;

use rapidhash::RapidHashMap;

use super::pack::varint;
use super::stem::Tongue;
use super::word::{each_word, fold, lower};
use super::{Article, Entity};
use crate::base::Lang;

/// How much a word weighs where it stands: text 1.
const IN_TITLE: f32 = 6.0;
const IN_SUMMARY: f32 = 2.0;

/// Levels of weight: 1 to 15; 0 says that only facts hold the word.
const LEVELS: f32 = 15.0;

/// Characters of a folded word; four bytes each at most, so that a byte holds its length.
const LONGEST: usize = 63;

/// BM25's constants, with the words of an ordinary article for their mean: the mean of this archive would change the
/// weight of every word with each edit.
const K1: f32 = 1.2;
const B: f32 = 0.75;
const ORDINARY: f32 = 500.0;

/// The words of a run of documents.
pub struct Words {
    /// By tongue and stem.
    pub terms: Vec<Term>,
    letters: String,
    bytes: Vec<u8>,
}

/// A stem, its forms, and where they stand.
pub struct Term {
    /// In which language.
    pub tongue: Tongue,
    /// In how many documents it is.
    pub documents: usize,
    stem: Range<usize>,
    forms: Range<usize>,
    bytes: Range<usize>,
}

impl Words {
    /// The words of articles; positions count from the first of them.
    pub fn of_articles(articles: &[Article<'_>]) -> Self {
        let mut taker = Taker::default();
        for (position, article) in articles.iter().enumerate() {
            taker.article(position, article);
        }
        taker.finish()
    }

    /// The words of entities.
    pub fn of_entities(entities: &[Entity<'_>]) -> Self {
        let mut taker = Taker::default();
        for (position, entity) in entities.iter().enumerate() {
            taker.entity(position, entity);
        }
        taker.finish()
    }

    /// The folded stem.
    pub fn stem(&self, term: &Term) -> &str {
        &self.letters[term.stem.clone()]
    }

    /// The folded forms, in order.
    pub fn forms(&self, term: &Term) -> impl Iterator<Item = &str> {
        self.letters[term.forms.clone()].split('\0')
    }

    /// For each document: how far it is from the one before (a varint), the level (a byte), and which facts hold the
    /// word (seven bits a byte, as a varint).
    pub fn postings(&self, term: &Term) -> &[u8] {
        &self.bytes[term.bytes.clone()]
    }
}

/// A word as it is met: a term, and the forms seen.
#[derive(Default)]
struct Growing {
    forms: Vec<Box<str>>,
    bytes: Vec<u8>,
    documents: usize,
    last: usize,
}

#[derive(Default)]
struct Taker<'t> {
    met: RapidHashMap<(Option<Tongue>, &'t str), u32>,
    ids: RapidHashMap<(Option<Tongue>, Box<str>), u32>,
    terms: Vec<Growing>,
    /// Of the present document: the weight of each term, by id; those that have any; and the facts that hold a term.
    weights: Vec<f32>,
    touched: Vec<u32>,
    facts: Vec<(u32, u32)>,
    length: f32,
}

impl<'t> Taker<'t> {
    fn article(&mut self, position: usize, article: &Article<'t>) {
        let tongue = Tongue::of(article.lang);
        self.weigh(tongue, article.title, IN_TITLE);
        self.weigh(tongue, article.summary, IN_SUMMARY);
        let mut marks: Vec<(usize, usize, u32)> = Vec::new();
        for (nth, fact) in (0..).zip(&article.facts) {
            let own = Tongue::of(fact.lang);
            each_word(fact.claim, |_, word| {
                let term = self.term(own, word);
                self.facts.push((term, nth));
            });
            marks.extend(fact.mark.map(|(start, end)| (start as usize, end as usize, nth)));
        }
        marks.sort_unstable();
        let (mut next, mut open): (usize, Vec<(usize, u32)>) = (0, Vec::new());
        each_word(article.text, |at, word| {
            let term = self.add(tongue, word, 1.0);
            while let Some((_, end, fact)) = marks.get(next).filter(|(start, ..)| *start <= at) {
                open.push((*end, *fact));
                next += 1;
            }
            open.retain(|(end, _)| *end > at);
            self.facts.extend(open.iter().map(|(_, fact)| (term, *fact)));
        });
        self.close(position);
    }

    fn entity(&mut self, position: usize, entity: &Entity<'t>) {
        for (lang, name) in &entity.names {
            self.weigh(Tongue::of(lang), name, IN_TITLE);
        }
        for alias in &entity.aliases {
            self.weigh(Tongue::of(entity.lang), alias, IN_TITLE);
        }
        for (lang, summary) in &entity.summaries {
            self.weigh(Tongue::of(lang), summary, 1.0);
        }
        self.close(position);
    }

    fn weigh(&mut self, tongue: Tongue, text: &'t str, weight: f32) {
        each_word(text, |_, word| _ = self.add(tongue, word, weight));
    }

    fn add(&mut self, tongue: Tongue, word: &'t str, weight: f32) -> u32 {
        let term = self.term(tongue, word);
        let held = &mut self.weights[term as usize];
        if *held == 0.0 {
            self.touched.push(term);
        }
        *held += weight;
        self.length += 1.0;
        term
    }

    fn term(&mut self, tongue: Tongue, word: &'t str) -> u32 {
        if let Some(known) = self.met.get(&(Some(tongue), word)) {
            return *known;
        }
        // Some signs unfold into whole phrases.
        let form: String = fold(word).chars().take(LONGEST).collect();
        let stem = tongue.stem(&lower(word), &form);
        let next = u32::try_from(self.terms.len()).expect("a segment has fewer than 2^32 words");
        let id = *self.ids.entry((Some(tongue), stem.into())).or_insert(next);
        if id == next {
            self.terms.push(Growing::default());
            self.weights.push(0.0);
        }
        let forms = &mut self.terms[id as usize].forms;
        if forms.iter().all(|known| **known != *form) {
            forms.push(form.into());
        }
        self.met.insert((Some(tongue), word), id);
        id
    }

    /// Writes down what the present document gave.
    fn close(&mut self, position: usize) {
        self.facts.sort_unstable();
        self.facts.dedup();
        let only_facts = self.facts.iter().map(|(term, _)| *term).filter(|term| self.weights[*term as usize] == 0.0);
        self.touched.extend(only_facts);
        self.touched.sort_unstable();
        self.touched.dedup();
        let mut facts = self.facts.as_slice();
        for term in self.touched.drain(..) {
            let own = facts.iter().take_while(|(of, _)| *of == term).count();
            let (here, rest) = facts.split_at(own);
            facts = rest;
            let growing = &mut self.terms[term as usize];
            varint(&mut growing.bytes, position - growing.last);
            growing.last = position;
            growing.documents += 1;
            growing.bytes.push(level(std::mem::take(&mut self.weights[term as usize]), self.length));
            mask(&mut growing.bytes, here.iter().map(|(_, fact)| *fact));
        }
        self.facts.clear();
        self.length = 0.0;
    }

    fn finish(mut self) -> Words {
        let mut ids: Vec<_> = self.ids.drain().filter_map(|((tongue, stem), id)| Some((tongue?, stem, id))).collect();
        ids.sort_unstable();
        let (mut letters, mut bytes) = (String::new(), Vec::new());
        let term = |(tongue, stem, id): (Tongue, Box<str>, u32)| {
            let growing = &mut self.terms[id as usize];
            growing.forms.sort_unstable();
            let (begin, first) = (letters.len(), bytes.len());
            letters.push_str(&stem);
            let middle = letters.len();
            letters.push_str(&growing.forms.join("\0"));
            bytes.append(&mut growing.bytes);
            Term { tongue, documents: growing.documents, stem: begin..middle, forms: middle..letters.len(), bytes: first..bytes.len() }
        };
        let terms = ids.into_iter().map(term).collect();
        letters.shrink_to_fit();
        bytes.shrink_to_fit();
        Words { terms, letters, bytes }
    }
}

/// The language of a text, and the text.
pub type Spoken<'a> = (&'a Lang, &'a str);

/// What a weight is worth in a text of so many words, from 1 to 15.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 15")]
fn level(weight: f32, length: f32) -> u8 {
    let worth = weight / (weight + K1 * (1.0 - B + B * length / ORDINARY));
    if weight > 0.0 { (worth * LEVELS).ceil().clamp(1.0, LEVELS) as u8 } else { 0 }
}

/// Facts as bits, seven a byte, the first facts first; the high bit says that more follow.
fn mask(out: &mut Vec<u8>, facts: impl Iterator<Item = u32>) {
    let begin = out.len();
    out.push(0);
    for fact in facts {
        let group = begin + fact as usize / 7;
        while out.len() <= group {
            *out.last_mut().expect("it was just pushed") |= 0x80;
            out.push(0);
        }
        out[group] |= 1 << (fact % 7);
    }
}
