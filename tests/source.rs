//! The archive on disk: which files a scan sees, and what reading them finds.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "tests")]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;

use postilla::base::{Code, Spot};
use postilla::source::{Role, Snapshot, find_root, scan};
use tempfile::TempDir;

fn archive(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, text) in files {
        write(root.path(), path, text.as_bytes());
    }
    root
}

fn write(root: &Path, path: &str, bytes: &[u8]) {
    let full = root.join(path);
    fs::create_dir_all(full.parent().unwrap()).unwrap();
    fs::write(full, bytes).unwrap();
}

fn seen(root: &Path, ignore: &[&str]) -> (Snapshot, Vec<Code>) {
    let ignore: Vec<Box<str>> = ignore.iter().map(|glob| (*glob).into()).collect();
    let outcome = scan(root, &ignore, &root.join("public")).unwrap();
    (outcome.value, outcome.diagnostics.iter().map(|found| found.code).collect())
}

fn paths(snapshot: &Snapshot) -> Vec<&str> {
    snapshot.files().iter().map(|file| file.path.as_str()).collect()
}

#[test]
fn files_are_sorted_and_have_roles() {
    let root = archive(&[
        ("postilla.toml", ""),
        ("static/CNAME", "x"),
        ("static/.well-known/a", ""),
        ("content/sources.bib", ""),
        ("content/properties.toml", ""),
        ("content/pages/method.md", ""),
        ("content/articles/b/a.md", "abc"),
        ("content/articles/b-c/a.facts.toml", ""),
        ("content/articles/b/photo.jpg", ""),
        ("content/entities/x.md", ""),
        ("templates/base.html", ""),
        ("content/stray.md", ""),
        ("src/lib.rs", ""),
        ("public/index.html", ""),
    ]);
    let (snapshot, found) = seen(root.path(), &[]);
    assert_eq!(found, [Code::Misnamed]);
    assert_eq!(
        paths(&snapshot),
        [
            "content/articles/b-c/a.facts.toml",
            "content/articles/b/a.md",
            "content/articles/b/photo.jpg",
            "content/entities/x.md",
            "content/pages/method.md",
            "content/properties.toml",
            "content/sources.bib",
            "postilla.toml",
            "static/.well-known/a",
            "static/CNAME",
            "templates/base.html",
        ]
    );
    assert_eq!(snapshot.of(Role::Article).map(|file| file.stamp.size()).collect::<Vec<_>>(), [3]);
    assert_eq!(snapshot.get("static/CNAME").unwrap().role, Role::Static);
    assert_eq!(snapshot.get("static/cname"), None);
}

#[test]
fn an_empty_folder_is_an_empty_archive_and_a_missing_one_an_error() {
    let root = archive(&[]);
    assert!(seen(root.path(), &[]).0.files().is_empty());
    assert!(scan(&root.path().join("gone"), &[], &root.path().join("public")).is_err());
}

#[test]
fn what_is_hidden_passing_or_ignored_is_left_out() {
    let root = archive(&[
        ("content/articles/a.md", ""),
        ("content/articles/a.md~", ""),
        ("content/articles/.a.md.swp", ""),
        ("content/articles/.git/config.md", ""),
        ("content/articles/4913", ""),
        ("content/articles/old/b.md", ""),
        ("content/articles/deep/old.psd", ""),
        ("content/pages/draft-1.md", ""),
        ("static/node_modules/x/y.js", ""),
    ]);
    symlink("nobody@nowhere.1", root.path().join("content/articles/.#a.md")).unwrap();
    let (snapshot, found) = seen(root.path(), &["/content/articles/old/", "*.psd", "content/*/draft-*", "static/node_modules/**"]);
    assert_eq!((paths(&snapshot), found), (vec!["content/articles/a.md"], vec![]));
}

