use tera::{Context, Tera};

use super::*;

/// Renders a template on a page in `lang` of an archive in Italian, with these files of words.
fn said(files: &[(&str, &str)], lang: &str, template: &str) -> String {
    let file = |(tag, text): &(&str, &str)| {
        let resource = FluentResource::try_new((*text).to_owned()).unwrap();
        (Box::from(*tag), Arc::new(resource))
    };
    let words = Arc::new(Words::new(&files.iter().map(file).collect::<Vec<_>>()));
    let Spoken { words: of_page, labels, plain } = words.spoken(&Lang::new(lang).unwrap(), &Lang::new("it").unwrap());
    let mut tera = Tera::new();
    tera.register_function("say", Say(words));
    tera.autoescape_on(vec![".html"]);
    tera.add_raw_template("page.html", template).unwrap();
    let mut context = Context::new();
    context.insert_value("words", of_page);
    context.insert_value("labels", labels);
    context.insert_value("plain", plain);
    tera.render("page.html", &context).unwrap_or_else(|error| panic!("{error}"))
}

const EN: (&str, &str) =
    ("en", "feed = Feed & more\nfacts = { $n ->\n [one] { $n } fact\n *[other] { $n } facts\n }\nstatus_sure = sure\n");
const IT: (&str, &str) = ("it", "feed = Flusso\n");
const PL: (&str, &str) = ("pl", "facts = { $n ->\n [one] { $n } fakt\n [few] { $n } fakty\n *[many] { $n } faktów\n }\n");

#[test]
fn a_number_takes_the_form_of_its_language() {
    let count = |lang: &str, n: u32| said(&[EN, IT, PL], lang, &format!("{{{{ say(id=\"facts\", n={n}) }}}}"));
    assert_eq!(count("en", 1), "1 fact");
    assert_eq!(count("en-GB", 0), "0 facts");
    assert_eq!(count("en", 20_000), "20,000 facts");
    assert_eq!(["1 fakt", "3 fakty", "5 faktów", "22 fakty"].map(str::to_owned), [1, 3, 5, 22].map(|n| count("pl", n)));
}

#[test]
fn words_of_another_language_say_so_but_in_attributes() {
    let page = |lang: &str| said(&[EN, IT, PL], lang, "{{ words.feed }}|{{ plain.feed }}|{{ words.status_sure }}|{{ labels.status.sure }}");
    assert_eq!(page("it"), "Flusso|Flusso|<span lang=\"en\">sure</span>|<span lang=\"en\">sure</span>");
    assert_eq!(page("pl"), "<span lang=\"it\">Flusso</span>|Flusso|<span lang=\"en\">sure</span>|<span lang=\"en\">sure</span>");
    assert_eq!(page("en"), "Feed &amp; more|Feed &amp; more|sure|sure");
    let count =
        said(&[EN, IT], "it", "{{ say(id=\"facts\", n=1) }}|{{ say(id=\"facts\", n=1, plain=true) }}|{{ plain.labels.status.sure }}");
    assert_eq!(count, "<span lang=\"en\">1 fact</span>|1 fact|sure");
}

#[test]
fn arguments_are_escaped_unless_they_are_html() {
    let en = ("en", "by = <by> { $who }\n");
    assert_eq!(said(&[en], "en", "{{ say(id=\"by\", who=\"<b>\") }}"), "&lt;by&gt; &lt;b&gt;");
    assert_eq!(said(&[en], "en", "{{ say(id=\"by\", who=\"<b>\" | safe) }}"), "&lt;by&gt; <b>");
}

#[test]
fn a_language_from_right_to_left_keeps_its_arguments_apart() {
    let he = ("he", "by = מאת { $who }\n");
    assert_eq!(said(&[he], "he", "{{ say(id=\"by\", who=\"A\") }}"), "מאת \u{2068}A\u{2069}");
}

#[test]
fn a_message_that_wants_other_arguments_is_passed_over() {
    let it = ("it", "facts = { $m } fatti\n");
    assert_eq!(said(&[EN, it], "it", "{{ say(id=\"facts\", n=2) }}"), "<span lang=\"en\">2 facts</span>");
}

#[test]
fn a_file_that_cannot_be_used_leaves_the_words_before_it() {
    let own = ("en", "facts = { $m } statements\nfeed = Stream\n");
    assert_eq!(said(&[EN, own], "en", "{{ say(id=\"facts\", n=2) }}, {{ words.feed }}, {{ words.status_sure }}"), "2 facts, Stream, sure");
}
