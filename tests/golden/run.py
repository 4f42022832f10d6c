"""Runs the golden cases of faulty files: each folder of check/ and scenario/ holds what `waystone check` reads and, in expected.txt, what it prints.

    python3 tests/golden/run.py --engine build/release/waystone [--bless] [WORD …]     WORD: only folders with it in their name

A case that needs a file too large to keep says so in `pad.txt`, NAME BYTES: that file is made, of comment lines.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
INPUT = {"check": "input.risk", "scenario": "scenario.toml"}


def printed(engine, case, kind):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name) / "case"
        shutil.copytree(case, folder)
        pad = folder / "pad.txt"
        if pad.exists():
            padded, size = pad.read_text().split()
            (folder / padded).write_text(("#" * 99 + "\n") * (int(size) // 100 + 1))
        run = subprocess.run([engine, "--color", "never", "check", INPUT[kind]], cwd=folder, capture_output=True, text=True, errors="replace", timeout=60)
    return run.stdout, run.returncode


def compare(engine, case, kind, bless):
    expected = case / "expected.txt"
    text, status = printed(engine, case, kind)
    if bless:
        expected.write_text(text)
        return None
    code = case.name.split("-")[0]
    if text != expected.read_text():
        return f"--- {case.relative_to(HERE)}: expected\n{expected.read_text()}--- printed\n{text}"
    if f"[{code}]" not in text:
        return f"{case.relative_to(HERE)}: {code} is not among what is printed"
    if status != (3 if code.startswith("E") else 0):
        return f"{case.relative_to(HERE)}: exit code {status}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", required=True)
    parser.add_argument("--bless", action="store_true")
    parser.add_argument("words", nargs="*")
    arguments = parser.parse_args()
    engine = os.path.abspath(arguments.engine)
    cases = [(case, kind) for kind in INPUT for case in sorted((HERE / kind).iterdir()) if case.is_dir() and all(w in case.name for w in arguments.words)]
    failures = [failure for case, kind in cases if (failure := compare(engine, case, kind, arguments.bless))]
    print("\n".join(failures))
    print(f"{len(cases) - len(failures)} passed, {len(failures)} failed")
    return 1 if failures or not cases else 0


sys.exit(main())
