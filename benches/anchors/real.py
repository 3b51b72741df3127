#!/usr/bin/env python3
"""Measures how well quotes are found again after real edits of real prose: manuals in several editions.

    python3 benches/anchors/real.py [--cases 3000] [--seed 1] [--failures 10] [--cache DIR] [--program FILE]

Quotes are taken from paragraphs of an old edition that are no longer there as they were. Where they went is told by an
alignment of all words of the two editions (difflib), which knows nothing of how Postilla looks. Texts come from PyPI and
Debian and stay in the cache; needs pip, apt and dpkg. Standard library only.
"""

import argparse
import difflib
import random
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from cases import GONE, OTHER, SAME, Article, Case, check, flat, measure, print_failures, print_result, program, verdict_on
from sources import documents, say

CONTEXT = 32  # characters, as annotation tools write them
LONGEST = 60  # quotes from one document
GONE_KEPT = 0.4  # the share of quotes that are gone: whole chapters are written anew


def main():
    options = read_options()
    rng = random.Random(options.seed)
    articles, doubtful = collect(options, rng)
    found = check(articles, program(options.program), options.keep)
    result = measure(articles, found)
    print_failures(result, options.failures, options.only)
    print_result(result, ["en", "it"])
    print("left out: " + ", ".join(f"{count} {why}" for why, count in sorted(doubtful.items())))
    return verdict_on(result, ["en", "it"])


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=3000, help="at most, in both languages together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--failures", type=int, default=0, metavar="N", help="print so many failing cases")
    parser.add_argument("--only", help="failures of this kind or this column alone")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache/postilla-anchors")
    parser.add_argument("--program", type=Path, help="the `postilla` to run, in place of a fresh debug build")
    parser.add_argument("--keep", type=Path, help="write the archive here and leave it")
    return parser.parse_args()


def collect(options, rng):
    """Articles with their cases, as many of each language, and how many were left out and why."""
    doubtful, by_lang = Counter(), {"en": [], "it": []}
    for name, lang, old, new in documents(options.cache):
        by_lang[lang].append((name, old, new))
    articles = []
    for lang, found in by_lang.items():
        written = 0
        for name, old, new in rng.sample(found, len(found)):
            article = write_article(name, lang, old, new, rng, doubtful)
            if article.cases:
                articles.append(article)
            written += len(article.cases)
            if written >= options.cases // 2:
                break
    say(f"{len(articles)} documents")
    return articles, doubtful


def write_article(name, lang, old, new, rng, doubtful):
    article = Article(lang, new)
    pair = Pair(old, new)
    quotes = [quote for nth in pair.changed() for quote in quotes_of(pair, nth, rng)]
    for start, end in rng.sample(quotes, min(LONGEST, len(quotes))):
        case = pair.case(name, lang, start, end, rng.random() < 0.5)
        if isinstance(case, str):
            doubtful[case] += 1
        elif case.truth == GONE and rng.random() > GONE_KEPT:
            doubtful["gone, of which there are many"] += 1
        else:
            article.cases.append(case)
    return article


def quotes_of(pair, nth, rng):
    """Up to two runs of 5 to 40 words of a paragraph: sentences, two of them, or clauses."""
    low, high = pair.old_spans[nth]
    text = pair.old[low:high]
    ends = [0] + [match.end() for match in re.finditer(r"[.!?]\s+(?=[A-ZÈÀÉ])", text)] + [len(text)]
    sentences = list(zip(ends, ends[1:]))
    runs = sentences + [(a[0], b[1]) for a, b in zip(sentences, sentences[1:])]
    for start, end in sentences:
        cuts = [start] + [match.end() for match in re.finditer(r"[,;:]\s+", text[start:end])]
        cuts = [start] + [start + match.end() for match in re.finditer(r"[,;:]\s+", text[start:end])] + [end]
        runs += [run for run in zip(cuts, cuts[1:]) if run != (start, end)]
    runs = [(start, end) for start, end in runs if 5 <= len(text[start:end].split()) <= 40]
    for start, end in rng.sample(runs, min(2, len(runs))):
        quote = text[start:end].rstrip(" ,;:.")
        yield low + start, low + start + len(quote)


# --- the truth ----------------------------------------------------------------------------------------------------


@dataclass
class Word:
    start: int
    end: int
    key: str


