//! `postilla build`

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use postilla::base::SourcePath;
use postilla::project::{Ended, Loaded, Remembers, Summary, Workspace};
use serde::Serialize;

use super::{counted, request};
use crate::Exit;
use crate::args::{Building, Globals};
use crate::console::Console;
use crate::interrupt::{self, Brake};
use crate::progress::Bar;
use crate::timings::{self, TimingsFormat};

/// Builds the site. An interrupt leaves the output as it was.
pub fn run(globals: &Globals, building: &Building, timings: Option<TimingsFormat>, console: &Arc<Console>) -> Exit {
    let request = match request(globals, building.force, console) {
        Ok(request) => request,
        Err(exit) => return exit,
    };
    let brake: Arc<Brake> = Arc::default();
    let bar = Bar::under(console.shows_progress(), Arc::clone(&brake));
    let workspace =
        Workspace::new(request, Remembers::Reading).explaining(building.explain).denying_warnings(building.strictness.deny.is_some());
    let console = Arc::clone(console);
    interrupt::until_interrupted(&brake, Exit::Interrupted, || {}, move || build(workspace, bar, timings, &console))
}

fn build(mut workspace: Workspace, bar: Bar, timings: Option<TimingsFormat>, console: &Console) -> Exit {
    let built = workspace.load(&bar).and_then(|mut loaded| {
        let ended = workspace.build(&mut loaded, &bar)?;
        Ok((loaded, ended))
    });
    let (took, stages) = bar.finish();
    let (loaded, ended) = match built {
        Ok(built) => built,
        Err(error) => return console.refuse(error, Exit::Disk),
    };
    if timings.is_none() {
        console.stages(&stages);
    }
    let exit = tell(&workspace, &loaded, ended, took, console);
    match timings {
        None => {}
        Some(TimingsFormat::Table) => console.note(timings::table(&stages, took)),
        Some(TimingsFormat::Json) => console.data(&format!("{}\n", timings::json(&stages, took))),
        Some(TimingsFormat::Trace) => console.data(&format!("{}\n", timings::trace(&stages))),
    }
    // The process ends: to give back a million small things one by one takes longer than a small build.
    std::mem::forget((workspace, loaded));
    exit
}

fn tell(workspace: &Workspace, loaded: &Loaded, ended: Ended, took: Duration, console: &Console) -> Exit {
    console.findings(&loaded.diagnostics, &|file: &SourcePath| loaded.text(file));
    if let Some(error) = &loaded.refused {
        return console.refuse(error, Exit::Disk);
    }
    match ended {
        Ended::Built(summary) => {
            super::explain::report(&summary.explained, console);
            console.note(sentence(&summary, took));
            console.summary(&Report::new(&summary, took));
            Exit::Fine
        }
        Ended::Checked => Exit::Fine,
        Ended::Stopped => {
            console.note(format!("interrupted: `{}` is as it was", loaded.output(workspace.request()).display()));
            Exit::Interrupted
        }
        Ended::ContentErrors => {
            super::say_denied(&loaded.diagnostics, console);
            console.note(format!("nothing was written: `{}` is as it was", loaded.output(workspace.request()).display()));
            Exit::Content
        }
        Ended::ConfigErrors => Exit::Usage,
        Ended::BadPlace(why) => console.refuse(why, Exit::Usage),
        Ended::Foreign(example) => foreign(&example, console),
    }
}

pub(super) fn foreign(example: &Path, console: &Console) -> Exit {
    let what = format!(
        "the output folder holds files that Postilla did not write, such as `{}`; use another folder, or `--force`",
        example.display()
    );
    console.refuse(what, Exit::Usage)
}

pub(super) fn sentence(summary: &Summary, took: Duration) -> String {
    let published = summary.published;
    format!(
        "read {}, {} and {}; rendered {}: wrote {}, left {} as they were, removed {}; {:.2} s",
        counted(summary.articles, "article", "articles"),
        counted(summary.facts, "fact", "facts"),
        counted(summary.entities, "entity", "entities"),
        counted(summary.rendered, "page", "pages"),
        published.written,
        published.unchanged,
        published.removed,
        took.as_secs_f64()
    )
}

/// What a build did, for programs.
#[derive(Serialize)]
pub(super) struct Report {
    event: &'static str,
    articles: usize,
    facts: usize,
    entities: usize,
    rendered: usize,
    written: usize,
    unchanged: usize,
    removed: usize,
    bytes_written: u64,
    seconds: f64,
}

impl Report {
    pub(super) fn new(summary: &Summary, took: Duration) -> Self {
        let published = summary.published;
        Self {
            event: "built",
            articles: summary.articles,
            facts: summary.facts,
            entities: summary.entities,
            rendered: summary.rendered,
            written: published.written,
            unchanged: published.unchanged,
            removed: published.removed,
            bytes_written: published.bytes_written,
            seconds: took.as_secs_f64(),
        }
    }
}
