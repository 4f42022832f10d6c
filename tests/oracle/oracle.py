"""A second, slow and obvious implementation of what a rule file means.

Reads the JSON of `waystone list --program --json MODEL SCENARIO` (docs/schema/program.md), takes only its `model` and `scenario`, and works
every score out again by plain recursion. It shares no code and no formula with the engine, so a mistake has to be made twice to go unseen.

    python3 tests/oracle/oracle.py program.json          # prints every node and rule of every country and viewpoint

What unknown facts can't change is known, too: possible.py works out what a value may be. Numbers are floats, unknown is None, yes/no and conditions are 1.0/0.0/None, dates are days since 1970 (never: minus infinity).
"""
import calendar
import copy
import datetime
import json
import math
import sys
from fractions import Fraction

import possible

MEAN_MONTH = Fraction("365.2425") / 12  # days
EPOCH = datetime.date(1970, 1, 1)
HALF = Fraction(1, 2)


def number(x):
    """A number of the JSON: null is unknown, "never" a date that never was."""
    if x is None:
        return None
    if x == "never":
        return -math.inf
    return float(x)


def differs(a, b):
    """By more than rounding."""
    return abs(a - b) > 1e-9 * (1 + abs(b))


def apart(a, b):
    """Whether two boxes have no value in common, by more than rounding."""
    return a.low > b.high and differs(a.low, b.high) or b.low > a.high and differs(b.low, a.high)


def clamp(x, low, high):
    if x is None:
        return None
    if low is not None and x < low:
        return low
    if high is not None and x > high:
        return high
    return x


def or_unknown(x):
    """Arithmetic without a result is unknown."""
    return None if x is None or math.isnan(x) else x


# ---------------------------------------------------------------- decimals and the calendar

def decimal(x):
    """The decimal number that a number stands for: nine decimals below 100,000, from there on fourteen digits, halves away from zero."""
    if math.isinf(x) or abs(x) >= 10 ** 22:
        return x
    digits = 9
    while abs(Fraction(x)) >= Fraction(10) ** (14 - digits):
        digits -= 1
    unit = Fraction(10) ** digits
    size = math.floor(abs(Fraction(x)) * unit + HALF) / unit
    return -size if x < 0 else size


def rounded(x, digits, even):
    """To so many digits, a half in decimals going up, or to the even neighbour."""
    if not math.isfinite(x):
        return x
    unit = Fraction(10) ** int(digits)
    y = Fraction(x) * unit
    if abs(y) < 10 ** 13:
        y = decimal(y)
    return float((round(y) if even else math.floor(y + HALF)) / unit)


def add_months(date, months):
    """The same day of a later month, or its last where it is shorter."""
    year, month = divmod(12 * date.year + date.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1]))


def months_between(start, end):
    """As many whole months as fit, counted one by one, and the days left over as parts of a mean month."""
    if end < start:
        return -months_between(end, start)
    months = 12 * max(end.year - start.year - 1, 0)
    while add_months(start, months + 1) <= end:
        months += 1
    return months + Fraction((end - add_months(start, months)).days) / MEAN_MONTH


def since(unit, now, then):
    """Time from one date to another, both in days since 1970. From a date that never was it is endless."""
    if now is None or then is None:
        return None
    if unit == "days" or math.isinf(then):
        return now - then
    months = months_between(*(EPOCH + datetime.timedelta(days=d) for d in (then, now)))
    return float(months / 12 if unit == "years" else months)


# ---------------------------------------------------------------- curves

def curve_range(curve):
    if curve["kind"] in ("knots", "steps"):
        scores = [float(p[1]) for p in curve[curve["kind"]]]
        return min(scores), max(scores)
    return 0.0, 100.0


def position(value, best, worst):
    """Where a value stands between the goalposts: 0 at the best, 1 at the worst, never beyond."""
    return clamp((value - best) / (worst - best), 0.0, 1.0)


def logarithm_or_bottom(x):
    return math.log(x) if x > 0 else -math.inf


