//! A tree of pages for each language of an archive: what lives where, which version lists show, and how pages of the trees
//! lead to each other.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{Archive, is_a, ruled};

const CONFIG: &str = "title = { it = 'Prova', en = 'Test' }\nbase_url = 'https://archive.example/base'\nlanguages = ['it', 'en', 'he']\n\
    [rules]\n\"article::no_facts\" = 'off'\n";

/// Two versions of one text that share a fact, a text in Italian only, one in a language without a tree, and their names.
fn bilingual() -> Archive {
    let fact = |id: &str, claim: &str, exact: &str, more: &str| {
        format!(
            "[[facts]]\nid = '{id}'\nclaim = {claim}\nanchor = {{ exact = '{exact}' }}\nsubject = 'lake'\nproperty = 'depth'\n\
             value = {{ number = 1200.5 }}\nvalid = {{ at = 2024-11-05 }}\n{more}"
        )
    };
    let lago = fact("fondo", "'Il lago è profondo 1200,5 metri.'", "profondo 1200,5 metri", "");
    let lake = fact("deep", "'The lake is 1200.5 metres deep.'", "1200.5 metres deep", "same_as = ['lago#fondo']\n");
    let boats = "[[facts]]\nid = 'boats'\nclaim = { it = 'Ci sono due barche.', en = 'There are two boats.' }\nabout = ['lake']\n\
                 anchor = { exact = 'navigano adesso due barche di legno' }\n[[facts]]\nid = 'colour'\nclaim = 'Sono blu.'\nabout = ['lake']\n\
                 anchor = { exact = 'e tutte e due sono blu' }\n";
    ruled(&[
        ("postilla.toml", CONFIG),
        ("content/properties.toml", "[depth]\nlabel = { it = 'profondità', en = 'depth' }\nunit = 'm'\n"),
        (
            "content/entities/lake.md",
            "+++\nkind = 'place'\nname = { it = 'lago di prova', en = 'test lake' }\nsummary = 'Un lago.'\n+++\nUn lago.\n",
        ),
        ("content/entities/zebra.md", "+++\nkind = 'place'\nname = { it = 'ànatra', en = 'zebra' }\n+++\n"),
        ("content/entities/boat.md", "+++\nkind = 'place'\nname = 'Barca'\n+++\n"),
        ("content/articles/lago.md", "+++\ntitle = 'Il lago'\nlang = 'it'\ndate = 2024-11-05\n+++\nIl [[lake]] è profondo 1200,5 metri.\n"),
        ("content/articles/lago.facts.toml", &lago),
        (
            "content/articles/lake.md",
            "+++\ntitle = 'The lake'\nlang = 'en'\ntranslation_of = 'lago'\ndate = 2024-11-05\n+++\nThe [[lake]] is 1200.5 metres deep.\n",
        ),
        ("content/articles/lake.facts.toml", &lake),
        (
            "content/articles/barche.md",
            "+++\ntitle = 'Le barche'\ndate = 2024-11-06\n+++\nNel [[lake|lago]] navigano adesso due barche di legno, e tutte e due sono blu.\n",
        ),
        ("content/articles/barche.facts.toml", boats),
        ("content/articles/lac.md", "+++\ntitle = 'Le lac'\nlang = 'fr'\ndate = 2024-11-07\n+++\nLe [[lake|lac]].\n"),
        ("content/pages/metodo.md", "+++\ntitle = 'Metodo'\n+++\nDel [[lake|lago]].\n"),
        (
            "content/pages/method.md",
            "+++\ntitle = 'Method'\nlang = 'en'\ntranslation_of = 'metodo'\naliases = ['/how/']\n+++\nOf the [[lake]].\n",
        ),
    ])
}

fn page(archive: &Archive, address: &str) -> String {
    archive.read(&format!("public/{address}"))
}

fn check_holds(page: &str, parts: &[&str]) {
    for part in parts {
        assert!(page.contains(part), "no {part:?} in\n{page}");
    }
}

fn check_lacks(page: &str, parts: &[&str]) {
    for part in parts {
        assert!(!page.contains(part), "{part:?} in\n{page}");
    }
}

#[test]
fn every_text_lives_once_and_every_list_in_each_tree() {
    let archive = bilingual();
    assert_eq!(archive.build(&[]).code, 0);
    let site = archive.site();
    for list in ["index.html", "articles/index.html", "entities/lake/index.html", "properties/depth/index.html", "feed.xml", "404.html"] {
        for tree in ["", "en/", "he/"] {
            assert!(site.contains_key(&format!("{tree}{list}")), "{tree}{list}");
        }
    }
    let texts: Vec<&str> = site.keys().map(String::as_str).filter(|path| is_a(path, "html") && path.contains("articles/l")).collect();
    assert_eq!(texts, ["articles/lac/index.html", "articles/lago/index.html", "en/articles/lake/index.html"]);
    assert!(site.contains_key("metodo/index.html") && site.contains_key("en/method/index.html"));
    assert_eq!(site.keys().filter(|path| path.ends_with("robots.txt") || path.ends_with("sitemap.xml")).count(), 2);
    check_holds(&page(&archive, "how/index.html"), &["/base/en/method/"]);
}

