#!/usr/bin/env python3
"""Corrects made-up articles as newsrooms do, and measures how well the quotes in them are found again.

    python3 benches/anchors/grammar.py [--cases 4000] [--seed 1] [--failures 10] [--program FILE]

The grammar knows of each edit whether the quoted words still stand, where, and whether they still say the same. Each
article is written as files and read by `postilla check`. Ends with 1 when a goal is missed. Standard library only.
"""

import argparse
import random
import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from cases import GONE, OTHER, SAME, Article, Case, check, flat, measure, print_failures, print_result, program, stands_there, verdict_on
from newsroom import ASIDES, CURRENCIES, FIGURES, HEADLINES, JOINTS, MONTHS, NAMES, PLAIN, SCALES, SMALL, TEMPLATES, UNITS, WEEKDAYS

CASES_AN_ARTICLE = 6


def main():
    options = read_options()
    articles = write_articles(options.cases, options.seed)
    result = measure(articles, check(articles, program(options.program), options.keep))
    print_failures(result, options.failures, options.only)
    print_result(result, ["en", "it"])
    return verdict_on(result, ["en", "it"])


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=4000, help="in both languages together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--failures", type=int, default=0, metavar="N", help="print so many failing cases")
    parser.add_argument("--only", help="failures of this kind of edit, or this column, alone")
    parser.add_argument("--program", type=Path, help="the `postilla` to run, in place of a fresh debug build")
    parser.add_argument("--keep", type=Path, help="write the archive here and leave it")
    return parser.parse_args()


