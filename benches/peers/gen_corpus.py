#!/usr/bin/env python3
"""Deterministic corpus generator for annotated-article-archive benchmarks.

    gen_corpus.py OUT --articles N --seed S --flavour postilla|neutral|zola|hugo|eleventy

Stdlib only (Python 3.11). The same (N, seed) gives the SAME articles, facts and
entities in every flavour; only the packaging differs.

postilla  OUT/postilla.toml, content/properties.toml
          OUT/content/articles/YYYY/MM/slug.md          TOML front matter + Markdown
          OUT/content/articles/YYYY/MM/slug.facts.toml  its fact sidecar
          OUT/content/entities/<kind>/<id>.md           entity records
neutral   OUT/content/articles/YYYY/MM/slug.md          YAML front matter + Markdown
          OUT/content/articles/YYYY/MM/slug.facts.yaml  8-15 facts
          OUT/content/entities/<kind>/<id>.yaml         entity records
          (--sidecar toml|json writes the same facts as .facts.toml / .facts.json)
zola      TOML front matter, taxonomy `entities`, facts in [[extra.facts]],
          entity records loaded with load_data in the taxonomy template
hugo      YAML front matter with `entities` taxonomy and `facts`,
          entity records as content/entities/<id>/_index.md term pages
          (--hugo-front toml|json for the other front matter formats)
eleventy  YAML front matter + native sidecar slug.11tydata.json,
          entity records in content/_data/entityRecords.json,
          entity pages by pagination over a computed collection

What a peer cannot look up cheaply is handed to it: each article of the three peer
flavours carries the list of its entity ids and an id -> name map.

OUT/bench.json names the edit targets (article, fact, entity pages) for watch tests.
"""
import argparse, bisect, datetime, itertools, json, math, multiprocessing, os, random, re, sys

KINDS = [("person", 40), ("organisation", 25), ("product", 10), ("place", 15), ("event", 6), ("work", 4)]
FUNC = ("di il la che e a in un per è con non una su le si da come dei nel al del più alla ha lo sono "
        "anche i gli ma della o perché questo già così the of and to in that for is on was with as by at "
        "from it be this which or an have were their has but not had its all they than").split()
ACCENTED = ("città perché libertà verità società università novità qualità lunedì giovedì venerdì caffè "
            "però né cioè poiché affinché identità pubblicità attività velocità età metà comunità "
            "responsabilità possibilità autorità naïve façade résumé über Zürich Malmö São").split()
ONS = "b c d f g l m n p r s t v z br cr dr fr gr pr tr sc sp st ch gh gl gn qu bl cl fl pl".split()
VOW = "a e i o u a e i o ia io uo ei au".split()
COD = ["", "", "", "", "n", "r", "l", "s", "t", "m"]
SUF = ("zione mento tore trice ità are ere ire ato uto ito ante ente ista ismo ing ed ness tion ment "
       "er ous ive al ly a o i e").split()
STATUSES = ["verified"] * 7 + ["disputed"] + ["unverified"] * 2
LANGS = ["it"] * 6 + ["en"] * 4
TAGS = ("economia politica cronaca cultura scienza tecnologia sport ambiente sanità lavoro giustizia "
        "esteri scuola energia trasporti media finanza ricerca diritti storia").split()
RELS = "member-of located-in founded works-for part-of owns partner-of succeeded-by".split()
START = datetime.date(2005, 1, 3)
SPAN = 7600
BASE = "https://archive.example"


