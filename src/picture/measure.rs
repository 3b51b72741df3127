//! What a picture is, from its head and its end; nothing is decoded.

use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{ImageDecoder, ImageError, ImageFormat, Limits};
use memchr::memmem;

use super::{Flaw, MOST_PIXELS, Picture};
use crate::base::Fingerprint;

/// A picture about to be decoded.
pub(super) struct Opened<'b> {
    pub(super) decoder: Box<dyn ImageDecoder + 'b>,
    pub(super) format: ImageFormat,
    pub(super) orientation: Orientation,
    still: bool,
}

/// Reads the head of a JPEG, PNG, WebP or GIF file, whatever its name says it is.
pub fn measure(bytes: &[u8]) -> Result<Picture, Flaw> {
    let print = Fingerprint::of(bytes);
    // A GIF is a drawing or moves: it is never made smaller, so nobody needs to decode it.
    if let Some(head) = gif(bytes) {
        let side = |at: usize| u32::from(u16::from_le_bytes([head[at], head[at + 1]]));
        return sized(Picture { width: side(6), height: side(8), print, scales: false });
    }
    let Opened { decoder, orientation, still, .. } = open(bytes)?;
    let (width, height) = turned(decoder.dimensions(), orientation);
    sized(Picture { width, height, print, scales: still })
}

/// Opens a picture that is whole, as far as that can be told without decoding it.
pub(super) fn open(bytes: &[u8]) -> Result<Opened<'_>, Flaw> {
    let format = image::guess_format(bytes).map_err(|_| broken("it is no JPEG, PNG, WebP or GIF"))?;
    let reader = Cursor::new(bytes);
    let (mut decoder, still): (Box<dyn ImageDecoder + '_>, bool) = match format {
        ImageFormat::Jpeg => (Box::new(JpegDecoder::new(reader).map_err(flaw)?), true),
        ImageFormat::Png => {
            let decoder = PngDecoder::with_limits(reader, limits()).map_err(flaw)?;
            let still = !decoder.is_apng().map_err(flaw)?;
            (Box::new(decoder), still)
        }
        ImageFormat::WebP => {
            let decoder = WebPDecoder::new(reader).map_err(flaw)?;
            let still = !decoder.has_animation();
            (Box::new(decoder), still)
        }
        _ => return Err(broken("it is no JPEG, PNG, WebP or GIF")),
    };
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(too_large(width, height));
    }
    if !is_whole(format, bytes) {
        return Err(broken("its end is missing"));
    }
    decoder.set_limits(limits()).map_err(flaw)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok(Opened { decoder, format, orientation, still })
}

/// The two sides as they are shown.
pub(super) fn turned((width, height): (u32, u32), orientation: Orientation) -> (u32, u32) {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    if matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH) { (height, width) } else { (width, height) }
}

/// What is wrong with a picture, in the words of its decoder.
pub(super) fn flaw(error: ImageError) -> Flaw {
    match error {
        ImageError::Limits(_) => Flaw::TooLarge("it needs too much memory".to_owned()),
        other => Flaw::Broken(other.to_string().trim_end_matches('.').to_owned()),
    }
}

fn broken(why: &str) -> Flaw {
    Flaw::Broken(why.to_owned())
}

fn too_large(width: u32, height: u32) -> Flaw {
    Flaw::TooLarge(format!("it has {width} × {height} pixels"))
}

fn sized(picture: Picture) -> Result<Picture, Flaw> {
    if picture.width == 0 || picture.height == 0 { Err(broken("it has no pixels")) } else { Ok(picture) }
}

/// What a decoder may take beside the pixels themselves.
fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_PIXELS * 8);
    limits
}

fn gif(bytes: &[u8]) -> Option<&[u8]> {
    let head = bytes.get(..10)?;
    (head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a")).then_some(head)
}

/// Whether the end of the file is there. Browsers, and decoders of JPEG, show half a picture without a word.
fn is_whole(format: ImageFormat, bytes: &[u8]) -> bool {
    match format {
        ImageFormat::Jpeg => scan_of(bytes).is_some_and(|scan| memmem::find(scan, &[0xFF, 0xD9]).is_some()),
        ImageFormat::Png => memmem::rfind(bytes, b"IEND\xae\x42\x60\x82").is_some(),
        ImageFormat::WebP => bytes.get(4..8).and_then(|size| size.try_into().ok()).is_some_and(|size| {
            let size = usize::try_from(u32::from_le_bytes(size)).unwrap_or(usize::MAX);
            size.saturating_add(8) <= bytes.len()
        }),
        _ => true,
    }
}

/// What follows the head of the first scan of a JPEG (ITU T.81, B.1.1): the end marker cannot occur in what is scanned,
/// while a thumbnail in the head has one of its own.
fn scan_of(bytes: &[u8]) -> Option<&[u8]> {
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1).filter(|_| bytes[at] == 0xFF)?;
        // Any number of bytes may fill the space before a marker; some markers have no length.
        if marker == 0xFF {
            at += 1;
            continue;
        }
        if matches!(marker, 0x01 | 0xD0..=0xD8) {
            at += 2;
            continue;
        }
        let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
        at += 2 + length;
        if marker == 0xDA {
            return bytes.get(at..);
        }
    }
}
