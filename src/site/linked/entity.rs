//! An entity as a node.

use super::super::Site;
use super::plain_date;
use super::terms::{Brief, CONTEXT, Entity, Record, Statement};
use crate::archive::{EntityIx, FactRef};
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
    /// An entity with the articles that name it and the facts that speak of it, newest first.
    pub fn entity_record(&self, index: EntityIx) -> String {
        let (lang, archive) = (&self.tree.lang, self.archive);
        let articles = self.tree.mentions_of(archive, index).iter().map(|(article, _)| Statement::Article(self.linked_version(*article)));
        let facts = archive.index.facts_about[index.position()].iter().map(|fact| Statement::Claim(self.statement(*fact)));
        let record = Record { entity: self.linked_entity(index, lang), subject_of: articles.chain(facts).rev().collect() };
        serde_json::to_string(&record).expect("nodes are plain data")
    }

    fn statement(&self, listed: FactRef) -> Brief<'a> {
        let reference = self.version(listed);
        let (article, fact) = self.archive.fact(reference);
        let (lang, text) = fact.claim.pick(&self.tree.lang, &article.lang);
        Brief { kind: "Claim", id: self.tree.routes.with_host(&self.fact_url(reference)), text, in_language: lang.as_str() }
    }

    pub(super) fn linked_entity(&self, index: EntityIx, lang: &Lang) -> Entity<'a> {
        let register = &self.archive.register;
        let head = &register.entity(index).head;
        let kind = self.entity_type(index);
        let date = |fits: bool, date: &'a Option<Edtf>| date.as_ref().filter(|_| fits).and_then(plain_date);
        let (lives, is_organisation) = (kind == "Person", is_organisation(kind));
        let elsewhere = head.same_as.iter().map(ToString::to_string);
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
