//! Quoted speech that is not in the words of the article: a fact's `value.text`, what its claim puts between quotation
//! marks, and what supporting evidence quotes. Evidence may quote more than the article does; where it shares hardly a
//! word, it is taken to be in another language and passed over. What a reporter says between two parts of a quotation is not
//! quoted.

use std::ops::Range;

use crate::archive::quotation::quotations;
use crate::base::{self, Code, DataPath, Diagnostic, Place};
use crate::check::quoted::{Words, without_insertions};
use crate::check::rule::{Case, Look, Rule};
use crate::parse::sidecar::{Fact, FactKind, Stance};

pub const RULE: Rule = Rule { code: Code::Misquoted, look: Look::Article(look) };

fn look(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (position, fact) in case.facts().filter(|(_, fact)| fact.kind == FactKind::Quotation) {
        let Some(range) = &case.standings[position].at else { continue };
        let article = Passage::new(&case.body.text, range);
        for (quotation, place) in own_quotations(case, position, fact) {
            let message = "quotes words that the article does not have";
            found.extend(compare(case, position, &article, (quotation, place, message)));
        }
        for (nth, evidence) in fact.evidence.iter().enumerate().filter(|(_, evidence)| evidence.stance == Stance::Supports) {
            let Some(quote) = &evidence.quote else { continue };
            if Words::of_quotation(quote).resemble(&article.whole) && !quotes_more(quote, article.text) {
                let place = case.at(position, |path| path.key("evidence").index(nth).key("quote"));
                let message = "rests on evidence that has other words than the article";
                found.extend(compare(case, position, &article, (quote, place, message)));
            }
        }
    }
}

/// The words of the article under a fact.
struct Passage<'a> {
    text: &'a str,
    whole: Words,
    /// Those of a quotation without what the reporter put in between.
    spoken: Words,
}

impl<'a> Passage<'a> {
    fn new(text: &'a str, range: &Range<usize>) -> Self {
        let spoken = Words::of(&without_insertions(text, range));
        Self { text: &text[range.clone()], whole: Words::of(&text[range.clone()]), spoken }
    }

    /// Whether the quoted words are the article's. What has marks itself may be quoted with what stands between them, or
    /// without.
    fn has(&self, quoted: &str) -> bool {
        let words = Words::of_quotation(quoted);
        let own_parts = || Words::of_quotation(&without_insertions(quoted, &(0..quoted.len())));
        let is_marked = !quotations(quoted).is_empty();
        words.are_in(&self.spoken) || is_marked && (words.are_in(&self.whole) || own_parts().are_in(&self.spoken))
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

fn compare(case: &Case<'_>, position: usize, article: &Passage<'_>, quotation: (&str, Place, &str)) -> Option<Diagnostic> {
    let (quoted, place, message) = quotation;
    if article.has(quoted) {
        return None;
    }
    let mut warning = Diagnostic::warning(Code::Misquoted, place, format!("the fact `{}` {message}", case.facts[position].id));
    if let Some(range) = &case.standings[position].at {
        warning = warning.related(Place::bytes(case.file, case.body.source_of(range)), "the article's words");
    }
    if let Some(differences) = Words::of_quotation(quoted).differences(&article.spoken) {
        warning = warning.note(differences);
    }
    let help = "quote the words as they stand, with `…` for what is left out and `[ ]` around what is put in; or anchor the fact to the words that it quotes";
    Some(warning.help(help.to_owned()))
}
