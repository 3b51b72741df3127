//! What `check` writes in each of its formats, what it counts, and how it ends.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::collections::BTreeSet;
use std::fs;

use common::{Archive, Run, archive, repository};
use percent_encoding::percent_decode_str;
use postilla::base::Code;
use postilla::report;
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

const HEAD: &str = "+++\ntitle = 'x'\n+++\n\n";

/// A byte order mark, line breaks of two characters, a tab, a letter of two bytes, a letter with its accent beside it
/// and a face of two UTF-16 units, all before what is meant, which is a link to nobody.
const ODD: &str = "\u{feff}+++\r\ntitle = 'x'\r\n+++\r\n\r\nfirst\r\n\tè e\u{301} 😀 [[nobody]] end\r\n";

#[test]
fn a_place_is_the_same_in_every_format() {
    let archive = archive(&[("content/articles/odd.md", ODD)]);
    let run = |format: &str| archive.run(&["check", "--message-format", format]);
    // A tab, `è`, a space, `e` and its accent, a space, a face, a space: 8 characters.
    assert!(run("human").stderr.contains("content/articles/odd.md:6:9\n"), "{}", run("human").stderr);

    let line: Value = serde_json::from_str(run("json").stdout.lines().next().unwrap()).unwrap();
    assert_eq!((&line["line"], &line["column"], &line["end_column"]), (&json!(6), &json!(9), &json!(19)));

    let start = ODD.find("[[nobody]]").unwrap();
    assert_eq!(
        document(&run("sarif"))["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"],
        json!({ "startLine": 6, "startColumn": 9, "endLine": 6, "endColumn": 19, "byteOffset": start, "byteLength": 10 })
    );

    assert!(
        run("github").stdout.contains(" file=content/articles/odd.md,line=6,endLine=6,col=9,endColumn=19,"),
        "{}",
        run("github").stdout
    );
}

