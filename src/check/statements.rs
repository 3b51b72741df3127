//! What facts say of one thing by a property that has one true value at a time, side by side.

use rayon::prelude::*;

use super::ties::Ties;
use crate::archive::answer::{Answer, Measure};
use crate::archive::{Archive, Article, ArticleIx, EntityIx, Fact, FactRef, PropertyIx};
use crate::parse::article::State;
use crate::parse::dates::{Edtf, Moment};
use crate::parse::property::Property;
use crate::parse::sidecar::{Status, Valid};

/// Statements that can disagree, in groups of one subject, one property and one measure.
pub struct Statements<'a> {
    archive: &'a Archive,
    all: Vec<Statement<'a>>,
}

/// What a fact says.
#[derive(Debug, Clone, Copy)]
pub struct Statement<'a> {
    /// What it is about, and by which property.
    topic: Topic,
    measure: Measure<'a>,
    /// When it holds.
    pub span: Span,
    /// The fact.
    pub fact: FactRef,
    /// What it says.
    pub answer: Answer<'a>,
}

type Topic = (PropertyIx, EntityIx);

/// When a statement holds. Days are numbers such as `20241130`; those between two days are numbers between theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first day on which it may hold; for a statement without a date, that of its article. `None` when not known.
    pub begins: Option<i32>,
    /// The first and the last day on which it surely holds. A statement without an end surely holds when it begins, and
    /// a newer one may follow; one without a date has a day of its own, `UNDATED`.
    pub sure: (i32, i32),
    /// Whether it holds until further notice.
    pub open: bool,
}

/// The day of statements without a date: before all days.
pub const UNDATED: i32 = i32::MIN;

impl<'a> Statements<'a> {
    /// Gathers what `archive` says. Facts that count as wrong, as replaced or as disputed say nothing here, nor do those
    /// in whose place another speaks, and those of articles that were withdrawn.
    pub fn gather(archive: &'a Archive, ties: &Ties) -> Self {
        let articles = archive.articles.par_iter().enumerate().filter(|(_, article)| article.head.state != State::Withdrawn);
        let mut topics: Vec<(Topic, FactRef)> = articles
            .flat_map_iter(|(position, article)| {
                let fact_ref = move |fact| FactRef { article: ArticleIx::new(position), fact };
                (0_u32..).zip(&article.facts).filter_map(move |(nth, fact)| Some((topic(archive, fact)?, fact_ref(nth))))
            })
            .filter(|(_, fact)| !ties.silence(*fact))
            .collect();
        topics.par_sort_unstable();
        // Most facts stand alone: only of the others more is looked at.
        let groups = topics.par_chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
        let statements = groups.flat_map_iter(|group| {
            let mut statements: Vec<_> = group.iter().filter_map(|(topic, fact)| statement(archive, *topic, *fact)).collect();
            statements.sort_unstable_by_key(|statement| (statement.measure, statement.span.sure.0, statement.fact));
            statements
        });
        Self { archive, all: statements.collect() }
    }

    /// What `look` makes of each group, whose statements come in the order of their dates, with the property that all of
    /// them is about.
    pub fn of_groups<T: Send, I: IntoIterator<Item = T>>(&self, look: impl Fn(&'a Property, &[Statement<'a>]) -> I + Sync) -> Vec<T>
    where
        I::IntoIter: Send,
    {
        let groups = self.all.par_chunk_by(|a, b| a.topic == b.topic && a.measure == b.measure).filter(|group| group.len() > 1);
        groups.flat_map_iter(|group| look(self.archive.register.property(group[0].topic.0).1, group)).collect()
    }
}

/// What a fact says something of, by which property; `None` where no other can disagree.
fn topic(archive: &Archive, fact: &Fact) -> Option<Topic> {
    let topic = (fact.property?, fact.subject?);
    let is_settled = matches!(fact.status, Status::Disputed | Status::Refuted | Status::Superseded | Status::Withdrawn);
    (!is_settled && archive.register.property(topic.0).1.functional).then_some(topic)
}

fn statement(archive: &Archive, topic: Topic, reference: FactRef) -> Option<Statement<'_>> {
    let (article, fact) = archive.fact(reference);
    let answer = fact.object.map(Answer::Entity).or_else(|| Some(Answer::Value(fact.value.as_deref()?)))?;
    let span = fact.valid.as_deref().and_then(span).unwrap_or_else(|| undated(article, fact));
    let measure = answer.measure(archive.register.property(topic.0).1)?;
    Some(Statement { topic, measure, span, fact: reference, answer })
}

fn undated(article: &Article, fact: &Fact) -> Span {
    // A date that nobody knows is still a date.
    let open = fact.valid.as_deref().is_none_or(|valid| valid.at.is_none());
    Span { begins: article.head.date.map(Moment::number), sure: (UNDATED, UNDATED), open }
}

/// When something holds; `None` when nothing is said of it.
fn span(valid: &Valid) -> Option<Span> {
    match &valid.at {
        Some(at) => match at.as_str().split_once('/') {
            Some((from, until)) => from_until(Edtf::parse(from).ok().as_ref(), Edtf::parse(until).ok().as_ref()),
            None => {
                known(at).map(|at| Span { begins: Some(at.earliest()), sure: (at.earliest().max(UNDATED + 1), at.latest()), open: false })
            }
        },
        None => from_until(valid.from.as_ref(), valid.until.as_ref()),
    }
}

/// From one date to another. Where two spans meet in a date, such as `2024`, one may follow the other.
fn from_until(from: Option<&Edtf>, until: Option<&Edtf>) -> Option<Span> {
    let (from, until) = (from.and_then(known), until.and_then(known));
    let surely_from = |from: &Edtf| if from.earliest() == from.latest() { from.latest() } else { from.latest().saturating_add(1) };
    let surely_until = |until: &Edtf| until.earliest().saturating_sub(1).max(UNDATED + 1);
    let begins = from.map(Edtf::earliest);
    let open = until.is_none();
    let sure = match (from, until) {
        (Some(from), Some(until)) => {
            let sure = (surely_from(from), surely_until(until));
            if sure.0 <= sure.1 { sure } else { (from.earliest(), until.latest()) }
        }
        (Some(from), None) => (surely_from(from), surely_from(from)),
        (None, Some(until)) => (surely_until(until), surely_until(until)),
        (None, None) => return None,
    };
    Some(Span { begins, sure, open })
}

/// A date that names a time at all.
fn known(date: &Edtf) -> Option<&Edtf> {
    (date.earliest() != i32::MIN || date.latest() != i32::MAX).then_some(date)
}
