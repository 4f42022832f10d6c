"""Lets every call by which each verb reaches its files or its output fail, one after the other.

    python3 tests/faults/walk.py --engine build/release/waystone --shim build/release/tests/libfaults.so

A command is first run whole, and the calls are counted that it makes about files of its folder and
about standard output (faults.cpp). Then it is run once for each call and each way to fail. A failure
must end with exit code 4 and one sentence on standard error; every file must hold what it held or
what it was to hold, whole, and nothing may be left behind. An interrupted call is made again, and a
read or write that does a part is gone on with: both must change nothing at all. Commands that write
are also stopped by signals at each call.
"""

import argparse
import concurrent.futures
import errno
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

FILES = pathlib.Path(__file__).resolve().parent.parent / "golden" / "command" / "files"
ERRORS = (errno.EIO, errno.ENOSPC, errno.EACCES, errno.EMFILE)
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
JOBS = 2

# (what it is, its words); {out} is an output file that exists, with attributes of its own
COMMANDS = [
    ("score", "score two.toml"),
    ("score of two", "score two.toml table.toml --json"),
    ("score to a file", "score two.toml --csv --out {out}"),
    ("score to a table", "score two.toml --csv --out result.csv"),
    ("score to a new file through a link", "score two.toml --json --out link.txt"),
    ("score written in several pieces", "score many.toml --json --out {out}"),
    ("score printed in several pieces", "score many.toml --json"),
    ("score with other rules", "score two.toml --rules main.risk --within ."),
    ("explain", "explain two.toml UKR"),
    ("compare", "compare two.toml BLR UKR"),
    ("compare on two dates", "compare two.toml UKR --as-of 2015-06-30,2015-12 --csv --out {out}"),
    ("compare by two rule files", "compare two.toml UKR --against main.risk"),
    ("track", "track two.toml --as-of 2015-06-30,2015-12"),
    ("track to a file", "track two.toml UKR --as-of 2015-06-30,2015-12 --csv --out {out}"),
    ("backtest", "backtest tested.toml --draws 100"),
    ("backtest to a file", "backtest tested.toml --draws 100 --csv --out {out}"),
    ("backtest --register", "backtest tested.toml --register new.csv --dated 2019-01-01"),
    ("robust", "robust two.toml BLR UKR --viewpoint state --samples 100 --from swings.toml"),
    ("check", "check main.risk two.toml"),
    ("check of a folder", "check . --out {out}"),
    ("test of a folder", "test ."),
    ("coverage of a folder", "coverage . --json"),
    ("list", "list main.risk"),
    ("the program of a scenario", "list two.toml --program --json"),
    ("emit", "emit --js main.risk --out {out}"),
    ("report", "report two.toml --compare BLR UKR --out {out}"),
    ("data", "data two.toml UKR --out {out}"),
    ("sources", "sources two.toml --csv --out {out}"),
    ("assumptions", "assumptions two.toml --json"),
    ("memo", "memo two.toml BLR UKR --out {out}"),
    ("portfolio", "portfolio two.toml --exposure exposures.csv --json"),
    ("validation-pack", "validation-pack two.toml --samples 100 --out pack"),
    ("tune", "tune main.risk --viewpoint state --from swings.toml --on two.toml"),
    ("tune --write", "tune main.risk --viewpoint state --from swings.toml --write --reason tried"),
    (
        "tune --write --out",
        "tune main.risk --viewpoint state --from swings.toml --write --out {out}",
    ),
    ("explain-code", "explain-code E0001 --out {out}"),
    ("generate", "generate man --out {out}"),
    ("help", "score --help"),
    ("version", "--version"),
]

