//! Words that have changed places, and thereby parts: `the union sued the company`, `the company sued the union`.

use super::sense::{Sense, Step};

/// So many words at most are in each of two parts that change places.
const LONGEST: usize = 4;

/// The two parts that have changed places, where the passages have the same words but for that. What may stand anywhere
/// in a sentence (`in Rome`, `on Monday`) may change places, and so may the parts of a list.
pub fn swapped<'s>(old: &'s Sense, new: &'s Sense) -> Option<(String, String)> {
    let (was, now) = inner(&old.line, &new.line)?;
    let length = was.len();
    for one in 1..=LONGEST.min(length) {
        for other in 1..=LONGEST.min(length.saturating_sub(one + 1)) {
            let parts = (&was[..one], &was[one..length - other], &was[length - other..]);
            let there = (&now[..other], &now[other..length - one], &now[length - one..]);
            if same(parts.0, there.2) && same(parts.1, there.1) && same(parts.2, there.0) && tells(parts) {
                return Some((shown(parts.0), shown(parts.2)));
            }
        }
    }
    None
}

/// Both passages without the words that they begin and end with alike; the same number of words.
fn inner<'s>(old: &'s [Step], new: &'s [Step]) -> Option<(&'s [Step], &'s [Step])> {
    if old.len() != new.len() {
        return None;
    }
    let alike = |(one, other): &(&Step, &Step)| one.word == other.word;
    let head = old.iter().zip(new).take_while(alike).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(alike).count();
    Some((&old[head..old.len() - tail], &new[head..new.len() - tail]))
}

fn same(one: &[Step], other: &[Step]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.word == other.word)
}

/// Whether it matters which of the outer parts comes first.
fn tells((first, between, last): (&[Step], &[Step], &[Step])) -> bool {
    let is_list = last[0].joined && (between[0].joined || between.len() == 1);
    !is_list && !first[0].leads && !last[0].leads
}

fn shown(part: &[Step]) -> String {
    part.iter().map(|step| &*step.word).collect::<Vec<_>>().join(" ")
}
