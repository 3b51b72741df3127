//! How long to wait for the end of a burst of events. It is told the time and never asks for it.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::Hints;
use super::sentry::Says;

/// The quiet after a single save.
// Editors write, rename and touch within a few milliseconds, and a page is to follow an edit within 100 ms.
const QUIET: Duration = Duration::from_millis(10);

/// The quiet after many files.
// A checkout or a copy pauses where it waits for the disk, and to look in the middle of it is to build twice.
const CROWD_QUIET: Duration = Duration::from_millis(60);

/// More paths than this are no single save.
// A save touches the file, its backup, a temporary file or two, the sidecar beside it.
const CROWD: usize = 8;

/// The longest burst.
// What never pauses, such as a log that grows, must not keep the editor waiting.
const LONGEST: Duration = Duration::from_secs(1);

/// Events that belong together.
pub(super) struct Burst {
    began: Instant,
    last: Instant,
    /// Distinct paths, up to a crowd.
    paths: BTreeSet<PathBuf>,
    folders: bool,
    gaps: bool,
    /// Something may have changed anywhere.
    anywhere: bool,
}

impl Burst {
    pub(super) fn starts(says: Says, now: Instant) -> Self {
        let mut burst = Self { began: now, last: now, paths: BTreeSet::new(), folders: false, gaps: false, anywhere: false };
        burst.hears(says, now);
        burst
    }

    pub(super) fn hears(&mut self, says: Says, now: Instant) {
        match says {
            Says::Nothing => return,
            Says::Look => self.anywhere = true,
            Says::Changed { paths, folders } => {
                self.folders |= folders;
                if !self.is_crowd() {
                    self.paths.extend(paths);
                }
            }
            Says::Gap => self.gaps = true,
        }
        self.last = now;
    }

    /// When it is over if nothing more is heard.
    pub(super) fn over_at(&self) -> Instant {
        let quiet = if self.is_crowd() { CROWD_QUIET } else { QUIET };
        (self.last + quiet).min(self.began + LONGEST)
    }

    /// Whether there may be folders that are not watched.
    pub(super) fn moves_folders(&self) -> bool {
        self.folders
    }

    /// Whether events were lost, so that nothing is known of what is watched.
    pub(super) fn has_gaps(&self) -> bool {
        self.gaps
    }

    /// Where to look: at the few paths that were named, if all that happened has to do with them.
    pub(super) fn hints(self) -> Hints {
        let vague = self.anywhere || self.folders || self.gaps || self.is_crowd();
        if vague { Hints::Everywhere } else { Hints::At(self.paths.into_iter().collect()) }
    }

    fn is_crowd(&self) -> bool {
        self.paths.len() > CROWD
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(name: &str) -> Says {
        Says::Changed { paths: vec![name.into()], folders: false }
    }

    #[test]
    fn one_save_is_over_soon_and_each_event_begins_the_quiet_anew() {
        let start = Instant::now();
        let mut burst = Burst::starts(changed("a.md"), start);
        assert_eq!(burst.over_at(), start + QUIET);
        let later = start + Duration::from_millis(10);
        burst.hears(changed("a.md"), later);
        assert_eq!(burst.over_at(), later + QUIET);
    }

    #[test]
    fn what_says_nothing_does_not_prolong_a_burst() {
        let start = Instant::now();
        let mut burst = Burst::starts(Says::Look, start);
        burst.hears(Says::Nothing, start + Duration::from_millis(10));
        assert_eq!(burst.over_at(), start + QUIET);
    }

    #[test]
    fn many_paths_ask_for_more_quiet_and_one_path_many_times_does_not() {
        let start = Instant::now();
        let mut burst = Burst::starts(changed("0"), start);
        (0..100).for_each(|_| burst.hears(changed("0"), start));
        assert_eq!(burst.over_at(), start + QUIET);
        (0..=CROWD).for_each(|number| burst.hears(changed(&number.to_string()), start));
        assert_eq!(burst.over_at(), start + CROWD_QUIET);
    }

    #[test]
    fn a_burst_without_end_is_cut() {
        let start = Instant::now();
        let mut burst = Burst::starts(changed("log"), start);
        burst.hears(changed("log"), start + LONGEST.mul_f32(0.999));
        assert_eq!(burst.over_at(), start + LONGEST);
    }
}
