//! Entities, properties and sources: what every article is read against.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::alike::{self, Alike};
use super::ids::{EntityIx, PropertyIx, SourceIx};
use super::kinds;
use super::links::Pointer;
use super::names::Names;
use crate::base::word::{UNREAD, did_you_mean};
use crate::base::{Code, DataPath, Diagnostic, Fingerprint, Lang, Outcome, Place, SourcePath};
use crate::config::{Config, Kind};
use crate::parse::List;
use crate::parse::bibliography::Source;
use crate::parse::body::Heading;
use crate::parse::entity;
use crate::parse::property::{Properties, Property};

/// What every article is read against.
pub struct Register {
    /// Entities by id.
    pub entities: Vec<Arc<Entity>>,
    /// Properties by id.
    pub properties: Vec<(Box<str>, Property)>,
    /// Sources by key.
    pub sources: Vec<Source>,
    /// What the files of properties and sources said.
    pub records: Fingerprint,
    /// The kinds of entity, by id.
    pub kinds: BTreeMap<Box<str>, Kind>,
    /// All known names.
    pub names: Names,
    /// The language of files that name none.
    pub lang: Lang,
    entity_of: HashMap<Box<str>, EntityIx>,
    entity_named: HashMap<Box<str>, EntityIx>,
    entity_at: HashMap<SourcePath, EntityIx>,
    property_of: HashMap<Box<str>, PropertyIx>,
    source_of: HashMap<Box<str>, SourceIx>,
    /// What the words that are no id probably meant: a word that is wrong is often wrong in many places.
    meant: Mutex<Meant>,
    alike: OnceLock<Vec<Alike>>,
}

/// Advice by what was looked for and the word for it.
type Meant = HashMap<(&'static str, Box<str>), Option<String>>;

/// An entity.
#[derive(Debug)]
pub struct Entity {
    /// Its file.
    pub file: SourcePath,
    /// Its name in references and addresses.
    pub id: Box<str>,
    /// Its front matter.
    pub head: entity::Entity,
    /// Its biography, in Markdown.
    pub markdown: Box<str>,
    /// Where the biography begins in the file.
    pub body_start: usize,
    /// The biography's headings.
    pub headings: List<Heading>,
    /// The biography's links and images as written.
    pub written: List<Pointer>,
}

impl std::fmt::Debug for Register {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Register").field("entities", &self.entities).field("properties", &self.properties).finish_non_exhaustive()
    }
}

/// Joins entities, properties and sources; `records` is the fingerprint of the files of the last two.
pub fn register(
    mut entities: Vec<Arc<Entity>>,
    properties: Properties,
    mut sources: Vec<Source>,
    records: Fingerprint,
    config: &Config,
) -> Outcome<Register> {
    let mut found = Vec::new();
    entities.sort_by(|a, b| (&a.id, &a.file).cmp(&(&b.id, &b.file)));
    for pair in entities.windows(2).filter(|pair| pair[0].id == pair[1].id) {
        found.push(
            Diagnostic::error(Code::DuplicateId, Place::whole(&pair[1].file), format!("two entities have the id `{}`", pair[1].id))
                .related(Place::whole(&pair[0].file), "the first is here")
                .help("give one of them another `id`, or merge them".to_owned()),
        );
    }
    entities.dedup_by(|second, first| second.id == first.id);
    sources.sort_by(|a, b| a.key.cmp(&b.key));
    sources.dedup_by(|second, first| second.key == first.key);
    let properties: Vec<_> = properties.into_iter().collect();
    let register = Register {
        names: Names::new(entities.iter().enumerate().map(|(position, entity)| (EntityIx::new(position), &entity.head))),
        kinds: kinds::kinds(&config.kinds),
        lang: config.languages[0].clone(),
        entity_of: positions(entities.iter().map(|entity| &entity.id), EntityIx::new),
        entity_named: names(&entities),
        entity_at: entities.iter().enumerate().map(|(position, entity)| (entity.file.clone(), EntityIx::new(position))).collect(),
        property_of: positions(properties.iter().map(|(id, _)| id), PropertyIx::new),
        source_of: positions(sources.iter().map(|source| &source.key), SourceIx::new),
        entities,
        properties,
        sources,
        records,
        meant: Mutex::default(),
        alike: OnceLock::new(),
    };
    register.check(&mut found);
    Outcome::new(register, found)
}

fn positions<'a, I>(ids: impl Iterator<Item = &'a Box<str>>, index: fn(usize) -> I) -> HashMap<Box<str>, I> {
    ids.enumerate().map(|(position, id)| (id.clone(), index(position))).collect()
}

/// Names that one entity alone bears.
fn names(entities: &[Arc<Entity>]) -> HashMap<Box<str>, EntityIx> {
    let mut bearers: HashMap<Box<str>, Option<EntityIx>> = HashMap::new();
    for (position, entity) in entities.iter().enumerate() {
        let index = EntityIx::new(position);
        for name in entity.head.name.all().chain(entity.head.aliases.iter().map(|alias| &**alias)) {
            let bearer = bearers.entry(name.into()).or_insert(Some(index));
            if *bearer != Some(index) {
                *bearer = None;
            }
        }
    }
    bearers.into_iter().filter_map(|(name, bearer)| Some((name, bearer?))).collect()
}

impl Register {
    /// The entity at an index.
    pub fn entity(&self, index: EntityIx) -> &Entity {
        &self.entities[index.position()]
    }

    /// The property at an index, with its id.
    pub fn property(&self, index: PropertyIx) -> (&str, &Property) {
        let (id, property) = &self.properties[index.position()];
        (id, property)
    }

    /// The source at an index.
    pub fn source(&self, index: SourceIx) -> &Source {
        &self.sources[index.position()]
    }

