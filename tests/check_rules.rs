//! What each editorial rule finds, and what it lets pass. How a finding looks is in `diagnostics/`.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{Archive, CONFIG, archive};
use postilla::base::Code;

const BODY: &str = "The river rose by two metres in a night, the town hall said.";

/// A fact on the whole of `BODY`, with these keys.
fn fact(keys: &str) -> String {
    format!("[[facts]]\nid = 'a'\nclaim = 'The river rose.'\nanchor = {{ exact = '{BODY}' }}\n{keys}\n")
}

/// An archive of one article with this front matter and these facts, all rules as they are by default.
fn river(head: &str, facts: &str) -> Archive {
    let article = format!("+++\ntitle = 'River'\n{head}\n+++\n{BODY}\n");
    let archive = archive(&[("postilla.toml", CONFIG), ("content/articles/river.md", &article)]);
    archive.write("content/articles/river.facts.toml", facts);
    archive
}

/// The messages of one rule.
fn said(archive: &Archive, code: Code) -> Vec<String> {
    let run = archive.run(&["check", "--now", "2026-01-01", "--message-format", "json", "--rule", code.as_str()]);
    let lines = run.stdout.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let found = lines.filter(|line| line.get("event").is_none());
    found
        .inspect(|line| assert_eq!(line["code"], code.as_str(), "{line}"))
        .map(|line| line["message"].as_str().unwrap().to_owned())
        .collect()
}

/// Whether a fact with these keys, in an article with this front matter, breaks the rule.
fn breaks(code: Code, head: &str, keys: &str) -> bool {
    let found = said(&river(head, &fact(keys)), code);
    assert!(found.len() <= 1, "{found:?}");
    !found.is_empty()
}

/// Whether an article of these words, in `lang`, with this fact on these of its words, breaks the rule.
fn quoting(code: Code, lang: &str, body: &str, exact: &str, keys: &str) -> bool {
    let article = format!("+++\ntitle = 'River'\nlang = '{lang}'\n+++\n{body}\n");
    let config = format!("{CONFIG}\nlanguages = ['en', 'it']\n");
    let archive = archive(&[("postilla.toml", &config), ("content/articles/river.md", &article)]);
    let claim = if keys.contains("claim") { "" } else { "claim = 'c'" };
    archive
        .write("content/articles/river.facts.toml", &format!("[[facts]]\nid = 'a'\n{claim}\nanchor = {{ exact = \"{exact}\" }}\n{keys}\n"));
    !said(&archive, code).is_empty()
}

#[test]
fn struck_words_are_no_ground_for_a_fact() {
    let struck = |body: &str, keys: &str| quoting(Code::AnchorStruck, "en", body, "the river rose by two metres", keys);
    assert!(struck("Then ~~the river rose by two metres~~ it fell.", ""));
    assert!(struck("Then the river ~~rose by two~~ metres.", "status = 'confirmed'"));
    assert!(struck("Then the river <del>rose</del> by two metres.", ""));
    assert!(struck("Then the river rose by <s>*two*</s> metres.", ""));
    assert!(!struck("~~Then~~ the river rose by two metres ~~it fell~~.", ""));
    for status in ["withdrawn", "superseded", "refuted"] {
        assert!(!struck("Then ~~the river rose by two metres~~ it fell.", &format!("status = '{status}'")), "{status}");
    }
}

#[test]
fn a_denial_before_the_quote_is_told() {
    let denied = |lang: &str, body: &str, exact: &str, keys: &str| quoting(Code::AnchorDenied, lang, body, exact, keys);
    let river = "the river rose by two metres";
    for body in [
        "It is not true: the river rose by two metres.",
        "It is not true that the river rose by two metres.",
        "It isn't true, the town hall said on Monday, that the river rose by two metres.",
        "The mayor denied that the river rose by two metres.",
        "There is no evidence that, on Monday, the river rose by two metres.",
    ] {
        assert!(denied("en", body, river, ""), "{body}");
    }
    for body in [
        "The mayor denied that he had fled, and said that the river rose by two metres.",
        "It is not true that it rained. Then the river rose by two metres.",
        "The mayor did not say when the river rose by two metres.",
        "He is known for what is false; the river rose by two metres.",
    ] {
        assert!(!denied("en", body, river, ""), "{body}");
    }
    let body = "It is not true that the river rose by two metres.";
    assert!(!denied("en", body, river, "claim = 'The river did not rise.'"));
    assert!(!denied("en", body, "It is not true that the river rose by two metres", ""));
    let fiume = "il fiume è salito di due metri";
    for body in [
        "Non è vero che il fiume è salito di due metri.",
        "Il sindaco smentisce che il fiume è salito di due metri.",
        "È falso, secondo il sindaco, che il fiume è salito di due metri.",
    ] {
        assert!(denied("it", body, fiume, ""), "{body}");
    }
    assert!(!denied("it", "Il sindaco nega tutto, ma il fiume è salito di due metri.", fiume, ""));
}

