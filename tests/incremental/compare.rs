//! What remembers, held against what does not.

use std::collections::BTreeSet;
use std::fmt::{Debug, Write};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use postilla::archive::Showing;
use postilla::base::{Code, Diagnostic, SourcePath};
use postilla::project::{Edition, Ended, Loaded, Made, Progress, Remembers, Request, Stage, Workspace};
use postilla::publish::Overwrite;
use postilla::report;

use crate::common;
use crate::world::{Files, World, this_moment};

/// The workspaces that are held against each other.
pub struct Trial {
    /// Builds again and again into one folder.
    lasting: Workspace,
    /// Keeps the texts, and makes pages when they are asked for.
    keeper: Workspace,
    lasting_output: PathBuf,
    clean_output: PathBuf,
    /// What the lasting output holds.
    site: Files,
    /// What the last clean build came to, and when.
    last: Option<(Came, Timestamp)>,
    /// The keeper's last edition.
    edition: Option<Edition>,
}

/// What came of a round.
pub struct Round {
    pub built: bool,
    /// Whether most pages were left as they were.
    pub spared: bool,
    pub codes: BTreeSet<&'static str>,
    pub report: String,
}

/// What a reading and a build came to.
struct Came {
    how: String,
    built: bool,
    rendered: usize,
    found: Vec<Diagnostic>,
    drawn: String,
}

/// What differs, in words.
type Difference = String;

impl Trial {
    pub fn new(world: &World) -> Self {
        let (lasting_output, clean_output) = (world.beside("lasting"), world.beside("clean"));
        Self {
            lasting: Workspace::new(request(world, &lasting_output), Remembers::Output),
            keeper: Workspace::new(request(world, &world.beside("nothing")), Remembers::Texts),
            site: Files::new(),
            last: None,
            edition: None,
            lasting_output,
            clean_output,
        }
    }

    /// Somebody meddles with the output, where a build will notice it: a page is gone, or longer than it was.
    pub fn meddle(&mut self, world: &mut World) -> Option<String> {
        let paths: Vec<String> = self.site.keys().filter(|path| !path.starts_with(".postilla/")).cloned().collect();
        let path = world.pick(&paths)?;
        let full = self.lasting_output.join(&path);
        // It would be held against this.
        self.edition = None;
        if world.rng.bool() {
            fs::remove_file(full).unwrap();
            self.site.remove(&path);
            return Some(format!("`{path}` taken out of the output"));
        }
        let bytes = self.site.get_mut(&path)?;
        bytes.push(b'!');
        fs::write(full, bytes).unwrap();
        Some(format!("`{path}` longer in the output"))
    }

    /// Reads and builds the archive as it is now.
    pub fn round(&mut self, world: &mut World) -> Result<Round, Difference> {
        self.old_edition(world)?;
        let at = moment(world);
        self.lasting.set_time(at, world.now);
        self.keeper.set_time(at, world.now);
        let nothing_new = self.nothing_new(world);
        let checked = (world.rng.u8(..6) == 0).then(|| came(&mut self.lasting, Goal::Check));
        let lasting = came(&mut self.lasting, Goal::Build);
        let _ = fs::remove_dir_all(&self.clean_output);
        let clean = came(&mut Workspace::new(request(world, &self.clean_output), Remembers::Reading), Goal::Build);

        same_coming("a build that remembers", &lasting, &clean)?;
        if let Some(checked) = checked {
            same_coming("a check that remembers", &checked, &clean)?;
        }
        if let Some((last, _)) = self.last.as_ref().filter(|_| nothing_new) {
            same_coming("what has not changed", last, &clean)?;
        }
        self.same_site(clean.built)?;
        self.keep(world, &clean)?;
        let round = Round {
            built: clean.built,
            spared: lasting.rendered * 2 < clean.rendered,
            codes: clean.found.iter().map(|found| found.code.as_str()).collect(),
            report: clean.drawn.clone(),
        };
        self.last = Some((clean, world.now));
        Ok(round)
    }

