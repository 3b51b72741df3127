//! An article as a node, with its facts as claims.

use std::collections::BTreeSet;

use super::super::views::Head;
use super::super::views::article::{ArticleView, Note, Since};
use super::super::views::corrections::correction_id;
use super::super::{Beside, Site, cite};
use super::terms::{Article, CONTEXT, Claim, ClaimReview, Correction, File, Id, Licence, Number, Observation, Rating, Thing, Version};
use super::{entity, named, plain_date, said};
use crate::archive::{self, Agent, ArticleIx, EntityIx, Fact};
use crate::parse::article::State;
use crate::parse::body;
use crate::parse::dates::Moment;
use crate::parse::sidecar::{Status, Value};

impl<'a> Site<'a> {
    pub(super) fn linked_article<'h>(&'h self, index: ArticleIx, head: &'h Head<'a>, view: &ArticleView<'a>) -> Article<'h>
    where
        'a: 'h,
    {
        let article = self.archive.article(index);
        let (written, lang) = (&article.head, &article.lang);
        let agent = |word: &'a Option<Box<str>>| word.as_deref().map(|word| self.whoever(word, lang));
        let about: Vec<EntityIx> = written.about.iter().filter_map(|id| self.archive.register.find_entity(id)).collect();
        let rights = written.rights.as_ref();
        Article {
            context: CONTEXT,
            kind: "NewsArticle",
            id: &head.canonical,
            url: &head.canonical,
            headline: &written.title,
            description: said(head.description),
            in_language: lang.as_str(),
            date_published: written.date.map(moment),
            date_modified: written.updated.map(moment),
            author: written.authors.iter().map(|author| self.whoever(author, lang)).collect(),
            publisher: agent(&written.publisher),
            translator: agent(&written.translator),
            is_based_on: written.url.as_deref(),
            archived_at: written.archived.as_deref(),
            keywords: written.tags.iter().map(|tag| &**tag).collect(),
            license: rights.and_then(|rights| rights.licence.as_deref()).map(licence),
            copyright_holder: rights.and_then(|rights| rights.holder.as_deref()).map(|holder| self.whoever(holder, lang)),
            creative_work_status: (written.state == State::Withdrawn).then_some("Withdrawn"),
            is_part_of: self.web_site(lang),
            encoding: self.file_url(article, Beside::Text).map(|url| file(url, "text/plain")),
            subject_of: self.file_url(article, Beside::Annotations).map(|url| file(url, "application/ld+json")),
            translation_of_work: self.original_of(article).map(|original| self.linked_version(original)),
            work_translation: self.translations_of(index).map(|version| self.linked_version(version)).collect(),
            mentions: mentioned(article, &about).into_iter().map(|entity| self.thing(entity, lang)).collect(),
            about: about.into_iter().map(|entity| self.thing(entity, lang)).collect(),
            correction: article.corrections.iter().filter_map(|shown| correction(article, shown.position, &head.canonical)).collect(),
            has_part: self.claims(article, &head.canonical, view),
        }
    }

    fn original_of(&self, article: &archive::Article) -> Option<ArticleIx> {
        let original = *self.archive.index.article_of.get(article.head.translation_of.as_deref()?)?;
        self.archive.article(original).shown.then_some(original)
    }

    /// None but the original has them: the others name it.
    fn translations_of(&self, index: ArticleIx) -> impl Iterator<Item = ArticleIx> {
        let own = self.archive.article(index).head.translation_of.is_none();
        let versions = self.archive.index.translations.get(&index).filter(|_| own).into_iter().flatten().copied();
        versions.filter(move |version| *version != index && self.archive.article(*version).shown)
    }

