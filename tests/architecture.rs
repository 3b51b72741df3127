//! Who may import whom, as one table. A new arrow is a decision, made here.
//!
//! The sources are read as text with comments and strings blanked out, so a path in a doc link is not an arrow.
//! A `#[cfg(test)] mod` at the end of a file may look anywhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each top-level module of the library and the modules that it may name.
const ARROWS: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("tree", &["base"]),
    ("config", &["base"]),
    ("prose", &["base"]),
    ("picture", &["base"]),
    ("source", &["base"]),
    ("publish", &["base"]),
    ("watch", &["base"]),
    ("serve", &["base"]),
    ("network", &["base"]),
    ("report", &["base", "tree"]),
    ("parse", &["base", "tree", "config"]),
    ("archive", &["base", "config", "prose", "picture", "parse"]),
    ("check", &["base", "config", "prose", "parse", "archive"]),
    ("edit", &["base", "tree", "parse", "archive"]),
    ("import", &["base", "tree", "config", "parse", "archive", "edit"]),
    ("site", &["base", "config", "picture", "parse", "archive"]),
    ("search", &["base", "parse"]),
    ("difference", &["base", "report", "parse", "site"]),
    ("render", &["base", "config", "source", "site", "archive"]),
    ("export", &["base", "config", "parse", "site", "archive"]),
    (
        "project",
        &[
            "base",
            "tree",
            "config",
            "source",
            "picture",
            "publish",
            "network",
            "parse",
            "archive",
            "check",
            "edit",
            "import",
            "prose",
            "site",
            "search",
            "difference",
            "render",
            "export",
        ],
    ),
];

/// The only modules that touch the disk.
const DISK: &[&str] = &["source", "publish", "watch"];

/// The only module with a loop of its own. It reads, through that loop, the files that it streams to a browser.
const LOOP: &[&str] = &["serve"];

/// The only module that opens connections to other machines, and the crate by which it does.
const NETWORK: (&str, &str) = ("network", "ureq");

/// The only module that listens for connections.
const LISTENER: &str = "serve";

/// The only code that prints or exits. It sees the library through its public door, `postilla::…`.
const BINARY: &str = "src/bin/postilla/";

/// A file longer than this holds more than one thing.
const LONGEST: usize = 420;

#[test]
fn every_arrow_between_modules_is_in_the_table() {
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|file| file.module != "lib" && !file.in_binary()) {
        let Some((_, allowed)) = ARROWS.iter().find(|(module, _)| *module == file.module) else {
            wrong.push(format!("{}: module `{}` is not in the table", file.path, file.module));
            continue;
        };
        for (line, target) in file.arrows() {
            if target != file.module && !allowed.contains(&target.as_str()) {
                wrong.push(format!("{}:{line}: `{}` → `{target}` is not in the table", file.path, file.module));
            }
        }
    }
    check_none("arrows that the table does not allow", &wrong);
}

#[test]
fn the_table_has_no_circle() {
    for (module, _) in ARROWS {
        let mut seen = BTreeSet::new();
        let mut open = vec![*module];
        while let Some(next) = open.pop() {
            for target in ARROWS.iter().filter(|(from, _)| *from == next).flat_map(|(_, targets)| *targets) {
                assert_ne!(target, module, "`{module}` comes back to itself through `{next}`");
                if seen.insert(*target) {
                    open.push(target);
                }
            }
        }
    }
}

#[test]
fn only_source_publish_and_watch_touch_the_disk() {
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|file| !DISK.contains(&file.module.as_str())) {
        for (line, name) in paths_from(&file.code, "std") {
            if name == "fs" {
                wrong.push(format!("{}:{line}: `std::fs`", file.path));
            }
        }
    }
    check_none("uses of the disk outside source/, publish/ and watch/", &wrong);
}

#[test]
fn only_serve_runs_a_loop_of_its_own() {
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|file| !LOOP.contains(&file.module.as_str())) {
        wrong.extend(paths_from(&file.code, "tokio").iter().map(|(line, name)| format!("{}:{line}: `tokio::{name}`", file.path)));
    }
    check_none("uses of the server's loop outside serve/", &wrong);
}

#[test]
fn only_the_network_floor_connects_to_others() {
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|file| file.module != NETWORK.0) {
        wrong.extend(paths_from(&file.code, NETWORK.1).iter().map(|(line, name)| format!("{}:{line}: `{}::{name}`", file.path, NETWORK.1)));
        // Addresses are plain data, but sockets are not.
        for socket in ["TcpStream", "UdpSocket", "UnixStream", "ToSocketAddrs"] {
            let lines = if file.module == LISTENER { Vec::new() } else { lines_with_word(&file.code, socket) };
            wrong.extend(lines.iter().map(|line| format!("{}:{line}: `{socket}`", file.path)));
        }
    }
    check_none("connections to others outside network/", &wrong);
}

