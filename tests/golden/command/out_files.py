"""What --out does to the file it names: written whole or not at all, through links, with the mode it had.

    python3 tests/golden/command/out_files.py --engine build/release/waystone

Where the test runs as root, which may write anywhere, the engine runs as another user.
"""
import argparse
import os
import pathlib
import shutil
import stat
import struct
import subprocess
import sys
import tempfile

FILES = pathlib.Path(__file__).resolve().parent / "files"
NOBODY = 65534


class Trial:
    """A folder with the engine, a scenario and whatever a case puts there."""

    def __init__(self, engine, folder):
        self.folder = folder
        self.foreign = set()  # files that stay another's
        for name in ("small.risk", "two.toml"):
            shutil.copy(FILES / name, folder)
        shutil.copy(engine, folder / "engine")
        (folder / "out").mkdir()
        self.wanted = self.run().stdout
        self.problems = []

    def run(self, *words):
        return self.run_verb("score", "two.toml", *words)

    def run_verb(self, *words):
        other = (lambda: (os.setgid(NOBODY), os.setuid(NOBODY))) if os.geteuid() == 0 else None
        if other:
            for path in [self.folder, *self.folder.rglob("*")]:
                if not path.is_symlink() and path not in self.foreign:
                    os.chown(path, NOBODY, NOBODY)
        return subprocess.run([self.folder / "engine", *words], cwd=self.folder, capture_output=True, text=True, preexec_fn=other)

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


def never_over_inputs_read_or_not(t):
    """What is called like a rule file, scenario or judgement file, and tables that scenarios of the folder name."""
    (t.folder / "other.toml").write_text('as_of = 2015-06-30\ndata = [{ file = "figures.csv" }]\nwide = [{ file = "out/panel.csv" }]\n')
    for name in ("figures.csv", "out/panel.csv", "out/judged.toml", "out/more.risk", "out/result.csv"):
        (t.folder / name).write_text("kept\n")
    (t.folder / "out/link.txt").symlink_to("judged.toml")
    os.link(t.folder / "figures.csv", t.folder / "out/hard.txt")
    for out, said in (
        ("out/judged.toml", "--out would write over 'out/judged.toml', which is a scenario or judgement file"),
        ("out/link.txt", "--out would write over 'out/judged.toml', which is a scenario or judgement file"),
        ("out/more.risk", "--out would write over 'out/more.risk', which is a rule file"),
        ("figures.csv", "--out would write over 'figures.csv', from which 'other.toml' takes figures"),
        ("out/../out/panel.csv", "--out would write over 'out/panel.csv', from which 'other.toml' takes figures"),
        ("out/hard.txt", "--out would write over 'figures.csv', from which 'other.toml' takes figures"),
    ):
        t.write(out, 2, said)
    for name in ("figures.csv", "out/panel.csv", "out/judged.toml", "out/more.risk"):
        t.holds(name, "kept\n")
    t.write("out/result.csv", 2, "--out would write over 'out/result.csv', a table that no 'score --csv' wrote; name another file, or delete it")
    t.holds("out/result.csv", "kept\n")


def only_tables_of_its_own(t):
    """A table may hold figures that exist nowhere else, named by a scenario or not yet."""
    (t.folder / "elsewhere").mkdir()
    (t.folder / "elsewhere/s.toml").write_text('as_of = 2015-06-30\n[[wide]]\nfile = "panel.csv"\n')
    for name in ("elsewhere/panel.csv", "figures.csv", "figures.tsv", "elsewhere/wide.csv"):
        (t.folder / name).write_text("country,indicator,value\nPOL,growth,1\n")
        said = "from which 'elsewhere/s.toml' takes figures" if "panel" in name else "a table that no 'score --csv' wrote"
        t.write(name, 2, said)
        t.holds(name, "country,indicator,value\nPOL,growth,1\n")
    os.link(t.folder / "elsewhere/panel.csv", t.folder / "elsewhere/result.txt")
    t.write("elsewhere/result.txt", 2, "from which 'elsewhere/s.toml' takes figures")
    (t.folder / "empty.csv").write_text("")
    t.write("empty.csv", 0)
    done = t.run("--csv", "--out", "table.csv")
    again = t.run("--csv", "--out", "table.csv")
    t.hold(done.returncode == 0 and again.returncode == 0, f"a result was not replaced: {again.stderr!r}")


def hard_links_are_not_parted(t):
    (t.folder / "out/old.txt").write_text("old")
    os.link(t.folder / "out/old.txt", t.folder / "out/same.txt")
    t.write("out/old.txt", 4, "can't write 'out/old.txt': it has 2 names (hard links)")
    t.holds("out/same.txt", "old")


def attributes_are_kept(t):
    old = t.folder / "out/old.txt"
    old.write_text("old")
    try:
        os.setxattr(old, "user.from", b"desk")
    except OSError:
        return  # this file system has none
    t.write("out/old.txt", 0)
    t.holds("out/old.txt")
    t.hold(os.getxattr(old, "user.from") == b"desk", "an extended attribute is gone")


def access_lists_are_kept(t):
    """Two lists for one other user: of the old file, and of the folder for new files."""
    entry = lambda tag, rights, user=0xFFFFFFFF: struct.pack("<HHI", tag, rights, user)
    owner, user, group, mask, others = 0x01, 0x02, 0x04, 0x10, 0x20
    acl = struct.pack("<I", 2) + entry(owner, 6) + entry(user, 4, 12345) + entry(group, 4) + entry(mask, 4) + entry(others, 0)
    old, plain = t.folder / "out/old.txt", t.folder / "out/plain.txt"
    for path in (old, plain):
        path.write_text("old")
    try:
        os.setxattr(old, "system.posix_acl_access", acl)
        os.setxattr(t.folder / "out", "system.posix_acl_default", acl)
    except OSError:
        return  # this file system has none
    for path in (old, plain):
        t.write(f"out/{path.name}", 0)
        t.holds(f"out/{path.name}")
    t.hold(os.getxattr(old, "system.posix_acl_access") == acl, "the access list is another")
    t.hold("system.posix_acl_access" not in os.listxattr(plain), "the folder's access list was given to an old file")


def owner_that_cannot_be_kept(t):
    if os.geteuid() != 0:
        return
    old = t.folder / "out/old.txt"
    old.write_text("old")
    old.chmod(0o666)
    t.foreign.add(old)
    os.chown(old, 12345, 12345)
    t.write("out/old.txt", 4, "can't write 'out/old.txt': its owner can't be kept")
    t.holds("out/old.txt", "old")


CASES = [never_over_what_was_read, never_over_inputs_read_or_not, only_tables_of_its_own, hard_links_are_not_parted,
         attributes_are_kept, access_lists_are_kept, owner_that_cannot_be_kept, new_file, old_file_keeps_its_mode, link_stays_and_its_target_is_written, link_to_nothing_yet, circle_of_links, write_protected,
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
