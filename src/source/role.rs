//! What a file is for. Its place and its name decide, never what it holds.

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// `postilla.toml`.
    Config,
    /// `content/articles/**/*.md`.
    Article,
    /// `content/articles/**/*.facts.{toml,yaml,yml,json}`.
    Sidecar,
    /// `content/entities/**/*.md`.
    Entity,
    /// `content/properties.toml`.
    Properties,
    /// `content/sources.{bib,yml,yaml}`.
    Bibliography,
    /// `content/pages/**/*.md`.
    Page,
    /// Any other file beside an article, an entity or a page.
    Asset,
    /// `templates/**`.
    Template,
    /// `static/**`.
    Static,
}

/// The folders in which everything of an archive lies but its configuration, relative to its root.
pub const GROUND: [&str; 3] = ["content", "static", "templates"];

/// The folders that hold the archive, relative to its root.
pub(super) const FOLDERS: [&str; 5] = ["content/articles", "content/entities", "content/pages", "static", "templates"];

/// The files that stand outside those folders.
pub(super) const LONE_FILES: [&str; 5] =
    ["content/properties.toml", "content/sources.bib", "content/sources.yaml", "content/sources.yml", "postilla.toml"];

const MIB: u64 = 1024 * 1024;

impl Role {
    /// The role of the file at `path`, relative to the root of the archive; `None` when it has none.
    pub fn of(path: &str) -> Option<Self> {
        match path {
            "postilla.toml" => return Some(Self::Config),
            "content/properties.toml" => return Some(Self::Properties),
            "content/sources.bib" | "content/sources.yml" | "content/sources.yaml" => return Some(Self::Bibliography),
            _ => {}
        }
        let (folder, below) = FOLDERS.iter().find_map(|folder| Some((*folder, path.strip_prefix(folder)?.strip_prefix('/')?)))?;
        Some(match (folder, is_markdown(below)) {
            ("static", _) => Self::Static,
            ("templates", _) => Self::Template,
            ("content/articles", true) => Self::Article,
            ("content/articles", false) if is_sidecar(below) => Self::Sidecar,
            ("content/entities", true) => Self::Entity,
            ("content/pages", true) => Self::Page,
            _ => Self::Asset,
        })
    }

    /// The most bytes that a file of this role may hold to be read as text; `None` for what is only copied.
    pub(super) fn limit(self) -> Option<u64> {
        match self {
            Self::Article | Self::Entity | Self::Page => Some(16 * MIB),
            Self::Sidecar | Self::Bibliography => Some(64 * MIB),
            Self::Config | Self::Properties | Self::Template => Some(4 * MIB),
            Self::Asset | Self::Static => None,
        }
    }

    /// What messages call such a file.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Config => "a configuration",
            Self::Article => "an article",
            Self::Sidecar => "a sidecar",
            Self::Entity => "an entity",
            Self::Properties => "a list of properties",
            Self::Bibliography => "a bibliography",
            Self::Page => "a page",
            Self::Asset => "an asset",
            Self::Template => "a template",
            Self::Static => "a static file",
        }
    }
}

fn is_markdown(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending == "md")
}

pub(super) fn is_sidecar(path: &str) -> bool {
    [".facts.toml", ".facts.yaml", ".facts.yml", ".facts.json"].iter().any(|ending| path.ends_with(ending))
}

/// Whether a file or folder of this name is nobody's content: hidden, or left by an editor, a download or a
/// file manager for a moment.
pub fn is_passing(name: &str) -> bool {
    // The two dotted names that hosting asks for; they can only matter under `static/`.
    let hidden = name.starts_with('.') && !matches!(name, ".well-known" | ".nojekyll");
    let endings = ["~", ".swp", ".swo", ".swx", ".tmp", ".crdownload", ".part", ".partial", "___jb_tmp___", "___jb_old___"];
    hidden
        || endings.iter().any(|ending| name.ends_with(ending))
        || name.starts_with("~$")
        || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
        || matches!(name, "4913" | "Thumbs.db" | "desktop.ini")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_and_name_give_the_role() {
        for (path, role) in [
            ("postilla.toml", Some(Role::Config)),
            ("content/articles/2025/a.md", Some(Role::Article)),
            ("content/articles/2025/a.facts.toml", Some(Role::Sidecar)),
            ("content/articles/a.facts.yml", Some(Role::Sidecar)),
            ("content/articles/2025/photo.jpg", Some(Role::Asset)),
            ("content/articles/notes.toml", Some(Role::Asset)),
            ("content/entities/people/x.md", Some(Role::Entity)),
            ("content/entities/people/x.facts.toml", Some(Role::Asset)),
            ("content/pages/method.md", Some(Role::Page)),
            ("content/pages/chart.svg", Some(Role::Asset)),
            ("content/properties.toml", Some(Role::Properties)),
            ("content/sources.yaml", Some(Role::Bibliography)),
            ("templates/partials/note.html", Some(Role::Template)),
            ("static/readme.md", Some(Role::Static)),
            ("content/stray.md", None),
            ("content/articlesque/a.md", None),
            ("src/lib.rs", None),
        ] {
            assert_eq!(Role::of(path), role, "{path}");
        }
    }

    #[test]
    fn what_editors_leave_is_passed_over() {
        for name in [
            ".git",
            ".DS_Store",
            ".#a.md",
            "#a.md#",
            "a.md~",
            ".a.md.swp",
            "a.swx",
            "4913",
            "a.tmp",
            "Thumbs.db",
            ".goutputstream-X1",
            "x.crdownload",
        ] {
            assert!(is_passing(name), "{name}");
        }
        for name in ["a.md", "#", "c#.md", "49130", "CNAME", ".well-known", ".nojekyll"] {
            assert!(!is_passing(name), "{name}");
        }
    }
}
