//! A fact that has grown old: it holds until further notice, and the archive has another value that began later and has
//! begun by today; or another fact takes its place, and its status does not say so. What is said of one date stays true.

use std::cmp::Reverse;

use crate::archive::span::UNDATED;
use crate::base::{Code, Diagnostic};
use crate::check::board::Board;
use crate::check::rule::{Look, Rule, Whole};
use crate::check::statements::Statement;
use crate::check::ties::Tie;
use crate::parse::property::Property;
use crate::parse::sidecar::Status;

pub const RULE: Rule = Rule { code: Code::NewerValue, look: Look::Archive(look) };

fn look(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(whole.statements().of_groups(|property, group| {
        let grows_old = group.iter().any(|statement| statement.span.open);
        if grows_old { outlived(whole, property, group) } else { Vec::new() }
    }));
    let mut replaced: Vec<&Tie> = whole.ties().replacing.iter().filter(|tie| still_counts(whole, tie)).collect();
    replaced.sort_unstable_by_key(|tie| (tie.to, tie.from));
    replaced.dedup_by_key(|tie| tie.to);
    found.extend(replaced.into_iter().map(|tie| report_replaced(whole, *tie)));
}

/// The newest first, each looked at beside those that began after it; of two that may have begun on the same day, `2012` is
/// after `2012-01-01`. Two without a date are both meant for always, and contradict each other.
fn outlived<'a>(whole: &Whole<'_>, property: &'a Property, group: &[Statement<'a>]) -> Vec<Diagnostic> {
    let begun = group.iter().filter_map(|statement| {
        let begins = statement.span.begins.filter(|day| *day <= whole.today)?;
        Some(((begins, statement.span.sure.0.max(begins)), statement))
    });
    let mut begun: Vec<((i32, i32), &Statement<'a>)> = begun.collect();
    begun.sort_unstable_by_key(|(days, statement)| Reverse((*days, statement.fact)));
    let mut found = Vec::new();
    let (mut dated, mut undated) = (Later::new(property), Later::new(property));
    for of_one_day in begun.chunk_by(|a, b| a.0 == b.0) {
        for (_, statement) in of_one_day.iter().filter(|(_, statement)| statement.span.open) {
            let newer = dated.other_than(statement).or_else(|| {
                let has_date = statement.span.sure.0 != UNDATED;
                has_date.then(|| undated.other_than(statement)).flatten()
            });
            found.extend(newer.map(|newer| report(whole, statement, newer)));
        }
        for (_, statement) in of_one_day {
            if statement.span.sure.0 == UNDATED { &mut undated } else { &mut dated }.put(statement);
        }
    }
    found
}

/// Statements that began later than those that are asked about.
struct Later<'g, 'a> {
    property: &'a Property,
    newest: Option<&'g Statement<'a>>,
    board: Board<'g, 'a>,
}

impl<'g, 'a> Later<'g, 'a> {
    fn new(property: &'a Property) -> Self {
        Self { property, newest: None, board: Board::new(property) }
    }

    fn put(&mut self, statement: &'g Statement<'a>) {
        self.newest = self.newest.or(Some(statement));
        self.board.put(statement, i32::MAX);
    }

    /// One with another value: the newest of all, if it has one.
    fn other_than(&mut self, statement: &Statement<'_>) -> Option<&'g Statement<'a>> {
        let differs = |newest: &&Statement<'_>| !newest.answer.agrees_with(statement.answer, self.property);
        self.newest.filter(differs).or_else(|| self.board.differing(statement, UNDATED).into_iter().next())
    }
}

fn report(whole: &Whole<'_>, old: &Statement<'_>, newer: &Statement<'_>) -> Diagnostic {
    let archive = whole.archive;
    let ((_, fact), (article, other)) = (archive.fact(old.fact), archive.fact(newer.fact));
    let (was, is) = (old.answer.said(archive), newer.answer.said(archive));
    let message = format!("the fact `{}` says {was}, and `{}#{}` has a newer value, {is}", fact.id, article.slug, other.id);
    let value = |statement: &Statement<'_>| whole.at(statement.fact, |path| path.key(statement.answer.key()));
    let help = "say until when it held in `valid`, or mark it as `superseded`";
    Diagnostic::warning(Code::NewerValue, value(old), message).related(value(newer), "the newer value is here").help(help.to_owned())
}

/// Whether the status of a fact whose place another takes says nothing of it.
fn still_counts(whole: &Whole<'_>, tie: &Tie) -> bool {
    let status = whole.archive.fact(tie.to).1.status;
    !matches!(status, Status::Superseded | Status::Withdrawn | Status::Refuted)
}

fn report_replaced(whole: &Whole<'_>, tie: Tie) -> Diagnostic {
    let ((_, old), (article, new)) = (whole.archive.fact(tie.to), whole.archive.fact(tie.from));
    let message =
        format!("the fact `{}` was replaced by `{}#{}`, and still counts as `{}`", old.id, article.slug, new.id, old.status.word());
    Diagnostic::warning(Code::NewerValue, whole.at(tie.to, |path| path.key("status")), message)
        .related(whole.at(tie.from, |path| path.key("replaces")), "it is replaced here")
        .help("mark it as `superseded`, or as `refuted` if it was never true".to_owned())
}
