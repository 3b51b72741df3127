//! Reviews of claims.

use super::common::archive;
use super::{check_refused, content, import_well};

const REVIEW: &str = r#"{"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, {"@type": "ClaimReview", "url": "https://checks.example/river",
"claimReviewed": "The river rose by 3.5 metres", "datePublished": "2025-03-05", "author": {"@type": "Organization", "name": "Test Checks"},
"itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Anna Example"}, "appearance": [{"@type": "CreativeWork", "url": "https://gazette.example/river"}]},
"reviewRating": {"@type": "Rating", "ratingValue": "1", "worstRating": 1, "bestRating": 5, "alternateName": "False <script>"}}]}"#;

const WRITTEN: &str = r#"[[facts]]
id = "the-river-rose-by-3-5-metres"
claim = "The river rose by 3.5 metres"
anchor = { exact = "The river rose by 3.5 metres" }
attribution = [{ agent = "Anna Example" }]
evidence = [{ url = "https://checks.example/river", title = "Test Checks", stance = "contradicts", quote = "False <script>" }]
"#;

const ARTICLE: &str = "+++\ntitle = \"The river\"\nurl = \"https://gazette.example/river\"\n+++\nThe *river* rose by 3.5 metres.\n";

#[test]
fn a_review_becomes_evidence_for_the_claim_that_it_reviews() {
    let archive = archive(&[("content/articles/river.md", ARTICLE)]);
    archive.write("incoming/review.json", REVIEW);
    let dry = archive.run(&["import", "claimreview", "incoming", "--dry-run"]);
    assert_eq!(dry.stdout, format!("==> content/articles/river.facts.toml (new)\n{WRITTEN}\n"), "{}", dry.stderr);
    import_well(&archive, "claimreview", "review.json", REVIEW);
    assert_eq!(archive.read("content/articles/river.facts.toml"), WRITTEN);
    let before = content(&archive);
    let again = import_well(&archive, "claimreview", "review.json", REVIEW);
    assert!(again.stderr.contains("in the archive already"), "{}", again.stderr);
    assert_eq!(content(&archive), before);
}

#[test]
fn a_rating_speaks_only_as_its_scale_lets_it() {
    for (rating, stance) in [
        (r#""ratingValue": "5", "worstRating": 1, "bestRating": 5"#, "supports"),
        (r#""ratingValue": 3, "worstRating": 1, "bestRating": 5"#, "context"),
        (r#""ratingValue": 1"#, "context"),
        (r#""ratingValue": 9, "worstRating": 1, "bestRating": 5"#, "context"),
        (r#""ratingValue": 1, "worstRating": 5, "bestRating": 1"#, "context"),
    ] {
        let archive = archive(&[("content/articles/river.md", ARTICLE)]);
        import_well(&archive, "claimreview", "a.json", &REVIEW.replace(r#""ratingValue": "1", "worstRating": 1, "bestRating": 5"#, rating));
        let written = archive.read("content/articles/river.facts.toml");
        assert!(written.contains(&format!("stance = \"{stance}\"")), "{rating}: {written}");
    }
}

#[test]
fn what_is_no_review_is_refused_and_one_without_an_article_is_named() {
    let archive = archive(&[("content/articles/river.md", ARTICLE)]);
    check_refused(&archive, "claimreview", "a.json", &REVIEW[..300], "error[syntax::data]");
    check_refused(&archive, "claimreview", "a.json", "{\"@type\": \"Review\"}", "the file holds no `ClaimReview`");
    let run = import_well(&archive, "claimreview", "a.json", &REVIEW.replace("gazette.example", "other.example"));
    assert!(run.stderr.contains("the archive has no article of this fact"), "{}", run.stderr);
    let run = import_well(&archive, "claimreview", "b.json", "{\"@type\": \"ClaimReview\"}");
    assert!(run.stderr.contains("a review without `claimReviewed` is left out"), "{}", run.stderr);
}
