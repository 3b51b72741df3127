//! A source of the bibliography that no evidence and no relation cites. Drafts and internal facts count.

use rayon::prelude::*;

use crate::base::{Code, Diagnostic, Place};
use crate::check::rule::{Look, Rule, Whole};

pub const RULE: Rule = Rule { code: Code::UnusedSource, look: Look::Archive(look) };

fn look(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let register = &whole.archive.register;
    let mut cited: Vec<bool> = whole.archive.index.facts_citing.iter().map(|facts| !facts.is_empty()).collect();
    let relations = register.entities.iter().flat_map(|entity| &entity.head.relations);
    for source in relations.filter_map(|relation| register.find_source(relation.source.as_deref()?)) {
        cited[source.position()] = true;
    }
    // What is shown cites nearly all; only for the rest all facts are looked through.
    if cited.iter().all(|cited| *cited) {
        return;
    }
    let facts = whole.archive.articles.par_iter().flat_map_iter(|article| &article.facts);
    let others = facts.flat_map_iter(|fact| fact.sources.iter().map(|(source, _)| *source));
    for source in others.filter(|source| !cited[source.position()]).collect::<Vec<_>>() {
        cited[source.position()] = true;
    }
    for (source, _) in register.sources.iter().zip(cited).filter(|(_, cited)| !cited) {
        let place = Place::bytes(&source.file, source.at.clone());
        let help = "cite it as the `source` of a piece of evidence or of a relation, or take it out";
        found.push(
            Diagnostic::warning(Code::UnusedSource, place, format!("nothing cites the source `{}`", source.key)).help(help.to_owned()),
        );
    }
}
