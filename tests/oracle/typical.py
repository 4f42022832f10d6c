"""What is typical of a country's own groups: random figures and groups, filled in apart from the engine and compared with `waystone data`.

    python3 tests/oracle/typical.py --engine build/release/waystone [--models 60] [--seed 1]

The rule is that of docs/language (missing typical of its …), written once more. A filled-in figure may not raise the share of the weight
that is known. Standard library only.
"""
import argparse
import datetime
import json
import pathlib
import random
import subprocess
import sys
import tempfile

COUNTRIES = ["ARM", "AZE", "BLR", "GEO", "KAZ", "KGZ", "MDA", "TJK", "TKM", "UKR", "UZB"]
AS_OF = datetime.date(2023, 12, 31)
UNITS = {"plain": "unit plain  range 0 to 100", "level": 'levels { 0 "a" 1 "b" 2 "c" 3 "d" 4 "e" }  half steps', "yes/no": "unit yes/no"}


def rules(unit, policy):
    ends = "best yes, worst no" if unit == "yes/no" else "" if unit == "level" else "best 0, worst 100"
    return f"""model "M" {{ version "1" main risk }}
source src "S" {{ publisher "P"  licence "own"  lag 0 days }}
output risk "Risk" {{ scale 0 to 100, higher is worse combine arithmetic  reweight if at least 10% known  1 part x  1 part y  judged by "d" on 2026-11-01 because "t" }}
indicator x "X" {{ {UNITS[unit]}  {ends}  missing {policy}  cites src }}
indicator y "Y" {{ unit plain  range 0 to 100  best 0, worst 100  missing unknown  cites src }}
"""


def figures(rng, unit):
    """[(country, valid, known, value, low, high)], some of them unknown, not yet known, or of a later date."""
    found = []
    for country in COUNTRIES:
        for year in rng.sample((2019, 2021, 2022, 2023, 2024), rng.choice((0, 0, 1, 2))):
            valid = datetime.date(year, 6, 30)
            known = valid + datetime.timedelta(days=rng.choice((0, 100, 300)))
            value = {"plain": round(rng.uniform(0, 100), 1), "level": rng.randrange(0, 9) / 2, "yes/no": float(rng.random() < 0.5)}[unit]
            if rng.random() < 0.1:
                value = None
            low = high = None
            if unit == "plain" and value is not None and rng.random() < 0.4:
                low, high = round(max(0, value - rng.uniform(0, 20)), 1), round(min(100, value + rng.uniform(0, 20)), 1)
            found.append((country, valid, known, value, low, high))
    return found


def scenario(rows, scored, groups, unit):
    facts = {}
    for country, valid, known, value, low, high in rows:
        ends = "" if low is None else f", low = {low:g}, high = {high:g}"
        shown = '"unknown"' if value is None else ('true' if value else 'false') if unit == "yes/no" else f"{value:g}"
        facts.setdefault(country, []).append(f"{{ value = {shown}, valid = {valid}, known = {known}{ends} }}")
    text = f'title = "T"\nas_of = {AS_OF}\nmodel = "m.risk"\ncountries = {json.dumps(scored)}\n[defaults]\nsource = "src"\ngrade = "observed"\n'
    for country in sorted(set(facts) | set(scored)):
        text += f"[country.{country}.facts]\ny = {{ value = 50, valid = 2023-06-30 }}\n"
        if country in facts:
            text += f"x = [{', '.join(facts[country])}]\n"
    for name, (kind, members) in groups.items():
        text += f'[group.{name}]\nkind = "{kind}"\nmembers = {json.dumps(members)}\n'
    return text


def figure_of(rows, country):
    """(value, low, high) of a country's own figure; "none" without one; None where it says that it is unknown."""
    usable = [r for r in rows if r[0] == country and r[1] <= AS_OF and r[2] <= AS_OF]
    if not usable:
        return "none"
    _, valid, _, value, low, high = max(usable, key=lambda r: (r[1], r[2]))
    if value is None:
        return None
    low, high = value if low is None else low, value if high is None else high
    return value, low, high


def filled(rows, country, groups, least, unit):
    """(value, low, high) or None."""
    members = {m for kind, members in groups.values() if kind == "region" and country in members for m in members} - {country}
    known = [f for f in (figure_of(rows, m) for m in sorted(members)) if f not in ("none", None)]
    if len(known) < least:
        return None
    values = sorted(f[0] for f in known)
    middle = len(values) // 2
    value = values[middle] if len(values) % 2 or unit != "plain" else (values[middle - 1] + values[middle]) / 2
    return value, min(f[1] for f in known), max(f[2] for f in known)


def run(engine, folder, *words):
    done = subprocess.run([engine, *words], cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def coverage(document):
    return {c["code"]: c["outputs"]["risk"]["coverage"] for c in document["scenarios"][0]["viewpoints"][0]["countries"]}


def problems(engine, rng):
    unit = rng.choice(list(UNITS))
    least = rng.choice((1, 2, 3, 4))
    rows = figures(rng, unit)
    scored = sorted(rng.sample(COUNTRIES, 6))
    groups = {f"g{k}": (rng.choice(("region", "region", "other")), sorted(rng.sample(COUNTRIES, rng.randint(1, 8)))) for k in range(rng.randint(0, 3))}
    policy = f"typical of its region, at least {least}" if least != 3 or rng.random() < 0.5 else "typical of its region"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "s.toml").write_text(scenario(rows, scored, groups, unit))
        (folder / "m.risk").write_text(rules(unit, policy))
        data, score = run(engine, folder, "data", "s.toml", "--all", "--json"), run(engine, folder, "score", "s.toml", "--json")
        (folder / "m.risk").write_text(rules(unit, "unknown"))
        without = run(engine, folder, "score", "s.toml", "--json")
    for country in scored:
        own = figure_of(rows, country)
        want = filled(rows, country, groups, least, unit) if own == "none" else own
        fact = data["countries"][country]["facts"]["x"]
        if fact["known"] != (own not in ("none", None)):
            yield f"{country}: known is {fact['known']}, own figure {own}"
        have = None if fact["value"] is None else (fact["value"], fact["low"], fact["high"])
        if (want is None) != (have is None) or want is not None and max(abs(a - b) for a, b in zip(want, have)) > 1e-9:
            yield f"{country}: {have}, wanted {want}; own {own}, at least {least}, {groups}"
        if own == "none" and want is not None and fact["grade"] != "typical":
            yield f"{country}: graded {fact['grade']}"
    before, after = coverage(without), coverage(score)
    yield from (f"{c}: filled in, {after[c]} of the weight is known; without, {before[c]}" for c in scored if after[c] > before[c] + 1e-12)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", required=True)
    parser.add_argument("--models", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    engine = str(pathlib.Path(arguments.engine).resolve())
    wrong = 0
    for k in range(arguments.models):
        for problem in problems(engine, random.Random(arguments.seed * 100_003 + k)):
            wrong += 1
            print(f"model {k}: {problem}")
    print(f"{wrong} differences" if wrong else f"{arguments.models} models: what is typical of its groups is as the language says")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
