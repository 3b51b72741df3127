//! Files of others, to be imported: one, or those of a folder. Follows no link inside a folder.

use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use crate::base::{Diagnostic, Error, Outcome, SourcePath};

use super::role::is_passing;
use super::snapshot::{Stamp, read_up_to, text_of, too_large};
use super::{File, Role};

/// So many files of a folder are read at most.
const MOST: usize = 20_000;

/// A file of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stranger {
    /// How messages name it: as it was asked for.
    pub file: SourcePath,
    /// Its path in the folder that was asked for; its name where it was asked for by itself.
    pub inner: SourcePath,
    /// What it holds.
    pub text: String,
}

/// Reads the file at `path`, or all files of the folder there whose names end in one of `endings`, in the order of their
/// paths. A file that is too large for its kind, or no text, is a finding and none of the files read.
pub fn read_foreign(path: &Path, endings: &[&str]) -> Result<Outcome<Vec<Stranger>>, Error> {
    let seen = fs::metadata(path).map_err(Error::at("read", path))?;
    let mut found = Vec::new();
    if !seen.is_dir() {
        let inner = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let stranger = read(path, inner, &mut found)?;
        return Ok(Outcome::new(stranger.into_iter().collect(), found));
    }
    let mut strangers = Vec::new();
    let plain = |entry: &walkdir::DirEntry| entry.depth() == 0 || !is_passing(&entry.file_name().to_string_lossy());
    for entry in WalkDir::new(path).sort_by_file_name().into_iter().filter_entry(plain) {
        let entry = entry.map_err(|refused| Error::new("read", path, refused.into()))?;
        let inner = entry.path().strip_prefix(path).unwrap_or(entry.path()).to_string_lossy().replace('\\', "/");
        if !entry.file_type().is_file() || !endings.iter().any(|ending| inner.ends_with(ending)) {
            continue;
        }
        if strangers.len() == MOST {
            let message = format!("there are more than {MOST} files");
            return Err(Error::new("import", path, std::io::Error::other(message)));
        }
        strangers.extend(read(entry.path(), inner, &mut found)?);
    }
    Ok(Outcome::new(strangers, found))
}

fn read(path: &Path, inner: String, found: &mut Vec<Diagnostic>) -> Result<Option<Stranger>, Error> {
    let full = path.to_string_lossy().replace('\\', "/");
    let role = if [".html", ".htm", ".xhtml", ".md", ".markdown"].iter().any(|ending| inner.ends_with(ending)) {
        Role::Article
    } else {
        Role::Sidecar
    };
    let file = File { path: SourcePath::new(full), role, stamp: Stamp::default() };
    let limit = role.limit().unwrap_or(u64::MAX);
    let size = fs::metadata(path).map_err(Error::at("read", path))?.len();
    let Some(bytes) = read_up_to(path, limit, size).map_err(Error::at("read", path))? else {
        found.push(Diagnostic { help: Some("split it, and import the parts".to_owned()), ..too_large(&file, limit) });
        return Ok(None);
    };
    let text = text_of(&file, bytes).settle(found);
    Ok(text.map(|text| Stranger { file: file.path, inner: SourcePath::new(inner), text }))
}
