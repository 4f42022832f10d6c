"""What --out does to the file it names: written whole or not at all, through links, with the mode it had.

    python3 tests/golden/command/out_files.py --engine build/release/waystone

Where the test runs as root, which may write anywhere, the engine runs as another user.
"""
import argparse
import os
import pathlib
import shutil
import stat
import subprocess
import sys
import tempfile

FILES = pathlib.Path(__file__).resolve().parent / "files"
NOBODY = 65534


class Trial:
    """A folder with the engine, a scenario and whatever a case puts there."""

    def __init__(self, engine, folder):
        self.folder = folder
        for name in ("small.risk", "two.toml"):
            shutil.copy(FILES / name, folder)
        shutil.copy(engine, folder / "engine")
        (folder / "out").mkdir()
        self.wanted = self.run().stdout
        self.problems = []

    def run(self, *words):
        other = (lambda: (os.setgid(NOBODY), os.setuid(NOBODY))) if os.geteuid() == 0 else None
        if other:
            for path in [self.folder, *self.folder.rglob("*")]:
                if not path.is_symlink():
                    os.chown(path, NOBODY, NOBODY)
        return subprocess.run([self.folder / "engine", "score", "two.toml", *words], cwd=self.folder, capture_output=True, text=True, preexec_fn=other)

    def write(self, out, code, message=""):
        done = self.run("--out", out)
        self.hold(done.returncode == code and message in done.stderr and not done.stdout,
                  f"--out {out}: exit code {done.returncode} (wanted {code}), said {done.stderr!r} (wanted {message!r})")

    def holds(self, path, text=None):
        full = self.folder / path
        self.hold(full.exists() and full.read_text() == (self.wanted if text is None else text), f"{path} does not hold what it should")

    def hold(self, condition, problem):
        if not condition:
            self.problems.append(problem)


def new_file(t):
    t.write("out/new.txt", 0)
    t.holds("out/new.txt")


def old_file_keeps_its_mode(t):
    old = t.folder / "out/old.txt"
    old.write_text("old")
    old.chmod(0o640)
    t.write("out/old.txt", 0)
    t.holds("out/old.txt")
    t.hold(stat.S_IMODE(old.stat().st_mode) == 0o640, "the mode is another")


def link_stays_and_its_target_is_written(t):
    (t.folder / "elsewhere").mkdir()
    target = t.folder / "elsewhere/target.txt"
    target.write_text("old")
    target.chmod(0o604)
    (t.folder / "out/link.txt").symlink_to("../elsewhere/target.txt")
    (t.folder / "out/second.txt").symlink_to(t.folder / "out/link.txt")
    t.write("out/second.txt", 0)
    t.hold((t.folder / "out/link.txt").is_symlink() and (t.folder / "out/second.txt").is_symlink(), "a link was replaced")
    t.holds("elsewhere/target.txt")
    t.hold(stat.S_IMODE(target.stat().st_mode) == 0o604, "the mode is another")
    t.hold(os.listdir(t.folder / "elsewhere") == ["target.txt"], "something was left beside the target")


def link_to_nothing_yet(t):
    (t.folder / "out/link.txt").symlink_to("later.txt")
    t.write("out/link.txt", 0)
    t.hold((t.folder / "out/link.txt").is_symlink(), "the link was replaced")
    t.holds("out/later.txt")


def circle_of_links(t):
    (t.folder / "out/a").symlink_to("b")
    (t.folder / "out/b").symlink_to("a")
    t.write("out/a", 4, "can't write 'out/a': its symbolic links go in a circle")


def write_protected(t):
    old = t.folder / "out/old.txt"
    old.write_text("old")
    old.chmod(0o444)
    t.write("out/old.txt", 4, "can't write 'out/old.txt': the file is not to be written to (permission denied)")
    t.holds("out/old.txt", "old")


def folder_write_protected(t):
    (t.folder / "out/old.txt").write_text("old")
    (t.folder / "out").chmod(0o555)
    t.write("out/old.txt", 4, "can't write 'out/old.txt': its folder 'out' is not to be written to (permission denied)")
    t.write("out/new.txt", 4, "can't write 'out/new.txt': its folder 'out' is not to be written to (permission denied)")
    (t.folder / "out").chmod(0o755)
    t.holds("out/old.txt", "old")


def folder_or_none(t):
    t.write("out", 4, "can't write 'out': it is a directory")
    t.write("none/new.txt", 4, "can't write 'none/new.txt': no such folder")
    t.hold(not (t.folder / "none").exists(), "a folder was made")


def faulty_scenario_leaves_the_old_file(t):
    (t.folder / "out/old.txt").write_text("old")
    (t.folder / "two.toml").write_text("title = 1\n")
    t.write("out/old.txt", 3)
    t.holds("out/old.txt", "old")


def never_over_what_was_read(t):
    (t.folder / "out/link.txt").symlink_to("../two.toml")
    for out, read in (("two.toml", "two.toml"), ("out/../small.risk", "small.risk"), ("out/link.txt", "two.toml")):
        text = (t.folder / read).read_text()
        t.write(out, 2, f"--out would write over '{read}', which the result rests on")
        t.holds(read, text)


CASES = [never_over_what_was_read, new_file, old_file_keeps_its_mode, link_stays_and_its_target_is_written, link_to_nothing_yet, circle_of_links, write_protected,
         folder_write_protected, folder_or_none, faulty_scenario_leaves_the_old_file]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", required=True)
    engine = os.path.abspath(parser.parse_args().engine)
    wrong = 0
    for case in CASES:
        with tempfile.TemporaryDirectory() as name:
            trial = Trial(engine, pathlib.Path(name))
            case(trial)
            trial.hold(not list(pathlib.Path(name).rglob(".waystone-*")), "a temporary file was left")
            print(f"{case.__name__}: {'; '.join(trial.problems) or 'as wanted'}")
            wrong += bool(trial.problems)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
