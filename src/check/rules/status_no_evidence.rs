//! A verdict on a fact without evidence for the verdict. What the evidence is worth is not looked at.

use crate::base::{Code, Diagnostic};
use crate::check::rule::{Case, Look, Rule};
use crate::parse::sidecar::{Fact, Stance, Status};

pub const RULE: Rule = Rule { code: Code::NoEvidence, look: Look::Article(look) };

fn look(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (position, fact) in case.facts() {
        let Some((lack, help)) = lack(fact) else { continue };
        let message = format!("the fact `{}` counts as `{}`, and {lack}", fact.id, fact.status.word());
        let place = case.at(position, |path| path.key("status"));
        found.push(Diagnostic::warning(Code::NoEvidence, place, message).help(help.to_owned()));
    }
}

/// What a verdict lacks, and what to do about it.
fn lack(fact: &Fact) -> Option<(&'static str, &'static str)> {
    let any = |stance: Stance| fact.evidence.iter().any(|evidence| evidence.stance == stance);
    match fact.status {
        Status::SingleSource | Status::Corroborated | Status::Confirmed | Status::Disputed | Status::Refuted
            if fact.evidence.is_empty() =>
        {
            Some(("it has no `evidence`", "name what the verdict rests on as `evidence`, or take the verdict back"))
        }
        Status::SingleSource | Status::Corroborated | Status::Confirmed if !any(Stance::Supports) => {
            Some(("none of its evidence supports it", "add evidence that `supports` it, or take the verdict back"))
        }
        Status::Refuted if !any(Stance::Contradicts) => {
            Some(("none of its evidence contradicts it", "add evidence that `contradicts` it, or take the verdict back"))
        }
        _ => None,
    }
}
