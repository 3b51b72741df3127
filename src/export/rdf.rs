//! RDF 1.1 as N-Quads or Turtle (W3C Recommendations of 2014), in the terms of schema.org (release 30.0, CC BY-SA 3.0), RDF and RDFS.
//!
//! A fact is a `schema:Claim` about what an article says, and at the same time an `rdf:Statement` with its subject, property and
//! object: so what is disputed or refuted is told and never asserted. What entities' own records say of each other is asserted. In
//! N-Quads each article's triples are a graph of its own, named by the article's address. Dates of facts are EDTF, by the
//! datatype of the Library of Congress. Addresses that are no IRI are left out.

use std::io;
use std::sync::Arc;

use oxrdf::vocab::{rdf, rdfs, xsd};
use oxrdf::{BlankNode, GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use oxttl::{NQuadsSerializer, TurtleSerializer};

use super::column::number_text;
use super::fact::FactRow;
use super::{Desk, Piece, Sheet};
use crate::base::{Fingerprint, Lang, Words};
use crate::parse::dates::{Edtf, Moment};
use crate::parse::sidecar::{Valid, Value};

const SCHEMA: &str = "https://schema.org/";
const EDTF: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://id.loc.gov/datatypes/edtf");
/// The prefixes of Turtle, each a line of its own at the beginning.
const PREFIXES: [(&str, &str); 4] = [
    ("schema", SCHEMA),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

pub(super) fn quads_begin(desk: &Desk<'_>) -> io::Result<Vec<u8>> {
    quads(&records(desk), GraphNameRef::DefaultGraph)
}

pub(super) fn quads_make(desk: &Desk<'_>, piece: &Arc<Piece>) -> io::Result<Sheet> {
    let graph = NamedNode::new(desk.article_url(piece)).ok();
    let graph = graph.as_ref().map_or(GraphNameRef::DefaultGraph, |graph| graph.as_ref().into());
    quads(&of_article(desk, piece), graph).map(Sheet::Bytes)
}

pub(super) fn turtle_begin(desk: &Desk<'_>) -> io::Result<Vec<u8>> {
    let prologue = PREFIXES.iter().map(|(prefix, iri)| format!("@prefix {prefix}: <{iri}> .\n"));
    Ok([prologue.collect::<String>().into_bytes(), turtle(&records(desk))?].concat())
}

pub(super) fn turtle_make(desk: &Desk<'_>, piece: &Arc<Piece>) -> io::Result<Sheet> {
    turtle(&of_article(desk, piece)).map(Sheet::Bytes)
}

fn quads(triples: &[Triple], graph: GraphNameRef<'_>) -> io::Result<Vec<u8>> {
    let mut writer = NQuadsSerializer::new().for_writer(Vec::new());
    triples.iter().try_for_each(|triple| writer.serialize_quad(triple.as_ref().in_graph(graph)))?;
    Ok(writer.finish())
}

/// Triples as Turtle without the prefixes, which stand at the beginning of the file alone.
fn turtle(triples: &[Triple]) -> io::Result<Vec<u8>> {
    let prefixed = PREFIXES.iter().try_fold(TurtleSerializer::new(), |serializer, (prefix, iri)| serializer.with_prefix(*prefix, *iri));
    let mut writer = prefixed.map_err(io::Error::other)?.for_writer(Vec::new());
    triples.iter().try_for_each(|triple| writer.serialize_triple(triple.as_ref()))?;
    let mut bytes = writer.finish()?;
    let prologue: usize =
        bytes.split_inclusive(|byte| *byte == b'\n').take_while(|line| line.starts_with(b"@prefix ")).map(<[u8]>::len).sum();
    bytes.drain(..prologue);
    Ok(bytes)
}

/// What is said of one thing.
struct About<'t> {
    subject: NamedOrBlankNode,
    triples: &'t mut Vec<Triple>,
}

impl<'t> About<'t> {
    /// `None` where the address is no IRI.
    fn new(url: &str, class: &str, triples: &'t mut Vec<Triple>) -> Option<Self> {
        let mut about = Self { subject: NamedNode::new(url).ok()?.into(), triples };
        about.is(class);
        Some(about)
    }

    fn is(&mut self, class: &str) {
        self.say(rdf::TYPE, schema(class));
    }

    fn say(&mut self, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        self.triples.push(Triple::new(self.subject.clone(), predicate.into_owned(), object));
    }

    fn text(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.say(schema(name).as_ref(), Literal::new_simple_literal(text));
        }
    }

    fn told(&mut self, predicate: NamedNodeRef<'_>, (lang, text): (&Lang, &str)) {
        self.say(predicate, told(lang, text));
    }

    /// A text in each of its languages; a single one is in `own`.
    fn words(&mut self, predicate: NamedNodeRef<'_>, words: &Words, own: &Lang) {
        match words {
            Words::One(text) => self.told(predicate, (own, text)),
            Words::ByLang(texts) => texts.iter().for_each(|(lang, text)| self.told(predicate, (lang, text))),
        }
    }

    fn link(&mut self, name: &str, url: Option<&str>) {
        if let Some(node) = url.and_then(|url| NamedNode::new(url).ok()) {
            self.say(schema(name).as_ref(), node);
        }
    }

    fn day(&mut self, name: &str, moment: Option<Moment>) {
        if let Some(moment) = moment {
            self.say(schema(name).as_ref(), Literal::new_typed_literal(moment.day().to_string(), xsd::DATE));
        }
    }

    fn number(&mut self, name: &str, number: Option<f64>) {
        if let Some(number) = number {
            self.say(schema(name).as_ref(), Literal::new_typed_literal(number_text(number), xsd::DOUBLE));
        }
    }
}

