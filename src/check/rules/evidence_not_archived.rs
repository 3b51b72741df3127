//! A web page without an archived copy: under a fact, behind the article, in the bibliography. A page that stands in
//! a web archive is its own copy, and what has a DOI is kept by its publishers' archives.

use url::Url;

use crate::base::{Code, Diagnostic, Place};
use crate::check::copies;
use crate::check::rule::{Case, Look, Rule, Whole};
use crate::parse::bibliography::Source;
use crate::parse::sidecar::Evidence;

pub const OF_ARTICLES: Rule = Rule { code: Code::NotArchived, look: Look::Article(look) };
pub const OF_SOURCES: Rule = Rule { code: Code::NotArchived, look: Look::Archive(look_at_sources) };

fn look(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    if case.head.archived.is_none() && case.head.url.as_deref().is_some_and(may_vanish) {
        let message = "the original of this article stands on the web, and no copy of it is archived";
        found.push(report(case.at_head("url"), message.to_owned(), "archived"));
    }
    for (position, fact) in case.facts() {
        let loose = |evidence: &Evidence| evidence.archived.is_none() && evidence.url.as_deref().is_some_and(may_vanish);
        let Some(first) = fact.evidence.iter().position(loose) else { continue };
        let pages = match fact.evidence.iter().filter(|evidence| loose(evidence)).count() {
            1 => "a web page".to_owned(),
            many => format!("{many} web pages"),
        };
        let place = case.at(position, |path| path.key("evidence").index(first).key("url"));
        found.push(report(place, format!("the fact `{}` rests on {pages} of which no copy is archived", fact.id), "archived"));
    }
}

fn look_at_sources(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for source in whole.archive.register.sources.iter().filter(|source| vanishes(source)) {
        let place = Place::bytes(&source.file, source.at.clone());
        let key = if source.file.as_str().ends_with(".bib") { "archiveurl" } else { "archive-location" };
        found.push(report(place, format!("the source `{}` is a web page of which no copy is archived", source.key), key));
    }
}

fn vanishes(source: &Source) -> bool {
    source.archived.is_none() && source.doi.is_none() && source.url.as_deref().is_some_and(may_vanish)
}

fn report(place: Place, message: String, key: &str) -> Diagnostic {
    let help = format!("keep a copy in a web archive such as web.archive.org, and give its address as `{key}`");
    Diagnostic::warning(Code::NotArchived, place, message).help(help)
}

/// Whether nobody promises to keep what stands at an address.
fn may_vanish(address: &str) -> bool {
    Url::parse(address).map_or(true, |url| !copies::is_copy(&url) && !copies::stands_at(&url, "doi.org"))
}

#[cfg(test)]
mod tests {
    use super::may_vanish;

    #[test]
    fn what_stands_in_a_web_archive_is_its_own_copy() {
        for kept in [
            "https://web.archive.org/web/2025/https://example.org/",
            "http://ARCHIVE.ph/abc",
            "https://archive.today/x",
            "https://archive.is./x",
            "https://perma.cc/AB12-CD34",
            "https://doi.org/10.1000/182",
        ] {
            assert!(!may_vanish(kept), "{kept}");
        }
        for loose in
            ["https://example.org/web.archive.org/", "https://myarchive.org/", "https://archive.org.example/", "https://perma.cc.example"]
        {
            assert!(may_vanish(loose), "{loose}");
        }
    }
}
