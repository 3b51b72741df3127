//! A site that can be shown: planned, its templates read, and without an error that keeps it from its readers.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::beside::piece_at_hand;
use super::memo::Memo;
use super::pictures::{Darkroom, Developed, Negative};
use super::{Ended, Loaded, Progress, Stage, cards, load, read};
use crate::archive::showing::Showing;
use crate::archive::{Archive, Article, ArticleIx};
use crate::base::diagnostic::any_error;
use crate::base::word::did_you_mean;
use crate::base::{Code, DataPath, Diagnostic, Error, Outcome, Place, SourcePath};
use crate::config::Config;
use crate::parse::sidecar;
use crate::render::theme::{Asset, Theme};
use crate::render::{Renderer, Templates};
use crate::site::views::notes::Parts;
use crate::site::{self, Dress, PageKind, Plan, PlannedPage, Site};
use crate::source::Snapshot;
use crate::tree::{self, FrontMatter};

/// The pages of an archive and what they are made from, whether or not errors keep them from being shown.
pub struct Outline {
    /// The files that it is made from.
    pub snapshot: Arc<Snapshot>,
    config: Arc<Config>,
    archive: Arc<Archive>,
    plan: Plan,
}

/// A site that can be shown.
pub struct Edition {
    outline: Outline,
    theme: Arc<Theme>,
    renderer: Renderer,
    darkroom: Darkroom,
    showing: Showing,
    /// When its files were looked at.
    at: SystemTime,
}

/// What became of a page.
pub enum Made {
    /// Its bytes are in the buffer.
    Rendered,
    /// It is a file of the program.
    Embedded(&'static [u8]),
    /// It is a copy of this file.
    Copy(SourcePath),
    /// Its template failed.
    Faulty(Diagnostic),
}

/// The site of a loaded archive. What is found on the way goes to `loaded`.
pub(super) fn edition(loaded: &mut Loaded, memo: &mut Memo, progress: &dyn Progress) -> Option<Edition> {
    progress.begin(Stage::Planning, 1);
    let (edition, found) = planned(loaded, memo)?;
    loaded.add(found);
    edition
}

fn planned(loaded: &Loaded, memo: &mut Memo) -> Option<(Option<Edition>, Vec<Diagnostic>)> {
    let (Some(archive), Some(theme)) = (&loaded.archive, &loaded.theme) else { return None };
    let mut found = unfit_templates(archive, theme);
    let outline = outlined(loaded)?.settle(&mut found);
    let templates = memo.templates(theme).settle(&mut found);
    let sound = !any_error(&found) && matches!(loaded.verdict(), Ended::Checked);
    let edition = templates.filter(|_| sound).map(|templates| Edition {
        renderer: Renderer::new(templates, theme, &outline.site()),
        theme: Arc::clone(theme),
        darkroom: Darkroom::default(),
        showing: loaded.showing,
        at: memo.last.as_ref().map_or(SystemTime::UNIX_EPOCH, |last| last.at),
        outline,
    });
    Some((edition, found))
}

impl Memo {
    /// The theme's templates, read; the same ones as long as the theme is the same.
    fn templates(&mut self, theme: &Theme) -> Outcome<Option<Arc<Templates>>> {
        if let Some((_, templates)) = self.templates.as_ref().filter(|(print, _)| *print == theme.print()) {
            return Outcome::clean(Some(Arc::clone(templates)));
        }
        let read = Templates::read(theme).map(|templates| templates.map(Arc::new));
        self.templates = read.value.clone().map(|templates| (theme.print(), templates));
        read
    }
}

/// Templates that documents ask for and that cannot be theirs.
fn unfit_templates(archive: &Archive, theme: &Theme) -> Vec<Diagnostic> {
    let articles = archive.articles.iter().map(|article| (&article.file, &article.head.template));
    let pages = archive.pages.iter().map(|page| (&page.file, &page.head.template));
    let articles = articles.filter_map(|(file, template)| Some((file, template.as_deref()?)));
    let pages = pages.filter_map(|(file, template)| Some((file, template.as_deref()?)));
    articles.chain(pages).filter_map(|(file, name)| unfit_template(file, name, theme)).collect()
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

pub(super) fn body_of(text: &str) -> std::ops::Range<usize> {
    if let FrontMatter::Found { body, .. } = tree::front_matter(text) { body } else { 0..0 }
}

impl Deref for Edition {
    type Target = Outline;

    fn deref(&self) -> &Outline {
        &self.outline
    }
}

impl Loaded {
    /// The pages that the archive would have; `None` when it could not be read to its end.
    pub fn outline(&self) -> Option<Outline> {
        Some(outlined(self)?.value)
    }
}

fn outlined(loaded: &Loaded) -> Option<Outcome<Outline>> {
    let (snapshot, config) = (loaded.snapshot.as_ref()?, loaded.config.as_ref()?);
    let (archive, theme) = (loaded.archive.as_ref()?, loaded.theme.as_ref()?);
    let assets: Vec<String> = theme.assets.keys().cloned().collect();
    let plan = site::plan(archive, config, load::today(loaded.showing), Dress { assets: &assets, words: theme.print_of_words() });
    let outline = |plan| Outline { snapshot: Arc::clone(snapshot), config: Arc::clone(config), archive: Arc::clone(archive), plan };
    Some(plan.map(outline))
}

impl Outline {
    /// The site, of which every page is a function.
    pub fn site(&self) -> Site<'_> {
        Site::new(&self.archive, &self.config, &self.plan)
    }
}

impl Edition {
    /// Makes a page; what is rendered goes into `buffer`, whose former content goes.
    pub fn make(&self, page: &PlannedPage, buffer: &mut Vec<u8>) -> Result<Made, Error> {
        match &page.kind {
            PageKind::Copy(file) => Ok(Made::Copy(file.clone())),
            PageKind::ThemeAsset(name) => Ok(match &self.theme.assets[&**name] {
                Asset::Embedded(bytes) => Made::Embedded(bytes),
                Asset::Own(file) => Made::Copy(file.clone()),
            }),
            PageKind::Citations(index, format) => {
                buffer.clear();
                buffer.extend_from_slice(self.site().citations(*index, *format).as_bytes());
                Ok(Made::Rendered)
            }
            PageKind::EntityRecord(index) => {
                buffer.clear();
                buffer.extend_from_slice(self.site().around(page).entity_record(*index).as_bytes());
                Ok(Made::Rendered)
            }
            PageKind::Beside(index, file) => self.make_beside(page, *index, *file, buffer).map(|()| Made::Rendered),
            PageKind::Article(index) => self.make_article(page, *index, buffer),
            PageKind::Smaller(file, width) => self.develop(file, |of| self.darkroom.smaller(of, *width, buffer)),
            PageKind::Card(shared) => Ok(cards::make(self.site().around(page), &self.theme, *shared, buffer)),
            _ => Ok(self.render(page, None, buffer)),
        }
    }

