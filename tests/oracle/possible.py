"""What a value may be, whichever of the unknown facts become known and whichever don't.

Interval arithmetic over an oracle's Evaluation, one box a value: where it may lie, whether it may have
no value although every fact is known (a gap), and whether it may have none for any reason (absent).
A value with one place to lie and no gap is known, although something it reads is not: the Evaluation
asks here wherever it finds nothing else. Written from docs/method, section 4, and without a look at
the engine's own bounds: subsets and cases are all tried, not the extreme ones alone.
"""
import itertools
import math
from collections import namedtuple

import oracle

INF = math.inf
Box = namedtuple("Box", "low high gap absent")
NEVER = 2  # a gap that nothing which becomes known can close
TRANSCENDENTAL = {"^", "log", "ln", "exp", "geometric", "harmonic", "power", "logarithmic", "logistic", "knots"}
CONDITIONS = {"<", "<=", ">", ">=", "=", "!=", "between", "and", "or", "not"}
FALLING = {"neg": {0}, "not": {0}, "-": {1}, ">": {1}, ">=": {1}, "<": {0}, "<=": {0}}


def certain(x):
    return Box(x, x, False, False)


def point(box):
    """The only value a box has room for, or None."""
    return box.low if box.low == box.high and not box.gap else None


def outward(x, towards):
    for _ in range(4 if x != 0 else 0):
        x = math.nextafter(x, towards)
    return x


def times(a, b):
    return 0.0 if a == 0 or b == 0 else a * b


def has(box, x):
    return box.low <= x <= box.high


def finite(box):
    return math.isfinite(box.low) and math.isfinite(box.high)


def hull(values):
    values = list(values)
    return (-INF, INF) if any(math.isnan(v) for v in values) else (min(values), max(values))


def raised(x, y):
    try:
        return x ** y if x != 0 or y >= 0 else INF
    except OverflowError:
        return INF if x > 0 or y % 2 == 0 else -INF


def power_range(x, y):
    if x.low < 0:
        if y.low != y.high or not math.isfinite(y.low) or math.floor(y.low) != y.low:
            return -INF, INF
        a, b = raised(x.low, y.low), raised(x.high, y.low)
        if has(x, 0):
            if y.low < 0:
                return -INF, INF
            return (0.0, max(a, b)) if y.low % 2 == 0 else (a, b)
        return min(a, b), max(a, b)
    if x.low == 0 and y.low < 0:
        return 0.0, INF
    return hull(raised(a, b) for a in (x.low, x.high) for b in (y.low, y.high))


def divided_range(a, b):
    if has(b, 0):
        return -INF, INF
    return hull(0.0 if x == 0 else x / y if math.isfinite(x) or math.isfinite(y) else math.nan
                for x in (a.low, a.high) for y in (b.low, b.high))


def equal_range(a, b):
    same = oracle.OPERATORS["="]
    must = same(a.low, a.high) == 1.0 and same(b.low, b.high) == 1.0 and same(a.low, b.low) == 1.0
    less = oracle.OPERATORS["<="]
    return float(must), float(less(a.low, b.high) == 1.0 and less(b.low, a.high) == 1.0)


def between_range(x, low, high):
    at_least, at_most = oracle.OPERATORS[">="], oracle.OPERATORS["<="]
    must = at_least(x.low, low.high) == 1.0 and at_most(x.high, high.low) == 1.0
    may = at_least(x.high, low.low) == 1.0 and at_most(x.low, high.high) == 1.0 and at_most(low.low, high.high) == 1.0
    return float(must), float(may)


def end(op, values):
    """An operation at one end of its operands, infinite ends as limits."""
    if op == "+":
        return sum(values)
    if op == "-":
        return values[0] - values[1]
    if op in ("log", "ln"):
        return -INF if values[0] <= 0 else values[0] if math.isinf(values[0]) else oracle.OPERATORS[op](values[0])
    if op == "sqrt":
        return math.nan if values[0] < 0 else math.sqrt(values[0])
    if op == "exp":
        try:
            return math.exp(values[0])
        except OverflowError:
            return INF
    result = oracle.OPERATORS[op](*values)
    return math.nan if result is None else result


