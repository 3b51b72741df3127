//! What an export knows of all articles at once: a few bytes for each of their facts, where the archive's graph keeps
//! some hundred. So a million facts can be written by a machine with little memory.

use crate::archive::graph::Kept;
use crate::archive::showing::Showing;
use crate::archive::{register, resolve};
use crate::base::{DataPath, Diagnostic, Fingerprint, Outcome, Place, SourcePath};
use crate::export::{Known, Mark};
use crate::parse::List;
use crate::parse::article::State;
use crate::parse::dates::Moment;

/// All articles, by date and slug.
pub struct Ledger {
    cards: Vec<Card>,
    /// Positions of the cards, by slug.
    by_slug: Vec<u32>,
    /// Positions of the cards of articles that readers see.
    shown: Vec<u32>,
}

/// What is kept of an article.
pub struct Card {
    /// Its file.
    pub file: SourcePath,
    /// What its file held.
    pub print: Fingerprint,
    /// Its sidecar, and what that held.
    pub sidecar: Option<(SourcePath, Fingerprint)>,
    /// Its name.
    pub slug: Box<str>,
    /// Whether readers see it.
    pub shown: bool,
    /// Where the words of its facts stand.
    pub marks: List<Option<Mark>>,
    date: Option<Moment>,
    speaks: bool,
    /// The fingerprints of the ids of its facts, sorted, and whether readers see them.
    ids: List<(Fingerprint, bool)>,
    /// References to facts of others, with where they stand.
    references: List<(Box<str>, DataPath)>,
}

impl Card {
    /// Of an article that has been read against the register.
    pub fn new(kept: &Kept, showing: Showing) -> Self {
        let shown = showing.shows(kept.head.state, kept.head.embargo);
        let mut ids: Vec<_> = kept.facts.iter().map(|fact| (Fingerprint::of(fact.id.as_bytes()), fact.public)).collect();
        ids.sort_unstable();
        let mark = |fact: &crate::archive::Fact| fact.mark.map(|(start, end)| Mark { start, end, drifted: fact.drifted });
        Self {
            file: kept.file.clone(),
            print: kept.print,
            sidecar: kept.sidecar.clone().zip(kept.sidecar_print),
            slug: kept.slug.clone(),
            shown,
            speaks: shown && kept.head.state != State::Withdrawn,
            date: kept.head.date,
            marks: kept.facts.iter().map(mark).collect(),
            ids: ids.into(),
            references: kept.references_at().map(|(reference, path)| (reference.into(), path.clone())).collect(),
        }
    }

    fn fact(&self, id: &str) -> Option<bool> {
        let id = Fingerprint::of(id.as_bytes());
        self.ids.get(self.ids.partition_point(|(known, _)| *known < id)).filter(|(known, _)| *known == id).map(|(_, public)| *public)
    }
}

impl Ledger {
    /// Of all articles of an archive, in any order. What is wrong between them is found as a build finds it.
    pub fn new(mut cards: Vec<Card>) -> Outcome<Self> {
        cards.sort_unstable_by(|a, b| (a.date, &a.slug, &a.file).cmp(&(b.date, &b.slug, &b.file)));
        let mut by_slug: Vec<u32> = (0..).zip(&cards).map(|(position, _)| position).collect();
        by_slug.sort_unstable_by_key(|position| (&cards[*position as usize].slug, &cards[*position as usize].file));
        let shown = (0..).zip(&cards).filter(|(_, card)| card.shown).map(|(position, _)| position).collect();
        let ledger = Self { cards, by_slug, shown };
        let mut found = Vec::new();
        let named = ledger.by_slug.iter().map(|position| &ledger.cards[*position as usize]).map(|card| (&*card.slug, &card.file));
        resolve::report_twins(named, "articles", &mut found);
        ledger.cards.iter().for_each(|card| ledger.check(card, &mut found));
        Outcome::new(ledger, found)
    }

    /// How many articles readers see.
    pub fn count(&self) -> usize {
        self.shown.len()
    }

    /// The article that readers see at a position, oldest first.
    pub fn shown(&self, position: usize) -> &Card {
        &self.cards[self.shown[position] as usize]
    }

    fn check(&self, card: &Card, found: &mut Vec<Diagnostic>) {
        for (reference, path) in &card.references {
            let (slug, id) = reference.split_once('#').unwrap_or((&card.slug, reference));
            if self.card(slug).and_then(|other| other.fact(id)).is_none() {
                let file = card.sidecar.as_ref().map_or(&card.file, |(sidecar, _)| sidecar);
                found.push(register::unknown("fact", reference, Place::data(file, path.clone()), []));
            }
        }
    }

    fn card(&self, slug: &str) -> Option<&Card> {
        let card = |position: &u32| &self.cards[*position as usize];
        let first = self.by_slug.partition_point(|position| *card(position).slug < *slug);
        self.by_slug.get(first).map(card).filter(|card| *card.slug == *slug)
    }
}

impl Known for Ledger {
    fn shows(&self, slug: &str) -> bool {
        self.card(slug).is_some_and(|card| card.shown)
    }

    fn shows_fact(&self, slug: &str, id: &str) -> bool {
        self.card(slug).is_some_and(|card| card.speaks && card.fact(id) == Some(true))
    }
}
