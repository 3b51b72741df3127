//! `postilla serve`

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use postilla::project::{Loaded, Remembers, Workspace};
use postilla::serve::{Port, Server};
use postilla::source::Snapshot;

use super::request;
use crate::Exit;
use crate::args::{Globals, Serving, Watching};
use crate::console::Console;
use crate::interrupt;
use crate::preview::Preview;
use crate::progress::Bar;
use crate::rounds::{Rounds, Said, Word};

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
    let preview = Arc::new(Preview::new(server.bell(), Arc::clone(console)));
    let address = format!("http://{}", server.address());
    if !serving.interface.is_loopback() {
        console.note(format!("anybody who reaches `{}` can read the archive, drafts included if they are shown", serving.interface));
    }
    let rounds = Rounds::begin(globals, watching, Workspace::new(request, Remembers::Texts));
    let serve = Serve {
        rounds,
        console: Arc::clone(console),
        preview: Arc::clone(&preview),
        said: Said::default(),
        seen: None,
        address,
        open: serving.open,
    };
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
    said: Said,
    /// The files of the last round.
    seen: Option<Arc<Snapshot>>,
    address: String,
    open: bool,
}

impl Serve {
    fn go(mut self) {
        let bar = Bar::new(self.console.shows_progress());
        let (base, _) = self.round(&bar);
        let (took, stages) = bar.finish();
        self.console.stages(&stages);
        self.welcome(&base, took);
        while self.rounds.wait(&self.console) {
            let bar = Bar::new(false);
            let (_, news) = self.round(&bar);
            let (took, stages) = bar.finish();
            self.console.stages(&stages);
            if let Some(what) = news {
                self.console.note(format!("read again: {what}; {:.2} s", took.as_secs_f64()));
            }
        }
    }

    /// Looks at the archive and shows it. Gives the base of its addresses and, if it may be another than before, what
    /// became of it.
    fn round(&mut self, bar: &Bar) -> (String, Option<&'static str>) {
        let workspace = &mut self.rounds.workspace;
        let read = workspace.load(bar).map(|mut loaded| (workspace.edition(&mut loaded, bar), loaded));
        let refused = match &read {
            Ok((_, loaded)) => loaded.refused.as_ref(),
            Err(error) => Some(error),
        };
        let word = self.rounds.weigh(refused);
        let (edition, loaded) = match read {
            Ok(read) if word != Word::Wait => read,
            Err(error) if word == Word::News => {
                self.console.refuse(error, Exit::Disk);
                return (String::new(), None);
            }
            _ => return (String::new(), None),
        };
        let news = self.report(&loaded, word == Word::News);
        let what = if edition.is_some() { "shown" } else { "not shown, the last good edition stays" };
        let base = edition.as_ref().map(|edition| edition.site().tree.routes.base().to_owned()).unwrap_or_default();
        self.preview.show(edition, loaded);
        (base, news.then_some(what))
    }

    fn welcome(&self, base: &str, took: Duration) {
        let url = format!("{}{base}/", self.address);
        self.console.note(format!("serving at {url} after {:.2} s; Ctrl-C ends it", took.as_secs_f64()));
        self.console.summary(&serde_json::json!({ "event": "serving", "url": url, "seconds": took.as_secs_f64() }));
        if self.open
            && let Err(refused) = open::that_detached(&url)
        {
            self.console.note(format!("no browser could be opened: {refused}"));
        }
    }

    /// Says what was found if it is not what was said last, and what the disk refused if that is `news`. Whether
    /// anything is new, the files included.
    fn report(&mut self, loaded: &Loaded, news: bool) -> bool {
        let said = self.said.say(loaded, news, &self.console);
        let other = self.seen != loaded.snapshot;
        self.seen.clone_from(&loaded.snapshot);
        said || other
    }
}
