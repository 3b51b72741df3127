//! The port, the loop behind it, and the two things that reach it from outside: a bell and a stop.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;

use axum::Router;
use axum::serve::ListenerExt;
use tokio::runtime;
use tokio::sync::{Notify, watch};

use super::answer::{Desk, answer};
use super::{Error, Shelf};

/// How many ports [`Port::Any`] tries.
const TRIES: u16 = 100;

/// How many calls may wait on the shelf or the disk at once: a hundred tabs must not render a hundred pages side by side.
const HANDS: usize = 16;

/// Where to listen. Port 0 is whichever the system gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Port {
    /// This one or, when it is taken, the next free one.
    Any(u16),
    /// This one and no other.
    Exactly(u16),
}

/// A port that is held and not yet answered at.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    bell: Bell,
    stopper: Stopper,
}

/// Tells the open tabs that there is a new edition, or that there are new findings.
#[derive(Debug, Clone)]
pub struct Bell(watch::Sender<()>);

impl Bell {
    /// Each open tab is looked at again. Rings in quick succession may count as one.
    pub fn ring(&self) {
        self.0.send_replace(());
    }

    pub(super) fn listen(&self) -> watch::Receiver<()> {
        self.0.subscribe()
    }
}

/// Ends [`Server::run`].
#[derive(Debug, Clone)]
pub struct Stopper(Arc<Notify>);

impl Stopper {
    /// Whatever is being sent breaks off. Before `run`, it ends as soon as it begins.
    pub fn stop(&self) {
        self.0.notify_one();
    }
}

impl Server {
    /// Takes hold of a port of `interface`; connections wait there until [`run`](Self::run).
    pub fn bind(interface: IpAddr, port: Port) -> Result<Self, Error> {
        let listener = match port {
            Port::Exactly(port) => listen(SocketAddr::new(interface, port)),
            Port::Any(first) => listen_from(interface, first),
        }?;
        let refused = |cause| Error::Refused { address: SocketAddr::new(interface, 0), cause };
        listener.set_nonblocking(true).map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let bell = Bell(watch::Sender::new(()));
        Ok(Self { listener, address, bell, stopper: Stopper(Arc::new(Notify::new())) })
    }

    /// Where it listens, with the real port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The bell of this server's tabs.
    pub fn bell(&self) -> Bell {
        self.bell.clone()
    }

    /// What ends this server.
    pub fn stopper(&self) -> Stopper {
        self.stopper.clone()
    }

    /// Serves until stopped; with `reload`, tabs follow the site.
    pub fn run(self, shelf: Arc<dyn Shelf>, reload: bool) -> Result<(), Error> {
        let address = self.address;
        let refused = |cause| Error::Refused { address, cause };
        let runtime = runtime::Builder::new_current_thread().enable_io().enable_time().max_blocking_threads(HANDS).build();
        let runtime = runtime.map_err(refused)?;
        let ended = runtime.block_on(self.serve(shelf, reload));
        // Not dropped: that would wait for a page that is being rendered.
        runtime.shutdown_background();
        ended.map_err(refused)
    }

    async fn serve(self, shelf: Arc<dyn Shelf>, reload: bool) -> io::Result<()> {
        let listener = tokio::net::TcpListener::from_std(self.listener)?.tap_io(|connection| {
            // An event is a small packet that nothing follows.
            let _ = connection.set_nodelay(true);
        });
        let router = Router::new().fallback(answer).with_state(Desk { shelf, reload, bell: self.bell });
        tokio::select! {
            ended = async { axum::serve(listener, router).await } => ended,
            () = self.stopper.0.notified() => Ok(()),
        }
    }
}

fn listen(address: SocketAddr) -> Result<TcpListener, Error> {
    TcpListener::bind(address).map_err(|cause| match cause.kind() {
        ErrorKind::AddrInUse => Error::Taken { address },
        _ => Error::Refused { address, cause },
    })
}

fn listen_from(interface: IpAddr, first: u16) -> Result<TcpListener, Error> {
    let last = first.saturating_add(TRIES - 1);
    for port in first..=last {
        match listen(SocketAddr::new(interface, port)) {
            Err(Error::Taken { .. }) => {}
            // Some systems keep ports for themselves.
            Err(Error::Refused { cause, .. }) if cause.kind() == ErrorKind::PermissionDenied && port < last => {}
            settled => return settled,
        }
    }
    Err(Error::NoneFree { interface, first, last })
}
