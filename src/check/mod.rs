//! Editorial rules: what an editor should look at. A rule looks at one article as soon as it is read, or at the archive
//! as a whole; none changes anything, and none asks the network.

mod allow;
mod board;
mod copies;
mod owners;
mod quoted;
pub mod rule;
mod rules;
mod statements;
mod ties;
mod turns;

use crate::base::Diagnostic;
use rule::{Case, Look, Rule, Whole};

pub use turns::turns;

/// Every rule, in the order of `docs/rules`.
const RULES: &[Rule] = rules::ALL;

/// Looks at one article, and drops what its facts are excepted from: also of `found`, what was found of it before.
pub fn article(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for rule in RULES.iter().filter(|rule| case.config.asks_for(rule.code)) {
        if let Look::Article(look) = rule.look {
            look(case, found);
        }
    }
    allow::in_article(case, found);
}

/// Looks at the archive as a whole.
pub fn archive(whole: &Whole<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in RULES.iter().filter(|rule| whole.config.asks_for(rule.code)) {
        if let Look::Archive(look) = rule.look {
            look(whole, &mut found);
        }
    }
    allow::in_archive(whole, &mut found);
    found
}
