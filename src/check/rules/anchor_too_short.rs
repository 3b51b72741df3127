//! A quote of a few words can soon stand in two places, and then nothing tells which was meant. One word is ambiguous in
//! two cases of three, five in one of a hundred.

use crate::base::{Code, Diagnostic};
use crate::check::rule::{Case, Look, Rule};

pub const RULE: Rule = Rule { code: Code::AnchorTooShort, look: Look::Article(look) };

/// Quotes of fewer words want something beside them.
const ENOUGH: usize = 5;

fn look(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (position, fact) in case.facts() {
        let anchor = &fact.anchor;
        let told_apart = anchor.prefix.is_some() || anchor.suffix.is_some() || anchor.occurrence.is_some();
        let words = anchor.exact.split_whitespace().count();
        if told_apart || words >= ENOUGH || case.standings[position].at.is_none() {
            continue;
        }
        let place = case.at(position, |path| path.key("anchor").key("exact"));
        let words = if words == 1 { "one word".to_owned() } else { format!("{words} words") };
        let message = format!("the quote under fact `{}` is only {words} long", fact.id);
        let help = "add the words before it as `prefix` or after it as `suffix`: then it cannot be taken for another";
        found.push(Diagnostic::warning(Code::AnchorTooShort, place, message).help(help.to_owned()));
    }
}
