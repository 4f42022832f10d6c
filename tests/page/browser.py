#!/usr/bin/env python3
"""The page as a reader has it: `waystone report` opened from disk in headless Chromium with the network off.

    tests/page/browser.py --engine build/release/waystone --modules FOLDER [--chromium PROGRAM] [--shots FOLDER]

FOLDER has node_modules with playwright-core and axe-core (script/check-all installs them outside the source).
Makes the pages, lets tests/page/browser.mjs drive them, and scores with the engine what the reader changed there.
--shots keeps screenshots of four sizes, light, dark and printed, for somebody to look at.
"""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parent.parent.parent
years = range(2013, 2025)


def make(engine, out, *words):
    subprocess.run([engine, "report", *map(str, words), "--out", str(out)], cwd=root, check=True)


def engine_scores(engine, scenario, rules, viewpoint, settings):
    """{country: risk} with every digit."""
    command = [engine, "score", str(scenario), "--rules", str(rules), "--viewpoint", viewpoint, "--json"]
    for setting in settings:
        command += ["--set", setting]
    run = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    countries = json.loads(run.stdout)["scenarios"][0]["viewpoints"][0]["countries"]
    return {country["code"]: country["outputs"]["risk"]["value"] for country in countries}


def changed_rules(folder, text):
    """A copy of the rules with the lines that the page gave put in the places that it names."""
    shutil.copytree(root / "rules", folder / "rules", dirs_exist_ok=True)
    for line in text.splitlines():
        found = re.search(r"  # (\S+):(\d+), was [\d.]+%$", line)
        if not found:
            continue
        file = folder / found.group(1)
        lines = file.read_text().split("\n")
        lines[int(found.group(2)) - 1] = line
        file.write_text("\n".join(lines))
    return folder / "rules" / "partners.risk"


def check_changes(engine, changes):
    wrong = 0
    for number, change in enumerate(changes):
        with tempfile.TemporaryDirectory() as folder:
            rules = changed_rules(pathlib.Path(folder), change["lines"])
            scores = engine_scores(engine, root / "scenarios/partners/2024.toml", rules, change["viewpoint"], change["settings"])
        for code, value in change["scores"].items():
            if scores[code] != value:
                wrong += 1
                if wrong < 10:
                    print(f"after change {number}: {code} is {value!r} in the page, {scores[code]!r} by the engine")
    print(f"{len(changes)} changes of {sum(change['moves'] for change in changes)} moves: {wrong} scores differ")
    return wrong


def hostile(folder):
    """A scenario whose texts try everything that a page could stumble over."""
    long_name = "Л" * 10000
    texts = ['<script>alert(1)</script>', '</script><script>alert(2)</script>', '<img src=x onerror=alert(3)>', '"><svg onload=alert(4)>', "' onmouseover='alert(5)",
             '<!-- <script>', '\\u2028 and \u2028 and \u2029', '\u202eevil\u202c and \u2066bidi', 'javascript:alert(6)', '${alert(7)} `alert(8)` {{alert(9)}}', '&lt;b&gt; &amp; &#x41;', ']]> --> */ //', long_name]
    quoted = [text.replace("\\", "\\\\").replace('"', "'") for text in texts]
    indicators = "\n".join(f'indicator fact_{i} "{text}" {{\n  unit level\n  levels {{\n    0 "{text}"\n    1 "a"\n  }}\n  missing unknown\n  judged by "{text}" on 2026-01-01 because "{text}"\n}}' for i, text in enumerate(quoted))
    members = "\n".join(f"  1 part fact_{i}" for i in range(len(quoted)))
    (folder / "hostile.risk").write_text(f'model "{quoted[0]}" {{\n  version "1"\n  main risk\n}}\n{indicators}\noutput risk "{quoted[1]}" {{\n  scale 0 to 100, higher is worse\n  combine arithmetic\n{members}\n  bands low, high from 50\n  judged by "{quoted[2]}" on 2026-01-01 because "{quoted[3]}"\n}}\n')
    toml = lambda text: json.dumps(text)
    facts = "\n".join(f"fact_{i} = {{ value = {i % 2}, because = {toml(text)}, note = {toml(text)} }}" for i, text in enumerate(texts))
    (folder / "hostile.toml").write_text(f'title = {toml(texts[1] + long_name)}\nas_of = 2026-01-01\nmodel = "hostile.risk"\ncodes = "own"\n[defaults]\nvalid = 2026-01-01\ngrade = "judged"\nby = {toml(texts[4])}\nbecause = {toml(texts[5])}\n[country.AAA.facts]\n{facts}\n[country.BBB.facts]\n{facts.replace("value = 1", "value = 0")}\n')
    return folder / "hostile.toml"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", required=True)
    parser.add_argument("--modules", required=True)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--node", default="node")
    parser.add_argument("--shots", default="")
    asked = parser.parse_args()
    engine = str(pathlib.Path(asked.engine).resolve())
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        make(engine, folder / "partners.html", *(f"scenarios/partners/{year}.toml" for year in years))
        make(engine, folder / "article.html", *(f"scenarios/article/{date}.toml" for date in ("2013-06", "2015-06", "2019-06")), "--compare", "BLR", "UKR")
        make(engine, folder / "hostile.html", hostile(folder))
        small = "tests/golden/cases/page-of-a-small-model"
        make(engine, folder / "small.html", f"{small}/2018.toml", f"{small}/2019.toml", "--compare", "POL", "UKR")
        size = (folder / "partners.html").stat().st_size
        print(f"all partners on {len(years)} dates: {size / 1e6:.2f} MB")
        score = subprocess.run([engine, "score", "scenarios/partners/2024.toml", "--json"], cwd=root, check=True, capture_output=True, text=True)
        (folder / "partners.json").write_text(score.stdout)
        plan = {"pages": str(folder), "modules": asked.modules, "chromium": asked.chromium, "shots": asked.shots, "changes": str(folder / "changes.json"), "profile": str(folder / "profile")}
        run = subprocess.run([asked.node, str(root / "tests/page/browser.mjs"), json.dumps(plan)])
        wrong = run.returncode != 0 or size > 1_500_000
        if (folder / "changes.json").exists():
            wrong = check_changes(engine, json.loads((folder / "changes.json").read_text())) > 0 or wrong
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