    pub(super) fn linked_version(&self, index: ArticleIx) -> Version<'a> {
        let article = self.archive.article(index);
        let id = self.tree.routes.with_host(&self.article_url(index));
        Version { kind: "NewsArticle", id, headline: &article.head.title, in_language: article.lang.as_str() }
    }

    /// The facts that readers see, in the order of the sidecar.
    fn claims(&self, article: &'a archive::Article, page: &str, view: &ArticleView<'a>) -> Vec<Claim<'a>> {
        let notes = view.blocks.iter().flat_map(|block| &block.notes).chain(&view.notes);
        let outlived: BTreeSet<&str> = notes.filter(|note| outlives(note)).map(|note| note.id).collect();
        let facts = article.public_facts().filter(|_| article.speaks()).map(|(_, fact)| fact);
        facts.map(|fact| self.claim(article, fact, page, outlived.contains(&*fact.id))).collect()
    }

    fn claim(&self, article: &'a archive::Article, fact: &'a Fact, page: &str, outlives: bool) -> Claim<'a> {
        let (lang, text) = fact.claim.pick(&article.lang, &article.lang);
        let id = || format!("{page}#{}", fact.id);
        let verdict = verdict(fact).filter(|_| !outlives);
        Claim {
            kind: "Claim",
            id: id(),
            text,
            in_language: (*lang != article.lang).then(|| lang.as_str()),
            appearance: Id { id: page.to_owned() },
            author: speakers(fact).filter(|agent| entity::acts(self.entity_type(*agent))).map(|agent| self.id_of(agent)).collect(),
            about: fact.about.iter().map(|entity| self.id_of(*entity)).collect(),
            temporal_coverage: fact.valid.as_deref().and_then(coverage),
            citation: fact.sources.iter().map(|(source, _)| self.source_id(*source)).collect(),
            main_entity: fact.value.as_deref().and_then(|value| self.observation(article, fact, value)),
            review: verdict.map(|(review_rating, date_published)| ClaimReview {
                kind: "ClaimReview",
                url: id(),
                item_reviewed: Id { id: id() },
                claim_reviewed: text,
                date_published,
                author: self.archive_id(),
                review_rating,
            }),
        }
    }

    fn id_of(&self, entity: EntityIx) -> Id {
        Id { id: self.entity_id(entity) }
    }

    fn observation(&self, article: &'a archive::Article, fact: &Fact, value: &'a Value) -> Option<Observation<'a>> {
        value.number.or(value.min).or(value.max)?;
        let property = fact.property.map(|property| self.archive.register.property(property).1);
        let unit = value.unit.as_deref().or(value.currency.as_deref()).or_else(|| property?.unit.as_deref());
        let at = fact.valid.as_deref().and_then(|valid| valid.at.as_ref());
        Some(Observation {
            kind: "Observation",
            observation_about: fact.subject.map(|entity| self.id_of(entity)),
            variable_measured: fact.property.map(|property| self.property_told(property, &article.lang).text),
            value: value.number.map(Number::from),
            min_value: value.min.map(Number::from),
            max_value: value.max.map(Number::from),
            unit_text: unit,
            observation_date: at.and_then(plain_date).map(str::to_owned),
            description: value.approximate.then(|| self.figure(fact, &article.lang)).flatten(),
        })
    }
}

fn file(content_url: String, encoding_format: &'static str) -> File {
    File { kind: "MediaObject", content_url, encoding_format }
}

fn licence(licence: &str) -> Licence<'_> {
    if licence.starts_with("https://") || licence.starts_with("http://") {
        return Licence::Address(licence);
    }
    Licence::Named(Thing { kind: Some("CreativeWork"), ..named(licence) })
}

fn correction(article: &archive::Article, position: u32, page: &str) -> Option<Correction> {
    let (correction, _) = article.correction(position)?;
    Some(Correction {
        kind: "CorrectionComment",
        id: format!("{page}#{}", correction_id(position as usize)),
        date_published: moment(correction.date),
        text: body::read(&correction.text, 0, |_| false).text,
    })
}

/// Whom the text names and the facts speak of, but for those whom the article is about; of a text that is not shown, nobody.
fn mentioned(article: &archive::Article, about: &[EntityIx]) -> BTreeSet<EntityIx> {
    let named = article.named.mentions.iter().map(|mention| mention.entity);
    let of_facts = article.public_facts().flat_map(|(_, fact)| fact.about.iter().copied().chain(speakers(fact)));
    named.chain(of_facts).filter(|entity| article.speaks() && !about.contains(entity)).collect()
}

fn speakers(fact: &Fact) -> impl Iterator<Item = EntityIx> {
    fact.stated_by.iter().filter_map(|agent| if let Agent::Entity(entity) = agent { Some(*entity) } else { None })
}

/// Whether the sentence has changed or gone since somebody checked the fact.
fn outlives(note: &Note<'_>) -> bool {
    note.gone || note.drifted || note.since == Some(Since::Changed)
}

/// What somebody found who looked, and when.
fn verdict(fact: &Fact) -> Option<(Rating, String)> {
    let (day, result) = fact.last_check?;
    let rating_value = match fact.status {
        Status::Confirmed => 5,
        Status::Corroborated => 4,
        Status::Disputed => 2,
        Status::Refuted => 1,
        _ => return None,
    };
    let rating = Rating { kind: "Rating", rating_value, best_rating: 5, worst_rating: 1, alternate_name: fact.status.word() };
    let day = Moment::of_number(day)?.day().to_string();
    result.is_none_or(|result| result == fact.status).then_some((rating, day))
}

/// The first moment of a day stands for the day.
fn moment(moment: Moment) -> String {
    let text = moment.to_string();
    text.strip_suffix("T00:00:00Z").map(str::to_owned).unwrap_or(text)
}

/// When a fact holds, where ISO 8601 can say it.
fn coverage(valid: &crate::parse::sidecar::Valid) -> Option<String> {
    let ends = [&valid.at, &valid.from, &valid.until];
    let plain = ends.into_iter().flatten().all(|date| plain_date(date).is_some());
    cite::valid(valid).filter(|_| plain)
}
