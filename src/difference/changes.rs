//! What changed in an article and in a fact.

use std::collections::{BTreeMap, BTreeSet};

use super::pairs::{self, Pair};
use super::{ArticleDiff, Change, Counts, FactDiff, Fate, Named, Side, Told, Turn, Version, Was};
use crate::base::{Lang, Words};
use crate::parse::sidecar::{Fact, Value};

/// What differs in an article of the two sides, if anything does or cannot be told.
pub fn article(pair: Pair<&Version>, old: &Side, new: &Side) -> Option<ArticleDiff> {
    let (version, lang) = (pair.new.or(pair.old)?, &new.lang);
    let hidden = pair.old.is_none() && hides(old, version) || pair.new.is_none() && hides(new, version);
    let fate = match (pair.old, pair.new) {
        _ if hidden => Fate::Stayed,
        (None, _) => Fate::Added,
        (_, None) => Fate::Removed,
        (Some(_), Some(_)) => Fate::Stayed,
    };
    let of = |version: Option<&Version>| version.is_none_or(|version| version.facts.is_some());
    let compared = !hidden && of(pair.old) && of(pair.new);
    let facts = if compared { facts(pair, lang) } else { Vec::new() };
    let was = pair.old.filter(|old| renamed(old, version)).map(|old| Named { slug: old.name(), file: old.file.as_str().into() });
    let silent = fate == Fate::Stayed && was.is_none() && facts.is_empty() && compared;
    (!silent).then(|| ArticleDiff {
        slug: version.name(),
        file: version.file.as_str().into(),
        title: version.title.clone(),
        fate,
        was,
        compared,
        facts,
    })
}

/// Whether an article may stand in something that could not be read.
fn hides(side: &Side, article: &Version) -> bool {
    let file = article.file.as_str();
    side.unread.iter().any(|unread| file.strip_prefix(&*unread.file).is_some_and(|below| below.is_empty() || below.starts_with('/')))
}

fn renamed(old: &Version, new: &Version) -> bool {
    old.slug.is_some() && new.slug.is_some() && old.slug != new.slug
}

fn facts(pair: Pair<&Version>, lang: &Lang) -> Vec<FactDiff> {
    let own = |version: Option<&Version>| version.map_or_else(|| lang.clone(), |version| version.lang.clone());
    let (old_lang, new_lang) = (own(pair.old), own(pair.new));
    let differ = pairs::facts(known(pair.old), known(pair.new)).into_iter().filter_map(|pair| match (pair.old, pair.new) {
        (None, Some(new)) => Some(FactDiff { id: new.id.clone(), turn: Turn::Added { fact: Box::new(told(new, lang, &new_lang)) } }),
        (Some(old), None) => Some(FactDiff { id: old.id.clone(), turn: Turn::Removed { fact: Box::new(told(old, lang, &old_lang)) } }),
        (Some(old), Some(new)) => changed(old, new, &claims(old, &old_lang), &claims(new, &new_lang)),
        (None, None) => None,
    });
    differ.collect()
}

fn known(version: Option<&Version>) -> &[Fact] {
    version.and_then(|version| version.facts.as_deref()).unwrap_or_default()
}

fn told(fact: &Fact, lang: &Lang, own: &Lang) -> Told {
    Told {
        claim: fact.claim.pick(lang, own).1.into(),
        words: fact.anchor.exact.clone(),
        status: fact.status,
        subject: fact.subject.clone(),
        property: fact.property.clone(),
        object: fact.object.clone(),
        value: fact.value.clone(),
        valid: fact.valid.clone(),
    }
}

fn changed(old: &Fact, new: &Fact, old_claims: &Claims<'_>, new_claims: &Claims<'_>) -> Option<FactDiff> {
    let mut changes = Vec::new();
    // The figure in the article's own words goes with the words.
    let figure = |fact: &Fact| fact.value.as_ref().map(|value| Value { stated: None, ..(**value).clone() });
    if figure(old) != figure(new) {
        changes.push(Change::Value(Was { old: old.value.clone(), new: new.value.clone() }));
    }
    let mut word = |of: fn(&Fact) -> &Option<Box<str>>, change: fn(Was<Option<Box<str>>>) -> Change| {
        if of(old) != of(new) {
            changes.push(change(Was { old: of(old).clone(), new: of(new).clone() }));
        }
    };
    word(|fact| &fact.subject, Change::Subject);
    word(|fact| &fact.property, Change::Property);
    word(|fact| &fact.object, Change::Object);
    if old.status != new.status {
        changes.push(Change::Status(Was { old: old.status, new: new.status }));
    }
    if old.valid != new.valid {
        changes.push(Change::Valid(Was { old: old.valid.clone(), new: new.valid.clone() }));
    }
    if old.anchor.exact != new.anchor.exact {
        changes.push(Change::Words(Was { old: old.anchor.exact.clone(), new: new.anchor.exact.clone() }));
    }
    changes.extend(reworded(old_claims, new_claims));
    let keys = other(old, new);
    if !keys.is_empty() {
        changes.push(Change::Other { keys });
    }
    let was = (old.id != new.id).then(|| old.id.clone());
    (was.is_some() || !changes.is_empty()).then(|| FactDiff { id: new.id.clone(), turn: Turn::Changed { was, changes } })
}

