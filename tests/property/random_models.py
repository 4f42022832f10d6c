"""Random rule files and scenarios, for comparing the engine with the oracle.

    python3 tests/property/random_models.py SEED DIRECTORY [--kind any|flat|tree]

The same seed gives the same files. Every model is one that the checker accepts: units fit, weights add up, nothing is unused or read in a circle (a node
and what acts on it read earlier nodes only), no condition is always or never true. Kinds:

any   everything the language has
flat  one output over up to eight indicators, each read once: small enough for brute force over all coalitions
tree  factors within factors and monotone curves, no fact read twice: the bounds must be those of the corners
"""
import argparse
import datetime
import math
import os
import random
import re
from fractions import Fraction

from edges import Edges, later
from history import History

EPOCH = datetime.date(1970, 1, 1)
SIGN = 'judged by "Waystone model desk" on 2026-11-01 because "made up for a test"'
CODES = ("free", "managed", "pegged", "fixed")


def days(date):
    return (date - EPOCH).days


def num(x):
    """Shortest decimal, without an exponent."""
    text = format(round(float(x), 10), ".10f").rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def with_unit(x, unit):
    x = num(x)
    return {"percent": x + "%", "share": x + " share", "years": x + " years", "months": x + " months", "days": x + " days",
            "count": x + " count", "USD": x + " USD", "points": x + " points"}.get(unit, x)


class Ex:
    """An expression with a unit and the interval it lies in if its names take any value of theirs."""

    def __init__(self, text, unit, low, high):
        self.text, self.unit, self.low, self.high = text, unit, min(low, high), max(low, high)


class Node:
    def __init__(self, name, kind, unit, low, high, **more):
        self.name, self.kind, self.unit, self.low, self.high = name, kind, unit, low, high
        self.scored = False      # may be a member
        self.higher = False      # factor or output: higher is better
        self.missing = None
        self.codes = ()
        self.step = None         # of a level
        self.lines = []          # inside the braces; order is free
        self.head = ""
        self.position = 0
        self.groups = []         # line indices of `parts` members, for scaling them all
        self.__dict__.update(more)

    def text(self, lines=None):
        return self.head + " {\n" + "".join("  " + line + "\n" for line in lines or self.lines) + "}\n"


class Generated:
    """What a seed gave. `declarations`: texts; `scenario`: text; `facts`: (country, indicator) -> what the engine should make of it."""

    def __init__(self):
        self.declarations, self.scenario, self.facts, self.overrides = [], "", {}, {}
        self.countries, self.viewpoints, self.nodes = [], [], {}

    def shuffled(self, rng):
        """The same declarations in another order, and the lines of each node in another order."""
        written = {n.text(): n for n in self.nodes.values()}
        texts = []
        for text in self.declarations:
            if text in written:
                node = written[text]
                lines = list(node.lines)
                rng.shuffle(lines)
                dated = iter([x for x in node.lines if x.startswith("from ")])  # dates ascend
                lines = [next(dated) if x.startswith("from ") else x for x in lines]
                text = node.text(lines)
            texts.append(text)
        rng.shuffle(texts)
        return texts

    def write(self, directory, declarations=None, scenario=None):
        os.makedirs(directory, exist_ok=True)
        with open(os.path.join(directory, "model.risk"), "w", encoding="utf-8") as f:
            f.write("\n".join(declarations or self.declarations))
        with open(os.path.join(directory, "scenario.toml"), "w", encoding="utf-8") as f:
            f.write(scenario or self.scenario)
        if self.history.relation:
            with open(os.path.join(directory, "relation.csv"), "w", encoding="utf-8") as f:
                f.write(self.history.table())


