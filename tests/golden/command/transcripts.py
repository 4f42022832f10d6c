"""Runs the transcripts of this folder and compares.

    python3 tests/golden/command/transcripts.py --engine build/release/waystone [--bless] [NAME …]

A transcript is a list of commands with what they must print. A line `$ waystone …` is a command, run in this folder; below it stands what it writes to
standard output, then what it writes to standard error with `! ` before each line, then `= CODE`, its exit code. `#` lines before the first command are
comments. The version of the tool is written VERSION. `--bless` writes what is found in place of what is expected: read the difference before keeping it.
"""
import argparse
import os
import re
import shlex
import subprocess
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))


def run(engine, command):
    words = shlex.split(command)
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TERM": "dumb"}
    done = subprocess.run([engine] + words[1:], cwd=FOLDER, capture_output=True, stdin=subprocess.DEVNULL, timeout=60, env=environment)
    out, err = (re.sub(r"waystone \d+\.\d+\.\d+", "waystone VERSION", s.decode("utf-8", "replace")) for s in (done.stdout, done.stderr))
    text = out if out.endswith("\n") or not out else out + "\n(no end of line)\n"
    text += "".join(f"! {line}\n" if line else "!\n" for line in err.splitlines())
    return f"$ {command}\n{text}= {done.returncode}\n"


def parse(text):
    """(comment, [(command, whole text)])"""
    head, *rest = re.split(r"^(?=\$ )", text, flags=re.M)
    return head, [(part.splitlines()[0][2:], part.rstrip("\n") + "\n") for part in rest]


def check(engine, name, bless):
    path = os.path.join(FOLDER, name)
    with open(path, encoding="utf-8") as f:
        head, commands = parse(f.read())
    found = [run(engine, command) for command, _ in commands]
    differing = [(expected, got) for (_, expected), got in zip(commands, found) if expected != got]
    if bless and differing:
        with open(path, "w", encoding="utf-8") as f:
            f.write(head + "\n".join(found))
        print(f"{name}: written")
        return True
    for expected, got in differing:
        print(f"{name}\n---- expected\n{expected}---- found\n{got}")
    print(f"{name}: {len(commands) - len(differing)} of {len(commands)} as expected")
    return not differing


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", required=True)
    parser.add_argument("--bless", action="store_true")
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    names = [n for n in sorted(os.listdir(FOLDER)) if n.endswith(".transcript") and (not arguments.names or n.split(".")[0] in arguments.names)]
    results = [check(os.path.abspath(arguments.engine), name, arguments.bless) for name in names]
    sys.exit(0 if results and all(results) else 1)


if __name__ == "__main__":
    main()
