//! The program `git`, asked for names, lists and contents of a repository's objects. Nothing is checked out, written or
//! fetched, and no filter or hook of the repository runs.

use std::fmt;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

/// What keeps a revision from being read.
#[derive(Debug)]
pub enum Refused {
    /// There is no `git` to be run.
    NoGit(io::Error),
    /// The folder lies in no repository, or in one that git does not trust.
    NoRepository {
        /// The folder.
        folder: PathBuf,
        /// What git says.
        said: String,
    },
    /// No revision has this name.
    Unknown {
        /// The name.
        name: String,
        /// What git says.
        said: String,
    },
    /// The revision holds no archive there.
    NoArchive {
        /// The revision.
        name: String,
        /// The configuration's path in the repository.
        config: String,
    },
    /// Git failed half-way.
    Failed {
        /// Completes "git cannot …".
        action: &'static str,
        /// What git says.
        said: String,
    },
}

impl Refused {
    /// Whether other words on the command line would help.
    pub fn is_usage(&self) -> bool {
        !matches!(self, Self::Failed { .. })
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoGit(cause) => write!(f, "revisions are read by the program `git`, which cannot be run: {cause}"),
            Self::NoRepository { folder, said } => write!(f, "`{}` is in no git repository that can be read: {said}", folder.display()),
            Self::Unknown { name, said } => write!(f, "`{name}` is no revision: {said}"),
            Self::NoArchive { name, config } => write!(f, "the revision `{name}` has no archive there: it has no file `{config}`"),
            Self::Failed { action, said } => write!(f, "git cannot {action}: {said}"),
        }
    }
}

impl std::error::Error for Refused {}

/// The repository in which a folder lies.
#[derive(Debug)]
pub(super) struct Repository {
    folder: PathBuf,
}

/// An entry of a revision's tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    pub(super) id: String,
    /// The bytes that it holds; `None` where this copy of the repository does not have it.
    pub(super) size: Option<u64>,
    /// Its path from the root of the repository.
    pub(super) path: Vec<u8>,
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Link,
    Submodule,
}

impl Repository {
    /// The repository around `folder`, and the path of the folder in it: empty, or with a closing slash.
    pub(super) fn around(folder: &Path) -> Result<(Self, String), Refused> {
        let repository = Self { folder: folder.to_owned() };
        let refused = |said| Refused::NoRepository { folder: folder.to_owned(), said };
        let inside = repository.ask(&["rev-parse", "--show-prefix"])?.map_err(refused)?;
        let inside = String::from_utf8(inside).map_err(|_| refused("its path there is not UTF-8".to_owned()))?;
        Ok((repository, inside.strip_suffix('\n').unwrap_or(&inside).to_owned()))
    }

    /// The id of the commit that `name` means, and that of its tree.
    pub(super) fn resolve(&self, name: &str) -> Result<(String, String), Refused> {
        let unknown = |said: &str| Refused::Unknown { name: name.to_owned(), said: said.to_owned() };
        if name.is_empty() || name.starts_with('-') || name.contains('\0') {
            return Err(unknown("a name begins with another sign than `-`, and is not empty"));
        }
        let id = self.ask(&["rev-parse", "--verify", "--end-of-options", name])?.map_err(|said| match &*said {
            "Needed a single revision" => unknown("git knows no single commit by that name"),
            said => unknown(said),
        })?;
        let id = id_of(&id).ok_or_else(|| unknown("git names no single object for it"))?;
        let peeled = |what: &str| self.ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{id}^{{{what}}}")]);
        let tree = peeled("tree")?.ok().and_then(|tree| id_of(&tree)).ok_or_else(|| unknown("it is a file, not a commit"))?;
        // The name may stand for an annotated tag, or for a mere tree.
        let commit = peeled("commit")?.ok().and_then(|commit| id_of(&commit));
        Ok((commit.unwrap_or(id), tree))
    }

    /// What lies at or below `paths` in a tree, in git's order.
    pub(super) fn list(&self, tree: &str, paths: &[&str]) -> Result<Vec<Entry>, Refused> {
        let mut words = vec!["ls-tree", "-r", "-z", "-l", "--full-tree", tree, "--"];
        words.extend(paths);
        let failed = |said| Refused::Failed { action: "list a revision", said };
        let listed = self.ask(&words)?.map_err(failed)?;
        let lines = listed.split(|byte| *byte == 0).filter(|line| !line.is_empty());
        lines.map(|line| entry(line).ok_or_else(|| failed("its list has another form than expected".to_owned()))).collect()
    }

