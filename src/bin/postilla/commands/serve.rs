//! `postilla serve`

use std::sync::Arc;
use std::thread;

use postilla::base::{Diagnostic, SourcePath};
use postilla::project::{Loaded, Remembers, Workspace};
use postilla::serve::{Port, Server};

use super::request;
use crate::Exit;
use crate::args::{Globals, Serving, Watching};
use crate::console::Console;
use crate::interrupt;
use crate::preview::Preview;
use crate::progress::Bar;
use crate::rounds::Rounds;

/// Where Zola serves too: whoever knows one finds the other.
const PORT: u16 = 1111;

/// Shows the site from memory until the user ends it.
pub fn run(globals: &Globals, serving: &Serving, watching: &Watching, console: &Arc<Console>) -> Exit {
    let request = match request(globals, false, console) {
        Ok(request) => request,
        Err(exit) => return exit,
    };
    let server = match Server::bind(serving.interface, serving.port.map_or(Port::Any(PORT), Port::Exactly)) {
        Ok(server) => server,
        Err(refused) => return console.refuse(refused, Exit::Usage),
    };
    let stopper = server.stopper();
    interrupt::on_interrupt(move || stopper.stop());
    let preview = Arc::new(Preview::new(server.bell()));
    let address = format!("http://{}", server.address());
    if !serving.interface.is_loopback() {
        console.note(format!("anybody who reaches `{}` can read the archive, drafts included if they are shown", serving.interface));
    }
    let rounds = Rounds::begin(globals, watching, Workspace::new(request, Remembers::Texts));
    let serve = Serve { rounds, console: Arc::clone(console), preview: Arc::clone(&preview), said: None, address, open: serving.open };
    // The rounds write nothing, so they may be left where they are when the server ends.
    thread::spawn(move || serve.go());
    match server.run(preview, !serving.no_reload) {
        Ok(()) => Exit::Fine,
        Err(refused) => console.refuse(refused, Exit::Disk),
    }
}

struct Serve {
    rounds: Rounds,
    console: Arc<Console>,
    preview: Arc<Preview>,
    said: Option<Vec<Diagnostic>>,
    address: String,
    open: bool,
}

impl Serve {
    fn go(mut self) {
        loop {
            self.round();
            if !self.rounds.wait(&self.console) {
                return;
            }
        }
    }

    fn round(&mut self) {
        let first = self.said.is_none();
        let bar = Bar::new(first && self.console.shows_progress());
        let read = self.rounds.workspace.load(&bar).map(|mut loaded| (self.rounds.workspace.edition(&mut loaded, &bar), loaded));
        let (took, stages) = bar.finish();
        self.console.stages(&stages);
        let (edition, loaded) = match read {
            Ok(read) => read,
            Err(error) => {
                self.said = Some(Vec::new());
                self.console.refuse(error, Exit::Disk);
                return;
            }
        };
        self.report(&loaded);
        let good = edition.is_some();
        let base = edition.as_ref().map(|edition| edition.site().routes.base().to_owned()).unwrap_or_default();
        self.preview.show(edition, loaded);
        if first {
            let url = format!("{}{base}/", self.address);
            self.console.note(format!("serving at {url} after {:.2} s; Ctrl-C ends it", took.as_secs_f64()));
            self.console.summary(&serde_json::json!({ "event": "serving", "url": url, "seconds": took.as_secs_f64() }));
            self.open(&url);
        } else {
            let what = if good { "shown" } else { "not shown, the last good edition stays" };
            self.console.note(format!("read again: {what}; {:.2} s", took.as_secs_f64()));
        }
    }

    fn open(&self, url: &str) {
        if self.open
            && let Err(refused) = open::that_detached(url)
        {
            self.console.note(format!("no browser could be opened: {refused}"));
        }
    }

    /// Says what was found, if it is not what was said last.
    fn report(&mut self, loaded: &Loaded) {
        if self.said.as_ref() != Some(&loaded.diagnostics) {
            self.console.findings(&loaded.diagnostics, &|file: &SourcePath| loaded.text(file));
            self.said = Some(loaded.diagnostics.clone());
        }
        if let Some(error) = &loaded.refused {
            self.console.refuse(error, Exit::Disk);
        }
    }
}
