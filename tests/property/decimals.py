"""Do rounding, comparing and banding give what the same arithmetic gives in decimals?

    python3 tests/property/decimals.py --engine build/release/waystone [--rows 1500] [--seed 1]

Figures of one or two digits go through sums, products, quotients and weighted means that are then rounded, compared and put into bands; the results must
be those of exact fractions. About one in ten lies exactly half way or on an edge.
"""
import argparse
import json
import math
import os
import random
import subprocess
import sys
import tempfile
from fractions import Fraction

HALF = Fraction(1, 2)
SIGN = 'judged by "Waystone model desk" on 2026-11-01 because "made up for a test"'
WEIGHTS = [("0.3", "0.7"), ("0.15", "0.85"), ("0.45", "0.55"), ("0.9", "0.1")]
DIVISORS = (2, 4, 5, 8, 16, 40)


def half_up(x, digits):
    return Fraction(math.floor(x * 10 ** digits + HALF), 10 ** digits)


def half_even(x, digits):
    return Fraction(round(x * 10 ** digits), 10 ** digits)


def forms():
    """(name, the expression, what it is in fractions)"""
    for digits in (0, 1, 2):
        for word, by in (("", half_up), (", half even", half_even)):
            def add(name, text, exact, digits=digits, word=word, by=by):
                tail = f"{digits}{'e' if word else 'u'}"
                return f"{name}_{tail}", f"round({text}, {digits}{word})", lambda f: by(exact(f), digits)
            yield add("sum", "a + b + c", lambda f: f["a"] + f["b"] + f["c"])
            yield add("product", "a * b", lambda f: f["a"] * f["b"])
            yield add("difference", "50 + a - b", lambda f: 50 + f["a"] - f["b"])
            for d in DIVISORS:
                yield add(f"by_{d}", f"(a + b) / {d}", lambda f, d=d: (f["a"] + f["b"]) / d)
            for k, (v, w) in enumerate(WEIGHTS):
                yield add(f"mean_{k}", f"{v} * a + {w} * c", lambda f, v=v, w=w: Fraction(v) * f["a"] + Fraction(w) * f["c"])
                yield add(f"scores_{k}", f"{v} * score of a + {w} * score of b", lambda f, v=v, w=w: 10 * (Fraction(v) * f["a"] + Fraction(w) * f["b"]))


def write(folder, rows):
    text = 'source own "Made up" { publisher "Nobody" licence "own" }\n'
    for name in "abc":
        text += f'indicator {name} "Figure {name}" {{ unit plain range 0 to 10 best 0, worst 10 missing unknown cites own }}\n'
    for name, expression, _ in forms():
        text += f'output {name} "Output {name}" = {expression} {{ scale 0 to 100, higher is worse {SIGN} }}\n'
    text += f'output banded "Banded" {{ scale 0 to 100, higher is worse combine arithmetic 35% a 40% b 25% c bands low, middle from 37.5, high from 60 {SIGN} }}\n'
    text += "model \"Made up\" { version \"1\" main banded }\n"
    with open(os.path.join(folder, "m.risk"), "w", encoding="utf-8") as f:
        f.write(text)
    with open(os.path.join(folder, "f.csv"), "w", encoding="utf-8") as f:
        f.write("country,a,b,c\n" + "".join(f"{code},{','.join(str(float(row[n])) for n in 'abc')}\n" for code, row in rows.items()))
    with open(os.path.join(folder, "s.toml"), "w", encoding="utf-8") as f:
        f.write('title = "Made up"\nas_of = 2020-12-31\nmodel = "m.risk"\ncodes = "own"\n[defaults]\nvalid = 2020-12-31\nsource = "own"\ngrade = "observed"\n'
                '[[wide]]\nfile = "f.csv"\ncountry = "country"\n')


def draw(rng):
    """Figures of one or two digits; of every fourth row the mean lies exactly on an edge of a band."""
    row = {n: Fraction(rng.randint(0, 1000 if rng.random() < 0.3 else 100) or 1, 1) for n in "abc"}
    row = {n: x / (100 if x > 100 else 10) for n, x in row.items()}
    edge = Fraction(rng.choice(("37.5", "60"))) / 10
    c = 4 * (edge - Fraction("0.35") * row["a"] - Fraction("0.4") * row["b"])
    if rng.random() < 0.25 and 0 <= c <= 10:
        row["c"] = c
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", required=True)
    parser.add_argument("--rows", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    rows = {letters[k // 676] + letters[k // 26 % 26] + letters[k % 26]: draw(rng) for k in range(args.rows)}
    with tempfile.TemporaryDirectory() as folder:
        write(folder, rows)
        done = subprocess.run([os.path.abspath(args.engine), "score", os.path.join(folder, "s.toml"), "--json"], capture_output=True, text=True)
    if done.returncode:
        print(done.stdout + done.stderr)
        return 1
    countries = json.loads(done.stdout)["scenarios"][0]["viewpoints"][0]["countries"]
    wrong, compared, ties = [], 0, 0
    for country in countries:
        row, outputs = rows[country["code"]], country["outputs"]
        for name, expression, exact in forms():
            want = float(exact(row))
            compared += 1
            if outputs[name]["value"] != want:
                wrong.append(f"{expression} of {({n: float(x) for n, x in row.items()})} is {outputs[name]['value']!r}, not {want!r}")
        score = 10 * (Fraction("0.35") * row["a"] + Fraction("0.4") * row["b"] + Fraction("0.25") * row["c"])
        ties += score in (Fraction("37.5"), 60)
        band = "high" if score >= 60 else "middle" if score >= Fraction("37.5") else "low"
        if outputs["banded"]["band"] != band:
            wrong.append(f"{float(score)!r} is {outputs['banded']['band']}, not {band}")
    print("\n".join(wrong[:20] + [f"{compared} rounded values of {len(countries)} rows, {ties} on an edge: {len(wrong)} differ"]))
    return 1 if wrong or len(countries) != args.rows or ties < args.rows / 20 else 0


if __name__ == "__main__":
    sys.exit(main())
