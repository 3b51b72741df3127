//! Words that are struck through are there to be seen as taken back: the article no longer says them. A fact that was
//! taken back itself may stand on them.

use crate::base::{Code, Diagnostic, Place};
use crate::check::rule::{Case, Look, Rule};
use crate::parse::sidecar::Status;

pub const RULE: Rule = Rule { code: Code::AnchorStruck, look: Look::Article(look) };

fn look(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let upheld = |status: Status| !matches!(status, Status::Refuted | Status::Superseded | Status::Withdrawn);
    for (position, fact) in case.facts().filter(|(_, fact)| upheld(fact.status)) {
        let Some(place) = &case.standings[position].at else { continue };
        let common = |struck: &std::ops::Range<usize>| struck.start.max(place.start)..struck.end.min(place.end);
        let has_words = |part: &std::ops::Range<usize>| case.body.text.get(part.clone()).is_some_and(|text| !text.trim().is_empty());
        let Some(struck) = case.body.struck.iter().map(common).find(has_words) else { continue };
        let what = if struck == *place { "the words" } else { "some of the words" };
        let message = format!("{what} under fact `{}` are struck through", fact.id);
        let help =
            "anchor the fact to words that the article still says; if it was taken back, give it the status `withdrawn` or `superseded`";
        found.push(
            Diagnostic::error(Code::AnchorStruck, case.at(position, |path| path.key("anchor").key("exact")), message)
                .related(Place::bytes(case.file, case.body.source_of(&struck)), "struck through here")
                .help(help.to_owned()),
        );
    }
}
