//! What `coverage.html` sees as `list`: how much of what the archive says has been checked.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::plan::ARTICLES;
use super::super::{Site, paging};
use super::Pager;
use super::cards::{self, StatusBar, StatusCounts};
use super::html::Html;
use crate::archive::{ArticleIx, Fact, FactRef};
use crate::base::Lang;
use crate::parse::sidecar::{FactKind, Status};

/// What is known of the archive's facts, as a whole and article by article.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CoverageView<'a> {
    /// All facts together, on the list's own address.
    pub totals: Option<Totals>,
    /// This page's articles: newest first on the list's own address, oldest first on numbered pages.
    pub articles: Vec<CoverageRow<'a>>,
    /// Where the reader is.
    pub pager: Pager,
}

/// All facts together, each once, whatever its translations say.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Totals {
    /// How many facts there are.
    pub facts: usize,
    /// How they stand, as the line under titles.
    pub statuses: StatusBar,
    /// The statuses that occur, in the vocabulary's order.
    pub by_status: Vec<StatusShare>,
    /// `checked`, `sourced`, `stale` and `disputed`: keys of `words`, behind `coverage_`.
    pub measures: Vec<MeasureShare>,
    /// The kinds that occur, in the vocabulary's order.
    pub by_kind: Vec<KindShare>,
    /// The years of their articles, newest first.
    pub by_year: Vec<YearShare>,
    /// Whether translations repeat some of them.
    pub repeated: bool,
}

/// A share of all facts.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Share {
    /// How many facts.
    pub count: usize,
    /// In per cent.
    pub percent: String,
    /// As SVG's `<line>`, of a line that stands for all; empty for none.
    pub line: Html,
}

/// The facts of one status.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct StatusShare {
    /// The status.
    pub status: Status,
    /// How many have it.
    #[serde(flatten)]
    pub share: Share,
}

/// The facts of which something is true.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct MeasureShare {
    /// `checked`, `sourced`, `stale` or `disputed`.
    pub name: &'static str,
    /// Of how many.
    #[serde(flatten)]
    pub share: Share,
}

/// The facts of one kind.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct KindShare {
    /// The kind.
    pub kind: FactKind,
    /// How many are of it.
    #[serde(flatten)]
    pub share: Share,
}

/// The facts of one year's articles.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct YearShare {
    /// The year; absent for articles without a date.
    pub year: Option<i32>,
    /// The list of its articles.
    pub url: String,
    /// How many facts.
    pub count: usize,
    /// How they stand, as SVG's `<line>`s, of a line that stands for the year with most.
    pub lines: Html,
}

/// One article.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CoverageRow<'a> {
    /// The article's title, which leads to it.
    pub title: Html,
    /// Its language, where it is not the page's.
    pub lang: Option<&'a Lang>,
    /// When it was published.
    pub date: Option<Html>,
    /// How its facts stand.
    pub statuses: StatusBar,
    /// How many somebody has looked at.
    pub checked: usize,
    /// For how many something is brought forward, or against them.
    pub sourced: usize,
    /// How many should have been looked at again before the day of the build.
    pub stale: usize,
    /// On how many sources disagree.
    pub disputed: usize,
}

/// How many facts there are of which something is true.
#[derive(Default)]
struct Tally {
    statuses: StatusCounts,
    checked: usize,
    sourced: usize,
    stale: usize,
}

impl Tally {
    fn count(&mut self, fact: &Fact, today: i32) {
        self.statuses.count(fact.status);
        self.checked += usize::from(fact.last_check.is_some());
        self.sourced += usize::from(fact.sourced);
        let counts = !matches!(fact.status, Status::Refuted | Status::Superseded | Status::Withdrawn);
        self.stale += usize::from(counts && fact.review_after.is_some_and(|day| day < today));
    }
}

