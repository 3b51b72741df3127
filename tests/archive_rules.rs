//! Rules that look at the archive as a whole, but for contradictions: what they find, and what they leave alone.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{Archive, CONFIG, ruled};

#[test]
fn a_review_is_due_on_the_day_after() {
    let facts: String = [
        ("2025-12-31", "status = 'confirmed'"),
        ("2026-01-01", ""),
        ("2025-06-01", "status = 'withdrawn'"),
        ("2025-06-02", "status = 'superseded'"),
        ("2025-06-03", "visibility = 'internal'"),
    ]
    .iter()
    .enumerate()
    .map(|(nth, (day, more))| fact(nth, &format!("review_after = '{day}'\n{more}")))
    .collect();
    let archive = ruled(&[("content/articles/a.md", TEXT), ("content/articles/a.facts.toml", &facts)]);
    assert_eq!(
        found(&archive, "fact::review_due"),
        [
            "content/articles/a.facts.toml:5: the fact `f0` was to be looked at again after 2025-12-31",
            "content/articles/a.facts.toml:33: the fact `f4` was to be looked at again after 2025-06-03",
        ]
    );
    let later = archive.run(&["check", "--rule", "fact::review_due", "--now", "2026-01-02"]);
    assert!(later.stderr.contains("`f1`"), "{}", later.stderr);
}

#[test]
fn a_translation_says_what_its_original_says() {
    let original = "subject = 'ann'\nproperty = 'height'\nvalue = { number = 60, unit = 'm', stated = 'sixty' }\nvalid = { at = '2024' }\n";
    let other = |from: &str, to: &str| original.replace(from, to);
    let cases = [
        (original.to_owned(), ""),
        (other("sixty", "sessanta"), ""),
        (other("60", "60.5"), "`value`: 60 m and 60.5 m"),
        (other("60,", "60, approximate = true,"), "`value`: 60 m and about 60 m"),
        (other("'m'", "'km'"), "`value`: 60 m and 60 km"),
        (other("2024", "2024-01"), "`valid`: `2024` and `2024-01`"),
        (other("'ann'", "'bob'"), "`subject`: `ann` and `bob`"),
        (other("property = 'height'\n", ""), "`property`: `height` and none"),
        (format!("{original}status = 'disputed'\n"), "`status`: `unchecked` and `disputed`"),
        (other("number = 60, unit = 'm'", "text = 'big'"), "`value`: 60 m and `big`"),
    ];
    let translation: String = cases.iter().enumerate().map(|(nth, _)| fact(nth, &format!("{original}same_as = ['a#f{nth}']\n"))).collect();
    let originals: String = cases.iter().enumerate().map(|(nth, (case, _))| fact(nth, case)).collect();
    let archive = ruled(&[
        ("content/properties.toml", "[height]\n"),
        ("content/entities/ann.md", "+++\nkind = 'person'\nname = 'Ann'\n+++\n"),
        ("content/entities/bob.md", "+++\nkind = 'person'\nname = 'Bob'\n+++\n"),
        ("content/articles/a.md", TEXT),
        ("content/articles/a.facts.toml", &originals),
        ("content/articles/b.md", &TEXT.replace("title", "translation_of = 'a'\ntitle")),
        ("content/articles/b.facts.toml", &translation),
    ]);
    let found = found(&archive, "translation::differs");
    let said: Vec<&str> = found.iter().filter_map(|line| line.split_once("differs in ")).map(|(_, how)| how).collect();
    let expected: Vec<&str> = cases.iter().map(|(_, how)| *how).filter(|how| !how.is_empty()).collect();
    assert_eq!(said, expected);
}

#[test]
fn of_words_in_two_languages_only_the_numbers_are_compared() {
    let pair = |one: &str, other: &str| {
        let sidecar = |text: &str, more: &str| fact(0, &format!("value = {{ text = '{text}' }}\n{more}"));
        let archive = ruled(&[
            ("content/articles/a.md", TEXT),
            ("content/articles/a.facts.toml", &sidecar(one, "")),
            ("content/articles/b.md", &TEXT.replace("title", "translation_of = 'a'\ntitle")),
            ("content/articles/b.facts.toml", &sidecar(other, "same_as = ['a#f0']")),
        ]);
        found(&archive, "translation::differs").len()
    };
    assert_eq!(pair("12 March", "12 marzo"), 0);
    assert_eq!(pair("March 12, 2024", "12/2024, marzo"), 0);
    assert_eq!(pair("seven", "7"), 0);
    assert_eq!(pair("12 March", "13 marzo"), 1);
}

