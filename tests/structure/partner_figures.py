"""The figures of all partners that ship: hashes, countries, years, ranges, nothing twice. python3 tests/structure/partner_figures.py

script/cut-partner-figures makes the tables from their sources, which do not ship; this looks at what ships alone.
"""
import csv
import hashlib
import pathlib
import re
import sys

DATA = pathlib.Path(__file__).resolve().parents[2] / "scenarios" / "partners" / "data"
EARLIER = {"ucdp.csv": (2001, {"conflict_intensity"}), "share-alike/v-dem.csv": (2005, {"polyarchy", "polyarchy_sd"})}
YES_NO = {"wto", "customs_union_russia", "csto", "sco", "china_fta"}
DATES = {"leader_since", "leader_born"}
ENDS = {  # the last year of which a list tells that there is none, or tells at all: later a blank, never a no
    ("memberships.csv", "china_fta"): (2020, {"no"}), ("memberships.csv", "eu_access"): (2020, {"0"}), ("sanctions.csv", "sanctions"): (2023, None),
    ("counts.csv", "risings_10y"): (2023, None), ("ucdp.csv", "deaths_best"): (2022, None), ("share-alike/neighbours.csv", "neighbour_deaths"): (2022, None),
    ("bertelsmann-bti.csv", "market_organisation"): (2022, None), ("share-alike/v-dem.csv", "presidentialism"): (2023, None),
}
RANGES = {  # the lowest and highest that can be, or that anybody has seen
    "_est": (-3.5, 3.5), "_se": (0, 1.5), "lpi": (1, 5), "customs": (1, 5), "infrastructure": (1, 5), "market_organisation": (1, 10),
    "trade_liberalisation": (1, 10), "debt_service_pct_exports": (0, 400), "reserves_pct_external_debt": (0, 20000),
    "external_debt_pct_gni": (0, 1000), "merch_trade_pct_gdp": (0, 600), "gdp_pc_const_usd": (50, 300000), "deaths_": (0, 500000),
    "conflict_intensity": (0, 2), "growth_3y": (-60, 60), "cpi_avg_pct": (-30, 1e7),
    "current_account_pct_gdp": (-100, 250), "gov_gross_debt_pct_gdp": (0, 1000), "gov_balance_pct_gdp": (-150, 150), "distance_": (0, 6),
    "coups_10y": (0, 20), "risings_10y": (0, 30), "eu_access": (0, 3), "sanctions": (0, 2),
    "polyarchy": (0, 1), "libdem": (0, 1), "presidentialism": (0, 1), "mobilisation": (-5, 5), "neighbour_deaths": (0, 500000),
}


def bounds(column):
    return next((r for name, r in RANGES.items() if column == name or column.endswith(name) or column.startswith(name)), None)


def cell_problem(column, text):
    if column in YES_NO:
        return None if text in ("yes", "no") else "is neither yes nor no"
    if column in DATES:
        return None if re.fullmatch(r"(19|20)\d\d-[01]\d-[0-3]\d", text) else "is no date"
    low, high = bounds(column) or (None, None)
    if low is None:
        return "has no range in this script"
    return None if re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", text) and low <= float(text) <= high else f"lies outside {low:g} to {high:g}"


