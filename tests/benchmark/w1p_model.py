"""Writes the panel benchmark as an ordinary rule file and scenarios.

    python3 tests/benchmark/w1p_model.py DIRECTORY

The directory gets the data of w1p_data.py, `w1p.risk`, and `w1.toml` (the 150 countries of 2024). The model: 60 indicators with bent curves, 12 arithmetic
factors of 5, 4 arithmetic dimensions of 3, a geometric index, 8 rules that raise a factor by 10; and of every country the 60 contributions of the
indicators to the index and the part that the rules have in it (Euler's decomposition of a weighted geometric mean), as derived values.
"""
import csv
import os
import sys
from decimal import Decimal

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import w1p_data  # noqa: E402

SOURCE = 'source made_up "Made-up panel" {\n  publisher "Waystone"\n  published 2026-11-01\n  licence "Apache-2.0"\n}\n'
SIGNED = '  judged by "Waystone model desk" on 2026-11-01 because "made-up data of a benchmark"\n'


def rows(directory, name):
    with open(os.path.join(directory, name), encoding="ascii", newline="") as f:
        return list(csv.DictReader(f))


def percent(weight):
    return format((Decimal(weight) * 100).normalize(), "f")


def plain(numeral):
    """The same number without an exponent."""
    return format(Decimal(numeral), "f")


def ranges(directory, indicators):
    """A declared range wide enough for every value and every knot."""
    low, high = {}, {}
    for row in rows(directory, "values.csv"):
        for name in indicators:
            x = float(row[name])
            low[name] = min(low.get(name, x), x)
            high[name] = max(high.get(name, x), x)
    for name, knots in indicators.items():
        xs = [float(x) for x, _ in knots]
        margin = max(max(xs), high[name]) - min(min(xs), low[name])
        low[name], high[name] = min([low[name]] + xs) - margin, max([high[name]] + xs) + margin
    return {name: (plain("%.6g" % low[name]), plain("%.6g" % high[name])) for name in indicators}


def model(directory):
    indicators = {r["indicator"]: [(r[f"x{k}"], r[f"y{k}"]) for k in range(int(r["nknots"]))] for r in rows(directory, "indicators.csv")}
    of_factor, of_dimension = {}, {}
    weight = {r["indicator"]: r["weight"] for r in rows(directory, "indicators.csv")}
    for r in rows(directory, "indicators.csv"):
        of_factor.setdefault(r["factor"], []).append(r["indicator"])
    for r in rows(directory, "factors.csv"):
        weight[r["factor"]] = r["weight"]
        of_dimension.setdefault(r["dimension"], []).append(r["factor"])
    for r in rows(directory, "dimensions.csv"):
        weight[r["dimension"]] = r["weight"]
    rules = rows(directory, "rules.csv")
    touched = {r["factor"] for r in rules}

    out = ['model "Panel benchmark" {\n  version "1"\n}\n', SOURCE]
    bounds = ranges(directory, indicators)
    for name, knots in indicators.items():
        low, high = bounds[name]
        through = " ".join(f"({plain(x)}, {plain(y)})" for x, y in knots)
        out.append(f'indicator {name} "Indicator {name}" {{\n  unit plain\n  range {low} to {high}\n  curve through {through}\n'
                   "  missing unknown\n  cites made_up\n}\n")

    def group(name, label, members):
        lines = "".join(f"  {percent(weight[m])}% {m}\n" for m in members)
        out.append(f'factor {name} "{label}" {{\n  combine arithmetic\n{lines}{SIGNED}}}\n')

    for factor, members in of_factor.items():
        group(factor, f"Factor {factor}", members)
        if factor in touched:
            group(f"{factor}_bare", f"Factor {factor} before the rules", members)
    for dimension, members in of_dimension.items():
        group(dimension, f"Dimension {dimension}", members)
    lines = "".join(f"  {percent(weight[d])}% {d}\n" for d in of_dimension)
    out.append('output index "Index" {\n  scale 0 to 100, higher is worse\n  combine geometric, no part below 1\n' + lines +
               f"  bands b0, b1 from 35, b2 from 45, b3 from 55, b4 from 65\n{SIGNED}}}\n")
    for r in rules:
        out.append(f"rule {r['rule']} {{\n  when score of {r['ind_a']} > {r['gt']} and score of {r['ind_b']} < {r['lt']}\n"
                   f"  then {r['factor']} add {r['add']}\n  because \"made-up rule of a benchmark\"\n{SIGNED}}}\n")

    # How much of the index one point of a factor carries, then what each indicator and the rules make of it.
    parts = []
    for dimension, factors in of_dimension.items():
        for factor in factors:
            share = Decimal(weight[dimension]) * Decimal(weight[factor])
            out.append(f'derived u_{factor} "Index carried by a point of {factor}" = '
                       f"(index in points) * {share.normalize():f} / (max({dimension}, 1) in points) {{\n{SIGNED}}}\n")
            for name in of_factor[factor]:
                out.append(f'derived c_{name[1:]} "Contribution of {name}" = u_{factor} * {weight[name]} * (score of {name} in points) {{\n{SIGNED}}}\n')
            if factor in touched:
                parts.append(f"u_{factor} * (({factor} - {factor}_bare) in points)")
    out.append('derived rule_part "Part of the rules in the index" = ' + " + ".join(parts) + "\n")
    return "\n".join(out)


def scenario():
    return """title = "The 150 countries of the panel benchmark, 2024"
as_of = 2024-12-31
model = "w1p.risk"
codes = "own"

[[wide]]
file = "values.csv"
country = "country"
valid = "year"
where = { year = "2024" }
source = "made_up"
grade = "observed"
"""


def write(directory):
    w1p_data.write(directory)
    for name, text in (("w1p.risk", model(directory)), ("w1.toml", scenario())):
        with open(os.path.join(directory, name), "w", encoding="utf-8") as f:
            f.write(text)


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    write(sys.argv[1])
    return 0


if __name__ == "__main__":
    sys.exit(main())