#[test]
fn a_bad_glob_is_found_in_the_configuration() {
    let root = archive(&[("content/articles/a.md", "")]);
    let (snapshot, found) = seen(root.path(), &["a[", "*.psd"]);
    assert_eq!((snapshot.files().len(), found), (1, vec![Code::BadValue]));
}

#[test]
fn a_name_that_is_not_utf8_is_found() {
    let root = archive(&[("content/articles/a.md", "")]);
    let folder = root.path().join("content/articles");
    fs::write(folder.join(OsStr::from_bytes(b"caf\xe9.md")), "").unwrap();
    fs::create_dir(folder.join(OsStr::from_bytes(b"d\xff"))).unwrap();
    fs::write(folder.join(OsStr::from_bytes(b"d\xff")).join("x.md"), "").unwrap();
    let (snapshot, found) = seen(root.path(), &[]);
    assert_eq!((paths(&snapshot), found), (vec!["content/articles/a.md"], vec![Code::Encoding, Code::Encoding]));
}

#[test]
fn links_inside_the_archive_are_followed() {
    let root = archive(&[("shared/a.md", "a"), ("shared/more/b.md", "b"), ("content/articles/c.md", "c")]);
    symlink("../../shared/a.md", root.path().join("content/articles/a.md")).unwrap();
    symlink("../../shared/more", root.path().join("content/articles/more")).unwrap();
    let (snapshot, found) = seen(root.path(), &[]);
    assert_eq!(found, []);
    assert_eq!(paths(&snapshot), ["content/articles/a.md", "content/articles/c.md", "content/articles/more/b.md"]);
}

#[test]
fn a_whole_folder_may_be_a_link_to_another_disk() {
    let elsewhere = archive(&[("2025/a.md", "a"), ("2025/c.md", "c")]);
    symlink("a.md", elsewhere.path().join("2025/b.md")).unwrap();
    let root = archive(&[("content/pages/p.md", "")]);
    symlink(elsewhere.path(), root.path().join("content/articles")).unwrap();
    let (snapshot, found) = seen(root.path(), &[]);
    assert_eq!(found, []);
    assert_eq!(snapshot.of(Role::Article).count(), 3);
    let file = snapshot.get("content/articles/2025/b.md").unwrap();
    assert_eq!(snapshot.read(file).unwrap().value.as_deref(), Some("a"));
}

#[test]
fn links_out_of_the_archive_are_refused() {
    let elsewhere = archive(&[("secret", "s"), ("folder/a.md", "")]);
    let root = archive(&[("content/articles/a.md", ""), (".git/config", "password")]);
    let articles = root.path().join("content/articles");
    symlink(elsewhere.path().join("secret"), articles.join("photo.jpg")).unwrap();
    symlink(elsewhere.path().join("folder"), articles.join("folder")).unwrap();
    symlink("../../.git/config", articles.join("notes.txt")).unwrap();
    symlink("nothing", articles.join("broken.md")).unwrap();
    symlink("/etc/passwd", root.path().join("content/properties.toml")).unwrap();
    let (snapshot, found) = seen(root.path(), &[]);
    assert_eq!((paths(&snapshot), found), (vec!["content/articles/a.md"], vec![Code::Symlink; 5]));
}

#[test]
fn circles_of_links_are_found() {
    let root = archive(&[("content/articles/a/x.md", ""), ("content/articles/b/y.md", ""), ("content/pages/p.md", "")]);
    let content = root.path().join("content");
    symlink("self", content.join("articles/self")).unwrap();
    symlink("..", content.join("articles/a/up")).unwrap();
    symlink("../..", content.join("pages/root")).unwrap();
    symlink("../pages", content.join("entities")).unwrap();
    symlink("..", root.path().join("templates")).unwrap();
    let (snapshot, found) = seen(root.path(), &[]);
    assert!(found.len() >= 4 && found.iter().all(|code| *code == Code::Symlink), "{found:?}");
    assert_eq!(snapshot.of(Role::Article).count(), 2);

    let root = archive(&[("content/articles/a/x.md", ""), ("content/articles/b/y.md", "")]);
    symlink("../b", root.path().join("content/articles/a/to-b")).unwrap();
    symlink("../a", root.path().join("content/articles/b/to-a")).unwrap();
    let (snapshot, found) = seen(root.path(), &[]);
    assert_eq!(found, [Code::Symlink; 2]);
    assert_eq!(
        paths(&snapshot),
        ["content/articles/a/to-b/y.md", "content/articles/a/x.md", "content/articles/b/to-a/x.md", "content/articles/b/y.md"]
    );
}

