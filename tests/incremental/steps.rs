//! What may happen to an archive between two builds. Each step changes the files as they should be, and says in words
//! what it did; `None` where there was nothing to do it to.

mod articles;
mod facts;
mod files;
mod site;

use crate::world::World;

/// What may happen, and how often.
type Step = (u32, fn(&mut World) -> Option<String>);

const STEPS: &[&[Step]] = &[articles::STEPS, facts::STEPS, files::STEPS, site::STEPS];

/// The next step of a script. After what made no site, mostly a repair.
pub fn next(world: &mut World, sound: bool) -> String {
    let repair = !sound && world.rng.u8(..100) < 62;
    let whole = world.rng.u8(..4) > 0;
    match repair.then(|| world.repair(whole)).flatten() {
        Some(step) => step,
        None if world.rng.u8(..8) == 0 => (0..world.rng.usize(2..5)).map(|_| one(world)).collect::<Vec<_>>().join("; and "),
        None => one(world),
    }
}

fn one(world: &mut World) -> String {
    let steps = STEPS.iter().copied().flatten();
    let all: u32 = steps.clone().map(|(often, _)| often).sum();
    loop {
        let mut lot = world.rng.u32(..all);
        let step = steps.clone().find(|(often, _)| {
            let drawn = lot < *often;
            lot = lot.saturating_sub(*often);
            drawn
        });
        let (_, step) = step.expect("a lot is less than all of them");
        if let Some(told) = step(world) {
            return told;
        }
    }
}

fn is_article(path: &str) -> bool {
    path.starts_with("content/articles/") && path.ends_with(".md")
}

fn is_sidecar(path: &str) -> bool {
    path.starts_with("content/articles/") && path.contains(".facts.")
}

fn is_entity(path: &str) -> bool {
    path.starts_with("content/entities/") && path.ends_with(".md")
}

fn is_page(path: &str) -> bool {
    path.starts_with("content/pages/") && path.ends_with(".md")
}

/// The name of a file without its ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().unwrap_or(name)
}

/// Gives a key of the front matter of a file one of `values`, where an empty one takes the key out.
fn set_head(world: &mut World, path: &str, key: &str, values: &[&str]) -> Option<String> {
    use crate::text;
    let mut lines = text::lines(&world.text(path)?);
    let range = text::head(&lines)?;
    let value = fill(world, values)?;
    text::set(&mut lines, &range, key, Some(&*value).filter(|value| !value.is_empty()));
    world.put(path, text::joined(&lines));
    Some(format!("`{path}`: `{key}` = {value}"))
}

/// One of `values`, with a number that was not there before for each `#N`.
fn fill(world: &mut World, values: &[&str]) -> Option<String> {
    let value = world.pick(values)?;
    Some(if value.contains("#N") { value.replace("#N", &world.number().to_string()) } else { value.to_owned() })
}
