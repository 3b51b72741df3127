//! What tables and lists of names show: a fact with who states it, and an entity with how its facts stand.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::Site;
use super::cards::{EntityCard, StatusBar};
use super::html::{Html, Told, push_link};
use crate::archive::{Agent, EntityIx, FactRef, SourceIx};
use crate::base::Lang;
use crate::parse::sidecar::{Stance, Status};

/// A fact in a table of figures.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FactRow<'a> {
    /// When it holds.
    pub valid: Option<Html>,
    /// The entity of which something is said.
    pub subject: Option<Html>,
    /// The answer, or the claim where there is none; leads to the note.
    pub answer: Html,
    /// The claim's language, where the claim stands for an answer in another language than the page's.
    pub lang: Option<&'a Lang>,
    /// What is known of its truth.
    pub status: Status,
    /// Who states it, or else the sources that support it: names, each with its page where it has one.
    pub stated_by: Option<Html>,
    /// Its article's title.
    pub article: Html,
    /// The article's language, where it is not the page's.
    pub article_lang: Option<&'a Lang>,
}

/// An entity in a list, with how its facts stand.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EntityRow<'a> {
    /// The entity.
    #[serde(flatten)]
    pub card: EntityCard<'a>,
    /// The line under its name.
    pub statuses: StatusBar,
}

impl<'a> Site<'a> {
    pub(in crate::site) fn fact_row(&self, reference: FactRef, lang: &Lang) -> FactRow<'a> {
        let reference = self.version(reference);
        let (article, fact) = self.archive.fact(reference);
        let (claim_lang, claim) = fact.claim.pick(lang, &article.lang);
        let figure = self.figure(fact, lang);
        let object = || fact.object.map(|object| self.entity_told(object, lang));
        let answer = figure.as_deref().map(|text| Told { text, lang: None }).or_else(object);
        let mut link = String::with_capacity(claim.len() + 96);
        answer.unwrap_or(Told { text: claim, lang: None }).push_link(&mut link, &self.fact_url(reference));
        let agents = fact.stated_by.iter().map(|agent| self.agent(agent, lang));
        let supports = fact.sources.iter().filter(|(_, stance)| agents.len() == 0 && *stance == Stance::Supports);
        let stated_by: Vec<_> = agents.clone().chain(supports.map(|(source, _)| self.source_link(*source))).collect();
        FactRow {
            valid: self.valid(fact, lang),
            subject: fact.subject.map(|entity| self.named(entity, lang)),
            answer: Html::safe(&link),
            lang: Some(claim_lang).filter(|claim_lang| answer.is_none() && !claim_lang.reads_as(lang)),
            status: fact.status,
            stated_by: (!stated_by.is_empty()).then(|| Html::safe(&stated_by.join(", "))),
            article: self.article_titles[reference.article.position()].clone(),
            article_lang: Some(&article.lang).filter(|own| !own.reads_as(lang)),
        }
    }

    /// Who states a fact, as HTML.
    fn agent(&self, agent: &Agent, lang: &Lang) -> String {
        match agent {
            Agent::Entity(entity) => self.named(*entity, lang).as_str().to_owned(),
            Agent::Words(words) => Html::text(words).as_str().to_owned(),
        }
    }

    /// A source's title as a link to its page.
    pub(in crate::site) fn source_link(&self, source: SourceIx) -> String {
        let (source, mut link) = (self.archive.register.source(source), String::new());
        push_link(&mut link, &self.tree.routes.url(&self.tree.routes.source(&source.key)), source.title.as_deref().unwrap_or(&source.key));
        link
    }

    /// Who states a fact, as plain text.
    pub(in crate::site) fn agent_name(&self, agent: &'a Agent, lang: &Lang) -> &'a str {
        match agent {
            Agent::Entity(entity) => self.entity_name(*entity, lang),
            Agent::Words(words) => words,
        }
    }

    pub(in crate::site) fn entity_row(&self, entity: EntityIx, lang: &Lang) -> EntityRow<'a> {
        let statuses = self.statuses_of(&self.archive.index.facts_about[entity.position()]);
        EntityRow { card: self.entity_card(entity, lang), statuses }
    }
}
