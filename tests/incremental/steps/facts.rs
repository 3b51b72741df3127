//! What happens to sidecars and to what every article is read against: entities, properties and sources.

use super::{Step, fill, is_article, is_entity, is_sidecar, set_head, stem};
use crate::text;
use crate::world::World;

pub const STEPS: &[Step] = &[
    (5, fact_added),
    (2, fact_removed),
    (9, fact_key_set),
    (12, entity_key_set),
    (5, entity_renamed),
    (2, name_handed_on),
    (2, entity_added),
    (1, entity_merged),
    (3, property_changed),
    (2, source_changed),
];

/// The facts of a sidecar, as lines and where each stands.
fn facts(world: &World, path: &str) -> Option<(Vec<String>, Vec<std::ops::Range<usize>>)> {
    let lines = text::lines(&world.text(path)?);
    let blocks = text::blocks(&lines, |line| line == "[[facts]]");
    Some((lines, blocks))
}

/// A fact about some words of the article; in a sidecar of its own if there is none.
fn fact_added(world: &mut World) -> Option<String> {
    let article = world.pick_path(is_article)?;
    let lines = text::lines(&world.text(&article)?);
    let body: Vec<String> = lines[text::body(&lines)?].iter().filter(|line| !line.contains(['[', '#', '`', '\''])).cloned().collect();
    let line = world.pick(&body)?;
    let words: Vec<&str> = line.split(' ').collect();
    let start = world.rng.usize(..words.len());
    let end = (start + world.rng.usize(1..5)).min(words.len());
    let quote = words[start..end].join(" ");
    let more =
        fill(world, &["about = ['ada', 'town']\n", "status = 'confirmed'\n", "same_as = ['t01#mill']\n", "visibility = 'internal'\n", ""])?;
    let path = format!("{}.facts.toml", article.strip_suffix(".md")?);
    let text = world.text(&path).unwrap_or_default();
    let id = world.number();
    world.put(&path, format!("{text}\n[[facts]]\nid = 'f{id}'\nclaim = 'Claim {id}.'\nanchor = {{ exact = '{quote}' }}\n{more}"));
    Some(format!("`{path}`: fact `f{id}` added, on `{quote}`"))
}

fn fact_removed(world: &mut World) -> Option<String> {
    let path = world.pick_path(is_sidecar)?;
    let (mut lines, blocks) = facts(world, &path)?;
    let block = world.pick(&blocks)?;
    lines.drain(block.clone());
    world.put(&path, text::joined(&lines));
    Some(format!("`{path}`: the fact in line {} removed", block.start + 1))
}

const FACT_KEYS: &[(&str, &[&str])] = &[
    ("id", &["'i#N'", "'count'", "'No id'"]),
    ("kind", &["'event'", "'plan'", "", "'guess'"]),
    ("claim", &["'Another claim, #N.'", "{ it = 'Pretesa #N.', en = 'Claim #N.' }", "{ fr = 'Thèse #N.' }"]),
    ("anchor", &["{ exact = 'Borgo Finto' }", "{ exact = 'Prova', occurrence = 1 }", "{ exact = 'none of these words' }"]),
    ("about", &["['ada']", "['bea', 'works']", "[]", "['adda']"]),
    ("subject", &["'mill'", "'town'", "'lake'", "'lakes'"]),
    ("property", &["'boats'", "'boats'", "'boots'"]),
    (
        "value",
        &[
            "{ number = #N }",
            "{ min = 1, max = #N, approximate = true }",
            "{ text = 'many' }",
            "{ number = -0.0 }",
            "{ number = 0.0 }",
            "{ number = inf }",
            "{}",
        ],
    ),
    ("valid", &["{ at = '2023' }", "{ from = '2020', until = '2024-05' }", "{ at = '2024-11~' }", "", "{ at = 'then' }"]),
    ("status", &["'confirmed'", "'disputed'", "'refuted'", "'withdrawn'", "'superseded'", "", "'sure'"]),
    ("confidence", &["'high'", "'low'", ""]),
    ("visibility", &["'internal'", "'public'", ""]),
    ("same_as", &["['t01#count']", "['t02#count', 't07#mill']", "", "", "['t01#none']"]),
    ("responds_to", &["'t01#deal'", "'count'", "", "'t99#x'"]),
    ("replaces", &["'t02#mill'", "", ""]),
    (
        "evidence",
        &[
            "[{ source = 'idle', stance = 'contradicts' }]",
            "[{ url = 'https://news.example/#N', title = 'Title #N' }]",
            "",
            "[{ source = 'surveys' }]",
        ],
    ),
    (
        "attribution",
        &[
            "[{ agent = 'works', mode = 'wrote' }]",
            "[{ agent = 'two people', naming = 'anonymous', count = 2 }]",
            "[{ agent = 'worsk' }]",
            "",
        ],
    ),
    ("checks", &["[{ by = 'a. test', date = 2025-01-15, result = 'confirmed', note = '#N' }]", ""]),
    ("review_after", &["2027-01-01", ""]),
];

