//! FollowTheMoney 4, entities one a line, as OpenAleph, OpenSanctions and an export of this archive write them: people and
//! organisations as entities, what joins two of them as relations. A `Note` or a link that an article proves is a fact of it.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::Ground;
use super::draft::{Address, Drafts, Entity, Fact, Relation};
use super::loose::{self, Data, texts};
use super::markdown::once;
use super::table::first_words;
use super::toml::{Item, Keys};
use crate::base::slug::{is_slug, slugify};
use crate::base::{Code, Diagnostic, Outcome, Place, SourcePath};
use crate::parse::dates::Edtf;
use crate::parse::form;
use crate::parse::sidecar::{Anchor, Status};
use crate::tree::Node;

/// Reads entities: one a line, or all of them in one value.
pub fn read(file: &SourcePath, text: &str, ground: Ground<'_>) -> Outcome<Drafts> {
    let (mut reading, mut found) = (Reading::default(), Vec::new());
    for at in values(text) {
        match loose::parse(file, text, at) {
            Ok(tree) => Data(&tree.root).each(&mut |node: &Node| {
                if Data(node).text("schema").is_some() {
                    match Proxy::of(Data(node), file) {
                        Ok(proxy) => reading.take(&proxy, ground),
                        Err(refused) => found.push(refused),
                    }
                }
            }),
            // What is cut off here is no better further on.
            Err(refused) => {
                found.push(refused);
                break;
            }
        }
    }
    if reading.seen == 0 && found.is_empty() {
        let error = Diagnostic::error(Code::Syntax, Place::whole(file), "the file holds no entity of FollowTheMoney");
        found.push(error.help("give a file of JSON Lines, such as `entities.ftm.json`".to_owned()));
    }
    Outcome::new(reading.end(&mut found), found)
}

/// Where each value stands: all that the file holds where that is a list or goes over several lines, else each line.
fn values(text: &str) -> Vec<Range<usize>> {
    let first = text.trim_start_matches('\u{feff}').lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    if !(first.starts_with('{') && first.ends_with('}')) {
        return std::iter::once(0..text.len()).collect();
    }
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        let at = start..start + line.trim_end().len();
        start += line.len();
        at
    });
    lines.filter(|at| !text[at.clone()].trim_matches(['\u{feff}', ' ', '\t']).is_empty()).collect()
}

/// What was read.
#[derive(Default)]
struct Reading {
    seen: usize,
    drafts: Drafts,
    /// What joins two entities, by the first one's id.
    links: Vec<(String, Relation)>,
    /// How many of a schema were left out, and where the first one stands.
    others: BTreeMap<String, (usize, Place)>,
}

impl Reading {
    fn take(&mut self, proxy: &Proxy<'_>, ground: Ground<'_>) {
        self.seen += 1;
        let joint = JOINTS.iter().find(|(schema, ..)| *schema == proxy.schema);
        if let Some(fact) = proxy.fact() {
            self.drafts.facts.push(fact);
        } else if let Some(link) = joint.and_then(|(_, from, to, property)| proxy.relation(from, to, property)) {
            self.links.push(link);
        } else if let Some(entity) = proxy.kind(ground).and_then(|kind| proxy.entity(kind)) {
            self.drafts.entities.push(entity);
        } else {
            self.others.entry(proxy.schema.to_owned()).or_insert_with(|| (0, proxy.place.clone())).0 += 1;
        }
    }

