"""What `grammar.py` and `real.py` share: cases with a known truth, archives made of them, the program's word on each, and
the tables. Whatever is measured goes through `postilla check` on files; nothing here knows how quotes are found."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAME, OTHER, GONE = "same", "other", "gone"
SILENT, DRIFTED, CHANGED, ORPHAN, AMBIGUOUS = "silent", "drifted", "changed", "orphan", "ambiguous"
COLUMNS = ["silent, right", "silent, wrong", "drifted, right", "drifted, wrong", CHANGED, ORPHAN, AMBIGUOUS]
PRECISION, RECALL = 0.99, 0.75


@dataclass
class Case:
    """A quote of the old text, and what became of it in the new one."""

    kind: str
    exact: str
    prefix: str
    suffix: str
    truth: str
    place: tuple | None  # characters of the new canonical text; None if the quote is gone
    figures: bool = False  # whether a figure, a date or a negation changed
    note: str = ""


@dataclass
class Article:
    """The new text as paragraphs of plain words, and the cases in it."""

    lang: str
    paragraphs: list
    cases: list = field(default_factory=list)
    dressed: list = field(default_factory=list)  # (start, end, before, after) in the canonical text: Markdown around words

    def text(self):
        return "\n".join(self.paragraphs)

    def markdown(self):
        """The source, and for each character of the canonical text the byte of the source where it begins."""
        opens = {start: before for start, _, before, _ in self.dressed}
        closes = {end: after for _, end, _, after in self.dressed}
        written, starts, size = [], [], 0

        def put(text):
            nonlocal size
            written.append(text)
            size += len(text.encode())

        for at, char in enumerate(self.text()):
            put(closes.get(at, ""))
            put(opens.get(at, ""))
            starts.append(size)
            put("\n\n" if char == "\n" else f"\\{char}" if char.isascii() and not char.isalnum() and char not in " ,;" else char)
        put(closes.get(len(self.text()), ""))
        return "".join(written), starts + [size]


@dataclass
class Verdict:
    said: str
    place: tuple | None  # characters of the canonical text
    message: str = ""


# --- running the program ------------------------------------------------------------------------------------------


def program(path):
    """The `postilla` to run: the one given, or a debug build."""
    if path:
        return str(path.resolve())
    subprocess.run(["cargo", "build", "--quiet"], cwd=ROOT, check=True)
    return str(ROOT / "target/debug/postilla")


def check(articles, command, keep=None):
    """The verdict on each case, by article and case, from one run over one archive."""
    folder = Path(keep or tempfile.mkdtemp(prefix="postilla-anchors-"))
    try:
        headers, starts = write_archive(articles, folder)
        run = subprocess.run([command, "check", "--root", str(folder), "--rule", "anchor", "--message-format", "json"], capture_output=True, text=True)
        findings = [json.loads(line) for line in run.stdout.splitlines()]
        if run.returncode not in (0, 1) or not findings or findings[-1].get("event") != "checked":
            sys.exit(f"`{command} check` failed:\n{run.stderr[-2000:]}")
        return verdicts(articles, findings, headers, starts)
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def write_archive(articles, folder):
    posts = folder / "content/articles"
    posts.mkdir(parents=True, exist_ok=True)
    (folder / "postilla.toml").write_text('title = "Anchors"\nbase_url = "https://anchors.example/"\nlanguages = ["en", "it"]\n', encoding="utf-8")
    headers, starts = [], []
    for number, article in enumerate(articles):
        header = f'+++\ntitle = "Article {number}"\nlang = "{article.lang}"\n+++\n\n'
        body, places = article.markdown()
        (posts / f"a{number:05}.md").write_text(header + body + "\n", encoding="utf-8")
        (posts / f"a{number:05}.facts.toml").write_text("\n".join(map(fact, range(len(article.cases)), article.cases)), encoding="utf-8")
        headers.append(len(header.encode()))
        starts.append(places)
    return headers, starts


def fact(number, case):
    context = "".join(f", {key} = {quoted(words)}" for key, words in [("prefix", case.prefix), ("suffix", case.suffix)] if words)
    return f'[[facts]]\nid = "f{number}"\nclaim = "Something."\nanchor = {{ exact = {quoted(case.exact)}{context} }}\n'


def quoted(text):
    # JSON's strings are TOML's, but for the delete character.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def verdicts(articles, findings, headers, starts):
    found = {(number, nth): Verdict(SILENT, None) for number, article in enumerate(articles) for nth in range(len(article.cases))}
    for finding in findings:
        code, _, word = finding.get("code", "").partition("::")
        if code != "anchor":
            if finding.get("event") != "checked":
                sys.exit(f"the archive is not what it should be: {finding}")
            continue
        if word not in (DRIFTED, CHANGED, ORPHAN, AMBIGUOUS):
            continue
        number, nth = int(finding["file"][-16:-11]), int(re.search(r"fact `f(\d+)`", finding["message"])[1])
        place = next((where(related, headers[number], starts[number]) for related in finding["related"] if related["byte_start"] is not None), None)
        message = "; ".join([related["message"] for related in finding["related"][:1]] + finding["notes"])
        found[number, nth] = Verdict(word, place, message)
    return found


def where(related, header, starts):
    """The characters of the canonical text at a place in the source."""
    low, high = related["byte_start"] - header, related["byte_end"] - header
    inside = [at for at, start in enumerate(starts[:-1]) if low <= start < high]
    return (inside[0], inside[-1] + 1) if inside else None


# --- judging ------------------------------------------------------------------------------------------------------


def judge(article, case, verdict):
    """The column of the table that a case belongs to."""
    if verdict.said == SILENT:
        return "silent, right" if case.truth == SAME and stands_there(article, case) else "silent, wrong"
    if verdict.said == DRIFTED:
        return "drifted, right" if case.truth == SAME and overlap(verdict.place, case.place) >= 0.5 else "drifted, wrong"
    return verdict.said


def stands_there(article, case):
    """`check` tells no place of what it accepts silently: the words are then those of the quote, and must be so here."""
    start, end = case.place
    missing = max(0, len(case.exact) - (end - start)) + 12
    return flat(case.exact) in flat(article.text()[max(0, start - missing) : end + missing])


def overlap(one, other):
    """The share of the longer that both have."""
    if one is None or other is None:
        return 0.0
    return max(0, min(one[1], other[1]) - max(one[0], other[0])) / max(one[1] - one[0], other[1] - other[0])


def is_reworded(article, case):
    return case.truth == SAME and not stands_there(article, case)


def flat(text):
    """Without typography: what a reader would call the same words."""
    text = unicodedata.normalize("NFKC", text)
    for marks, plain in [("“”„‟«»″", '"'), ("‘’‚‛‹›′´`", "'"), ("‐‑‒–—―−", "-"), ("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")]:
        text = re.sub(f"[{marks}]", plain, text)
    return " ".join(text.split())


@dataclass
class Result:
    rows: dict  # (kind, lang) -> Counter of columns
    reworded: Counter  # lang -> cases whose words changed while sense and place stayed
    found_again: Counter  # lang -> those of them that are drifted and right
    asked: Counter  # lang -> those of them that are found at the right place, and said to have changed
    missed_figures: int
    failures: list

    def precision(self, langs):
        right, wrong = self.total("drifted, right", langs), self.total("drifted, wrong", langs)
        return right / (right + wrong) if right + wrong else 1.0

    def recall(self, langs):
        return sum(self.found_again[lang] for lang in langs) / max(1, sum(self.reworded[lang] for lang in langs))

    def total(self, column, langs):
        return sum(counts[column] for (_, lang), counts in self.rows.items() if lang in langs)


def measure(articles, found):
    result = Result({}, Counter(), Counter(), Counter(), 0, [])
    for number, article in enumerate(articles):
        for nth, case in enumerate(article.cases):
            verdict = found[number, nth]
            column = judge(article, case, verdict)
            result.rows.setdefault((case.kind, article.lang), Counter())[column] += 1
            reworded = is_reworded(article, case)
            result.reworded[article.lang] += reworded
            result.found_again[article.lang] += reworded and column == "drifted, right"
            result.asked[article.lang] += reworded and verdict.said == CHANGED and overlap(verdict.place, case.place) >= 0.5
            result.missed_figures += case.figures and verdict.said in (SILENT, DRIFTED)
            if column.endswith("wrong") or reworded and column != "drifted, right":
                result.failures.append((not column.endswith("wrong"), article, case, verdict, column))
    result.failures.sort(key=lambda failure: failure[0])
    return result


# --- the tables ---------------------------------------------------------------------------------------------------


def print_result(result, langs):
    print(f"| edit | | cases | {' | '.join(COLUMNS)} |\n|---|---|---:|{'---:|' * len(COLUMNS)}")
    for kind, lang in sorted(result.rows):
        counts = result.rows[kind, lang]
        print(f"| {kind} | {lang} | {counts.total()} | {' | '.join(str(counts[column] or '') for column in COLUMNS)} |")
    print(f"\n| | cases | {' | '.join(COLUMNS)} | precision | recall |\n|---|---:|{'---:|' * len(COLUMNS)}---:|---:|")
    for name, some in [(lang, [lang]) for lang in langs] + [("all", langs)]:
        counts = [result.total(column, some) for column in COLUMNS]
        print(f"| {name} | {sum(counts):,} | {' | '.join(map(str, counts))} | {result.precision(some):.4f} | {result.recall(some):.3f} |")
    asked, all_reworded = (sum(counts[lang] for lang in langs) for counts in (result.asked, result.reworded))
    print(f"\nof {all_reworded:,} quotes in other words, {asked:,} were found where they are and said to have changed")
    print(f"accepted silently and wrong: {result.total('silent, wrong', langs)}; changed figures missed: {result.missed_figures}", flush=True)


def print_failures(result, count, only=None):
    shown = [failure for failure in result.failures if not only or only in (failure[2].kind, failure[4])]
    for _, article, case, verdict, column in shown[:count]:
        text = article.text()
        print(f"\n-- {case.kind}, {article.lang}: the truth is {case.truth}; it is {column} ({verdict.message}) {case.note}")
        print(f"   old  {case.prefix!r} [{case.exact}] {case.suffix!r}")
        if case.place:
            print(f"   new  [{text[slice(*case.place)]}]")
        if verdict.place:
            print(f"   said [{text[slice(*verdict.place)]}]")


def verdict_on(result, langs):
    """The exit code: 0 when the goals are met."""
    goals = [
        (result.total("silent, wrong", langs) == 0, "something is accepted silently and wrong"),
        (result.missed_figures == 0, "a changed figure is accepted"),
        (result.precision(langs) >= PRECISION, f"the precision of `drifted` is under {PRECISION}"),
        (result.recall(langs) >= RECALL, f"the recall of `drifted` is under {RECALL}"),
    ]
    for met, what in goals:
        if not met:
            print(f"not met: {what}", file=sys.stderr)
    return 0 if all(met for met, _ in goals) else 1
