//! Whether bytes are still the same. Not for security: 64 bits of rapidhash version 3, equal on every machine.

use std::fmt;

/// The fingerprint of bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// The fingerprint of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(rapidhash::v3::rapidhash_v3(bytes))
    }

    /// The fingerprint of one thing and then another.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        let mut both = [0; 16];
        both[..8].copy_from_slice(&self.0.to_le_bytes());
        both[8..].copy_from_slice(&next.0.to_le_bytes());
        Self::of(&both)
    }

    /// Whether it is among every `of`-th: so that the same bytes are chosen everywhere, and others not.
    pub fn one_in(self, of: u64) -> bool {
        self.0.is_multiple_of(of)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}
