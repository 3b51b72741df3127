//! Web pages of others: what has become of each. The only floor that opens connections to other machines, and only
//! `check --external-links` asks it to. It asks for headers and reads nothing of what stands there, sends no
//! credentials, goes through no proxy, and does not ask machines of the editor's own network unless it may.

mod client;
mod public;
mod queue;

use std::time::Duration;

use url::Url;

/// How to behave towards the machines of others.
#[derive(Debug, Clone)]
pub struct Manners {
    /// Which machines may be asked.
    pub reach: Reach,
    /// How long a connection may take to stand.
    pub connect: Duration,
    /// How long one question may take from the look-up of the name to the last header.
    pub whole: Duration,
    /// From one question to a host to the next.
    pub pause: Duration,
    /// How long a host is left alone that would not or could not answer; four times as long the second time.
    pub backoff: Duration,
    /// The longest wait that a host may ask for.
    pub longest_wait: Duration,
}

/// Which machines may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Those that everybody can reach.
    Public,
    /// Also those of this machine and its own network.
    Private,
}

/// What is known of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// What has become of it.
    pub fate: Fate,
    /// Where its server says that it has moved for good.
    pub moved: Option<String>,
    /// Whether any server spoke HTTP on the way.
    pub reached: bool,
}

/// What has become of an address; but for what is there, with the reason in a few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Something stands there.
    There,
    /// Nothing does.
    Gone(String),
    /// It cannot be told: the server would not say, or not today.
    Unsure(String),
    /// It was not asked.
    NotAsked(String),
}

/// At most so many questions are open at once: in all, and to one host.
const AT_ONCE: usize = 16;
const AT_ONCE_PER_HOST: usize = 2;

impl Manners {
    /// Those that suit the web.
    pub fn polite(reach: Reach) -> Self {
        Self {
            reach,
            connect: Duration::from_secs(10),
            whole: Duration::from_secs(30),
            pause: Duration::from_millis(500),
            backoff: Duration::from_secs(1),
            longest_wait: Duration::from_secs(30),
        }
    }
}

/// The address that is asked for one that is written: without its fragment, which no server sees, and without a user's
/// name. `None` unless it is `http` or `https`.
pub fn question(written: &str) -> Option<String> {
    plain(Url::parse(written).ok()?).map(String::from)
}

fn plain(mut url: Url) -> Option<Url> {
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    url.set_fragment(None);
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    Some(url)
}

/// Asks what has become of each of `questions`, which are different from each other, and says so in their order.
/// `told` is called once for each, from many threads.
pub fn ask(questions: &[String], manners: &Manners, told: &(dyn Fn() + Sync)) -> Vec<Heard> {
    queue::ask(questions, manners, told)
}