class Pair:
    """Two editions of a document, and where the words of the old one went."""

    def __init__(self, old, new):
        self.paragraphs = old, new
        self.old, self.new = "\n".join(old), "\n".join(new)
        self.old_spans, self.new_spans = spans(old), spans(new)
        self.old_words, self.new_words = words(self.old), words(self.new)
        self.went = align(self, old, new)  # the number of a new word, by that of the old one
        claimed = set(self.went.values())
        self.unclaimed = [nth for nth in range(len(self.new_words)) if nth not in claimed]

    def changed(self):
        """The paragraphs that are not in the new edition as they were."""
        stays = set(self.paragraphs[1])
        return [nth for nth, paragraph in enumerate(self.paragraphs[0]) if paragraph not in stays]

    def case(self, name, lang, start, end, in_context):
        exact = self.old[start:end]
        inside = [nth for nth, word in enumerate(self.old_words) if start <= word.start and word.end <= end]
        prefix = self.old[max(0, start - CONTEXT) : start] if in_context else ""
        suffix = self.old[end : end + CONTEXT] if in_context else ""
        if flat(self.old).count(flat(prefix + exact + suffix)) > 1:
            return "ambiguous from the first"
        went = {nth: self.went[nth] for nth in inside if nth in self.went}
        there = cluster(went.values(), len(inside))
        if len(there) < 0.5 * len(inside):
            went = self.moved(inside)
            there = cluster(went.values(), len(inside))
        share = len(there) / len(inside)
        kind = ("sentence" if exact[:1].isupper() else "clause") + (", in context" if in_context else ", alone")
        if share < 0.5:
            if flat(exact) in flat(self.new):
                return "stand elsewhere, word for word"
            return Case(kind + ": gone", exact, prefix, suffix, GONE, None, note=name)
        if share < 0.6:
            return "half gone"
        place = self.new_words[there[0]].start, self.new_words[there[-1]].end
        sense, figures = self.sense(lang, inside, there, went, exact)
        if sense is None:
            return "with other names, perhaps"
        what = "same words" if flat(exact) in flat(self.new[place[0] : place[1] + 1]) else "reworded" if sense == SAME else "other sense"
        return Case(f"{kind}: {what}", exact, prefix, suffix, sense, place, figures, name)

    def moved(self, inside):
        """Where the words went if they left their line: among new words that are no other's."""
        keys = [self.old_words[nth].key for nth in inside], [self.new_words[nth].key for nth in self.unclaimed]
        blocks = difflib.SequenceMatcher(None, *keys, autojunk=False).get_matching_blocks()
        return {inside[a + step]: self.unclaimed[b + step] for a, b, size in blocks for step in range(size)}

    def sense(self, lang, inside, there, went, exact):
        """Whether the same figures, negations and names stand there; none if it cannot be told as simply as that."""
        low = max(0, there[0] - missing(inside, there, went))
        high = min(len(self.new_words) - 1, there[-1] + missing(inside[::-1], there, went))
        tight, wide = (self.new[self.new_words[a].start : self.new_words[b].end] for a, b in [(there[0], there[-1]), (low, high)])
        figures, names = ([look(text) for text in (exact, tight, wide)] for look in (lambda text: checked(lang, text), named))
        same = [figures[0] == figures[at] and names[0] == names[at] for at in (1, 2)]
        if any(same):
            return SAME, False
        if figures[0] not in figures[1:]:
            return OTHER, True
        replaced = all(names[0] - names[at] and names[at] - names[0] for at in (1, 2))
        return (OTHER, False) if replaced else (None, False)


def missing(ordered, there, went):
    """How many words at this end of the quote went nowhere."""
    return next((count for count, nth in enumerate(ordered) if went.get(nth) in there), 0)


def spans(paragraphs):
    at, found = 0, []
    for paragraph in paragraphs:
        found.append((at, at + len(paragraph)))
        at += len(paragraph) + 1
    return found


def words(text):
    return [Word(match.start(), match.end(), match[0].casefold()) for match in re.finditer(r"\w+", text)]


def align(pair, old, new):
    """Which new word each old one became. Paragraphs that stayed as they were are laid together first, which changes little
    and spares most of the work."""
    went = {}
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for kind, old_from, old_to, new_from, new_to in blocks:
        here = numbers(pair.old_words, pair.old_spans, old_from, old_to)
        there = numbers(pair.new_words, pair.new_spans, new_from, new_to)
        if kind == "equal":
            went.update(zip(here, there))
        elif kind == "replace":
            keys = [pair.old_words[nth].key for nth in here], [pair.new_words[nth].key for nth in there]
            for a, b, size in difflib.SequenceMatcher(None, *keys, autojunk=False).get_matching_blocks():
                went.update((here[a + step], there[b + step]) for step in range(size))
    return went


def numbers(words, spans, first, last):
    """The numbers of the words in some paragraphs."""
    if first == last:
        return range(0)
    low, high = spans[first][0], spans[last - 1][1]
    inside = [nth for nth, word in enumerate(words) if low <= word.start < high]
    return range(inside[0], inside[-1] + 1) if inside else range(0)


def cluster(there, length):
    """Most of the words, without those that were met far away by chance."""
    runs = in_runs(there, 4 + length // 6)
    run = max(runs, key=len, default=[])
    near = in_runs(run, 3)
    while len(near) > 1 and min(len(near[0]), len(near[-1])) <= 2:
        near = near[1:] if len(near[0]) <= len(near[-1]) else near[:-1]
    return [nth for part in near for nth in part]


def in_runs(numbers, gap):
    runs = []
    for nth in sorted(numbers):
        if runs and nth - runs[-1][-1] <= gap:
            runs[-1].append(nth)
        else:
            runs.append([nth])
    return runs


NUMBERS = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve".split(),
    "it": "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici".split(),
}
NEGATIONS = {
    "en": r"\b(?:not|no|never|without|cannot|nor|neither|none|nothing|nobody)\b|n['’]t\b",
    "it": r"\b(?:non|no|mai|senza|né|nessun\w*|niente|nulla)\b",
}


def checked(lang, text):
    """Figures and negations, by the simplest of looks."""
    figures = re.findall(r"\d+(?:[.,:/]\d+)*", text)
    spelled = [str(NUMBERS[lang].index(word)) for word in re.findall(r"\w+", text.casefold()) if word in NUMBERS[lang][2:]]
    return Counter(figures + spelled + [found.casefold() for found in re.findall(NEGATIONS[lang], text, re.IGNORECASE)])


def named(text):
    """Words with a capital that no sentence begins with."""
    return Counter(match[1].casefold() for match in re.finditer(r"(?<=[^.!?:…\s\"“«(])\s+[\"“«(]?([A-ZÀÈÉÌÒÙ]\w*)", text))


if __name__ == "__main__":
    sys.exit(main())
