//! Two facts that give one subject, by a property of one value at a time, two values for times that overlap, beyond what
//! the property tolerates. A fact that is `disputed`, or that was replaced, is no contradiction; nor is a later value that
//! follows one without an end, for which there is a rule of its own. Each fact is reported beside those before it: of each
//! other answer one, and of three at most, so that one fact hides no two others and many do not flood an editor.

use crate::base::{Code, Diagnostic};
use crate::check::board::Board;
use crate::check::rule::{Look, Rule, Whole};
use crate::check::statements::Statement;
use crate::parse::property::Property;

pub const RULE: Rule = Rule { code: Code::Contradiction, look: Look::Archive(look) };

fn look(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let excepted = |statement: &Statement<'_>| whole.archive.fact(statement.fact).1.allowed.contains(&Code::Contradiction);
    found.extend(whole.statements().of_groups(|property, group| {
        let mut found = among(whole, property, group.iter().filter(|statement| !excepted(statement)));
        // What is excepted hides nothing, and must be found, to tell that the exception is not in vain.
        found.extend(group.iter().filter(|statement| excepted(statement)).filter_map(|statement| {
            let other = group.iter().find(|other| contradict(property, statement, other))?;
            Some(report(whole, statement, other))
        }));
        found
    }));
}

/// The contradictions among statements that come in the order of their dates.
fn among<'g, 'a: 'g>(whole: &Whole<'_>, property: &'a Property, statements: impl Iterator<Item = &'g Statement<'a>>) -> Vec<Diagnostic> {
    let mut board = Board::new(property);
    let mut found = Vec::new();
    for statement in statements {
        let (first, last) = statement.span.sure;
        found.extend(board.differing(statement, first).into_iter().map(|other| report(whole, statement, other)));
        board.put(statement, last);
    }
    found
}

fn contradict(property: &Property, one: &Statement<'_>, other: &Statement<'_>) -> bool {
    let (one_sure, other_sure) = (one.span.sure, other.span.sure);
    let overlap = one_sure.0 <= other_sure.1 && other_sure.0 <= one_sure.1;
    overlap && !one.answer.agrees_with(other.answer, property)
}

fn report(whole: &Whole<'_>, statement: &Statement<'_>, other: &Statement<'_>) -> Diagnostic {
    let (first, second) = if statement.fact > other.fact { (other, statement) } else { (statement, other) };
    let archive = whole.archive;
    let ((article, one), (_, two)) = (archive.fact(first.fact), archive.fact(second.fact));
    let message = format!(
        "the facts `{}` and `{}#{}` contradict each other: {} and {}",
        two.id,
        article.slug,
        one.id,
        second.answer.said(archive),
        first.answer.said(archive)
    );
    let value = |statement: &Statement<'_>| whole.at(statement.fact, |path| path.key(statement.answer.key()));
    let help = "mend the value or the dates; or mark one as `disputed`, `refuted` or `superseded`, or say which `replaces` the other";
    Diagnostic::error(Code::Contradiction, value(second), message).related(value(first), "the other is here").help(help.to_owned())
}
