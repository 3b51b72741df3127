//! Tables of facts.

use super::common::{Archive, archive};
use super::{check_refused, content, import_well};

const ARTICLE: &str = "+++\ntitle = \"The river\"\nurl = \"https://gazette.example/river\"\n+++\nThe *river* rose by 3.5 metres. -2 degrees were measured, and the river rose by noon.\n";

fn river(more: &[(&str, &str)]) -> Archive {
    let mut files = vec![
        ("content/articles/river.md", ARTICLE),
        ("content/entities/works.md", "+++\nkind = \"company\"\nname = \"Test Works\"\n+++\n"),
        ("content/properties.toml", "[level]\nunit = \"m\"\n"),
    ];
    files.extend(more);
    archive(&files)
}

const FULL: &str = r#"fact,claim,exact,prefix,kind,status,about,subject,property,number,unit,approximate,stated,valid_at,attribution,evidence,checks,review_after,colour
river#rise,"It rose, said the ""works""",rose by 3.5 metres,The river,quantity,single_source,"[""works""]",works,level,3.5,m,true,3.5 metres,2025-03,"[{""agent"":""works"",""mode"":""said"",""naming"":""named"",""count"":2},{""words"":""people there"",""mode"":""wrote"",""naming"":""described""}]","[{""url"":""https://works.example/a"",""title"":""A"",""accessed"":""2025-03-02"",""stance"":""supports"",""value"":{""number"":3.5}}]","[{""by"":""anna"",""date"":""2025-03-03"",""result"":""single_source""}]",2026-03-01,blue
"#;

const WRITTEN: &str = r#"[[facts]]
id = "rise"
kind = "quantity"
claim = "It rose, said the \"works\""
anchor = { exact = "rose by 3.5 metres", prefix = "The river" }
subject = "works"
property = "level"
value = { number = 3.5, unit = "m", approximate = true, stated = "3.5 metres" }
valid = { at = "2025-03" }
attribution = [{ agent = "works", mode = "said", naming = "named", count = 2 }, { agent = "people there", mode = "wrote", naming = "described" }]
evidence = [{ url = "https://works.example/a", title = "A", accessed = 2025-03-02, stance = "supports", value = { number = 3.5 } }]
status = "single_source"
checks = [{ by = "anna", date = 2025-03-03, result = "single_source" }]
review_after = 2026-03-01
"#;

#[test]
fn a_line_becomes_a_fact() {
    let archive = river(&[]);
    let run = import_well(&archive, "csv", "facts.csv", FULL);
    assert_eq!(archive.read("content/articles/river.facts.toml"), WRITTEN);
    assert!(run.stderr.contains("columns without a counterpart here are left out: `colour`"), "{}", run.stderr);
    let before = content(&archive);
    let again = import_well(&archive, "csv", "facts.csv", FULL);
    assert!(again.stderr.contains("in the archive already"), "{}", again.stderr);
    assert_eq!(content(&archive), before);
}

#[test]
fn facts_are_added_behind_those_that_are_there_with_the_files_own_line_ends() {
    let there = "# ours\r\n[[facts]]\r\nid = \"noon\"\r\nclaim = \"By noon\"\r\nanchor = { exact = \"by noon\" }";
    let archive = river(&[("content/articles/river.facts.toml", there)]);
    archive.write("incoming/facts.csv", FULL);
    let dry = archive.run(&["import", "csv", "incoming", "--dry-run"]);
    assert!(dry.stdout.starts_with("==> content/articles/river.facts.toml (added at its end)\n"), "{}", dry.stdout);
    assert_eq!(archive.read("content/articles/river.facts.toml"), there);
    import_well(&archive, "csv", "facts.csv", FULL);
    assert_eq!(archive.read("content/articles/river.facts.toml"), format!("{there}\r\n\r\n{}", WRITTEN.replace('\n', "\r\n")));
}