    /// Finds what keeps a page from being made, and makes no more of it than that takes.
    pub(super) fn prove(&self, page: &PlannedPage, buffer: &mut Vec<u8>) -> Result<Made, Error> {
        match &page.kind {
            PageKind::Smaller(file, width) if self.archive.pictures[file].widths().next() == Some(*width) => {
                self.develop(file, |of| self.darkroom.prove(of))
            }
            // A card that can be planned can be drawn.
            PageKind::Smaller(..) | PageKind::Card(_) => Ok(Made::Rendered),
            _ => self.make(page, buffer),
        }
    }

    fn develop<'e>(&'e self, file: &'e SourcePath, work: impl FnOnce(Negative<'e>) -> Result<Developed, Error>) -> Result<Made, Error> {
        match work(Negative { snapshot: &self.snapshot, file, picture: &self.archive.pictures[file] })? {
            Developed::Fine => Ok(Made::Rendered),
            Developed::Flawed(diagnostic) => Ok(Made::Faulty(diagnostic)),
            Developed::Changed => Err(read::changed(&self.snapshot, file)),
        }
    }

    /// The article's own texts are read again, where they are not kept: the archive keeps only what joins need.
    fn make_article(&self, page: &PlannedPage, index: ArticleIx, buffer: &mut Vec<u8>) -> Result<Made, Error> {
        let article = self.archive.article(index);
        let own = self.text(article)?;
        let known = piece_at_hand(article);
        let read;
        let facts = if let Some(piece) = &known {
            &piece.facts
        } else {
            read = self.facts(article)?;
            &read
        };
        let ids = article.facts.iter().map(|fact| &*fact.id);
        let parts = Parts { body: read::read_body(&own, &body_of(&own), ids), facts };
        Ok(self.render(page, Some(&parts), buffer))
    }

    /// The facts of an article in full.
    pub(super) fn facts(&self, article: &Article) -> Result<Box<[sidecar::Fact]>, Error> {
        let Some(path) = &article.sidecar else { return Ok(Box::default()) };
        let beside = article.texts.as_ref().and_then(|(_, beside)| beside.as_ref());
        Ok(read::facts_again(path, &read::same_text(&self.snapshot, path, beside, article.sidecar_print)?))
    }

    /// What this edition may show.
    pub(super) fn showing(&self) -> Showing {
        self.showing
    }

    /// The article's file as it was read.
    pub(super) fn text(&self, article: &Article) -> Result<String, Error> {
        let own = article.texts.as_ref().map(|(own, _)| own);
        read::same_text(&self.snapshot, &article.file, own, Some(article.print))
    }

    fn render(&self, page: &PlannedPage, parts: Option<&Parts<'_>>, buffer: &mut Vec<u8>) -> Made {
        let site = self.site().around(page);
        let view = site.view(page, parts).expect("only files without a template have no view");
        match self.renderer.render(&view, buffer) {
            Ok(()) => Made::Rendered,
            Err(diagnostic) => Made::Faulty(diagnostic),
        }
    }

    /// Whether what all pages are made from is the same in both.
    pub(super) fn shares_with(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.config, &other.config) && self.renderer.prints() == other.renderer.prints()
    }

    /// Whether `page` is a copy of a file that is, or belongs to, what it was `before`, at a time when its stamp was sure.
    pub(super) fn copies_the_same(&self, page: &PlannedPage, before: &Self) -> bool {
        let file = match &page.kind {
            PageKind::Copy(file) => file,
            PageKind::ThemeAsset(name) => match &self.theme.assets[&**name] {
                Asset::Own(file) => file,
                Asset::Embedded(_) => return matches!(before.theme.assets.get(&**name), Some(Asset::Embedded(_))),
            },
            _ => return false,
        };
        let (old, new) = (before.snapshot.get(file.as_str()), self.snapshot.get(file.as_str()));
        old.zip(new).is_some_and(|(old, new)| old.stamp == new.stamp && old.stamp.is_old(before.at))
    }

    /// What the file at the place of `page` showed.
    pub(super) fn shows_at(&self, page: &PlannedPage) -> Option<&PageKind> {
        self.plan.page_at(page.output.as_str()).map(|page| &page.kind)
    }

    /// Where a file of the archive is on the disk.
    pub fn full_path(&self, file: &SourcePath) -> PathBuf {
        self.snapshot.full_path(file)
    }
}