#[test]
fn every_region_of_a_document_holds_the_bytes_that_it_counts() {
    let archive = hostile();
    let run = archive.run(&["check", "--message-format", "sarif"]);
    assert_eq!(run.stderr, "");
    let document = document(&run);
    let whole = &document["runs"][0];
    assert_eq!((&whole["columnKind"], &document["version"]), (&json!("unicodeCodePoints"), &json!("2.1.0")));
    let mut regions = 0;
    let mut shown = BTreeSet::new();
    for result in whole["results"].as_array().unwrap() {
        let rule = &whole["tool"]["driver"]["rules"][usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        let related = result.get("relatedLocations").and_then(Value::as_array).into_iter().flatten();
        for location in result["locations"].as_array().unwrap().iter().chain(related) {
            let place = &location["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().unwrap();
            assert!(uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._~%".contains(&byte)), "{uri}");
            let path = percent_decode_str(uri).decode_utf8().unwrap();
            let text = archive.read(&path);
            shown.insert(path.into_owned());
            regions += usize::from(check_region(&text, &place["region"]));
        }
    }
    assert!(regions > 8, "{regions} regions: {document:#}");
    for ending in [".toml", ".yaml", ".json", ".md", ".bib"] {
        assert!(shown.iter().any(|path| path.ends_with(ending)), "nothing in a file {ending}: {shown:?}");
    }
    assert!(shown.contains("content/articles/a b/50% #1, città: è.md"), "{shown:?}");
}

/// Finds the region twice, by its lines and by its bytes. Whether there is one.
fn check_region(text: &str, region: &Value) -> bool {
    let Some(number) = region.is_object().then_some(|key: &str| usize::try_from(region[key].as_u64().unwrap()).unwrap()) else {
        return false;
    };
    let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let at = |line: usize, column: usize| {
        let start: usize = text[mark..].split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>() + mark;
        start + text[start..].chars().take(column - 1).map(char::len_utf8).sum::<usize>()
    };
    let bytes = number("byteOffset")..number("byteOffset") + number("byteLength");
    assert_eq!(at(number("startLine"), number("startColumn"))..at(number("endLine"), number("endColumn")), bytes, "{region} of {text:?}");
    true
}

#[test]
fn a_document_is_written_also_when_there_is_nothing_to_say() {
    let archive = archive(&[("content/articles/a.md", HEAD)]);
    for args in [["check", "--message-format", "sarif"], ["build", "--message-format", "sarif"]] {
        let run = archive.run(&args);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""));
        let document = document(&run);
        assert_eq!(document["runs"].as_array().unwrap().len(), 1);
        assert_eq!(document["runs"][0]["results"], json!([]));
        assert_eq!(
            document["runs"][0]["invocations"],
            json!([{ "executionSuccessful": true, "exitCode": 0, "toolExecutionNotifications": [] }])
        );
        assert_eq!(document["runs"][0]["tool"]["driver"]["semanticVersion"], env!("CARGO_PKG_VERSION"));
    }
}

#[test]
fn a_document_tells_a_run_that_could_not_be_from_one_that_found_errors() {
    let archive = archive(&[("content/articles/a.md", "+++\ntitle = 'x'\n+++\n\n[[nobody]]\n")]);
    let said = |args: &[&str]| document(&archive.run(&[&["check", "--message-format", "sarif"], args].concat()))["runs"][0].clone();
    assert_eq!(said(&[])["invocations"][0]["executionSuccessful"], true);
    assert_eq!(said(&[])["invocations"][0]["exitCode"], 1);
    let refused = said(&["--root", "{nowhere}"]);
    assert_eq!(refused["invocations"][0]["executionSuccessful"], false);
    assert_eq!(refused["invocations"][0]["exitCode"], 2);
    let why = refused["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap();
    assert!(why.contains("there is no configuration") && why.contains("{{nowhere}}"), "{why}");
}

#[test]
fn a_finding_keeps_its_fingerprint_while_lines_move() {
    let facts = |between: &str| {
        format!(
            "[[facts]]\nid = 'a'\nclaim = 'x'\nanchor = {{ exact = 'x' }}\nstatsu = 1\n{between}[[facts]]\nid = 'b'\nclaim = 'y'\nanchor = {{ exact = 'x' }}\nstatsu = 1\n"
        )
    };
    let archive = archive(&[("content/articles/a.md", &format!("{HEAD}x\n")), ("content/articles/a.facts.toml", &facts(""))]);
    let prints = || -> Vec<String> {
        let document = document(&archive.run(&["check", "--message-format", "sarif", "--rule", "schema::unknown_key"]));
        let results = document["runs"][0]["results"].as_array().unwrap().clone();
        results.iter().map(|result| result["partialFingerprints"]["postilla/v1"].as_str().unwrap().to_owned()).collect()
    };
    let before = prints();
    assert_eq!(before.len(), 2);
    assert_ne!(before[0], before[1], "two findings that are alike in all but their line");
    archive.write("content/articles/a.facts.toml", &facts("\n# a comment\n\n"));
    assert_eq!(prints(), before);
    archive.write("content/articles/a.facts.toml", &facts("").replacen("statsu", "sttus", 1));
    assert_ne!(prints(), before);
}

#[test]
fn words_of_a_document_are_no_links_and_no_placeholders() {
    let head = "+++\ntitle = 'x'\nlang = '{0} [x](https://evil.example) \u{202e}'\n+++\n";
    let archive = archive(&[("content/articles/a.md", head)]);
    let document = document(&archive.run(&["check", "--message-format", "sarif"]));
    let text = document["runs"][0]["results"][0]["message"]["text"].as_str().unwrap();
    assert!(text.starts_with("`{{0}} [x] (https://evil.example) \u{fffd}` is not"), "{text}");
}

#[test]
fn commands_for_workflows_are_one_line_each_and_escaped() {
    let archive = hostile();
    let run = archive.run(&["check", "--message-format", "github"]);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    for line in run.stdout.lines() {
        let (command, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
        let (severity, properties) = command.split_once(' ').unwrap();
        assert!(matches!(severity, "error" | "warning"), "{line}");
        assert!(!message.is_empty() && !line.contains(char::is_control), "{line:?}");
        let names: Vec<&str> = properties.split(',').map(|property| property.split_once('=').unwrap().0).collect();
        assert!(names.first() == Some(&"file") && names.last() == Some(&"title"), "{line}");
    }
    let name = "file=content/articles/a b/50%25 #1%2C città%3A è.md,line=6,endLine=6,col=1,endColumn=11,title=link%3A%3Abroken::\
                content/articles/a b/50%25 #1, città: è.md:6:1: nothing is called `nobody`";
    assert!(run.stdout.contains(name), "{}", run.stdout);
    let refused = archive.run(&["check", "--root", "no%where", "--message-format", "github"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.stdout.starts_with("::error::there is no configuration at `") && refused.stdout.contains("no%25where"),
        "{}",
        refused.stdout
    );
}

#[test]
fn what_spans_lines_has_no_columns_for_workflows() {
    let archive = archive(&[("content/articles/a.md", &format!("{HEAD}[one\ntwo](nowhere.md)\n"))]);
    let run = archive.run(&["check", "--message-format", "github"]);
    assert!(run.stdout.contains("a.md,line=5,endLine=6,title=link%3A%3Abroken::"), "{}", run.stdout);
}

#[test]
fn denied_warnings_fail_a_check_and_keep_a_build_from_being_published() {
    let archive = archive(&[("content/articles/a.md", &format!("{HEAD}one\n"))]);
    archive.build(&["--deny", "warnings"]);
    let before = archive.site();
    archive.write("content/articles/a.md", &format!("{HEAD}two [x](javascript:x)\n"));
    for verb in ["check", "build"] {
        for more in [[].as_slice(), &["--quiet"]] {
            let run = archive.run(&[&[verb, "--deny", "warnings"], more].concat());
            assert_eq!(run.code, 1, "{}", run.stderr);
            assert!(run.stderr.contains("warning[link::unsafe]"), "what fails a run is said: {}", run.stderr);
        }
        assert!(archive.run(&[verb, "--deny", "warnings"]).stderr.contains("no errors, but warnings are denied\n"));
    }
    assert!(archive.site() == before, "the output is as it was");
    assert_eq!(archive.run(&["check"]).code, 0);
    archive.build(&[]);
    assert!(archive.site() != before);
    assert_eq!(archive.run(&["check", "--deny", "errors"]).code, 2);
}

#[test]
fn a_build_that_is_denied_still_names_what_only_templates_tell() {
    let archive = archive(&[("content/articles/a.md", &format!("{HEAD}[x](javascript:x)\n"))]);
    archive.write("templates/article.html", "{{ article.nothing.here }}\n");
    let run = archive.run(&["build", "--deny", "warnings"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("error[template::error]") && run.stderr.contains("warning[link::unsafe]"), "{}", run.stderr);
    assert!(!archive.path("public").exists());
}

#[test]
fn a_rule_alone_is_shown_and_counted_in_every_format() {
    let archive = two_rules();
    let run = |more: &[&str]| archive.run(&[&["check"], more].concat());
    for rule in ["link::unsafe", "link", "link::"] {
        let human = run(&["--rule", rule]);
        assert_eq!(human.code, 0, "{}", human.stderr);
        assert!(human.stderr.contains("warning[link::unsafe]") && !human.stderr.contains("schema::unknown_key"), "{}", human.stderr);
        assert!(human.stderr.contains("\n2 warnings\n1 finding of other rules not shown\n"), "{}", human.stderr);
        assert!(human.stderr.ends_with("checked 1 article: no errors by the chosen rules\n"), "{}", human.stderr);
        for format in ["json", "sarif", "github"] {
            let run = run(&["--rule", rule, "--message-format", format]);
            assert!(run.code == 0 && run.stdout.contains("unsafe") && !run.stdout.contains("unknown_key"), "{}", run.stdout);
        }
    }
    assert_eq!(run(&["--rule", "link", "--deny", "warnings"]).code, 1);
    let both = run(&["--rule", "link", "--rule", "schema"]);
    assert!(both.code == 1 && both.stderr.contains("1 error, 2 warnings"), "{}", both.stderr);
    assert_eq!(run(&["--rule", "anchor", "--deny", "warnings"]).code, 0);
}

#[test]
fn a_rule_that_nobody_knows_is_refused_with_the_nearest() {
    let archive = two_rules();
    for (id, nearest) in [("link::unsave", "did you mean `link::unsafe`?"), ("", "`postilla list rules`"), ("lin", "`postilla list rules`")]
    {
        let run = archive.run(&["check", "--rule", id]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains(nearest) && run.stderr.contains("`postilla list rules` lists them"), "{}", run.stderr);
    }
}

#[test]
fn a_configuration_that_cannot_be_used_is_said_whatever_rule_was_chosen() {
    let archive = two_rules();
    archive.write("postilla.toml", "title = 3\n");
    let run = archive.run(&["check", "--rule", "anchor"]);
    assert!(run.code == 2 && run.stderr.contains("error[schema::wrong_type]"), "{}", run.stderr);
}

#[test]
fn a_check_ends_with_a_table_by_rule() {
    let run = two_rules().run(&["check"]);
    let (_, end) = run.stderr.rsplit_once("\n\n").unwrap();
    assert_data_eq!(
        end,
        str![[r"
1  schema::unknown_key  error
2  link::unsafe         warning
1 error, 2 warnings

"]]
    );
    let json = two_rules().run(&["check", "--message-format", "json"]);
    let last: Value = serde_json::from_str(json.stdout.lines().last().unwrap()).unwrap();
    let rule = |code: &str, severity: &str, count: usize| json!({ "code": code, "severity": severity, "count": count });
    assert_eq!(
        last,
        json!({
            "event": "checked",
            "articles": 1,
            "errors": 1,
            "warnings": 2,
            "rules": [rule("schema::unknown_key", "error", 1), rule("link::unsafe", "warning", 2)],
        })
    );
}

#[test]
fn documents_and_commands_are_for_runs_that_end() {
    let archive = two_rules();
    for format in ["sarif", "github"] {
        for command in [["watch"].as_slice(), &["build", "--watch"], &["serve"], &["list", "articles"], &["explain", "a"], &["man"]] {
            let run = archive.run(&[command, &["--message-format", format]].concat());
            assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{command:?}");
            assert!(run.stderr.contains("are for `check` and for `build` without `--watch`"), "{}", run.stderr);
        }
    }
}

#[test]
fn every_code_has_a_text_and_every_text_a_code() {
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| code.as_str().to_owned()).collect();
    let on_disk = fs::read_dir(repository().join("docs/rules")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(on_disk.map(|name| name.strip_suffix(".md").unwrap().replace("__", "::")).collect::<BTreeSet<_>>(), codes);
    assert_eq!(
        report::explanations().collect::<BTreeSet<_>>(),
        codes,
        "what is embedded; a new text alone does not make cargo build again"
    );
    for code in Code::ALL {
        let text = report::explanation(*code).unwrap();
        assert!(text.starts_with(&format!("# {}: ", code.as_str())), "{text}");
        for part in ["\n## Example\n", "\n## What to do\n", "\n## Its level\n"] {
            assert!(text.contains(part), "{part:?} is not in the text of {}", code.as_str());
        }
    }
}

#[test]
fn a_rule_is_explained_without_an_archive() {
    let nowhere = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| common::run_in(nowhere.path(), env!("CARGO_BIN_EXE_postilla").as_ref(), args);
    let people = run(&["explain", "anchor::orphan"]);
    assert!(people.code == 0 && people.stdout.starts_with("# anchor::orphan: "), "{}{}", people.stdout, people.stderr);
    let programs: Value = serde_json::from_str(&run(&["explain", "anchor::orphan", "--json"]).stdout).unwrap();
    let expected = json!({ "code": "anchor::orphan", "about": "A quote that its article does not contain.", "text": people.stdout });
    assert_eq!(programs, expected);
    let unknown = run(&["explain", "anchor::orphn"]);
    assert!(unknown.code == 2 && unknown.stderr.contains("did you mean `anchor::orphan`?"), "{}", unknown.stderr);

    let listed = run(&["list", "rules"]).stdout;
    assert_eq!(listed.lines().count(), Code::ALL.len());
    assert!(listed.contains("anchor::orphan\tA quote that its article does not contain.\n"), "{listed}");
    assert_eq!(run(&["list", "rules", "--json"]).stdout.lines().count(), Code::ALL.len());
}

/// One error and two warnings.
fn two_rules() -> Archive {
    archive(&[("content/articles/a.md", "+++\ntitle = 'x'\nnonsense = 1\n+++\n\n[x](javascript:x) [y](javascript:y)\n")])
}

/// Something wrong in every kind of place, in files of every notation and with names that want escaping.
fn hostile() -> Archive {
    let name = "content/articles/a b/50% #1, città: è";
    archive(&[
        (&format!("{name}.md"), "\u{feff}+++\r\ntitle = 'x'\r\nnonsens = '😀'\r\n+++\r\n\r\n[[nobody]] it is so, it is so\r\n"),
        (&format!("{name}.facts.toml"), "[[facts]]\nid = '😀'\nclaim = 'è'\nanchor = { exact = 'it is so' }\nabout = ['è😀']\n"),
        ("content/articles/y.md", HEAD),
        (
            "content/articles/y.facts.yaml",
            "facts:\r\n  - id: a\r\n    claim: {it: è😀, english: [3]}\r\n    anchor: {exact: \"\\e\\n😀\"}\r\n",
        ),
        ("content/articles/z.md", "---\ntitle: x\ntags: [è😀, {b: 1}]\n---\n\n\tè😀 [x](nowhere.md) [[`]]\n"),
        (
            "content/articles/z.facts.json",
            "{\"facts\": [{\"id\": \"a\", \"claim\": \"😀è\", \"anchor\": {\"exact\": \"\\u001b\"}, \"statsu\": 1}, {\"id\": \"a\"}]}\n",
        ),
        ("content/articles/lonely.facts.toml", ""),
        ("content/sources.bib", "@misc{a-è😀,\n  title = {x}\n  year = {1}\n}\n"),
        ("content/properties.toml", "[a]\nlabel = 3\n"),
    ])
}

fn document(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", run.stdout, run.stderr))
}