#[test]
fn a_denial_that_came_before_the_quote_makes_a_check_outdated() {
    use postilla::archive::digest;
    let sentence = "The town hall said that the river rose by two metres.";
    let checks = format!("checks = [{{ by = 'x', date = 2025-01-01, against = '{}' }}]", digest::of(sentence));
    let outdated = |body: &str| quoting(Code::Outdated, "en", body, "the river rose by two metres", &checks);
    assert!(!outdated(sentence));
    assert!(outdated("The town hall said that it is not true that the river rose by two metres."));
    assert!(outdated("It is not true: The town hall said that the river rose by two metres."));
    assert!(outdated("The town hall said that ~~the river rose by two metres~~ in time."));
}

#[test]
fn a_short_quote_wants_something_beside_it() {
    let quoting = |anchor: &str| {
        let facts = format!("[[facts]]\nid = 'a'\nclaim = 'c'\nanchor = {{ {anchor} }}\n");
        !said(&river("", &facts), Code::AnchorTooShort).is_empty()
    };
    assert!(quoting("exact = 'rose by two metres'"));
    for fine in [
        "exact = 'river rose by two metres'",
        "exact = 'two metres', prefix = 'rose by '",
        "exact = 'two metres', suffix = ' in a night'",
        "exact = 'two metres', occurrence = 1",
        "exact = 'not there'",
    ] {
        assert!(!quoting(fine), "{fine}");
    }
}

#[test]
fn a_verdict_needs_evidence_for_it() {
    let evidence = |stance: &str| format!("evidence = [{{ url = 'https://x.example', title = 'x', stance = '{stance}' }}]");
    for status in ["single_source", "corroborated", "confirmed"] {
        let breaks = |more: &str| breaks(Code::NoEvidence, "", &format!("status = '{status}'\n{more}"));
        assert!(breaks("") && breaks(&evidence("contradicts")) && breaks(&evidence("context")), "{status}");
        assert!(!breaks(&evidence("supports")), "{status}");
    }
    assert!(breaks(Code::NoEvidence, "", &format!("status = 'refuted'\n{}", evidence("supports"))));
    assert!(!breaks(Code::NoEvidence, "", &format!("status = 'refuted'\n{}", evidence("contradicts"))));
    assert!(breaks(Code::NoEvidence, "", "status = 'disputed'"));
    assert!(!breaks(Code::NoEvidence, "", &format!("status = 'disputed'\n{}", evidence("context"))));
    for status in ["attributed", "unchecked", "unverifiable", "superseded", "withdrawn"] {
        assert!(!breaks(Code::NoEvidence, "", &format!("status = '{status}'")), "{status}");
    }
}

