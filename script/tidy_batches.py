"""Runs clang-tidy over the compilations of a build folder, two side by side; what it finds is printed
once, however many batches include the header. Exit 1 if anything is found."""
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys

ENGINE = str(pathlib.Path(__file__).resolve().parent.parent / "engine") + "/"
NOTHING_FOUND = re.compile(r"^(\d+ warnings? generated\.|Suppressed|Use -header-filter|$)")


def sources(build, rooms):
    """Batches of the rooms asked for and files that are compiled alone, but for generated ones."""
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = pathlib.Path(entry["file"])
        batch = re.fullmatch(r"unity_(\w+)_\d+_cxx\.cxx", path.name)
        if not batch and not str(path).startswith(ENGINE):
            continue
        room = batch[1] if batch else path.parent.name
        if not rooms or room in rooms:
            yield path


def findings(build, source):
    run = subprocess.run(["clang-tidy", "--quiet", "-p", build, source], capture_output=True, text=True)
    if run.returncode and not run.stdout.strip():
        return [run.stderr]
    return re.split(r"\n(?=\S+:\d+:\d+: (?:warning|error))", run.stdout.strip())


def main():
    build, rooms = pathlib.Path(sys.argv[1]), set(sys.argv[2:])
    found = list(sources(build, rooms))
    if not found:
        sys.exit(f"tidy: no batch of {', '.join(sorted(rooms)) or 'the engine'}")
    told = set()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for one in pool.map(lambda source: findings(build, source), found):
            for finding in one:
                if finding and finding not in told:
                    told.add(finding)
                    print(finding, flush=True)
    sys.exit(bool(told))


main()
