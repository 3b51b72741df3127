//! What the archive tells of itself: how much is checked, what was put right, where facts disagree, and which words are
//! no longer there.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{Archive, archive};

/// A fact about `exact`, with more of its keys.
fn fact(id: &str, exact: &str, more: &str) -> String {
    format!("[[facts]]\nid = '{id}'\nclaim = 'Claim {id}.'\nanchor = {{ exact = '{exact}' }}\n{more}\n")
}

fn page(archive: &Archive, address: &str) -> String {
    archive.read(&format!("public/{address}"))
}

/// The figures of an article's row: facts, checked, sourced, overdue, disputed.
fn row(page: &str, title: &str) -> Option<Vec<usize>> {
    let (_, rest) = page.split_once(&format!(">{title}</a>"))?;
    let cells = rest.split("<tr>").next()?.split("<td>").skip(1);
    Some(cells.map(|cell| cell.split(['<', '\n']).next().unwrap().trim().parse().unwrap()).collect())
}

/// A share among the totals, such as `checked`.
fn share(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("<th scope=\"row\">{name}<td>")).unwrap_or_else(|| panic!("no {name} in {page}"));
    rest.split("<td><svg").next().unwrap().replace("<td>", " ")
}

fn reviewed() -> Archive {
    let facts = [
        fact(
            "one",
            "The first sentence stands here",
            "status = 'confirmed'\nchecks = [{ by = 'c', date = 2025-01-01 }]\nreview_after = 2026-02-01",
        ),
        fact("two", "The second sentence stands here", "status = 'disputed'\nevidence = [{ url = 'https://a.example/', title = 'A' }]"),
        fact("three", "The third sentence stands here", "status = 'superseded'\nreview_after = 2025-01-01"),
        fact("four", "The fourth sentence stands here", "visibility = 'internal'\nchecks = [{ by = 'c', date = 2025-01-01 }]"),
    ];
    let text =
        "The first sentence stands here. The second sentence stands here. The third sentence stands here. The fourth sentence stands here.";
    let article = |head: &str| format!("+++\ndate = 2025-01-01\n{head}\n+++\n{text}\n");
    archive(&[
        ("content/articles/a.md", &article("title = 'Shown'")),
        ("content/articles/a.facts.toml", &facts.concat()),
        ("content/articles/b.md", &article("title = 'Draft'\nstate = 'draft'")),
        ("content/articles/b.facts.toml", &facts.concat()),
        ("content/articles/c.md", &article("title = 'Gone'\nstate = 'withdrawn'")),
        ("content/articles/c.facts.toml", &facts.concat()),
        ("content/articles/d.md", "+++\ntitle = 'Bare'\n+++\nNo facts.\n"),
    ])
}

#[test]
fn coverage_counts_what_readers_see_and_nothing_else() {
    let archive = reviewed();
    archive.build(&[]);
    let coverage = page(&archive, "coverage/index.html");
    assert_eq!(row(&coverage, "Shown"), Some(vec![3, 1, 1, 0, 1]));
    assert_eq!(row(&coverage, "Bare"), Some(vec![0, 0, 0, 0, 0]));
    assert!(!coverage.contains("Draft") && !coverage.contains("Gone"));
    assert_eq!(share(&coverage, "checked"), "1 33%");
    assert_eq!(share(&coverage, "sourced"), "1 33%");
    assert_eq!(share(&coverage, "disputed"), "1 33%");
    assert!(coverage.contains("3 facts · 2 articles</p>"));
}

