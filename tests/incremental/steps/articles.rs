//! What happens to the texts of articles, and to what their front matter says.

use super::{Step, fill, is_article, is_entity, is_page, is_sidecar, set_head, stem};
use crate::text;
use crate::world::World;

pub const STEPS: &[Step] = &[
    (6, line_added),
    (2, line_removed),
    (3, line_repeated),
    (4, word_changed),
    (4, as_long),
    (3, heading_changed),
    (10, key_set),
    (1, swapped),
];

/// Lines that name, link and quote; few of them are wrong.
const LINES: &[&str] = &[
    "Una riga in più, la #N.",
    "One more line, #N.",
    "Ada Prova and Bea Prova meet at Borgo Finto.",
    "Prova, Bea e la Rete.",
    "La Prova Works e PW sono una cosa sola, dice [[works]].",
    "Vedi [[Borgo Finto]] e [[Rete|la rete]].",
    "See [[Prova Works]] and [[lake|water]].",
    "See [[t02]] and [[t04|another]].",
    "Nome nuovo #N, Ente 1, Ente 2, Ente 3 ed Ente 4.",
    "Alias 1, Alias 2, Alias 3, Alias 4 e Alias 5.",
    "**Alias** [[Alias 1]]",
    "[un luogo](../../entities/places/town.md) e [un altro](/content/entities/places/lake.md)",
    "[fatto](../2024/t01.md#deal)",
    "[fatto](../2025/t07.md#mill) e [articolo](../2025/t08.md)",
    "[pianta](../2024/map.svg) ![](../2024/map.svg)",
    "![Insegna](../2024/sign.png) [insegna](../2024/sign.png)",
    "![Insegna](/content/articles/2024/sign.png \"Una didascalia\")",
    "[titolo](../2024/t01.md#seconda-parte)",
    "L’Ada Prova d’un tempo; l'Ada Prova d'oggi.",
    "`Ada Prova` in code, [Ada Prova](https://elsewhere.example/) in a link.",
    "<b>Ada Prova</b> &amp; C.",
    "[[nobody]]",
    "[broken](nowhere.md)",
    "[script](javascript:alert)",
    "### Ada Prova #N",
];

fn line_added(world: &mut World) -> Option<String> {
    let path = world.pick_path(|path| is_article(path) || is_page(path) || is_entity(path))?;
    let mut lines = text::lines(&world.text(&path)?);
    let body = text::body(&lines)?;
    let line = fill(world, LINES)?;
    let at = world.rng.usize(body.start..=body.end);
    lines.insert(at, line.clone());
    world.put(&path, text::joined(&lines));
    Some(format!("`{path}`: line {} added: {line}", at + 1))
}

fn line_removed(world: &mut World) -> Option<String> {
    let path = world.pick_path(is_article)?;
    let mut lines = text::lines(&world.text(&path)?);
    let body = text::body(&lines)?;
    let at = world.pick(&body.collect::<Vec<_>>())?;
    let line = lines.remove(at);
    world.put(&path, text::joined(&lines));
    Some(format!("`{path}`: line {} removed: {line}", at + 1))
}

/// Words that facts stand on may be there twice then.
fn line_repeated(world: &mut World) -> Option<String> {
    let path = world.pick_path(is_article)?;
    let mut lines = text::lines(&world.text(&path)?);
    let body = text::body(&lines)?;
    let (from, to) = (world.pick(&body.clone().collect::<Vec<_>>())?, world.rng.usize(body.start..=body.end));
    let line = lines[from].clone();
    lines.insert(to, line);
    world.put(&path, text::joined(&lines));
    Some(format!("`{path}`: line {} said again as {}", from + 1, to + 1))
}

fn word_changed(world: &mut World) -> Option<String> {
    let path = world.pick_path(is_article)?;
    let text = world.text(&path)?;
    let words: Vec<&str> = text.split_whitespace().skip_while(|word| *word != "+++").collect();
    let old = world.pick(&words).filter(|word| word.len() > 2)?.to_owned();
    let new = fill(world, &["parola", "word#N", "Prova", "12", "di", "Bea Prova"])?;
    let at = text.rfind(&old)?;
    world.put(&path, format!("{}{new}{}", &text[..at], &text[at + old.len()..]));
    Some(format!("`{path}`: `{old}` at byte {at} is `{new}`"))
}