/// A claim by language.
type Claims<'f> = BTreeMap<&'f Lang, &'f str>;

fn claims<'f>(fact: &'f Fact, own: &'f Lang) -> Claims<'f> {
    match &fact.claim {
        Words::One(text) => BTreeMap::from([(own, &**text)]),
        Words::ByLang(texts) => texts.iter().map(|(lang, text)| (lang, &**text)).collect(),
    }
}

fn reworded(old: &Claims<'_>, new: &Claims<'_>) -> Vec<Change> {
    let change = |lang: Option<&Lang>, old: Option<&str>, new: Option<&str>| {
        (old != new).then(|| Change::Claim { lang: lang.cloned(), was: Was { old: old.map(Into::into), new: new.map(Into::into) } })
    };
    if old.len() == 1 && new.len() == 1 {
        return change(None, old.values().next().copied(), new.values().next().copied()).into_iter().collect();
    }
    let langs: BTreeSet<&Lang> = old.keys().chain(new.keys()).copied().collect();
    langs.into_iter().filter_map(|lang| change(Some(lang), old.get(lang).copied(), new.get(lang).copied())).collect()
}

/// The keys of everything else that differs.
fn other(old: &Fact, new: &Fact) -> Vec<&'static str> {
    let stated = |fact: &Fact| fact.value.as_ref().and_then(|value| value.stated.clone());
    let place = |fact: &Fact| (fact.anchor.prefix.clone(), fact.anchor.suffix.clone(), fact.anchor.occurrence);
    let differ = [
        ("visibility", old.visibility != new.visibility),
        ("kind", old.kind != new.kind),
        ("about", old.about != new.about),
        ("stated", stated(old) != stated(new)),
        ("anchor", place(old) != place(new)),
        ("attribution", old.attribution != new.attribution),
        ("evidence", old.evidence != new.evidence),
        ("confidence", old.confidence != new.confidence),
        ("checks", old.checks != new.checks),
        ("review_after", old.review_after != new.review_after),
        ("responds_to", old.responds_to != new.responds_to),
        ("same_as", old.same_as != new.same_as),
        ("replaces", old.replaces != new.replaces),
    ];
    differ.into_iter().filter(|(_, differs)| *differs).map(|(key, _)| key).collect()
}

/// How much differs.
pub fn count(articles: &[ArticleDiff]) -> Counts {
    let mut counts = Counts::default();
    for article in articles {
        match article.fate {
            Fate::Added => counts.articles_added += 1,
            Fate::Removed => counts.articles_removed += 1,
            Fate::Stayed => counts.articles_renamed += usize::from(article.was.is_some()),
        }
        for fact in &article.facts {
            match &fact.turn {
                Turn::Added { .. } => counts.added += 1,
                Turn::Removed { .. } => counts.removed += 1,
                Turn::Changed { was, changes } => {
                    counts.renamed += usize::from(was.is_some());
                    counts.changed += usize::from(!changes.is_empty());
                    count_changes(changes, &mut counts);
                }
            }
        }
    }
    counts
}

/// Each kind once, however much of it changed in the fact.
fn count_changes(changes: &[Change], counts: &mut Counts) {
    let any = |is: fn(&Change) -> bool| usize::from(changes.iter().any(is));
    counts.value += any(|change| matches!(change, Change::Value(_) | Change::Subject(_) | Change::Property(_) | Change::Object(_)));
    counts.status += any(|change| matches!(change, Change::Status(_)));
    counts.valid += any(|change| matches!(change, Change::Valid(_)));
    counts.words += any(|change| matches!(change, Change::Words(_)));
    counts.claim += any(|change| matches!(change, Change::Claim { .. }));
    counts.other += any(|change| matches!(change, Change::Other { .. }));
}
