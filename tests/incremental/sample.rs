//! The archive to which things happen: twelve invented articles in two languages about nine invented entities, with
//! some of everything that an archive may hold.

use crate::world::Files;

/// The path of a picture of pixels, which is not there at first.
pub const PICTURE: &str = "content/articles/2024/sign.png";

/// Its files, by path.
pub fn files() -> Files {
    let mut files: Files = REST.iter().map(|(path, text)| ((*path).to_owned(), text.trim_start().into())).collect();
    for number in 1..=12 {
        let (path, article, facts) = article(number);
        files.insert(format!("{path}.md"), article.into());
        if number < 11 {
            files.insert(format!("{path}.facts.toml"), facts.into());
        }
    }
    files
}

/// The path of an article without its ending, its text, and that of its sidecar. Articles of even numbers are in
/// English, and translations of those before them.
pub fn article(number: usize) -> (String, String, String) {
    let path = format!("content/articles/{}/t{number:02}", if number > 6 { "2025" } else { "2024" });
    if number.is_multiple_of(2) { (path, english(number), facts(number)) } else { (path, italian(number), facts(number)) }
}

/// What only some articles have.
fn special(number: usize) -> &'static str {
    match number {
        1 => "aliases = ['/vecchio/uno/', 'uno.html']\ncorrections = [{ date = 2025-01-20, text = 'Era [[ada]].', facts = ['count'] }]\n",
        3 => "state = 'draft'\n",
        5 => "embargo = 2026-01-03T06:00:00Z\n",
        6 => "embargo = 2026-01-05\nslug = 'six'\n",
        7 => "template = 'own.html'\nextra = { colour = 'blue' }\n",
        9 => "publish = 'excerpts'\nurl = 'https://news.example/9'\npublisher = 'Gazzetta inventata'\n",
        8 => {
            "corrections = [{ date = 2025-01-21, text = 'It was *seven*.' }, { date = 2025-03-02, text = 'It is eight.', facts = ['count', 'deal'] }]\n"
        }
        10 => "state = 'withdrawn'\n",
        _ => "",
    }
}

fn italian(number: usize) -> String {
    let other = if number > 2 { number - 2 } else { 7 };
    let folder = if other > 6 { "2025" } else { "2024" };
    format!(
        "+++\ntitle = 'Prova {number}'\ndate = 2024-{month:02}-05\nauthors = ['clerk', 'Autrice Inventata']\nabout = ['lake']\n{special}+++\n\n\
         Ada Prova conta {count} barche sul lago di prova.\n\
         La Prova Works di Borgo Finto non conta nulla, con la [[Rete|sua]], dice [[bea]].\n\
         Vedi [il lago](../../entities/places/lake.md), [la nota](../{folder}/t{other:02}.md#count) e [[Mulino D'Olmo]].\n\n\
         ## Seconda parte\n\n\
         Il Mulino D’Olmo macina {mill} sacchi e Prova ne compra uno.\n\
         ![Pianta](../2024/map.svg) La prova e il [metodo](/content/pages/metodo.md#passi) stanno [qui](#seconda-parte).\n",
        month = number.clamp(1, 12),
        special = special(number),
        count = number * 3,
        mill = 40 + number,
    )
}

fn english(number: usize) -> String {
    format!(
        "+++\ntitle = 'Test {number}'\nlang = 'en'\ndate = 2024-{month:02}-06\ntranslation_of = 't{original:02}'\ntranslator = 'clerk'\n\
         about = ['lake', 'ada']\n{special}+++\n\n\
         Ada Prova counts {count} boats on the test lake.\n\
         PW of Borgo Finto counts nothing, says [[Bea Prova|Bea]].\n\
         See [[ada]], [[t01]] and [the method](../../pages/method.md).\n\n\
         ## Second part\n\n\
         The mill grinds {mill} sacks and Prova buys one.[^note]\n\n\
         [^note]: Said by *Bea Prova* of Prova Works.\n",
        month = number.clamp(1, 12),
        original = number - 1,
        special = special(number),
        count = (number - 1) * 3,
        mill = 39 + number,
    )
}

