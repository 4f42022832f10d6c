"""What the partner model's page says of orderings, coverage, likeness and differences, worked out again.

python3 tests/partners/page.py --engine PATH [--write]

docs/method/partners.md has blocks between `<!-- NAME: begin -->` and `<!-- NAME: end -->`. Each is worked out here from
`score --json` of the scenarios and the tables that ship, and written by --write, never by hand; without it any difference fails.
The orderings of scenarios/partners/orderings.csv were written before there was a score: it is reported how many hold, and one that
fails fails nothing here as long as the page says so.
"""
import argparse
import csv
import json
import math
import pathlib
import re
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PARTNERS = ROOT / "scenarios" / "partners"
PAGE = ROOT / "docs" / "method" / "partners.md"
YEARS = range(2013, 2025)
FACTORS = ("power_transit", "russian_dependence", "colour_revolution", "market_access", "security", "economic_order", "economic_crisis",
           "bilateral_institutions", "corridor")
LEVEL = 5  # the model's level margin


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


class Scores:
    def __init__(self, engine):
        self.engine = engine
        self.years = {}

    def document(self, path, *more):
        command = [self.engine, "score", path, *more, "--json"]
        return json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)

    def of(self, year):
        """Country code to country, viewpoint committee."""
        if year not in self.years:
            view = self.document(f"scenarios/partners/{year}.toml", "--viewpoint", "committee")["scenarios"][0]["viewpoints"][0]
            self.years[year] = {country["code"]: country for country in view["countries"]}
        return self.years[year]


def value(country, target):
    return (country["outputs"].get(target) or country["nodes"][target])["value"]


def shown(*values):
    return " and ".join("not rated" if v is None else f"{v:.1f}" for v in values)


def orderings(scores):
    holding, failing = [], []
    wanted = rows_of(PARTNERS / "orderings.csv")
    for row in wanted:
        now = scores.of(int(row["year"]))
        less, more = (value(now[row[side]], row["target"]) for side in ("less", "more"))
        names = now[row["less"]]["name"], now[row["more"]]["name"]
        (failing if less is None or more is None or less >= more else holding).append((row, names, less, more))
    near = sorted(holding, key=lambda one: one[3] - one[2])
    yield f"**{len(holding)} of {len(wanted)} hold, {len(failing)} fail**; {sum(m - l < LEVEL for _, _, l, m in holding)} of those that hold do so by less than the level margin of {LEVEL} points."
    yield ""
    yield "| | end of | what | expected lower | expected higher | scores | why it was expected |"
    yield "|---|---|---|---|---|---|---|"
    for kind, found in (("fails", failing), ("holds, near", near[:5])):
        for row, names, less, more in found:
            yield f"| {kind} | {row['year']} | {row['target']} | {names[0]} | {names[1]} | {shown(less, more)} | {row['because']} |"


def coverage(scores):
    yield "| end of | rated | of them fully known | known, lowest of the rated | re-weighted | not rated |"
    yield "|---|---|---|---|---|---|"
    for year in YEARS:
        risks = {c["name"]: c["outputs"]["risk"] for c in scores.of(year).values()}
        rated = {n: r for n, r in risks.items() if r["value"] is not None}
        lowest = min(rated.values(), key=lambda r: r["coverage"])["coverage"]
        again = sum(r["reweighted"] or r["rests_on_reweighted"] for r in rated.values())
        names = ", ".join(sorted(set(risks) - set(rated))) or "none"
        yield f"| {year} | {len(rated)} of {len(risks)} | {sum(r['coverage'] > 0.9995 for r in rated.values())} | {100 * lowest:.0f}% | {again} | {names} |"


def ranks(values):
    order = sorted(range(len(values)), key=lambda i: values[i])
    found = [0.0] * len(values)
    start = 0
    while start < len(order):
        stop = start
        while stop + 1 < len(order) and values[order[stop + 1]] == values[order[start]]:
            stop += 1
        for i in order[start:stop + 1]:
            found[i] = (start + stop) / 2
        start = stop + 1
    return found


def spearman(pairs):
    a, b = (ranks(list(side)) for side in zip(*pairs))
    return statistics.correlation(a, b)


def share(x, best, worst):
    return min(max((x - best) / (worst - best), 0.0), 1.0)


