//! No Markdown of others, however broken, makes the import panic or write an article that is none.
#![no_main]

mod trial;

use libfuzzer_sys::fuzz_target;
use postilla::import::Kind;

fuzz_target!(|text: &str| drop(trial::trial(Kind::Markdown, "2025-01-01-fuzz.md", text)));
