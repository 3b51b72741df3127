//! An entity as a node.

use super::super::Site;
use super::terms::{CONTEXT, Entity};
use super::plain_date;
use crate::archive::EntityIx;
use crate::base::Lang;
use crate::parse::dates::Edtf;

/// Types of organisations whose names do not say so.
const ORGANISATIONS: [&str; 9] =
    ["Airline", "Consortium", "Cooperative", "Corporation", "LocalBusiness", "NGO", "OnlineBusiness", "PoliticalParty", "WorkersUnion"];

fn is_organisation(kind: &str) -> bool {
    kind.ends_with("Organization") || ORGANISATIONS.contains(&kind)
}

/// Whether things of this type can write and publish.
pub(super) fn acts(kind: &str) -> bool {
    kind == "Person" || is_organisation(kind)
}

/// The address of an item.
pub(super) fn wikidata(item: &str) -> String {
    format!("https://www.wikidata.org/wiki/{item}")
}

impl<'a> Site<'a> {
    pub(super) fn linked_entity(&self, index: EntityIx, lang: &Lang) -> Entity<'a> {
        let register = &self.archive.register;
        let head = &register.entity(index).head;
        let kind = self.entity_type(index);
        let date = |fits: bool, date: &'a Option<Edtf>| date.as_ref().filter(|_| fits).and_then(plain_date);
        let (lives, is_organisation) = (kind == "Person", is_organisation(kind));
        let elsewhere = head.same_as.iter().map(|address| address.to_string());
        Entity {
            context: Some(CONTEXT),
            kind,
            id: self.entity_id(index),
            url: self.tree.routes.with_host(&self.entity_url(index)),
            name: self.entity_name(index, lang),
            alternate_name: head.aliases.iter().map(|alias| &**alias).collect(),
            description: head.summary.as_ref().map(|summary| summary.pick(lang, &register.lang).1),
            same_as: head.wikidata.as_deref().map(wikidata).into_iter().chain(elsewhere).collect(),
            birth_date: date(lives, &head.born),
            death_date: date(lives, &head.died),
            founding_date: date(is_organisation, &head.founded),
            dissolution_date: date(is_organisation, &head.dissolved),
        }
    }
}
