//! A name that several entities bear where nothing tells which of them is meant: neither what the article and its facts are
//! about, nor a link, nor another name of one of them. Each name is reported once an article.

use rayon::prelude::*;

use crate::archive::Unclear;
use crate::base::{Code, Diagnostic};
use crate::check::rule::{Look, Rule, Whole};

pub const RULE: Rule = Rule { code: Code::SharedName, look: Look::Archive(look) };

/// Of more bearers, only the first are named.
const NAMED: usize = 5;

fn look(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    found.par_extend(whole.unsettled().filter_map(|(_, place, why)| {
        let Unclear::Shared(bearers) = why else { return None };
        let named = bearers.iter().take(NAMED).map(|entity| format!("`{}`", whole.archive.register.entity(*entity).id));
        let named = named.collect::<Vec<_>>().join(", ");
        let more = if bearers.len() > NAMED { " and others" } else { "" };
        let message = format!("{} entities bear this name, and nothing tells which is meant: {named}{more}", bearers.len());
        let help = "name the one that is meant in the article's `about`, or link the words to it: `[[id|words]]`";
        Some(Diagnostic::warning(Code::SharedName, place, message).help(help.to_owned()))
    }));
}