def may_lack(op, boxes, marks, low, high):
    """Whether an operation may have no result, its operands lacking theirs where `marks` says so."""
    overflow = op not in CONDITIONS and not (math.isfinite(low) and math.isfinite(high)) and all(map(finite, boxes))
    any_lacks = any(marks)
    if op == "known":
        return False
    if op == "and":
        return any_lacks and not any(not m and b.high == 0 for b, m in zip(boxes, marks))
    if op == "or":
        return any_lacks and not any(not m and b.low > 0 for b, m in zip(boxes, marks))
    if op == "if":
        condition, yes, no = marks
        if condition:
            return yes or no or not boxes[1].low == boxes[1].high == boxes[2].low == boxes[2].high
        return boxes[0].high > 0 and yes or boxes[0].low == 0 and no
    if any_lacks:
        return True
    a = boxes[0]
    if op == "+":
        return overflow or a.low == -INF and boxes[1].high == INF or a.high == INF and boxes[1].low == -INF
    if op == "-":
        b = boxes[1]
        return overflow or a.low == -INF and b.low == -INF or a.high == INF and b.high == INF
    if op == "*":
        return overflow or not finite(a) and has(boxes[1], 0) or not finite(boxes[1]) and has(a, 0)
    if op == "/":
        return overflow or has(boxes[1], 0) or not finite(a) and not finite(boxes[1])
    if op == "^":
        y = boxes[1]
        whole = y.low == y.high and math.isfinite(y.low) and math.floor(y.low) == y.low
        return overflow or not all(map(finite, boxes)) or a.low < 0 and not whole or has(a, 0) and y.low < 0
    if op in ("log", "ln"):
        return a.low <= 0
    if op == "sqrt":
        return a.low < 0
    return overflow and op in ("exp", "round", "round_half_even")


def surely_lacks(op, boxes, nominal):
    """Whether an operation that may have no result surely has none: of what is certain it gives none, or what it reads surely has none."""
    settled = [b.low == b.high and not b.gap and not b.absent for b in boxes]
    never = [b.gap == NEVER for b in boxes]
    if boxes and all(s or n for s, n in zip(settled, never)):
        return nominal is None
    if op in ("known", "and", "or"):
        return False
    if op == "if":
        return never[1] and never[2] or settled[0] and never[1 if boxes[0].low != 0 else 2]
    return any(never)


def never_where_certain(gap, boxes, nominal, one_is_enough):
    """The gap of what is made of these, which surely has no value where they are certain and it has none."""
    settled = all(b.gap == NEVER or b.low == b.high and not b.absent for b in boxes)
    if gap and (settled and nominal is None or one_is_enough and any(b.gap == NEVER for b in boxes)):
        return NEVER
    return gap


def same_decimal(x):
    """The first and the last float that stand for the same decimal as `x`."""
    if not math.isfinite(x):
        return x, x
    ends, wanted = [], oracle.decimal(x)
    for towards in (-INF, INF):
        inside, step = x, max(abs(x), 1.0) * 1e-13
        while oracle.decimal(inside + math.copysign(step, towards)) == wanted:
            step *= 2
        outside = inside + math.copysign(step, towards)
        while math.nextafter(inside, towards) != outside:
            middle = inside + (outside - inside) / 2
            if oracle.decimal(middle) == wanted:
                inside = middle
            else:
                outside = middle
        ends.append(inside)
    return ends[0], ends[1]


def on_grid(low, high, first, step):
    """To the steps inside; none where the first is beyond the last."""
    if math.isfinite(low):
        low = first + math.ceil((low - first) / step - 1e-10) * step
    if math.isfinite(high):
        high = first + math.floor((high - first) / step + 1e-10) * step
    return low, high


