//! An anonymous source of whom it is not said how they know. Whoever only declined to speak has said nothing that would
//! need a ground; a described source gives one by its description.

use crate::base::{Code, Diagnostic};
use crate::check::rule::{Case, Look, Rule};
use crate::parse::sidecar::{Attribution, Mode, Naming};

pub const RULE: Rule = Rule { code: Code::NoBasis, look: Look::Article(look) };

fn look(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (position, fact) in case.facts() {
        for (nth, _) in fact.attribution.iter().enumerate().filter(|(_, attribution)| is_baseless(attribution)) {
            let message = format!("the fact `{}` rests on a source without a name, and it is not said how they know", fact.id);
            let place = case.at(position, |path| path.key("attribution").index(nth).key("agent"));
            let help = "say it as `basis`: what they saw, hold or do, as far as that does not name them";
            found.push(Diagnostic::warning(Code::NoBasis, place, message).help(help.to_owned()));
        }
    }
}

fn is_baseless(attribution: &Attribution) -> bool {
    let is_blank = attribution.basis.as_ref().is_none_or(|basis| basis.trim().is_empty());
    attribution.naming == Naming::Anonymous && attribution.mode != Mode::Declined && is_blank
}
