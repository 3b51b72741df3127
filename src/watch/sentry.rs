//! Stands watch with the system's events, and reads what they say.
//!
//! The disk moves under its feet: folders come, go, are renamed and linked anew. So the posts are surveyed again whenever
//! an event may be about a folder, and a watch that the system may have dropped is set anew. Each event of a
//! removal or a renaming counts as such.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind, RenameMode};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::mounts::Mounts;
use super::survey::{Post, Posts, Sight};
use super::{Ground, Sign};

/// Whether each folder needs a watch of its own.
// The library's own way to watch all below does so too where the system has nothing better, but follows no link that
// is made later, enters what is noise, and loses a folder when one of two links to it goes.
const EACH_FOLDER: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// How often the posts are surveyed at once.
// A folder made during one survey is found by the next; who makes folders faster than this makes events too.
const SURVEYS: usize = 8;

/// "Too many open files", which is also what a system says that gives out no more watchers.
const EMFILE: i32 = 24;

/// What an event says to whoever waits.
#[derive(Debug)]
pub(super) enum Says {
    Nothing,
    /// To look, for no path in particular.
    Look,
    Changed {
        paths: Vec<PathBuf>,
        /// There may be folders now that are not watched.
        folders: bool,
    },
    /// Events were lost.
    Gap,
}

pub(super) struct Sentry {
    system: RecommendedWatcher,
    /// Where it stands.
    posts: Posts,
}

impl Sentry {
    /// Takes its posts on the ground; its events go to `sender`. The `Err` is a phrase for the user.
    pub(super) fn post_new(ground: &Ground, sender: &Sender<Sign>) -> Result<Self, String> {
        let sender = sender.clone();
        let hear = move |heard: notify::Result<Event>| {
            // Dropped here: a scan opens every file, and each is an event.
            if heard.as_ref().is_ok_and(|event| is_reading(event.kind)) {
                return;
            }
            // Nobody hears what comes after the end.
            let _ = sender.send(heard.map_or(Sign::Gap, Sign::Event));
        };
        let system = RecommendedWatcher::new(hear, notify::Config::default()).map_err(|refused| refusal(&refused))?;
        let mut sentry = Self { system, posts: Posts::default() };
        sentry.post(ground)?;
        Ok(sentry)
    }

    /// Takes the posts of the ground that it does not hold, leaves those that are of no use any more, and says whether
    /// it took any. All events of later changes are heard. The `Err` is a phrase for the user.
    pub(super) fn post(&mut self, ground: &Ground) -> Result<bool, String> {
        for survey in 0..SURVEYS {
            // Watches first, then another look: what came before its folder was watched is found by the look.
            if !self.take(Posts::survey(ground))? {
                return Ok(survey > 0);
            }
        }
        Ok(true)
    }

    /// Reads an event, and forgets the watches that the system may have dropped with it.
    pub(super) fn read(&mut self, event: &Event, ground: &Ground) -> Says {
        if event.need_rescan() {
            return Says::Gap;
        }
        if event.paths.is_empty() {
            return Says::Look;
        }
        let mut folders = false;
        let mut paths = Vec::new();
        for path in &event.paths {
            let Some(shown) = self.shown(path) else { continue };
            if (ground.noise)(&shown) {
                continue;
            }
            folders |= moves(event.kind) && is_folder_or_link(path);
            paths.push(shown);
        }
        if drops_watches(event.kind) {
            for path in &event.paths {
                folders |= self.forget(path);
            }
        }
        if paths.is_empty() && !folders { Says::Nothing } else { Says::Changed { paths, folders } }
    }

    /// How the ground spells a path that matters; `None` when it does not matter.
    fn shown(&self, path: &Path) -> Option<PathBuf> {
        let Some((real, post)) = self.posts.over(path) else {
            // From a watch that is left by now. Better one look too many.
            return Some(path.to_owned());
        };
        let below = path.strip_prefix(real).ok()?;
        if let (Sight::Names(names), Some(name)) = (&post.sight, below.iter().next())
            && !names.contains(name)
        {
            return None;
        }
        // Joining nothing would add a slash.
        Some(if below.as_os_str().is_empty() { post.shown.clone() } else { post.shown.join(below) })
    }

    /// Leaves the posts at `path` and below, and says whether there were any.
    fn forget(&mut self, path: &Path) -> bool {
        let gone: Vec<PathBuf> = self.posts.from(path).cloned().collect();
        for folder in &gone {
            self.leave(folder);
        }
        !gone.is_empty()
    }

