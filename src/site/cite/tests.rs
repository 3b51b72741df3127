use super::*;

fn work<'a>(title: &'a str, authors: &[&'a str], lang: &'a Lang) -> Work<'a> {
    Work {
        key: "flood-peak".to_owned(),
        title,
        within: Some("The flood"),
        authors: authors.to_vec(),
        archive: "Test & archive",
        publisher: Some("A\nB"),
        date: Some(jiff::civil::date(2025, 1, 3)),
        lang,
        url: "https://a.example/articles/flood/#peak_1".to_owned(),
        note: Some("status: single source; valid: 2025-01".to_owned()),
    }
}

fn lang() -> Lang {
    Lang::new("en").unwrap()
}

#[test]
fn bibtex_reads_back_as_it_was_meant() {
    let (lang, title) = (lang(), r"50 % of {all} houses, C:\a_b #1 & ~x");
    let written = bibtex::write([work(title, &["Smith, Jones and Sons", "Ada Sample"], &lang)].iter());
    let read = biblatex::Bibliography::parse(&written).unwrap();
    let entry = read.get("flood-peak").unwrap();
    let text = |key: &str| biblatex::ChunksExt::format_verbatim(entry.get(key).unwrap());
    assert_eq!(text("title"), title.replace('~', "\u{2dc}"), "{written}");
    assert_eq!(text("url"), "https://a.example/articles/flood/#peak_1", "{written}");
    assert_eq!((text("year"), text("note")), ("2025".to_owned(), "status: single source; valid: 2025-01".to_owned()), "{written}");
    assert_eq!(entry.author().unwrap().len(), 2, "{written}");
}

#[test]
fn a_tag_of_ris_stays_on_its_line() {
    let lang = lang();
    let written = ris::write([work("a\nER  - \r\nb", &["Ada Sample"], &lang)].iter());
    let lines: Vec<&str> = written.split_terminator("\r\n").collect();
    assert_eq!(
        lines,
        [
            "TY  - ELEC",
            "ID  - flood-peak",
            "TI  - a ER - b",
            "AU  - Ada Sample",
            "T2  - The flood",
            "T3  - Test & archive",
            "PB  - A B",
            "PY  - 2025",
            "DA  - 2025/01/03",
            "LA  - en",
            "UR  - https://a.example/articles/flood/#peak_1",
            "N1  - status: single source; valid: 2025-01",
            "ER  - ",
        ]
    );
}

#[test]
fn csl_has_the_standards_names() {
    let lang = lang();
    let written = csl::write([work("x", &["Ada Sample"], &lang)].iter());
    let read: serde_json::Value = serde_json::from_str(&written).unwrap();
    assert_eq!(
        read,
        serde_json::json!([{
            "id": "flood-peak", "type": "entry", "title": "x", "author": [{"literal": "Ada Sample"}],
            "issued": {"date-parts": [[2025, 1, 3]]}, "container-title": "The flood", "collection-title": "Test & archive",
            "publisher": "A\nB", "language": "en", "URL": "https://a.example/articles/flood/#peak_1",
            "note": "status: single source; valid: 2025-01"
        }])
    );
}