#[test]
fn the_output_is_left_out_even_behind_a_link() {
    let root = archive(&[("content/articles/a.md", ""), ("public/b.md", "")]);
    symlink("../../public", root.path().join("content/articles/built")).unwrap();
    let (snapshot, found) = seen(root.path(), &[]);
    assert_eq!((paths(&snapshot), found), (vec!["content/articles/a.md"], vec![]));
}

#[test]
fn text_is_read_with_its_byte_order_mark() {
    let root = archive(&[("content/articles/a.md", "\u{feff}città")]);
    let (snapshot, _) = seen(root.path(), &[]);
    let read = snapshot.read(&snapshot.files()[0]).unwrap();
    assert_eq!((read.value.as_deref(), read.diagnostics.len()), (Some("\u{feff}città"), 0));
}

#[test]
fn bytes_that_are_not_utf8_are_pointed_at() {
    let root = archive(&[]);
    write(root.path(), "content/articles/a.md", b"caf\xe9 nero");
    write(root.path(), "content/articles/b.md", b"\xff\xfea\0");
    let (snapshot, _) = seen(root.path(), &[]);
    let read = snapshot.read(&snapshot.files()[0]).unwrap();
    assert_eq!(read.value, None);
    assert_eq!(read.diagnostics[0].place.spot, Spot::Bytes(3, 4));
    assert_eq!(read.diagnostics[0].message, "`a.md` is not UTF-8: byte 3 is 0xE9");
    let read = snapshot.read(&snapshot.files()[1]).unwrap();
    assert_eq!(read.diagnostics[0].help.as_deref(), Some("it looks like UTF-16; save it as UTF-8"));
}

#[test]
fn a_control_character_is_refused_where_it_stands() {
    let root = archive(&[("content/articles/a.md", "tab\tline\r\n\u{e9}\u{7}x"), ("content/articles/b.md", "\u{ff01}\u{ffff}")]);
    let (snapshot, _) = seen(root.path(), &[]);
    for (file, spot, message) in [
        (0, Spot::Bytes(12, 13), "`a.md` holds a control character, U+0007"),
        (1, Spot::Bytes(3, 6), "`b.md` holds a control character, U+FFFF"),
    ] {
        let read = snapshot.read(&snapshot.files()[file]).unwrap();
        assert_eq!((read.value, &read.diagnostics[0].place.spot), (None, &spot));
        assert_eq!((read.diagnostics[0].code, &*read.diagnostics[0].message), (Code::Encoding, message));
    }
}

#[test]
fn what_is_named_wrongly_is_found() {
    let root = archive(&[
        ("content/articles/a.MD", ""),
        ("content/articles/a.md.bak", ""),
        ("content/articles/data.json", ""),
        ("content/propertys.toml", ""),
        ("content/notes.txt", ""),
        ("content/.hidden", ""),
        ("content/pages", ""),
        ("content/properties.toml/x", ""),
    ]);
    let outcome = scan(root.path(), &["notes.txt".into()], &root.path().join("public")).unwrap();
    let found: Vec<_> = outcome.diagnostics.iter().map(|found| (found.code, found.is_error(), found.place.file.as_str())).collect();
    let misnamed = |error, path| (Code::Misnamed, error, path);
    assert_eq!(
        found,
        [
            misnamed(true, "content/articles/a.MD"),
            misnamed(true, "content/articles/a.md.bak"),
            misnamed(false, "content/articles/data.json"),
            misnamed(true, "content/pages"),
            misnamed(true, "content/properties.toml"),
            misnamed(false, "content/propertys.toml"),
        ]
    );
}

