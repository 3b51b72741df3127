//! Two wordings laid over each other, drawn in one line.

use super::plain;
use crate::base::word_diff::Part;

const GREEN: &str = "\u{1b}[32m";
const RED: &str = "\u{1b}[31m";
const END: &str = "\u{1b}[0m";

/// What goes and comes between two wordings: in colour with ANSI escapes, else in `[-…-]` and `{+…+}`, as in git's word
/// diff.
pub fn wording(parts: &[Part], colour: bool) -> String {
    let part = |part: &Part| match part {
        Part::Same(text) => plain(text).into_owned(),
        Part::Gone(text) if colour => format!("{RED}{}{END}", plain(text)),
        Part::Come(text) if colour => format!("{GREEN}{}{END}", plain(text)),
        Part::Gone(text) => format!("[-{}-]", plain(text)),
        Part::Come(text) => format!("{{+{}+}}", plain(text)),
    };
    parts.iter().map(part).collect()
}
