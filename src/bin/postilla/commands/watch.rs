//! `postilla watch`, and `postilla build --watch`

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use postilla::base::Error;
use postilla::project::{Ended, Loaded, Remembers, Workspace};
use serde::Serialize;

use super::build::{Report, sentence};
use super::request;
use crate::Exit;
use crate::args::{Building, Globals, Watching};
use crate::console::Console;
use crate::interrupt::{self, Brake};
use crate::progress::Bar;
use crate::rounds::{Rounds, Said, Word};

/// Builds the site, and builds it again whenever something has changed, until the user ends it.
pub fn run(globals: &Globals, building: &Building, watching: &Watching, console: &Arc<Console>) -> Exit {
    let request = match request(globals, building.force, console) {
        Ok(request) => request,
        Err(exit) => return exit,
    };
    let rounds = Rounds::begin(
        globals,
        watching,
        Workspace::new(request, Remembers::Output).explaining(building.explain).denying_warnings(building.strictness.deny.is_some()),
    );
    let stopper = rounds.stopper();
    let brake: Arc<Brake> = Arc::default();
    let watch = Watch { rounds, console: Arc::clone(console), brake: Arc::clone(&brake), said: Said::default(), wrote: false };
    interrupt::until_interrupted(&brake, Exit::Fine, move || stopper.stop(), move || watch.go())
}

/// For programs, the end of what was found in a round that built nothing.
const FAILED: Failed = Failed { event: "failed" };

#[derive(Serialize)]
struct Failed {
    event: &'static str,
}

struct Watch {
    rounds: Rounds,
    console: Arc<Console>,
    brake: Arc<Brake>,
    said: Said,
    /// Whether the output was ours once.
    wrote: bool,
}

/// Something done beside the rounds.
struct Errand {
    stop: Arc<AtomicBool>,
    thread: thread::JoinHandle<()>,
}

impl Errand {
    /// Ends it, done or not: the output is free again.
    fn give_up(self) {
        self.stop.store(true, Ordering::SeqCst);
        let _ = self.thread.join();
    }
}

impl Watch {
    fn go(mut self) -> Exit {
        loop {
            if let Some(exit) = self.round() {
                return exit;
            }
            let index = self.begin_index();
            let goes_on = self.rounds.wait(&self.console);
            if let Some(index) = index {
                index.give_up();
            }
            if !goes_on {
                return Exit::Fine;
            }
        }
    }

    /// Makes the search index of what was just published, beside whatever comes: no edit waits for it.
    fn begin_index(&self) -> Option<Errand> {
        let indexing = self.rounds.workspace.indexing()?;
        let (stop, brake, console) = (Arc::<AtomicBool>::default(), Arc::clone(&self.brake), Arc::clone(&self.console));
        let stopped = Arc::clone(&stop);
        let thread = thread::spawn(move || {
            let begin = Instant::now();
            brake.hold();
            let made = indexing.run(&|| stopped.load(Ordering::SeqCst) || brake.is_pulled());
            brake.release();
            match made {
                Ok(Some(done)) => {
                    console.detail(format!("indexed for the search: wrote {}; {:.2} s", done.written, begin.elapsed().as_secs_f64()));
                }
                Ok(None) => {}
                // What changed meanwhile is read by the next round.
                Err(refused) => console.detail(format!("the search index was not made: {refused}")),
            }
        });
        Some(Errand { stop, thread })
    }

    /// One build. What no edit of the content can mend ends it all.
    fn round(&mut self) -> Option<Exit> {
        let bar = Bar::under(self.console.shows_progress(), Arc::clone(&self.brake));
        let workspace = &mut self.rounds.workspace;
        let built = workspace.load(&bar).and_then(|mut loaded| {
            let ended = workspace.build(&mut loaded, &bar)?;
            Ok((loaded, ended))
        });
        let (took, stages) = bar.finish();
        self.console.stages(&stages);
        let built = match built {
            Ok((_, Ended::Stopped)) => return Some(Exit::Fine),
            // Somebody is just removing it, perhaps.
            Ok((loaded, Ended::Foreign(example))) if self.wrote => Err(no_longer_ours(&loaded.output(workspace.request()), &example)),
            built => built,
        };
        let refused = match &built {
            Ok((loaded, _)) => loaded.refused.as_ref(),
            Err(error) => Some(error),
        };
        match (self.rounds.weigh(refused), built) {
            (Word::Wait, _) => None,
            (word, Ok((loaded, ended))) => self.told(&loaded, ended, word, took),
            (word, Err(error)) => {
                self.said = Said::default();
                if word == Word::News {
                    self.console.refuse(error, Exit::Disk);
                    self.console.summary(&FAILED);
                }
                None
            }
        }
    }

    /// Says how a build ended, if that is news.
    fn told(&mut self, loaded: &Loaded, ended: Ended, word: Word, took: Duration) -> Option<Exit> {
        self.wrote |= matches!(&ended, Ended::Built(_));
        let wrote = matches!(&ended, Ended::Built(summary) if summary.published.written + summary.published.removed > 0);
        let news = self.said.say(loaded, wrote || word == Word::News, &self.console);
        match ended {
            Ended::Built(summary) if news => {
                super::explain::report(&summary.explained, &self.console);
                self.console.note(sentence(&summary, took));
                self.console.summary(&Report::new(&summary, took));
            }
            Ended::Built(summary) => self.console.detail(sentence(&summary, took)),
            Ended::BadPlace(why) => return Some(self.console.refuse(why, Exit::Usage)),
            Ended::Foreign(example) => return Some(super::build::foreign(&example, &self.console)),
            Ended::ContentErrors | Ended::ConfigErrors | Ended::Checked if news => {
                super::say_denied(&loaded.diagnostics, &self.console);
                self.console
                    .note(format!("nothing was written: `{}` is as it was", loaded.output(self.rounds.workspace.request()).display()));
                self.console.summary(&FAILED);
            }
            Ended::ContentErrors | Ended::ConfigErrors | Ended::Checked | Ended::Stopped => {}
        }
        None
    }
}

fn no_longer_ours(output: &Path, example: &Path) -> Error {
    let why = format!("its list is gone, and it holds files such as `{}`; remove it, or watch with `--force`", example.display());
    Error::new("write the site into", output, std::io::Error::other(why))
}
