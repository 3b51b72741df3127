//! A fact that was to be looked at again before today. Facts that no longer count are spared.

use rayon::prelude::*;

use crate::archive::{Article, ArticleIx, Fact, FactRef};
use crate::base::{Code, Diagnostic};
use crate::check::rule::{Look, Rule, Whole};
use crate::parse::article::State;
use crate::parse::sidecar::Status;

pub const RULE: Rule = Rule { code: Code::ReviewDue, look: Look::Archive(look) };

fn look(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let due = |article: &Article, fact: &Fact| {
        let day = fact.review_after.filter(|day| *day < whole.today)?;
        let counts = !matches!(fact.status, Status::Refuted | Status::Superseded | Status::Withdrawn);
        (counts && article.head.state != State::Withdrawn).then_some(day)
    };
    found.par_extend(whole.archive.articles.par_iter().enumerate().flat_map_iter(|(position, article)| {
        let facts = (0_u32..).zip(&article.facts).filter_map(move |(nth, fact)| Some((nth, fact, due(article, fact)?)));
        facts.map(move |(nth, fact, day)| report(whole, FactRef { article: ArticleIx::new(position), fact: nth }, fact, day))
    }));
}

fn report(whole: &Whole<'_>, at: FactRef, fact: &Fact, day: i32) -> Diagnostic {
    let day = format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100);
    let message = format!("the fact `{}` was to be looked at again after {day}", fact.id);
    let help = "check it again, add the check to `checks`, and set `review_after` to a later day or take it out";
    Diagnostic::warning(Code::ReviewDue, whole.at(at, |path| path.key("review_after")), message).help(help.to_owned())
}
