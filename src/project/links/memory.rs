//! What is remembered of addresses from one run to the next. A link is dead when two runs have said so, an hour or more
//! apart: a server that is down for a moment is no finding.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long it is believed that something still stands there.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Two failures nearer to each other than this count as one.
const APART: SignedDuration = SignedDuration::from_hours(1);

/// From how many failures on an address is dead.
const ENOUGH: u32 = 2;

/// What is remembered, by address.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Memory {
    addresses: BTreeMap<String, Past>,
    /// Of which this run learnt something.
    #[serde(skip)]
    learnt: BTreeSet<String>,
}

/// What is remembered of an address.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Past {
    /// Something stood there at this moment, when it was last asked.
    Good(Timestamp),
    /// Nothing did when it was asked.
    Failed(Failures),
}

/// Failures in a row.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Failures {
    /// How many that count.
    pub runs: u32,
    /// The first of them.
    pub since: Timestamp,
    /// The last of them.
    pub last: Timestamp,
}

impl Memory {
    /// What a note says; an error says why it is none.
    pub fn read(note: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(note)
    }

    /// The note.
    pub fn write(&self) -> String {
        serde_json::to_string_pretty(self).expect("a memory is plain data") + "\n"
    }

    /// Whether `address` answered so lately that it need not be asked at the moment `now`.
    pub fn trusts(&self, address: &str, now: Timestamp) -> bool {
        let Some(Past::Good(at)) = self.addresses.get(address) else { return false };
        (SignedDuration::ZERO..GOOD_FOR).contains(&now.duration_since(*at))
    }

    /// Something stands there.
    pub fn note_good(&mut self, address: &str, now: Timestamp) {
        self.learn(address, Past::Good(now));
    }

    /// Nothing stands there.
    pub fn note_failed(&mut self, address: &str, now: Timestamp) -> Failures {
        let failures = match self.addresses.get(address) {
            Some(Past::Failed(before)) if now.duration_since(before.last).abs() < APART => *before,
            Some(Past::Failed(before)) => Failures { runs: before.runs.saturating_add(1), last: now, since: before.since.min(now) },
            _ => Failures { runs: 1, since: now, last: now },
        };
        self.learn(address, Past::Failed(failures));
        failures
    }

    fn learn(&mut self, address: &str, past: Past) {
        self.addresses.insert(address.to_owned(), past);
        self.learnt.insert(address.to_owned());
    }

    /// Forgets what is not among `addresses`, and takes over what `other`, the memory of a run in between, knows of those
    /// of which this run learnt nothing.
    pub fn settle(&mut self, addresses: &BTreeSet<&str>, mut other: Self) {
        other.addresses.retain(|address, _| !self.learnt.contains(&**address));
        self.addresses.extend(other.addresses);
        self.addresses.retain(|address, _| addresses.contains(&**address));
    }
}

impl Failures {
    /// Whether they are enough.
    pub fn are_enough(&self) -> bool {
        self.runs >= ENOUGH
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: &str = "https://example.org/";

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn check_runs(moments: &[&str], expected: u32) {
        let mut memory = Memory::default();
        let runs = moments.iter().map(|moment| memory.note_failed(HOME, at(moment)).runs).last();
        assert_eq!(runs, Some(expected), "{moments:?}");
    }

    #[test]
    fn failures_within_an_hour_are_one() {
        check_runs(&["2026-01-01T10:00:00Z"], 1);
        check_runs(&["2026-01-01T10:00:00Z", "2026-01-01T10:00:30Z", "2026-01-01T10:59:59Z"], 1);
        check_runs(&["2026-01-01T10:00:00Z", "2026-01-01T10:59:59Z", "2026-01-01T11:00:00Z"], 2);
        check_runs(&["2026-01-01T10:00:00Z", "2026-01-02T10:00:00Z", "2026-01-02T10:00:01Z"], 2);
    }

    #[test]
    fn an_answer_ends_a_row_of_failures_and_is_believed_for_a_week() {
        let mut memory = Memory::default();
        memory.note_failed(HOME, at("2026-01-01T00:00:00Z"));
        memory.note_good(HOME, at("2026-01-02T00:00:00Z"));
        for (now, trusts) in [("2026-01-02T00:00:00Z", true), ("2026-01-08T23:59:59Z", true), ("2026-01-09T00:00:00Z", false)] {
            assert_eq!(memory.trusts(HOME, at(now)), trusts, "{now}");
        }
        assert!(!memory.trusts(HOME, at("2026-01-01T00:00:00Z")), "what comes later is not known yet");
        assert_eq!(memory.note_failed(HOME, at("2026-02-01T00:00:00Z")).runs, 1);
    }

    #[test]
    fn a_memory_reads_what_it_wrote_and_refuses_the_rest() {
        let mut memory = Memory::default();
        memory.note_good(HOME, at("2026-01-02T00:00:00Z"));
        memory.note_failed("https://gone.example/", at("2026-01-02T00:00:00Z"));
        let again = Memory::read(&memory.write()).unwrap();
        assert_eq!(again.addresses, memory.addresses);
        for broken in ["", "{", "[]", "{\"addresses\":{\"x\":1}}", "{\"addresses\":{\"x\":{\"good\":\"yesterday\"}}}"] {
            assert!(Memory::read(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn a_run_in_between_is_not_lost_and_what_is_gone_is_forgotten() {
        let now = at("2026-01-02T00:00:00Z");
        let (mut mine, mut theirs) = (Memory::default(), Memory::default());
        mine.note_good("a", now);
        mine.note_good("gone", now);
        theirs.note_failed("a", now);
        theirs.note_failed("b", now);
        mine.settle(&BTreeSet::from(["a", "b"]), theirs);
        let known: Vec<_> = mine.addresses.iter().map(|(address, past)| (address.as_str(), matches!(past, Past::Good(_)))).collect();
        assert_eq!(known, [("a", true), ("b", false)]);
    }
}
