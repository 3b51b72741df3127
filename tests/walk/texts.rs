//! What stands in the files, visibly made up.

use crate::common::without_rules;

pub const PROPERTIES: &str = "[depth]\ndatatype = 'quantity'\nunit = 'm'\n";

/// Words that make any file an error.
pub const BROKEN: &str = "= {% broken }}\n";

pub fn config(number: u64) -> String {
    format!(
        "title = 'Made-up archive {number}'\nbase_url = 'https://archive.example/base'\nignore = ['*.draft', 'content/articles/left-out']\n{}",
        without_rules()
    )
}

pub fn article(number: u64) -> String {
    let (month, day) = (1 + number % 12, 1 + number % 28);
    format!(
        "+++\ntitle = 'Made up {number}'\ndate = 2025-{month:02}-{day:02}\nabout = ['river']\n+++\n\nThe River is *{number} metres* deep \
         near the old bridge, and the Brook is not.\n\n## Heading {number}\n\nNothing of this is true.\n"
    )
}

/// An article that needs another.
pub fn linking(number: u64, stem: &str) -> String {
    format!("{}\nSee [[{stem}]].\n", article(number))
}

pub fn sidecar(number: u64) -> String {
    format!(
        "[[facts]]\nid = 'bridge'\nkind = 'quantity'\nclaim = 'Claim {number}.'\nanchor = {{ exact = 'near the old bridge' }}\nsubject = 'river'\n\
         property = 'depth'\nvalue = {{ number = {number} }}\nvalid = {{ at = '2025' }}\n"
    )
}

pub fn entity(name: &str, number: u64) -> String {
    format!("+++\nkind = 'place'\nname = '{name}'\n+++\n\nMade up, as told {number} times.\n")
}

pub fn page(number: u64) -> String {
    format!("+++\ntitle = 'About {number}'\n+++\n\nMade up.\n")
}

/// The program's own template for a missing page, with a number in it.
pub fn template(number: u64) -> String {
    format!(
        "{{% extends \"base.html\" %}}\n{{% block main -%}}\n<p>Made up {number}: {{{{ words.not_found_text }}}}</p>\n{{%- endblock main %}}\n"
    )
}
