"""Replays a ledger: every operation again from its inputs, with formulas of this file's own.

    python3 tests/oracle/replay.py EXPLAIN.json

EXPLAIN.json is `waystone explain --json`. An operation reads registers (`in`) and numerals of the rule file (`slots`); both must hold what earlier
operations left there, and the result must be what this file makes of them. The last result is the score.

One function per operation, in the table OPERATIONS: arguments (x, s, o) are the values of the registers read, of the slots, and the operation itself,
for what is neither: `low` and `high` of limit and effects, `effects` (the kind of each), `dates`, `last_days`, `has_floor`, `has_reweight`, `from_one_plus`.
Unknown is None.
"""
import json
import math
import sys

import engine_json
import oracle


def any_unknown(x):
    return any(v is None for v in x)


def arithmetic(name):
    return lambda x, s, o: oracle.OPERATORS[name](*x)


def since(unit):
    """Registers: as_of, the date."""
    return lambda x, s, o: oracle.since(unit, *x)


def dated(x, s, o):
    """Register: as_of; the value of the last date on or before it, unless it has ended."""
    value = None
    for day, last, v in zip(o["dates"], o["last_days"], s):
        if day <= x[0]:
            value = v if last is None or x[0] <= last else None
    return value


def mean(kind):
    """Slots: the weights of weighted kinds, then the floor, the order and the least known share, where the operation has them."""
    weighted = kind not in ("product", "highest", "lowest", "median")

    def f(x, s, o):
        extras = list(s[len(x):] if weighted else s)
        weights = list(s[:len(x)]) if weighted else [1.0] * len(x)
        how = {"kind": {"highest": "worst", "lowest": "best"}.get(kind, kind)}
        if o.get("has_floor"):
            how["floor"] = extras.pop(0)
        if kind == "power":
            how["order"] = extras.pop(0)
        known = [(w, v) for w, v in zip(weights, x) if v is not None]
        share = sum(w for w, _ in known) / sum(weights)
        if len(known) < len(x) and (not o.get("has_reweight") or not known or oracle.decimal(share) < oracle.decimal(extras.pop(0))):
            return None
        result = oracle.combine(how, False, [w for w, _ in known], [v for _, v in known])
        return oracle.clamp(result / share if kind == "sum" else result, 0.0, 100.0)
    return f


def goalposts(kind):
    def f(x, s, o):
        c = {"kind": kind, "best": s[0], "worst": s[1], "plus": 1 if o.get("from_one_plus") else 0}
        if kind == "logistic":
            c["steepness"] = s[2]
        return oracle.curve(c, x[0])
    return f


def knots(x, s, o):
    return oracle.curve({"kind": "knots", "knots": list(zip(s[0::2], s[1::2]))}, x[0])


def steps(x, s, o):
    """Slots: edge and score by turns; the first edge is minus infinity."""
    edges = [[None if k == 0 else edge, score] for k, (edge, score) in enumerate(zip(s[0::2], s[1::2]))]
    return oracle.curve({"kind": "steps", "steps": edges}, x[0])


def strength(x, s, o):
    """Registers: value, score of what lowers, truth of each rule that switches it off; slot: points."""
    if x[0] is None or x[1] is None or any(c == 1.0 for c in x[2:]):
        return x[0]
    return oracle.clamp(x[0] - s[0] * (100 - x[1]) / 100, 0.0, 100.0)


def effects(x, s, o):
    """Registers: the value, then truth and amount of each effect."""
    value, low, high = x[0], o.get("low"), o.get("high")
    acting = [(kind, amount) for kind, truth, amount in zip(o["effects"], x[1::2], x[2::2]) if truth == 1.0]
    amounts = {kind: [a for k, a in acting if k == kind] for kind in ("scale", "add", "at_most", "at_least")}
    if value is None or any_unknown(amounts["scale"] + amounts["add"]):
        return None
    for a in amounts["scale"]:
        value *= a
    value = oracle.clamp(value, low, high)
    value = oracle.clamp(value + sum(amounts["add"]), low, high)
    value = oracle.clamp(min([value] + [a for a in amounts["at_most"] if a is not None]), low, high)
    return oracle.clamp(max([value] + [a for a in amounts["at_least"] if a is not None]), low, high)


