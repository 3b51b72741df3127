//! Web Annotations (W3C), as Recogito and this archive's own site write them, and rows of Hypothesis, from its API or its
//! own export: each comment on words of an article as a fact. What points at no words makes none.

use super::Foreign;
use super::draft::{Address, Drafts, Fact};
use super::loose::{self, Data, texts};
use super::markdown::once;
use super::table::first_words;
use super::toml::Item;
use crate::base::slug::is_slug;
use crate::base::{Code, Diagnostic, Outcome, Place, SourcePath};
use crate::parse::sidecar::{Anchor, Status};
use crate::tree::Node;

/// Reads annotations: one, a list, a collection, or the rows of an export.
pub fn read(foreign: &Foreign) -> Outcome<Drafts> {
    let file = &foreign.file;
    let tree = match loose::parse(file, &foreign.text, 0..foreign.text.len()) {
        Ok(tree) => tree,
        Err(refused) => return Outcome::new(Drafts::default(), vec![refused]),
    };
    let (mut facts, mut found) = (Vec::new(), Vec::new());
    let mut seen = 0_usize;
    let mut unread = Unread::default();
    Data(&tree.root).each(&mut |node: &Node| {
        if Data(node).get("target").is_some() {
            seen += 1;
            facts.extend(fact(foreign, Data(node), &mut unread));
        }
    });
    if seen == 0 {
        found.push(Diagnostic::error(Code::Syntax, Place::whole(file), "the file holds no annotation"));
    }
    unread.tell(file, &mut found);
    Outcome::new(Drafts { facts, ..Drafts::default() }, found)
}

/// What has no counterpart, counted.
#[derive(Default)]
struct Unread {
    replies: usize,
    wordless: usize,
    tags: Vec<String>,
}

impl Unread {
    fn tell(self, file: &SourcePath, found: &mut Vec<Diagnostic>) {
        let mut warn = |message: String| found.push(Diagnostic::warning(Code::UnknownKey, Place::whole(file), message));
        if self.replies > 0 {
            warn(format!("replies are left out: {}", self.replies));
        }
        if self.wordless > 0 {
            warn(format!("annotations that point at no words are left out: {}", self.wordless));
        }
        let tags = once(self.tags);
        if !tags.is_empty() {
            warn(format!("tags without a counterpart here are left out: `{}`", tags.join("`, `")));
        }
    }
}

fn fact(foreign: &Foreign, annotation: Data<'_>, unread: &mut Unread) -> Option<Fact> {
    if annotation.get("references").is_some_and(|node| !texts(Some(node), &[]).is_empty()) {
        unread.replies += 1;
        return None;
    }
    let Some((anchor, position)) = anchor(annotation) else {
        unread.wordless += 1;
        return None;
    };
    let bodies = Bodies::read(annotation, unread);
    let own = annotation.text("id").and_then(|id| id.split_once("://")?.1.split_once('#')).map(|(_, id)| id).filter(|id| is_slug(id));
    let claim = bodies.claim.unwrap_or_else(|| anchor.exact.to_string());
    let is_private = annotation.get("permissions").is_some_and(|node| {
        let readers = texts(Data(node).get("read"), &[]);
        !readers.is_empty() && !readers.iter().any(|reader| reader == "group:__world__")
    });
    Some(Fact {
        from: annotation.place(&foreign.file),
        of: addresses(foreign, annotation),
        id: own.map_or_else(|| first_words(&claim), str::to_owned),
        is_named: own.is_some(),
        position,
        anchor,
        keys: vec![
            ("claim", Item::text(claim)),
            ("about", Item::texts(bodies.about)),
            ("status", Item::text(bodies.status.unwrap_or_default())),
            ("visibility", Item::text(if is_private { "internal" } else { "" })),
        ],
    })
}

/// The words at which an annotation points, and where they are.
fn anchor(annotation: Data<'_>) -> Option<(Anchor, Option<(usize, usize)>)> {
    let (mut quote, mut position) = (None, None);
    for target in annotation.all("target") {
        target.each(&mut |node: &Node| {
            let selector = Data(node);
            let words = |key: &str| selector.get(key).and_then(verbatim).map(Into::into);
            let number = |key: &str| selector.get(key).and_then(Data::as_number);
            match selector.kinds().first() {
                Some(&"TextQuoteSelector") if quote.is_none() => {
                    let exact = words("exact");
                    quote = exact.map(|exact| Anchor { exact, prefix: words("prefix"), suffix: words("suffix"), occurrence: None });
                }
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a place in a text; one that is none is found nowhere"
                )]
                Some(&"TextPositionSelector") => {
                    position = number("start").zip(number("end")).map(|(start, end)| (start as usize, end as usize));
                }
                _ => {}
            }
        });
    }
    Some((quote?, position))
}

/// A string with the spaces at its ends, which matter around a quote.
fn verbatim(node: &Node) -> Option<&str> {
    match &node.value {
        crate::tree::Value::Text(text) if !text.trim().is_empty() => Some(text),
        _ => None,
    }
}

/// The pages that an annotation may be of; where it names none, the article that the file is called by.
fn addresses(foreign: &Foreign, annotation: Data<'_>) -> Vec<Address> {
    let mut pages = texts(annotation.get("uri"), &[]);
    for target in annotation.all("target") {
        pages.extend(loose::plain(target.0).map(str::to_owned));
        pages.extend(["source", "scope"].iter().flat_map(|key| texts(target.get(key), &["id", "@id"])));
    }
    let web = pages.into_iter().filter(|page| page.contains("://")).map(Address::Web);
    web.chain([Address::Slug(foreign.inner.stem().to_owned())]).collect()
}

/// What an annotation says.
#[derive(Default)]
struct Bodies {
    claim: Option<String>,
    status: Option<String>,
    about: Vec<String>,
}

impl Bodies {
    fn read(annotation: Data<'_>, unread: &mut Unread) -> Self {
        let mut said = Self { claim: annotation.text("text").map(str::to_owned), ..Self::default() };
        for tag in texts(annotation.get("tags"), &[]) {
            said.tag(tag, unread);
        }
        for body in annotation.all("body") {
            match body.text("purpose") {
                Some("tagging" | "classifying") => {
                    for tag in texts(body.get("value"), &["label", "id"]) {
                        said.tag(tag, unread);
                    }
                }
                Some("identifying" | "linking") => {
                    said.about.extend(texts(body.get("source").or(body.get("value")), &["id"]).iter().map(|address| entity_of(address)));
                }
                _ => said.claim = said.claim.or(loose::plain(body.0).or(body.text("value")).map(str::to_owned)),
            }
        }
        said
    }

    /// A word that says how a claim stands is its status; any other tag has no counterpart.
    fn tag(&mut self, tag: String, unread: &mut Unread) {
        match Status::ALL.iter().find(|status| status.word() == tag) {
            Some(status) if self.status.is_none() => self.status = Some(status.word().to_owned()),
            _ => unread.tags.push(tag),
        }
    }
}

/// The last part of an entity's address, which is its id here and in Wikidata.
fn entity_of(address: &str) -> String {
    let path = address.split(['#', '?']).next().unwrap_or(address).trim_end_matches('/');
    path.rsplit('/').next().unwrap_or(path).to_owned()
}