    fn end(mut self, found: &mut Vec<Diagnostic>) -> Drafts {
        let entities = &mut self.drafts.entities;
        let by_name: HashMap<String, usize> = entities.iter().enumerate().map(|(at, entity)| (entity.foreign.clone(), at)).collect();
        for (subject, relation) in self.links {
            if let Some(entity) = by_name.get(&subject).and_then(|at| entities.get_mut(*at)) {
                entity.relations.push(relation);
                continue;
            }
            let message = format!("`{subject}`, of which this says something, is not among what is imported: the relation is left out");
            found.push(Diagnostic::warning(Code::UnknownReference, relation.from, message));
        }
        for (schema, (count, place)) in self.others {
            let message = format!("what is of schema `{schema}` has no counterpart here, or lacks a name, and is left out: {count}");
            let help = match &*schema {
                "Article" => "import the articles themselves, with `html` or `markdown`".to_owned(),
                _ => format!("a kind in `postilla.toml` with `followthemoney = \"{schema}\"` would be its counterpart"),
            };
            found.push(Diagnostic::warning(Code::UnknownWord, place, message).help(help));
        }
        self.drafts
    }
}

/// An entity of the model.
struct Proxy<'t> {
    id: &'t str,
    schema: &'t str,
    properties: Data<'t>,
    place: Place,
}

/// Schemata whose kind is the one that comes to mind first, where several kinds have them or one that they extend.
const KINDS: &[(&str, &str)] = &[
    ("Organization", "organisation"),
    ("LegalEntity", "organisation"),
    ("PublicBody", "public_body"),
    ("Company", "company"),
    ("Asset", "product"),
    ("Address", "place"),
];

/// Schemata that join two entities: whose record says so, of whom, and what.
const JOINTS: &[(&str, &str, &str, &str)] = &[
    ("UnknownLink", "subject", "object", "linked_to"),
    ("Ownership", "owner", "asset", "owns"),
    ("Directorship", "director", "organization", "directs"),
    ("Employment", "employee", "employer", "works_for"),
    ("Membership", "member", "organization", "member_of"),
    ("Family", "person", "relative", "relative_of"),
    ("Associate", "person", "associate", "associate_of"),
    ("Representation", "agent", "client", "represents"),
];

impl<'t> Proxy<'t> {
    fn of(table: Data<'t>, file: &SourcePath) -> Result<Self, Diagnostic> {
        let place = table.place(file);
        let lacks = |key: &str| Diagnostic::error(Code::MissingKey, place.clone(), format!("the entity has no `{key}`"));
        let schema = table.text("schema").ok_or_else(|| lacks("schema"))?;
        let id = table.text("id").ok_or_else(|| lacks("id"))?;
        let properties = Data(table.get("properties").ok_or_else(|| lacks("properties"))?);
        Ok(Self { id, schema, properties, place })
    }

    fn all(&self, property: &str) -> Vec<String> {
        texts(self.properties.get(property), &["id"])
    }

    /// The ids under a property, as far as they go beyond what an export of an archive puts before them.
    fn ids(&self, property: &str) -> Vec<String> {
        self.all(property).iter().map(|id| bare(id).to_owned()).collect()
    }

    fn first(&self, property: &str) -> Option<String> {
        self.all(property).into_iter().next()
    }

    /// The kind that it names itself, else the one kind of its schema, or the usual one of several.
    fn kind(&self, ground: Ground<'_>) -> Option<Box<str>> {
        let is_named = |id: &str| self.all("keywords").iter().any(|word| word == id);
        let mut own = ground.kinds.iter().filter(|(_, kind)| kind.followthemoney.as_deref() == Some(self.schema)).map(|(id, _)| id);
        if let Some(named) = own.clone().find(|id| is_named(id.as_ref())) {
            return Some(named.clone());
        }
        match (own.next(), own.next()) {
            (Some(only), None) => Some(only.clone()),
            _ => KINDS.iter().find(|(schema, id)| *schema == self.schema && ground.kinds.contains_key(*id)).map(|(_, id)| (*id).into()),
        }
    }

