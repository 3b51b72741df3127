//! Files that lie where content lies and are none: sources under a name that nobody reads, and what editing left
//! behind. Copied as they are, they would publish what was to stay in. Names decide; nothing is opened.

use crate::base::{Code, Diagnostic, Place, SourcePath, word};

use super::role::is_sidecar;

/// What lies in `content/` and is read.
const KNOWN: [&str; 7] = ["articles", "entities", "pages", "properties.toml", "sources.bib", "sources.yaml", "sources.yml"];

const MARKDOWN: [&str; 8] = ["md", "markdown", "mdown", "mdtext", "mdtxt", "mdwn", "mkd", "mkdn"];
const LEFT_BEHIND: [&str; 4] = ["bak", "old", "orig", "rej"];
const DATA: [&str; 5] = ["bib", "json", "toml", "yaml", "yml"];

/// What is wrong with the name of a file that would be copied from among articles, entities or pages; an error
/// when it must not be published.
pub(super) fn misnamed(path: &str) -> Option<Diagnostic> {
    let file = SourcePath::new(path);
    let lower = file.name().to_lowercase();
    let parts: Vec<&str> = lower.split('.').collect();
    let [_, inner @ .., ending] = &parts[..] else { return None };
    let place = Place::whole(&file);
    let error = |what: &str| Diagnostic::error(Code::Misnamed, place.clone(), format!("`{}` {what}", file.name()));
    if LEFT_BEHIND.contains(ending) {
        return Some(
            error("is left over from editing, and would be published as it is").help("delete it, or name it in `ignore`".to_owned()),
        );
    }
    if inner.iter().any(|part| matches!(*part, "fact" | "facts")) {
        return Some(error("looks like a sidecar and is none, and would be published as it is").help(sidecar_help(&file)));
    }
    if MARKDOWN.contains(ending) {
        return Some(
            error("looks like Markdown and is not read, and would be published as it is").help("let its name end in `.md`".to_owned()),
        );
    }
    if inner.contains(&"md") {
        return Some(
            error("looks like a copy of a source, and would be published as it is").help("delete it, or name it in `ignore`".to_owned()),
        );
    }
    DATA.contains(ending).then(|| data(&file))
}

fn sidecar_help(file: &SourcePath) -> String {
    if is_sidecar(file.name()) {
        return "only articles have sidecars: move it beside its article".to_owned();
    }
    format!("a sidecar's name ends in `.facts.toml`, `.facts.yaml`, `.facts.yml` or `.facts.json`: `{}.facts.toml`", file.stem())
}

fn data(file: &SourcePath) -> Diagnostic {
    let message = format!("the data file `{}` is not read, only copied to the site", file.name());
    let help = "a sidecar's name ends in `.facts.toml`; what readers may download can lie in `static/`";
    Diagnostic::warning(Code::Misnamed, Place::whole(file), message).help(help.to_owned())
}

/// Whether something of this name in `content/` is read.
pub(super) fn is_known(name: &str) -> bool {
    KNOWN.contains(&name)
}

/// About something in `content/` that is in no folder of content and that nobody reads.
pub(super) fn unread(name: &str, is_folder: bool) -> Diagnostic {
    let path = SourcePath::new(format!("content/{name}"));
    let markdown = name.to_lowercase().rsplit_once('.').is_some_and(|(_, ending)| MARKDOWN.contains(&ending));
    let help = match word::nearest(name, KNOWN) {
        Some(known) => format!("did you mean `content/{known}`?"),
        None if markdown => "move it to `content/articles`, `content/entities` or `content/pages`".to_owned(),
        None => format!("what is read here: {}", KNOWN.map(|known| format!("`{known}`")).join(", ")),
    };
    let what = if is_folder { "folder" } else { "file" };
    Diagnostic::warning(Code::Misnamed, Place::whole(&path), format!("the {what} `{path}` is not read")).help(help)
}

/// About a file where a folder must be, or the other way round.
pub(super) fn wrong_kind(path: &str, wanted: &str, found: &str) -> Diagnostic {
    let message = format!("`{path}` must be a {wanted}, and is a {found}");
    Diagnostic::error(Code::Misnamed, Place::whole(&SourcePath::new(path)), message).help("rename it".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_source_must_not_be_published() {
        for name in [
            "b.MD",
            "c.markdown",
            "c.Mkd",
            "a.md.bak",
            "a.md.orig",
            "a.md.txt",
            "photo.jpg.old",
            "a.fact.toml",
            "a.facts.TOML",
            "a.facts.toml.rej",
            "a.facts.csv",
            "a.Facts.toml",
        ] {
            let found = misnamed(&format!("content/articles/{name}"));
            assert!(found.is_some_and(|found| found.is_error() && found.help.is_some()), "{name}");
        }
        assert!(misnamed("content/entities/x.facts.toml").is_some_and(|found| found.is_error()));
    }

    #[test]
    fn data_beside_an_article_may_be_a_download() {
        for name in ["notes.toml", "table.JSON", "facts.yaml", "books.bib"] {
            assert!(misnamed(&format!("content/articles/{name}")).is_some_and(|found| !found.is_error()), "{name}");
        }
        for name in ["photo.jpg", "md", "facts", "old", "a.b.csv", "LICENSE", "factsheet.pdf"] {
            assert_eq!(misnamed(&format!("content/articles/{name}")), None, "{name}");
        }
    }

    #[test]
    fn the_nearest_known_name_is_proposed() {
        for (name, help) in [
            ("propertys.toml", "did you mean `content/properties.toml`?"),
            ("source.bib", "did you mean `content/sources.bib`?"),
            ("article", "did you mean `content/articles`?"),
            ("hello.md", "move it to `content/articles`, `content/entities` or `content/pages`"),
        ] {
            assert_eq!(unread(name, false).help.as_deref(), Some(help));
        }
    }
}
