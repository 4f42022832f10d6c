"""Copies what the project holds into a fuzz corpus: seeds.py TARGET FOLDER."""
import hashlib
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PATTERNS = {"rules": ["rules/**/*.risk", "tests/golden/**/*.risk"],
            "scenario": ["scenarios/**/*.toml", "tests/golden/**/*.toml"],
            "csv": ["scenarios/**/*.csv", "tests/golden/**/*.csv"],
            "judgements": ["rules/judgements/*.toml", "tests/golden/judgements/**/*.toml", "tests/tuning/**/*.toml"],
            "all": []}


def together():
    """Golden cases of scenarios: model, scenario and data in one input."""
    for scenario in ROOT.glob("tests/golden/*/*/scenario.toml"):
        model = scenario.with_name("model.risk")
        data = sorted(scenario.parent.glob("*.csv"))
        if model.exists():
            parts = [model.read_bytes(), scenario.read_bytes().replace(b"model.risk", b"m.risk")]
            yield b"\n||||\n".join(parts + [d.read_bytes() for d in data[:1]])


def main(target, folder):
    inputs = [p.read_bytes() for pattern in PATTERNS[target] for p in ROOT.glob(pattern) if p.is_file()]
    if target == "all":
        inputs += together()
    for data in inputs:
        (pathlib.Path(folder) / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


main(*sys.argv[1:3])
