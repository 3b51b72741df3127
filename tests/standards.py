"""Judges what a built site says to machines by the standards' own words: standards.py POSTILLA SITE

All JSON-LD must expand, offline, and use schema.org's types and properties as its release 30.0 says; annotations must
pass every MUST of the W3C's test suite, and their selectors must find in `text.txt` what they quote. It judges the SITE,
and one that it builds from made-up texts with every kind of content, where each text tries to break out.
"""

import csv
import json
import re
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

from jsonschema import Draft4Validator
from pyld import jsonld

with warnings.catch_warnings():
    # The suite's schemas name each other in the way of Draft 4, which only this follows.
    warnings.simplefilter("ignore", DeprecationWarning)
    from jsonschema import RefResolver

STANDARDS = Path(__file__).parent / "standards"
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
BREAK = "</script><!-- <b> & \"'\\ \U0001f600 "
STATUSES = "confirmed corroborated single_source attributed unchecked unverifiable disputed refuted superseded withdrawn".split()
KINDS = "ai_model company country event news_outlet organisation person place product public_body software work".split()
MADE_UP_KINDS = [*KINDS, "lake", "nameless"]


def main(postilla, site):
    check_that_the_judge_refuses()
    with tempfile.TemporaryDirectory() as folder:
        write_archive(Path(folder))
        made_up = Path(folder) / "site"
        build = [postilla, "build", "--root", folder, "--output-dir", made_up, "--now", "2030-01-01", "--quiet"]
        built = subprocess.run(build, capture_output=True, text=True)
        if built.returncode:
            sys.exit(f"   the made-up archive does not build:\n{built.stderr}")
        found = [*faults(Path(site)), *faults(made_up), *lacking(made_up)]
    for fault in found:
        print(f"   {fault}")
    sys.exit(bool(found))


def faults(site):
    """What is wrong with a site, and a line on how much was judged."""
    count = 0
    for path in sorted(site.rglob("*.html")):
        for block in BLOCK.findall(path.read_text()):
            count += 1
            yield from (f"{path.relative_to(site)}: {fault}" for fault in faults_of_linked_data(block))
    records = sorted(site.rglob("entity.jsonld"))
    for path in records:
        yield from (f"{path.relative_to(site)}: {fault}" for fault in faults_of_linked_data(path.read_text(), in_script=False))
    collections = sorted(site.rglob("annotations.jsonld"))
    for path in collections:
        yield from (f"{path.relative_to(site)}: {fault}" for fault in faults_of_annotations(path, site))
    if not (count and records and collections):
        yield f"{site}: linked data, records of entities or annotations are missing"
    print(f"   {count} pages with linked data, {len(records)} records of entities, {len(collections)} collections of annotations")


# --- linked data ------------------------------------------------------------------------------------------------


def offline(url, _options=None):
    contexts = {"https://schema.org": "schema.org", "http://schema.org": "schema.org", "http://www.w3.org/ns/anno.jsonld": "web-annotation"}
    folder = contexts.get(url.rstrip("/"))
    if folder is None:
        raise ValueError(f"nobody should ask for {url}")
    return {"contextUrl": None, "documentUrl": url, "document": read_context(folder)}


def read_context(folder, known={}):
    if folder not in known:
        known[folder] = json.loads((STANDARDS / folder / "context.jsonld").read_text())
    return known[folder]


jsonld.set_document_loader(offline)


def faults_of_linked_data(text, in_script=True):
    if in_script and "<" in text:
        yield "`<` stands in a script"
    try:
        document = json.loads(text)
        if not jsonld.to_rdf(document, {"format": "application/n-quads"}).strip():
            yield "says nothing as RDF"
    except (ValueError, jsonld.JsonLdError) as error:
        yield f"is no JSON-LD: {error}"
        return
    yield from Vocabulary().faults(document)


