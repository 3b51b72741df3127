//! `postilla facts`

use std::path::{Path, PathBuf};

use postilla::difference::{difference, json, markdown, text};
use postilla::project::{Place, Stopped, place, side};

use super::find_root;
use crate::Exit;
use crate::args::{Compared, DiffFormat, Globals};
use crate::console::Console;

/// Says which facts differ between two states of the archive.
pub fn diff(globals: &Globals, compared: &Compared, console: &Console) -> Exit {
    let root = root(globals);
    let sides = places(globals, compared, root.as_deref(), console).and_then(|(old, new)| {
        let config = globals.config.as_deref();
        let sides = side(&old, config).and_then(|old| Ok((old, side(&new, config)?)));
        sides.map_err(|stopped| refuse(&stopped, console))
    });
    let (old, new) = match sides {
        Ok(sides) => sides,
        Err(exit) => return exit,
    };
    let diff = difference(&old, &new);
    console.data(&match compared.format {
        DiffFormat::Text => text::text(&diff, console.colours_data()),
        DiffFormat::Json => json::json(&diff),
        DiffFormat::Markdown => markdown::markdown(&diff),
    });
    let same = diff.is_empty() && diff.unread.is_empty();
    if compared.exit_code && !same { Exit::Content } else { Exit::Fine }
}

/// The archive in which somebody works, if they do in one: two folders can be compared from anywhere.
fn root(globals: &Globals) -> Option<PathBuf> {
    let of_config = || globals.config.as_deref().and_then(Path::parent).map(Path::to_owned);
    let named = globals.root.clone().or_else(of_config);
    let named = named.map(|root| if root.as_os_str().is_empty() { PathBuf::from(".") } else { root });
    named.or_else(|| postilla::project::find_root(Path::new(".")))
}

fn places(globals: &Globals, compared: &Compared, root: Option<&Path>, console: &Console) -> Result<(Place, Place), Exit> {
    let find = |name: &PathBuf| {
        let found = place(name, root).map_err(|stopped| refuse(&stopped, console))?;
        if matches!(found, Place::Revision(_)) && name.is_dir() {
            let name = name.display();
            console.note(format!("`{name}` is a revision and a folder: the revision is meant; write `./{name}` for the folder"));
        }
        Ok(found)
    };
    let old = find(&compared.old)?;
    if let Some(new) = &compared.new {
        return Ok((old, find(new)?));
    }
    let root = root.map_or_else(|| find_root(globals, console), |root| Ok(root.to_owned()))?;
    Ok((old, Place::Folder { root, name: None }))
}

fn refuse(stopped: &Stopped, console: &Console) -> Exit {
    console.refuse(stopped, if stopped.is_usage() { Exit::Usage } else { Exit::Disk })
}
