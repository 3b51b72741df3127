//! A difference as one JSON document, for programs.

use serde::Serialize;

use super::FactsDiff;

/// The number of the document's shape. Keys may be added under one number; a key that goes or means something else
/// makes another.
pub const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'d> {
    format: &'static str,
    version: u32,
    #[serde(flatten)]
    diff: &'d FactsDiff,
}

/// The document, on several lines.
#[expect(clippy::missing_panics_doc, reason = "strings and numbers are always JSON")]
pub fn json(diff: &FactsDiff) -> String {
    let document = Document { format: "postilla-facts-diff", version: VERSION, diff };
    serde_json::to_string_pretty(&document).expect("strings and numbers are always JSON") + "\n"
}
