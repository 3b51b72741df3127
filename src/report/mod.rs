//! Diagnostics drawn: for people, and for programs. Finds lines and columns, which nothing before it needs.
//! Never touches the disk: it asks for the texts.

mod human;
mod json;
mod locate;
mod plain;

pub use human::human;
pub use json::{json, overlay};
pub use locate::locate;
pub use plain::plain;

use crate::base::{Diagnostic, SourcePath};

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

#[cfg(test)]
mod tests;
