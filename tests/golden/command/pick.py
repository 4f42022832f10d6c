"""Prints some members of a JSON document from standard input, for transcripts: one line a match.

    waystone score case.toml --json | python3 ../../command/pick.py scenarios/0/viewpoints/0/countries/*/outputs/risk value uncut

The first word is a path of names and numbers, `*` for each of them; the others are the members that are printed (none: the whole).
Before them stand the names that `*` stood for; of countries their codes.
"""
import json
import sys


def matches(value, path, names):
    if not path:
        yield names, value
    elif path[0] == "*":
        keys = range(len(value)) if isinstance(value, list) else value
        for key in keys:
            inner = value[key]
            name = inner.get("code", inner.get("name", key)) if isinstance(value, list) and isinstance(inner, dict) else key
            yield from matches(inner, path[1:], names + [str(name)])
    else:
        yield from matches(value[int(path[0]) if isinstance(value, list) else path[0]], path[1:], names)


def main(path, *members):
    for names, value in matches(json.load(sys.stdin), path.split("/"), []):
        shown = {m: value[m] for m in members} if members else value
        print(" ".join(names + [json.dumps(shown, ensure_ascii=False)]))


if __name__ == "__main__":
    main(*sys.argv[1:])
