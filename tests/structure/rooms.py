"""A room (folder of engine/) includes headers of its own and of rooms before it only, and each third-party library is seen in its one room."""
import pathlib
import re
import sys

ROOMS = ["base", "source", "diagnose", "optimise", "syntax", "model", "scenario", "data", "program", "evaluate", "emit", "explain", "weights", "robust", "validate", "backtest", "fit", "report", "ask", "waystone", "command"]
# library header prefix -> the only files (or rooms) that may include it
LIBRARIES = {
    "boost/spirit": ["syntax/terminals.hpp"],
    "toml++": ["scenario/toml_reader.cpp"],
    "CLI/": ["command/"],
    "httplib": ["command/watch_server.cpp"],
    "glpk": ["optimise/linear.cpp"],
    "nlopt": ["optimise/nonlinear.cpp"],
}
# rooms that may see a library besides those above
ROOM_LIBRARIES = {"armadillo": {"optimise", "evaluate", "emit", "explain", "weights", "robust", "fit", "ask"}}


# A statement, however broken over lines; what a lambda gives is its own statement.
AUTO_EXPRESSION = re.compile(r"\bauto\b[^=;{}\n]*=(?!\s*\[)[^;{}]*\barma::[^;{}]*")


def problems(root):
    for path in sorted(root.rglob("*.[ch]pp")):
        name = path.relative_to(root).as_posix()
        room = name.split("/")[0]
        if room not in ROOMS:
            yield f"{name}: '{room}' is no room of tests/structure/rooms.py"
            continue
        for found in AUTO_EXPRESSION.finditer(path.read_text()):
            if "arma::vec(" not in found[0] and "arma::mat(" not in found[0]:
                number = path.read_text()[:found.start()].count("\n") + 1
                yield f"{name}:{number}: no auto for Armadillo expressions: they hold references to temporaries"
        for number, line in enumerate(path.read_text().splitlines(), 1):
            own = re.match(r'\s*#include "([a-z_]+)/', line)
            if own and own[1] in ROOMS and ROOMS.index(own[1]) > ROOMS.index(room):
                yield f"{name}:{number}: '{room}' stands before '{own[1]}' and can't use it"
            library = re.match(r"\s*#include <([^>]+)>", line)
            for prefix, places in LIBRARIES.items():
                if library and library[1].startswith(prefix) and not any(name.startswith(p) for p in places):
                    yield f"{name}:{number}: <{library[1]}> belongs in {', '.join(places)}"
            for prefix, rooms in ROOM_LIBRARIES.items():
                if library and library[1].startswith(prefix) and room not in rooms:
                    yield f"{name}:{number}: <{library[1]}> belongs in {', '.join(sorted(rooms))}"


if __name__ == "__main__":
    found = list(problems(pathlib.Path(__file__).resolve().parents[2] / "engine"))
    print("\n".join(found) or "every room uses only rooms before it")
    sys.exit(1 if found else 0)
