//! Where links may lead. A link is followed only into the archive itself; but a whole folder of the archive may
//! lie on another disk, and then it is a home to the links inside it, and to no others.

use std::fs;
use std::path::{Path, PathBuf};

use crate::base::Diagnostic;

use super::role::FOLDERS;
use super::scan::symlink;

/// Folders that belong to the machine or to a person as a whole, never to an archive.
const NEVER: [&str; 9] = ["/", "/home", "/opt", "/root", "/run", "/srv", "/usr", "/Users", "/var"];

/// Folders in which nothing belongs to an archive.
const NEVER_BELOW: [&str; 5] = ["/boot", "/dev", "/etc", "/proc", "/sys"];

/// Where links may lead.
pub(super) struct Homes {
    root: PathBuf,
    /// Folders of the archive that are links to elsewhere, and where that is.
    elsewhere: Vec<(&'static str, PathBuf)>,
    /// Folders of the archive that lead where no archive may lie.
    refused: Vec<&'static str>,
}

impl Homes {
    /// Looks at each folder of the archive at `root`, which really is at `real_root`.
    pub(super) fn of(root: &Path, real_root: PathBuf, found: &mut Vec<Diagnostic>) -> Self {
        let mut homes = Self { root: real_root, elsewhere: Vec::new(), refused: Vec::new() };
        for folder in std::iter::once("content").chain(FOLDERS) {
            // What is not there, and what goes round in a circle, is the walk's to report.
            let Ok(real) = fs::canonicalize(root.join(folder)) else { continue };
            if homes.refused(folder) || homes.leads_up(root, folder, &real) {
                continue;
            }
            if homes.allow(folder, &real) {
                continue;
            }
            if is_nobodys(&real) || homes.root.starts_with(&real) || real.starts_with(&homes.root) {
                homes.refused.push(folder);
                let message = format!("the link `{folder}` leads to `{}`, which is no place for an archive", real.display());
                found.push(symlink(folder, message).help("let it lead to a folder that holds nothing else".to_owned()));
            } else {
                homes.elsewhere.push((folder, real));
            }
        }
        homes
    }

    fn leads_up(&self, root: &Path, folder: &str, real: &Path) -> bool {
        let above = root.join(folder).parent().and_then(|above| fs::canonicalize(above).ok());
        real.starts_with(&self.root) && above.is_some_and(|above| above.starts_with(real))
    }

    /// Whether `path` lies in a folder that leads where no archive may lie.
    pub(super) fn refused(&self, path: &str) -> bool {
        self.refused.iter().any(|folder| lies_in(path, folder))
    }

    /// Whether the link at `path` may lead to `target`. What is hidden in the archive is not its content either: a
    /// link to `.git/config` would publish a password. Large files that git-annex keeps are.
    pub(super) fn allow(&self, path: &str, target: &Path) -> bool {
        let own = self.elsewhere.iter().filter(|(folder, _)| lies_in(path, folder)).map(|(_, real)| real);
        own.chain([&self.root]).filter_map(|home| target.strip_prefix(home).ok()).any(|below| {
            let hidden = below.iter().any(|part| part.to_str().is_some_and(|part| part.starts_with('.') && part != ".well-known"));
            !hidden || below.starts_with(".git/annex/objects")
        })
    }
}

fn lies_in(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|below| below.is_empty() || below.starts_with('/'))
}

/// Whether the folder belongs to the machine or to a person as a whole, or is one of a person's hidden ones.
fn is_nobodys(real: &Path) -> bool {
    let person = std::env::home_dir().and_then(|home| fs::canonicalize(home).ok());
    let of_a_person = person.as_ref().is_some_and(|home| home.starts_with(real));
    let hidden = real.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    let in_home = |folder: &Path| person.as_deref() == Some(folder) || folder.parent() == Some(Path::new("/home"));
    let whole = NEVER.iter().any(|never| real == Path::new(never)) || real.parent() == Some(Path::new("/home"));
    let hidden_of_a_person = hidden && real.parent().is_some_and(in_home);
    of_a_person || hidden_of_a_person || whole || NEVER_BELOW.iter().any(|never| real.starts_with(never))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_machines_or_a_persons_is_no_home() {
        for bad in ["/", "/etc", "/etc/ssl", "/root", "/home", "/home/anna", "/proc/self", "/home/anna/.ssh"] {
            assert!(is_nobodys(Path::new(bad)), "{bad}");
        }
        for good in ["/srv/archive", "/home/anna/archive", "/mnt/disk", "/var/www"] {
            assert!(!is_nobodys(Path::new(good)), "{good}");
        }
    }
}
