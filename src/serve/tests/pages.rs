//! Pages with the script in them.

use super::{Answer, Reload, preview};

fn live(html: &str) -> Answer {
    preview("", Reload::On, &[("index.html", html)]).get("/")
}

/// The page around the script, which stands at `§`.
fn check_page(html: &str, expected: &str) {
    let answer = live(html);
    let (before, rest) = answer.text().split_once("<script src=\"/_postilla/reload.js\" defer").expect("a script");
    let (_, after) = rest.split_once("></script>").unwrap();
    assert_eq!(format!("{before}§{after}"), expected);
}

#[test]
fn the_script_stands_at_the_end_of_the_body() {
    check_page("<html><body><p>x</body></html>", "<html><body><p>x§</body></html>");
    check_page("<BODY>x</BODY\n>", "<BODY>x§</BODY\n>");
    check_page("<body>x<pre>&lt;/body></pre><!-- </body> --></body>y", "<body>x<pre>&lt;/body></pre><!-- </body> -->§</body>y");
}

#[test]
fn a_page_without_an_end_gets_it_at_its_own() {
    check_page("<p>x", "<p>x§");
    check_page("<html><body><p>x</html>", "<html><body><p>x§</html>");
    check_page("", "§");
}

#[test]
fn a_policy_moves_into_the_header() {
    let html =
        "<head><META HTTP-EQUIV='content-security-policy' content=\"default-src &#39;none&#39;; img-src 'self'\"><title>t</title></head>";
    check_page(html, "<head><title>t</title></head>§");
    let answer = live(html);
    let nonce = answer.attribute("nonce");
    let policy = format!("default-src 'none'; img-src 'self'; script-src 'nonce-{nonce}'; connect-src 'self'");
    assert_eq!(answer.all("content-security-policy"), [policy]);
    assert_eq!((nonce.len(), nonce.chars().all(|c| c.is_ascii_hexdigit())), (32, true));
}

#[test]
fn each_policy_of_several_is_opened() {
    let answer = live(
        "<meta http-equiv=Content-Security-Policy content=\"script-src 'none'\"><meta http-equiv=Content-Security-Policy content='connect-src a'>",
    );
    let nonce = answer.attribute("nonce");
    assert_eq!(answer.all("content-security-policy"), [format!("script-src 'nonce-{nonce}'").as_str(), "connect-src a 'self'"]);
}

#[test]
fn a_page_without_a_policy_gets_none() {
    assert_eq!(live("<meta http-equiv=refresh content=9><p>x").all("content-security-policy"), <[&str; 0]>::default());
}

#[test]
fn every_answer_has_a_nonce_of_its_own_and_is_never_partial() {
    let preview = preview("", Reload::On, &[("index.html", "<p>x")]);
    let asked = [("If-None-Match", "*"), ("Range", "bytes=0-1")];
    let [one, two] = [0; 2].map(|_| preview.get_with("/", &asked));
    assert_ne!(one.attribute("nonce"), two.attribute("nonce"));
    assert_eq!((one.status, two.status, one.header("etag"), one.header("accept-ranges")), (200, 200, "", ""));
    assert_eq!(one.attribute("data-version"), two.attribute("data-version"));
}

#[test]
fn the_script_knows_its_page_and_escapes_it() {
    let preview = preview("/ar&chive", Reload::On, &[("a\"<b>/index.html", "<p>x")]);
    let answer = preview.get("/ar&chive/a%22%3Cb%3E/?q");
    assert!(answer.text().contains("<script src=\"/ar&amp;chive/_postilla/reload.js\""), "{}", answer.text());
    assert_eq!(answer.attribute("data-page"), "a&quot;&lt;b&gt;/");
    assert_eq!(answer.attribute("data-events"), "/ar&amp;chive/_postilla/events");
    assert_eq!(preview.get("/ar&chive/_postilla/reload.js").header("content-type"), "text/javascript; charset=utf-8");
}

#[test]
fn the_script_knows_its_stylesheets() {
    let html = "<link rel=stylesheet href=../style.css?v><link rel='alternate StyleSheet' href='/archive/%63ittà.css'>\
        <link rel=stylesheet href=missing.css><link rel=stylesheet href=https://elsewhere.example/archive/style.css>\
        <link rel=icon href=../style.css><link rel=stylesheet><link rel=stylesheet href=/style.css>";
    let preview = preview("/archive", Reload::On, &[("a/index.html", html), ("style.css", "a"), ("città.css", "b")]);
    let styles = preview.get("/archive/a/").attribute("data-styles").replace("&quot;", "\"");
    let styles: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&styles).unwrap();
    let mut paths: Vec<&str> = styles.keys().map(String::as_str).collect();
    paths.sort_unstable();
    assert_eq!(paths, ["/archive/%63itt%C3%A0.css", "/archive/style.css"]);
}

#[test]
fn the_page_for_what_is_missing_follows_too() {
    let preview = preview("", Reload::On, &[("index.html", "x"), ("404.html", "<body>missing</body>")]);
    let answer = preview.get("/articles/y");
    assert_eq!((answer.status, answer.attribute("data-page")), (404, "articles/y"));
    assert_eq!(preview.get("/%00").attribute("data-page"), "404.html");
}

#[test]
fn before_the_first_edition_a_page_waits_for_it() {
    let preview = preview("", Reload::On, &[]);
    let answer = preview.get("/articles/x/");
    assert_eq!((answer.status, answer.attribute("data-page")), (503, "articles/x/"));
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
}

#[test]
fn a_page_on_the_disk_gets_the_script() {
    let preview = preview("", Reload::On, &[]);
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "<body>x</body>").unwrap();
    preview.books.files.lock().unwrap().insert("index.html".to_owned(), super::Served::Disk(file.path().to_owned()));
    assert!(preview.get("/").text().starts_with("<body>x<script "));
}

#[test]
fn only_with_reload_is_there_a_script() {
    let preview = preview("", Reload::Off, &[("404.html", "x")]);
    for path in ["/_postilla/reload.js", "/_postilla/events?page="] {
        assert_eq!((preview.get(path).status, preview.get(path).text()), (404, "x"), "{path}");
    }
}

#[test]
fn a_page_that_cannot_be_made_says_why_and_follows() {
    for (reload, script) in [(Reload::On, true), (Reload::Off, false)] {
        let preview = preview("", reload, &[("index.html", "x")]);
        preview.books.fail("a/index.html", "error[template]: `<script>` & more\n --> templates/page.html:2:3");
        let answer = preview.get("/a/");
        assert_eq!((answer.status, answer.header("content-type")), (500, "text/html; charset=utf-8"));
        assert!(answer.text().contains("`&lt;script&gt;` &amp; more\n --&gt; templates/page.html:2:3"), "{}", answer.text());
        assert_eq!(answer.text().contains("data-version"), script);
        // It lies there, as a page.
        assert_eq!((preview.get("/a").status, preview.get("/a").header("location")), (302, "/a/"));
        let head = preview.send("HEAD /a/ HTTP/1.1\r\nHost: localhost");
        assert_eq!((head.status, head.text()), (500, ""));
        assert_eq!(preview.get_with("/a/", &[("If-None-Match", "*")]).status, 500);
    }
}

#[test]
fn where_the_page_for_what_is_missing_fails_it_is_still_missing() {
    let preview = preview("", Reload::Off, &[("index.html", "x")]);
    preview.books.fail("404.html", "error: it fails");
    let answer = preview.get("/none/");
    assert_eq!((answer.status, answer.text().contains("it fails")), (404, true));
}