const BIB: &str = "@online{board, title = {Levels}, organization = {River Board}, url = {https://levels.example/a}}
@article{post1, title = {One}, journaltitle = {Valley Post}, author = {Bianchi, Anna}}
@article{post2, title = {Two}, journaltitle = {The Valley Times}, author = {Bianchi, Anna}}
@misc{anna1, title = {Notes}, author = {Bianchi, Anna}}
@online{anna2, title = {Diary}, author = {Bianchi, Anna}, url = {https://diary.example/}}
@misc{bare1, title = {Leaflet}}
@misc{bare2, title = {Poster}}
@online{tube1, title = {Film}, organization = {The mill}, url = {https://tube.example/1}}
@online{tube2, title = {Film}, organization = {The bridge}, url = {https://tube.example/2}}
";

#[test]
fn owners_are_counted_once_each() {
    let one_owner = |head: &str, evidence: &[&str]| {
        let pieces = evidence.iter().map(|piece| match piece.split_once(':') {
            Some(_) => format!("{{ url = '{piece}', title = 't' }}"),
            None => format!("{{ source = '{piece}' }}"),
        });
        let keys = format!("status = 'corroborated'\nevidence = [{}]", pieces.collect::<Vec<_>>().join(", "));
        let archive = river(head, &fact(&keys));
        archive.write("content/sources.bib", BIB);
        !said(&archive, Code::OneOwner).is_empty()
    };
    for two in [
        &["board", "post1"][..],
        &["post1", "post2"],
        &["bare1", "bare2"],
        &["tube1", "tube2"],
        &["https://a.example/", "https://b.example/"],
        &["https://a.example/", "https://web.archive.org/web/2024/https://b.example/"],
        &["post1", "post2", "https://archive.ph/AbCd"],
        &["https://anna.github.io/", "https://bruno.github.io/"],
        &["post1", "anna2"],
    ] {
        assert!(!one_owner("", two), "{two:?}");
    }
    for one in [
        &["board"][..],
        &["board", "board"],
        &["board", "https://www.levels.example/b"],
        &["anna1", "anna2"],
        &["bare1", "bare1"],
        &["https://a.example/1", "https://web.archive.org/web/2024/https://a.example/1"],
        &["https://a.example/1", "https://archive.ph/AbCd"],
        &["https://archive.ph/AbCd", "https://perma.cc/AB12-CD34"],
        &["board", "https://archive.ph/2024/https://levels.example/b"],
        &["https://www.bbc.co.uk/1", "https://news.bbc.co.uk/2"],
    ] {
        assert!(one_owner("", one), "{one:?}");
    }
    assert!(one_owner("publisher = 'valley-post'", &["board", "post1"]));
    assert!(one_owner("publisher = 'VALLEY  POST'", &["board", "post1"]));
    assert!(one_owner("url = 'https://www.levels.example/'", &["board", "post1"]), "a site without a name is its house");
    assert!(one_owner("publisher = 'Someone'\nurl = 'https://levels.example/a'", &["board", "post1"]), "the article itself");
    assert!(!one_owner("publisher = 'Someone'\nurl = 'https://levels.example/other'", &["board", "post1"]));
    let copy = "https://web.archive.org/web/2024/https://levels.example/a";
    assert!(one_owner("publisher = 'Someone'\nurl = 'https://levels.example/a'", &[copy, "post1"]), "a copy of the article itself");
}

#[test]
fn an_anonymous_source_needs_a_basis() {
    let breaks = |attribution: &str| breaks(Code::NoBasis, "", &format!("attribution = [{{ agent = 'one person', {attribution} }}]"));
    assert!(breaks("naming = 'anonymous'"));
    assert!(breaks("naming = 'anonymous', basis = ' '"));
    for fine in [
        "naming = 'anonymous', basis = 'read the file'",
        "naming = 'anonymous', mode = 'declined'",
        "naming = 'described'",
        "naming = 'named'",
    ] {
        assert!(!breaks(fine), "{fine}");
    }
}

#[test]
fn a_confirmed_fact_rests_on_more_than_anonymous_words() {
    let breaks = |keys: &str| breaks(Code::OnlyAnonymous, "url = 'https://x.example/river'", keys);
    let anonymous = "status = 'confirmed'\nattribution = [{ agent = 'one', naming = 'anonymous', basis = 'b' }]";
    assert!(breaks(anonymous));
    assert!(breaks(&format!("{anonymous}\nevidence = [{{ url = 'https://x.example/river', title = 'itself' }}]")));
    assert!(breaks(&format!(
        "{anonymous}\nevidence = [{{ url = 'https://web.archive.org/web/2/https://x.example/river', title = 'copy' }}]"
    )));
    assert!(breaks(&format!("{anonymous}\nevidence = [{{ url = 'https://y.example', title = 't', stance = 'context' }}]")));
    assert!(!breaks(&format!("{anonymous}\nevidence = [{{ url = 'https://y.example', title = 't' }}]")));
    assert!(!breaks(&anonymous.replace("confirmed", "attributed")));
    assert!(!breaks(&anonymous.replace("naming = 'anonymous'", "naming = 'described'")));
    assert!(!breaks("status = 'confirmed'"), "nobody is anonymous");
}

#[test]
fn a_web_page_wants_a_copy() {
    let breaks = |head: &str, keys: &str| breaks(Code::NotArchived, head, keys);
    assert!(breaks("", "evidence = [{ url = 'https://x.example', title = 't' }]"));
    assert!(!breaks("", "evidence = [{ url = 'https://x.example', title = 't', archived = 'https://archive.ph/x' }]"));
    assert!(!breaks("", "evidence = [{ url = 'https://web.archive.org/web/1/x', title = 't' }]"));
    assert!(breaks("url = 'https://x.example'", ""));
    assert!(!breaks("url = 'https://x.example'\narchived = 'https://archive.ph/x'", ""));
}

#[test]
fn a_source_without_a_copy_is_named_once() {
    let archive = river(
        "",
        &format!("{}{}", fact("evidence = [{ source = 'a' }]"), fact("evidence = [{ source = 'a' }]").replace("'a'\nclaim", "'b'\nclaim")),
    );
    archive.write(
        "content/sources.bib",
        "@online{a, title = {A}, url = {https://x.example/}}
@online{b, title = {B}, url = {https://x.example/}, archiveurl = {https://web.archive.org/web/1/x}}
@article{c, title = {C}, url = {https://x.example/}, doi = {10.1000/182}}
@book{d, title = {D}}
",
    );
    assert_eq!(said(&archive, Code::NotArchived), ["the source `a` is a web page of which no copy is archived"]);
    archive.remove("content/sources.bib");
    archive.write(
        "content/sources.yml",
        "a: {type: web, title: A, url: 'https://x.example/', archive-location: 'box 7'}
b: {type: web, title: B, url: 'https://x.example/', archive-location: 'https://web.archive.org/web/1/x'}
",
    );
    assert_eq!(said(&archive, Code::NotArchived), ["the source `a` is a web page of which no copy is archived"]);
}

#[test]
fn a_fact_is_excepted_from_what_is_also_found_elsewhere() {
    let keys = "evidence = [{ url = 'https://x.example', title = 't' }]\nallow = [{ rule = 'evidence::not_archived', reason = 'it forbids copies' }]";
    let archive = river("", &fact(keys));
    assert_eq!((said(&archive, Code::NotArchived), said(&archive, Code::UnusedAllow)), (vec![], vec![]));
    let archive = river("", &fact(keys).replace("https://x.example", "https://perma.cc/x"));
    let vain = "the fact `a` does not break the rule `evidence::not_archived` from which it is excepted";
    assert_eq!((said(&archive, Code::NotArchived), said(&archive, Code::UnusedAllow)), (vec![], vec![vain.to_owned()]));
}

#[test]
fn an_exception_in_vain_is_found_unless_its_rule_is_off() {
    let facts = fact("allow = [{ rule = 'response::to_nothing', reason = 'r' }, { rule = 'fact::contradiction', reason = 'r' }]");
    let archive = river("", &facts);
    assert_eq!(said(&archive, Code::UnusedAllow).len(), 2);
    archive.write("postilla.toml", &format!("{CONFIG}[rules]\n'response::to_nothing' = 'off'\n"));
    assert_eq!(said(&archive, Code::UnusedAllow).len(), 1);
    archive.write("postilla.toml", &format!("{CONFIG}[rules]\n'rule::unused_allow' = 'off'\n"));
    assert_eq!(said(&archive, Code::UnusedAllow), [""; 0]);
    archive.write("content/articles/river.facts.toml", &facts.replace("id = 'a'", "id = 'a'\nkind = 'response'"));
    assert_eq!(said(&archive, Code::ToNothing), [""; 0], "an exception that is needed");
}

#[test]
fn an_answer_says_to_what() {
    assert!(breaks(Code::ToNothing, "", "kind = 'response'"));
    assert!(!breaks(Code::ToNothing, "", "kind = 'quotation'"));
    let two = format!("{}{}", fact(""), fact("kind = 'response'\nresponds_to = 'a'").replace("'a'\nclaim", "'b'\nclaim"));
    assert_eq!(said(&river("", &two), Code::ToNothing), [""; 0]);
}

#[test]
fn a_quotation_is_compared_with_the_words_of_its_article() {
    let breaks = |keys: &str| breaks(Code::Misquoted, "", &format!("kind = 'quotation'\n{keys}"));
    assert!(breaks("value = { text = 'rose by three metres' }"));
    assert!(!breaks("value = { text = '“Rose by […] metres”' }"));
    assert!(breaks("evidence = [{ url = 'https://x.example', title = 't', quote = 'it rose by three metres in a night' }]"));
    for fine in [
        "evidence = [{ url = 'https://x.example', title = 't', quote = 'rose by two metres' }]",
        "evidence = [{ url = 'https://x.example', title = 't', quote = 'Sadly, the river rose by two metres in a night, the town hall said. We know.' }]",
        "evidence = [{ url = 'https://x.example', title = 't', quote = 'il fiume è salito di due metri' }]",
        "evidence = [{ url = 'https://x.example', title = 't', quote = 'the river rose by three', stance = 'contradicts' }]",
    ] {
        assert!(!breaks(fine), "{fine}");
    }
}

#[test]
fn what_the_reporter_puts_between_is_no_part_of_a_quotation() {
    let breaks = |quoted: &str| {
        let archive = river("", "");
        archive.write("content/articles/river.md", "+++\ntitle = 'River'\n+++\n“We go in”, she added, “and never back.”\n");
        let anchor = "anchor = { exact = 'We go in”, she added, “and never back' }";
        let facts = format!("[[facts]]\nid = 'a'\nkind = 'quotation'\nclaim = 'She spoke.'\n{anchor}\n{quoted}\n");
        archive.write("content/articles/river.facts.toml", &facts);
        !said(&archive, Code::Misquoted).is_empty()
    };
    assert!(breaks("value = { text = 'We go in, she added, and never back' }"));
    assert!(breaks("value = { text = 'We go in and ever back' }"));
    for fine in [
        "We go in and never back",
        "go in … never back",
        "“We go in”, she added, “and never back”",
        "“We go in”, said she, “and never back”",
    ] {
        assert!(!breaks(&format!("value = {{ text = '{fine}' }}")), "{fine}");
        assert!(!breaks(&format!("evidence = [{{ url = 'https://x.example', title = 't', quote = '{fine}' }}]")), "{fine}");
    }
}

#[test]
fn a_claim_is_held_to_what_it_quotes_in_the_language_of_the_article() {
    let breaks = |lang: &str, claim: &str| {
        let facts = fact("kind = 'quotation'").replace("'The river rose.'", claim);
        !said(&river(&format!("lang = '{lang}'"), &facts), Code::Misquoted).is_empty()
    };
    assert!(breaks("en", "'It “rose by three metres”.'"));
    assert!(!breaks("en", "'It “rose by two metres”, by three or more.'"));
    assert!(breaks("en", "{ en = 'It “rose by three”.', it = 'x' }"));
    assert!(!breaks("en", "{ en = 'It “rose by two”.', it = 'È «salito».' }"));
    assert!(!breaks("de", "{ en = 'It “rose by three”.' }"));
}

#[test]
fn somebody_elses_whole_text_needs_a_right() {
    let breaks = |head: &str| breaks(Code::NoRights, head, "");
    for theirs in [
        "publisher = 'The Valley Post'",
        "url = 'https://post.example'",
        "publisher = 'Test archive'\nurl = 'https://post.example'",
        "url = 'https://post.example'\nrights = { holder = ' ' }",
        "url = 'https://post.example'\nstate = 'in_review'",
    ] {
        assert!(breaks(theirs), "{theirs}");
    }
    for fine in [
        "",
        "publisher = 'TEST ARCHIVE'",
        "url = 'https://post.example'\nrights = { holder = 'The Valley Post' }",
        "url = 'https://post.example'\nrights = { licence = 'CC BY 4.0' }",
        "url = 'https://post.example'\npublish = 'excerpts'",
        "url = 'https://post.example'\npublish = 'facts_only'",
        "url = 'https://post.example'\nstate = 'draft'",
        "url = 'https://post.example'\nstate = 'withdrawn'",
    ] {
        assert!(!breaks(fine), "{fine}");
    }
}

#[test]
fn an_article_has_facts_once_it_is_no_draft() {
    let found = |head: &str, facts: &str| said(&river(head, facts), Code::NoFacts).len();
    for state in ["published", "approved", "in_review"] {
        assert_eq!(found(&format!("state = '{state}'"), ""), 1, "{state}");
        assert_eq!(found(&format!("state = '{state}'"), &fact("")), 0, "{state}");
    }
    for state in ["draft", "withdrawn"] {
        assert_eq!(found(&format!("state = '{state}'"), ""), 0, "{state}");
    }
    let alone = river("", "");
    alone.remove("content/articles/river.facts.toml");
    assert_eq!(said(&alone, Code::NoFacts).len(), 1);
    alone.write("content/articles/river.facts.toml", "[[facts");
    assert_eq!(said(&alone, Code::NoFacts).len(), 0, "its facts cannot be read");
}
