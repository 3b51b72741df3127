//! Texts that want to run in the reader's browser: nothing active comes out, unless it was asked for.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::cell::RefCell;

use common::{Archive, archive, is_a};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};

/// Ends a value, a tag, a comment and a quote, then wants to run.
const EVIL: &str = "EVIL\\\"'>--></title></style><script>alert(1)</script><img src=x onerror=alert(1)><a href=javascript:alert(1)>";

const BODY: &str = r#"
# Heading EVILTEXT {#evil .evil onclick=alert(1) style=color:red}

<script>alert(1)</script>

<iframe src="https://evil.example"></iframe><object data=x></object><embed src=x><form action=x><button>x</button></form>

Text <b onclick="alert(1)" style="x" class="note">bold</b> <img src=x onerror=alert(1)> <svg onload=alert(1)><a xlink:href="javascript:alert(1)">x</a></svg>
<a href="javascript:alert(1)">x</a> <a href="&#106;avascript:alert(1)">x</a> <style>*{}</style> <base href="https://evil.example/"> <meta http-equiv=refresh content=0>

[one](javascript:alert(1)) [two](JaVaScRiPt:alert(1)) [three](&#106;avascript:alert(1)) [four](data:text/html,x) [five](vbscript:x) <javascript:alert(1)>
![six](javascript:alert(1)) [seven](//evil.example/x) [eight](https://safe.example/"onclick="x "\"onmouseover=\"alert(1)") [nine](java&#10;script:alert(1))

![alt" onerror="alert(1)](https://safe.example/x.png "t\" onerror=\"alert(1)")

[[zoe-test|<script>alert(1)</script>" onclick="x]]

```js"><script>alert(1)</script>
</code></pre><script>alert(1)</script>
```

Foot.[^"><script>alert(1)</script>]

[^"><script>alert(1)</script>]: <script>alert(1)</script> kept

> [!NOTE]
> <details open ontoggle=alert(1)>x</details>

| <script>alert(1)</script> | b |
|--|--|
| <td onclick=alert(1)> | quoted words |
"#;

#[test]
fn nothing_active_comes_out_of_hostile_texts() {
    let archive = site();
    let run = archive.build(&[]);
    assert!(run.stderr.contains("link::unsafe"), "{}", run.stderr);
    let mut searched = 0;
    for (path, bytes) in archive.site().iter().filter(|(path, _)| is_a(path, "html")) {
        for tag in tags(std::str::from_utf8(bytes).unwrap()) {
            check_harmless(path, &tag);
        }
        searched += 1;
    }
    assert!(searched > 10, "a whole site was searched");
}

#[test]
fn nothing_active_comes_into_feeds() {
    let archive = site();
    archive.build(&[]);
    for (path, bytes) in archive.site().iter().filter(|(path, _)| is_a(path, "xml")) {
        let text = std::str::from_utf8(bytes).unwrap();
        for word in ["<script", "<img", "<a ", "javascript:alert(1)\"", "<b", "]]>"] {
            assert!(!text.contains(word), "`{word}` is in {path}");
        }
    }
}

#[test]
fn hostile_words_are_still_words() {
    let archive = site();
    archive.build(&[]);
    let page = archive.read("public/articles/hostile/index.html");
    for word in ["EVILTEXT", "bold", "quoted words", "EVIL&quot;&#39;&gt;--&gt;&lt;/title&gt;", "kept"] {
        assert!(page.contains(word), "`{word}` is not in {page}");
    }
    assert!(!page.contains("id=\"evil\" class") && !page.contains("style=color"), "only an id is taken from a heading");
}

#[test]
fn raw_html_passes_when_it_is_asked_for() {
    let archive = site();
    let wanted = [
        "<iframe src=\"https://evil.example\"></iframe><object data=x>",
        "<script>alert(1)</script>",
        "<b onclick=\"alert(1)\"",
        "href=\"javascript:alert(1)\">one</a>",
    ];
    archive.build(&[]);
    let page = archive.read("public/articles/hostile/index.html");
    assert!(wanted.iter().all(|html| !page.contains(html)));
    archive.build(&["--unsafe-html"]);
    let page = archive.read("public/articles/hostile/index.html");
    for html in wanted {
        assert!(page.contains(html), "`{html}` is not in {page}");
    }
    archive.write("postilla.toml", &format!("{}\n[markdown]\nunsafe_html = true\n", archive.read("postilla.toml")));
    archive.build(&[]);
    assert_eq!(archive.read("public/articles/hostile/index.html"), page, "the configuration asks for the same");
}

#[test]
fn unsafe_html_does_not_open_the_sidecar() {
    let archive = site();
    archive.build(&["--unsafe-html"]);
    let page = archive.read("public/articles/hostile/index.html");
    let notes: String = page.split("<aside").skip(1).filter_map(|note| Some(note.split_once("</aside>")?.0)).collect();
    assert!(notes.contains("EVIL&quot;"), "{notes}");
    assert!(!notes.contains("<script") && !notes.contains("<img"), "{notes}");
}

fn site() -> Archive {
    let front = |keys: &str| format!("+++\n{}\n+++\n", keys.replace("EVIL", EVIL));
    let article = front(
        "title = \"EVIL\"\ndate = 2025-01-01\nauthors = [\"EVIL\"]\npublisher = \"EVIL\"\nsummary = \"EVIL\"\ntags = [\"EVIL\"]\n\
         about = [\"zoe-test\"]\nrights = { holder = \"EVIL\", licence = \"http:EVIL\" }\n\
         corrections = [{ date = 2025-01-02, text = \"EVIL [x](javascript:alert(1)) <b onclick=alert(1)>x</b>\" }]\ntranslator = \"EVIL\"",
    );
    let facts = "[[facts]]\nid = 'fact'\nkind = 'quotation'\nclaim = { en = \"EVIL\", it = \"EVIL\" }\nanchor = { exact = 'quoted words' }\n\
         subject = 'zoe-test'\nproperty = 'evil'\nvalue = { text = \"EVIL\", unit = \"EVIL\", stated = \"EVIL\" }\nvalid = { at = '2025' }\n\
         attribution = [{ agent = \"EVIL\", basis = \"EVIL\", naming = 'described' }]\n\
         evidence = [{ url = 'https://safe.example/', title = \"EVIL\", locator = \"EVIL\", quote = \"EVIL\", value = { text = \"EVIL\" } }, { source = 'book' }]\n\
         checks = [{ by = \"EVIL\", date = 2025-01-01, note = \"EVIL\" }]\nstatus = 'disputed'\n"
        .replace("EVIL", EVIL);
    let entity = front(
        "kind = 'evil'\nname = { en = \"EVIL name\", it = \"EVIL\" }\naliases = [\"EVIL alias\"]\nnot = [\"EVIL\"]\nsummary = \"EVIL\"\ncountry = \"EVIL\"",
    );
    let config = format!(
        "title = \"{EVIL}\"\ndescription = \"{EVIL}\"\nbase_url = 'https://archive.example/base'\n[kinds.evil]\nlabel = \"{EVIL}\"\nplural = \"{EVIL}\"\n"
    );
    archive(&[
        ("postilla.toml", &config),
        ("content/articles/hostile.md", &(article + BODY)),
        ("content/articles/hostile.facts.toml", &facts),
        ("content/entities/zoe-test.md", &(entity + BODY)),
        ("content/pages/hostile-page.md", &(front("title = \"EVIL\"\nsummary = \"EVIL\"") + BODY)),
        ("content/properties.toml", &format!("[evil]\nlabel = \"{EVIL}\"\nunit = \"{EVIL}\"\n")),
        ("content/sources.yml", "book:\n  type: book\n  title: '<script>alert(1)</script>'\n  author: '\"><img src=x onerror=alert(1)>'\n"),
    ])
}

fn check_harmless(path: &str, tag: &Tag) {
    let name: &str = &tag.name;
    if is_of_the_theme(tag) {
        return;
    }
    let never = ["script", "iframe", "object", "embed", "form", "button", "style", "base", "frame", "frameset", "applet", "math"];
    assert!(!never.contains(&name), "<{name}> is in {path}");
    for attribute in &tag.attrs {
        let (key, value): (&str, &str) = (&attribute.name.local, &attribute.value);
        assert!(!key.starts_with("on") && !key.contains(['"', '\'', '<']), "`{key}` is in <{name}> in {path}");
        assert!(key != "style" && key != "srcdoc" && key != "action" && key != "formaction", "`{key}` is in <{name}> in {path}");
        if ["href", "src", "xlink:href", "data", "cite", "poster"].contains(&key) {
            check_address(path, value);
        }
        if key == "http-equiv" {
            assert_eq!(value, "Content-Security-Policy", "{path}");
        }
    }
}

/// The theme's scripts, its data and its button, to the letter.
fn is_of_the_theme(tag: &Tag) -> bool {
    let attributes: Vec<(&str, &str)> = tag.attrs.iter().map(|attribute| (&*attribute.name.local, &*attribute.value)).collect();
    match (&*tag.name, attributes.as_slice()) {
        ("script", [("type", "module"), ("src", "/base/assets/postilla.js"), ("data-words", words)]) => !words.contains("EVIL"),
        ("form", [("id", "search"), ..]) => attributes.iter().all(|(_, value)| !value.contains("EVIL")),
        // Data of the last kind is not run: what stands in it can neither end it nor begin a comment.
        (
            "script",
            [("type", "module"), ("src", "/base/assets/slash.js" | "/base/assets/search-page.js")]
            | [("src", "/base/assets/early.js") | ("type", "application/ld+json")],
        )
        | ("button", [] | [("id", "more"), ..] | [("class", "tool"), ("id", "_reading"), ("type", "button")]) => true,
        _ => false,
    }
}

/// The files beside an article's page.
const BESIDE: [&str; 7] = ["annotations.jsonld", "cite.bib", "cite.json", "cite.ris", "facts.csv", "facts.json", "text.txt"];

/// An address is one of the site's own, or of the schemes that are let through.
fn check_address(path: &str, address: &str) {
    let own = (address.starts_with('/') && !address.starts_with("//")) || address.starts_with('#') || address == "x";
    let own = own || BESIDE.contains(&address);
    let known = ["https://archive.example/", "https://safe.example/", "mailto:"];
    assert!(own || known.iter().any(|known| address.starts_with(known)), "`{address}` is an address in {path}");
}

fn tags(html: &str) -> Vec<Tag> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Tags(RefCell::default()), html5ever::tokenizer::TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

/// Keeps the tags that open something.
struct Tags(RefCell<Vec<Tag>>);

impl TokenSink for Tags {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token
            && tag.kind == TagKind::StartTag
        {
            self.0.borrow_mut().push(tag);
        }
        TokenSinkResult::Continue
    }
}
