//! Two kinds of path that never meet: where words come from and where bytes go.

use std::fmt;
use std::sync::Arc;

/// A file of the archive, relative to its root, with `/` between the parts:
/// `content/articles/2025/ai-push.md`. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// Takes a path that the scan has already made relative and slashed.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The path as written in messages.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file name without folders.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// The folders before the name, without a closing slash.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The file name without its ending: `v1.2` for `v1.2.md`, and `ai-push` for `ai-push.facts.toml`.
    pub fn stem(&self) -> &str {
        let name = self.name();
        let sidecar = name.rfind(".facts.").or_else(|| name.rfind(".fact."));
        sidecar.or_else(|| name.rfind('.')).map_or(name, |end| &name[..end])
    }

    /// The path after `folder/`, if it lies there.
    pub fn below(&self, folder: &str) -> Option<&str> {
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }

    /// The path that `link` means when it stands in this file, or `None` when it climbs out of the archive.
    pub fn join(&self, link: &str) -> Option<String> {
        let mut parts: Vec<&str> = match link.strip_prefix('/') {
            Some(_) => Vec::new(),
            None => self.folder().split('/').filter(|part| !part.is_empty()).collect(),
        };
        for part in link.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Some(parts.join("/"))
    }
}

impl std::borrow::Borrow<str> for SourcePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A file of the site, relative to the output folder. It cannot leave that folder: every part is a plain
/// name, so no `..`, no root, no drive, no NUL, nothing hidden.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Box<str>);

impl OutputPath {
    /// `None` when a part is empty, begins with a dot, or holds a character that some disk refuses.
    pub fn new(path: &str) -> Option<Self> {
        (path.len() <= 1024 && path.split('/').all(is_plain_name)).then(|| Self(path.into()))
    }

    /// The path with `/` between the parts.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `.well-known` and `.nojekyll` are the dotted names that hosting asks for.
fn is_plain_name(part: &str) -> bool {
    let dotted = part.starts_with('.') && !matches!(part, ".well-known" | ".nojekyll");
    let refused = |byte: u8| byte.is_ascii_control() || matches!(byte, b'\\' | b':' | b'*' | b'?' | b'"' | b'<' | b'>' | b'|');
    let plain = |part: &str| !part.bytes().any(refused) && (part.is_ascii() || !part.contains(char::is_control));
    !part.is_empty() && part.len() <= 200 && !dotted && !matches!(part.as_bytes().last(), Some(b'.' | b' ')) && plain(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_output_path_cannot_leave_its_folder() {
        for path in ["", "/etc/passwd", "../x", "a/../b", "a//b", "C:/x", "a\\b", "a/.git/x", "a/\0", "x/"] {
            assert_eq!(OutputPath::new(path), None, "{path:?}");
        }
        for path in ["index.html", "articles/città/index.html", ".well-known/x", ".nojekyll"] {
            assert!(OutputPath::new(path).is_some(), "{path:?}");
        }
    }

    #[test]
    fn a_stem_keeps_the_dots_inside() {
        for (name, stem) in [("a/v1.2.md", "v1.2"), ("a/ai-push.facts.toml", "ai-push"), ("plain", "plain")] {
            assert_eq!(SourcePath::new(name).stem(), stem);
        }
    }

    #[test]
    fn a_link_is_joined_to_the_folder_of_its_file() {
        let file = SourcePath::new("content/articles/2025/a.md");
        assert_eq!(file.join("../2024/b.md").as_deref(), Some("content/articles/2024/b.md"));
        assert_eq!(file.join("/content/pages/c.md").as_deref(), Some("content/pages/c.md"));
        assert_eq!(file.join("../../../../x"), None);
    }
}
