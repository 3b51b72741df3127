//! `postilla watch`, and `postilla build --watch`

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;

use postilla::base::{Diagnostic, SourcePath};
use postilla::project::{Ended, Loaded, Remembers, Workspace};

use super::build::{Report, sentence};
use super::request;
use crate::Exit;
use crate::args::{Building, Globals, Watching};
use crate::console::Console;
use crate::interrupt;
use crate::progress::Bar;
use crate::rounds::Rounds;

/// Builds the site, and builds it again whenever something has changed, until the user ends it.
pub fn run(globals: &Globals, building: &Building, watching: &Watching, console: &Arc<Console>) -> Exit {
    let request = match request(globals, building.force, console) {
        Ok(request) => request,
        Err(exit) => return exit,
    };
    let rounds = Rounds::begin(globals, watching, Workspace::new(request, Remembers::Output).explaining(building.explain));
    let stopper = rounds.stopper();
    let (over, ended) = mpsc::channel();
    let publishing: Arc<AtomicBool> = Arc::default();
    let (interrupted, busy) = (over.clone(), Arc::clone(&publishing));
    interrupt::on_interrupt(move || {
        stopper.stop();
        // What waits in the staging folder is nobody's yet; what is being put in place is waited for.
        if !busy.load(Ordering::SeqCst) {
            let _ = interrupted.send(Exit::Fine);
        }
    });
    let watch = Watch { rounds, console: Arc::clone(console), publishing, said: Vec::new() };
    thread::spawn(move || over.send(watch.go()));
    ended.recv().unwrap_or(Exit::Fine)
}

struct Watch {
    rounds: Rounds,
    console: Arc<Console>,
    publishing: Arc<AtomicBool>,
    said: Vec<Diagnostic>,
}

impl Watch {
    fn go(mut self) -> Exit {
        loop {
            if let Some(exit) = self.round() {
                return exit;
            }
            if !self.rounds.wait(&self.console) {
                return Exit::Fine;
            }
        }
    }

    /// One build. What no edit of the content can mend ends it all.
    fn round(&mut self) -> Option<Exit> {
        let bar = Bar::telling(self.console.shows_progress(), Arc::clone(&self.publishing));
        let workspace = &mut self.rounds.workspace;
        let built = workspace.load(&bar).and_then(|mut loaded| {
            let ended = workspace.build(&mut loaded, &bar)?;
            Ok((loaded, ended))
        });
        let (took, stages) = bar.finish();
        self.console.stages(&stages);
        let (loaded, ended) = match built {
            Ok(built) => built,
            Err(error) => {
                self.said = Vec::new();
                self.console.refuse(error, Exit::Disk);
                return None;
            }
        };
        let news = self.report(&loaded);
        match ended {
            Ended::Built(summary) => {
                let published = summary.published;
                super::explain::report(&summary.explained, &self.console);
                if news || published.written + published.removed > 0 {
                    self.console.note(sentence(&summary, took));
                    self.console.summary(&Report::new(&summary, took));
                }
            }
            Ended::BadPlace(why) => return Some(self.console.refuse(why, Exit::Usage)),
            Ended::Foreign(example) => return Some(super::build::foreign(&example, &self.console)),
            Ended::ContentErrors | Ended::ConfigErrors | Ended::Checked if news => {
                self.console
                    .note(format!("nothing was written: `{}` is as it was", loaded.output(self.rounds.workspace.request()).display()));
            }
            _ => {}
        }
        None
    }

    /// Says what was found, if it is not what was said last. Whether it was.
    fn report(&mut self, loaded: &Loaded) -> bool {
        let news = loaded.diagnostics != self.said;
        if news {
            self.console.findings(&loaded.diagnostics, &|file: &SourcePath| loaded.text(file));
            self.said.clone_from(&loaded.diagnostics);
        }
        if let Some(error) = &loaded.refused {
            self.console.refuse(error, Exit::Disk);
        }
        news
    }
}
