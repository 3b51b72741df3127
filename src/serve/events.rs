//! The event stream of one tab. Each ring of the bell, and the connection itself, is a reason to compare what the
//! tab shows with what it should show:
//!
//! - `reload`: the page is another one, or gone.
//! - `styles`: the versions of the page's stylesheets; the tab takes those that it does not have.
//! - `findings`: what is wrong with the archive, a JSON array.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{Method, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream};
use tokio::sync::watch;
use url::form_urlencoded;

use super::answer::{Asked, Desk};
use super::look::Look;
use super::{address, guard, live};

/// When a tab that lost its server tries again.
const RETRY: Duration = Duration::from_secs(1);

/// Shorter than any patience on the way; also how a closed tab is noticed.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// The answer to the script of a tab.
pub(super) fn follow(desk: &Desk, request: &Parts) -> Response {
    if let Err(refusal) = guard::admit_script(request) {
        return refusal;
    }
    if request.method == Method::HEAD {
        return ([(header::CONTENT_TYPE, "text/event-stream")], Body::empty()).into_response();
    }
    let tab = Tab::from_query(request.uri.query().unwrap_or_default());
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE);
    Sse::new(events(desk.clone(), tab)).keep_alive(keep_alive).into_response()
}

/// What the tab says that it shows.
struct Tab {
    /// `None` lies outside the site.
    place: Option<String>,
    version: String,
}

impl Tab {
    fn from_query(query: &str) -> Self {
        let value = |name: &str| form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value);
        let place = value("page").and_then(|place| address::plain(&place).map(str::to_owned));
        Self { place, version: value("version").unwrap_or_default().into_owned() }
    }
}

struct Follower {
    desk: Desk,
    tab: Tab,
    bell: watch::Receiver<()>,
    waiting: VecDeque<Event>,
    /// What was sent last.
    styles: String,
    findings: Option<Arc<str>>,
}

fn events(desk: Desk, tab: Tab) -> impl Stream<Item = Result<Event, Infallible>> {
    let mut bell = desk.bell.listen();
    // The bell may have rung before the tab came.
    bell.mark_changed();
    let waiting = VecDeque::from([Event::default().retry(RETRY)]);
    let follower = Follower { desk, tab, bell, waiting, styles: String::new(), findings: None };
    stream::unfold(follower, async |mut follower| {
        loop {
            if let Some(event) = follower.waiting.pop_front() {
                return Some((Ok(event), follower));
            }
            follower.bell.changed().await.ok()?;
            follower.compare().await.ok()?;
        }
    })
}

impl Follower {
    async fn compare(&mut self) -> Asked<()> {
        if self.is_outdated().await? {
            self.waiting.push_back(Event::default().event("reload").data("now"));
            return Ok(());
        }
        let findings = self.desk.ask(|shelf| shelf.findings().unwrap_or_else(|| Arc::from("[]"))).await?;
        if self.findings.as_ref() != Some(&findings) {
            self.waiting.push_back(Event::default().event("findings").data(&findings));
            self.findings = Some(findings);
        }
        Ok(())
    }

    /// Whether the tab needs another page; if not, its stylesheets may be others.
    async fn is_outdated(&mut self) -> Asked<bool> {
        let place = self.tab.place.clone();
        let Look::At(shown) = live::find(&self.desk, place.clone()).await? else { return Ok(true) };
        let survey = self.desk.ask(move |shelf| live::survey(shelf, place.as_deref(), &shown)).await?;
        if survey.version != self.tab.version {
            return Ok(true);
        }
        let styles = survey.styles_json();
        if !survey.styles.is_empty() && self.styles != styles {
            self.waiting.push_back(Event::default().event("styles").data(&styles));
            self.styles = styles;
        }
        Ok(false)
    }
}
