//! Ports taken and given back.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use super::{Error, LOOPBACK, Port, Reload, Served, Server, preview};

/// A port that is taken as long as the listener lives, with free ones behind it, most likely.
fn taken() -> (TcpListener, u16) {
    let listener = TcpListener::bind(SocketAddr::new(LOOPBACK, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

#[test]
fn any_port_moves_on_to_a_free_one() {
    let (_held, port) = taken();
    let server = Server::bind(LOOPBACK, Port::Any(port)).unwrap();
    assert!(server.address().port() > port);
}

#[test]
fn a_certain_port_that_is_taken_is_an_error_that_says_so() {
    let (_held, port) = taken();
    let error = Server::bind(LOOPBACK, Port::Exactly(port)).unwrap_err();
    assert!(matches!(error, Error::Taken { .. }));
    let said = format!("cannot serve at `127.0.0.1:{port}`: the port is taken; end the other server, or choose another port");
    assert_eq!(error.to_string(), said);
}

#[test]
fn the_last_port_is_the_last_to_try() {
    let Ok(_held) = TcpListener::bind(SocketAddr::new(LOOPBACK, u16::MAX)) else { return };
    let error = Server::bind(LOOPBACK, Port::Any(u16::MAX)).unwrap_err();
    assert!(matches!(error, Error::NoneFree { first: u16::MAX, last: u16::MAX, .. }));
}

#[test]
fn an_interface_of_another_machine_is_refused() {
    let error = Server::bind([192, 0, 2, 1].into(), Port::Any(0)).unwrap_err();
    assert!(error.to_string().starts_with("cannot serve at `192.0.2.1:0`: "), "{error}");
}

#[test]
fn a_stop_ends_streams_and_downloads_at_once() {
    let mut preview = preview("", Reload::On, &[("index.html", "<p>x</p>")]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("large.bin");
    std::fs::File::create(&file).unwrap().set_len(1 << 30).unwrap();
    preview.books.files.lock().unwrap().insert("large.bin".to_owned(), Served::Disk(file));
    let _tab = preview.follow("", "");
    let _idle = preview.connect();
    let _download = preview.open("GET /large.bin HTTP/1.1\r\nHost: localhost");
    std::thread::sleep(Duration::from_millis(50));
    let took = preview.stop();
    assert!(took < Duration::from_secs(2), "{took:?}");
    assert!(TcpListener::bind(preview.address).is_ok());
}

#[test]
fn a_stop_before_the_run_ends_it() {
    let server = Server::bind(LOOPBACK, Port::Any(0)).unwrap();
    server.stopper().stop();
    server.run(std::sync::Arc::new(super::Books::default()), true).unwrap();
}
