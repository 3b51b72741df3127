//! `postilla init`

use std::path::Path;

use postilla::publish::write_new;

use crate::Exit;
use crate::console::Console;

/// What a new archive begins with.
const STARTER: &[(&str, &str)] = &[
    ("postilla.toml", include_str!("../starter/postilla.toml")),
    (".gitignore", "/public/\n"),
    ("content/properties.toml", include_str!("../starter/content/properties.toml")),
    ("content/articles/first-article.md", include_str!("../starter/content/articles/first-article.md")),
    ("content/articles/first-article.facts.toml", include_str!("../starter/content/articles/first-article.facts.toml")),
    ("content/entities/postilla.md", include_str!("../starter/content/entities/postilla.md")),
    ("content/pages/about.md", include_str!("../starter/content/pages/about.md")),
];

/// Lays out a new archive. Writes nothing where anything of it is already there.
pub fn run(dir: &Path, console: &Console) -> Exit {
    if let Some((file, _)) = STARTER.iter().find(|(file, _)| *file != ".gitignore" && dir.join(file).symlink_metadata().is_ok()) {
        let message = format!("`{}` is already there; choose a folder without an archive", dir.join(file).display());
        return console.refuse(message, Exit::Usage);
    }
    for (file, text) in STARTER {
        let path = dir.join(file);
        if *file == ".gitignore" && path.symlink_metadata().is_ok() {
            continue;
        }
        if let Err(error) = write_new(&path, text.as_bytes()) {
            return console.refuse(error, Exit::Disk);
        }
    }
    console.note(format!("laid out a new archive in `{}`; build it with `postilla build`, there", dir.display()));
    Exit::Fine
}