    /// Reads the objects `ids`, in their order, and hands each to `take` with its position.
    pub(super) fn read(&self, ids: &[&str], mut take: impl FnMut(usize, Vec<u8>)) -> Result<(), Refused> {
        if ids.is_empty() {
            return Ok(());
        }
        let failed = |cause: io::Error| Refused::Failed { action: "read a revision", said: cause.to_string() };
        let mut git = self
            .git()
            .args(["cat-file", "--batch", "--buffer"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(Refused::NoGit)?;
        let (asks, answers) = (git.stdin.take(), git.stdout.take());
        let read = thread::scope(|scope| {
            // Git answers while it is asked; whoever only asks first would wait for ever.
            scope.spawn(move || asks.map(|asks| put(ids, BufWriter::new(asks))));
            let mut answers = BufReader::new(answers.ok_or(io::ErrorKind::BrokenPipe)?);
            for position in 0..ids.len() {
                take(position, answer(&mut answers)?);
            }
            Ok(())
        });
        // It has nothing more to say; a failure has been seen above.
        let _ = git.kill();
        let _ = git.wait();
        read.map_err(failed)
    }

    /// What git answers, or what it complains of.
    fn ask(&self, words: &[&str]) -> Result<Result<Vec<u8>, String>, Refused> {
        let output = self.git().args(words).stdin(Stdio::null()).output().map_err(Refused::NoGit)?;
        if output.status.success() {
            return Ok(Ok(output.stdout));
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().map(|line| line.trim_start_matches("fatal: ").trim()).find(|line| !line.is_empty());
        Ok(Err(said.unwrap_or("git gives no reason").to_owned()))
    }

    fn git(&self) -> Command {
        let mut git = Command::new("git");
        // A clone that lacks objects would fetch them, through whatever program its configuration names.
        git.env("GIT_NO_LAZY_FETCH", "1").env("GIT_TERMINAL_PROMPT", "0").env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C");
        // A hook of git's sets these for another folder than ours.
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE"] {
            git.env_remove(name);
        }
        git.arg("-C").arg(&self.folder).args([
            "--no-pager",
            "--literal-pathspecs",
            "-c",
            "protocol.allow=never",
            "-c",
            "core.fsmonitor=false",
        ]);
        git
    }
}

/// The one id in an answer.
fn id_of(answer: &[u8]) -> Option<String> {
    let id = std::str::from_utf8(answer).ok()?.trim();
    (!id.is_empty() && id.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| id.to_owned())
}

/// `100644 blob 1f7a…     123<TAB>content/articles/a.md`
fn entry(line: &[u8]) -> Option<Entry> {
    let tab = line.iter().position(|byte| *byte == b'\t')?;
    let mut words = std::str::from_utf8(&line[..tab]).ok()?.split_ascii_whitespace();
    let kind = match (words.next()?, words.next()?) {
        ("120000", _) => Kind::Link,
        (_, "commit") => Kind::Submodule,
        (_, "blob") => Kind::File,
        _ => return None,
    };
    Some(Entry { kind, id: words.next()?.to_owned(), size: words.next()?.parse().ok(), path: line[tab + 1..].to_owned() })
}

/// One id a line. Whoever reads has gone away only after a failure of its own.
fn put(ids: &[&str], mut asks: impl Write) -> io::Result<()> {
    ids.iter().try_for_each(|id| writeln!(asks, "{id}"))?;
    asks.flush()
}

/// One object: `1f7a… blob 123`, a line end, its bytes, a line end.
fn answer(answers: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut head = String::new();
    answers.read_line(&mut head)?;
    let size = head.split_ascii_whitespace().nth(2).and_then(|size| size.parse::<u64>().ok());
    let size = size.ok_or_else(|| io::Error::other(format!("an object cannot be had: `{}`", head.trim())))?;
    let mut bytes = Vec::new();
    answers.take(size).read_to_end(&mut bytes)?;
    let mut end = [0];
    answers.read_exact(&mut end)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_list_is_an_entry() {
        let read = |line: &str| entry(line.as_bytes()).map(|entry| (entry.kind, entry.size, String::from_utf8(entry.path).unwrap()));
        assert_eq!(read("100644 blob 1f7a      12\ta\tb.md"), Some((Kind::File, Some(12), "a\tb.md".to_owned())));
        assert_eq!(read("120000 blob 1f7a       3\tlink"), Some((Kind::Link, Some(3), "link".to_owned())));
        assert_eq!(read("160000 commit 1f7a       -\tsub"), Some((Kind::Submodule, None, "sub".to_owned())));
        assert_eq!(read("100644 blob 1f7a     BAD\tx"), Some((Kind::File, None, "x".to_owned())));
        assert_eq!(read("100644 blob"), None);
    }

    #[test]
    fn an_object_that_is_missing_is_an_error() {
        assert!(answer(&mut &b"1f7a missing\n"[..]).is_err());
        assert!(answer(&mut &b"1f7a blob 5\nabc"[..]).is_err());
        assert_eq!(answer(&mut &b"1f7a blob 3\nabc\n"[..]).unwrap(), b"abc");
    }
}
