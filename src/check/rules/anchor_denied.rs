//! A sentence that opens by denying what is quoted from it: `It is not true that` before the quote, and neither in the
//! quote nor in its prefix. The quote stands word for word, so that nothing else would tell.

use crate::archive::sentence;
use crate::base::{self, Code, Diagnostic, Lang, Place};
use crate::check::rule::{Case, Look, Rule};
use crate::parse::sidecar::Fact;
use crate::prose::{self, Turn};

pub const RULE: Rule = Rule { code: Code::AnchorDenied, look: Look::Article(look) };

fn look(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (position, fact) in case.facts() {
        let Some(place) = &case.standings[position].at else { continue };
        let start = sentence::whole(&case.body.text, place).start;
        let Some(denial) = prose::denial(&case.body.text[start..place.start], case.lang) else { continue };
        if knows(fact, case.lang) {
            continue;
        }
        let message = format!("the sentence of fact `{}` denies what it quotes", fact.id);
        let help = "check it again; where the fact is about the denial, quote that, too, or give it as `prefix`";
        found.push(
            Diagnostic::warning(Code::AnchorDenied, case.at(position, |path| path.key("anchor").key("exact")), message)
                .related(Place::bytes(case.file, case.body.source_of(&(start..place.start))), format!("`{denial}`"))
                .help(help.to_owned()),
        );
    }
}

/// Whether the fact itself speaks of a denial, in its prefix or in its claim.
fn knows(fact: &Fact, lang: &Lang) -> bool {
    let denies = |text: &str, lang: &Lang| prose::sense(text, lang).words.iter().any(|word| word.turn == Turn::Negation);
    let claimed = match &fact.claim {
        base::Words::One(claim) => denies(claim, lang),
        base::Words::ByLang(claims) => claims.iter().any(|(lang, claim)| denies(claim, lang)),
    };
    claimed || fact.anchor.prefix.as_deref().is_some_and(|prefix| denies(prefix, lang))
}
