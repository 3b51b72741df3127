//! No text, however broken, makes the sidecar reader panic, in any of its formats.
#![no_main]

use libfuzzer_sys::fuzz_target;
use postilla::base::SourcePath;
use postilla::parse::sidecar;
use postilla::tree::Format;

fuzz_target!(|text: &str| {
    for (name, format) in [("fuzz.facts.toml", Format::Toml), ("fuzz.facts.yaml", Format::Yaml), ("fuzz.facts.json", Format::Json)] {
        let path = SourcePath::new(format!("content/articles/{name}"));
        let _ = sidecar::read(&path, text, format);
    }
});
