//! A result with what was found on the way to it.

use super::Diagnostic;

/// A stage's value and the findings that travel beside it. A value may be there in spite of errors:
/// later stages then find what else is wrong, so that one run names everything.
#[derive(Debug, Clone)]
pub struct Outcome<T> {
    /// What the stage made.
    pub value: T,
    /// What it found about the content, in the order of the content.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Outcome<T> {
    /// A value about which there is nothing to say.
    pub fn clean(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }

    /// A value and its findings.
    pub fn new(value: T, diagnostics: Vec<Diagnostic>) -> Self {
        Self { value, diagnostics }
    }

    /// Makes another value of it; the findings stay.
    pub fn map<U>(self, to: impl FnOnce(T) -> U) -> Outcome<U> {
        Outcome { value: to(self.value), diagnostics: self.diagnostics }
    }

    /// Moves the findings into `found` and gives the value.
    pub fn settle(mut self, found: &mut Vec<Diagnostic>) -> T {
        found.append(&mut self.diagnostics);
        self.value
    }
}
