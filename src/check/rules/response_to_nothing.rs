//! An answer that does not say to which fact.

use crate::base::{Code, Diagnostic};
use crate::check::rule::{Case, Look, Rule};
use crate::parse::sidecar::FactKind;

pub const RULE: Rule = Rule { code: Code::ToNothing, look: Look::Article(look) };

fn look(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (position, fact) in case.facts().filter(|(_, fact)| fact.kind == FactKind::Response && fact.responds_to.is_none()) {
        let message = format!("the fact `{}` is a response, and it is not said to what", fact.id);
        let place = case.at(position, |path| path.key("kind"));
        let help = "name the fact that it answers as `responds_to`: its id, or `article#id`";
        found.push(Diagnostic::warning(Code::ToNothing, place, message).help(help.to_owned()));
    }
}
