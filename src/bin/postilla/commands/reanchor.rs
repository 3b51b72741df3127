//! `postilla reanchor`

use std::collections::BTreeSet;
use std::fmt::Write;

use postilla::base::word::did_you_mean;
use postilla::base::word_diff::word_diff;
use postilla::base::{Place, SourcePath};
use postilla::project::{Became, Loaded, Remembers, Shift, Workspace};
use postilla::report::{plain, position, wording};
use postilla::source::Saved;
use serde_json::{Value, json};

use super::{counted, request};
use crate::Exit;
use crate::args::{Globals, Reanchoring};
use crate::console::Console;
use crate::progress::Bar;

/// Lists the quotes that do not stand as they were given, and takes anew those that are accepted.
pub fn run(globals: &Globals, asked: &Reanchoring, console: &Console) -> Exit {
    let request = match request(globals, false, console) {
        Ok(request) => request,
        Err(exit) => return exit,
    };
    let bar = Bar::new(console.shows_progress());
    let read = Workspace::new(request, Remembers::Reading).load(&bar).and_then(|loaded| Ok((loaded.shifts()?, loaded)));
    let _ = bar.finish();
    let (shifts, loaded) = match read {
        Ok(read) => read,
        Err(error) => return console.refuse(error, Exit::Disk),
    };
    if let Some(error) = &loaded.refused {
        return console.refuse(error, Exit::Disk);
    }
    if loaded.archive.is_none() {
        console.findings(&loaded.diagnostics, &|file: &SourcePath| loaded.text(file));
        return Exit::Usage;
    }
    let chosen = of_articles(&loaded, &shifts, &asked.articles).and_then(|shifts| {
        let accepted = accepted(&shifts, asked)?;
        Ok((shifts, accepted))
    });
    match chosen {
        Ok((shifts, accepted)) => end(&loaded, asked, &shifts, &accepted, console),
        Err(why) => console.refuse(why, Exit::Usage),
    }
}

/// Writes the quotes that are accepted, and shows all. What could not be written is not shown as taken.
fn end(loaded: &Loaded, asked: &Reanchoring, shifts: &[&Shift], accepted: &[&Shift], console: &Console) -> Exit {
    let rewritten = match loaded.rewritten(accepted) {
        Ok(rewritten) => rewritten,
        Err(why) => return console.refuse(why, Exit::Content),
    };
    let mut written: BTreeSet<&SourcePath> = BTreeSet::new();
    let mut refused = None;
    for file in &rewritten {
        let saved = if asked.dry_run { Ok(Saved::Replaced) } else { loaded.save(file) };
        match saved {
            Ok(Saved::Replaced) => _ = written.insert(&file.file),
            Ok(Saved::ChangedMeanwhile) => {
                refused.get_or_insert_with(|| format!("`{}` has changed meanwhile and was left alone; try again", file.file));
            }
            Err(error) => _ = refused.get_or_insert_with(|| error.to_string()),
        }
    }
    let taken: Vec<_> = accepted.iter().filter(|shift| written.contains(&shift.quoted_at.file)).collect();
    for shift in shifts {
        let taken = taken.iter().any(|accepted| std::ptr::eq(**accepted, *shift));
        console.data(&if asked.json { for_programs(loaded, shift, taken) } else { for_people(loaded, shift, taken, console) });
    }
    console.note(summary(shifts.len(), taken.len(), written.len(), asked.dry_run));
    refused.map_or(Exit::Fine, |why| console.refuse(why, Exit::Disk))
}

fn summary(shifts: usize, accepted: usize, files: usize, dry_run: bool) -> String {
    let moved = match shifts {
        0 => return "every quote stands as it was given".to_owned(),
        1 => "one quote does not stand as it was given".to_owned(),
        many => format!("{many} quotes do not stand as they were given"),
    };
    let quotes = counted(accepted, "quote", "quotes");
    let files = counted(files, "sidecar", "sidecars");
    match (accepted, dry_run) {
        (0, _) => moved,
        (_, true) => format!("{moved}; {quotes} in {files} would be taken anew"),
        (_, false) => format!("{moved}; {quotes} in {files} taken anew: check these facts again"),
    }
}

fn of_articles<'s>(loaded: &Loaded, shifts: &'s [Shift], words: &[String]) -> Result<Vec<&'s Shift>, String> {
    if words.is_empty() {
        return Ok(shifts.iter().collect());
    }
    let slugs = loaded.archive.iter().flat_map(|archive| &archive.articles).map(|article| &*article.slug);
    let unknown = |word: &String| {
        let help = did_you_mean(word, slugs.clone()).map(|help| format!("; {help}")).unwrap_or_default();
        format!("there is no article `{word}`: give its slug, its file or its sidecar{help}")
    };
    let wanted = words.iter().map(|word| loaded.find_article(word).map(|article| &*article.slug).ok_or_else(|| unknown(word)));
    let wanted: BTreeSet<&str> = wanted.collect::<Result<_, _>>()?;
    Ok(shifts.iter().filter(|shift| wanted.contains(&*shift.article)).collect())
}

