//! When to look at the disk again. An event is a hint and never says *what* changed: whoever is woken scans,
//! so renames, doubled events and lost events are one case. After a single save the hint says where to look first;
//! what it leaves out is found by a look at everything when it is calm again.
//!
//! Where events cannot be had, or cannot be trusted, time takes their place, and [`Watcher::fallback`] says why.
//! It knows folders and files, and nothing of what is written in them; it writes nothing.

mod mounts;
mod quiet;
mod sentry;
mod survey;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use quiet::Burst;
use sentry::{Says, Sentry};

/// How often to look where events were asked for and cannot be had.
// A scan of a large archive takes some 50 ms: this keeps a tenth of one core busy at most.
const FALLBACK_POLL: Duration = Duration::from_millis(500);

/// What is watched.
pub struct Ground {
    /// Folders, watched with everything below and wherever links in them lead, but for links that lead back
    /// up. They need not exist yet.
    pub folders: Vec<PathBuf>,
    /// Single files. They need not exist yet; others beside them do not matter.
    pub files: Vec<PathBuf>,
    /// Paths whose events say nothing and that are not entered: `.git`, the output folder. Asked of absolute paths
    /// as the folders and files above are spelled; what a link leads to is asked about below the link.
    pub noise: Box<dyn Fn(&Path) -> bool + Send + Sync>,
}

/// How to learn that it is time to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The system tells.
    Events,
    /// It is time after each such interval.
    Poll(Duration),
}

/// Why a wait ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wake {
    /// Something may have changed.
    Look(Hints),
    /// It is over: every later wait ends like this too.
    Stop,
}

/// Where something may have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hints {
    /// Anywhere.
    Everywhere,
    /// At these paths, as the ground spells them; where events were lost, elsewhere too.
    At(Vec<PathBuf>),
}

/// Waits for changes. Whoever is to miss none scans after [`Watcher::start`] and after every [`Wake::Look`].
pub struct Watcher {
    ground: Ground,
    asked: Way,
    stand: Stand,
    sender: Sender<Sign>,
    signs: Receiver<Sign>,
    stopped: Arc<AtomicBool>,
    /// Something may have changed while nobody watched it.
    owed: bool,
}

/// Ends the waits of a [`Watcher`].
#[derive(Debug, Clone)]
pub struct Stopper {
    stopped: Arc<AtomicBool>,
    sender: Sender<Sign>,
}

/// How changes are learnt of just now.
enum Stand {
    Events(Sentry),
    Poll { every: Duration, why: Option<String> },
}

/// What comes to a waiting watcher.
#[derive(Debug)]
enum Sign {
    Event(notify::Event),
    /// Events were lost.
    Gap,
    Stop,
}

impl Watcher {
    /// Begins to watch. Never fails for want of events: then it polls.
    pub fn start(ground: Ground, way: Way) -> Self {
        let (sender, signs) = mpsc::channel();
        let stand = Stand::take(&ground, way, &sender);
        Self { ground, asked: way, stand, sender, signs, stopped: Arc::default(), owed: false }
    }

    /// The way in use, which is not always the one asked for.
    pub fn way(&self) -> Way {
        match self.stand {
            Stand::Events(_) => Way::Events,
            Stand::Poll { every, .. } => Way::Poll(every),
        }
    }

    /// Why it polls though events were asked for: a phrase for the user, with what to do about it where that is known.
    pub fn fallback(&self) -> Option<&str> {
        match &self.stand {
            Stand::Events(_) => None,
            Stand::Poll { why, .. } => why.as_deref(),
        }
    }

    /// Waits for a sign that something may have changed and for the quiet after it, or for `at_most`, or for the stop.
    /// When polling, waits for the interval. What happened since the last wait counts.
    pub fn wait(&mut self, at_most: Option<Duration>) -> Wake {
        let at_most = match (&self.stand, at_most) {
            (Stand::Events(_), _) => at_most,
            (Stand::Poll { every, .. }, None) => Some(*every),
            (Stand::Poll { every, .. }, Some(at_most)) => Some(at_most.min(*every)),
        };
        let until = at_most.and_then(|at_most| Instant::now().checked_add(at_most));
        match self.first_sign(until) {
            Heard::Stop => Wake::Stop,
            Heard::Nothing => Wake::Look(Hints::Everywhere),
            Heard::Says(says) => self.sit_out(Burst::starts(says, Instant::now())),
        }
    }

