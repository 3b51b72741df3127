//! What happens to an archive.
#![expect(clippy::unnecessary_wraps, reason = "all steps have one shape")]

use std::fs;
use std::path::{Path, PathBuf};

use super::names::{ARTICLES, sidecar_of, stem};
use super::{Walk, texts};
use crate::common::write;

/// A kind of step; `None` when there is nothing to do it to.
type Step = fn(&mut Walk) -> Option<String>;

/// Each with how often it comes.
const STEPS: &[(usize, Step)] = &[
    (6, save_article),
    (2, save_sidecar),
    (4, create),
    (1, delete),
    (2, rename),
    (2, move_elsewhere),
    (1, rename_folder),
    (1, remove_folder_and_make_it_again),
    (2, link),
    (2, edit_behind_the_link),
    (2, lead_the_link_elsewhere),
    (1, unlink),
    (2, static_file),
    (2, template),
    (2, configuration),
    (1, entity),
    (1, page),
    (3, break_something),
    (1, dangle),
    (1, stray),
    (2, noise),
];

impl Walk {
    pub(super) fn any_step(&mut self) -> String {
        let steps: Vec<Step> = STEPS.iter().flat_map(|(often, step)| vec![*step; *often]).collect();
        loop {
            let step = self.chance.of(&steps).unwrap();
            if let Some(told) = step(self) {
                return told;
            }
        }
    }

    /// Mends what the last build found.
    pub(super) fn mend(&mut self) -> String {
        let mut files: Vec<String> = self.wrong.iter().filter_map(|found| Some(found["file"].as_str()?.to_owned())).collect();
        files.dedup();
        for file in &files {
            self.mend_file(file);
        }
        format!("mended {}", files.join(", "))
    }

    fn mend_file(&mut self, file: &str) {
        let (path, number) = (self.at(file), self.number());
        let article = file.strip_suffix(".facts.toml").map(|stem| self.at(&format!("{stem}.md")));
        let text = match (file, article) {
            ("postilla.toml", _) => Some(texts::config(number)),
            ("content/entities/river.md", _) => Some(texts::entity("River", number)),
            (_, Some(article)) => article.is_file().then(|| texts::sidecar(number)),
            (_, None) => (file.starts_with(ARTICLES) && file.ends_with(".md")).then(|| texts::article(number)),
        };
        if path.is_dir() {
            fs::remove_dir_all(&path).unwrap();
        } else if fs::symlink_metadata(&path).is_ok_and(|seen| seen.is_symlink()) || text.is_none() {
            let _ = fs::remove_file(&path);
        }
        if let Some(text) = text {
            self.save(&path, &text);
        }
    }

    /// One of `all` and how it is named here.
    fn one_of(&mut self, all: &[PathBuf]) -> Option<PathBuf> {
        self.chance.of(all)
    }

    fn named(&self, path: &Path) -> String {
        path.strip_prefix(self.disk.path()).unwrap_or(path).display().to_string()
    }
}

fn save_article(walk: &mut Walk) -> Option<String> {
    let articles = walk.articles();
    let (path, number) = (walk.one_of(&articles)?, walk.number());
    let other = walk.one_of(&articles)?;
    let text = if walk.chance.one_in(8) { texts::linking(number, &stem(&other)) } else { texts::article(number) };
    let how = walk.save(&path, &text);
    Some(format!("{} {how}", walk.named(&path)))
}

fn save_sidecar(walk: &mut Walk) -> Option<String> {
    let sidecars = walk.sidecars();
    let (path, number) = (walk.one_of(&sidecars)?, walk.number());
    let how = walk.save(&path, &texts::sidecar(number));
    Some(format!("{} {how}", walk.named(&path)))
}

fn create(walk: &mut Walk) -> Option<String> {
    let number = walk.number();
    let folder = walk
        .folders()
        .first()
        .cloned()
        .filter(|_| !number.is_multiple_of(3))
        .unwrap_or_else(|| walk.at(&format!("{ARTICLES}/new-{number}")));
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("n{number}.md"));
    let how = walk.save(&path, &texts::article(number));
    if number.is_multiple_of(2) {
        walk.save(&sidecar_of(&path), &texts::sidecar(number));
    }
    Some(format!("{} {how}, new", walk.named(&path)))
}

