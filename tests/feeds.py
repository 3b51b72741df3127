"""Checks the feeds and sitemaps of a built site: feeds.py SITE"""

import sys
import xml.etree.ElementTree as xml
from pathlib import Path

import feedparser

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def faults(site):
    documents = sorted(site.rglob("*.xml"))
    feeds = [path for path in documents if path.name == "feed.xml"]
    sitemaps = [path for path in documents if path.name.startswith("sitemap")]
    for needed in (site / "feed.xml", site / "sitemap.xml"):
        if needed not in documents:
            yield needed, "is missing"
    for path in documents:
        try:
            xml.parse(path)
        except xml.ParseError as error:
            yield path, f"is not well-formed: {error}"
    for path in feeds:
        yield from ((path, fault) for fault in faults_of_feed(path))
    for path in sitemaps:
        yield from ((path, fault) for fault in faults_of_sitemap(path))
    print(f"   {len(feeds)} feeds, {len(sitemaps)} sitemaps, {len(documents)} XML files")


def faults_of_feed(path):
    feed = feedparser.parse(path.read_bytes())
    if feed.bozo:
        yield f"is broken: {feed.bozo_exception}"
    if feed.version != "atom10":
        yield f"is {feed.version or 'no feed'}, not Atom 1.0"
    for key in ("id", "title", "updated"):
        if not feed.feed.get(key):
            yield f"has no {key}"
    for entry in feed.entries:
        for key in ("id", "title", "updated", "link"):
            if not entry.get(key):
                yield f"has an entry without {key}: {entry.get('title', '?')}"
    ids = [entry.get("id") for entry in feed.entries]
    if len(set(ids)) != len(ids):
        yield "has two entries with one id"


def faults_of_sitemap(path):
    try:
        root = xml.parse(path).getroot()
    except xml.ParseError:
        return
    places = [element.text or "" for element in root.iter(f"{SITEMAP}loc")]
    if not places:
        yield "names no page"
    for place in places:
        if not place.startswith(("https://", "http://")):
            yield f"has an address that is not absolute: {place}"


def main():
    site = Path(sys.argv[1])
    found = list(faults(site))
    for path, fault in found:
        print(f"{path.relative_to(site)} {fault}", file=sys.stderr)
    sys.exit(bool(found))


main()
