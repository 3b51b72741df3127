//! Links to the web pages of others: which of them are dead. Nothing but `check --external-links` looks, and no page
//! depends on it.

mod addresses;
mod memory;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{Loaded, Progress, Request, Stage};
use crate::base::{Code, Diagnostic, Error, Place};
use crate::network::{self, Fate, Heard, Manners, Reach};
use crate::source;
use addresses::Named;
use memory::{Failures, Memory};

/// Where what is remembered is kept.
const NOTE: &str = "links.json";

/// What became of looking for dead links; the dead ones are findings.
#[derive(Debug, Default)]
pub struct Links {
    /// How many addresses the archive names.
    pub named: usize,
    /// How many of them were asked; the others answered lately, or cannot be asked.
    pub asked: usize,
    /// Those that are dead.
    pub dead: usize,
    /// Those that failed for the first time, and why.
    pub failed: Vec<(String, String)>,
    /// Those of which it cannot be told, and why.
    pub unsure: Vec<(String, String)>,
    /// Those that may not be asked, and why.
    pub not_asked: Vec<(String, String)>,
    /// No server at all answered: so it is the way to them that failed, and nothing is concluded.
    pub unconnected: bool,
    /// Why what was remembered could not be read; it starts anew.
    pub forgot: Option<String>,
    /// Why what is known now could not be kept.
    pub refused: Option<Error>,
}

/// Asks after every address of the archive that did not answer lately; `None` where the archive does not want to know.
pub(super) fn check(loaded: &mut Loaded, request: &Request, reach: Reach, progress: &dyn Progress) -> Result<Option<Links>, Error> {
    let (Some(archive), Some(snapshot), Some(config)) = (&loaded.archive, &loaded.snapshot, &loaded.config) else {
        return Ok(None);
    };
    if !config.asks_for(Code::DeadLink) {
        return Ok(None);
    }
    let named = by_question(addresses::gather(archive, snapshot)?);
    let now = request.showing.now;
    let mut links = Links { named: named.len(), ..Links::default() };
    let mut memory = match recall(request) {
        Ok(memory) => memory,
        Err(why) => {
            links.forgot = Some(why);
            Memory::default()
        }
    };
    let questions: Vec<String> = named.keys().filter(|question| !memory.trusts(question, now)).cloned().collect();
    progress.begin(Stage::Asking, questions.len());
    let heard = network::ask(&questions, &Manners::polite(reach), &|| progress.advance());
    let mut found = Vec::new();
    links.conclude(&named, questions.iter().zip(&heard), &mut memory, now, &mut found);
    if links.asked > 0 && !links.unconnected {
        // Another run may have come to its end meanwhile.
        let others = recall(request).unwrap_or_default();
        memory.settle(&named.keys().map(String::as_str).collect(), others);
        links.refused = source::keep(&request.root, NOTE, &memory.write()).err();
    }
    loaded.add(found);
    Ok(Some(links))
}

/// What is remembered, or why that cannot be known.
fn recall(request: &Request) -> Result<Memory, String> {
    let note = source::recall(&request.root, NOTE).map_err(|refused| refused.to_string())?;
    let read = |note: String| Memory::read(&note).map_err(|why| format!("`.postilla/{NOTE}` is not what it was: {why}"));
    note.map_or_else(|| Ok(Memory::default()), read)
}

/// The places at which each address is named, in order, by what is asked for it.
fn by_question(named: Vec<Named>) -> BTreeMap<String, Vec<Named>> {
    let mut questions: BTreeMap<String, Vec<Named>> = BTreeMap::new();
    for (written, place) in named {
        if let Some(question) = network::question(&written) {
            questions.entry(question).or_default().push((written, place));
        }
    }
    for places in questions.values_mut() {
        places.sort_by(|a, b| a.1.cmp(&b.1));
    }
    questions
}

impl Links {
    /// Weighs what was heard against what is remembered.
    fn conclude<'h>(
        &mut self,
        named: &BTreeMap<String, Vec<Named>>,
        heard: impl Iterator<Item = (&'h String, &'h Heard)> + Clone,
        memory: &mut Memory,
        now: Timestamp,
        found: &mut Vec<Diagnostic>,
    ) {
        let is_asked = |(_, heard): &(&String, &Heard)| !matches!(heard.fate, Fate::NotAsked(_));
        self.asked = heard.clone().filter(is_asked).count();
        self.unconnected = self.asked > 0 && !heard.clone().any(|(_, heard)| heard.reached);
        for (question, heard) in heard {
            let aside = |why: &str| (question.clone(), why.to_owned());
            match &heard.fate {
                Fate::There => memory.note_good(question, now),
                Fate::Unsure(why) => self.unsure.push(aside(why)),
                Fate::NotAsked(why) => self.not_asked.push(aside(why)),
                Fate::Gone(why) if self.unconnected => self.unsure.push(aside(why)),
                Fate::Gone(why) => {
                    let failures = memory.note_failed(question, now);
                    if failures.are_enough() {
                        self.dead += 1;
                        found.push(dead(&named[question], heard, why, &failures));
                    } else {
                        self.failed.push(aside(why));
                    }
                }
            }
        }
    }
}

/// So many more places are shown; of the rest it is said how many they are.
const SHOWN: usize = 3;

fn dead(places: &[Named], heard: &Heard, why: &str, failures: &Failures) -> Diagnostic {
    let (written, first) = &places[0];
    let since = failures.since.strftime("%Y-%m-%d");
    let mut finding = Diagnostic::warning(Code::DeadLink, first.clone(), format!("`{written}` is no longer there"))
        .note(format!("{why}, in {} runs since {since}", failures.runs))
        .help("mend the address, or name an archived copy: as `archived`, or in its place".to_owned());
    let others: BTreeSet<&Place> = places[1..].iter().map(|(_, place)| place).filter(|place| *place != first).collect();
    for place in others.iter().take(SHOWN) {
        finding = finding.related((*place).clone(), "also here");
    }
    if others.len() > SHOWN {
        let more = others.len() - SHOWN;
        finding = finding.note(format!("and at {more} more {}", if more == 1 { "place" } else { "places" }));
    }
    match &heard.moved {
        Some(to) => finding.note(format!("its server said that it had moved for good, to `{to}`")),
        None => finding,
    }
}
