//! An article without facts, once it is more than a draft and as long as it is not withdrawn.

use crate::base::{Code, Diagnostic, Place};
use crate::check::rule::{Case, Look, Rule};
use crate::parse::article::State;

pub const RULE: Rule = Rule { code: Code::NoFacts, look: Look::Article(look) };

fn look(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    if !case.facts.is_empty() || matches!(case.head.state, State::Draft | State::Withdrawn) {
        return;
    }
    let help = if case.sidecar == case.file {
        format!("write its facts into a file `{}.facts.toml` beside it", case.file.stem())
    } else {
        format!("write its facts into `{}`", case.sidecar.name())
    };
    let message = "this article has no facts: nothing of it is tied to its words";
    found.push(Diagnostic::warning(Code::NoFacts, Place::whole(case.file), message).help(help));
}