    /// The entity with this id.
    pub fn find_entity(&self, id: &str) -> Option<EntityIx> {
        self.entity_of.get(id).copied()
    }

    /// The only entity with this name or alias.
    pub fn find_named(&self, name: &str) -> Option<EntityIx> {
        self.entity_named.get(name).copied()
    }

    /// The entity whose file has this path.
    pub fn find_entity_at(&self, path: &str) -> Option<EntityIx> {
        self.entity_at.get(path).copied()
    }

    /// The property with this id.
    pub fn find_property(&self, id: &str) -> Option<PropertyIx> {
        self.property_of.get(id).copied()
    }

    /// The source with this key.
    pub fn find_source(&self, key: &str) -> Option<SourceIx> {
        self.source_of.get(key).copied()
    }

    /// What an article depends on, but for names: another fingerprint where any id, or the file of an entity, differs.
    pub fn ids(&self) -> Fingerprint {
        let entities = self.entities.iter().flat_map(|entity| [&*entity.id, entity.file.as_str()]);
        let properties = self.properties.iter().map(|(id, _)| &**id);
        let sources = self.sources.iter().map(|source| &*source.key);
        let all = entities.chain(["", "properties"]).chain(properties).chain(["", "sources"]).chain(sources);
        all.fold(Fingerprint::default(), |print, word| print.then(Fingerprint::of(word.as_bytes())))
    }

    /// The ids of all entities.
    pub fn entity_ids(&self) -> impl Iterator<Item = &str> {
        self.entities.iter().map(|entity| &*entity.id)
    }

    /// Looks an entity up, or says that it is not there.
    pub fn expect_entity(&self, id: &str, place: impl FnOnce() -> Place, found: &mut Vec<Diagnostic>) -> Option<EntityIx> {
        let entity = self.find_entity(id);
        if entity.is_none() && id != UNREAD {
            found.push(self.unknown("entity", id, place(), self.entity_ids()));
        }
        entity
    }

    /// Looks a property up, or says that it is not there.
    pub fn expect_property(&self, id: &str, place: impl FnOnce() -> Place, found: &mut Vec<Diagnostic>) -> Option<PropertyIx> {
        let property = self.find_property(id);
        if property.is_none() && id != UNREAD {
            found.push(self.unknown("property", id, place(), self.properties.iter().map(|(id, _)| &**id)));
        }
        property
    }

    /// Looks a source up, or says that it is not there.
    pub fn expect_source(&self, key: &str, place: impl FnOnce() -> Place, found: &mut Vec<Diagnostic>) -> Option<SourceIx> {
        let source = self.find_source(key);
        if source.is_none() && key != UNREAD {
            found.push(self.unknown("source", key, place(), self.sources.iter().map(|source| &*source.key)));
        }
        source
    }

    fn unknown<'a>(&self, what: &'static str, word: &str, place: Place, known: impl Iterator<Item = &'a str>) -> Diagnostic {
        let key = (what, word.into());
        let remembered = self.meant.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        let help = remembered.unwrap_or_else(|| {
            let help = did_you_mean(word, known);
            self.meant.lock().unwrap_or_else(PoisonError::into_inner).insert(key, help.clone());
            help
        });
        unknown(what, word, place, []).help(help)
    }

    /// A word that may be an entity's id or anything else: warns when it looks like a slip in an id.
    pub fn suspect_entity(&self, word: &str, place: impl FnOnce() -> Place, found: &mut Vec<Diagnostic>) {
        const SLIP: f64 = 0.94;
        let id_like = word.len() > 4 && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !id_like || self.find_entity(word).is_some() {
            return;
        }
        if let Some(near) = crate::base::word::nearest(word, self.entity_ids()).filter(|near| strsim::jaro_winkler(word, near) >= SLIP) {
            let message = format!("`{word}` is taken as plain words, and is nearly an entity's id");
            let help = format!("did you mean `{near}`?");
            found.push(Diagnostic::warning(Code::UnknownReference, place(), message).help(help));
        }
    }

    /// Entities that are probably one. Looked for once.
    pub fn alike(&self) -> &[Alike] {
        self.alike.get_or_init(|| alike::groups(&self.entities, &self.kinds))
    }

    fn check(&self, found: &mut Vec<Diagnostic>) {
        for entity in &self.entities {
            let place = |path: DataPath| Place::data(&entity.file, path);
            let root = DataPath::root;
            if !self.kinds.contains_key(&entity.head.kind) && *entity.head.kind != *UNREAD {
                let known = self.kinds.keys().map(|kind| &**kind);
                let message = format!("`{}` is not a kind of entity", entity.head.kind);
                found.push(
                    Diagnostic::error(Code::UnknownWord, place(root().key("kind")), message)
                        .note(format!("known kinds: {}", known.clone().collect::<Vec<_>>().join(", ")))
                        .help(
                            did_you_mean(&entity.head.kind, known).or_else(|| Some("add it under `[kinds]` in `postilla.toml`".to_owned())),
                        ),
                );
            }
            if let Some(country) = &entity.head.country {
                self.suspect_entity(country, || place(root().key("country")), found);
            }
            for (position, relation) in entity.head.relations.iter().enumerate() {
                let at = |key: &str| place(root().key("relations").index(position).key(key));
                self.expect_property(&relation.property, || at("property"), found);
                self.expect_entity(&relation.object, || at("object"), found);
                if let Some(source) = &relation.source {
                    self.expect_source(source, || at("source"), found);
                }
            }
        }
    }
}

/// A reference to nothing.
pub fn unknown<'a>(what: &str, word: &str, place: Place, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::error(Code::UnknownReference, place, format!("there is no {what} `{word}`")).help(did_you_mean(word, known))
}
