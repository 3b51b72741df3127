//! The guide's examples: in each chapter of `docs/guide/imports.md` a block with `import="KIND" source="NAME"` is imported
//! into an archive of the blocks with a title, and must give, byte for byte, those that say `made`.

use std::fs;

use super::common::{archive, repository};
use super::import;

#[test]
fn the_examples_of_the_guide_give_what_it_shows() {
    let guide = fs::read_to_string(repository().join("docs/guide/imports.md")).unwrap();
    let mut shown = 0;
    for chapter in guide.split("\n## ").skip(1) {
        let blocks: Vec<(&str, String)> = blocks(chapter);
        let titled = || blocks.iter().filter_map(|(info, text)| Some((attribute(info, "title")?, info, text)));
        let files: Vec<(&str, &str)> =
            titled().filter(|(_, info, _)| !info.contains(" made")).map(|(path, _, text)| (path, &**text)).collect();
        let archive = archive(&files);
        for (info, text) in &blocks {
            let (Some(kind), Some(name)) = (attribute(info, "import"), attribute(info, "source")) else { continue };
            let run = import(&archive, kind, name, text);
            assert_eq!(run.code, 0, "{name}: {}", run.stderr);
            shown += 1;
        }
        for (path, _, text) in titled().filter(|(_, info, _)| info.contains(" made")) {
            assert_eq!(archive.read(path), *text, "{path}");
        }
    }
    assert!(shown > 0, "no example was found");
}

fn blocks(chapter: &str) -> Vec<(&str, String)> {
    let mut lines = chapter.lines();
    let mut blocks = Vec::new();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        blocks.push((info, lines.by_ref().take_while(|line| *line != "```").flat_map(|line| [line, "\n"]).collect()));
    }
    blocks
}

/// The value of `name="…"` in the words behind a fence.
fn attribute<'i>(info: &'i str, name: &str) -> Option<&'i str> {
    Some(info.split_once(&format!(" {name}=\""))?.1.split_once('"')?.0)
}