#[test]
fn a_fact_is_overdue_from_the_day_after_its_review() {
    let archive = reviewed();
    for (now, overdue) in [("2026-02-01", 0), ("2026-02-02", 1)] {
        let run = archive.run(&["build", "--now", now]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let coverage = page(&archive, "coverage/index.html");
        assert_eq!(row(&coverage, "Shown").unwrap()[3], overdue, "{now}");
        assert!(share(&coverage, "overdue").starts_with(&overdue.to_string()), "{now}");
    }
}

#[test]
fn a_new_article_changes_no_full_page_of_the_coverage() {
    let archive = archive(&[]);
    let add = |number: usize| {
        let text = format!("+++\ntitle = 'Number {number}'\ndate = 2024-01-01T00:{:02}:{:02}Z\n+++\nText.\n", number / 60, number % 60);
        archive.write(&format!("content/articles/n{number}.md"), &text);
    };
    (0..80).for_each(add);
    archive.build(&[]);
    let (full, newest) = (page(&archive, "coverage/page/1/index.html"), page(&archive, "coverage/index.html"));
    assert!(row(&full, "Number 0").is_some() && row(&full, "Number 49").is_some() && row(&full, "Number 50").is_none());
    assert!(row(&newest, "Number 50").is_some() && row(&newest, "Number 79").is_some() && row(&newest, "Number 49").is_none());
    assert!(!full.contains("class=\"chart\"") && full.contains("href=\"/base/coverage/\""));
    add(80);
    archive.build(&[]);
    assert_eq!(page(&archive, "coverage/page/1/index.html"), full);
    assert!(row(&page(&archive, "coverage/index.html"), "Number 80").is_some());
}

#[test]
fn corrections_come_newest_first_with_the_facts_that_readers_see() {
    let facts =
        [fact("open", "The sentence that stands", ""), fact("kept", "sentence that stands here", "visibility = 'internal'")].concat();
    let archive = archive(&[
        (
            "content/articles/a.md",
            "+++\ntitle = 'First'\ncorrections = [{ date = 2024-03-01, text = 'Old *word*.' }, { date = 2025-03-01, text = 'New word.', facts = ['open', 'kept'] }]\n+++\nThe sentence that stands here.\n",
        ),
        ("content/articles/a.facts.toml", &facts),
        ("content/articles/b.md", "+++\ntitle = 'Taken'\ndate = 2024-06-01\nstate = 'withdrawn'\n+++\nText.\n"),
        (
            "content/articles/c.md",
            "+++\ntitle = 'Hidden'\nstate = 'draft'\ncorrections = [{ date = 2025-01-01, text = 'No.' }]\n+++\nText.\n",
        ),
    ]);
    archive.build(&[]);
    let corrections = page(&archive, "corrections/index.html");
    let order: Vec<_> = ["New word.", "Taken", "Old <em>word</em>."].iter().map(|words| corrections.find(words)).collect();
    assert!(order.is_sorted() && order[0].is_some(), "{order:?}\n{corrections}");
    assert!(corrections.contains("has withdrawn this article") && !corrections.contains("Hidden"));
    assert!(corrections.contains("/articles/a/#open\">Claim open.</a>") && !corrections.contains("Claim kept"));
    assert!(corrections.contains("href=\"/base/corrections/feed.xml\" title=\"Corrections\""));
    assert!(page(&archive, "articles/a/index.html").contains("<li id=\"_correction-2\">"));
    let feed = page(&archive, "corrections/feed.xml");
    assert_eq!(feed.matches("<entry").count(), 3);
    assert!(feed.contains("<title>Corrections · Test archive</title>") && feed.contains("<updated>2025-03-01T00:00:00Z</updated>"));
    assert!(feed.contains("<id>https://archive.example/base/articles/a/#_correction-2</id>"));
    assert!(feed.contains("<summary>Old word.</summary>"));
    assert!(page(&archive, "sitemap.xml").contains("/corrections/</loc>"));
}

#[test]
fn an_empty_list_of_corrections_says_so_and_lives_where_it_is_told_to() {
    let archive = archive(&[("content/articles/a.md", "+++\ntitle = 'First'\n+++\nText.\n")]);
    archive.write("postilla.toml", &format!("{}[paths]\ncorrections = 'errata'\ncoverage = 'state'\n", common::CONFIG));
    archive.build(&[]);
    assert!(page(&archive, "errata/index.html").contains("Nothing has been corrected yet."));
    let foot = page(&archive, "index.html");
    assert!(foot.contains("<a href=\"/base/state/\">Coverage</a><a href=\"/base/errata/\">Corrections</a>"));
    assert!(page(&archive, "errata/feed.xml").contains("</feed>"));
}

/// Facts on the depth of a lake, each with a value and more of its keys.
fn depths(facts: &[(&str, u32, &str)]) -> Archive {
    let quote = |id: &str| format!("the sentence on fact {id}");
    let text: Vec<String> = facts.iter().map(|(id, ..)| format!("Here is {}.", quote(id))).collect();
    let sidecar = facts.iter().map(|(id, number, more)| {
        fact(id, &quote(id), &format!("subject = 'lake'\nproperty = 'depth'\nvalue = {{ number = {number} }}\n{more}"))
    });
    let archive = archive(&[
        ("content/articles/a.md", &format!("+++\ntitle = 'The lake'\n+++\n{}\n", text.join("\n"))),
        ("content/articles/a.facts.toml", &sidecar.collect::<String>()),
        ("content/entities/lake.md", "+++\nkind = 'place'\nname = 'Lake'\n+++\n"),
        ("content/properties.toml", "[depth]\nunit = 'm'\nfunctional = true\ntolerance = 0.05\n"),
        ("content/sources.yml", "book:\n  type: book\n  title: The Book\n"),
    ]);
    archive.build(&[]);
    archive
}

/// The ids of the facts that stand side by side on a page.
fn sides(page: &str) -> Vec<Vec<&str>> {
    let lists = page.split("<ul class=\"sides\">").skip(1).map(|rest| rest.split("</ul>").next().unwrap());
    lists.map(|list| list.split("Claim ").skip(1).map(|rest| rest.split('.').next().unwrap()).collect()).collect()
}

#[test]
fn facts_that_disagree_stand_side_by_side() {
    let archive = depths(&[
        ("a", 60, "valid = { at = '2024' }\nstatus = 'confirmed'\nevidence = [{ source = 'book' }]"),
        ("b", 80, "valid = { at = '2024-05' }\nstatus = 'disputed'"),
        ("near", 61, "valid = { at = '2024' }\nstatus = 'confirmed'"),
        ("old", 20, "valid = { at = '2010' }\nstatus = 'confirmed'"),
        ("wrong", 99, "valid = { at = '2010' }\nstatus = 'refuted'"),
        ("later", 70, "valid = { at = '2025' }\nstatus = 'confirmed'"),
        ("hidden", 5, "valid = { at = '2025' }\nstatus = 'disputed'\nvisibility = 'internal'"),
        ("gone", 6, "valid = { at = '2025' }\nstatus = 'superseded'"),
    ]);
    let expected = vec![vec!["a", "near", "b"], vec!["old", "wrong"]];
    let (property, entity) = (page(&archive, "properties/depth/index.html"), page(&archive, "entities/lake/index.html"));
    assert_eq!(sides(&property), expected);
    assert_eq!(sides(&entity), expected);
    assert!(property.contains("<h3><a href=\"/base/entities/lake/\">Lake</a></h3>"));
    assert!(entity.contains("<h3><a href=\"/base/properties/depth/\">depth</a></h3>"));
    assert!(property.contains("<cite>The lake</cite> · <a href=\"/base/sources/book/\">The Book</a>"));
}

#[test]
fn what_was_replaced_disagrees_no_more() {
    let replacing = "valid = { at = '2024' }\nstatus = 'disputed'\nreplaces = 'a'";
    let archive = depths(&[("a", 60, "valid = { at = '2024' }\nstatus = 'confirmed'"), ("b", 80, replacing)]);
    assert!(sides(&page(&archive, "properties/depth/index.html")).is_empty());
    let hidden = format!("{replacing}\nvisibility = 'internal'");
    let archive =
        depths(&[("a", 60, "valid = { at = '2024' }"), ("b", 80, &hidden), ("c", 90, "valid = { at = '2024' }\nstatus = 'disputed'")]);
    assert_eq!(sides(&page(&archive, "properties/depth/index.html")), [["a", "c"]]);
}

#[test]
fn a_note_says_that_its_words_are_gone_or_were_reworded() {
    let gone = "nobody has ever written any of these words here";
    let reworded = "the council decided on Monday to build a new bridge over the river";
    let archive = archive(&[
        (
            "content/articles/a.md",
            "+++\ntitle = 'A'\n+++\nIt is said that the council decided on Monday to build one new bridge across the river. The end of it stands.\n",
        ),
        (
            "content/articles/a.facts.toml",
            &[fact("lost", gone, ""), fact("moved", reworded, ""), fact("kept", "The end of it stands", "")].concat(),
        ),
    ]);
    archive.write("postilla.toml", &format!("{}[rules]\n\"anchor::orphan\" = \"warn\"\n", common::CONFIG));
    archive.build(&[]);
    let article = page(&archive, "articles/a/index.html");
    let note = |id: &str| article.split(&format!("id=\"{id}\" role=\"note\">")).nth(1).unwrap().split("</aside>").next().unwrap();
    assert!(note("lost").contains("<em>These words are no longer in the article.</em>") && note("lost").contains(gone));
    assert!(note("moved").contains("<dt>wording<dd>reworded since it was quoted"), "{article}");
    assert!(!note("kept").contains("wording") && !note("kept").contains("<em>"));
    assert!(article.contains("Facts whose words are gone"));
}