class World:
    """Vocabulary and entities: everything that is shared by all the articles."""

    def __init__(self, n, seed, short=False):
        self.n, self.seed, self.short = n, seed, short
        r = random.Random(f"{seed}:vocab")
        words, seen = [], set(FUNC)

        def word(lo, hi):
            while True:
                w = "".join(r.choice(ONS) + r.choice(VOW) + r.choice(COD) for _ in range(r.randint(lo, hi)))
                if r.random() < 0.55:
                    w = w[: max(3, len(w) - 1)] + r.choice(SUF)
                if w not in seen and 3 <= len(w) <= 16:
                    seen.add(w)
                    return w
        for _ in range(4200):
            words.append(word(1, 3))
        for k, w in enumerate(ACCENTED):
            words.insert(7 + k * 23, w)
        self.vocab = FUNC + words
        self.cum = list(itertools.accumulate(
            [1.0 / (k + 3) for k in range(len(FUNC))] + [0.55 / (k + 12) ** 0.92 * 12 ** -0.08 for k in range(len(words))]))
        given = [word(1, 2).capitalize() for _ in range(260)] + ["Nicolò", "Zoë", "André", "Noè", "José", "Łucja"]
        fam = [word(2, 3).capitalize() for _ in range(2600)] + ["D’Àngelo", "Dall’Olmo", "Pèrez", "Nùñez"]
        core = [word(2, 3).capitalize() for _ in range(3200)]
        adj = [word(1, 2).capitalize() for _ in range(300)]
        self.entities, ids, names = [], set(), set()
        kinds = [k for k, w in KINDS for _ in range(w)]
        m = max(50, n // 5)
        while len(self.entities) < m:
            kind = r.choice(kinds)
            c = r.choice(core)
            if kind == "person":
                g, f = r.choice(given), r.choice(fam)
                name, al = f"{g} {f}", [f"{g[0]}. {f}", f"{f} {g}", f"“{r.choice(adj)}” {f}"]
            elif kind == "organisation":
                t = r.choice(["S.p.A.", "Group", "Foundation", "Università", "Consorzio", "Bank", "Institute"])
                name = f"{t} {c}" if t in ("Università", "Consorzio") else f"{c} {r.choice(adj)} {t}"
                al = ["".join(x[0] for x in name.split()).upper() + c[-3:].upper(), f"gruppo {c}", f"{c} {t} Holding"]
            elif kind == "product":
                name = f"{c} {r.choice('XZRSQ')}{r.randint(1, 990)}"
                al = [name.replace(" ", "-"), f"{name} Pro"]
            elif kind == "place":
                name = r.choice(["", "", "San ", "Monte ", "Porto ", "Città di "]) + c + r.choice(["", f" {r.choice(adj)}"])
                al = [f"comune di {name}", f"{name} Alta"]
            elif kind == "event":
                name = f"{r.choice(['Fiera', 'Festival', 'Summit', 'Congresso'])} {c} {r.randint(1990, 2025)}"
                al = [f"{c} {name[-2:]}’"]
            else:
                name = f"{r.choice(['Il', 'La', 'Lettere da', 'Storia di'])} {c} {r.choice(adj)}"
                al = [f"«{name}»"]
            ident = slugify(name)
            if ident in ids or name in names:
                continue
            ids.add(ident)
            names.add(name)
            self.entities.append({"id": ident, "name": name, "kind": kind, "aliases": al[: r.randint(0, len(al))]})
        self.ecum = list(itertools.accumulate(1.0 / (k + 11) for k in range(m)))  # Zipf-Mandelbrot, rank = index
        for e in self.entities:
            ws = r.choices(self.vocab, cum_weights=self.cum, k=r.randint(22, 48))
            e["summary"] = " ".join(ws).capitalize() + "."
            e["links"] = {"wikidata": f"Q{r.randint(1000, 99999999)}", "homepage": f"https://example.org/{e['id']}"}
            e["relations"] = [{"type": r.choice(RELS), "target": self.entities[self.pick(r)]["id"]}
                              for _ in range(r.randint(0, 4))]

    def pick(self, r):
        return bisect.bisect_left(self.ecum, r.random() * self.ecum[-1])

    def head(self, j):
        """What can be known of article j without making it: slug, date, title."""
        r = random.Random(f"{self.seed}:head:{j}")
        ws = r.choices(self.vocab[len(FUNC):], k=r.randint(4, 8))
        d = START + datetime.timedelta(days=(j * SPAN) // self.n)
        slug = f"{slugify('-'.join(ws[:3]))}-{j:x}"
        return slug, d, " ".join(ws).capitalize()

    def article(self, j):
        slug, d, title = self.head(j)
        r = random.Random(f"{self.seed}:article:{j}")
        cast = []
        want = r.randint(6, 10)
        while len(cast) < want:
            e = self.pick(r)
            if e not in cast:
                cast.append(e)
        stream = iter(r.choices(self.vocab, cum_weights=self.cum, k=1500))
        plain = []  # (sentence, entity indexes it mentions)

        def surface(e):
            ent = self.entities[e]
            return r.choice(ent["aliases"]) if ent["aliases"] and r.random() < 0.25 else ent["name"]

        def sentence(markup=True):
            ws = list(itertools.islice(stream, r.randint(9, 20)))
            ments = []
            for _ in range(r.choice((0, 0, 1, 1, 1, 2))):
                e = r.choice(cast)
                ws.insert(r.randint(1, len(ws) - 1), surface(e))
                ments.append(e)
            x = r.random()
            dirty = False
            if markup and x < 0.10:
                k = r.randint(1, len(ws) - 3)
                ws[k], ws[k + 1] = "**" + ws[k], ws[k + 1] + "**"
                dirty = True
            elif markup and x < 0.18:
                k = r.randint(1, len(ws) - 2)
                ws[k] = "*" + ws[k] + "*"
                dirty = True
            elif x < 0.28:
                k = r.randint(1, len(ws) - 4)
                ws[k], ws[k + 2] = "“" + ws[k], ws[k + 2] + "”"
            elif x < 0.38:
                k = r.randint(1, len(ws) - 2)
                ws[k] = r.choice(["l’", "dell’", "un’", "all’", "c’"]) + ws[k]
            if r.random() < 0.6:
                k = r.randint(2, len(ws) - 3)
                ws[k] += ","
            s = " ".join(ws) + r.choice([".", ".", ".", ".", ".", "?", "…"])
            s = s[0].upper() + s[1:]
            if not dirty:
                plain.append((s, ments))
            return s

        def para():
            return " ".join(sentence() for _ in range(r.randint(3, 4)))

        foot = r.random() < 0.4
        table_at = r.randint(0, 2) if r.random() < 0.3 else -1
        list_at = r.randint(0, 2)
        quote_at = r.randint(0, 2)
        links = r.randint(2, 4)
        blocks = [para()]
        nsec = r.randint(4, 5)
        notes = []
        for k in range(nsec):
            blocks.append("## " + " ".join(itertools.islice(stream, r.randint(3, 6))).capitalize())
            for _ in range(r.randint(1, 2)):
                p = para()
                if links and r.random() < 0.6:
                    links -= 1
                    t = r.randrange(self.n)
                    p += f" Vedi [{self.head(t)[2]}](\x01{t}\x02)."
                if foot and len(notes) < 3 and r.random() < 0.4:
                    notes.append(sentence(False))
                    p += f"[^{len(notes)}]"
                blocks.append(p)
            if k == list_at:
                blocks.append("\n".join(f"- {sentence()}" for _ in range(r.randint(3, 5))))
            if k == quote_at:
                blocks.append(f"> {sentence(False)}\n> — {surface(r.choice(cast))}")
            if k == table_at:
                rows = ["| Voce | Anno | Valore |", "|:-----|-----:|-------:|"]
                for _ in range(r.randint(3, 6)):
                    rows.append(f"| {' '.join(itertools.islice(stream, 2))} | {r.randint(1980, 2025)} | {r.randint(1, 99999)} |")
                blocks.append("\n".join(rows))
            if k == 1:
                blocks.append("### " + " ".join(itertools.islice(stream, 3)).capitalize())
                blocks.append(para())
        for i, t in enumerate(notes):
            blocks.append(f"[^{i + 1}]: {t}")
        body = "\n\n".join(blocks) + "\n"
        r.shuffle(plain)
        plain.sort(key=lambda p: not p[1])
        facts, quoted = [], []
        want = r.randint(8, 15)
        for s, ments in plain:
            if len(facts) == want:
                break
            q = s
            if r.random() < 0.5:
                ws = s.split(" ")
                a = r.randint(0, max(0, len(ws) - 8))
                q = " ".join(ws[a: a + r.randint(6, 10)])
            if body.count(q) != 1:
                continue
            ents = list(dict.fromkeys(ments))
            k = r.randint(2, 4)
            while len(ents) < k:
                e = r.choice(cast)
                if e not in ents:
                    ents.append(e)
            claim = " ".join([self.entities[ents[0]]["name"]] + list(itertools.islice(stream, r.randint(8, 16)))) + "."
            srcs = []
            for _ in range(r.choice((1, 1, 2, 3))):
                h = r.getrandbits(40)
                srcs.append({"url": f"https://news.example.net/{h % 97}/{h:x}?id={h % 1000}&l=it",
                             "title": " ".join(r.choices(self.vocab, cum_weights=self.cum, k=6)).capitalize(),
                             "accessed": (d + datetime.timedelta(days=r.randint(0, 400))).isoformat()})
            facts.append({"id": f"f{len(facts) + 1:02d}", "claim": claim, "quote": q,
                          "entities": [self.entities[e]["id"] for e in ents], "sources": srcs,
                          "status": r.choice(STATUSES), "confidence": round(r.uniform(0.3, 1.0), 2),
                          "date": (d - datetime.timedelta(days=r.randint(0, 900))).isoformat()})
            quoted.append(s)
        if self.short:
            body = "\n\n".join(quoted) + "\n"
        used = [e for e in cast if any(self.entities[e]["id"] in f["entities"] for f in facts)]
        return {"j": j, "slug": slug, "date": d, "title": title, "lang": r.choice(LANGS),
                "author": self.entities[cast[0]]["name"] if r.random() < 0.05 else f"Redazione {r.randint(1, 40)}",
                "source_url": f"https://source.example.com/{d.year}/{slug}.html",
                "tags": r.sample(TAGS, r.randint(1, 4)), "body": body, "facts": facts,
                "used": [self.entities[e]["id"] for e in used],
                "names": {self.entities[e]["id"]: self.entities[e]["name"] for e in used}}

    def url(self, j):
        slug, d, _ = self.head(j)
        return f"/articles/{d.year}/{d.month:02d}/{slug}/"


TR = {ord(a): b for a, b in zip("àèéìòùïçêüöãñúëÀŁ", "aeeiouiceuoanueal")}


def slugify(s):
    return re.sub(r"[^a-z0-9]+", "-", s.lower().translate(TR)).strip("-")


def q(s):  # a JSON string is a valid double-quoted YAML scalar, and a TOML basic string
    return json.dumps(s, ensure_ascii=False)


def yaml_facts(facts, ind=""):
    o = []
    for f in facts:
        o.append(f"{ind}- id: {f['id']}\n{ind}  claim: {q(f['claim'])}\n{ind}  quote: {q(f['quote'])}\n{ind}  entities:\n")
        o.extend(f"{ind}    - {e}\n" for e in f["entities"])
        o.append(f"{ind}  sources:\n")
        for s in f["sources"]:
            o.append(f"{ind}    - url: {q(s['url'])}\n{ind}      title: {q(s['title'])}\n{ind}      accessed: {s['accessed']}\n")
        o.append(f"{ind}  status: {f['status']}\n{ind}  confidence: {f['confidence']}\n{ind}  date: {f['date']}\n")
    return "".join(o)


def toml_facts(facts, key):
    o = []
    for f in facts:
        srcs = ", ".join("{ url = %s, title = %s, accessed = %s }" % (q(s["url"]), q(s["title"]), s["accessed"]) for s in f["sources"])
        o.append(f"[[{key}]]\nid = {q(f['id'])}\nclaim = {q(f['claim'])}\nquote = {q(f['quote'])}\n"
                 f"entities = [{', '.join(map(q, f['entities']))}]\nsources = [{srcs}]\nstatus = {q(f['status'])}\n"
                 f"confidence = {float(f['confidence'])}\ndate = {f['date']}\n\n")
    return "".join(o)


def yaml_entity(e):
    o = [f"id: {e['id']}\nname: {q(e['name'])}\nkind: {e['kind']}\n"]
    o.append("aliases:\n" + "".join(f"  - {q(a)}\n" for a in e["aliases"]) if e["aliases"] else "aliases: []\n")
    o.append(f"summary: {q(e['summary'])}\nlinks:\n" + "".join(f"  {k}: {q(v)}\n" for k, v in e["links"].items()))
    o.append("relations:\n" + "".join(f"  - type: {x['type']}\n    target: {x['target']}\n" for x in e["relations"])
             if e["relations"] else "relations: []\n")
    return "".join(o)


POSTILLA_STATUS = {"verified": "confirmed", "disputed": "disputed", "unverified": "unchecked"}


def postilla_facts(facts):
    o = []
    for f in facts:
        level = "high" if f["confidence"] > 0.75 else "medium" if f["confidence"] > 0.5 else "low"
        o.append(f"[[facts]]\nid = {q(f['id'])}\nkind = \"attribute\"\nclaim = {q(f['claim'])}\nanchor = {{ exact = {q(f['quote'])} }}\n"
                 f"about = [{', '.join(map(q, f['entities']))}]\nvalid = {{ at = {q(f['date'])} }}\n"
                 f"status = {q(POSTILLA_STATUS[f['status']])}\nconfidence = {q(level)}\nevidence = [\n")
        o.extend(f"  {{ url = {q(s['url'])}, title = {q(s['title'])}, accessed = {q(s['accessed'])}, stance = \"supports\" }},\n" for s in f["sources"])
        o.append("]\n\n")
    return "".join(o)


def postilla_entity(e):
    o = [f"+++\nid = {q(e['id'])}\nkind = {q(e['kind'])}\nname = {q(e['name'])}\naliases = [{', '.join(map(q, e['aliases']))}]\n"
         f"summary = {q(e['summary'])}\nsame_as = [{', '.join(q(v) for v in e['links'].values() if str(v).startswith('http'))}]\n"]
    o.extend(f"[[relations]]\nproperty = {q(x['type'])}\nobject = {q(x['target'])}\n" for x in e["relations"])
    o.append("+++\n")
    return "".join(o)


# Nobody archives pages that are made up, and nobody has rights in them; what is said of names is left on.
RULES = """
[rules]
"evidence::not_archived" = "off"
"rights::missing" = "off"
"entity::duplicate" = "off"
"""


def postilla_site():
    properties = "".join(f'[{x}]\nlabel = {{ it = {q(x)}, en = {q(x.replace("-", " "))} }}\ndatatype = "entity"\n\n' for x in RELS)
    return {"postilla.toml": f'title = "Archivio di prova"\nbase_url = {q(BASE)}\nlanguages = ["it"]\n{RULES}', "content/properties.toml": properties}


def write(path, text):
    try:
        f = open(path, "w", encoding="utf-8", newline="\n")
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        f = open(path, "w", encoding="utf-8", newline="\n")
    with f:
        f.write(text)


LINK = re.compile("\x01(\\d+)\x02")


def emit_article(w, a, out, fl, opt):
    d = a["date"]
    rel = f"articles/{d.year}/{d.month:02d}/{a['slug']}"
    base = f"{out}/content/{rel}"
    if fl in ("neutral", "postilla"):
        def link(m):
            s, dd, _ = w.head(int(m[1]))
            return f"../../{dd.year}/{dd.month:02d}/{s}.md"
    else:
        def link(m):
            return w.url(int(m[1]))
    body = LINK.sub(link, a["body"])
    common = f"title: {q(a['title'])}\ndate: {d.isoformat()}\n"
    if fl == "postilla":
        write(base + ".md", f"+++\ntitle = {q(a['title'])}\ndate = {d.isoformat()}\nlang = {q(a['lang'])}\nauthors = [{q(a['author'])}]\n"
              f"url = {q(a['source_url'])}\ntags = [{', '.join(map(q, a['tags']))}]\n+++\n\n{body}")
        write(base + ".facts.toml", postilla_facts(a["facts"]))
    elif fl == "neutral":
        write(base + ".md", f"---\n{common}lang: {a['lang']}\nauthor: {q(a['author'])}\nsource_url: {q(a['source_url'])}\n"
              f"tags: [{', '.join(a['tags'])}]\n---\n\n{body}")
        if opt.sidecar == "yaml":
            write(base + ".facts.yaml", "facts:\n" + yaml_facts(a["facts"], "  "))
        elif opt.sidecar == "toml":
            write(base + ".facts.toml", toml_facts(a["facts"], "facts"))
        else:
            write(base + ".facts.json", json.dumps({"facts": a["facts"]}, ensure_ascii=False, indent=1))
    elif fl == "zola":
        names = "".join(f"{q(k)} = {q(v)}\n" for k, v in a["names"].items())
        write(base + ".md", f"+++\ntitle = {q(a['title'])}\ndate = {d.isoformat()}\n[taxonomies]\nentities = [{', '.join(map(q, a['used']))}]\n"
              f"[extra]\nlang = {q(a['lang'])}\nauthor = {q(a['author'])}\nsource_url = {q(a['source_url'])}\n"
              f"tags = [{', '.join(map(q, a['tags']))}]\n[extra.names]\n{names}\n{toml_facts(a['facts'], 'extra.facts')}+++\n\n{body}")
    elif fl == "hugo":
        if opt.hugo_front == "yaml":
            names = "".join(f"  {k}: {q(v)}\n" for k, v in a["names"].items())
            write(base + ".md", f"---\n{common}article_lang: {a['lang']}\nauthor: {q(a['author'])}\nsource_url: {q(a['source_url'])}\n"
                  f"tags: [{', '.join(a['tags'])}]\nentities: [{', '.join(a['used'])}]\nnames:\n{names}facts:\n{yaml_facts(a['facts'], '  ')}---\n\n{body}")
        elif opt.hugo_front == "toml":
            names = "".join(f"{q(k)} = {q(v)}\n" for k, v in a["names"].items())
            write(base + ".md", f"+++\ntitle = {q(a['title'])}\ndate = {d.isoformat()}\nentities = [{', '.join(map(q, a['used']))}]\n"
                  f"article_lang = {q(a['lang'])}\nauthor = {q(a['author'])}\nsource_url = {q(a['source_url'])}\n"
                  f"tags = [{', '.join(map(q, a['tags']))}]\n[names]\n{names}\n{toml_facts(a['facts'], 'facts')}+++\n\n{body}")
        else:
            write(base + ".md", json.dumps({"title": a["title"], "date": d.isoformat(), "entities": a["used"], "article_lang": a["lang"],
                  "author": a["author"], "source_url": a["source_url"], "tags": a["tags"], "names": a["names"], "facts": a["facts"]},
                  ensure_ascii=False, indent=1) + f"\n\n{body}")
    else:
        write(base + ".md", f"---\n{common}article_lang: {a['lang']}\nauthor: {q(a['author'])}\nsource_url: {q(a['source_url'])}\n"
              f"topics: [{', '.join(a['tags'])}]\n---\n\n{body}")
        write(base + ".11tydata.json", json.dumps({"entities": a["used"], "names": a["names"], "facts": a["facts"]},
              ensure_ascii=False, indent=1))


# ---------------------------------------------------------------- templates: Zola (Tera 1)
ZOLA = {
"config.toml": """base_url = "https://archive.example"
title = "Archive"
description = "Annotated articles"
compile_sass = false
generate_feeds = true
feed_filenames = ["atom.xml"]
feed_limit = 20
build_search_index = false
minify_html = false
taxonomies = [ { name = "entities", feed = false } ]
""",
"content/_index.md": "+++\ntitle = \"Archive\"\n+++\n",
"content/articles/_index.md": "+++\ntitle = \"Articles\"\nsort_by = \"date\"\npaginate_by = 50\ntemplate = \"articles.html\"\npage_template = \"article.html\"\n+++\n",
"templates/macros.html": """{% macro head(lang, title, url) %}<!doctype html><html lang="{{ lang }}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{ title }}</title><link rel="canonical" href="{{ url | safe }}"><link rel="alternate" type="application/atom+xml" href="/atom.xml"></head><body><nav><a href="/">Archive</a> <a href="/articles/">Articles</a> <a href="/entities/">Entities</a></nav>{% endmacro %}
""",
"templates/article.html": """{% import "macros.html" as m %}{{ m::head(lang=page.extra.lang, title=page.title, url=page.permalink) }}
<article><h1>{{ page.title }}</h1><p class="meta"><time datetime="{{ page.date }}">{{ page.date }}</time> {{ page.extra.author }} <a href="{{ page.extra.source_url }}">source</a></p>
<ul class="tags">{% for t in page.extra.tags %}<li>{{ t }}</li>{% endfor %}</ul>
{{ page.content | safe }}</article>
<section class="facts"><h2>Facts ({{ page.extra.facts | length }})</h2><ol>
{% for f in page.extra.facts %}<li id="fact-{{ f.id }}" class="{{ f.status }}"><p>{{ f.claim }}</p><blockquote>{{ f.quote }}</blockquote><p><span class="status">{{ f.status }}</span> <data value="{{ f.confidence }}">{{ f.confidence }}</data> <time>{{ f.date }}</time></p><ul class="entities">{% for e in f.entities %}<li><a href="/entities/{{ e }}/">{{ page.extra.names[e] }}</a></li>{% endfor %}</ul><ul class="sources">{% for s in f.sources %}<li><a href="{{ s.url }}">{{ s.title }}</a> ({{ s.accessed }})</li>{% endfor %}</ul></li>
{% endfor %}</ol></section></body></html>
""",
"templates/entities/single.html": """{% import "macros.html" as m %}{% set rec = load_data(path="data/entities/" ~ term.name ~ ".yaml") %}{{ m::head(lang="it", title=rec.name, url=term.permalink) }}
<h1>{{ rec.name }}</h1><p>{{ rec.kind }} — {{ rec.summary }}</p><ul class="aliases">{% for a in rec.aliases %}<li>{{ a }}</li>{% endfor %}</ul>
<ul class="links">{% for k, v in rec.links %}<li>{{ k }}: {{ v }}</li>{% endfor %}</ul><ul class="relations">{% for x in rec.relations %}<li>{{ x.type }} <a href="/entities/{{ x.target }}/">{{ x.target }}</a></li>{% endfor %}</ul>
<h2>Facts</h2><ul class="facts">
{% for p in term.pages %}{% for f in p.extra.facts %}{% if term.name in f.entities %}<li class="{{ f.status }}"><a href="{{ p.path | safe }}#fact-{{ f.id }}">{{ f.claim }}</a> <span>{{ f.status }}</span></li>
{% endif %}{% endfor %}{% endfor %}</ul>
<h2>Articles ({{ term.page_count }})</h2><ul class="articles">
{% for p in term.pages %}<li><time>{{ p.date }}</time> <a href="{{ p.path | safe }}">{{ p.title }}</a></li>
{% endfor %}</ul></body></html>
""",
"templates/entities/list.html": """{% import "macros.html" as m %}{{ m::head(lang="it", title="Entities", url=current_url) }}
<h1>Entities</h1><ul>
{% for t in terms %}<li><a href="{{ t.path | safe }}">{{ t.name }}</a> ({{ t.page_count }})</li>
{% endfor %}</ul></body></html>
""",
"templates/articles.html": """{% import "macros.html" as m %}{{ m::head(lang="it", title="Articles", url=current_url) }}
<h1>Articles</h1><ul>
{% for p in paginator.pages %}<li><time>{{ p.date }}</time> <a href="{{ p.path | safe }}">{{ p.title }}</a></li>
{% endfor %}</ul><p>{% if paginator.previous %}<a href="{{ paginator.previous | safe }}">prev</a>{% endif %} {{ paginator.current_index }} / {{ paginator.number_pagers }} {% if paginator.next %}<a href="{{ paginator.next | safe }}">next</a>{% endif %}</p></body></html>
""",
"templates/index.html": """{% import "macros.html" as m %}{{ m::head(lang="it", title=config.title, url=config.base_url) }}
<h1>{{ config.title }}</h1><p>{{ config.description }}</p></body></html>
""",
"templates/section.html": "{{ section.title }}\n",
"templates/page.html": "{{ page.title }}\n",
}
ZOLA_DIR = "+++\ntransparent = true\nrender = false\n+++\n"

# ---------------------------------------------------------------- templates: Hugo
HHEAD = '{{ partial "head.html" . }}'
HUGO = {
"hugo.toml": """baseURL = "https://archive.example/"
title = "Archive"
locale = "it"
disableKinds = ["404"]
[params]
description = "Annotated articles"
[taxonomies]
entity = "entities"
[pagination]
pagerSize = 50
[outputs]
home = ["html", "rss"]
section = ["html"]
taxonomy = ["html"]
term = ["html"]
[services.rss]
limit = 20
""",
"content/_index.md": "---\ntitle: Archive\n---\n",
"content/articles/_index.md": "---\ntitle: Articles\n---\n",
"content/entities/_index.md": "---\ntitle: Entities\n---\n",
"layouts/_partials/head.html": """<!doctype html><html lang="{{ with .Params.article_lang }}{{ . }}{{ else }}it{{ end }}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{ .Title }}</title><link rel="canonical" href="{{ .Permalink }}"><link rel="alternate" type="application/rss+xml" href="/index.xml"></head><body><nav><a href="/">Archive</a> <a href="/articles/">Articles</a> <a href="/entities/">Entities</a></nav>""",
"layouts/page.html": HHEAD + """
<article><h1>{{ .Title }}</h1><p class="meta"><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2006-01-02" }}</time> {{ .Params.author }} <a href="{{ .Params.source_url }}">source</a></p>
<ul class="tags">{{ range .Params.tags }}<li>{{ . }}</li>{{ end }}</ul>
{{ .Content }}</article>
<section class="facts"><h2>Facts ({{ len .Params.facts }})</h2><ol>
{{ $names := .Params.names }}{{ range .Params.facts }}<li id="fact-{{ .id }}" class="{{ .status }}"><p>{{ .claim }}</p><blockquote>{{ .quote }}</blockquote><p><span class="status">{{ .status }}</span> <data value="{{ .confidence }}">{{ .confidence }}</data> <time>{{ .date }}</time></p><ul class="entities">{{ range .entities }}<li><a href="/entities/{{ . }}/">{{ index $names . }}</a></li>{{ end }}</ul><ul class="sources">{{ range .sources }}<li><a href="{{ .url }}">{{ .title }}</a> ({{ .accessed }})</li>{{ end }}</ul></li>
{{ end }}</ol></section></body></html>
""",
"layouts/term.html": HHEAD + """
<h1>{{ .Title }}</h1><p>{{ .Params.entity_kind }} — {{ .Params.summary }}</p><ul class="aliases">{{ range .Params.aka }}<li>{{ . }}</li>{{ end }}</ul>
<ul class="links">{{ range $k, $v := .Params.links }}<li>{{ $k }}: {{ $v }}</li>{{ end }}</ul><ul class="relations">{{ range .Params.relations }}<li>{{ .type }} <a href="/entities/{{ .target }}/">{{ .target }}</a></li>{{ end }}</ul>
<h2>Facts</h2><ul class="facts">
{{ $id := .Params.entity_id }}{{ range .Pages }}{{ $url := .RelPermalink }}{{ range .Params.facts }}{{ if in .entities $id }}<li class="{{ .status }}"><a href="{{ $url }}#fact-{{ .id }}">{{ .claim }}</a> <span>{{ .status }}</span></li>
{{ end }}{{ end }}{{ end }}</ul>
<h2>Articles ({{ len .Pages }})</h2><ul class="articles">
{{ range .Pages }}<li><time>{{ .Date.Format "2006-01-02" }}</time> <a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul></body></html>
""",
"layouts/taxonomy.html": HHEAD + """
<h1>Entities</h1><ul>
{{ range .Data.Terms.Alphabetical }}<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a> ({{ .Count }})</li>
{{ end }}</ul></body></html>
""",
"layouts/section.html": HHEAD + """
<h1>Articles</h1><ul>
{{ $p := .Paginate .RegularPagesRecursive }}{{ range $p.Pages }}<li><time>{{ .Date.Format "2006-01-02" }}</time> <a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul><p>{{ with $p.Prev }}<a href="{{ .URL }}">prev</a>{{ end }} {{ $p.PageNumber }} / {{ $p.TotalPages }} {{ with $p.Next }}<a href="{{ .URL }}">next</a>{{ end }}</p></body></html>
""",
"layouts/home.html": HHEAD + """
<h1>{{ .Title }}</h1><p>{{ .Site.Params.description }}</p></body></html>
""",
"layouts/home.rss.xml": """{{ printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\"?>" | safeHTML }}
<rss version="2.0"><channel><title>{{ .Site.Title }}</title><link>{{ .Permalink }}</link><description>{{ .Site.Params.description }}</description>
{{ range first 20 .Site.RegularPages }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link><pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate><guid>{{ .Permalink }}</guid><description>{{ .Content | html }}</description></item>
{{ end }}</channel></rss>
""",
}

# ---------------------------------------------------------------- templates: Eleventy (Nunjucks)
ELEVENTY = {
"eleventy.config.js": """import footnote from "markdown-it-footnote";
export default function (cfg) {
  cfg.amendLibrary("md", (md) => md.use(footnote));
  cfg.addFilter("day", (d) => d.toISOString().slice(0, 10));
  cfg.addCollection("newest", (api) => api.getFilteredByTag("article").slice().reverse());
  cfg.addCollection("entityPages", (api) => {
    const arts = api.getFilteredByTag("article").slice().reverse();
    const map = new Map();
    for (const a of arts) {
      for (const id of a.data.entities) {
        if (!map.has(id)) map.set(id, { id, facts: [], articles: [] });
        map.get(id).articles.push({ url: a.url, date: a.date, title: a.data.title });
      }
      for (const f of a.data.facts)
        for (const id of f.entities) map.get(id).facts.push({ url: a.url, id: f.id, claim: f.claim, status: f.status });
    }
    return [...map.values()].sort((x, y) => (x.id < y.id ? -1 : 1));
  });
  return {
    dir: { input: "content", includes: "../_includes", data: "_data", output: "_site" },
    markdownTemplateEngine: false,
    templateFormats: ["md", "njk"],
  };
}
""",
"content/articles/articles.11tydata.json": "{ \"layout\": \"article.njk\", \"tags\": \"article\" }\n",
"_includes/head.njk": """<!doctype html><html lang="{{ article_lang or 'it' }}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{ title }}</title><link rel="canonical" href="https://archive.example{{ page.url }}"><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body><nav><a href="/">Archive</a> <a href="/articles/">Articles</a> <a href="/entities/">Entities</a></nav>""",
"_includes/article.njk": """{% include "head.njk" %}
<article><h1>{{ title }}</h1><p class="meta"><time datetime="{{ page.date | day }}">{{ page.date | day }}</time> {{ author }} <a href="{{ source_url }}">source</a></p>
<ul class="tags">{% for t in topics %}<li>{{ t }}</li>{% endfor %}</ul>
{{ content | safe }}</article>
<section class="facts"><h2>Facts ({{ facts.length }})</h2><ol>
{% for f in facts %}<li id="fact-{{ f.id }}" class="{{ f.status }}"><p>{{ f.claim }}</p><blockquote>{{ f.quote }}</blockquote><p><span class="status">{{ f.status }}</span> <data value="{{ f.confidence }}">{{ f.confidence }}</data> <time>{{ f.date }}</time></p><ul class="entities">{% for e in f.entities %}<li><a href="/entities/{{ e }}/">{{ names[e] }}</a></li>{% endfor %}</ul><ul class="sources">{% for s in f.sources %}<li><a href="{{ s.url }}">{{ s.title }}</a> ({{ s.accessed }})</li>{% endfor %}</ul></li>
{% endfor %}</ol></section></body></html>
""",
"content/entity.njk": """---
pagination:
  data: collections.entityPages
  size: 1
  alias: ent
permalink: "/entities/{{ ent.id }}/index.html"
---
{% set rec = entityRecords[ent.id] %}{% set title = rec.name %}{% include "head.njk" %}
<h1>{{ rec.name }}</h1><p>{{ rec.kind }} — {{ rec.summary }}</p><ul class="aliases">{% for a in rec.aliases %}<li>{{ a }}</li>{% endfor %}</ul>
<ul class="links">{% for k, v in rec.links %}<li>{{ k }}: {{ v }}</li>{% endfor %}</ul><ul class="relations">{% for x in rec.relations %}<li>{{ x.type }} <a href="/entities/{{ x.target }}/">{{ x.target }}</a></li>{% endfor %}</ul>
<h2>Facts</h2><ul class="facts">
{% for f in ent.facts %}<li class="{{ f.status }}"><a href="{{ f.url }}#fact-{{ f.id }}">{{ f.claim }}</a> <span>{{ f.status }}</span></li>
{% endfor %}</ul>
<h2>Articles ({{ ent.articles.length }})</h2><ul class="articles">
{% for p in ent.articles %}<li><time>{{ p.date | day }}</time> <a href="{{ p.url }}">{{ p.title }}</a></li>
{% endfor %}</ul></body></html>
""",
"content/entities.njk": """---
permalink: /entities/index.html
title: Entities
---
{% include "head.njk" %}
<h1>Entities</h1><ul>
{% for e in collections.entityPages %}<li><a href="/entities/{{ e.id }}/">{{ e.id }}</a> ({{ e.articles.length }})</li>
{% endfor %}</ul></body></html>
""",
"content/articles.njk": """---
title: Articles
pagination:
  data: collections.newest
  size: 50
  alias: batch
permalink: "/articles/{% if pagination.pageNumber > 0 %}page/{{ pagination.pageNumber + 1 }}/{% endif %}index.html"
---
{% include "head.njk" %}
<h1>Articles</h1><ul>
{% for p in batch %}<li><time>{{ p.date | day }}</time> <a href="{{ p.url }}">{{ p.data.title }}</a></li>
{% endfor %}</ul><p>{% if pagination.href.previous %}<a href="{{ pagination.href.previous }}">prev</a>{% endif %} {{ pagination.pageNumber + 1 }} / {{ pagination.hrefs.length }} {% if pagination.href.next %}<a href="{{ pagination.href.next }}">next</a>{% endif %}</p></body></html>
""",
"content/index.njk": """---
title: Archive
---
{% include "head.njk" %}
<h1>{{ title }}</h1><p>Annotated articles</p></body></html>
""",
"content/feed.njk": """---
permalink: /feed.xml
---
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Archive</title><link>https://archive.example/</link><description>Annotated articles</description>
{% for p in collections.newest.slice(0, 20) %}<item><title>{{ p.data.title }}</title><link>https://archive.example{{ p.url }}</link><pubDate>{{ p.date | day }}</pubDate><guid>https://archive.example{{ p.url }}</guid><description>{{ p.templateContent }}</description></item>
{% endfor %}</channel></rss>
""",
"content/sitemap.njk": """---
permalink: /sitemap.xml
---
<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{% for p in collections.article %}<url><loc>https://archive.example{{ p.url }}</loc><lastmod>{{ p.date | day }}</lastmod></url>
{% endfor %}{% for e in collections.entityPages %}<url><loc>https://archive.example/entities/{{ e.id }}/</loc></url>
{% endfor %}</urlset>
""",
"package.json": "{ \"name\": \"bench\", \"private\": true, \"type\": \"module\" }\n",
}

W = OPT = None


def work(rng):
    for j in range(*rng):
        emit_article(W, W.article(j), OPT.out, OPT.flavour, OPT)
    return rng[1] - rng[0]


def main():
    global W, OPT
    ap = argparse.ArgumentParser()
    ap.add_argument("out")
    ap.add_argument("--articles", type=int, required=True)
    ap.add_argument("--seed", default="1")
    ap.add_argument("--flavour", choices=["postilla", "neutral", "zola", "hugo", "eleventy"], default="neutral")
    ap.add_argument("--sidecar", choices=["yaml", "toml", "json"], default="yaml")
    ap.add_argument("--hugo-front", choices=["yaml", "toml", "json"], default="yaml")
    ap.add_argument("--short", action="store_true", help="of each text only the sentences that facts quote")
    ap.add_argument("--jobs", type=int, default=os.cpu_count())
    OPT = ap.parse_args()
    n, out, fl = OPT.articles, OPT.out, OPT.flavour
    W = World(n, OPT.seed, OPT.short)
    files = {"postilla": postilla_site(), "zola": ZOLA, "hugo": HUGO, "eleventy": ELEVENTY}.get(fl, {})
    for name, text in files.items():
        write(f"{out}/{name}", text)
    if fl == "zola":
        seen = set()
        for j in range(n):
            d = START + datetime.timedelta(days=(j * SPAN) // n)
            for p in (f"{d.year}", f"{d.year}/{d.month:02d}"):
                if p not in seen:
                    seen.add(p)
                    write(f"{out}/content/articles/{p}/_index.md", ZOLA_DIR)
    if fl == "eleventy":
        write(f"{out}/content/_data/entityRecords.json", json.dumps({e["id"]: e for e in W.entities}, ensure_ascii=False, indent=1))
    for e in W.entities:
        if fl == "postilla":
            write(f"{out}/content/entities/{e['kind']}/{e['id']}.md", postilla_entity(e))
        elif fl == "neutral":
            write(f"{out}/content/entities/{e['kind']}/{e['id']}.yaml", yaml_entity(e))
        elif fl == "zola":
            write(f"{out}/data/entities/{e['id']}.yaml", yaml_entity(e))
        elif fl == "hugo":
            t = yaml_entity(e).replace("name: ", "title: ", 1).replace("kind: ", "entity_kind: ", 1)
            t = t.replace("id: ", "entity_id: ", 1).replace("aliases:", "aka:", 1)
            write(f"{out}/content/entities/{e['id']}/_index.md", f"---\n{t}---\n")
    step = max(1, min(500, n // (OPT.jobs * 4) or 1))
    chunks = [(a, min(n, a + step)) for a in range(0, n, step)]
    if OPT.jobs > 1:
        with multiprocessing.get_context("fork").Pool(OPT.jobs) as pool:
            for _ in pool.imap_unordered(work, chunks):
                pass
    else:
        for c in chunks:
            work(c)
    a = W.article(n // 2)
    order = {e["id"]: k for k, e in enumerate(W.entities)}
    f = a["facts"][2]
    es = sorted(f["entities"], key=lambda e: order[e])
    d = a["date"]
    src = f"content/articles/{d.year}/{d.month:02d}/{a['slug']}"
    fact_src = {"postilla": f"{src}.facts.toml", "neutral": f"{src}.facts.{OPT.sidecar}", "eleventy": f"{src}.11tydata.json"}.get(fl, f"{src}.md")
    write(f"{out}/bench.json", json.dumps({
        "articles": n, "entities": len(W.entities), "seed": OPT.seed, "flavour": fl,
        "article_src": f"{src}.md", "article_url": f"/articles/{a['slug']}/" if fl == "postilla" else W.url(n // 2), "fact_src": fact_src, "fact_id": f["id"], "fact_claim": f["claim"],
        "body_text": a["body"][:60], "hub_entity_url": f"/entities/{es[0]}/", "rare_entity_url": f"/entities/{es[-1]}/",
        "top_entity_url": f"/entities/{W.entities[0]['id']}/"}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
