//! An archive that is looked at more than once. A workspace remembers one reading for the next, and what it wrote;
//! the first of each is a clean one, and all that follow give what a clean one would.

use std::path::PathBuf;
use std::time::SystemTime;

use jiff::Timestamp;

use super::memo::Memo;
use super::{Edition, Ended, Indexing, Links, Loaded, Progress, Request, build, edition, links, load};
use crate::base::Error;
use crate::network::Reach;

/// An archive, what is asked of it, and what is remembered of it.
pub struct Workspace {
    request: Request,
    memo: Memo,
}

/// What a workspace remembers from one round to the next.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Remembers {
    /// Nothing of the output: there will be no next round.
    #[default]
    Reading,
    /// What each file of the output was made from.
    Output,
    /// The texts of the articles, so that their pages can be made whatever became of the files.
    Texts,
}

impl Workspace {
    /// An archive that has not been looked at yet.
    pub fn new(request: Request, remembers: Remembers) -> Self {
        Self { request, memo: Memo::new(remembers) }
    }

    /// The same, with every build saying why it rendered what it did.
    #[must_use]
    pub fn explaining(mut self, explains: bool) -> Self {
        self.memo.explains = explains;
        self
    }

    /// The same, with warnings keeping every build from being published, as errors do.
    #[must_use]
    pub fn denying_warnings(mut self, denies: bool) -> Self {
        self.memo.denies = denies;
        self
    }

    /// What is asked for.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// Says that the next reading happens `at` this moment, and that what is under embargo till `now` may be shown.
    pub fn set_time(&mut self, at: SystemTime, now: Timestamp) {
        self.request.at = at;
        self.request.showing.now = now;
    }

    /// Whether reading the archive again may give something else than the last time: another file, another moment.
    /// With `only` a few paths under the root, no others are looked at if these tell enough.
    pub fn may_differ(&mut self, only: Option<&[PathBuf]>) -> bool {
        // What cannot be looked at is for the reading to report.
        load::may_differ(&self.request, only, &mut self.memo).unwrap_or(true)
    }

    /// When a reading gives something else though no file changes: when the next embargo ends, or a review becomes due.
    pub fn releases(&self) -> Option<Timestamp> {
        self.memo.last.as_ref()?.releases
    }

    /// Reads the archive and joins it. Findings are in the value; only the disk fails.
    pub fn load(&mut self, progress: &dyn Progress) -> Result<Loaded, Error> {
        load::load(&self.request, &mut self.memo, progress)
    }

    /// The site as it can be shown, unless an error keeps it from that; what is found on the way goes to `loaded`.
    pub fn edition(&mut self, loaded: &mut Loaded, progress: &dyn Progress) -> Option<Edition> {
        edition::edition(loaded, &mut self.memo, progress)
    }

    /// Looks for what only the plan of the site and its templates can tell: makes every page, and writes nothing.
    pub fn check(&mut self, loaded: &mut Loaded, progress: &dyn Progress) -> Result<Ended, Error> {
        build::check(loaded, &self.request, &mut self.memo, progress)
    }

    /// Asks the network after every address that a loaded archive names. What is dead goes to `loaded`; what is known now
    /// is kept for the next run. `None` where the archive has turned the rule off.
    pub fn check_links(&self, loaded: &mut Loaded, reach: Reach, progress: &dyn Progress) -> Result<Option<Links>, Error> {
        links::check(loaded, &self.request, reach, progress)
    }

    /// The making of the search index of what was last published, where [`build`](Self::build) leaves it for later: in a
    /// workspace that remembers its output. `None` where there is none to be made.
    pub fn indexing(&self) -> Option<Indexing> {
        Indexing::after(&self.request, &self.memo)
    }

    /// Builds the site of a loaded archive. With errors in the content the output stays as it was.
    pub fn build(&mut self, loaded: &mut Loaded, progress: &dyn Progress) -> Result<Ended, Error> {
        build::build(loaded, &self.request, &mut self.memo, progress)
    }
}
