//! Share cards in whole builds: which pages have one, what it shows, when it is made again.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::collections::BTreeMap;

use common::{Archive, CONFIG, archive, files, without_rules};

const ARTICLE: &str = "+++\ntitle = 'The river & the bridge'\ndate = 2025-01-01\n+++\n\nThe river rose near the old bridge.\n";
const SIDECAR: &str =
    "[[facts]]\nid = 'rise'\nclaim = 'It rose.'\nanchor = { exact = 'river rose near the old' }\nabout = ['dora']\nstatus = 'attributed'\n";
const ENTITY: &str = "+++\nname = 'Dora'\nkind = 'place'\n+++\n\nA made-up river.\n";

fn shared() -> Archive {
    archive(&[
        ("postilla.toml", &format!("{CONFIG}[share_cards]\nenabled = true\n{}", without_rules())),
        ("content/articles/a.md", ARTICLE),
        ("content/articles/a.facts.toml", SIDECAR),
        ("content/entities/dora.md", ENTITY),
    ])
}

fn cards(archive: &Archive) -> BTreeMap<String, Vec<u8>> {
    files(&archive.path("public")).into_iter().filter(|(path, _)| path.ends_with(".png")).collect()
}

#[test]
fn articles_and_entities_have_a_card_that_their_pages_name() {
    let archive = shared();
    archive.build(&[]);
    let cards = cards(&archive);
    let paths: Vec<&str> = cards.keys().map(String::as_str).collect();
    let [article, entity] = paths.as_slice() else { panic!("{paths:?}") };
    assert!(article.starts_with("articles/a/card.") && entity.starts_with("entities/dora/card."), "{paths:?}");
    let page = archive.read("public/articles/a/index.html");
    for said in [
        format!("<meta property=\"og:image\" content=\"https://archive.example/base/{article}\">"),
        "<meta property=\"og:title\" content=\"The river &amp; the bridge\">".to_owned(),
        "<meta property=\"og:url\" content=\"https://archive.example/base/articles/a/\">".to_owned(),
        "<meta property=\"og:image:alt\" content=\"The river &amp; the bridge · Test archive\">".to_owned(),
        "<meta name=\"twitter:card\" content=\"summary_large_image\">".to_owned(),
    ] {
        assert!(page.contains(&said), "{said}\n{page}");
    }
    assert!(archive.read("public/entities/dora/index.html").contains(entity));
    assert!(!archive.read("public/index.html").contains("og:"));
    for png in cards.values() {
        let picture = image::load_from_memory(png).unwrap();
        assert_eq!((picture.width(), picture.height()), (1200, 630));
    }
}

#[test]
fn without_being_asked_for_there_is_none() {
    let archive = archive(&[("content/articles/a.md", ARTICLE)]);
    archive.build(&[]);
    assert!(cards(&archive).is_empty());
    assert!(!archive.read("public/articles/a/index.html").contains("og:"));
}

#[test]
fn a_card_is_another_when_what_it_says_is() {
    let archive = shared();
    archive.build(&[]);
    let before = cards(&archive);
    archive.build(&[]);
    assert_eq!(cards(&archive), before);
    archive.write("content/articles/a.facts.toml", &SIDECAR.replace("attributed", "disputed"));
    archive.build(&[]);
    let after = cards(&archive);
    assert_eq!(after.len(), 2);
    assert!(after.keys().all(|path| !before.contains_key(path)) && after.values().all(|png| before.values().all(|old| old != png)));
}

#[test]
fn a_card_that_cannot_be_set_is_left_out_with_a_word() {
    let archive = shared();
    archive.write("content/articles/a.md", &ARTICLE.replace("The river &", "Ο ποταμός &"));
    let run = archive.build(&[]);
    assert!(run.stderr.contains("warning[share_card::letters]"), "{}", run.stderr);
    assert_eq!(cards(&archive).len(), 1);
    assert!(!archive.read("public/articles/a/index.html").contains("og:"));
}

#[test]
fn a_card_speaks_the_language_of_its_page() {
    let archive = shared();
    archive.write("postilla.toml", &format!("{CONFIG}languages = ['en', 'it']\n[share_cards]\nenabled = true\n{}", without_rules()));
    archive.write("content/entities/dora.md", &ENTITY.replace("'Dora'", "{ en = 'Dora', it = 'La Dora' }"));
    archive.write("content/articles/b.md", "+++\ntitle = 'Il fiume'\nlang = 'it'\n+++\n\nTesto.\n");
    archive.build(&[]);
    let cards = cards(&archive);
    let mut folders: Vec<&str> = cards.keys().map(|path| path.split("card.").next().unwrap()).collect();
    folders.sort_unstable();
    assert_eq!(folders, ["articles/a/", "entities/dora/", "it/articles/b/", "it/entities/dora/"]);
    for (path, png) in &cards {
        let page = archive.read(&format!("public/{}index.html", path.split("card.").next().unwrap()));
        assert!(page.contains(&format!("content=\"https://archive.example/base/{path}\"")), "{path}\n{page}");
        assert!(cards.iter().all(|(other, bytes)| other == path || bytes != png), "{path}");
    }
}

#[test]
fn a_title_that_cannot_be_set_is_named_once_for_all_languages() {
    let archive = shared();
    archive.write("postilla.toml", &format!("{CONFIG}languages = ['en', 'it']\n[share_cards]\nenabled = true\n{}", without_rules()));
    archive.write("content/entities/dora.md", &ENTITY.replace("Dora", "Ο ποταμός"));
    let run = archive.build(&[]);
    assert_eq!(run.stderr.matches("warning[share_card::letters]").count(), 1, "{}", run.stderr);
}
