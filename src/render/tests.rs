use std::collections::{BTreeMap, BTreeSet};

use super::names;
use super::theme::Theme;
use super::tokens::{self, Kind, Tag};
use super::words::VOCABULARIES;

/// What is said of a template that an archive brings along, each as `line:column name`, and the help.
fn said(name: &str, text: &str) -> Vec<String> {
    let mut templates = Theme::embedded().templates;
    templates.insert(name.to_owned(), text.to_owned());
    let found = names::unknown(&templates, &BTreeSet::from([name.to_owned()]), &VOCABULARIES);
    found
        .iter()
        .map(|found| format!("{}{}", found.message, found.help.as_deref().map_or(String::new(), |help| format!("; {help}"))))
        .collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(said("article.html", text), expected, "{text}");
}

#[test]
fn the_embedded_templates_name_nothing_in_vain() {
    let templates = Theme::embedded().templates;
    let all: BTreeSet<String> = templates.keys().cloned().collect();
    let found = names::unknown(&templates, &all, &VOCABULARIES);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn each_name_of_the_embedded_templates_is_missed_when_it_is_misspelt() {
    let templates = Theme::embedded().templates;
    let mut tried = 0;
    let mut silent = Vec::new();
    for (name, text) in &templates {
        for (at, field) in fields(text) {
            let mut slip = text.clone();
            slip.insert(at.end, 'x');
            let mut theme = templates.clone();
            theme.insert(name.clone(), slip);
            let found = names::unknown(&theme, &BTreeSet::from([name.clone()]), &VOCABULARIES);
            tried += 1;
            if found.is_empty() {
                silent.push(format!("{name}: {field} at {}", at.start));
            }
        }
    }
    assert!(tried > 300, "{tried} names tried");
    assert!(silent.is_empty(), "of {tried} names:\n{}", silent.join("\n"));
}

/// Fields that are read in a template, but for those of `words` and of vocabularies, which an archive may add to.
fn fields(text: &str) -> Vec<(std::ops::Range<usize>, String)> {
    let mut found = Vec::new();
    for tag in tokens::tags(text) {
        let (Tag::Printed(tokens) | Tag::Statement(tokens)) = tag;
        for at in 2..tokens.len() {
            let whole = &tokens[at - 2].text;
            let open =
                ["words", "plain", "labels", "loop", "status", "stance", "mode", "naming", "since", "fact", "confidence"].contains(whole);
            if tokens[at - 1].text == "." && tokens[at].kind == Kind::Name && tokens[at - 2].kind == Kind::Name && !open {
                found.push((tokens[at].range.clone(), format!("{whole}.{}", tokens[at].text)));
            }
        }
    }
    found
}

#[test]
fn an_unknown_field_is_named_with_the_nearest_known_one() {
    check("{% if article.titel %}x{% endif %}", &["`article` has no field `titel`; did you mean `title`?"]);
    check("{{ articel.title }}", &["nothing is called `articel` here; did you mean `article`?"]);
    check("{{ article.title.size }}", &["`article.title` has no fields, so no `size`"]);
    check("{{ article[\"titel\"] }}", &["`article` has no field `titel`; did you mean `title`?"]);
    check("{{ labels.statuss.confirmed }}", &["`labels` has no field `statuss`; did you mean `status`?"]);
}

#[test]
fn names_are_followed_through_loops_lists_and_filters() {
    check(
        "{% for b in article.blocks %}{% for n in b.notes %}{{ n.clam }}{% endfor %}{% endfor %}",
        &["`n` has no field `clam`; did you mean `claim`?"],
    );
    check("{{ (article.blocks | first).htm }}", &["`(article.blocks | first)` has no field `htm`; did you mean `html`?"]);
    check("{{ article.blocks[0].htm }}", &["`article.blocks[0]` has no field `htm`; did you mean `html`?"]);
    check("{% set b = article.blocks | reverse %}{{ b[0].htm }}", &["`b[0]` has no field `htm`; did you mean `html`?"]);
    check("{{ [b.htm for b in article.blocks if b.notes] | length }}", &["`b` has no field `htm`; did you mean `html`?"]);
    check("{{ article.title if article.summry else 1 }}", &["`article` has no field `summry`; did you mean `summary`?"]);
}

#[test]
fn a_component_knows_what_its_calls_give_it() {
    let mine = "{% component mine(x, @words) %}{{ x.htm }}{{ words.facts }}{% endcomponent mine %}{% for b in article.blocks %}{{ <mine x={b} /> }}{% endfor %}";
    check(mine, &["`x` has no field `htm`; did you mean `html`?"]);
    check("{% component mine(x) %}{{ x.anything }}{% endcomponent mine %}", &[]);
    check("{% component mine() %}{{ article.title }}{% endcomponent mine %}", &["nothing is called `article` here"]);
}

#[test]
fn what_cannot_be_told_is_not_judged() {
    check("{{ article.extra.anything.below }}{{ site.extra.x }}{{ words.mine }}{{ words[\"a\" ~ article.state] }}", &[]);
    check("{% if article.future is defined %}x{% endif %}{# {{ nothing.here }} #}{% raw %}{{ nothing }}{% endraw %}", &[]);
    check("{% for x in [1, 2] %}{% set y = x %}{{ loop.index }}{% endfor %}{{ y }}{{ 1.5 }}", &[]);
    check("{% set t = {\"a\": article.title, \"b\": [1]} %}{{ t.a }}{{ t.c }}", &["`t` has no field `c`"]);
}

#[test]
fn a_template_of_another_name_sees_an_article_or_a_page() {
    assert_eq!(said("long.html", "{{ article.title }}{{ content.html }}{{ list.items }}"), ["nothing is called `list` here"]);
    let base: BTreeMap<_, _> = Theme::embedded().templates;
    assert!(said("base.html", &format!("{}{{% if home.articles %}}{{% endif %}}", base["base.html"])).is_empty());
}

#[test]
fn the_comment_of_a_template_names_what_its_view_has() {
    let mut wrong = Vec::new();
    for (name, text) in &Theme::embedded().templates {
        let wanted = super::shape::told(name);
        let comment = text.strip_prefix("{#-").and_then(|rest| Some(rest.split_once("-#}")?.0)).unwrap_or_default();
        let said = comment.split_whitespace().collect::<Vec<_>>().join(" ");
        if said.is_empty() || wanted.as_ref().is_some_and(|wanted| !said.ends_with(wanted)) {
            wrong.push(format!("{name} opens with `{{#- …` and then: {}", wanted.unwrap_or_else(|| "what it is for".to_owned())));
        }
    }
    assert!(wrong.is_empty(), "comments to be mended:\n{}", wrong.join("\n"));
}