class Generator:
    def __init__(self, seed, kind="any", edges=True):
        self.rng = random.Random(f"{kind} {seed}")
        self.limits_rng = random.Random(f"limits {kind} {seed}")  # its own, so that limits change nothing else of a model
        self.kind = kind
        self.nodes, self.rules, self.used, self.groups, self.blocks = [], [], set(), {}, []
        self.serial = 0
        self.viewpoint_nodes = {}  # node name -> members
        r = self.rng
        self.edges = Edges(seed, kind, edges)
        self.history = History(seed, kind, edges)
        self.as_of = self.edges.as_of(datetime.date(r.randint(2011, 2024), r.randint(1, 12), r.randint(1, 28)))
        self.figures = {}  # of an indicator whose sum with others ties: country -> value
        self.viewpoints = ["alpha", "beta", "gamma"][:r.choice((2, 2, 3))] if kind != "tree" and r.random() < (0.6 if kind == "any" else 0.4) else []

    # ------------------------------------------------------------ small choices

    def chance(self, p):
        return self.rng.random() < p

    def name(self, stem):
        self.serial += 1
        # names in no alphabetical order of making, so that the canonical order isn't the order of the file
        return f"{stem}_{self.rng.choice('abcdefghijklmnopqrstuvwxyz')}{self.serial}"

    def between(self, low, high, a=0.0, b=1.0):
        """A few significant digits, strictly inside [low, high]."""
        t = a + (b - a) * self.rng.random()
        x = low + (high - low) * t
        digits = 3
        while digits < 12:
            rounded = float(f"%.{digits}g" % x)
            if low < rounded < high:
                return rounded
            digits += 1
        return x

    def add(self, node):
        node.position = len(self.nodes)
        self.nodes.append(node)
        return node

    # ------------------------------------------------------------ indicators

    def indicator(self, scored=True, monotone=False, types=None):
        r = self.rng
        kind = types and r.choice(types) or r.choice(
            ("number",) * 6 + ("level", "level", "yes/no", "code") + (() if scored else ("date", "date", "number")))
        node = Node(self.name("ind"), "indicator", kind, 0, 1)
        node.head = f'indicator {node.name} "Indicator {node.name}"'
        node.scored = scored
        getattr(self, {"number": "number_", "level": "level_", "yes/no": "yes_no_", "code": "code_", "date": "date_"}[kind])(node, monotone)
        self.missing(node)
        node.lines.append(r.choice(("cites src_a", "cites src_b", SIGN, "cites src_a, src_b")))
        if self.chance(0.1):
            node.lines.append(f'label de "Anzeiger {node.name}"')
        return self.add(node)

    def number_(self, node, monotone):
        r = self.rng
        node.unit = r.choice(("percent", "percent", "share", "years", "months", "days", "count", "USD", "points", "plain"))
        node.low, node.high = {
            "percent": lambda: r.choice(((0, 100), (-10, 30), (0, 20), (-50, 50))),
            "share": lambda: r.choice(((0, 1), (0, 0.5))),
            "years": lambda: r.choice(((0, 40), (0, 12))),
            "months": lambda: (0, r.choice((24, 120))),
            "days": lambda: (0, r.choice((90, 1000))),
            "count": lambda: (0, r.choice((12, 5000))),
            "USD": lambda: r.choice(((0, 1000), (100, 90000))),
            "points": lambda: (0, 100),
            "plain": lambda: r.choice(((-5, 5), (0, 3), (1, 10000))),
        }[node.unit]()
        u = node.unit
        node.lines += [f"unit {u}", f"range {with_unit(node.low, u)} to {with_unit(node.high, u)}"]
        if node.scored:
            node.lines.append(self.curve(node.low, node.high, u, monotone))
        if self.chance(0.25) and self.kind != "flat":
            node.stale = (self.edges.length(r.randint(6, 24), "months"), r.choice((0, 4, 10, 25)))
            node.lines.append(f"stale after {node.stale[0].text}" + (f", widen {node.stale[1]}% a year" if node.stale[1] else ""))

    def curve(self, low, high, unit, monotone=False):
        r = self.rng
        a, b = self.between(low, high, 0.03, 0.3), self.between(low, high, 0.65, 0.97)
        down = self.chance(0.4)
        goalposts = f"best {with_unit(b if down else a, unit)}, worst {with_unit(a if down else b, unit)}"
        kind = r.choice(("linear", "linear", "logarithmic", "logistic", "knots", "knots", "steps"))
        if kind == "logarithmic" and a > 0 and self.chance(0.6):
            return goalposts + ", logarithmic"
        if kind == "logarithmic" and a >= 0:
            return goalposts + ", logarithmic from 1 plus value"
        if kind == "logistic":
            return goalposts + ", logistic" + (f" steepness {num(self.between(2, 14))}" if self.chance(0.5) else "")
        if kind in ("knots", "steps"):
            n = r.randint(2, 5)
            xs = sorted({float(self.between(low, high, 0.05, 0.95)) for _ in range(n)} | {float(a), float(b)})
            ys = sorted([0.0, 100.0] + [round(r.uniform(1, 99), 1) for _ in range(len(xs) - 2)])
            if not monotone and kind == "knots" and len(xs) > 2 and self.chance(0.3):
                r.shuffle(ys)
            elif down:
                ys.reverse()
            if kind == "knots":
                return "curve through " + " ".join(f"({with_unit(x, unit)}, {num(y)})" for x, y in zip(xs, ys))
            return f"curve steps {num(ys[0])}, " + ", ".join(f"{num(y)} from {with_unit(x, unit)}" for x, y in zip(xs[1:], ys[1:]))
        return goalposts

    def level_(self, node, monotone):
        r = self.rng
        top = r.choice((2, 3, 4, 4, 6, 8))
        node.unit, node.low, node.high = "level", 0, top
        half = self.chance(0.5)
        node.step = 0.5 if half else 1
        node.lines.append("levels" + (" best last" if self.chance(0.3) else "") + " {")
        last = "best last" in node.lines[-1]
        given = {}
        if self.chance(0.4) and top > 2:
            level = r.randint(1, top - 1)
            straight = 100 * level / top
            given[level] = round(min(97, max(3, (100 - straight if last else straight) + r.uniform(-8, 8))), 1)
        text = [node.lines.pop()]
        text += [f'    {k} "level {k} in words"' + (f" scores {num(given[k])}" if k in given else "") for k in range(top + 1)]
        node.lines.append("\n".join(text) + "\n  }")
        if half:
            node.lines.append("half steps")
        node.scored = True

    def yes_no_(self, node, monotone):
        node.lines.append("unit yes/no")
        if node.scored:
            node.lines.append(self.rng.choice(("best yes, worst no", "best no, worst yes")))

    def code_(self, node, monotone):
        r = self.rng
        node.codes = CODES[:r.randint(2, 4)]
        node.high = len(node.codes) - 1
        node.lines.append(f"unit code({', '.join(node.codes)})")
        scores = [0.0, 100.0] + [round(r.uniform(5, 95), 1) for _ in node.codes[2:]]
        r.shuffle(scores)
        node.lines.append("levels {\n" + "".join(f'    {c} "regime {c} in words" scores {num(s)}\n' for c, s in zip(node.codes, scores)) + "  }")
        node.scored = True

    def date_(self, node, monotone):
        node.lines.append("unit date")
        node.low = node.high = None
        node.scored = False

    def value_text(self, node, x):
        if node.unit == "yes/no":
            return "yes" if x else "no"
        return with_unit(x, node.unit)

    def missing(self, node):
        r = self.rng
        kinds = ["unknown"] * 4 + ["refuse"] + ["carry"] * (self.kind != "flat")  # flat models want every fact
        if node.unit not in ("date", "code", "yes/no"):
            kinds += ["assume", "assume", "typical"]
        elif node.unit == "yes/no":
            kinds += ["assume"]
        kind = "unknown" if self.kind == "tree" else r.choice(kinds)
        node.missing = (kind,)
        if kind == "assume" and node.unit == "yes/no":
            node.missing = (kind, 1.0 if self.chance(0.5) else 0.0, None, None)
            node.lines.append(f'missing assume {self.value_text(node, node.missing[1])}, because "made up"')
        elif kind == "assume":
            if node.step:
                low = float(r.randint(0, int(node.high) - 1))
                high = float(r.randint(int(low) + 1, int(node.high)))
                value = float(r.randint(int(low), int(high)))
            else:
                low, value, high = sorted((self.between(node.low, node.high), self.between(node.low, node.high), self.between(node.low, node.high)))
            u = node.unit
            ranged = low < high and low <= value <= high and self.chance(0.7)
            node.missing = (kind, value, low if ranged else None, high if ranged else None)
            node.lines.append(f"missing assume {with_unit(value, u)}" +
                              (f", between {with_unit(low, u)} and {with_unit(high, u)}" if ranged else "") + ', because "made up"')
        elif kind == "carry":
            node.missing = (kind, self.edges.length(r.randint(1, 3), "years"))
            node.lines.append(f"missing carry forward up to {node.missing[1].text}")
        elif kind == "typical":
            value = float(r.randint(0, int(node.high))) if node.step else self.between(node.low, node.high)
            group = r.choice(("peers", "others"))
            self.groups.setdefault(group, []).append((node.name, with_unit(value, node.unit)))
            node.missing = (kind, value)
            node.lines.append(f"missing typical of {group}")
        else:
            node.lines.append("missing " + kind)

    # ------------------------------------------------------------ expressions

    def use(self, node):
        self.used.add(node.name)
        return node

    @staticmethod
    def names_in(text):
        return re.findall(r"\b(?:ind|par|drv|fac)_[a-z]\d+", text)

    def readable(self, before, *kinds):
        return [n for n in self.nodes[:before] if n.kind in kinds and not (n.kind == "derived" and n.unit == "yes/no")]

    def atom(self, before):
        """A plain number made of one name."""
        r = self.rng
        pool = [n for n in self.readable(before, "indicator", "parameter", "derived", "factor", "output") if n.unit not in ("date", "code", "yes/no")]
        pool += [n for n in self.readable(before, "indicator") if n.scored]
        fresh = [n for n in pool if n.name not in self.used]
        if not pool:
            return Ex(num(r.randint(1, 9)), "plain", 1, 9)
        n = self.use(r.choice(fresh if fresh and self.chance(0.6) else pool))
        if n.kind == "indicator" and n.scored and (n.unit in ("code", "yes/no", "level") or self.chance(0.4)):
            return Ex(f"(score of {n.name} in points)", "plain", 0, 100)
        if n.kind in ("factor", "output"):
            return Ex(r.choice((f"({n.name} in points)", f"(score of {n.name} in points)")), "plain", 0, 100)
        if n.unit == "level":
            return Ex(f"({n.name} + 0)", "plain", n.low, n.high)
        if n.unit == "plain":
            return Ex(n.name, "plain", n.low, n.high)
        if n.unit == "percent" and self.chance(0.4):
            return Ex(f"({n.name} in share)", "plain", n.low / 100, n.high / 100)
        if n.unit == "months" and self.chance(0.4):
            return Ex(f"({n.name} in years)", "plain", n.low / 12, n.high / 12)
        return Ex(f"({n.name} in {n.unit})", "plain", n.low, n.high)

    def dates(self, before):
        return [n for n in self.readable(before, "indicator") if n.unit == "date"]

    def plain(self, before, depth):
        """A plain number, with every operator there is."""
        r = self.rng
        if depth <= 0 or self.chance(0.15):
            if self.chance(0.15):
                return r.choice((Ex("(horizon in years)", "plain", 0.5, 20), Ex("(horizon in months)", "plain", 6, 240)))
            if self.chance(0.2):
                x = self.between(-5, 20)
                return Ex(f"({num(x)})" if x < 0 else num(x), "plain", x, x)
            return self.atom(before)
        kind = r.choice(("+", "-", "*", "/", "unit /", "^", "neg", "min", "max", "clamp", "abs", "log", "ln", "exp", "sqrt", "round", "half even", "if", "if",
                         "percents", "since", "known"))
        a = self.plain(before, depth - 1)
        if kind in "+-*":
            b = self.plain(before, depth - 1)
            ends = {"+": (a.low + b.low, a.high + b.high), "-": (a.low - b.high, a.high - b.low),
                    "*": self.hull(x * y for x in (a.low, a.high) for y in (b.low, b.high))}[kind]
            return Ex(f"({a.text} {kind} {b.text})", "plain", *ends)
        if kind == "/":  # may divide by zero
            b = self.plain(before, depth - 1)
            if b.low == b.high == 0:
                return a
            ends = self.hull(x / y for x in (a.low, a.high) for y in (b.low, b.high)) if b.low * b.high > 0 else (-1e6, 1e6)
            return Ex(f"({a.text} / {b.text})", "plain", *ends)
        if kind == "unit /":
            pool = [n for n in self.readable(before, "indicator") if n.unit in ("years", "USD", "count", "months") and n.high > 0]
            if pool:
                n = self.use(r.choice(pool))
                top = self.between(1, n.high)
                return Ex(f"({n.name} / {with_unit(top, n.unit)})", "plain", n.low / top, n.high / top)
            return a
        if kind == "^":
            if self.chance(0.5):
                b = r.choice((2, 3))
                return Ex(f"(-{a.text} ^ {b})" if self.chance(0.3) else f"{a.text} ^ {b}", "plain", *self.hull(
                    s * x ** b for x in (a.low, a.high, 0.0) for s in (1, -1)))
            if self.chance(0.3):  # anything to the power of anything
                base = r.choice((0.5, 0.9, 1, 2))
                return Ex(f"{num(base)} ^ clamp({a.text}, -3, 4)", "plain", 0.06, 16)
            b = self.between(0.2, 1.5)
            return Ex(f"(abs({a.text}) ^ {num(b)})", "plain", *self.hull(abs(x) ** b for x in (a.low, a.high, 0.0)))
        if kind == "neg":
            return Ex(f"(-{a.text})", "plain", -a.high, -a.low)
        if kind in ("min", "max"):
            more = [a] + [self.plain(before, depth - 1) for _ in range(r.choice((1, 1, 2)))]
            f = min if kind == "min" else max
            return Ex(f"{kind}({', '.join(m.text for m in more)})", "plain", f(m.low for m in more), f(m.high for m in more))
        if kind == "clamp":
            if a.high - a.low < 1e-6:
                return a
            low, high = self.between(a.low, a.high, 0.05, 0.3), self.between(a.low, a.high, 0.7, 0.95)
            return Ex(f"clamp({a.text}, {num(low)}, {num(high)})", "plain", low, high) if low < high else a
        if kind == "abs":
            return Ex(f"abs({a.text})", "plain", 0, max(abs(a.low), abs(a.high)))
        if kind in ("log", "ln", "sqrt"):  # of a negative now and then
            f = {"log": lambda x: math.log10(max(x, 1e-8)), "ln": lambda x: math.log(max(x, 1e-8)),
                 "sqrt": lambda x: max(x, 0.0) ** 0.5}[kind]
            return Ex(f"{kind}({a.text})", "plain", f(a.low), f(a.high))
        if kind == "exp":
            scale = max(1.0, abs(a.low), abs(a.high))
            return Ex(f"exp({a.text} / {num(float('%.2g' % scale))})", "plain", 0.3, 3)
        if kind in ("round", "half even"):
            digits = r.choice((0, 1, 2, 3))
            return Ex(f"round({a.text}, {digits}" + (", half even)" if kind == "half even" else ")"), "plain", a.low, a.high)
        if kind == "if":
            c = self.condition(before, 1)
            b = self.plain(before, depth - 1)
            return Ex(f"(if {c} then {a.text} else {b.text})", "plain", min(a.low, b.low), max(a.high, b.high)) if c else a
        if kind == "percents":
            pool = [n for n in self.readable(before, "indicator", "parameter") if n.unit == "percent"]
            if pool:
                n, m = self.use(r.choice(pool)), self.use(r.choice(pool))
                text, low, high = r.choice((
                    (f"(({n.name} + {m.name}) in percent)", n.low + m.low, n.high + m.high),
                    (f"(({n.name} * {m.name}) in percent)", *self.hull(x * y / 100 for x in (n.low, n.high) for y in (m.low, m.high))),
                    (f"(max({n.name}, 3%) in share)", max(n.low, 3) / 100, max(n.high, 3) / 100),
                    (f"(-{n.name} in share)", -n.high / 100, -n.low / 100),
                    (f"(({n.name} * 12 points) in points)", n.low * 0.12, n.high * 0.12)))
                return Ex(text, "plain", low, high)
            return a
        if kind == "since":
            pool = self.dates(before)
            if pool:
                n = self.use(r.choice(pool))
                word = r.choice(("months", "years", "days"))
                top = {"months": 300, "years": 25, "days": 9000}[word]
                return Ex(f"min({word} since {n.name}, {top})", "plain", -top / 5, top)
            return a
        if kind == "known":
            pool = [n for n in self.readable(before, "indicator") if n.missing[0] in ("unknown", "carry")]
            if pool:
                return self.filled(a, self.use(r.choice(pool)), pool)
        return a

    def filled(self, a, n, pool):
        """What is put in the place of an unknown `n`, or of `a` because of it; written in the ways that people write it."""
        r = self.rng
        b = self.between(1, 30)
        low, high = min(b, a.low), max(b, a.high)
        ways = ["constant", "turned", "counted"] + ["score", "mean"] * (2 if n.scored else 0)
        way = r.choice(ways)
        if way == "turned":
            return Ex(f"(if not known({n.name}) then {a.text} else {num(b)})", "plain", low, high)
        if way == "counted":
            m = self.use(r.choice(pool))
            count = f"(if known({n.name}) then 1 else 0) + (if known({m.name}) then 1 else 0)"
            return Ex(f"(if {count} >= {r.choice((1, 2))} then {a.text} else {num(b)})", "plain", low, high)
        if way == "score":
            chosen = f"score of {n.name}" if self.chance(0.5) else f"(if known({n.name}) and score of {n.name} > 20 then score of {n.name} else {num(b)})"
            return Ex(f"(if known({n.name}) then {chosen} else {a.text})", "plain", min(0, low), max(100, high))
        if way == "mean" and len(a.text) < 200:
            return Ex(f"(if known({n.name}) then (score of {n.name} + {a.text}) / 2 else {a.text})", "plain", min(0, a.low), max(100, a.high))
        return Ex(f"(if known({n.name}) then {num(b)} else {a.text})", "plain", low, high)

    @staticmethod
    def hull(values):
        v = list(values)
        return min(v), max(v)

    def comparison(self, before, taken):
        """One comparison of names not yet taken in this condition: neither always nor never true."""
        r = self.rng
        op = r.choice(("<", "<=", ">", ">="))
        kinds = ["scored"] * 2 + ["raw"] * 5 + ["factor"] * 3 + ["expression", "parameter", "share", "since", "yes", "code", "known", "holds", "dates"]
        for _ in range(12):
            kind = r.choice(kinds)
            pool = [n for n in self.nodes[:before] if n.name not in taken]
            if kind == "scored":
                pool = [n for n in pool if n.kind == "indicator" and n.scored and n.unit not in ("yes/no", "code")]
            elif kind == "factor":
                pool = [n for n in pool if n.kind in ("factor", "output")]
            elif kind in ("raw", "parameter"):
                pool = [n for n in pool if n.kind == "indicator" and n.unit not in ("date", "code", "yes/no")]
            elif kind == "share":
                pool = [n for n in pool if n.kind == "indicator" and n.unit == "percent"]
            elif kind in ("since", "dates"):
                pool = [n for n in pool if n.unit == "date"]
            elif kind == "yes":
                pool = [n for n in pool if n.kind == "indicator" and n.unit == "yes/no"]
            elif kind == "code":
                pool = [n for n in pool if n.unit == "code"]
            elif kind == "known":
                pool = [n for n in pool if n.kind == "indicator" and n.missing[0] in ("unknown", "carry")]
            elif kind == "holds":
                pool = [x for x in self.rules if x["reads"] <= before and x["name"] not in taken]
            elif kind == "expression":
                pool = [n for n in pool if n.kind == "derived" and n.scored]
            if not pool:
                continue
            fresh = [n for n in pool if kind != "holds" and n.name not in self.used]
            n = r.choice(fresh if fresh else pool)
            if kind == "holds":
                taken.add(n["name"])
                taken |= n["taken"]
                return r.choice((f"holds({n['name']})", f"not holds({n['name']})"))
            taken.add(n.name)
            self.use(n)
            if kind == "scored":
                return f"score of {n.name} {op} {num(self.between(0, 100, 0.2, 0.8))}"
            if kind == "factor":
                return f"{n.name} {op} {num(self.between(0, 100, 0.3, 0.6))}"
            if kind in ("raw", "expression"):
                if n.unit == "level":
                    if self.chance(0.2):
                        return f"{n.name} {r.choice(('=', '!='))} {r.randint(0, int(n.high))}"
                    return f"{n.name} " + r.choice((f">= {r.randint(1, int(n.high))}", f"< {r.randint(1, int(n.high))}", f"> {r.randint(0, int(n.high) - 1)}"))
                a, b = self.between(n.low, n.high, 0.25, 0.45), self.between(n.low, n.high, 0.55, 0.75)
                if self.chance(0.25) and a < b:
                    return f"{n.name} between {with_unit(a, n.unit)} and {with_unit(b, n.unit)}"
                return f"{n.name} {op} {with_unit(r.choice((a, b)), n.unit)}"
            if kind == "parameter":
                p = self.parameter_for(n)
                return f"{n.name} {op} {p}"
            if kind == "share":
                return f"{n.name} {op} {num(self.between(n.low / 100, n.high / 100, 0.3, 0.7))} share"
            if kind == "since":
                word, top = r.choice((("months", 120), ("years", 10), ("days", 4000)))
                op, limit = r.choice(("<", "<=", ">")), self.between(0, top, 0.1, 0.9)
                if self.edges.chance(0.5):
                    word, limit = self.edges.since()
                return f"{word} since {n.name} {op} {num(limit)}"
            if kind == "dates":
                day = self.as_of - datetime.timedelta(days=r.randint(200, 3000))
                return f"{n.name} {op} {day.isoformat()}" if self.chance(0.7) else f"days since {n.name} > {r.randint(100, 3000)}"
            if kind == "yes":
                return r.choice((n.name, f"not {n.name}", f"{n.name} = yes"))
            if kind == "code":
                return f"{n.name} {r.choice(('=', '!='))} {r.choice(n.codes)}"
            if kind == "known":
                return r.choice((f"known({n.name})", f"not known({n.name})"))
        return None

    def condition(self, before, depth, taken=None):
        taken = set() if taken is None else taken
        first = self.comparison(before, taken)
        if depth <= 0 or first is None or self.chance(0.5):
            return first
        second = self.condition(before, depth - 1, taken)
        if second is None:
            return first
        if self.chance(0.2):
            second = f"not ({second})"
        return f"({first} {self.rng.choice(('and', 'or'))} {second})"

    def twice_read(self, condition, before):
        """Now and then a condition that comes to the same, but reads a figure on either side of a limit: bounds of each reading by itself don't tell so."""
        e = self.edges
        pool = [n for n in self.readable(before, "indicator") if n.unit not in ("date", "code", "yes/no")]
        if not condition or not pool or not e.chance(0.25):
            return condition
        n = e.rng.choice(pool)
        at = e.rng.randint(1, int(n.high)) if n.step else round(n.low + (n.high - n.low) * e.rng.uniform(0.3, 0.7), 3)
        limit = num(at) if n.unit == "level" else with_unit(at, n.unit)
        low, high = e.rng.choice((("<", ">="), ("<=", ">")))
        if e.chance(0.3):
            return f"if {n.name} {low} {limit} then ({condition}) else ({condition} and {n.name} {high} {limit})"
        return f"({condition} and {n.name} {low} {limit} or {condition} and {n.name} {high} {limit})"

    def parameter_for(self, node):
        """A dated number that an indicator can be compared with. Parameters stand before everything, so anything may read them."""
        r = self.rng
        value = self.between(node.low, node.high, 0.3, 0.7) if not node.step else r.randint(1, int(node.high) - 1)
        name = self.name("par")
        unit = "plain" if node.unit == "level" else node.unit
        lines = [f"unit {unit}"]
        if self.chance(0.4):
            lines.append(f"always {with_unit(value, unit)}")
        else:
            first = self.as_of.year - r.randint(2, 9) if self.chance(0.95) else self.as_of.year + 1
            other = self.between(node.low, node.high, 0.3, 0.7) if not node.step else r.randint(1, int(node.high) - 1)
            lines.append(f"from {first}-{r.randint(1, 12):02}-{r.randint(1, 28):02}: {with_unit(value, unit)}")
            lines.append(f"from {max(first + 1, self.as_of.year - 1)}-{r.randint(1, 12):02}-01: {with_unit(other, unit)}")
            if self.chance(0.3):
                lines.append(f"expected from {self.as_of.year + 5}-01-01: {with_unit(value, unit)}")
        lines.append(r.choice(("cites src_a", SIGN)))
        self.blocks.append(f'parameter {name} "Parameter {name}" {{\n' + "".join(f"  {x}\n" for x in lines) + "}\n")
        return name

    def parameter(self):
        """A parameter that expressions may read."""
        r = self.rng
        unit = r.choice(("plain", "plain", "percent", "years"))
        low, high = {"plain": (0.1, 5), "percent": (1, 60), "years": (1, 10)}[unit]
        node = Node(self.name("par"), "parameter", unit, low, high)
        node.head = f'parameter {node.name} "Parameter {node.name}"'
        node.lines = [f"unit {unit}"]
        if self.chance(0.5):
            value = self.between(low, high, 0.4, 0.6)
            node.lines.append(f"always {with_unit(value, unit)}")
            if self.chance(0.6):
                node.lines.append(f"plausible {with_unit(low, unit)} to {with_unit(high, unit)}")
        else:
            first = self.as_of.year - r.randint(1, 6) if self.chance(0.95) else self.as_of.year + 1
            node.lines.append(f"from {first}-01-01: {with_unit(self.between(low, high), unit)}")
            node.lines.append(f"from {first + 1}-07-01: {with_unit(self.between(low, high), unit)}")
        node.lines.append(r.choice(("cites src_b", SIGN)))
        return self.add(node)

    def derived(self):
        r = self.rng
        before = len(self.nodes)
        node = Node(self.name("drv"), "derived", "plain", 0, 1)
        if self.chance(0.12):
            c = self.condition(before, 1)
            if c:  # a yes/no of its own
                node.unit, node.head, node.lines = "yes/no", f'derived {node.name} "Derived {node.name}" = {c}', [SIGN]
                self.add(node)
                return node
        e = self.plain(before, r.choice((1, 2, 2, 3)))
        while not self.names_in(e.text):
            e = self.plain(before, 1)
        low, high = max(e.low, -1e5), min(e.high, 1e5)
        if not high - low > 1e-3:
            low, high = low - 1, high + 1
        a, b = self.between(low, high, 0.02, 0.2), self.between(low, high, 0.8, 0.98)
        node.head = f'derived {node.name} "Derived {node.name}" = {e.text}'
        node.lines = [SIGN]
        node.low, node.high = low, high
        if self.chance(0.7):
            node.low, node.high = a, b
            node.lines += ["unit plain", f"range {num(a)} to {num(b)}", self.curve(a, b, "plain")]
            node.scored = True
        return self.add(node)

    # ------------------------------------------------------------ the tree

    def shares(self, n, percent):
        """n weights as written."""
        r = self.rng
        if not percent:
            return [num(x) for x in (r.choice((1, 2, 3, 5, 0.5, 7.25)) for _ in range(n))]
        step = r.choice((1, 4))  # whole or quarter percents
        cuts = sorted(r.sample(range(1, 100 * step), n - 1))
        return [num((b - a) / step) for a, b in zip([0] + cuts, cuts + [100 * step])]

    def member_lines(self, names, kind, node=None):
        r = self.rng
        if kind in ("product", "worst", "best", "median"):
            return [f"member {n}" for n in names]
        if kind == "sum":
            return [f"{num(round(r.uniform(0.3, 1.2), 2))} parts {n}" for n in names]
        percent = self.chance(0.5)
        weights = self.shares(len(names), percent)
        return self.weight_lines(weights, names, percent, node)

    def weight_lines(self, weights, names, percent, node=None):
        """Now and then with limits for tuning, which change no score and stay true when parts are scaled."""
        d = self.limits_rng
        lines = [f"{w}% {n}" if percent else f"{w} {'part' if w == '1' else 'parts'} {n}" for w, n in zip(weights, names)]
        total, ties = sum(map(float, weights)), []
        if d.random() < 0.3:
            for k, w in enumerate(weights):
                share = 100 * float(w) / total
                low, high = max(0, math.floor(share - d.uniform(0, 20))), min(100, math.ceil(share + d.uniform(0, 20)))
                between = f" between {low}% and {high}%" if d.random() < 0.7 else f" between {num(low / 100)} share and {high}"
                words = [between if d.random() < 0.5 else "", " locked" if d.random() < 0.3 else ""]
                d.shuffle(words)
                lines[k] += "".join(words)
            alike = [n for n, w in zip(names, weights) if w == weights[0]]
            ties = ["tied " + ", ".join(alike)] if len(alike) > 1 else []
        if node is not None and not percent:
            node.groups = list(lines)
        return lines + ties

    def combination(self, n, kinds=None):
        r = self.rng
        kind = r.choice(kinds or ("arithmetic", "arithmetic", "geometric", "harmonic", "power", "power", "sum", "product", "worst", "best", "median"))
        floor = num(r.choice((1, 2, 5, 10, 0.5)))
        text = {"geometric": f"geometric, no part below {floor}", "harmonic": f"harmonic, no part below {floor}"}.get(kind, kind)
        if kind == "power":
            order = r.choice((2, 3, 0.5, 1.5, 4, -1, -2.5))
            text = f"power mean of order {num(order)}"
            if order < 0 or self.chance(0.2):
                text += f", no part below {floor}"
        return kind, text

    def factor(self, members, output=None, higher=False, viewpoint=False, kinds=None, plain=False):
        r = self.rng
        node = Node(output or self.name("fac"), "output" if output else "factor", "points", 0, 100)
        node.scored, node.higher = not output, higher
        node.head = f'{node.kind} {node.name} "{node.kind.capitalize()} {node.name}"'
        if output or higher:
            node.lines.append(f"scale 0 to 100, higher is {'better' if higher else 'worse'}")
        if viewpoint:
            kinds = ("arithmetic", "geometric", "harmonic", "power")
        kind, text = self.combination(len(members), kinds)
        names = [self.use(m).name for m in members]
        if viewpoint:
            node.lines.append(f"combine {text}, weights from viewpoint")
            self.viewpoint_nodes[node.name] = names
        else:
            node.lines.append(f"combine {text}")
            node.lines += self.member_lines(names, kind, node)
        if not plain and len(members) > 1 and self.chance(0.45):
            node.lines.append(f"reweight if at least {num(r.choice((20, 30, 50, 60, 75, 80)))}% known")
        node.lines.append(r.choice(("cites src_a", SIGN, SIGN)))
        if not plain and self.chance(0.25):
            pool = [n for n in self.nodes if n.scored and n.kind in ("indicator", "derived") and n not in members]
            for s in r.sample(pool, min(len(pool), r.choice((1, 1, 2)))):
                line = f"strength {self.use(s).name} lowers by at most {r.choice((5, 12, 25))}"
                rules = [x for x in self.rules if x["reads"] <= len(self.nodes)]
                if rules and self.chance(0.5):
                    chosen = r.sample(rules, min(len(rules), r.choice((1, 1, 2))))
                    line += ", unless " + " or ".join(x["name"] for x in chosen) + " holds"
                if not node.higher:  # a strength lowers, which would be for the worse
                    node.lines.append(line)
        return self.add(node)

    def expression_factor(self):
        r = self.rng
        before = len(self.nodes)
        pool = [n for n in self.nodes if n.scored or n.kind == "factor"]
        a, b = (self.use(n).name for n in r.sample(pool, 2))
        w = round(r.uniform(0.2, 0.8), 2)
        text = f"{num(w)} * score of {a} + {num(round(1 - w, 2))} * score of {b}"
        if self.chance(0.4):
            c = self.condition(before, 0)
            if c:
                text = f"(if {c} then score of {a} else {text})"
        node = Node(self.name("fac"), "factor", "points", 0, 100, scored=True)
        node.head = f'factor {node.name} "Factor {node.name}"'
        node.lines = [f"combine = {text}", SIGN]
        return self.add(node)

    # ------------------------------------------------------------ rules

    def rule(self, force=None):
        """`force`: a name that the condition must read (it is used nowhere else)."""
        r = self.rng
        targets = [n for n in self.nodes if n.kind in ("factor", "output") or
                   n.kind == "indicator" and n.unit not in ("date", "code", "yes/no")]
        taken = set()
        if force is not None:
            reads = force.position + 1
            condition = self.reading(force)
            targets = [n for n in targets if n.position >= reads]
        else:
            target = r.choice(targets)
            reads = target.position
            if reads < 2:
                return
            condition = self.twice_read(self.condition(reads, 2, taken), reads)
            targets = [n for n in targets if n.position >= reads]
        if not condition:
            return
        name = self.name("rule")
        lines, chosen = [f"when {condition}"], r.sample(targets, min(len(targets), r.choice((1, 1, 2, 3))))
        for t in chosen:
            lines += ["then " + e for e in self.effects(t, reads)]
        if not chosen or self.chance(0.2):
            lines.append('then flag "seen"')
        lines += ['because "made up for a test"', SIGN]
        self.rules.append({"name": name, "reads": reads, "taken": taken, "lines": lines})

    def tied_rules(self):
        """Rules whose conditions tie for a country: a weighted sum of figures, rounded or not, and the value at which it is compared."""
        e = self.edges
        pool = [n for n in self.nodes if n.kind == "indicator" and n.unit in ("plain", "percent", "points", "months", "years", "USD") and n.high - n.low > 2]
        for name in ("tied_sum", "tied_step", "tied_half"):
            if len(pool) < 2 or not e.chance(0.5):
                continue
            terms = e.order(pool)[:e.rng.choice((2, 2, 3))]
            for n in terms:
                self.figures.setdefault(n.name, e.figures(n, ("AAA", "BBB", "CCC")))
                self.use(n)
            plain = [n.name if n.unit == "plain" else f"({n.name} in {n.unit})" for n in terms]
            if name == "tied_half":
                condition = self.rounded(terms, plain)
            else:
                weights = e.weights(len(terms))
                sum_text = " + ".join(f"{num(w)} * {x}" for w, x in e.order(zip(weights, plain)))
                sums = {c: sum(w * self.figures[n.name][c] for w, n in zip(weights, terms)) for c in ("AAA", "BBB")}
                edge = sums[e.rng.choice(("AAA", "BBB"))]
                condition = f"{sum_text} {e.rng.choice(('>=', '>', '<', '<=', '=', '!='))} {num(edge)}"
                if name == "tied_step":
                    condition = self.stepped(sum_text, edge)
            self.rules.append({"name": name, "reads": len(self.nodes), "taken": set(), "lines": [
                f"when {condition}", f"then risk add {e.rng.choice((2.5, 7, 12))}", 'because "made up for a test"', SIGN]})

    def rounded(self, terms, plain):
        """A mean, rounded where a tenth of what is rounded to ends in five for one country, or not."""
        country, even = self.edges.rng.choice(("AAA", "BBB")), self.edges.chance(0.4)
        mean = sum(self.figures[n.name][country] for n in terms) / len(terms)
        places = 1 if (mean * 100).denominator == 1 else 2
        ten = mean * 10 ** places
        rounded = Fraction(round(ten) if even else math.floor(ten + Fraction(1, 2)), 10 ** places)
        return f"round(({' + '.join(plain)}) / {len(terms)}, {places}{', half even' if even else ''}) {self.edges.rng.choice(('=', '>=', '<'))} {num(rounded)}"

    def stepped(self, sum_text, edge):
        node = Node("drv_tied", "derived", "plain", float(edge) - 5, float(edge) + 5)
        node.head = f'derived {node.name} "Derived {node.name}" = {sum_text}'
        node.lines = [SIGN, "unit plain", f"range {num(edge - 5)} to {num(edge + 5)}", f"curve steps 0, 60 from {num(edge)}, 100 from {num(edge + 2)}"]
        self.add(node)
        self.use(node)
        return f"score of {node.name} >= {self.edges.rng.choice((50, 60))}"

    def reading(self, n):
        """A condition that reads one node in a way that its unit allows."""
        self.use(n)
        if n.unit == "date":
            return f"months since {n.name} < {num(self.between(1, 100))}"
        if n.unit == "yes/no":
            return n.name
        if n.unit == "code":
            return f"{n.name} = {n.codes[0]}"
        if n.unit == "level":
            return f"{n.name} >= {self.rng.randint(1, int(n.high))}"
        if n.kind == "factor":
            return f"{n.name} > {num(self.between(0, 100, 0.3, 0.6))}"
        return f"{n.name} > {with_unit(self.between(n.low, n.high, 0.4, 0.6), n.unit)}"

    def effects(self, t, reads):
        r = self.rng
        out = []
        factor = t.kind in ("factor", "output")
        for kind in r.sample(("add", "scale", "bound", "bound"), r.choice((1, 1, 2))):
            if kind == "bound" and any("least" in e or "floor" in e or "most" in e or "cap" in e for e in out):
                continue
            if kind == "scale":
                if self.chance(0.2):
                    out.append(f"halve {t.name}")
                else:
                    out.append(f"{t.name} scale by {self.amount(None, 0.4, 1.7, reads, '')}")
                continue
            width = t.high - t.low
            unit = "" if factor or t.unit == "level" else t.unit
            if kind == "add":
                n = self.amount(t, 0.05 * width, 0.3 * width, reads, unit)
                word = r.choice(("{t} add {n}", "raise {t} by {n}", "lower {t} by {n}", "{t} add -{n}"))
                if word.endswith("-{n}") and not n[0].isdigit():
                    word = "{t} add {n}"
                low, high = -0.2 * width, 0.2 * width
            else:
                low, high = t.low + 0.1 * width, t.low + 0.9 * width
                n = self.amount(t, low, high, reads, unit)
                word = r.choice(("{t} at least {n}", "floor {t} at {n}", "{t} at most {n}", "cap {t} at {n}"))
            text = word.format(t=t.name, n=n)
            dates = self.dates(reads)
            if dates and n[0].isdigit() and self.chance(0.5):
                d = self.use(r.choice(dates))
                to = with_unit(self.between(0.02 * width if kind == "add" else low, 0.3 * width if kind == "add" else high), unit)
                number = lambda written: float(re.match(r"-?[0-9.]+", written)[0])
                text += f", {'falling' if number(to) < (-number(n) if '-{n}' in word else number(n)) else 'rising'} to {to} over {r.choice((12, 24, 36, 60))} months since {d.name}"
            out.append(text)
        return out

    def amount(self, t, low, high, reads, unit):
        r = self.rng
        x = self.between(low, high)
        if t is not None and t.unit == "level":
            x = max(1, round(x)) if t.kind == "indicator" else x
        plain = unit in ("", "plain", "points")
        if plain and self.chance(0.25) and reads >= 1:
            pool = [n for n in self.nodes[:reads] if n.kind == "factor" or n.kind == "indicator" and n.scored]
            if pool:
                n = self.use(r.choice(pool))
                half = num(float("%.3g" % (x / 2)))
                return f"{half} + {half} * (score of {n.name} in points) / 100" if t is not None else f"({half} + {half} * (score of {n.name} in points) / 100)"
        return with_unit(x, unit)

    # ------------------------------------------------------------ whole models

    def any_model(self):
        r = self.rng
        for _ in range(r.randint(0, 2)):
            self.parameter()
        for _ in range(r.randint(5, 9)):
            self.indicator(scored=True)
        for _ in range(r.randint(0, 3)):
            self.indicator(scored=False)
        for _ in range(r.randint(0, 3)):
            self.derived()
        for _ in range(r.randint(0, 2)):
            self.rule()
        level = [n for n in self.nodes if n.scored]
        r.shuffle(level)
        tops, depth = level, r.randint(1, 4)
        for d in range(depth):
            if len(tops) < 3:
                break
            groups, rest = [], list(tops)
            while len(rest) >= 2:
                n = min(len(rest), r.choice((1, 2, 2, 3, 3, 4)))
                groups.append([rest.pop() for _ in range(n)])
            tops = list(rest)
            for g in groups:
                again = [n for n in level if n not in g and n.kind != "factor"]
                if again and self.chance(0.25):
                    g.append(r.choice(again))
                tops.append(self.factor(g))
                if self.chance(0.3):
                    self.rule()
            if self.chance(0.3):
                tops.append(self.expression_factor())
            if self.chance(0.3):
                self.derived()
            r.shuffle(tops)
        tops = [n for n in tops if n.name not in self.used] or tops[:2]
        loose = [n for n in self.nodes if n.scored and n.kind in ("derived", "factor") and n.name not in self.used and n not in tops]
        viewpoint = bool(self.viewpoints)
        risk = self.factor(tops + loose, output="risk", viewpoint=viewpoint)
        if self.chance(0.5):
            risk.lines.append("bands low, middling from 33.3, high from 66.6, margin 2")
        if self.chance(0.5):
            pool = [n for n in self.nodes if n.kind in ("indicator", "derived") and n.scored]
            parts = r.sample(pool, min(len(pool), r.randint(2, 4)))
            if self.chance(0.3) and len(parts) > 2:
                inner = self.factor(parts[:2], higher=True)
                parts = parts[2:] + [inner]
            self.factor(parts, output="opportunity", higher=True, viewpoint=viewpoint and self.chance(0.3))
            if self.chance(0.6):
                self.preference()
        for _ in range(r.randint(0, 4)):
            self.rule()
        self.tied_rules()
        self.use_up()

    def preference(self):
        node = Node("preference", "output", "points", 0, 100)
        node.head = 'output preference "Opportunity, discounted by risk" = opportunity * (1 - risk / 100)'
        node.lines = ["scale 0 to 100, higher is better", SIGN]
        node.higher = True
        self.add(node)

    def use_up(self):
        """Whatever nothing reads gets a rule that does."""
        text = re.sub(r'"[^"]*"', "", "".join(n.text() for n in self.nodes) + "".join(x for rule in self.rules for x in rule["lines"]))
        text += " ".join(m for members in self.viewpoint_nodes.values() for m in members)
        for n in list(self.nodes):
            if len(re.findall(rf"\b{n.name}\b", text)) > 1 or n.kind == "output":
                continue
            if n.kind == "parameter" or n.kind == "derived" and n.unit == "plain":
                amount = {"plain": f"clamp({n.name} * 10, 1, 99)", "percent": f"({n.name} in percent)", "years": f"({n.name} in years) * 3"}[n.unit]
                self.rules.append({"name": self.name("rule"), "reads": 0, "taken": set(), "lines": [
                    f"when risk_seen_{n.name}", f"then risk at least {amount}", 'because "made up for a test"', SIGN]})
                seen = Node(f"risk_seen_{n.name}", "indicator", "yes/no", 0, 1, missing=("unknown",))
                seen.head, seen.lines = f'indicator {seen.name} "Seen"', ["unit yes/no", "missing unknown", SIGN]
                self.add(seen)
                self.used |= {n.name, seen.name}
            else:
                self.rule(force=n)

    def flat_model(self):
        r = self.rng
        n = r.randint(2, 5)
        members = [self.indicator(scored=True) for _ in range(n)]
        risk = self.factor(members, output="risk", plain=True, viewpoint=bool(self.viewpoints),
                           kinds=("arithmetic", "geometric", "harmonic", "power", "sum", "product", "worst", "best", "median"))
        self.rules = []
        for k in range(r.randint(0, min(2, 7 - n))):
            seen = self.indicator(scored=False, types=("number", "yes/no"))
            name = self.name("rule")
            effect = r.choice((f"risk add {num(self.between(3, 20))}", f"risk scale by {num(self.between(0.5, 1.4))}",
                               f"risk at least {num(self.between(40, 80))}", f"risk at most {num(self.between(20, 60))}"))
            self.rules.append({"name": name, "reads": 0, "taken": set(), "lines": [
                f"when {self.reading(seen)}", f"then {effect}", 'because "made up for a test"', SIGN]})
        return risk

    def tree_model(self):
        r = self.rng
        level = [self.indicator(scored=True, monotone=True, types=("number", "number", "level", "yes/no", "code")) for _ in range(r.randint(4, 7))]
        while len(level) > 3:
            nodes, rest = [], list(level)
            while rest:
                n = min(len(rest), r.choice((2, 2, 3)))
                nodes.append(self.factor([rest.pop() for _ in range(n)], plain=True))
            level = nodes
        risk = self.factor(level, output="risk", plain=True)
        factors = [n for n in self.nodes if n.kind == "factor"] + [risk]
        self.rules = []
        for k in range(r.randint(0, 2)):
            seen = self.indicator(scored=False, types=("number", "yes/no"))
            t = factors.pop(r.randrange(len(factors))) if factors else risk
            words = [f"{t.name} add {num(self.between(3, 20))}", f"{t.name} scale by {num(self.between(0.5, 1.4))}",
                     f"{t.name} at least {num(self.between(40, 80))}", f"{t.name} at most {num(self.between(20, 60))}"]
            r.shuffle(words)
            thens = [f"then {word}" for word in words[:r.choice((1, 1, 2, 3))]]  # several hold together or not at all
            self.rules.append({"name": self.name("rule"), "reads": 0, "taken": set(), "lines": [
                f"when {self.reading(seen)}", *thens, 'because "made up for a test"', SIGN]})

    # ------------------------------------------------------------ the files

    def generate(self):
        {"any": self.any_model, "flat": self.flat_model, "tree": self.tree_model}[self.kind]()
        r = self.rng
        g = Generated()
        g.kind = self.kind
        g.viewpoints = list(self.viewpoints)
        g.as_of = self.as_of
        g.nodes = {n.name: n for n in self.nodes}
        horizon = f"  horizon {r.choice((1, 2, 3, 8))} years\n" if self.chance(0.5) else ""
        g.declarations.append(f'model "Made-up model" {{\n  version "1"\n{horizon}}}\n')
        text_of_nodes = "".join(n.text() for n in self.nodes) + "".join(self.blocks)
        cited = self.cited = {s for s in ("src_a", "src_b") if s in text_of_nodes}
        for s in sorted(cited | {"src_a"}):  # the scenario cites it
            lag = "  lag 3 months\n" if s == "src_b" else ""
            g.declarations.append(f'source {s} "Made-up source {s[-1]}" {{\n  publisher "Nobody"\n  published 2010-01-01\n  licence "cited"\n{lag}}}\n')
        g.declarations += [n.text() for n in self.nodes] + self.blocks
        for rule in self.rules:
            g.declarations.append(f'rule {rule["name"]} "Rule {rule["name"]}" {{\n' + "".join(f"  {x}\n" for x in rule["lines"]) + "}\n")
        g.declarations += self.history.declare(self.nodes, num, with_unit, self.as_of)
        for name, values in self.groups.items():
            g.declarations.append(f'group {name} "Made-up group" {{ ' + "   ".join(f"{n} {v}" for n, v in values) + "   cites src_a }\n")
        in_percent = {node: r.random() < 0.6 for node in self.viewpoint_nodes}
        for v in self.viewpoints if self.viewpoint_nodes else []:
            lines = [SIGN]
            for node, members in self.viewpoint_nodes.items():
                percent = in_percent[node]
                weights = self.weight_lines(self.shares(len(members), percent), members, percent)
                if len(self.viewpoint_nodes) == 1:
                    lines += weights
                else:
                    lines.append(f"for {node} {{\n" + "".join(f"    {w}\n" for w in weights) + "  }")
            g.declarations.append(f'viewpoint {v} "Viewpoint {v}" {{\n' + "".join(f"  {x}\n" for x in lines) + "}\n")
        if not self.viewpoint_nodes:
            g.viewpoints = []
        self.write_scenario(g)
        g.scaled = self.scaled(g)
        return g

    def scaled(self, g):
        """The same declarations with all parts of every group multiplied by a constant."""
        out = list(g.declarations)
        for n in self.nodes:
            if not n.groups:
                continue
            k = self.rng.choice((2, 3, 0.1, 7))
            text, new = n.text(), n.text()
            for line in n.groups:
                w, _, name = line.split(" ", 2)  # the name with its limits
                new = new.replace("  " + line + "\n", f"  {num(float(w) * k)} parts {name}\n")
            out[out.index(text)] = new
        return out

    def write_scenario(self, g):
        r = self.rng
        rows = ["AAA", "BBB", "CCC"] if self.kind == "any" else ["AAA", "BBB"]
        g.countries = rows[:r.choice((2, 2, 3))] if self.kind == "any" else rows
        head = ['title = "Made-up scenario"', f"as_of = {self.as_of.isoformat()}", 'model = "model.risk"', 'codes = "own"']
        if self.chance(0.4):
            g.horizon = r.choice((1, 3, 5, 10))
            head.append(f'horizon = "{g.horizon} years"')
        default = self.as_of - datetime.timedelta(days=r.randint(0, 700))
        grade = r.choice(("observed", "observed", "estimated"))
        head += ["", "[defaults]", f"valid = {default.isoformat()}", 'source = "src_a"', f'grade = "{grade}"', ""]
        body = []
        indicators = [n for n in self.nodes if n.kind == "indicator"]
        patchy = r.choice((0.0, 0.1, 0.3, 0.6)) if self.kind != "flat" else 0.0
        for c in g.countries:
            body.append(f"[country.{c}.facts]")
            ranged = 0
            for n in indicators:
                missing = r.random() < patchy and n.missing[0] != "refuse"
                if missing and ranged + 1 > 6 and self.kind == "tree":
                    missing = False
                if missing:
                    ranged += 1
                    text, fact = self.absent(n)
                elif r.random() < (0.15 if self.kind != "flat" else 0.2) and n.unit not in ("date", "yes/no", "code") and ranged < 6:
                    ranged += 1
                    text, fact = self.ranged(n)
                else:
                    text, fact = self.plain_fact(n, default, grade, c)
                fact.setdefault("valid", default)
                if n.missing[0] == "carry" and (fact["known"] or "low" in fact):
                    if n.missing[1].over(fact["valid"]) < self.as_of:
                        fact = {"value": None, "known": False, "grade": None, "valid": fact["valid"]}
                text = self.history.lengthen(n, text, fact, self.as_of, self.draw_past, default)
                if text:
                    body.append(f"{n.name} = {text}")
                g.facts[c, n.name] = self.stale(n, fact)
            body.append("")
        targets = [n for n in self.nodes if n.kind in ("factor", "output")]
        for c in g.countries:
            if self.chance(0.3):
                t = r.choice(targets) if self.kind == "any" else next(n for n in targets if n.kind == "output")
                points = r.choice((5, -7.5, 12, -30))
                expired = self.chance(0.15)
                until = self.as_of + datetime.timedelta(days=-30 if expired else 30)
                body += ["[[override]]", f'country = "{c}"', f'target = "{t.name}"', f"points = {points}", 'because = "made up"',
                         'by = "Waystone model desk"', f"until = {until.isoformat()}", ""]
                if not expired:
                    g.overrides[c, t.name] = float(points)
        g.history = self.history
        g.scenario = "\n".join(head + body + self.history.block())

    def stale(self, n, fact):
        """Age widens the range, that of a datum with a range and no value too."""
        if (fact["known"] or "low" in fact) and getattr(n, "stale", None):
            after = n.stale[0].over(fact["valid"])
            if after < self.as_of and n.stale[1]:
                wide = n.stale[1] / 100 * (n.high - n.low) * n.stale[0].years_past(fact["valid"], self.as_of)
                fact["low"] = max(float(n.low), fact.get("low", fact["value"]) - wide)
                fact["high"] = min(float(n.high), fact.get("high", fact["value"]) + wide)
        return fact

    def draw_past(self, n):
        """`draw` with the dice of the past."""
        self.rng, dice = self.history.rng, self.rng
        try:
            return self.draw(n)
        finally:
            self.rng = dice

    def draw(self, n):
        """A value as the scenario writes it, and as a number."""
        r = self.rng
        if n.unit == "date":
            if self.chance(0.15):
                return '"never"', "never"
            d = self.as_of - datetime.timedelta(days=r.randint(0, 4000))
            d = self.edges.months_ago(self.as_of) or d
            return d.isoformat(), float(days(d))
        if n.unit == "yes/no":
            x = self.chance(0.5)
            return ("true", 1.0) if x else ("false", 0.0)
        if n.unit == "code":
            k = r.randrange(len(n.codes))
            return f'"{n.codes[k]}"', float(k)
        if n.step:
            x = r.randint(0, int(n.high / n.step)) * n.step
            return num(x), float(x)
        x = self.between(n.low, n.high, 0.001, 0.999)
        return num(x), float(num(x))

    def plain_fact(self, n, default, grade, country):
        r = self.rng
        text, value = self.draw(n)
        if n.name in self.figures:
            value = float(self.figures[n.name][country])
            text = num(value)
        fact = {"value": value, "known": True, "grade": grade}
        if self.chance(0.15):  # several dates
            older, _ = self.draw(n)
            d0 = self.as_of - datetime.timedelta(days=r.randint(900, 1500))
            d1 = self.as_of - datetime.timedelta(days=r.randint(0, 850))
            fact["valid"] = d1
            text = f"[ {{ value = {older}, valid = {d0.isoformat()} }}, {{ value = {text}, valid = {d1.isoformat()} }} ]"
            if self.chance(0.4):
                later, _ = self.draw(n)
                text = text[:-2] + f", {{ value = {later}, valid = {(self.as_of + datetime.timedelta(days=40)).isoformat()} }} ]"
            return text, fact
        if self.chance(0.2):
            fact["grade"] = "judged"
            text = f'{{ value = {text}, grade = "judged", by = "Waystone model desk", because = "made up" }}'
        elif n.unit in ("percent", "share") and self.chance(0.15):
            other, factor = ("share", 0.01) if n.unit == "percent" else ("percent", 100)
            text = f'{{ value = {num(value * factor)}, unit = "{other}" }}'
        else:
            text, fact = self.dated(n, text, fact)
        return text, fact

    def dated(self, n, text, fact):
        """Now and then the fact is as old as a span that matters is long, to the day or nearly."""
        e = self.edges
        spans = [getattr(n, "stale", (None,))[0], n.missing[1] if n.missing[0] == "carry" else None]
        spans = [s for s in spans if s]
        if spans and e.chance(0.4):
            fact["valid"] = e.start_of(e.rng.choice(spans), self.as_of)
            return f"{{ value = {text}, valid = {fact['valid'].isoformat()} }}", fact
        if "src_b" in self.cited and n.missing[0] in ("unknown", "carry") and e.chance(0.15):  # published three months later
            fact["valid"] = e.before(self.as_of, 3)
            if later(fact["valid"], 3) > self.as_of:
                fact = {"value": None, "known": False, "grade": None, "valid": fact["valid"]}
            return f"{{ value = {text}, valid = {fact['valid'].isoformat()}, source = \"src_b\" }}", fact
        return text, fact

    def ranged(self, n):
        r = self.rng
        if n.step:
            a, b = sorted(r.sample(range(0, int(n.high / n.step) + 1), 2))
            low, high, value = a * n.step, b * n.step, r.randint(a, b) * n.step
        else:
            low, value, high = sorted(self.between(n.low, n.high) for _ in range(3))
            low, value, high = (float(num(x)) for x in (low, value, high))
        fact = {"value": float(value), "known": True, "grade": "judged", "low": float(low), "high": float(high)}
        return (f'{{ value = {num(value)}, low = {num(low)}, high = {num(high)}, grade = "judged", by = "Waystone model desk", because = "made up" }}', fact)

    def absent(self, n):
        r = self.rng
        kind = n.missing[0]
        fact = {"value": None, "known": False, "grade": None}
        if kind in ("assume", "typical"):
            fact["value"], fact["grade"] = n.missing[1], {"assume": "assumed", "typical": "typical"}[kind]
            return "", fact
        if n.unit not in ("date", "yes/no", "code") and not n.step and self.chance(0.3):
            low, high = sorted((self.between(n.low, n.high), self.between(n.low, n.high)))
            if low < high:
                fact["low"], fact["high"] = float(num(low)), float(num(high))
                return f'{{ value = "unknown", low = {num(low)}, high = {num(high)} }}', fact
        return ('"unknown"' if self.chance(0.3) else ""), fact


def generate(seed, kind="any", edges=True):
    """`edges`: with what edges.py and history.py add."""
    return Generator(seed, kind, edges).generate()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("seed", type=int)
    parser.add_argument("directory")
    parser.add_argument("--kind", choices=("any", "flat", "tree"), default="any")
    args = parser.parse_args()
    generate(args.seed, args.kind).write(args.directory)


if __name__ == "__main__":
    main()