fn fact_key_set(world: &mut World) -> Option<String> {
    let path = world.pick_path(is_sidecar)?;
    let (mut lines, blocks) = facts(world, &path)?;
    let block = world.pick(&blocks)?;
    let end = block.clone().rev().find(|at| !lines[*at].is_empty())? + 1;
    let (key, values) = world.pick(FACT_KEYS)?;
    let value = fill(world, values)?;
    text::set(&mut lines, &(block.start..end), key, Some(&*value).filter(|value| !value.is_empty()));
    world.put(&path, text::joined(&lines));
    Some(format!("`{path}`: `{key}` of the fact in line {} = {value}", block.start + 1))
}

/// The keys of an entity and what they may become.
const ENTITY_KEYS: &[(&str, &[&str])] = &[
    ("name", &["'Ente 1'", "'Ente 2'", "{ it = 'Ente 3', en = 'Ente 4' }", "'Nome nuovo #N'", "'Prova'", "'Bea Prova'", "'Rete'"]),
    ("name", &["'Ada Prova'", "'Ada  Prova'", "'Mulino D’Olmo'", "'Borgo'", "'Borgo Finto'", "''"]),
    (
        "aliases",
        &["['Alias 1']", "['Alias 2', 'Alias 3']", "['Alias 1', 'Prova']", "['una cosa sola']", "[]", "", "['macina']", "['La prova']"],
    ),
    ("not", &["['Prova Works', 'Prova ne']", "['Ada Prova counts', 'Prova buys']", "['Ada Prova conta']", "['lago di prova.']", "[]", ""]),
    (
        "not",
        &["['Prova Works']", "['Prova ne compra', 'Ente 1']", "['The mill grinds', 'test lake.']", "['Alias 2', 'Ada Prova and Bea']", ""],
    ),
    ("summary", &["'Sommario #N.'", "{ it = 'Uno #N.', en = 'One #N.' }", ""]),
    ("kind", &["'person'", "'company'", "'place'", "'lake'", "'laek'"]),
    ("id", &["", "'mill'", "'net-#N'"]),
    ("wikidata", &["'Q#N'", "", "'P1'"]),
    ("country", &["'town'", "'Testland'", "'toown'", ""]),
    ("born", &["'1980'", ""]),
    ("merged_from", &["['older-#N']", "['old-works']", "[]", "", "['net']"]),
    (
        "relations",
        &[
            "[{ property = 'buys', object = 'works' }]",
            "[{ property = 'buys', object = 'town', source = 'idle' }]",
            "",
            "[{ property = 'sells', object = 'ada' }]",
        ],
    ),
    ("unheard_of", &["1", ""]),
];

fn entity_key_set(world: &mut World) -> Option<String> {
    let path = world.pick_path(is_entity)?;
    let (key, values) = world.pick(ENTITY_KEYS)?;
    set_head(world, &path, key, values)
}

fn entity_renamed(world: &mut World) -> Option<String> {
    let path = world.pick_path(is_entity)?;
    set_head(world, &path, "name", &["'Nome nuovo #N'", "{ it = 'Ente #N', en = 'Entity #N' }", "{ fr = 'Être #N' }"])
}

/// An entity takes the name of another, which gets a new one: links by that name mean another entity now.
fn name_handed_on(world: &mut World) -> Option<String> {
    let (from, to) = (world.pick_path(is_entity)?, world.pick_path(is_entity)?);
    let lines = text::lines(&world.text(&from)?);
    let name = text::get(&lines, &text::head(&lines)?, "name")?.to_owned();
    if from == to {
        return None;
    }
    set_head(world, &to, "name", &[&name])?;
    set_head(world, &from, "name", &["'Ente #N'", "'Prova'"])?;
    Some(format!("`{to}` has the name of `{from}`, {name}"))
}

