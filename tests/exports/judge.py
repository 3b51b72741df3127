"""Lets programs of others judge the exports: judge.py POSTILLA ARCHIVE…

Each archive is exported in all formats. Every format must be read by the tools that people will read it with, hold what its standard
allows, and hold as much as the others: counts and sums are compared.
"""

import csv
import json
import logging
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import followthemoney
import frictionless
import mlcroissant
import pyoxigraph
import rdflib
from followthemoney.statement.serialize import read_csv_statements

csv.field_size_limit(2**30)
# Croissant recommends what an archive does not say, such as one licence for all texts.
logging.getLogger("absl").setLevel(logging.ERROR)

# What every table of facts is asked.
SUMS = """
SELECT count(*), count(DISTINCT fact), count(number), sum(CAST(number AS DECIMAL(38, 6))), count(day), min(day), max(day), count(exact),
       sum("end" - start), count(about), count(*) FILTER (approximate), count(evidence) FROM facts
"""


def main(postilla, archives):
    for archive in archives:
        with tempfile.TemporaryDirectory() as folder:
            out, site = Path(folder) / "data", Path(folder) / "site"
            run(postilla, archive, "export", "all", "-o", out)
            run(postilla, archive, "build", "--output-dir", site)
            for fault in faults(out, site):
                sys.exit(f"   {archive}: {fault}")


def run(postilla, archive, *words):
    subprocess.run([postilla, *words, "--quiet", "--now", "2026-11-23", "--root", archive], check=True)


def faults(out, site):
    facts = sums(out, site)
    for name, told in facts.items():
        if told != facts["parquet"]:
            yield f"{name} holds {told}, Parquet {facts['parquet']}"
    number = facts["parquet"][0]
    if not number:
        yield "no fact was exported"
    yield from faults_of_tables(out)
    yield from faults_of_database(out, number)
    yield from faults_of_followthemoney(out)
    yield from faults_of_rdf(out, number)
    yield from faults_of_descriptions(out, number)
    print(f"   {number} facts, {len(list(out.rglob('*.*')))} files")


# --- tables -----------------------------------------------------------------------------------------------------


def sums(out, site):
    """What DuckDB finds in each table of facts, and in the tables beside the site's articles together."""
    database = duckdb.connect()
    database.execute("SET TimeZone = 'UTC'")
    readers = {
        "parquet": f"read_parquet('{out}/facts/**/*.parquet', hive_partitioning = true)",
        "csv": f"read_csv('{out}/facts.csv', all_varchar = true)",
        "jsonl": f"read_json('{out}/facts.jsonl', format = 'newline_delimited', sample_size = -1)",
        "csv beside articles": f"read_csv('{site}/**/facts.csv', all_varchar = true)",
        "json beside articles": f"read_json('{site}/**/facts.json', format = 'array', sample_size = -1, union_by_name = true)",
    }
    told = {}
    for name, reader in readers.items():
        columns = ("fact", "number", "day", "exact", "start", "end", "about", "approximate", "evidence")
        known = {row[0] for row in database.execute(f"DESCRIBE SELECT * FROM {reader}").fetchall()}
        types = {"number": "DOUBLE", "day": "DATE", "start": "BIGINT", "end": "BIGINT", "approximate": "BOOLEAN"}
        cells = [f'{cell(column, types.get(column, "VARCHAR"), known)} AS "{column}"' for column in columns]
        database.execute(f"CREATE OR REPLACE VIEW facts AS SELECT {', '.join(cells)} FROM {reader}")
        told[name] = database.execute(SUMS).fetchone()
    return told


def cell(column, kind, known):
    # A column that is empty everywhere is in no line of JSON Lines.
    return f'CAST("{column}" AS {kind})' if column in known else f"CAST(NULL AS {kind})"


def faults_of_tables(out):
    """Parquet's types are the table's, and the year of the folder is that of the article."""
    facts = f"read_parquet('{out}/facts/**/*.parquet', hive_partitioning = true)"
    types = {row[0]: row[1] for row in asked(f"DESCRIBE SELECT * FROM {facts}")}
    expected = {"fact": "VARCHAR", "number": "DOUBLE", "day": "DATE", "start": "BIGINT", "approximate": "BOOLEAN", "about": "VARCHAR[]", "evidence": "JSON"}
    for column, kind in expected.items():
        if types.get(column) != kind:
            yield f"Parquet's {column} is {types.get(column)}, not {kind}"
    wrong = asked(f"SELECT count(*) FROM {facts} WHERE year(article_date) <> TRY_CAST(year AS INTEGER)")[0][0]
    if wrong:
        yield f"{wrong} facts are in the folder of another year"
    for table in ("articles", "entities", "relations", "properties", "sources"):
        asked(f"SELECT * FROM read_parquet('{out}/{table}.parquet')")


def asked(query):
    return duckdb.connect().execute(query).fetchall()