#[test]
fn only_a_check_of_links_asks_the_network() {
    let names_it = |file: &&Source| file.arrows().iter().any(|(_, target)| target == NETWORK.0);
    let users: Vec<String> =
        sources().iter().filter(names_it).map(|file| file.path.clone()).filter(|path| !path.starts_with("src/network/")).collect();
    // The workspace hands on how far it may reach.
    assert_eq!(users, ["src/project/links/mod.rs", "src/project/workspace.rs"]);
}

#[test]
fn only_the_binary_prints_or_exits() {
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|file| !file.in_binary()) {
        for word in ["println!", "eprintln!", "print!", "eprint!", "dbg!", "process::exit"] {
            for line in lines_with_word(&file.code, word) {
                wrong.push(format!("{}:{line}: `{word}`", file.path));
            }
        }
    }
    check_none("prints and exits outside the binary", &wrong);
}

#[test]
fn the_binary_uses_the_library_by_its_name() {
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|file| file.in_binary()) {
        for word in ["#[path", "include!"] {
            for line in lines_with_word(&file.code, word) {
                wrong.push(format!("{}:{line}: `{word}` reaches past the library's public API", file.path));
            }
        }
    }
    check_none("ways around the library's public API", &wrong);
}

#[test]
fn no_file_is_too_long() {
    let long = |file: &Source| {
        let lines = file.text.lines().count();
        (lines > LONGEST).then(|| format!("{}: {lines} lines, {LONGEST} are allowed", file.path))
    };
    check_none("files that hold too much", &sources().iter().filter_map(long).collect::<Vec<_>>());
}

#[test]
fn the_reader_sees_every_way_to_write_an_arrow() {
    let check = |code: &str, expected: &[(usize, &str)]| {
        let found = paths_from(&blank(code), "crate");
        assert_eq!(found, expected.iter().map(|(line, name)| (*line, (*name).to_owned())).collect::<Vec<_>>(), "{code}");
    };
    check("use crate::base::Words;", &[(1, "base")]);
    check("use crate::{base::{Lang, path::X},\n    config};", &[(1, "base"), (2, "config")]);
    check("fn f() -> crate::site::Site { $crate::render::go() }", &[(1, "site"), (1, "render")]);
    check("// crate::site\n/* crate::site */ let s = \"crate::site\";\nlet c = '\"'; crate :: check :: x();", &[(3, "check")]);
    check("let r = r#\"crate::a \" crate::b\"#; let l: &'static str; crate::c();", &[(1, "c")]);
    check("mycrate::site::x();", &[]);
}

#[test]
fn super_can_climb_out_of_a_module() {
    let file = |path: &str, text: &str| Source::new(path.to_owned(), text.to_owned()).arrows();
    assert_eq!(file("src/site/views/fact.rs", "use super::super::super::render::X;"), [(1, "render".to_owned())]);
    assert_eq!(file("src/site/views/fact.rs", "use super::super::routes::X;"), []);
    assert_eq!(file("src/site/mod.rs", "use super::{base, render};"), [(1, "base".to_owned()), (1, "render".to_owned())]);
}

fn check_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n  {}\n", found.join("\n  "));
}

struct Source {
    /// From the root of the crate, with `/`.
    path: String,
    /// The top-level module: `site` for `src/site/views/fact.rs`.
    module: String,
    text: String,
    /// The text up to its test module, comments and strings blanked out, lines kept.
    code: String,
}

impl Source {
    fn new(path: String, text: String) -> Self {
        let inner = path.trim_start_matches("src/");
        let module = inner.split('/').next().unwrap_or(inner).trim_end_matches(".rs").to_owned();
        let code = before_tests(blank(&text));
        Self { path, module, text, code }
    }

    fn in_binary(&self) -> bool {
        self.path.starts_with(BINARY)
    }

    /// The top-level modules that this file names, with their lines.
    fn arrows(&self) -> Vec<(usize, String)> {
        let inner = self.path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
        let climb = vec!["super"; inner.split('/').count()].join("::");
        let mut found = paths_from(&self.code, "crate");
        found.extend(paths_from(&self.code, &climb).into_iter().filter(|(_, name)| name != "super" && name != "self"));
        found
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("src"), &mut files);
    files.sort();
    assert!(!files.is_empty(), "no sources under {}", root.display());
    let read = |file: PathBuf| {
        let path = file.strip_prefix(root).expect("found below the root").to_string_lossy().replace('\\', "/");
        Source::new(path, fs::read_to_string(&file).expect("a readable source"))
    };
    files.into_iter().map(read).collect()
}

