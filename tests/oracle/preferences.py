"""Whose figure counts: random figures of several sources, ordered, chosen apart from the engine and compared with `waystone data`.

    python3 tests/oracle/preferences.py --engine build/release/waystone [--models 60] [--seed 1]

The rule is that of docs/scenarios.md, written once more: the latest date, the source that stands first, the nearer file, the revision known
last; a source that says "unknown" leaves the word to the next of the order. Standard library only.
"""
import argparse
import datetime
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

SOURCES = ["alpha", "beta", "gamma", "delta"]
COUNTRIES = ["HUN", "POL", "UKR"]
DATES = [datetime.date(2020 + k, 12, 31) for k in range(3)]
AS_OF = datetime.date(2023, 6, 30)


def rules():
    sources = "".join(f'source {name} "{name}" {{ publisher "P" }}\n' for name in SOURCES)
    return f"""model "M" {{ version "1" main risk }}
{sources}output risk "Risk" {{ scale 0 to 100, higher is worse combine arithmetic 1 part x judged by "d" on 2026-11-01 because "t" }}
indicator x "X" {{ unit points range 0 to 100 best 0, worst 100 missing unknown cites alpha }}
"""


def figures(rng, distance):
    """Of each country, date and source none, one, or one and its revision: (country, valid, known, source, value, distance)."""
    found = []
    for country in COUNTRIES:
        for valid in DATES:
            for source in SOURCES:
                for known in rng.sample(range(0, 900, 7), rng.choice([0, 0, 1, 1, 2])):
                    value = None if rng.random() < 0.15 else round(rng.uniform(0, 100), rng.choice([0, 1, 2]))
                    found.append((country, valid, valid + datetime.timedelta(days=known), source, value, distance))
    return found


def table(rows):
    lines = ["country,indicator,value,valid,known,source,grade"]
    lines += [f"{c},x,{'unknown' if v is None else format(v, 'g')},{valid},{known},{source},observed" for c, valid, known, source, v, _ in rows]
    return "\n".join(lines) + "\n"


def preference(order, ranged):
    if not order:
        return ""
    names = ", ".join(f'"{name}"' for name in order)
    return f'[[prefer]]\nindicator = "x"\nsources = [{names}]\nbecause = "b"\n' + ('disagreement = "range"\n' if ranged else "")


def chosen(rows, country, known_by, order, ranged):
    """(value, source, others by source, low, high), or None where nothing or nobody knows; "clash" where nobody says which counts."""
    place = {name: k for k, name in enumerate(order)}

    def rank(row):
        return (row[1], -place.get(row[3], len(order)), -row[5], row[2])

    usable = [row for row in rows if row[0] == country and row[1] <= AS_OF and row[2] <= known_by]
    if not usable:
        return None
    best = first = max(usable, key=rank)
    while best is not None and best[4] is None:
        later = [row for row in usable if row[1] == best[1] and place.get(row[3], len(order)) > place.get(best[3], len(order))] if order else []
        best = max(later, key=rank, default=None)
    best = best or first
    before = [rank(row) for row in usable if rank(row) >= rank(best)]
    if len(set(before)) < len(before):
        return "clash"
    if best[4] is None:
        return None
    others = {}
    for row in sorted(usable, key=rank):
        if row[4] is None:
            continue
        ordered = place.get(row[3], len(order)) != place.get(best[3], len(order))
        if row[1] == best[1] and (ordered or row[5] == best[5]) and row[3] != best[3]:
            others[row[3]] = row[4]
    low = high = best[4]
    for value in others.values():
        if ranged and differ(best[4], value):
            low, high = min(low, value), max(high, value)
    return best[4], best[3], others, low, high


def digits(value):
    text = f"{value:.9f}".rstrip("0")
    return len(text) - text.index(".") - 1


def differ(a, b):
    return abs(a - b) > 0.5 * 10 ** -min(digits(a), digits(b)) * (1 + 1e-9)


def held(engine, folder):
    done = subprocess.run([engine, "data", "s.toml", "--all", "--json"], cwd=folder, capture_output=True, text=True, timeout=60)
    return json.loads(done.stdout)


def problems(engine, rng):
    order = rng.sample(SOURCES, rng.choice([0, 2, 3, 4]))
    ranged = bool(order) and rng.random() < 0.5
    known_by = AS_OF - datetime.timedelta(days=rng.randrange(0, 700))
    near, far = figures(rng, 1), figures(rng, 3) if rng.random() < 0.5 else []
    in_base = bool(far) and rng.random() < 0.5
    with tempfile.TemporaryDirectory() as folder:
        write = lambda name, text: pathlib.Path(folder, name).write_text(text)
        write("m.risk", rules())
        write("near.csv", table(near))
        write("far.csv", table(far))
        head = f'as_of = {AS_OF}\nmodel = "m.risk"\ncountries = {json.dumps(COUNTRIES)}\n'
        said = preference(order, ranged)
        write("base.toml", head + 'data = ["far.csv"]\n' + (said if in_base else ""))
        write("s.toml", head + f"known_by = {known_by}\n" + ('extends = "base.toml"\n' if far else "") + 'data = ["near.csv"]\n' + ("" if in_base else said))
        got = held(engine, folder)
    wanted = {country: chosen(near + far, country, known_by, order, ranged) for country in COUNTRIES}
    clash = any(w == "clash" for w in wanted.values())
    if clash or "countries" not in got:
        found = any(d["code"] == "E0326" for file in got.get("files", []) for d in file["diagnostics"])
        return [] if clash and found else [f"clash {clash}, but E0326 {found}: {json.dumps([d for f in got.get('files', []) for d in f['diagnostics'] if d['severity'] == 'error'])[:300]}"]
    wrong = []
    for country, want in wanted.items():
        fact = got["countries"][country]["facts"]["x"]
        others = {other["source"]: other["value"] for other in fact.get("others", [])}
        have = (fact["value"], fact["source"], others, fact["low"], fact["high"]) if fact["known"] else None
        if have != want:
            wrong.append(f"{country}, {order}, known by {known_by}: {have}, wanted {want}")
        if want and any(other["differs"] != differ(want[0], other["value"]) for other in fact.get("others", [])):
            wrong.append(f"{country}: differs, {fact['others']} beside {want[0]}")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", required=True)
    parser.add_argument("--models", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    engine = os.path.abspath(options.engine)
    wrong = [line for k in range(options.models) for line in problems(engine, random.Random(options.seed * 1000003 + k))]
    print("\n".join(wrong) or f"{options.models} scenarios: every figure is the one that the rule says")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