    /// Gives what ends every wait at once, from any thread.
    pub fn stopper(&self) -> Stopper {
        Stopper { stopped: Arc::clone(&self.stopped), sender: self.sender.clone() }
    }

    /// Watches another ground from now on. If that takes in folders that were not watched before, the next wait is a
    /// look, since they may have changed after they were scanned.
    pub fn move_to(&mut self, ground: Ground) {
        self.ground = ground;
        match &mut self.stand {
            Stand::Events(_) => self.owed |= self.post_again(),
            Stand::Poll { .. } if self.asked == Way::Events => {
                self.stand = Stand::take(&self.ground, self.asked, &self.sender);
                self.owed |= self.way() == Way::Events;
            }
            Stand::Poll { .. } => {}
        }
    }

    /// Waits for the first sign that matters.
    fn first_sign(&mut self, until: Option<Instant>) -> Heard {
        if !self.is_stopped() && std::mem::take(&mut self.owed) {
            return Heard::Says(Says::Look);
        }
        loop {
            match self.hear(until) {
                Heard::Says(Says::Nothing) => {}
                heard => return heard,
            }
        }
    }

    /// Waits until a burst of signs is over, then sees to it that all folders are watched, before anybody scans.
    fn sit_out(&mut self, mut burst: Burst) -> Wake {
        loop {
            match self.hear(Some(burst.over_at())) {
                Heard::Stop => return Wake::Stop,
                Heard::Nothing => break,
                Heard::Says(says) => burst.hears(says, Instant::now()),
            }
        }
        if burst.has_gaps() {
            self.stand = Stand::take(&self.ground, self.asked, &self.sender);
        } else if burst.moves_folders() {
            self.post_again();
        }
        Wake::Look(burst.hints())
    }

    fn hear(&mut self, until: Option<Instant>) -> Heard {
        if self.is_stopped() {
            return Heard::Stop;
        }
        let sign = match until {
            Some(until) => self.signs.recv_timeout(until.saturating_duration_since(Instant::now())).ok(),
            None => self.signs.recv().ok(),
        };
        if self.is_stopped() {
            return Heard::Stop;
        }
        match (sign, &mut self.stand) {
            (None, _) => Heard::Nothing,
            (Some(Sign::Event(event)), Stand::Events(sentry)) => Heard::Says(sentry.read(&event, &self.ground)),
            (Some(Sign::Gap), Stand::Events(_)) => Heard::Says(Says::Gap),
            // Left from when events were still had.
            (Some(_), _) => Heard::Says(Says::Nothing),
        }
    }

    /// Watches what is to be watched and is not; says whether there was any such folder.
    fn post_again(&mut self) -> bool {
        let Stand::Events(sentry) = &mut self.stand else { return false };
        sentry.post(&self.ground).unwrap_or_else(|why| {
            self.stand = Stand::fall_back(why);
            true
        })
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }
}

impl Stopper {
    /// Ends the wait, and all to come.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        // Without a receiver there is nobody to stop.
        let _ = self.sender.send(Sign::Stop);
    }
}

impl Stand {
    fn take(ground: &Ground, way: Way, sender: &Sender<Sign>) -> Self {
        match way {
            Way::Poll(every) => Self::Poll { every, why: None },
            Way::Events => Sentry::post_new(ground, sender).map_or_else(Self::fall_back, Self::Events),
        }
    }

    fn fall_back(why: String) -> Self {
        Self::Poll { every: FALLBACK_POLL, why: Some(why) }
    }
}

/// What a wait for a sign came to.
enum Heard {
    /// Time is up.
    Nothing,
    Says(Says),
    Stop,
}
