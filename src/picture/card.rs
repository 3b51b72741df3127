//! A share card: what other sites show of a page that is shared. A title on paper, and below it how its facts stand.
//!
//! It is set in a font that the program carries (Literata, by the SIL Open Font License: `font/OFL.txt`), so that it is the same on every
//! machine. What that font has no letters for is not set at all: no machine's own fonts are asked.

use std::sync::Arc;

use pulldown_cmark_escape::escape_html;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use super::Flaw;

/// The size of every card, in pixels: what the sites that show them ask for.
pub const CARD: (u32, u32) = (1200, 630);

/// Latin letters and punctuation of Literata 3.103, regular, for large sizes.
const FONT: &[u8] = include_bytes!("font/literata.ttf");

const MARGIN: f32 = 80.0;
const INNER: f32 = 1040.0;

/// Sizes of a title in pixels, and how many lines of each there is room for.
const SIZES: [(f32, usize); 3] = [(76.0, 3), (60.0, 4), (48.0, 5)];

const SMALL: f32 = 30.0;

/// More letters of a title than this never have room.
const MOST_LETTERS: usize = 400;

/// What stands on a card.
pub struct Card<'c> {
    /// Large.
    pub title: &'c str,
    /// Above it: whose page it is.
    pub archive: &'c str,
    /// Below it, in two lines: how its facts stand. Left out where the font has no letters for it.
    pub summary: &'c str,
    /// The same as strokes.
    pub strokes: Vec<Stroke>,
}

/// A part of the line that stands for all facts.
pub struct Stroke {
    /// How many facts.
    pub share: usize,
    /// Its colour, as SVG writes it.
    pub colour: &'static str,
    /// Lengths of dashes and gaps, as SVG writes them; empty for none.
    pub dashes: &'static str,
}

/// A character of `text` for which the font has no letter.
pub fn missing(text: &str) -> Option<char> {
    let font = FontRef::new(FONT).ok()?;
    let letters = font.charmap();
    text.chars().find(|c| letters.map(*c).is_none())
}

/// Draws a card, as PNG; equal cards give equal bytes.
pub fn draw(card: &Card<'_>) -> Result<Vec<u8>, Flaw> {
    let flaw = |why: String| Flaw::Broken(why);
    let mut options = Options { font_family: "Literata".to_owned(), ..Options::default() };
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(FONT.to_vec());
    options.fontdb = Arc::new(fonts);
    let tree = Tree::from_str(&svg(card), &options).map_err(|why| flaw(why.to_string()))?;
    let (width, height) = CARD;
    let mut pixels = Pixmap::new(width, height).ok_or_else(|| flaw("there is no memory for it".to_owned()))?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|why| flaw(why.to_string()))
}

fn svg(card: &Card<'_>) -> String {
    let (width, height) = CARD;
    let mut svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" font-family=\"Literata\">");
    svg.push_str("<rect width=\"100%\" height=\"100%\" fill=\"#fbfaf7\"/>");
    line(&mut svg, card.archive, (SMALL, 112.0), "#5a5450");
    let (size, title) = set(card.title);
    for (nth, text) in (0_u8..).zip(&title) {
        line(&mut svg, text, (size, 152.0 + size * 1.18 * (f32::from(nth) + 0.85)), "#231e1b");
    }
    if !card.strokes.is_empty() {
        strokes(&mut svg, &card.strokes);
    }
    if missing(card.summary).is_none() {
        let words: Vec<&str> = card.summary.split_whitespace().collect();
        let lines = lines(&words, SMALL);
        let (first, rest) = lines.split_at(lines.len().min(1));
        for (text, baseline) in [(first.concat(), 544.0), (rest.concat(), 584.0)] {
            line(&mut svg, &fitted(&text, SMALL), (SMALL, baseline), "#5a5450");
        }
    }
    svg.push_str("</svg>");
    svg
}

fn line(svg: &mut String, text: &str, (size, baseline): (f32, f32), colour: &str) {
    svg.push_str(&format!("<text x=\"{MARGIN}\" y=\"{baseline}\" font-size=\"{size}\" fill=\"{colour}\">"));
    escape_html(&mut *svg, text).expect("a string takes every write");
    svg.push_str("</text>");
}

