//! What scripts of random steps come to seldom.

use std::fs;

use postilla::base::Code;
use postilla::project::{Remembers, Request, Workspace};

use crate::compare::{Silent, Trial, request};
use crate::world::World;

#[test]
fn a_page_may_become_the_copy_of_another_file_as_long_as_the_one_before() {
    let mut world = World::of(
        0,
        [
            ("postilla.toml", "title = 'Test'\nbase_url = 'https://archive.example/'\n"),
            ("content/articles/2024/a.md", "+++\ntitle = 'A'\n+++\n\nNo picture.\n"),
            ("content/articles/2024/a.svg", "<svg><!-- one --></svg>\n"),
            ("static/articles/2024/a.svg", "<svg><!-- two --></svg>\n"),
        ],
    );
    let mut trial = Trial::new(&world);
    check(&mut trial, &mut world);
    world.files.remove("static/articles/2024/a.svg");
    world.put("content/articles/2024/a.md", "+++\ntitle = 'A'\n+++\n\n![A picture](a.svg)\n");
    check(&mut trial, &mut world);
}

#[test]
fn a_picture_of_another_size_makes_its_page_again() {
    let picture = |width: u8| [b"GIF89a".as_slice(), &[width, 0, 16, 0]].concat();
    let mut world = World::of(
        0,
        [
            ("postilla.toml", "title = 'Test'\nbase_url = 'https://archive.example/'\n".as_bytes()),
            ("content/articles/2024/a.md", b"+++\ntitle = 'A'\n+++\n\n![A picture](a.gif)\n"),
            ("content/articles/2024/b.md", b"+++\ntitle = 'B'\n+++\n\nNo picture.\n"),
            ("content/articles/2024/a.gif", &picture(32)),
        ],
    );
    let mut trial = Trial::new(&world);
    check(&mut trial, &mut world);
    for width in [33, 200, 33] {
        world.put("content/articles/2024/a.gif", picture(width));
        check(&mut trial, &mut world);
    }
}

#[test]
fn a_configuration_that_is_what_it_was_before_it_was_broken_makes_a_difference() {
    let world = small();
    let config = world.beside("other.toml");
    let text = fs::read(world.root().join("postilla.toml")).unwrap();
    fs::write(&config, &text).unwrap();
    let request = Request { config: Some(config.clone()), ..request(&world, &world.beside("output")) };
    let mut workspace = Workspace::new(request, Remembers::Output);
    assert!(workspace.load(&Silent).unwrap().archive.is_some());
    assert!(!workspace.may_differ(None));
    for bad in ["title = [\n", "title = 'Without an address'\n"] {
        fs::write(&config, bad).unwrap();
        assert!(workspace.may_differ(None));
        let _ = workspace.load(&Silent).unwrap();
        fs::write(&config, &text).unwrap();
        assert!(workspace.may_differ(None), "{bad:?}");
        assert!(workspace.load(&Silent).unwrap().archive.is_some());
    }
}

#[test]
fn a_look_that_found_nothing_is_no_reading() {
    let mut world = small();
    let mut workspace = Workspace::new(request(&world, &world.beside("output")), Remembers::Output);
    assert_eq!(workspace.load(&Silent).unwrap().archive.unwrap().articles.len(), 1);
    assert!(!workspace.may_differ(None));
    world.put("content/articles/b.md", "+++\ntitle = 'B'\n+++\n");
    world.onto_disk();
    assert_eq!(workspace.load(&Silent).unwrap().archive.unwrap().articles.len(), 2);
}

#[test]
fn a_stray_file_that_goes_makes_a_difference() {
    let mut world = small();
    world.put("content/note.md", "stray");
    world.onto_disk();
    let mut workspace = Workspace::new(request(&world, &world.beside("output")), Remembers::Output);
    assert_eq!(workspace.load(&Silent).unwrap().diagnostics.len(), 1);
    world.files.remove("content/note.md");
    world.onto_disk();
    assert!(workspace.may_differ(Some(&world.changed)));
    assert_eq!(workspace.load(&Silent).unwrap().diagnostics, []);
}

