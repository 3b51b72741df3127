//! What `entity.html` sees as `entity`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::plan::FACTS;
use super::super::{Site, annotate, paging};
use super::Pager;
use super::cards::{FactCard, LinkView, PropertyCard, StatusBar};
use super::disagreements::DisagreementsView;
use super::figures::FigureView;
use super::html::{Html, push_text};
use super::infobox::{self, InfoRow, ReferenceView};
use super::relations::RelationsView;
use crate::archive::{ArticleIx, EntityIx, FactRef, PropertyIx};
use crate::base::Lang;
use crate::parse::body;
use crate::parse::dates::Edtf;
use crate::parse::sidecar::FactKind;

/// An entity with what the archive knows of it.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EntityView<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub name: Html,
    /// Its kind's id.
    pub kind: &'a str,
    /// Its kind for readers.
    pub kind_label: Html,
    /// Its kind's list.
    pub kind_url: String,
    /// A sentence on who or what it is.
    pub summary: Option<Html>,
    /// Safe HTML: the short biography; may be empty.
    pub html: Html,
    /// The language of the biography, where it is not the page's.
    pub html_lang: Option<&'a Lang>,
    /// Other names.
    pub aliases: Vec<AliasView<'a>>,
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
    /// What is known: a row for each property of which facts or its record state a value, newest value first.
    pub infobox: Vec<InfoRow<'a>>,
    /// What the numbers in the infobox refer to.
    pub references: Vec<ReferenceView<'a>>,
    /// Its figures over time, by property.
    pub figures: Vec<FigureView<'a>>,
    /// The latest of its dated facts that are no figures, oldest first; none where they are too few.
    pub events: Vec<FactCard<'a>>,
    /// Where facts on it disagree, side by side.
    pub disagreements: Option<DisagreementsView<'a>>,
    /// How it stands to other entities, both ways.
    pub relations: Option<RelationsView<'a>>,
    /// How its facts stand.
    pub statuses: StatusBar,
    /// This page's facts, by property; facts without one come last, in a group without a property.
    pub groups: Vec<FactGroup<'a>>,
    /// This page's articles, each with the sentence that mentions it.
    pub articles: Vec<MentionView<'a>>,
    /// Where the reader is in its facts and articles.
    pub pager: Pager,
    /// Whether this is the entity's own address, which carries infobox, figures, disagreements, relations and events.
    pub front: bool,
}

/// Another name.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AliasView<'a> {
    /// The name.
    pub text: &'a str,
    /// Its script, as a language tag such as `und-Hani`, where its letters are not those of the page.
    pub script: Option<&'static str>,
}

/// A word of the interface and a date.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DatedWord {
    /// A key of `words`.
    pub word: &'static str,
    /// The date.
    pub date: Html,
}

/// Facts under one property.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FactGroup<'a> {
    /// The property; absent for the facts that state none.
    pub property: Option<PropertyCard<'a>>,
    /// The facts, oldest first.
    pub facts: Vec<FactCard<'a>>,
}

/// An article that mentions the entity.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
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
    /// How the article's facts stand.
    pub statuses: StatusBar,
}

/// Facts in the timeline of an entity: so many at most, and fewer than this are none.
const EVENTS: usize = 12;
const FEW: usize = 3;

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

/// The script of a name in letters that a page may have no font for. Which language it is nobody has said, and the
/// letters tell it only of some.
fn script(name: &str) -> Option<&'static str> {
    let tag = |letter| match letter {
        '\u{3040}'..='\u{30ff}' => Some("ja"),
        '\u{ac00}'..='\u{d7af}' => Some("ko"),
        '\u{370}'..='\u{3ff}' => Some("el"),
        '\u{400}'..='\u{52f}' => Some("und-Cyrl"),
        '\u{590}'..='\u{5ff}' => Some("und-Hebr"),
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => Some("und-Arab"),
        '\u{900}'..='\u{97f}' => Some("und-Deva"),
        '\u{e00}'..='\u{e7f}' => Some("th"),
        '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3134f}' => Some("und-Hani"),
        _ => None,
    };
    // Japanese and Korean names may begin with Chinese characters.
    let tags = || name.chars().filter_map(tag);
    tags().find(|tag| *tag != "und-Hani").or_else(|| tags().next())
}

