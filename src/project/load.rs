//! From the disk to the archive.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::memo::{Last, Memo, News, Reading, Registered};
use super::read::Against;
use super::{Loaded, Progress, Remembers, Request, Stage, pictures, read};
use crate::archive::links::Pointer;
use crate::archive::register::{Register, register};
use crate::archive::renamed::Renamed;
use crate::archive::resolve::{Rest, resolve};
use crate::archive::{Archive, Showing};
use crate::base::{Diagnostic, Error, Fingerprint, Outcome, SourcePath};
use crate::check::{self, rule::Whole};
use crate::config::Config;
use crate::parse;
use crate::parse::dates::Moment;
use crate::render::theme::Theme;
use crate::source::{self, Role, Snapshot};

/// Reads the archive and joins it. Findings are in the value; only the disk fails.
pub(super) fn load(request: &Request, memo: &mut Memo, progress: &dyn Progress) -> Result<Loaded, Error> {
    let mut found = Vec::new();
    memo.is_last = false;
    let (config_file, config) = config(request, memo, &mut found)?;
    let showing = request.showing;
    let mut loaded =
        Loaded { snapshot: None, config, config_file, archive: None, theme: None, refused: None, showing, diagnostics: Vec::new() };
    if let Some(config) = &loaded.config {
        progress.begin(Stage::Scanning, 1);
        let scanned = scan(request, config, memo)?;
        found.extend_from_slice(&scanned.diagnostics);
        let snapshot = Arc::clone(&scanned.value);
        if memo.explains {
            memo.note_changes(&snapshot);
        }
        let reading = Reading { snapshot: &snapshot, at: request.at, keeps_texts: memo.remembers == Remembers::Texts };
        match archive(request, config, reading, memo, progress, &mut found) {
            Ok(archive) => loaded.archive = Some(Arc::new(archive)),
            Err(error) => loaded.refused = Some(error),
        }
        loaded.theme = Some(Arc::new(Theme::load(&snapshot)?.settle(&mut found)));
        loaded.snapshot = Some(snapshot);
        let sound = loaded.refused.is_none();
        memo.is_last = sound;
        memo.last = sound.then(|| Last { at: request.at, scanned, releases: releases(&loaded, request.showing) });
    }
    loaded.add(found);
    Ok(loaded)
}

/// The files as they were just seen, or as they are now.
pub(super) fn scan(request: &Request, config: &Config, memo: &mut Memo) -> Result<Outcome<Arc<Snapshot>>, Error> {
    match memo.scanned.take().filter(|(under, _)| Some(*under) == memo.config.as_ref().map(|(print, _)| *print)) {
        Some((_, scanned)) => Ok(scanned),
        None => Ok(source::scan(&request.root, &config.ignore, &super::output(request, Some(config)))?.map(Arc::new)),
    }
}

/// Whether reading the archive again may give something else than the last reading.
pub(super) fn may_differ(request: &Request, only: Option<&[PathBuf]>, memo: &mut Memo) -> Result<bool, Error> {
    let before = memo.config.as_ref().map(|(print, _)| *print);
    let (_, config) = config(request, memo, &mut Vec::new())?;
    memo.scanned = None;
    let (Some(last), Some(config), Some((under, _))) = (&memo.last, config, &memo.config) else { return Ok(true) };
    if before != Some(*under) || !memo.is_last {
        return Ok(true);
    }
    // What a scan found may be about one of these paths, and no file.
    let hints = only.filter(|_| last.scanned.diagnostics.is_empty());
    let scanned = match hints.and_then(|paths| source::rescan(&last.scanned.value, paths)) {
        Some(snapshot) => Outcome::clean(snapshot),
        None => source::scan(&request.root, &config.ignore, &super::output(request, Some(&config)))?,
    };
    let same = *last.scanned.value == scanned.value && last.scanned.diagnostics == scanned.diagnostics;
    let sure = scanned.value.files().iter().all(|file| file.stamp.is_old(last.at));
    let released = last.releases.is_some_and(|at| at <= request.showing.now);
    let differs = !same || !sure || released;
    memo.scanned = differs.then(|| (*under, scanned.map(Arc::new)));
    Ok(differs)
}

/// The day of the build, as `YYYYMMDD`.
pub(super) fn today(showing: Showing) -> i32 {
    Moment::from(showing.now).number()
}

