//! Looking up a quote never panics, whatever the text and whatever was quoted.
#![no_main]

use std::num::NonZeroU32;

use libfuzzer_sys::fuzz_target;
use postilla::archive::anchor;
use postilla::base::Lang;
use postilla::parse::sidecar::Anchor;

fuzz_target!(|input: (&str, &str, Option<&str>, Option<&str>, u32)| {
    let (text, exact, prefix, suffix, occurrence) = input;
    let quote = Anchor {
        exact: exact.into(),
        prefix: prefix.map(Into::into),
        suffix: suffix.map(Into::into),
        occurrence: NonZeroU32::new(occurrence),
    };
    let english = Lang::new("en").expect("`en` is a language tag");
    let _ = anchor::find(text, &quote, &english);
});
