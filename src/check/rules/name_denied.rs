//! A link over words of which the entity's `not` says that they are something else.

use rayon::prelude::*;

use crate::archive::Unclear;
use crate::base::{Code, DataPath, Diagnostic, Place};
use crate::check::rule::{Look, Rule, Whole};

pub const RULE: Rule = Rule { code: Code::Denied, look: Look::Archive(look) };

fn look(whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    found.par_extend(whole.unsettled().filter_map(|(_, place, why)| {
        let Unclear::Denied(entity) = why else { return None };
        let entity = whole.archive.register.entity(*entity);
        let denied = Place::data(&entity.file, DataPath::root().key("not"));
        let message = format!("these words link to `{}`, which is said not to be called so", entity.id);
        let help = "link them to what they mean, or take them out of `not`";
        Some(Diagnostic::warning(Code::Denied, place, message).related(denied, "the words are denied here").help(help.to_owned()))
    }));
}
