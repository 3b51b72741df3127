//! A saved page of the web as an article: the text that a reader came for, in Markdown, and what the page says of itself
//! in `meta`, Open Graph and JSON-LD. Scripts, styles, handlers and addresses that run something are not read.
//!
//! The page is somebody else's: the draft shows readers no more than what facts quote, till an editor says otherwise.

use std::collections::BTreeSet;

use ammonia::UrlRelative;
use dom_query::Document;
use dom_smoothie::{Config, Readability};
use url::Url;

use super::draft::{Article, Drafts};
use super::loose::{Data, texts};
use super::nesting::too_deep;
use super::toml::Item;
use crate::base::{Code, Diagnostic, Lang, Outcome, Place, SourcePath};
use crate::parse::{body, form};
use crate::tree::{self, Format, Node};

/// Of a page of this many elements nobody reads the text.
const MOST_ELEMENTS: usize = 200_000;

/// Reads a page; without a title or a text it is none.
pub fn read(file: &SourcePath, page: &str) -> Outcome<Drafts> {
    let mut found = Vec::new();
    let article = article(file, page, &mut found).unwrap_or_else(|refused| {
        found.push(refused);
        None
    });
    Outcome::new(Drafts { articles: article.into_iter().collect(), ..Drafts::default() }, found)
}

