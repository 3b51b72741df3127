//! Exceptions: a fact may break a rule for a reason. One that it does not break is itself a finding.

use std::collections::{BTreeMap, BTreeSet};

use super::RULES;
use super::rule::{Case, Look, Rule, Whole, sidecar};
use crate::archive::{ArticleIx, FactRef};
use crate::base::{Code, Diagnostic, Place, SourcePath, Spot};
use crate::config::Config;

/// Drops the findings that the facts of an article are excepted from, and reports exceptions in vain.
pub fn in_article(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let allows = |fact: usize, code: Code| {
        case.facts.get(fact).is_some_and(|fact| fact.allow.iter().any(|allow| Code::of(&allow.rule) == Some(code)))
    };
    let mut used = BTreeSet::new();
    found.retain(|diagnostic| {
        let excepted = fact_at(&diagnostic.place, case.sidecar).filter(|fact| allows(*fact, diagnostic.code));
        used.extend(excepted.map(|fact| (fact, diagnostic.code)));
        excepted.is_none()
    });
    for (position, fact) in case.facts() {
        for (nth, allow) in fact.allow.iter().enumerate() {
            let Some(code) = Code::of(&allow.rule).filter(|code| !is_of_archive(*code)) else { continue };
            if !used.contains(&(position, code)) && looks_for(case.config, code) {
                found.push(in_vain(&fact.id, code, case.at(position, |path| path.key("allow").index(nth))));
            }
        }
    }
}

/// The same for what is found in the archive as a whole. A finding about two facts is dropped for an exception of either.
pub fn in_archive(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let excepted = exceptions(whole);
    if excepted.is_empty() {
        return;
    }
    let articles = whole.archive.articles.iter().enumerate();
    let home: BTreeMap<&SourcePath, ArticleIx> = articles.map(|(position, article)| (sidecar(article), ArticleIx::new(position))).collect();
    let fact_of = |place: &Place| {
        let article = *home.get(&place.file)?;
        let fact = u32::try_from(fact_at(place, &place.file)?).ok()?;
        Some(FactRef { article, fact })
    };
    let mut used = BTreeSet::new();
    found.retain(|diagnostic| {
        let places = std::iter::once(&diagnostic.place).chain(diagnostic.related.iter().map(|(place, _)| place));
        let hits = places.filter_map(fact_of).map(|fact| (fact, diagnostic.code));
        let hits: Vec<_> = hits.filter(|hit| excepted.contains_key(hit)).collect();
        used.extend(hits.iter().copied());
        hits.is_empty()
    });
    for ((fact, code), nth) in excepted.iter().filter(|(hit, _)| !used.contains(*hit)) {
        let id = &whole.archive.fact(*fact).1.id;
        found.push(in_vain(id, *code, whole.at(*fact, |path| path.key("allow").index(*nth))));
    }
}

/// What facts are excepted from, of what is looked for in the archive as a whole, with the position in their lists.
fn exceptions(whole: &Whole<'_>) -> BTreeMap<(FactRef, Code), usize> {
    let mut excepted = BTreeMap::new();
    for (position, article) in whole.archive.articles.iter().enumerate() {
        for (fact, kept) in (0_u32..).zip(&article.facts) {
            for (nth, code) in kept.allowed.iter().enumerate().filter(|(_, code)| is_of_archive(**code) && looks_for(whole.config, **code))
            {
                excepted.insert((FactRef { article: ArticleIx::new(position), fact }, *code), nth);
            }
        }
    }
    excepted
}

/// Whether facts are seen to break a rule only in the archive as a whole.
fn is_of_archive(code: Code) -> bool {
    let of = |rule: &&Rule| rule.code == code;
    RULES.iter().any(|rule| of(&rule)) && RULES.iter().filter(of).all(|rule| matches!(rule.look, Look::Archive(_)))
}

/// Whether a rule would have been found broken. Dead links are looked for only when that is asked for.
fn looks_for(config: &Config, code: Code) -> bool {
    config.asks_for(code) && config.asks_for(Code::UnusedAllow) && code != Code::DeadLink
}

fn in_vain(id: &str, code: Code, place: Place) -> Diagnostic {
    let message = format!("the fact `{id}` does not break the rule `{}` from which it is excepted", code.as_str());
    Diagnostic::warning(Code::UnusedAllow, place, message).help("take the exception out".to_owned())
}

/// The position of the fact that `place` in `sidecar` is about.
fn fact_at(place: &Place, sidecar: &SourcePath) -> Option<usize> {
    match &place.spot {
        Spot::Data(path) if place.file == *sidecar => path.in_fact().map(|(fact, _)| fact),
        _ => None,
    }
}
