//! Diagnostics drawn: for people, for programs, and for the services that check a change. Finds lines and columns, which nothing before it needs.
//! Never touches the disk: it asks for the texts.

mod github;
mod human;
mod json;
mod locate;
mod plain;
mod rules;
mod sarif;
mod tally;
mod wording;

pub use github::{github, github_refusal};
pub use human::human;
pub use json::{json, overlay};
pub use locate::{locate, position};
pub use plain::plain;
pub use rules::{explanation, explanations};
pub use sarif::Sarif;
pub use tally::{Tally, by_rule, first_of_each, tally};
pub use wording::wording;

use crate::base::{Diagnostic, Severity, SourcePath};

/// Where the texts of the archive's files come from.
pub trait Texts {
    /// The text of a file; `None` when it cannot be read (any more).
    fn text(&self, file: &SourcePath) -> Option<String>;
}

impl<F: Fn(&SourcePath) -> Option<String>> Texts for F {
    fn text(&self, file: &SourcePath) -> Option<String> {
        self(file)
    }
}

/// How much was found, such as `3 errors, 1 warning`; `None` when nothing was.
pub fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let counts = [counted(errors, "error"), counted(diagnostics.len() - errors, "warning")];
    let said: Vec<String> = counts.into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join(", "))
}

fn counted(count: usize, what: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {what}")),
        _ => Some(format!("{count} {what}s")),
    }
}

/// A severity for programs.
fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

#[cfg(test)]
mod tests;
