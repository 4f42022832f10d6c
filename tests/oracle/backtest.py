"""Works out the back-test of the partners apart from the engine, and compares to four digits.

    python3 tests/oracle/backtest.py --engine build/release/waystone [--scenario scenarios/partners/backtest.toml]

Takes from the engine what it scored (`score --json`, a date at a time) and nothing else. What came, from which years on that is
known, areas by counting pairs, average precision, precision at the top, chances by gradient descent, Brier's scores, the draws of
countries and the intervals are worked out here from scenarios/partners/outcomes and backtest.toml, written to be obvious. The
intervals of every subject would take minutes: those of the main output and of each outcome's factor are drawn again.
"""
import argparse
import bisect
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
NEAR = 0.5e-4
EDGES = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]


class Twister:
    """The Mersenne Twister of 64 bits, as C++ fixes it."""

    def __init__(self, seed):
        self.state = [seed & (2**64 - 1)]
        for i in range(1, 312):
            before = self.state[-1]
            self.state.append((6364136223846793005 * (before ^ (before >> 62)) + i) & (2**64 - 1))
        self.at = 312

    def bits(self):
        if self.at == 312:
            for i in range(312):
                x = (self.state[i] & 0xFFFFFFFF80000000) | (self.state[(i + 1) % 312] & 0x7FFFFFFF)
                self.state[i] = self.state[(i + 156) % 312] ^ (x >> 1) ^ (0xB5026F5AA96619E9 if x & 1 else 0)
            self.at = 0
        x = self.state[self.at]
        self.at += 1
        x ^= (x >> 29) & 0x5555555555555555
        x ^= (x << 17) & 0x71D67FFFEDA60000
        x ^= (x << 37) & 0xFFF7EEE000000000
        return x ^ (x >> 43)


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def last_day(text):
    """A day; of a year its last."""
    return datetime.date.fromisoformat(text) if len(text) == 10 else datetime.date(int(text), 12, 31)


def years_before(day, years):
    year = day.year - years
    return datetime.date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


class Outcome:
    def __init__(self, said, events, covered):
        self.name = said["name"]
        self.kinds = set(said["kinds"])
        self.quiet = set(said.get("quiet", said["kinds"]))
        self.quiet_years = said.get("quiet_years", 0)
        self.at_risk = said.get("at_risk", False)
        self.least = said.get("at_least")
        self.judges = said.get("judges")
        self.goal = said.get("goal")
        self.covered = covered
        self.counted, self.unquiet = {}, {}
        for row in events:
            if self.least is not None and row["size"] and float(row["size"]) < self.least:
                continue
            if row["kind"] in self.quiet:
                self.unquiet.setdefault(row["country"], []).append(last_day(row["date"]))
        for row in events:
            if self.least is not None and row["size"] and float(row["size"]) < self.least:
                continue
            if row["kind"] in self.kinds:
                day = last_day(row["date"])
                before = years_before(day, self.quiet_years)
                if self.quiet_years and any(before <= d < day for d in self.unquiet.get(row["country"], [])):
                    continue
                self.counted.setdefault(row["country"], []).append(day)

    def came(self, country, first, last, at_risk=True):
        """Whether it came in those years: True, False, "unknown", "not at risk"."""
        for kind in self.kinds | self.quiet:
            span = self.covered.get((kind, country))
            if span is None or first - self.quiet_years < span[0] or last > span[1]:
                return "unknown"
        if at_risk and self.at_risk and any(first - self.quiet_years <= d.year < first for d in self.unquiet.get(country, [])):
            return "not at risk"
        return any(first <= d.year <= last for d in self.counted.get(country, []))


def roc(points):
    """The share of pairs in order, equal scores half."""
    others = sorted(score for score, event, _ in points if not event)
    events = [score for score, event, _ in points if event]
    if not others or not events:
        return math.nan
    below = sum(bisect.bisect_left(others, score) + bisect.bisect_right(others, score) for score in events)
    return below / 2 / (len(others) * len(events))


def average_precision(points):
    events = sum(event for _, event, _ in points)
    if events == 0 or events == len(points):
        return math.nan
    total, hits, seen = 0.0, 0, 0
    ordered = sorted(points, key=lambda point: -point[0])
    at = 0
    while at < len(ordered):
        to = at
        while to < len(ordered) and ordered[to][0] == ordered[at][0]:
            to += 1
        here = sum(event for _, event, _ in ordered[at:to])
        hits, seen = hits + here, seen + to - at
        total += here * hits / seen
        at = to
    return total / events


def percentile(values, share):
    place = share * (len(values) - 1)
    low = int(place)
    return values[low] + (place - low) * (values[min(low + 1, len(values) - 1)] - values[low])


