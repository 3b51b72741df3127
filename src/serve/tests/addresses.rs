//! From the path of a request to a file.

use super::super::address::Address;
use super::{Reload, preview};

const FILES: &[(&str, &str)] = &[
    ("index.html", "front"),
    ("articles/x/index.html", "x"),
    ("articles/città/index.html", "city"),
    ("a b+c.txt", "blank"),
    ("404.html", "the site's own"),
];

fn check_redirect(base: &str, path: &str, there: &str) {
    let answer = preview(base, Reload::Off, FILES).get(path);
    assert_eq!((answer.status, answer.header("location")), (302, there), "{base} {path}");
}

#[test]
fn a_folder_is_its_page() {
    let preview = preview("", Reload::Off, FILES);
    for (path, text) in [
        ("/", "front"),
        ("/?q=1", "front"),
        ("/index.html", "front"),
        ("/articles/x/", "x"),
        ("/articles/x/index.html?a=b", "x"),
        ("/articles/citt%C3%A0/", "city"),
        ("/%61rticles/x/", "x"),
        ("/a%20b+c.txt", "blank"),
    ] {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.text()), (200, text), "{path}");
    }
}

#[test]
fn a_folder_without_its_slash_is_sent_there_with_its_query() {
    check_redirect("", "/articles/x", "/articles/x/");
    check_redirect("", "/articles/x?a=b&c", "/articles/x/?a=b&c");
    check_redirect("", "/articles/citt%C3%A0", "/articles/citt%C3%A0/");
    check_redirect("/archive", "/archive/articles/x", "/archive/articles/x/");
}

#[test]
fn the_host_s_root_leads_to_the_site() {
    check_redirect("/archive", "/", "/archive/");
    check_redirect("/archive", "/archive", "/archive/");
    check_redirect("/archive/", "/archive?a", "/archive/?a");
    check_redirect("/citt%C3%A0", "/", "/citt%C3%A0/");
    check_redirect("/città", "/", "/citt%C3%A0/");
}

#[test]
fn below_a_base_only_the_base_is_the_site() {
    let preview = preview("/archive", Reload::Off, FILES);
    assert_eq!(preview.get("/archive/articles/x/").text(), "x");
    for path in ["/articles/x/", "/archivearticles/x/", "/archive2/", "/archive/archive/articles/x/"] {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.text()), (404, "the site's own"), "{path}");
    }
}

#[test]
fn no_path_climbs() {
    for path in [
        "/../secret",
        "/a/../../secret",
        "/%2e%2e/secret",
        "/.%2E/secret",
        "/a/./b",
        "/a//b",
        "//evil.example/",
        "/articles//x",
        "/a%2Fb",
        "/..%2fsecret",
        "/..\\secret",
        "/a%5C..%5Cb",
        "/%00",
        "/a%0d%0ab",
        "/C:/secret",
        "/%",
        "/%4",
        "/%zz",
        "/%+1",
        "/%ff",
        "/%c0%ae%c0%ae/",
    ] {
        assert_eq!(Address::find(path, ""), Address::Outside, "{path}");
    }
    let preview = preview("", Reload::Off, FILES);
    for path in ["/../index.html", "/%2e%2e/index.html", "//articles/x", "/articles//x", "/articles%2Fx/", "/articles/x//", "/%00", "/%zz"]
    {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.text()), (404, "the site's own"), "{path}");
    }
}

#[test]
fn what_is_missing_shows_the_site_s_own_page() {
    let answer = preview("", Reload::Off, FILES).get("/nothing/here");
    assert_eq!((answer.status, answer.text(), answer.header("content-type")), (404, "the site's own", "text/html; charset=utf-8"));
    let answer = preview("", Reload::Off, &[("index.html", "front")]).get("/nothing");
    assert_eq!((answer.status, answer.text().contains("no such page")), (404, true));
}