    /// Leaves the posts that are not wanted and takes those that it does not hold.
    fn take(&mut self, wanted: Posts) -> Result<bool, String> {
        let wanted = if EACH_FOLDER { wanted } else { wanted.thinned() };
        // First, since the system gives a folder that was moved the same watch under its new path.
        let unwanted: Vec<PathBuf> =
            self.posts.iter().map(|(folder, _)| folder).filter(|folder| wanted.get(folder).is_none()).cloned().collect();
        for folder in unwanted {
            self.leave(&folder);
        }
        let mut mounts = None;
        let mut took = false;
        for (folder, post) in wanted.iter() {
            if self.posts.get(folder).map(reach) != Some(reach(post)) {
                if let Some(kind) = mounts.get_or_insert_with(Mounts::read).deaf_at(folder) {
                    return Err(format!("`{}` is on a disk of kind `{kind}`, which does not tell of every change", folder.display()));
                }
                if self.posts.get(folder).is_some() {
                    self.leave(folder);
                }
                match self.system.watch(folder, reach(post)) {
                    Ok(()) => took = true,
                    Err(refused) if is_passing(&refused) => continue,
                    Err(refused) => return Err(refusal(&refused)),
                }
            }
            self.posts.insert(folder.clone(), post.clone());
        }
        Ok(took)
    }

    fn leave(&mut self, folder: &Path) {
        // It fails where the system dropped the watch with the folder.
        let _ = self.system.unwatch(folder);
        self.posts.remove(folder);
    }
}

fn reach(post: &Post) -> RecursiveMode {
    match post.sight {
        Sight::All if !EACH_FOLDER => RecursiveMode::Recursive,
        _ => RecursiveMode::NonRecursive,
    }
}

/// Whether the event comes from reading. The close of a file that was open for writing is none: what was written through
/// memory has no other event.
fn is_reading(kind: EventKind) -> bool {
    matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}

// A link that went leaves a watch too many until the next survey, which costs a look or two.
fn is_folder_or_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|seen| seen.is_dir() || seen.is_symlink())
}

/// Whether folders may come or go with such an event, or become readable.
fn moves(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(_) | EventKind::Modify(ModifyKind::Data(_)))
}

/// Whether the system may drop watches with such an event.
fn drops_watches(kind: EventKind) -> bool {
    match kind {
        EventKind::Remove(_) => true,
        EventKind::Modify(ModifyKind::Name(mode)) => !matches!(mode, RenameMode::Other),
        _ => false,
    }
}

/// Whether a folder went while its turn came, or may not be read: then the scan cannot read it either, and that it may
/// be again is an event of the folder above.
fn is_passing(refused: &notify::Error) -> bool {
    match &refused.kind {
        notify::ErrorKind::PathNotFound => true,
        notify::ErrorKind::Io(cause) => {
            matches!(cause.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::NotADirectory)
        }
        _ => false,
    }
}

/// Why events cannot be had, and what to do about it.
fn refusal(refused: &notify::Error) -> String {
    match &refused.kind {
        notify::ErrorKind::MaxFilesWatch => {
            "the system watches no more folders; raise its limit with `sysctl fs.inotify.max_user_watches=524288`".to_owned()
        }
        notify::ErrorKind::Io(cause) if cfg!(unix) && cause.raw_os_error() == Some(EMFILE) => {
            "the system gives out no more watchers; raise its limit with `sysctl fs.inotify.max_user_instances=512`, or that of open files \
             with `ulimit -n`"
                .to_owned()
        }
        notify::ErrorKind::Io(cause) => match refused.paths.first() {
            Some(path) => format!("the system cannot watch `{}`: {cause}", path.display()),
            None => format!("the system cannot watch: {cause}"),
        },
        _ => format!("the system cannot watch: {refused}"),
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use notify::{Error, ErrorKind};

    use super::*;

    #[test]
    fn a_refusal_names_cause_and_remedy() {
        let limit = refusal(&Error::new(ErrorKind::MaxFilesWatch));
        assert!(limit.contains("fs.inotify.max_user_watches"), "{limit}");
        let instances = refusal(&Error::io(io::Error::from_raw_os_error(EMFILE)));
        assert!(instances.contains("fs.inotify.max_user_instances"), "{instances}");
        let other = refusal(&Error::io(io::Error::other("it is broken")).add_path("/x".into()));
        assert_eq!(other, "the system cannot watch `/x`: it is broken");
    }

    #[test]
    fn a_folder_that_may_not_be_read_is_no_reason_to_fall_back() {
        assert!(is_passing(&Error::io(io::ErrorKind::PermissionDenied.into())));
        assert!(is_passing(&Error::path_not_found()));
        assert!(!is_passing(&Error::new(ErrorKind::MaxFilesWatch)));
    }
}
