"""What `tune` promises, held against the shipped model, the pillars of ASEM and random judgements:

- --write changes numerals of the tuned group and nothing else, byte for byte, with any line endings; --reason adds one comment
- percentages add up to exactly 100 in decimal arithmetic and lie within their limits
- feeding the weights' own swings back changes nothing; scaling judgements changes nothing; the order in the file changes nothing
- written weights meet the examples by `score` alone; a contradiction, a missed target or a file that can't be written changes nothing
- a published ranking gives the weights that pencil and paper give
- weights for equal importance of eight pillars come out non-negative and converged, miss their targets less than drawn weights do, and have the
  importance that is computed here from the CSV

    python3 tests/property/tune.py --engine build/release/waystone
"""
import argparse
import csv
import decimal
import json
import math
import os
import pathlib
import random
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from decimal import Decimal

ROOT = pathlib.Path(__file__).resolve().parents[2]
VIEWPOINT = re.compile(r"^viewpoint (\w+)[^\n]*\{.*?^\}", re.M | re.S)
WEIGHT = re.compile(r"^( *)([0-9.]+)(% )(\w+)", re.M)
problems = []


def expect(condition, text):
    if not condition:
        problems.append(text)


def run(engine, *arguments, code=0):
    done = subprocess.run([engine, *map(str, arguments)], capture_output=True, text=True, env={**os.environ, "SOURCE_DATE_EPOCH": "1793491200"})
    expect(done.returncode == code, f"{' '.join(map(str, arguments))}: exit {done.returncode}, wanted {code}\n{done.stdout[-600:]}{done.stderr[-600:]}")
    return done.stdout


def tuned(engine, *arguments, code=0):
    text = run(engine, "tune", *arguments, "--json", code=code)
    return json.loads(text) if text.startswith("{") else {"members": [], "status": "no document"}


def copy_of_project(folder):
    for name in ("rules", "scenarios"):
        shutil.copytree(ROOT / name, folder / name)
    return folder / "rules" / "belt-and-road.risk"


def block(text, viewpoint):
    return next(m for m in VIEWPOINT.finditer(text) if m[1] == viewpoint)


def weights_of(text, viewpoint):
    return {m[4]: m[2] for m in WEIGHT.finditer(block(text, viewpoint)[0])}


def without_numerals(text, viewpoint):
    found = block(text, viewpoint)
    return text[: found.start()] + WEIGHT.sub(r"\1N\3\4", found[0]) + text[found.end() :]


def judgement(folder, text):
    path = folder / "judgements.toml"
    path.write_text('by = "test desk"\n' + text)
    return path


def check_write(engine, folder, text, viewpoint, ending):
    rules = copy_of_project(folder)
    original = rules.read_bytes().replace(b"\n", ending)
    rules.write_bytes(original)
    mode = stat.S_IMODE(os.stat(rules).st_mode)
    result = tuned(engine, rules, "--viewpoint", viewpoint, "--from", judgement(folder, text), "--write")
    written = rules.read_bytes()
    expect(result["status"] == "tuned", f"{text}: {result['status']}")
    before, after = original.decode().replace("\r\n", "\n"), written.decode().replace("\r\n", "\n")
    expect(written.count(b"\r\n") == original.count(b"\r\n"), "line endings changed")
    expect(without_numerals(before, viewpoint) == without_numerals(after, viewpoint), f"more than numerals changed: {text}")
    new = weights_of(after, viewpoint)
    expect(sum(map(Decimal, new.values())) == 100, f"{new} add up to {sum(map(Decimal, new.values()))}")
    for member in result["members"]:
        expect(new[member["name"]] == member["new_numeral"], f"{member['name']}: {new[member['name']]} written, {member['new_numeral']} said")
        expect(member["low"] - 1e-9 <= float(new[member["name"]]) / 100 <= member["high"] + 1e-9, f"{member} beyond its limits")
    expect(stat.S_IMODE(os.stat(rules).st_mode) == mode, "the file's mode changed")
    run(engine, "check", rules)
    return result


def check_reason(engine, folder):
    rules = copy_of_project(folder)
    before = rules.read_text()
    tuned(engine, rules, "--viewpoint", "state", "--from", judgement(folder, '[limits]\nsecurity = "at least 25%"\n'), "--write", "--reason", "the war")
    after = rules.read_text()
    comment = "  # 2026-11-01 weights tuned: the war"
    expect(after.count(comment) == 1, "no comment")
    expect(without_numerals(after.replace(comment, ""), "state") == without_numerals(before, "state"), "--reason changed more than it should")