#[test]
fn lists_show_the_version_of_their_language_and_else_the_original_with_a_mark() {
    let archive = bilingual();
    archive.build(&[]);
    let (it, en) = (page(&archive, "articles/index.html"), page(&archive, "en/articles/index.html"));
    check_holds(&it, &["<a href=\"/base/articles/lago/\">Il lago</a></h2>", "<a href=\"/base/articles/barche/\">Le barche</a></h2>"]);
    check_lacks(&it, &["The lake"]);
    let marked = "<article class=\"card\" lang=\"it\" dir=\"auto\"><p class=\"kick\"><time datetime=\"2024-11-06\">November 6, 2024</time></p>\
                  <h2><a href=\"/base/articles/barche/\">Le barche</a> <span class=\"in\">it</span></h2>";
    check_holds(&en, &["<a href=\"/base/en/articles/lake/\">The lake</a></h2>", marked, "lang=\"fr\" dir=\"auto\""]);
    check_lacks(&en, &["Il lago"]);
    let feed = page(&archive, "en/feed.xml");
    check_holds(&feed, &["<title>The lake</title>", "https://archive.example/base/en/articles/lake/", "<entry xml:lang=\"it\">"]);
    check_lacks(&feed, &["Il lago"]);
    check_holds(&page(&archive, "en/index.html"), &["3 articles · 3 facts · 3 names", "/base/en/method/"]);
    check_lacks(&page(&archive, "en/index.html"), &["/base/metodo/"]);
}

#[test]
fn names_labels_claims_dates_and_numbers_are_in_the_language_of_the_tree() {
    let archive = bilingual();
    archive.build(&[]);
    let (it, en) = (page(&archive, "entities/lake/index.html"), page(&archive, "en/entities/lake/index.html"));
    check_holds(&it, &["<h1>lago di prova</h1>", "profondità", "1200,5 m", "5 novembre 2024", "/base/articles/lago/#fondo"]);
    check_holds(&en, &["<h1>test lake</h1>", ">depth</a>", "1,200.5 m", "November 5, 2024", "/base/en/articles/lake/#deep"]);
    check_lacks(&it, &["<span class=\"in\">it<", "The lake"]);
    check_lacks(&en, &["articles/lago/", "profondità"]);
    // A claim by language is in that of the page; one of Italian words alone says so, as do summary and biography.
    check_holds(&en, &["<p><a href=\"/base/articles/barche/#boats\">There are two boats.</a>"]);
    check_holds(&en, &["<p lang=\"it\" dir=\"auto\"><a href=\"/base/articles/barche/#colour\">Sono blu.</a> <span class=\"in\">it</span>"]);
    check_holds(
        &en,
        &[
            "<span lang=\"it\" dir=\"auto\">Un lago.</span> <span class=\"in\">it</span></p>",
            "<div class=\"text\" lang=\"it\" dir=\"auto\">",
        ],
    );
    check_holds(
        &page(&archive, "he/entities/lake/index.html"),
        &["<h1><span lang=\"it\" dir=\"auto\">lago di prova</span> <span class=\"in\">it</span></h1>"],
    );
}

#[test]
fn names_stand_in_the_order_of_their_language_and_one_for_all_is_never_marked() {
    let archive = bilingual();
    archive.build(&[]);
    let names = |tree: &str| {
        let page = page(&archive, &format!("{tree}entities/kind/place/index.html"));
        let parts = page.split("class=\"entity\" href=\"").skip(1).map(|part| part.split(['>', '<']).nth(1).unwrap().to_owned());
        parts.collect::<Vec<_>>()
    };
    assert_eq!(names(""), ["ànatra", "Barca", "lago di prova"]);
    assert_eq!(names("en/"), ["Barca", "test lake", "zebra"]);
}

#[test]
fn links_stay_in_the_tree_of_their_page() {
    let archive = bilingual();
    archive.build(&[]);
    check_holds(
        &page(&archive, "en/articles/lake/index.html"),
        &["<a class=\"entity\" href=\"/base/en/entities/lake/\">", "href=\"/base/en/properties/depth/\""],
    );
    check_holds(&page(&archive, "en/method/index.html"), &["href=\"/base/en/entities/lake/\"", "href=\"/base/en/coverage/\""]);
    // A text in a language without a tree stands in the first, in the words that there are for it.
    check_holds(
        &page(&archive, "articles/lac/index.html"),
        &["<html lang=\"fr\">", "href=\"/base/entities/lake/\"", "<span lang=\"it\">Articoli</span>"],
    );
}

