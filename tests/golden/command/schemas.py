"""Checks every JSON document that the verbs print against its schema in docs/schema.

    python3 tests/golden/command/schemas.py --engine build/release/waystone

Knows the part of JSON Schema that those files use; an unknown keyword is an error, so that nothing goes unchecked.
"""
import argparse
import json
import os
import re
import subprocess
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))
SCHEMAS = os.path.join(FOLDER, "..", "..", "..", "docs", "schema")
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
SILENT = {"$schema", "$defs", "title", "description"}


def has_type(value, name):
    if name == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def problems(value, schema, root, path="$"):
    for keyword, said in schema.items():
        if keyword in SILENT or keyword == "properties":
            continue
        if keyword == "$ref":
            yield from problems(value, root["$defs"][said.split("/")[-1]], root, path)
        elif keyword == "type":
            if not has_type(value, said):
                yield f"{path}: {value!r:.60} is no {said}"
                return
        elif keyword == "const" and value != said or keyword == "enum" and value not in said:
            yield f"{path}: {value!r:.60}, wanted {said}"
        elif keyword == "pattern" and not re.search(said, value):
            yield f"{path}: {value!r:.60} does not match {said}"
        elif keyword == "minimum" and value < said or keyword == "maximum" and value > said:
            yield f"{path}: {value} is beyond {keyword} {said}"
        elif keyword == "items":
            for i, item in enumerate(value):
                yield from problems(item, said, root, f"{path}[{i}]")
        elif keyword == "required":
            yield from (f"{path}: lacks {name}" for name in said if name not in value)
        elif keyword == "additionalProperties":
            known = schema.get("properties", {})
            for name, item in value.items():
                if name in known:
                    yield from problems(item, known[name], root, f"{path}.{name}")
                elif isinstance(said, dict):
                    yield from problems(item, said, root, f"{path}.{name}")
                elif said is False:
                    yield f"{path}: has {name}"
        elif keyword == "allOf":
            for part in said:
                yield from problems(value, part, root, path)
        elif keyword == "anyOf":
            if all(any(True for _ in problems(value, part, root, path)) for part in said):
                yield f"{path}: {value!r:.60} is none of the kinds allowed"
        elif keyword not in ("const", "enum", "pattern", "minimum", "maximum"):
            raise KeyError(keyword)


