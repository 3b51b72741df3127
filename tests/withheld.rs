//! A text that may not be shown in full leaves no other word of it anywhere in the output.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{Archive, archive};

/// Every word of the text that no fact quotes begins with `zq`; every quoted word with `kw`.
const TEXT: &str = "
# Zqheading zqone {#zqanchor}

Zqbefore [[zoe-test|zqlinked]] kwalpha *kwbeta* kwgamma zqafter Zoe Test zqmention.[^zqlabel]

- zqitem kwdelta
- kwepsilon zqitem

| zqhead | zqhead |
|--------|--------|
| zqcell | kwzeta |

![zqalt](photo.svg \"zqtitle\") [zqlink](https://zqhost.example \"zqtitle\") `zqcode` <b title='zqraw'>zqraw</b>

```zqlanguage
zqcode
```

[^zqlabel]: Zqfoot kweta zqfoot.
";

const FACTS: &str = "
[[facts]]
id = 'one'
claim = 'The first claim.'
anchor = { exact = 'kwalpha kwbeta kwgamma', prefix = 'zqlinked ', suffix = ' zqafter' }
subject = 'zoe-test'
property = 'size'
value = { number = 7, stated = 'kwbeta' }
valid = { at = '2025' }
evidence = [{ source = 'book', quote = 'words of the book' }]

[[facts]]
id = 'two'
claim = 'The second claim.'
anchor = { exact = 'kwbeta kwgamma', prefix = 'zqlinked kwalpha ' }
about = ['zoe-test']

[[facts]]
id = 'three'
claim = 'The third claim.'
anchor = { exact = \"kwdelta\\nkwepsilon\" }
about = ['zoe-test']

[[facts]]
id = 'four'
claim = 'The fourth claim.'
anchor = { exact = 'kwzeta', prefix = 'zqcell' }

[[facts]]
id = 'five'
claim = 'The fifth claim.'
anchor = { exact = 'kweta' }

[[facts]]
id = 'six'
claim = 'An internal claim.'
anchor = { exact = 'Zqbefore' }
visibility = 'internal'
";

const QUOTED: [&str; 7] = ["kwalpha", "kwbeta", "kwgamma", "kwdelta", "kwepsilon", "kwzeta", "kweta"];

#[test]
fn excerpts_show_the_quoted_words_and_no_other() {
    let archive = site("excerpts");
    check_absent(&archive, "zq");
    check_absent(&archive, "An internal claim");
    let page = archive.read("public/articles/report/index.html");
    for word in QUOTED {
        assert!(page.contains(word), "`{word}` is quoted and is not on the page");
    }
}

#[test]
fn facts_only_shows_no_word_of_the_text() {
    let archive = site("facts_only");
    check_absent(&archive, "zq");
    check_absent(&archive, "kw");
    check_absent(&archive, "An internal claim");
    let page = archive.read("public/articles/report/index.html");
    for claim in ["The first claim.", "The second claim.", "The third claim.", "The fourth claim.", "The fifth claim."] {
        assert!(page.contains(claim), "`{claim}` is not on the page");
    }
}

#[test]
fn the_same_text_published_in_full_shows_them_all() {
    let archive = site("full");
    let page = archive.read("public/articles/report/index.html");
    for word in ["Zqbefore", "zqitem", "zqcell", "zqalt", "Zqfoot", "zqcode"].into_iter().chain(QUOTED) {
        assert!(page.contains(word), "`{word}` is not on the page");
    }
    assert!(archive.read("public/entities/zoe-test/index.html").contains("zqmention"), "a mention shows its sentence");
}

#[test]
fn an_excerpt_does_not_show_up_in_a_translation_that_is_free() {
    let archive = site("excerpts");
    archive.write(
        "content/articles/free.md",
        "+++\ntitle = 'Free'\nlang = 'it'\ndate = 2025-02-02\ntranslation_of = 'report'\n+++\n\nLibero, di Zoe Test.\n",
    );
    archive.build(&[]);
    check_absent(&archive, "zq");
    assert!(archive.read("public/articles/free/index.html").contains("Libero"));
}

#[test]
fn a_text_that_is_not_shown_may_link_to_its_own_headings_and_facts() {
    for key in ["state = 'draft'", "state = 'withdrawn'", "embargo = 2030-01-01", "publish = 'excerpts'", "publish = 'facts_only'"] {
        let text = format!("+++\ntitle = 'A'\n{key}\n+++\n\n## Part\n\nSome words [above](#part), [noted](#one), [marked](#q-one).\n");
        let facts = "[[facts]]\nid = 'one'\nclaim = 'C.'\nanchor = { exact = 'Some words' }\n";
        archive(&[("content/articles/a.md", &text), ("content/articles/a.facts.toml", facts)]).build(&[]);
    }
}

#[test]
fn a_fact_of_a_translation_is_shown_where_its_original_is_not() {
    for key in ["state = 'withdrawn'", "state = 'draft'"] {
        let text = |head: &str| format!("+++\ntitle = 'T'\n{head}\n+++\n\nThe bridge has four arches today.\n");
        let fact = |more: &str| {
            let answer = "subject = 'bridge'\nproperty = 'arches'\nvalue = { number = 4 }";
            format!("[[facts]]\nid = 'f'\nclaim = 'Four arches.'\nanchor = {{ exact = 'has four arches today' }}\n{answer}\n{more}\n")
        };
        let archive = archive(&[
            ("content/articles/orig.md", &text(key)),
            ("content/articles/orig.facts.toml", &fact("")),
            ("content/articles/trans.md", &text("translation_of = 'orig'")),
            ("content/articles/trans.facts.toml", &fact("same_as = ['orig#f']")),
            ("content/entities/bridge.md", "+++\nkind = 'place'\nname = 'Test Bridge'\n+++\n"),
            ("content/properties.toml", "[arches]\ndatatype = 'quantity'\n"),
        ]);
        archive.build(&[]);
        for page in ["entities/bridge", "properties/arches"] {
            assert!(archive.read(&format!("public/{page}/index.html")).contains("/articles/trans/#f\""), "{key}: {page}");
        }
    }
}

fn site(publish: &str) -> Archive {
    let head =
        format!("+++\ntitle = 'Report'\ndate = 2025-01-01\nsummary = 'A summary.'\nabout = ['zoe-test']\npublish = '{publish}'\n+++\n");
    let archive = archive(&[
        ("content/articles/report.md", &(head + TEXT)),
        ("content/articles/report.facts.toml", FACTS),
        ("content/articles/photo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>\n"),
        ("content/entities/zoe-test.md", "+++\nkind = 'person'\nname = 'Zoe Test'\n+++\n"),
        ("content/properties.toml", "[size]\ndatatype = 'quantity'\n"),
        ("content/sources.bib", "@book{book, title = {A Book}, author = {Doe, Jane}, date = {2020}}\n"),
    ]);
    archive.build(&[]);
    archive
}

/// Looks for a word in every file and every file's name, in capitals too.
fn check_absent(archive: &Archive, word: &str) {
    let site = archive.site();
    assert!(site.len() > 15, "a whole site was searched");
    for (path, bytes) in site.iter().filter(|(path, _)| !path.starts_with("assets/")) {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        let at = text.find(&word.to_lowercase()).map(|at| text[at..].chars().take(40).collect::<String>());
        assert_eq!(at, None, "in {path}");
        assert!(!path.contains(word), "{path}");
    }
}
