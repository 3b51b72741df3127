//! A small archive with every kind of content, and what its exports say, as text.

use std::collections::BTreeMap;
use std::path::Path;

use parquet::file::reader::{FileReader, SerializedFileReader};
use rusqlite::Connection;

use super::common::{self, Archive, archive};

/// The moment of all exports.
pub const NOW: [&str; 2] = ["--now", "2026-01-01"];

/// How many facts the sample shows: five of its open article, two of the quoted one, one of the one that is only told, one of the
/// translation.
pub const SHOWN: usize = 9;

const OPEN: &str = "
The harbour of Testhafen was worth about 300 million euros in November 2024, its owner Alfa Test said.

It has four to six basins. =SUM(A1:A9) stands on a sign there. Alfa Test was founded by Beta Test.

The river is not deep. Some words stand here, and the last words.
";

const OPEN_FACTS: &str = "
[[facts]]
id = 'value'
kind = 'quantity'
claim = { en = 'The harbour was worth 300 million euros.', it = 'Il porto valeva 300 milioni di euro.' }
anchor = { exact = 'worth about 300 million euros', prefix = 'Testhafen was ' }
about = ['alfa']
subject = 'harbour'
property = 'value'
value = { number = 300_000_000, currency = 'EUR', approximate = true, stated = 'about 300 million euros' }
valid = { at = '2024-11' }
attribution = [{ agent = 'alfa' }, { agent = 'a person in the harbour', naming = 'described' }]
evidence = [{ source = 'book', locator = 'p. 4', quote = 'some words' }, { url = 'https://source.example/a?b=1', title = 'A page', stance = 'contradicts', value = { number = 200_000_000, currency = 'EUR' } }]
status = 'disputed'
confidence = 'medium'
checks = [{ by = 'c.test', date = 2025-02-01, result = 'disputed', note = 'seen' }]
review_after = 2026-03-01
same_as = ['draft#secret', 'porto#valore']

[[facts]]
id = 'basins'
kind = 'quantity'
claim = 'It has four to six basins.'
anchor = { exact = 'four to six basins' }
subject = 'harbour'
property = 'basins'
value = { min = 4, max = 6 }
valid = { from = '2020', until = '2024-21' }

[[facts]]
id = 'sign'
claim = '=SUM(A1:A9) stands on a sign.'
anchor = { exact = '=SUM(A1:A9) stands on a sign' }
subject = 'harbour'
property = 'motto'
value = { text = '-2+3' }

[[facts]]
id = 'founder'
kind = 'relation'
claim = 'Beta Test founded Alfa Test.'
anchor = { exact = 'Alfa Test was founded by Beta Test' }
subject = 'alfa'
property = 'founder'
object = 'beta'
status = 'confirmed'

[[facts]]
id = 'depth'
claim = 'The river is deep.'
anchor = { exact = 'The river is not deep' }
about = ['harbour']
status = 'refuted'

[[facts]]
id = 'kept'
claim = 'Zqkept is kept for the desk.'
anchor = { exact = 'Some words stand' }
about = ['alfa']
visibility = 'internal'
";

const QUOTED: &str = "Zqbefore kwalpha kwbeta zqafter, kwgamma zqlast.\n";
const QUOTED_FACTS: &str = "
[[facts]]
id = 'one'
claim = 'The first claim.'
anchor = { exact = 'kwalpha kwbeta', prefix = 'Zqbefore ', suffix = ' zqafter' }
subject = 'alfa'
property = 'basins'
value = { number = 7, stated = 'kwbeta' }

[[facts]]
id = 'two'
claim = 'The second claim.'
anchor = { exact = 'kwgamma', suffix = ' zqlast' }
";

const SILENT: &str = "Zqsilent zqvalue zqstated.\n";
const SILENT_FACTS: &str = "
[[facts]]
id = 'told'
claim = 'The third claim.'
anchor = { exact = 'Zqsilent zqvalue zqstated' }
subject = 'alfa'
property = 'basins'
value = { number = 8, stated = 'zqvalue' }
responds_to = 'held#secret'
";

/// Of a text whose every word is kept back.
const KEPT_FACTS: &str = "
[[facts]]
id = 'secret'
claim = 'Zqclaim is secret.'
anchor = { exact = 'Zqtext is here' }
subject = 'alfa'
property = 'motto'
value = { text = 'zqanswer' }
evidence = [{ url = 'https://zqhost.example/', title = 'Zqtitle' }]
";

