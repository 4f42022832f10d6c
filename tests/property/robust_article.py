"""What `robust` says of the article's 2019 case, against a scan: weights are written into a copy of the rule file and scored by `score --json`.

    python3 tests/property/robust_article.py --engine build/release/waystone

Checked are the end of the interval of the state's weight of market_access, the share at which a mix of state and enterprise turns round, and that the
smallest turning change and its edit turn the order while 99% of the change does not. The scan knows nothing of the engine's searches
and nothing of limits.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCENARIO = "scenarios/article/2019-06.toml"
RULES = "rules/belt-and-road.risk"


class Engine:
    def __init__(self, path, folder):
        self.path, self.folder = os.path.abspath(path), pathlib.Path(folder)
        for part in ("rules", "scenarios"):
            shutil.copytree(ROOT / part, self.folder / part)
        self.text = (self.folder / RULES).read_text(encoding="utf-8")

    def json(self, *words):
        done = subprocess.run([self.path, *words, "--json"], cwd=self.folder, capture_output=True, text=True, timeout=120)
        if done.returncode != 0:
            raise RuntimeError(f"{words}: {done.stderr}")
        return json.loads(done.stdout)

    def weights(self, viewpoint):
        """Of the viewpoint, as the rule file has them: name to percent."""
        block = re.search(rf'^viewpoint {viewpoint} .*?^}}', self.text, re.S | re.M)[0]
        return {name: float(percent) for percent, name in re.findall(r"^\s*([\d.]+)% (\w+)", block, re.M)}

    def gap(self, weights, viewpoint="state"):
        """risk(UKR) - risk(BLR) with these weights, in percent, put in the viewpoint's place. Twelve decimals, the last one made to add up."""
        names = sorted(weights, key=weights.get)
        units = {name: round(weights[name] * 10**12) for name in names}
        units[names[-1]] += 100 * 10**12 - sum(units.values())
        lines = {name: f"{units[name] // 10**12}.{units[name] % 10**12:012d}% {name}" for name in names if units[name] > 0}

        def rewritten(block):
            # without its limits, which a scan goes beyond
            return re.sub(r"^(\s*)[\d.]+% (\w+)(?: +between \S+ and \S+)?", lambda line: line[1] + lines[line[2]], block[0], flags=re.M)

        text = re.sub(rf'^viewpoint {viewpoint} .*?^}}', rewritten, self.text, flags=re.S | re.M)
        text = re.sub(r" +between [\d.]+% and [\d.]+%", "", text)  # limits bind what is written, not what is scored
        (self.folder / RULES).write_text(text, encoding="utf-8")
        view = self.json("score", SCENARIO, "--viewpoint", viewpoint)["scenarios"][0]["viewpoints"][0]
        (self.folder / RULES).write_text(self.text, encoding="utf-8")
        risk = {country["code"]: country["outputs"]["risk"]["value"] for country in view["countries"]}
        return risk["UKR"] - risk["BLR"]


def scan(gap, low, high, steps=12, width=1e-8):
    """Where the sign of gap first turns between low and high, by grids within grids."""
    while True:
        places = [low + (high - low) * k / steps for k in range(steps + 1)]
        signs = [gap(place) > 0 for place in places]
        turns = [k for k in range(steps) if signs[k] != signs[k + 1]]
        if not turns:
            return None
        low, high = places[turns[0]], places[turns[0] + 1]
        if high - low < width:
            return (low + high) / 2


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--engine", required=True)
    failures = []

    def check(what, found, wanted, tolerance):
        print(f"{what}: {found:.9f}, by the scan {wanted:.9f}")
        if not abs(found - wanted) <= tolerance:
            failures.append(what)

    with tempfile.TemporaryDirectory() as folder:
        engine = Engine(options.parse_args().engine, folder)
        said = engine.json("robust", SCENARIO, "BLR", "UKR", "--viewpoint", "state")["viewpoints"][0]
        state, enterprise = engine.weights("state"), engine.weights("enterprise")

        def with_access(percent):
            scale = (100 - percent) / (100 - state["market_access"])
            return engine.gap({name: percent if name == "market_access" else weight * scale for name, weight in state.items()})

        above = next(entry for entry in said["stability"] if entry["members"] == ["market_access"])["above"]
        check("state prefers Ukraine from this percentage of market_access on", 100 * above["share"], scan(with_access, state["market_access"], 60), 1e-6)

        crossing = engine.json("robust", SCENARIO, "BLR", "UKR")["crossovers"]
        pair = next(entry for entry in crossing if {entry["from"], entry["to"]} == {"state", "enterprise"})
        ends = {"state": state, "enterprise": enterprise}

        def mixed(share):
            first, second = ends[pair["from"]], ends[pair["to"]]
            return engine.gap({name: (1 - share) * first[name] + share * second[name] for name in first})

        check(f"the order turns where {pair['to']} has this share against {pair['from']}", pair["shares"][0], scan(mixed, 0, 1), 1e-7)

        order = said["orders"][0]
        now = {entry["member"]: entry["today"] for entry in order["weights"]}
        turned = {entry["member"]: entry["share"] for entry in order["weights"]}

        def part(share):
            return engine.gap({name: 100 * (now[name] + share * (turned[name] - now[name])) for name in now})

        edited = {**{name: 100 * share for name, share in now.items()}, **{line["member"]: float(line["after"]) for line in order["edit"]["lines"]}}
        signs = {"today": engine.gap(state), "99% of the smallest change": part(0.99), "the change and a millionth": part(1.000001), "its edit": engine.gap(edited)}
        for what, gap in signs.items():
            print(f"{what}: UKR - BLR = {gap:+.9f}")
        if not (signs["today"] > 0 and signs["99% of the smallest change"] > 0 and signs["the change and a millionth"] < 0 and signs["its edit"] < 0):
            failures.append("the smallest change")
        # no transfer between two weights that moves less turns it
        least = order["points"] - 0.05
        for source in now:
            for target in now:
                if source != target and 100 * now[source] > least:
                    moved = {name: 100 * share for name, share in now.items()}
                    moved[source] -= least
                    moved[target] += least
                    if engine.gap(moved) <= 0:
                        failures.append(f"{least:.2f} points from {source} to {target} turn it already")
    print("\n".join("FAILED: " + failure for failure in failures) or "as the scan finds it")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
