//! From the archive to the disk.

use std::cell::RefCell;
use std::path::Path;

use rayon::prelude::*;

use super::{Ended, Loaded, Progress, Request, Stage, Summary, read};
use crate::archive::{Archive, ArticleIx};
use crate::base::diagnostic::{any_error, sort};
use crate::base::word::did_you_mean;
use crate::base::{Code, DataPath, Diagnostic, Error, Fingerprint, OutputPath, Place, SourcePath};
use crate::publish::{self, Opened, Publisher};
use crate::render::Renderer;
use crate::render::theme::{Asset, Theme};
use crate::site::views::notes::Parts;
use crate::site::{self, PageKind, PlannedPage, Site};
use crate::source::Snapshot;
use crate::tree::{self, FrontMatter};

/// Looks for what only the plan of the site and its templates can tell: makes every page, and writes nothing.
pub fn check(loaded: &mut Loaded, progress: &dyn Progress) -> Result<Ended, Error> {
    let Some(Planned { snapshot, theme, site, renderer, mut found }) = planned(loaded) else { return Ok(loaded.verdict()) };
    if let Some(renderer) = &renderer {
        progress.begin(Stage::Rendering, site.pages.len());
        found.extend(Workshop { snapshot, site: &site, theme, renderer, sink: Sink::Nowhere }.make_all(progress)?);
    }
    loaded.add(found);
    Ok(loaded.verdict())
}

/// Builds the site of a loaded archive. With errors in the content the output stays as it was.
pub fn build(loaded: &mut Loaded, request: &Request, progress: &dyn Progress) -> Result<Ended, Error> {
    let output = loaded.output(request);
    if let Err(why) = publish::check_place(&request.root, &output) {
        return Ok(Ended::BadPlace(why));
    }
    let Some(Planned { snapshot, theme, site, renderer, mut found }) = planned(loaded) else { return Ok(Ended::ConfigErrors) };
    let Some(renderer) = renderer else {
        loaded.add(found);
        return Ok(loaded.verdict());
    };
    let publisher = match Publisher::open(&output, request.overwrite)? {
        Opened::Ready(publisher) => publisher,
        Opened::Foreign { example } => return Ok(Ended::Foreign(example)),
    };
    progress.begin(Stage::Rendering, site.pages.len());
    let workshop = Workshop { snapshot, site: &site, theme, renderer: &renderer, sink: Sink::Disk(&publisher) };
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
        articles: site.archive.articles.len(),
        facts: site.archive.articles.iter().map(|article| article.facts.len()).sum(),
        entities: site.archive.register.entities.len(),
        rendered: site.pages.len(),
        published,
    };
    loaded.add(found);
    Ok(Ended::Built(summary))
}

/// The site as planned, its templates read. Without a renderer, an error keeps its pages from being made.
struct Planned<'l> {
    snapshot: &'l Snapshot,
    theme: &'l Theme,
    site: Site<'l>,
    renderer: Option<Renderer>,
    found: Vec<Diagnostic>,
}

fn planned(loaded: &Loaded) -> Option<Planned<'_>> {
    let (Some(snapshot), Some(config), Some(archive), Some(theme)) = (&loaded.snapshot, &loaded.config, &loaded.archive, &loaded.theme)
    else {
        return None;
    };
    let assets: Vec<String> = theme.assets.keys().cloned().collect();
    let mut found = unfit_templates(archive, theme);
    let site = site::plan(archive, config, &assets).settle(&mut found);
    let renderer = Renderer::new(theme, &site).settle(&mut found);
    let sound = !any_error(&found) && matches!(loaded.verdict(), Ended::Checked);
    Some(Planned { snapshot, theme, site, renderer: renderer.filter(|_| sound), found })
}

/// Templates that documents ask for and that cannot be theirs.
fn unfit_templates(archive: &Archive, theme: &Theme) -> Vec<Diagnostic> {
    let articles = archive.articles.iter().map(|article| (&article.file, &article.head.template));
    let pages = archive.pages.iter().map(|page| (&page.file, &page.head.template));
    let asked = articles.chain(pages).filter_map(|(file, template)| Some((file, template.as_deref()?)));
    asked.filter_map(|(file, name)| unfit_template(file, name, theme)).collect()
}

fn unfit_template(file: &SourcePath, name: &str, theme: &Theme) -> Option<Diagnostic> {
    let place = Place::data(file, DataPath::root().key("template"));
    let known = theme.templates.keys().map(String::as_str);
    if !theme.templates.contains_key(name) {
        let help = did_you_mean(name, known).unwrap_or_else(|| format!("a template is a file `templates/{name}`"));
        return Some(Diagnostic::error(Code::Template, place, format!("there is no template `{name}`")).help(help));
    }
    let page = Path::new(name).extension().is_some_and(|end| end == "html");
    (!page).then(|| Diagnostic::error(Code::BadValue, place, format!("`{name}` makes no page: a page's template ends in `.html`")))
}

/// Where what is made goes.
enum Sink<'p> {
    /// To the disk.
    Disk(&'p Publisher),
    /// Nowhere: that it can be made is all that was asked.
    Nowhere,
}

impl Sink<'_> {
    fn put(&self, output: &OutputPath, bytes: &[u8]) -> Result<(), Error> {
        match self {
            Self::Disk(publisher) => publisher.put(output, bytes),
            Self::Nowhere => Ok(()),
        }
    }

    fn copy(&self, output: &OutputPath, from: &Path) -> Result<(), Error> {
        match self {
            Self::Disk(publisher) => publisher.copy(output, from),
            Self::Nowhere => Ok(()),
        }
    }
}

/// What a page is made from and where it goes.
struct Workshop<'w, 'a> {
    snapshot: &'w Snapshot,
    site: &'w Site<'a>,
    theme: &'w Theme,
    renderer: &'w Renderer,
    sink: Sink<'w>,
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
        sort(&mut errors);
        errors.dedup();
        errors.truncate(ENOUGH);
        Ok(errors)
    }

    fn make(&self, page: &PlannedPage, buffer: &mut Vec<u8>) -> Result<Option<Diagnostic>, Error> {
        match &page.kind {
            PageKind::Copy(file) => self.sink.copy(&page.output, &self.snapshot.full_path(file)).map(|()| None),
            PageKind::ThemeAsset(name) => match &self.theme.assets[&**name] {
                Asset::Embedded(bytes) => self.sink.put(&page.output, bytes).map(|()| None),
                Asset::Own(file) => self.sink.copy(&page.output, &self.snapshot.full_path(file)).map(|()| None),
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
            Ok(()) => self.sink.put(&page.output, buffer).map(|()| None),
            Err(diagnostic) => Ok(Some(diagnostic)),
        }
    }
}
