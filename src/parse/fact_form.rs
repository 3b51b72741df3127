//! What a fact must be beyond its types: one answer, one span of time, ids of its own. Looks at one sidecar
//! and never at the article or the archive.

use std::collections::BTreeMap;

use super::form::{self, Findings, key};
use super::sidecar::{Allow, Evidence, Fact, Valid, Value};
use crate::base::{Code, DataPath, Diagnostic, SourcePath};

/// Makes a path when something is wrong.
type Path<'a> = &'a dyn Fn() -> DataPath;

/// Everything that is wrong with the facts of one sidecar.
pub(super) fn check(file: &SourcePath, facts: &[Fact]) -> Vec<Diagnostic> {
    let mut findings = Findings::new(file);
    let mut ids = BTreeMap::new();
    for (index, fact) in facts.iter().enumerate() {
        let first = *ids.entry(&*fact.id).or_insert(index);
        if first != index {
            repeated_id(&mut findings, &fact.id, first, index);
        }
        check_fact(&mut findings, fact, &|| key("facts").index(index));
    }
    findings.found
}

fn repeated_id(findings: &mut Findings<'_>, id: &str, first: usize, again: usize) {
    let first = findings.place(key("facts").index(first).key("id"));
    let error = findings.error(Code::DuplicateId, key("facts").index(again).key("id"), format!("two facts with the id `{id}`"));
    error.related.push((first, "first here".to_owned()));
}

fn check_fact(findings: &mut Findings<'_>, fact: &Fact, path: Path<'_>) {
    findings.form(Some(&fact.id), form::slug, || path().key("id"));
    if fact.id.starts_with('_') {
        let error = findings.error(
            Code::BadValue,
            path().key("id"),
            format!("`{}` begins with `_`, as only the ids of pages themselves do", fact.id),
        );
        error.help = Some("give it an id that begins with a letter or a digit".to_owned());
    }
    for claim in fact.claim.all() {
        findings.form(Some(claim), form::not_blank, || path().key("claim"));
    }
    findings.form(Some(&fact.anchor.exact), form::not_blank, || path().key("anchor").key("exact"));
    check_answer(findings, fact, path);
    if let Some(value) = &fact.value {
        check_value(findings, value, &|| path().key("value"));
    }
    if let Some(valid) = &fact.valid {
        check_valid(findings, valid, &|| path().key("valid"));
    }
    for (index, evidence) in fact.evidence.iter().enumerate() {
        check_evidence(findings, evidence, &|| path().key("evidence").index(index));
    }
    for (index, check) in fact.checks.iter().enumerate() {
        findings.form(check.against.as_deref(), form::digest, || path().key("checks").index(index).key("against"));
    }
    for (index, allow) in fact.allow.iter().enumerate() {
        check_allow(findings, allow, &|| path().key("allow").index(index));
    }
}

fn check_allow(findings: &mut Findings<'_>, allow: &Allow, path: Path<'_>) {
    if findings.rule(&allow.rule, || path().key("rule")).is_some_and(Code::is_promise) {
        let message = format!("no fact is excepted from `{}`: it would outlive its sentence", allow.rule);
        findings.error(Code::BadValue, path().key("rule"), message).help = Some("mend its anchor, or take the fact out".to_owned());
    }
    findings.form(Some(&allow.reason), form::not_blank, || path().key("reason"));
}

fn check_answer(findings: &mut Findings<'_>, fact: &Fact, path: Path<'_>) {
    if fact.object.is_some() && fact.value.is_some() {
        findings.error(Code::BadValue, path().key("object").of_key(), "a fact has an `object` or a `value`, not both");
    }
    if fact.property.is_none() {
        return;
    }
    if fact.subject.is_none() {
        findings.error(Code::MissingKey, path().key("property"), "a `property` needs a `subject` of which it is said");
    }
    if fact.object.is_none() && fact.value.is_none() {
        findings.error(Code::MissingKey, path().key("property"), "a `property` needs an `object` or a `value`");
    }
}