class Vocabulary:
    """schema.org's types and properties, and what is wrong with a document that uses them."""

    LITERAL = {"Text", "URL", "Date", "DateTime", "Number", "Integer", "Float", "Boolean", "Time", "Duration"}
    tables = {}

    def __init__(self):
        for table in ("types", "properties"):
            if table not in self.tables:
                with open(STANDARDS / "schema.org" / f"{table}.csv", newline="") as file:
                    self.tables[table] = {row["label"]: row for row in csv.DictReader(file)}
        self.types, self.properties = self.tables["types"], self.tables["properties"]

    def faults(self, document):
        self.types_by_id = {}
        self.learn(document)
        yield from self.walk(document, "")

    def learn(self, value):
        for node in value if isinstance(value, list) else [value]:
            if isinstance(node, dict):
                if "@id" in node and "@type" in node:
                    self.types_by_id[node["@id"]] = node["@type"]
                for inner in node.values():
                    self.learn(inner)

    def walk(self, value, place):
        if isinstance(value, list):
            for nth, item in enumerate(value):
                yield from self.walk(item, f"{place}[{nth}]")
        if not isinstance(value, dict):
            return
        types = listed(value.get("@type"))
        yield from (f"{place}: there is no type {kind}" for kind in types if kind not in self.types)
        for name, inner in value.items():
            if name == "@graph":
                yield from self.walk(inner, place)
            elif not name.startswith("@"):
                yield from self.faults_of_property(name, inner, types, f"{place}/{name}")
                yield from self.walk(inner, f"{place}/{name}")

    def faults_of_property(self, name, value, types, place):
        known = self.properties.get(name)
        if known is None:
            yield f"{place}: there is no such property"
            return
        if known["supersededBy"]:
            yield f"{place}: superseded by {known['supersededBy']}"
        if types and not self.lines(types) & set(names(known["domainIncludes"])):
            yield f"{place}: no property of {types}"
        takes = set(names(known["rangeIncludes"]))
        for item in listed(value):
            if not isinstance(item, dict):
                if not takes & self.LITERAL:
                    yield f"{place}: a text or number in place of {sorted(takes)}"
                continue
            kinds = listed(item.get("@type") or self.types_by_id.get(item.get("@id")))
            if kinds and not self.lines(kinds) & takes:
                yield f"{place}: {kinds} in place of {sorted(takes)}"

    def lines(self, types):
        """The types and all that they are kinds of."""
        found, left = set(), list(types)
        while left:
            kind = left.pop()
            if kind not in found:
                found.add(kind)
                left.extend(names(self.types.get(kind, {}).get("subTypeOf", "")))
        return found


def names(cell):
    return [name.strip() for name in cell.split(",") if name.strip()]


def listed(value):
    return value if isinstance(value, list) else [] if value is None else [value]


# --- annotations ------------------------------------------------------------------------------------------------


class Musts:
    """What the W3C's test suite says that documents of a kind MUST be."""

    folder = STANDARDS / "web-annotation"
    definitions = {}

    def __init__(self, test):
        if not self.definitions:
            for path in self.folder.glob("definitions/*.json"):
                definition = json.loads(path.read_text())
                self.definitions |= {f"http://suite/{name}": definition for name in (path.name, definition.get("id")) if name}
        self.schemas = {}
        for assertion in json.loads((self.folder / test).read_text())["assertions"]:
            self.schemas[assertion] = json.loads((self.folder / assertion).read_text())

    def faults(self, document):
        for assertion, schema in self.schemas.items():
            resolver = RefResolver(f"http://suite/{Path(assertion).name}", schema, store=self.definitions)
            own = {key: value for key, value in schema.items() if key != "id"}
            holds = Draft4Validator(own, resolver=resolver).is_valid(document)
            if holds != (schema.get("expectedResult", "valid") == "valid"):
                yield f"{document.get('id')}: {assertion}: {schema.get('errorMessage')}"


COLLECTIONS, PAGES = Musts("collections/collectionMusts.test"), Musts("collections/pages/pageMusts.test")
ANNOTATIONS = Musts("annotations/annotationMusts.test")