def check_nothing_written(engine, folder):
    rules = copy_of_project(folder)
    before = rules.read_bytes()
    result = tuned(engine, rules, "--viewpoint", "state", "--from", folder / "rules/judgements/one-voice.toml", "--write", code=1)
    expect(result["status"] == "contradictory" and rules.read_bytes() == before, "a contradiction was written")
    named = sorted(e["text"] for e in result["examples"] if e["in_conflict"])
    expect(named == ["risk(BLR) < risk(UKR)", "risk(UKR) < risk(BLR)"], f"the culprits named are {named}")
    limits = judgement(folder, '[limits]\nsecurity = "at least 25%"\n')
    for out, code in ((folder / "none" / "report.txt", 4), (folder, 4), (rules, 2), ("/dev/full", 4)):
        run(engine, "tune", rules, "--viewpoint", "state", "--from", limits, "--write", "--out", out, code=code)
        expect(rules.read_bytes() == before, f"the rule file changed though the report can't be had at {out}")
    if os.geteuid() != 0:
        rules.chmod(0o444)
        run(engine, "tune", rules, "--viewpoint", "state", "--from", judgement(folder, '[limits]\nsecurity = "at least 25%"\n'), "--write", code=4)
        expect(rules.read_bytes() == before, "a read-only file was changed")


PARTS = """model "Parts" { version "1" main risk }
source s "S" { publisher "Waystone" }
output risk "Risk" {
  scale 0 to 100, higher is worse
  combine arithmetic
  40 parts a between 20% and 50%
  20 parts b
  20 parts c locked
  20.5 parts d
  cites s
}
""" + "".join(f'indicator {n} "I" {{ unit plain range 0 to 100 best 0, worst 100 missing unknown cites s }}\n' for n in "abcd")


def check_limits_hold(engine, folder):
    rules = copy_of_project(folder)
    swing = swings([(n, 1.0) for n in weights_of(rules.read_text(), "state")])
    result = tuned(engine, rules, "--viewpoint", "state", "--from", judgement(folder, '[limits]\nsecurity = "30% to 40%"\n' + swing))
    numeral = {m["name"]: m["new_numeral"] for m in result["members"]}
    expect(numeral["security"] == "30", f"a limit that leaves 30% alone is written as {numeral['security']}")

    parts = folder / "parts.risk"
    parts.write_text(PARTS)
    for decimals in "0123":
        result = tuned(engine, parts, "--from", judgement(folder, "[swing]\npoints = { a = 1, b = 30, c = 30, d = 30 }\n"), "--decimals", decimals)
        numeral = {m["name"]: decimal.Decimal(m["new_numeral"]) for m in result["members"]}
        expect(sum(numeral.values()) == decimal.Decimal("100.5"), f"parts add up to {sum(numeral.values())}")
        expect(numeral["a"] / sum(numeral.values()) >= decimal.Decimal("0.2"), f"a falls below its limit: {numeral}")
        expect(numeral["c"] == 20, f"a locked part became {numeral['c']}")


def swings(points):
    return "[swing]\npoints = { " + ", ".join(f"{name} = {value!r}" for name, value in points) + " }\n"


def check_round_trips(engine, folder, draws):
    rules = copy_of_project(folder)
    names = list(weights_of(rules.read_text(), "state"))
    for viewpoint in ("state", "enterprise", "committee"):
        now = weights_of(rules.read_text(), viewpoint)
        own = tuned(engine, rules, "--viewpoint", viewpoint, "--from", judgement(folder, swings([(n, float(w)) for n, w in now.items()])))
        expect(all(m["new_numeral"] == now[m["name"]] for m in own["members"]), f"{viewpoint}: its own swings change it")
    for _ in range(draws):
        points = [(name, round(10 ** random.uniform(1, 2), 3)) for name in names]
        first = tuned(engine, rules, "--viewpoint", "state", "--from", judgement(folder, swings(points)))
        random.shuffle(points)
        again = tuned(engine, rules, "--viewpoint", "state", "--from", judgement(folder, swings([(n, 7 * v) for n, v in points])))
        for a, b in zip(first["members"], again["members"]):
            expect(abs(a["exact_share"] - b["exact_share"]) < 1e-9 and a["new_numeral"] == b["new_numeral"], f"scaled and shuffled swings: {a} {b}")


def check_examples_hold(engine, folder):
    rules = copy_of_project(folder)
    asked = '[[example]]\nassert = "risk(BLR) < risk(UKR) by 21"\nscenario = "scenarios/article/2015-06.toml"\n'
    asked += '[[example]]\nassert = "risk(BLR) < risk(UKR) by 11"\nscenario = "scenarios/article/2019-06.toml"\n'
    tuned(engine, rules, "--viewpoint", "state", "--from", judgement(folder, asked), "--write")
    for scenario, gap in (("2015-06", 21), ("2019-06", 11)):
        scored = json.loads(run(engine, "score", folder / f"scenarios/article/{scenario}.toml", "--viewpoint", "state", "--json"))
        view = next(v for v in scored["scenarios"][0]["viewpoints"] if v["name"] == "state")
        risk = {c["code"]: c["outputs"]["risk"]["value"] for c in view["countries"] if c["code"] in ("BLR", "UKR")}
        expect(risk["UKR"] - risk["BLR"] >= gap, f"{scenario}: written weights give {risk}, wanted a gap of {gap}")


