//! How often each rule was broken.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use super::word;
use crate::base::{Code, Diagnostic, Severity};

/// How often a rule was broken, for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// The rule, such as `anchor::orphan`.
    pub code: &'static str,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// How many findings there are.
    pub count: usize,
}

/// The findings counted by rule: errors first, then what is most frequent.
pub fn tally<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> Vec<Tally> {
    let mut counts: BTreeMap<(Severity, Code), usize> = BTreeMap::new();
    for found in diagnostics {
        *counts.entry((found.severity, found.code)).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|((severity, code), count)| (*severity, Reverse(*count), code.as_str()));
    counts.into_iter().map(|((severity, code), count)| Tally { code: code.as_str(), severity: word(severity), count }).collect()
}

/// All errors, and of each rule only the first warnings: at most `most`. Of the others, how many each rule has.
pub fn first_of_each(diagnostics: &[Diagnostic], most: usize) -> (Vec<Diagnostic>, Vec<Tally>) {
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    let mut left = Vec::new();
    let mut first = Vec::new();
    for found in diagnostics {
        let count = counts.entry(found.code).or_default();
        *count += usize::from(!found.is_error());
        let kept = if found.is_error() || *count <= most { &mut first } else { &mut left };
        kept.push(found);
    }
    (first.into_iter().cloned().collect(), tally(left))
}

/// The same for people, one rule a line; nothing where a single rule was broken, since the total says as much.
pub fn by_rule(diagnostics: &[Diagnostic]) -> String {
    let rules = tally(diagnostics);
    if rules.len() < 2 {
        return String::new();
    }
    let digits = rules.iter().map(|rule| rule.count.to_string().len()).max().unwrap_or(0);
    let letters = rules.iter().map(|rule| rule.code.len()).max().unwrap_or(0);
    rules.iter().fold(String::new(), |mut table, Tally { code, severity, count }| {
        let _ = writeln!(table, "{count:>digits$}  {code:<letters$}  {severity}");
        table
    })
}
