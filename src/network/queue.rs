//! Who is asked next: many servers at a time, few questions to each, and a pause between them.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use url::Url;

use super::client::{Client, Reply, Silence, Way};
use super::{AT_ONCE, AT_ONCE_PER_HOST, Fate, Heard, Manners, plain};

/// So many redirects are followed, and so often a question is asked again.
const MOST_HOPS: u8 = 10;
const MOST_TRIES: u32 = 2;

/// A question that is still open.
struct Open {
    /// The position of its answer.
    nth: usize,
    url: Url,
    way: Way,
    hops: u8,
    tries: u32,
    /// Where it has moved for good, if all redirects up to there were for good.
    moved: Option<String>,
    stays_for_good: bool,
    reached: bool,
}

/// The questions to one host.
#[derive(Default)]
struct Host {
    waiting: VecDeque<Open>,
    busy: usize,
    /// Not asked before.
    next: Option<Instant>,
}

/// What is to be done with a question after it was asked.
enum Next {
    Told(Fate),
    /// And with it what holds for all others of its server.
    ToldOfServer(Fate, Fate),
    Again,
    AgainAfter(Duration),
}

struct State {
    hosts: BTreeMap<String, Host>,
    /// What holds for all addresses of a server that does not answer, by its origin.
    silent: BTreeMap<String, Fate>,
    heard: Vec<Option<Heard>>,
    left: usize,
}

struct Queue<'q> {
    client: Client,
    manners: &'q Manners,
    told: &'q (dyn Fn() + Sync),
    state: Mutex<State>,
    news: Condvar,
}

pub fn ask(questions: &[String], manners: &Manners, told: &(dyn Fn() + Sync)) -> Vec<Heard> {
    let state = State { hosts: BTreeMap::new(), silent: BTreeMap::new(), heard: vec![None; questions.len()], left: questions.len() };
    let queue = Queue { client: Client::new(manners), manners, told, state: Mutex::new(state), news: Condvar::new() };
    for (nth, question) in questions.iter().enumerate() {
        queue.enter(nth, question);
    }
    let workers = AT_ONCE.min(queue.lock().hosts.len() * AT_ONCE_PER_HOST);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| queue.work());
        }
    });
    let state = queue.state.into_inner().unwrap_or_else(PoisonError::into_inner);
    state.heard.into_iter().map(|heard| heard.expect("every question is settled before the workers end")).collect()
}

