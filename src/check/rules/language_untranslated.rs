//! What is not there in every language of the archive: names, labels, claims, texts. One finding a file. Off unless an archive asks
//! for it, since most archives translate little.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::archive::{Article, ArticleIx, Fact, FactRef};
use crate::base::{Code, DataPath, Diagnostic, Lang, Place, SourcePath, Words};
use crate::check::rule::{Look, Rule, Whole, sidecar};

pub const RULE: Rule = Rule { code: Code::Untranslated, look: Look::Archive(look) };

fn look(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    if whole.config.languages.len() < 2 {
        return;
    }
    entities(whole, found);
    found.extend(properties(whole));
    texts(whole, found);
    let twins = twins(whole);
    let articles = whole.archive.articles.par_iter().enumerate().filter(|(_, article)| article.speaks());
    found.par_extend(articles.flat_map_iter(|(position, article)| claims(whole, ArticleIx::new(position), article, &twins)));
}

/// The languages of the archive for which `has` does not hold.
fn lacking<'a>(whole: &Whole<'a>, has: impl Fn(&Lang) -> bool) -> Vec<&'a Lang> {
    whole.config.languages.iter().filter(|lang| !has(lang)).collect()
}

fn listed(langs: &[&Lang]) -> String {
    langs.iter().map(|lang| format!("`{lang}`")).collect::<Vec<_>>().join(", ")
}

/// A name that is one string is a name in every language.
fn entities(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let own = &whole.archive.register.lang;
    for entity in &whole.archive.register.entities {
        let name = Some(&entity.head.name).filter(|name| matches!(name, Words::ByLang(_)));
        let words = [("name", name), ("summary", entity.head.summary.as_ref())];
        let short = words.into_iter().filter_map(|(key, words)| Some((key, words?)));
        let short = short.map(|(key, words)| (key, lacking(whole, |lang| words.is_for(lang, own)))).filter(|(_, langs)| !langs.is_empty());
        let short: Vec<_> = short.collect();
        let Some((first, _)) = short.first() else { continue };
        let said: Vec<_> = short.iter().map(|(key, langs)| format!("the {key} of `{}` is not in {}", entity.id, listed(langs))).collect();
        let help = format!("write it by language: `{first} = {{ {own} = …, … }}`");
        let place = Place::data(&entity.file, DataPath::root().key(*first));
        found.push(Diagnostic::warning(Code::Untranslated, place, said.join("; ")).help(help));
    }
}

fn properties(whole: &Whole<'_>) -> Option<Diagnostic> {
    let register = &whole.archive.register;
    let mut tally = Tally::default();
    let mut first = None;
    for (id, property) in &register.properties {
        for (key, words) in [("label", &property.label), ("inverse_label", &property.inverse_label)] {
            let Some(words) = words else { continue };
            if tally.count(&lacking(whole, |lang| words.is_for(lang, &register.lang))) {
                first.get_or_insert_with(|| DataPath::root().key(&**id).key(key));
            }
        }
    }
    let place = Place::data(&SourcePath::new("content/properties.toml"), first?);
    let help = format!("write each by language: `label = {{ {} = …, … }}`", register.lang);
    Some(Diagnostic::warning(Code::Untranslated, place, tally.said(whole, "labels")).help(help))
}

/// Articles and pages without a version in each language; the original speaks for all.
fn texts(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let archive = whole.archive;
    let mut add = |what: &str, slug: &str, file: &SourcePath, langs: Vec<&Lang>| {
        if langs.is_empty() {
            return;
        }
        let place = Place::data(file, DataPath::root().key("title"));
        let help = format!("a translation says `translation_of = \"{slug}\"`");
        found.push(Diagnostic::warning(Code::Untranslated, place, format!("the {what} `{slug}` is not in {}", listed(&langs))).help(help));
    };
    for (index, article) in archive.shown_articles().filter(|(_, article)| article.speaks() && article.head.translation_of.is_none()) {
        let siblings = archive.index.translations.get(&index).map(Vec::as_slice).unwrap_or_default();
        let has = |lang: &Lang| siblings.iter().any(|sibling| archive.article(*sibling).lang.reads_as(lang));
        add("article", &article.slug, &article.file, lacking(whole, |lang| article.lang.reads_as(lang) || has(lang)));
    }
    for (index, page) in archive.shown_pages().filter(|(_, page)| page.head.translation_of.is_none()) {
        let siblings = archive.index.page_translations.get(&index).map(Vec::as_slice).unwrap_or_default();
        let has = |lang: &Lang| siblings.iter().any(|sibling| archive.page(*sibling).lang.reads_as(lang));
        add("page", &page.slug, &page.file, lacking(whole, |lang| page.lang.reads_as(lang) || has(lang)));
    }
}

/// The facts of translations behind those that lists name.
fn twins(whole: &Whole<'_>) -> HashMap<FactRef, Vec<FactRef>> {
    let mut twins: HashMap<FactRef, Vec<FactRef>> = HashMap::new();
    for (position, article) in whole.archive.articles.iter().enumerate() {
        for fact in (0_u32..).take(article.facts.len()).map(|fact| FactRef { article: ArticleIx::new(position), fact }) {
            if let Some(listed) = whole.archive.index.twins.get(&fact) {
                twins.entry(*listed).or_default().push(fact);
            }
        }
    }
    twins
}

/// The claims of an article that lists show in another language, together; those that are excepted, one by one.
fn claims(whole: &Whole<'_>, index: ArticleIx, article: &Article, twins: &HashMap<FactRef, Vec<FactRef>>) -> Vec<Diagnostic> {
    let speaks = |(article, fact): (&Article, &Fact), lang: &Lang| fact.claim.is_for(lang, &article.lang);
    let (mut tally, mut found) = (Tally::default(), Vec::new());
    for (nth, fact) in (0_u32..).zip(&article.facts).filter(|(_, fact)| fact.public) {
        let reference = FactRef { article: index, fact: nth };
        if whole.archive.index.twins.contains_key(&reference) {
            continue;
        }
        let others = twins.get(&reference).map(Vec::as_slice).unwrap_or_default();
        let langs =
            lacking(whole, |lang| speaks((article, fact), lang) || others.iter().any(|other| speaks(whole.archive.fact(*other), lang)));
        if fact.allowed.contains(&Code::Untranslated) && !langs.is_empty() {
            let place = whole.at(reference, |path| path.key("claim"));
            found.push(Diagnostic::warning(Code::Untranslated, place, format!("the claim is not in {}", listed(&langs))));
        } else {
            tally.count(&langs);
        }
    }
    let help = "write claims by language, or let the fact of a translation say `same_as`";
    if !tally.lacks.is_empty() {
        let place = Place::whole(sidecar(article));
        found.push(Diagnostic::warning(Code::Untranslated, place, tally.said(whole, "claims")).help(help.to_owned()));
    }
    found
}

/// How many of a file's texts each language lacks.
#[derive(Default)]
struct Tally<'a> {
    all: usize,
    lacks: HashMap<&'a Lang, usize>,
}

impl<'a> Tally<'a> {
    /// Counts a text; whether a language lacks it.
    fn count(&mut self, langs: &[&'a Lang]) -> bool {
        self.all += 1;
        for lang in langs {
            *self.lacks.entry(lang).or_default() += 1;
        }
        !langs.is_empty()
    }

    fn said(&self, whole: &Whole<'_>, what: &str) -> String {
        let lacks = |lang: &Lang| Some(format!("not in `{lang}`: {} of {} {what}", self.lacks.get(lang)?, self.all));
        whole.config.languages.iter().filter_map(lacks).collect::<Vec<_>>().join("; ")
    }
}
