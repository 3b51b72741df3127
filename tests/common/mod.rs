//! What the tests share: an archive in a folder of its own, the program run on it, and what came of it.
#![allow(dead_code, reason = "each test file uses its own part of this")]
#![allow(clippy::unwrap_used, reason = "tests")]

pub mod html;
pub mod running;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use postilla::base::Code;
use tempfile::TempDir;

/// An archive in a temporary folder, which goes with it.
pub struct Archive {
    folder: TempDir,
}

/// How a run of the program ended.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// The least that an archive needs.
pub const CONFIG: &str = "title = 'Test archive'\nbase_url = 'https://archive.example/base'\n";

/// A `[rules]` table that turns every editorial rule off that can be turned off: for tests that are about other things.
pub fn without_rules() -> String {
    let rules = Code::ALL.iter().filter(|code| code.rule().is_some() && !code.is_promise());
    rules.fold("\n[rules]\n".to_owned(), |table, code| format!("{table}'{}' = 'off'\n", code.as_str()))
}

/// An archive of these files; a configuration is added when there is none.
pub fn archive(files: &[(&str, &str)]) -> Archive {
    let archive = Archive { folder: tempfile::tempdir().unwrap() };
    archive.write("postilla.toml", &format!("{CONFIG}{}", without_rules()));
    for (path, text) in files {
        archive.write(path, text);
    }
    archive
}

/// The same, with every editorial rule as it is for an archive that says nothing of rules.
pub fn ruled(files: &[(&str, &str)]) -> Archive {
    archive(&[&[("postilla.toml", CONFIG)], files].concat())
}

/// A copy of the archive at `root`: its configuration, content, templates and static files.
pub fn copy_of(root: &Path) -> Archive {
    let archive = Archive { folder: tempfile::tempdir().unwrap() };
    copy_tree(root, archive.root());
    archive
}

impl Archive {
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        write(&self.path(path), text.as_bytes());
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Runs the program in the archive's folder.
    pub fn run(&self, args: &[&str]) -> Run {
        run_in(self.root(), Path::new(env!("CARGO_BIN_EXE_postilla")), args)
    }

    /// Builds at a fixed moment; the build must succeed.
    pub fn build(&self, more: &[&str]) -> Run {
        let run = self.run(&[&["build", "--now", "2026-01-01"], more].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        run
    }

    /// The files of `public/`, by path, without the program's own notes.
    pub fn site(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.path("public"))
    }
}

pub fn run_in(folder: &Path, program: &Path, args: &[&str]) -> Run {
    let output = Command::new(program).args(args).current_dir(folder).env_remove("RAYON_NUM_THREADS").output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

pub fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// The files below `root`, by path; `.postilla` and the ignore file of an output folder left out.
pub fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let path = |path: &Path| path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
    let entries = walkdir::WalkDir::new(root).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let found = entries.map(|entry| (path(entry.path()), fs::read(entry.path()).unwrap()));
    found.filter(|(path, _)| !path.starts_with(".postilla/") && path != ".gitignore").collect()
}

pub fn copy_tree(from: &Path, to: &Path) {
    for part in ["postilla.toml", "content", "templates", "static"] {
        let part_root = from.join(part);
        for entry in walkdir::WalkDir::new(&part_root).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file()) {
            write(&to.join(entry.path().strip_prefix(from).unwrap()), &fs::read(entry.path()).unwrap());
        }
    }
}

/// Whether a path ends in this extension.
pub fn is_a(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|found| found == extension)
}

/// The repository, which is itself an archive.
pub fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
