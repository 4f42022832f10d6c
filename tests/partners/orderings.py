"""The orderings of two partners that any desk would expect, against what the partner model scores.

python3 tests/partners/orderings.py --engine PATH [--write]

Reads scenarios/partners/orderings.csv, written before there was a score; each one asks `score --json` of that year's scenario,
viewpoint committee. It reports how many hold. It fails only where docs/method/partners.md says otherwise than what comes out: the
page's table of those that fail, and its counts, are written by --write and never by hand. Nothing is dropped for failing.
"""
import argparse
import csv
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "method" / "partners.md"
BEGIN, END = "<!-- orderings: begin -->", "<!-- orderings: end -->"


def orderings():
    with open(ROOT / "scenarios" / "partners" / "orderings.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def score(engine, year):
    command = [engine, "score", f"scenarios/partners/{year}.toml", "--viewpoint", "committee", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    view = json.loads(done.stdout)["scenarios"][0]["viewpoints"][0]
    return {country["code"]: country for country in view["countries"]}


def value(country, target):
    found = country["outputs"].get(target) or country["nodes"][target]
    return found["value"]


def block(engine):
    scores, holding, level, failing = {}, 0, [], []
    for row in orderings():
        if row["year"] not in scores:
            scores[row["year"]] = score(engine, row["year"])
        now = scores[row["year"]]
        less, more = (value(now[row[side]], row["target"]) for side in ("less", "more"))
        if less is None or more is None or less >= more:
            failing.append((row, less, more))
            continue
        holding += 1
        if more - less < 5:
            level.append((row, less, more))
    lines = [f"{holding} of {len(orderings())} hold, {len(level)} of them by less than the model's level margin of 5 points; {len(failing)} fail.", "",
             "| | end of | what | expected lower | expected higher | scores | why it was expected |", "|---|---|---|---|---|---|---|"]
    for name, rows in (("fails", failing), ("level", level)):
        for row, less, more in rows:
            shown = " and ".join("not rated" if v is None else f"{v:.1f}" for v in (less, more))
            lines.append(f"| {name} | {row['year']} | {row['target']} | {now_name(scores, row, 'less')} | {now_name(scores, row, 'more')} | {shown} | {row['because']} |")
    return "\n".join(lines) + "\n"


def now_name(scores, row, side):
    return scores[row["year"]][row[side]]["name"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", required=True)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    engine = str(pathlib.Path(given.engine).resolve())
    computed = block(engine)
    print(computed)
    page = PAGE.read_text(encoding="utf-8")
    start, end = page.index(BEGIN) + len(BEGIN) + 1, page.index(END)
    if given.write:
        PAGE.write_text(page[:start] + computed + page[end:], encoding="utf-8")
    elif page[start:end] != computed:
        print("docs/method/partners.md says otherwise: run this with --write, and read what changed")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
