//! `postilla watch` as it runs, on a real disk.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;
mod endings;
mod walk;

use walk::Walk;

#[test]
fn the_output_follows_every_edit_by_events() {
    walk(20_261_123, 120, &[]);
}

#[test]
fn the_output_follows_every_edit_by_polling() {
    walk(4_711, 80, &["--poll=50"]);
}

fn walk(seed: u64, steps: usize, more: &[&str]) {
    let mut walk = Walk::begin(seed, more);
    for step in 0..steps {
        walk.step();
        if step % 40 == 39 {
            walk.burst();
        }
    }
    walk.end();
}
