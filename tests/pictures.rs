//! Pictures in whole builds: what pages say of them, which smaller ones are made, when they are made again.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::time::SystemTime;

use common::{Archive, CONFIG, archive, files, without_rules, write};
use image::{ImageFormat, Rgb, RgbImage};

const ARTICLE: &str = "+++\ntitle = 'Made up'\ndate = 2025-01-01\n+++\n\nIt rose ![a bridge](bridge.jpg) and fell.\n\n\
                       ![a chart](chart.png \"How it *rose*.\")\n\n![](line.svg \"decorative\") ![far](https://example.org/x.png)\n";

/// An archive with a photograph of 1,200 pixels, a chart of 300 and a drawing.
fn illustrated() -> Archive {
    let archive = archive(&[
        ("content/articles/2025/a.md", ARTICLE),
        ("content/articles/2025/line.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ]);
    draw(&archive, "content/articles/2025/bridge.jpg", 1200, 800);
    draw(&archive, "content/articles/2025/chart.png", 300, 200);
    archive
}

/// A made-up picture: light from the left to the right.
fn draw(archive: &Archive, path: &str, width: u32, height: u32) {
    let picture = RgbImage::from_fn(width, height, |x, _| Rgb([u8::try_from(x * 255 / width).unwrap(), 90, 120]));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::from_path(path).unwrap()).unwrap();
    write(&archive.path(path), &bytes.into_inner());
}

fn page(archive: &Archive) -> String {
    archive.read("public/articles/a/index.html")
}

/// The smaller pictures of the site, by path.
fn smaller(archive: &Archive) -> BTreeMap<String, Vec<u8>> {
    files(&archive.path("public")).into_iter().filter(|(path, _)| path.ends_with(".webp")).collect()
}

#[test]
fn a_page_says_how_large_its_pictures_are_and_what_a_phone_may_take() {
    let archive = illustrated();
    archive.build(&[]);
    let page = page(&archive);
    let made: Vec<String> = smaller(&archive).into_keys().collect();
    let [large, small] = made.as_slice() else { panic!("{made:?}") };
    assert!(large.starts_with("articles/2025/bridge.") && large.ends_with(".480.webp") || large.ends_with(".960.webp"), "{made:?}");
    let (w480, w960) = if large.ends_with(".480.webp") { (large, small) } else { (small, large) };
    let bridge = format!(
        "<img src=\"/base/articles/2025/bridge.jpg\" alt=\"a bridge\" width=\"1200\" height=\"800\" srcset=\"/base/{w480} 480w, /base/{w960} 960w, \
         /base/articles/2025/bridge.jpg 1200w\" sizes=\"(min-width: 44em) 40em, 100vw\" decoding=\"async\">"
    );
    assert!(page.contains(&bridge), "{page}");
    let chart = "<figure><img src=\"/base/articles/2025/chart.png\" alt=\"a chart\" width=\"300\" height=\"200\" loading=\"lazy\" decoding=\"async\">\
                 <figcaption>How it *rose*.</figcaption></figure>";
    assert!(page.contains(chart), "{page}");
    assert!(page.contains("<img src=\"/base/articles/2025/line.svg\" alt=\"\" loading=\"lazy\" decoding=\"async\">"), "{page}");
    assert!(page.contains("<img src=\"https://example.org/x.png\" alt=\"far\" loading=\"lazy\" decoding=\"async\">"), "{page}");
    for (path, bytes) in smaller(&archive) {
        let width = image::load_from_memory(&bytes).unwrap().width();
        assert!(path.ends_with(&format!(".{width}.webp")), "{path} is {width} pixels wide");
    }
}

#[test]
fn pages_and_biographies_show_pictures_as_articles_do() {
    let archive = archive(&[
        ("content/pages/method.md", "+++\ntitle = 'Method'\n+++\n\n![a bridge](bridge.jpg)\n"),
        ("content/entities/dora.md", "+++\nname = 'Dora'\nkind = 'place'\n+++\n\n![a river](dora.jpg)\n"),
    ]);
    draw(&archive, "content/pages/bridge.jpg", 500, 300);
    draw(&archive, "content/entities/dora.jpg", 500, 400);
    archive.build(&[]);
    assert!(archive.read("public/method/index.html").contains("width=\"500\" height=\"300\" srcset=\"/base/bridge."));
    assert!(archive.read("public/entities/dora/index.html").contains("width=\"500\" height=\"400\" srcset=\"/base/entities/dora."));
    assert_eq!(smaller(&archive).len(), 2);
}

#[test]
fn a_picture_is_written_once_for_all_languages() {
    let archive = illustrated();
    archive.write("postilla.toml", &format!("{CONFIG}languages = ['en', 'it']\n{}", without_rules()));
    archive.write("content/articles/2025/b.md", &ARTICLE.replace("date =", "lang = 'it'\ndate ="));
    archive.write("content/entities/dora.md", "+++\nname = 'Dora'\nkind = 'place'\n+++\n\n![a bridge](../articles/2025/bridge.jpg)\n");
    archive.build(&[]);
    assert_eq!(files(&archive.path("public")).keys().filter(|path| path.ends_with(".jpg")).count(), 1);
    let made = smaller(&archive);
    assert_eq!(made.len(), 2, "{:?}", made.keys());
    for page in ["articles/a", "it/articles/b", "entities/dora", "it/entities/dora"] {
        let page = archive.read(&format!("public/{page}/index.html"));
        assert!(page.contains("<img src=\"/base/articles/2025/bridge.jpg\""), "{page}");
        assert!(made.keys().all(|path| page.contains(&format!("/base/{path} "))), "{page}");
    }
}

#[test]
fn what_stands_in_the_output_is_not_made_again() {
    let archive = illustrated();
    archive.build(&[]);
    let before = smaller(&archive);
    let path = archive.path("public").join(before.keys().next().unwrap());
    // What was made is known by its name: a mark in it shows that it was left alone.
    let mut bytes = fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&path, &bytes).unwrap();
    archive.build(&[]);
    assert_eq!(fs::read(&path).unwrap(), bytes);
    // Half of it is none.
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    archive.build(&[]);
    assert_eq!(smaller(&archive), before);
}

#[test]
fn another_picture_gives_other_names_and_the_old_ones_go() {
    let archive = illustrated();
    archive.build(&[]);
    let before = smaller(&archive);
    draw(&archive, "content/articles/2025/bridge.jpg", 1000, 900);
    archive.build(&[]);
    let after = smaller(&archive);
    assert_eq!(after.len(), 2);
    assert!(after.keys().all(|path| !before.contains_key(path)), "{after:?}");
    assert!(page(&archive).contains("width=\"1000\" height=\"900\""));
}

#[test]
fn a_picture_that_nobody_sees_is_not_published_in_any_size() {
    let archive = illustrated();
    archive.write("content/articles/2025/a.md", &ARTICLE.replace("date =", "state = 'draft'\ndate ="));
    archive.build(&[]);
    assert!(smaller(&archive).is_empty());
    assert!(!archive.path("public/articles/2025/bridge.jpg").exists());
}

#[test]
fn half_a_picture_keeps_the_site_from_being_published() {
    let archive = illustrated();
    archive.build(&[]);
    let (before, path) = (files(&archive.path("public")), archive.path("content/articles/2025/bridge.jpg"));
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let run = archive.run(&["build"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("error[picture::unreadable]") && run.stderr.contains("content/articles/2025/bridge.jpg"), "{}", run.stderr);
    assert_eq!(files(&archive.path("public")), before);
}

#[test]
fn damage_that_only_decoding_finds_is_found_by_check_and_build() {
    let archive = illustrated();
    draw(&archive, "content/articles/2025/bridge.png", 600, 400);
    archive.write("content/articles/2025/a.md", "+++\ntitle = 'Made up'\n+++\n\n![a bridge](bridge.png)\n");
    let path = archive.path("content/articles/2025/bridge.png");
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8].fill(0xA5);
    fs::write(&path, &bytes).unwrap();
    for command in ["check", "build"] {
        let run = archive.run(&[command]);
        assert_eq!(run.code, 1, "{command}: {}", run.stderr);
        assert_eq!(run.stderr.matches("error[picture::unreadable]").count(), 1, "{command}: {}", run.stderr);
    }
    assert!(!archive.path("public").exists());
}

#[test]
fn a_check_makes_nothing() {
    let archive = illustrated();
    let run = archive.run(&["check"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!archive.path("public").exists());
}

#[test]
fn a_second_build_touches_no_picture() {
    let archive = illustrated();
    archive.build(&[]);
    let times = || -> Vec<SystemTime> {
        smaller(&archive).keys().map(|path| fs::metadata(archive.path("public").join(path)).unwrap().modified().unwrap()).collect()
    };
    let before = times();
    archive.build(&[]);
    assert_eq!(times(), before);
}

#[test]
fn an_archive_may_have_its_own_icons() {
    let archive = archive(&[("content/articles/a.md", "+++\ntitle = 'A'\n+++\n")]);
    archive.build(&[]);
    assert_eq!(page(&archive).matches("<link rel=\"icon\" href=\"/base/assets/favicon.svg\" type=\"image/svg+xml\">").count(), 1);
    archive.write("static/favicon.ico", "made up");
    draw(&archive, "static/apple-touch-icon.png", 180, 180);
    archive.build(&[]);
    let page = page(&archive);
    assert!(page.contains("<link rel=\"icon\" href=\"/base/favicon.ico\" type=\"image/x-icon\">"), "{page}");
    assert!(page.contains("<link rel=\"apple-touch-icon\" href=\"/base/apple-touch-icon.png\" type=\"image/png\">"), "{page}");
    assert!(!page.contains("assets/favicon.svg"), "{page}");
}
