//! The index, read back as the page's script reads it.

use std::collections::BTreeMap;

use flate2::write::DeflateDecoder;
use serde_json::Value;

use super::pack::take_varint;
use super::*;

/// A shard's terms: forms, stem, and for each article its level and facts; entities with their levels.
struct Read {
    forms: Vec<String>,
    stem: usize,
    articles: BTreeMap<usize, (u8, Vec<usize>)>,
    entities: BTreeMap<usize, u8>,
}

fn unpack(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut plain = DeflateDecoder::new(Vec::new());
    plain.write_all(bytes).unwrap();
    plain.finish().unwrap()
}

fn json(files: &Files, name: &str) -> Value {
    serde_json::from_slice(&unpack(&files[&*format!("{name}.bin")])).unwrap()
}

fn take<'b>(bytes: &mut &'b [u8], count: usize) -> &'b [u8] {
    let (taken, rest) = bytes.split_at(count);
    *bytes = rest;
    taken
}

fn read_shard(plain: &[u8]) -> Vec<Read> {
    let mut plain = plain;
    let mut column = || {
        let length = take_varint(&mut plain);
        take(&mut plain, length)
    };
    let (mut head, mut steps, mut levels, mut masks) = (column(), column(), column(), column());
    let mut before: Vec<u8> = Vec::new();
    let mut terms = Vec::new();
    for _ in 0..take_varint(&mut head) {
        let (count, stem) = (take_varint(&mut head), usize::from(take(&mut head, 1)[0]));
        let mut forms = Vec::new();
        for _ in 0..count {
            before.truncate(usize::from(take(&mut head, 1)[0]));
            let rest = usize::from(take(&mut head, 1)[0]);
            before.extend_from_slice(take(&mut head, rest));
            forms.push(String::from_utf8(before.clone()).unwrap());
        }
        terms.push(Read { forms, stem, articles: BTreeMap::new(), entities: BTreeMap::new() });
    }
    for term in &mut terms {
        let (articles, entities) = (take_varint(&mut head), take_varint(&mut head));
        let mut at = 0;
        for _ in 0..articles {
            at += take_varint(&mut steps);
            let level = take(&mut levels, 1)[0];
            let (mut facts, mut first) = (Vec::new(), 0);
            loop {
                let byte = take(&mut masks, 1)[0];
                facts.extend((0..7).filter(|bit| byte & (1 << bit) != 0).map(|bit| first + bit));
                first += 7;
                if byte < 0x80 {
                    break;
                }
            }
            term.articles.insert(at, (level, facts));
        }
        let mut at = 0;
        for _ in 0..entities {
            at += take_varint(&mut steps);
            term.entities.insert(at, take(&mut levels, 1)[0]);
        }
    }
    assert!(head.is_empty() && steps.is_empty() && levels.is_empty() && masks.is_empty(), "nothing is left over");
    terms
}

/// The terms of the range that must hold `word`.
fn look_up(files: &Files, word: &str) -> Vec<Read> {
    let root = json(files, "index");
    let firsts: Vec<&str> = root["words"][0].as_str().unwrap().split('\n').collect();
    let at = firsts.partition_point(|first| *first <= word).saturating_sub(1);
    let digits = &root["words"][1].as_str().unwrap()[at * pack::DIGITS..][..pack::DIGITS];
    let terms = read_shard(&unpack(&files[&*format!("{digits}.bin")]));
    terms.into_iter().filter(|term| term.forms.iter().any(|form| form == word)).collect()
}

fn lang(tag: &str) -> Lang {
    Lang::new(tag).unwrap()
}

fn article<'a>(title: &'a str, text: &'a str, lang: &'a Lang, claims: &[&'a str]) -> Article<'a> {
    let fact = |claim: &&'a str| Fact {
        id: "f",
        claim,
        lang,
        kind: FactKind::Plan,
        status: Status::Disputed,
        mark: Some((0, 4)).filter(|_| text.len() > 4),
    };
    Article {
        title,
        summary: "",
        url: "/a/".into(),
        lang,
        date: Some("2024-05-01".into()),
        publisher: Some("Test Post"),
        text,
        facts: claims.iter().map(fact).collect(),
    }
}

fn words(count: usize, word: impl Fn(usize) -> String) -> String {
    (0..count).map(word).collect::<Vec<_>>().join(" ")
}

fn made(articles: &[Article<'_>], entities: &[Entity<'_>]) -> Files {
    let segments: Vec<Segment> = articles.chunks(SEGMENT).map(Segment::of).collect();
    index(&segments, entities)
}