TABLE = '''title = "From a table"
as_of = 2015-06-30
model = "main.risk"
extends = "two.toml"
data = ["figures.csv"]
countries = ["BLR", "UKR"]
'''
BELOW = '''as_of = 2015-06-30
model = "../main.risk"
extends = "../two.toml"
'''
MANY = '''title = "Many countries"
as_of = 2015-06-30
model = "main.risk"
codes = "own"
data = ["many.csv"]
'''
TESTED = '''title = "Held against what happened"
as_of = 2018-12-31
model = "main.risk"
extends = "two.toml"
[backtest]
first = 2015
last = 2016
horizons = 1
events = "events.csv"
covered = "covered.csv"
[[outcome]]
name = "war"
kinds = ["war"]
'''
EVENTS = '''country,date,kind
UKR,2016,war
'''
COVERED = '''kind,country,first,last
war,UKR,2010,2018
war,BLR,2010,2018
'''
FIGURES = '''country,indicator,value,valid,source,grade
BLR,battle_deaths,0,2015-06-30,handbook,observed
'''


def set_up(folder):
    shutil.copy(FILES / "small.risk", folder)
    for name in ("two.toml", "swings.toml"):
        text = (FILES / name).read_text()
        (folder / name).write_text(text.replace("small.risk", "main.risk"))
    (folder / "main.risk").write_text('include "small.risk"\n')
    (folder / "deep").mkdir()
    (folder / "deep" / "below.toml").write_text(BELOW)
    (folder / "table.toml").write_text(TABLE)
    (folder / "figures.csv").write_text(FIGURES)
    (folder / "many.toml").write_text(MANY)
    (folder / "tested.toml").write_text(TESTED)
    (folder / "events.csv").write_text(EVENTS)
    (folder / "covered.csv").write_text(COVERED)
    rows = [f"C{k},eu_access,4,2015-06-30,handbook,observed" for k in range(20)]
    (folder / "many.csv").write_text("\n".join([FIGURES.splitlines()[0], *rows, ""]))
    (folder / "exposures.csv").write_text("country,amount,currency\nBLR,10,USD\nUKR,5,EUR\n")
    (folder / "old.txt").write_text("old\n")
    (folder / "result.csv").write_text("scenario,as_of,viewpoint,country,kind,name,old\n")  # a table that --csv wrote
    (folder / "link.txt").symlink_to("new.txt")
    for name in ("old.txt", "small.risk"):
        os.chmod(folder / name, 0o640)
        if os.geteuid() == 0:
            os.chown(folder / name, 65534, 65534)
        try:
            os.setxattr(folder / name, "user.kept", b"as it was")
        except OSError:
            pass  # this file system has no attributes


def attributes(path):
    status = path.lstat()
    try:
        extended = {n: os.getxattr(path, n) for n in os.listxattr(path, follow_symlinks=False)}
    except OSError:
        extended = {}
    return (status.st_mode, status.st_uid, status.st_gid, extended)


def held_by(folder):
    """{path: (content, attributes)} of all that is in a folder"""
    held = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            held[name] = (os.readlink(path).encode(), None)
        elif path.is_file():
            held[name] = (path.read_bytes(), attributes(path))
    return held


class Place:
    """A folder, put back as it was after each run."""

    def __init__(self, engine, shim, parent):
        self.engine, self.shim = engine, shim
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=parent))
        self.log = self.folder.with_suffix(".log")
        set_up(self.folder)
        self.before = held_by(self.folder)

    def run(self, words, **settings):
        environment = {
            "LD_PRELOAD": str(self.shim),
            "WAYSTONE_FAULT_ROOT": str(self.folder),
            "OPENBLAS_NUM_THREADS": "1",
            "TERM": "dumb",
            "SOURCE_DATE_EPOCH": "1700000000",
            "ASAN_OPTIONS": "verify_asan_link_order=0",
        }
        environment |= {
            f"WAYSTONE_FAULT_{name.upper()}": str(value) for name, value in settings.items()
        }
        words = words.format(out="old.txt").split()
        done = subprocess.run(
            [self.engine, *words],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=60,
        )
        after = held_by(self.folder)
        if after != self.before:
            shutil.rmtree(self.folder)
            self.folder.mkdir()
            set_up(self.folder)
        return Result(done, after)

    def count(self, words):
        self.log.unlink(missing_ok=True)
        result = self.run(words, log=self.log)
        return result, [line.split()[1] for line in self.log.read_text().splitlines()]


