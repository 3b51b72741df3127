//! What contradicts what, and what has grown old: pairs of facts in archives of two articles, and shapes that would keep
//! a careless comparison busy.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::time::{Duration, Instant, SystemTime};

use common::{Archive, ruled};
use postilla::archive::Showing;
use postilla::base::Code;
use postilla::check::{self, rule::Whole};
use postilla::project::{Progress, Remembers, Request, Stage, Workspace};
use postilla::publish::Overwrite;

const PROPERTIES: &str = "[size]\nfunctional = true\n\n[loose]\nfunctional = true\ntolerance = 0.05\n\n\
    [length]\nfunctional = true\nunit = 'km'\n\n[seat]\nfunctional = true\ndatatype = 'entity'\n\n[many]\n";

/// Two facts of one subject, the one in an article of 2024-03-01, the other in one of 2025-03-01; and what is said of them:
/// nothing, that they contradict each other (`!`), that the first (`1`) or the second (`2`) has grown old.
type Pair = (&'static str, &'static str, &'static str);

#[test]
fn times_that_overlap_are_compared_whatever_their_precision() {
    let value = |valid: &str, number: u32| format!("property = 'size'\nvalue = {{ number = {number} }}\n{valid}");
    let at = |date: &str| format!("valid = {{ at = '{date}' }}");
    let span = |from: &str, until: &str| match (from, until) {
        ("", until) => format!("valid = {{ until = '{until}' }}"),
        (from, "") => format!("valid = {{ from = '{from}' }}"),
        (from, until) => format!("valid = {{ from = '{from}', until = '{until}' }}"),
    };
    let pairs: Vec<(String, String, &str)> = vec![
        (at("2024-11-30"), at("2024-11-30"), "!"),
        (at("2024-11-30"), at("2024-12-01"), ""),
        (at("2024-11"), at("2024-11-30"), "!"),
        (at("2024"), at("2024-11"), "!"),
        (at("2024"), at("2025-01-01"), ""),
        (at("2024-11~"), at("2024-11"), "!"),
        (at("2023/2025"), at("2024-06"), "!"),
        (at("2022/2023"), at("2023/2024"), ""),
        (at("2022/2023"), at("2021/2025"), "!"),
        (at("2024-01/2024-06"), at("2024-06"), ""),
        (span("2020", "2022"), span("2021", "2024"), "!"),
        (span("2020", "2024"), span("2024", "2025"), ""),
        (span("2020-01-01", "2024-03-01"), span("2024-03-01", "2025-01-01"), ""),
        (span("2020", "2022"), at("2021-05"), "!"),
        (span("2020", "2022"), at("2022-05"), ""),
        (span("2024", "2024"), at("2024-05"), "!"),
        (span("", "2022"), at("1990"), ""),
        (span("", "2022-05-05"), span("2020", "2023"), "!"),
        (span("2020", ""), span("2020", ""), "!"),
        (span("2020", ""), span("2021", ""), "1"),
        (span("2021", ""), span("2020", ""), "2"),
        (span("2012", ""), span("2012-01-01", ""), "2"),
        (span("2012-01-01", ""), span("2012", "2014"), "1"),
        (span("2012", ""), span("2012-01-01", "2012-06"), ""),
        (span("2020", ""), at("2022"), "1"),
        (span("2020", ""), at("2019"), ""),
        (span("2020", ""), at("2031"), ""),
        (span("2020", ""), span("2018", "2023"), "!"),
        (at("2020/.."), span("2021", "2022"), "1"),
        (at("2020"), at("2021"), ""),
        (String::new(), String::new(), "!"),
        (String::new(), at("2024-06"), "1"),
        (String::new(), at("2024-02"), ""),
        (at("2024-06"), String::new(), ""),
        (span("2024-06", ""), String::new(), "1"),
        (at("XXXX"), at("2024"), ""),
    ];
    let pairs = pairs.iter().map(|(one, other, expected)| (value(one, 1), value(other, 2), *expected));
    check(&pairs.collect::<Vec<_>>());
}

#[test]
fn only_values_that_cannot_both_be_true_contradict() {
    let pairs: &[Pair] = &[
        ("property = 'size'\nvalue = { number = 60 }", "property = 'size'\nvalue = { number = 60.0 }", ""),
        ("property = 'size'\nvalue = { number = 60 }", "property = 'size'\nvalue = { number = 61 }", "!"),
        ("property = 'size'\nvalue = { number = 60 }", "property = 'size'\nvalue = { number = 61, approximate = true }", ""),
        ("property = 'size'\nvalue = { number = 60 }", "property = 'size'\nvalue = { number = 70, approximate = true }", "!"),
        ("property = 'loose'\nvalue = { number = 60 }", "property = 'loose'\nvalue = { number = 62 }", ""),
        ("property = 'loose'\nvalue = { number = 60 }", "property = 'loose'\nvalue = { number = 64 }", "!"),
        ("property = 'size'\nvalue = { min = 10, max = 20 }", "property = 'size'\nvalue = { number = 20 }", ""),
        ("property = 'size'\nvalue = { min = 10, max = 20 }", "property = 'size'\nvalue = { min = 21 }", "!"),
        ("property = 'size'\nvalue = { max = 20 }", "property = 'size'\nvalue = { min = 5 }", ""),
        ("property = 'length'\nvalue = { number = 1 }", "property = 'length'\nvalue = { number = 2, unit = 'km' }", "!"),
        ("property = 'length'\nvalue = { number = 1 }", "property = 'length'\nvalue = { number = 2, unit = 'miles' }", ""),
        ("property = 'size'\nvalue = { number = 1, currency = 'EUR' }", "property = 'size'\nvalue = { number = 2, currency = 'USD' }", ""),
        ("property = 'size'\nvalue = { number = 1, currency = 'EUR' }", "property = 'size'\nvalue = { number = 2, currency = 'EUR' }", "!"),
        ("property = 'size'\nvalue = { text = 'red' }", "property = 'size'\nvalue = { text = ' Red' }", ""),
        ("property = 'size'\nvalue = { text = 'red' }", "property = 'size'\nvalue = { text = 'blue' }", "!"),
        ("property = 'size'\nvalue = { text = 'red' }", "property = 'size'\nvalue = { number = 1 }", ""),
        ("property = 'seat'\nobject = 'rome'", "property = 'seat'\nobject = 'rome'", ""),
        ("property = 'seat'\nobject = 'rome'", "property = 'seat'\nobject = 'bern'", "!"),
        ("property = 'seat'\nobject = 'rome'", "property = 'seat'\nvalue = { text = 'Bern' }", ""),
        ("property = 'many'\nvalue = { number = 1 }", "property = 'many'\nvalue = { number = 2 }", ""),
        ("property = 'size'\nvalue = { number = 1 }", "property = 'loose'\nvalue = { number = 2 }", ""),
    ];
    check(&pairs.iter().map(|(one, other, expected)| ((*one).to_owned(), (*other).to_owned(), *expected)).collect::<Vec<_>>());
}

#[test]
fn what_is_settled_is_no_contradiction() {
    let fact = |number: u32, more: &str| format!("property = 'size'\nvalue = {{ number = {number} }}\n{more}");
    check(&[
        (fact(1, ""), fact(2, "visibility = 'internal'"), "!"),
        (fact(1, "status = 'disputed'"), fact(2, ""), ""),
        (fact(1, ""), fact(2, "status = 'disputed'"), ""),
        (fact(1, "status = 'refuted'"), fact(2, ""), ""),
        (fact(1, "status = 'superseded'"), fact(2, "replaces = 'one#f4'"), ""),
        (fact(1, ""), fact(2, "replaces = 'one#f5'"), "1"),
        (fact(1, ""), fact(2, "replaces = 'one#f6'\nstatus = 'refuted'"), ""),
        (fact(1, ""), fact(2, "same_as = ['one#f7']"), "!"),
        (fact(1, ""), fact(2, "allow = [{ rule = 'fact::contradiction', reason = 'x' }]"), ""),
    ]);
}

#[test]
fn drafts_count_and_withdrawn_articles_do_not() {
    for (state, expected) in [("draft", 1), ("in_review", 1), ("published", 1), ("withdrawn", 0)] {
        let fact = |number| format!("subject = 's0'\nproperty = 'size'\nvalue = {{ number = {number} }}\n");
        let archive = of_facts(&[fact(1)], &[fact(2)]);
        archive.write("content/articles/two.md", &article("2025-03-01", 1).replace("date", &format!("state = '{state}'\ndate")));
        assert_eq!(found(&archive, "fact::contradiction").len(), expected, "{state}");
    }
}

#[test]
fn what_a_translation_says_again_is_no_second_contradiction() {
    let fact = |number, more: &str| format!("subject = 's0'\nproperty = 'size'\nvalue = {{ number = {number} }}\n{more}\n");
    let archive = of_facts(&[fact(1, "")], &[fact(2, "")]);
    archive.write("content/articles/uno.md", &article("2025-03-01", 1).replace("date", "translation_of = 'one'\ndate"));
    archive.write("content/articles/uno.facts.toml", &sidecar(&[fact(1, "same_as = ['one#f0']")]));
    assert_eq!(
        found(&archive, "fact::contradiction"),
        ["content/articles/two.facts.toml: the facts `f0` and `one#f0` contradict each other: 2 and 1"]
    );
    archive.write("content/articles/uno.facts.toml", &sidecar(&[fact(3, "same_as = ['one#f0']")]));
    assert_eq!(found(&archive, "fact::contradiction").len(), 1, "the translation differs, which is another finding");
    archive.write("content/articles/uno.facts.toml", &sidecar(&[fact(1, "")]));
    assert_eq!(found(&archive, "fact::contradiction").len(), 2);
}

#[test]
fn an_exception_hides_no_other_contradiction() {
    let fact = |number, more: &str| format!("subject = 's0'\nproperty = 'size'\nvalue = {{ number = {number} }}\n{more}\n");
    let excepted = "allow = [{ rule = 'fact::contradiction', reason = 'x' }]";
    let archive = of_facts(&[fact(1000, excepted), fact(60, "")], &[fact(70, "")]);
    assert_eq!(
        found(&archive, "fact::contradiction"),
        ["content/articles/two.facts.toml: the facts `f0` and `one#f1` contradict each other: 70 and 60"]
    );
    let archive = of_facts(&[fact(60, excepted), fact(60, "")], &[fact(60, "")]);
    assert_eq!(found(&archive, "rule::unused_allow").len(), 1);
}

#[test]
fn a_third_fact_hides_no_pair() {
    let fact = |keys: &str| format!("subject = 's0'\nproperty = 'size'\n{keys}\n");
    let three = |one: &str, two: &str, three: &str| {
        let archive = of_facts(&[fact(one), fact(two), fact(three)], &[]);
        let found = found(&archive, "fact::contradiction");
        let pairs =
            found.iter().map(|line| line.split_once("the facts ").unwrap().1.split_once(" contradict").unwrap().0.replace("one#", ""));
        pairs.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ")
    };
    let all = "`f1` and `f0`, `f2` and `f0`, `f2` and `f1`";
    let town = |name: &str, valid: &str| format!("value = {{ text = '{name}' }}\nvalid = {{ {valid} }}");
    let lyon = town("Lyon", "from = '2012-05', until = '2013'");
    assert_eq!(three(&town("Rome", "from = '2012'"), &town("Paris", "from = '2012'"), &lyon), all);
    let size = |number: u32, valid: &str| format!("value = {{ number = {number} }}\nvalid = {{ {valid} }}");
    assert_eq!(three(&size(10, "from = '2012'"), &size(11, "from = '2012'"), &size(9, "from = '2012-05', until = '2013'")), all);
    assert_eq!(three(&size(10, "at = '2012'"), &size(10, "at = '2012'"), &size(9, "at = '2012'")), "`f2` and `f0`", "one of each answer");
}

/// A name, what the nth fact says, and how many contradict others.
type Shape<'a> = (&'a str, &'a dyn Fn(usize) -> String, usize);

#[test]
fn many_facts_of_one_thing_take_time_in_proportion() {
    const MANY: usize = 10_000;
    // Each is reported beside three others, but for the first ones, which have fewer before them.
    const OF_ALL_OTHER: usize = 3 * MANY - 6;
    let one_value = |_: usize| "value = { number = 1 }\nvalid = { from = '2020', until = '2024' }".to_owned();
    let all_other = |nth: usize| format!("value = {{ number = {nth} }}\nvalid = {{ from = '2020', until = '2024' }}");
    let all_agree = |nth: usize| format!("value = {{ number = {} }}\nvalid = {{ at = '2024' }}", 1_000_000 + nth);
    let ever_later = |nth: usize| format!("value = {{ number = {nth} }}\nvalid = {{ from = '{:04}' }}", nth % 2000);
    let words = |nth: usize| format!("value = {{ text = 'w{nth}' }}");
    let units = |nth: usize| format!("value = {{ number = 1, unit = 'u{nth}' }}");
    let shapes: [Shape; 6] = [
        ("one value", &one_value, 0),
        ("all other values", &all_other, OF_ALL_OTHER),
        ("all within the tolerance", &all_agree, 0),
        ("five of each year, one after the other", &ever_later, 2_000 * (1 + 2 + 3 + 3)),
        ("all other words", &words, OF_ALL_OTHER),
        ("all other units", &units, 0),
    ];
    for (shape, fact, expected) in shapes {
        let facts: Vec<String> = (0..MANY).map(|nth| format!("subject = 's0'\nproperty = 'loose'\n{}\n", fact(nth))).collect();
        let archive = of_facts(&facts[..1], &[]);
        // All on one word, so that it is not their words that take the time.
        archive.write("content/articles/one.facts.toml", &sidecar(&facts).replace("exact = 'w", "exact = 'w0' } # "));
        let (found, took) = look(&archive);
        assert_eq!(found, expected, "{shape}");
        assert!(took < Duration::from_secs(5), "{shape} took {took:?}");
    }
}

/// How many contradictions there are, and how long all rules over the whole archive took.
fn look(archive: &Archive) -> (usize, Duration) {
    let request = Request {
        root: archive.root().to_owned(),
        config: None,
        output: None,
        base_url: None,
        unsafe_html: false,
        overwrite: Overwrite::OwnOnly,
        showing: Showing { drafts: false, now: "2026-01-01T00:00:00Z".parse().unwrap() },
        at: SystemTime::UNIX_EPOCH,
    };
    let loaded = Workspace::new(request, Remembers::Reading).load(&Silent).unwrap();
    let (read, config) = (loaded.archive.unwrap(), loaded.config.unwrap());
    let began = Instant::now();
    let found = check::archive(&Whole::new(&read, &config, 20_260_101));
    (found.iter().filter(|finding| finding.code == Code::Contradiction).count(), began.elapsed())
}

struct Silent;

impl Progress for Silent {
    fn begin(&self, _: Stage, _: usize) {}
    fn advance(&self) {}
}

/// Checks pairs of facts, each about a subject of its own.
fn check(pairs: &[(String, String, &str)]) {
    let side = |choose: fn(&(String, String, &str)) -> String| -> Vec<String> {
        pairs.iter().enumerate().map(|(nth, pair)| format!("subject = 's{nth}'\n{}\n", choose(pair))).collect()
    };
    let archive = of_facts(&side(|pair| pair.0.clone()), &side(|pair| pair.1.clone()));
    let about = |rule: &str, sidecar: &str| -> BTreeSet<usize> {
        let found = found(&archive, rule);
        let own = found.iter().filter_map(|line| line.strip_prefix(&format!("content/articles/{sidecar}.facts.toml: ")));
        own.map(|message| message.split_once("`f").unwrap().1.split_once('`').unwrap().0.parse().unwrap()).collect()
    };
    let contradictions = about("fact::contradiction", "two");
    let (first_old, second_old) = (about("fact::newer_value", "one"), about("fact::newer_value", "two"));
    for (nth, (one, other, expected)) in pairs.iter().enumerate() {
        let said: String = [(&contradictions, "!"), (&first_old, "1"), (&second_old, "2")]
            .iter()
            .filter_map(|(found, sign)| found.contains(&nth).then_some(*sign))
            .collect();
        assert_eq!(said, *expected, "{nth}:\n{one}\n{other}");
    }
}

/// An archive of two articles with these facts, `f0`, `f1` …
fn of_facts(one: &[String], two: &[String]) -> Archive {
    let archive = ruled(&[
        ("content/properties.toml", PROPERTIES),
        ("content/entities/rome.md", "+++\nkind = 'place'\nname = 'Rome'\n+++\n"),
        ("content/entities/bern.md", "+++\nkind = 'place'\nname = 'Bern'\n+++\n"),
    ]);
    for nth in 0..one.len().max(two.len()).min(50) {
        archive.write(&format!("content/entities/s{nth}.md"), &format!("+++\nkind = 'place'\nname = 'Subject {nth}'\n+++\n"));
    }
    for (name, date, facts) in [("one", "2024-03-01", one), ("two", "2025-03-01", two)] {
        archive.write(&format!("content/articles/{name}.md"), &article(date, facts.len()));
        archive.write(&format!("content/articles/{name}.facts.toml"), &sidecar(facts));
    }
    archive
}

fn article(date: &str, facts: usize) -> String {
    let words: Vec<String> = (0..facts).map(|nth| format!("w{nth}")).collect();
    let words = words.join(" ");
    format!("+++\ntitle = 'T'\ndate = {date}\n+++\n\n{words}\n")
}

fn sidecar(facts: &[String]) -> String {
    facts.iter().enumerate().fold(String::new(), |mut text, (nth, fact)| {
        let _ = writeln!(text, "[[facts]]\nid = 'f{nth}'\nclaim = 'C.'\nanchor = {{ exact = 'w{nth}' }}\n{fact}");
        text
    })
}

/// What a rule finds, each with its file.
fn found(archive: &Archive, rule: &str) -> Vec<String> {
    let run = archive.run(&["check", "--rule", rule, "--message-format", "json", "--now", "2026-01-01"]);
    let lines = run.stdout.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let findings = lines.filter(|line| line["code"] == rule);
    findings.map(|line| format!("{}: {}", line["file"].as_str().unwrap(), line["message"].as_str().unwrap())).collect()
}
