//! `postilla explain`, and what `--explain` says

use std::fmt::Write;

use postilla::archive::digest;
use postilla::base::{Code, SourcePath};
use postilla::project::{Because, Explained, Footing, Outline, Remembers, Workspace};
use postilla::report::{explanation, plain};
use postilla::site::PlannedPage;
use serde_json::json;

use super::request;
use crate::Exit;
use crate::args::{Globals, no_rule};
use crate::console::Console;
use crate::progress::Bar;

/// Says what a page is made from, and of an entity's page also where the entity stands; on which words a fact stands; or
/// what a rule means.
pub fn run(globals: &Globals, what: &str, json: bool, console: &Console) -> Exit {
    // No page is called so, and no file but one in a folder.
    if what.contains("::") && !what.contains('/') {
        return rule(what, json, console);
    }
    match what.split_once('#') {
        Some((article, id)) if !article.contains('/') => fact(globals, article, id, json, console),
        _ => page(globals, what, json, console),
    }
}

/// Says on which words a fact stands, and what a check of it is made against.
fn fact(globals: &Globals, article: &str, id: &str, json: bool, console: &Console) -> Exit {
    let request = match request(globals, false, console) {
        Ok(request) => request,
        Err(exit) => return exit,
    };
    let bar = Bar::new(console.shows_progress());
    let read = Workspace::new(request, Remembers::Reading).load(&bar);
    let _ = bar.finish();
    let read = read.and_then(|loaded| loaded.find_article(article).map_or(Ok(None), |article| loaded.standing(article, id)));
    let Footing { words, sentence, text } = match read {
        Ok(Some(footing)) => footing,
        Ok(None) => return console.refuse(format!("there is no fact `{article}#{id}`; `postilla list facts` shows all"), Exit::Usage),
        Err(error) => return console.refuse(error, Exit::Disk),
    };
    let digest = sentence.as_deref().map(digest::of);
    let said = json!({ "fact": format!("{article}#{id}"), "words": words, "sentence": sentence, "against": digest, "text": text });
    let lost = "its words are not in the article: `postilla check` says more";
    let mut people = format!("{article}#{id}\n  words: {}\n", words.as_deref().map_or(lost.into(), plain));
    if let (Some(sentence), Some(digest)) = (&sentence, &digest) {
        let _ = write!(people, "  sentence: {}\n  a check of the sentence: against = \"{digest}\"\n", plain(sentence));
        let _ = writeln!(people, "  a check of the whole text: against = \"{text}\"");
    }
    console.data(&if json { format!("{said}\n") } else { people });
    Exit::Fine
}

fn rule(id: &str, json: bool, console: &Console) -> Exit {
    let found = Code::ALL.iter().find(|code| code.as_str() == id);
    let Some((code, text)) = found.and_then(|code| Some((code, explanation(*code)?))) else {
        return console.refuse(no_rule(id), Exit::Usage);
    };
    let said = json!({ "code": code.as_str(), "about": code.about(), "text": text });
    console.data(&if json { format!("{said}\n") } else { text.to_owned() });
    Exit::Fine
}

fn page(globals: &Globals, page: &str, json: bool, console: &Console) -> Exit {
    let request = match request(globals, false, console) {
        Ok(request) => request,
        Err(exit) => return exit,
    };
    let bar = Bar::new(console.shows_progress());
    let mut workspace = Workspace::new(request, Remembers::Reading);
    let read = workspace.load(&bar).map(|mut loaded| (workspace.edition(&mut loaded, &bar), loaded));
    let _ = bar.finish();
    let (edition, loaded) = match read {
        Ok(read) => read,
        Err(error) => return console.refuse(error, Exit::Disk),
    };
    // With errors there is no edition, and still a page that can be explained.
    let broken = edition.is_none();
    if broken {
        console.findings(&loaded.diagnostics, &|file: &SourcePath| loaded.text(file));
    }
    let exit = match (broken, loaded.config_failed()) {
        (true, true) => return Exit::Usage,
        (true, false) => Exit::Content,
        (false, _) => Exit::Fine,
    };
    let drafted = if broken { loaded.outline() } else { None };
    let Some(outline) = edition.as_deref().or(drafted.as_ref()) else { return exit };
    let Some(found) = outline.find(page) else {
        let (help, exit) = if broken {
            (", as far as the archive could be read", exit)
        } else {
            (": give its address, its file, or the id or slug of what it shows", Exit::Usage)
        };
        return console.refuse(format!("no page is called `{page}`{help}"), exit);
    };
    console.data(&if json { for_programs(outline, found) } else { for_people(outline, found) });
    exit
}

fn for_people(outline: &Outline, page: &PlannedPage) -> String {
    let mut text = format!("{}\n", page.output);
    if let Some(template) = outline.template(page) {
        let _ = writeln!(text, "template: {template}");
    }
    text.push_str("made from:\n");
    for (file, takes) in outline.made_from(page) {
        let takes: Vec<&str> = takes.into_iter().collect();
        let _ = writeln!(text, "  {file}: {}", takes.join(", "));
    }
    if let Some(users) = outline.users(page) {
        text.push_str("shown on:\n");
        for user in users {
            let _ = writeln!(text, "  {user}");
        }
    }
    text
}

fn for_programs(outline: &Outline, page: &PlannedPage) -> String {
    let from = outline.made_from(page);
    let files = from.iter().map(|(file, takes)| json!({ "file": file.as_str(), "takes": takes }));
    let users = outline.users(page).map(|users| users.iter().map(ToString::to_string).collect::<Vec<_>>());
    let said = json!({
        "page": page.output.as_str(),
        "template": outline.template(page),
        "made_from": files.collect::<Vec<_>>(),
        "shown_on": users,
    });
    format!("{said}\n")
}

/// Says why each page was rendered.
pub fn report(explained: &[Explained], console: &Console) {
    for Explained { output, because } in explained {
        let (why, files) = match because {
            Because::New => ("new", [].as_slice()),
            Because::Changed(files) => ("changed", files.as_slice()),
            Because::Elsewhere(files) => ("elsewhere", files.as_slice()),
        };
        console.note(format!("{output}: {}", sentence(because)));
        let files: Vec<&str> = files.iter().map(SourcePath::as_str).collect();
        console.summary(&json!({ "event": "rendered", "page": output.as_str(), "because": why, "files": files }));
    }
}

/// Files that are named before it is enough.
const NAMED: usize = 3;

fn sentence(because: &Because) -> String {
    match because {
        Because::New => "not rendered before in this run".to_owned(),
        Because::Changed(files) => format!("{} changed", listed(files)),
        Because::Elsewhere(files) if files.is_empty() => "what it shows depends on the date".to_owned(),
        Because::Elsewhere(files) => format!("it showed something of {}", listed(files)),
    }
}

fn listed(files: &[SourcePath]) -> String {
    let named: Vec<&str> = files.iter().take(NAMED).map(SourcePath::as_str).collect();
    match files.len().saturating_sub(NAMED) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}