fn check_value(findings: &mut Findings<'_>, value: &Value, path: Path<'_>) {
    let ranged = value.min.is_some() || value.max.is_some();
    let answers = [value.number.is_some(), ranged, value.text.is_some()];
    if answers.iter().filter(|given| **given).count() != 1 {
        findings.error(Code::BadValue, path(), "a value is one of `number`, `min` and `max`, or `text`");
    }
    for (name, number) in [("number", value.number), ("min", value.min), ("max", value.max)] {
        if number.is_some_and(|number| !number.is_finite()) {
            findings.error(Code::BadValue, path().key(name), "this number is not finite");
        }
    }
    if let (Some(min), Some(max)) = (value.min, value.max)
        && min > max
    {
        findings.error(Code::BadValue, path().key("min"), format!("`min` {min} is greater than `max` {max}"));
    }
    findings.form(value.text.as_deref(), form::not_blank, || path().key("text"));
    findings.form(value.currency.as_deref(), form::currency, || path().key("currency"));
}

/// Reports a span of time that is none.
pub(super) fn check_valid(findings: &mut Findings<'_>, valid: &Valid, path: Path<'_>) {
    let spans = valid.from.is_some() || valid.until.is_some();
    if valid.at.is_some() == spans {
        let message = if spans { "`at` or `from` and `until`, not both" } else { "`valid` wants `at`, `from` or `until`" };
        findings.error(Code::BadValue, path(), message);
    }
    if let (Some(from), Some(until)) = (&valid.from, &valid.until)
        && from.earliest() > until.latest()
    {
        let message = format!("`from` {} is later than `until` {}", from.as_str(), until.as_str());
        findings.error(Code::BadValue, path().key("from"), message);
    }
}