    /// Whether the lasting workspace says, where it is asked, that nothing can have changed. A clock that is set back
    /// is more than it can know.
    fn nothing_new(&mut self, world: &mut World) -> bool {
        let may_differ = match world.rng.u8(..3) {
            0 => self.lasting.may_differ(None),
            1 => self.lasting.may_differ(Some(&world.changed)),
            _ => true,
        };
        !may_differ && self.last.as_ref().is_some_and(|(_, then)| *then <= world.now)
    }

    /// Holds the lasting output against the clean one, or, when there is none, against what it was.
    fn same_site(&mut self, built: bool) -> Result<(), Difference> {
        let site = site(&self.lasting_output);
        if !built {
            return same_files(("the output before", &self.site), ("the output after a build that failed", &site));
        }
        same_files(("what a clean build made", &crate::compare::site(&self.clean_output)), ("what one that remembers made", &site))?;
        self.site = site;
        Ok(())
    }

    /// The keeper reads too, and some pages of its edition are held against the site.
    fn keep(&mut self, world: &mut World, clean: &Came) -> Result<(), Difference> {
        self.edition = None;
        let mut loaded = match self.keeper.load(&Silent) {
            Ok(loaded) => loaded,
            Err(error) => return same("how the keeper's reading ended", &clean.how, &ending(&Err(error), &self.keeper)),
        };
        let edition = self.keeper.edition(&mut loaded, &Silent);
        let only_rendered = clean.found.iter().any(|found| found.code == Code::Template);
        if edition.is_none() || clean.built {
            same_findings("the keeper", &loaded.diagnostics, &clean.found)?;
        }
        match edition {
            Some(edition) if clean.built => {
                self.made_of(&edition, world, 4)?;
                self.edition = Some(edition);
                Ok(())
            }
            Some(_) if only_rendered => Ok(()),
            Some(_) => Err(format!("the keeper has an edition of what cannot be built: {}", clean.how)),
            None if clean.built => Err("the keeper has no edition of what can be built".to_owned()),
            None => Ok(()),
        }
    }

    /// An edition gives its pages still when the files have changed.
    fn old_edition(&mut self, world: &mut World) -> Result<(), Difference> {
        match self.edition.take() {
            Some(edition) => self.made_of(&edition, world, 2),
            None => Ok(()),
        }
    }

    /// Makes some pages of an edition, which are those of the site.
    fn made_of(&self, edition: &Edition, world: &mut World, count: usize) -> Result<(), Difference> {
        let pages = &edition.site().plan.pages;
        let mut buffer = Vec::new();
        for _ in 0..count {
            let page = &pages[world.rng.usize(..pages.len())];
            let path = page.output.as_str();
            let made = match edition.make(page, &mut buffer) {
                Ok(Made::Rendered) => &buffer,
                Ok(Made::Embedded(_) | Made::Copy(_)) => continue,
                Ok(Made::Faulty(fault)) => return Err(format!("the keeper cannot make {path}: {fault:?}")),
                Err(error) => return Err(format!("the keeper cannot make {path}: {error}")),
            };
            same_bytes(path, ("the site", &self.site[path]), ("the keeper", made))?;
        }
        Ok(())
    }
}

pub fn request(world: &World, output: &Path) -> Request {
    Request {
        root: world.root(),
        config: None,
        output: Some(output.to_owned()),
        base_url: None,
        unsafe_html: false,
        overwrite: Overwrite::OwnOnly,
        showing: Showing { now: world.now, drafts: false },
        at: moment(world),
    }
}

/// When the archive is looked at: now, or so late that the age of a file never is a reason to read it again.
fn moment(world: &World) -> SystemTime {
    let later = if world.at_rest { Duration::from_hours(1) } else { Duration::ZERO };
    this_moment() + later
}

#[derive(Clone, Copy)]
enum Goal {
    Check,
    Build,
}

