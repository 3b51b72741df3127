//! An entity that nothing names: no fact, text, link or relation, and nobody as author, publisher, translator, agent or
//! country. Drafts and internal facts count.

use rayon::prelude::*;

use crate::archive::{Archive, Article, EntityIx, Href, Unclear};
use crate::base::{Code, DataPath, Diagnostic, Place};
use crate::check::rule::{Look, Rule, Whole};
use crate::parse::entity;

pub const RULE: Rule = Rule { code: Code::UnusedEntity, look: Look::Archive(look) };

fn look(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let archive = whole.archive;
    let index = &archive.index;
    let mut used: Vec<bool> = index.facts_about.iter().map(|facts| !facts.is_empty()).collect();
    for (entity, used) in used.iter_mut().enumerate() {
        *used |= !index.mentions_of[entity].is_empty() || !index.relations_to[entity].is_empty();
    }
    // What is shown uses nearly all; only for the rest the whole archive is looked through.
    if used.iter().all(|used| *used) {
        return;
    }
    let articles = archive.articles.par_iter().flat_map_iter(|article| named_in(archive, article));
    for entity in articles.filter(|entity| !used[entity.position()]).collect::<Vec<_>>().into_iter().chain(named_elsewhere(archive)) {
        used[entity.position()] = true;
    }
    for (entity, _) in archive.register.entities.iter().zip(used).filter(|(_, used)| !used) {
        let place = Place::data(&entity.file, DataPath::root().key("name"));
        let help = format!("name it where an article speaks of it, or delete `{}`", entity.file);
        found.push(Diagnostic::warning(Code::UnusedEntity, place, format!("nothing names the entity `{}`", entity.id)).help(help));
    }
}

/// The entities that an article names in any way, also one that is not shown.
fn named_in<'a>(archive: &'a Archive, article: &'a Article) -> impl Iterator<Item = EntityIx> + 'a {
    let facts = article.facts.iter().flat_map(|fact| fact.about.iter().copied());
    let mentions = article.named.mentions.iter().map(|mention| mention.entity);
    let shared = article.named.unsettled.iter().flat_map(|unsettled| match &unsettled.why {
        Unclear::Shared(bearers) => &**bearers,
        Unclear::Unlinked(_) | Unclear::Denied(_) => &[],
    });
    let head = &article.head;
    let words = head.about.iter().chain(&head.authors).chain(&head.publisher).chain(&head.translator);
    let holder = head.rights.iter().filter_map(|rights| rights.holder.as_ref());
    let words = words.chain(holder).filter_map(|word| find(archive, word));
    let corrections = article.corrections.iter().flat_map(|correction| linked(&correction.links));
    facts.chain(mentions).chain(corrections).chain(shared.copied()).chain(article.agents.iter().copied()).chain(words)
}

/// The entities that pages and other entities name.
fn named_elsewhere(archive: &Archive) -> impl Iterator<Item = EntityIx> {
    let entities = &archive.register.entities;
    let country = |head: &entity::Entity| find(archive, head.country.as_deref()?);
    let countries = entities.iter().filter_map(move |entity| country(&entity.head));
    let own_links =
        archive.entity_links.iter().enumerate().flat_map(|(own, links)| linked(links).filter(move |entity| entity.position() != own));
    countries.chain(own_links).chain(archive.pages.iter().flat_map(|page| linked(&page.links)))
}

/// The entity with this id or name.
fn find(archive: &Archive, word: &str) -> Option<EntityIx> {
    archive.register.find_entity(word).or_else(|| archive.register.find_named(word))
}

fn linked(links: &[Href]) -> impl Iterator<Item = EntityIx> {
    links.iter().filter_map(|link| if let Href::Entity(entity) = link { Some(*entity) } else { None })
}
