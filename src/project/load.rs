//! From the disk to the archive.

use std::path::PathBuf;

use super::{Loaded, Progress, Request, Stage, read};
use crate::archive::register::register;
use crate::archive::resolve::{Rest, resolve};
use crate::base::{Diagnostic, Error, SourcePath};
use crate::config::Config;
use crate::parse;
use crate::render::theme::Theme;
use crate::source::{self, Role, Snapshot};

/// Reads the archive and joins it. Findings are in the value; only the disk fails.
pub fn load(request: &Request, progress: &dyn Progress) -> Result<Loaded, Error> {
    let mut found = Vec::new();
    let (config_file, config) = config(request, &mut found)?;
    let mut loaded = Loaded { snapshot: None, config, config_file, archive: None, theme: None, refused: None, diagnostics: Vec::new() };
    if let Some(config) = &loaded.config {
        let snapshot = source::scan(&request.root, &config.ignore, &loaded.output(request))?.settle(&mut found);
        match archive(request, config, &snapshot, progress, &mut found) {
            Ok(archive) => loaded.archive = Some(archive),
            Err(error) => loaded.refused = Some(error),
        }
        loaded.theme = Some(Theme::load(&snapshot)?.settle(&mut found));
        loaded.snapshot = Some(snapshot);
    }
    loaded.add(found);
    Ok(loaded)
}

fn config(request: &Request, found: &mut Vec<Diagnostic>) -> Result<((PathBuf, SourcePath), Option<Config>), Error> {
    let path = request.config.clone().unwrap_or_else(|| request.root.join("postilla.toml"));
    let name = match &request.config {
        Some(path) => path.to_string_lossy().into_owned(),
        None => "postilla.toml".to_owned(),
    };
    let (file, text) = source::read_config(&path, &name)?;
    let config = text.settle(found).and_then(|text| parse::config::read(&file, &text).settle(found));
    let config = config.map(|config| Config {
        base_url: request.base_url.as_deref().map_or(config.base_url, Into::into),
        markdown: crate::config::Markdown { unsafe_html: config.markdown.unsafe_html || request.unsafe_html },
        ..config
    });
    Ok(((path, file), config.filter(|config| !config.languages.is_empty())))
}

fn archive(
    request: &Request,
    config: &Config,
    snapshot: &Snapshot,
    progress: &dyn Progress,
    found: &mut Vec<Diagnostic>,
) -> Result<crate::archive::Archive, Error> {
    let entities = read::entities(snapshot, found)?;
    let pages = read::pages(snapshot, config, request.showing, found)?;
    let register = register(entities.items, read::properties(snapshot, found)?, read::sources(snapshot, found)?, config).settle(found);
    progress.begin(Stage::Reading, snapshot.of(Role::Article).count());
    let articles = read::articles(snapshot, config, &register, request.showing, progress, found)?;
    let assets = snapshot.files().iter().filter(|file| matches!(file.role, Role::Asset | Role::Static));
    let rest = Rest {
        pages: pages.items,
        assets: assets.map(|file| file.path.clone()).collect(),
        unreadable: [entities.failed, pages.failed, articles.failed].concat(),
        unsafe_html: config.markdown.unsafe_html,
    };
    Ok(resolve(register, articles.items, rest).settle(found))
}
