//! What a build says of its own time and memory, and on how many threads it works.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{Archive, archive};
use serde_json::Value;

fn small() -> Archive {
    archive(&[
        ("content/articles/river.md", "+++\ntitle = 'The river'\n+++\nThe river rose by noon.\n"),
        ("content/articles/river.facts.toml", "[[facts]]\nid = 'noon'\nclaim = 'By noon'\nanchor = { exact = 'by noon' }\n"),
    ])
}

const STAGES: [&str; 7] = ["scanning", "reading", "joining", "planning", "rendering", "indexing", "publishing"];

fn json(archive: &Archive, args: &[&str]) -> Value {
    let run = archive.run(args);
    assert_eq!(run.code, 0, "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

#[test]
fn the_stages_stand_in_a_table() {
    let run = small().run(&["build", "--timings"]);
    assert!(run.code == 0 && run.stdout.is_empty(), "{}", run.stdout);
    let table: Vec<&str> = run.stderr.lines().skip_while(|line| !line.trim_start().starts_with("stage ")).collect();
    let names: Vec<&str> = table.iter().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(names, [&["stage"], &STAGES[..], &["whole"]].concat());
    assert!(table[1..].iter().all(|line| line.contains(" s ")), "{table:?}");
}

#[test]
fn for_programs_they_are_an_object() {
    let told = json(&small(), &["build", "--timings=json", "--jobs", "1"]);
    assert_eq!((&told["event"], &told["jobs"]), (&"timings".into(), &1.into()));
    let stages = told["stages"].as_array().unwrap();
    let names: Vec<&str> = stages.iter().map(|stage| stage["stage"].as_str().unwrap()).collect();
    assert_eq!(names, STAGES);
    let number = |value: &Value| value.as_f64().unwrap();
    let sum: f64 = stages.iter().map(|stage| number(&stage["wall"])).sum();
    assert!(sum > 0.0 && sum <= number(&told["wall"]), "{told}");
    assert!(stages.is_sorted_by_key(|stage| number(&stage["begun"])), "{told}");
    assert!(!cfg!(unix) || stages.iter().all(|stage| number(&stage["peak_memory"]) > 1e6 && number(&stage["cpu"]) >= 0.0), "{told}");
}

#[test]
fn a_trace_has_an_event_for_each_stage() {
    let trace = json(&small(), &["build", "--timings=trace"]);
    let events = trace["traceEvents"].as_array().unwrap();
    let whole: Vec<&str> = events.iter().filter(|event| event["ph"] == "X").map(|event| event["name"].as_str().unwrap()).collect();
    assert_eq!(whole, STAGES);
    assert!(events.iter().filter(|event| event["ph"] != "M").all(|event| event["ts"].is_u64()), "{trace}");
}

#[test]
fn on_one_thread_and_on_many_the_site_is_the_same() {
    let archive = common::copy_of(&common::repository());
    let built = |jobs: &str| {
        archive.build(&["--jobs", jobs, "--output-dir", jobs]);
        common::files(&archive.path(jobs))
    };
    assert!(built("1") == built("5"));
    let refused = archive.run(&["build", "--jobs", "0"]);
    assert!(refused.code == 2 && refused.stderr.contains("--jobs"), "{}", refused.stderr);
}
