//! `ClaimReview` (schema.org), as fact-checkers publish it: the review of a claim that an article of the archive makes, or
//! reviews itself, as a fact with the review as evidence. How the archive's own check ends is the editor's to say: a fact comes
//! `unchecked`.

use super::draft::{Address, Drafts, Fact};
use super::loose::{self, Data, texts};
use super::table::first_words;
use super::toml::{Item, Keys};
use crate::base::{Code, Diagnostic, Outcome, Place, SourcePath};
use crate::parse::form;
use crate::parse::sidecar::Anchor;
use crate::tree::Node;

/// Reads every review in a file, however it is wrapped.
pub fn read(file: &SourcePath, text: &str) -> Outcome<Drafts> {
    let tree = match loose::parse(file, text, 0..text.len()) {
        Ok(tree) => tree,
        Err(refused) => return Outcome::new(Drafts::default(), vec![refused]),
    };
    let (mut facts, mut found) = (Vec::new(), Vec::new());
    let mut seen = 0_usize;
    Data(&tree.root).each(&mut |node: &Node| {
        let review = Data(node);
        if review.kinds().contains(&"ClaimReview") {
            seen += 1;
            let fact = fact(file, review);
            if fact.is_none() {
                let message = "a review without `claimReviewed` is left out";
                found.push(Diagnostic::warning(Code::MissingKey, review.place(file), message));
            }
            facts.extend(fact);
        }
    });
    if seen == 0 {
        found.push(Diagnostic::error(Code::Syntax, Place::whole(file), "the file holds no `ClaimReview`"));
    }
    Outcome::new(Drafts { facts, ..Drafts::default() }, found)
}

fn fact(file: &SourcePath, review: Data<'_>) -> Option<Fact> {
    let claim = review.text("claimReviewed")?;
    let items = review.all("itemReviewed");
    let appearances = items.iter().flat_map(|item| {
        ["appearance", "firstAppearance", "url", "sameAs"].into_iter().flat_map(|key| texts(item.get(key), &["url", "@id"]))
    });
    let own = texts(review.get("url"), &["@id"]);
    let of = appearances.chain(own.clone()).filter(|address| form::address(address).is_ok()).map(Address::Web).collect();
    let said: Vec<Item> = items
        .iter()
        .flat_map(|item| texts(item.get("author"), &["name"]))
        .map(|name| Item::Table(vec![("agent", Item::text(name))]))
        .collect();
    let url = own.into_iter().find(|address| form::address(address).is_ok());
    Some(Fact {
        from: review.place(file),
        of,
        id: first_words(claim),
        is_named: false,
        anchor: Anchor { exact: claim.into(), prefix: None, suffix: None, occurrence: None },
        position: None,
        keys: vec![
            ("claim", Item::text(claim)),
            ("attribution", Item::List(said)),
            ("evidence", Item::List(url.map(|url| Item::Table(evidence(review, url))).into_iter().collect())),
        ],
    })
}

/// The review itself, with its verdict in its own words.
fn evidence(review: Data<'_>, url: String) -> Keys {
    let rating = review.get("reviewRating").map(Data);
    let verdict = rating.and_then(|rating| rating.text("alternateName").or(rating.text("ratingExplanation")));
    let by = texts(review.get("author"), &["name"]).into_iter().next();
    let title = review.text("headline").or(review.text("name")).map(str::to_owned).or(by).unwrap_or_else(|| url.clone());
    vec![
        ("url", Item::text(url)),
        ("title", Item::text(title)),
        ("stance", Item::text(rating.and_then(stance).unwrap_or("context"))),
        ("quote", Item::text(verdict.unwrap_or_default())),
    ]
}

/// A rating in the lowest quarter of its scale speaks against the claim, one in the highest for it.
fn stance(rating: Data<'_>) -> Option<&'static str> {
    let number = |key: &str| rating.get(key).and_then(Data::as_number);
    let (value, worst, best) = (number("ratingValue")?, number("worstRating")?, number("bestRating")?);
    if best <= worst || !(worst..=best).contains(&value) {
        return None;
    }
    match (value - worst) / (best - worst) {
        share if share <= 0.25 => Some("contradicts"),
        share if share >= 0.75 => Some("supports"),
        _ => Some("context"),
    }
}
