//! Ctrl-C, and its relatives on other systems.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;

use crate::Exit;

/// Calls `end` when the user, or the system, asks the program to end; again each time that it is asked.
pub fn on_interrupt(end: impl FnMut() + Send + 'static) {
    // Without a handler the system ends the program by itself, and the next build clears away what that leaves.
    let _ = ctrlc::set_handler(end);
}

/// What ends a round before its time, and knows whether the round holds the output.
#[derive(Debug, Default)]
pub struct Brake {
    pulled: AtomicBool,
    held: AtomicBool,
}

impl Brake {
    /// Whether the round is to end.
    pub fn is_pulled(&self) -> bool {
        self.pulled.load(Ordering::SeqCst)
    }

    /// The output is held, unless the brake was pulled before: whoever holds asks that next.
    pub fn hold(&self) {
        self.held.store(true, Ordering::SeqCst);
    }

    /// The output is given free.
    pub fn release(&self) {
        self.held.store(false, Ordering::SeqCst);
    }

    /// Asks the round to end. Whether it need not be waited for: it holds nothing, or it was asked before.
    fn pull(&self) -> bool {
        let again = self.pulled.swap(true, Ordering::SeqCst);
        again || !self.held.load(Ordering::SeqCst)
    }
}

/// Does `work` until it has ended, or until an interrupt, which `stop` hears of. A round that holds the output is waited
/// for, so that it leaves nothing behind; a second interrupt waits for nothing.
pub fn until_interrupted(
    brake: &Arc<Brake>,
    otherwise: Exit,
    stop: impl Fn() + Send + 'static,
    work: impl FnOnce() -> Exit + Send + 'static,
) -> Exit {
    let (over, ended) = mpsc::channel();
    let (interrupted, brake) = (over.clone(), Arc::clone(brake));
    on_interrupt(move || {
        let free = brake.pull();
        stop();
        if free {
            let _ = interrupted.send(otherwise);
        }
    });
    thread::spawn(move || over.send(work()));
    ended.recv().unwrap_or(otherwise)
}