fn schema(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{SCHEMA}{name}"))
}

fn told(lang: &Lang, text: &str) -> Literal {
    Literal::new_language_tagged_literal(text, lang.as_str()).unwrap_or_else(|_| Literal::new_simple_literal(text))
}

/// Entities, properties and sources.
fn records(desk: &Desk<'_>) -> Vec<Triple> {
    let (mut triples, own) = (Vec::new(), &desk.register.lang);
    for row in desk.entities() {
        let head = &row.entity.head;
        let class = desk.register.kinds.get(&head.kind).and_then(|kind| kind.schema_org.as_deref()).unwrap_or("Thing");
        let Some(mut about) = About::new(&row.url, class, &mut triples) else { continue };
        about.words(schema("name").as_ref(), &head.name, own);
        head.aliases.iter().for_each(|alias| about.text("alternateName", Some(alias)));
        head.summary.iter().for_each(|summary| about.words(schema("description").as_ref(), summary, own));
        about.link("sameAs", head.wikidata.as_deref().map(|item| format!("http://www.wikidata.org/entity/{item}")).as_deref());
        head.same_as.iter().for_each(|url| about.link("sameAs", Some(url)));
    }
    for row in desk.relations() {
        let node = |url: String| NamedNode::new(url).ok();
        let routes = desk.routes();
        let entity = |id: &str| node(routes.absolute(&routes.entity(id)));
        let property = node(routes.absolute(&routes.property(&row.relation.property)));
        if let (Some(subject), Some(property), Some(object)) = (entity(&row.subject.id), property, entity(&row.relation.object)) {
            triples.push(Triple::new(subject, property, object));
        }
    }
    for row in desk.properties() {
        let Ok(node) = NamedNode::new(&*row.url) else { continue };
        let mut about = About { subject: node.into(), triples: &mut triples };
        about.say(rdf::TYPE, rdf::PROPERTY.into_owned());
        row.property.label.iter().for_each(|label| about.words(rdfs::LABEL, label, own));
    }
    for row in desk.sources() {
        let Some(mut about) = About::new(&row.url, "CreativeWork", &mut triples) else { continue };
        about.text("name", row.source.title.as_deref());
        row.source.authors.iter().for_each(|author| about.text("author", Some(author)));
        about.text("publisher", row.source.publisher.as_deref());
        about.link("sameAs", row.source.url.as_deref());
        about.text("datePublished", row.source.date.as_ref().map(Edtf::as_str));
    }
    triples
}

