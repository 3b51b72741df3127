//! What is remembered from one reading of the archive to the next, by path and by what the files held. A whole
//! outcome is remembered, so that its findings come again. An empty memo makes a reading a clean one.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::SystemTime;

use jiff::Timestamp;
use rapidhash::RapidHashMap;

use crate::archive::Sheet;
use crate::archive::entry::Entry;
use crate::archive::register::{Entity, Register};
use crate::archive::renamed::Renamed;
use crate::base::{Diagnostic, Error, Fingerprint, Outcome, OutputPath, Packed, SourcePath};
use crate::config::Config;
use crate::parse::bibliography::Source;
use crate::parse::property::Properties;
use crate::render::Templates;
use crate::source::{File, Snapshot, Stamp};

use super::pictures::Wall;
use super::{Edition, Remembers};

/// What is remembered from one round to the next.
#[derive(Default)]
pub(super) struct Memo {
    /// What is remembered besides the reading.
    pub(super) remembers: Remembers,
    /// Whether it is to be explained why pages are rendered.
    pub(super) explains: bool,
    /// Whether warnings keep the site from being published, as errors do.
    pub(super) denies: bool,
    /// The files that have come, gone or changed since the last build, where that is to be explained.
    pub(super) changed: BTreeSet<SourcePath>,
    /// What the last search index was made from.
    pub(super) indexed: Arc<super::Memory>,
    /// What was published last, if that is remembered.
    pub(super) published: Option<Published>,
    /// The last reading that came to its end, or none if the disk refused something later.
    pub(super) last: Option<Last>,
    /// Whether no other reading was begun after it.
    pub(super) is_last: bool,
    /// The files as they were just seen under this configuration, for the reading that comes.
    pub(super) scanned: Option<(Fingerprint, Outcome<Arc<Snapshot>>)>,
    pub(super) config: Option<(Fingerprint, Arc<Config>)>,
    pub(super) articles: Shelf<Entry>,
    pub(super) entities: Shelf<Arc<Entity>>,
    pub(super) pages: Shelf<Arc<Sheet>>,
    pub(super) properties: Shelf<Arc<Properties>>,
    pub(super) sources: Shelf<Arc<Vec<Source>>>,
    pub(super) pictures: Wall,
    pub(super) register: Option<Registered>,
    pub(super) templates: Option<(Fingerprint, Arc<Templates>)>,
}

/// What the last reading saw.
pub(super) struct Last {
    /// When it began.
    pub(super) at: SystemTime,
    /// The files, and what was found of their names.
    pub(super) scanned: Outcome<Arc<Snapshot>>,
    /// When it is another one though no file changes: when the next embargo ends, for one.
    pub(super) releases: Option<Timestamp>,
}

/// What files gave, by path.
pub(super) type Shelf<T> = RapidHashMap<SourcePath, Filed<T>>;

/// What a file, or an article and its sidecar, gave.
#[derive(Clone)]
pub(super) struct Filed<T> {
    /// The file as it was read.
    pub(super) own: Seen,
    /// The sidecar as it was read.
    pub(super) beside: Option<(SourcePath, Seen)>,
    /// What came of it; `None` when it could not be read as what it is.
    pub(super) value: Option<T>,
    /// What was found in it.
    pub(super) found: Vec<Diagnostic>,
}

/// A file as it was read.
#[derive(Clone)]
pub(super) struct Seen {
    stamp: Stamp,
    /// Whether another content must have another stamp.
    sure: bool,
    /// What it held; of a file that is no text, nothing.
    pub(super) print: Option<Fingerprint>,
    pub(super) packed: Option<Packed>,
}

/// The register as it was joined, and from what.
pub(super) struct Registered {
    pub(super) from: Fingerprint,
    pub(super) register: Arc<Register>,
    pub(super) found: Vec<Diagnostic>,
}

/// A file as it is now.
pub(super) enum Look {
    /// It holds what it held.
    Same(Seen),
    /// It may hold something else.
    Other(Leaf),
}