#[test]
fn a_name_that_nothing_links_is_reported_once() {
    let text = "+++\ntitle = 'T'\n+++\n\n# Ann Smith\n\nBob and Bob. `Cy`\n";
    let archive = people(text);
    assert_eq!(
        found(&archive, "name::unlinked"),
        [
            "content/articles/a.md:5: nothing in this article links `ann`, which is named here",
            "content/articles/a.md:7: nothing in this article links `cy`, which is named here",
        ]
    );
    archive.write("content/articles/a.md", &text.replace("Bob and", "[[ann]] [[cy]]"));
    assert_eq!(found(&archive, "name::unlinked"), NOTHING);
    archive.write("content/articles/a.md", text);
    archive.write("postilla.toml", &format!("{CONFIG}links = {{ autolink = 'all' }}\n"));
    assert_eq!(found(&archive, "name::unlinked").len(), 2);
    archive.write("postilla.toml", &format!("{CONFIG}links = {{ autolink = 'off' }}\n"));
    assert_eq!(found(&archive, "name::unlinked").len(), 3);
}

#[test]
fn a_link_over_denied_words_is_reported_with_the_place_that_denies_them() {
    let archive = people("+++\ntitle = 'T'\n+++\n\n[[bob|Bob’s Bar]], [[bob]], [[ann|Bob's Bar]] and Bob's Bar.\n");
    assert_eq!(found(&archive, "name::denied"), ["content/articles/a.md:5: these words link to `bob`, which is said not to be called so"]);
}

#[test]
fn a_shared_name_is_reported_where_nothing_tells_who_is_meant() {
    let shared = |head: &str, text: &str| {
        let archive = people(&format!("+++\ntitle = 'T'\n{head}+++\n\n{text}\n"));
        found(&archive, "name::shared").len()
    };
    assert_eq!(shared("", "Smith, and Smith again."), 1);
    assert_eq!(shared("about = ['ann']\n", "Smith said so."), 0);
    assert_eq!(shared("about = ['ann', 'dan']\n", "Smith said so."), 1);
    assert_eq!(shared("", "Ann Smith spoke, says Smith."), 0);
    assert_eq!(shared("", "Ann Smith and Dan Smith, says Smith."), 1);
    assert_eq!(shared("", "[[ann|Smith]] spoke, says Smith."), 0);
    assert_eq!(shared("", "Bob said so."), 0);
    let archive = people("+++\ntitle = 'T'\n+++\n\nSo said Smith.\n");
    archive.write("content/articles/a.facts.toml", "[[facts]]\nid = 'f'\nclaim = 'C'\nanchor = { exact = 'said' }\nabout = ['dan']\n");
    assert_eq!(found(&archive, "name::shared"), NOTHING);
}

#[test]
fn entities_that_are_alike_are_reported_in_pairs() {
    let pairs = |entities: &[(&str, &str)]| {
        let archive = ruled(&[]);
        for (id, head) in entities {
            archive.write(&format!("content/entities/{id}.md"), &format!("+++\n{head}\n+++\n"));
        }
        archive.write("content/articles/a.md", TEXT);
        archive.write("content/articles/a.facts.toml", &fact(0, "about = ['b']"));
        let found = found(&archive, "entity::duplicate");
        found.iter().map(|line| line.split_once(": ").unwrap().1.to_owned()).collect::<Vec<_>>()
    };
    let company = |name: &str| format!("kind = 'company'\nname = \"{name}\"");
    let person = |name: &str, more: &str| format!("kind = 'person'\nname = \"{name}\"\n{more}");
    let same = "the entities `a` and `b` are probably one: both are called `Acme";
    let one = pairs(&[("a", &company("Acme Inc.")), ("b", &company("ACME S.p.A."))]);
    assert!(one.len() == 1 && one[0].to_lowercase().starts_with(&same.to_lowercase()), "{one:?}");
    assert_eq!(pairs(&[("a", &company("Acme")), ("b", &company("Acme")), ("c", &company("acme"))]).len(), 2);
    assert_eq!(pairs(&[("a", &company("Acme")), ("b", "kind = 'person'\nname = 'Acme'")]), NOTHING);
    let item = |item: &str| format!("{}\nwikidata = '{item}'", company("Acme"));
    assert_eq!(pairs(&[("a", &item("Q1")), ("b", &item("Q2"))]), NOTHING);
    let other = "kind = 'product'\nname = 'Other'\nwikidata = 'Q1'";
    assert_eq!(pairs(&[("a", &item("Q1")), ("b", other)]), ["the entities `a` and `b` are probably one: both are `Q1` in Wikidata"]);
    let namesakes = [("a", person("Ann Smith", "aliases = ['Smith']")), ("b", person("Dan Smith", "aliases = ['Smith']"))];
    assert_eq!(pairs(&[("a", &namesakes[0].1), ("b", &namesakes[1].1)]), NOTHING);
    let renamed = [("a", person("Ann Smith", "aliases = ['The Cat']")), ("b", person("Ann Jones", "aliases = ['the cat']"))];
    assert_eq!(pairs(&[("a", &renamed[0].1), ("b", &renamed[1].1)]).len(), 1);
}

