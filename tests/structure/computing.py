"""Where numbers are made. report, command and the public interface read results and make none; the
model and what comes after it hold no syntax tree."""
import pathlib
import re
import sys

TELLING = ["report", "waystone", "command"]
# Of `evaluate`: the types of results, and functions that only read them.
RESULTS = {
    "Case", "Assessment", "ViewResult", "CountryResult", "NodeResult", "RuleResult", "EffectResult", "Points",
    "Truth", "Cut", "CutStep", "Place", "RankRange", "unknown_value",
    "word_of", "differs", "ranking", "places", "digits_of",
}
COMPUTING = {
    r"evaluate::(\w+)": lambda name: name not in RESULTS,
    # frames, plans and programs are made and run below
    r"#include \"(evaluate/(?:evaluate|frame|variations|split|bounds|kernels|duals)\.hpp)\"": lambda _: True,
    r"[.>](frame)\b": lambda _: True,
    r"program::(compile)\b": lambda _: True,
}
# Headers that may name trees: the grammar's, those that the model keeps to itself, and the two by which trees come in.
ENTRANCES = {"model/assertions.hpp", "model/check.hpp"}


def computing(name, text):
    for pattern, is_wrong in COMPUTING.items():
        for found in re.finditer(pattern, text):
            if is_wrong(found[1]):
                line = text[:found.start()].count("\n") + 1
                yield f"{name}:{line}: '{found[1]}' computes; {name.split('/')[0]} only reads results, so ask a room below"


def trees(name, text):
    room, opening = name.split("/")[0], " ".join(text[:500].replace("//", " ").split())
    if room == "syntax" or name in ENTRANCES or (room == "model" and "Private to this room." in opening):
        return
    for found in re.finditer(r"#include \"syntax/(?:tree|parse)\.hpp\"|syntax::(?:Expression|Expectation)\b", text):
        line = text[:found.start()].count("\n") + 1
        yield f"{name}:{line}: a syntax tree in a header that others read"


def problems(root):
    for path in sorted(root.rglob("*.[ch]pp")):
        name = path.relative_to(root).as_posix()
        text = path.read_text()
        if name.split("/")[0] in TELLING:
            yield from computing(name, text)
        if path.suffix == ".hpp":
            yield from trees(name, text)


if __name__ == "__main__":
    found = list(problems(pathlib.Path(__file__).resolve().parents[2] / "engine"))
    print("\n".join(found) or "only results are read where they are told")
    sys.exit(1 if found else 0)