const RECORDS: &[(&str, &str)] = &[
    (
        "content/entities/alfa.md",
        "+++\nkind = 'company'\nname = 'Alfa Test'\naliases = ['Alfa']\nfounded = '1999-05'\nwikidata = 'Q42'\nrelations = [{ property = 'founder', object = 'beta', source = 'book', valid = { from = '1999' } }]\n+++\n",
    ),
    (
        "content/entities/beta.md",
        "+++\nkind = 'person'\nname = { en = 'Beta Test', it = 'Beta Prova' }\nborn = '1950-01-02'\nsame_as = ['https://beta.example/']\n+++\n",
    ),
    ("content/entities/harbour.md", "+++\nkind = 'place'\nname = 'Testhafen'\nsummary = '@A place.'\n+++\n"),
    (
        "content/properties.toml",
        "[value]\nlabel = 'value'\ndatatype = 'money'\n\n[basins]\nunit = 'basins'\ndatatype = 'quantity'\n\n[motto]\ndatatype = 'text'\n\n[founder]\nlabel = 'founder'\ninverse_label = 'founder of'\ndatatype = 'entity'\n",
    ),
    ("content/sources.bib", "@book{book, title = {A Book}, author = {Doe, Jane}, date = {2020}}\n"),
];

/// The archive. Whatever may not be shown begins with `zq`.
pub fn sample() -> Archive {
    let head = |title: &str, more: &str| format!("+++\ntitle = '{title}'\n{more}\n+++\n");
    let text = |title: &str, more: &str, body: &str| head(title, more) + body;
    let kept = |state: &str| {
        text("Zqarticle", &format!("date = 2025-03-03\nsummary = 'Zqsummary.'\ntags = ['zqtag']\n{state}"), "Zqtext is here.\n")
    };
    let correction = "corrections = [{ date = 2025-02-02, text = 'A number.', facts = ['value', 'kept'] }, { date = 2030-01-01, text = 'Zqcorrection.' }]";
    let articles = [
        (
            "open",
            text(
                "The harbour",
                &format!(
                    "date = 2025-01-13\nsummary = 'A summary.'\nauthors = ['beta']\npublisher = 'alfa'\nabout = ['harbour']\ntags = ['ports']\nrights = {{ holder = 'Alfa', licence = 'CC-BY-4.0' }}\n{correction}"
                ),
                OPEN,
            ),
            OPEN_FACTS,
        ),
        (
            "porto",
            text("Il porto", "lang = 'it'\ndate = 2024-12-30\ntranslation_of = 'open'", "Il porto valeva 300 milioni di euro.\n"),
            "[[facts]]\nid = 'valore'\nclaim = 'Il porto valeva 300 milioni.'\nanchor = { exact = 'valeva 300 milioni di euro' }\nsubject = 'harbour'\nproperty = 'value'\nvalue = { number = 300_000_000, currency = 'EUR' }\n",
        ),
        ("quoted", text("Quoted", "date = 2025-05-05\npublish = 'excerpts'", QUOTED), QUOTED_FACTS),
        ("silent", text("Told", "publish = 'facts_only'", SILENT), SILENT_FACTS),
        ("draft", kept("state = 'draft'"), KEPT_FACTS),
        ("held", kept("embargo = 2026-06-01"), KEPT_FACTS),
        ("gone", kept("state = 'withdrawn'").replace("Zqarticle", "A withdrawn article"), KEPT_FACTS),
    ];
    let archive = archive(RECORDS);
    archive.write("postilla.toml", &format!("{}languages = ['en', 'it']\n{}", common::CONFIG, common::without_rules()));
    for (name, text, facts) in articles {
        archive.write(&format!("content/articles/{name}.md"), &text);
        archive.write(&format!("content/articles/{name}.facts.toml"), facts);
    }
    archive
}

/// Exports into `out` in the archive's folder; it must succeed.
pub fn export(archive: &Archive, format: &str, more: &[&str]) -> String {
    let run = archive.run(&[&["export", format][..], &NOW, more].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout
}

/// Every file of an export in all formats, by name, as text: what is packed is unpacked.
pub fn texts(archive: &Archive) -> BTreeMap<String, String> {
    export(archive, "all", &["-o", "out"]);
    let files = common::files(&archive.path("out"));
    files.into_iter().map(|(name, bytes)| (name.clone(), text(&archive.path("out").join(name), &bytes))).collect()
}

fn text(path: &Path, bytes: &[u8]) -> String {
    if common::is_a(path.to_str().unwrap(), "parquet") {
        return rows(path).join("\n");
    }
    // A database as it lies on the disk, with all that stands between the rows.
    String::from_utf8_lossy(bytes).into_owned()
}

/// The rows of a Parquet file, each as text.
pub fn rows(path: &Path) -> Vec<String> {
    let reader = SerializedFileReader::try_from(path).unwrap();
    reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect()
}

/// The exported database.
pub fn database(archive: &Archive) -> Connection {
    export(archive, "sqlite", &["-o", "archive.sqlite", "--force"]);
    Connection::open(archive.path("archive.sqlite")).unwrap()
}
