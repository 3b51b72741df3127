//! What holds for any text.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{found, lang, sense};

/// Words, numbers and marks as they stand in articles, and some that stand in none.
fn passage() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[a-zàèéìòù]{1,8}",
        2 => "[A-Z][a-z]{1,7}",
        2 => "[0-9]{1,6}",
        1 => "[0-9]{1,3}([.,'][0-9]{3}){1,2}",
        1 => "[0-9]{1,2}[.,:/-][0-9]{1,2}",
        1 => "[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}",
        1 => "[0-9]{1,4}(%|st|th|°|m|M|k|G|km|s)",
        1 => "[A-Z]{1,3}-?[0-9]{1,3}",
        1 => "[-+$€~<½²´]{1,2}[0-9]{0,3}",
        3 => prop::sample::select(WORDS).prop_map(str::to_owned),
    ];
    prop::collection::vec(word, 0..16).prop_map(|words| words.join(" "))
}

const WORDS: &[&str] = &[
    "million",
    "milioni",
    "and",
    "e",
    "half",
    "mezzo",
    "a",
    "un",
    "one",
    "uno",
    "to",
    "tra",
    "between",
    "January",
    "gennaio",
    "May",
    "maggio",
    "the",
    "il",
    "first",
    "primo",
    "third",
    "terzo",
    "quarter",
    "trimestre",
    "anni",
    "'80",
    "ore",
    "pm",
    "over",
    "circa",
    "dozen",
    "euro",
    "dollars",
    "percent",
    "per",
    "cento",
    "twenty",
    "ventuno",
    "duecentotrentamila",
    "not",
    "didn't",
    "l'Eni",
    "Rossi's",
    "U.S.",
    "S.p.A.",
    ".",
    ",",
    "(",
    ")",
    "\"",
    "iPhone",
    "articolo",
    "hundred",
    "thousand",
    "two",
    "due",
];

proptest! {
    #[test]
    fn a_text_says_the_same_as_itself(text in passage(), any in "\\PC{0,60}", tag in prop::sample::select(vec!["en", "it", "fr"])) {
        prop_assert_eq!(found(tag, &text, &text), Vec::<String>::new());
        prop_assert_eq!(found(tag, &any, &any), Vec::<String>::new());
        prop_assert_eq!(sense(&any, &lang(tag)), sense(&any, &lang(tag)));
    }

    #[test]
    fn typography_is_no_change(text in passage(), tag in prop::sample::select(vec!["en", "it"])) {
        for (plain, other) in [(" ", "\u{a0}"), (" ", "\u{202f}"), (" ", "  "), ("'", "’"), ("-", "–"), ("-", "\u{2212}"), ("\"", "«"), ("a", "a\u{ad}")] {
            prop_assert_eq!(found(tag, &text, &text.replace(plain, other)), Vec::<String>::new(), "{:?} for {:?}", other, plain);
        }
    }

    #[test]
    fn a_changed_digit_is_always_a_difference(text in passage(), at in any::<prop::sample::Index>(), digit in 0..9_u8, tag in prop::sample::select(vec!["en", "it"])) {
        let places: Vec<usize> = text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit()).map(|(at, _)| at).collect();
        prop_assume!(!places.is_empty());
        let place = *at.get(&places);
        let old = text.as_bytes()[place] - b'0';
        let new = if digit < old { digit } else { digit + 1 };
        let changed = format!("{}{new}{}", &text[..place], &text[place + 1..]);
        prop_assert!(!found(tag, &text, &changed).is_empty(), "{} | {}", text, changed);
    }
}

const PIECES: &[&str] = &[
    "9",
    "1,",
    "1.",
    "1 000 ",
    "1-",
    "-",
    "1/",
    "1:",
    "+1 ",
    "0 ",
    "a",
    "A",
    "A ",
    "A.",
    "A-1",
    "1a",
    "l'",
    "' ",
    "'80",
    "\"",
    "\n",
    "½",
    "²",
    "million ",
    "one ",
    "two ",
    "hundred ",
    "and ",
    "half ",
    "a half ",
    "over ",
    "over 1 ",
    "circa ",
    "to ",
    "10 to ",
    "10-",
    "between ",
    "January ",
    "1 January ",
    "first ",
    "1st ",
    "1, ",
    "10 and ",
    "January 1-",
    "anni ",
    "ore ",
    "mezzo ",
    "e mezzo ",
    "due e ",
    "duecentomila ",
    "cento",
    "mila",
    "esimo ",
    "iPhone 1 ",
    "n. 1 ",
    "Rossi, ",
    "Rossi and ",
    "not ",
    "n't",
    "O'",
    "$",
    "$ ",
    "€1",
    "$-",
    "%",
    "°",
    "é",
    "e\u{301}",
    "\u{301}",
    "no more than ",
    "per ",
    "last ",
    "the ",
    "a ",
    "x1:1",
];

/// How long it takes to read `text`, and to compare it with itself.
fn time(text: &str, tag: &str) -> Duration {
    let start = Instant::now();
    let read = sense(text, &lang(tag));
    assert!(super::differences(&read, &read).is_empty(), "{text}");
    start.elapsed()
}

#[test]
fn four_times_the_text_takes_four_times_as_long() {
    for (at, piece) in PIECES.iter().enumerate() {
        let tag = if at % 2 == 0 { "en" } else { "it" };
        let repeated = |bytes: usize| piece.repeat(bytes / piece.len());
        // The square would be sixteen times. The machine may be busy: one good run of ten is enough.
        let grows_straight = || time(&repeated(16_000), tag) < 10 * time(&repeated(4_000), tag).max(Duration::from_millis(4));
        assert!((0..10).any(|_| grows_straight()), "`{piece}`");
    }
}

#[test]
fn a_megabyte_of_an_article_is_read_at_once() {
    let english = "On 13 January 2025 the company, which had not answered, said that sales of the new phones rose by 5.2% to \
        $60 million in the third quarter, while Mario Rossi's rivals lost more than two thirds of their users. ";
    let italian = "Il 13 gennaio 2025 la società, che non aveva risposto, ha detto che le vendite dei nuovi telefoni sono aumentate del 5,2% a \
        60 milioni di euro nel terzo trimestre, mentre i rivali di Mario Rossi hanno perso più di due terzi degli utenti. ";
    for (tag, text) in [("en", english), ("it", italian)] {
        let taken = time(&text.repeat(1_000_000 / text.len()), tag);
        // Without optimisation, which makes it some twenty times slower.
        assert!(taken < Duration::from_secs(8), "{taken:?}");
    }
}
