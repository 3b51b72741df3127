//! What happens to files and folders, whatever they hold.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

use super::{Step, is_article, is_entity, is_sidecar, stem};
use crate::sample;
use crate::world::World;

pub const STEPS: &[Step] = &[
    (4, spoilt),
    (3, created),
    (2, deleted),
    (1, any_deleted),
    (3, renamed),
    (4, moved),
    (2, folder_renamed),
    (2, sidecar_moved),
    (1, sidecar_in_another_form),
    (1, made_a_folder),
    (2, locked),
    (2, touched),
    (3, picture_drawn),
    (3, nothing),
];

/// A picture comes, or is another: of another size, or with other colours.
fn picture_drawn(world: &mut World) -> Option<String> {
    let (width, colour) = (world.rng.u32(470..500), world.rng.u8(..4));
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::from_pixel(width, 4, Rgb([colour * 60, 90, 120])).write_to(&mut bytes, ImageFormat::Png).ok()?;
    world.put(sample::PICTURE, bytes.into_inner());
    Some(format!("`{}` is {width} pixels wide, in colour {colour}", sample::PICTURE))
}

/// A file is broken in one of the ways in which files break.
fn spoilt(world: &mut World) -> Option<String> {
    let path = world.pick_path(|path| !path.starts_with("static/"))?;
    let mut bytes = world.files[&path].clone();
    let at = world.rng.usize(..=bytes.len());
    let how = match world.rng.u8(..8) {
        0 => {
            bytes.truncate(at);
            format!("cut off at byte {at}")
        }
        1 => {
            bytes.insert(at, 0xFF);
            format!("not UTF-8 from byte {at} on")
        }
        2 => {
            bytes.insert(at, 0x07);
            format!("a bell at byte {at}")
        }
        3 => {
            bytes.clear();
            "emptied".to_owned()
        }
        4 => {
            bytes.splice(0..0, [0xEF, 0xBB, 0xBF]);
            "a byte order mark before it".to_owned()
        }
        5 => {
            bytes = String::from_utf8(bytes).ok()?.replace('\n', "\r\n").into();
            "lines as Windows ends them".to_owned()
        }
        6 => {
            bytes.extend(b"x = [\n");
            "half a list behind it".to_owned()
        }
        _ => {
            bytes.splice(0..0, *b"= ");
            "an equals sign before it".to_owned()
        }
    };
    world.files.insert(path.clone(), bytes);
    Some(format!("`{path}`: {how}"))
}

#[expect(clippy::unnecessary_wraps, reason = "one step among others")]
fn created(world: &mut World) -> Option<String> {
    let number = world.number() % 80 + 13;
    let (path, article, facts) = sample::article(number);
    let translation = format!("translation_of = 't{:02}'\n", number - 1);
    world.put(&format!("{path}.md"), article.replace(&translation, ""));
    let alone = world.rng.u8(..3) == 0;
    if !alone {
        let same = format!("same_as = ['t{:02}#count']\n", number - 1);
        world.put(&format!("{path}.facts.toml"), facts.replace(&same, ""));
    }
    Some(format!("`{path}.md` created, {} sidecar", if alone { "without a" } else { "with its" }))
}

/// An article goes with its sidecar, or one of the two without the other.
fn deleted(world: &mut World) -> Option<String> {
    let path = world.pick_path(|path| is_article(path) || is_sidecar(path))?;
    world.files.remove(&path);
    let sidecar = format!("{}.facts.toml", path.trim_end_matches(".md"));
    let too = world.rng.bool() && world.files.remove(&sidecar).is_some();
    Some(format!("`{path}` deleted{}", if too { " with its sidecar" } else { "" }))
}

fn any_deleted(world: &mut World) -> Option<String> {
    let path = world.pick_path(|_| true)?;
    world.files.remove(&path);
    Some(format!("`{path}` deleted"))
}

/// A file has another name in the same folder; a sidecar goes with its article, mostly.
fn renamed(world: &mut World) -> Option<String> {
    let path = world.pick_path(|path| path.starts_with("content/") && path.matches('/').count() > 1)?;
    let (folder, name) = path.rsplit_once('/')?;
    let (stem, ending) = name.split_once('.')?;
    let number = world.number();
    let new = world.pick(&[format!("{stem}-{number}"), format!("a{number}"), format!("z{number}")])?;
    let to = format!("{folder}/{new}.{ending}");
    carry(world, &path, &to)
}

fn moved(world: &mut World) -> Option<String> {
    let path = world.pick_path(|path| is_article(path) || is_entity(path) || is_sidecar(path) || path.ends_with(".svg"))?;
    let (_, name) = path.rsplit_once('/')?;
    let top = path.split('/').take(2).collect::<Vec<_>>().join("/");
    let folder = world.pick(&["2024", "2025", "2026/deep", "people", "places"])?;
    let to = format!("{top}/{folder}/{name}");
    carry(world, &path, &to)
}

