//! What `watch` and `serve` share: look, and look again whenever something may have changed.

use std::time::{Duration, SystemTime};

use postilla::project::{Request, Workspace};
use postilla::source::{GROUND, is_passing};
use postilla::watch::{Ground, Hints, Stopper, Wake, Watcher, Way};

use crate::args::{Globals, Watching};
use crate::commands::{clock, now};
use crate::console::Console;

/// How long to wait at most for the end of an embargo: clocks are set meanwhile.
const LONGEST: Duration = Duration::from_hours(1);

/// How long after a look at single paths everything is looked at.
const CALM: Duration = Duration::from_secs(1);

/// An archive that is looked at again and again.
pub struct Rounds {
    /// The archive.
    pub workspace: Workspace,
    globals: Globals,
    watcher: Watcher,
    said: Option<String>,
    /// Whether the last look was at single paths.
    hinted: bool,
}

impl Rounds {
    /// Begins to watch, so that nothing is missed while the archive is read for the first time.
    pub fn begin(globals: &Globals, watching: &Watching, workspace: Workspace) -> Self {
        let way = watching.poll.map_or(Way::Events, |interval| Way::Poll(Duration::from_millis(interval)));
        let watcher = Watcher::start(ground(workspace.request()), way);
        Self { workspace, globals: globals.clone(), watcher, said: None, hinted: false }
    }

    /// Ends the wait, from another thread.
    pub fn stopper(&self) -> Stopper {
        self.watcher.stopper()
    }

    /// Waits until reading the archive again may give something else than the last time. `false` when it is over.
    pub fn wait(&mut self, console: &Console) -> bool {
        loop {
            self.say_fallback(console);
            let wake = self.watcher.wait(self.longest_wait());
            let at = clock();
            self.workspace.set_time(at, now(&self.globals, at));
            let differs = match &wake {
                Wake::Stop => return false,
                Wake::Look(Hints::Everywhere) => self.workspace.may_differ(None),
                Wake::Look(Hints::At(paths)) => self.workspace.may_differ(Some(paths)),
            };
            self.hinted = matches!(wake, Wake::Look(Hints::At(_)));
            if differs {
                return true;
            }
        }
    }

    /// Till calm, when the last look was at single paths; else until the next embargo ends.
    fn longest_wait(&self) -> Option<Duration> {
        let calm = self.hinted.then_some(CALM);
        [calm, self.till_release()].into_iter().flatten().min()
    }

    /// Until the next embargo ends. With `--now` the moment stands still.
    fn till_release(&self) -> Option<Duration> {
        let release = self.workspace.releases().filter(|_| self.globals.now.is_none())?;
        let release = SystemTime::from(release);
        Some(release.duration_since(clock()).unwrap_or_default().min(LONGEST))
    }

    fn say_fallback(&mut self, console: &Console) {
        let why = self.watcher.fallback();
        if why != self.said.as_deref() {
            self.said = why.map(str::to_owned);
            if let (Some(why), Way::Poll(every)) = (why, self.watcher.way()) {
                console.note(format!("looking every {} ms: {why}", every.as_millis()));
            }
        }
    }
}

fn ground(request: &Request) -> Ground {
    let config = request.config.clone().unwrap_or_else(|| request.root.join("postilla.toml"));
    Ground {
        folders: GROUND.iter().map(|folder| request.root.join(folder)).collect(),
        files: vec![config],
        noise: Box::new(|path| path.file_name().is_some_and(|name| is_passing(&name.to_string_lossy()))),
    }
}
