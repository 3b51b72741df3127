//! No text, however broken, makes the article reader panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use postilla::base::SourcePath;
use postilla::parse::article;

fuzz_target!(|text: &str| {
    let path = SourcePath::new("content/articles/fuzz.md");
    let _ = article::read(&path, text);
});
