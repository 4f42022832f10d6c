"""The manual page and the shells' completions have every verb and option that help lists; groff,
bash, zsh and fish, where they are installed, find no fault in them; bash completes by them.

    python3 tests/golden/command/generated.py --engine build/release/waystone
"""
import argparse
import re
import shutil
import subprocess
import sys

KINDS = ["man", "bash", "zsh", "fish"]
CHECKS = {"man": ["groff", "-man", "-ww", "-Tutf8"], "bash": ["bash", "-n"], "zsh": ["zsh", "-n"],
          "fish": ["fish", "--no-execute"]}


def output(engine, *words):
    return subprocess.run([engine, *words], capture_output=True, text=True, check=True).stdout


def verbs_of(engine):
    listed = output(engine, "--help").split("Subcommands:\n")[1].split("\n\n")[0]
    return re.findall(r"^  ([a-z-]+)", listed, re.M)


def options_of(engine, verb):
    return sorted(set(re.findall(r"^  (?:-h,)?(--[a-z-]+)", output(engine, verb, "--help"), re.M)))


# A page's part about one verb.
def part_about(kind, page, verb):
    if kind == "man":
        found = re.search(rf'^\.SH "WAYSTONE {re.escape(verb)}"$(.*?)(?=^\.SH|\Z)', page.replace("\\-", "-"), re.M | re.S)
    elif kind == "fish":
        return "\n".join(line for line in page.splitlines() if line.split("-l")[0].strip("' ").endswith(f"from {verb}"))
    else:
        found = re.search(rf"^    {re.escape(verb)}\)(.*?);;$", page, re.M | re.S)
    return found[1] if found else ""


def missing(engine, kind):
    page = output(engine, "generate", kind)
    for verb in verbs_of(engine):
        part = part_about(kind, page, verb)
        if not part:
            yield f"{kind} has no part about {verb}"
        for option in options_of(engine, verb):
            shown = f"-l {option[2:]}" if kind == "fish" else option
            if not re.search(rf"{re.escape(shown)}(?![a-z-])", part):
                yield f"{kind} has no {option} of {verb}"


def faults(engine, kind):
    if not shutil.which(CHECKS[kind][0]):
        return
    page = output(engine, "generate", kind)
    done = subprocess.run([*CHECKS[kind], "/dev/stdin"], input=page, capture_output=True, text=True)
    if done.returncode != 0 or done.stderr:
        yield f"{CHECKS[kind][0]} finds fault in what is made for it: {done.stderr}"


def completed(engine, *words):
    script = (output(engine, "generate", "bash") +
              f"COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; _waystone; "
              'printf "%s\\n" "${COMPREPLY[@]}"')
    return subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout.split()


def wrong_completions(engine):
    for words, wanted in [(["waystone", "ex"], ["explain", "explain-code"]),
                          (["waystone", "score", "--kn"], ["--known-by"]),
                          (["waystone", "score", "--json", "--al"], ["--all"]),
                          (["waystone", "--color", "n"], ["never"]),
                          (["waystone", "score", "--viewpoint", "''"], [])]:
        found = completed(engine, *words)
        if found != wanted:
            yield f"'{' '.join(words)}' is completed to {found}, not {wanted}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", required=True)
    engine = parser.parse_args().engine
    found = [problem for kind in KINDS for problem in [*missing(engine, kind), *faults(engine, kind)]]
    found += wrong_completions(engine)
    print("\n".join(found) or "the manual page and the completions have every verb and option")
    sys.exit(1 if found else 0)