/// One letter or digit becomes another, and sometimes the file looks as old as it did.
fn as_long(world: &mut World) -> Option<String> {
    let path = world.pick_path(|path| is_article(path) || is_sidecar(path) || is_entity(path) || path.ends_with(".toml"))?;
    let mut bytes = world.files[&path].clone();
    let letters: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at].is_ascii_alphanumeric()).collect();
    let at = world.pick(&letters)?;
    let others: &[u8] = if bytes[at].is_ascii_digit() { b"0123456789" } else { b"aeiou" };
    bytes[at] = world.pick(others).filter(|other| *other != bytes[at])?;
    world.files.insert(path.clone(), bytes);
    let old = world.rng.bool();
    if old {
        world.backdated.insert(path.clone());
    }
    Some(format!("`{path}`: another byte {at}{}", if old { ", and its old time" } else { "" }))
}

fn heading_changed(world: &mut World) -> Option<String> {
    let path = world.pick_path(|path| is_article(path) || is_page(path))?;
    let mut lines = text::lines(&world.text(&path)?);
    let body = text::body(&lines)?;
    let headings: Vec<usize> = body.filter(|at| lines[*at].starts_with('#')).collect();
    let at = world.pick(&headings)?;
    lines[at] = fill(world, &["## Altra parte #N", "## Seconda parte", "## Second part", "# Passi", "## Second part {#own}", ""])?;
    let told = format!("`{path}`: heading in line {} is now `{}`", at + 1, lines[at]);
    world.put(&path, text::joined(&lines));
    Some(told)
}

/// The keys of an article and what they may become; one value in six or so is wrong.
const KEYS: &[(&str, &[&str])] = &[
    ("title", &["'Titolo #N'", "'Titolo #N'", "'Title & <#N>'", "''"]),
    ("date", &["2024-03-05", "2025-06-02T10:00:00Z", "2023-01-01", "", "'soon'"]),
    ("updated", &["2025-12-01", ""]),
    ("state", &["'draft'", "'published'", "'withdrawn'", "'in_review'", "", "", "'sure'"]),
    ("embargo", &["2026-01-02", "2026-01-04T06:00:00Z", "2025-12-31", "", ""]),
    ("slug", &["'s-#N'", "'s-#N'", "", "", "'t01'", "'Not a slug'"]),
    ("translation_of", &["'t01'", "'t03'", "'t07'", "", "", "'t99'"]),
    ("lang", &["'en'", "'it'", "", "'en-GB'", "'fr'", "'?'"]),
    ("about", &["['ada']", "['bea']", "['lake', 'mill', 'town']", "[]", "['nobody']"]),
    ("authors", &["['bea']", "['Somebody #N']", "['wroks', 'ada']", "[]"]),
    ("publisher", &["'works'", "'Gazzetta #N'", ""]),
    ("tags", &["['tag #N']", "[]"]),
    ("summary", &["'Sommario #N.'", ""]),
    ("aliases", &["['/old/#N/']", "['/old/#N/', 'old-#N.html']", "", "['/voci/']", "['no slash']"]),
    ("publish", &["'full'", "'excerpts'", "'facts_only'", ""]),
    ("template", &["'own.html'", "", "'page.html'", "'none.html'"]),
    (
        "corrections",
        &[
            "[{ date = 2025-02-01, text = 'Correction #N.' }]",
            "[{ date = 2025-02-01, text = 'Of *[[mill]]* #N.', facts = ['mill'] }]",
            "",
            "[{ date = 2025-02-01, text = 'x', facts = ['none'] }]",
        ],
    ),
    ("extra", &["{ colour = 'c#N' }", "{ sizes = [1, 2.5, #N] }", ""]),
    ("unheard_of", &["1", ""]),
];

fn key_set(world: &mut World) -> Option<String> {
    let path = world.pick_path(|path| is_article(path) || is_page(path))?;
    let (key, values) = world.pick(KEYS)?;
    set_head(world, &path, key, values)
}

/// Two files of the same kind hold each what the other held.
fn swapped(world: &mut World) -> Option<String> {
    let is: fn(&str) -> bool = world.pick(&[is_article as fn(&str) -> bool, is_sidecar, is_entity, is_page])?;
    let (one, other) = (world.pick_path(is)?, world.pick_path(is)?);
    let (bytes, others) = (world.files[&one].clone(), world.files[&other].clone());
    world.files.insert(one.clone(), others);
    world.files.insert(other.clone(), bytes);
    Some(format!("`{one}` ({}) and `{other}` ({}) swapped", stem(&one), stem(&other)))
}
