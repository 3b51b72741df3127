//! What `corrections.html` sees as `list`: what was put right or taken back.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::ledger::Amendment;
use super::super::plan::CORRECTIONS;
use super::super::{Site, paging};
use super::Pager;
use super::html::{Html, push_link};
use crate::archive::{Article, ArticleIx};
use crate::base::Lang;
use crate::parse::article::State;
use crate::parse::sidecar::Status;

/// Corrections of all articles.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CorrectionsView<'a> {
    /// This page's corrections by year: newest first on the list's own address, oldest first on numbered pages.
    pub years: Vec<CorrectionsOf<'a>>,
    /// Where the reader is.
    pub pager: Pager,
}

/// The corrections of one year.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CorrectionsOf<'a> {
    /// The year; absent for what has no date.
    pub year: Option<i32>,
    /// Its corrections.
    pub corrections: Vec<CorrectionItem<'a>>,
}

/// An article put right or taken back.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CorrectionItem<'a> {
    /// When.
    pub date: Option<Html>,
    /// Safe HTML: what was wrong and what is right; absent for an article that was withdrawn without a word.
    pub html: Option<Html>,
    /// The article's title, which leads to the correction there.
    pub article: Html,
    /// The article's language, where it is not the page's.
    pub lang: Option<&'a Lang>,
    /// Whether the article was withdrawn.
    pub withdrawn: bool,
    /// The facts that it concerns and that readers see.
    pub facts: Vec<CorrectedFact>,
}

/// A fact that a correction concerns.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CorrectedFact {
    /// The claim, which leads to its note.
    pub claim: Html,
    /// What is known of its truth.
    pub status: Status,
}

impl<'a> Site<'a> {
    /// What was put right or taken back, on the list's own address or a numbered page.
    pub fn corrections(&self, number: Option<usize>, lang: &Lang) -> CorrectionsView<'a> {
        let all = &self.ledger.amendments;
        let mut here: Vec<&Amendment> = all[paging::items(all.len(), CORRECTIONS, number)].iter().collect();
        if number.is_none() {
            here.reverse();
        }
        let year = |amendment: &Amendment| amendment.date.map(|date| i32::from(date.day().year()));
        let of_year = |amendments: &[&Amendment]| CorrectionsOf {
            year: year(amendments[0]),
            corrections: amendments.iter().map(|amendment| self.correction_item(**amendment, lang)).collect(),
        };
        CorrectionsView {
            years: here.chunk_by(|a, b| year(a) == year(b)).map(of_year).collect(),
            pager: paging::pager(&self.tree.routes, &self.tree.routes.corrections(), all.len(), CORRECTIONS, number),
        }
    }

    fn correction_item(&self, amendment: Amendment, lang: &Lang) -> CorrectionItem<'a> {
        let article = self.archive.article(amendment.article);
        let correction = amendment.correction.and_then(|nth| article.correction(nth));
        let mut link = String::with_capacity(article.head.title.len() + 96);
        push_link(&mut link, &self.amendment_url(amendment), &article.head.title);
        let concerned = correction.into_iter().flat_map(|(correction, _)| &correction.facts);
        CorrectionItem {
            date: amendment.date.map(|date| self.formats.of(lang).moment(date)),
            html: correction.map(|(correction, links)| Html::safe(&self.prose(&correction.text, links))),
            article: Html::safe(&link),
            lang: Some(&article.lang).filter(|own| !own.reads_as(lang)),
            withdrawn: article.head.state == State::Withdrawn,
            facts: concerned.filter_map(|id| self.corrected_fact(amendment.article, article, id)).collect(),
        }
    }

    fn corrected_fact(&self, index: ArticleIx, article: &Article, id: &str) -> Option<CorrectedFact> {
        let reference = self.archive.find_fact(index, id)?;
        let fact = self.archive.fact(reference).1;
        let mut claim = String::new();
        push_link(&mut claim, &self.fact_url(reference), fact.claim.pick(&article.lang, &article.lang).1);
        (article.speaks() && fact.public).then(|| CorrectedFact { claim: Html::safe(&claim), status: fact.status })
    }

    /// Where an article tells how it was put right; the article, where it does not.
    pub(super) fn amendment_url(&self, amendment: Amendment) -> String {
        let article = self.article_url(amendment.article);
        amendment.correction.map_or(article.clone(), |nth| format!("{article}#{}", correction_id(nth as usize)))
    }
}

/// The HTML id of an article's correction at this position.
pub fn correction_id(position: usize) -> String {
    format!("_correction-{}", position + 1)
}