#[test]
fn a_word_is_found_where_it_stands() {
    let (it, en) = (lang("it"), lang("en"));
    let articles = [
        article("Economia", "Dati economici.", &it, &["Nessuno.", "Le cose economiche."]),
        article("Notes", "Data are noted. Note it.", &en, &["x"]),
        article("Note", "Le note sono altre.", &it, &[]),
    ];
    let entity = Entity {
        name: "Nota",
        names: vec![(&it, "Nota")],
        aliases: vec!["N. Ota"],
        lang: &it,
        summaries: vec![],
        kind: "luogo",
        url: "/e/".into(),
        weight: 3,
    };
    let files = made(&articles, &[entity]);
    let economic = look_up(&files, "economiche");
    assert_eq!(economic.len(), 1);
    assert!(economic[0].forms.contains(&"economici".to_owned()));
    assert_eq!(economic[0].articles[&0].1, [1]);
    assert!(economic[0].stem > 0 && economic[0].forms[0].starts_with("econom"));
    let data = look_up(&files, "dati");
    assert_eq!(data[0].articles[&0], (data[0].articles[&0].0, vec![0, 1]), "the quoted words are the facts' too");
    let notes = look_up(&files, "note");
    assert_eq!(notes.len(), 2, "one term for each language");
    let all: Vec<usize> = notes.iter().flat_map(|term| term.articles.keys().copied()).collect();
    assert_eq!(all.len(), 2);
    assert!(notes.iter().any(|term| term.entities.contains_key(&0)));
    let title = look_up(&files, "economia")[0].articles[&0].0;
    assert!(title > 0);
}

#[test]
fn a_word_is_worth_more_in_a_title_and_in_a_short_text() {
    let en = lang("en");
    let long = "word ".to_owned() + &"filler ".repeat(2_000);
    let articles = [article("Word", "Short.", &en, &[]), article("Other", "A word.", &en, &[]), article("Other", &long, &en, &[])];
    let levels: Vec<u8> = look_up(&made(&articles, &[]), "word")[0].articles.values().map(|(level, _)| *level).collect();
    assert!(levels[0] > levels[1] && levels[1] > levels[2], "{levels:?}");
}

#[test]
fn every_record_is_named_by_the_one_above() {
    let en = lang("en");
    let titles: Vec<String> = (0..SEGMENT + 20).map(|number| format!("Number {number}")).collect();
    let articles: Vec<_> = titles.iter().map(|title| article(title, "Text.", &en, &["A claim."])).collect();
    let files = made(&articles, &[]);
    let root = json(&files, "index");
    assert_eq!(root["articles"], SEGMENT + 20);
    let block = json(&files, root["blocks"][1].as_str().unwrap());
    assert_eq!((&block["facts"][0], &block["years"][0], &block["year"][0]), (&"r".into(), &"2024".into(), &1.into()));
    assert_eq!((&root["kinds"][6], &root["statuses"][6]), (&"plan".into(), &"disputed".into()), "`r` is the 66th after `0`");
    let cards = json(&files, block["cards"][1].as_str().unwrap());
    assert_eq!(cards[3]["title"], format!("Number {}", SEGMENT + 19));
    assert_eq!(json(&files, cards[3]["said"].as_str().unwrap())["facts"][0], serde_json::json!(["f", "A claim."]));
}

#[test]
fn every_form_lies_in_the_range_that_answers_for_it() {
    let en = lang("en");
    let word =
        |number: usize| format!("{}{}", ["sky", "skies", "die", "dying", "walk", "walked"][number % 6], "abcdefghij".repeat(number % 5));
    let texts: Vec<String> = (0..900).map(|number| words(60, |at| format!("{} w{}", word(number + at), number * at))).collect();
    let articles: Vec<_> = texts.iter().map(|text| article("T", text, &en, &[])).collect();
    let files = made(&articles, &[]);
    assert!(json(&files, "index")["words"][0].as_str().unwrap().split('\n').count() > 4);
    for text in texts.iter().step_by(97) {
        for form in text.split_whitespace() {
            assert_eq!(look_up(&files, form).len(), 1, "{form}");
        }
    }
}

#[test]
fn an_edit_changes_few_files() {
    let en = lang("en");
    let texts: Vec<String> = (0..1_200).map(|number| words(40, |at| format!("w{}", number * 31 + at * 17))).collect();
    let articles = |last: &'static str| {
        let own = texts.iter().map(|text| article("T", text, &en, &["A claim."]));
        own.chain([article("Last", last, &en, &[])]).collect::<Vec<_>>()
    };
    let (before, after) = (made(&articles("One word."), &[]), made(&articles("One more."), &[]));
    let new = after.keys().filter(|name| before.get(*name) != after.get(*name)).count();
    assert!(before.len() > 100 && new <= 7, "{new} of {} are new", after.len());
}

#[test]
fn parallel_and_serial_give_the_same_bytes() {
    let en = lang("en");
    let texts: Vec<String> = (0..700).map(|number| words(50, |at| format!("w{}", (number * 7 + at * 13) % 5_000))).collect();
    let articles: Vec<_> = texts.iter().map(|text| article("T", text, &en, &["A claim."])).collect();
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap().install(|| made(&articles, &[]));
    let many = rayon::ThreadPoolBuilder::new().num_threads(4).build().unwrap().install(|| made(&articles, &[]));
    assert!(alone == many);
}