CASES = [
    ("tune", "tune --json files/small.risk --viewpoint state --from files/swings.toml --on files/two.toml"),
    ("tune", "tune --json files/small.risk --viewpoint state --from files/quarrel.toml"),
    ("tune", "tune --json files/small.risk --node opportunity --from files/halves.toml"),
    ("tune", "tune --json files/small.risk --viewpoint state --on files/two.toml"),
    ("score", "score --json files/two.toml"),
    ("score", "score --json files/two.toml --set UKR.eu_access=8"),
    ("score", "score --json ../cases/movers/case.toml --by-group region"),
    ("score", "score --json ../cases/movers/case.toml --by economy --only association --as-of 2019,2020"),
    ("track", "track --json ../cases/movers/case.toml"),
    ("track", "track --json ../cases/movers/case.toml UKR --viewpoint patron --from 2018"),
    ("track", "track --json ../cases/differences-without-parts/ends.toml CZE"),
    ("track", "track --json ../cases/not-rated-without-a-missing-fact/tariff.toml --as-of 2016,2018,2019 --since 2018-12-31"),
    ("check", "track --json files/faulty.toml"),
    ("difference", "compare --json ../cases/two-sides/now.toml --as-of 2018,2023"),
    ("difference", "compare --json ../cases/two-sides/now.toml UZB --against ../cases/two-sides/old.risk"),
    ("difference", "compare --json ../cases/two-sides/now.toml --against ../cases/two-sides/then.toml --top 1"),
    ("explain", "explain --json files/two.toml UKR"),
    ("explain", "explain --json files/two.toml BLR --output opportunity --set BLR.workers=9000000"),
    ("compare", "compare --json files/two.toml BLR UKR"),
    ("compare", "compare --json files/two.toml UKR BLR --set UKR.battle_deaths=0"),
    ("compare", "compare --json ../cases/differences-without-parts/ends.toml CZE POL"),
    ("compare", "compare --json ../cases/viewpoints-side-by-side/pair.toml POL CZE"),
    ("robust", "robust --json ../cases/viewpoints-side-by-side/pair.toml POL CZE --samples 100"),
    ("robust", "robust --json ../cases/sum-told-as-shares/robust.toml --viewpoint v1 --samples 100"),
    ("robust", "robust --json files/two.toml --samples 500"),
    ("robust", "robust --json files/two.toml UKR BLR --node market --set UKR.battle_deaths=0"),
    ("robust", "robust --json files/two.toml --from files/swings.toml --samples 500"),
    ("robust", "robust --json files/two.toml --from files/quarrel.toml --samples 500"),
    ("check", "robust --json files/faulty.toml"),
    ("check", "robust --json files/two.toml --from files/faulty_judgements.toml"),
    ("check", "tune --json files/small.risk --viewpoint state --from files/faulty_judgements.toml"),
    ("check", "coverage --json files/small.risk files/faulty.toml"),
    ("check", "check --json files/small.risk files/two.toml"),
    ("check", "check --json files/faulty.risk files/faulty.toml"),
    ("check", "score --json files/faulty.toml"),
    ("check", "explain --json files/faulty.toml UKR"),
    ("check", "compare --json files/faulty.toml BLR UKR"),
    ("check", "list --json files/faulty.risk"),
    ("check", "list --program --json files/faulty.toml"),
    ("check", "score --json files/two.toml --rules files/faulty.risk"),
    ("check", "score --json files/nomodel.toml"),
    ("test", "test --json files/faulty.risk files/faulty.toml"),
    ("test", "test --json files/small.risk files/two.toml"),
    ("coverage", "coverage --json files/small.risk files/covered.toml"),
    ("coverage", "coverage --json ../cases/title-with-another-date/desk.toml --rules ../cases/title-with-another-date/desk-b.risk"),
    ("list", "list --json files/small.risk"),
    ("score", "score --json ../cases/windows-over-past-figures/case.toml"),
    ("explain", "explain --json ../cases/windows-over-past-figures/case.toml GHA"),
    ("list", "list --json ../cases/windows-over-past-figures/model.risk"),
    ("data", "data --json ../cases/windows-over-past-figures/case.toml"),
    ("data", "data --json ../cases/windows-over-past-figures/case.toml GHA"),
    ("data", "data --json files/two.toml"),
    ("data", "data --json files/two.toml UKR"),
    ("data", "data --json files/two.toml --all --missing"),
    ("data", "data --json files/two.toml --sources"),
    ("sources", "sources --json files/two.toml"),
    ("sources", "sources --json ../cases/values-over-relations/case.toml --country UGA"),
    ("sources", "sources --json ../cases/windows-over-past-figures/case.toml"),
    ("assumptions", "assumptions --json files/two.toml"),
    ("assumptions", "assumptions --json files/exposed.toml --viewpoint state"),
    ("check", "assumptions --json files/faulty.toml"),
    ("portfolio", "portfolio --json files/exposed.toml --set UKR.battle_deaths=0"),
    ("portfolio", "portfolio --json files/two.toml --exposure files/exposures.csv"),
    ("check", "portfolio --json files/faulty.toml"),
    ("score", "score --json ../cases/values-over-relations/case.toml"),
    ("explain", "explain --json ../cases/values-over-relations/case.toml UGA"),
    ("data", "data --json ../cases/values-over-relations/case.toml UGA"),
    ("data", "data --json ../cases/two-sources-one-figure/ordered.toml --all"),
    ("score", "score --json ../cases/two-sources-one-figure/ordered.toml"),
    ("explain", "explain --json ../cases/two-sources-one-figure/ordered.toml POL"),
    ("backtest", "backtest --json ../cases/held-against-what-happened/case.toml --draws 100"),
    ("backtest", "backtest --json ../cases/held-against-what-happened/case.toml --outcome clash --horizon 2 --draws 100"),
    ("explain", "explain --json ../cases/held-against-what-happened/case.toml IRQ --record ../cases/held-against-what-happened/case.toml"),
    ("register", "backtest --json ../cases/held-against-what-happened/case.toml --registered ../cases/held-against-what-happened/register.csv"),
    ("report", "report --json files/two.toml --compare BLR UKR"),
    ("report", "report --json files/two.toml --set UKR.eu_access=8"),
    ("report", "report --json files/covered.toml --country DEU"),
    ("report", "report --json ../cases/movers/case.toml --as-of 2016..2020 --only association"),
    ("report", "report --json ../cases/values-over-relations/case.toml"),
    ("report", "report --json ../cases/held-against-what-happened/case.toml --record ../cases/held-against-what-happened/case.toml"),
    ("check", "report --json files/faulty.toml"),
    ("data", "data --json ../cases/two-sources-one-figure/lags.toml HUN --known-by 2024-05-31"),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", required=True)
    engine = os.path.abspath(parser.parse_args().engine)
    wrong = 0
    for name, arguments in CASES:
        done = subprocess.run([engine, *arguments.split()], cwd=FOLDER, capture_output=True, text=True, timeout=60)
        with open(os.path.join(SCHEMAS, name + ".schema.json"), encoding="utf-8") as f:
            schema = json.load(f)
        found = list(problems(json.loads(done.stdout), schema, schema)) if done.stdout else [f"nothing was printed: {done.stderr}"]
        faulty = "files/faulty" in arguments or "files/nomodel." in arguments
        if done.returncode != (3 if faulty else 1 if "quarrel" in arguments else 0):
            found.append(f"exit code {done.returncode}")
        if "error[" in done.stderr:
            found.append("the diagnostics stand on standard error, too")
        wrong += len(found)
        print(f"{arguments}: {'as in the schema' if not found else ''}")
        for problem in found[:20]:
            print("  " + problem)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