impl Queue<'_> {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn enter(&self, nth: usize, question: &str) {
        let mut state = self.lock();
        match Url::parse(question).ok().and_then(plain) {
            Some(url) => {
                let open = Open { nth, url, way: Way::Head, hops: 0, tries: 0, moved: None, stays_for_good: true, reached: false };
                state.hosts.entry(open.host()).or_default().waiting.push_back(open);
            }
            None => self.settle(&mut state, nth, Heard::unasked()),
        }
    }

    fn work(&self) {
        while let Some((host, mut open)) = self.take() {
            let reply = self.client.ask(&open.url, open.way);
            let next = self.follow(&mut open, reply);
            self.put(&host, open, next);
        }
    }

    /// The next question whose host may be asked; `None` when all are settled.
    fn take(&self) -> Option<(String, Open)> {
        let mut state = self.lock();
        while state.left > 0 {
            let now = Instant::now();
            let ready = state.hosts.iter_mut().filter(|(_, host)| !host.waiting.is_empty() && host.busy < AT_ONCE_PER_HOST);
            let soonest = ready.min_by_key(|(_, host)| host.next.filter(|next| *next > now));
            let wait = match soonest {
                Some((_, host)) if host.next.is_some_and(|next| next > now) => host.next.map(|next| next - now),
                Some((name, host)) => {
                    host.busy += 1;
                    host.next = Some(now + self.manners.pause);
                    return host.waiting.pop_front().map(|open| (name.clone(), open));
                }
                None => None,
            };
            state = match wait {
                Some(wait) => self.news.wait_timeout(state, wait).unwrap_or_else(PoisonError::into_inner).0,
                None => self.news.wait(state).unwrap_or_else(PoisonError::into_inner),
            };
        }
        None
    }

    /// What an answer means for its question.
    fn follow(&self, open: &mut Open, reply: Reply) -> Next {
        open.reached |= !matches!(reply, Reply::Silence(_) | Reply::TryOtherwise { spoken: false });
        match reply {
            Reply::Said(fate) => Next::Told(fate),
            Reply::TryOtherwise { .. } => {
                open.way = Way::Get;
                Next::Again
            }
            Reply::Elsewhere { to, for_good } => open.turn(&to, for_good),
            Reply::TryLater(fate, after) => match self.later(open, after) {
                Some(next) => next,
                None if after.is_some() => Next::ToldOfServer(fate, Fate::Unsure("its server wants to be left alone".to_owned())),
                None => Next::Told(fate),
            },
            Reply::Silence(Silence { fate, may_pass, of_server }) => {
                let told = match of_server {
                    Some(of_others) => Next::ToldOfServer(fate, of_others),
                    None => Next::Told(fate),
                };
                if may_pass { self.later(open, None).unwrap_or(told) } else { told }
            }
        }
    }

    /// Asks once more, unless it was asked often enough or the server wants too long a wait.
    fn later(&self, open: &mut Open, after: Option<Duration>) -> Option<Next> {
        let wait = after.unwrap_or(self.manners.backoff * 4_u32.pow(open.tries));
        if open.tries == MOST_TRIES || wait > self.manners.longest_wait {
            return None;
        }
        open.tries += 1;
        Some(Next::AgainAfter(wait))
    }

    fn put(&self, asked: &str, open: Open, next: Next) {
        let mut state = self.lock();
        if let Some(host) = state.hosts.get_mut(asked) {
            host.busy -= 1;
            if let Next::AgainAfter(wait) = next {
                host.next = host.next.max(Some(Instant::now() + wait));
            }
        }
        match next {
            Next::Told(fate) => self.tell(&mut state, open, fate),
            Next::ToldOfServer(fate, of_others) => {
                self.silence(&mut state, asked, &open.origin(), &of_others);
                self.tell(&mut state, open, fate);
            }
            Next::Again | Next::AgainAfter(_) => match state.silent.get(&open.origin()).cloned() {
                Some(fate) => self.tell(&mut state, open, fate),
                None => state.hosts.entry(open.host()).or_default().waiting.push_front(open),
            },
        }
        if state.hosts.get(asked).is_some_and(|host| host.busy == 0 && host.waiting.is_empty()) && !state.keeps_quiet(asked) {
            state.hosts.remove(asked);
        }
        self.news.notify_all();
    }

    /// Asks nothing more of a server.
    fn silence(&self, state: &mut State, host: &str, origin: &str, fate: &Fate) {
        let waiting = state.hosts.get_mut(host).map(|host| &mut host.waiting);
        let mut same = Vec::new();
        if let Some(waiting) = waiting {
            let (silent, others): (Vec<Open>, Vec<Open>) = waiting.drain(..).partition(|open| open.origin() == origin);
            waiting.extend(others);
            same = silent;
        }
        for open in same {
            self.tell(state, open, fate.clone());
        }
        state.silent.insert(origin.to_owned(), fate.clone());
    }

    fn tell(&self, state: &mut State, open: Open, fate: Fate) {
        self.settle(state, open.nth, Heard { fate, moved: open.moved, reached: open.reached });
    }

    fn settle(&self, state: &mut State, nth: usize, heard: Heard) {
        state.heard[nth] = Some(heard);
        state.left -= 1;
        (self.told)();
    }
}

impl State {
    /// Whether a host is still to be left alone.
    fn keeps_quiet(&self, host: &str) -> bool {
        self.hosts.get(host).and_then(|host| host.next).is_some_and(|next| next > Instant::now())
    }
}

impl Open {
    fn host(&self) -> String {
        self.url.host_str().unwrap_or_default().to_owned()
    }

    fn origin(&self) -> String {
        self.url.origin().ascii_serialization()
    }

    /// Follows a redirect.
    fn turn(&mut self, to: &str, for_good: bool) -> Next {
        if self.hops == MOST_HOPS {
            return Next::Told(Fate::Unsure("it is redirected without an end".to_owned()));
        }
        let Some(url) = self.url.join(to).ok().and_then(plain) else {
            return Next::Told(Fate::Unsure("it is redirected to what is no web page".to_owned()));
        };
        self.hops += 1;
        self.way = Way::Head;
        self.stays_for_good &= for_good;
        if self.stays_for_good {
            self.moved = Some(url.to_string());
        }
        self.url = url;
        Next::Again
    }
}

impl Heard {
    fn unasked() -> Self {
        Self { fate: Fate::NotAsked("it is no address of a web page".to_owned()), moved: None, reached: false }
    }
}
