"""Values over the partners of a country, worked out again from docs/language (relation) and docs/scenarios (Relations).

A tie is a dict: from, to, weight, valid, known. A value is a dict as tests/property/history.py makes it: value, low, high, known.
"""
import itertools
import math

import oracle
import windows


def partners(ties, country, symmetric, as_of, known_by):
    """{partner: weight}: the list of the latest date that any row about the country has. A weight of 0 is no partner."""
    rows = [(t["to"], t) for t in ties if t["from"] == country]
    if symmetric:
        rows += [(t["from"], t) for t in ties if t["to"] == country]
    rows = [(p, t) for p, t in rows if t["valid"] <= as_of and t["known"] <= known_by]
    last = max((t["valid"] for _, t in rows), default=None)
    return {p: t["weight"] for p, t in rows if t["valid"] == last and t["weight"] != 0}


def of_values(over, pairs, percent):
    """pairs: (weight, value)."""
    f = over["function"]
    if f in ("max", "min"):
        return {"max": max, "min": min}[f](v for _, v in pairs)
    if f == "mean":
        return math.fsum(w * v for w, v in pairs) / math.fsum(w for w, _ in pairs)
    if f == "sum":
        return math.fsum(w / (100 if percent else 1) * v for w, v in pairs)
    return float(sum(windows.counts(over, v) for _, v in pairs))


def result(over, ties, symmetric, percent, country, value_of, as_of, known_by, whole):
    """{"value", "low", "high", "known"} for a country; `value_of(partner)`: what a partner has."""
    found = partners(ties, country, symmetric, as_of, known_by)
    nothing = {"value": None, "known": False, "grade": None, "low": whole[0], "high": whole[1]}
    if not found:
        if over["without"] is None or not any(t["valid"] <= as_of and t["known"] <= known_by for t in ties):
            return nothing
        return {"value": over["without"], "known": True, "grade": "observed", "low": over["without"], "high": over["without"]}
    facts = {p: value_of(p) for p in found}
    total = math.fsum(found.values())
    share = lambda is_so: math.fsum(w for p, w in found.items() if is_so(facts[p])) / total  # noqa: E731
    counting = over["function"] == "count"
    sure = [p for p in found if counting and all(
        windows.counts(over, v) for v in windows.corner_values(over, facts[p]["low"], facts[p]["high"]))]
    whole_weight = sum(found.values())
    needed = [p for p in found if (whole_weight - found[p]) / whole_weight < over["known_for"] * (1 - 1e-12)]  # no value without
    certain = [p for p in found if facts[p]["value"] is not None or p in sure or p in needed]
    open_ = [p for p in found if p not in certain]
    low, high = math.inf, -math.inf
    for r in range(len(open_) + 1):
        for joining in itertools.combinations(open_, r):
            if not (chosen := certain + list(joining)):
                continue
            for end in ("low", "high"):
                if counting:
                    each = [[windows.counts(over, v) for v in windows.corner_values(over, facts[p]["low"], facts[p]["high"])] for p in chosen]
                    got = float(sum((min if end == "low" else max)(e) for e in each))
                else:
                    got = of_values(over, [(found[p], facts[p][end]) for p in chosen], percent)
                low, high = min(low, got), max(high, got)
    low, high = (oracle.clamp(x, *whole) for x in (low, high))
    value = None
    if share(lambda f: f["value"] is not None) >= over["known_for"] - 1e-12:
        pairs = [(w, facts[p]["value"]) for p, w in found.items() if facts[p]["value"] is not None]
        more = sum(1 for p in sure if facts[p]["value"] is None)
        value = oracle.clamp(of_values(over, pairs, percent) + more, *whole)
        low, high = min(low, value), max(high, value)
    known = value is not None and share(lambda f: f["known"]) >= over["known_for"] - 1e-12
    grades = [f["grade"] for f in facts.values() if f["value"] is not None]
    order = windows.WEAKNESS + ("assumed", "typical")
    weakest = max(grades, key=lambda g: min(order.index(g), 4), default="observed")
    if known and weakest in ("assumed", "typical"):  # of a part
        weakest = "judged"
    return {"value": value, "known": known, "grade": weakest, "low": low, "high": high}
