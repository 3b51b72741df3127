//! No entity of FollowTheMoney, however broken, makes the import panic or write an entity that is none.
#![no_main]

mod trial;

use libfuzzer_sys::fuzz_target;
use postilla::import::Kind;

fuzz_target!(|text: &str| drop(trial::trial(Kind::FollowTheMoney, "fuzz.json", text)));