    fn entity(&self, kind: Box<str>) -> Option<Entity> {
        let name = self.first("name")?;
        let wikidata = self.first("wikidataId").filter(|id| form::wikidata(id).is_ok());
        let others = self.all("name").into_iter().skip(1).chain(self.all("alias")).chain(self.all("weakAlias"));
        let aliases = once(others.filter(|alias| *alias != name).collect());
        let addresses = self.all("website").into_iter().filter(|address| form::address(address).is_ok());
        let date = |property: &str| Item::text(self.date(property).unwrap_or_default());
        let is_person = &*kind == "person";
        let (born, died, founded, dissolved) = if is_person {
            (date("birthDate"), date("deathDate"), Item::text(""), Item::text(""))
        } else {
            (Item::text(""), Item::text(""), date("incorporationDate"), date("dissolutionDate"))
        };
        let keys = vec![
            ("name", Item::text(&*name)),
            ("aliases", Item::texts(aliases)),
            ("summary", Item::text(self.first("summary").or(self.first("description")).unwrap_or_default())),
            ("wikidata", Item::text(wikidata.clone().unwrap_or_default())),
            ("same_as", Item::texts(once(addresses.collect()))),
            ("country", Item::text(self.first("country").unwrap_or_default())),
            ("born", born),
            ("died", died),
            ("founded", founded),
            ("dissolved", dissolved),
        ];
        let foreign = bare(self.id).to_owned();
        let name = if foreign == self.id { name } else { foreign.clone() };
        Some(Entity { from: self.place.clone(), foreign, name, kind, wikidata, keys, relations: Vec::new() })
    }

    fn relation(&self, from: &str, to: &str, property: &str) -> Option<(String, Relation)> {
        let role = self.first("role").filter(|_| self.schema == "UnknownLink");
        let label = role.clone().unwrap_or_else(|| property.replace('_', " "));
        let own = role.map_or_else(|| property.to_owned(), |role| slugify(&role));
        let object = self.ids(to).into_iter().next()?;
        let valid = Some(self.valid());
        Some((self.ids(from).into_iter().next()?, Relation { from: self.place.clone(), property: own, label, object, valid }))
    }

    /// What an article proves, by the article's own words.
    fn fact(&self) -> Option<Fact> {
        let slug = self.first("proof")?.strip_prefix("article-")?.to_owned();
        let exact = self.first("description")?;
        let (claim, status) = match self.schema {
            "Note" => (self.first("name")?, self.first("keywords")),
            "UnknownLink" => (self.first("summary")?, self.first("status")),
            _ => return None,
        };
        let own = self.id.strip_prefix(&format!("fact-{slug}-"));
        let status = status.filter(|status| Status::ALL.iter().any(|known| known.word() == status && *known != Status::Unchecked));
        let id = |property: &str| Item::text(self.ids(property).into_iter().next().unwrap_or_default());
        let keys: Keys = vec![
            ("claim", Item::text(&*claim)),
            ("about", Item::texts(self.ids("entity"))),
            ("subject", id("subject")),
            ("property", Item::text(self.first("role").unwrap_or_default())),
            ("object", id("object")),
            ("valid", if self.schema == "UnknownLink" { self.valid() } else { Item::text("") }),
            ("status", Item::text(status.unwrap_or_default())),
        ];
        Some(Fact {
            from: self.place.clone(),
            of: vec![Address::Slug(slug.clone())],
            id: own.map_or_else(|| first_words(&claim), str::to_owned),
            is_named: own.is_some(),
            anchor: Anchor { exact: exact.into(), prefix: None, suffix: None, occurrence: None },
            position: None,
            keys,
        })
    }

    fn date(&self, property: &str) -> Option<String> {
        let date = self.first(property)?;
        let day = date.get(..10).filter(|_| date.contains('T')).map_or(date.clone(), str::to_owned);
        Edtf::parse(&day).is_ok().then_some(day)
    }

    fn valid(&self) -> Item {
        let text = |property: &str| Item::text(self.date(property).unwrap_or_default());
        match (self.date("startDate"), self.date("endDate")) {
            (None, None) => Item::Table(vec![("at", text("date"))]),
            _ => Item::Table(vec![("from", text("startDate")), ("until", text("endDate"))]),
        }
    }
}

/// An entity's id without what an export of an archive puts before it.
fn bare(id: &str) -> &str {
    id.strip_prefix("entity-").filter(|id| is_slug(id)).unwrap_or(id)
}