impl<'a> Site<'a> {
    /// What is known of the facts, on the list's own address or a numbered page.
    pub fn coverage(&self, number: Option<usize>, lang: &Lang) -> CoverageView<'a> {
        let all = &self.ledger.covered;
        let here = all[paging::items(all.len(), ARTICLES, number)].iter();
        let mut articles: Vec<_> = here.map(|index| self.coverage_row(*index, lang)).collect();
        if number.is_none() {
            articles.reverse();
        }
        CoverageView {
            totals: number.is_none().then(|| self.totals()),
            articles,
            pager: paging::pager(&self.tree.routes, &self.tree.routes.coverage(), all.len(), ARTICLES, number),
        }
    }

    fn coverage_row(&self, index: ArticleIx, lang: &Lang) -> CoverageRow<'a> {
        let article = self.archive.article(index);
        let mut tally = Tally::default();
        article.public_facts().for_each(|(_, fact)| tally.count(fact, self.today));
        CoverageRow {
            title: self.article_link(index),
            lang: Some(&article.lang).filter(|own| !own.reads_as(lang)),
            date: article.head.date.map(|date| self.formats.of(lang).moment(date)),
            checked: tally.checked,
            sourced: tally.sourced,
            stale: tally.stale,
            disputed: tally.statuses.of(Status::Disputed),
            statuses: tally.statuses.bar(),
        }
    }

    fn totals(&self) -> Totals {
        let mut tally = Tally::default();
        let mut kinds: BTreeMap<FactKind, usize> = BTreeMap::new();
        let mut years: BTreeMap<Option<i32>, StatusCounts> = BTreeMap::new();
        let mut repeated = false;
        for index in &self.ledger.covered {
            let article = self.archive.article(*index);
            let of_year = years.entry(article.head.date.map(|date| date.day().year().into())).or_default();
            for (_, fact) in self.facts_once(*index) {
                tally.count(fact, self.today);
                of_year.count(fact.status);
                *kinds.entry(fact.kind).or_default() += 1;
            }
            repeated |= self.facts_once(*index).count() < article.public_facts().count();
        }
        let statuses = tally.statuses.bar();
        let facts = statuses.total;
        let by_status = statuses.parts.iter();
        let by_status = by_status.map(|part| StatusShare { status: part.status, share: share(part.count, facts, Some(part.status)) });
        let disputed = tally.statuses.of(Status::Disputed);
        let measures = [("checked", tally.checked), ("sourced", tally.sourced), ("stale", tally.stale), ("disputed", disputed)];
        Totals {
            facts,
            by_status: by_status.collect(),
            measures: measures.into_iter().map(|(name, count)| MeasureShare { name, share: share(count, facts, None) }).collect(),
            by_kind: kinds.into_iter().map(|(kind, count)| KindShare { kind, share: share(count, facts, None) }).collect(),
            by_year: self.year_shares(&years),
            repeated,
            statuses,
        }
    }

    /// The facts of an article that readers see, but for those that a translation of another one repeats.
    pub(super) fn facts_once(&self, article: ArticleIx) -> impl Iterator<Item = (u32, &'a Fact)> {
        let twins = &self.archive.index.twins;
        let facts = (0_u32..).zip(&self.archive.article(article).facts);
        facts.filter(move |(fact, kept)| kept.public && !twins.contains_key(&FactRef { article, fact: *fact }))
    }

    fn year_shares(&self, years: &BTreeMap<Option<i32>, StatusCounts>) -> Vec<YearShare> {
        let most = years.values().map(StatusCounts::total).max().unwrap_or_default();
        let year_share = |(year, counts): (&Option<i32>, &StatusCounts)| YearShare {
            year: *year,
            url: self.tree.routes.url(&self.tree.routes.articles_of(*year)),
            count: counts.total(),
            lines: counts.lines(most),
        };
        years.iter().rev().map(year_share).collect()
    }
}

fn share(count: usize, whole: usize, status: Option<Status>) -> Share {
    let percent = match (count * 200 + whole).checked_div(whole * 2).unwrap_or_default() {
        0 if count > 0 => "<1%".to_owned(),
        100 if count < whole => "99%".to_owned(),
        percent => format!("{percent}%"),
    };
    Share { count, percent, line: cards::line(status, count, whole) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_nothing_or_all_only_where_it_is() {
        for (count, whole, expected) in
            [(0, 0, "0%"), (0, 9, "0%"), (1, 900, "<1%"), (1, 3, "33%"), (2, 3, "67%"), (899, 900, "99%"), (7, 7, "100%")]
        {
            assert_eq!(share(count, whole, None).percent, expected, "{count} of {whole}");
        }
    }
}
