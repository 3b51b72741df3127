//! Pictures: bytes in, smaller bytes or a flaw in words out. Knows no path and no page, and refuses what would fill the
//! memory. Of what a camera wrote into a file (where, when, by whom) nothing is passed on but which way is up and how its
//! colours are meant.

pub mod card;
mod measure;
mod smaller;

pub use measure::measure;
pub use smaller::{decode, smaller};

use crate::base::Fingerprint;

/// The widths of smaller pictures, in pixels: a phone, a phone or screen with fine pixels, the widest text on one of those.
pub const WIDTHS: [u32; 3] = [480, 960, 1440];

/// A file that holds more is no picture for a page.
pub const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// A picture with more pixels is never decoded: it could have been made to fill the memory.
const MOST_PIXELS: u64 = 100_000_000;

/// Pictures with more pixels should be decoded one after the other.
const LARGE: u64 = 24_000_000;

/// The longest side that WebP knows.
const LONGEST: u32 = 16_383;

/// How smaller pictures are made: another number gives all of them another name.
const RECIPE: &[u8] = b"webp-1";

/// What the head of a picture tells, with what its file held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Picture {
    /// Pixels across, as it is shown.
    pub width: u32,
    /// Pixels down, as it is shown.
    pub height: u32,
    /// What its file held.
    pub print: Fingerprint,
    /// Whether it stands still and can be decoded, so that smaller ones can be made of it.
    pub scales: bool,
}

/// Why something is not a picture that can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// It cannot be read: why.
    Broken(String),
    /// It holds too much: how much.
    TooLarge(String),
}

impl Picture {
    /// The widths of the smaller pictures that are made of it, the smallest first. Nothing is ever made larger.
    pub fn widths(&self) -> impl Iterator<Item = u32> {
        WIDTHS.into_iter().filter(|width| self.scales && *width < self.width && self.height_at(*width) <= LONGEST)
    }

    /// The fingerprint of all the smaller pictures that are made of it.
    pub fn print_of_smaller(&self) -> Fingerprint {
        self.print.then(Fingerprint::of(RECIPE))
    }

    /// Whether it needs so much memory that others of its kind should wait.
    pub fn is_large(&self) -> bool {
        u64::from(self.width) * u64::from(self.height) > LARGE
    }

    fn height_at(&self, width: u32) -> u32 {
        scaled(self.height, width, self.width)
    }
}

/// `side` by the share `part` of `whole`, to the nearest pixel and at least one.
fn scaled(side: u32, part: u32, whole: u32) -> u32 {
    let (side, part, whole) = (u64::from(side), u64::from(part), u64::from(whole.max(1)));
    u32::try_from((side * part + whole / 2) / whole).unwrap_or(u32::MAX).max(1)
}

/// Whether a file of `length` bytes that begins with `head` is as long as it says itself: one that a full disk or a
/// power cut left behind is not. Knows the formats that are made here.
pub fn is_whole(head: &[u8], length: u64) -> bool {
    let riff = |size: &[u8]| size.try_into().is_ok_and(|size| u64::from(u32::from_le_bytes(size)) + 8 == length);
    // The head of a PNG does not say how long it is.
    head.starts_with(b"\x89PNG\r\n\x1a\n") || head.starts_with(b"RIFF") && head.get(4..8).is_some_and(riff)
}

#[cfg(test)]
mod tests;