#[test]
fn a_sidecar_that_is_no_toml_is_left_as_it_is_and_one_that_cannot_grow_is_an_error() {
    let yaml = "facts:\n- id: noon\n  claim: By noon\n  anchor: { exact: by noon }\n";
    let archive = river(&[("content/articles/river.facts.yaml", yaml)]);
    let before = content(&archive);
    let run = import_well(&archive, "csv", "facts.csv", FULL);
    assert!(run.stderr.contains("`content/articles/river.facts.yaml` is no TOML: no facts are added to it"), "{}", run.stderr);
    assert_eq!(content(&archive), before);

    let listed = "facts = [{ id = \"noon\", claim = \"By noon\", anchor = { exact = \"by noon\" } }]\n";
    let archive = river(&[("content/articles/river.facts.toml", listed)]);
    check_refused(&archive, "csv", "facts.csv", FULL, "nothing can be added at the end of");
}

#[test]
fn words_lose_the_apostrophe_against_formulas_and_quotes_are_found_by_their_place() {
    let archive = river(&[]);
    let table = "\u{feff}article;claim;exact;start;end\nhttps://www.gazette.example/river/;'=1+1;'-2 degrees;;\nriver;'tis noon;river rose;64;74\nriver;'tis the first;river rose;4;14\n";
    import_well(&archive, "csv", "facts.csv", table);
    let written = archive.read("content/articles/river.facts.toml");
    assert!(written.contains("claim = \"=1+1\"\nanchor = { exact = \"-2 degrees\" }"), "{written}");
    assert!(written.contains("id = \"tis-noon\"\nclaim = \"'tis noon\"\nanchor = { exact = \"river rose\", prefix = \""), "{written}");
    assert!(written.contains("id = \"tis-the-first\""), "{written}");
}

#[test]
fn what_is_not_in_the_archive_is_named_and_left_out() {
    let archive = river(&[]);
    let table = "article,claim,exact,about,subject,property,number,evidence\n\
        lake,A,lake,,,,,\n\
        river,B,no such words stand in this text,,,,,\n\
        river,C,river rose,,,,,\n\
        river,D,rose by noon,works; nobody,nobody,level,3,\"[{\"\"source\"\":\"\"no-key\"\"}]\"\n";
    let run = import_well(&archive, "csv", "facts.csv", table);
    for said in [
        "the archive has no article of this fact",
        "the quote does not stand in `content/articles/river.md`",
        "the quote stands more than once in",
        "the archive has no entity `nobody`",
        "the archive has no source `no-key`",
    ] {
        assert!(run.stderr.contains(said), "{said}: {}", run.stderr);
    }
    let expected =
        "[[facts]]\nid = \"d\"\nclaim = \"D\"\nanchor = { exact = \"rose by noon\" }\nabout = [\"works\"]\nvalue = { number = 3 }\n";
    assert_eq!(archive.read("content/articles/river.facts.toml"), expected);
}

#[test]
fn a_broken_table_is_refused() {
    let archive = river(&[]);
    for (table, said) in [
        (&FULL[..FULL.len() - 6], "the line has 18 cells, and the first one has 19"),
        (&FULL[..FULL.len() - 60], "a quotation mark is never closed"),
        ("", "names no column `claim`"),
        ("article,claim\nriver,A\n", "names no column `exact`"),
        ("article,claim,exact,status\nriver,A,by noon,perhaps\n", "the fact `a` could not be made of it"),
        ("article,claim,exact,number\nriver,A,by noon,many\n", "`many` in `number` is not a number"),
        ("article,claim,exact,checks\nriver,A,by noon,[{]\n", "the cell `checks` is not JSON"),
        ("article,claim,exact,checks\nriver,A,by noon,\"[{\"\"who\"\":1}]\"\n", "the cell `checks` holds `who`"),
        ("article,claim,exact\nriver,,by noon\n", "there is no `claim`"),
    ] {
        check_refused(&archive, "csv", "facts.csv", table, said);
    }
    let deep = format!("article,claim,exact,about\nriver,A,by noon,{}{}\n", "[".repeat(10_000), "]".repeat(10_000));
    check_refused(&archive, "csv", "facts.csv", &deep, "the cell `about` is not JSON");
    let script = "article,claim,exact\nriver,<script>alert(1)</script>,by noon\n";
    import_well(&archive, "csv", "facts.csv", script);
    assert!(archive.read("content/articles/river.facts.toml").contains("claim = \"<script>alert(1)</script>\""));
}