/// The strokes side by side, each as long as its share.
fn strokes(svg: &mut String, strokes: &[Stroke]) {
    let whole: usize = strokes.iter().map(|stroke| stroke.share).sum();
    // Half a million facts to a card are told apart; more are not needed.
    #[expect(clippy::cast_precision_loss, reason = "a length in pixels")]
    let at = |done: usize| MARGIN + INNER * (done as f32 / whole.max(1) as f32);
    let mut done = 0;
    for Stroke { share, colour, dashes } in strokes {
        let (from, to) = (at(done), at(done + share));
        svg.push_str(&format!("<path d=\"M{from} 488H{to}\" stroke=\"{colour}\" stroke-width=\"8\" stroke-dasharray=\"{dashes}\"/>"));
        done += share;
    }
}

/// A title in the largest size in which it has room, by lines; at the end cut off if it has none.
fn set(title: &str) -> (f32, Vec<String>) {
    let title: String = title.chars().take(MOST_LETTERS).collect();
    let words: Vec<&str> = title.split_whitespace().collect();
    for (size, most) in SIZES {
        let lines = lines(&words, size);
        if lines.len() <= most && lines.iter().all(|line| width(&line.join(" "), size) <= INNER) {
            return (size, lines.iter().map(|line| line.join(" ")).collect());
        }
    }
    let (size, most) = SIZES[SIZES.len() - 1];
    let lines = lines(&words, size);
    let (first, rest) = lines.split_at(lines.len().min(most - 1));
    let last = fitted(&rest.concat(), size);
    (size, first.iter().map(|line| fitted(line, size)).chain((!last.is_empty()).then_some(last)).collect())
}

/// Words by lines, as many to a line as have room.
fn lines<'w>(words: &[&'w str], size: f32) -> Vec<Vec<&'w str>> {
    let mut lines: Vec<Vec<&str>> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if width(&format!("{} {word}", line.join(" ")), size) <= INNER => line.push(word),
            _ => lines.push(vec![word]),
        }
    }
    lines
}

/// The words on one line, with as many letters as have room.
fn fitted(words: &[&str], size: f32) -> String {
    let whole = words.join(" ");
    if width(&whole, size) <= INNER {
        return whole;
    }
    let ends = whole.char_indices().map(|(at, _)| at).rev();
    let cut = ends.map(|end| format!("{}…", whole[..end].trim_end())).find(|cut| width(cut, size) <= INNER);
    cut.unwrap_or_default()
}

/// How wide a text is, in pixels; kerning makes it a little narrower.
fn width(text: &str, size: f32) -> f32 {
    let Ok(font) = FontRef::new(FONT) else { return 0.0 };
    let (letters, metrics) = (font.charmap(), font.glyph_metrics(Size::new(size), LocationRef::default()));
    text.chars().filter_map(|c| metrics.advance_width(letters.map(c)?)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Fingerprint;
    use crate::picture::measure;

    fn card(title: &str) -> Card<'_> {
        let strokes = vec![Stroke { share: 30, colour: "#187740", dashes: "" }, Stroke { share: 24, colour: "#00659f", dashes: "14 4" }];
        Card { title, archive: "The made-up archive", summary: "Facts: 54 – 30 confirmed, 24 attributed", strokes }
    }

    #[test]
    fn a_card_looks_as_it_did() {
        let png = draw(&card("The river rose by two metres, and perché no")).unwrap();
        let size = measure(&png).unwrap();
        assert_eq!((size.width, size.height), CARD);
        let pixels = image::load_from_memory(&png).unwrap().into_rgba8();
        assert_eq!(Fingerprint::of(&pixels).to_string(), "a89a67807d1cd8cf");
    }

    #[test]
    fn a_title_keeps_within_its_room() {
        let long = "a-word ".repeat(200);
        let endless = "w".repeat(500);
        for title in ["", "Short", "A title of the usual length of titles in the newspapers that one reads", &long, &endless] {
            let (size, lines) = set(title);
            let most = SIZES.iter().find(|(known, _)| (*known - size).abs() < 0.1).unwrap().1;
            assert!(lines.len() <= most, "{title}");
            assert!(lines.iter().all(|line| width(line, size) <= INNER), "{title}");
        }
        assert!(set(&long).1[4].ends_with('…') && set(&endless).1[0].ends_with('…'));
    }

    #[test]
    fn letters_that_the_font_has_not_are_named() {
        assert_eq!(missing("«Perché» – l’anno 2025, 30 %: €5 Łódź"), None);
        assert_eq!(missing("Η λίμνη"), Some('Η'));
        assert_eq!(missing("河"), Some('河'));
    }

    #[test]
    fn a_stranger_writes_no_svg() {
        assert!(svg(&card("</text><script>&\"")).contains("&lt;/text&gt;&lt;script&gt;&amp;"));
    }
}