/// A file as just read.
pub(super) struct Leaf {
    pub(super) seen: Seen,
    /// `None` when it is no text.
    pub(super) text: Option<String>,
    pub(super) found: Vec<Diagnostic>,
}

/// How files are read in one reading.
#[derive(Clone, Copy)]
pub(super) struct Reading<'r> {
    pub(super) snapshot: &'r Snapshot,
    /// When it began.
    pub(super) at: SystemTime,
    pub(super) keeps_texts: bool,
}

/// What has changed in the register since the articles were last read.
pub(super) enum News {
    /// Nothing that articles ask it for.
    Nothing,
    /// Names and aliases alone.
    Names(Renamed),
    /// What it knows by id.
    Ids,
}

impl From<Renamed> for News {
    fn from(renamed: Renamed) -> Self {
        if renamed.is_empty() { Self::Nothing } else { Self::Names(renamed) }
    }
}

impl Look {
    /// What was seen, of a file that holds what it held.
    pub(super) fn seen(self) -> Option<Seen> {
        match self {
            Self::Same(seen) => Some(seen),
            Self::Other(_) => None,
        }
    }

    /// The file's text.
    pub(super) fn open(self, reading: Reading<'_>, file: &File) -> Result<Leaf, Error> {
        match self {
            Self::Same(_) => reading.read(file),
            Self::Other(leaf) => Ok(leaf),
        }
    }
}

impl Reading<'_> {
    /// Reads `file` if it may differ from what was `known` of it.
    pub(super) fn look(&self, file: &File, known: Option<&Seen>) -> Result<Look, Error> {
        if let Some(known) = known.filter(|known| known.sure && known.stamp == file.stamp) {
            return Ok(Look::Same(known.clone()));
        }
        let leaf = self.read(file)?;
        let same = leaf.seen.print.is_some() && known.is_some_and(|known| known.print == leaf.seen.print);
        Ok(if same { Look::Same(leaf.seen) } else { Look::Other(leaf) })
    }

    /// Reads `file`.
    pub(super) fn read(&self, file: &File) -> Result<Leaf, Error> {
        let mut found = Vec::new();
        let text = self.snapshot.read(file)?.settle(&mut found);
        let seen = Seen {
            stamp: file.stamp,
            sure: file.stamp.is_old(self.at),
            print: text.as_ref().map(|text| Fingerprint::of(text.as_bytes())),
            packed: text.as_ref().filter(|_| self.keeps_texts).map(|text| Packed::new(text)),
        };
        Ok(Leaf { seen, text, found })
    }
}

/// What was published.
pub(super) struct Published {
    /// What it was made from.
    pub(super) edition: Arc<Edition>,
    /// The length of each file, in bytes.
    pub(super) lengths: HashMap<OutputPath, u64>,
}

impl Memo {
    /// A memo of an archive that has not been looked at yet.
    pub(super) fn new(remembers: Remembers) -> Self {
        Self { remembers, ..Self::default() }
    }

    /// Forgets everything that was read under another configuration.
    pub(super) fn read_under(&mut self, print: Fingerprint, config: Config) -> Arc<Config> {
        if let Some((known, config)) = &self.config
            && *known == print
        {
            return Arc::clone(config);
        }
        let former = std::mem::take(self);
        let Self { remembers, explains, denies, changed, indexed, published, templates, .. } = former;
        *self = Self { remembers, explains, denies, changed, indexed, published, templates, ..Self::default() };
        self.changed.insert(SourcePath::new("postilla.toml"));
        let config = Arc::new(config);
        self.config = Some((print, Arc::clone(&config)));
        config
    }
}

impl Memo {
    /// Notes which files are not as they were at the last reading.
    pub(super) fn note_changes(&mut self, now: &Snapshot) {
        let Some(last) = &self.last else { return };
        let before = &last.scanned.value;
        let came = now.files().iter().filter(|file| before.get(file.path.as_str()).map(|file| file.stamp) != Some(file.stamp));
        let went = before.files().iter().filter(|file| now.get(file.path.as_str()).is_none());
        self.changed.extend(came.chain(went).map(|file| file.path.clone()));
    }
}
