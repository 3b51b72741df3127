//! The way back. Each step of a publication is written down before the next is made, so that one that fails
//! half-way leaves the site as it was.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Mutex;

use super::folders::unpoisoned;

/// What was done to the site, in order.
#[derive(Debug, Default)]
pub(super) struct Undo {
    steps: Mutex<Vec<Step>>,
}

/// One change, with what takes it back.
#[derive(Debug)]
pub(super) enum Step {
    /// A file or folder was moved out of the way.
    Moved {
        /// Where it stood.
        from: PathBuf,
        /// Where it is now.
        to: PathBuf,
    },
    /// A folder was made.
    Made(PathBuf),
    /// A file was placed where none was.
    Placed(PathBuf),
}

impl Undo {
    /// Writes down what was done, or for a file that is to be replaced what is kept of it.
    pub(super) fn note(&self, step: Step) {
        unpoisoned(self.steps.lock()).push(step);
    }

    /// Takes everything back, the last first; the `Err` is the first step that could not be.
    pub(super) fn take_back(&self) -> io::Result<()> {
        let steps = std::mem::take(&mut *unpoisoned(self.steps.lock()));
        let mut outcome = Ok(());
        for step in steps.into_iter().rev() {
            let undone = match step {
                Step::Moved { from, to } => fs::rename(to, from),
                Step::Made(folder) => fs::remove_dir(folder),
                Step::Placed(file) => fs::remove_file(file),
            };
            outcome = outcome.and(undone);
        }
        outcome
    }
}
