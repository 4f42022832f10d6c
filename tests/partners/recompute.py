"""Every partner's risk from the tables that ship alone, apart from the engine: python3 tests/partners/recompute.py --engine PATH

The formulas of rules/partners stand here a second time, written from their text: which figure was known on the day, how long it is
carried, goalposts, weights, weighing anew, floors, what looks back over years. The scores of the years below, viewpoint committee, must agree with `score --json`
to nine decimals, rated or not. A change of the model is a change here, too.
"""
import argparse
import calendar
import csv
import datetime
import json
import math
import pathlib
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
PARTNERS = ROOT / "scenarios" / "partners"
YEARS = (2013, 2016, 2019, 2022, 2024)

# indicator: (table, column, lag in months, carried for years); None: a table of one row a datum
COLUMNS = {
    **{name: ("world-bank-wgi", f"{dim}_est", 9, 2) for name, dim in (("political_stability", "pv"), ("regulatory_quality", "rq"),
                                                                     ("rule_of_law", "rl"), ("control_of_corruption", "cc"),
                                                                     ("government_effectiveness", "ge"))},
    "debt_service": ("world-bank-wdi", "debt_service_pct_exports", 12, 3),
    "reserves_to_debt": ("world-bank-wdi", "reserves_pct_external_debt", 12, 3),
    "trade_openness": ("world-bank-wdi", "merch_trade_pct_gdp", 6, 2),
    "logistics": ("world-bank-lpi", "lpi", 0, 5),
    "market_organisation": ("bertelsmann-bti", "market_organisation", 15, 4),
    "trade_liberalisation": ("bertelsmann-bti", "trade_liberalisation", 15, 4),
    "battle_deaths": ("ucdp", "deaths_best", 6, 2),
    "conflict_intensity": ("ucdp", "conflict_intensity", 6, 2),
    "inflation": ("imf-weo", "cpi_avg_pct", None, 2),
    "growth_3y": ("imf-weo", "growth_3y", None, 2),
    "current_account": ("imf-weo", "current_account_pct_gdp", None, 2),
    "public_debt": ("imf-weo", "gov_gross_debt_pct_gdp", None, 2),
    "un_distance_russia": ("un-votes", "distance_russia", 12, 2),
    "un_distance_china": ("un-votes", "distance_china", 12, 2),
    "leader_since": ("leaders", "leader_since", 0, 1),
    "leader_born": ("leaders", "leader_born", 0, 1),
    "coups_10y": ("counts", "coups_10y", 0, 2),
    "risings_10y": ("counts", "risings_10y", 0, 2),
    **{name: ("memberships", name, 0, 1) for name in ("wto", "eu_access", "customs_union_russia", "csto", "sco", "china_fta")},
    "sanctions": ("sanctions", "sanctions", 0, 2),
    "polyarchy": ("share-alike/v-dem", "polyarchy", 4, 2),
    "liberal_democracy": ("share-alike/v-dem", "libdem", 4, 2),
    "presidentialism": ("share-alike/v-dem", "presidentialism", 4, 2),
    "mobilisation": ("share-alike/v-dem", "mobilisation", 4, 2),
    "neighbour_deaths": ("share-alike/neighbours", "neighbour_deaths", 6, 2),
}
LONG = {"trade-with-russia": (12, 5), "leaders-judged": (0, 1), "memberships-judged": (0, 1)}