fn facts(number: usize) -> String {
    let translated = number.is_multiple_of(2);
    let original = if translated { number - 1 } else { number };
    let (count, mill) = (original * 3, 40 + original);
    let (counts, grinds, buys) = if translated {
        (format!("counts {count} boats"), format!("grinds {mill} sacks"), "Prova buys one")
    } else {
        (format!("conta {count} barche"), format!("macina {mill} sacchi"), "Prova ne compra uno")
    };
    let same = if translated { format!("same_as = ['t{original:02}#count']\n") } else { String::new() };
    // In English the net is named nowhere else.
    let agent = if translated { "net" } else { "clerk" };
    // The two disagree with earlier articles, one of them embargoed.
    let (status, month) = match number {
        7 => ("disputed", 5),
        9 => ("refuted", 1),
        _ => ("single_source", number.clamp(1, 12)),
    };
    let due = if number.is_multiple_of(4) { "review_after = 2026-01-02\n" } else { "" };
    let hidden = if number.is_multiple_of(5) { "visibility = 'internal'\n" } else { "" };
    format!(
        "[[facts]]\nid = 'count'\nkind = 'quantity'\nclaim = {{ it = 'Sono {count}.', en = 'There are {count}.' }}\n\
         anchor = {{ exact = '{counts}' }}\nsubject = 'lake'\nproperty = 'boats'\nvalue = {{ number = {count} }}\n\
         valid = {{ at = '2024-{month:02}' }}\nstatus = '{status}'\n{due}evidence = [{{ source = 'survey', locator = 'p. {number}' }}]\n{same}\
         \n[[facts]]\nid = 'mill'\nclaim = 'The mill grinds {mill}.'\nanchor = {{ exact = '{grinds}' }}\nabout = ['mill']\n{hidden}\
         attribution = [{{ agent = '{agent}', mode = 'said' }}]\n\
         \n[[facts]]\nid = 'deal'\nkind = 'relation'\nclaim = 'Somebody buys.'\nanchor = {{ exact = '{buys}' }}\nsubject = 'ada'\n\
         property = 'buys'\nobject = 'mill'\nresponds_to = 'mill'\n",
    )
}

