//! Who may ask, and how.

use super::{Reload, preview};

const FILES: &[(&str, &str)] = &[("index.html", "<p>secret</p>")];

fn check_host(host: &str, status: u16) {
    let preview = preview("", Reload::On, FILES);
    let answer = preview.send(&format!("GET / HTTP/1.1{host}"));
    assert_eq!(answer.status, status, "{host:?}");
    assert_eq!(answer.text().contains("secret"), status == 200);
}

#[test]
fn local_names_and_addresses_are_answered() {
    for host in ["localhost", "LOCALHOST:80", "a.localhost:4000", "127.0.0.1:1", "192.168.0.7", "[::1]", "[::1]:4000", "[fe80::1]:8"] {
        check_host(&format!("\r\nHost: {host}"), 200);
    }
}

#[test]
fn a_stranger_s_name_for_this_machine_is_not() {
    for host in ["evil.example", "localhost.evil.example", "evillocalhost", "127.0.0.1.nip.io:80", "me@localhost", "", "[::1", "a b"] {
        check_host(&format!("\r\nHost: {host}"), 421);
    }
}

#[test]
fn a_host_must_be_named_once() {
    check_host("", 421);
    check_host("\r\nHost: localhost\r\nHost: localhost", 421);
}

#[test]
fn the_address_in_the_request_line_counts_too() {
    let preview = preview("", Reload::On, FILES);
    assert_eq!(preview.send("GET http://evil.example/ HTTP/1.1\r\nHost: localhost").status, 421);
    assert_eq!(preview.send("GET http://localhost/ HTTP/1.1\r\nHost: localhost").status, 200);
}

#[test]
fn a_preview_is_only_read() {
    let preview = preview("", Reload::On, FILES);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"] {
        let answer = preview.send(&format!("{method} / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0"));
        assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"), "{method}");
    }
    assert_eq!(preview.send("OPTIONS * HTTP/1.1\r\nHost: localhost").status, 405);
    assert_eq!(preview.send("POST / HTTP/1.1\r\nHost: evil.example").status, 421);
}

#[test]
fn another_site_s_page_may_not_read() {
    let preview = preview("", Reload::On, FILES);
    for origin in ["http://evil.example", "null", "http://localhost:9", "http://127.0.0.1", "localhost"] {
        assert_eq!(preview.get_with("/", &[("Origin", origin)]).status, 403, "{origin}");
    }
    assert_eq!(preview.get_with("/", &[("Origin", "http://localhost")]).status, 200);
}

#[test]
fn a_link_from_another_site_may_lead_to_a_page_and_not_to_the_events() {
    let preview = preview("", Reload::On, FILES);
    assert_eq!(preview.get_with("/", &[("Sec-Fetch-Site", "cross-site")]).status, 200);
    for site in ["cross-site", "same-site"] {
        assert_eq!(preview.get_with("/_postilla/events?page=", &[("Sec-Fetch-Site", site)]).status, 403, "{site}");
    }
}

#[test]
fn every_answer_is_for_this_site_only() {
    let preview = preview("", Reload::On, FILES);
    for answer in
        [preview.get("/"), preview.get("/missing"), preview.send("POST / HTTP/1.1\r\nHost: localhost"), preview.send("GET / HTTP/1.1")]
    {
        let sealed = ["cache-control", "x-content-type-options", "cross-origin-resource-policy", "referrer-policy"];
        let sealed = sealed.map(|name| answer.header(name));
        assert_eq!(sealed, ["no-cache", "nosniff", "same-origin", "same-origin"], "{}", answer.status);
    }
}
