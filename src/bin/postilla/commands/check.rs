//! `postilla check`

use postilla::base::diagnostic::any_error;
use postilla::base::{Diagnostic, SourcePath};
use postilla::project::{Ended, Loaded, Remembers, Workspace};
use postilla::report::{Tally, tally};
use serde::Serialize;

use super::{counted, request, say_denied};
use crate::Exit;
use crate::args::{Denied, Globals, Rules};
use crate::console::{Closing, Console};
use crate::progress::Bar;

/// Looks for everything that is wrong, and writes nothing. With `rules`, only what they found is shown and counted.
pub fn run(globals: &Globals, denied: Option<Denied>, rules: &[Rules], console: &Console) -> Exit {
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
    let shown = chosen(&loaded, rules);
    console.findings_closed(&shown, &|file: &SourcePath| loaded.text(file), Closing::ByRule);
    if let Some(error) = &loaded.refused {
        return console.refuse(error, Exit::Disk);
    }
    let exit = match ended {
        Ended::ConfigErrors => Exit::Usage,
        _ if any_error(&shown) || (denied.is_some() && !shown.is_empty()) => Exit::Content,
        _ => Exit::Fine,
    };
    close(&loaded, &shown, exit, console);
    exit
}

/// What `rules` found. What is wrong with the configuration comes in any case: with it, nothing else is looked for.
fn chosen(loaded: &Loaded, rules: &[Rules]) -> Vec<Diagnostic> {
    let all = rules.is_empty();
    let of_config = |found: &Diagnostic| loaded.config_failed() && found.place.file == loaded.config_file.1;
    let meant = |found: &&Diagnostic| all || of_config(found) || rules.iter().any(|rules| rules.0.contains(&found.code));
    loaded.diagnostics.iter().filter(meant).cloned().collect()
}

fn close(loaded: &Loaded, shown: &[Diagnostic], exit: Exit, console: &Console) {
    let articles = loaded.archive.as_ref().map_or(0, |archive| archive.articles.len());
    let others = loaded.diagnostics.len() - shown.len();
    if others > 0 {
        console.note(format!("{} of other rules not shown", counted(others, "finding", "findings")));
    }
    match exit {
        Exit::Content => say_denied(shown, console),
        Exit::Fine => {
            let what =
                if any_error(&loaded.diagnostics) { "no errors by the chosen rules" } else { "nothing keeps the site from being built" };
            console.note(format!("checked {}: {what}", counted(articles, "article", "articles")));
        }
        Exit::Usage | Exit::Disk => {}
    }
    let errors = shown.iter().filter(|found| found.is_error()).count();
    console.summary(&Checked { event: "checked", articles, errors, warnings: shown.len() - errors, rules: tally(shown) });
}

/// What a check found, for programs.
#[derive(Serialize)]
struct Checked {
    event: &'static str,
    articles: usize,
    errors: usize,
    warnings: usize,
    rules: Vec<Tally>,
}
