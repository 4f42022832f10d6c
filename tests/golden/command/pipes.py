"""Pipes, devices and descriptors as inputs and outputs, and files that others change meanwhile.

    python3 tests/golden/command/pipes.py --engine build/release/waystone [WORD …]

Each case runs commands of bash in a folder of its own, under a limit of time: nothing may wait for
ever. WORD: only cases with it in their name.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time

FILES = pathlib.Path(__file__).resolve().parent / "files"
TUNE = "waystone tune small.risk --viewpoint state --write"


class Trial:
    """A folder with a small model, and what went wrong in it."""

    def __init__(self, engine, folder):
        self.engine, self.folder, self.problems = engine, folder, []
        for name in ("small.risk", "two.toml", "swings.toml"):
            shutil.copy(FILES / name, folder)
        self.rules = (folder / "small.risk").read_bytes()

    def start(self, command):
        function = f'waystone() {{ "{self.engine}" "$@"; }}; set -o pipefail; {command}'
        return subprocess.Popen(
            ["bash", "-c", function],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "TERM": "dumb"},
        )

    def run(self, command, seconds=20):
        process = self.start(command)
        try:
            out, error = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            self.problems.append(f"{command}: still running after {seconds} s")
            return None, "", ""
        return process.returncode, out, error

    def wants(self, command, code, said="", seconds=20):
        """The exit code, and what standard error must hold ("": nothing at all)."""
        got, out, error = self.run(command, seconds)
        if got != code or (said not in error if said else error):
            self.problems.append(
                f"{command}: exit code {got}, wanted {code}; said {error!r}, wanted {said!r}"
            )
        return out

    def wants_same(self, command, other, ignoring=()):
        """Both do what they should and print the same, but for some words."""
        one, two = (self.wants(c, 0) for c in (command, other))
        for word, instead in ignoring:
            one, two = one.replace(word, instead), two.replace(word, instead)
        self.hold(one == two and one, f"{command}: does not print what '{other}' does:\n{one}")

    def hold(self, condition, problem):
        if not condition:
            self.problems.append(problem)

    def rules_are_as_they_were(self):
        self.hold(
            (self.folder / "small.risk").read_bytes() == self.rules, "the rule file is another"
        )


def pipes_are_read_once(t):
    (t.folder / "copy.risk").write_bytes(t.rules)
    t.wants_same("waystone score /dev/stdin < two.toml", "waystone score two.toml")
    t.wants_same(
        "cat two.toml | waystone score /dev/stdin --csv",
        "waystone score two.toml --csv",
        [("/dev/stdin", "two.toml")],
    )
    t.wants_same("waystone score <(cat two.toml)", "waystone score two.toml")
    t.wants_same(
        "waystone score two.toml --rules <(sleep 0.3; cat small.risk)",
        "waystone score two.toml --rules copy.risk",
        [("/dev/fd/63", "copy.risk")],
    )
    t.wants_same(
        "waystone robust two.toml BLR UKR --viewpoint state --samples 100 --from <(cat swings.toml)",
        "waystone robust two.toml BLR UKR --viewpoint state --samples 100 --from swings.toml",
        [("/dev/fd/63", "swings.toml")],
    )
    for file in ("small.risk", "two.toml"):
        got = t.wants(f"waystone check <(cat {file})", 0)
        wanted = t.wants(f"waystone check {file}", 0)
        t.hold(got.split(":")[1:] == wanted.split(":")[1:], f"check <(cat {file}): {got}")
    t.wants_same(
        "waystone list /dev/stdin < small.risk",
        "waystone list small.risk",
        [("/dev/stdin", "small.risk")],
    )
    t.wants("cat two.toml | waystone test /dev/stdin", t.run("waystone test two.toml")[0])
    t.wants("cat two.toml | waystone explain /proc/self/fd/0 UKR", 0)


def a_slow_writer_is_waited_for(t):
    os.mkfifo(t.folder / "late.toml")
    threading.Thread(
        target=lambda: (
            time.sleep(1),
            (t.folder / "late.toml").write_text((t.folder / "two.toml").read_text()),
        )
    ).start()
    t.wants("waystone score late.toml", 0)
    t.wants("(exec 3> late.toml; sleep 4; cat two.toml >&3) & waystone score late.toml", 0)


def nobody_writes(t):
    os.mkfifo(t.folder / "pipe.toml")
    os.mkfifo(t.folder / "pipe.risk")
    said = "nobody is at the other end of the pipe"
    t.wants("waystone score pipe.toml", 4, said, seconds=10)
    t.wants("waystone check pipe.risk", 4, said, seconds=10)
    t.wants("waystone score two.toml --rules pipe.risk", 4, said, seconds=10)


def pipes_that_files_name_are_not_opened(t):
    os.mkfifo(t.folder / "pipe.risk")
    os.mkfifo(t.folder / "pipe.csv")
    (t.folder / "a.risk").write_text('include "pipe.risk"\n')
    (t.folder / "b.toml").write_text(
        'as_of = 2015-06-30\nmodel = "small.risk"\ndata = ["pipe.csv"]\n'
    )
    (t.folder / "c.toml").write_text('as_of = 2015-06-30\nmodel = "pipe.risk"\n')
    for file in ("a.risk", "b.toml", "c.toml"):
        out = t.wants(f"waystone check {file}", 3, "error", seconds=5)
        t.hold("it is a pipe, and only the command line can name one" in out, f"{file}: {out}")
    t.wants("waystone test .", 4, "can't read 'pipe.risk': it is a pipe", seconds=5)


def devices_are_not_opened(t):
    (t.folder / "a.risk").write_text('include "/dev/zero"\n')
    t.hold(
        "it is a device" in t.wants("waystone check a.risk", 3, "error", seconds=5),
        "the device is not said",
    )
    t.wants("waystone score /dev/zero", 4, "can't read '/dev/zero': it is a device", seconds=5)
    t.wants(
        "waystone score two.toml --rules /dev/null",
        4,
        "can't read '/dev/null': it is a device",
        seconds=5,
    )


def output_into_pipes(t):
    wanted = t.wants("waystone score two.toml", 0)
    for command in (
        "waystone score two.toml --out /dev/stdout",
        "waystone score two.toml --out /dev/stdout | cat",
        "waystone score two.toml --out >(cat); sleep 0.5",
        "mkfifo out; cat out & waystone score two.toml --out out; wait",
        "(sleep 1; cat late) & mkfifo late; waystone score two.toml --out late; wait",
        "echo -n > new; waystone score two.toml --out /dev/stdout >> new; cat new",
        "ln -s /dev/stdout link; waystone score two.toml --out link",
    ):
        t.hold(t.wants(command, 0) == wanted, f"{command}: another output")
    t.hold(
        (t.folder / "new").read_text() == wanted, "what stood before the descriptor's file is gone"
    )
    t.wants("waystone score two.toml --out /dev/null", 0)
    t.wants(
        "mkfifo none; waystone score two.toml --out none",
        4,
        "can't write 'none': nobody is at the other end",
        seconds=10,
    )
    t.wants("waystone score two.toml --out /dev/fd/9", 4, "can't write '/dev/fd/9': ")


def output_that_fails(t):
    full = "can't write to standard output: no space is left"
    for verb in (
        "score two.toml",
        "score two.toml --json",
        "explain two.toml UKR",
        "compare two.toml BLR UKR",
        "check two.toml",
        "test two.toml",
        "coverage two.toml",
        "list small.risk",
        "explain-code E0001",
        "--help",
        "--version",
        "robust two.toml BLR UKR --samples 100",
        "tune small.risk --viewpoint state --on two.toml",
    ):
        t.wants(f"waystone {verb} > /dev/full", 4, full)
    t.wants(
        "waystone score two.toml --out /dev/full", 4, "can't write '/dev/full': no space is left"
    )
    t.wants("waystone score two.toml >&-", 4, "can't write to standard output: ")
    # who closes a pipe has read enough
    t.wants("waystone score two.toml | true", 0)
    t.wants("(sleep 0.5; waystone score two.toml --json) | head -c 1", 0)


def a_closed_standard_error_takes_no_file(t):
    wanted = t.wants("waystone score two.toml", 0)
    t.wants("waystone score two.toml --out kept.txt 0<&- 1>&- 2>&-", 0)
    t.hold((t.folder / "kept.txt").read_text() == wanted, "what was said landed in the file")


def tune_writes_only_what_was_reported(t):
    t.wants(
        f"{TUNE} --from swings.toml > /dev/full",
        4,
        "can't write to standard output: no space is left",
    )
    t.rules_are_as_they_were()
    t.wants(
        f"(sleep 0.5; {TUNE} --from swings.toml) | true",
        4,
        "nobody read the report to its end, so 'small.risk' stays as it was",
    )
    t.rules_are_as_they_were()
    t.wants(
        f"{TUNE} --from swings.toml --out none/out.txt",
        4,
        "can't write 'none/out.txt': no such folder",
    )
    t.rules_are_as_they_were()
    t.wants(f"{TUNE} --from swings.toml", 0)
    t.hold((t.folder / "small.risk").read_bytes() != t.rules, "the rule file was not written")


def tune_sees_what_others_change(t):
    os.mkfifo(t.folder / "judged.toml")
    process = t.start(f"{TUNE} --from judged.toml")
    with open(t.folder / "judged.toml", "w") as pipe:  # opens when the rules have been read
        (t.folder / "small.risk").write_bytes(t.rules + b"# by another hand\n")
        pipe.write((t.folder / "swings.toml").read_text())
    out, error = process.communicate(timeout=20)
    t.hold(
        process.returncode == 4
        and "can't write 'small.risk': it has changed since it was read" in error
        and not out,
        f"exit code {process.returncode}, said {error!r}",
    )
    t.hold(
        (t.folder / "small.risk").read_bytes() == t.rules + b"# by another hand\n",
        "the other's change is lost",
    )


def two_at_once(t):
    for name in ("one", "two"):
        os.mkfifo(t.folder / f"{name}-judged.toml")
    both = [t.start(f"{TUNE} --from {name}-judged.toml --reason {name}") for name in ("one", "two")]
    pipes = [open(t.folder / f"{name}-judged.toml", "w") for name in ("one", "two")]
    for pipe in pipes:
        pipe.write((t.folder / "swings.toml").read_text())
        pipe.close()
    said = [process.communicate(timeout=30)[1] for process in both]
    codes = sorted(process.returncode for process in both)
    text = (t.folder / "small.risk").read_text()
    t.hold(codes == [0, 4], f"exit codes {codes}, said {said}")
    t.hold(("tuned: one" in text) != ("tuned: two" in text), "one change, whole, was wanted")


def hard_links_are_not_parted(t):
    os.link(t.folder / "small.risk", t.folder / "other.risk")
    t.wants(
        f"{TUNE} --from swings.toml", 4, "can't write 'small.risk': it has 2 names (hard links)"
    )
    t.rules_are_as_they_were()


CASES = [
    pipes_are_read_once,
    a_slow_writer_is_waited_for,
    nobody_writes,
    pipes_that_files_name_are_not_opened,
    devices_are_not_opened,
    output_into_pipes,
    output_that_fails,
    a_closed_standard_error_takes_no_file,
    tune_writes_only_what_was_reported,
    tune_sees_what_others_change,
    two_at_once,
    hard_links_are_not_parted,
]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--engine", required=True)
    parser.add_argument("words", nargs="*")
    arguments = parser.parse_args()
    wrong = 0
    for case in CASES:
        if arguments.words and not any(word in case.__name__ for word in arguments.words):
            continue
        with tempfile.TemporaryDirectory() as name:
            trial = Trial(os.path.abspath(arguments.engine), pathlib.Path(name))
            case(trial)
            trial.hold(
                not list(pathlib.Path(name).rglob(".waystone-*")), "a temporary file was left"
            )
            print(f"{case.__name__}: " + ("\n  ".join(trial.problems) or "as wanted"))
            wrong += bool(trial.problems)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
