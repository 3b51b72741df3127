//! What `entity.html` sees as `entity`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::plan::FACTS;
use super::super::{Site, annotate, paging};
use super::Pager;
use super::cards::{EntityCard, FactCard, LinkView, PropertyCard, StatusBar};
use super::disagreements::DisagreementsView;
use super::html::{Html, push_text};
use crate::archive::{ArticleIx, EntityIx, FactRef, PropertyIx};
use crate::base::Lang;
use crate::parse::dates::Edtf;
use crate::parse::sidecar::Status;
use crate::parse::{body, entity};

/// An entity with what the archive knows of it.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize)]
pub struct EntityView<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its kind's id.
    pub kind: &'a str,
    /// Its kind for readers.
    pub kind_label: &'a str,
    /// Its kind's list.
    pub kind_url: String,
    /// A sentence on who or what it is.
    pub summary: Option<&'a str>,
    /// Safe HTML: the short biography; may be empty.
    pub html: Html,
    /// Other names.
    pub aliases: Vec<&'a str>,
    /// Words that look like it and are something else.
    pub not: Vec<&'a str>,
    /// Its item in Wikidata: `text` is the id.
    pub wikidata: Option<LinkView<'a>>,
    /// Its addresses elsewhere.
    pub same_as: Vec<&'a str>,
    /// The country it belongs to.
    pub country: Option<Html>,
    /// `born`, `died`, `founded`, `dissolved`: keys of `words`, with their dates.
    pub dates: Vec<DatedWord>,
    /// What is known: a row for each property of which facts state a value, newest value first.
    pub infobox: Vec<InfoRow<'a>>,
    /// Where facts on it disagree, side by side.
    pub disagreements: Option<DisagreementsView<'a>>,
    /// How it stands to other entities, both ways.
    pub relations: Vec<RelationGroup<'a>>,
    /// How its facts stand.
    pub statuses: StatusBar,
    /// This page's facts, by property; facts without one come last, in a group without a property.
    pub groups: Vec<FactGroup<'a>>,
    /// This page's articles, each with the sentence that mentions it.
    pub articles: Vec<MentionView<'a>>,
    /// Where the reader is in its facts and articles.
    pub pager: Pager,
    /// Whether this is the entity's own address, which carries infobox, disagreements and relations.
    pub front: bool,
}

/// A word of the interface and a date.
#[derive(Debug, Clone, Serialize)]
pub struct DatedWord {
    /// A key of `words`.
    pub word: &'static str,
    /// The date.
    pub date: Html,
}

/// What is known under one property.
#[derive(Debug, Clone, Serialize)]
pub struct InfoRow<'a> {
    /// The property.
    pub property: PropertyCard<'a>,
    /// Its values, newest first, at most five.
    pub values: Vec<InfoValue>,
}

/// One known value with the fact that states it.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize)]
pub struct InfoValue {
    /// The figure, words or entity.
    pub answer: Option<Html>,
    /// When it holds.
    pub valid: Option<Html>,
    /// What is known of its truth.
    pub status: Status,
    /// The note's path.
    pub url: String,
}

/// Relations of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct RelationGroup<'a> {
    /// The property's label, or its inverse label when the relation is read from the other side.
    pub label: &'a str,
    /// Whether the relation is read from the other side.
    pub inverse: bool,
    /// The others.
    pub items: Vec<RelationView<'a>>,
}

/// One relation.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize)]
pub struct RelationView<'a> {
    /// The other entity.
    pub entity: EntityCard<'a>,
    /// When it holds.
    pub valid: Option<Html>,
    /// Where it is stated: a fact's note or a source's page.
    pub source: Option<String>,
}

/// Facts under one property.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize)]
pub struct FactGroup<'a> {
    /// The property; absent for the facts that state none.
    pub property: Option<PropertyCard<'a>>,
    /// The facts, oldest first.
    pub facts: Vec<FactCard<'a>>,
}

