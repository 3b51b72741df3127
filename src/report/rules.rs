//! What each rule means, at more length than a message can say it. The texts are in `docs/rules`, one a code.

use include_dir::{Dir, include_dir};

use crate::base::Code;

static TEXTS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/docs/rules");

/// What a code means, with an example and what to do about it, in Markdown; `None` when nobody has written it.
pub fn explanation(code: Code) -> Option<&'static str> {
    TEXTS.get_file(code.as_str().replace("::", "__") + ".md")?.contents_utf8()
}

/// The codes, as their files name them, that have a text; also of codes that are no more.
pub fn explanations() -> impl Iterator<Item = String> {
    TEXTS.files().filter_map(|file| Some(file.path().file_stem()?.to_str()?.replace("__", "::")))
}