def curve(c, value):
    if value is None:
        return None
    kind = c["kind"]
    if kind == "linear":
        result = 100 * position(value, float(c["best"]), float(c["worst"]))
    elif kind == "logarithmic":
        plus = c["plus"]
        result = 100 * position(logarithm_or_bottom(value + plus), math.log(c["best"] + plus), math.log(c["worst"] + plus))
    elif kind == "logistic":
        k = c["steepness"]

        def s(t):
            return 1 / (1 + math.exp(-k * (t - 0.5)))

        t = position(value, float(c["best"]), float(c["worst"]))
        result = 100 * (s(t) - s(0)) / (s(1) - s(0))
    elif kind == "knots":
        knots = [(float(x), float(y)) for x, y in c["knots"]]
        if value <= knots[0][0]:
            result = knots[0][1]
        elif value >= knots[-1][0]:
            result = knots[-1][1]
        else:
            for (x0, y0), (x1, y1) in zip(knots, knots[1:]):
                if x0 <= value <= x1:
                    result = y0 + (y1 - y0) * (value - x0) / (x1 - x0)
                    break
    elif kind == "steps":
        result = None
        for start, score in c["steps"]:
            if start is None or decimal(value) >= decimal(start):
                result = float(score)
    else:
        raise ValueError("unknown curve " + kind)
    low, high = curve_range(c)
    return clamp(result, low, high)


# ---------------------------------------------------------------- expressions

def compare(op):
    """In decimals, where ties are ties."""
    def f(a, b):
        return None if a is None or b is None else float(op(decimal(a), decimal(b)))
    return f


def strict(f):
    """An operation that is unknown where any operand is, and where it has no result."""
    def g(*args):
        if any(a is None for a in args):
            return None
        try:
            result = or_unknown(float(f(*args)))
            # an overflow is no result either; infinity only comes from a date that never was
            return None if result is not None and math.isinf(result) and all(math.isfinite(a) for a in args) else result
        except (ZeroDivisionError, ValueError, OverflowError):
            return None
    return g


def power(a, b):
    r = a ** b
    if isinstance(r, complex):
        raise ValueError("root of a negative number")
    return r


def logical_and(*args):
    if any(a == 0.0 for a in args):
        return 0.0
    return None if any(a is None for a in args) else 1.0


def logical_or(*args):
    if any(a == 1.0 for a in args):
        return 1.0
    return None if any(a is None for a in args) else 0.0


def logical_not(a):
    return None if a is None else 1.0 - a


def between(x, low, high):
    return logical_and(compare(lambda a, b: a >= b)(x, low), compare(lambda a, b: a <= b)(x, high))


def choose(condition, yes, no):
    if condition is None:
        return yes if yes is not None and no is not None and decimal(yes) == decimal(no) else None
    return yes if condition == 1.0 else no


def clamp_between(x, low, high):
    return max(low, min(high, x))


OPERATORS = {
    "+": strict(lambda a, b: a + b),
    "-": strict(lambda a, b: a - b),
    "*": strict(lambda a, b: a * b),
    "/": strict(lambda a, b: a / b),
    "^": strict(power),
    "neg": strict(lambda a: -a),
    "and": logical_and,
    "or": logical_or,
    "not": logical_not,
    "<": compare(lambda a, b: a < b),
    "<=": compare(lambda a, b: a <= b),
    ">": compare(lambda a, b: a > b),
    ">=": compare(lambda a, b: a >= b),
    "=": compare(lambda a, b: a == b),
    "!=": compare(lambda a, b: a != b),
    "between": between,
    "min": strict(min),
    "max": strict(max),
    "clamp": strict(clamp_between),
    "abs": strict(abs),
    "log": strict(math.log10),
    "ln": strict(math.log),
    "exp": strict(math.exp),
    "sqrt": strict(math.sqrt),
    "round": strict(lambda x, digits=0: rounded(x, digits, even=False)),
    "round_half_even": strict(lambda x, digits=0: rounded(x, digits, even=True)),
    "if": choose,
}
SINCE = {"months_since": "months", "years_since": "years", "days_since": "days"}
LEAVES = {"number", "name", "score", "known", "holds", "as_of", "horizon"}


