//! Bytes as files: packed here, since hosts pack few kinds of files by themselves, and named by what they hold, so
//! that no cache mixes two builds.

use std::cell::RefCell;
use std::collections::BTreeMap;

use flate2::{Compress, Compression, FlushCompress, Status};

use crate::base::Fingerprint;

/// Files of the index by name.
pub type Files = BTreeMap<Box<str>, Box<[u8]>>;

/// The name of the file that leads to all others.
pub const ROOT: &str = "index.bin";

/// Digits of a name: 48 bits, enough for millions of files.
pub const DIGITS: usize = 12;

/// A packed file and its name.
pub struct Parcel {
    /// The digits of its name.
    pub digits: Box<str>,
    /// Its bytes.
    pub bytes: Box<[u8]>,
}

impl Parcel {
    /// Packs `plain`.
    pub fn of(plain: &[u8]) -> Self {
        let bytes = deflate(plain);
        let mut digits = Fingerprint::of(&bytes).to_string();
        digits.truncate(DIGITS);
        Self { digits: digits.into(), bytes }
    }

    /// The same as JSON.
    pub fn json(value: &impl serde::Serialize) -> Self {
        Self::of(&serde_json::to_vec(value).expect("what is written here is plain data"))
    }

    /// Its file's name.
    pub fn name(&self) -> Box<str> {
        format!("{}.bin", self.digits).into()
    }
}

/// How hard it is tried: 6 takes a tenth longer, for a three hundredth fewer bytes.
const LEVEL: u32 = 4;

thread_local! {
    /// A packer has some hundred kilobytes of tables: to make one for each small file costs as much as to pack it.
    static PACKER: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(LEVEL), false));
}

/// Packs by DEFLATE (RFC 1951), which every browser unpacks.
pub fn deflate(plain: &[u8]) -> Box<[u8]> {
    PACKER.with_borrow_mut(|packer| {
        packer.reset();
        let mut packed = Vec::with_capacity(plain.len() / 2 + 64);
        loop {
            let taken = usize::try_from(packer.total_in()).expect("no more than was given");
            let status =
                packer.compress_vec(&plain[taken..], &mut packed, FlushCompress::Finish).expect("a packer that was reset takes all");
            if status == Status::StreamEnd {
                return packed.into();
            }
            packed.reserve(packed.capacity().max(64));
        }
    })
}

/// Appends a number by LEB128: seven bits a byte, the low ones first.
#[expect(clippy::cast_possible_truncation, reason = "seven bits")]
pub fn varint(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push((number & 0x7f) as u8);
}

/// Takes a number off the front; 0 at the end.
pub fn take_varint(bytes: &mut &[u8]) -> usize {
    let (mut number, mut shift) = (0, 0);
    while let Some((byte, rest)) = bytes.split_first() {
        *bytes = rest;
        number |= usize::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            break;
        }
    }
    number
}