def intervals(points, clusters, draws, seed):
    """Nine tenths of areas over draws of countries: (low, high) of both."""
    twister = Twister(seed)
    order = {country: i for i, country in enumerate(clusters)}
    ordered = sorted(((score, event, order[country]) for score, event, country in points), key=lambda point: -point[0])
    areas, precisions = [], []
    for _ in range(draws):
        times = [0] * len(clusters)
        for _ in clusters:
            times[twister.bits() % len(clusters)] += 1
        events = others = tied_events = tied_others = 0
        pairs = precision = 0.0
        for i, (score, event, cluster) in enumerate(ordered):
            if event:
                tied_events += times[cluster]
            else:
                tied_others += times[cluster]
            if i + 1 < len(ordered) and ordered[i + 1][0] == score:
                continue
            pairs += tied_others * (events + tied_events / 2)
            events, others = events + tied_events, others + tied_others
            if tied_events:
                precision += tied_events * events / (events + others)
            tied_events = tied_others = 0
        if events and others:
            areas.append(pairs / (events * others))
            precisions.append(precision / events)
    if not areas or 2 * len(areas) < draws:
        return (math.nan,) * 4
    areas.sort()
    precisions.sort()
    return percentile(areas, 0.05), percentile(areas, 0.95), percentile(precisions, 0.05), percentile(precisions, 0.95)


def logistic(rows):
    """Intercept and slope by iterated least squares on standardised scores; None where there are too few events."""
    events = sum(event for _, event, _ in rows)
    others = len(rows) - events
    if events < 5 or others < 5:
        return None
    targets = [((events + 1) / (events + 2)) if event else 1 / (others + 2) for _, event, _ in rows]
    mean = sum(score for score, _, _ in rows) / len(rows)
    spread = math.sqrt(sum((score - mean) ** 2 for score, _, _ in rows) / len(rows)) or 1.0
    scores = [(score - mean) / spread for score, _, _ in rows]
    a, b = math.log((events + 1) / (others + 1)), 0.0

    def loss(a, b):
        return sum(max(a + b * s, 0) + math.log1p(math.exp(-abs(a + b * s))) - t * (a + b * s) for s, t in zip(scores, targets))

    now = loss(a, b)
    for _ in range(200):
        chances = [1 / (1 + math.exp(-(a + b * s))) for s in scores]
        ga = sum(p - t for p, t in zip(chances, targets))
        gb = sum((p - t) * s for p, t, s in zip(chances, targets, scores))
        waa = sum(p * (1 - p) for p in chances) + 1e-12
        wab = sum(p * (1 - p) * s for p, s in zip(chances, scores))
        wbb = sum(p * (1 - p) * s * s for p, s in zip(chances, scores)) + 1e-12
        det = waa * wbb - wab * wab
        da, db = -(wbb * ga - wab * gb) / det, -(waa * gb - wab * ga) / det
        step = 1.0
        while loss(a + step * da, b + step * db) > now and step > 1e-9:
            step /= 2
        then = loss(a + step * da, b + step * db)
        if then >= now:
            break
        a, b, now, before = a + step * da, b + step * db, then, now
        if before - now < 1e-13:
            break
    return a - b * mean / spread, b / spread


def brier(forecasts):
    n = len(forecasts)
    if n == 0:
        return {}
    base = sum(event for _, event in forecasts) / n
    result = {"score": sum((p - event) ** 2 for p, event in forecasts) / n, "uncertainty": base * (1 - base), "reliability": 0.0, "resolution": 0.0}
    for low, high in zip(EDGES, EDGES[1:]):
        inside = [(p, event) for p, event in forecasts if low <= p < high or (high == 1 and p == 1)]
        if inside:
            mean, share = sum(p for p, _ in inside) / len(inside), sum(event for _, event in inside) / len(inside)
            result["reliability"] += len(inside) / n * (mean - share) ** 2
            result["resolution"] += len(inside) / n * (share - base) ** 2
    result["within"] = result["score"] - result["reliability"] + result["resolution"] - result["uncertainty"]
    return result


def top(by_year, count):
    shares = []
    for points in by_year.values():
        if len(points) < count:
            continue
        ordered = sorted(points, key=lambda point: -point[0])
        edge = ordered[count - 1][0]
        above = [event for score, event, _ in points if score > edge]
        tied = [event for score, event, _ in points if score == edge]
        shares.append((sum(above) + (count - len(above)) * sum(tied) / len(tied)) / count)
    return sum(shares) / len(shares) if shares else math.nan


class Check:
    def __init__(self):
        self.compared = self.wrong = 0

    def same(self, what, engine, here):
        engine = math.nan if engine is None else engine
        self.compared += 1
        if (math.isnan(engine) and math.isnan(here)) or abs(engine - here) <= NEAR:
            return
        self.wrong += 1
        if self.wrong <= 30:
            print(f"{what}: the engine says {engine}, apart from it {here}")


