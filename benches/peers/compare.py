#!/usr/bin/env python3
"""Do both sites say the same? Fails where Postilla's shows less than Hugo's.

    python3 benches/peers/compare.py POSTILLA_SITE HUGO_SITE

Compared by article and by entity: the facts on an article's page, the entities it links to, and the facts and
articles that an entity's pages link to. Postilla may show more. The HTML is read by pattern, not parsed.
"""

import multiprocessing
import re
import sys
from collections import defaultdict
from pathlib import Path

TAG = re.compile(r"<[a-zA-Z][^>]*>")
ID = re.compile(r"""\sid\s*=\s*["']?([^"'\s>]+)""")
CLASS = re.compile(r"""\sclass\s*=\s*(?:"([^"]*)"|'([^']*)'|([^"'\s>]+))""")
ARTICLE_LINK = re.compile(r"""articles/(?:\d{4}/)?(?:\d\d/)?([^/"'#?\s>]+)/(?:index\.html)?(?:#(?:fact-|q-)?([^"'\s>]+))?["'\s>]""")
ENTITY_LINK = re.compile(r"""entities/([^/"'#?\s>]+)/(?:index\.html)?["'#\s>]""")


def main():
    postilla, hugo = (read(Path(folder)) for folder in sys.argv[1:3])
    print("| | Postilla | Hugo |\n|---|---:|---:|")
    for what in hugo:
        print(f"| {what} | {total(postilla[what]):,} | {total(hugo[what]):,} |")
    missing = [line for what in hugo for line in shortfall(what, postilla[what], hugo[what])]
    for line in missing[:20]:
        print(line, file=sys.stderr)
    if missing:
        sys.exit(f"Postilla's site shows less than Hugo's in {len(missing)} places")
    if not total(hugo["facts on article pages"]):
        sys.exit("Hugo's site shows no fact: nothing was compared")


def read(site):
    found = {what: defaultdict(set) for what in ("facts on article pages", "entities linked from articles", "facts on entity pages", "articles on entity pages")}
    with multiprocessing.Pool() as pool:
        for article, facts, entities in pool.imap_unordered(read_article, article_pages(site), chunksize=64):
            found["facts on article pages"][article] |= facts
            found["entities linked from articles"][article] |= entities
        for entity, facts, articles in pool.imap_unordered(read_entity, entity_pages(site), chunksize=64):
            found["facts on entity pages"][entity] |= facts
            found["articles on entity pages"][entity] |= articles
    return found


def article_pages(site):
    """Pages that hold an <article>, whatever the folders above them. Lists of articles are left out when read."""
    return sorted((site / "articles").rglob("index.html"))


def entity_pages(site):
    """All pages of an entity, the later ones of a long list too, under the entity's id."""
    folder = site / "entities"
    return [(path.relative_to(folder).parts[0], path) for path in sorted(folder.rglob("*.html")) if path.parent != folder]


def read_article(path):
    html = path.read_text(encoding="utf-8")
    facts = set(fact_notes(html)) if "<article" in html else set()
    entities = {link[1] for link in ENTITY_LINK.finditer(html)} if facts else set()
    return path.parent.name, facts, entities


def read_entity(page):
    entity, path = page
    html = path.read_text(encoding="utf-8")
    links = [(link[1], link[2]) for link in ARTICLE_LINK.finditer(html)]
    return entity, {(article, fact) for article, fact in links if fact}, {article for article, _ in links}


def fact_notes(html):
    """Ids of Postilla's notes (class `note`) and of Hugo's facts (`fact-…`)."""
    for tag in TAG.finditer(html):
        identity = ID.search(tag[0])
        if not identity:
            continue
        name = identity[1]
        classes = CLASS.search(tag[0])
        if name.startswith("fact-"):
            yield name.removeprefix("fact-")
        elif classes and "note" in (classes[1] or classes[2] or classes[3] or "").split():
            yield name


def total(sets):
    return sum(map(len, sets.values()))


def shortfall(what, ours, theirs):
    for key, wanted in theirs.items():
        lost = wanted - ours.get(key, set())
        if lost:
            yield f"{what}: {key} lacks {len(lost)}: {sorted(map(str, lost))[:3]}"


if __name__ == "__main__":
    main()
