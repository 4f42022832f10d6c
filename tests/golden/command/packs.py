"""A validation pack is whole, says so by its hashes, is the same twice, and takes the place of a pack alone.

    python3 tests/golden/command/packs.py --engine build/release/waystone
"""
import argparse
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent
ARGUMENTS = ["validation-pack", "files/two.toml", "--samples", "200", "--out"]
PAGES = ["README.md", "purpose.md", "data.md", "sources.csv", "assumptions.md", "method.md", "scores.csv", "sensitivity.md",
         "expectations.md", "coverage.md", "back-test.md", "overrides.md", "inputs.sha256", "MANIFEST.sha256"]
problems = []


def want(what, holds):
    print(f"{'pass' if holds else 'FAIL'} {what}")
    if not holds:
        problems.append(what)


def pack(engine, folder, *more):
    return subprocess.run([engine, *ARGUMENTS, str(folder), *more], cwd=FOLDER, capture_output=True, text=True, timeout=120)


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def checked(manifest, folder):
    """What `sha256sum -c` finds; by hand where there is no such program."""
    if shutil.which("sha256sum"):
        return subprocess.run(["sha256sum", "-c", "--quiet", "--strict", str(manifest)], cwd=folder, capture_output=True).returncode == 0
    lines = [line.split("  ", 1) for line in manifest.read_text().splitlines() if not line.startswith("#")]
    return all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for digest, name in lines)


def beside(folder):
    return [name for name in os.listdir(folder) if name.startswith(".waystone")]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", required=True)
    engine = os.path.abspath(parser.parse_args().engine)
    with tempfile.TemporaryDirectory() as name:
        parent = pathlib.Path(name)
        first = parent / "pack"
        done = pack(engine, first)
        want("a new folder is written", done.returncode == 0 and not done.stderr.count("waystone:"))
        found = contents(first)
        want("every page is there", not [page for page in PAGES if page not in found])
        want("the manifest names every other file", {line.split("  ", 1)[1] for line in found["MANIFEST.sha256"].decode().splitlines()
                                                     if not line.startswith("#")} == set(found) - {"MANIFEST.sha256"})
        want("the manifest's hashes are right", checked(first / "MANIFEST.sha256", first))
        want("those of the inputs, too", checked(first / "inputs.sha256", FOLDER))
        want("it says that no back-test was run", b"Not run" in found["back-test.md"])
        want("an override is told with and without", "with it" in found["overrides.md"].decode())
        want("JSON is JSON", bool(json.loads(found["sensitivity.json"])["schema"]))
        second = parent / "again"
        want("the same files give the same bytes", pack(engine, second).returncode == 0 and contents(second) == found)
        (first / "purpose.md").write_text("spoilt")
        want("a spoilt file is found out", not checked(first / "MANIFEST.sha256", first))
        want("a pack takes a pack's place", pack(engine, first, "--viewpoint", "state").returncode == 0 and contents(first) != found)
        want("and is whole again", checked(first / "MANIFEST.sha256", first) and not beside(parent))
        (first / "mine.txt").write_text("notes")
        done = pack(engine, first)
        want("a pack with a file of somebody's stays", done.returncode == 2 and "mine.txt" in done.stderr and (first / "mine.txt").exists())
        foreign = parent / "foreign"
        foreign.mkdir()
        (foreign / "report.txt").write_text("mine")
        want("another folder stays as it is", pack(engine, foreign).returncode == 2 and contents(foreign) == {"report.txt": b"mine"})
        empty = parent / "empty"
        empty.mkdir()
        want("an empty folder is filled", pack(engine, empty).returncode == 0 and contents(empty) == contents(second))
        link = parent / "link"
        link.symlink_to(empty)
        want("a link is refused", pack(engine, link).returncode == 2)
        want("a folder in none is refused", pack(engine, parent / "no" / "pack").returncode == 4)
        want("a faulty scenario writes nothing", subprocess.run([engine, "validation-pack", "files/faulty.toml", "--out", str(parent / "none")],
                                                                cwd=FOLDER, capture_output=True).returncode == 3 and not (parent / "none").exists())
        want("what may be read is bounded", pack(engine, parent / "bounded", "--within", str(parent)).returncode == 3 and not (parent / "bounded").exists())
        with_fact = parent / "with-fact"
        done = pack(engine, with_fact, "--set", "UKR.battle_deaths=0")
        pages = {n: t.decode() for n, t in contents(with_fact).items() if n.endswith(".md")}
        want("every page has a title", done.returncode == 0 and not [n for n, t in pages.items() if not t.startswith("# ")])
        want("every page says what --set put in place, or that it is not in it", not [n for n, t in pages.items() if "UKR.battle_deaths=0" not in t])
        want("pages about the files as they are say so", all("is not in it" in pages[n] for n in ("expectations.md", "coverage.md")))
        tested = parent / "tested"
        case = FOLDER.parent / "cases" / "held-against-what-happened"
        command = [engine, "validation-pack", str(case / "later.toml"), "--samples", "200", "--out", str(tested)]
        done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, timeout=120)
        want("a scenario with a [backtest] brings its own", done.returncode == 0 and "ROC" in (tested / "back-test.md").read_text())
        want("with JSON", bool(json.loads((tested / "back-test.json").read_text())["outcomes"]))
        done = subprocess.run([*command[:-1], str(parent / "other"), "--record", str(case / "events-no.toml")], cwd=FOLDER, capture_output=True, text=True)
        want("a record of no use is refused", done.returncode != 0 and not (parent / "other").exists())
        want("nothing is left beside", not beside(parent))
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