fn came(workspace: &mut Workspace, goal: Goal) -> Came {
    let mut loaded = None;
    let ended = workspace.load(&Silent).and_then(|read| {
        let read = loaded.insert(read);
        match goal {
            Goal::Check => workspace.check(read, &Silent),
            Goal::Build => workspace.build(read, &Silent),
        }
    });
    if let (Ok(Ended::Built(_)), Some(indexing)) = (&ended, workspace.indexing()) {
        indexing.run(&|| false).unwrap();
    }
    let rendered = if let Ok(Ended::Built(summary)) = &ended { summary.rendered } else { 0 };
    let how = ending(&ended, workspace);
    let refused = loaded.as_ref().and_then(|loaded: &Loaded| loaded.refused.as_ref()).map(|error| format!("; {error}"));
    let found = loaded.as_ref().map(|loaded| loaded.diagnostics.clone()).unwrap_or_default();
    Came {
        built: matches!(ended, Ok(Ended::Built(_) | Ended::Checked)),
        how: how + &refused.unwrap_or_default(),
        drawn: loaded.map(|loaded| report::json(&found, &|file: &SourcePath| loaded.text(file))).unwrap_or_default(),
        rendered,
        found,
    }
}

fn ending(ended: &Result<Ended, postilla::base::Error>, workspace: &Workspace) -> String {
    match ended {
        Ok(Ended::Built(_) | Ended::Checked) => "sound".to_owned(),
        Ok(other) => format!("{other:?}"),
        Err(error) => {
            let output = workspace.request().output.as_ref().unwrap().display().to_string();
            error.to_string().replace(&output, "the output")
        }
    }
}

fn same_coming(who: &str, one: &Came, clean: &Came) -> Result<(), Difference> {
    same_findings(who, &one.found, &clean.found)?;
    same(&format!("how {who} ended"), &clean.how, &one.how)?;
    same(&format!("the report of {who}"), &clean.drawn, &one.drawn)
}

fn same_findings(who: &str, one: &[Diagnostic], clean: &[Diagnostic]) -> Result<(), Difference> {
    if one == clean {
        return Ok(());
    }
    let mut told = format!("{who} finds other things than a clean one");
    let mut tell = |found: &[Diagnostic], other: &[Diagnostic], whose: &str| {
        for finding in found.iter().filter(|finding| !other.contains(finding)) {
            let _ = write!(told, "\n--- only {whose}:\n{finding:#?}");
        }
    };
    tell(one, clean, "what remembers");
    tell(clean, one, "what does not");
    Err(told)
}

fn same<T: PartialEq + Debug + ?Sized>(what: &str, clean: &T, one: &T) -> Result<(), Difference> {
    if clean == one { Ok(()) } else { Err(format!("{what} differs\n--- clean:\n{clean:?}\n--- with a memory:\n{one:?}")) }
}

/// All files of an output folder, and the list of them.
fn site(output: &Path) -> Files {
    if !output.is_dir() {
        return Files::new();
    }
    let mut site = common::files(output);
    let list = ".postilla/manifest";
    site.extend(fs::read(output.join(list)).ok().map(|bytes| (list.to_owned(), bytes)));
    site
}

fn same_files(one: (&str, &Files), other: (&str, &Files)) -> Result<(), Difference> {
    for path in one.1.keys().chain(other.1.keys()) {
        match (one.1.get(path), other.1.get(path)) {
            (Some(bytes), Some(others)) => same_bytes(path, (one.0, bytes), (other.0, others))?,
            (Some(_), None) => return Err(format!("`{path}` is missing in {}", other.0)),
            _ => return Err(format!("`{path}` is too much in {}", other.0)),
        }
    }
    Ok(())
}

fn same_bytes(path: &str, one: (&str, &[u8]), other: (&str, &[u8])) -> Result<(), Difference> {
    if one.1 == other.1 {
        return Ok(());
    }
    let at = one.1.iter().zip(other.1).position(|(one, other)| one != other).unwrap_or(one.1.len().min(other.1.len()));
    let around = |bytes: &[u8]| String::from_utf8_lossy(&bytes[at.saturating_sub(120)..bytes.len().min(at + 120)]).into_owned();
    Err(format!("`{path}` differs from byte {at} on\n--- {}:\n{}\n--- {}:\n{}", one.0, around(one.1), other.0, around(other.1)))
}

/// Watches nothing.
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: Stage, _: usize) {}
    fn advance(&self) {}
}