#[test]
fn a_day_that_comes_makes_a_difference() {
    let mut world = small();
    world.put("content/articles/a.md", "+++\ntitle = 'A'\ndate = 2020-01-01\n+++\n\nOne and two.\n");
    world.put("content/entities/lake.md", "+++\nkind = 'place'\nname = 'Lake'\n+++\n");
    world.put("content/properties.toml", "[depth]\nfunctional = true\n");
    let fact = |id: &str, words: &str, number: u32, more: &str| {
        let value = format!("subject = 'lake'\nproperty = 'depth'\nvalue = {{ number = {number} }}");
        format!("[[facts]]\nid = '{id}'\nclaim = 'C.'\nanchor = {{ exact = '{words}' }}\n{value}\n{more}\n\n")
    };
    let (one, two) = (fact("one", "One", 1, "review_after = 2026-01-03"), fact("two", "two", 2, "valid = { from = '2026-01-02' }"));
    world.put("content/articles/a.facts.toml", one + &two);
    world.onto_disk();
    let mut workspace = Workspace::new(request(&world, &world.beside("output")), Remembers::Output);
    let days: [(&str, Option<&str>, &[Code]); 3] = [
        ("2026-01-01T12:00:00Z", Some("2026-01-02T00:00:00Z"), &[]),
        ("2026-01-02T00:00:00Z", Some("2026-01-04T00:00:00Z"), &[Code::NewerValue]),
        ("2026-01-04T00:00:00Z", None, &[Code::NewerValue, Code::ReviewDue]),
    ];
    for (now, next, expected) in days {
        workspace.set_time(workspace.request().at, now.parse().unwrap());
        assert!(workspace.may_differ(None), "{now}");
        let found = workspace.load(&Silent).unwrap().diagnostics;
        let codes = found.iter().map(|finding| finding.code).filter(|code| [Code::NewerValue, Code::ReviewDue].contains(code));
        let mut codes: Vec<Code> = codes.collect();
        codes.sort_by_key(|code| code.as_str());
        assert_eq!(codes, expected, "{now}");
        assert_eq!(workspace.releases(), next.map(|next| next.parse().unwrap()), "{now}");
        assert!(!workspace.may_differ(None), "{now}");
    }
}

#[test]
fn the_day_alone_makes_a_fact_overdue() {
    let mut world = World::of(
        0,
        [
            ("postilla.toml", "title = 'Test'\nbase_url = 'https://archive.example/'\n"),
            ("content/articles/a.md", "+++\ntitle = 'A'\n+++\nA sentence of more than five words.\n"),
            (
                "content/articles/a.facts.toml",
                "[[facts]]\nid = 'a'\nclaim = 'A.'\nanchor = { exact = 'sentence of more than five words' }\nreview_after = 2026-01-01\n",
            ),
        ],
    );
    let mut trial = Trial::new(&world);
    check(&mut trial, &mut world);
    world.days_pass(1);
    check(&mut trial, &mut world);
}

#[test]
fn a_fact_disagrees_as_soon_as_the_other_one_is_shown() {
    let fact = |id: &str, number: u32| {
        format!(
            "[[facts]]\nid = '{id}'\nclaim = 'C.'\nanchor = {{ exact = 'sentence of more than five words' }}\nstatus = 'disputed'\n\
             subject = 'lake'\nproperty = 'depth'\nvalue = {{ number = {number} }}\n"
        )
    };
    let article = |head: &str| format!("+++\ntitle = 'A'\ndate = 2025-01-01\n{head}+++\nA sentence of more than five words.\n");
    let mut world = World::of(
        0,
        [
            ("postilla.toml", "title = 'Test'\nbase_url = 'https://archive.example/'\n".to_owned()),
            ("content/properties.toml", "[depth]\nfunctional = true\n".to_owned()),
            ("content/entities/lake.md", "+++\nkind = 'place'\nname = 'Lake'\n+++\n".to_owned()),
            ("content/articles/a.md", article("")),
            ("content/articles/a.facts.toml", fact("a", 1)),
            ("content/articles/b.md", article("embargo = 2026-01-02\ncorrections = [{ date = 2026-01-01, text = 'Two.' }]\n")),
            ("content/articles/b.facts.toml", fact("b", 2)),
        ],
    );
    let mut trial = Trial::new(&world);
    check(&mut trial, &mut world);
    world.days_pass(1);
    check(&mut trial, &mut world);
    world.put("content/articles/b.facts.toml", fact("b", 1));
    check(&mut trial, &mut world);
}

/// An archive of one article. Its files are taken to have long been at rest.
fn small() -> World {
    World::of(
        0,
        [
            ("postilla.toml", "title = 'Test'\nbase_url = 'https://archive.example/'\nrules = { 'article::no_facts' = 'off' }\n"),
            ("content/articles/a.md", "+++\ntitle = 'A'\n+++\n"),
        ],
    )
}

fn check(trial: &mut Trial, world: &mut World) {
    world.onto_disk();
    let round = trial.round(world).unwrap_or_else(|difference| panic!("{difference}"));
    assert!(round.built, "{}", round.report);
}
