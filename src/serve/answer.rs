//! One request and its answer.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::{CONTROLS, utf8_percent_encode};

use super::address::Address;
use super::look::{self, Look, Shown};
use super::server::Bell;
use super::{Bytes, Served, Shelf, delivery, events, guard, kind, live};

const SCRIPT: &str = concat!("(() => {\n\"use strict\";\n", include_str!("overlay.js"), include_str!("reload.js"), "})();\n");

/// What the shelf said, or the status of an answer without it.
pub(super) type Asked<T> = Result<T, StatusCode>;

/// What every answer needs.
#[derive(Clone)]
pub(super) struct Desk {
    pub shelf: Arc<dyn Shelf>,
    /// Whether tabs follow the site.
    pub reload: bool,
    pub bell: Bell,
}

impl Desk {
    /// Asks the shelf, away from the loop that serves the others. `Err` when the shelf panicked.
    pub(super) async fn ask<T: Send + 'static>(&self, question: impl FnOnce(&dyn Shelf) -> T + Send + 'static) -> Asked<T> {
        let shelf = Arc::clone(&self.shelf);
        let answered = tokio::task::spawn_blocking(move || question(&*shelf)).await;
        answered.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// Answers a request.
pub(super) async fn answer(State(desk): State<Desk>, request: Request) -> Response {
    let (request, _) = request.into_parts();
    let mut response = match guard::admit(&request) {
        Ok(()) => respond(&desk, &request).await.unwrap_or_else(IntoResponse::into_response),
        Err(refusal) => refusal,
    };
    seal(response.headers_mut());
    response
}

async fn respond(desk: &Desk, request: &Parts) -> Asked<Response> {
    let base = desk.ask(Shelf::base).await?;
    let place = match Address::find(request.uri.path(), &base) {
        Address::Root => return Ok(redirect(&format!("{}/", base.trim_end_matches('/')), &request.uri)),
        Address::Outside => None,
        Address::Inside(place) if desk.reload && place == live::SCRIPT => return own_script(request).await,
        Address::Inside(place) if desk.reload && place == live::EVENTS => return Ok(events::follow(desk, request)),
        Address::Inside(place) => Some(place),
    };
    match live::find(desk, place.clone()).await? {
        Look::Folder => Ok(redirect(&format!("{}/", request.uri.path()), &request.uri)),
        Look::At(shown) => show(desk, place, shown, request).await,
    }
}

async fn show(desk: &Desk, place: Option<String>, shown: Shown, request: &Parts) -> Asked<Response> {
    if let (true, true, Served::Memory(html)) = (desk.reload, kind::is_html(&shown.path), &shown.file) {
        return live::open(desk, place, &shown, html.clone()).await;
    }
    if let Some(response) = delivery::deliver(&shown, request).await {
        return Ok(response);
    }
    // Gone from the disk since the shelf knew it.
    let instead = desk.ask(look::missing).await?;
    match delivery::deliver(&instead, request).await {
        Some(response) => Ok(response),
        None => delivery::deliver(&look::no_such_page(), request).await.ok_or(StatusCode::NOT_FOUND),
    }
}

async fn own_script(request: &Parts) -> Asked<Response> {
    let file = Served::Memory(Bytes::from_static(SCRIPT.as_bytes()));
    let shown = Shown { status: StatusCode::OK, path: live::SCRIPT.to_owned(), file };
    delivery::deliver(&shown, request).await.ok_or(StatusCode::NOT_FOUND)
}

/// To `path`, with the query that was asked with.
fn redirect(path: &str, asked: &Uri) -> Response {
    let query = asked.query().map(|query| format!("?{query}")).unwrap_or_default();
    let there = utf8_percent_encode(&format!("{path}{query}"), CONTROLS).to_string();
    (StatusCode::FOUND, [(header::LOCATION, there)]).into_response()
}

/// What goes with every answer: nothing is kept without asking again, and nothing is for other sites.
fn seal(headers: &mut HeaderMap) {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
}