/// An article that mentions the entity.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize)]
pub struct MentionView<'a> {
    /// The article's title, which leads to it.
    pub title: Html,
    /// Its language, where it is not the page's.
    pub lang: Option<&'a Lang>,
    /// When it was published.
    pub date: Option<Html>,
    /// Who published it.
    pub publisher: Option<&'a str>,
    /// The sentence with the name; absent where the text may not be shown.
    pub sentence: Option<Html>,
    /// In its place, a sentence or two on the article.
    pub summary: Option<&'a str>,
}

/// Facts that one row of an infobox shows at most.
const VALUES: usize = 5;

/// A sentence with a name in bold, if there is a name.
fn around(sentence: &str, start: usize, end: usize) -> Option<Html> {
    let mut html = String::with_capacity(sentence.len() + 16);
    push_text(&mut html, &sentence[..start]);
    html.push_str("<b>");
    push_text(&mut html, &sentence[start..end]);
    html.push_str("</b>");
    push_text(&mut html, &sentence[end..]);
    (start < end).then(|| Html::safe(&html))
}

impl<'a> Site<'a> {
    /// An entity's page, or a numbered page of its facts and articles.
    pub fn entity(&self, index: EntityIx, number: Option<usize>, lang: &Lang) -> EntityView<'a> {
        let archive = self.archive;
        let entity = archive.register.entity(index);
        let head = &entity.head;
        let facts = &archive.index.facts_about[index.position()];
        let mentions = &archive.index.mentions_of[index.position()];
        let total = facts.len().max(mentions.len());
        let front = number.is_none();
        let address = self.routes.entity(&entity.id);
        let pick = |words: &'a crate::base::Words| words.pick(lang, &archive.register.lang).1;
        EntityView {
            id: &entity.id,
            name: self.entity_name(index, lang),
            kind: &head.kind,
            kind_label: self.kind_label(&head.kind, lang),
            kind_url: self.routes.url(&self.routes.entities_of(&head.kind)),
            summary: head.summary.as_ref().map(pick),
            html: Html::safe(&if front { self.biography(index) } else { String::new() }),
            aliases: head.aliases.iter().map(|alias| &**alias).collect(),
            not: head.not.iter().map(|word| &**word).collect(),
            wikidata: head.wikidata.as_deref().map(|id| LinkView { text: id, url: format!("https://www.wikidata.org/wiki/{id}") }),
            same_as: head.same_as.iter().map(|address| &**address).collect(),
            country: head.country.as_deref().map(|country| self.named_or_word(country, lang)),
            dates: self.dates(index, lang),
            infobox: if front { self.infobox(index, lang) } else { Vec::new() },
            disagreements: front.then(|| self.disagreements_on(index, lang)).flatten(),
            relations: if front { self.relations(index, lang) } else { Vec::new() },
            statuses: self.statuses_of(facts),
            groups: self.groups(&facts[paging::items(facts.len(), FACTS, number)], lang),
            articles: self.mentions(index, &mentions[paging::items(mentions.len(), FACTS, number)], lang),
            pager: paging::pager(&self.routes, &address, total, FACTS, number),
            front,
        }
    }

    fn biography(&self, index: EntityIx) -> String {
        let entity = self.archive.register.entity(index);
        let body = body::read(&entity.markdown, entity.body_start, |_| false);
        let links = &self.archive.entity_links[index.position()];
        let hrefs: Vec<_> = links.iter().map(|href| self.href(href)).collect();
        annotate::html(&body, &hrefs, &self.pictures(links), self.config.markdown.unsafe_html)
    }

    fn dates(&self, index: EntityIx, lang: &Lang) -> Vec<DatedWord> {
        let head = &self.archive.register.entity(index).head;
        let dates = [("born", &head.born), ("died", &head.died), ("founded", &head.founded), ("dissolved", &head.dissolved)];
        let dated =
            |(word, date): (&'static str, &Option<Edtf>)| Some(DatedWord { word, date: self.formats.of(lang).edtf(date.as_ref()?) });
        dates.into_iter().filter_map(dated).collect()
    }

    /// What facts say of the entity as their subject, by property.
    fn infobox(&self, index: EntityIx, lang: &Lang) -> Vec<InfoRow<'a>> {
        let mut rows: BTreeMap<PropertyIx, Vec<FactRef>> = BTreeMap::new();
        for reference in &self.archive.index.facts_about[index.position()] {
            let fact = self.archive.fact(*reference).1;
            if let (Some(property), true) = (fact.property, fact.subject == Some(index)) {
                rows.entry(property).or_default().push(*reference);
            }
        }
        let row = |(property, mut facts): (PropertyIx, Vec<FactRef>)| {
            facts.sort_by_key(|reference| std::cmp::Reverse((self.archive.fact(*reference).1.day, *reference)));
            facts.truncate(VALUES);
            InfoRow {
                property: self.property_card(property, lang),
                values: facts.into_iter().map(|fact| self.info_value(fact, lang)).collect(),
            }
        };
        rows.into_iter().map(row).collect()
    }

    fn info_value(&self, reference: FactRef, lang: &Lang) -> InfoValue {
        let fact = self.archive.fact(reference).1;
        InfoValue { answer: self.answer(fact, lang), valid: self.valid(fact, lang), status: fact.status, url: self.fact_url(reference) }
    }

    /// Relations of its own record, then those that other records have with it.
    fn relations(&self, index: EntityIx, lang: &Lang) -> Vec<RelationGroup<'a>> {
        let register = &self.archive.register;
        let mut groups: BTreeMap<(bool, PropertyIx), Vec<RelationView<'a>>> = BTreeMap::new();
        let mut add = |inverse: bool, other: Option<EntityIx>, relation: &'a entity::Relation| {
            let (Some(other), Some(property)) = (other, register.find_property(&relation.property)) else { return };
            groups.entry((inverse, property)).or_default().push(RelationView {
                entity: self.entity_card(other, lang),
                valid: relation.valid.as_ref().and_then(|valid| self.formats.of(lang).valid(valid)),
                source: relation.source.as_deref().map(|key| self.routes.url(&self.routes.source(key))),
            });
        };
        for relation in &register.entity(index).head.relations {
            add(false, register.find_entity(&relation.object), relation);
        }
        for (other, nth) in &self.archive.index.relations_to[index.position()] {
            add(true, Some(*other), &register.entity(*other).head.relations[*nth as usize]);
        }
        let label = |inverse: bool, property: PropertyIx| {
            let (id, kept) = register.property(property);
            let words = if inverse { kept.inverse_label.as_ref().or(kept.label.as_ref()) } else { kept.label.as_ref() };
            words.map_or(id, |words| words.pick(lang, &register.lang).1)
        };
        groups.into_iter().map(|((inverse, property), items)| RelationGroup { label: label(inverse, property), inverse, items }).collect()
    }

    fn groups(&self, facts: &[FactRef], lang: &Lang) -> Vec<FactGroup<'a>> {
        let mut groups: BTreeMap<(bool, Option<PropertyIx>), Vec<FactCard<'a>>> = BTreeMap::new();
        for reference in facts {
            let property = self.archive.fact(*reference).1.property;
            groups.entry((property.is_none(), property)).or_default().push(self.fact_card(*reference, lang));
        }
        let group = |((_, property), facts): ((bool, Option<PropertyIx>), Vec<FactCard<'a>>)| FactGroup {
            property: property.map(|property| self.property_card(property, lang)),
            facts,
        };
        groups.into_iter().map(group).collect()
    }

    fn mentions(&self, index: EntityIx, mentions: &[(ArticleIx, u32)], lang: &Lang) -> Vec<MentionView<'a>> {
        let view = |(article, nth): &(ArticleIx, u32)| {
            let place = *article;
            let article = self.archive.article(place);
            let (head, mention) = (&article.head, &article.named.mentions[*nth as usize]);
            debug_assert_eq!(mention.entity, index, "the index names mentions of this entity");
            let sentence = around(&mention.sentence, mention.name.0 as usize, mention.name.1 as usize);
            MentionView {
                title: self.article_link(place),
                lang: Some(&article.lang).filter(|own| *own != lang),
                date: head.date.map(|date| self.formats.of(lang).moment(date)),
                publisher: head.publisher.as_deref().map(|publisher| self.name_or_word(publisher, lang)),
                summary: head.summary.as_deref().filter(|_| sentence.is_none()),
                sentence,
            }
        };
        mentions.iter().map(view).collect()
    }
}
