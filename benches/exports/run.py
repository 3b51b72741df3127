#!/usr/bin/env python3
"""Measures exports of an archive of a million facts: seconds, processor seconds and peak memory for each format.

    run.py [--program POSTILLA] [--archive DIR] [FORMAT…]

The archive is made beside the system's temporary files on the first run (87,500 short articles, 1.3 GB, a minute) and kept there for
the next. Expected on two free cores: at most 20 s and 500 MB each for jsonl, csv and parquet.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
FORMATS = ["jsonl", "csv", "parquet", "sqlite", "ftm", "ftm-statements", "nquads", "turtle"]
ARTICLES = 87_500


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--program", default=HERE.parents[1] / "target/release/postilla", type=Path)
    asked.add_argument("--archive", default=Path(tempfile.gettempdir()) / "postilla-million", type=Path)
    asked.add_argument("formats", nargs="*", default=FORMATS, metavar="FORMAT")
    asked = asked.parse_args()
    if not asked.archive.exists():
        generate(asked.archive)
    if not asked.program.exists():
        sys.exit(f"{asked.program} is not there: cargo build --release")
    print(f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{'format':16}{'seconds':>9}{'of cores':>10}{'MB of memory':>14}{'MB written':>12}")
    for name in asked.formats:
        measure(asked.program, asked.archive, name)


def generate(archive):
    whole = archive.with_name(archive.name + "-unfinished")
    shutil.rmtree(whole, ignore_errors=True)
    generator = HERE.parent / "peers/gen_corpus.py"
    subprocess.run([sys.executable, generator, whole, "--articles", str(ARTICLES), "--short", "--flavour", "postilla"], check=True)
    whole.rename(archive)


def measure(program, archive, name):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        began = time.monotonic()
        child = subprocess.Popen([program, "export", name, "-o", out, "--quiet", "--now", "2026-01-01", "--root", archive])
        _, status, used = os.wait4(child.pid, 0)
        seconds = time.monotonic() - began
        if status:
            sys.exit(f"{name}: exit status {os.waitstatus_to_exitcode(status)}")
        files = [path for path in out.rglob("*") if path.is_file()] if out.is_dir() else [out]
        written = sum(path.stat().st_size for path in files)
    of_cores = used.ru_utime + used.ru_stime
    # Linux counts kibibytes.
    print(f"{name:16}{seconds:9.1f}{of_cores:10.1f}{used.ru_maxrss * 1024 / 1e6:14.0f}{written / 1e6:12.0f}", flush=True)


if __name__ == "__main__":
    main()