fn entity_added(world: &mut World) -> Option<String> {
    let id = fill(world, &["ente-#N", "aaa-#N", "zzz-#N"])?;
    let folder = world.pick(&["people", "tools", "new"])?;
    let path = format!("content/entities/{folder}/{id}.md");
    let name = fill(world, &["Ente 1", "Ente #N", "Seconda", "Prova", "di"])?;
    world.put(&path, format!("+++\nkind = 'person'\nname = '{name}'\n+++\n\nOf [[ada]].\n"));
    Some(format!("`{path}` added: an entity called `{name}`"))
}

/// The file of an entity goes, and another one says that it is the same; what refers to it may be mended too.
fn entity_merged(world: &mut World) -> Option<String> {
    let (gone, stays) = (world.pick_path(is_entity)?, world.pick_path(is_entity)?);
    let (old, new) = (stem(&gone).to_owned(), stem(&stays).to_owned());
    if gone == stays {
        return None;
    }
    set_head(world, &stays, "merged_from", &[&format!("['{old}']")])?;
    world.files.remove(&gone);
    for path in world.paths(|path| path.starts_with("content/")) {
        if let Some(text) = world.text(&path) {
            world.put(&path, text.replace(&format!("'{old}'"), &format!("'{new}'")).replace(&format!("[[{old}"), &format!("[[{new}")));
        }
    }
    set_head(world, &stays, "merged_from", &[&format!("['{old}']")])?;
    Some(format!("`{gone}` merged into `{stays}`"))
}

fn property_changed(world: &mut World) -> Option<String> {
    let path = "content/properties.toml";
    let mut lines = text::lines(&world.text(path)?);
    let blocks = text::blocks(&lines, |line| line.starts_with('['));
    let block = world.pick(&blocks)?;
    let id = lines[block.start].clone();
    let end = block.clone().rev().find(|at| !lines[*at].is_empty())? + 1;
    let told = match world.rng.u8(..8) {
        0 => {
            lines.drain(block);
            format!("{id} removed")
        }
        1 => {
            let new = fill(world, &["[p#N]", "[aa#N]"])?;
            lines.extend([new.clone(), "label = 'new'".to_owned()]);
            format!("{new} added")
        }
        2 => {
            lines[block.start] = fill(world, &["[boats]", "[renamed#N]"])?;
            format!("{id} is now {}", lines[block.start])
        }
        _ => {
            let (key, value) = world.pick(&[
                ("label", "'label #N'"),
                ("label", "{ it = 'parola #N', en = 'word #N' }"),
                ("unit", "'m'"),
                ("unit", ""),
                ("functional", "false"),
                ("functional", "true"),
                ("datatype", "'text'"),
                ("tolerance", "0.#N"),
                ("tolerance", "-1"),
            ])?;
            let value = fill(world, &[value])?;
            text::set(&mut lines, &(block.start..end), key, Some(&*value).filter(|value| !value.is_empty()));
            format!("`{key}` of {id} = {value}")
        }
    };
    world.put(path, text::joined(&lines));
    Some(format!("`{path}`: {told}"))
}

fn source_changed(world: &mut World) -> Option<String> {
    let path = "content/sources.bib";
    let text = world.text(path)?;
    let (told, text) = match world.rng.u8(..8) {
        0 => ("`idle` removed".to_owned(), text.split("@book{idle").next()?.to_owned()),
        1 => ("`survey` is now `asked`".to_owned(), text.replace("{survey,", "{asked,")),
        2 | 3 => {
            let number = world.number();
            (format!("`source-{number}` added"), format!("{text}@misc{{source-{number},\n  title = {{Source {number}}}\n}}\n"))
        }
        4 => {
            let other = "content/sources.yml";
            if world.files.remove(other).is_none() {
                world.put(other, "second:\n  type: book\n  title: A second list\n");
            }
            return Some(format!("`{other}` added or removed"));
        }
        _ => {
            let title = fill(world, &["Title #N"])?;
            (format!("a title is now {title}"), text.replacen("title = {", &format!("title = {{{title} "), 1))
        }
    };
    world.put(path, text);
    Some(format!("`{path}`: {told}"))
}
