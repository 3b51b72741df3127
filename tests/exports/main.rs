//! The archive for other programs: each format holds the same, holds nothing that readers of the site do not see, and comes
//! onto the disk whole or not at all. Programs that we did not write judge the formats in `tests/exports/judge.py`.
#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "../common/mod.rs"]
mod common;

mod beside;
mod disk;
mod formats;
mod privacy;
mod sample;
