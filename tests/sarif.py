"""Checks what `postilla check --message-format sarif` writes: sarif.py POSTILLA SCHEMA ARCHIVES

Of each archive in the folder ARCHIVES, and of one whose names and words want escaping, the document must follow the
schema, and each place must lead to a file and to the same piece of it by lines as by bytes.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote

import jsonschema

HOSTILE = {
    "postilla.toml": "title = 'x'\nbase_url = 'https://archive.example/'\ntitel = 'è'\n",
    "content/articles/a b/50% #1, città 😀.md": "\ufeff+++\r\ntitle = 'x'\r\nnonsens = '😀'\r\n+++\r\n\r\n\t😀 [[nobody]]\r\n",
    "content/articles/a b/50% #1, città 😀.facts.toml": "[[facts]]\nid = '😀'\nclaim = 'è'\nanchor = { exact = 'x' }\nabout = ['è😀']\n",
    "content/articles/y.md": "---\ntitle: x\ntags: [😀, {b: 1}]\n---\n\nè😀 [{0} [x](1)](nowhere.md) [y](javascript:y)\n",
    "content/articles/y.facts.yaml": 'facts:\r\n  - id: a\r\n    claim: {it: è😀, english: [3]}\r\n    anchor: {exact: "\\e\\n😀"}\r\n',
    "content/articles/z.md": "+++\ntitle = 'x'\nlang = '\u202e'\n+++\n\x1b[31m\n",
    "content/articles/z.facts.json": '{"facts": [{"id": "a", "claim": "😀è", "anchor": {"exact": "\\u001b"}, "statsu": 1}]}\n',
    "content/sources.bib": "@misc{a-è😀,\n  title = {x}\n  year = {1}\n}\n",
}


def main(postilla, schema, archives):
    schema = json.loads(Path(schema).read_text())
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    found, documents = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        hostile = Path(folder)
        for path, text in HOSTILE.items():
            (hostile / path).parent.mkdir(parents=True, exist_ok=True)
            (hostile / path).write_bytes(text.encode())
        for archive in (*sorted(Path(archives).iterdir()), hostile, hostile / "nowhere"):
            document = sarif_of(postilla, archive)
            for fault in (*faults_of(validator, document), *faults_of_places(document, archive)):
                sys.exit(f"   {archive.name}: {fault}")
            found += len(document["runs"][0]["results"])
            documents += 1
    print(f"   {documents} documents, {found} results")


def sarif_of(postilla, archive):
    command = [postilla, "check", "--message-format", "sarif", "--now", "2026-01-01", "--root", archive]
    run = subprocess.run(command, capture_output=True, check=False)
    if run.stderr:
        sys.exit(f"   {archive.name}: something on stderr: {run.stderr.decode()}")
    return json.loads(run.stdout)


def faults_of(validator, document):
    for error in validator.iter_errors(document):
        yield f"{error.json_path}: {error.message}"


def faults_of_places(document, archive):
    for result in document["runs"][0]["results"]:
        for location in (*result["locations"], *result.get("relatedLocations", [])):
            place = location["physicalLocation"]
            path = archive / unquote(place["artifactLocation"]["uri"], errors="strict")
            if "region" not in place:
                continue
            if not path.is_file():
                yield f"{place}: there is no such file"
            elif piece_by_lines(path.read_bytes(), place["region"]) != piece_by_bytes(path.read_bytes(), place["region"]):
                yield f"{place}: by lines it is another piece than by bytes"


def piece_by_bytes(content, region):
    return content[region["byteOffset"] :][: region["byteLength"]]


def piece_by_lines(content, region):
    text = content.decode().removeprefix("\ufeff")
    starts = [0] + [at + 1 for at, sign in enumerate(text) if sign == "\n"]
    start = starts[region["startLine"] - 1] + region["startColumn"] - 1
    end = starts[region["endLine"] - 1] + region["endColumn"] - 1
    return text[start:end].encode()


if __name__ == "__main__":
    main(*sys.argv[1:])