#[test]
fn a_folder_elsewhere_is_a_home_only_to_its_own_links() {
    let elsewhere = archive(&[("a.md", ""), ("secret.png", "")]);
    let root = archive(&[("content/pages/p.md", ""), (".git/config", "password")]);
    symlink(elsewhere.path(), root.path().join("content/articles")).unwrap();
    symlink("a.md", elsewhere.path().join("b.md")).unwrap();
    symlink(elsewhere.path().join("secret.png"), root.path().join("content/pages/photo.png")).unwrap();
    symlink("/etc", root.path().join("static")).unwrap();
    symlink(".git", root.path().join("templates")).unwrap();
    let (snapshot, found) = seen(root.path(), &[]);
    assert_eq!(paths(&snapshot), ["content/articles/a.md", "content/articles/b.md", "content/articles/secret.png", "content/pages/p.md"]);
    assert_eq!(found, [Code::Symlink; 3]);
}

#[test]
fn a_folder_that_is_a_link_to_nothing_is_not_taken_for_an_empty_one() {
    let root = archive(&[("content/pages/p.md", "")]);
    symlink("gone", root.path().join("content/articles")).unwrap();
    assert_eq!(seen(root.path(), &[]).1, [Code::Symlink]);
    let root = archive(&[]);
    symlink("gone", root.path().join("content")).unwrap();
    assert_eq!(seen(root.path(), &[]).1, [Code::Symlink]);
    let root = archive(&[("content", "")]);
    assert_eq!(seen(root.path(), &[]).1, [Code::Misnamed]);
}

#[test]
fn a_file_over_its_limit_is_not_read() {
    let root = archive(&[("content/articles/a.md", ""), ("content/articles/b.facts.toml", ""), ("static/film.mp4", "")]);
    for path in ["content/articles/a.md", "content/articles/b.facts.toml"] {
        fs::File::options().write(true).open(root.path().join(path)).unwrap().set_len(16 * 1024 * 1024 + 1).unwrap();
    }
    let (snapshot, _) = seen(root.path(), &[]);
    let read = |path| snapshot.read(snapshot.get(path).unwrap()).unwrap();
    let large = read("content/articles/a.md");
    assert_eq!((large.value, large.diagnostics[0].code), (None, Code::TooLarge));
    assert_eq!(large.diagnostics[0].message, "`a.md` is larger than an article may be: 16 MiB");
    assert_eq!(read("content/articles/b.facts.toml").diagnostics[0].code, Code::Encoding);
}

#[test]
fn a_file_that_vanished_or_refuses_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let root = archive(&[("content/articles/a.md", ""), ("content/articles/b.md", "")]);
    let (snapshot, _) = seen(root.path(), &[]);
    fs::remove_file(root.path().join("content/articles/a.md")).unwrap();
    let refused = snapshot.read(&snapshot.files()[0]).unwrap_err();
    assert!(refused.to_string().starts_with("cannot read `"), "{refused}");

    let closed = root.path().join("content/articles/b.md");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    // Permissions do not bind the superuser.
    if fs::read(&closed).is_err() {
        assert!(snapshot.read(&snapshot.files()[1]).is_err());
    }
}

#[test]
fn the_root_is_found_from_below() {
    let root = archive(&[("postilla.toml", ""), ("content/articles/2025/a.md", "")]);
    assert_eq!(find_root(&root.path().join("content/articles/2025")).as_deref(), Some(root.path()));
    assert_eq!(find_root(root.path()).as_deref(), Some(root.path()));
    assert_eq!(find_root(Path::new("/")), None);
}
