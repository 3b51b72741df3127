//! `postilla check`

use postilla::base::diagnostic::any_error;
use postilla::base::{Diagnostic, Error, SourcePath};
use postilla::network::Reach;
use postilla::project::{Ended, Links, Loaded, Remembers, Workspace};
use postilla::report::{Tally, tally};
use serde::Serialize;

use super::{counted, request, say_denied};
use crate::Exit;
use crate::args::{Asking, Denied, Globals, Rules};
use crate::console::{Closing, Console};
use crate::progress::Bar;

/// Looks for everything that is wrong, and writes nothing. With `rules`, only what they found is shown and counted.
pub fn run(globals: &Globals, denied: Option<Denied>, rules: &[Rules], asking: &Asking, console: &Console) -> Exit {
    let request = match request(globals, false, console) {
        Ok(request) => request,
        Err(exit) => return exit,
    };
    let bar = Bar::new(console.shows_progress());
    let mut workspace = Workspace::new(request, Remembers::Reading);
    let checked = workspace.load(&bar).and_then(|mut loaded| {
        let ended = workspace.check(&mut loaded, &bar)?;
        let links = ask(&workspace, &mut loaded, asking, &bar)?;
        Ok((loaded, ended, links))
    });
    let _ = bar.finish();
    let (loaded, ended, links) = match checked {
        Ok(checked) => checked,
        Err(error) => return console.refuse(error, Exit::Disk),
    };
    let shown = chosen(&loaded, rules);
    console.findings_closed(&shown, &|file: &SourcePath| loaded.text(file), Closing::ByRule);
    let refused = loaded.refused.as_ref().or_else(|| links.as_ref()?.refused.as_ref());
    if let Some(error) = refused {
        return console.refuse(error, Exit::Disk);
    }
    match &links {
        Some(links) => say_links(links, console),
        None if asking.external_links => console.note("no address was asked: the archive has turned `evidence::dead_link` off"),
        None => {}
    }
    let exit = match ended {
        Ended::ConfigErrors => Exit::Usage,
        _ if any_error(&shown) || (denied.is_some() && !shown.is_empty()) => Exit::Content,
        _ => Exit::Fine,
    };
    close(&loaded, &shown, links.as_ref(), exit, console);
    exit
}

/// Asks after the web pages of others, if that is wanted.
fn ask(workspace: &Workspace, loaded: &mut Loaded, asking: &Asking, bar: &Bar) -> Result<Option<Links>, Error> {
    let reach = if asking.allow_private { Reach::Private } else { Reach::Public };
    // What could not be read to its end would be forgotten.
    let wanted = asking.external_links && loaded.refused.is_none();
    if wanted { workspace.check_links(loaded, reach, bar) } else { Ok(None) }
}

/// What people should know of the web pages of others besides what is dead.
fn say_links(links: &Links, console: &Console) {
    if let Some(why) = &links.forgot {
        console.note(format!("what earlier runs knew of links is lost: {why}"));
    }
    let addresses = |count: usize| counted(count, "address", "addresses");
    console.note(format!("{} of other sites, {} asked", addresses(links.named), links.asked));
    if links.unconnected {
        console.note("no server answered at all: is this machine connected? nothing is concluded from that");
    }
    let groups = [
        (&links.failed, "failed, and will be dead when a run an hour later or more fails too"),
        (&links.unsure, "cannot be told"),
        (&links.not_asked, "not asked"),
    ];
    for (group, how) in groups {
        if !group.is_empty() {
            console.note(format!("{} {how}", addresses(group.len())));
        }
        for (address, why) in group {
            console.detail(format!("  {address}: {why}"));
        }
    }
}

/// What `rules` found. What is wrong with the configuration comes in any case: with it, nothing else is looked for.
fn chosen(loaded: &Loaded, rules: &[Rules]) -> Vec<Diagnostic> {
    let all = rules.is_empty();
    let of_config = |found: &Diagnostic| loaded.config_failed() && found.place.file == loaded.config_file.1;
    let meant = |found: &&Diagnostic| all || of_config(found) || rules.iter().any(|rules| rules.0.contains(&found.code));
    loaded.diagnostics.iter().filter(meant).cloned().collect()
}

fn close(loaded: &Loaded, shown: &[Diagnostic], links: Option<&Links>, exit: Exit, console: &Console) {
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
        Exit::Usage | Exit::Disk | Exit::Interrupted => {}
    }
    let errors = shown.iter().filter(|found| found.is_error()).count();
    console.summary(&Checked {
        event: "checked",
        articles,
        errors,
        warnings: shown.len() - errors,
        rules: tally(shown),
        links: links.map(LinksSaid::new),
    });
}

/// What a check found, for programs.
#[derive(Serialize)]
struct Checked {
    event: &'static str,
    articles: usize,
    errors: usize,
    warnings: usize,
    rules: Vec<Tally>,
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<LinksSaid>,
}

/// What became of the web pages of others, for programs.
#[derive(Serialize)]
struct LinksSaid {
    addresses: usize,
    asked: usize,
    dead: usize,
    failed: usize,
    unsure: usize,
    not_asked: usize,
    connected: bool,
}

impl LinksSaid {
    fn new(links: &Links) -> Self {
        Self {
            addresses: links.named,
            asked: links.asked,
            dead: links.dead,
            failed: links.failed.len(),
            unsure: links.unsure.len(),
            not_asked: links.not_asked.len(),
            connected: !links.unconnected,
        }
    }
}