/// The next moment at which the archive is another one though no file changes: an embargo ends, the day of a
/// correction comes, or a rule comes to find
/// something else.
fn releases(loaded: &Loaded, showing: Showing) -> Option<Timestamp> {
    let archive = loaded.archive.as_ref()?;
    let heads = || archive.articles.iter().map(|article| &article.head);
    let embargoes = heads().filter_map(|head| Some(head.embargo?.timestamp()));
    let corrections = heads().flat_map(|head| head.corrections.iter().map(|correction| correction.date.timestamp()));
    embargoes.chain(corrections).filter(|until| *until > showing.now).chain(check::turns(archive, showing.now)).min()
}

pub(super) type ConfigFile = (PathBuf, SourcePath);

pub(super) fn config(request: &Request, memo: &mut Memo, found: &mut Vec<Diagnostic>) -> Result<(ConfigFile, Option<Arc<Config>>), Error> {
    let path = request.config.clone().unwrap_or_else(|| request.root.join("postilla.toml"));
    let name = match &request.config {
        Some(path) => path.to_string_lossy().into_owned(),
        None => "postilla.toml".to_owned(),
    };
    let (file, text) = source::read_config(&path, &name)?;
    let text = text.settle(found);
    let print = Fingerprint::of(text.as_deref().unwrap_or_default().as_bytes());
    let config = text.and_then(|text| parse::config::read(&file, &text).settle(found));
    let config = config.map(|config| Config {
        base_url: request.base_url.as_deref().map_or(config.base_url, Into::into),
        markdown: crate::config::Markdown { unsafe_html: config.markdown.unsafe_html || request.unsafe_html },
        ..config
    });
    let config = config.filter(|config| !config.languages.is_empty()).map(|config| memo.read_under(print, config));
    Ok(((path, file), config))
}

fn archive(
    request: &Request,
    config: &Config,
    reading: Reading<'_>,
    memo: &mut Memo,
    progress: &dyn Progress,
    found: &mut Vec<Diagnostic>,
) -> Result<Archive, Error> {
    let pages = read::pages(reading, config, memo, found)?;
    let (register, news, unread) = registered(reading, config, memo, found)?;
    progress.begin(Stage::Reading, reading.snapshot.of(Role::Article).count());
    let against = Against { register: &register, config, news: &news };
    let articles = read::articles(reading, against, &mut memo.articles, progress, found)?;
    let assets = reading.snapshot.files().iter().filter(|file| matches!(file.role, Role::Asset | Role::Static));
    let written = articles.items.iter().map(|article| &article.kept.written).chain(pages.items.iter().map(|page| &page.written));
    let written = written.chain(register.entities.iter().map(|entity| &entity.written));
    let shown = written.flat_map(|links| links.iter().filter_map(Pointer::shows)).collect();
    let rest = Rest {
        pictures: pictures::measured(reading, &shown, &mut memo.pictures, found)?,
        pages: pages.items,
        assets: assets.map(|file| file.path.clone()).collect(),
        unreadable: [unread, pages.failed, articles.failed].concat(),
        showing: request.showing,
    };
    progress.begin(Stage::Joining, 1);
    let archive = resolve(register, articles.items, rest).settle(found);
    found.extend(check::archive(&Whole::new(&archive, config, today(request.showing))));
    Ok(archive)
}

/// The register, what is new in it, and the entities that could not be read.
pub(super) fn registered(
    reading: Reading<'_>,
    config: &Config,
    memo: &mut Memo,
    found: &mut Vec<Diagnostic>,
) -> Result<(Arc<Register>, News, Vec<SourcePath>), Error> {
    let entities = read::entities(reading, config, memo, found)?;
    let properties = read::properties(reading, memo, found)?;
    let sources = read::sources(reading, memo, found)?;
    let records = properties.print.then(sources.print);
    let from = entities.print.then(records);
    let before = memo.register.take();
    if let Some(same) = before.as_ref().filter(|before| before.from == from) {
        let register = Arc::clone(&same.register);
        found.extend_from_slice(&same.found);
        memo.register = before;
        return Ok((register, News::Nothing, entities.failed));
    }
    let properties = properties.items.iter().flat_map(|file| file.iter().map(|(id, kept)| (id.clone(), kept.clone()))).collect();
    let sources = sources.items.iter().flat_map(|file| file.iter().cloned()).collect();
    let mut own = Vec::new();
    let register = Arc::new(register(entities.items, properties, sources, records, config).settle(&mut own));
    let news = match before {
        Some(before) if before.register.ids() == register.ids() && before.register.records == register.records => {
            Renamed::between(&before.register, &register).into()
        }
        _ => News::Ids,
    };
    found.extend_from_slice(&own);
    memo.register = Some(Registered { from, register: Arc::clone(&register), found: own });
    Ok((register, news, entities.failed))
}
