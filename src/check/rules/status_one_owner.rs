//! A fact that counts as corroborated, though what supports it is of fewer than two owners beside the article's own. A
//! copy counts for the owner of its original, and for nobody where that is not known. A fact that nothing supports is found by the rule on verdicts without evidence.

use crate::base::{Code, Diagnostic};
use crate::check::copies;
use crate::check::owners::{self, Owner};
use crate::check::rule::{Case, Look, Rule};
use crate::parse::sidecar::{Evidence, Fact, Stance, Status};

pub const RULE: Rule = Rule { code: Code::OneOwner, look: Look::Article(look) };

/// So many must say so.
const ENOUGH: usize = 2;

fn look(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (position, fact) in case.facts().filter(|(_, fact)| fact.status == Status::Corroborated) {
        let supports: Vec<_> = fact.evidence.iter().enumerate().filter(|(_, evidence)| evidence.stance == Stance::Supports).collect();
        if supports.is_empty() {
            continue;
        }
        let article = owners::of_article(case);
        let (own, others): (Vec<_>, Vec<_>) = supports.into_iter().partition(|(_, evidence)| is_address_of_article(case, evidence));
        let (others, strays): (Vec<_>, Vec<_>) = others.into_iter().partition(|(_, evidence)| owners::is_known(case, evidence));
        let (repeats, independent): (Vec<_>, Vec<_>) =
            owners::owners(case, others.into_iter()).into_iter().partition(|owner| owner.is(&article));
        if independent.len() < ENOUGH {
            let strays: Vec<usize> = strays.into_iter().map(|(nth, _)| nth).collect();
            let mut dependent: Vec<usize> = own.into_iter().map(|(nth, _)| nth).collect();
            dependent.extend(repeats.iter().flat_map(|owner| &owner.pieces));
            dependent.sort_unstable();
            found.push(report(case, position, fact, &independent, [&dependent, &strays]));
        }
    }
}

fn is_address_of_article(case: &Case<'_>, evidence: &Evidence) -> bool {
    case.head.url.as_deref().zip(case.address_of(evidence)).is_some_and(|(own, address)| copies::are_one_page(own, address))
}

fn report(case: &Case<'_>, position: usize, fact: &Fact, independent: &[Owner], uncounted: [&[usize]; 2]) -> Diagnostic {
    let counted = match independent {
        [] if uncounted[0].is_empty() => "nobody is known to support it".to_owned(),
        [] => "nobody but the article's own publisher supports it".to_owned(),
        owners => format!("only `{}` supports it", owners.iter().map(Owner::called).collect::<Vec<_>>().join("`, `")),
    };
    let message = format!("the fact `{}` counts as `corroborated`, and {counted}", fact.id);
    let mut warning = Diagnostic::warning(Code::OneOwner, case.at(position, |path| path.key("status")), message);
    for owner in independent.iter().filter(|owner| owner.pieces.len() > 1) {
        warning = warning.note(format!("{} are of one owner, `{}`, and count once", listed(&owner.pieces), owner.called()));
    }
    let whys = [["is the article's own", "are the article's own"], ["is a copy of nobody knows what", "are copies of nobody knows what"]];
    for (pieces, [one, more]) in uncounted.into_iter().zip(whys).filter(|(pieces, _)| !pieces.is_empty()) {
        let why = if pieces.len() == 1 { one } else { more };
        warning = warning.note(format!("{} {why} and not counted", listed(pieces)));
    }
    warning.help("add a source of somebody else, or call it `single_source`".to_owned())
}

/// Positions as readers count them: `evidence 1, 2 and 4`.
fn listed(pieces: &[usize]) -> String {
    let numbers: Vec<String> = pieces.iter().map(|piece| (piece + 1).to_string()).collect();
    match &*numbers {
        [first @ .., last] if !first.is_empty() => format!("evidence {} and {last}", first.join(", ")),
        _ => format!("evidence {}", numbers.concat()),
    }
}
