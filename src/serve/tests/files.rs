//! Files on their way.

use std::io::{Read, Write};
use std::path::Path;

use super::{Preview, Reload, Served, preview};

const DIGITS: &[(&str, &str)] = &[("index.html", ""), ("empty.txt", ""), ("digits.txt", "0123456789")];

/// `digits.txt` in memory, and the same on the disk.
fn both() -> (Preview, tempfile::TempDir) {
    let preview = preview("", Reload::On, DIGITS);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("digits.txt"), "0123456789").unwrap();
    put_on_disk(&preview, "disk.txt", &folder.path().join("digits.txt"));
    (preview, folder)
}

fn put_on_disk(preview: &Preview, path: &str, file: &Path) {
    preview.books.files.lock().unwrap().insert(path.to_owned(), Served::Disk(file.to_owned()));
}

#[test]
fn each_kind_of_file_says_what_it_is() {
    let preview = preview("", Reload::Off, &[]);
    for (path, kind) in [
        ("a.html", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.mjs", "text/javascript; charset=utf-8"),
        ("a.json", "application/json; charset=utf-8"),
        ("a.jsonld", "application/ld+json; charset=utf-8"),
        ("a.webmanifest", "application/manifest+json; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("feed.atom", "application/atom+xml; charset=utf-8"),
        ("a.txt", "text/plain; charset=utf-8"),
        ("a.csv", "text/csv; charset=utf-8"),
        ("a.wasm", "application/wasm"),
        ("a.woff2", "font/woff2"),
        ("a.avif", "image/avif"),
        ("a.webp", "image/webp"),
        ("a.PNG", "image/png"),
        ("a.pdf", "application/pdf"),
        ("a.mp4", "video/mp4"),
        ("CNAME", "application/octet-stream"),
        ("v1.2/a.unheard", "application/octet-stream"),
    ] {
        preview.books.put(path, "x");
        assert_eq!(preview.get(&format!("/{path}")).header("content-type"), kind, "{path}");
    }
}

#[test]
fn without_reload_bytes_go_out_untouched() {
    let page = "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'\"><body>x</body>";
    let answer = preview("", Reload::Off, &[("index.html", page)]).get("/");
    assert_eq!((answer.text(), answer.header("content-security-policy")), (page, ""));
    assert_eq!(answer.header("content-length"), page.len().to_string());
    assert!(!answer.header("etag").is_empty());
}

#[test]
fn what_the_browser_has_is_not_sent_again() {
    let (preview, _folder) = both();
    for path in ["/digits.txt", "/disk.txt"] {
        let etag = preview.get(path).header("etag").to_owned();
        for known in [etag.clone(), format!("W/{etag}"), format!("\"other\", {etag}"), "*".to_owned()] {
            let answer = preview.get_with(path, &[("If-None-Match", &known)]);
            assert_eq!((answer.status, answer.text(), answer.header("etag")), (304, "", etag.as_str()), "{path} {known}");
        }
        assert_eq!(preview.get_with(path, &[("If-None-Match", "\"other\"")]).status, 200);
    }
}

#[test]
fn new_bytes_have_a_new_tag() {
    let (preview, folder) = both();
    let before = [preview.get("/digits.txt"), preview.get("/disk.txt")].map(|answer| answer.header("etag").to_owned());
    preview.books.put("digits.txt", "other");
    std::fs::write(folder.path().join("digits.txt"), "other").unwrap();
    for (path, etag) in ["/digits.txt", "/disk.txt"].into_iter().zip(before) {
        let answer = preview.get_with(path, &[("If-None-Match", &etag)]);
        assert_eq!((answer.status, answer.text()), (200, "other"), "{path}");
    }
}

#[test]
fn a_part_is_sent_alone() {
    let (preview, _folder) = both();
    for path in ["/digits.txt", "/disk.txt"] {
        for (range, text, place) in [
            ("bytes=0-0", "0", "bytes 0-0/10"),
            ("bytes=2-4", "234", "bytes 2-4/10"),
            ("bytes=7-", "789", "bytes 7-9/10"),
            ("bytes=7-99", "789", "bytes 7-9/10"),
            ("bytes=-3", "789", "bytes 7-9/10"),
            ("bytes=-99", "0123456789", "bytes 0-9/10"),
        ] {
            let answer = preview.get_with(path, &[("Range", range)]);
            assert_eq!((answer.status, answer.text(), answer.header("content-range")), (206, text, place), "{path} {range}");
            assert_eq!(answer.header("content-length"), text.len().to_string());
            assert_eq!((answer.header("content-type"), answer.header("accept-ranges")), ("text/plain; charset=utf-8", "bytes"));
        }
    }
}

#[test]
fn a_part_behind_the_end_is_refused() {
    let (preview, _folder) = both();
    for (path, range, length) in [
        ("/digits.txt", "bytes=10-", 10),
        ("/disk.txt", "bytes=99-100", 10),
        ("/digits.txt", "bytes=-0", 10),
        ("/empty.txt", "bytes=0-", 0),
    ] {
        let answer = preview.get_with(path, &[("Range", range)]);
        assert_eq!((answer.status, answer.text()), (416, ""), "{path} {range}");
        assert_eq!(answer.header("content-range"), format!("bytes */{length}"));
    }
}

#[test]
fn several_parts_or_none_are_the_whole() {
    let (preview, _folder) = both();
    for range in ["bytes=0-1,4-5", "bytes=4-2", "bytes=", "bytes=a-b", "lines=1-2", "bytes 1-2", "0-1"] {
        let answer = preview.get_with("/digits.txt", &[("Range", range)]);
        assert_eq!((answer.status, answer.text()), (200, "0123456789"), "{range}");
    }
    assert_eq!(preview.get_with("/empty.txt", &[("Range", "bytes=-5")]).status, 200);
}

#[test]
fn a_part_of_an_older_file_is_the_whole_of_the_newer() {
    let (preview, _folder) = both();
    for path in ["/digits.txt", "/disk.txt"] {
        let etag = preview.get(path).header("etag").to_owned();
        let weak = format!("W/{etag}");
        let date = "Thu, 01 Jan 2026 00:00:00 GMT";
        for (known, status) in [(etag.as_str(), 206), (&weak, 200), ("\"other\"", 200), (date, 200), ("nonsense", 200)] {
            assert_eq!(preview.get_with(path, &[("Range", "bytes=0-1"), ("If-Range", known)]).status, status, "{path} {known}");
        }
    }
}

#[test]
fn a_head_is_the_answer_without_its_body() {
    let (preview, _folder) = both();
    for path in ["/digits.txt", "/disk.txt", "/"] {
        let whole = preview.get(path);
        let head = preview.send(&format!("HEAD {path} HTTP/1.1\r\nHost: localhost\r\nRange: bytes=0-1"));
        assert_eq!((head.status, head.text()), (200, ""), "{path}");
        for name in ["content-length", "content-type", "etag"] {
            assert_eq!(head.header(name), whole.header(name), "{path} {name}");
        }
    }
}

#[test]
fn a_large_file_of_the_disk_arrives_whole() {
    let (preview, folder) = both();
    let bytes: Vec<u8> = (0..3_000_000_u32).map(|number| number.to_le_bytes()[number as usize % 3]).collect();
    std::fs::write(folder.path().join("large.bin"), &bytes).unwrap();
    put_on_disk(&preview, "large.bin", &folder.path().join("large.bin"));
    let answer = preview.get("/large.bin");
    assert!(answer.body == bytes);
    assert_eq!(answer.header("content-length"), "3000000");
    let part = preview.get_with("/large.bin", &[("Range", "bytes=1000000-2999998")]);
    assert!(part.body == bytes[1_000_000..2_999_999]);
}

#[test]
fn a_file_gone_from_the_disk_is_missing() {
    let (preview, folder) = both();
    preview.books.put("404.html", "<p>own page</p>");
    put_on_disk(&preview, "page.html", &folder.path().join("page.html"));
    put_on_disk(&preview, "folder.txt", folder.path());
    std::fs::remove_file(folder.path().join("digits.txt")).unwrap();
    for path in ["/disk.txt", "/page.html", "/folder.txt"] {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.text().contains("own page")), (404, true), "{path}");
    }
    put_on_disk(&preview, "404.html", &folder.path().join("404.html"));
    for path in ["/disk.txt", "/page.html"] {
        assert_eq!(preview.get(path).status, 404, "{path}");
    }
}

