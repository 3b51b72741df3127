//! `postilla import`

use std::fmt::Write;

use postilla::base::diagnostic::any_error;
use postilla::base::{Outcome, SourcePath};
use postilla::import::Foreign;
use postilla::import::plan::Plan;
use postilla::project::{Loaded, Remembers, Workspace, foreign};
use serde_json::json;

use super::{counted, request};
use crate::Exit;
use crate::args::Globals;
use crate::args::Importing;
use crate::console::Console;
use crate::progress::Bar;

/// Reads texts of others, and writes what an editor would have written of them by hand.
pub fn run(globals: &Globals, asked: &Importing, console: &Console) -> Exit {
    let request = match request(globals, false, console) {
        Ok(request) => request,
        Err(exit) => return exit,
    };
    let (mut texts, mut found) = (Vec::new(), Vec::new());
    for source in &asked.sources {
        match foreign(source, asked.kind.into()) {
            Ok(read) => texts.extend(read.settle(&mut found)),
            Err(error) => return console.refuse(error, Exit::Disk),
        }
    }
    let bar = Bar::new(console.shows_progress());
    let loaded = Workspace::new(request, Remembers::Reading).load(&bar);
    let _ = bar.finish();
    let loaded = match loaded {
        Ok(Loaded { refused: Some(error), .. }) | Err(error) => return console.refuse(error, Exit::Disk),
        Ok(loaded) => loaded,
    };
    if loaded.archive.is_none() {
        console.findings(&loaded.diagnostics, &|file: &SourcePath| loaded.text(file));
        return Exit::Usage;
    }
    // A file that could not be read keeps the others from being written too.
    let planned = if any_error(&found) { Ok(Outcome::clean(Plan::default())) } else { loaded.import(asked.kind.into(), &texts) };
    let plan = match planned {
        Ok(planned) => planned.settle(&mut found),
        Err(error) => return console.refuse(error, Exit::Disk),
    };
    console.findings(&found, &|file: &SourcePath| text(&texts, &loaded, file));
    if any_error(&found) {
        console.note("nothing was written");
        return Exit::Content;
    }
    end(&loaded, &plan, asked.dry_run, console)
}

/// The text of a file that messages name: one to import, or one of the archive.
fn text(texts: &[Foreign], loaded: &Loaded, file: &SourcePath) -> Option<String> {
    let foreign = texts.iter().find(|foreign| foreign.file == *file);
    foreign.map(|foreign| foreign.text.clone()).or_else(|| loaded.text(file))
}

fn end(loaded: &Loaded, plan: &Plan, dry_run: bool, console: &Console) -> Exit {
    if dry_run {
        console.data(&if console.is_for_programs() { for_programs(plan, true) } else { shown(plan) });
        console.note(summary(plan, true));
        return Exit::Fine;
    }
    match loaded.carry_out(plan) {
        Ok(None) => {}
        Ok(Some(file)) => return console.refuse(format!("`{file}` has changed meanwhile; nothing was written, try again"), Exit::Disk),
        Err(error) => return console.refuse(error, Exit::Disk),
    }
    if console.is_for_programs() {
        console.data(&for_programs(plan, false));
    }
    for file in plan.new.iter().map(|new| &new.file).chain(plan.grown.iter().map(|grown| &grown.file)) {
        console.note(file);
    }
    console.note(summary(plan, false));
    Exit::Fine
}

/// Every file with what it is to hold, or with what is added to it.
fn shown(plan: &Plan) -> String {
    let mut text = String::new();
    for new in &plan.new {
        let _ = writeln!(text, "==> {} (new)\n{}", new.file, new.text);
    }
    for grown in &plan.grown {
        let _ = writeln!(text, "==> {} (added at its end)\n{}", grown.file, &grown.text[grown.from..]);
    }
    text
}

fn for_programs(plan: &Plan, dry_run: bool) -> String {
    let new = plan.new.iter().map(|new| json!({ "file": new.file.as_str(), "new": true, "text": new.text, "written": !dry_run }));
    let grown = plan
        .grown
        .iter()
        .map(|grown| json!({ "file": grown.file.as_str(), "new": false, "text": grown.text[grown.from..], "written": !dry_run }));
    let lines: Vec<String> = new.chain(grown).map(|line| format!("{line}\n")).collect();
    lines.concat()
}

fn summary(plan: &Plan, dry_run: bool) -> String {
    let new = counted(plan.new.len(), "new file", "new files");
    let grown = counted(plan.grown.len(), "file added to", "files added to");
    let what = match (plan.new.len(), plan.grown.len()) {
        (0, 0) => return "there is nothing to write".to_owned(),
        (_, 0) => new,
        (0, _) => grown,
        (_, _) => format!("{new}, {grown}"),
    };
    format!("{}{what}", if dry_run { "to be written: " } else { "" })
}