class Possible:
    def __init__(self, evaluation):
        self.ev, self.model = evaluation, evaluation.model
        self.befores, self.finals, self.truths = {}, {}, {}

    # -- conditions over values that they read several times

    def is_condition(self, e):
        op = e["op"]
        if op == "holds":
            return self.is_condition(self.model.rules[e["name"]]["when"])
        if op == "if":
            return all(self.is_condition(a) for a in e["args"][1:])
        if op == "name":
            node = self.model.nodes[e["name"]]
            bare = node["kind"] == "derived" and node.get("low") is None and node.get("high") is None
            return bare and self.is_condition(node["value"])
        return op in CONDITIONS or op == "known"

    def inside(self, e):
        """What stands behind a condition that is only named."""
        if e["op"] == "holds":
            return self.model.rules[e["name"]]["when"]
        return self.model.nodes[e["name"]]["value"] if e["op"] == "name" else None

    @staticmethod
    def term(e):
        """Equal for what is one value: of names and scores, not of what is worked out from them."""
        return (e["op"], e["name"]) if e["op"] in ("name", "score", "holds") else id(e)

    def readings(self, e):
        """([(who reads it, the expression that it reads)], how many steps) of a condition, from left to right; None where it is too long."""
        found, seen, length = [], set(), 0
        def walk(e):
            nonlocal length
            behind = self.inside(e)
            if behind is not None:
                return walk(behind)
            if id(e) in seen:
                return
            seen.add(id(e))
            length += 1
            for a in [{"op": "name", "name": e["name"]}] if e["op"] == "known" else e["args"]:
                if self.is_condition(a):
                    walk(a)
                else:
                    found.append((e, a))
        walk(e)
        return found if length <= 64 else None

    def score_or_value(self, term):
        """Of factors and outputs the score is the value."""
        op, name = term
        return ("name", name) if self.model.nodes[name]["kind"] in ("factor", "output") else term

    def read_as(self, e):
        term = self.term(e)
        return self.score_or_value(term) if isinstance(term, tuple) and term[0] == "score" else term

    def steps(self, name):
        """(first, step) of a fact that takes whole steps only."""
        node = self.model.nodes[name]
        if node["kind"] != "indicator" or self.model.acting_on.get(name):
            return None
        if node["unit"] in ("yes/no", "date", "code"):
            return 0.0, 1.0
        return (float(node["low"]), 0.5 if node["half_steps"] else 1.0) if node["unit"] == "level" else None

    def pieces(self, term, readings):
        box, marks = self.expression({"op": term[0], "name": term[1]}), set()
        for reader, e in readings:
            if self.read_as(e) != term:
                continue
            if reader["op"] in ("and", "or", "not", "if"):
                marks |= {0.0, 1.0}
            elif reader["op"] != "known":
                for other in reader["args"]:
                    if self.is_condition(other) or self.read_as(other) == term:
                        continue
                    there = self.expression(other)
                    if there.low == there.high and not there.absent:
                        marks.add(there.low)
        found, start = [], box.low
        for mark in sorted(marks):
            first, last = same_decimal(mark)
            if last < start or first > box.high:
                continue
            if start < first:
                found.append((start, math.nextafter(first, -INF)))
            found.append((max(start, first), min(last, box.high)))
            start = math.nextafter(last, INF)
        if start <= box.high:
            found.append((start, box.high))
        grid = self.steps(term[1]) if term[0] == "name" else None
        return [p for p in (on_grid(*p, *grid) if grid else p for p in found) if p[0] <= p[1]]

    def narrowed(self, e, box):
        """A condition is judged for every piece of what it compares a value with; what all pieces agree on is so."""
        readings = self.readings(e)
        if readings is None:
            return box
        terms = [self.read_as(a) for _, a in readings]
        several = [t for t in dict.fromkeys(terms) if isinstance(t, tuple) and terms.count(t) > 1]
        chosen, cases = {}, 1
        for term in several:
            there = self.expression({"op": term[0], "name": term[1]})
            if there.low == there.high and not there.absent:
                continue
            parts = self.pieces(term, readings)
            if len(parts) >= 2 and cases * len(parts) <= 64:
                chosen[term], cases = parts, cases * len(parts)
        if not chosen:
            return box
        found = []
        for pieces in itertools.product(*chosen.values()):
            at = {}
            for term, (low, high) in zip(chosen, pieces):
                there = self.expression({"op": term[0], "name": term[1]})
                at[term] = Box(low, high, there.gap, there.absent)
            found.append(self.judged(e, at))
        low, high = min(b.low for b in found), max(b.high for b in found)
        if low < high:
            return box
        gap, absent = max(b.gap for b in found), any(b.absent for b in found)
        low, high, gap, absent = max(low, box.low), min(high, box.high), min(gap, box.gap), absent and box.absent
        nominal = self.ev.raw(e)
        if nominal is not None:
            low, high = min(low, nominal), max(high, nominal)
        return self.settled(Box(low, high, gap, absent))

    def judged(self, e, at):
        """A condition where some of what it reads lies in one piece."""
        if not self.is_condition(e):
            return at.get(self.read_as(e)) or self.expression(e)
        behind = self.inside(e)
        if behind is not None:
            return self.judged(behind, at)
        if e["op"] == "known":
            there = at.get(("name", e["name"])) or self.value(e["name"])
            return self.asked(e["name"], there)
        boxes = [self.judged(a, at) for a in e["args"]]
        low, high = self.ends(e["op"], boxes)
        low, high = max(0.0, low), min(1.0, high)
        gap = may_lack(e["op"], boxes, [b.gap for b in boxes], low, high)
        absent = bool(gap) or may_lack(e["op"], boxes, [b.absent for b in boxes], low, high)
        nominal = oracle.OPERATORS[e["op"]](*(point(b) if not b.absent else None for b in boxes))
        if gap and surely_lacks(e["op"], boxes, nominal):
            gap = NEVER
        return self.settled(Box(low, high, gap, absent))

    # -- expressions

    def asked(self, name, box):
        """Whether something is known. A parameter that is not in force on the date won't be, nor what is worked out from it."""
        return Box(0.0 if box.absent else 1.0, 0.0 if box.gap == NEVER else 1.0, False, False)

    def expression(self, e):
        box = self.by_readings(e)
        joins = e["op"] in ("and", "or", "not", "if") and self.is_condition(e)
        return self.narrowed(e, box) if joins and (box.low < box.high or box.absent) else box

    def by_readings(self, e):
        """Each reading of a value by itself."""
        op = e["op"]
        if op == "number":
            value = oracle.number(e["value"])
            return Box(-INF, INF, NEVER, True) if value is None else certain(value)
        if op == "as_of":
            return certain(self.ev.as_of)
        if op == "horizon":
            return certain(self.ev.horizon)
        if op == "name":
            return self.value(e["name"])
        if op == "score":
            return self.score(e["name"])
        if op == "known":
            return self.asked(e["name"], self.value(e["name"]))
        if op == "holds":
            return self.truth(e["name"])
        boxes = [self.expression(a) for a in e["args"]]
        if op in oracle.SINCE:
            low, high = (self.ev.since(op, x) for x in (boxes[0].high, boxes[0].low))
            low, high = float(low), float(high)
            return self.box(self.ev.raw(e), boxes, low, high, boxes[0].gap, boxes[0].absent)
        low, high = self.ends(op, boxes)
        if op in TRANSCENDENTAL:
            low, high = outward(low, -INF), outward(high, INF)
        gap = may_lack(op, boxes, [b.gap for b in boxes], low, high)
        absent = bool(gap) or may_lack(op, boxes, [b.absent for b in boxes], low, high)
        if op in CONDITIONS:
            low, high = max(0.0, low), min(1.0, high)
        nominal = self.ev.raw(e)
        if gap and surely_lacks(op, boxes, nominal):
            gap = NEVER
        return self.box(nominal, boxes, low, high, gap, absent)

    def ends(self, op, boxes):
        if op == "*":
            return hull(times(x, y) for x in boxes[0][:2] for y in boxes[1][:2])
        if op == "/":
            return divided_range(*boxes)
        if op == "^":
            return power_range(*boxes)
        if op == "abs":
            low, high = abs(boxes[0].low), abs(boxes[0].high)
            return 0.0 if has(boxes[0], 0) else min(low, high), max(low, high)
        if op == "=":
            return equal_range(*boxes)
        if op == "!=":
            low, high = equal_range(*boxes)
            return 1 - high, 1 - low
        if op == "between":
            return between_range(*boxes)
        if op == "if":
            if boxes[0].low > 0:
                return boxes[1][:2]
            if boxes[0].high == 0:
                return boxes[2][:2]
            return min(boxes[1].low, boxes[2].low), max(boxes[1].high, boxes[2].high)
        falling = FALLING.get(op, ())
        low = end(op, [b.high if k in falling else b.low for k, b in enumerate(boxes)])
        high = end(op, [b.low if k in falling else b.high for k, b in enumerate(boxes)])
        return -INF if math.isnan(low) else low, INF if math.isnan(high) else high

    def box(self, nominal, boxes, low, high, gap, absent):
        """With the nominal result inside; its one value where nothing it reads is open."""
        if nominal is not None:
            if boxes and all(b.low == b.high and not b.absent for b in boxes):
                return Box(nominal, nominal, gap, absent)
            low, high = min(low, nominal), max(high, nominal)
        if not gap and low == high:
            return certain(low)
        return Box(low, high, gap, absent)

    # -- nodes

    def truth(self, rule):
        if rule not in self.truths:
            self.truths[rule] = self.expression(self.model.rules[rule]["when"])
        return self.truths[rule]

    def fact(self, name):
        node, datum = self.model.nodes[name], self.ev.inputs.get(name) or {}
        value = oracle.number(datum.get("value"))
        low, high = (oracle.number(node.get(e)) for e in ("low", "high"))
        if value is not None or datum.get("low") is not None:
            low = oracle.number(datum.get("low")) if datum.get("low") is not None else value
        if value is not None or datum.get("high") is not None:
            high = oracle.number(datum.get("high")) if datum.get("high") is not None else value
        low, high = -INF if low is None else low, INF if high is None else high
        return certain(low) if value is None and low == high else Box(low, high, False, value is None)

    def before_rules(self, name):
        if name not in self.befores:
            self.befores[name] = self.work_out(name)
        return self.befores[name]

    def limited(self, box, low, high):
        low, high = -INF if low is None else low, INF if high is None else high
        return self.settled(Box(*(oracle.clamp(x, low, high) for x in box[:2]), box.gap, box.absent))

    @staticmethod
    def settled(box):
        """One place to lie, and surely a value."""
        return certain(box.low) if box.low == box.high and not box.gap else box

    def work_out(self, name):
        node = self.model.nodes[name]
        kind = node["kind"]
        if kind == "indicator":
            return self.fact(name)
        if kind == "parameter":
            value = self.ev.work_out(name)
            return Box(-INF, INF, NEVER, True) if value is None else certain(value)
        if kind == "derived":
            return self.limited(self.expression(node["value"]), *(oracle.number(node.get(e)) for e in ("low", "high")))
        return self.lowered(node, self.combined(node))

    def score(self, name):
        node = self.model.nodes[name]
        box = self.value(name)
        if node["kind"] in ("factor", "output"):
            return box
        curve = node["score"]
        inside = [box.low, box.high]
        if curve["kind"] == "knots":
            inside += [float(x) for x, _ in curve["knots"] if has(box, float(x))]
        if curve["kind"] == "steps":
            inside += [float(x) for x, _ in curve["steps"] if x is not None and has(box, float(x))]
        scores = [oracle.curve(curve, x) for x in inside]
        low, high = min(scores), max(scores)
        if curve["kind"] in TRANSCENDENTAL:
            low, high = max(0.0, outward(low, -INF)), min(100.0, outward(high, INF))
        return self.box(oracle.curve(curve, self.ev.value(name)), [box], low, high, box.gap, box.absent)

    def member(self, member):
        box = self.score(member["name"])
        return Box(100 - box.high, 100 - box.low, box.gap, box.absent) if member.get("flip") else box

    def combined(self, node):
        how = node["combine"]
        if how["kind"] == "expression":
            return self.limited(self.expression(how["value"]), 0.0, 100.0)
        boxes, weights = [self.member(m) for m in node["members"]], self.ev.weights(node)

        def result(ends, taken):
            known = [(w, s) for k, (w, s) in enumerate(zip(weights, ends)) if k in taken]
            x = oracle.combine(how, node["higher_is_better"], [float(w) for w, _ in known], [s for _, s in known])
            if how["kind"] == "sum" and len(taken) < len(boxes):
                x /= float(sum(w for w, _ in known) / sum(weights))
            return oracle.clamp(x, 0.0, 100.0)

        every = set(range(len(boxes)))
        subsets = [every]
        if node.get("reweight") is not None:
            never = {k for k, b in enumerate(boxes) if b.gap == NEVER}
            open_ones = [k for k, b in enumerate(boxes) if b.absent and k not in never]
            sure = every - never - set(open_ones)
            subsets = [sure | set(some) for n in range(len(open_ones) + 1) for some in itertools.combinations(open_ones, n)]
            subsets = [s for s in subsets if s]
        low = min((result([b.low for b in boxes], s) for s in subsets), default=0.0)
        high = max((result([b.high for b in boxes], s) for s in subsets), default=100.0)
        if how["kind"] in TRANSCENDENTAL:
            low, high = outward(low, -INF), outward(high, INF)
        if how["kind"] in ("arithmetic", "geometric", "harmonic", "power"):  # between the members, those below a floor at it
            floor = float(how["floor"]) if how.get("floor") is not None else -INF
            some = [b for b in boxes if b.gap != NEVER or node.get("reweight") is None] or [Box(0.0, 100.0, False, False)]
            least, most = max(floor, min(b.low for b in some)), max(floor, max(b.high for b in some))
            low, high = (oracle.clamp(x, least, most) for x in (low, high))
        low, high = max(low, 0.0), min(high, 100.0)
        gap, absent = (self.too_few(node, weights, [b[mark] for b in boxes]) for mark in (2, 3))
        nominal = self.ev.raw_combined(node)
        return self.box(nominal, boxes, low, high, never_where_certain(gap, boxes, nominal, node.get("reweight") is None), absent)

    @staticmethod
    def too_few(node, weights, marks):
        """Whether members that may lack a score may leave too little of the weight."""
        if not any(marks):
            return False
        if node.get("reweight") is None:
            return True
        sure = sum(w for w, m in zip(weights, marks) if not m)
        return sure == 0 or sure / sum(weights) < oracle.Fraction(str(node["reweight"]))

    def lowered(self, node, box):
        for strength in node.get("strengths") or []:
            score = self.score(strength["name"])
            switches = [self.truth(r) for r in strength.get("unless") or []]
            points = float(strength["points"])
            off = score.gap == NEVER or any(b.low > 0 and not b.absent for b in switches)
            most = 0 if off else points * (100 - score.low) / 100
            least = 0 if off or score.absent or any(b.high > 0 and b.gap != NEVER for b in switches) else points * (100 - score.high) / 100
            low, high = oracle.clamp(box.low - most, 0.0, 100.0), oracle.clamp(box.high - least, 0.0, 100.0)
            box = self.settled(Box(low, high, box.gap, box.absent))
        return box

    def value(self, name):
        if name not in self.finals:
            self.finals[name] = self.overridden(name, self.ruled(name))
        return self.finals[name]

    def overridden(self, name, box):
        if name not in self.ev.overrides:
            return box
        points = float(self.ev.overrides[name])
        return self.limited(Box(box.low + points, box.high + points, box.gap, box.absent), 0.0, 100.0)

    def ruled(self, name):
        box = self.before_rules(name)
        every = self.model.acting_on.get(name, [])
        acting = [(r, e) for r, e in every if self.truth(r).high > 0 and self.truth(r).gap != NEVER]
        if not self.model.acting_on.get(name):
            return box
        amounts = {id(e): self.expression(e["amount"]) for _, e in acting}
        low, high = self.ev.limits(self.model.nodes[name])
        rules = sorted({r for r, _ in acting})
        open_rules = [r for r in rules if not self.surely(self.truth(r))]
        found = []
        for chosen in itertools.product((False, True), repeat=len(open_rules)):
            out = {r for r, c in zip(open_rules, chosen) if not c}
            here = [(e, amounts[id(e)]) for r, e in acting if r not in out]
            found.append(self.acted(box, here, low, high))
        gap, absent = box.gap, box.absent
        for _, effect in acting:
            amount = amounts[id(effect)]
            if effect["kind"] in ("scale", "add"):
                gap = gap or bool(amount.gap) or not finite(amount)
                absent = absent or bool(gap) or amount.absent
        least, most = min(f[0] for f in found), max(f[1] for f in found)
        reads = [box] + [self.truth(r) for r, _ in every] + [self.expression(e["amount"]) for _, e in every]
        nominal = self.ev.raw_finish(name)
        return self.box(nominal, reads, least, most, never_where_certain(gap, reads, nominal, False), absent)

    def may_act(self, rule, effect):
        """Whether a floor or cap may act: what surely has no value doesn't."""
        truth = self.truth(rule)
        return truth.high > 0 and truth.gap != NEVER and self.expression(effect["amount"]).gap != NEVER

    @staticmethod
    def surely(truth):
        return truth.low > 0 and not truth.absent

    @staticmethod
    def acted(box, effects, low, high):
        """(low, high) after these effects. A floor or cap that may have no amount even with every fact known may be left out."""
        effects = [(e, a) for e, a in effects if a.gap != NEVER or e["kind"] in ("scale", "add")]
        within = [oracle.clamp(x, low, high) for x in box[:2]] if not any(e["kind"] == "scale" for e, _ in effects) else list(box[:2])
        factor = (1.0, 1.0)
        for e, a in effects:
            if e["kind"] == "scale":
                factor = hull(times(x, y) for x in factor for y in a[:2])
        ends = hull(times(x, y) for x in within for y in factor)
        ends = [oracle.clamp(x, low, high) for x in ends]
        for e, a in effects:
            if e["kind"] == "add":
                ends = [ends[0] + a.low, ends[1] + a.high]
        ends = [oracle.clamp(x, low, high) for x in ends]
        for e, a in effects:
            if e["kind"] == "at_most":
                ends = [min(ends[0], a.low), ends[1] if a.gap else min(ends[1], a.high)]
        ends = [oracle.clamp(x, low, high) for x in ends]
        for e, a in effects:
            if e["kind"] == "at_least":
                ends = [ends[0] if a.gap else max(ends[0], a.low), max(ends[1], a.high)]
        return [oracle.clamp(x, low, high) for x in ends]
