//! One question to one server, and what its answer, or its silence, means.

use std::io::ErrorKind;
use std::time::Duration;

use ureq::config::Config;
use ureq::http::header::{LOCATION, RANGE, RETRY_AFTER};
use ureq::http::{HeaderMap, StatusCode};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Error, Timeout};
use url::Url;

use super::public::{IsPrivate, Judging};
use super::{Fate, Manners};

/// How the question is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// As one for headers alone.
    Head,
    /// As one for the first byte, since some servers know no other.
    Get,
}

/// What came back.
#[derive(Debug)]
pub enum Reply {
    /// A server answered, and this is its word.
    Said(Fate),
    /// It stands elsewhere, perhaps for good.
    Elsewhere { to: String, for_good: bool },
    /// Asked this way, the server would not answer, or said nothing at all.
    TryOtherwise { spoken: bool },
    /// The server could not answer now; asking again later, perhaps after so long, may do.
    TryLater(Fate, Option<Duration>),
    /// There was no answer.
    Silence(Silence),
}

/// Why there was no answer.
#[derive(Debug)]
pub struct Silence {
    /// What that means for the address.
    pub fate: Fate,
    /// Whether asking again may give something else.
    pub may_pass: bool,
    /// What that means for all other addresses of the server.
    pub of_server: Option<Fate>,
}

/// More than any honest server sends.
const LONGEST_HEADERS: usize = 64 * 1024;

/// Asks servers.
pub struct Client {
    agent: Agent,
}

impl Client {
    pub fn new(manners: &Manners) -> Self {
        let config = Config::builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_response_header_size(LONGEST_HEADERS)
            .max_idle_connections(0)
            // A proxy would look names up by itself, where nothing can be judged.
            .proxy(None)
            .timeout_connect(Some(manners.connect))
            .timeout_resolve(Some(manners.connect))
            .timeout_global(Some(manners.whole))
            .user_agent(concat!("postilla/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { agent: Agent::with_parts(config, DefaultConnector::default(), Judging::new(manners.reach)) }
    }

    /// Asks once. What a redirect leads to is not asked.
    pub fn ask(&self, url: &Url, way: Way) -> Reply {
        let answer = match way {
            Way::Head => self.agent.head(url.as_str()).call(),
            Way::Get => self.agent.get(url.as_str()).header(RANGE, "bytes=0-0").call(),
        };
        match answer {
            Ok(response) => understand(response.status(), response.headers(), way),
            Err(error) => silence(&error, way, url.scheme() == "https"),
        }
    }
}

fn understand(status: StatusCode, headers: &HeaderMap, way: Way) -> Reply {
    let header = |name| headers.get(name).and_then(|value| std::str::from_utf8(value.as_bytes()).ok());
    let said = status.to_string().trim_end_matches(" <unknown status code>").to_owned();
    match (status.as_u16(), header(LOCATION)) {
        (300..=303 | 307 | 308, Some(to)) => Reply::Elsewhere { to: to.trim().to_owned(), for_good: matches!(status.as_u16(), 301 | 308) },
        // What is empty has no first byte.
        (200..=399 | 416, _) => Reply::Said(Fate::There),
        (429 | 503, _) => Reply::TryLater(Fate::Unsure(said), header(RETRY_AFTER).and_then(seconds)),
        (400.., _) if way == Way::Head => Reply::TryOtherwise { spoken: true },
        (404 | 410, _) => Reply::Said(Fate::Gone(said)),
        (500..=599, _) => Reply::TryLater(Fate::Unsure(said), None),
        _ => Reply::Said(Fate::Unsure(said)),
    }
}

/// A wait in seconds; one that ends at a date is left to the client's own patience.
fn seconds(text: &str) -> Option<Duration> {
    text.trim().parse().ok().map(Duration::from_secs)
}

fn silence(error: &Error, way: Way, secure: bool) -> Reply {
    match error {
        Error::HostNotFound => gone("there is no such host", false),
        Error::Timeout(Timeout::Resolve) => gone("its name could not be looked up in time", true),
        Error::Timeout(Timeout::Connect) | Error::ConnectionFailed => gone("nobody answers", true),
        Error::Other(other) if other.is::<IsPrivate>() => of_all(Fate::NotAsked("it is on a private network".to_owned()), false),
        Error::Tls(_) | Error::Rustls(_) | Error::TlsRequired => gone(INVALID, false),
        Error::Io(refused) => match refused.kind() {
            ErrorKind::ConnectionRefused => gone("the connection is refused", false),
            ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => gone("nobody answers", true),
            ErrorKind::InvalidData if secure => gone(INVALID, false),
            ErrorKind::TimedOut => mute(way),
            _ => babble("the connection was cut off", way),
        },
        Error::Timeout(_) => mute(way),
        Error::BadUri(_) | Error::Http(_) => Reply::Said(Fate::NotAsked("it cannot be asked for".to_owned())),
        _ => babble("the answer is not HTTP", way),
    }
}

const INVALID: &str = "its certificate or its encryption is not valid";

fn gone(why: &str, may_pass: bool) -> Reply {
    of_all(Fate::Gone(why.to_owned()), may_pass)
}

fn of_all(fate: Fate, may_pass: bool) -> Reply {
    Reply::Silence(Silence { of_server: Some(fate.clone()), fate, may_pass })
}

/// A server that lets one question hang is not kept busy with others, of which nothing is known then.
fn mute(way: Way) -> Reply {
    let others = Fate::Unsure("its server let another question wait too long".to_owned());
    let fate = Fate::Gone("no answer in time".to_owned());
    otherwise(way, Silence { fate, may_pass: true, of_server: Some(others) })
}

fn babble(why: &str, way: Way) -> Reply {
    otherwise(way, Silence { fate: Fate::Unsure(why.to_owned()), may_pass: true, of_server: None })
}

/// A server that one way of asking leaves speechless may answer another.
fn otherwise(way: Way, silence: Silence) -> Reply {
    if way == Way::Head { Reply::TryOtherwise { spoken: false } } else { Reply::Silence(silence) }
}
