"""Of all partners: the parts of a difference add up to it, as they are printed and with every digit.

    python3 tests/partners/differences.py --engine build/release/waystone

Between two dates, by two rule files, and between two scenarios that differ in both. By two rule files
the way round must not matter either. Standard library only.
"""
import argparse
import decimal
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
KINDS = ["facts", "data", "rules", "model"]
FIGURES = "scenarios/partners/figures.toml"
ALL = ["--viewpoint", "committee", "--top", "150"]


def run(engine, *words):
    done = subprocess.run([engine, "compare", *words], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, (words, done.stderr)
    return done.stdout


def printed_wrong(text):
    """Rows of a table of countries whose decimals don't add up."""
    rows = 0
    for line in text.splitlines():
        found = re.fullmatch(r"(\S.*?)  +(\d+\.\d)[a-z*~]*  +(\d+\.\d)[a-z*~]*  +([-+]?[\d.]+)  +([-+]?[\d.]+)  +([-+]?[\d.]+)  +([-+]?[\d.]+)  +([-+]?[\d.]+)(  .*)?", line)
        if not found:
            continue
        rows += 1
        before, after, moved, *kinds = map(decimal.Decimal, found.groups()[1:8])
        if after - before != moved or sum(kinds) != moved:
            yield f"as printed: {line}"
    if rows < 100:
        yield f"only {rows} rows are printed"


def inexact(document):
    rows = 0
    for view in document["viewpoints"]:
        for country in view["countries"]:
            split = country["split"]
            if not split:
                continue
            rows += 1
            moved = country["to"]["value"] - country["from"]["value"]
            kinds = sum(split[kind] for kind in KINDS)
            movers = sum(mover["points"] for mover in split["movers"])
            if max(abs(kinds - moved), abs(movers - moved), abs(country["moved"] - moved)) > 1e-7:
                yield f"{country['code']}: moved {moved}, kinds {kinds}, movers {movers}"
    if rows < 100:
        yield f"only {rows} countries are split"


def not_mirrored(there, back, kinds):
    """What one way says, the other must say with the other sign."""
    splits = [{c["code"]: c["split"] for c in document["viewpoints"][0]["countries"]} for document in (there, back)]
    for code, split in splits[0].items():
        other = splits[1][code]
        if (split is None) != (other is None):
            yield f"{code}: split one way alone"
        elif split and not split["sampled"]:
            for kind in kinds:
                if abs(split[kind] + other[kind]) > 1e-7:
                    yield f"{code}: {kind} {split[kind]} there, {other[kind]} back"


def one_country(text):
    """The parts of one country add up to the move, as they are printed."""
    heading = re.search(r"^What makes ([-+]?[\d.]+)$", text, re.M)
    if not heading:
        yield "no parts are printed"
        return
    rest = text[heading.end():].split("\n\n")[0]
    parts = [decimal.Decimal(number) for number in re.findall(r"^ +([-+]?\d+(?:\.\d+)?)  \S", rest, re.M)]
    if sum(parts) != decimal.Decimal(heading[1]):
        yield f"parts {parts} make {sum(parts)}, not {heading[1]}"


def trial_rules(folder):
    """The partner model with another weight, another worst value and another rule."""
    for path in (ROOT / "rules").rglob("*.risk"):
        target = folder / path.relative_to(ROOT / "rules")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(path.read_text())
    crisis = folder / "partners" / "economic_crisis.risk"
    text = crisis.read_text()
    changed = text.replace("20% growth_3y", "30% growth_3y").replace("best    2%", "best    3%")
    assert changed != text, "the model has changed: change the trial, too"
    weights = re.findall(r"^\s+(\d+)% (\w+)$", text, re.M)
    other = next(name for number, name in weights if name != "growth_3y" and int(number) > 12)
    changed = re.sub(rf"^(\s+)(\d+)% {other}$", lambda m: f"{m[1]}{int(m[2]) - 10}% {other}", changed, flags=re.M)
    crisis.write_text(changed)
    return str(folder / "partners.risk")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", default="build/release/waystone")
    engine = str(pathlib.Path(parser.parse_args().engine).resolve())
    wrong = []

    def note(what, found):
        wrong.extend(f"{what}: {one}" for one in list(found)[:5])

    dates = [FIGURES, "--as-of", "2019,2023", *ALL]
    note("dates", printed_wrong(run(engine, *dates)))
    note("dates", inexact(json.loads(run(engine, *dates, "--json"))))
    for code in ("KAZ", "BLR", "UKR", "LKA"):
        note(code, one_country(run(engine, FIGURES, code, "--as-of", "2019,2023", "--viewpoint", "committee")))
    with tempfile.TemporaryDirectory() as folder:
        rules = trial_rules(pathlib.Path(folder))
        there = json.loads(run(engine, "scenarios/partners/2023.toml", "--against", rules, *ALL, "--json"))
        back = json.loads(run(engine, "scenarios/partners/2023.toml", "--rules", rules, "--against", "rules/partners.risk", *ALL, "--json"))
        note("rules", inexact(there))
        note("rules", not_mirrored(there, back, KINDS))
        trial = pathlib.Path(folder, "trial.toml")
        trial.write_text(f'title = "Trial"\nas_of = 2019-12-31\nmodel = "partners.risk"\nextends = "{ROOT}/{FIGURES}"\n')
        both = json.loads(run(engine, "scenarios/partners/2023.toml", "--against", str(trial), *ALL, "--json"))
        note("facts and rules", inexact(both))
        if not any(c["split"] and abs(c["split"]["model"]) > 0.1 for c in both["viewpoints"][0]["countries"]):
            wrong.append("facts and rules: no part is the model's")
    print("\n".join(wrong) or "the parts of every difference add up to it")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
