"""The commands of the README, the tutorial and the cookbook, run: python3 tests/structure/tutorial.py --engine PATH [--write]

Each document is read from top to bottom. A fenced block counts by its opening line:

  ```console               `$ COMMAND` lines are run; what stands under one is what it prints
  ```toml file=PATH        the block is written to this file (any language word)
  ```risk append=PATH      the block is added to the end of this file

Quoted output must be printed just so, line after line, in this order; a line of nothing but `…` stands for lines left out. Output is
what the command writes to standard output and standard error. A command ends with exit code 0, or with N where it says `# exit N`.
Commands that set up or build (script/…, git, export) are not run: the engine is there already. The tutorial's chapters share one copy
of rules and scenarios, in their order; every other document has a copy of its own. --write puts the nearest lines that are printed in place of
quoted ones that are not, for when scores move on purpose.
"""
import argparse
import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
NOT_RUN = ("script/", "git ", "export ", "cd ", "cmake ", "ctest ")
KNOWN = ("waystone ", "cp ", "sed ", "cat ", "mkdir ")
LEFT_OUT = "…"


class Command:
    def __init__(self, text, line):
        marked = re.search(r"\s+# exit (\d+)\s*$", text)
        self.text = text[: marked.start()] if marked else text
        self.exit = int(marked[1]) if marked else 0
        self.line = line    # index of the command's line in the document
        self.quoted = []    # (index, text) of the lines under it


def steps_of(lines):
    """What a document asks for, in order: Command, or (how, path, text) for a file."""
    block = None
    for index, line in enumerate(lines):
        if block is None:
            opening = re.match(r"```(\w+)(?:\s+(file|append)=(\S+))?\s*$", line)
            if opening:
                block = {"console": opening[1] == "console", "how": opening[2], "path": opening[3], "text": [], "command": None}
        elif line.rstrip() == "```":
            if block["how"]:
                yield block["how"], block["path"], "\n".join(block["text"]) + "\n"
            if block["command"]:
                yield block["command"]
            block = None
        elif block["console"] and line.startswith("$ "):
            if block["command"]:
                yield block["command"]
            block["command"] = Command(line[2:], index)
        elif block["command"]:
            block["command"].quoted.append((index, line))
        else:
            block["text"].append(line)


def segments_of(quoted):
    """Runs of quoted lines between `…` lines; blank lines at either end of a block don't count."""
    runs, free = [], False
    current = []
    for index, text in quoted:
        if text.strip() == LEFT_OUT:
            if current:
                runs.append((free, current))
            current, free = [], True
        else:
            current.append((index, text.rstrip()))
    while current and not current[-1][1]:
        current.pop()
    if current:
        runs.append((free, current))
    return runs


def place_of(run, printed, start, free):
    """Where the run's lines stand in what was printed, from `start` on; None where they don't."""
    wanted = [text for _, text in run]
    for at in range(start, len(printed) - len(wanted) + 1) if free else [start]:
        if printed[at : at + len(wanted)] == wanted:
            return at
    return None


def nearest_place(run, printed, start):
    """Where lines most like the run's stand; None where there are too few."""
    wanted = [text for _, text in run]
    places = range(start, len(printed) - len(wanted) + 1)
    likeness = lambda at: sum(difflib.SequenceMatcher(None, a, b).ratio() for a, b in zip(wanted, printed[at:]))
    return max(places, key=likeness, default=None)


def run(command, folder, environment):
    done = subprocess.run(command.text, shell=True, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
    return done.returncode, [line.rstrip() for line in done.stdout.decode("utf-8").splitlines()]


def check(command, printed, lines, write):
    """Problems with what a command printed; with `write`, `lines` is mended instead."""
    at = 0
    for free, segment in segments_of(command.quoted):
        place = place_of(segment, printed, at, free)
        if place is None:
            place = nearest_place(segment, printed, at)
            if place is None:
                yield f"line {segment[0][0] + 1}: '{command.text}' prints fewer lines than are quoted"
                return
            for (index, quoted), line in zip(segment, printed[place:]):
                if write:
                    lines[index] = line
                elif line != quoted:
                    yield f"line {index + 1}:\n  quoted   {quoted}\n  printed  {line}"
            if not write and not free and place != at:
                yield f"line {segment[0][0] + 1}: lines are left out before this one, which a line of … would say"
        at = place + len(segment)


def run_document(path, folder, environment, write):
    lines = path.read_text(encoding="utf-8").split("\n")
    before, commands = list(lines), 0
    for step in steps_of(lines):
        if not isinstance(step, Command):
            how, name, text = step
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("w" if how == "file" else "a", encoding="utf-8") as file:
                file.write(text)
            continue
        if step.text.startswith(NOT_RUN):
            continue
        if not step.text.startswith(KNOWN):
            yield f"{path.name}, line {step.line + 1}: a command of another kind: {step.text}"
            continue
        commands += 1
        code, printed = run(step, folder, environment)
        if code != step.exit:
            yield f"{path.name}, line {step.line + 1}: '{step.text}' ends with {code}, not {step.exit}\n" + "\n".join(printed[:40])
        for problem in check(step, printed, lines, write):
            yield f"{path.name}, {problem}"
    if lines != before:
        path.write_text("\n".join(lines), encoding="utf-8")
        print(f"{path.name}: quoted lines brought up to date")
    if commands == 0:
        yield f"{path.name}: no command is run"


def fresh_copy(scratch, name):
    folder = scratch / name
    for part in ("rules", "scenarios"):
        shutil.copytree(ROOT / part, folder / part)
    return folder


def main():
    options = argparse.ArgumentParser(description="runs the commands of README.md, docs/tutorial and docs/cookbook")
    options.add_argument("--engine", required=True, type=pathlib.Path)
    options.add_argument("--write", action="store_true", help="bring quoted lines up to date")
    chosen = options.parse_args()
    problems = []
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        (scratch / "bin").mkdir()
        (scratch / "bin" / "waystone").symlink_to(chosen.engine.resolve())
        environment = dict(os.environ, PATH=f"{scratch / 'bin'}{os.pathsep}{os.environ['PATH']}", LC_ALL="C.UTF-8")
        shared = fresh_copy(scratch, "tutorial")
        chapters = [p for p in sorted((ROOT / "docs" / "tutorial").glob("*.md")) if p.name != "README.md"]
        for path in chapters:
            problems += run_document(path, shared, environment, chosen.write)
        pages = [p for p in sorted((ROOT / "docs" / "cookbook").glob("*.md")) if p.name != "README.md"]
        for path in pages:
            problems += run_document(path, fresh_copy(scratch, "cookbook-" + path.stem), environment, chosen.write)
        problems += run_document(ROOT / "README.md", fresh_copy(scratch, "readme"), environment, chosen.write)
    print("\n".join(problems) or f"README, {len(chapters)} chapters and the cookbook ({len(pages)}) do as they say")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
