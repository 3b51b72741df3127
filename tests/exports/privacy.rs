//! What readers of the site do not see is in no format.

use super::sample::{export, sample, texts};

#[test]
fn no_format_holds_what_readers_do_not_see() {
    let texts = texts(&sample());
    assert!(texts.len() >= 15, "every format was searched: {:?}", texts.keys());
    for (name, text) in &texts {
        let text = text.to_lowercase();
        let found = text.find("zq").map(|at| text[at..].chars().take(30).collect::<String>());
        assert_eq!(found, None, "in {name}");
        for reference in ["draft#secret", "held#secret", "open#kept", "gone#secret", "quoted#kept"] {
            assert!(!text.contains(reference), "{name} names {reference}");
        }
    }
}

#[test]
fn drafts_come_when_they_are_asked_for() {
    let drafts = export(&sample(), "jsonl", &["--drafts"]);
    assert!(drafts.contains("Zqclaim is secret.") && !drafts.contains("Zqkept"), "{drafts}");
}

#[test]
fn an_embargo_ends_in_exports_too() {
    let archive = sample();
    let run = archive.run(&["export", "csv", "--now", "2026-06-01"]);
    assert_eq!(run.stdout.matches("Zqclaim is secret.").count(), 1, "{}", run.stdout);
}

#[test]
fn a_quoted_text_gives_its_quotes_and_a_told_one_gives_none() {
    let facts = export(&sample(), "jsonl", &[]);
    let line = |key: &str| facts.lines().find(|line| line.contains(&format!("\"fact\":\"{key}\""))).unwrap();
    assert!(line("quoted#one").contains(r#""exact":"kwalpha kwbeta""#) && line("quoted#one").contains(r#""stated":"kwbeta""#));
    for key in ["exact", "prefix", "suffix", "start", "end", "stated"] {
        assert!(!line("silent#told").contains(&format!("\"{key}\":")), "{key}");
    }
}