fn check_evidence(findings: &mut Findings<'_>, evidence: &Evidence, path: Path<'_>) {
    if evidence.source.is_none() && evidence.url.is_none() {
        let error = findings.error(Code::MissingKey, path(), "evidence needs a `source` or a `url`");
        error.help = Some("`source` is a key of the bibliography".to_owned());
    }
    if evidence.source.is_none() && evidence.url.is_some() && evidence.title.is_none() {
        findings.warn(Code::MissingKey, path().key("url"), "a `url` without a `title` gives readers nothing to read");
    }
    findings.form(evidence.url.as_deref(), form::address, || path().key("url"));
    findings.form(evidence.archived.as_deref(), form::address, || path().key("archived"));
    if let Some(value) = &evidence.value {
        check_value(findings, value, &|| path().key("value"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::sidecar;
    use crate::tree::Format;

    /// What is wrong with a fact that has these keys beside the required ones.
    fn wrongs(keys: &str) -> Vec<String> {
        let text = format!("[[facts]]\nid = 'a'\nclaim = 'c'\nanchor.exact = 'x'\n{keys}\n");
        let found = sidecar::read(&SourcePath::new("a.facts.toml"), &text, Format::Toml).diagnostics;
        found.iter().map(shown).collect()
    }

    fn shown(diagnostic: &Diagnostic) -> String {
        match &diagnostic.place.spot {
            crate::base::Spot::Data(path) => format!("{path}: {}", diagnostic.message),
            spot => format!("{spot:?}: {}", diagnostic.message),
        }
    }

    #[test]
    fn a_fact_of_the_required_keys_is_right() {
        assert_eq!(wrongs(""), [""; 0]);
        let full = "subject = 's'\nproperty = 'p'\nvalue = {min = 1, max = 2, currency = 'EUR'}\nvalid = {from = '2023', until = '2024-01'}\n\
            evidence = [{source = 'x'}, {url = 'https://x.org', title = 't', value = {text = 'v'}}]";
        assert_eq!(wrongs(full), [""; 0]);
    }

    #[test]
    fn a_value_of_no_words_is_none() {
        assert_eq!(wrongs("value = {text = ' '}").len(), 1);
        assert_eq!(wrongs("evidence = [{source = 'x', value = {text = ''}}]").len(), 1);
    }

    #[test]
    fn a_value_is_one_answer() {
        let one = "facts[0].value: a value is one of `number`, `min` and `max`, or `text`";
        for keys in ["value = {}", "value = {unit = 'u'}", "value = {number = 1, text = 'x'}", "value = {number = 1, min = 0}"] {
            assert_eq!(wrongs(keys), [one], "{keys}");
        }
        assert_eq!(wrongs("value = {min = 2, max = 1}"), ["facts[0].value.min: `min` 2 is greater than `max` 1"]);
        assert_eq!(wrongs("value = {number = nan}"), ["facts[0].value.number: this number is not finite"]);
        assert_eq!(wrongs("value = {number = 1, currency = 'eur'}"), ["facts[0].value.currency: `eur` is not a currency such as `USD`"]);
    }

    #[test]
    fn a_property_needs_both_its_sides() {
        assert_eq!(
            wrongs("property = 'p'"),
            [
                "facts[0].property: a `property` needs a `subject` of which it is said",
                "facts[0].property: a `property` needs an `object` or a `value`",
            ]
        );
        let both = "subject = 's'\nproperty = 'p'\nobject = 'o'\nvalue = {number = 1}";
        assert_eq!(wrongs(both), ["facts[0].object: a fact has an `object` or a `value`, not both"]);
    }

    #[test]
    fn a_span_of_time_has_one_shape() {
        for (keys, wrong) in [
            ("valid = {}", "facts[0].valid: `valid` wants `at`, `from` or `until`"),
            ("valid = {at = '2024', from = '2023'}", "facts[0].valid: `at` or `from` and `until`, not both"),
            ("valid = {from = '2025', until = 2024-12-31}", "facts[0].valid.from: `from` 2025 is later than `until` 2024-12-31"),
        ] {
            assert_eq!(wrongs(keys), [wrong]);
        }
    }

    #[test]
    fn evidence_names_its_source() {
        assert_eq!(wrongs("evidence = [{title = 't'}]"), ["facts[0].evidence[0]: evidence needs a `source` or a `url`"]);
        assert_eq!(
            wrongs("evidence = [{url = 'javascript:x'}]"),
            [
                "facts[0].evidence[0].url: a `url` without a `title` gives readers nothing to read",
                "facts[0].evidence[0].url: `javascript:x` is not an http or https address",
            ]
        );
    }

    #[test]
    fn ids_of_the_program_are_refused() {
        let text = "facts: [{id: _fn-1, claim: c, anchor: {exact: q}}]";
        let outcome = sidecar::read(&SourcePath::new("a.facts.yaml"), text, Format::Yaml);
        let found: Vec<String> = outcome.diagnostics.iter().map(shown).collect();
        assert_eq!(found, ["facts[0].id: `_fn-1` begins with `_`, as only the ids of pages themselves do"]);
    }

    #[test]
    fn ids_and_quotes_have_a_form() {
        let text = "facts: [{id: A b, claim: ' ', anchor: {exact: ' '}}, {id: x, claim: c, anchor: {exact: q}}, {id: x, claim: c, anchor: {exact: q}}]";
        let outcome = sidecar::read(&SourcePath::new("a.facts.yaml"), text, Format::Yaml);
        let found: Vec<String> = outcome.diagnostics.iter().map(shown).collect();
        assert_eq!(
            found,
            [
                "facts[0].id: `A b` cannot stand in an address: an id is made of lower-case letters, digits, `-`, `_` and inner `.`",
                "facts[0].claim: this text is empty",
                "facts[0].anchor.exact: this text is empty",
                "facts[2].id: two facts with the id `x`",
            ]
        );
        assert_eq!(outcome.diagnostics[3].related.len(), 1);
    }
}
