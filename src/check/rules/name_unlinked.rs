//! A known name that nothing in the article links: names become links by themselves, but not in headings, in code, or where
//! the archive turns that off. Each entity is reported once an article, where it is named first.

use rayon::prelude::*;

use crate::archive::Unclear;
use crate::base::{Code, Diagnostic};
use crate::check::rule::{Look, Rule, Whole};

pub const RULE: Rule = Rule { code: Code::Unlinked, look: Look::Archive(look) };

fn look(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    found.par_extend(whole.unsettled().filter_map(|(_, place, why)| {
        let Unclear::Unlinked(entity) = why else { return None };
        let id = &whole.archive.register.entity(*entity).id;
        let help = format!("link it in running text, as `[[{id}|…]]`; or give the entity these words in `not` if they are not its name");
        Some(Diagnostic::warning(Code::Unlinked, place, format!("nothing in this article links `{id}`, which is named here")).help(help))
    }));
}
