//! The strokes that drawings are made of, and how much room words take.

use std::borrow::Cow;

use super::super::views::html::{push_attribute, push_text};

/// The size of type in every drawing, in its own units.
pub const TYPE: f64 = 12.0;

/// How wide `text` is at most in any of the style sheet's fonts, at the size of type. It is reckoned by the widest of
/// them, since a build cannot know which one a reader has.
pub fn width(text: &str) -> f64 {
    text.chars().map(ems).sum::<f64>() * TYPE
}

/// The width of a character in the widest font, in ems.
fn ems(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' | ' ' | '\u{a0}' | '\u{202f}' | 'ì' | 'í' => 0.34,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' => 0.42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' | '…' | 'æ' | 'œ' => 1.0,
        'A'..='Z' | '&' | 'À'..='Þ' | '≈' | '≥' | '≤' | '+' | '–' => 0.84,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' => 0.0,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{1f000}'.. => 1.05,
        // Scripts whose letters are nowhere in the fonts: as wide as any of them is.
        '\u{590}'..='\u{10ff}' => 0.9,
        _ => 0.65,
    }
}

/// As much of `text` as has room, with `…` for the rest.
pub fn fitting(text: &str, room: f64) -> Cow<'_, str> {
    if width(text) <= room {
        return Cow::Borrowed(text);
    }
    let mut left = room - ems('…') * TYPE;
    let kept = text.char_indices().find(|(_, letter)| {
        left -= ems(*letter) * TYPE;
        left < 0.0
    });
    let end = kept.map_or(text.len(), |(at, _)| at);
    Cow::Owned(format!("{}…", text[..end].trim_end()))
}

/// A length with one decimal at most.
pub fn length(value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    // There is no minus nought on paper.
    if tenths == 0.0 { "0".to_owned() } else { tenths.to_string() }
}

/// Adds words at a place; `class` may be empty.
pub fn push_words(svg: &mut String, class: &str, x: f64, y: f64, words: &str) {
    svg.push_str("<text");
    if !class.is_empty() {
        svg.push_str(" class=\"");
        svg.push_str(class);
        svg.push('"');
    }
    svg.push_str(&format!(" x=\"{}\" y=\"{}\">", length(x), length(y)));
    push_text(svg, words);
    svg.push_str("</text>");
}

/// Opens a link, which `</a>` closes.
pub fn push_link_start(svg: &mut String, class: &str, url: &str) {
    svg.push_str("<a href=\"");
    push_attribute(svg, url);
    if !class.is_empty() {
        svg.push_str("\" class=\"");
        svg.push_str(class);
    }
    svg.push_str("\">");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_room_are_cut_and_say_so() {
        assert_eq!(fitting("short", 100.0), "short");
        let cut = fitting("a rather long name of a test company", 80.0);
        assert!(cut.ends_with('…') && width(&cut) <= 80.0, "{cut}");
        assert_eq!(fitting("wide", 0.0), "…");
        assert_eq!(fitting("字节跳动的研究院", 60.0), "字节跳…");
    }

    #[test]
    fn lengths_are_short() {
        assert_eq!([length(1.0), length(2.25), length(-0.01), length(300.04)].join(" "), "1 2.3 0 300");
    }
}
