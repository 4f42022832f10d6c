"""Runs the transcripts of this folder and of ../cases, a folder there for each kind of fault, and
compares.

    python3 tests/golden/command/transcripts.py --engine build/release/waystone [--bless] [NAME …]

A transcript is a list of commands with what they must print. A line `$ waystone …` is a command,
run in the transcript's folder; below it stands what it writes to standard output, then what it
writes to standard error with `! ` before each line, then `= CODE`, its exit code. A command may
have a pipe or a redirection, as the shell reads it. `#` lines before the first command are
comments. The version of the tool is written VERSION. `--bless` writes what is found in place of
what is expected: read the difference before keeping it. NAME: a transcript (`score`), or a folder
of ../cases (`cases/calendar-years`).
"""
import argparse
import os
import re
import shlex
import subprocess
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))
CASES = os.path.join(os.path.dirname(FOLDER), "cases")


def run(engine, command, folder):
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TERM": "dumb"}
    if re.search(r"[|<>;]", command):
        words = ["bash", "-c", f"waystone() {{ {shlex.quote(engine)} \"$@\"; }}; {command}"]
    else:
        words = [engine] + shlex.split(command)[1:]
    done = subprocess.run(words, cwd=folder, capture_output=True, stdin=subprocess.DEVNULL,
                          timeout=60, env=environment)
    out, err = (re.sub(r"waystone \d+\.\d+\.\d+", "waystone VERSION", s.decode("utf-8", "replace")) for s in (done.stdout, done.stderr))
    text = out if out.endswith("\n") or not out else out + "\n(no end of line)\n"
    text += "".join(f"! {line}\n" if line else "!\n" for line in err.splitlines())
    return f"$ {command}\n{text}= {done.returncode}\n"


def parse(text):
    """(comment, [(command, whole text)])"""
    head, *rest = re.split(r"^(?=\$ )", text, flags=re.M)
    return head, [(part.splitlines()[0][2:], part.rstrip("\n") + "\n") for part in rest]


def check(engine, name, path, bless, sanitized):
    with open(path, encoding="utf-8") as f:
        head, commands = parse(f.read())
    if sanitized:
        commands = [one for one in commands if "ulimit -v" not in one[0]]
    found = [run(engine, command, os.path.dirname(path)) for command, _ in commands]
    differing = [(expected, got) for (_, expected), got in zip(commands, found) if expected != got]
    if bless and differing:
        with open(path, "w", encoding="utf-8") as f:
            f.write(head + "\n".join(found))
        print(f"{name}: written")
        return True
    for expected, got in differing:
        print(f"{name}\n---- expected\n{expected}---- found\n{got}")
    print(f"{name}: {len(commands) - len(differing)} of {len(commands)} as expected")
    return not differing and bool(commands)


def transcripts():
    """(name, path): `score`, `cases/calendar-years`, or `cases/calendar-years/lag` for one that
    isn't called case.transcript."""
    for file in sorted(os.listdir(FOLDER)):
        if file.endswith(".transcript"):
            yield file.split(".")[0], os.path.join(FOLDER, file)
    for folder in sorted(os.listdir(CASES)) if os.path.isdir(CASES) else []:
        for file in sorted(os.listdir(os.path.join(CASES, folder))):
            if file.endswith(".transcript"):
                tail = "" if file == "case.transcript" else "/" + file.split(".")[0]
                yield f"cases/{folder}{tail}", os.path.join(CASES, folder, file)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", required=True)
    parser.add_argument("--bless", action="store_true")
    parser.add_argument("--sanitized", action="store_true",
                        help="leave out what bounds memory: a sanitizer maps terabytes")
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    wanted = arguments.names
    chosen = [(name, path) for name, path in transcripts()
              if not wanted or any(name == w or name.startswith(w + "/") for w in wanted)]
    engine = os.path.abspath(arguments.engine)
    results = [check(engine, name, path, arguments.bless, arguments.sanitized) for name, path in chosen]
    sys.exit(0 if results and all(results) else 1)


if __name__ == "__main__":
    main()
