//! What scripts of random steps come to seldom.

use crate::compare::Trial;
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

fn check(trial: &mut Trial, world: &mut World) {
    world.onto_disk();
    let round = trial.round(world).unwrap_or_else(|difference| panic!("{difference}"));
    assert!(round.built, "{}", round.report);
}
