//! Policies opened for the script and its events.

use super::super::policy::opened;

fn check(policy: &str, expected: &str) {
    let header = opened(policy, "N").map(|header| header.to_str().unwrap().to_owned());
    assert_eq!(header.unwrap_or_default(), expected, "{policy}");
}

#[test]
fn what_is_forbidden_by_default_is_opened_for_one_script() {
    check("default-src 'none'; img-src 'self'", "default-src 'none'; img-src 'self'; script-src 'nonce-N'; connect-src 'self'");
    check("default-src 'self' https:", "default-src 'self' https:; script-src 'self' https: 'nonce-N'; connect-src 'self' https:");
}

#[test]
fn what_the_page_allows_itself_stays() {
    check("script-src 'none'; connect-src https://a.example", "script-src 'nonce-N'; connect-src https://a.example 'self'");
    check("script-src 'nonce-abc'", "script-src 'nonce-abc' 'nonce-N'");
    check("Script-Src-Elem a.example; SCRIPT-SRC b.example", "script-src-elem a.example 'nonce-N'; script-src b.example");
}

#[test]
fn a_nonce_does_not_switch_inline_scripts_off() {
    check("script-src 'unsafe-inline'", "script-src 'unsafe-inline' 'self'");
    check(
        "default-src 'unsafe-inline' 'self'",
        "default-src 'unsafe-inline' 'self'; script-src 'unsafe-inline' 'self'; connect-src 'unsafe-inline' 'self'",
    );
    check("script-src 'unsafe-inline' 'sha256-x'", "script-src 'unsafe-inline' 'sha256-x' 'nonce-N'");
}

#[test]
fn what_allows_all_stays_as_it_is() {
    check("img-src 'self'", "img-src 'self'");
    check("", "");
    check(" ; ;", "");
}

#[test]
fn a_header_says_no_more_than_the_page_did() {
    check("sandbox; frame-ancestors 'none'; report-uri /x; img-src a", "img-src a");
    check("img-src a, b; style-src c,d e", "img-src b; style-src e");
    check("img-src\n\ta\u{0}b  c;\r\nimg-src d; font-src é", "img-src c");
}
