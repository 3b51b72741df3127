//! One build from end to end: the stages called in their order, and nothing else. The clock and the command
//! line have been read outside.

mod beside;
mod build;
mod cards;
mod changes;
mod edition;
mod explain;
mod export;
mod import;
mod links;
mod load;
mod memo;
mod pictures;
mod read;
mod reanchor;
mod search;
mod sides;
mod workspace;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crate::archive::{Archive, Showing};
use crate::base::diagnostic::{any_error, sort};
use crate::base::{Diagnostic, Error, SourcePath};
use crate::config::Config;
use crate::publish::{Overwrite, Published};
use crate::render::theme::Theme;
use crate::source::Snapshot;

pub use edition::{Edition, Made, Outline};
pub use explain::{Because, Explained};
pub use export::{Exported, Place as ExportPlace};
pub use import::foreign;
pub use links::Links;
pub use reanchor::{Became, Footing, Rewritten, Shift};
pub use search::{Indexing, Memory};
pub use sides::{Place, Stopped, place, side};
pub use workspace::{Remembers, Workspace};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// The root of the archive.
    pub root: PathBuf,
    /// The configuration, when it is not `postilla.toml` in the root.
    pub config: Option<PathBuf>,
    /// The output folder, in place of the configuration's.
    pub output: Option<PathBuf>,
    /// The base URL, in place of the configuration's; `http` or `https`.
    pub base_url: Option<String>,
    /// Lets raw HTML through, whatever the configuration says.
    pub unsafe_html: bool,
    /// Whether a folder with files of others may be written to.
    pub overwrite: Overwrite,
    /// What may be shown.
    pub showing: Showing,
    /// When the archive is looked at.
    pub at: SystemTime,
}

/// Who watches a build go by.
pub trait Progress: Sync {
    /// A stage of `total` steps begins.
    fn begin(&self, stage: Stage, total: usize);
    /// A step of the present stage is done. Called from many threads.
    fn advance(&self);
    /// Whether the round is still wanted. Asked from many threads before each page; a build that is not gives the output
    /// free as it was.
    fn goes_on(&self) -> bool {
        true
    }
}

/// The stages that take long enough to be watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Files found.
    Scanning,
    /// Articles read and their quotes found.
    Reading,
    /// Articles joined: references followed, links resolved.
    Joining,
    /// Pages planned, templates read.
    Planning,
    /// Pages made and written aside.
    Rendering,
    /// What the search finds, gathered.
    Indexing,
    /// Pages put in place.
    Publishing,
    /// The web pages of others asked after.
    Asking,
    /// Articles written for other programs.
    Exporting,
}

/// An archive as read, with what was found.
pub struct Loaded {
    /// The files; `None` when the configuration could not be used.
    pub snapshot: Option<Arc<Snapshot>>,
    /// What the archive says about itself.
    pub config: Option<Arc<Config>>,
    /// The configuration's path, and the name that messages give it.
    pub config_file: (PathBuf, SourcePath),
    /// The archive joined; `None` when the configuration could not be used.
    pub archive: Option<Arc<Archive>>,
    /// Templates, words and files; `None` when the configuration could not be used.
    pub theme: Option<Arc<Theme>>,
    /// What the disk refused: the archive could not be read to its end, and `diagnostics` holds what was found till then.
    pub refused: Option<Error>,
    /// What this build may show, and when it is.
    pub showing: Showing,
    /// Everything found, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
}

/// How a build or a check ended.
#[derive(Debug)]
pub enum Ended {
    /// The site stands.
    Built(Summary),
    /// Nothing but a look was asked for, and nothing is wrong.
    Checked,
    /// The content has errors, or warnings where they are denied; the output is as it was.
    ContentErrors,
    /// The configuration has errors; the output is as it was.
    ConfigErrors,
    /// It was no longer wanted; the output is as it was.
    Stopped,
    /// The output folder has files of others, such as this one.
    Foreign(PathBuf),
    /// The output folder cannot be where it was asked for, and why.
    BadPlace(String),
}

/// What a build did.
#[derive(Debug, Clone)]
pub struct Summary {
    /// Articles read.
    pub articles: usize,
    /// Facts read.
    pub facts: usize,
    /// Entities read.
    pub entities: usize,
    /// Pages rendered.
    pub rendered: usize,
    /// Why each of them was, where that was asked for.
    pub explained: Vec<Explained>,
    /// What happened on the disk.
    pub published: Published,
}

impl Loaded {
    /// Where a build writes.
    pub fn output(&self, request: &Request) -> PathBuf {
        output(request, self.config.as_deref())
    }

    /// Whether the configuration keeps everything from happening.
    pub fn config_failed(&self) -> bool {
        let of_config = |diagnostic: &&Diagnostic| diagnostic.place.file == self.config_file.1;
        self.archive.is_none() || self.diagnostics.iter().filter(of_config).any(Diagnostic::is_error)
    }

    /// How a check of it ends.
    pub fn verdict(&self) -> Ended {
        match (self.config_failed(), any_error(&self.diagnostics)) {
            (true, _) => Ended::ConfigErrors,
            (_, true) => Ended::ContentErrors,
            _ => Ended::Checked,
        }
    }

    /// Adds what a later stage found.
    pub fn add(&mut self, mut found: Vec<Diagnostic>) {
        if let Some(config) = &self.config {
            config.judge(&mut found);
        }
        self.diagnostics.extend(found);
        sort(&mut self.diagnostics);
        self.diagnostics.dedup();
    }
}

impl Loaded {
    /// The text of a file of the archive, for messages about it.
    pub fn text(&self, file: &SourcePath) -> Option<String> {
        if *file == self.config_file.1 {
            return crate::source::read_config(&self.config_file.0, file.as_str()).ok()?.1.value;
        }
        let snapshot = self.snapshot.as_ref()?;
        match snapshot.get(file.as_str()) {
            Some(known) => snapshot.read(known).ok()?.value,
            None => Theme::embedded_text(file).map(str::to_owned),
        }
    }
}

fn output(request: &Request, config: Option<&Config>) -> PathBuf {
    let configured = || config.map_or("public", |config| &config.output_dir);
    request.output.clone().unwrap_or_else(|| request.root.join(configured()))
}

/// The root of the archive at or above `from`.
pub fn find_root(from: &Path) -> Option<PathBuf> {
    crate::source::find_root(from)
}