fn delete(walk: &mut Walk) -> Option<String> {
    let articles = walk.articles();
    let path = walk.one_of(&articles).filter(|_| articles.len() > 3)?;
    fs::remove_file(&path).unwrap();
    if walk.chance.one_in(4) {
        return Some(format!("{} deleted, not its sidecar", walk.named(&path)));
    }
    let _ = fs::remove_file(sidecar_of(&path));
    Some(format!("{} deleted", walk.named(&path)))
}

fn rename(walk: &mut Walk) -> Option<String> {
    let articles = walk.articles();
    let from = walk.one_of(&articles)?;
    let to = from.with_file_name(format!("r{}.md", walk.number()));
    move_article(&from, &to);
    Some(format!("{} renamed to {}", walk.named(&from), walk.named(&to)))
}

fn move_elsewhere(walk: &mut Walk) -> Option<String> {
    let (articles, folders) = (walk.articles(), walk.folders());
    let (from, folder) = (walk.one_of(&articles)?, walk.one_of(&folders)?);
    let to = folder.join(from.file_name()?);
    if from == to {
        return None;
    }
    move_article(&from, &to);
    Some(format!("{} moved to {}", walk.named(&from), walk.named(&folder)))
}

fn move_article(from: &Path, to: &Path) {
    fs::rename(from, to).unwrap();
    if sidecar_of(from).exists() {
        fs::rename(sidecar_of(from), sidecar_of(to)).unwrap();
    }
}

fn rename_folder(walk: &mut Walk) -> Option<String> {
    let folders = walk.folders();
    let from = walk.one_of(&folders)?;
    let number = walk.number();
    let to = walk.at(&format!("{ARTICLES}/f{number}"));
    fs::rename(&from, &to).unwrap();
    Some(format!("folder {} renamed to {}", walk.named(&from), walk.named(&to)))
}

fn remove_folder_and_make_it_again(walk: &mut Walk) -> Option<String> {
    let folders = walk.folders();
    let (folder, number) = (walk.one_of(&folders)?, walk.number());
    fs::remove_dir_all(&folder).unwrap();
    let path = folder.join(format!("m{number}.md"));
    write(&path, texts::article(number).as_bytes());
    Some(format!("folder {} removed and made again with {}", walk.named(&folder), stem(&path)))
}

fn link(walk: &mut Walk) -> Option<String> {
    if walk.behind().is_some() {
        return None;
    }
    let number = walk.number();
    let beside = walk.disk.path().join(format!("beside/articles-{number}"));
    fs::create_dir_all(beside.parent()?).unwrap();
    fs::rename(walk.at(ARTICLES), &beside).unwrap();
    lead(walk, &beside);
    Some(format!("articles moved to {} and linked", walk.named(&beside)))
}

fn edit_behind_the_link(walk: &mut Walk) -> Option<String> {
    let real = walk.behind()?;
    let articles = walk.articles();
    let (path, number) = (walk.one_of(&articles)?, walk.number());
    let path = real.join(path.strip_prefix(walk.at(ARTICLES)).unwrap());
    let how = walk.save(&path, &texts::article(number));
    Some(format!("{} {how}", walk.named(&path)))
}

fn lead_the_link_elsewhere(walk: &mut Walk) -> Option<String> {
    let real = walk.behind()?;
    let (number, atomic) = (walk.number(), walk.chance.one_in(2));
    let other = walk.disk.path().join(format!("beside/articles-{number}"));
    for path in walk.articles().into_iter().chain(walk.sidecars()) {
        let below = path.strip_prefix(walk.at(ARTICLES)).unwrap();
        write(&other.join(below), &fs::read(&path).unwrap());
    }
    write(&other.join(format!("elsewhere/e{number}.md")), texts::article(number).as_bytes());
    if atomic {
        std::os::unix::fs::symlink(&other, walk.at("content/.link")).unwrap();
        fs::rename(walk.at("content/.link"), walk.at(ARTICLES)).unwrap();
    } else {
        fs::remove_file(walk.at(ARTICLES)).unwrap();
        lead(walk, &other);
    }
    // What is left behind is no longer of the archive.
    write(&real.join("left.md"), b"not of the archive");
    Some(format!("the link led to {}, {}", walk.named(&other), if atomic { "at one stroke" } else { "removed and made again" }))
}

fn unlink(walk: &mut Walk) -> Option<String> {
    let real = walk.behind()?;
    fs::remove_file(walk.at(ARTICLES)).unwrap();
    fs::rename(real, walk.at(ARTICLES)).unwrap();
    Some("articles moved back, in place of the link".to_owned())
}