def adjust(x, s, o):
    """Registers: value, points of an override."""
    return None if any_unknown(x) else oracle.clamp(x[0] + x[1], 0.0, 100.0)


OPERATIONS = {
    "slot": lambda x, s, o: s[0],
    "copy": lambda x, s, o: x[0],
    "dated": dated,
    "known": lambda x, s, o: 0.0 if x[0] is None else 1.0,
    "limit": lambda x, s, o: oracle.clamp(x[0], o.get("low"), o.get("high")),
    "flip": lambda x, s, o: None if x[0] is None else 100 - x[0],
    "linear": goalposts("linear"),
    "logarithmic": goalposts("logarithmic"),
    "logistic": goalposts("logistic"),
    "knots": knots,
    "steps": steps,
    "arithmetic": mean("arithmetic"),
    "geometric": mean("geometric"),
    "harmonic": mean("harmonic"),
    "power_mean": mean("power"),
    "weighted_sum": mean("sum"),
    "product": mean("product"),
    "highest": mean("highest"),
    "lowest": mean("lowest"),
    "median": mean("median"),
    "strength": strength,
    "effects": effects,
    "adjust": adjust,
    "months_since": since("months"),
    "years_since": since("years"),
    "days_since": since("days"),
    **{name: arithmetic(op) for name, op in {
        "add": "+", "subtract": "-", "multiply": "*", "divide": "/", "power": "^", "negate": "neg", "absolute": "abs", "log10": "log", "ln": "ln", "exp": "exp",
        "sqrt": "sqrt", "round_half_up": "round", "round_half_even": "round_half_even", "minimum": "min", "maximum": "max", "clamp": "clamp", "less": "<",
        "less_equal": "<=", "greater": ">", "greater_equal": ">=", "equal": "=", "not_equal": "!=", "between": "between", "and": "and", "or": "or",
        "not": "not", "choose": "if"}.items()},
}
GIVEN = {"input"}  # what comes from outside: nothing to work out


def same(a, b, tolerance=1e-10):
    if a is None or b is None:
        return a is b
    if math.isinf(a) or math.isinf(b):
        return a == b
    return abs(a - b) <= tolerance * max(1.0, abs(a), abs(b))


def replay(ledger, program=None):
    """(number of operations checked, list of what differs) of one ledger. With the program, its numerals must be the program's."""
    results, wrong, checked = {}, [], 0
    for o in ledger["operations"]:
        where = f"register {o['register']}: {o['op']}"
        x, s = o["in_values"], o["slot_values"]
        results[o["register"]] = o["result"]
        if x != [results.get(r) for r in o["in"]]:
            wrong.append(f"{where} reads {x}, not what the registers {o['in']} hold")
        if program and s != [engine_json.number(program["slots"][k]["value"]) for k in o["slots"]] and not weighs(o):
            wrong.append(f"{where} takes {s}, not the slots {o['slots']}")
        if o["op"] in GIVEN:
            continue
        if o["op"] not in OPERATIONS:
            wrong.append(f"{where} is not known here")
            continue
        got = OPERATIONS[o["op"]](x, s, o)
        checked += 1
        if o.get("by_range") and any_unknown(x):
            continue  # the ranges of what is unknown decide; agree.py checks such values
        if not same(got, o["result"]):
            wrong.append(f"{where} of {x} and {s} is {got!r}, not {o['result']!r} ({o['at']})")
    if not ledger["operations"] or ledger["operations"][-1]["result"] != ledger["result"]:
        wrong.append("the last operation is not the score")
    return checked, wrong


def weighs(operation):
    """Weights may come from the viewpoint, not from the slots' own numerals."""
    return operation["op"] in ("arithmetic", "geometric", "harmonic", "power_mean", "weighted_sum")


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    with open(sys.argv[1], encoding="utf-8") as f:
        ledgers = engine_json.ledgers(json.load(f))
    failed = 0
    for viewpoint, ledger in ledgers.items():
        checked, wrong = replay(ledger)
        failed += bool(wrong)
        print(viewpoint or "-", f"{checked} operations, {len(wrong)} differ")
        for line in wrong[:10]:
            print("  " + line)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