def faults_of_annotations(path, site):
    collection = json.loads(path.read_text())
    if not jsonld.to_rdf(collection, {"format": "application/n-quads"}).strip():
        yield "says nothing as RDF"
    # What stands in another document has its context from there.
    context = {"@context": collection["@context"]}
    page = collection["first"]
    yield from COLLECTIONS.faults(collection)
    yield from PAGES.faults(context | page)
    if collection["total"] != len(page["items"]):
        yield "has another total"
    text = path.with_name("text.txt")
    text = text.read_bytes().decode() if text.exists() else None
    shown = (path.parent / "index.html").read_text()
    for annotation in page["items"]:
        yield from ANNOTATIONS.faults(context | annotation)
        if not f'id="{annotation["id"].rpartition("#")[2]}"' in shown:
            yield f"{annotation['id']}: the page has no such note"
        yield from faults_of_target(annotation["target"], text)


def faults_of_target(target, text):
    if isinstance(target, str):
        return
    selectors = {selector["type"]: selector for selector in target["selector"]}
    quote, place = selectors["TextQuoteSelector"], selectors.get("TextPositionSelector")
    if text is None:
        if place or "prefix" in quote or "suffix" in quote:
            yield f"points into a text that is not shown: {target}"
        return
    # Python counts code points, as the model does.
    start, end = place["start"], place["end"]
    if text[start:end] != quote["exact"]:
        yield f"at {start}..{end} stands {text[start:end]!r}, not {quote['exact']!r}"
    if not text[:start].endswith(quote.get("prefix", "")) or not text[end:].startswith(quote.get("suffix", "")):
        yield f"another context is quoted around {quote['exact']!r}"


def check_that_the_judge_refuses():
    wrong = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "target": "https://a.example/"}
    if not list(ANNOTATIONS.faults(wrong)) or list(ANNOTATIONS.faults(wrong | {"id": "https://a.example/1"})):
        sys.exit("   the judge of annotations does not tell right from wrong")
    planted = {
        "no such type": {"@type": "Newspaper Article", "name": "x"},
        "no such property": {"@type": "Claim", "claim": "x"},
        "a property of another type": {"@type": "Organization", "birthDate": "2000"},
        "a value of another type": {"@type": "Claim", "appearance": {"@type": "Person", "name": "x"}},
        "a text in place of a node": {"@type": "Claim", "author": "x"},
    }
    for what, node in planted.items():
        text = json.dumps({"@context": "https://schema.org", "@id": "https://a.example/", **node})
        if not list(faults_of_linked_data(text)):
            sys.exit(f"   the judge does not see {what}")


# --- the made-up site -------------------------------------------------------------------------------------------


def lacking(site):
    """What the made-up site must say and does not."""
    page = (site / "articles/full/index.html").read_text()
    article = json.loads(BLOCK.findall(page)[0])
    claims = {claim["@id"].rpartition("#")[2]: claim for claim in article["hasPart"]}
    reviewed = {name for name, claim in claims.items() if "review" in claim}
    if reviewed != {"confirmed", "corroborated", "disputed", "refuted"}:
        yield f"verdicts are given on {sorted(reviewed)}"
    for key in ("mentions", "about", "correction", "workTranslation", "author", "publisher", "license"):
        if not article.get(key):
            yield f"the article has no {key}"
    if {thing["@type"] for thing in article["about"] + article["mentions"]} < {"Person", "Organization", "Country", "Thing"}:
        yield "not every kind of entity is there"
    if article["headline"] != BREAK + "full":
        yield f"another headline came out: {article['headline']}"
    for name, files in {"full": 2, "excerpts": 1, "facts_only": 1, "withdrawn": 0}.items():
        if sum((site / f"articles/{name}" / file).exists() for file in ("text.txt", "annotations.jsonld")) != files:
            yield f"other files beside the article `{name}`"
    motivations = {item["motivation"] for item in json.loads((site / "articles/full/annotations.jsonld").read_text())["first"]["items"]}
    if motivations != {"assessing", "questioning", "describing", "commenting"}:
        yield f"the motivations are {sorted(motivations)}"
    for name in ("withdrawn", "facts_only", "excerpts"):
        other = json.loads(BLOCK.findall((site / f"articles/{name}/index.html").read_text())[0])
        if ("hasPart" in other) == (name == "withdrawn"):
            yield f"claims of the article `{name}`"