def problems():
    sums = dict(reversed(line.split()) for line in (DATA / "SHA256SUMS").read_text().splitlines())
    described = (DATA / "README.md").read_text()
    every, given = set(), set()
    judged = {(r["indicator"], r["country"], int(r["valid"][:4])) for r in csv.DictReader(
        line for line in (DATA / "memberships-judged.csv").read_text().splitlines() if not line.startswith("#"))}
    for name, wanted in sums.items():
        found = hashlib.sha256((DATA / name).read_bytes()).hexdigest()
        if found != wanted:
            yield f"{name}: its hash is {found[:12]}, SHA256SUMS says {wanted[:12]}"
        if not re.search(rf"^\| `{re.escape(name)}` .*`{wanted[:12]}` \|$", described, re.M):
            yield f"{name}: README.md has no row with its hash {wanted[:12]}"
        lines = (DATA / name).read_text().splitlines()
        if not (lines[0].startswith("# ") and lines[1].startswith("# Terms: ")):
            yield f"{name}: it does not open with its title and terms"
        seen = set()
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            long = "indicator" in row
            key = (row["country"], row["indicator"], row["valid"]) if long else (row["country"], row["year"])
            year = int(row["valid"][:4] if long else row["year"])
            if key in seen:
                yield f"{name}: {' '.join(key)} stands twice"
            seen.add(key)
            every.add(row["country"])
            if not re.fullmatch(r"[A-Z]{3}", row["country"]) or row["country"] == "CHN":
                yield f"{name}: {row['country']} is no partner"
            first, looked_back_on = EARLIER.get(name, (2010, ()))
            if not first <= year <= 2024:
                yield f"{name}: {year} lies outside {first} to 2024"
            if year < 2010 and any(row[column] for column in list(row)[2:] if column not in looked_back_on):
                yield f"{name}: {' '.join(key)} has more than what rules look back on"
            if long and row["indicator"] in DATES:
                dates = [row[k] for k in ("low", "value", "high")]
                if dates != sorted(dates) or any(cell_problem(row["indicator"], d) for d in dates) or row["grade"] != "judged" or not row["by"]:
                    yield f"{name}: {' '.join(key)} is no signed date with its range"
                continue
            if long and row["indicator"] in ("china_fta", "eu_access"):
                if row["value"] not in ("yes", "no", "0", "1") or row["grade"] != "judged" or not row["by"] or "from memory" not in row["because"]:
                    yield f"{name}: {' '.join(key)} is no signed judgement"
                given.add((row["indicator"], row["country"], year))
                continue
            if long:
                numbers = [float(row[k]) for k in ("low", "value", "high") if row[k]]
                if numbers != sorted(numbers) or not all(0 <= n <= 100 for n in numbers):
                    yield f"{name}: {' '.join(key)} is no share with its range"
                continue
            for column in list(row)[2:]:
                last, none = ENDS.get((name, column), (9999, None))
                if year > last and row[column] and (none is None or row[column] in none):
                    yield f"{name}: {' '.join(key)}, {column}: {row[column]}, but its list ends in {last}"
                if column in ("china_fta", "eu_access") and row[column]:
                    given.add((column, row["country"], year))
                    if (column, row["country"], year) in judged:
                        yield f"{name}: {' '.join(key)}, {column} is judged, too"
                if row[column] and (problem := cell_problem(column, row[column])):
                    yield f"{name}: {' '.join(key)}, {column}: {row[column]} {problem}"
    for column, country, year in sorted({(c, p, y) for c in ("china_fta", "eu_access") for p in every for y in range(2010, 2025)} - given):
        yield f"{column} of {country} in {year} is in no table"
    if len(every) != 150:
        yield f"the tables have {len(every)} countries, not 150"
    shipped = {p.relative_to(DATA).as_posix() for p in DATA.rglob("*.csv")} - {f"{c}.csv" for c in ("armenia", "georgia", "hungary", "pakistan")}
    for name in sorted(shipped - set(sums)):
        yield f"{name} is not in SHA256SUMS"


def problems_of_outcomes():
    """What the scores are held against: hashes, kinds that are covered and described, nothing twice."""
    folder = DATA.parent / "outcomes"
    described = (folder / "README.md").read_text()
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        wanted, name = line.split()
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != wanted:
            yield f"{name}: its hash is not that of SHA256SUMS"
    rows = {name: list(csv.DictReader(line for line in (folder / name).read_text().splitlines() if not line.startswith("#")))
            for name in ("events.csv", "covered.csv")}
    spans = {(r["kind"], r["country"]): (int(r["first"]), int(r["last"])) for r in rows["covered.csv"]}
    if len(spans) != len(rows["covered.csv"]):
        yield "covered.csv: a kind and country stand twice"
    for kind in {kind for kind, _ in spans}:
        if f"`{kind}`" not in described:
            yield f"README.md says nothing of the kind {kind}"
    seen = set()
    for row in rows["events.csv"]:
        first, last = spans.get((row["kind"], row["country"]), (1, 0))
        if not first <= int(row["date"][:4]) <= last:
            yield f"events.csv: {row['kind']} of {row['country']} in {row['date']} is not covered"
        if tuple(row.values()) in seen:
            yield f"events.csv: {' '.join(row.values())} stands twice"
        seen.add(tuple(row.values()))
        if not re.fullmatch(r"[A-Z]{3}", row["country"]) or row["country"] == "CHN":
            yield f"events.csv: {row['country']} is no partner"


if __name__ == "__main__":
    found = [*problems(), *problems_of_outcomes()]
    print("\n".join(found[:50]) or "the figures of 150 partners are as they were cut")
    sys.exit(1 if found else 0)