class Result:
    def __init__(self, done, after):
        self.code, self.out, self.after = done.returncode, done.stdout, after
        self.error = done.stderr.decode()

    def same_as(self, other):
        return (self.code, self.out, self.error, self.after) == (
            other.code,
            other.out,
            other.error,
            other.after,
        )

    def says_one_sentence(self):
        return self.error.count("\n") == 1 and self.error.startswith("waystone: ")

    def is_whole(self, before, whole):
        """Whether each file is the old one or the new one, and no other is there."""
        names = self.after.keys()
        return before.keys() <= names <= before.keys() | whole.after.keys() and all(
            self.after[n] in (before.get(n), whole.after.get(n)) for n in names
        )


def problem(result, before, whole, call, error):
    if error in (0, errno.EINTR):
        return None if result.same_as(whole) else "it should have gone on as if nothing had been"
    if call == "close" and result.same_as(whole):
        return None  # of a file that was only read: nothing is lost
    if result.code != 4:
        return f"exit code {result.code}, wanted 4"
    if not result.says_one_sentence():
        return "not one sentence on standard error"
    if not whole.out.startswith(result.out):
        return "standard output is not the beginning of what it should be"
    return None if result.is_whole(before, whole) else "a file is torn, lost or left behind"


def stopped(result, before, whole, number):
    if result.code != -number:
        return f"exit code {result.code}, wanted {-number}"
    return None if result.is_whole(before, whole) else "a file is torn, lost or left behind"


def trials(calls, writes):
    """(number of the call, its name, what is done to it)"""
    for number, call in enumerate(calls, 1):
        for error in ERRORS + (errno.EINTR,) + ((0,) if call in ("read", "write") else ()):
            yield number, call, {"error": error}
        for stop in SIGNALS if writes else ():
            yield number, call, {"signal": int(stop)}


def walk(place, name, words):
    """(places walked, problems)"""
    whole, calls = place.count(words)
    if whole.code != 0:
        return 0, [f"{name}: it does not work undisturbed: {whole.error}"]
    problems = []
    for number, call, done in trials(calls, whole.after != place.before):
        result = place.run(words, at=number, **done)
        if "signal" in done:
            wrong = stopped(result, place.before, whole, done["signal"])
            what = signal.Signals(done["signal"]).name
        else:
            wrong = problem(result, place.before, whole, call, done["error"])
            what = errno.errorcode.get(done["error"], "one byte only")
        if wrong:
            problems.append(
                f"{name}: call {number}, {call}, {what}: {wrong}\n"
                f"    exit code {result.code}, said {result.error!r}"
            )
    return len(calls), problems


def left_behind(place):
    """Where the file beside can't be taken away either, its name is said."""
    words = "score two.toml --out old.txt"
    calls = place.count(words)[1]
    result = place.run(words, at=calls.index("fsync") + 1, error=errno.EIO, also="unlink")
    extra = [n for n in result.after if n not in place.before]
    said = (
        result.code == 4
        and result.says_one_sentence()
        and len(extra) == 1
        and extra[0] in result.error
    )
    return (
        []
        if said
        else [f"a file that can't be taken away: exit code {result.code}, said {result.error!r}"]
    )


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--engine", required=True)
    parser.add_argument("--shim", required=True)
    parser.add_argument("words", nargs="*", help="only commands with one of these in their name")
    arguments = parser.parse_args()
    engine, shim = os.path.abspath(arguments.engine), os.path.abspath(arguments.shim)
    chosen = [c for c in COMMANDS if not arguments.words or any(w in c[0] for w in arguments.words)]
    with tempfile.TemporaryDirectory() as parent:
        walk_one = lambda command: (command[0], *walk(Place(engine, shim, parent), *command))
        with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
            results = list(pool.map(walk_one, chosen))
        problems = [p for _, _, found in results for p in found]
        if not arguments.words:
            problems += left_behind(Place(engine, shim, parent))
    for name, places, found in results:
        print(f"{name}: {places} places, {len(found)} problems")
    print("\n".join(problems))
    walked = sum(places for _, places, _ in results)
    print(f"{walked} places where a file or the output is reached, {len(problems)} problems")
    sys.exit(1 if problems or not walked else 0)


if __name__ == "__main__":
    main()
