"""Real prose in several editions, from the package registries: documents as lists of paragraphs. Everything that is fetched
stays in a cache folder outside of the project."""

import html.parser
import io
import re
import subprocess
import sys
import tarfile
import unicodedata
from pathlib import Path

PYTHON = {"django": ["3.2.25", "4.2.16", "5.0.9", "5.2.1"]}
SUITES = ["bullseye", "bookworm", "trixie", "sid"]
DEBIAN = {  # a package: the language of its pages, and which files are pages of the text
    "debian-faq": ("en", r"/FAQ/(?!it/)[^/]+\.en\.html$"),
    "debian-faq-it": ("it", r"/FAQ/it/[^/]+\.it\.html$"),
    "developers-reference": ("en", r"/developers-reference/[^/]+\.html$"),
    "developers-reference-it": ("it", r"/developers-reference/it/[^/]+\.html$"),
    "debian-reference-en": ("en", r"/ch\d+\.en\.html$"),
    "debian-reference-it": ("it", r"/ch\d+\.it\.html$"),
    "debian-edu-doc-en": ("en", r"/debian-edu-doc-en/[^/]+manual\.html$"),
    "debian-edu-doc-it": ("it", r"/debian-edu-doc-it/[^/]+manual\.html$"),
    "gnome-user-docs": ("it", r"/help/it/.*\.page$"),
    "gnome-user-docs ": ("en", r"/help/C/.*\.page$"),
}
# What differs in the paths of one page in several editions.
EDITION = re.compile(r"bullseye|bookworm|trixie|forky")
PLACE = re.compile(r".*/debian-reference(-common/docs)?/")
COMMON = {"en": {"the", "of", "and", "to", "is", "you", "that", "for"}, "it": {"il", "di", "e", "che", "la", "per", "un", "è", "si", "le", "una"}}


def documents(cache):
    """Pairs of editions of each document: (where it is from, language, old paragraphs, new paragraphs)."""
    for name, versions in PYTHON.items():
        editions = [python_texts(cache, name, version) for version in versions]
        yield from pairs(name, "en", editions, versions)
    for key, (lang, pattern) in DEBIAN.items():
        files = debian_files(cache, key.strip())
        editions = [debian_texts(file, pattern, lang) for file in files]
        yield from pairs(key.strip(), lang, editions, [file.name.split("_")[1] for file in files])


def pairs(name, lang, editions, versions):
    for nth in range(len(editions) - 1):
        old, new = editions[nth], editions[nth + 1]
        for path in sorted(old.keys() & new.keys()):
            if old[path] != new[path] and new[path]:
                yield f"{name} {versions[nth]} → {versions[nth + 1]} {path}", lang, old[path], new[path]


# --- fetching -----------------------------------------------------------------------------------------------------


def python_texts(cache, name, version):
    folder = cache / "pip"
    found = [file for file in folder.glob("*.tar.gz") if file.name.lower() == f"{name}-{version}.tar.gz"]
    if not found:
        say(f"fetching {name} {version}")
        command = ["pip", "download", "--quiet", "--no-deps", "--no-binary", name, "--dest", str(folder), f"{name}=={version}"]
        subprocess.run([sys.executable, "-m", *command], check=True)
        return python_texts(cache, name, version)
    with tarfile.open(found[0]) as archive:
        return read_texts(archive, r"/docs/(?!releases/).*\.txt$", plain_rest, lambda path: path.split("/", 1)[1])


def debian_files(cache, package):
    """The package of each suite that is there, oldest first."""
    folder = cache / "apt/debs"
    if not list(folder.glob(f"{package}_*.deb")):
        fetch_debian(cache, package)
    files = list(folder.glob(f"{package}_*.deb"))
    return sorted(files, key=lambda file: [int(number) for number in re.findall(r"\d+", file.name.split("_")[1])])


def fetch_debian(cache, package):
    """By apt, with a configuration of its own, so that the system's packages are left alone."""
    config = apt_config(cache)
    versions = run_apt(config, ["apt-cache", "madison", package], config.parent).splitlines()
    versions = sorted({line.split("|")[1].strip() for line in versions if "Sources" not in line})
    for version in versions:
        say(f"fetching {package} {version}")
        run_apt(config, ["apt-get", "download", "--quiet", f"{package}={version}"], cache / "apt/debs")


def apt_config(cache):
    folder = cache / "apt"
    config = folder / "apt.conf"
    if not config.exists():
        for part in ["state/lists/partial", "cache/archives/partial", "etc", "debs"]:
            (folder / part).mkdir(parents=True, exist_ok=True)
        (folder / "status").touch()
        lines = "".join(f"deb [trusted=yes] {mirror()} {suite} main\n" for suite in SUITES)
        (folder / "etc/sources.list").write_text(lines, encoding="utf-8")
        config.write_text(
            f'Dir::State "{folder}/state"; Dir::State::status "{folder}/status"; Dir::Cache "{folder}/cache";\n'
            f'Dir::Etc::sourcelist "{folder}/etc/sources.list"; Dir::Etc::sourceparts "-"; Dir::Etc::parts "-";\n'
            'Acquire::Languages "none"; Acquire::Check-Valid-Until "false"; APT::Sandbox::User "root";\n',
            encoding="utf-8",
        )
        run_apt(config, ["apt-get", "update", "--quiet"], folder)
    return config


