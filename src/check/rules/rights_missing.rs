//! The whole text of somebody else, with no word on the right to publish it. Somebody else's is what stands elsewhere,
//! or was published by anybody but the archive. Drafts are spared, and what is withdrawn: its text is not shown.

use crate::base::{Code, Diagnostic};
use crate::check::owners;
use crate::check::rule::{Case, Look, Rule};
use crate::parse::article::{Publish, Rights, State};

pub const RULE: Rule = Rule { code: Code::NoRights, look: Look::Article(look) };

fn look(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let head = case.head;
    let shows_all = head.publish == Publish::Full && !matches!(head.state, State::Draft | State::Withdrawn);
    if !shows_all || head.rights.as_ref().is_some_and(says_something) {
        return;
    }
    let Some(key) = theirs(case) else { return };
    let message = "the whole text of somebody else is published, and nothing says by what right";
    let help = "give `rights` with a `holder` or a `licence`; or show less of it, with `publish = \"excerpts\"` or `\"facts_only\"`";
    found.push(Diagnostic::warning(Code::NoRights, case.at_head(key), message).help(help.to_owned()));
}

/// The key of the front matter by which the text is somebody else's.
fn theirs(case: &Case<'_>) -> Option<&'static str> {
    let is_archive = |name: &str| case.config.title.all().any(|title| owners::are_one_name(title, name));
    match (&case.head.publisher, &case.head.url) {
        (Some(publisher), None) if is_archive(publisher) => None,
        (_, Some(_)) => Some("url"),
        (Some(_), None) => Some("publisher"),
        (None, None) => None,
    }
}

fn says_something(rights: &Rights) -> bool {
    [&rights.holder, &rights.licence].into_iter().flatten().any(|word| !word.trim().is_empty())
}
