"""Does the engine score the panel benchmark as the published table says?

    python3 tests/benchmark/w1_check.py --engine build/release/waystone [--directory DIRECTORY]

Runs `score --json` on the 150 countries of 2024 and compares index, band, rule part, contributions and checksums: five rows at the 12 digits that are
published, every row to 1e-10 with a calculation of this file's own.
"""
import argparse
import json
import math
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "oracle")]
import engine_json  # noqa: E402
import w1p_model  # noqa: E402

ROWS = {  # index, band, rule part, contributions 0, 30, 59
    "C000": (48.9242404738, 2, 0.131208057851, 1.21954642177, 0.190391631625, 0.447757656271),
    "C001": (39.3119529204, 1, 0.214433328477, 1.35540885584, 0.134736087547, 0.47303433173),
    "C042": (49.1642001441, 2, 0.165412808238, 1.25262305726, 0.277271433235, 0.955374660195),
    "C077": (53.331453865, 2, 2.12150545798, 1.25500229399, 0.384097665668, 1.13332652657),
    "C149": (32.5178624177, 0, 0.930444394292, 1.26795810438, 0.137843016546, 0.758207120683),
}
SUMS = {"index": 7335.55258517, "index squared": 397225.275562, "rule part": 118.824543369, "contributions": 352565.465602}
BANDS = [36, 19, 36, 33, 26]
EDGES = (35, 45, 55, 65)


def close(a, b, tolerance):
    return a is not None and abs(a - b) <= tolerance * max(1.0, abs(b))


def own_rows(directory):
    """country -> (index, rule part, contributions), worked out from the CSV files."""
    indicators = w1p_model.rows(directory, "indicators.csv")
    factors = w1p_model.rows(directory, "factors.csv")
    dimensions = w1p_model.rows(directory, "dimensions.csv")
    rules = w1p_model.rows(directory, "rules.csv")
    weight = {r[k]: float(r["weight"]) for k, rs in (("indicator", indicators), ("factor", factors), ("dimension", dimensions)) for r in rs}
    out = {}
    for row in w1p_model.rows(directory, "values.csv"):
        if row["year"] != "2024":
            continue
        score, bare = {}, {r["factor"]: 0.0 for r in factors}
        for r in indicators:
            knots = [(float(r[f"x{k}"]), float(r[f"y{k}"])) for k in range(int(r["nknots"]))]
            x = min(max(float(row[r["indicator"]]), knots[0][0]), knots[-1][0])
            for (x0, y0), (x1, y1) in zip(knots, knots[1:]):
                if x0 <= x <= x1:
                    score[r["indicator"]] = y0 + (y1 - y0) * (x - x0) / (x1 - x0)
            bare[r["factor"]] += weight[r["indicator"]] * score[r["indicator"]]
        raised = dict(bare)
        for r in rules:
            if score[r["ind_a"]] > float(r["gt"]) and score[r["ind_b"]] < float(r["lt"]):
                raised[r["factor"]] = min(float(r["cap"]), raised[r["factor"]] + float(r["add"]))
        level = {r["dimension"]: 0.0 for r in dimensions}
        for r in factors:
            level[r["dimension"]] += weight[r["factor"]] * raised[r["factor"]]
        level = {d: max(1.0, x) for d, x in level.items()}
        index = math.exp(sum(weight[d] * math.log(x) for d, x in level.items()))
        carried = {r["factor"]: index * weight[r["dimension"]] * weight[r["factor"]] / level[r["dimension"]] for r in factors}
        parts = [carried[r["factor"]] * weight[r["indicator"]] * score[r["indicator"]] for r in indicators]
        out[row["country"]] = index, sum(u * (raised[f] - bare[f]) for f, u in carried.items()), parts
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", required=True)
    parser.add_argument("--directory", help="where the files go (default: a temporary one)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        directory = args.directory or temporary
        w1p_model.write(directory)
        expected = own_rows(directory)
        run = subprocess.run([os.path.abspath(args.engine), "score", "--json", "w1.toml"], cwd=directory, capture_output=True, text=True)
        if run.returncode not in (0, 1):
            print(run.stdout[-2000:] + run.stderr[-4000:])
            return 1
        scores = engine_json.scores(json.loads(run.stdout))
    wrong, sums, bands, count = [], dict.fromkeys(SUMS, 0.0), [0] * 5, 0

    def check(what, got, want, tolerance):
        if not close(got, want, tolerance):
            wrong.append(f"{what}: {got!r}, not {want!r}")

    countries = sorted({c for c, _ in scores})
    if countries != sorted(expected):
        wrong.append(f"{len(countries)} countries scored, not {len(expected)}")
    viewpoint = sorted({v for _, v in scores})[0]
    for position, country in enumerate(countries):
        nodes = scores[country, viewpoint]["nodes"]
        values = {n: nodes[n]["value"] for n in ["index", "rule_part"] + [f"c_{i:02}" for i in range(60)]}
        index, rule_part, parts = expected[country]
        check(f"{country} index", values["index"], index, 1e-10)
        check(f"{country} rule part", values["rule_part"], rule_part, 1e-10)
        for i, part in enumerate(parts):
            check(f"{country} contribution {i}", values[f"c_{i:02}"], part, 1e-10)
            sums["contributions"] += (values[f"c_{i:02}"] or 0) * ((position * 60 + i) % 97 + 1)
        band = nodes["index"].get("band")
        own_band = sum(index >= e for e in EDGES)
        bands[own_band] += 1
        if band is not None and band != f"b{own_band}":
            wrong.append(f"{country} band: {band}, not b{own_band}")
        sums["index"] += values["index"] or 0
        sums["index squared"] += (values["index"] or 0) ** 2
        sums["rule part"] += values["rule_part"] or 0
        count += 62
        if country in ROWS:
            want = ROWS[country]
            for name, k in (("index", 0), ("rule_part", 2), ("c_00", 3), ("c_30", 4), ("c_59", 5)):
                check(f"{country} {name} (published)", values[name], want[k], 1e-11)
            if own_band != want[1]:
                wrong.append(f"{country} band (published): {own_band}, not {want[1]}")
    for name, want in SUMS.items():
        check(f"sum of {name} (published)", sums[name], want, 1e-11)
    if bands != BANDS:
        wrong.append(f"countries in bands: {bands}, not {BANDS}")
    for line in wrong[:20]:
        print(line)
    print(f"{count} numbers of {len(countries)} countries compared, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