#[test]
fn counterparts_name_each_other_in_head_header_and_sitemap() {
    let archive = bilingual();
    archive.build(&[]);
    let alternate =
        |lang: &str, path: &str| format!("<link rel=\"alternate\" hreflang=\"{lang}\" href=\"https://archive.example/base/{path}\">");
    let en = page(&archive, "en/entities/lake/index.html");
    for (lang, tree) in [("it", ""), ("en", "en/"), ("he", "he/"), ("x-default", "")] {
        check_holds(&en, &[&alternate(lang, &format!("{tree}entities/lake/"))]);
    }
    check_holds(&en, &["<a href=\"/base/entities/lake/\" hreflang=\"it\" lang=\"it\" title=\"lago di prova\">it</a>"]);
    let article = page(&archive, "en/articles/lake/index.html");
    check_holds(
        &article,
        &[&alternate("en", "en/articles/lake/"), &alternate("it", "articles/lago/"), &alternate("x-default", "articles/lago/")],
    );
    check_lacks(&page(&archive, "articles/barche/index.html"), &["hreflang"]);
    let in_map = "<loc>https://archive.example/base/en/articles/lake/</loc><lastmod>2024-11-05T00:00:00Z</lastmod>\
                  <xhtml:link rel=\"alternate\" hreflang=\"it\" href=\"https://archive.example/base/articles/lago/\"/>\
                  <xhtml:link rel=\"alternate\" hreflang=\"en\" href=\"https://archive.example/base/en/articles/lake/\"/>\
                  <xhtml:link rel=\"alternate\" hreflang=\"x-default\" href=\"https://archive.example/base/articles/lago/\"/></url>";
    check_holds(
        &page(&archive, "sitemap.xml"),
        &[in_map, "<loc>https://archive.example/base/articles/barche/</loc><lastmod>2024-11-06T00:00:00Z</lastmod></url>"],
    );
}

#[test]
fn every_alternate_of_every_page_is_there_and_names_the_page_in_turn() {
    let archive = bilingual();
    archive.build(&[]);
    let site = archive.site();
    let mut seen = 0;
    for (path, bytes) in site.iter().filter(|(path, _)| is_a(path, "html")) {
        let text = String::from_utf8_lossy(bytes);
        let own = format!("https://archive.example/base/{}", path.trim_end_matches("index.html"));
        for target in text.split("rel=\"alternate\" hreflang=\"").skip(1).map(|part| part.split('"').nth(2).unwrap()) {
            let file = format!("{}index.html", target.strip_prefix("https://archive.example/base/").unwrap());
            let other = String::from_utf8_lossy(site.get(&file).unwrap_or_else(|| panic!("{path} names {target}")));
            assert!(other.contains(&format!("href=\"{own}\"")), "{target} does not name {own}");
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn a_language_from_right_to_left_says_so() {
    let archive = bilingual();
    archive.build(&[]);
    check_holds(&page(&archive, "he/index.html"), &["<html lang=\"he\" dir=\"rtl\">"]);
    check_holds(&page(&archive, "en/index.html"), &["<html lang=\"en\">"]);
}

#[test]
fn with_one_language_translations_stand_side_by_side_at_the_root() {
    let archive = bilingual();
    archive.write("postilla.toml", &CONFIG.replace("['it', 'en', 'he']", "['it']"));
    assert_eq!(archive.build(&[]).code, 0);
    let site = archive.site();
    assert!(site.contains_key("articles/lake/index.html") && site.contains_key("method/index.html"));
    assert!(site.keys().all(|path| !path.starts_with("en/") && !path.starts_with("he/")));
    check_holds(&page(&archive, "articles/index.html"), &["Il lago", "The lake"]);
    check_lacks(&page(&archive, "entities/lake/index.html"), &["rel=\"alternate\" hreflang", "class=\"langs\""]);
}

#[test]
fn what_is_not_in_every_language_is_said_once_a_file_and_only_where_asked_for() {
    let archive = bilingual();
    let said = |config: &str| {
        archive.write("postilla.toml", config);
        let run = archive.run(&["check", "--rule", "language::untranslated", "--message-format", "json"]);
        let lines = run.stdout.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let found = lines.filter(|line| line.get("event").is_none());
        let mut found: Vec<_> = found.map(|line| line["message"].as_str().unwrap().to_owned()).collect();
        found.sort();
        found
    };
    let two = CONFIG.replace(", 'he'", "");
    assert_eq!(said(&two), [""; 0]);
    assert_eq!(said(&format!("{}\"language::untranslated\" = 'warn'\n", two.replace(", 'en'", ""))), [""; 0]);
    // The claim of `lago` has its English in the fact of `lake`, and a name that is one string is one for all.
    let expected = [
        "not in `en`: 1 of 2 claims",
        "the article `barche` is not in `en`",
        "the article `lac` is not in `it`, `en`",
        "the summary of `lake` is not in `en`",
    ];
    assert_eq!(said(&format!("{two}\"language::untranslated\" = 'warn'\n")), expected);
}

#[test]
fn a_page_may_not_stand_where_a_tree_begins() {
    let archive = bilingual();
    archive.write("content/pages/english.md", "+++\ntitle = 'E'\nslug = 'en'\n+++\nx\n");
    let run = archive.run(&["check"]);
    assert!(run.stderr.contains("route::collision") && run.stderr.contains("two pages would be at `/en/`"), "{}", run.stderr);
}
