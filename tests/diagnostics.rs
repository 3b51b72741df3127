//! The picture of every diagnostic: `diagnostics/` holds a small archive for each code, with all that
//! `postilla check` says about it in `expected.txt`. A folder is named after its code, `schema__unknown_key`,
//! and where one code has more pictures by a word more. `SNAPSHOTS=overwrite` draws them anew.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use postilla::base::Code;
use snapbox::assert::Action;
use snapbox::{Assert, Data};

#[test]
fn every_diagnostic_looks_as_expected() {
    // A dead link needs a server and two runs: `links.rs` draws it.
    let alone = |folder: &&PathBuf| name_of(folder) != "evidence__dead_link";
    let differing: Vec<String> = folders().iter().filter(alone).filter_map(|folder| compare(folder).err()).collect();
    assert!(differing.is_empty(), "{}", differing.concat());
}

#[test]
fn every_code_has_a_picture() {
    let folders = folders();
    for code in Code::ALL {
        let name = code.as_str().replace("::", "__");
        let shows = |folder: &&PathBuf| {
            fs::read_to_string(folder.join("expected.txt")).unwrap().contains(&format!("[{code}]", code = code.as_str()))
        };
        let own = folders.iter().filter(|folder| code_of(name_of(folder)) == Some(*code));
        assert_ne!(own.filter(shows).count(), 0, "no folder `{name}` has a picture of it");
    }
}

fn folders() -> Vec<PathBuf> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut folders: Vec<PathBuf> = fs::read_dir(home).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

fn name_of(folder: &Path) -> &str {
    folder.file_name().unwrap().to_str().unwrap()
}

fn compare(folder: &Path) -> Result<(), String> {
    let said = check(folder);
    let path = folder.join("expected.txt");
    let assert = Assert::new().action_env("SNAPSHOTS");
    if assert.selected_action() == Action::Overwrite {
        fs::write(path, said).unwrap();
        return Ok(());
    }
    let expected = Data::read_from(&path, None).raw();
    assert.try_eq(Some(&name_of(folder)), said.into(), expected).map_err(|differs| differs.to_string())
}

/// What `postilla check` says on its standard error about a copy of the folder, by the folder's code and by those that no
/// archive can turn off. What other rules find is left out, also how much: a new rule changes no picture of another.
fn check(folder: &Path) -> String {
    let root = tempfile::tempdir().unwrap();
    copy(folder, root.path());
    add_what_git_cannot_carry(name_of(folder), root.path());
    let mut postilla = Command::new(env!("CARGO_BIN_EXE_postilla"));
    postilla.args(["check", "--color", "never", "--now", "2026-01-01"]);
    let own = code_of(name_of(folder));
    let shown = Code::ALL.iter().filter(|code| own == Some(**code) || code.rule().is_none() || code.is_promise());
    postilla.args(shown.map(|code| format!("--rule={}", code.as_str())));
    let output = postilla.arg("--root").arg(root.path()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    said.split_inclusive('\n').filter(|line| !line.ends_with(" of other rules not shown\n")).collect()
}

/// The code of a folder: the longest with which its name begins. A folder of several codes has none.
fn code_of(name: &str) -> Option<Code> {
    let codes = Code::ALL.iter().copied().filter(|code| name.starts_with(&code.as_str().replace("::", "__")));
    codes.max_by_key(|code| code.as_str().len())
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn add_what_git_cannot_carry(name: &str, root: &Path) {
    match name {
        "source__symlink" => {
            let articles = root.join("content/articles");
            symlink("/", articles.join("outside")).unwrap();
            symlink("gone.md", articles.join("astray.md")).unwrap();
            symlink(".", articles.join("round")).unwrap();
        }
        "source__too_large" => {
            fs::create_dir(root.join("content")).unwrap();
            // A hole: it takes no room on the disk.
            fs::File::create(root.join("content/properties.toml")).unwrap().set_len(4 * 1024 * 1024 + 1).unwrap();
        }
        "picture__too_large" => {
            fs::File::create(root.join("content/articles/bridge.jpg")).unwrap().set_len(64 * 1024 * 1024 + 1).unwrap();
        }
        _ => {}
    }
}