/// Moves a file, and its sidecar in three of four cases.
fn carry(world: &mut World, from: &str, to: &str) -> Option<String> {
    if from == to || world.files.contains_key(to) {
        return None;
    }
    let bytes = world.files.remove(from)?;
    world.put(to, bytes);
    let sidecar = from.strip_suffix(".md").map(|stem| format!("{stem}.facts.toml")).filter(|_| world.rng.u8(..4) > 0);
    let beside = sidecar.zip(to.strip_suffix(".md")).and_then(|(sidecar, to)| Some((world.files.remove(&sidecar)?, to)));
    let too = beside.is_some();
    if let Some((bytes, to)) = beside {
        world.put(&format!("{to}.facts.toml"), bytes);
    }
    Some(format!("`{from}` moved to `{to}`{}", if too { " with its sidecar" } else { "" }))
}

fn folder_renamed(world: &mut World) -> Option<String> {
    let folders =
        ["content/articles/2024/", "content/articles/2025/", "content/entities/people/", "content/entities/places/", "static/deep/"];
    let from = world.pick(&folders)?;
    let other = format!("{}-b/", from.trim_end_matches('/'));
    let back = world.paths(|path| path.starts_with(&other));
    let (from, to, paths) =
        if back.is_empty() { (from.to_owned(), other, world.paths(|path| path.starts_with(from))) } else { (other, from.to_owned(), back) };
    world.pick(&paths)?;
    for path in paths {
        let bytes = world.files.remove(&path)?;
        world.put(&path.replacen(&from, &to, 1), bytes);
    }
    Some(format!("`{from}` renamed to `{to}`"))
}

/// A sidecar comes to stand beside another article.
fn sidecar_moved(world: &mut World) -> Option<String> {
    let (from, article) = (world.pick_path(is_sidecar)?, world.pick_path(is_article)?);
    let to = format!("{}.facts.toml", article.strip_suffix(".md")?);
    let there = world.files.remove(&to);
    let bytes = world.files.remove(&from).or_else(|| there.clone())?;
    world.put(&to, bytes);
    if let Some(there) = there.filter(|_| from != to && world.rng.bool()) {
        world.put(&from, there);
    }
    Some(format!("`{from}` moved to `{to}`"))
}

/// The sidecar gets a twin in JSON, or is named as if it were in another form.
fn sidecar_in_another_form(world: &mut World) -> Option<String> {
    let from = world.pick_path(|path| is_sidecar(path) && path.ends_with(".toml"))?;
    let ending = world.pick(&["json", "yaml", "yml"])?;
    let to = format!("{}.{ending}", from.strip_suffix(".toml")?);
    let text = match ending {
        _ if world.rng.bool() => world.text(&from)?,
        "json" => "{ \"facts\": [] }\n".to_owned(),
        _ => "facts:\n  - { id: yaml, claim: In YAML., anchor: { exact: Borgo Finto } }\n".to_owned(),
    };
    world.put(&to, text);
    let replaced = world.rng.bool();
    if replaced {
        world.files.remove(&from);
    }
    Some(format!("`{to}` {} `{from}`", if replaced { "in place of" } else { "beside" }))
}

/// Where a file stood, a folder stands.
fn made_a_folder(world: &mut World) -> Option<String> {
    let path = world.pick_path(|path| path.contains('.'))?;
    let bytes = world.files.remove(&path)?;
    let inside = format!("{path}/{}", world.pick(&["inside.txt", "inside.md", "own.html"])?);
    world.put(&inside, bytes);
    Some(format!("`{path}` is a folder now, and what it held `{inside}`"))
}

/// A file may not be read any more; or the one that could not be can be read again.
fn locked(world: &mut World) -> Option<String> {
    if let Some(path) = world.locked.take() {
        return Some(format!("`{path}` may be read again"));
    }
    world.locked = world.pick_path(|_| true);
    Some(format!("`{}` may not be read", world.locked.as_ref()?))
}

/// Files are saved as they were.
fn touched(world: &mut World) -> Option<String> {
    let all = world.rng.bool();
    let one = world.pick_path(|_| true)?;
    world.touched = if all { world.files.keys().cloned().collect() } else { [one.clone()].into() };
    Some(if all { "all files saved as they were".to_owned() } else { format!("`{one}` ({}) saved as it was", stem(&one)) })
}

#[expect(clippy::unnecessary_wraps, reason = "one step among others")]
fn nothing(_: &mut World) -> Option<String> {
    Some("nothing".to_owned())
}