#[test]
#[cfg(unix)]
fn a_pipe_in_place_of_a_file_keeps_nobody_waiting() {
    let (preview, folder) = both();
    for path in ["pipe.txt", "pipe.html"] {
        let pipe = folder.path().join(path);
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        put_on_disk(&preview, path, &pipe);
        assert_eq!(preview.get(&format!("/{path}")).status, 404, "{path}");
    }
}

#[test]
#[cfg(unix)]
fn a_file_that_the_disk_refuses_is_no_missing_one() {
    let (preview, folder) = both();
    // Where rights do not bind, a link that leads round in a circle cannot be read either.
    for path in ["round.txt", "round.html"] {
        let round = folder.path().join(path);
        std::os::unix::fs::symlink(&round, &round).unwrap();
        put_on_disk(&preview, path, &round);
        let answer = preview.get(&format!("/{path}"));
        assert_eq!((answer.status, answer.header("content-type")), (500, "text/html; charset=utf-8"), "{path}");
        assert!(answer.text().contains(&format!("`{path}` cannot be read")), "{}", answer.text());
    }
}

#[test]
#[cfg(unix)]
fn a_copy_that_was_given_the_old_time_has_a_new_tag() {
    let (preview, folder) = both();
    let (old, new) = (folder.path().join("digits.txt"), folder.path().join("new.txt"));
    let etag = preview.get("/disk.txt").header("etag").to_owned();
    std::fs::write(&new, "9876543210").unwrap();
    let time = std::fs::metadata(&old).unwrap().modified().unwrap();
    std::fs::File::options().write(true).open(&new).unwrap().set_modified(time).unwrap();
    std::fs::rename(new, old).unwrap();
    let answer = preview.get_with("/disk.txt", &[("If-None-Match", &etag)]);
    assert_eq!((answer.status, answer.text()), (200, "9876543210"));
}

#[test]
fn a_file_that_shrinks_on_its_way_breaks_off_and_costs_nobody_else() {
    let (preview, folder) = both();
    let path = folder.path().join("large.bin");
    let length = 64 * 1024 * 1024;
    std::fs::File::create(&path).unwrap().set_len(length).unwrap();
    put_on_disk(&preview, "large.bin", &path);
    let mut stream = preview.connect();
    write!(stream, "GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut begun = [0; 4096];
    stream.read_exact(&mut begun).unwrap();
    std::fs::File::options().write(true).open(&path).unwrap().set_len(10).unwrap();
    // The end of the connection, without the whole, is how a browser learns that it has not all.
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
    assert!((rest.len() as u64) < length - 4096, "{} bytes came", rest.len());
    let now = preview.get("/large.bin");
    assert_eq!((now.status, now.body.len(), now.header("content-length")), (200, 10, "10"));
}

#[test]
fn a_shelf_that_panics_costs_one_answer() {
    let preview = preview("", Reload::On, DIGITS);
    assert_eq!(preview.get("/panic.html").status, 500);
    assert_eq!(preview.get("/digits.txt").status, 200);
}