fn lead(walk: &Walk, to: &Path) {
    std::os::unix::fs::symlink(to, walk.at(ARTICLES)).unwrap();
}

fn static_file(walk: &mut Walk) -> Option<String> {
    let number = walk.number();
    if walk.at("static").exists() && walk.chance.one_in(3) {
        fs::remove_dir_all(walk.at("static")).unwrap();
        return Some("static/ removed".to_owned());
    }
    let path = walk.at(&format!("static/deep/s{}.txt", number % 3));
    fs::create_dir_all(path.parent()?).unwrap();
    let how = walk.save(&path, &format!("Made up {number}\n"));
    Some(format!("{} {how}", walk.named(&path)))
}

fn template(walk: &mut Walk) -> Option<String> {
    let number = walk.number();
    if walk.at("templates").exists() && walk.chance.one_in(3) {
        fs::remove_dir_all(walk.at("templates")).unwrap();
        return Some("templates/ removed".to_owned());
    }
    let path = walk.at("templates/404.html");
    fs::create_dir_all(path.parent()?).unwrap();
    let how = walk.save(&path, &texts::template(number));
    Some(format!("{} {how}", walk.named(&path)))
}

fn configuration(walk: &mut Walk) -> Option<String> {
    let (path, number) = (walk.at("postilla.toml"), walk.number());
    let how = walk.save(&path, &texts::config(number));
    Some(format!("the configuration {how}"))
}

fn entity(walk: &mut Walk) -> Option<String> {
    let (path, number) = (walk.at("content/entities/brook.md"), walk.number());
    if path.exists() && walk.chance.one_in(3) {
        fs::remove_file(&path).unwrap();
        return Some("an entity deleted".to_owned());
    }
    let name = walk.chance.of(&["Brook", "River Brook", "Bridge"])?;
    let how = walk.save(&path, &texts::entity(name, number));
    Some(format!("the entity `{name}` {how}"))
}

fn page(walk: &mut Walk) -> Option<String> {
    let (path, number) = (walk.at("content/pages/about.md"), walk.number());
    let how = walk.save(&path, &texts::page(number));
    Some(format!("a page {how}"))
}

fn break_something(walk: &mut Walk) -> Option<String> {
    let (articles, sidecars) = (walk.articles(), walk.sidecars());
    let template = Some(walk.at("templates/404.html")).filter(|path| path.exists());
    let path = match walk.chance.below(8) {
        0 => walk.at("postilla.toml"),
        1 => template?,
        2 => walk.at("content/entities/river.md"),
        3 => walk.one_of(&articles)?,
        _ => walk.one_of(&sidecars)?,
    };
    let how = walk.save(&path, &format!("+++\n{}", texts::BROKEN));
    Some(format!("{} broken, {how}", walk.named(&path)))
}

/// In place of a file that may not be read, which means nothing to the superuser.
fn dangle(walk: &mut Walk) -> Option<String> {
    let articles = walk.articles();
    let path = walk.one_of(&articles)?;
    fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink("nowhere", &path).unwrap();
    Some(format!("{} became a link to nothing", walk.named(&path)))
}

fn stray(walk: &mut Walk) -> Option<String> {
    let path = match walk.chance.below(3) {
        0 => walk.at("content/notes.txt"),
        1 => walk.at(&format!("{ARTICLES}/copy.md.bak")),
        _ => walk.at("content/sources.bib/not-a-file"),
    };
    write(&path, b"Made up\n");
    Some(format!("{} made, which is astray", walk.named(&path)))
}

fn noise(walk: &mut Walk) -> Option<String> {
    let number = walk.number();
    let own = fs::read(walk.at("public/robots.txt")).unwrap();
    let path = match walk.chance.below(8) {
        0 => walk.at(&format!("{ARTICLES}/.a1.md.swp")),
        1 => walk.at(&format!("{ARTICLES}/a1.md~")),
        2 => walk.at(".git/objects/made-up"),
        3 => walk.at(&format!("{ARTICLES}/n.draft")),
        4 => walk.at(&format!("{ARTICLES}/left-out/x.md")),
        5 => walk.at("notes/of/somebody.md"),
        6 => walk.at("content/.git/index"),
        _ => {
            write(&walk.at("public/robots.txt"), &own);
            return Some("a file of the output touched".to_owned());
        }
    };
    write(&path, format!("{number}").as_bytes());
    Some(format!("{} made, which means nothing", walk.named(&path)))
}
