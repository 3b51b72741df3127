//! The facts of an article as W3C Web Annotations (<https://www.w3.org/TR/annotation-model/>): a collection with one page.
//! They point into the article's canonical text, published as `text.txt`. Where the text may not be shown in full, they
//! name at most the words that readers see.

use serde::Serialize;

use super::super::{Beside, Site};
use crate::archive::{Article, ArticleIx, Fact};
use crate::parse::article::Publish;
use crate::parse::dates::Moment;
use crate::parse::sidecar::Status;

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

/// Characters of context on either side of a quote.
const AROUND: usize = 32;

#[derive(Serialize)]
struct Collection<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    label: &'a str,
    creator: Agent<'a>,
    total: usize,
    first: Page<'a>,
    last: String,
}

#[derive(Serialize)]
struct Agent<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    start_index: usize,
    items: Vec<Annotation<'a>>,
}

#[serde_with::skip_serializing_none]
#[derive(Serialize)]
struct Annotation<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    motivation: &'static str,
    /// When somebody last looked.
    modified: Option<String>,
    body: Vec<Body<'a>>,
    target: Target<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Body<'a> {
    Text {
        #[serde(rename = "type")]
        kind: &'static str,
        value: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<&'a str>,
        format: &'static str,
        purpose: &'static str,
    },
    Entity {
        #[serde(rename = "type")]
        kind: &'static str,
        source: String,
        purpose: &'static str,
    },
}

#[derive(Serialize)]
#[serde(untagged)]
enum Target<'a> {
    /// The article's page, as a whole.
    Page(&'a str),
    /// Words of it.
    Words {
        source: &'a str,
        /// The page that shows them, where the source is not that.
        #[serde(skip_serializing_if = "Option::is_none")]
        scope: Option<&'a str>,
        selector: Vec<Selector<'a>>,
    },
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Selector<'a> {
    TextQuoteSelector {
        exact: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        prefix: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        suffix: &'a str,
    },
    /// In Unicode code points.
    TextPositionSelector { start: usize, end: usize },
}

/// Where an article and its text stand, with host, and what the text is.
struct Source<'a> {
    page: &'a str,
    text_file: &'a str,
    text: &'a str,
    publish: Publish,
}

impl Site<'_> {
    /// The annotations of an article whose canonical text is `text`.
    pub fn annotations(&self, index: ArticleIx, text: &str) -> String {
        let article = self.archive.article(index);
        let routes = &self.tree.routes;
        let (page, own) = (routes.with_host(&self.article_url(index)), routes.absolute(&routes.beside(&article.slug, Beside::Annotations)));
        let text_file = routes.absolute(&routes.beside(&article.slug, Beside::Text));
        let source = Source { page: &page, text_file: &text_file, text, publish: article.head.publish };
        let facts = article.public_facts().filter(|_| article.speaks());
        let items: Vec<_> = facts.map(|(_, fact)| self.annotation(article, fact, &own, &source)).collect();
        let only_page = format!("{own}#_page-1");
        let collection = Collection {
            context: CONTEXT,
            id: &own,
            kind: "AnnotationCollection",
            label: &article.head.title,
            creator: Agent { id: self.archive_id().id, kind: "Organization", name: self.title(&article.lang) },
            total: items.len(),
            first: Page { id: only_page.clone(), kind: "AnnotationPage", start_index: 0, items },
            last: only_page,
        };
        serde_json::to_string(&collection).expect("annotations are plain data")
    }

    fn annotation<'s>(&self, article: &'s Article, fact: &'s Fact, own: &str, source: &Source<'s>) -> Annotation<'s> {
        let (lang, claim) = fact.claim.pick(&article.lang, &article.lang);
        let format = "text/plain";
        let said = Body::Text { kind: "TextualBody", value: claim, language: Some(lang.as_str()), format, purpose: "describing" };
        let status = Body::Text { kind: "TextualBody", value: fact.status.word(), language: None, format, purpose: "classifying" };
        let entity = |id| Body::Entity { kind: "SpecificResource", source: id, purpose: "identifying" };
        let entities = fact.about.iter().map(|about| entity(self.entity_id(*about)));
        let last_check = fact.last_check.and_then(|(day, _)| Moment::of_number(day));
        Annotation {
            id: format!("{own}#{}", fact.id),
            kind: "Annotation",
            motivation: motivation(fact.status),
            modified: last_check.map(|day| day.to_string()),
            body: [said, status].into_iter().chain(entities).collect(),
            target: target(fact, source),
        }
    }
}

/// Why it stands there: to say how a claim stands, to ask, or only to tell what is claimed.
fn motivation(status: Status) -> &'static str {
    match status {
        Status::Confirmed | Status::Corroborated | Status::SingleSource | Status::Refuted | Status::Unverifiable => "assessing",
        Status::Disputed => "questioning",
        Status::Attributed | Status::Unchecked => "describing",
        Status::Superseded | Status::Withdrawn => "commenting",
    }
}

fn target<'s>(fact: &Fact, source: &Source<'s>) -> Target<'s> {
    let shown = fact.mark.filter(|_| source.publish != Publish::FactsOnly);
    let Some((start, end)) = shown.map(|(start, end)| (start as usize, end as usize)) else { return Target::Page(source.page) };
    let exact = &source.text[start..end];
    if source.publish == Publish::Excerpts {
        let quote = Selector::TextQuoteSelector { exact, prefix: "", suffix: "" };
        return Target::Words { source: source.page, scope: None, selector: vec![quote] };
    }
    let (before, after) = (&source.text[..start], &source.text[end..]);
    let prefix = before.char_indices().rev().take(AROUND).last().map_or("", |(at, _)| &before[at..]);
    let suffix = after.char_indices().nth(AROUND).map_or(after, |(at, _)| &after[..at]);
    let begins = before.chars().count();
    let place = Selector::TextPositionSelector { start: begins, end: begins + exact.chars().count() };
    let quote = Selector::TextQuoteSelector { exact, prefix, suffix };
    Target::Words { source: source.text_file, scope: Some(source.page), selector: vec![quote, place] }
}
