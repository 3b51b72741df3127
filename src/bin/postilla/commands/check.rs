//! `postilla check`

use postilla::base::SourcePath;
use postilla::project::{self, Ended};

use super::request;
use crate::Exit;
use crate::args::Globals;
use crate::console::Console;
use crate::progress::Bar;

/// Looks for everything that is wrong, and writes nothing.
pub fn run(globals: &Globals, console: &Console) -> Exit {
    let request = match request(globals, false, console) {
        Ok(request) => request,
        Err(exit) => return exit,
    };
    let bar = Bar::new(console.shows_progress());
    let loaded = project::load(&request, &bar);
    let _ = bar.finish();
    let mut loaded = match loaded {
        Ok(loaded) => loaded,
        Err(error) => return console.refuse(error, Exit::Disk),
    };
    let ended = project::check(&mut loaded);
    console.findings(&loaded.diagnostics, &|file: &SourcePath| loaded.text(file));
    match ended {
        Ended::ConfigErrors => Exit::Usage,
        Ended::ContentErrors => Exit::Content,
        _ => {
            let articles = loaded.archive.as_ref().map_or(0, |archive| archive.articles.len());
            console.note(format!("checked {articles} articles: nothing keeps the site from being built"));
            Exit::Fine
        }
    }
}
