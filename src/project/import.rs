//! Texts of others put into the archive: all that they give or, with an error anywhere, nothing.

use std::path::Path;

use super::Loaded;
use crate::base::diagnostic::{any_error, sort};
use crate::base::{Error, Outcome, SourcePath};
use crate::import::plan::{self, Home, Plan};
use crate::import::{Foreign, Ground, Kind, read};
use crate::source::{self, Saved};

impl Loaded {
    /// What an import of these texts would write. With errors among the findings it is nothing.
    pub fn import(&self, kind: Kind, texts: &[Foreign]) -> Result<Outcome<Plan>, Error> {
        let (Some(archive), Some(config), Some(snapshot)) = (&self.archive, &self.config, &self.snapshot) else {
            return Ok(Outcome::clean(Plan::default()));
        };
        let ground = Ground { languages: &config.languages, kinds: &archive.register.kinds };
        let Outcome { value: drafts, mut diagnostics } = read(kind, texts, ground);
        let has_file = |path: &str| snapshot.get(path).is_some();
        let home = Home { archive, config, text: &|file| self.text(file), has_file: &has_file };
        let mut plan = plan::plan(drafts, home).settle(&mut diagnostics);
        if any_error(&diagnostics) {
            plan = Plan::default();
        }
        sort(&mut diagnostics);
        Ok(Outcome::new(plan, diagnostics))
    }

    /// Writes what was planned, all of it or nothing: a file that came or changed meanwhile keeps everything from being
    /// written, and is named.
    pub fn carry_out(&self, plan: &Plan) -> Result<Option<SourcePath>, Error> {
        let Some(snapshot) = &self.snapshot else { return Ok(None) };
        let files: Vec<(SourcePath, &str)> = plan.new.iter().map(|new| (new.file.clone(), new.text.as_str())).collect();
        let created = source::create(snapshot.root(), &files)?;
        for (position, grown) in plan.grown.iter().enumerate() {
            let Some(listed) = snapshot.get(grown.file.as_str()) else { continue };
            let saved = source::save(snapshot, listed, grown.before, &grown.text);
            if matches!(saved, Ok(Saved::Replaced)) {
                continue;
            }
            created.take_back();
            for done in &plan.grown[..position] {
                if let Some(listed) = snapshot.get(done.file.as_str()) {
                    let after = crate::base::Fingerprint::of(done.text.as_bytes());
                    source::save(snapshot, listed, after, &done.text[..done.from])?;
                }
            }
            return saved.map(|_| Some(grown.file.clone()));
        }
        Ok(None)
    }
}

/// Reads the files to import, with what is wrong with them as files.
pub fn foreign(path: &Path, kind: Kind) -> Result<Outcome<Vec<Foreign>>, Error> {
    let strangers = source::read_foreign(path, kind.endings())?;
    Ok(strangers.map(|strangers| {
        let foreign = |stranger: source::Stranger| Foreign { file: stranger.file, inner: stranger.inner, text: stranger.text };
        strangers.into_iter().map(foreign).collect()
    }))
}