def write_archive(root):
    quote = lambda text: json.dumps(text, ensure_ascii=False)
    kinds = "\n".join(f"[kinds.{kind}]\nlabel = '{kind}'" + ("\nschema_org = 'LakeBodyOfWater'" if kind == "lake" else "") for kind in ("lake", "nameless"))
    files = {"postilla.toml": f"title = {quote(BREAK)}\nbase_url = 'https://archive.example/base/'\nlanguages = ['en', 'it']\n{kinds}\n"}
    for kind in MADE_UP_KINDS:
        dates = "born = '1970-05'\ndied = '2020~'\nfounded = 1990\ndissolved = '2001-02-03'"
        head = f"kind = '{kind}'\nname = {quote(f'Test {kind}')}\naliases = [{quote(BREAK + kind)}]\nsummary = {quote(BREAK)}\nwikidata = 'Q1'\n"
        files[f"content/entities/{name_of(kind)}.md"] = f"+++\n{head}same_as = ['https://elsewhere.example/{kind}']\n{dates}\n+++\n"
    files["content/properties.toml"] = "[depth]\nlabel = 'depth'\nunit = 'm'\n"
    files["content/sources.bib"] = "@book{book, title = {A Book}, author = {Sample, Ada}, date = {2020-02}, publisher = {Test Press}, url = {https://elsewhere.example/book}}\n"
    files["content/pages/method.md"] = f"+++\ntitle = {quote(BREAK)}\nsummary = {quote(BREAK)}\n+++\nText.\n"
    for name, more in {
        "full": "",
        "excerpts": "publish = 'excerpts'",
        "facts_only": "publish = 'facts_only'",
        "withdrawn": "state = 'withdrawn'",
        "versione": "lang = 'it'\ntranslation_of = 'full'\ntranslator = 'person'",
    }.items():
        files[f"content/articles/{name}.md"] = article(name, more, quote)
        files[f"content/articles/{name}.facts.json"] = json.dumps({"facts": [fact(status, name) for status in STATUSES]})
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def name_of(kind):
    return kind.replace("_", "-")


def article(name, more, quote):
    lines = [
        f"title = {quote(BREAK + name)}\nslug = '{name}'\ndate = 2025-01-02\nupdated = 2025-02-03\nsummary = {quote(BREAK)}",
        f"authors = ['person', 'software', {quote(BREAK)}]\npublisher = 'news-outlet'\nurl = 'https://elsewhere.example/{name}'",
        f"archived = 'https://elsewhere.example/copy'\ntags = [{quote(BREAK)}]\nabout = ['company', 'nameless']",
        f"rights = {{ holder = 'Somebody', licence = {quote('https://elsewhere.example/licence' if name == 'full' else 'A licence')} }}",
        f"corrections = [{{ date = 2025-03-04, text = {quote(f'It **was** {BREAK}')}, facts = ['confirmed'] }}]",
    ]
    named = " ".join(f"Of [[{name_of(kind)}]]." for kind in MADE_UP_KINDS)
    text = "\n\n".join(f"\U0001f600 È *stato* {status} con {nth} metri di profondità." for nth, status in enumerate(STATUSES))
    return "+++\n" + "\n".join(lines) + f"\n{more}\n+++\n{named}\n\n{text}\n"


def fact(status, name):
    nth = STATUSES.index(status)
    values = [{"number": 1.5, "approximate": True}, {"min": 1, "max": 2}, {"text": BREAK}, {"number": 1e300, "currency": "USD"}]
    dates = [{"at": "2024-11"}, {"from": "2020", "until": "2024-02-03"}, {"at": "2024-11~"}, {"at": "2025-21"}, {"from": "2024"}]
    checks = [{"by": "a. test", "date": "2025-01-02"}] if status != "attributed" else []
    return {
        "id": status,
        "claim": {"en": f"{BREAK}{status} in {name}.", "it": f"{status} {name}."},
        "anchor": {"exact": f"stato {status} con {nth} metri"},
        "subject": "lake",
        "about": ["person"],
        "property": "depth",
        "value": values[nth % len(values)],
        "valid": dates[nth % len(dates)],
        "attribution": [{"agent": "person"}, {"agent": "ai-model"}, {"agent": BREAK, "naming": "anonymous"}],
        "evidence": [{"source": "book"}, {"url": "https://elsewhere.example/", "title": BREAK}],
        "status": status,
        "checks": checks,
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
