//! `postilla check`

use postilla::base::SourcePath;
use postilla::project::{Ended, Remembers, Workspace};

use super::{counted, request};
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
    let mut workspace = Workspace::new(request, Remembers::Reading);
    let checked = workspace.load(&bar).and_then(|mut loaded| {
        let ended = workspace.check(&mut loaded, &bar)?;
        Ok((loaded, ended))
    });
    let _ = bar.finish();
    let (loaded, ended) = match checked {
        Ok(checked) => checked,
        Err(error) => return console.refuse(error, Exit::Disk),
    };
    console.findings(&loaded.diagnostics, &|file: &SourcePath| loaded.text(file));
    if let Some(error) = &loaded.refused {
        return console.refuse(error, Exit::Disk);
    }
    match ended {
        Ended::ConfigErrors => Exit::Usage,
        Ended::ContentErrors => Exit::Content,
        _ => {
            let articles = loaded.archive.as_ref().map_or(0, |archive| archive.articles.len());
            let articles = counted(articles, "article", "articles");
            console.note(format!("checked {articles}: nothing keeps the site from being built"));
            Exit::Fine
        }
    }
}