def local_linear_index(x, y):
    """Var(E(y | x)) / Var(y), point by point with plain loops."""
    n = len(x)
    mean = lambda v: sum(v) / len(v)
    sd = math.sqrt(sum((a - mean(x)) ** 2 for a in x) / (n - 1))
    h = 1.06 * sd * n ** -0.2
    smooth = []
    for at in x:
        k = [math.exp(-0.5 * ((a - at) / h) ** 2) for a in x]
        s0, s1, s2 = sum(k), sum(w * (a - at) for w, a in zip(k, x)), sum(w * (a - at) ** 2 for w, a in zip(k, x))
        t0, t1 = sum(w * b for w, b in zip(k, y)), sum(w * (a - at) * b for w, a, b in zip(k, x, y))
        smooth.append((s2 * t0 - s1 * t1) / (s0 * s2 - s1 * s1))
    return sum((s - mean(smooth)) ** 2 for s in smooth) / sum((b - mean(y)) ** 2 for b in y)


def check_asem(engine, folder):
    shutil.copytree(ROOT / "tests/tuning", folder / "asem")
    text = '[importance]\ntargets = "equal"\nsample = "asem/asem.toml"\n'
    # Negative weights would be needed to meet the targets, so the best that non-negative ones can do is shown and nothing is written. The
    # search must find it: no drawn weights may miss the targets by less in squares.
    start = time.monotonic()
    result = tuned(engine, folder / "asem/asem.risk", "--from", judgement(folder, text), code=1)
    took = time.monotonic() - start
    expect(result["status"] == "importance missed" and result["wanted_importance"]["converged"], f"ASEM: {result['status']}, {result.get('wanted_importance')}")
    with open(folder / "asem/asem_pillars.csv") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    shares = {m["name"]: m["exact_share"] for m in result["members"]}
    expect(min(shares.values()) >= 0, f"ASEM: negative weights {shares}")
    score = [sum(shares[p] * float(row[p]) for p in shares) for row in rows]
    index = {p: local_linear_index([float(row[p]) for row in rows], score) for p in shares}
    total = sum(index.values())
    own = [index[p] / total for p in shares]
    said = [m["new_importance"] for m in result["members"]]
    expect(max(abs(a - b) for a, b in zip(own, said)) < 1e-6, f"ASEM: importance computed here {own}, said {said}")
    missed = sum((s - 0.125) ** 2 for s in own)
    least = min(importance_missed(rows, list(shares)) for _ in range(40))
    expect(missed <= least + 1e-9, f"ASEM: drawn weights miss by {least}, the fit by {missed}")
    print(f"ASEM: weights {', '.join(f'{p} {100 * s:.1f}%' for p, s in shares.items())}; importance misses an eighth by {100 * max(abs(s - 0.125) for s in own):.1f} points at most; {took:.2f} s")


def check_ranking(engine):
    """The ranking of five modes of transport, the example of UTA (Siskos, Grigoroudis and Matsatsinis 2005; figures as in the R package MCDA's
    UTASTAR). With straight values and weights w the ranking asks for w_comfort = 3/28 w_price (the metros are alike) and little else. Nearest to equal
    weights: minimise (p - 1/3)^2 + (3p/28 - 1/3)^2 + (2/3 - 31p/28)^2 gives p."""
    result = tuned(engine, ROOT / "tests/tuning/modes.risk", "--from", ROOT / "tests/tuning/ranking.toml")
    k = 3 / 28
    price = (1 / 3 + k / 3 + (1 + k) * 2 / 3) / (1 + k * k + (1 + k) ** 2)
    wanted = {"price": price, "comfort": k * price, "time": 1 - (1 + k) * price}
    for member in result["members"]:
        expect(abs(member["exact_share"] - wanted[member["name"]]) < 1e-5, f"{member['name']}: {member['exact_share']}, wanted {wanted[member['name']]}")


def importance_missed(rows, pillars):
    draw = [random.expovariate(1) for _ in pillars]
    score = [sum(w * float(row[p]) for w, p in zip(draw, pillars)) for row in rows]
    index = [local_linear_index([float(row[p]) for row in rows], score) for p in pillars]
    return sum((i / sum(index) - 0.125) ** 2 for i in index)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", required=True)
    parser.add_argument("--draws", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    engine = os.path.abspath(options.engine)
    random.seed(options.seed)
    checks = [
        lambda f: check_write(engine, f, '[limits]\nsecurity = "at least 25%"\nties = [["corridor", "market_access"]]\n', "state", b"\n"),
        lambda f: check_write(engine, f, swings([(n, 5 + 3 * k) for k, n in enumerate(sorted(weights_of((ROOT / "rules/belt-and-road.risk").read_text(), "state")))]), "enterprise", b"\r\n"),
        lambda f: check_reason(engine, f),
        lambda f: check_nothing_written(engine, f),
        lambda f: check_limits_hold(engine, f),
        lambda f: check_round_trips(engine, f, options.draws),
        lambda f: check_examples_hold(engine, f),
        lambda f: check_ranking(engine),
        lambda f: check_asem(engine, f),
    ]
    for check in checks:
        with tempfile.TemporaryDirectory() as folder:
            check(pathlib.Path(folder))
    print("\n".join(problems) or "tune keeps what it promises")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
