"""What `sources`, `assumptions` and `memo` say holds together, and with what other verbs say.

    python3 tests/property/board.py --engine build/release/waystone

The shares of assumptions are those of `score`, the weights of figures those of `data`; a memo keeps to two pages, each of its notes
is mentioned and each mention has a note, each place that a note names is a line of a file, and its sentences hold no key of a rule file.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCENARIOS = ["scenarios/article/2015-06.toml", "scenarios/article/2019-06.toml", "scenarios/partners/2024.toml", "scenarios/partners/2016.toml",
             "tests/golden/command/files/two.toml", "tests/golden/cases/values-over-relations/case.toml",
             "tests/golden/cases/windows-over-past-figures/case.toml"]
MEMOS = ["scenarios/partners/2024.toml KAZ", "scenarios/partners/2024.toml SRB", "scenarios/partners/2024.toml SOM", "scenarios/partners/2024.toml SGP",
         "scenarios/partners/2024.toml MMR --viewpoint state", "scenarios/partners/2019.toml COK", "scenarios/partners/2020.toml BLR",
         "scenarios/partners/2024.toml KAZ UZB", "scenarios/article/2019-06.toml BLR UKR", "scenarios/article/2015-06.toml UKR",
         "scenarios/article/2022-03.toml UKR --output opportunity", "scenarios/partners/2024.toml BLR UKR", "scenarios/article/2013-06.toml HUN"]
WORDS = 1100
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
problems = []


def run(engine, command):
    done = subprocess.run([engine, *command.split()], cwd=ROOT, capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        problems.append(f"{command}: {done.returncode} {done.stderr.strip()}")
        return None
    return done.stdout


def near(a, b):
    return abs(a - b) < 1e-9


def shares(engine, scenario):
    told = run(engine, f"assumptions {scenario} --json")
    scored = run(engine, f"score {scenario} --json")
    figures = run(engine, f"sources {scenario} --json")
    held = run(engine, f"data {scenario} --all --json")
    if None in (told, scored, figures, held):
        return 0
    told, scored, figures, held = map(json.loads, (told, scored, figures, held))
    view = scored["scenarios"][0]["viewpoints"][0] if "scenarios" in scored else scored["viewpoints"][0]
    checked = 0
    for code, rests in told["countries"].items():
        country = view["countries"][code] if isinstance(view["countries"], dict) else next(c for c in view["countries"] if c["code"] == code)
        output = country["outputs"][told["output"]]
        own = [a for a in told["assumptions"] if a["country"] == code]
        filled = sum(a["share"] for a in own if a["kind"] in ("assumed", "typical"))
        judged = sum(a["share"] for a in own if a["kind"] == "judged")
        if not near(judged, rests["judged"]) or not near(filled, rests["filled"]):
            problems.append(f"{scenario} {code}: the assumptions add up to {judged} and {filled}, the country says {rests}")
        if not near(judged + filled, output["judgement"]):
            problems.append(f"{scenario} {code}: judged {judged} and filled in {filled}, but score says {output['judgement']}")
        known = held["countries"][code]["tally"]["known_weight"]
        weight = sum(f["weight"] for f in figures["figures"] if f["country"] == code)
        if not near(weight, known):
            problems.append(f"{scenario} {code}: the figures carry {weight}, data says {known}")
        checked += 3
    return checked


def memo(engine, command):
    text = run(engine, f"memo {command}")
    if text is None:
        return 0
    body, _, notes = text.partition("## Notes")
    listed = re.findall(r"^(\d+)\. (.*)$", notes, flags=re.M)
    mentioned = {int("".join(str(SUPERSCRIPTS.index(c)) for c in mark)) for mark in re.findall(f"[{SUPERSCRIPTS}]+", body)}
    if mentioned != set(range(1, len(listed) + 1)):
        problems.append(f"{command}: notes {len(listed)}, mentioned {sorted(mentioned)}")
    if len(text.split()) > WORDS:
        problems.append(f"{command}: {len(text.split())} words")
    for number, note in listed:
        places = re.findall(r"([\w./-]+\.(?:csv|risk|toml)):(\d+)", note)
        if not places:
            problems.append(f"{command}: note {number} has no place: {note}")
        for path, line in places:
            if len((ROOT / path).read_text().splitlines()) < int(line):
                problems.append(f"{command}: note {number} names {path}:{line}, which is no line")
    prose = re.sub(r"'waystone [^']*'|\([\w./-]+:\d+\)", "", body)
    for key in re.findall(r"\b[a-z]+_[a-z_]+\b", prose):
        problems.append(f"{command}: a key of a rule file in a sentence: {key}")
    for wrong in (r"(?<![\d.,])1 points", r"(?<![\d.,])1 countries", r"\.\.", r" ,", r"\( ", r"\bis are\b", r"\{", r"\bnan\b", r"  +\S"):
        if re.search(wrong, body):
            problems.append(f"{command}: '{wrong}' in a sentence")
    return 4 + len(listed)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", required=True)
    engine = os.path.abspath(parser.parse_args().engine)
    checked = sum(shares(engine, scenario) for scenario in SCENARIOS) + sum(memo(engine, command) for command in MEMOS)
    print("\n".join(problems) or f"{checked} sums, notes and places hold")
    sys.exit(1 if problems or not checked else 0)


if __name__ == "__main__":
    main()
