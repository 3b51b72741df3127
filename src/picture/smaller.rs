//! A picture made smaller, as WebP.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, ResizeError, Resizer};
use image::{DynamicImage, ImageDecoder, ImageFormat};
use moxcms::{ColorProfile, Layout, TransformOptions};

use super::measure::{self, Opened, turned};
use super::{Flaw, scaled};

/// How much a photograph may lose, from 0 (all) to 100: what is lost at 80 is not seen beside the original.
const QUALITY: f32 = 80.0;

/// Pixels, row by row, of three bytes or with transparency four.
struct Pixels {
    bytes: Vec<u8>,
    width: u32,
    height: u32,
    transparent: bool,
}

/// Makes the picture `width` pixels wide, which must be less than it has; equal bytes give equal bytes.
pub fn smaller(bytes: &[u8], width: u32) -> Result<Vec<u8>, Flaw> {
    let Opened { mut decoder, format, orientation, .. } = measure::open(bytes)?;
    let profile = decoder.icc_profile().ok().flatten();
    let shown = turned(decoder.dimensions(), orientation);
    // It is turned when it is small.
    let size = turned((width, scaled(shown.1, width, shown.0)), orientation);
    let mut pixels = resize(&pixels(decoder)?, size)?;
    if let Some(profile) = profile {
        pixels.bytes = in_common_colours(pixels.bytes, &profile, pixels.transparent);
    }
    let mut turning = pixels.into_image()?;
    turning.apply_orientation(orientation);
    encode(&Pixels::of(turning), format)
}

/// Finds what only decoding tells of a picture.
pub fn decode(bytes: &[u8]) -> Result<(), Flaw> {
    pixels(measure::open(bytes)?.decoder).map(drop)
}

fn pixels(decoder: Box<dyn ImageDecoder + '_>) -> Result<Pixels, Flaw> {
    DynamicImage::from_decoder(decoder).map(Pixels::of).map_err(measure::flaw)
}

impl Pixels {
    fn of(image: DynamicImage) -> Self {
        let (width, height, transparent) = (image.width(), image.height(), image.color().has_alpha());
        let bytes = if transparent { image.into_rgba8().into_raw() } else { image.into_rgb8().into_raw() };
        Self { bytes, width, height, transparent }
    }

    fn into_image(self) -> Result<DynamicImage, Flaw> {
        let Self { bytes, width, height, transparent } = self;
        let image = if transparent {
            image::RgbaImage::from_raw(width, height, bytes).map(DynamicImage::from)
        } else {
            image::RgbImage::from_raw(width, height, bytes).map(DynamicImage::from)
        };
        image.ok_or_else(|| Flaw::Broken("it has fewer pixels than it says".to_owned()))
    }
}

/// By Lanczos' filter with whole numbers, which gives the same on every processor.
fn resize(from: &Pixels, (width, height): (u32, u32)) -> Result<Pixels, Flaw> {
    let kind = if from.transparent { PixelType::U8x4 } else { PixelType::U8x3 };
    let source = ImageRef::new(from.width, from.height, &from.bytes, kind).map_err(unfit)?;
    let mut resized = Image::new(width, height, kind);
    Resizer::new().resize(&source, &mut resized, None).map_err(|why: ResizeError| unfit(why))?;
    Ok(Pixels { bytes: resized.into_vec(), width, height, transparent: from.transparent })
}

fn unfit(why: impl std::fmt::Display) -> Flaw {
    Flaw::Broken(why.to_string())
}

/// Pixels as sRGB means them, which is how a browser reads a picture that says nothing. A profile that cannot be read, or is
/// of other colours than the pixels, changes nothing.
fn in_common_colours(pixels: Vec<u8>, profile: &[u8], transparent: bool) -> Vec<u8> {
    let layout = if transparent { Layout::Rgba } else { Layout::Rgb };
    let convert = || {
        let own = ColorProfile::new_from_slice(profile).ok()?;
        let way = own.create_transform_8bit(layout, &ColorProfile::new_srgb(), layout, TransformOptions::default()).ok()?;
        let mut converted = vec![0; pixels.len()];
        way.transform(&pixels, &mut converted).ok()?;
        Some(converted)
    };
    convert().unwrap_or(pixels)
}

fn encode(pixels: &Pixels, format: ImageFormat) -> Result<Vec<u8>, Flaw> {
    let Pixels { bytes, width, height, transparent } = pixels;
    let encoder =
        if *transparent { webp::Encoder::from_rgba(bytes, *width, *height) } else { webp::Encoder::from_rgb(bytes, *width, *height) };
    let encode = |lossless, quality| {
        let encoded = encoder.encode_simple(lossless, quality);
        encoded.map(|webp| webp.to_vec()).map_err(|why| Flaw::Broken(format!("it cannot be written as WebP: {why:?}")))
    };
    let lossy = encode(false, QUALITY)?;
    // Charts and screens are mostly PNG: often they are smaller, and always better, without loss.
    if format == ImageFormat::Png {
        let lossless = encode(true, 75.0)?;
        return Ok(if lossless.len() <= lossy.len() { lossless } else { lossy });
    }
    Ok(lossy)
}
