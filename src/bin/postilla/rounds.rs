//! What `watch` and `serve` share: look, and look again whenever something may have changed.

use std::time::{Duration, SystemTime};

use postilla::base::{Diagnostic, Error, SourcePath};
use postilla::project::{Loaded, Request, Workspace};
use postilla::source::{GROUND, is_passing};
use postilla::watch::{Ground, Hints, Stopper, Wake, Watcher, Way};

use crate::Exit;
use crate::args::{Globals, Watching};
use crate::commands::{clock, now};
use crate::console::Console;

/// How long to wait at most for the end of an embargo: clocks are set meanwhile.
const LONGEST: Duration = Duration::from_hours(1);

/// How long after a look at single paths everything is looked at.
const CALM: Duration = Duration::from_secs(1);

/// How long after the disk refused something to try again: what it refused, such as a folder that another build
/// writes, need not be watched.
const AGAIN: Duration = Duration::from_secs(2);

/// How long a refusal that is not said yet has to pass by itself, as when a file was saved while it was read.
const PASSING: Duration = Duration::from_millis(250);

/// An archive that is looked at again and again.
pub struct Rounds {
    /// The archive.
    pub workspace: Workspace,
    globals: Globals,
    watcher: Watcher,
    said: Option<String>,
    /// Whether the last look was at single paths.
    hinted: bool,
    /// What the disk refused in the last round.
    refused: Option<Refusal>,
}

struct Refusal {
    what: String,
    said: bool,
}

/// What was said last of an archive.
#[derive(Default)]
pub struct Said {
    found: Vec<Diagnostic>,
    /// The same as programs read it: an edit can move what a finding speaks of, and leave the finding as it was.
    drawn: String,
}

impl Said {
    /// Says what was found, and what the disk refused, if it is not what was said last or there is other `news`: to
    /// programs all that is so, to people what is new. Whether there is any news.
    pub fn say(&mut self, loaded: &Loaded, news: bool, console: &Console) -> bool {
        let texts = |file: &SourcePath| loaded.text(file);
        let drawn = console.for_programs(&loaded.diagnostics, &texts);
        let found = self.found != loaded.diagnostics || self.drawn != drawn;
        let whole = (found || news) && console.is_for_programs();
        if found || whole {
            console.findings(&loaded.diagnostics, &texts);
            self.found.clone_from(&loaded.diagnostics);
            self.drawn = drawn;
        }
        if let (true, Some(refused)) = (news || whole, &loaded.refused) {
            console.refuse(refused, Exit::Disk);
        }
        found || news
    }
}

/// What to say of what the disk refused in a round, or did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// Nothing of the whole round: perhaps the next meets no refusal any more.
    Wait,
    /// Nothing: it is as it was.
    Known,
    /// It is something new to be refused this, or not to be refused anything any more.
    News,
}

impl Rounds {
    /// Begins to watch, so that nothing is missed while the archive is read for the first time.
    pub fn begin(globals: &Globals, watching: &Watching, workspace: Workspace) -> Self {
        let way = watching.poll.map_or(Way::Events, |interval| Way::Poll(Duration::from_millis(interval)));
        let watcher = Watcher::start(ground(workspace.request()), way);
        Self { workspace, globals: globals.clone(), watcher, said: None, hinted: false, refused: None }
    }

    /// Ends the wait, from another thread.
    pub fn stopper(&self) -> Stopper {
        self.watcher.stopper()
    }

    /// Takes what the disk refused in this round, and tells what to say of it.
    pub fn weigh(&mut self, refused: Option<&Error>) -> Word {
        let what = refused.map(ToString::to_string);
        let before = self.refused.take();
        let word = match (&what, &before) {
            (Some(_), None) => Word::Wait,
            (Some(what), Some(before)) if !before.said || before.what != *what => Word::News,
            (None, Some(before)) if before.said => Word::News,
            _ => Word::Known,
        };
        self.refused = what.map(|what| Refusal { what, said: word != Word::Wait });
        word
    }

    /// Waits until reading the archive again may give something else than the last time, or what was refused may be
    /// tried again. `false` when it is over.
    pub fn wait(&mut self, console: &Console) -> bool {
        loop {
            self.say_fallback(console);
            let again = self.refused.as_ref().map(|refusal| if refusal.said { AGAIN } else { PASSING });
            let wake = self.watcher.wait(self.longest_wait().into_iter().chain(again).min());
            let at = clock();
            self.workspace.set_time(at, now(&self.globals, at));
            let differs = match &wake {
                Wake::Stop => return false,
                // The first, since it remembers what it saw.
                Wake::Look(Hints::Everywhere) => self.workspace.may_differ(None),
                Wake::Look(Hints::At(paths)) => self.workspace.may_differ(Some(paths)),
            };
            self.hinted = matches!(wake, Wake::Look(Hints::At(_)));
            if differs || self.refused.is_some() {
                return true;
            }
            console.detail("looked: nothing has changed that matters");
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
