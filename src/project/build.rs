//! From the archive to the disk.

use std::cell::RefCell;

use rayon::prelude::*;

use super::{Ended, Loaded, Progress, Request, Stage, Summary, read};
use crate::archive::ArticleIx;
use crate::base::{Diagnostic, Error, Fingerprint, Outcome, SourcePath};
use crate::publish::{self, Opened, Publisher};
use crate::render::Renderer;
use crate::render::theme::{Asset, Theme};
use crate::site::views::notes::Parts;
use crate::site::{self, PageKind, PlannedPage, Site};
use crate::source::Snapshot;
use crate::tree::{self, FrontMatter};

/// Looks for what only the plan of the site and its templates can tell, and writes nothing.
pub fn check(loaded: &mut Loaded) -> Ended {
    if let (Some(config), Some(archive), Some(theme)) = (&loaded.config, &loaded.archive, &loaded.theme) {
        let assets: Vec<String> = theme.assets.keys().cloned().collect();
        let Outcome { value: site, diagnostics: mut found } = site::plan(archive, config, &assets);
        Renderer::new(theme, &site).settle(&mut found);
        loaded.add(found);
    }
    loaded.verdict()
}

/// Builds the site of a loaded archive. With errors in the content the output stays as it was.
pub fn build(loaded: &mut Loaded, request: &Request, progress: &dyn Progress) -> Result<Ended, Error> {
    let output = loaded.output(request);
    if let Err(why) = publish::check_place(&request.root, &output) {
        return Ok(Ended::BadPlace(why));
    }
    let (Some(snapshot), Some(config), Some(archive), Some(theme)) = (&loaded.snapshot, &loaded.config, &loaded.archive, &loaded.theme)
    else {
        return Ok(Ended::ConfigErrors);
    };
    let assets: Vec<String> = theme.assets.keys().cloned().collect();
    let Outcome { value: site, diagnostics: mut found } = site::plan(archive, config, &assets);
    let renderer = Renderer::new(theme, &site).settle(&mut found);
    let sound = !crate::base::diagnostic::any_error(&found) && matches!(loaded.verdict(), Ended::Checked);
    let (Some(renderer), true) = (renderer, sound) else {
        loaded.add(found);
        return Ok(loaded.verdict());
    };
    let publisher = match Publisher::open(&output, request.overwrite)? {
        Opened::Ready(publisher) => publisher,
        Opened::Foreign { example } => return Ok(Ended::Foreign(example)),
    };
    let workshop = Workshop { snapshot, site: &site, theme, renderer: &renderer, publisher: &publisher };
    progress.begin(Stage::Rendering, site.pages.len());
    let errors = workshop.make_all(progress)?;
    if !errors.is_empty() {
        found.extend(errors);
        loaded.add(found);
        return Ok(Ended::ContentErrors);
    }
    progress.begin(Stage::Publishing, 1);
    let published = publisher.commit()?;
    progress.advance();
    let summary = Summary {
        articles: archive.articles.len(),
        facts: archive.articles.iter().map(|article| article.facts.len()).sum(),
        entities: archive.register.entities.len(),
        rendered: site.pages.len(),
        published,
    };
    loaded.add(found);
    Ok(Ended::Built(summary))
}

/// What a page is made from and where it goes.
struct Workshop<'w, 'a> {
    snapshot: &'w Snapshot,
    site: &'w Site<'a>,
    theme: &'w Theme,
    renderer: &'w Renderer,
    publisher: &'w Publisher,
}

/// At how many different errors of templates it is enough.
const ENOUGH: usize = 20;

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

impl Workshop<'_, '_> {
    /// Makes every page. Gives the templates' errors, each once however many pages it spoils.
    fn make_all(&self, progress: &dyn Progress) -> Result<Vec<Diagnostic>, Error> {
        let made = |page: &PlannedPage| {
            let made = BUFFER.with_borrow_mut(|buffer| self.make(page, buffer));
            progress.advance();
            made.transpose()
        };
        let mut errors: Vec<Diagnostic> = self.site.pages.par_iter().filter_map(made).collect::<Result<_, Error>>()?;
        crate::base::diagnostic::sort(&mut errors);
        errors.dedup();
        errors.truncate(ENOUGH);
        Ok(errors)
    }

    fn make(&self, page: &PlannedPage, buffer: &mut Vec<u8>) -> Result<Option<Diagnostic>, Error> {
        match &page.kind {
            PageKind::Copy(file) => self.publisher.copy(&page.output, &self.snapshot.full_path(file)).map(|()| None),
            PageKind::ThemeAsset(name) => match &self.theme.assets[&**name] {
                Asset::Embedded(bytes) => self.publisher.put(&page.output, bytes).map(|()| None),
                Asset::Own(file) => self.publisher.copy(&page.output, &self.snapshot.full_path(file)).map(|()| None),
            },
            PageKind::Article(index) => self.make_article(page, *index, buffer),
            _ => self.render(page, None, buffer),
        }
    }

    /// The article's own files are read again: the archive keeps only what joins need.
    fn make_article(&self, page: &PlannedPage, index: ArticleIx, buffer: &mut Vec<u8>) -> Result<Option<Diagnostic>, Error> {
        let article = self.site.archive.article(index);
        let file = |path: &SourcePath| self.snapshot.get(path.as_str()).ok_or_else(|| self.changed(path));
        let mut found = Vec::new();
        let text = read::text(self.snapshot, file(&article.file)?, &mut found)?.unwrap_or_default();
        let print = Fingerprint::of(text.as_bytes());
        let (facts, print) = match &article.sidecar {
            Some(path) => {
                let (sidecar, own_print) = read::sidecar(self.snapshot, file(path)?, &mut found)?;
                (sidecar.map(|sidecar| sidecar.facts).unwrap_or_default(), print.then(own_print))
            }
            None => (Box::default(), print),
        };
        if print != article.print {
            return Err(self.changed(&article.file));
        }
        let FrontMatter::Found { body, .. } = tree::front_matter(&text) else { return Err(self.changed(&article.file)) };
        let parts = Parts { body: read::read_body(&text, &body, &facts), facts };
        self.render(page, Some(&parts), buffer)
    }

    fn changed(&self, path: &SourcePath) -> Error {
        let cause = std::io::Error::other("it, or its sidecar, changed during the build; build again");
        Error::new("use", self.snapshot.full_path(path), cause)
    }

    fn render(&self, page: &PlannedPage, parts: Option<&Parts<'_>>, buffer: &mut Vec<u8>) -> Result<Option<Diagnostic>, Error> {
        let Some(view) = self.site.view(page, parts) else { return Ok(None) };
        match self.renderer.render(&view, buffer) {
            Ok(()) => self.publisher.put(&page.output, buffer).map(|()| None),
            Err(diagnostic) => Ok(Some(diagnostic)),
        }
    }
}
