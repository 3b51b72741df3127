//! Postilla turns annotated articles into a static site and proves, at each build, that every published fact
//! still stands on the words it was checked against.
//!
//! ```text
//! disk ─ source::scan ─▶ Snapshot ─ parse ─▶ Document* ─ archive::resolve ─▶ Archive ─ check ─▶ Diagnostic*
//!                                                        └─ site::plan ─▶ Site ─ view ─▶ View ─ render ─▶ Output ─ publish ─▶ disk
//! ```
//!
//! The modules stand in the order of that line, from the ground up; `tests/architecture.rs` holds who may
//! import whom.

pub mod base;
pub mod tree;
pub mod config;
pub mod prose;
pub mod picture;
pub mod source;
pub mod publish;
pub mod watch;
pub mod serve;
pub mod network;
pub mod report;
pub mod parse;
pub mod archive;
pub mod check;
pub mod edit;
pub mod import;
pub mod site;
pub mod search;
pub mod difference;
pub mod render;
pub mod export;
pub mod project;
