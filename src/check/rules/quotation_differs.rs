//! Quoted speech that is not in the words of the article: a fact's `value.text`, what its claim puts between quotation
//! marks, and what supporting evidence quotes. Evidence may quote more than the article does; where it shares hardly a
//! word, it is taken to be in another language and passed over.

use crate::base::{self, Code, DataPath, Diagnostic, Place};
use crate::check::quoted::{Words, quotations};
use crate::check::rule::{Case, Look, Rule};
use crate::parse::sidecar::{Fact, FactKind, Stance};

pub const RULE: Rule = Rule { code: Code::Misquoted, look: Look::Article(look) };

fn look(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (position, fact) in case.facts().filter(|(_, fact)| fact.kind == FactKind::Quotation) {
        let Some(text) = case.words(position) else { continue };
        let words = Words::of(text);
        for (quotation, place) in own_quotations(case, position, fact) {
            let message = "quotes words that the article does not have";
            compare(case, position, &words, (&Words::of_quotation(quotation), place, message), found);
        }
        for (nth, evidence) in fact.evidence.iter().enumerate().filter(|(_, evidence)| evidence.stance == Stance::Supports) {
            let Some(quote) = &evidence.quote else { continue };
            let quotation = Words::of_quotation(quote);
            if quotation.resemble(&words) && !quotes_more(quote, text) {
                let place = case.at(position, |path| path.key("evidence").index(nth).key("quote"));
                let message = "rests on evidence that has other words than the article";
                compare(case, position, &words, (&quotation, place, message), found);
            }
        }
    }
}

/// What the fact itself quotes, in the language of the article.
fn own_quotations<'f>(case: &Case<'_>, position: usize, fact: &'f Fact) -> Vec<(&'f str, Place)> {
    let text = fact.value.as_ref().and_then(|value| value.text.as_deref());
    let text = text.map(|text| (text, case.at(position, |path| path.key("value").key("text"))));
    let (claim, key) = match &fact.claim {
        base::Words::One(claim) => (Some(claim), None),
        base::Words::ByLang(claims) => (claims.get(case.lang), Some(case.lang.as_str())),
    };
    let place = || case.at(position, |path| key.into_iter().fold(path.key("claim"), DataPath::key));
    let claimed = claim.into_iter().flat_map(|claim| quotations(claim)).map(|quotation| (quotation, place()));
    text.into_iter().chain(claimed).collect()
}

/// Whether all that the article quotes, or says, is in the evidence.
fn quotes_more(quote: &str, text: &str) -> bool {
    let quote = Words::of(quote);
    let quoted = quotations(text);
    let parts = if quoted.is_empty() { vec![text] } else { quoted };
    parts.into_iter().all(|part| Words::of_quotation(part).are_in(&quote))
}

fn compare(case: &Case<'_>, position: usize, article: &Words, quotation: (&Words, Place, &str), found: &mut Vec<Diagnostic>) {
    let (quoted, place, message) = quotation;
    if quoted.are_in(article) {
        return;
    }
    let mut warning = Diagnostic::warning(Code::Misquoted, place, format!("the fact `{}` {message}", case.facts[position].id));
    if let Some(range) = &case.standings[position].at {
        warning = warning.related(Place::bytes(case.file, case.body.source_of(range)), "the article's words");
    }
    if let Some(differences) = quoted.differences(article) {
        warning = warning.note(differences);
    }
    let help = "quote the words as they stand, with `…` for what is left out and `[ ]` around what is put in; or anchor the fact to the words that it quotes";
    found.push(warning.help(help.to_owned()));
}
