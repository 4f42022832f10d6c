"""What `robust` says of random small models, against a scan of weights with formulas of this file's own.

    python3 tests/property/robust_grid.py --engine build/release/waystone

Three countries and three indicators with round figures, some unknown, so that orders turn, become equal and lapse at round shares and at the ends of ranges.
Checked are both ends of the interval of every weight (turned, equal, not rated, or a limit), what holds for all weights, and changes that aren't there.
"""
import argparse
import json
import math
import os
import pathlib
import random
import subprocess
import sys
import tempfile

MEANS = ("arithmetic", "arithmetic", "geometric, no part below 5", "harmonic, no part below 5", "power mean of order 2")
FIGURES = (0, 10, 20, 30, 40, 50, 60, 70, 90)
NOTHING = 1e-7  # points: less is no gap; far above the rounding of either side
STEPS = 40
SIGNED = 'judged by "d" on 2020-01-01 because "x"'


class Model:
    def __init__(self, seed):
        rng = random.Random(f"robust grid {seed}")
        self.mean, self.least = rng.choice(MEANS), rng.choice((None, 0.3, 0.5))
        self.parts = [rng.choice((10, 20, 30, 40)) for _ in range(3)]
        self.shares = [part / sum(self.parts) for part in self.parts]
        self.limits = [(0, 100)] * 3
        if rng.random() < 0.3:
            self.limits = [(max(0, int(100 * s) - 15), min(100, int(100 * s) + 16)) for s in self.shares]
        self.facts = {c: [None if rng.random() < 0.12 else rng.choice(FIGURES) for _ in range(3)] for c in "ABC"}

    def rules(self):
        limited = any(limits != (0, 100) for limits in self.limits)
        lines = [f"  {part} parts i{i}" + (f" between {self.limits[i][0]}% and {self.limits[i][1]}%" if limited else "") for i, part in enumerate(self.parts)]
        known = f"  reweight if at least {round(100 * self.least)}% known\n" if self.least else ""
        text = 'model "M" { version "1" }\noutput risk "R" {\n  scale 0 to 100, higher is worse\n'
        text += f"  combine {self.mean}\n{known}" + "\n".join(lines) + f"\n  {SIGNED}\n}}\n"
        for i in range(3):
            text += f'indicator i{i} "I" {{ unit plain range 0 to 100 best 0, worst 100 missing unknown {SIGNED} }}\n'
        return text

    def scenario(self):
        text = 'as_of = 2020-06-30\nmodel = "m.risk"\ncodes = "own"\n'
        text += 'defaults = { valid = 2020-01-31, known = 2020-02-01, grade = "judged", by = "d", because = "x" }\n'
        for country, figures in self.facts.items():
            text += f"[country.{country}.facts]\n"
            text += "".join(f"i{i} = {json.dumps('unknown') if x is None else x}\n" for i, x in enumerate(figures))
        return text

    def value(self, country, weights):
        """None where it is not rated."""
        known = [(x, w) for x, w in zip(self.facts[country], weights) if x is not None]
        total = sum(w for _, w in known)
        if total <= 1e-12:
            return None
        if len(known) < 3 and (self.least is None or round(total, 9) < self.least):
            return None
        if self.mean.startswith("geometric"):
            return math.exp(sum(w * math.log(max(x, 5)) for x, w in known) / total)
        if self.mean.startswith("harmonic"):
            return total / sum(w / max(x, 5) for x, w in known)
        if self.mean.startswith("power"):
            return (sum(w * x * x for x, w in known) / total) ** 0.5
        return sum(w * x for x, w in known) / total

    def moved(self, i, share):
        """Weight i at a share, the others scaled in proportion."""
        rest = 1 - self.shares[i]
        return [share if k == i else (1 - share) * self.shares[k] / rest for k in range(3)]

    def grid(self):
        points = [(a / STEPS, b / STEPS, (STEPS - a - b) / STEPS) for a in range(STEPS + 1) for b in range(STEPS + 1 - a)]
        return [p for p in points if all(low / 100 - 1e-12 <= w <= high / 100 + 1e-12 for w, (low, high) in zip(p, self.limits))]


def gap(model, pair, weights):
    """First minus second; None where either is not rated."""
    first, second = (model.value(country, weights) for country in pair)
    return None if first is None or second is None else first - second