def measures():
    """Name: (what it shares with the model, {(country, year): value, higher is worse})."""
    wgi = {(r["country"], int(r["year"])): r for r in rows_of(PARTNERS / "data" / "world-bank-wgi.csv")}
    wdi = {(r["country"], int(r["year"])): r for r in rows_of(PARTNERS / "data" / "world-bank-wdi.csv")}
    ucdp = {(r["country"], int(r["year"])): r for r in rows_of(PARTNERS / "data" / "ucdp.csv")}
    dims = ("va", "pv", "ge", "rq", "rl", "cc")

    def governance(names):
        return {k: -sum(float(r[f"{d}_est"]) for d in names) / len(names) for k, r in wgi.items() if all(r[f"{d}_est"] for d in names)}

    income = {k: -math.log(float(r["gdp_pc_const_usd"])) for k, r in wdi.items() if r["gdp_pc_const_usd"]}
    like = {}
    for key, row in ucdp.items():
        if key in wgi and key in income and row["deaths_best"] and row["conflict_intensity"] and wgi[key]["ge_est"]:
            fought = sum(1 for y in range(key[1] - 9, key[1] + 1) if int(ucdp[key[0], y]["conflict_intensity"]) >= 1)
            hazard = (share(math.log1p(float(row["deaths_best"])), 0, math.log(10000)) + fought / 10) / 2
            vulnerable = share(income[key], -math.log(40000), -math.log(500))
            coping = (share(float(wgi[key]["ge_est"]), 1.2, -1.5) + share(float(wgi[key]["cc_est"]), 1.3, -1.3)) / 2
            like[key] = (max(hazard, 0.05) * max(vulnerable, 0.05) * max(coping, 0.05)) ** (1 / 3)
    return {
        "WGI, mean of the six dimensions": ("five of the six are inputs, of the year before", governance(dims)),
        "WGI political stability alone": ("an input, of the year before", governance(("pv",))),
        "WGI voice and accountability alone": ("none of its figures is an input", governance(("va",))),
        "income per person": ("none of its figures is an input", income),
        "INFORM-like, our own": ("deaths, years of conflict, effectiveness and corruption are inputs, of the year before; income is not", like),
    }


def likeness(scores):
    years = [year for year in YEARS if year <= 2023]
    yield "| with | " + " | ".join(map(str, years)) + " | shared |"
    yield "|---|" + "---|" * len(years) + "---|"
    for name, (shares, figures) in measures().items():
        cells = []
        for year in years:
            pairs = [(value(c, "risk"), figures[(code, year)]) for code, c in scores.of(year).items()
                     if value(c, "risk") is not None and (code, year) in figures]
            cells.append(f"{spearman(pairs):.2f}" if len(pairs) > 100 else "–")
        yield f"| {name} | " + " | ".join(cells) + f" | {shares} |"


ARTICLE = {2013: "2013-12", 2015: "2015-06", 2019: "2019-06"}


def beside(scores):
    """Belarus and Ukraine by the article's model, with the desk's judgements, and by this one."""
    yield "| | viewpoint | Belarus, article's model | Belarus, open figures | Ukraine, article's model | Ukraine, open figures |"
    yield "|---|---|---|---|---|---|"
    for year, day in ARTICLE.items():
        views = [{v["name"]: {c["code"]: value(c, "risk") for c in v["countries"]} for v in scores.document(path)["scenarios"][0]["viewpoints"]}
                 for path in (f"scenarios/article/{day}.toml", f"scenarios/partners/{year}.toml")]
        for name in ("state", "committee", "enterprise"):
            cells = [shown(views[i][name][code]) for code in ("BLR", "UKR") for i in (0, 1)]
            yield f"| {day}; end of {year} | {name} | " + " | ".join(cells) + " |"
    yield ""
    yield "The factors of the last pair, viewpoint committee:"
    yield ""
    yield "| | Belarus, article's model | Belarus, open figures | Ukraine, article's model | Ukraine, open figures |"
    yield "|---|---|---|---|---|"
    both = [{c["code"]: c for v in scores.document(path, "--viewpoint", "committee")["scenarios"][0]["viewpoints"] for c in v["countries"]}
            for path in ("scenarios/article/2019-06.toml", "scenarios/partners/2019.toml")]
    for factor in FACTORS:
        yield f"| {factor} | " + " | ".join(shown(value(both[i][code], factor)) for code in ("BLR", "UKR") for i in (0, 1)) + " |"


BLOCKS = {"orderings": orderings, "coverage": coverage, "likeness": likeness, "beside": beside}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", required=True)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    scores = Scores(str(pathlib.Path(given.engine).resolve()))
    page = PAGE.read_text(encoding="utf-8")
    differing = []
    for name, make in BLOCKS.items():
        text = "\n".join(make(scores)) + "\n"
        print(f"{name}\n{text}")
        pattern = re.compile(rf"(<!-- {name}: begin -->\n).*?(<!-- {name}: end -->)", re.S)
        if not pattern.search(page):
            sys.exit(f"docs/method/partners.md has no block {name}")
        new = pattern.sub(lambda m: m[1] + text + m[2], page)
        if new != page:
            differing.append(name)
        page = new
    if given.write:
        PAGE.write_text(page, encoding="utf-8")
    elif differing:
        print(f"docs/method/partners.md says otherwise: {', '.join(differing)}. Run this with --write, and read what changed.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