/// Rust files below a folder, but for `tests.rs` and `tests/`, which may look anywhere.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.file_stem().is_some_and(|stem| stem == "tests") {
            continue;
        }
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn before_tests(mut code: String) -> String {
    if let Some(at) = code.find("\n#[cfg(test)]\nmod ") {
        code.truncate(at + 1);
    }
    code
}

/// The first names after `root::` in the code, with their lines; each member of a group counts.
fn paths_from(code: &str, root: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let squeezed = squeeze(code);
    let pattern: Vec<char> = format!("{root}::").chars().collect();
    for start in 0..squeezed.len() {
        let here = &squeezed[start..];
        let begins = here.len() > pattern.len() && here.iter().zip(&pattern).all(|((c, _), p)| c == p);
        let inside = start > 0 && (is_name(squeezed[start - 1].0) || squeezed[start - 1].0 == ':');
        if begins && !inside {
            first_names(&here[pattern.len()..], &mut found);
        }
    }
    found
}

/// The name at the start, or the names at the top of the group at the start.
fn first_names(code: &[(char, usize)], found: &mut Vec<(usize, String)>) {
    let take_name = |code: &[(char, usize)], found: &mut Vec<(usize, String)>| {
        let name: String = code.iter().map(|(c, _)| *c).take_while(|c| is_name(*c)).collect();
        if let (false, Some((_, line))) = (name.is_empty(), code.first()) {
            found.push((*line, name));
        }
    };
    if code.first().is_none_or(|(c, _)| *c != '{') {
        return take_name(code, found);
    }
    let mut depth = 0_usize;
    for (at, (c, _)) in code.iter().enumerate() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if depth == 1 && matches!(c, '{' | ',') {
            take_name(&code[at + 1..], found);
        }
    }
}

/// The code without blanks, each character with its line; a blank between two names stays, as one space.
fn squeeze(code: &str) -> Vec<(char, usize)> {
    let mut squeezed: Vec<(char, usize)> = Vec::with_capacity(code.len());
    let mut line = 1;
    let mut gap = false;
    for c in code.chars() {
        line += usize::from(c == '\n');
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        if gap && is_name(c) && squeezed.last().is_some_and(|(last, _)| is_name(*last)) {
            squeezed.push((' ', line));
        }
        gap = false;
        squeezed.push((c, line));
    }
    squeezed
}

fn lines_with_word(code: &str, word: &str) -> Vec<usize> {
    let holds = |text: &str| text.match_indices(word).any(|(at, _)| !text[..at].ends_with(is_name));
    code.lines().enumerate().filter(|(_, text)| holds(text)).map(|(at, _)| at + 1).collect()
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Blanks out comments, strings and characters; every line stays where it was.
fn blank(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = end_of_prose(&chars, at);
        if end == at {
            out.push(chars[at]);
            at += 1;
        } else {
            out.extend(chars[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    out
}

/// Where the comment or literal that starts here ends, or `at` itself when none starts.
fn end_of_prose(chars: &[char], at: usize) -> usize {
    let next = chars.get(at + 1).copied().unwrap_or(' ');
    match chars[at] {
        '/' if next == '/' => (at..chars.len()).find(|i| chars[*i] == '\n').unwrap_or(chars.len()),
        '/' if next == '*' => end_of_block_comment(chars, at),
        '"' => end_of_string(chars, at),
        'r' if matches!(next, '"' | '#') && (at == 0 || !is_name(chars[at - 1]) || chars[at - 1] == 'b') => end_of_raw_string(chars, at),
        '\'' if next == '\\' => (at + 3..chars.len()).find(|i| chars[*i] == '\'').map_or(chars.len(), |i| i + 1),
        '\'' if chars.get(at + 2) == Some(&'\'') => at + 3,
        _ => at,
    }
}

fn end_of_block_comment(chars: &[char], start: usize) -> usize {
    let (mut depth, mut at) = (0_usize, start);
    while at + 1 < chars.len() {
        match (chars[at], chars[at + 1]) {
            ('/', '*') => (depth, at) = (depth + 1, at + 2),
            ('*', '/') => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    chars.len()
}

fn end_of_string(chars: &[char], start: usize) -> usize {
    let mut at = start + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// `r"…"` and `r#"…"#`; a raw name such as `r#type` is no string.
fn end_of_raw_string(chars: &[char], start: usize) -> usize {
    let hashes = chars[start + 1..].iter().take_while(|c| **c == '#').count();
    let open = start + 1 + hashes;
    if chars.get(open) != Some(&'"') {
        return start;
    }
    let closes = |i: &usize| chars[*i] == '"' && chars[i + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes;
    (open + 1..chars.len()).find(closes).map_or(chars.len(), |i| i + 1 + hashes)
}
