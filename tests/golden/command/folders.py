"""Folders as `check`, `test` and `coverage` take them: nothing in them is skipped in silence.

    python3 tests/golden/command/folders.py --engine build/release/waystone
"""
import argparse
import os
import pathlib
import socket
import sys
import tempfile

from out_files import Trial

VERBS = ("check", "test", "coverage")


def wants(t, code, said, folder="."):
    """Every verb ends with the code; where it fails, with one sentence that says why."""
    for verb in VERBS:
        done = t.run_verb(verb, folder)
        whole = code == 0 or (done.stderr.count("\n") == 1 and not done.stdout)
        t.hold(
            done.returncode == code and said in done.stderr and whole,
            f"{verb} {folder}: exit code {done.returncode} (wanted {code}), said {done.stderr!r} (wanted {said!r})",
        )


def all_below(t):
    (t.folder / "deep/er").mkdir(parents=True)
    text = (t.folder / "two.toml").read_text().replace("small.risk", "../../small.risk")
    (t.folder / "deep/er/three.toml").write_text(text)
    (t.folder / "out/judged.toml").write_text('by = "test desk"\n')
    wants(t, 0, "")
    t.hold("deep/er/three.toml: sound" in t.run_verb("check", ".").stdout, "a file below was not checked")


def file_that_cannot_be_read(t):
    (t.folder / "out/closed.toml").write_text("as_of = 2015-06-30\n")
    (t.folder / "out/closed.toml").chmod(0)
    wants(t, 4, "can't read 'out/closed.toml': permission denied")


def folder_that_cannot_be_searched(t):
    (t.folder / "out/closed").mkdir()
    (t.folder / "out/closed").chmod(0)
    wants(t, 4, "can't search './out/closed': permission denied")
    (t.folder / "out/closed").chmod(0o755)


def folder_whose_files_cannot_be_asked(t):
    (t.folder / "out/listed.toml").write_text("as_of = 2015-06-30\n")
    (t.folder / "out").chmod(0o644)
    wants(t, 4, "can't search './out/listed.toml': permission denied")
    (t.folder / "out").chmod(0o755)


def included_file_that_cannot_be_read(t):
    (t.folder / "out/part.risk").write_text("# nothing\n")
    (t.folder / "out/part.risk").chmod(0)
    with open(t.folder / "small.risk", "a") as rules:
        rules.write('\ninclude "out/part.risk"\n')
    wants(t, 4, "can't read 'out/part.risk': permission denied", "two.toml")


def links(t):
    (t.folder / "out/gone.toml").symlink_to("nothing.toml")
    wants(t, 4, "can't read 'out/gone.toml': no such file")
    (t.folder / "out/gone.toml").unlink()
    (t.folder / "out/letter.toml").symlink_to("/etc/passwd")
    wants(t, 4, "can't read 'out/letter.toml': it is a link to a file called 'passwd'")
    (t.folder / "out/letter.toml").unlink()
    (t.folder / "out/round").symlink_to("..")  # not followed, or it would not end
    wants(t, 0, "")


def special_files(t):
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind(str(t.folder / "out/plug.risk"))
        wants(t, 4, "can't read 'out/plug.risk': it is a socket")


CASES = [
    all_below,
    file_that_cannot_be_read,
    folder_that_cannot_be_searched,
    folder_whose_files_cannot_be_asked,
    included_file_that_cannot_be_read,
    links,
    special_files,
]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--engine", required=True)
    engine = os.path.abspath(parser.parse_args().engine)
    wrong = 0
    for case in CASES:
        with tempfile.TemporaryDirectory() as name:
            trial = Trial(engine, pathlib.Path(name))
            case(trial)
            print(f"{case.__name__}: " + ("\n  ".join(trial.problems) or "as wanted"))
            wrong += bool(trial.problems)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
