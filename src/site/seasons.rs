//! Seasons, quarters and other parts of a year, which EDTF counts as months from 21 on, in words. CLDR has none for them.

/// The part of a `year` that EDTF calls `number`, in the language of this tag; `None` for languages whose words are not here.
pub fn of_year(tag: &str, number: u8, year: &str) -> Option<String> {
    let words = match tag.split('-').next()? {
        "en" => &ENGLISH,
        "it" => &ITALIAN,
        _ => return None,
    };
    let season = |first: u8| format!("{} {year}", words.seasons[usize::from(number - first)]);
    let part = |first: u8, kind: &str| format!("{} {kind} {}{year}", words.ordinals[usize::from(number - first)], words.of);
    match number {
        21..=24 => Some(season(21)),
        25..=28 => Some(format!("{} ({})", season(25), words.north)),
        29..=32 => Some(format!("{} ({})", season(29), words.south)),
        33..=36 => Some(part(33, words.quarter)),
        37..=39 => Some(part(37, words.four_months)),
        40..=41 => Some(part(40, words.half)),
        _ => None,
    }
}

struct Words {
    /// In the order of EDTF.
    seasons: [&'static str; 4],
    north: &'static str,
    south: &'static str,
    ordinals: [&'static str; 4],
    quarter: &'static str,
    four_months: &'static str,
    half: &'static str,
    of: &'static str,
}

const ENGLISH: Words = Words {
    seasons: ["spring", "summer", "autumn", "winter"],
    north: "Northern Hemisphere",
    south: "Southern Hemisphere",
    ordinals: ["first", "second", "third", "fourth"],
    quarter: "quarter",
    four_months: "four months",
    half: "half",
    of: "of ",
};

const ITALIAN: Words = Words {
    seasons: ["primavera", "estate", "autunno", "inverno"],
    north: "emisfero nord",
    south: "emisfero sud",
    ordinals: ["primo", "secondo", "terzo", "quarto"],
    quarter: "trimestre",
    four_months: "quadrimestre",
    half: "semestre",
    of: "",
};
