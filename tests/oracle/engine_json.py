"""The only place that knows the shape of the engine's `score --json`, `explain --json` and `compare --json` (docs/schema)."""
import json
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
    return None if x is None else float(x)


def by_name(items):
    """A list of objects with names, or an object by name: either way an object by name."""
    if isinstance(items, dict):
        return items
    return {x["name"]: x for x in items or []}


def scores(document):
    """{(country, viewpoint): {"nodes": {name: {value, low, high, coverage, judgement, band}}, "rules": {name: {holds, binds}}}}.

    `value`: the final one, with rules and overrides; of an indicator or a derived value the raw one. `holds` True, False, None.
    """
    out = {}
    for country in document["countries"]:
        for result in country.get("viewpoints") or country.get("results"):
            nodes = {}
            for kind in ("nodes", "outputs", "factors", "derived", "indicators"):
                for name, n in by_name(result.get(kind)).items():
                    nodes[name] = {"value": number(n.get("value")), "low": number(n.get("low")), "high": number(n.get("high")),
                                   "coverage": n.get("coverage"), "judgement": n.get("judgement"), "band": n.get("band")}
            rules = {name: {"holds": r.get("holds"), "binds": r.get("binds")} for name, r in by_name(result.get("rules")).items()}
            out[country["code"], result.get("viewpoint", result.get("name")) or ""] = {"nodes": nodes, "rules": rules}
    return out


def attribution(document, viewpoint):
    """(difference, {(kind, name): points}) of one viewpoint of `compare A B --json`; kinds leaf, rule, override, weights."""
    for result in document["viewpoints"]:
        if (result.get("viewpoint", result.get("name")) or "") == viewpoint:
            parts = {}
            for part in result["parts"]:
                key = part["kind"], part["name"]
                parts[key] = parts.get(key, 0.0) + float(part["points"])
            return number(result["difference"]), parts
    raise KeyError(viewpoint)


def registers(document):
    """{(country, viewpoint): [register values]} of `explain --json`."""
    return {(r["country"], r.get("viewpoint") or ""): [number(x) for x in r["registers"]] for r in document["ledgers"]}


PLACES = {"at", "line", "column", "hash", "hashes", "file", "files", "where", "place", "path", "rules", "sha256"}


def without_places(document):
    """What must be the same however declarations and files are ordered: all but lines and hashes."""
    if isinstance(document, dict):
        return {k: without_places(v) for k, v in document.items() if not (k in PLACES and not isinstance(v, (list, dict))) and
                k not in ("hashes", "files")}
    if isinstance(document, list):
        return [without_places(v) for v in document]
    return document


# How each verb is asked; `scenario.toml` names its model.

def program_of(engine, cwd, scenario="scenario.toml", model="model.risk"):
    return read(engine, "list", "--program", "--json", model, scenario, cwd=cwd)


def score_of(engine, cwd, scenario="scenario.toml"):
    return read(engine, "score", "--json", scenario, cwd=cwd)


def comparison_of(engine, cwd, a, b, scenario="scenario.toml"):
    return read(engine, "compare", "--json", a, b, scenario, cwd=cwd)


def explanation_of(engine, cwd, country, scenario="scenario.toml"):
    return read(engine, "explain", "--json", country, scenario, cwd=cwd)