/// The quotes that are taken anew; what is named must be one that can be.
fn accepted<'s>(shifts: &[&'s Shift], asked: &Reanchoring) -> Result<Vec<&'s Shift>, String> {
    if asked.accept_drifted {
        return Ok(shifts.iter().copied().filter(|shift| shift.became == Became::Drifted && shift.can_be_accepted()).collect());
    }
    let mut accepted: Vec<&Shift> = Vec::new();
    for word in &asked.accept {
        let shift = named(shifts, word)?;
        if !shift.can_be_accepted() {
            let why = "its words are nowhere to be found, or could be meant in more than one place";
            return Err(format!("the quote of `{word}` cannot be taken anew: {why}; mend its anchor by hand, or take the fact out"));
        }
        if !accepted.iter().any(|known| std::ptr::eq(*known, shift)) {
            accepted.push(shift);
        }
    }
    Ok(accepted)
}

/// The quote of the fact that `word` means: `id`, or `article#id`.
fn named<'s>(shifts: &[&'s Shift], word: &str) -> Result<&'s Shift, String> {
    let is_meant = |shift: &&&Shift| match word.split_once('#') {
        Some((article, fact)) => *shift.article == *article && *shift.fact == *fact,
        None => *shift.fact == *word,
    };
    let meant: Vec<&&Shift> = shifts.iter().filter(is_meant).collect();
    match meant.as_slice() {
        [shift] => Ok(**shift),
        [] => Err(format!("no quote of a fact `{word}` has moved")),
        [first, ..] => Err(format!("more than one article has a fact `{word}`: write `{}#{word}`", first.article)),
    }
}

fn for_people(loaded: &Loaded, shift: &Shift, taken: bool, console: &Console) -> String {
    let (became, differences) = became(shift);
    let likeness = shift.likeness.map(|(quote, context)| {
        let context = context.map(|context| format!(", context {context:.2}")).unwrap_or_default();
        format!(" (quote {quote:.2}{context})")
    });
    let mut text = format!("{}#{}: {became}{}", shift.article, shift.fact, likeness.unwrap_or_default());
    text.push_str(if taken { ", taken anew\n" } else { "\n" });
    for place in std::iter::once(&shift.quoted_at).chain(&shift.now_at) {
        let at = position(place, &|file: &SourcePath| loaded.text(file)).map(|(line, column)| format!(":{line}:{column}"));
        let _ = writeln!(text, "  {}{}", plain(place.file.as_str()), at.unwrap_or_default());
    }
    for difference in differences {
        let _ = writeln!(text, "  {}", plain(&difference));
    }
    let words = match (&shift.now, &shift.became) {
        (Some(now), Became::Drifted | Became::Changed(_)) => wording(&word_diff(&shift.was, now), console.colours_data()),
        (Some(now), Became::Lost) => format!("{}\n  the nearest words: {}", plain(&shift.was), plain(now)),
        (None, _) => plain(&shift.was).into_owned(),
    };
    let _ = writeln!(text, "  {words}\n");
    text
}

fn became(shift: &Shift) -> (&'static str, Vec<String>) {
    match &shift.became {
        Became::Drifted => ("drifted", Vec::new()),
        Became::Changed(differences) => ("changed", differences.iter().map(ToString::to_string).collect()),
        Became::Lost => ("lost", Vec::new()),
    }
}

fn for_programs(loaded: &Loaded, shift: &Shift, taken: bool) -> String {
    let (became, differences) = became(shift);
    let place = |place: &Place| -> Value {
        let at = position(place, &|file: &SourcePath| loaded.text(file));
        json!({ "file": place.file.as_str(), "line": at.map(|at| at.0), "column": at.map(|at| at.1) })
    };
    let said = json!({
        "article": shift.article,
        "fact": shift.fact,
        "became": became,
        "differences": differences,
        "quote": shift.likeness.map(|(quote, _)| quote),
        "context": shift.likeness.and_then(|(_, context)| context),
        "quoted_at": place(&shift.quoted_at),
        "now_at": shift.now_at.as_ref().map(place),
        "was": shift.was,
        "now": shift.now,
        "accepted": taken,
    });
    format!("{said}\n")
}
