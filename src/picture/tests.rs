use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ImageEncoder, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

use super::*;

/// A plain made-up picture: light from the left to the right, with a red corner at the top on the left.
fn drawn(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let light = u8::try_from(x * 255 / width).unwrap();
        if x < width / 4 && y < height / 4 { Rgb([255, 0, 0]) } else { Rgb([light, light, light]) }
    })
}

fn written(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG that lies on its side, as a camera writes it that was held upright, with a place in what it says besides.
fn held_upright(image: &RgbImage) -> Vec<u8> {
    let mut exif = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    exif.extend(b"MADE-UP PLACE");
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new(&mut bytes);
    encoder.set_exif_metadata(exif).unwrap();
    encoder.write_image(image.as_raw(), image.width(), image.height(), image::ExtendedColorType::Rgb8).unwrap();
    bytes
}

fn size(bytes: &[u8]) -> (u32, u32) {
    let picture = measure(bytes).unwrap();
    (picture.width, picture.height)
}

fn is_red(image: &RgbImage, x: u32, y: u32) -> bool {
    let Rgb([red, green, blue]) = *image.get_pixel(x, y);
    red > 180 && green < 80 && blue < 80
}

#[test]
fn a_picture_is_measured_whatever_its_name() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        assert_eq!(size(&written(drawn(31, 17), format)), (31, 17), "{format:?}");
    }
    assert_eq!(size(b"GIF89a\x20\0\x10\0rest"), (32, 16));
}

#[test]
fn smaller_ones_are_never_larger() {
    let widths = |width, height| {
        let picture = Picture { width, height, print: Fingerprint::default(), scales: true };
        picture.widths().collect::<Vec<_>>()
    };
    assert!(widths(480, 300).is_empty());
    assert_eq!(widths(481, 300), [480]);
    assert_eq!(widths(1440, 900), [480, 960]);
    assert_eq!(widths(6000, 4000), [480, 960, 1440]);
    // WebP ends at 16,383 pixels.
    assert_eq!(widths(1000, 20_000), [480]);
}

#[test]
fn a_smaller_picture_shows_the_same() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let small = smaller(&written(drawn(200, 100), format), 80).unwrap();
        let seen = image::load_from_memory_with_format(&small, ImageFormat::WebP).unwrap().into_rgb8();
        assert_eq!(seen.dimensions(), (80, 40), "{format:?}");
        assert!(is_red(&seen, 8, 4) && !is_red(&seen, 8, 30) && !is_red(&seen, 60, 4), "{format:?}");
        assert!(is_whole(&small[..64], small.len() as u64) && !is_whole(&small[..64], small.len() as u64 - 1));
    }
}

#[test]
fn the_same_bytes_give_the_same_bytes() {
    let bytes = written(drawn(200, 100), ImageFormat::Jpeg);
    assert_eq!(smaller(&bytes, 80).unwrap(), smaller(&bytes, 80).unwrap());
}

#[test]
fn transparency_stays() {
    let image = RgbaImage::from_fn(60, 60, |x, _| if x < 30 { Rgba([0, 0, 255, 255]) } else { Rgba([0, 0, 255, 0]) });
    let small = smaller(&written(image, ImageFormat::Png), 30).unwrap();
    let seen = image::load_from_memory(&small).unwrap().into_rgba8();
    assert_eq!((seen.get_pixel(3, 15).0[3], seen.get_pixel(27, 15).0[3]), (255, 0));
}

#[test]
fn what_was_held_upright_stands_upright_and_its_place_is_nobodys_business() {
    let bytes = held_upright(&drawn(200, 100));
    assert!(memchr::memmem::find(&bytes, b"MADE-UP PLACE").is_some());
    assert_eq!(size(&bytes), (100, 200));
    let small = smaller(&bytes, 40).unwrap();
    let seen = image::load_from_memory(&small).unwrap().into_rgb8();
    assert_eq!(seen.dimensions(), (40, 80));
    assert!(is_red(&seen, 36, 4) && !is_red(&seen, 4, 4), "the corner at the top on the left is now on the right");
    for word in [&b"MADE-UP"[..], b"EXIF", b"Exif", b"ICCP", b"XMP"] {
        assert_eq!(memchr::memmem::find(&small, word), None);
    }
}

#[test]
fn colours_are_those_that_the_profile_means() {
    let green = RgbImage::from_pixel(40, 40, Rgb([0, 200, 0]));
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_icc_profile(moxcms::ColorProfile::new_display_p3().encode().unwrap()).unwrap();
    encoder.write_image(green.as_raw(), 40, 40, image::ExtendedColorType::Rgb8).unwrap();
    let green_of = |bytes: &[u8]| image::load_from_memory(&smaller(bytes, 20).unwrap()).unwrap().into_rgb8().get_pixel(10, 10).0[1];
    let plain = green_of(&written(green, ImageFormat::Png));
    let wide = green_of(&bytes);
    assert!(plain.abs_diff(200) < 4 && wide > plain, "the same number is a stronger green in the wider colours: {plain}, {wide}");
}

#[test]
fn half_a_picture_is_none() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = written(drawn(200, 100), format);
        for length in 0..whole.len() {
            assert!(matches!(measure(&whole[..length]), Err(Flaw::Broken(_))), "{length} of {} bytes of {format:?}", whole.len());
        }
    }
    // A thumbnail in the head has an end of its own.
    let mut thumbed = held_upright(&drawn(60, 60));
    let at = memchr::memmem::find(&thumbed, b"MADE-UP").unwrap();
    thumbed[at..at + 2].copy_from_slice(&[0xFF, 0xD9]);
    assert!(measure(&thumbed).is_ok() && measure(&thumbed[..thumbed.len() - 2]).is_err());
}

#[test]
fn a_picture_with_a_wrong_byte_is_broken_or_shown_and_nothing_panics() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = written(drawn(32, 24), format);
        for at in 0..whole.len() {
            for wrong in [0x00, 0xFF, !whole[at]] {
                let mut bytes = whole.clone();
                bytes[at] = wrong;
                let measured = measure(&bytes);
                if measured.is_ok_and(|picture| picture.width < 4000 && picture.height < 4000) {
                    drop(smaller(&bytes, 16));
                }
            }
        }
    }
}

#[test]
fn a_picture_made_to_fill_the_memory_is_not_decoded() {
    // 60,000 × 60,000 pixels in a head of 33 bytes.
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    png.extend([60_000_u32.to_be_bytes(), 60_000_u32.to_be_bytes()].concat());
    png.extend([8, 2, 0, 0, 0]);
    let crc = [0x0F, 0xB0, 0xE2, 0x15];
    png.extend(crc);
    png.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e\0\0\0\0IEND\xae\x42\x60\x82");
    let flaw = measure(&png).unwrap_err();
    assert!(matches!(flaw, Flaw::TooLarge(_)), "{flaw:?}");
}