def faults_of_database(out, number):
    database = sqlite3.connect(f"file:{out}/archive.sqlite?mode=ro", uri=True)
    ask = lambda query, *values: database.execute(query, values).fetchall()
    if ask("PRAGMA integrity_check") != [("ok",)]:
        yield "SQLite: the file is not whole"
    if broken := ask("PRAGMA foreign_key_check"):
        yield f"SQLite: rows that lead nowhere: {broken[:3]}"
    if ask("SELECT count(*) FROM facts") != [(number,)]:
        yield "SQLite has another number of facts"
    for table in ("articles", "entities", "relations", "properties", "sources"):
        rows = asked(f"SELECT count(*) FROM read_parquet('{out}/{table}.parquet')")
        if ask(f"SELECT count(*) FROM {table}") != rows:
            yield f"SQLite has another number of {table} than Parquet"
    claim = ask("SELECT claim FROM facts ORDER BY fact LIMIT 1")[0][0]
    word = max((word for word in claim.split() if word.isalpha()), key=len)
    found = ask("SELECT count(*) FROM facts_fts WHERE facts_fts MATCH ?", f'"{word}"')[0][0]
    if not 0 < found <= number:
        yield f"SQLite's full-text search finds {word!r} in {found} facts"


# --- FollowTheMoney ---------------------------------------------------------------------------------------------


def faults_of_followthemoney(out):
    with open(out / "entities.ftm.json", encoding="utf-8") as lines:
        entities = {entity["id"]: entity for entity in map(json.loads, lines)}
    for entity in entities.values():
        yield from (f"FollowTheMoney: {entity['id']}: {fault}" for fault in faults_of_entity(entity, entities))
    from_statements, there = {}, []
    for statement in read_csv_statements(open(out / "statements.csv", "rb")):
        entity = from_statements.setdefault(statement.entity_id, {"id": statement.entity_id, "schema": statement.schema, "properties": {}})
        if statement.prop == "id":
            there.append(statement.entity_id)
        else:
            entity["properties"].setdefault(statement.prop, set()).add(statement.value)
            if statement.id != statement.generate_key():
                yield f"FollowTheMoney: the statement {statement.id} has another key"
    plain = {id: {**entity, "properties": {name: set(values) for name, values in entity["properties"].items()}} for id, entity in entities.items()}
    if plain != from_statements:
        yield "FollowTheMoney's entities and statements differ"
    if sorted(there) != sorted(entities):
        yield "FollowTheMoney's statements do not say of each entity once that it is there"


def faults_of_entity(entity, entities):
    """The model's own reader drops what it does not know, in silence: so what comes back must be what went in."""
    schema = followthemoney.model.get(entity["schema"])
    if schema is None or schema.abstract:
        yield f"{entity['schema']} is no schema for entities"
        return
    proxy = followthemoney.model.get_proxy(entity)
    back = {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()}
    if back != {name: sorted(values) for name, values in entity["properties"].items()}:
        yield f"it comes back as {back}"
    for name, values in entity["properties"].items():
        kind = schema.get(name)
        if kind is None or kind.stub:
            yield f"{schema.name} has no {name}"
            continue
        for value in values:
            if kind.type.name == "entity" and value not in entities:
                yield f"its {name} {value} is not there"
            if kind.type.name != "entity" and not kind.type.validate(value):
                yield f"its {name} {value!r} is no {kind.type.name}"
    for name in schema.required:
        if not entity["properties"].get(name):
            yield f"it has no {name}"


# --- RDF --------------------------------------------------------------------------------------------------------


def faults_of_rdf(out, number):
    read = lambda name, form: list(pyoxigraph.parse(path=str(out / name), format=form))
    quads, triples = read("archive.nq", pyoxigraph.RdfFormat.N_QUADS), read("archive.ttl", pyoxigraph.RdfFormat.TURTLE)
    if len(quads) != len(triples) or {quad.triple for quad in quads} != {quad.triple for quad in triples}:
        yield f"N-Quads hold {len(quads)} triples, Turtle {len(triples)}"
    claims = sum(1 for quad in quads if quad.object == pyoxigraph.NamedNode("https://schema.org/Claim"))
    if claims != number:
        yield f"RDF has {claims} claims"
    graph = rdflib.Graph().parse(out / "archive.ttl")
    if len(graph) != len({quad.triple for quad in triples}):
        yield f"rdflib reads {len(graph)} triples of {len(triples)}"


# --- what describes them ----------------------------------------------------------------------------------------


def faults_of_descriptions(out, number):
    if (sums := subprocess.run(["sha256sum", "--check", "--quiet", "checksums.txt"], cwd=out, capture_output=True, text=True)).returncode:
        yield f"checksums.txt: {sums.stderr}{sums.stdout}"
    told = {line.split("  ", 1)[1] for line in (out / "checksums.txt").read_text().splitlines()}
    there = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file() and not path.relative_to(out).parts[0].startswith(".")}
    if told != there - {"checksums.txt"}:
        yield f"checksums.txt does not name {there - told}, or names too much: {told - there}"
    yield from faults_of_package(out, number)
    yield from faults_of_croissant(out, number)


def faults_of_package(out, number):
    report = frictionless.validate(str(out / "datapackage.json"))
    for task in report.tasks:
        yield from (f"frictionless: {task.name}: {' '.join(map(str, error))}" for error in task.errors and report.flatten(["name", "title", "note"]))
    yield from (f"frictionless: {error.note}" for error in report.errors)
    rows = next(task.stats["rows"] for task in report.tasks if task.name == "facts.csv")
    if rows != number:
        yield f"frictionless reads {rows} facts"


def faults_of_croissant(out, number):
    dataset = mlcroissant.Dataset(out / "croissant.json")
    yield from (f"croissant: {fault}" for fault in dataset.metadata.issues.errors)
    rows = sum(1 for _ in dataset.records("facts"))
    if rows != number:
        yield f"mlcroissant reads {rows} facts"
    for table in ("articles", "entities", "relations", "properties", "sources"):
        list(dataset.records(table))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
