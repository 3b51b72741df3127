//! A fact's figure must stand in the words that it is anchored to, however the language writes it: `60 milioni` states
//! 60,000,000.

use crate::archive::answer::grouped;
use crate::base::{Code, Diagnostic};
use crate::check::rule::{Case, Look, Rule};
use crate::prose::{Sense, sense};

pub const RULE: Rule = Rule { code: Code::Unstated, look: Look::Article(look) };

fn look(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (position, fact) in case.facts() {
        let (Some(value), Some(words)) = (&fact.value, case.words(position)) else { continue };
        let figures = [("number", value.number), ("min", value.min), ("max", value.max)];
        let mut said: Option<Sense> = None;
        for (key, number) in figures.into_iter().filter_map(|(key, number)| Some((key, number?))) {
            if states(said.get_or_insert_with(|| sense(words, case.lang)), number) {
                continue;
            }
            let place = case.at(position, |path| path.key("value").key(key));
            let message = format!("the words under fact `{}` do not state {}", fact.id, grouped(number));
            let help = "quote the words with the figure, or correct the value";
            found.push(Diagnostic::warning(Code::Unstated, place, message).note(format!("they are: {words}")).help(help.to_owned()));
        }
    }
}

/// Whether a number is stated, also as per cents: 0.05 as `5 %`. One and none are stated in too many ways to tell: `a shop`.
fn states(said: &Sense, number: f64) -> bool {
    [0.0, 1.0].contains(&number) || said.states(number) || number.abs() <= 1.0 && said.states(number * 100.0)
}
