//! Ctrl-C, and its relatives on other systems.

/// Calls `end` when the user, or the system, asks the program to end.
pub fn on_interrupt(end: impl FnMut() + Send + 'static) {
    // Without a handler the system ends the program by itself, which loses nothing either.
    let _ = ctrlc::set_handler(end);
}
