//! The stages that decide the speed of a build, one by one, on a synthetic article: `cargo bench`.
#![allow(clippy::unwrap_used, missing_docs, reason = "a bench")]

use std::fmt::Write;

use divan::{Bencher, black_box, counter::BytesCount};
use postilla::archive::anchor::Haystack;
use postilla::archive::names::Names;
use postilla::archive::{EntityIx, sentence};
use postilla::base::SourcePath;
use postilla::parse::data::Format;
use postilla::parse::entity::Entity;
use postilla::parse::sidecar::{self, Sidecar, Status};
use postilla::parse::{article, body};
use postilla::site::annotate::{self, Dressing};
use postilla::site::layers::Mark;

fn main() {
    divan::main();
}

const FACTS: usize = 12;

/// An article of some five kilobytes; each paragraph holds the words of one fact and the name of one entity.
fn markdown() -> String {
    let mut text = String::new();
    for number in 0..FACTS {
        let _ = write!(
            text,
            "## Section {number}\n\nThe *synthetic* river number {number} rose by {} metres, says **Entity Number {number}** of the \
             test bank, and [a link](https://example.org/{number}) tells why; more words follow so that the paragraph has a length.\n\n\
             - one item of a list\n- another item\n\n",
            number + 3
        );
    }
    text
}

fn sidecar_text() -> String {
    let mut text = String::new();
    for number in 0..FACTS {
        let _ = write!(
            text,
            "[[facts]]\nid = \"f{number}\"\nkind = \"quantity\"\nclaim = \"River {number} rose by {metres} metres.\"\n\
             anchor = {{ exact = \"river number {number} rose by {metres} metres\" }}\nabout = [\"entity-{number}\"]\n\
             valid = {{ at = \"2024-11\" }}\nstatus = \"single_source\"\nevidence = [\n  {{ url = \"https://example.org/{number}\", \
             title = \"A synthetic title\", accessed = \"2025-01-02\", stance = \"supports\" }},\n]\n\n",
            metres = number + 3
        );
    }
    text
}

fn facts() -> Sidecar {
    sidecar::read(&SourcePath::new("a.facts.toml"), &sidecar_text(), Format::Toml).value.unwrap()
}

fn entities() -> Vec<Entity> {
    (0..2_000).map(|number| toml::from_str(&format!("kind = 'company'\nname = 'Entity Number {number}'")).unwrap()).collect()
}

#[divan::bench]
fn front_matter(bencher: Bencher) {
    let text =
        format!("+++\ntitle = \"A\"\ndate = 2025-01-13\nlang = \"en\"\nauthors = [\"Desk\"]\ntags = [\"a\", \"b\"]\n+++\n\n{}", markdown());
    bencher.bench(|| article::read(&SourcePath::new("a.md"), black_box(&text)));
}

#[divan::bench]
fn sidecar_toml(bencher: Bencher) {
    let text = sidecar_text();
    bencher.counter(BytesCount::of_str(&text)).bench(|| sidecar::read(&SourcePath::new("a.facts.toml"), black_box(&text), Format::Toml));
}

#[divan::bench]
fn body(bencher: Bencher) {
    let text = markdown();
    bencher.counter(BytesCount::of_str(&text)).bench(|| body::read(black_box(&text), 0, |_| false).text.len());
}

#[divan::bench]
fn anchors(bencher: Bencher) {
    let text = markdown();
    let body = body::read(&text, 0, |_| false);
    let facts = facts();
    bencher.bench(|| {
        let lang = postilla::base::Lang::new("en").expect("a language");
        let haystack = Haystack::new(black_box(&body.text), &lang);
        facts.facts.iter().map(|fact| haystack.find(&fact.anchor)).collect::<Vec<_>>()
    });
}

#[divan::bench]
fn names(bencher: Bencher) {
    let text = markdown();
    let body = body::read(&text, 0, |_| false);
    let entities = entities();
    let names = Names::new(entities.iter().enumerate().map(|(position, entity)| (EntityIx::new(position), entity)));
    bencher.counter(BytesCount::of_str(&body.text)).bench(|| names.sightings(black_box(&body.text)).len());
}

#[divan::bench]
fn sentences(bencher: Bencher) {
    let text = body::read(&markdown(), 0, |_| false).text;
    let middle = text.len() / 2;
    bencher.bench(|| sentence::around(black_box(&text), &(middle..middle + 4)));
}

#[divan::bench]
fn marked_html(bencher: Bencher) {
    let text = markdown();
    let body = body::read(&text, 0, |_| false);
    let hrefs: Vec<_> = body.links.iter().map(|link| Some(link.target.to_string())).collect();
    let ids: Vec<String> = (0..FACTS).map(|number| format!("f{number}")).collect();
    let marks: Vec<Mark<'_>> = ids
        .iter()
        .enumerate()
        .filter_map(|(number, id)| {
            let start = u32::try_from(body.text.find(&format!("river number {number} rose"))?).ok()?;
            Some(Mark { number: number + 1, id, status: Status::SingleSource, start, end: start + 20 })
        })
        .collect();
    let dressing = Dressing { hrefs: &hrefs, pictures: &[], names: &[], marks: &marks, unsafe_html: false };
    bencher.bench(|| annotate::blocks(black_box(&body), &dressing).len());
}