impl<'a> Site<'a> {
    /// An entity's page, or a numbered page of its facts and articles.
    pub fn entity(&self, index: EntityIx, number: Option<usize>, lang: &Lang) -> EntityView<'a> {
        let archive = self.archive;
        let entity = archive.register.entity(index);
        let head = &entity.head;
        let facts = &archive.index.facts_about[index.position()];
        let mentions = self.tree.mentions_of(archive, index);
        let total = facts.len().max(mentions.len());
        let front = number.is_none();
        let address = self.tree.routes.entity(&entity.id);
        let (infobox, references) = if front { self.infobox(index, lang) } else { Default::default() };
        EntityView {
            id: &entity.id,
            name: self.entity_html(index, lang),
            kind: &head.kind,
            kind_label: self.kind_label(&head.kind, lang),
            kind_url: self.tree.routes.url(&self.tree.routes.entities_of(&head.kind)),
            summary: head.summary.as_ref().map(|words| self.told(words, lang)),
            html: Html::safe(&if front { self.biography(index) } else { String::new() }),
            html_lang: Some(&archive.register.lang).filter(|own| !own.reads_as(lang)),
            aliases: head.aliases.iter().map(|alias| AliasView { text: alias, script: script(alias) }).collect(),
            not: head.not.iter().map(|word| &**word).collect(),
            wikidata: head.wikidata.as_deref().map(|id| LinkView { text: id, url: format!("https://www.wikidata.org/wiki/{id}") }),
            same_as: head.same_as.iter().map(|address| &**address).collect(),
            country: head.country.as_deref().map(|country| self.named_or_word(country, lang)),
            dates: self.dates(index, lang),
            infobox,
            references,
            figures: if front { self.figures_of(index, lang) } else { Vec::new() },
            events: if front { self.events(index, lang) } else { Vec::new() },
            disagreements: front.then(|| self.disagreements_on(index, lang)).flatten(),
            relations: front.then(|| self.relations(index, lang)).flatten(),
            statuses: self.statuses_of(facts),
            groups: self.groups(&facts[paging::items(facts.len(), FACTS, number)], lang),
            articles: self.mentions(index, &mentions[paging::items(mentions.len(), FACTS, number)], lang),
            pager: paging::pager(&self.tree.routes, &address, total, FACTS, number),
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

    /// The newest facts with a date, but for figures, which the charts show.
    fn events(&self, index: EntityIx, lang: &Lang) -> Vec<FactCard<'a>> {
        let facts = self.archive.index.facts_about[index.position()].iter();
        let dated = facts.filter_map(|reference| {
            let fact = self.archive.fact(*reference).1;
            let tells = fact.kind != FactKind::Quantity && infobox::stands(fact.status);
            Some((fact.day.filter(|_| tells)?, *reference))
        });
        let mut dated: Vec<_> = dated.collect();
        dated.sort_unstable();
        let newest = &dated[dated.len().saturating_sub(EVENTS)..];
        let shown = if newest.len() < FEW { &[] } else { newest };
        shown.iter().map(|(_, reference)| self.fact_card(*reference, lang)).collect()
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
                lang: Some(&article.lang).filter(|own| !own.reads_as(lang)),
                date: head.date.map(|date| self.formats.of(lang).moment(date)),
                publisher: head.publisher.as_deref().map(|publisher| self.name_or_word(publisher, lang)),
                summary: head.summary.as_deref().filter(|_| sentence.is_none()),
                sentence,
                statuses: Self::article_statuses(article),
            }
        };
        mentions.iter().map(view).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_other_letters_says_which() {
        let names = ["字节跳动", "東京タワー", "삼성전자", "شركة", "ByteDance", "Zhū", "Ελλάς"];
        let expected = [Some("und-Hani"), Some("ja"), Some("ko"), Some("und-Arab"), None, None, Some("el")];
        assert_eq!(names.map(script), expected);
    }
}
