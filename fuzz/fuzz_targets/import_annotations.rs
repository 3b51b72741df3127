//! No annotation, however broken, makes the import panic or write a sidecar that is none.
#![no_main]

mod trial;

use libfuzzer_sys::fuzz_target;
use postilla::import::Kind;

fuzz_target!(|text: &str| drop(trial::trial(Kind::Annotations, "fuzz.json", text)));
