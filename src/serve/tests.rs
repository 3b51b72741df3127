//! A real server on the loopback, asked in plain HTTP.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::{Bell, Bytes, Error, Lack, Port, Served, Server, Shelf, Stopper};

mod addresses;
mod files;
mod following;
mod hosts;
mod pages;
mod policies;
mod ports;

const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Longer than any answer takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Default)]
struct Books {
    files: Mutex<BTreeMap<String, Served>>,
    /// What cannot be had, and why.
    failed: Mutex<BTreeMap<String, String>>,
    base: Mutex<String>,
    findings: Mutex<Option<Arc<str>>>,
}

impl Shelf for Books {
    fn file(&self, path: &str) -> Result<Served, Lack> {
        assert_ne!(path, "panic.html", "asked for a page that panics");
        if let Some(why) = self.failed.lock().unwrap().get(path) {
            return Err(Lack::Failed(why.clone()));
        }
        self.files.lock().unwrap().get(path).cloned().ok_or(Lack::NoSuch)
    }

    fn base(&self) -> String {
        self.base.lock().unwrap().clone()
    }

    fn findings(&self) -> Option<Arc<str>> {
        self.findings.lock().unwrap().clone()
    }
}

impl Books {
    fn put(&self, path: &str, text: &str) {
        let file = Served::Memory(Bytes::copy_from_slice(text.as_bytes()));
        self.files.lock().unwrap().insert(path.to_owned(), file);
    }

    fn fail(&self, path: &str, why: &str) {
        self.failed.lock().unwrap().insert(path.to_owned(), why.to_owned());
    }

    fn remove(&self, path: &str) {
        self.files.lock().unwrap().remove(path);
    }
}

/// A server that runs until the test is over.
struct Preview {
    books: Arc<Books>,
    address: SocketAddr,
    bell: Bell,
    stopper: Stopper,
    running: Option<JoinHandle<Result<(), Error>>>,
}

#[derive(Clone, Copy)]
enum Reload {
    On,
    Off,
}

/// Serves `files` at `base`.
fn preview(base: &str, reload: Reload, files: &[(&str, &str)]) -> Preview {
    let books = Arc::new(Books::default());
    base.clone_into(&mut books.base.lock().unwrap());
    for (path, text) in files {
        books.put(path, text);
    }
    let server = Server::bind(LOOPBACK, Port::Any(0)).unwrap();
    let (address, bell, stopper) = (server.address(), server.bell(), server.stopper());
    let shelf: Arc<dyn Shelf> = Arc::clone(&books) as Arc<dyn Shelf>;
    let running = std::thread::spawn(move || server.run(shelf, matches!(reload, Reload::On)));
    Preview { books, address, bell, stopper, running: Some(running) }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Preview {
    /// Stops it and says how long that took.
    fn stop(&mut self) -> Duration {
        let begin = Instant::now();
        self.stopper.stop();
        if let Some(running) = self.running.take() {
            running.join().unwrap().unwrap();
        }
        begin.elapsed()
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends a request as it stands, without the closing empty line.
    fn send(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        write!(stream, "{request}\r\nConnection: close\r\n\r\n").unwrap();
        let mut raw = Vec::new();
        stream.read_to_end(&mut raw).unwrap();
        Answer::read(&raw)
    }

    fn get(&self, path: &str) -> Answer {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: localhost"))
    }

    fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = format!("GET {path} HTTP/1.1\r\nHost: localhost");
        for (name, value) in headers {
            write!(request, "\r\n{name}: {value}").unwrap();
        }
        self.send(&request)
    }
}

struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn read(raw: &[u8]) -> Self {
        let end = raw.windows(4).position(|window| window == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8(raw[..end].to_vec()).unwrap();
        let (first, rest) = head.split_once("\r\n").unwrap_or((&head, ""));
        let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned())).unwrap();
        let status = first.split(' ').nth(1).unwrap().parse().unwrap();
        Self { status, headers: rest.lines().map(header).collect(), body: raw[end + 4..].to_vec() }
    }

    fn header(&self, name: &str) -> &str {
        self.all(name).first().copied().unwrap_or_default()
    }

    fn all(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// The value of an attribute of the script, escapes and all.
    fn attribute(&self, name: &str) -> &str {
        let start = format!(" {name}=\"");
        let at = self.text().find(&start).unwrap_or_else(|| panic!("no `{name}` in {}", self.text())) + start.len();
        self.text()[at..].split('"').next().unwrap()
    }
}
