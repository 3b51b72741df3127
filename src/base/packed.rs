//! A text in less room, for texts of which there are many and that are seldom wanted.

use std::sync::Arc;

/// A text packed by LZ4. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Packed(Arc<[u8]>);

impl Packed {
    /// Packs a text.
    pub fn new(text: &str) -> Self {
        Self(lz4_flex::compress_prepend_size(text.as_bytes()).into())
    }

    /// The text.
    pub fn text(&self) -> String {
        let bytes = lz4_flex::decompress_size_prepended(&self.0).expect("what was packed can be unpacked");
        String::from_utf8(bytes).expect("what was packed was a text")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_out_as_it_went_in() {
        for text in ["", "a", &"città 你好 ".repeat(1_000)] {
            assert_eq!(Packed::new(text).text(), text);
        }
    }
}