CONNECTIVES = {"and", "or", "not"}


def names_read(expression):
    """The distinct names of nodes that an expression reads; `holds` apart, and names of which only is asked whether they are known."""
    if expression["op"] in ("name", "score"):
        return {expression["name"]}
    if expression["op"] == "known":
        return set()
    return set().union(set(), *(names_read(a) for a in expression.get("args", [])))


# ---------------------------------------------------------------- combinations

def median(values):
    v = sorted(values)
    n = len(v)
    return v[n // 2] if n % 2 else (v[n // 2 - 1] + v[n // 2]) / 2


def combine(how, higher_is_better, weights, scores):
    """Members that are all known; weights as written (parts or percent), equal ones where the kind has none."""
    kind = how["kind"]
    if kind == "worst":
        return min(scores) if higher_is_better else max(scores)
    if kind == "best":
        return max(scores) if higher_is_better else min(scores)
    if kind == "median":
        return median(scores)
    if kind == "product":
        result = 100.0
        for s in scores:
            result *= s / 100
        return result
    if kind == "sum":
        return sum(w * s for w, s in zip(weights, scores))
    total = sum(weights)
    shares = [w / total for w in weights]
    floor = how.get("floor")
    if floor is not None:
        scores = [max(s, float(floor)) for s in scores]
    if kind == "arithmetic":
        return sum(w * s for w, s in zip(shares, scores))
    if kind == "geometric":
        return math.exp(sum(w * math.log(s) for w, s in zip(shares, scores)))
    if kind == "harmonic":
        return 1 / sum(w / s for w, s in zip(shares, scores))
    if kind == "power":
        p = float(how["order"])
        return sum(w * s ** p for w, s in zip(shares, scores)) ** (1 / p)
    raise ValueError("unknown combination " + kind)


# ---------------------------------------------------------------- a model

class Model:
    def __init__(self, program):
        model = program["model"]
        self.main = model.get("main")
        self.viewpoints = list(model.get("viewpoints") or []) or [""]
        self.nodes = {n["name"]: n for n in model["nodes"]}
        self.rules = {r["name"]: r for r in model["rules"]}
        self.acting_on = {}
        for name in sorted(self.rules):
            for effect in self.rules[name]["effects"]:
                self.acting_on.setdefault(effect["target"], []).append((name, effect))

    def without_effects(self, rule):
        other = copy.copy(self)
        other.acting_on = {target: [(r, e) for r, e in acting if r != rule] for target, acting in self.acting_on.items()}
        return other

    def outputs(self):
        return [n for n, d in self.nodes.items() if d["kind"] == "output"]

    def factors(self):
        return [n for n, d in self.nodes.items() if d["kind"] in ("factor", "output")]


class Evaluation:
    """One country, one viewpoint, one set of inputs. Everything is worked out when it is first asked for."""

    def __init__(self, model, inputs, viewpoint, as_of, horizon_years, overrides=None):
        self.model, self.inputs, self.viewpoint = model, inputs, viewpoint
        self.as_of, self.horizon = float(as_of), float(horizon_years)
        self.overrides = overrides or {}
        self.finals, self.befores, self.truths, self.covers, self.judgements = {}, {}, {}, {}, {}
        self.neutrals = {}
        self.possible = possible.Possible(self)  # asked wherever no value is found: there may be but one

    # -- values

    def value(self, name):
        """The final value: after rules and overrides."""
        if name not in self.finals:
            self.finals[name] = self.finish(name)
        return self.finals[name]

    def score(self, name):
        node = self.model.nodes[name]
        if node["kind"] in ("factor", "output"):
            return self.value(name)
        found = curve(node["score"], self.value(name))
        return possible.point(self.possible.score(name)) if found is None else found

    def raw(self, e):
        """An operation on the values of its operands."""
        op = e["op"]
        args = [self.evaluate(a) for a in e["args"]]
        return self.since(op, args[0]) if op in SINCE else OPERATORS[op](*args)

    def since(self, op, then):
        return since(SINCE[op], self.as_of, then)

    def evaluate(self, e):
        op = e["op"]
        if op == "number":
            return number(e["value"])
        if op == "name":
            return self.value(e["name"])
        if op == "score":
            return self.score(e["name"])
        if op == "known":
            return 0.0 if self.value(e["name"]) is None else 1.0
        if op == "holds":
            return self.holds(e["name"])
        if op == "as_of":
            return self.as_of
        if op == "horizon":
            return self.horizon
        found = self.raw(e)
        return possible.point(self.possible.expression(e)) if found is None else found

    def holds(self, rule):
        """1.0, 0.0, or None where it can't be known."""
        if rule not in self.truths:
            self.truths[rule] = self.evaluate(self.model.rules[rule]["when"])
        return self.truths[rule]

    def limits(self, node):
        if node["kind"] in ("factor", "output"):
            return 0.0, 100.0
        return number(node.get("low")), number(node.get("high"))

    def before_rules(self, name):
        if name not in self.befores:
            found = self.work_out(name)
            self.befores[name] = possible.point(self.possible.before_rules(name)) if found is None else found
        return self.befores[name]

    def work_out(self, name):
        node = self.model.nodes[name]
        kind = node["kind"]
        if kind == "indicator":
            return number(self.inputs.get(name, {}).get("value"))
        if kind == "parameter":
            current = None
            for (start, v), end in zip(node["from"], node["until"]):
                if start is None or start <= self.as_of:
                    current = number(v) if end is None or self.as_of <= end else None
            return current
        if kind == "derived":
            return clamp(self.evaluate(node["value"]), number(node.get("low")), number(node.get("high")))
        return self.lower(node, self.combined(node))

    def combined(self, node):
        found = self.raw_combined(node)
        return possible.point(self.possible.combined(node)) if found is None else found

    def raw_combined(self, node):
        how = node["combine"]
        if how["kind"] == "expression":
            return clamp(self.evaluate(how["value"]), 0.0, 100.0)
        weights = self.weights(node)
        scores = [self.member_score(m) for m in node["members"]]
        if all(s is not None for s in scores):
            return clamp(combine(how, node["higher_is_better"], [float(w) for w in weights], scores), 0.0, 100.0)
        known = [(w, s) for w, s in zip(weights, scores) if s is not None]
        need = node.get("reweight")
        if need is None or not known:
            return None
        share = sum(w for w, _ in known) / sum(weights)
        if decimal(share) < decimal(Fraction(str(need))):
            return None
        result = combine(how, node["higher_is_better"], [float(w) for w, _ in known], [s for _, s in known])
        if how["kind"] == "sum":
            result /= float(share)
        return clamp(result, 0.0, 100.0)

    def weights(self, node):
        written = node.get("weights")
        if not written:
            return [Fraction(1)] * len(node["members"])
        row = written[self.viewpoint] if self.viewpoint in written else written[""]
        return [Fraction(str(w)) for w in row]

    def member_score(self, member):
        s = self.score(member["name"])
        if s is not None and member.get("flip"):
            return 100 - s
        return s

    def lower(self, node, value):
        """Strengths: each lowers by its points times how good it is, unless a rule that switches it off holds."""
        if value is None:
            return None
        for strength in node.get("strengths") or []:
            if any(self.holds(r) == 1.0 for r in strength.get("unless") or []):
                continue
            s = self.score(strength["name"])
            if s is not None:
                value -= float(strength["points"]) * (100 - s) / 100
        return clamp(value, 0.0, 100.0)

    def finish(self, name):
        """Rules on what was worked out, then the override."""
        value = self.raw_finish(name)
        if value is None:
            value = possible.point(self.possible.ruled(name))
        if name not in self.overrides:
            return value
        if value is None:
            return possible.point(self.possible.overridden(name, self.possible.ruled(name)))
        return clamp(value + float(self.overrides[name]), *self.limits(self.model.nodes[name]))

    def raw_finish(self, name):
        value = self.before_rules(name)
        node = self.model.nodes[name]
        low, high = self.limits(node)
        effects = {"scale": [], "add": [], "at_most": [], "at_least": []}
        for rule, effect in self.model.acting_on.get(name, []):
            if self.holds(rule) == 1.0:
                effects[effect["kind"]].append(self.amount(effect))
        if any(e is not None for group in effects.values() for e in group) or effects["scale"] or effects["add"]:
            if value is None or None in effects["scale"] or None in effects["add"]:
                value = None
            else:
                for factor in effects["scale"]:
                    value *= factor
                value = clamp(value, low, high)
                value = clamp(value + sum(effects["add"]), low, high) if effects["add"] else value
                caps = [e for e in effects["at_most"] if e is not None]
                value = clamp(min([value] + caps), low, high)
                floors = [e for e in effects["at_least"] if e is not None]
                value = clamp(max([value] + floors), low, high)
        return value

    def amount(self, effect):
        """Of a floor or cap of unknown amount, what is sure of it: the least of a floor, the most of a cap."""
        known = self.evaluate(effect["amount"])
        if known is not None or effect["kind"] not in ("at_most", "at_least"):
            return known
        box = self.possible.expression(effect["amount"])
        if box.gap:
            return None
        return box.low if effect["kind"] == "at_least" else box.high

    # -- rules

    def neutral(self, rule):
        """The same without a rule's effects. Its condition stays."""
        if rule not in self.neutrals:
            self.neutrals[rule] = Evaluation(self.model.without_effects(rule), self.inputs, self.viewpoint, self.as_of, self.horizon, self.overrides)
        return self.neutrals[rule]

    def binds_on(self, rule, target):
        """Would this target's final value be another without the rule's effects, on this and other targets? By more than rounding."""
        if self.holds(rule) != 1.0:
            return False
        a, b = self.neutral(rule).value(target), self.value(target)
        if a is None and b is None:
            return self.binds_on_unknown(rule, target)
        return (a is None) != (b is None) or differs(a, b)

    def binds_on_unknown(self, rule, target):
        """Of a target without a value: surely another, whatever it is. Its bounds lie apart, or points are added that nothing cuts, lifts or caps. What never has one is no other."""
        given = self.possible.value(target)
        other = self.neutral(rule).possible.value(target)
        if possible.NEVER in (given.gap, other.gap):
            return False
        if apart(given, other):
            return True
        acting = self.model.acting_on[target]
        own = [e for r, e in acting if r == rule]
        low, high = self.limits(self.model.nodes[target])
        limited = any(e["kind"] in ("at_most", "at_least") and self.possible.may_act(r, e) for r, e in acting)
        if target in self.overrides or limited or any(e["kind"] != "add" for e in own) or not (given.low > low and given.high < high):
            return False
        boxes = [self.possible.expression(e["amount"]) for e in own]
        return apart(possible.Box(sum(b.low for b in boxes), sum(b.high for b in boxes), False, False), possible.certain(0.0))

    def binds(self, rule):
        return any(self.binds_on(rule, e["target"]) for e in self.model.rules[rule]["effects"])

    # -- coverage and judgement

    def reads(self, e):
        """(names that count as they are, names in whose place something else was put) of an expression."""
        op = e["op"]
        if op in ("name", "score"):
            return {e["name"]}, set()
        if op in CONNECTIVES | {"known", "holds"}:
            return names_read(e), self.blamed(e)
        if op != "if":
            return self.reads_all(e.get("args", []))
        condition, yes, no = e["args"]
        truth = self.evaluate(condition)
        if truth is None:
            names, filled = self.reads_all([yes, no])
            return names | names_read(condition), filled
        taken, other = (yes, no) if truth == 1.0 else (no, yes)
        missing = self.blamed(condition)
        if not missing:
            names, filled = self.reads(taken)
            return names | names_read(condition), filled
        if self.evaluate(taken) is None:  # what was put in its place has no value either
            names, filled = self.reads(taken)
            return names | missing, filled
        # taken because something is unknown: put in the place of the other branch
        return self.values_read(taken) & self.reads(other)[0], missing

    def reads_all(self, expressions):
        pairs = [self.reads(e) for e in expressions]
        return set().union(set(), *(n for n, _ in pairs)), set().union(set(), *(f for _, f in pairs))

    def values_read(self, e):
        """Names whose value goes into the result, not those that only choose a branch."""
        op = e["op"]
        if op in ("name", "score"):
            return {e["name"]}
        if op in ("known", "holds"):
            return set()
        args = e.get("args", [])
        if op == "if":
            truth = self.evaluate(args[0])
            args = args[1:] if truth is None else [args[1] if truth == 1.0 else args[2]]
        return set().union(set(), *(self.values_read(a) for a in args))

    def blamed(self, e):
        """The unknown names without whose being unknown a condition might have another truth; empty where it is as it is anyhow."""
        op, args = e["op"], e.get("args", [])
        if op == "known":
            parameter = self.model.nodes[e["name"]]["kind"] == "parameter"  # not in force: nothing that anybody could know
            return {e["name"]} if self.value(e["name"]) is None and not parameter else set()
        if op == "holds":
            return self.blamed(self.model.rules[e["name"]]["when"])
        if op == "name":
            node = self.model.nodes[e["name"]]
            return self.blamed(node["value"]) if node["kind"] == "derived" else set()
        if op == "not":
            return self.blamed(args[0])
        if op in ("and", "or"):
            truth = self.evaluate(e)
            if truth is None:
                return set()
            parts = [self.blamed(a) for a in args if self.evaluate(a) == truth]
            if truth == (0.0 if op == "and" else 1.0) and not all(parts):
                return set()
            return set().union(set(), *parts)
        if op == "if":
            truth = self.evaluate(args[0])
            if truth is None:
                return set()
            return self.blamed(args[0]) or self.blamed(args[1] if truth == 1.0 else args[2])
        return self.deciding_among(e, sorted(set().union(set(), *(self.blamed_in_count(a) for a in args))))

    def deciding_among(self, e, names):
        """Of the unknown names that a comparison counts, those that decide it: with some of the others known it would turn if this one became known."""
        def turned(a, b):
            return a is not None and b is not None and a != b

        if len(names) > 8:  # all of them where one alone, or the first few together, would turn it
            truth = self.evaluate(e)
            sets = [{n} for n in names] + [set(names[:k + 1]) for k in range(len(names))]
            return set(names) if any(turned(truth, self.supposed(e, known)) for known in sets) else set()
        truths = {}
        for bits in range(1 << len(names)):
            truths[bits] = self.supposed(e, {n for k, n in enumerate(names) if bits >> k & 1})
        return {n for k, n in enumerate(names) if any(turned(t, truths[bits | 1 << k]) for bits, t in truths.items())}

    def asks_known(self, e):
        """Whether `known` is asked in what an expression is worked out from, as far as rules don't act on that."""
        op = e["op"]
        if op == "holds":
            return self.asks_known(self.model.rules[e["name"]]["when"])
        if op == "name":
            node = self.model.nodes[e["name"]]
            moved = any(effect["target"] == e["name"] for rule in self.model.rules.values() for effect in rule["effects"])
            return node["kind"] == "derived" and not moved and self.asks_known(node["value"])
        return op == "known" or any(self.asks_known(a) for a in e.get("args", []))

    def supposed(self, e, known):
        """What an expression would come to if some names were known of which it only asks that; a filled-in value stays as it is."""
        op, args = e["op"], e.get("args", [])
        if not self.asks_known(e):
            return self.evaluate(e)
        if op == "known":
            return 1.0 if e["name"] in known else self.evaluate(e)
        if op == "holds":
            return self.supposed(self.model.rules[e["name"]]["when"], known)
        if op == "name":
            node = self.model.nodes[e["name"]]
            return clamp(self.supposed(node["value"], known), number(node.get("low")), number(node.get("high")))
        values = [self.supposed(a, known) for a in args]
        if op in SINCE:
            return self.since(op, values[0])
        return OPERATORS[op](*values)

    def blamed_in_count(self, e):
        """Of a number that is compared: where it counts what is known (`if known(x) then 1 else 0`)."""
        op, args = e["op"], e.get("args", [])
        if op in CONNECTIVES | {"known", "holds"}:
            return self.blamed(e)
        if op == "name":
            node = self.model.nodes[e["name"]]
            return self.blamed_in_count(node["value"]) if node["kind"] == "derived" else set()
        if op == "if":
            return set() if names_read(args[1]) | names_read(args[2]) else self.blamed(args[0])
        return set().union(set(), *(self.blamed_in_count(a) for a in args))

    def share(self, name, leaf, memory, parameter, filled_in):
        """Weight-mean over what a node rests on; `leaf` gives it for a datum, `filled_in` is what a name counts that was filled in."""
        if name in memory:
            return memory[name]
        node = self.model.nodes[name]
        kind = node["kind"]

        def mean_of(expression):
            names, filled = self.reads(expression)
            values = [filled_in if n in filled else self.share(n, leaf, memory, parameter, filled_in) for n in sorted(names | filled)]
            return sum(values) / len(values) if values else parameter

        if kind == "indicator":
            result = leaf(self.inputs.get(name))
        elif kind == "parameter":
            result = parameter
        elif kind == "derived":
            result = mean_of(node["value"])
        elif node["combine"]["kind"] == "expression":
            result = mean_of(node["combine"]["value"])
        else:
            weights = [float(w) for w in self.weights(node)]
            shares = [self.share(m["name"], leaf, memory, parameter, filled_in) for m in node["members"]]
            result = sum(w * s for w, s in zip(weights, shares)) / sum(weights)
        memory[name] = result
        return result

    def coverage(self, name):
        return self.share(name, datum_known, self.covers, 1.0, 0.0)

    def judgement(self, name):
        return self.share(name, datum_judged, self.judgements, 0.0, 1.0)


def datum_known(datum):
    """A datum with a value, not one that a missing policy filled in. `known` and `grade` are optional in the JSON."""
    if datum is None or datum.get("value") is None:
        return 0.0
    if "known" in datum:
        return float(bool(datum["known"]))
    return 0.0 if datum.get("grade") in ("assumed", "typical") else 1.0


def datum_judged(datum):
    if datum is None or datum.get("value") is None:
        return 0.0
    return 1.0 if datum.get("grade") in ("judged", "assumed", "typical") else 0.0


def evaluations(program, model=None):
    """(country, viewpoint, Evaluation) of all countries and viewpoints of a program with a scenario."""
    model = model or Model(program)
    scenario = program["scenario"]
    for country in scenario["countries"]:
        for viewpoint in model.viewpoints:
            yield country["code"], viewpoint, Evaluation(
                model, country["inputs"], viewpoint, scenario["as_of"], scenario["horizon_years"], country.get("overrides"))


def results(program):
    """What the engine's results are compared with: {(country, viewpoint): {"nodes": …, "rules": …}}."""
    model = Model(program)
    out = {}
    for code, viewpoint, ev in evaluations(program, model):
        nodes = {}
        for name, node in model.nodes.items():
            has_score = node["kind"] in ("factor", "output") or node.get("score") is not None
            nodes[name] = {"kind": node["kind"], "value": ev.value(name), "score": ev.score(name) if has_score else None,
                           "coverage": ev.coverage(name), "judgement": ev.judgement(name)}
        rules = {}
        for name, rule in model.rules.items():
            truth = ev.holds(name)
            rules[name] = {"holds": None if truth is None else truth == 1.0, "binds": ev.binds(name),
                           "targets": {e["target"]: ev.binds_on(name, e["target"]) for e in rule["effects"]}}
        out[code, viewpoint] = {"nodes": nodes, "rules": rules}
    return out


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    with open(sys.argv[1], encoding="utf-8") as f:
        program = json.load(f)
    for (code, viewpoint), r in results(program).items():
        print(code, viewpoint)
        for name, n in r["nodes"].items():
            print(f"  {name:32} value {n['value']!r} score {n['score']!r} coverage {n['coverage']:.6g}")
        for name, x in r["rules"].items():
            print(f"  rule {name:27} {x['holds']} {'binds' if x['binds'] else ''}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
