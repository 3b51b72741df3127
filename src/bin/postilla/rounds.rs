//! What `watch` and `serve` share: look, and look again whenever something may have changed.

use std::time::{Duration, SystemTime};

use postilla::base::Error;
use postilla::project::{Remembers, Request, Workspace};
use postilla::source::{GROUND, is_passing};
use postilla::watch::{Ground, Stopper, Wake, Watcher, Way};

use crate::Exit;
use crate::args::{Globals, Watching};
use crate::commands::{clock, now};
use crate::console::Console;

/// How long to wait at most for the end of an embargo: clocks are set meanwhile.
const LONGEST: Duration = Duration::from_hours(1);

/// How long after the disk refused something to try again: what it refused, such as a folder that another build
/// writes, need not be watched.
const AGAIN: Duration = Duration::from_secs(2);

/// An archive that is looked at again and again.
pub struct Rounds {
    /// The archive.
    pub workspace: Workspace,
    globals: Globals,
    watcher: Watcher,
    said: Option<String>,
    /// What the disk refused in the last round.
    refused: Option<String>,
}

impl Rounds {
    /// Begins to watch, so that nothing is missed while the archive is read for the first time.
    pub fn begin(globals: &Globals, watching: &Watching, request: Request, remembers: Remembers) -> Self {
        let way = watching.poll.map_or(Way::Events, |interval| Way::Poll(Duration::from_millis(interval)));
        let watcher = Watcher::start(ground(&request), way);
        Self { workspace: Workspace::new(request, remembers), globals: globals.clone(), watcher, said: None, refused: None }
    }

    /// Ends the wait, from another thread.
    pub fn stopper(&self) -> Stopper {
        self.watcher.stopper()
    }

    /// Whether this is another thing than the disk refused in the last round.
    pub fn is_news(&self, refused: Option<&Error>) -> bool {
        refused.map(ToString::to_string) != self.refused
    }

    /// Says what the disk refused in this round, if that is news.
    pub fn refuse(&mut self, refused: Option<&Error>, console: &Console) {
        if let (true, Some(what)) = (self.is_news(refused), refused) {
            console.refuse(what, Exit::Disk);
        }
        self.refused = refused.map(ToString::to_string);
    }

    /// Waits until reading the archive again may give something else than the last time, or what was refused may be
    /// tried again. `false` when it is over.
    pub fn wait(&mut self, console: &Console) -> bool {
        loop {
            self.say_fallback(console);
            let till_release = self.till_release();
            let at_most = if self.refused.is_some() { till_release.into_iter().chain([AGAIN]).min() } else { till_release };
            let wake = self.watcher.wait(at_most);
            let at = clock();
            self.workspace.set_time(at, now(&self.globals, at));
            match wake {
                Wake::Stop => return false,
                // The first, since it remembers what it saw.
                Wake::Look if self.workspace.may_differ() || self.refused.is_some() => return true,
                Wake::Look => console.detail("looked: nothing has changed that matters"),
            }
        }
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
