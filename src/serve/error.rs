//! Why nothing can be served.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};

/// A network that refuses, with what may be done about it.
#[derive(Debug)]
pub enum Error {
    /// Somebody else listens there.
    Taken {
        /// The address that was asked for.
        address: SocketAddr,
    },
    /// Somebody else listens on each of these ports.
    NoneFree {
        /// The interface that was asked for.
        interface: IpAddr,
        /// The first port that was tried.
        first: u16,
        /// The last one.
        last: u16,
    },
    /// The system refused.
    Refused {
        /// Where it was tried to serve.
        address: SocketAddr,
        /// What the system says.
        cause: io::Error,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Taken { address } => {
                write!(f, "cannot serve at `{address}`: the port is taken; end the other server, or choose another port")
            }
            Self::NoneFree { interface, first, last } => {
                write!(f, "cannot serve at `{interface}`: all ports from {first} to {last} are taken; choose another port")
            }
            Self::Refused { address, cause } => write!(f, "cannot serve at `{address}`: {cause}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Refused { cause, .. } => Some(cause),
            Self::Taken { .. } | Self::NoneFree { .. } => None,
        }
    }
}
