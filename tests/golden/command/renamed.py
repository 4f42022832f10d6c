"""Nothing that is printed hangs on how an output is called: the shipped model with its output `risk` renamed says the same, but for the name
and the hashes of the files.

    python3 tests/golden/command/renamed.py --engine build/release/waystone
"""
import argparse
import difflib
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
OLD, NEW = "risk", "risq"  # as long, and at the same place of the alphabet: tables and orders stay
SCENARIO = "scenarios/article/2015-06.toml"
VERBS = [
    ["check", SCENARIO],
    ["score", SCENARIO],
    ["explain", SCENARIO, "UKR"],
    ["compare", SCENARIO, "BLR", "UKR"],
    ["robust", SCENARIO, "BLR", "UKR"],
    ["robust", SCENARIO],
]


def renamed(text):
    return re.sub(rf"(?<![\w.]){OLD}\b", NEW, text)


def printed(engine, folder, verb):
    run = subprocess.run([engine, *verb], cwd=folder, capture_output=True, text=True, timeout=120)
    return re.sub(r"\b[0-9a-f]{12}\b", "HASH", run.stdout + run.stderr), run.returncode


def copy(folder, change):
    for part in ("rules", "scenarios"):
        shutil.copytree(ROOT / part, folder / part)
    for path in [*folder.rglob("*.risk"), *folder.rglob("*.toml")]:
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def differences(engine, plain, other):
    for verb in VERBS:
        expected, status = printed(engine, plain, verb)
        found, other_status = printed(engine, other, verb)
        if status != 0 or other_status != 0:
            yield f"{' '.join(verb)}: ends with {status} and, renamed, with {other_status}\n{expected}{found}"
        found = re.sub(rf"\b{NEW}\b", OLD, found)
        if found != expected:
            lines = difflib.unified_diff(expected.splitlines(), found.splitlines(), "risk", "renamed", lineterm="")
            yield f"{' '.join(verb)}:\n" + "\n".join(lines)
        if verb[0] == "compare" and not ("riskier" in found and NEW not in expected):
            yield f"{' '.join(verb)}: says nothing of who is riskier, so that nothing is tried here\n{found}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", required=True)
    arguments = parser.parse_args()
    engine = str(pathlib.Path(arguments.engine).resolve())
    with tempfile.TemporaryDirectory() as name:
        plain, other = pathlib.Path(name, "plain"), pathlib.Path(name, "other")
        copy(plain, lambda text: text)
        copy(other, renamed)
        found = list(differences(engine, plain, other))
    print("\n".join(found) or f"a model whose output is called {NEW} reads as well")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
