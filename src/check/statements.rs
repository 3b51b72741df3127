//! What facts say of one thing by a property that has one true value at a time, side by side.

use rayon::prelude::*;

use super::ties::Ties;
use crate::archive::answer::{Answer, Measure};
use crate::archive::span::Span;
use crate::archive::{Archive, Article, ArticleIx, EntityIx, Fact, FactRef, PropertyIx};
use crate::parse::article::State;
use crate::parse::dates::Moment;
use crate::parse::property::Property;
use crate::parse::sidecar::Status;

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
    let answer = Answer::of(fact)?;
    let span = fact.valid.as_deref().and_then(Span::of).unwrap_or_else(|| undated(article, fact));
    let measure = answer.measure(archive.register.property(topic.0).1)?;
    Some(Statement { topic, measure, span, fact: reference, answer })
}

fn undated(article: &Article, fact: &Fact) -> Span {
    Span::undated(article.head.date.map(Moment::number), fact.valid.as_deref().is_none_or(|valid| valid.at.is_none()))
}
