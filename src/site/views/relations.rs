//! What `entity.html` sees of an entity's relations: what records and facts say of how it stands to others, both ways, as a
//! list and as a drawing.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::Site;
use super::super::drawing::web::{self, Group, Name};
use super::cards::EntityCard;
use super::figures::Sheet;
use super::html::{Html, Told};
use super::infobox;
use crate::archive::{EntityIx, PropertyIx};
use crate::base::Lang;
use crate::parse::entity;
use crate::parse::sidecar::Status;

/// How an entity stands to others.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RelationsView<'a> {
    /// By relation: those that it has, then those that others have with it.
    pub groups: Vec<RelationGroup<'a>>,
    /// The drawing.
    pub sheet: Option<Sheet>,
    /// How many of them the drawing leaves out.
    pub more: usize,
    /// How many there are.
    pub count: usize,
}

/// Relations of one kind.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RelationGroup<'a> {
    /// The property's label, or its inverse label when the relation is read from the other side.
    pub label: Html,
    /// The same as plain text.
    pub plain: &'a str,
    /// Whether the relation is read from the other side.
    pub inverse: bool,
    /// The others; where there are very many, those that the archive has most on.
    pub items: Vec<RelationView<'a>>,
    /// How many more there are.
    pub more: usize,
}

/// One relation.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RelationView<'a> {
    /// The other entity.
    pub entity: EntityCard<'a>,
    /// Its name as plain text.
    #[serde(skip)]
    name: &'a str,
    /// When it holds.
    pub valid: Option<Html>,
    /// What is known of its truth, where a fact states it.
    pub status: Option<Status>,
    /// Where it is stated: a fact's note or a source's page.
    pub source: Option<String>,
}

/// Relations of one kind that are listed at most.
const LISTED: usize = 100;

/// Relations by side, property and the other entity.
type Known<'a> = BTreeMap<(bool, PropertyIx, EntityIx), RelationView<'a>>;

impl<'a> Site<'a> {
    /// The relations of an entity; `None` without any.
    pub(super) fn relations(&self, index: EntityIx, lang: &Lang) -> Option<RelationsView<'a>> {
        let mut known = Known::new();
        self.stated_relations(index, &mut known, lang);
        self.recorded_relations(index, &mut known, lang);
        let count = known.len();
        let mut groups: BTreeMap<(bool, PropertyIx), Vec<RelationView<'a>>> = BTreeMap::new();
        for ((inverse, property, _), relation) in known {
            groups.entry((inverse, property)).or_default().push(relation);
        }
        let groups: Vec<_> = groups.into_iter().map(|((inverse, property), items)| self.group(inverse, property, items, lang)).collect();
        let drawn: Vec<_> = groups.iter().map(drawn).collect();
        let web = web::draw(self.entity_name(index, lang), &drawn)?;
        let sheet = Sheet { width: web.width, height: web.height, svg: Html::safe(&web.svg) };
        let listed: usize = groups.iter().map(|group| group.items.len()).sum();
        Some(RelationsView { sheet: (count > 1).then_some(sheet), more: web.more + (count - listed), count, groups })
    }

    fn group(&self, inverse: bool, property: PropertyIx, mut items: Vec<RelationView<'a>>, lang: &Lang) -> RelationGroup<'a> {
        let more = items.len().saturating_sub(LISTED);
        if more > 0 {
            items.sort_by_key(|relation| Reverse(weight(relation)));
            items.truncate(LISTED);
        }
        let label = self.relation_label(inverse, property, lang);
        RelationGroup { label: label.html(), plain: label.text, inverse, items, more }
    }

    fn relation_label(&self, inverse: bool, property: PropertyIx, lang: &Lang) -> Told<'a> {
        let register = &self.archive.register;
        let (id, kept) = register.property(property);
        let words = if inverse { kept.inverse_label.as_ref().or(kept.label.as_ref()) } else { kept.label.as_ref() };
        words.map_or(Told { text: id, lang: None }, |words| Told::pick(words, lang, &register.lang))
    }

    /// What facts say, of which the best known speaks for all that say the same.
    fn stated_relations(&self, index: EntityIx, known: &mut Known<'a>, lang: &Lang) {
        for listed in &self.archive.index.facts_about[index.position()] {
            let reference = self.version(*listed);
            let fact = self.archive.fact(reference).1;
            let (Some(subject), Some(property), Some(object)) = (fact.subject, fact.property, fact.object) else { continue };
            if !infobox::stands(fact.status) || subject == object || (subject != index && object != index) {
                continue;
            }
            let (inverse, other) = (object == index, if object == index { subject } else { object });
            let relation = || RelationView {
                entity: self.entity_card(other, lang),
                name: self.entity_name(other, lang),
                valid: self.valid(fact, lang),
                status: Some(fact.status),
                source: Some(self.fact_url(reference)),
            };
            let kept = known.entry((inverse, property, other)).or_insert_with(relation);
            if kept.status.is_some_and(|kept| infobox::rank(fact.status) < infobox::rank(kept)) {
                *kept = relation();
            }
        }
    }

    /// What its own record and those of others say.
    fn recorded_relations(&self, index: EntityIx, known: &mut Known<'a>, lang: &Lang) {
        let register = &self.archive.register;
        let mut add = |inverse: bool, other: Option<EntityIx>, relation: &'a entity::Relation| {
            let (Some(other), Some(property)) = (other, register.find_property(&relation.property)) else { return };
            let valid = || relation.valid.as_ref().and_then(|valid| self.formats.of(lang).valid(valid));
            let source = || relation.source.as_deref().map(|key| self.tree.routes.url(&self.tree.routes.source(key)));
            let kept = known.entry((inverse, property, other));
            let kept = kept.or_insert_with(|| RelationView {
                entity: self.entity_card(other, lang),
                name: self.entity_name(other, lang),
                valid: None,
                status: None,
                source: None,
            });
            kept.valid = kept.valid.take().or_else(valid);
            kept.source = kept.source.take().or_else(source);
        };
        for relation in &register.entity(index).head.relations {
            add(false, register.find_entity(&relation.object), relation);
        }
        for (other, nth) in &self.archive.index.relations_to[index.position()] {
            add(true, Some(*other), &register.entity(*other).head.relations[*nth as usize]);
        }
    }
}

/// How much the archive has on the other entity.
fn weight(relation: &RelationView<'_>) -> usize {
    relation.entity.articles + relation.entity.facts
}

fn drawn<'a>(group: &RelationGroup<'a>) -> Group<'a> {
    let name = |relation: &RelationView<'a>| Name {
        text: relation.name,
        url: relation.entity.url.clone(),
        status: relation.status,
        weight: weight(relation),
    };
    Group { label: group.plain, names: group.items.iter().map(name).collect() }
}