#[test]
fn what_anything_names_is_used() {
    let archive = people("+++\ntitle = 'T'\n+++\n\nNobody.\n");
    let unused = |archive: &Archive| {
        let found = found(archive, "entity::unused");
        found.iter().map(|line| line.split('`').nth(1).unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(unused(&archive), ["ann", "bob", "cy", "dan"]);
    for head in ["authors = ['ann']", "publisher = 'ann'", "translator = 'ann'", "about = ['ann']", "state = 'draft'\nabout = ['ann']"] {
        archive.write("content/articles/a.md", &format!("+++\ntitle = 'T'\n{head}\n+++\n\nNobody.\n"));
        assert_eq!(unused(&archive), ["bob", "cy", "dan"], "{head}");
    }
    archive.write("content/articles/a.md", "+++\ntitle = 'T'\nstate = 'draft'\n+++\n\nBob, Smith.\n");
    assert_eq!(unused(&archive), ["cy"], "a draft's text counts, and a shared name may mean any of its bearers");
    archive.write("content/pages/p.md", "+++\ntitle = 'P'\n+++\n\n[[cy]]\n");
    assert_eq!(unused(&archive), NOTHING);
    archive.write("content/pages/p.md", "+++\ntitle = 'P'\n+++\n\nNothing.\n");
    archive.write("content/properties.toml", "[knows]\n");
    archive.write(
        "content/articles/a.facts.toml",
        "[[facts]]\nid = 'f'\nclaim = 'C'\nanchor = { exact = 'Bob' }\nattribution = [{ agent = 'cy' }]\n",
    );
    assert_eq!(unused(&archive), NOTHING);
    archive.remove("content/articles/a.facts.toml");
    archive
        .write("content/entities/bob.md", "+++\nkind = 'person'\nname = 'Bob'\nrelations = [{ property = 'knows', object = 'cy' }]\n+++\n");
    assert_eq!(unused(&archive), NOTHING);
}

#[test]
fn a_source_that_nothing_cites_is_reported_where_it_stands() {
    let sources = "one:\n  type: book\n  title: One\ntwo:\n  type: book\n  title: Two\nthree:\n  type: book\n  title: Three\n";
    let archive = people(TEXT);
    archive.write("content/sources.yml", sources);
    archive.write("content/properties.toml", "[knows]\n");
    archive.write("content/articles/a.facts.toml", &fact(0, "visibility = 'internal'\nevidence = [{ source = 'two' }]"));
    archive.write(
        "content/entities/bob.md",
        "+++\nkind = 'person'\nname = 'Bob'\nrelations = [{ property = 'knows', object = 'cy', source = 'three' }]\n+++\n",
    );
    assert_eq!(found(&archive, "bibliography::unused"), ["content/sources.yml:1: nothing cites the source `one`"]);
}

const NOTHING: [&str; 0] = [];

const TEXT: &str = "+++\ntitle = 'T'\ndate = 2024-03-01\n+++\n\nw0 w1 w2 w3 w4 w5 w6 w7 w8 w9\n";

fn fact(nth: usize, more: &str) -> String {
    format!("[[facts]]\nid = 'f{nth}'\nclaim = 'C.'\nanchor = {{ exact = 'w{nth}' }}\n{more}\n\n")
}

/// Four people, two of them Smiths, and an article.
fn people(article: &str) -> Archive {
    ruled(&[
        ("content/entities/ann.md", "+++\nkind = 'person'\nname = 'Ann Smith'\naliases = ['Smith']\n+++\n"),
        ("content/entities/bob.md", "+++\nkind = 'person'\nname = 'Bob'\nnot = [\"Bob's Bar\"]\n+++\n"),
        ("content/entities/cy.md", "+++\nkind = 'person'\nname = 'Cy'\n+++\n"),
        ("content/entities/dan.md", "+++\nkind = 'person'\nname = 'Dan Smith'\naliases = ['Smith']\n+++\n"),
        ("content/articles/a.md", article),
    ])
}

/// What a rule finds, each with its file and line.
fn found(archive: &Archive, rule: &str) -> Vec<String> {
    let run = archive.run(&["check", "--rule", rule, "--message-format", "json", "--now", "2026-01-01"]);
    let lines = run.stdout.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let findings = lines.filter(|line| line["code"] == rule);
    let place = |line: &serde_json::Value| format!("{}:{}", line["file"].as_str().unwrap(), line["line"]);
    findings.map(|line| format!("{}: {}", place(&line), line["message"].as_str().unwrap())).collect()
}
