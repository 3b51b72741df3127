//! Whatever happens to an archive, a workspace that remembers gives what one gives that has never seen it before:
//! the same findings, the same ending, the same bytes. Scripts of random steps are played on a small archive, and
//! after each step what remembers is held against what does not.
//!
//! A failure names its seed; `POSTILLA_SEED=<seed> cargo test --test incremental own` plays that script alone.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, of which one that fails tells its story")]

#[path = "../common/mod.rs"]
mod common;

mod cases;
mod compare;
mod sample;
mod steps;
mod text;
mod world;

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use compare::{Round, Trial};
use world::World;

/// The scripts that are always played.
const SEEDS: [u64; 20] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20];

/// How many steps a script has.
const STEPS: usize = 100;

#[test]
fn whatever_happens_what_is_remembered_gives_what_a_clean_reading_gives() {
    let next = AtomicUsize::new(0);
    let play_some = || {
        let mut tally = Tally::default();
        while let Some(seed) = SEEDS.get(next.fetch_add(1, Ordering::Relaxed)) {
            tally.add(&play(*seed));
        }
        tally
    };
    let mut tally = Tally::default();
    thread::scope(|scope| {
        let players: Vec<_> = (0..players()).map(|_| scope.spawn(play_some)).collect();
        for player in players {
            tally.add(&player.join().unwrap_or_else(|failed| resume_unwind(failed)));
        }
    });
    tally.check(SEEDS.len() * STEPS);
}

#[test]
fn a_script_of_ones_own_choice_too() {
    #[expect(clippy::disallowed_methods, reason = "a seed to be played again comes from whoever runs the test")]
    let Ok(seed) = std::env::var("POSTILLA_SEED") else { return };
    println!("{}", play(seed.parse().expect("a seed is a whole number")));
}

/// At least two, since much of a script waits for the disk.
fn players() -> usize {
    thread::available_parallelism().map_or(2, |threads| threads.get().clamp(2, 8))
}

/// Plays the script of a seed, and says what came of its steps.
fn play(seed: u64) -> Tally {
    let mut world = World::of(seed, sample::files());
    let mut trial = Trial::new(&world);
    let mut story = Story { seed, steps: vec!["the archive as it was written".to_owned()] };
    let mut tally = Tally::default();
    loop {
        let round = trial.round(&mut world).unwrap_or_else(|difference| panic!("{difference}"));
        tally.count(&round);
        if round.built {
            world.is_sound();
        } else {
            assert!(story.steps.len() > 1, "the archive as it was written makes no site:\n{}", round.report);
        }
        if story.steps.len() > STEPS {
            return tally;
        }
        let meddled = (world.rng.u8(..25) == 0).then(|| trial.meddle(&mut world)).flatten();
        let step = steps::next(&mut world, round.built);
        story.steps.push(meddled.into_iter().chain([step]).collect::<Vec<_>>().join("; and "));
        world.onto_disk();
    }
}

/// What has happened so far; told when a test fails, whoever finds fault.
struct Story {
    seed: u64,
    steps: Vec<String>,
}

impl Drop for Story {
    fn drop(&mut self) {
        if thread::panicking() {
            let steps: Vec<String> = self.steps.iter().enumerate().map(|(number, step)| format!("{number:>4}  {step}")).collect();
            println!("\nseed {}, step {}:\n{}\n", self.seed, steps.len() - 1, steps.join("\n"));
        }
    }
}

/// What came of many steps.
#[derive(Default)]
struct Tally {
    rounds: usize,
    built: usize,
    /// How many builds made less than half of their pages.
    spared: usize,
    codes: std::collections::BTreeSet<&'static str>,
}

impl Tally {
    fn count(&mut self, round: &Round) {
        self.rounds += 1;
        self.built += usize::from(round.built);
        self.spared += usize::from(round.built && round.spared);
        self.codes.extend(round.codes.iter().copied());
    }

    fn add(&mut self, other: &Self) {
        self.rounds += other.rounds;
        self.built += other.built;
        self.spared += other.spared;
        self.codes.extend(other.codes.iter().copied());
    }

    /// The steps proved something: most led to a site, a third of the sites were made in part, and most things that can be
    /// wrong were wrong at some time.
    fn check(&self, steps: usize) {
        println!("{self}");
        let Self { rounds, built, spared, codes } = self;
        assert!(*rounds > steps, "{rounds} rounds");
        assert!(built * 2 >= *rounds, "only {built} of {rounds} archives were sound");
        assert!(spared * 3 >= *built, "only {spared} of {built} builds spared most pages");
        assert!(codes.len() >= 18, "only {} kinds of finding: {codes:?}", codes.len());
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { rounds, built, spared, codes } = self;
        write!(f, "{rounds} rounds, {built} built, {spared} of these in part; found at some time: {codes:?}")
    }
}
