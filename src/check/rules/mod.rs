//! The rules, one a file.

mod anchor_too_short;
mod bibliography_unused;
mod check_outdated;
mod entity_duplicate;
mod entity_unused;
mod fact_contradiction;
mod fact_newer_value;
mod fact_review_due;
mod name_denied;
mod name_shared;
mod name_unlinked;
mod translation_differs;
mod value_unstated;

use super::rule::Rule;

/// Every rule.
pub const ALL: &[Rule] = &[
    anchor_too_short::RULE,
    check_outdated::RULE,
    value_unstated::RULE,
    fact_contradiction::RULE,
    fact_review_due::RULE,
    fact_newer_value::RULE,
    name_unlinked::RULE,
    name_denied::RULE,
    name_shared::RULE,
    entity_duplicate::RULE,
    entity_unused::RULE,
    bibliography_unused::RULE,
    translation_differs::RULE,
];
