"""Does every check catch its fault, and only its fault?

    python3 tests/mutation/run.py --engine build/release/waystone

good.risk passes every check. Each line of mutations.txt ("CODE: text => text in its place", \\n a line break) spoils it in one place; `check --json` must
then give exactly that code. Fails also where a code of the checker (E02.., W02..) has no mutation.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
CODES = os.path.join(HERE, "..", "..", "engine", "diagnose", "codes.def")
WITHOUT_MUTATION = {"E0282"}  # no output: nothing else of the model could stay


def mutations():
    with open(os.path.join(HERE, "mutations.txt"), encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.startswith("#") or not line.strip():
                continue
            code, _, rest = line.rstrip("\n").partition(": ")
            old, arrow, new = rest.partition(" =>")
            if not arrow:
                sys.exit(f"mutations.txt:{number}: no '=>'")
            new = new[1:] if new.startswith(" ") else new
            yield number, code, old.replace("\\n", "\n"), new.replace("\\n", "\n")


def codes_of(engine, text, directory):
    path = os.path.join(directory, "input.risk")
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)
    run = subprocess.run([engine, "check", "--json", path], capture_output=True, text=True)
    try:
        return [d["code"] for file in json.loads(run.stdout)["files"] for d in file["diagnostics"]]
    except (ValueError, KeyError):
        return [f"no JSON (exit code {run.returncode}): {run.stderr.strip()[:200]}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", required=True)
    engine = os.path.abspath(parser.parse_args().engine)
    with open(os.path.join(HERE, "good.risk"), encoding="utf-8") as file:
        good = file.read()
    failures, tried = [], set()
    with tempfile.TemporaryDirectory() as directory:
        if found := codes_of(engine, good, directory):
            failures.append(f"good.risk: expected no diagnostics, got {found}")
        for number, code, old, new in mutations():
            tried.add(code)
            if old not in good:
                failures.append(f"mutations.txt:{number}: {old!r} is not in good.risk")
            elif (found := codes_of(engine, good.replace(old, new, 1), directory)) != [code]:
                failures.append(f"mutations.txt:{number}: expected {code} alone, got {found}")
    with open(CODES, encoding="utf-8") as table:
        wanted = set(re.findall(r"WAYSTONE_CODE\(([EW]02\d\d),", table.read()))
    failures += [f"{code} has no mutation" for code in sorted(wanted - tried - WITHOUT_MUTATION)]
    for failure in failures:
        print(failure)
    print(f"{len(tried)} codes, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
