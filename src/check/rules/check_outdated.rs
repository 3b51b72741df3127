//! A check that says what it was made against holds as long as that stands: the sentence, or the whole text.

use crate::archive::digest::{self, Proof};
use crate::base::{Code, Diagnostic};
use crate::check::rule::{Case, Look, Rule};

pub const RULE: Rule = Rule { code: Code::Outdated, look: Look::Article(look) };

fn look(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let proof = Proof::new(&case.body.text);
    for (position, fact) in case.facts() {
        let Some((nth, check)) = fact.last_check() else { continue };
        let Some(against) = &check.against else { continue };
        let range = case.standings[position].at.as_ref();
        if proof.holds(against, range) {
            continue;
        }
        let place = case.at(position, |path| path.key("checks").index(nth).key("against"));
        let message = format!("the sentence of fact `{}` has changed since {} checked it on {}", fact.id, check.by, check.date.day());
        let help = range.map(|range| {
            let digest = digest::of_sentence(&case.body.text, range);
            format!("check it again, and add a check with `against = \"{digest}\"`")
        });
        found.push(Diagnostic::warning(Code::Outdated, place, message).help(help));
    }
}
