"""The only place that knows the shape of the engine's `score --json`, `explain --json` and `compare --json` (docs/schema)."""
import json
import math
import re
import subprocess


def run(engine, *arguments, cwd=None):
    """stdout of a run that must end well (0, or 1 for findings)."""
    done = subprocess.run([engine, *arguments], cwd=cwd, capture_output=True, text=True, timeout=60)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(arguments)} ended with {done.returncode}\n{done.stderr[-3000:]}{done.stdout[-500:]}")
    return done.stdout


def read(engine, *arguments, cwd=None):
    return json.loads(run(engine, *arguments, cwd=cwd))


def number(x):
    """A number of any document: null is unknown, "never" a date that never was, "infinity" an open upper bound."""
    return None if x is None else {"never": -math.inf, "infinity": math.inf}[x] if isinstance(x, str) else float(x)


TRUTHS = {"true": True, "false": False, "unknown": None}


def scores(document):
    """{(country, viewpoint): {"nodes": {name: {value, low, high, coverage, judgement, band}}, "rules": {name: {holds, binds}}}}.

    `value`: the final one, with rules and overrides; of an indicator or a derived value the raw one. `holds` True, False, None.
    """
    out = {}
    for viewpoint in document["scenarios"][0]["viewpoints"]:
        for country in viewpoint["countries"]:
            nodes = {name: {field: number(n[field]) for field in ("value", "low", "high", "score", "score_low", "score_high", "coverage", "judgement")}
                     for name, n in country["nodes"].items()}
            for name, output in country["outputs"].items():
                nodes[name]["band"] = output["band"] or None
            rules = {name: {"holds": TRUTHS[r["condition"]], "binds": r["binding"], "may": r["may_hold"], "must": r["must_hold"]}
                     for name, r in country["rules"].items()}
            out[country["code"], viewpoint["name"]] = {"nodes": nodes, "rules": rules}
    return out


def attribution(document, viewpoint):
    """(second minus first, {(kind, name): points}) of one viewpoint of `compare --json`; None where it is not rated."""
    found = next(v for v in document["viewpoints"] if v["name"] == viewpoint)["attribution"]
    if found is None:
        return None
    parts = {}
    for player in found["players"]:
        key = player["kind"], player["rule"] or player["node"]
        parts[key] = parts.get(key, 0.0) + float(player["points"])
    return number(found["difference"]), parts


def ledgers(document):
    """{viewpoint: ledger} of `explain --json`, its numbers made floats."""
    out = {}
    for viewpoint in document["viewpoints"]:
        ledger = viewpoint["ledger"]
        for o in ledger["operations"]:
            o["result"] = number(o["result"])
            for field in ("in_values", "slot_values", "dates", "last_days"):
                o[field] = [number(x) for x in o.get(field) or []]
            for field in ("low", "high"):
                if field in o:
                    o[field] = number(o[field])
        ledger["result"] = number(ledger["result"])
        out[viewpoint["name"]] = ledger
    return out


PLACES = {"at", "hash"}


def without_places(document):
    """What must be the same however declarations and files are ordered: all but lines and hashes."""
    if isinstance(document, dict):
        return {k: without_places(v) for k, v in document.items() if k not in PLACES}
    if isinstance(document, list):
        return [without_places(v) for v in document]
    if isinstance(document, str):  # a reason names the line that it is about
        return re.sub(r"(\.risk|\.toml):\d+", r"\1", document)
    return document


# How each verb is asked; `scenario.toml` names its model.

def program_of(engine, cwd, scenario="scenario.toml", model="model.risk"):
    return read(engine, "list", "--program", "--json", model, scenario, cwd=cwd)


def score_of(engine, cwd, scenario="scenario.toml"):
    return read(engine, "score", "--json", scenario, cwd=cwd)


def coverage_of(engine, cwd, scenario="scenario.toml"):
    return read(engine, "coverage", "--json", scenario, cwd=cwd)["models"][0]


def comparison_of(engine, cwd, a, b, scenario="scenario.toml"):
    return read(engine, "compare", "--json", scenario, a, b, cwd=cwd)


def explanation_of(engine, cwd, country, scenario="scenario.toml"):
    return read(engine, "explain", "--json", scenario, country, cwd=cwd)