def end_faults(model, answer, member, end, today):
    values = {c: model.value(c, model.shares) for c in answer["ranking"]}
    pairs = [p for p in zip(answer["ranking"], answer["ranking"][1:]) if values[p[0]] - values[p[1]] > NOTHING]
    share = end["share"]
    if not pairs:
        return
    for k in range(1, 12):
        at = today + (share - today) * k / 12
        for pair in pairs:
            found = gap(model, pair, model.moved(member, at))
            if abs(at - share) > 1e-6 and (found is None or found < -NOTHING):
                yield f"{pair} does not stand at {at}, within the interval"
    named = (end["higher_today"], end["lower_today"])
    if end["turns"] and end["at_limit"]:
        found = gap(model, named, model.moved(member, share))
        if found is None or (abs(found) > NOTHING if end["equal_beyond"] else found > -NOTHING):
            yield f"at its limit {share} the gap of {named} is {found}, equal: {end['equal_beyond']}"
    elif end["turns"]:
        beyond = end["again"][0] if end["again"] else (0 if share < today else 1)
        found = gap(model, named, model.moved(member, share + max(-1e-5, min(1e-5, (beyond - share) / 2))))
        if found is None or found > NOTHING:
            yield f"behind {share} the gap of {named} is {found}"
        elif end["equal_beyond"] and abs(found) > NOTHING:
            yield f"behind {share} {named} are not equal: {found}"
        elif not end["equal_beyond"] and not end["again"]:
            low, high = model.limits[member]
            last = low / 100 if share < today else high / 100
            gaps = [gap(model, named, model.moved(member, share + (last - share) * k / 8)) for k in range(1, 9)]
            if not any(g is None or g < -NOTHING for g in gaps):
                yield f"{named} never turn behind {share}: {gaps}"
    elif end["not_rated"]:
        step = -1e-6 if share < today or (share == today and end["side"] == "below") else 1e-6
        if model.value(end["not_rated"], model.moved(member, share + step)) is not None:
            yield f"{end['not_rated']} is rated behind {share}"
    else:
        for pair in pairs:
            found = gap(model, pair, model.moved(member, share))
            if found is None or found < -NOTHING:
                yield f"{pair} does not stand at the limit {share}: {found}"


def faults(model, answer):
    for entry in answer["stability"]:
        for side in ("below", "above"):
            member = int(entry["members"][0][1:])
            for fault in end_faults(model, answer, member, entry[side] | {"side": side}, entry["today"]):
                yield f"i{member} {side}: {fault}"
    grid = model.grid()
    for entry in answer["preferences"]:
        pair = entry["first"], entry["second"]
        gaps = [gap(model, pair, weights) for weights in grid]
        shown = [g for g in gaps if g is not None]
        if any(g > NOTHING for g in shown) and entry["standing"] in ("second necessary", "equal", "not rated"):
            yield f"{pair} is '{entry['standing']}', yet the first is the higher somewhere"
        if any(g < -NOTHING for g in shown) and entry["standing"] in ("first necessary", "equal", "not rated"):
            yield f"{pair} is '{entry['standing']}', yet the second is the higher somewhere"
        if entry["always_rated"] and len(shown) < len(gaps):
            yield f"{pair} is said to be rated always"
    for order in answer["orders"]:
        pair = order["higher"], order["lower"]
        if order["found"] == "none" and any(g is not None and g < -NOTHING for g in (gap(model, pair, w) for w in grid)):
            yield f"a change turns {pair}"
    rated = {c for c in "ABC" if any(model.value(c, weights) is not None for weights in grid)}
    if missed := (rated & set(answer["not_rated"])) - set(answer["rated_by_other_weights"]):
        yield f"other weights rate {missed}"


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--engine", required=True)
    arguments.add_argument("--models", type=int, default=150)
    arguments.add_argument("--seed", type=int, default=1)
    arguments = arguments.parse_args()
    engine, found, ends = os.path.abspath(arguments.engine), 0, {"turned": 0, "equal": 0, "equal at a limit": 0, "not rated": 0, "elsewhere": 0}
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(arguments.seed, arguments.seed + arguments.models):
            model = Model(seed)
            (pathlib.Path(folder) / "m.risk").write_text(model.rules(), encoding="utf-8")
            (pathlib.Path(folder) / "s.toml").write_text(model.scenario(), encoding="utf-8")
            done = subprocess.run([engine, "robust", "s.toml", "--samples", "300", "--json"], cwd=folder, capture_output=True, text=True, timeout=120)
            if done.returncode != 0:
                raise SystemExit(f"model {seed}: {done.stderr}")
            answer = json.loads(done.stdout)["viewpoints"][0]
            ends["elsewhere"] += len(answer["rated_by_other_weights"])
            for entry in answer["stability"]:
                for end in (entry["below"], entry["above"]):
                    ends["turned"] += end["turns"] and not end["equal_beyond"]
                    ends["equal"] += end["turns"] and end["equal_beyond"] and not end["at_limit"]
                    ends["equal at a limit"] += end["turns"] and end["equal_beyond"] and end["at_limit"]
                    ends["not rated"] += end["not_rated"] is not None
            for fault in faults(model, answer):
                found += 1
                print(f"model {seed}, {model.mean}, parts {model.parts}, {model.facts}: {fault}")
    print(f"{arguments.models} models, {found} faults; ends: {ends}")
    if not all(ends[kind] for kind in ("turned", "equal at a limit", "not rated", "elsewhere")):
        print("the models don't reach every kind of end")
        return 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