const REST: &[(&str, &str)] = &[
    (
        "postilla.toml",
        "
title = { it = 'Archivio di prova', en = 'Test archive' }
description = 'Invented texts.'
base_url = 'https://archive.example/base'
languages = ['it', 'en']
ignore = ['*.bak']
paths = { entities = 'voci' }
links = { autolink = 'first' }
feed = { limit = 5 }
kinds = { lake = { label = { it = 'lago', en = 'lake' } } }
extra = { colour = 'red' }
",
    ),
    (
        "content/properties.toml",
        "
[boats]
label = { it = 'barche', en = 'boats' }
datatype = 'quantity'
functional = true

[buys]
label = 'buys from'
inverse_label = 'sells to'
datatype = 'entity'

[idle]
label = 'said by nobody'
",
    ),
    (
        "content/sources.bib",
        "
@report{survey,
  title = {An Invented Survey},
  author = {Sample, Ann},
  date = {2024-01}
}

@book{idle,
  title = {A Book That Nobody Reads},
  date = {2020}
}
",
    ),
    (
        "content/entities/people/ada.md",
        "+++\nkind = 'person'\nname = 'Ada Prova'\naliases = ['Prova']\nnot = ['Prova Works']\n+++\n\nAda nuota nel [lago](../places/lake.md), vedi [[t01]].\n",
    ),
    ("content/entities/people/bea.md", "+++\nkind = 'person'\nname = 'Bea Prova'\naliases = ['Prova', 'Bea']\nborn = '1970~'\n+++\n"),
    (
        "content/entities/companies/works.md",
        "+++\nkind = 'company'\nname = 'Prova Works'\naliases = ['PW']\nmerged_from = ['old-works']\nrelations = [{ property = 'buys', object = 'mill', source = 'survey' }]\n+++\n",
    ),
    (
        "content/entities/companies/mill.md",
        "+++\nid = 'mill'\nkind = 'company'\nname = \"Mulino D'Olmo\"\naliases = ['The mill']\nfounded = '1900'\n+++\n\nA mill.\n",
    ),
    ("content/entities/places/lake.md", "+++\nkind = 'lake'\nname = { it = 'lago di prova', en = 'test lake' }\n+++\n"),
    (
        "content/entities/places/town.md",
        "+++\nkind = 'place'\nname = 'Borgo Finto'\ncountry = 'Testland'\nsummary = 'A town.'\n+++\n\n## Past\n\nOld.\n",
    ),
    ("content/entities/people/clerk.md", "+++\nkind = 'person'\nname = 'Cleo Finta'\n+++\n"),
    ("content/entities/tools/net.md", "+++\nkind = 'product'\nname = 'Rete'\ncountry = 'town'\n+++\n"),
    ("content/entities/tools/boat.md", "+++\nkind = 'product'\nname = { it = 'barche', en = 'boats' }\n+++\n"),
    (
        "content/pages/metodo.md",
        "+++\ntitle = 'Metodo'\n+++\n\n# Passi\n\nVedi [il fatto](../articles/2024/t01.md#count) e [[Ada Prova]].\n",
    ),
    (
        "content/pages/method.md",
        "+++\ntitle = 'Method'\nlang = 'en'\ntranslation_of = 'metodo'\naliases = ['/about/']\n+++\n\nIn English, of [[mill]].\n",
    ),
    ("content/pages/plan.svg", "<svg><!-- plan --></svg>\n"),
    ("content/articles/2024/map.svg", "<svg><!-- map --></svg>\n"),
    ("content/articles/2025/photo.jpg", "no photo\n"),
    ("static/CNAME", "archive.example\n"),
    ("static/deep/er/file.txt", "text\n"),
    ("templates/assets/own.css", "p { margin: 0 }\n"),
    ("templates/words/en.ftl", "articles = Texts\n"),
    (
        "templates/base.html",
        "<!doctype html>\n<title>{{ page.title }}</title>\n<nav>{{ site }}</nav>\n<p>{{ page }}</p>\n{% block main %}{% endblock main %}\n{% block head %}{% endblock head %}<p>{{ words.articles }}, {{ words.entities }}, {{ site.extra.colour }}</p>\n",
    ),
    ("templates/own.html", "{% extends \"base.html\" %}\n{% block main %}<b>{{ article }}</b>{% endblock main %}\n"),
    ("templates/article.html", "{% extends \"base.html\" %}\n{% block main %}<i>{{ article }}</i>{% endblock main %}\n"),
    ("templates/entity.html", "{% extends \"base.html\" %}\n{% block main %}{{ entity }}{% endblock main %}\n"),
    ("templates/page.html", "{% extends \"base.html\" %}\n{% block main %}{{ content }}{% endblock main %}\n"),
    ("templates/index.html", "{% extends \"base.html\" %}\n{% block main %}{{ home }}{% endblock main %}\n"),
    ("templates/articles.html", "{% extends \"base.html\" %}\n{% block main %}{{ list }}{% endblock main %}\n"),
    ("templates/entities.html", "{% extends \"base.html\" %}\n{% block main %}{{ list }}{% endblock main %}\n"),
    ("templates/properties.html", "{% extends \"base.html\" %}\n{% block main %}{{ list }}{% endblock main %}\n"),
    ("templates/property.html", "{% extends \"base.html\" %}\n{% block main %}{{ list }}{% endblock main %}\n"),
    ("templates/sources.html", "{% extends \"base.html\" %}\n{% block main %}{{ list }}{% endblock main %}\n"),
    ("templates/source.html", "{% extends \"base.html\" %}\n{% block main %}{{ list }}{% endblock main %}\n"),
    ("templates/coverage.html", "{% extends \"base.html\" %}\n{% block main %}{{ list }}{% endblock main %}\n"),
    ("templates/corrections.html", "{% extends \"base.html\" %}\n{% block main %}{{ list }}{% endblock main %}\n"),
    ("templates/timeline.html", "{% extends \"base.html\" %}\n{% block main %}{{ list }}{% endblock main %}\n"),
];
