#!/usr/bin/env python3
"""Counts the instructions of a build, so that nobody makes it slower unseen: instructions.py POSTILLA

A generated archive of 200 articles is built by one thread under callgrind. The count must be that of `instructions.json` to three in a
hundred, both ways: who makes the build faster writes the new number down, with

    INSTRUCTIONS=overwrite python3 tests/instructions.py target/release/postilla

Counts differ by about one in ten thousand from run to run, and by more from compiler to compiler, which is why its name stands beside the number.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BAR = ROOT / "tests/instructions.json"
MARGIN = 0.03


def main(postilla):
    counted = {"instructions": count(postilla), "rustc": run("rustc", "--version").strip()}
    if os.environ.get("INSTRUCTIONS") == "overwrite":
        BAR.write_text(json.dumps(counted, indent=2) + "\n")
    bar = json.loads(BAR.read_text())
    ratio = counted["instructions"] / bar["instructions"]
    print(f"   {counted['instructions']:,} instructions, {(ratio - 1) * 100:+.2f} % of the bar")
    if abs(ratio - 1) > MARGIN:
        other = "" if counted["rustc"] == bar["rustc"] else f" (the bar was set with {bar['rustc']}, this is {counted['rustc']})"
        sys.exit(f"   a build takes {ratio:.3f} times as many instructions as {BAR.name} says{other}")


def count(postilla):
    with tempfile.TemporaryDirectory() as work:
        archive = Path(work) / "archive"
        run(sys.executable, ROOT / "benches/peers/gen_corpus.py", archive, "--articles", 200, "--seed", 1, "--flavour", "postilla")
        valgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={work}/profile"]
        build = [postilla, "build", "--root", archive, "--output-dir", Path(work) / "site", "--now", "2026-01-01", "--jobs", 1, "--quiet"]
        told = run(*valgrind, *build, stream="stderr")
    return int(re.search(r"Collected : (\d+)", told)[1])


def run(*command, stream="stdout"):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{command[0]} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return getattr(done, stream)


if __name__ == "__main__":
    main(*sys.argv[1:])
