//! The rules, one a file.

mod anchor_too_short;
mod article_no_facts;
mod attribution_no_basis;
mod attribution_only_anonymous;
mod evidence_not_archived;
mod fact_contradiction;
mod quotation_differs;
mod response_to_nothing;
mod rights_missing;
mod status_no_evidence;
mod status_one_owner;

use super::rule::Rule;

/// Every rule.
pub const ALL: &[Rule] = &[
    anchor_too_short::RULE,
    article_no_facts::RULE,
    attribution_no_basis::RULE,
    attribution_only_anonymous::RULE,
    evidence_not_archived::OF_ARTICLES,
    evidence_not_archived::OF_SOURCES,
    fact_contradiction::RULE,
    quotation_differs::RULE,
    response_to_nothing::RULE,
    rights_missing::RULE,
    status_no_evidence::RULE,
    status_one_owner::RULE,
];