def later(day, months):
    """So many months later, on the calendar: the same day or the month's last."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def years_since(day, now):
    months = (now.year - day.year) * 12 + now.month - day.month
    while later(day, months) > now:
        months -= 1
    return (months + (now - later(day, months)).days / (365.2425 / 12)) / 12


def read_value(text):
    if text in ("yes", "no"):
        return text == "yes"
    return datetime.date.fromisoformat(text) if text.count("-") == 2 else float(text)


def rows_of(name):
    with open(PARTNERS / "data" / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def data():
    """(country, indicator): [(valid, known, value)], what beats on one date last."""
    found = {}
    for name, (file, column, lag, _) in COLUMNS.items():
        for row in rows_of(file):
            if row[column] != "":
                valid = datetime.date(int(row["year"]), 12, 31)
                months = (4 if valid.year <= 2018 else 0) if lag is None else lag
                found.setdefault((row["country"], name), []).append((valid, later(valid, months), read_value(row[column])))
    for file, (lag, _) in LONG.items():
        for row in rows_of(file):
            valid = datetime.date.fromisoformat(row["valid"])
            found.setdefault((row["country"], row["indicator"]), []).append((valid, later(valid, lag), read_value(row["value"])))
    scenario = tomllib.loads((PARTNERS / "figures.toml").read_text(encoding="utf-8"))
    for country, block in scenario["country"].items():
        for name, facts in block["facts"].items():
            for fact in facts if isinstance(facts, list) else [facts]:
                value = fact["value"] if isinstance(fact["value"], bool) else float(fact["value"])
                found.setdefault((country, name), []).append((fact["valid"], fact["known"], value))
    return found


def line(best, worst):
    return lambda x: 100 * min(max((x - best) / (worst - best), 0), 1)


def log_line(best, worst, plus=0):
    return lambda x: line(math.log(best + plus), math.log(worst + plus))(math.log(x + plus))


def flag(worst):
    return lambda x: 100.0 if x == worst else 0.0


CURVES = {
    "coups_10y": line(0, 2), "presidentialism": line(0.05, 0.94), "personal_rule": line(0, 0.8), "age_of_ruler": line(0, 0.8),
    "russia_export_share": line(0, 40), "russia_import_share": line(0, 40), "customs_union_russia": flag(True), "csto": flag(True),
    "un_distance_russia": line(1.3, 0.06), "hybridness": line(0, 1), "political_stability": line(1.2, -2), "risings_10y": line(0, 2),
    "mobilisation": line(-2, 2.3), "polyarchy_change_5y": line(0.14, -0.11), "wto": flag(False),
    "eu_access": lambda x: (100, 40, 25, 0)[int(x)], "sanctions": lambda x: (0, 30, 100)[int(x)], "trade_liberalisation": line(10, 2),
    "trade_openness": line(140, 30), "battle_deaths": log_line(0, 9999, 1), "conflict_years_10": line(0, 10),
    "neighbour_deaths": log_line(0, 9999, 1), "regulatory_quality": line(1.3, -1.6), "rule_of_law": line(1.1, -1.5),
    "control_of_corruption": line(1.3, -1.3), "government_effectiveness": line(1.2, -1.5), "market_organisation": line(9.5, 2.25),
    "inflation": line(1, 16), "growth_3y": line(10, -0.5), "debt_service": line(1, 31), "reserves_to_debt": log_line(190, 12),
    "current_account": line(21, -18), "public_debt": line(7, 103), "un_distance_china": line(0.05, 2), "sco": flag(False),
    "china_fta": flag(False), "logistics": line(3.6, 2.1),
}
FACTORS = {  # least share known, members with their percent
    "power_transit": (60, {"coups_10y": 30, "personal_rule": 30, "age_of_ruler": 20, "presidentialism": 20}),
    "russian_dependence": (60, {"russia_export_share": 35, "russia_import_share": 25, "customs_union_russia": 20, "csto": 10,
                                "un_distance_russia": 10}),
    "colour_revolution": (60, {"hybridness": 30, "political_stability": 25, "risings_10y": 20, "mobilisation": 20, "polyarchy_change_5y": 5}),
    "market_access": (60, {"wto": 25, "eu_access": 25, "sanctions": 20, "trade_liberalisation": 15, "trade_openness": 15}),
    "security": (50, {"battle_deaths": 30, "political_stability": 30, "conflict_years_10": 20, "neighbour_deaths": 20}),
    "economic_order": (60, {"regulatory_quality": 25, "rule_of_law": 20, "control_of_corruption": 15, "government_effectiveness": 15,
                            "market_organisation": 25}),
    "economic_crisis": (45, {"inflation": 20, "growth_3y": 20, "debt_service": 20, "reserves_to_debt": 15, "current_account": 10,
                             "public_debt": 15}),
    "bilateral_institutions": (50, {"un_distance_china": 50, "sco": 25, "china_fta": 25}),
    "corridor": (60, {"logistics": 70, "neighbour_deaths": 30}),
}
COMMITTEE = {"power_transit": 7, "russian_dependence": 10, "colour_revolution": 6, "market_access": 18, "security": 18,
             "economic_order": 9, "economic_crisis": 10, "bilateral_institutions": 12, "corridor": 10}


def combined(scores, weights, least, power=1):
    known = {name: weight for name, weight in weights.items() if scores.get(name) is not None}
    if not known or sum(known.values()) < least:
        return None
    return (sum(w * scores[n] ** power for n, w in known.items()) / sum(known.values())) ** (1 / power)


def by_year(data, year):
    """The figure of a year, of the yearly ones that are usable."""
    at = [value for valid, _, value in data if valid == datetime.date(year, 12, 31)]
    return at[-1] if at else None


def look_back(facts, newest, usable):
    """Years of conflict among the ten that end with the newest figure; the change of five years from it."""
    if "conflict_intensity" in facts:
        last = newest["conflict_intensity"].year
        years = [by_year(usable["conflict_intensity"], year) for year in range(last - 9, last + 1)]
        if len([y for y in years if y is not None]) >= 8:
            facts["conflict_years_10"] = len([y for y in years if y is not None and y >= 1])
    if "polyarchy" in facts:
        then = newest["polyarchy"].year - 5
        before = next((v for v in (by_year(usable["polyarchy"], year) for year in (then, then - 1, then - 2)) if v is not None), None)
        if before is not None:
            facts["polyarchy_change_5y"] = facts["polyarchy"] - before


def risk_of(country, now, every):
    facts, newest_of, usable_of = {}, {}, {}
    for name in [*COLUMNS, "russia_export_share", "russia_import_share"]:
        carried = COLUMNS[name][3] if name in COLUMNS else 5
        usable = [d for d in every.get((country, name), []) if d[0] <= now and d[1] <= now]
        if usable:
            newest = max(d[0] for d in usable)
            newest_of[name], usable_of[name] = newest, usable
            if later(newest, 12 * carried) >= now:
                facts[name] = [d for d in usable if d[0] == newest][-1][2]
    look_back(facts, newest_of, usable_of)
    free = facts.get("liberal_democracy")
    if free is not None and "leader_since" in facts:
        facts["personal_rule"] = min(years_since(facts["leader_since"], now), 25) / 25 * (1 - free)
    if free is not None and "leader_born" in facts:
        facts["age_of_ruler"] = min(max((years_since(facts["leader_born"], now) - 50) / 35, 0), 1) * (1 - free)
    if "polyarchy" in facts:
        facts["hybridness"] = min(max(1 - abs(facts["polyarchy"] - 0.45) / 0.45, 0), 1)
    scores = {name: CURVES[name](value) for name, value in facts.items() if name in CURVES}
    factors = {name: combined(scores, weights, least) for name, (least, weights) in FACTORS.items()}
    deaths = facts.get("battle_deaths", 0)
    if factors["russian_dependence"] is not None and facts.get("russia_export_share", 0) >= 40:
        added = 5 if now >= datetime.date(2014, 8, 1) else 0
        factors["russian_dependence"] = max(min(factors["russian_dependence"] + added, 100), 70)
    if factors["security"] is not None:
        floors = [85] * (deaths >= 1000) + [65] * (deaths >= 25) + [60] * (facts.get("conflict_intensity", 0) >= 2)
        factors["security"] = max([factors["security"], *floors])
    risk = combined(factors, COMMITTEE, 60, 2)
    return None if risk is None else max(risk, 60) if deaths >= 1000 else risk


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", required=True)
    engine = str(pathlib.Path(parser.parse_args().engine).resolve())
    every, compared, wrong = data(), 0, 0
    for year in YEARS:
        command = [engine, "score", f"scenarios/partners/{year}.toml", "--viewpoint", "committee", "--json"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        for country in json.loads(done.stdout)["scenarios"][0]["viewpoints"][0]["countries"]:
            ours = risk_of(country["code"], datetime.date(year, 12, 31), every)
            theirs = country["outputs"]["risk"]["value"]
            compared += 1
            if (ours is None) != (theirs is None) or (ours is not None and abs(ours - theirs) > 1e-9):
                wrong += 1
                print(f"{country['code']} {year}: the engine has {theirs}, the tables give {ours}")
    print(f"{compared} scores of partners compared, {wrong} differ")
    return 1 if wrong or compared != 150 * len(YEARS) else 0


if __name__ == "__main__":
    sys.exit(main())
