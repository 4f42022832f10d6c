"""Recomputes a portfolio from its tables by plain arithmetic, apart from the engine, and compares.

    python3 tests/portfolio/arithmetic.py --engine build/release/waystone

The table and the rates are read here anew; of the engine only the scores of countries are taken, from `score --csv`, and what
`portfolio --json` says is compared with sums made here: totals, weighted risk, shares, Herfindahl, bands, regions, limits, and
what a fact put in place, another scenario and a year cost, name by name. Numbers are fractions, so that sums are exact.
"""
import argparse
import csv
import io
import json
import pathlib
import subprocess
import sys
import tomllib
from collections import defaultdict
from fractions import Fraction

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = "scenarios/portfolio/sample.toml"
NEAR = 1e-9


class Check:
    def __init__(self):
        self.made = self.failed = 0

    def near(self, what, found, wanted):
        self.made += 1
        if found is None or abs(float(found) - float(wanted)) > NEAR * max(1, abs(float(wanted))):
            self.failed += 1
            print(f"{what}: the engine says {found}, by hand it is {float(wanted)}")

    def same(self, what, found, wanted):
        self.made += 1
        if found != wanted:
            self.failed += 1
            print(f"{what}: the engine says {found}, by hand it is {wanted}")


def run(engine, *arguments):
    done = subprocess.run([engine, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        sys.exit(f"{arguments}: {done.returncode}\n{done.stderr}")
    return done.stdout


def scores_of(engine, *arguments):
    text = run(engine, "score", *arguments, "--csv", "--long", "--viewpoint", "committee")
    rows = csv.DictReader(io.StringIO(text))
    return {row["country"]: Fraction(row["value"]) for row in rows if row["name"] == "risk" and row["kind"] == "output" and row["value"]}


def table(path):
    lines = [line for line in (ROOT / path).read_text().splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def rates_of(scenario):
    rates = {currency: Fraction(str(rate["rate"])) for currency, rate in scenario["rates"].items() if currency != "currency"}
    return {**rates, scenario["rates"]["currency"]: Fraction(1)}


def weighted(lines, scores):
    rated = [(amount, scores[country]) for country, amount in lines if country in scores]
    total = sum(amount for amount, _ in rated)
    return sum(amount * score for amount, score in rated) / total, total


def by_hand(check, book, lines, scores, regions):
    total = sum(amount for _, amount in lines)
    mean, rated = weighted(lines, scores)
    name = "all in " + book["currency"] if book["converted"] else book["currency"]
    check.near(f"{name}: total", book["total"], total)
    check.near(f"{name}: rated", book["rated"], rated)
    check.near(f"{name}: weighted", book["weighted"], mean)
    countries = defaultdict(Fraction)
    for country, amount in lines:
        countries[country] += amount
    check.near(f"{name}: Herfindahl", book["herfindahl"], sum((amount / total) ** 2 for amount in countries.values()))
    for part in book["countries"]:
        check.near(f"{name}: share of {part['name']}", part["share"], countries[part["name"]] / total)
    check.same(f"{name}: largest", book["countries"][0]["name"], max(sorted(countries), key=lambda c: countries[c]))
    check.near(f"{name}: points add up", sum(line["points"] or 0 for line in book["exposures"]), mean)
    edges = [("low", 0), ("guarded", 20), ("elevated", 40), ("high", 60), ("severe", 80)]
    bands, groups = defaultdict(Fraction), defaultdict(Fraction)
    for country, amount in lines:
        if country in scores:
            bands[[band for band, edge in edges if scores[country] >= edge][-1]] += amount
        else:
            bands[""] += amount
        groups[regions.get(country, "")] += amount
    check.same(f"{name}: bands", {b["name"] for b in book["bands"]}, set(bands))
    for band in book["bands"]:
        check.near(f"{name}: band {band['name']}", band["amount"], bands[band["name"]])
    for group in book["groups"]["region"]:
        check.near(f"{name}: region {group['name']}", group["amount"], groups[group["name"]])


def cost_by_hand(check, what, book, lines, before, after):
    both = [(country, amount) for country, amount in lines if country in before and country in after]
    total = sum(amount for _, amount in both)
    parts = defaultdict(Fraction)
    for country, amount in both:
        parts[country] += amount / total * (after[country] - before[country])
    cost = book["cost"]
    check.near(f"{what}: points", cost["points"], sum(parts.values()))
    check.near(f"{what}: the parts add up to the points", sum(part["points"] for part in cost["parts"]), cost["points"])
    check.near(f"{what}: from and to differ by the points", cost["to"] - cost["from"], cost["points"])
    found = {part["country"]: part["points"] for part in cost["parts"]}
    for country, points in parts.items():
        check.near(f"{what}: {country}", found.get(country, 0), points)
    check.same(f"{what}: the largest first", [abs(p["points"]) for p in cost["parts"]], sorted((abs(p["points"]) for p in cost["parts"]), reverse=True))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", required=True)
    engine = str(pathlib.Path(parser.parse_args().engine).resolve())
    scenario = tomllib.loads((ROOT / SAMPLE).read_text())
    rows, rates = table("scenarios/portfolio/exposures.csv"), rates_of(scenario)
    regions = {row["country"]: row["region"].lower().replace(" ", "_").replace("-", "_") for row in table("scenarios/partners/regions.csv")}
    check = Check()
    check.same("exposures", len(rows), 40)
    scores = scores_of(engine, SAMPLE)
    own = {currency: [(r["country"], Fraction(r["amount"])) for r in rows if r["currency"] == currency] for currency in rates}
    common = [(r["country"], Fraction(r["amount"]) * rates[r["currency"]]) for r in rows]

    plain = json.loads(run(engine, "portfolio", SAMPLE, "--json"))
    check.same("books", [(b["currency"], b["converted"]) for b in plain["books"]], [("USD", True), ("CNY", False), ("EUR", False), ("USD", False)])
    for book in plain["books"]:
        by_hand(check, book, common if book["converted"] else own[book["currency"]], scores, regions)
    broken = {(r["country"], r["name"]) for r in rows if r["limit"] and Fraction(r["amount"]) > Fraction(r["limit"])}
    check.same("limits of rows", {(b["country"], b["name"]) for b in plain["broken"] if b["country"]}, broken)
    for limit in scenario["limit"]:
        inside = [(c, a) for c, a in common if (regions.get(c) == limit.get("group") if "group" in limit else c in scores and 60 <= scores[c] < 80)]
        amount = sum(a for _, a in inside)
        said = [b for b in plain["broken"] if b["band"] == limit.get("band") and b["group"] == limit.get("group") and b["country"] is None]
        check.same(f"limit on {limit.get('band', limit.get('group'))}", len(said), int(amount > limit["amount"]))
        for one in said:
            check.near("its amount", one["amount"], amount)

    set_war = json.loads(run(engine, "portfolio", SAMPLE, "--set", "KAZ.battle_deaths=1200", "--json"))
    cost_by_hand(check, "a war", set_war["books"][0], common, scores, scores_of(engine, SAMPLE, "--set", "KAZ.battle_deaths=1200"))
    other = "scenarios/partners/2019.toml"
    against = json.loads(run(engine, "portfolio", SAMPLE, "--against", other, "--json"))
    cost_by_hand(check, "another scenario", against["books"][0], common, scores, scores_of(engine, other))
    since = json.loads(run(engine, "portfolio", SAMPLE, "--since", "2021-12-31", "--json"))
    cost_by_hand(check, "three years", since["books"][0], common, scores_of(engine, SAMPLE, "--as-of", "2021-12-31"), scores)
    print(f"{check.made - check.failed} of {check.made} figures as by hand")
    sys.exit(1 if check.failed or not check.made else 0)


if __name__ == "__main__":
    main()
