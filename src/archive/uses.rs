//! Where things are used: which facts speak of an entity, state a property, cite a source or belong to a year.

use rayon::prelude::*;

use super::graph::{Archive, Index};
use super::ids::{ArticleIx, EntityIx, FactRef};

/// Where everything is used: the index, but for what names and references lead to.
pub fn uses(archive: &Archive) -> Index {
    let (mentions_of, mut index) = rayon::join(|| mentions(archive), || facts(archive));
    index.mentions_of = mentions_of;
    let register = &archive.register;
    index.relations_to = vec![Vec::new(); register.entities.len()];
    for (position, entity) in register.entities.iter().enumerate() {
        for (nth, relation) in (0_u32..).zip(&entity.head.relations) {
            if let Some(object) = register.find_entity(&relation.object) {
                index.relations_to[object.position()].push((EntityIx::new(position), nth));
            }
        }
    }
    let articles = &archive.articles;
    let day = |reference: &FactRef| (articles[reference.article.position()].facts[reference.fact as usize].day, *reference);
    index.facts_stating.par_iter_mut().for_each(|facts| facts.sort_by_cached_key(day));
    index.timeline.par_iter_mut().for_each(|(_, facts)| facts.sort_by_cached_key(day));
    index
}

/// Where readers meet the name of each entity.
fn mentions(archive: &Archive) -> Vec<Vec<(ArticleIx, u32)>> {
    let mut mentions_of = vec![Vec::new(); archive.register.entities.len()];
    for (position, article) in archive.articles.iter().enumerate().filter(|(_, article)| article.speaks()) {
        for (nth, mention) in (0_u32..).zip(&article.named.mentions) {
            mentions_of[mention.entity.position()].push((ArticleIx::new(position), nth));
        }
    }
    mentions_of
}

/// An index of nothing but the facts, in the order of their articles.
fn facts(archive: &Archive) -> Index {
    let register = &archive.register;
    let mut index = Index {
        facts_about: vec![Vec::new(); register.entities.len()],
        facts_stating: vec![Vec::new(); register.properties.len()],
        facts_citing: vec![Vec::new(); register.sources.len()],
        ..Index::default()
    };
    for (position, article) in archive.articles.iter().enumerate().filter(|(_, article)| article.speaks()) {
        for (nth, fact) in (0_u32..).zip(&article.facts).filter(|(_, fact)| fact.public) {
            let reference = FactRef { article: ArticleIx::new(position), fact: nth };
            if archive.index.twins.contains_key(&reference) {
                continue;
            }
            for entity in &fact.about {
                index.facts_about[entity.position()].push(reference);
            }
            if let Some(property) = fact.property {
                index.facts_stating[property.position()].push(reference);
            }
            for (source, stance) in &fact.sources {
                let citing = &mut index.facts_citing[source.position()];
                if citing.last() != Some(&(reference, *stance)) {
                    citing.push((reference, *stance));
                }
            }
            if let Some(year) = fact.year {
                index.timeline.entry(year).or_default().push(reference);
            }
        }
    }
    index
}