fn of_article(desk: &Desk<'_>, piece: &Piece) -> Vec<Triple> {
    let mut triples = Vec::new();
    let (head, routes) = (&piece.head, desk.routes());
    if let Some(mut about) = About::new(&desk.article_url(piece), "Article", &mut triples) {
        about.told(schema("headline").as_ref(), (&piece.lang, &head.title));
        about.text("inLanguage", Some(piece.lang.as_str()));
        about.day("datePublished", head.date);
        about.day("dateModified", head.updated);
        head.authors.iter().for_each(|author| about.text("author", Some(desk.named(author).1)));
        about.text("publisher", head.publisher.as_deref().map(|publisher| desk.named(publisher).1));
        about.link("isBasedOn", head.url.as_deref());
        piece.told(&head.about).iter().for_each(|id| about.link("about", Some(&routes.absolute(&routes.entity(id)))));
        about.text("license", head.rights.as_ref().and_then(|rights| rights.licence.as_deref()));
    }
    desk.facts(piece).for_each(|row| fact(desk, &row, &mut triples));
    triples
}

fn fact(desk: &Desk<'_>, row: &FactRow<'_>, triples: &mut Vec<Triple>) {
    let routes = desk.routes();
    let entity = |id: &str| routes.absolute(&routes.entity(id));
    let answer = row.fact.value.as_deref().map(|value| answer(row, value, triples));
    let Some(mut about) = About::new(&row.url, "Claim", triples) else { return };
    about.told(schema("text").as_ref(), row.claim);
    about.text("identifier", Some(&row.key));
    about.text("creativeWorkStatus", Some(row.fact.status.word()));
    about.link("appearance", Some(&row.article_url));
    row.about().iter().for_each(|other| about.link("about", Some(&entity(&other.id))));
    for evidence in &row.fact.evidence {
        let source = evidence.source.as_deref().map(|key| routes.absolute(&routes.source(key)));
        about.link("citation", source.as_deref().or(evidence.url.as_deref()));
    }
    if let Some(valid) = row.fact.valid.as_deref().and_then(span) {
        about.say(schema("temporalCoverage").as_ref(), Literal::new_typed_literal(valid, EDTF));
    }
    let node = |url: String| NamedNode::new(url).ok();
    let object = row.object.and_then(|object| node(entity(&object.id))).map(Term::from).or(answer);
    let subject = row.subject.and_then(|subject| node(entity(&subject.id)));
    let property = row.property.and_then(|(id, _)| node(routes.absolute(&routes.property(id))));
    if let (Some(subject), Some(property), Some(object)) = (subject, property, object) {
        about.say(rdf::TYPE, rdf::STATEMENT.into_owned());
        about.say(rdf::SUBJECT, subject);
        about.say(rdf::PREDICATE, property);
        about.say(rdf::OBJECT, object);
    }
}

/// A value: words as they are, a figure as a thing with its unit or currency.
fn answer(row: &FactRow<'_>, value: &Value, triples: &mut Vec<Triple>) -> Term {
    if let Some(text) = &value.text {
        return told(&row.piece.lang, text).into();
    }
    let node = BlankNode::new_unchecked(format!("v{}", Fingerprint::of(row.key.as_bytes())));
    let mut about = About { subject: node.clone().into(), triples };
    about.is(if value.currency.is_some() { "MonetaryAmount" } else { "QuantitativeValue" });
    about.number("value", value.number);
    about.number("minValue", value.min);
    about.number("maxValue", value.max);
    about.text("currency", value.currency.as_deref());
    about.text("unitText", value.unit.as_deref().filter(|_| value.currency.is_none()));
    node.into()
}

/// When it holds, as one expression of EDTF.
fn span(valid: &Valid) -> Option<String> {
    let end = |date: &Option<Edtf>| date.as_ref().map_or("..", |date| date.as_str()).to_owned();
    let whole = valid.at.as_ref().map(|at| at.as_str().to_owned());
    whole.or_else(|| (valid.from.is_some() || valid.until.is_some()).then(|| format!("{}/{}", end(&valid.from), end(&valid.until))))
}
