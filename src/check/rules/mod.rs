//! The rules, one a file.

mod anchor_denied;
mod anchor_struck;
mod anchor_too_short;
mod article_no_facts;
mod attribution_no_basis;
mod attribution_only_anonymous;
mod bibliography_unused;
mod check_outdated;
mod entity_duplicate;
mod entity_unused;
mod evidence_not_archived;
mod fact_contradiction;
mod fact_newer_value;
mod fact_review_due;
mod language_untranslated;
mod name_denied;
mod name_shared;
mod name_unlinked;
mod picture_no_words;
mod quotation_differs;
mod response_to_nothing;
mod rights_missing;
mod status_no_evidence;
mod status_one_owner;
mod translation_differs;
mod value_unstated;

use super::rule::Rule;

/// Every rule.
pub const ALL: &[Rule] = &[
    anchor_struck::RULE,
    anchor_denied::RULE,
    anchor_too_short::RULE,
    value_unstated::RULE,
    fact_contradiction::RULE,
    fact_review_due::RULE,
    fact_newer_value::RULE,
    check_outdated::RULE,
    status_no_evidence::RULE,
    status_one_owner::RULE,
    attribution_no_basis::RULE,
    attribution_only_anonymous::RULE,
    name_unlinked::RULE,
    name_denied::RULE,
    name_shared::RULE,
    entity_duplicate::RULE,
    entity_unused::RULE,
    evidence_not_archived::OF_ARTICLES,
    evidence_not_archived::OF_SOURCES,
    response_to_nothing::RULE,
    quotation_differs::RULE,
    rights_missing::RULE,
    bibliography_unused::RULE,
    article_no_facts::RULE,
    translation_differs::RULE,
    picture_no_words::RULE,
    language_untranslated::RULE,
];
