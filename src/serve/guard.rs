//! Who may ask, and how. A stranger's name that leads to this machine must not make the browser take the preview
//! for that stranger's own site.

use std::net::{Ipv4Addr, Ipv6Addr};

use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// `Err` is the answer to a request that is refused.
pub(super) fn admit(request: &Parts) -> Result<(), Response> {
    let Some(host) = host(request) else {
        let advice = "This preview answers as localhost or by an IP address only.\n";
        return Err((StatusCode::MISDIRECTED_REQUEST, advice).into_response());
    };
    if request.method != Method::GET && request.method != Method::HEAD {
        let allowed = [(header::ALLOW, "GET, HEAD")];
        return Err((StatusCode::METHOD_NOT_ALLOWED, allowed, "A preview is only read: GET or HEAD.\n").into_response());
    }
    if is_from_elsewhere(&request.headers, &host) {
        return Err(forbidden());
    }
    Ok(())
}

/// As [`admit`], for what only the preview's own script asks for.
pub(super) fn admit_script(request: &Parts) -> Result<(), Response> {
    match request.headers.get("sec-fetch-site").map(HeaderValue::as_bytes) {
        None | Some(b"same-origin" | b"none") => Ok(()),
        Some(_) => Err(forbidden()),
    }
}

/// The value of a header that must be there once.
pub(super) fn only(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

/// The host and port by which the browser knows this server, when both it and the address asked for are local.
fn host(request: &Parts) -> Option<Authority> {
    let host = only(&request.headers, header::HOST)?.parse().ok()?;
    let asked = request.uri.authority();
    (is_local(&host) && asked.is_none_or(is_local)).then_some(host)
}

/// No name server has a say in `localhost` or in an address.
fn is_local(authority: &Authority) -> bool {
    let host = authority.host().to_ascii_lowercase();
    let bracketed = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let plain = !authority.as_str().contains('@');
    plain
        && match bracketed {
            Some(address) => address.parse::<Ipv6Addr>().is_ok(),
            None => host == "localhost" || host.ends_with(".localhost") || host.parse::<Ipv4Addr>().is_ok(),
        }
}

/// Whether another site's page asks. `Origin: null` is such a page too.
fn is_from_elsewhere(headers: &HeaderMap, host: &Authority) -> bool {
    if !headers.contains_key(header::ORIGIN) {
        return false;
    }
    let origin = only(headers, header::ORIGIN).and_then(|origin| origin.split_once("://"));
    origin.is_none_or(|(_, origin)| !origin.eq_ignore_ascii_case(host.as_str()))
}

fn forbidden() -> Response {
    (StatusCode::FORBIDDEN, "Another site's page may not read this preview.\n").into_response()
}