def scores(engine, scenario, year):
    run = subprocess.run([engine, "score", scenario, "--as-of", str(year), "--json"], cwd=ROOT, capture_output=True, check=True)
    return json.loads(run.stdout)["scenarios"][0]["viewpoints"][0]["countries"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", required=True)
    parser.add_argument("--scenario", default="scenarios/partners/backtest.toml")
    parser.add_argument("--draws", type=int, default=200)
    given = parser.parse_args()
    engine = str(pathlib.Path(given.engine).resolve())
    path = ROOT / given.scenario
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    settings = said["backtest"]
    events = table(path.parent / settings["events"])
    covered = {(r["kind"], r["country"]): (int(r["first"]), int(r["last"])) for r in table(path.parent / settings["covered"])}
    run = subprocess.run([engine, "backtest", given.scenario, "--json", "--draws", str(given.draws)], cwd=ROOT, capture_output=True, check=True)
    found = json.loads(run.stdout)
    years = list(range(settings["first"], settings["last"] + 1))
    by_year = {year: {c["code"]: c for c in scores(engine, given.scenario, year)} for year in years}
    countries = sorted(by_year[years[0]])

    def value(kind, name, year, country):
        result = by_year[year][country]
        if kind == "rule":
            return {"true": 1.0, "false": 0.0}.get(result["rules"][name]["condition"], math.nan)
        if kind == "total":
            number = result["outputs"][name]["value"]
        else:
            number = result["nodes"][name]["score"]
        return math.nan if number is None else number

    check = Check()
    for declared, outcome_found in zip(said["outcome"], found["outcomes"]):
        outcome = Outcome(declared, events, covered)
        for at in outcome_found["horizons"]:
            horizon = at["years"]
            where = f"{outcome.name}, {horizon} years"
            came = {(y, c): outcome.came(c, y + 1, y + horizon) for y in years for c in countries}
            rows = [key for key, followed in came.items() if followed in (True, False)]
            check.same(f"{where}: country-years", at["country_years"], len(rows))
            check.same(f"{where}: events", at["events"], sum(came[key] for key in rows))
            if at["unknown"] is not None:
                if min(sum(came[key] for key in rows), sum(not came[key] for key in rows)) >= 5:
                    check.same(f"{where}: said to be unknown", 1, 0)
                continue
            clusters = [c for c in countries if any(came[y, c] in (True, False) for y in years)]
            subjects = [(s, False) for s in at["subjects"]] + [(s, True) for s in at["indicators"]]
            for subject, single in subjects:
                kind, name = ("indicator" if single else subject["kind"]), subject["name"]
                what = f"{where}, {name}"
                points, annual = [], {}
                for y, c in rows:
                    if kind == "no change":
                        before = outcome.came(c, y - horizon + 1, y, at_risk=False)
                        score = math.nan if before == "unknown" else float(before)
                    else:
                        score = value(kind, name, y, c)
                    if not math.isnan(score):
                        points.append((score, came[y, c], c))
                        annual.setdefault(y, []).append(points[-1])
                check.same(f"{what}: rows", subject["country_years"], len(points))
                check.same(f"{what}: ROC", subject["roc"] if single else subject["roc"]["value"], roc(points))
                check.same(f"{what}: precision by recall", subject["precision_recall"] if single else subject["precision_recall"]["value"],
                           average_precision(points))
                if single:
                    continue
                check.same(f"{what}: top 10", subject["top_10"], top(annual, 10))
                check.same(f"{what}: top 20", subject["top_20"], top(annual, 20))
                forecasts, of_base = [], []
                for y in years:
                    learnt = [point for earlier, at_year in annual.items() if earlier + horizon <= y for point in at_year]
                    curve = logistic(learnt) if annual.get(y) else None
                    if curve is None:
                        continue
                    base = sum(event for _, event, _ in learnt) / len(learnt)
                    for score, event, _ in annual[y]:
                        forecasts.append((1 / (1 + math.exp(-(curve[0] + curve[1] * score))), event))
                        of_base.append((base, event))
                parts = brier(forecasts)
                check.same(f"{what}: forecasts", subject["brier"]["forecasts"], len(forecasts))
                for part in ("score", "reliability", "resolution", "uncertainty", "within"):
                    check.same(f"{what}: Brier, {part}", subject["brier"][part], parts.get(part, math.nan))
                check.same(f"{what}: Brier of the base rate", subject["brier"]["base"], brier(of_base).get("score", math.nan))
                if kind == "total" or name == outcome.judges:
                    again = intervals(points, clusters, given.draws, found["seed"])
                    for label, engine_says, here in zip(("ROC low", "ROC high", "precision low", "precision high"),
                                                        (subject["roc"]["low"], subject["roc"]["high"],
                                                         subject["precision_recall"]["low"], subject["precision_recall"]["high"]), again):
                        check.same(f"{what}: {label}", engine_says, here)
    print(f"{check.compared} figures, {check.wrong} differ")
    return 1 if check.wrong or check.compared < 1000 else 0


if __name__ == "__main__":
    sys.exit(main())
