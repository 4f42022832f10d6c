"""Tables that are mapped and read stretch by stretch: python3 tests/golden/command/large_tables.py --engine PATH

A table of 40 MB gives the scores that its few rows give by themselves, in hardly more memory; the hash covers every byte; what is wrong in
it is told with its line; progress is drawn on a terminal and nowhere else. Standard library only.
"""
import argparse
import hashlib
import json
import os
import pathlib
import pty
import re
import subprocess
import sys
import tempfile

RULES = """model "Large" { version "1" main risk }
source own "Own" { publisher "d" licence "own" lag 0 days }
indicator a "A" { unit points range 0 to 100 best 0, worst 100 missing unknown cites own }
output risk "Risk" { scale 0 to 100, higher is worse combine arithmetic 1 part a judged by "d" on 2026-11-01 because "t" }
"""
SCENARIO = """title = "Large"
as_of = 2024-12-31
model = "m.risk"
countries = ["BLR", "KAZ", "UKR"]

[[wide]]
file    = "{file}"
valid   = "year"
source  = "own"
grade   = "observed"
series  = "series"
value   = "value"
columns = {{ a = "wanted" }}
"""
ROWS = 1_500_000
WANTED = [f"{code},wanted,{year},{value}" for year in (2020, 2023) for code, value in (("BLR", 61.25), ("KAZ", 33.5), ("UKR", 72))]
ALLOWED = 24 << 10  # KB of memory more than for the few rows: a stretch of the file and what the allocator keeps


def rows():
    yield "country,series,year,value"
    for k in range(ROWS):
        if k % (ROWS // len(WANTED)) == 1000 and WANTED[k // (ROWS // len(WANTED)):]:
            yield WANTED[k // (ROWS // len(WANTED))]
        yield f"KAZ,other{k % 300},2021,{k % 1000}.25"


def run(engine, folder, *words):
    """(exit code, output, messages, peak memory in KB)"""
    with open(folder / "out", "wb") as out, open(folder / "err", "wb") as err:
        process = subprocess.Popen([engine, *words], cwd=folder, stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, (folder / "out").read_text(), (folder / "err").read_text(), usage.ru_maxrss


def on_terminal(engine, folder, *words):
    """What a terminal gets on standard error."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([engine, *words], cwd=folder, stdout=subprocess.DEVNULL, stderr=theirs, env=os.environ | {"TERM": "xterm"})
    os.close(theirs)
    seen = b""
    while True:
        try:
            piece = os.read(ours, 1 << 16)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        seen += piece
    os.close(ours)
    process.wait()
    return seen.decode()


def hash_of(*paths):
    return hashlib.sha256("".join(sorted(hashlib.sha256(p.read_bytes()).hexdigest() for p in paths)).encode()).hexdigest()


def problems(engine, folder):
    (folder / "m.risk").write_text(RULES)
    for name in ("few", "many"):
        (folder / f"{name}.toml").write_text(SCENARIO.format(file=f"{name}.csv"))
    (folder / "few.csv").write_text("\n".join(["country,series,year,value", *WANTED]) + "\n")
    lines = list(rows())
    text = "\n".join(lines) + "\n"
    many = folder / "many.csv"
    many.write_text(text)
    csv = ["--csv", "--long"]
    code, few, said, little = run(engine, folder, "score", "few.toml", *csv)
    if code != 0:
        yield f"the few rows are refused: {said}"
        return
    code, large, said, much = run(engine, folder, "score", "many.toml", *csv)
    if code != 0 or said:
        yield f"exit code {code}: {said}"
    if few.replace("few.", "many.") != large:
        yield f"other scores from the large table:\n{few}\n{large}"
    if much - little > ALLOWED:
        yield f"{many.stat().st_size >> 20} MB take {(much - little) >> 10} MB more than its few rows"
    _, found, _, _ = run(engine, folder, "score", "many.toml", "--json")
    scenario = json.loads(found)["scenarios"][0]
    if scenario["hash"] != hash_of(folder / "many.toml", many):
        yield f"the hash {scenario['hash']} does not cover the table's bytes"
    at = len(lines) * 3 // 4
    for what, broken, wanted in (
            ("a broken row", f"{lines[at]},more", rf"error\[E0323\](.|\n)*many\.csv:{at + 1}:1\n(.|\n)*{re.escape(lines[at])},more"),
            ("a figure that is none", "UKR,wanted,2024,12..5", rf"many\.csv:{at + 1}:"),
    ):
        many.write_text("\n".join(lines[:at] + [broken] + lines[at + 1:]) + "\n")
        code, _, said, _ = run(engine, folder, "score", "many.toml")
        if code != 3 or not re.search(wanted, said):
            yield f"{what}: exit code {code}, and not with its line: {said[:600]}"
    spoilt = "\n".join(lines[:at]).encode() + b"\nKAZ,\xe4,2021,1\n" + "\n".join(lines[at:]).encode()
    many.write_bytes(spoilt)
    code, _, said, _ = run(engine, folder, "score", "many.toml")
    if code != 3 or f"many.csv:{at + 1}:5" not in said or "E0003" not in said:
        yield f"a byte that is no UTF-8: exit code {code}: {said[:600]}"
    many.write_text(text)
    seen = on_terminal(engine, folder, "score", "many.toml")
    if "reading many.csv [" not in seen or not re.search(r"\x1b\[K$", seen):
        yield f"no progress on a terminal, or it stays there: {seen[-300:]!r}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", required=True)
    engine = os.path.abspath(parser.parse_args().engine)
    with tempfile.TemporaryDirectory() as folder:
        found = list(problems(engine, pathlib.Path(folder)))
    print("\n".join(found) or "large tables are read as small ones, in little memory")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
