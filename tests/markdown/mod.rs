//! Markdown made up at random: documents that are well-formed, and noise that is not.

use super::*;

/// A document of paragraphs, headings, lists, quotes, tables, code and footnotes; with CRLF in one of four.
pub fn document() -> impl Strategy<Value = String> {
    let blocks = prop::collection::vec(block(), 1..6);
    (blocks, prop::collection::vec(inline(), 3), 0..4_u8).prop_map(|(blocks, notes, ending)| {
        let text = format!("{}\n\n[^1]: {}\n\n[^note]: {}\n\n    {}\n", blocks.join("\n\n"), notes[0], notes[1], notes[2]);
        if ending == 0 { text.replace('\n', "\r\n") } else { text }
    })
}

/// Pieces of Markdown and HTML in any order.
pub fn noise() -> impl Strategy<Value = String> {
    let token = select(vec![
        "<",
        ">",
        "</",
        "[",
        "](",
        ")",
        "![",
        "`",
        "```",
        "|",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\t",
        "    ",
        "- ",
        "1. ",
        "> ",
        "[^1]",
        "[^1]: ",
        "[[",
        "]]",
        "&",
        "&amp;",
        "&#x301;",
        "*",
        "**",
        "_",
        "~~",
        "\\",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<style>",
        "<b onclick=x>",
        "</b>",
        "<a href='javascript:x'>",
        "<iframe src=x>",
        "<table>",
        "<pre>",
        "|---|\n",
        "# ",
        " {#id .c}",
        "---\n",
        "\u{0}",
        "\u{301}",
        "\u{ad}",
        "\u{fdd0}",
        "\u{202e}",
        "é",
        "🙂",
        "word",
        " ",
        "<https://example.org>",
        "<a@b.example>",
        "(javascript:x)",
        "\"",
        "'",
        "[x] ",
        "> [!NOTE]\n",
    ]);
    prop_oneof![
        4 => prop::collection::vec(token, 0..40).prop_map(|tokens| tokens.concat()),
        1 => any::<String>(),
    ]
}

fn block() -> impl Strategy<Value = String> {
    let lines =
        |mark: &'static str| move |items: Vec<String>| items.iter().map(|item| format!("{mark}{}", indent(item))).collect::<Vec<_>>();
    let items = || prop::collection::vec(inline(), 1..4);
    prop_oneof![
        4 => inline(),
        1 => (1..4_usize, inline()).prop_map(|(level, words)| format!("{} {}", "#".repeat(level), one_line(&words))),
        2 => items().prop_map(lines("- ")).prop_map(|items| items.join("\n")),
        1 => items().prop_map(lines("3. ")).prop_map(|items| items.join("\n\n")),
        1 => items().prop_map(lines("- [x] ")).prop_map(|items| items.join("\n")),
        1 => (inline(), items()).prop_map(|(first, items)| format!("- {}\n  - {}\n\n  {}", indent(&first), items.join("\n    "), items[0].replace('\n', "\n  "))),
        1 => (inline(), inline()).prop_map(|(one, other)| format!("> {}\n>\n> {}", one.replace('\n', "\n> "), other.replace('\n', "\n> "))),
        1 => (inline(), inline(), inline(), inline()).prop_map(|(a, b, c, d)| {
            format!("| {} | {} |\n|:--|--:|\n| {} | {} |\n", cell(&a), cell(&b), cell(&c), cell(&d))
        }),
        1 => select(words()).prop_map(|word| format!("```text\n{word}  <b> &amp;\n\n  river\n```")),
        1 => Just("---".to_owned()),
        1 => inline().prop_map(|words| format!("> [!NOTE]\n> {}", one_line(&words))),
    ]
}

fn inline() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        12 => select(words()).prop_map(str::to_owned),
        1 => select(vec!["`code &amp; <b>`", "`a  b`", "[^1]", "[^note]", "![alt *words*](p.png)", "[[river-id]]", "[[river-id|the river]]"]).prop_map(str::to_owned),
        1 => select(vec!["<https://example.org/a>", "<a@b.example>", "[](x)", "[text](https://example.org \"a 'title'\")"]).prop_map(str::to_owned),
        1 => select(vec!["\\\n", "  \n", "\n"]).prop_map(str::to_owned),
    ];
    let tree = leaf.prop_recursive(3, 16, 5, |inner| {
        let run = prop::collection::vec(inner, 1..5).prop_map(|parts| parts.join(" "));
        (run, 0..6_u8).prop_map(|(run, kind)| match kind {
            0 => format!("*{}*", run.trim()),
            1 => format!("**{}**", run.trim()),
            2 => format!("~~{}~~", run.trim()),
            3 => format!("[{}](https://example.org/x)", run.trim()),
            4 => format!("ri*{}*ver", run.trim()),
            _ => run,
        })
    });
    // A word in front keeps an inline from being read as a block.
    prop::collection::vec(tree, 1..6).prop_map(|parts| format!("The {}", parts.join(" ")))
}

fn words() -> Vec<&'static str> {
    vec![
        "river",
        "river",
        "rose",
        "60",
        "milioni",
        "a",
        "a",
        "città",
        "caffe\u{301}",
        "A\u{30a}",
        "ﬁne",
        "日本",
        "🙂",
        "l’anno",
        "2024–25",
        "«x»",
        "&amp;",
        "&lt;b&gt;",
        "\\*",
        "\\<i>",
        "3\u{ad}0",
        "a\u{a0}b",
        "A & B",
        "\"quoted\"",
        "x < y",
        "\u{1100}\u{1161}",
        "ha ha ha",
    ]
}

fn indent(text: &str) -> String {
    text.replace('\n', "\n  ")
}

fn one_line(text: &str) -> String {
    text.replace("\\\n", " ").replace('\n', " ")
}

fn cell(text: &str) -> String {
    one_line(text).replace('|', "\\|")
}
