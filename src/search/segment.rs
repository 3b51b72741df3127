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

/// A document that holds a term: the term, the document, where the facts that hold it are written down, and the level.
struct Posting(u32, u32, u32, u8);

#[derive(Default)]
struct Taker<'t> {
    /// Words as they are met. Most are short enough for a number, which is compared without a look at letters elsewhere.
    short: RapidHashMap<u128, u32>,
    long: RapidHashMap<(Tongue, &'t str), u32>,
    ids: RapidHashMap<(Tongue, Box<str>), u32>,
    /// The forms of each term, by id.
    forms: Vec<Vec<Box<str>>>,
    /// In the order of documents, and sorted by term only at the end: so memory is written where it was written last.
    postings: Vec<Posting>,
    masks: Vec<u8>,
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
        let short = as_number(tongue, word);
        let known = match short {
            Some(number) => self.short.get(&number),
            None => self.long.get(&(tongue, word)),
        };
        if let Some(known) = known {
            return *known;
        }
        let id = self.meet(tongue, word);
        match short {
            Some(number) => _ = self.short.insert(number, id),
            None => _ = self.long.insert((tongue, word), id),
        }
        id
    }

    /// The term of a word that was not met before.
    fn meet(&mut self, tongue: Tongue, word: &str) -> u32 {
        // Some signs unfold into whole phrases.
        let form: String = fold(word).chars().take(LONGEST).collect();
        let stem = tongue.stem(&lower(word), &form);
        let next = u32::try_from(self.forms.len()).expect("a segment has fewer than 2^32 words");
        let id = *self.ids.entry((tongue, stem.into())).or_insert(next);
        if id == next {
            self.forms.push(Vec::new());
            self.weights.push(0.0);
        }
        let forms = &mut self.forms[id as usize];
        if forms.iter().all(|known| **known != *form) {
            forms.push(form.into());
        }
        id
    }

    /// Writes down what the present document gave.
    fn close(&mut self, position: usize) {
        let position = u32::try_from(position).expect("an index has fewer than 2^32 documents");
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
            let at = u32::try_from(self.masks.len()).expect("a segment has fewer than 2^32 bytes");
            mask(&mut self.masks, here.iter().map(|(_, fact)| *fact));
            let level = level(std::mem::take(&mut self.weights[term as usize]), self.length);
            self.postings.push(Posting(term, position, at, level));
        }
        self.facts.clear();
        self.length = 0.0;
    }

    fn finish(mut self) -> Words {
        let mut ids: Vec<_> = self.ids.drain().map(|((tongue, stem), id)| (tongue, stem, id)).collect();
        ids.sort_unstable();
        let (order, ends) = by_term(&self.postings, self.forms.len());
        let (mut letters, mut bytes) = (String::new(), Vec::with_capacity(self.postings.len() * 3));
        let term = |(tongue, stem, id): (Tongue, Box<str>, u32)| {
            let forms = &mut self.forms[id as usize];
            forms.sort_unstable();
            let (begin, first) = (letters.len(), bytes.len());
            letters.push_str(&stem);
            let middle = letters.len();
            letters.push_str(&forms.join("\0"));
            let own = &order[ends[id as usize]..ends[id as usize + 1]];
            let mut last = 0;
            for Posting(_, position, at, level) in own.iter().map(|place| &self.postings[*place as usize]) {
                varint(&mut bytes, (position - last) as usize);
                last = *position;
                bytes.push(*level);
                bytes.extend_from_slice(mask_at(&self.masks, *at as usize));
            }
            Term { tongue, documents: own.len(), stem: begin..middle, forms: middle..letters.len(), bytes: first..bytes.len() }
        };
        let terms = ids.into_iter().map(term).collect();
        letters.shrink_to_fit();
        bytes.shrink_to_fit();
        Words { terms, letters, bytes }
    }
}

/// A tongue and a word of up to fourteen bytes as one number.
fn as_number(tongue: Tongue, word: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    bytes.get_mut(..14)?.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    bytes[14] = tongue.number();
    bytes[15] = 1;
    Some(u128::from_le_bytes(bytes))
}

/// The places of postings by term, in order; and where those of each term begin, closed by the end of all.
#[expect(clippy::cast_possible_truncation, reason = "a segment has fewer than 2^32 postings: four bytes of memory each")]
fn by_term(postings: &[Posting], terms: usize) -> (Vec<u32>, Vec<usize>) {
    let mut starts = vec![0; terms + 1];
    for Posting(term, ..) in postings {
        starts[*term as usize + 1] += 1;
    }
    for term in 0..terms {
        starts[term + 1] += starts[term];
    }
    let (mut order, mut next) = (vec![0; postings.len()], starts.clone());
    for (place, Posting(term, ..)) in postings.iter().enumerate() {
        order[next[*term as usize]] = place as u32;
        next[*term as usize] += 1;
    }
    (order, starts)
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

/// The bytes of the mask that begins at `at`.
fn mask_at(masks: &[u8], at: usize) -> &[u8] {
    let length = masks[at..].iter().position(|byte| byte & 0x80 == 0).map_or(0, |last| last + 1);
    &masks[at..at + length]
}
