//! A fact that counts as confirmed, though all who say so are anonymous and nothing but the article itself supports it.

use crate::base::{Code, Diagnostic};
use crate::check::copies;
use crate::check::rule::{Case, Look, Rule};
use crate::parse::sidecar::{Evidence, Fact, Naming, Stance, Status};

pub const RULE: Rule = Rule { code: Code::OnlyAnonymous, look: Look::Article(look) };

fn look(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (position, fact) in case.facts().filter(|(_, fact)| fact.status == Status::Confirmed) {
        let nameless = !fact.attribution.is_empty() && fact.attribution.iter().all(|attribution| attribution.naming == Naming::Anonymous);
        if nameless && !is_supported(case, fact) {
            let message = format!("the fact `{}` counts as `confirmed`, and all that speaks for it is anonymous", fact.id);
            let place = case.at(position, |path| path.key("status"));
            let help = "add evidence beside the article itself, or call it `attributed`";
            found.push(Diagnostic::warning(Code::OnlyAnonymous, place, message).help(help.to_owned()));
        }
    }
}

fn is_supported(case: &Case<'_>, fact: &Fact) -> bool {
    fact.evidence.iter().any(|evidence| evidence.stance == Stance::Supports && !is_the_article(case, evidence))
}

/// Whether evidence is the article again, by its address.
fn is_the_article(case: &Case<'_>, evidence: &Evidence) -> bool {
    let of_article = [&case.head.url, &case.head.archived].into_iter().flatten();
    case.address_of(evidence).is_some_and(|address| of_article.into_iter().any(|own| copies::are_one_page(address, own)))
}
