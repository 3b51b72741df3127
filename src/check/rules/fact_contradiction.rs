//! Two facts that give one subject, by a property of one value at a time, two values for times that overlap, beyond what
//! the property tolerates. A fact that is `disputed`, or that replaces the other, is no contradiction; nor is a later
//! value that follows one without an end, for which there is a rule of its own.

use crate::archive::{Archive, FactRef};
use crate::base::{Code, Diagnostic, Step};
use crate::check::rule::{Look, Rule, Whole};
use crate::check::statements::{Answer, Statement};
use crate::parse::property::Property;

pub const RULE: Rule = Rule { code: Code::Contradiction, look: Look::Archive(look) };

fn look(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (property, group) in whole.statements().groups() {
        let mut open: Vec<&Statement<'_>> = Vec::new();
        for statement in group {
            open.retain(|earlier| earlier.begins.is_none() || earlier.ends >= statement.begins.unwrap_or(i32::MIN));
            if let Some(other) = open.iter().find(|earlier| contradict(whole.archive, property, earlier, statement)) {
                found.push(report(whole, statement, other));
            }
            // Those that say the same stand for each other, the one that holds longest for all.
            match open.iter_mut().find(|earlier| says_exactly(earlier, statement)) {
                Some(earlier) if earlier.ends < statement.ends => *earlier = statement,
                Some(_) => {}
                None => open.push(statement),
            }
        }
    }
}

/// Whether both have the same value for the same sort of time.
fn says_exactly(one: &Statement<'_>, other: &Statement<'_>) -> bool {
    let same = match (one.answer, other.answer) {
        (Answer::Entity(one), Answer::Entity(other)) => one == other,
        (Answer::Value(one), Answer::Value(other)) => {
            one.number.is_some()
                && (one.number, &one.unit, &one.currency, one.approximate)
                    == (other.number, &other.unit, &other.currency, other.approximate)
        }
        _ => false,
    };
    same && one.begins.is_none() == other.begins.is_none()
}

fn contradict(archive: &Archive, property: &Property, earlier: &Statement<'_>, later: &Statement<'_>) -> bool {
    let overlap = match (earlier.begins, later.begins) {
        (Some(first), Some(second)) => earlier.ends >= second && !(earlier.ends == i32::MAX && first < second),
        (None, None) => true,
        _ => false,
    };
    overlap && !earlier.answer.agrees_with(later.answer, property) && !are_linked(archive, earlier.fact, later.fact)
}

/// Whether one of them takes the other's place, or is its translation, whose values are compared by another rule.
fn are_linked(archive: &Archive, one: FactRef, other: FactRef) -> bool {
    let names = |from: FactRef, to: FactRef| {
        let article = archive.article(from.article);
        let of_from = |steps: &[Step]| matches!(steps, [_, Step::Index(fact), Step::Key(key), ..] if *fact == from.fact as usize && matches!(&**key, "replaces" | "same_as"));
        article.placed_references().any(|(reference, path)| of_from(&path.steps) && archive.find_fact(from.article, reference) == Some(to))
    };
    names(one, other) || names(other, one)
}

fn report(whole: &Whole<'_>, statement: &Statement<'_>, other: &Statement<'_>) -> Diagnostic {
    let (first, second) = if statement.fact > other.fact { (other, statement) } else { (statement, other) };
    let archive = whole.archive;
    let fact = |statement: &Statement<'_>| archive.fact(statement.fact);
    let ((article, one), (_, two)) = (fact(first), fact(second));
    let message = format!(
        "the facts `{}` and `{}#{}` contradict each other: {} and {}",
        two.id,
        article.slug,
        one.id,
        second.answer.said(archive),
        first.answer.said(archive)
    );
    let value = |statement: &Statement<'_>| {
        let key = if matches!(statement.answer, Answer::Entity(_)) { "object" } else { "value" };
        whole.at(statement.fact, |path| path.key(key))
    };
    let help = "mend the value or the dates; or mark one as `disputed`, `refuted` or `superseded`, or say which `replaces` the other";
    Diagnostic::error(Code::Contradiction, value(second), message).related(value(first), "the other is here").help(help.to_owned())
}
