//! What happens to the configuration, the theme, the files that are copied, and the clock.

use super::{Step, fill};
use crate::text;
use crate::world::World;

pub const STEPS: &[Step] =
    &[(4, config_changed), (1, config_gone), (4, template_changed), (2, words_changed), (3, copied_changed), (3, days_pass)];

/// The keys of `postilla.toml` and what they may become.
const KEYS: &[(&str, &[&str])] = &[
    ("title", &["'Titolo #N'", "{ it = 'Titolo #N', en = 'Title #N' }"]),
    ("description", &["'Description #N.'", ""]),
    ("base_url", &["'https://archive.example/base'", "'https://other.example/'", "'nowhere'"]),
    ("languages", &["['it', 'en']", "['en', 'it']", "['en']", "['it', 'fr', 'en']", "['fr', 'en-GB']", "[]"]),
    ("ignore", &["['*.bak']", "['t02.md']", "['content/articles/2025/**']", "['net.md', '*.svg']", "", "['[']"]),
    (
        "paths",
        &[
            "{ entities = 'voci' }",
            "{ articles = 'articoli' }",
            "{ sources = 'fonti', timeline = 'tempo', coverage = 'stato', corrections = 'errata' }",
            "",
            "{ articles = 'entities' }",
        ],
    ),
    ("links", &["{ autolink = 'all' }", "{ autolink = 'off' }", "{ autolink = 'first' }", ""]),
    ("feed", &["{ limit = 1 }", "{ limit = 3 }", "", "{ limt = 3 }"]),
    ("markdown", &["{ unsafe_html = true }", ""]),
    ("kinds", &["{ lake = { label = 'water #N' } }", "{ lake = { label = 'lake', schema_org = 'Lake' }, pond = { label = 'pond' } }", ""]),
    ("extra", &["{ colour = 'c#N' }", "{ colour = [1, #N] }", ""]),
    ("output_dir", &["'elsewhere'", ""]),
    ("unheard_of", &["1", ""]),
];

fn config_changed(world: &mut World) -> Option<String> {
    let path = "postilla.toml";
    let mut lines = text::lines(&world.text(path)?);
    let (key, values) = world.pick(KEYS)?;
    let value = fill(world, values)?;
    let whole = 0..lines.len();
    text::set(&mut lines, &whole, key, Some(&*value).filter(|value| !value.is_empty()));
    world.put(path, text::joined(&lines));
    Some(format!("`{path}`: `{key}` = {value}"))
}

/// Without its configuration an archive cannot be read at all.
fn config_gone(world: &mut World) -> Option<String> {
    let config = world.files.remove("postilla.toml")?;
    if world.rng.bool() {
        return Some("`postilla.toml` deleted".to_owned());
    }
    world.put("postilla.toml/inside.toml", config);
    Some("`postilla.toml` is a folder".to_owned())
}

const TEMPLATES: &[(&str, &str)] = &[
    ("own.html", "{% extends \"base.html\" %}\n{% block main %}#N {{ article.title }}{% endblock main %}\n"),
    ("own.html", "{% extends \"base.html\" %}\n{% block main %}{{ article.extra.colour }}{% endblock main %}\n"),
    ("page.html", "{% extends \"base.html\" %}\n{% block main %}#N{{ content.html | safe }}{% endblock main %}\n"),
    ("page.html", ""),
    ("article.html", ""),
    ("entity.html", "#N {{ entity.name }}\n"),
    ("entity.html", "{{ entity.nothing.at_all }}\n"),
    ("entity.html", "{{ entity | no_filter }}\n"),
    ("404.html", "#N {{ words.not_found_text }}\n"),
    ("404.html", ""),
    ("redirect.html", "#N {{ redirect }}\n"),
    ("atom.xml", ""),
    ("index.html", "{{ home.counts }} {% if home %}\n"),
    ("index.html", "{% extends \"nothing.html\" %}\n"),
    ("base.html", "<!doctype html>#N\n{{ page.title }}{% block main %}{% endblock main %}{% block head %}{% endblock head %}\n"),
    ("partial/other.html", "nobody asks for it, #N\n"),
];

/// A template is written anew, or goes, so that the embedded one stands again.
fn template_changed(world: &mut World) -> Option<String> {
    let (name, text) = world.pick(TEMPLATES)?;
    let path = format!("templates/{name}");
    if text.is_empty() {
        world.files.remove(&path)?;
        return Some(format!("`{path}` deleted"));
    }
    let text = fill(world, &[text])?;
    world.put(&path, text.clone());
    Some(format!("`{path}` holds {text:?}"))
}

fn words_changed(world: &mut World) -> Option<String> {
    let lang = world.pick(&["en", "it", "en-GB", "de"])?;
    let path = format!("templates/words/{lang}.ftl");
    let text = fill(world, &["articles = Texts #N\n", "articles = Texts\nfacts_counted = { $n } facts #N\n", "", "articles: Texts\n"])?;
    if text.is_empty() {
        world.files.remove(&path)?;
        return Some(format!("`{path}` deleted"));
    }
    world.put(&path, text.clone());
    Some(format!("`{path}` holds {text:?}"))
}

/// Files that are copied: they come, go and change; some stand where a page does.
fn copied_changed(world: &mut World) -> Option<String> {
    const PATHS: &[&str] = &[
        "static/CNAME",
        "static/more.txt",
        "static/deep/er/file.txt",
        "templates/assets/own.css",
        "templates/assets/favicon.svg",
        "templates/assets/postilla.css",
        "content/articles/2024/map.svg",
        "content/articles/2025/photo.jpg",
        "content/articles/2025/new.png",
        "static/articles/t01/index.html",
        "content/note.md",
    ];
    let path = world.pick(PATHS)?;
    if world.rng.u8(..3) == 0 {
        world.files.remove(path)?;
        return Some(format!("`{path}` deleted"));
    }
    let text = fill(world, &["bytes #N", "other bytes #N", "as long", "so long"])?;
    world.put(path, text.clone());
    Some(format!("`{path}` holds {text:?}"))
}

/// The clock passes the end of embargoes; sometimes it is set back.
fn days_pass(world: &mut World) -> Option<String> {
    let days = world.pick(&[1, 1, 2, -1, -3])?;
    world.days_pass(days);
    Some(format!("it is {} now", world.now))
}
