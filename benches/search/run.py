#!/usr/bin/env python3
"""Builds generated archives with and without the search, and searches them in a browser; prints one table.

    python3 benches/search/run.py [--articles 1000 10000] [--runs 3] [--dir /dev/shm/postilla-search] [--pagefind] [--keep]

CPU and memory are the kernel's account of the whole process; each table cell is the median of the runs, with and without
in turn. Queries run in Chromium (as in tests/browser/search.mjs, which says what it needs), each with nothing at hand.
`--pagefind` indexes the same pages with Pagefind too, which `npm install --prefix target/test-tools pagefind` puts there.
"""

import argparse
import collections
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TOOLS = Path(os.environ.get("TEST_TOOLS", ROOT / "target/test-tools"))


def main():
    options = read_options()
    try:
        for articles in options.articles:
            measure_archive(options, articles)
    finally:
        if not options.keep:
            shutil.rmtree(options.dir, ignore_errors=True)


def read_options():
    memory_disk = Path("/dev/shm")
    fast = memory_disk if os.access(memory_disk, os.W_OK) else Path(tempfile.gettempdir())
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--dir", type=Path, default=fast / "postilla-search", help="where archives and sites are written")
    parser.add_argument("--program", type=Path, default=Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/postilla")
    parser.add_argument("--pagefind", action="store_true")
    parser.add_argument("--keep", action="store_true", help="leave the folder behind")
    return parser.parse_args()


def measure_archive(options, articles):
    archive, site = options.dir / f"archive-{articles}", options.dir / f"site-{articles}"
    if not archive.exists():
        generate = [sys.executable, ROOT / "benches/peers/gen_corpus.py", archive, "--articles", str(articles), "--seed", "1", "--flavour", "postilla"]
        subprocess.run(list(map(str, generate)), check=True, stdout=subprocess.DEVNULL)
    off = archive / "no-search.toml"
    off.write_text((archive / "postilla.toml").read_text() + "\n[search]\nenabled = false\n")
    build = [options.program, "build", "--root", archive, "--output-dir", site, "--now", "2026-01-01", "--quiet"]
    costs = collections.defaultdict(list)
    for _ in range(options.runs):
        for name, command in [("without", [*build, "--config", off]), ("with", build)]:
            shutil.rmtree(site, ignore_errors=True)
            costs[name].append(cost(command))
    index = [path.stat().st_size for path in (site / "search").glob("*.bin")]
    print(f"\n{articles} articles: index of {len(index)} files, {sum(index) / 1e6:.1f} MB")
    for name, runs in costs.items():
        wall, cpu, memory = (statistics.median(values) for values in zip(*runs))
        print(f"  {name:8} {wall:6.2f} s  {cpu:6.2f} s CPU  {memory:5.0f} MB")
    search(site, queries(archive))
    if options.pagefind:
        wall, cpu, memory = cost([TOOLS / "node_modules/.bin/pagefind", "--site", site, "--quiet"])
        files = [path.stat().st_size for path in (site / "pagefind").rglob("*") if path.is_file()]
        print(f"  Pagefind over the pages: {wall:.2f} s  {cpu:.2f} s CPU  {memory:.0f} MB; {len(files)} files, {sum(files) / 1e6:.1f} MB")


def cost(command):
    """Seconds, seconds of CPU, and megabytes at the most."""
    begin = time.monotonic()
    child = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"exit code {child.returncode}: {' '.join(map(str, command))}")
    return time.monotonic() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def queries(archive):
    """Words of texts from the commonest to the rarest, and some of them together."""
    count = collections.Counter()
    for path in sorted(archive.glob("content/articles/*/*/*.md"))[::7]:
        count.update(set(re.findall(r"[^\W\d_]{2,}", path.read_text().split("+++", 2)[2].lower())))
    words = [word for word, _ in sorted(count.items(), key=lambda item: (-item[1], item[0]))]
    at = lambda share: words[int(share * (len(words) - 1))]
    return [words[0], words[40], at(0.05), at(0.5), words[-1], f"{words[45]} {words[50]}", f"{words[0]} {at(0.02)} {at(0.03)}"]


def search(site, asked):
    environment = {**os.environ, "SITE": str(site), "QUERIES": "|".join(asked), "TEST_TOOLS": str(TOOLS)}
    done = subprocess.run(["node", "tests/browser/search.mjs"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    print(done.stdout.rstrip())


if __name__ == "__main__":
    main()