def run_apt(config, command, folder):
    # Texts to read are all that is taken from these packages; nothing of them is installed or run.
    done = subprocess.run(command, cwd=folder, env={"PATH": "/usr/bin:/bin", "APT_CONFIG": str(config)}, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"`{' '.join(command)}` failed: {done.stderr.strip()}")
    return done.stdout


def mirror():
    """Where this system gets its own Debian packages from."""
    targets = subprocess.run(["apt-get", "indextargets", "--format", "$(ORIGIN) $(REPO_URI) $(COMPONENT)"], capture_output=True, text=True).stdout
    found = [line.split()[1] for line in targets.splitlines() if re.match(r"Debian \S+/debian/? main", line)]
    return found[0] if found else sys.exit("no Debian mirror among apt's sources")


def debian_texts(file, pattern, lang):
    data = subprocess.run(["dpkg-deb", "--fsys-tarfile", str(file)], capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        texts = read_texts(archive, pattern, plain_html, lambda path: EDITION.sub("", PLACE.sub("", path)))
    return {path: [paragraph for paragraph in paragraphs if is_in(lang, paragraph)] for path, paragraphs in texts.items()}


def read_texts(archive, pattern, plain, name):
    texts = {}
    for member in archive:
        if member.isfile() and re.search(pattern, f"/{member.name}"):
            text = archive.extractfile(member).read().decode("utf-8", "replace")
            texts[name(member.name)] = [paragraph for paragraph in map(tidy, plain(text)) if is_prose(paragraph)]
    return texts


def is_in(lang, paragraph):
    """Whether a paragraph has been translated: manuals mix languages where it has not."""
    found = {lang: sum(word in common for word in paragraph.casefold().split()) for lang, common in COMMON.items()}
    return found[lang] == max(found.values()) > 0


def tidy(text):
    return " ".join(unicodedata.normalize("NFC", "".join(c for c in text if c.isprintable() or c.isspace())).split())


def is_prose(paragraph):
    return len(paragraph.split()) >= 6 and sum(c.isalpha() or c == " " for c in paragraph) > 0.8 * len(paragraph)


# --- plain text ---------------------------------------------------------------------------------------------------


class Paragraphs(html.parser.HTMLParser):
    """The text of `<p>` elements, of HTML as of Mallard's pages."""

    def __init__(self):
        super().__init__()
        self.found, self.open = [], None

    def handle_starttag(self, tag, attributes):
        if tag == "p":
            self.open = []
        elif tag in ("pre", "screen", "code-block", "ul", "ol", "dl", "table"):
            self.close_paragraph()

    def handle_endtag(self, tag):
        if tag == "p":
            self.close_paragraph()

    def handle_data(self, data):
        if self.open is not None:
            self.open.append(data)

    def close_paragraph(self):
        if self.open is not None:
            self.found.append("".join(self.open))
        self.open = None


def plain_html(text):
    parser = Paragraphs()
    parser.feed(text)
    return parser.found


def plain_rest(text):
    """The paragraphs of reStructuredText, without directives, literal blocks, headings and inline markup."""
    literal = None
    for block in re.split(r"\n\s*\n", text):
        lines = block.strip("\n").split("\n")
        indent = len(lines[0]) - len(lines[0].lstrip())
        if literal is not None and indent > literal:
            continue
        literal = indent if block.rstrip().endswith("::") else None
        if re.match(r"\s*(\.\. |[=~\-^*#+\"'`]{3,}|[:|>$+])", lines[0]) or any(re.match(r"\s*([=~\-^*#+\"'`])\1{2,}\s*$", line) for line in lines):
            literal = indent if re.match(r"\s*\.\. (code-block|code|console|_)", lines[0]) else literal
            continue
        for item in re.split(r"\n(?=\s*(?:[*\-]|\d+\.|#\.) )", block):
            yield unmarked(re.sub(r"^\s*(?:[*\-]|\d+\.|#\.) ", "", item))


def unmarked(text):
    text = re.sub(r":[\w:+-]+:`([^`<]*?)\s*<[^`>]*>`", r"\1", text)
    text = re.sub(r":[\w:+-]+:`[~!]?([^`]*)`", r"\1", text)
    text = re.sub(r"``([^`]*)``", r"\1", text)
    text = re.sub(r"`([^`<]*?)\s*<[^`>]*>`_{0,2}", r"\1", text)
    text = re.sub(r"`([^`]*)`_{0,2}", r"\1", text)
    text = re.sub(r"(?<!\w)\*{1,2}([^*\s][^*]*?)\*{1,2}(?!\w)", r"\1", text)
    text = re.sub(r"(?<=\w)_(?=\s|[.,;:)]|$)", "", text)
    return re.sub(r"::\s*$", ":", text).replace("\\", "")


def say(text):
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    for name, lang, old, new in documents(Path(sys.argv[1])):
        print(name, lang, len(old), len(new), len(set(old) - set(new)))
