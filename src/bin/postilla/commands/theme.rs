//! `postilla theme`

use postilla::base::word::did_you_mean;
use postilla::publish::write_new;
use postilla::render::theme::EmbeddedFile;

use crate::Exit;
use crate::args::{Ejected, Globals};
use crate::console::Console;

/// Copies files of the theme into the archive, lists them, or prints them. All are looked at before one is written.
pub fn eject(globals: &Globals, asked: &Ejected, console: &Console) -> Exit {
    let all = EmbeddedFile::all();
    if asked.files.is_empty() {
        list(&all, console);
        return Exit::Fine;
    }
    let mut chosen = Vec::new();
    for name in &asked.files {
        let bare = name.trim_start_matches("./").trim_start_matches("templates/");
        let Some(file) = all.iter().find(|file| file.name == bare) else {
            let near = did_you_mean(bare, all.iter().map(|file| file.name)).map_or_else(String::new, |near| format!(": {near}"));
            return console.refuse(format!("the theme has no `{bare}`{near} (`postilla theme eject` lists its files)"), Exit::Usage);
        };
        if !chosen.iter().any(|one: &EmbeddedFile| one.name == file.name) {
            chosen.push(*file);
        }
    }
    if asked.stdout { print(&chosen, console) } else { write(globals, &chosen, console) }
}

fn list(all: &[EmbeddedFile], console: &Console) {
    let width = all.iter().map(|file| file.name.len()).max().unwrap_or_default();
    for file in all {
        let line = format!("{:width$}  {}", file.name, file.purpose().unwrap_or_default());
        console.data(&format!("{}\n", line.trim_end()));
    }
}

fn print(chosen: &[EmbeddedFile], console: &Console) -> Exit {
    for file in chosen {
        let Some(text) = file.text() else {
            return console.refuse(format!("`{}` is no text, and is not printed", file.name), Exit::Usage);
        };
        console.data(text);
    }
    Exit::Fine
}

fn write(globals: &Globals, chosen: &[EmbeddedFile], console: &Console) -> Exit {
    let root = match super::request(globals, false, console) {
        Ok(request) => request.root,
        Err(exit) => return exit,
    };
    let there = chosen.iter().find(|file| root.join("templates").join(file.name).symlink_metadata().is_ok());
    if let Some(file) = there {
        let message = format!("`templates/{}` is already there, and nothing was written; `--stdout` prints the theme's", file.name);
        return console.refuse(message, Exit::Usage);
    }
    for file in chosen {
        if let Err(error) = write_new(&root.join("templates").join(file.name), file.bytes) {
            return console.refuse(error, Exit::Disk);
        }
        console.note(format!("wrote `templates/{}`, which now replaces the theme's", file.name));
    }
    Exit::Fine
}