def write_articles(cases, seed):
    rng = random.Random(seed)
    kinds = list(EDITS)
    articles, written = [], 0
    while written < cases:
        # Each kind in turn, so that all are met equally often; the languages take turns, too.
        lang = ("en", "it")[len(articles) % 2]
        article = write_article(lang, rng, [kinds[(written // 2 + nth) % len(kinds)] for nth in range(CASES_AN_ARTICLE)])
        articles.append(article)
        written += len(article.cases)
    return articles


# --- texts in pieces ----------------------------------------------------------------------------------------------


@dataclass
class Piece:
    """A word, or the filling of a slot, with the space before it."""

    text: str
    role: str = ""
    choices: tuple = ()
    owner: int | None = None  # the case whose quote it belongs to
    dress: tuple | None = None

    @property
    def space(self):
        return self.text[: len(self.text) - len(self.text.lstrip())]


def sentence(lang, rng):
    template = rng.choice(TEMPLATES[lang])
    used = {}
    pieces = []
    for clause_nth, clause in enumerate(split_clauses(template)):
        if clause_nth:
            pieces.append(Piece("", "cut"))
        for literal, slot in re.findall(r"([^{}]+)|\{([^}]*)\}", clause):
            if literal:
                pieces.extend(Piece(word) for word in re.findall(r"\s*\S+|\s+$", literal))
            else:
                pieces.append(fill(slot, lang, rng, used))
    return tidy(pieces)


def split_clauses(template):
    """At the `|` outside of slots."""
    return re.split(r"\|(?![^{}]*\})", template)


def tidy(pieces):
    """The space that ends one piece begins the next."""
    carried = ""
    for piece in pieces:
        if piece.role == "cut":
            continue
        piece.text = carried + piece.text
        stripped = piece.text.rstrip(" ")
        carried = piece.text[len(stripped) :] if stripped else piece.text
        piece.text = stripped
    kept = [piece for piece in pieces if piece.text or piece.role in ("cut", "aside")]
    first = next(piece for piece in kept if piece.text)
    first.text = capital(first.text)
    return kept


def capital(text):
    return text[:1].upper() + text[1:]


def fill(slot, lang, rng, used):
    role, _, words = slot.partition(":")
    if words:
        choices = tuple(words.split("|"))
        if role == "aside":
            return Piece(choices[0] if rng.random() < 0.5 else "", role, choices)
        return Piece(rng.choice(choices) if role in ("syn", "dir", "tense", "not") else choices[0], role, choices)
    kind = "org" if role == "other" else role
    if kind in NAMES:
        name = rng.choice([name for name in NAMES[kind] if name not in used.values()])
        used[role] = name
        return Piece(name, "name", tuple(NAMES[kind]))
    return Piece(VALUES[role](lang, rng), role)


def decimal(lang, whole, part):
    return f"{whole}{'.' if lang == 'en' else ','}{part}"


def grouped(lang, number):
    return f"{number:,}".replace(",", "," if lang == "en" else ".")


def count(lang, rng):
    return rng.choice([
        grouped(lang, rng.randint(1200, 98000)),
        f"{rng.randint(12, 96)} {SCALES[lang][rng.randint(1, 2)]}",
        f"{decimal(lang, rng.randint(1, 9), rng.randint(1, 9))} {SCALES[lang][1]}",
    ])


def money(lang, rng):
    amount = rng.choice([f"{rng.randint(12, 980)} {SCALES[lang][rng.randint(1, 2)]}", f"{decimal(lang, rng.randint(2, 9), rng.randint(1, 9))} {SCALES[lang][1]}"])
    currency = rng.choice(CURRENCIES[lang])
    if lang == "en" and currency != "pounds" and rng.random() < 0.5:
        return f"{'€' if currency == 'euros' else '$'}{amount}"
    return f"{amount} {currency}" if lang == "en" else f"{amount} di {currency}"


def percent(lang, rng):
    amount = rng.choice([str(rng.randint(11, 89)), decimal(lang, rng.randint(2, 19), rng.randint(1, 9))])
    return f"{amount}{rng.choice(['%', ' %' if lang == 'it' else '%', ' per cent' if lang == 'en' else ' per cento'])}"


def a_range(lang, rng):
    low = rng.randint(2, 8)
    return f"{low}–{low + rng.randint(2, 6)}" if rng.random() < 0.6 else f"{low} {'to' if lang == 'en' else 'a'} {low + rng.randint(2, 6)}"


def date(lang, rng):
    return f"{rng.randint(2, 28)} {rng.choice(MONTHS[lang])} {rng.randint(2011, 2025)}"


VALUES = {
    "integer": lambda lang, rng: str(rng.randint(14, 980)),
    "small": lambda lang, rng: rng.choice(SMALL[lang]),
    "count": count,
    "money": money,
    "percent": percent,
    "range": a_range,
    "length": lambda lang, rng: f"{decimal(lang, rng.randint(2, 90), rng.randint(1, 9))} {rng.choice(UNITS[lang])}",
    "year": lambda lang, rng: str(rng.randint(1995, 2025)),
    "date": date,
    "weekday": lambda lang, rng: rng.choice(WEEKDAYS[lang]),
}

# --- articles -----------------------------------------------------------------------------------------------------


def write_article(lang, rng, kinds):
    """An article whose every second paragraph holds a quote and is edited."""
    paragraphs, wanted = [], []
    for kind in kinds:
        paragraphs.append([plain(lang, rng) for _ in range(rng.randint(1, 3))])
        paragraphs.append(paragraph(lang, rng))
        wanted.append((kind, len(paragraphs) - 1))
    quotes = [quote(paragraphs, at, nth, rng) for nth, (_, at) in enumerate(wanted)]
    news = list(paragraphs)
    cases = []
    for nth, (kind, at) in enumerate(wanted):
        edit = Edit(lang, rng, news, paragraphs[at], nth)
        done = EDITS[kind](edit)
        if done is not None:
            cases.append((nth, kind, done, edit))
    old = "\n".join(text_of(one) for one in paragraphs)
    return finish(lang, old, news, quotes, cases)


def plain(lang, rng):
    return [Piece(word) for word in re.findall(r"\s*\S+", rng.choice(PLAIN[lang]))]


def paragraph(lang, rng):
    made = [sentence(lang, rng) for _ in range(rng.randint(1, 3))]
    if rng.random() < 0.6:
        made.insert(rng.randint(0, len(made)), plain(lang, rng))
    return made


def text_of(sentences):
    return " ".join("".join(piece.text for piece in pieces).strip() for pieces in sentences)


def quote(paragraphs, at, nth, rng):
    """Chooses a clause, a sentence or two, marks its pieces as the case's own, and gives the anchor."""
    sentences = paragraphs[at]
    number = rng.choice([number for number, pieces in enumerate(sentences) if len(pieces) > 1 and any(piece.role for piece in pieces)])
    pieces = [piece for piece in sentences[number]]
    how = rng.random()
    if how < 0.45:
        chosen = clause(pieces, rng)
    elif how < 0.85 or number + 1 == len(sentences):
        chosen = pieces
    else:
        chosen = pieces + sentences[number + 1]
    for piece in chosen:
        piece.owner = nth
    whole = text_of(sentences)
    start, end = span(sentences, nth)
    exact = whole[start:end]
    # A clause as people mark it ends before its comma or full stop.
    trimmed = exact.rstrip(",.") if rng.random() < 0.6 else exact
    end -= len(exact) - len(trimmed)
    before = "\n".join(text_of(one) for one in paragraphs[:at])
    after = "\n".join(text_of(one) for one in paragraphs[at + 1 :])
    prefix, suffix = (before + "\n" + whole[:start])[-30:], (whole[end:] + "\n" + after)[:30]
    sides = rng.choice(["both", "both", "one", "none"])
    side = rng.random() < 0.5
    keeps = {"both": (True, True), "one": (side, not side), "none": (False, False)}[sides]
    return trimmed, prefix if keeps[0] else "", suffix if keeps[1] else ""


def clause(pieces, rng):
    """The words up to a cut or from one, or some in the middle."""
    cuts = [0] + [at for at, piece in enumerate(pieces) if piece.role == "cut"] + [len(pieces)]
    for _ in range(8):
        if len(cuts) > 2 and rng.random() < 0.6:
            at = rng.randrange(len(cuts) - 1)
            chosen = pieces[cuts[at] : cuts[at + 1]]
        else:
            start = rng.randrange(len(pieces))
            chosen = pieces[start : start + rng.randint(4, 12)]
        words = len("".join(piece.text for piece in chosen).split())
        if 4 <= words <= 40:
            return chosen
    return pieces


def span(sentences, owner):
    """The characters of the paragraph from the first to the last piece of a quote."""
    at, ends = 0, []
    for pieces in sentences:
        written = "".join(piece.text for piece in pieces)
        skipped = len(written) - len(written.lstrip())
        position = at - skipped
        for piece in pieces:
            if piece.owner == owner and piece.text.strip():
                ends.append((position + len(piece.space), position + len(piece.text)))
            position += len(piece.text)
        at += len(written.strip()) + 1
    return (min(start for start, _ in ends), max(end for _, end in ends)) if ends else None


def finish(lang, old, news, quotes, cases):
    """The article after all edits, with the place of each quote."""
    article = Article(lang, [])
    places, offset = {}, 0
    for sentences in news:
        text = text_of(sentences)
        if not text:
            continue
        for nth in range(len(quotes)):
            found = span(sentences, nth)
            if found:
                low, high = found[0] + offset, found[1] + offset
                was = places.get(nth, (low, high))
                places[nth] = (min(was[0], low), max(was[1], high))
        article.dressed.extend(dressed(sentences, offset))
        article.paragraphs.append(text)
        offset += len(text) + 1
    for nth, kind, (truth, figures), edit in cases:
        exact, prefix, suffix = quotes[nth]
        # Nothing can tell of what stands beside a quote without context, nor of its twin.
        known = prefix if kind == "negation beside the quote" else prefix or suffix
        case = Case(kind, exact, prefix, suffix, truth, places.get(nth) if truth != GONE else None, figures, edit.note)
        inherent = not known and flat(exact) in flat(article.text()) and not (truth == SAME and stands_there(article, case))
        if not inherent and flat(old).count(flat(exact)) == 1:
            article.cases.append(case)
    return article


def dressed(sentences, offset):
    at = offset
    for pieces in sentences:
        position = at
        written = "".join(piece.text for piece in pieces)
        position -= len(written) - len(written.lstrip())
        for piece in pieces:
            if piece.dress and piece.text.strip():
                yield position + len(piece.space), position + len(piece.text), *piece.dress
            position += len(piece.text)
        at += len(written.strip()) + 1


# --- edits --------------------------------------------------------------------------------------------------------


class Edit:
    """One correction of one paragraph. `news` are the paragraphs as edited so far."""

    def __init__(self, lang, rng, news, sentences, nth):
        self.lang, self.rng, self.news, self.nth, self.note = lang, rng, news, nth, ""
        self.sentences = [[replace(piece) for piece in pieces] for pieces in sentences]
        self.at = next(at for at, one in enumerate(news) if one is sentences)
        self.news[self.at] = self.sentences

    def pieces(self, *roles):
        """The pieces of the quote with one of these roles; all of them without."""
        own = [piece for pieces in self.sentences for piece in pieces if piece.owner == self.nth and piece.text.strip()]
        return [piece for piece in own if piece.role in roles] if roles else own

    def pick(self, *roles):
        found = self.pieces(*roles)
        return self.rng.choice(found) if found else None

    def home(self):
        """The sentence that holds most of the quote, as its place and its pieces."""
        return max(enumerate(self.sentences), key=lambda one: sum(piece.owner == self.nth for piece in one[1]))

    def set(self, piece, text):
        self.note = f"({piece.text.strip()} → {text.strip()})"
        piece.text = piece.space + text.strip()


def figure(change, *roles):
    """An edit of one figure in the quote by `change`, which gives another text or nothing."""

    def edit(self):
        for piece in shuffled(self.rng, self.pieces(*roles)):
            text = change(self, piece.text.strip())
            if text and text != piece.text.strip():
                self.set(piece, text)
                return OTHER, True
        return None

    return edit


def shuffled(rng, items):
    return rng.sample(items, len(items))


def another_digit(self, text):
    digits = [match.start() for match in re.finditer(r"\d", text)]
    if not digits:
        return None
    at = self.rng.choice(digits)
    new = self.rng.choice([digit for digit in "123456789" if digit != text[at]])
    return text[:at] + new + text[at + 1 :]


def swapped_digits(self, text):
    pairs = [at for at in range(len(text) - 1) if text[at : at + 2].isdigit() and text[at] != text[at + 1] and text[at + 1] != "0"]
    if not pairs:
        return None
    at = self.rng.choice(pairs)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def other_word(words):
    def change(self, text):
        here = words[self.lang]
        found = [word for word in here if re.search(rf"\b{word}\b", text)]
        if not found:
            return None
        return re.sub(rf"\b{found[0]}\b", self.rng.choice([word for word in here if word != found[0]]), text)

    return change


def moved_point(self, text):
    match = re.search(r"(\d+)([.,])(\d)(?!\d)", text)
    if not match:
        return None
    return text[: match.start()] + self.rng.choice([match[1] + match[3], f"{match[3]}{match[2]}{match[1]}"]) + text[match.end() :]


def moved_group(self, text):
    match = re.fullmatch(r"(\d+)([.,])(\d{3})", text)
    return f"{match[1]}{match[3][:2]}{match[2]}{match[3][2]}" if match else None


def other_end(self, text):
    match = re.search(r"(\d+)$", text)
    return text[: match.start()] + str(int(match[1]) + self.rng.choice([1, 2, 10])) if match else None


def to_points(self, text):
    points = "percentage points" if self.lang == "en" else "punti percentuali"
    return re.sub(r"\s*(%|per cento?)$", f" {points}", text)


def other_day(self, text):
    match = re.match(r"\d+", text)
    return str(self.rng.choice([day for day in range(2, 29) if day != int(match[0])])) + text[match.end() :]


def other_year(self, text):
    return re.sub(r"\d{4}$", lambda match: str(int(match[0]) + self.rng.choice([-10, -1, 1, 2])), text)


def other_currency(self, text):
    if text[0] in "€$":
        return {"€": "$", "$": "€"}[text[0]] + text[1:]
    return other_word(CURRENCIES)(self, text)


def negate(self):
    """The statement in the quote becomes its denial, or the other way round."""
    piece = self.pick("not")
    if not piece:
        return None
    self.set(piece, next(words for words in piece.choices if words != piece.text.strip()))
    return OTHER, True


def negate_beside(self):
    """A word directly beside the quote denies it."""
    home = self.home()[1]
    own = [at for at, piece in enumerate(home) if piece.owner == self.nth and piece.text]
    if not own or own[0] == 0 or len(self.pieces()) > len(own):
        return None
    words = {"en": [" It is not true that", " Nobody claims that"], "it": [" Non è vero che", " Nessuno sostiene che"]}[self.lang]
    first = home[own[0]]
    before = home[own[0] - 1]
    if before.text.endswith((".", "”", "»")) or not first.space:
        return None
    home.insert(own[0], Piece({"en": " not", "it": " non"}[self.lang] if self.rng.random() < 0.6 else words[0].lower(), "added"))
    self.note = "(a denial before the quote)"
    return OTHER, True


def direction(self):
    piece = self.pick("dir")
    if not piece:
        return None
    self.set(piece, next(words for words in piece.choices if words != piece.text.strip()))
    return OTHER, False


def other_name(self):
    piece = self.pick("name")
    if not piece:
        return None
    here = {one.text.strip() for pieces in self.sentences for one in pieces}
    self.set(piece, self.rng.choice([name for name in piece.choices if name not in here]))
    return OTHER, False


def swap_names(self):
    names = [piece for piece in self.home()[1] if piece.owner == self.nth and piece.role == "name"]
    pairs = [(a, b) for a in names for b in names if a.text.strip() < b.text.strip() and set(a.choices) == set(b.choices)]
    # Of a list, in which names may change places, no sense is turned.
    pairs = [pair for pair in pairs if not any(piece.text.strip() in ("and", "e") for piece in between(self.home()[1], *pair))]
    if not pairs:
        return None
    one, other = self.rng.choice(pairs)
    was, now = one.text.strip(), other.text.strip()
    one.text, other.text = one.space + now, other.space + was
    self.note = f"({was} ↔ {now})"
    return OTHER, False


def between(pieces, one, other):
    low, high = sorted([index(pieces, one), index(pieces, other)])
    return pieces[low:high]


def index(pieces, piece):
    return next(at for at, one in enumerate(pieces) if one is piece)


def typography(self):
    swaps = {
        "quotes": [("“", '"'), ("”", '"'), ("«", "“"), ("»", "”")],
        "apostrophes": [("’", "'")],
        "dashes": [("–", "-")],
        "ligatures": [("fi", "ﬁ"), ("fl", "ﬂ")],
        "NBSP": [],
    }
    done = []
    for name in shuffled(self.rng, list(swaps))[:3]:
        for piece in self.pieces():
            before = piece.text
            for old, new in swaps[name]:
                piece.text = piece.text.replace(old, new)
            if name == "NBSP" and len(piece.text.strip().split(" ")) == 2:
                piece.text = piece.space + piece.text.strip().replace(" ", "\u00a0")
            if piece.text != before:
                done.append(name)
    self.note = f"({', '.join(sorted(set(done)))})"
    return (SAME, False) if done else None


def spell_out(self):
    for piece in shuffled(self.rng, self.pieces("count", "small", "percent", "money")):
        text = spelled(self.lang, piece.text.strip())
        if text:
            self.set(piece, text)
            return SAME, False
    return None


def spelled(lang, text):
    million = SCALES[lang][1]
    match = re.fullmatch(rf"(\d+)(?:[.,](\d))? {million}", text)
    if match:
        return grouped(lang, int(match[1]) * 1_000_000 + int(match[2] or 0) * 100_000)
    if text in SMALL[lang]:
        return str(SMALL[lang].index(text) + 3)
    match = re.fullmatch(r"([\d.,]+) ?(%|per cento?)", text)
    if match:
        return f"{match[1]} {'per cent' if lang == 'en' else 'per cento'}" if match[2] == "%" else f"{match[1]}%"
    if lang == "en" and text[0] in "€$":
        return f"{text[1:]} {'euros' if text[0] == '€' else 'dollars'}"
    return None


def commas(self):
    words = [piece for piece in self.pieces() if piece.role == "" and piece.text[-1].isalpha()][1:-1]
    with_commas = [piece for piece in self.pieces()[:-1] if piece.text.endswith(",") and piece.role == ""]
    if with_commas and self.rng.random() < 0.5:
        piece = self.rng.choice(with_commas)
        piece.text = piece.text[:-1]
    elif words:
        self.rng.choice(words).text += ","
    else:
        return None
    return SAME, False


def synonym(self):
    return other_choice(self, "syn")


def tense(self):
    return other_choice(self, "tense")


def other_choice(self, role):
    changed = 0
    for piece in self.pieces(role):
        if not changed or self.rng.random() < 0.5:
            self.set(piece, self.rng.choice([words for words in piece.choices if words != piece.text.strip()]))
            changed += 1
    return (SAME, False) if changed else None


def rewording(self):
    """Two or three light changes at once."""
    done = [edit(self) for edit in shuffled(self.rng, [synonym, tense, commas, insert_clause])[:3]]
    return (SAME, False) if sum(bool(one) for one in done) > 1 else None


def word_order(self):
    """A phrase at the beginning of a sentence goes to the end of its clause."""
    number, pieces = self.home()
    phrase = next((piece for piece in pieces if piece.role == "move" and piece.owner == self.nth), None)
    ends = [at for at, piece in enumerate(pieces) if piece.role == "cut"] or [None]
    if phrase is None:
        return None
    pieces.remove(phrase)
    at = ends[0] - 1 if ends[0] is not None else next((at for at, piece in enumerate(pieces) if piece.text.endswith(",")), None)
    if at is None or pieces[at - 1].owner != self.nth:
        pieces.insert(0, phrase)
        return None
    phrase.text = ", " + phrase.text[0].lower() + phrase.text[1:]
    pieces.insert(at, phrase)
    first = next(piece for piece in pieces if piece.text)
    first.text = capital(first.text.lstrip())
    return SAME, False


def insert_clause(self):
    return insert(self, self.rng.choice(ASIDES[self.lang]), (SAME, False))


def insert_figure(self):
    words = self.rng.choice(FIGURES[self.lang]).replace("{n}", str(self.rng.randint(21, 90)))
    return insert(self, words, (OTHER, False))


def insert(self, words, truth):
    pieces = self.home()[1]
    gaps = [at for at, piece in enumerate(pieces) if piece.role == "name" and piece.owner == self.nth and at + 1 < len(pieces)]
    gaps = [at for at in gaps if pieces[at + 1].owner == self.nth and pieces[at + 1].text[:1] == " "]
    if not gaps:
        return None
    pieces.insert(self.rng.choice(gaps) + 1, Piece(words, "added", owner=self.nth))
    self.note = f"(+ {words})"
    return truth


def delete_clause(self):
    piece = self.pick("aside")
    if not piece:
        return None
    self.set(piece, "")
    piece.text = ""
    return SAME, False


def delete_figure_clause(self):
    """All that follows a cut within the quote goes, and a figure with it."""
    pieces = self.home()[1]
    cut = next((at for at, piece in enumerate(pieces) if piece.role == "cut"), None)
    if cut is None:
        return None
    gone = [piece for piece in pieces[cut:] if piece.text]
    stays = [piece for piece in pieces[:cut] if piece.owner == self.nth]
    if not stays or not any(piece.owner == self.nth and piece.role in VALUES for piece in gone):
        return None
    self.note = f"(− {''.join(piece.text for piece in gone)})"
    del pieces[cut:]
    pieces[-1].text = pieces[-1].text.rstrip(",") + "."
    return OTHER, True


def split_sentence(self):
    """At a cut, with a full stop and a new beginning."""
    number, pieces = self.home()
    cut = next((at for at, piece in enumerate(pieces) if piece.role == "cut"), None)
    if cut is None or cut + 2 > len(pieces) or pieces[cut + 1].owner != self.nth or pieces[cut - 1].owner != self.nth:
        return None
    if pieces[cut + 1].text.strip() not in ("and", "e"):
        return None
    openings = {"en": ["It also emerged that", "The bulletin adds that"], "it": ["È emerso anche che", "Il bollettino aggiunge che"]}
    pieces[cut - 1].text += "."
    self.set(pieces[cut + 1], self.rng.choice(openings[self.lang]))
    self.note = "(split)"
    return SAME, False


def merge_sentences(self):
    """The full stop after the quote's sentence, or before it, becomes a semicolon."""
    number, pieces = self.home()
    for one, other in [(number, number + 1), (number - 1, number)]:
        if one >= 0 and other < len(self.sentences) and self.sentences[one][-1].text.endswith("."):
            last, first = self.sentences[one][-1], self.sentences[other][0]
            last.text = last.text[:-1] + ";"
            if first.role != "name" and self.rng.random() < 0.8:
                first.text = first.text[:1].lower() + first.text[1:]
            return SAME, False
    return None


def move_paragraph(self):
    self.news.pop(self.at)
    self.news.insert(self.rng.choice([at for at in range(len(self.news) + 1) if at != self.at]), self.sentences)
    return SAME, False


def move_and_reword(self):
    if not rewording(self):
        return None
    return move_paragraph(self)


def split_paragraph(self):
    number, _ = self.home()
    if len(self.sentences) < 2:
        return None
    at = self.rng.randint(1, len(self.sentences) - 1)
    self.news[self.at] = self.sentences[:at]
    self.news.insert(self.at + 1, self.sentences[at:])
    return SAME, False


def merge_paragraphs(self):
    other = self.at + 1 if self.at + 1 < len(self.news) else self.at - 1
    if other > self.at:
        self.news[self.at] = self.sentences + self.news.pop(other)
    else:
        self.news[other] = self.news[other] + self.sentences
        del self.news[self.at]
    return SAME, False


def delete(self):
    """The sentences that hold the quote go."""
    kept = [pieces for pieces in self.sentences if not any(piece.owner == self.nth for piece in pieces)]
    self.news[self.at] = kept
    return GONE, False


def look_alike(change):
    """The quote goes, and a sentence of the same making stays, in which `change` names what differs."""

    def edit(self):
        number, pieces = self.home()
        twin = [replace(piece, owner=None) for piece in pieces]
        own = [index(pieces, piece) for piece in pieces if piece.owner == self.nth and piece.role in change and piece.text.strip()]
        if not own:
            return None
        for at in own:
            piece = twin[at]
            if piece.role == "name":
                piece.text = piece.space + self.rng.choice([name for name in piece.choices if name != piece.text.strip()])
            elif piece.role in VALUES:
                piece.text = piece.space + VALUES[piece.role](self.lang, self.rng)
        same = all(twin[at].text == pieces[at].text for at in own)
        if same or sum(piece.owner == self.nth for piece in pieces) < len(self.pieces()):
            return None
        delete(self)
        self.news[self.at].insert(self.rng.randint(0, len(self.news[self.at])), twin)
        self.note = f"(stays: {text_of([twin])})"
        return GONE, False

    return edit


def look_alike_elsewhere(self):
    """Its look-alike stands in another paragraph, where it always was."""
    done = look_alike(("count", "money", "percent", "date", "integer", "range", "small", "length", "year"))(self)
    if done:
        twin = next(pieces for pieces in self.news[self.at] if f"(stays: {text_of([pieces])})" == self.note)
        self.news[self.at].remove(twin)
        self.news.insert(self.rng.randint(0, len(self.news)), [twin])
    return done


def duplicate(self):
    twin = [replace(piece, owner=None) for piece in self.home()[1]]
    self.news.insert(self.rng.randint(self.at + 1, len(self.news)), [twin])
    return SAME, False


def look_alike_added(self):
    """The quote is lightly reworded, and a look-alike with other figures is added."""
    pieces = self.home()[1]
    twin = [replace(piece, owner=None) for piece in pieces]
    values = [piece for piece in twin if piece.role in VALUES or piece.role == "name"]
    if not (synonym(self) or tense(self)):
        return None
    for piece in values:
        piece.text = piece.space + (self.rng.choice(piece.choices) if piece.role == "name" else VALUES[piece.role](self.lang, self.rng))
    self.news.insert(self.rng.randint(0, len(self.news)), [twin])
    return SAME, False


def emphasis(self):
    for piece in shuffled(self.rng, self.pieces())[:2]:
        if piece.text.strip(",.“”«» ").isalnum() or piece.role == "name":
            piece.dress = self.rng.choice([("**", "**"), ("*", "*"), ("[", "](https://example.org/)")])
    return (SAME, False) if any(piece.dress for piece in self.pieces()) else None


def headline(self):
    self.news.insert(self.at, [[Piece(self.rng.choice(HEADLINES[self.lang]))]])
    return SAME, False


ALL_FIGURES = ("count", "money", "percent", "integer", "range", "length", "date", "year")
EDITS = {
    "figure: another digit": figure(another_digit, *ALL_FIGURES),
    "figure: digits swapped": figure(swapped_digits, *ALL_FIGURES),
    "figure: scale": figure(other_word(SCALES), "count", "money"),
    "figure: words": figure(other_word(SMALL), "small"),
    "figure: decimal point": figure(moved_point, "count", "money", "percent", "length"),
    "figure: thousands": figure(moved_group, "count"),
    "figure: end of a range": figure(other_end, "range"),
    "figure: per cent to points": figure(to_points, "percent"),
    "date: day": figure(other_day, "date"),
    "date: month": figure(other_word(MONTHS), "date"),
    "date: year": figure(other_year, "date", "year"),
    "date: weekday": figure(other_word(WEEKDAYS), "weekday"),
    "currency": figure(other_currency, "money"),
    "unit": figure(other_word(UNITS), "length"),
    "negation": negate,
    "negation beside the quote": negate_beside,
    "direction": direction,
    "name": other_name,
    "names swapped": swap_names,
    "typography": typography,
    "number spelled out": spell_out,
    "commas": commas,
    "synonym": synonym,
    "tense": tense,
    "light rewording": rewording,
    "word order": word_order,
    "clause in": insert_clause,
    "clause in, with a figure": insert_figure,
    "clause out": delete_clause,
    "clause out, with a figure": delete_figure_clause,
    "sentence split": split_sentence,
    "sentences merged": merge_sentences,
    "paragraph moved": move_paragraph,
    "paragraph moved and reworded": move_and_reword,
    "paragraph split": split_paragraph,
    "paragraphs merged": merge_paragraphs,
    "deleted": delete,
    "deleted, look-alike with other figures": look_alike(("count", "money", "percent", "date", "integer", "range", "small", "length", "year")),
    "deleted, look-alike of another subject": look_alike(("name",)),
    "deleted, look-alike elsewhere": look_alike_elsewhere,
    "reworded, look-alike added": look_alike_added,
    "duplicated elsewhere": duplicate,
    "Markdown only": emphasis,
    "headline before": headline,
}

if __name__ == "__main__":
    sys.exit(main())
