//! The rules, one a file.

mod anchor_too_short;
mod check_outdated;
mod fact_contradiction;
mod value_unstated;

use super::rule::Rule;

/// Every rule.
pub const ALL: &[Rule] = &[anchor_too_short::RULE, check_outdated::RULE, fact_contradiction::RULE, value_unstated::RULE];