fn article(file: &SourcePath, page: &str, found: &mut Vec<Diagnostic>) -> Result<Option<Article>, Diagnostic> {
    let refuse = |place, message: &str, help: &str| Diagnostic::error(Code::Syntax, place, message).help(help.to_owned());
    if let Some(at) = too_deep(page) {
        return Err(refuse(Place::bytes(file, at), "the page nests deeper than any that people read", "save the page anew"));
    }
    let document = Document::from(page);
    let said = Said::read(file, page, &document, found);
    let Some(title) = said.title.clone() else {
        return Err(refuse(Place::whole(file), "the page has no title", "is it a whole page, with its `<title>`?"));
    };
    let Some(body) = text_of(document, said.base().as_ref()) else {
        return Err(refuse(Place::whole(file), "the page has no text that stands out", "copy the text by hand"));
    };
    if body.pictures > 0 {
        let message = format!("{} left out", counted(body.pictures, "picture", "pictures"));
        let help = "save those that matter beside the article, and put them in by hand".to_owned();
        found.push(Diagnostic::warning(Code::UnknownKey, Place::whole(file), message).help(help));
    }
    Ok(Some(said.into_article(file, title, body.markdown)))
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The text of a page.
struct Text {
    markdown: String,
    pictures: usize,
}

/// The part of the page that is read, cleaned, as Markdown; `None` when no part stands out.
fn text_of(document: Document, base: Option<&Url>) -> Option<Text> {
    let config = Config { disable_json_ld: true, max_elements_to_parse: MOST_ELEMENTS, ..Config::default() };
    let main = Readability::with_document(document, None, Some(config)).ok()?.parse().ok()?.content;
    let relative = base.map_or(UrlRelative::Deny, |base| UrlRelative::RewriteWithBase(base.clone()));
    let mut cleaner = ammonia::Builder::default();
    let schemes: std::collections::HashSet<&str> = ["http", "https", "mailto"].into();
    cleaner.url_relative(relative).url_schemes(schemes).link_rel(None);
    let clean = Document::fragment(cleaner.clean(&main).to_string());
    let pictures = clean.select("img");
    let count = pictures.length();
    pictures.remove();
    let markdown = without_wikilinks(&clean.md(None));
    (!markdown.trim().is_empty()).then_some(Text { markdown, pictures: count })
}

/// Words between double brackets are the page's own, and no link of this archive.
fn without_wikilinks(markdown: &str) -> String {
    let links = body::read(markdown, 0, |_| false).links;
    let mut plain = markdown.to_owned();
    for link in links.iter().rev().filter(|link| link.kind == body::LinkKind::Wiki) {
        plain.replace_range(link.source.start..link.source.start + 2, "\\[\\[");
    }
    plain
}

/// What a page says of itself.
#[derive(Default)]
struct Said {
    title: Option<String>,
    lang: Option<String>,
    date: Option<Item>,
    updated: Option<Item>,
    authors: Vec<String>,
    publisher: Option<String>,
    url: Option<String>,
    summary: Option<String>,
}

impl Said {
    /// By JSON-LD first, which is made for programs; then by `meta`; then by what readers see.
    fn read(file: &SourcePath, page: &str, document: &Document, found: &mut Vec<Diagnostic>) -> Self {
        let mut said = Self::default();
        for script in &document.select("script[type='application/ld+json']") {
            let text = script.text();
            let data = tree::read(&text, 0..text.len(), Format::Json);
            match data.faults.first() {
                Some(fault) => {
                    let at = page.find(text.trim()).map_or_else(|| Place::whole(file), |at| Place::bytes(file, at..at + 1));
                    let message = format!("the page's JSON-LD is left out: {}", fault.message);
                    found.push(Diagnostic::warning(Code::Syntax, at, message));
                }
                None => Data(&data.root).each(&mut |node| said.read_json_ld(node)),
            }
        }
        said.read_meta(document);
        said
    }

    fn read_json_ld(&mut self, node: &Node) {
        let data = Data(node);
        let kinds = data.kinds();
        if !kinds.iter().any(|kind| kind.ends_with("Article") || ["BlogPosting", "Report"].contains(kind)) {
            return;
        }
        let date = |key: &str| data.text(key).and_then(Item::moment);
        let name = |key: &str| texts(data.get(key), &["name"]).into_iter().next();
        fill(&mut self.title, data.text("headline").or(data.text("name")).map(str::to_owned));
        fill(&mut self.lang, data.text("inLanguage").map(str::to_owned));
        fill(&mut self.date, date("datePublished"));
        fill(&mut self.updated, date("dateModified"));
        fill(&mut self.publisher, name("publisher"));
        fill(&mut self.url, data.text("url").or(data.text("mainEntityOfPage")).map(str::to_owned).filter(is_address));
        fill(&mut self.summary, data.text("description").map(str::to_owned));
        if self.authors.is_empty() {
            self.authors = names(texts(data.get("author"), &["name"]));
        }
    }

    fn read_meta(&mut self, document: &Document) {
        let attribute =
            |selector: &str, name: &str| document.select(selector).iter().find_map(|node| node.attr(name)).map(|text| tidy(&text));
        let meta = |names: &[&str]| {
            let one = |name: &&str| attribute(&format!("meta[property='{name}'], meta[name='{name}'], meta[itemprop='{name}']"), "content");
            names.iter().filter_map(one).find(|text| !text.is_empty())
        };
        let date = |names: &[&str]| meta(names).and_then(|text| Item::moment(&text));
        let heading = || document.select("title, h1").iter().map(|node| tidy(&node.text())).find(|text| !text.is_empty());
        fill(&mut self.title, meta(&["og:title", "twitter:title", "dc.title", "DC.title"]).or_else(heading));
        fill(&mut self.lang, attribute("html", "lang").or_else(|| meta(&["og:locale", "content-language", "dc.language"])));
        fill(&mut self.date, date(&["article:published_time", "datePublished", "date", "dc.date", "DC.date.issued", "parsely-pub-date"]));
        fill(&mut self.updated, date(&["article:modified_time", "dateModified", "og:updated_time"]));
        fill(&mut self.date, attribute("time[datetime]", "datetime").and_then(|text| Item::moment(&text)));
        fill(&mut self.publisher, meta(&["og:site_name", "publisher", "dc.publisher"]));
        fill(&mut self.url, attribute("link[rel='canonical']", "href").filter(is_address));
        fill(&mut self.url, meta(&["og:url"]).filter(is_address));
        fill(&mut self.summary, meta(&["og:description", "description", "twitter:description"]));
        if self.authors.is_empty() {
            self.authors = names(meta(&["author", "article:author", "parsely-author", "dc.creator"]).into_iter().collect());
        }
    }

    fn base(&self) -> Option<Url> {
        Url::parse(self.url.as_deref()?).ok()
    }

    fn into_article(self, file: &SourcePath, title: String, body: String) -> Article {
        let text = |text: Option<String>| Item::text(text.unwrap_or_default());
        let lang = self.lang.map(|tag| tag.replace('_', "-")).filter(|tag| Lang::new(tag).is_some());
        let date = self.date.unwrap_or_else(|| Item::text(""));
        let year = match &date {
            Item::Bare(date) => date.get(..4).map(str::to_owned),
            _ => None,
        };
        let updated = self.updated.filter(|updated| *updated != date).unwrap_or_else(|| Item::text(""));
        let keys = vec![
            ("title", Item::text(title.clone())),
            ("lang", text(lang)),
            ("date", date),
            ("updated", updated),
            ("authors", Item::texts(self.authors)),
            ("publisher", text(self.publisher)),
            ("url", text(self.url.clone())),
            ("summary", text(self.summary)),
            ("state", Item::text("draft")),
            ("publish", Item::text("excerpts")),
        ];
        Article {
            from: Place::whole(file),
            name: title,
            year,
            url: self.url,
            keys,
            body,
            called: Vec::new(),
            headings: Vec::new(),
            links: Vec::new(),
        }
    }
}

fn fill<T>(place: &mut Option<T>, with: Option<T>) {
    if place.is_none() {
        *place = with;
    }
}

#[expect(clippy::ptr_arg, reason = "for `Option<String>::filter`")]
fn is_address(text: &String) -> bool {
    form::address(text).is_ok()
}

/// Names of people, each once; an address of a profile is none.
fn names(written: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let name = |name: String| Some(tidy(&name)).filter(|name| !name.is_empty() && !name.contains("://"));
    written.into_iter().filter_map(name).filter(|name| seen.insert(name.clone())).collect()
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
