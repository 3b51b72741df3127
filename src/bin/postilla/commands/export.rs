//! `postilla export`

use std::io::stdout;
use std::path::Path;
use std::sync::Arc;

use postilla::base::SourcePath;
use postilla::export::Format;
use postilla::project::{ExportPlace, Exported, Loaded, Remembers, Request, Workspace};
use postilla::publish;
use serde_json::json;

use super::{build, counted, request};
use crate::Exit;
use crate::args::{ExportFormat, Exporting, Globals, MessageFormat};
use crate::console::Console;
use crate::interrupt::{self, Brake};
use crate::progress::Bar;

/// Writes what readers see for other programs. An interrupt leaves what stood there as it was.
pub fn run(globals: &Globals, asked: &Exporting, console: &Arc<Console>) -> Exit {
    let request = match request(globals, asked.force, console) {
        // `-o` names no site here.
        Ok(request) => Request { output: None, ..request },
        Err(exit) => return exit,
    };
    let place = place(asked, globals.message_format).and_then(|place| allowed(place, &request));
    let place = match place {
        Ok(place) => place,
        Err(why) => return console.refuse(why, Exit::Usage),
    };
    let formats = match asked.format {
        ExportFormat::One(format) => vec![format],
        ExportFormat::All => Format::ALL.to_vec(),
    };
    let brake: Arc<Brake> = Arc::default();
    let bar = Bar::under(console.shows_progress(), Arc::clone(&brake));
    let workspace = Workspace::new(request, Remembers::Reading);
    let console = Arc::clone(console);
    interrupt::until_interrupted(&brake, Exit::Interrupted, || {}, move || export(workspace, &formats, place, bar, &console))
}

/// Where the export goes; an `Err` says why it cannot go there.
fn place(asked: &Exporting, messages: MessageFormat) -> Result<ExportPlace, String> {
    let several = match asked.format {
        ExportFormat::One(format) => format.is_folder(),
        ExportFormat::All => true,
    };
    let word = match asked.format {
        ExportFormat::One(format) => format.word(),
        ExportFormat::All => "all",
    };
    match asked.output.as_deref().filter(|path| *path != Path::new("-")) {
        Some(path) if several => Ok(ExportPlace::Folder(path.to_owned())),
        Some(path) => Ok(ExportPlace::File(path.to_owned())),
        None if several => Err(format!("`{word}` is several files: name a folder with `-o`")),
        None if matches!(asked.format, ExportFormat::One(format) if !format.is_stream()) => {
            Err(format!("`{word}` cannot be written to standard output: name a file with `-o`"))
        }
        None if messages == MessageFormat::Json => Err("messages and data would mix in standard output: name a file with `-o`".to_owned()),
        None => Ok(ExportPlace::Pipe(Box::new(stdout()))),
    }
}

/// The place, if files may be written there.
fn allowed(place: ExportPlace, request: &Request) -> Result<ExportPlace, String> {
    match &place {
        ExportPlace::Pipe(_) => Ok(()),
        ExportPlace::File(file) => publish::check_file(&request.root, file, request.overwrite),
        ExportPlace::Folder(folder) => publish::check_place(&request.root, folder),
    }
    .map(|()| place)
}

fn export(mut workspace: Workspace, formats: &[Format], place: ExportPlace, bar: Bar, console: &Console) -> Exit {
    let exported = workspace.export(formats, place, &bar);
    let (took, stages) = bar.finish();
    let (loaded, exported) = match exported {
        Ok(exported) => exported,
        // A reader who has gone away, as `head` does, is no error.
        Err(error) if error.is_broken_pipe() => return Exit::Fine,
        Err(error) => return console.refuse(error, Exit::Disk),
    };
    console.findings(&loaded.diagnostics, &|file: &SourcePath| loaded.text(file));
    console.stages(&stages);
    let exit = tell(exported, &loaded, took.as_secs_f64(), console);
    // As after a build.
    std::mem::forget((workspace, loaded));
    exit
}

fn tell(exported: Exported, loaded: &Loaded, seconds: f64, console: &Console) -> Exit {
    match exported {
        Exported::Written(counts, _) => {
            let (articles, facts) = (counted(counts.articles, "article", "articles"), counted(counts.facts, "fact", "facts"));
            console.note(format!("wrote {facts} of {articles}; {seconds:.2} s"));
            console.summary(&json!({ "event": "exported", "articles": counts.articles, "facts": counts.facts, "seconds": seconds }));
            Exit::Fine
        }
        Exported::Errors => {
            debug_assert!(!loaded.diagnostics.is_empty(), "errors are told");
            console.note("nothing was written: what stood there is as it was");
            Exit::Content
        }
        Exported::ConfigErrors => Exit::Usage,
        Exported::Stopped => {
            console.note("interrupted: what stood there is as it was");
            Exit::Interrupted
        }
        Exported::Foreign(example) => build::foreign(&example, console),
    }
}
