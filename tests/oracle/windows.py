"""Windows over past figures, worked out again from docs/language (Windows over past figures).

A figure is a Figure; a window a dict as `waystone program` lists it: function, of, months, days, at_least, out_of, counts. Nothing here follows the
engine's way: the start of a window is found by trying days, the deviation by trying corners.
"""
import calendar
import datetime
import functools
import itertools
import math
from fractions import Fraction

import oracle

EPOCH = datetime.date(1970, 1, 1)
WEAKNESS = ("observed", "estimated", "expected", "judged")
NUMBERS = {"<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
           "=": lambda a, b: a == b, "!=": lambda a, b: a != b}


class Figure:
    def __init__(self, valid, value, known=None, low=None, high=None, grade="observed"):
        self.valid, self.value, self.known, self.low, self.high, self.grade = valid, value, known or valid, low, high, grade

    def ends(self, low, high):
        """What it may be; of an unknown one all that its indicator may be, unless it says less."""
        return (self.low if self.low is not None else low if self.value is None else self.value,
                self.high if self.high is not None else high if self.value is None else self.value)


def add_months(date, months):
    month = date.year * 12 + date.month - 1 + months
    first_of_next = datetime.date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (first_of_next - datetime.timedelta(days=1)).day
    return datetime.date(month // 12, month % 12 + 1, min(date.day, last))


def over_on(start, months, days):
    """The last day of a span laid from a day."""
    return add_months(start, months) + datetime.timedelta(days=math.floor(days))


@functools.lru_cache(maxsize=None)
def start_of(as_of, months, days):
    """The latest day that is a whole span before a date: the day that `lag` looks at. Later figures are in the window."""
    day = as_of
    while over_on(day, months, days) > as_of:
        day -= datetime.timedelta(days=1)
    return day


def known_figures(figures, as_of, known_by):
    """One a date, oldest first: of several the one that was known last."""
    best = {}
    for f in figures:
        if f.valid <= as_of and f.known <= known_by and (f.valid not in best or best[f.valid].known <= f.known):
            best[f.valid] = f
    return [best[d] for d in sorted(best)]


def end_of(figures, as_of, known_by):
    """A window looks back from the figure that counts, not from the date: what is published late makes it no shorter."""
    known = known_figures(figures, as_of, known_by)
    return known[-1].valid if known else as_of


def inside(window, figures, as_of, known_by):
    start = start_of(end_of(figures, as_of, known_by), window["months"], window["days"])
    found = [f for f in known_figures(figures, as_of, known_by) if f.valid > start]
    return found[-window["out_of"]:] if window["out_of"] else found


def counts(window, value):
    c = window.get("counts")
    return 1 if (NUMBERS[c["op"]](oracle.decimal(value), oracle.decimal(c["value"])) if c else value == 1) else 0


def position(date):
    """Years by the calendar at the end of a day, each month a twelfth."""
    last = calendar.monthrange(date.year, date.month)[1]
    return date.year + Fraction(date.month - 1 + Fraction(date.day, last), 12)


def slope(points):
    n = len(points)
    t = [Fraction(d) for d, _ in points]
    x = [Fraction(v) for _, v in points]
    mt, mx = sum(t) / n, sum(x) / n
    return float(sum((a - mt) * (b - mx) for a, b in zip(t, x)) / sum((a - mt) ** 2 for a in t))


def deviation(values):
    values = [Fraction(v) for v in values]
    m = sum(values) / len(values)
    return math.sqrt(sum((v - m) ** 2 for v in values) / (len(values) - 1))


def of_values(window, points):
    """points: (position, value)."""
    values = [v for _, v in points]
    f = window["function"]
    if f == "mean":
        return math.fsum(values) / len(values)
    if f in ("min", "max"):
        return {"min": min, "max": max}[f](values)
    if f == "sum":
        return math.fsum(values)
    if f == "sd":
        return deviation(values)
    if f == "trend":
        return slope(points)
    return float(sum(counts(window, v) for v in values))


def corner_values(window, low, high):
    """Values among which a figure between two ends shows all that the window may become."""
    c = window.get("counts")
    more = [c["value"] + d for d in (-1e-6, 0, 1e-6)] if c else []
    return sorted({low, high} | {x for x in more if low <= x <= high})


def extremes(window, boxes):
    """Least and most over boxes (position, low, high), all of them known, by corners."""
    f = window["function"]
    if f == "count":
        each = [[counts(window, v) for v in corner_values(window, a, b)] for _, a, b in boxes]
        return float(sum(map(min, each))), float(sum(map(max, each)))
    if f in ("mean", "min", "max", "sum"):
        return tuple(of_values(window, [(d, (a, b)[k]) for d, a, b in boxes]) for k in (0, 1))
    found = [of_values(window, [(box[0], v) for box, v in zip(boxes, corner)])
             for corner in itertools.product(*[sorted({a, b}) for _, a, b in boxes])]
    if f == "trend":
        return min(found), max(found)
    # the least deviation is at no corner: move every figure as near as it can to one place, by bisection
    a, b = min(x for _, x, _ in boxes), max(x for _, _, x in boxes)
    for _ in range(100):
        place = (a + b) / 2
        near = [oracle.clamp(place, low, high) for _, low, high in boxes]
        a, b = (place, b) if math.fsum(near) / len(near) > place else (a, place)
    return deviation(near), max(found)


def choices(certain, unknown, missing, fewest):
    """Every choice of figures that may be known one day: those that are, some of the unknown, some of the missing."""
    for r in range(len(unknown) + 1):
        for joining in itertools.combinations(unknown, r):
            for k in range(len(missing) + 1):
                chosen = certain + list(joining) + missing[:k]
                if len(chosen) >= fewest:
                    yield chosen


def reach(window, certain, unknown, missing, whole):
    """Least and most over all that may become known."""
    f = window["function"]
    if f == "trend" and missing:  # of no date
        return whole
    ends = [extremes(window, chosen) for chosen in choices(certain, unknown, missing, 2 if f in ("sd", "trend") else 1)]
    return min(a for a, _ in ends), max(b for _, b in ends)


def surely_counts(window, low, high):
    return window["function"] == "count" and all(counts(window, v) for v in corner_values(window, low, high))


def result(window, figures, as_of, known_by, each, whole):
    """{"value", "low", "high", "known", "grade"} of a window other than a lag, before age. `each`, `whole`: ranges of the indicator and of the window."""
    found = inside(window, figures, as_of, known_by)
    points = [(position(f.valid), f.value) for f in found if f.value is not None]
    enough = len(points) >= window["at_least"]
    certain = [(position(f.valid), *f.ends(*each)) for f in found if f.value is not None]
    unknown = [(position(f.valid), *f.ends(*each)) for f in found if f.value is None]
    missing = [(0, *each)] * ((window["out_of"] or 0) - len(found) if window["out_of"] else 0)
    sure = [box for box in unknown if surely_counts(window, *box[1:])]
    certain, unknown = certain + sure, [box for box in unknown if box not in sure]
    if len(found) + len(missing) <= window["at_least"] and (window["out_of"] or len(found) >= window["at_least"]):
        certain, unknown = certain + unknown, []  # without one of them there is no value
        if window["function"] != "trend":
            certain, missing = certain + missing, []
    grades = [f.grade for f in found if f.value is not None]
    fact = {"value": None, "known": enough, "grade": max(grades, key=WEAKNESS.index) if enough else None, "low": whole[0], "high": whole[1],
            "newest": max((f.valid for f in found if f.value is not None),
                          default=start_of(end_of(figures, as_of, known_by), window["months"], window["days"]) + datetime.timedelta(days=1))}
    if enough:
        fact["value"] = oracle.clamp(of_values(window, points) + len(sure), *whole)
    ends = whole
    if window["out_of"] or len(found) >= window["at_least"]:
        ends = reach(window, certain, unknown, missing, whole)
    elif window["function"] in ("min", "max"):
        ends = reach(window, certain, unknown, [(0, *each)], whole)
    low, high = (oracle.clamp(x, *whole) for x in ends)
    fact["low"], fact["high"] = (min(low, fact["value"]), max(high, fact["value"])) if enough else (low, high)
    return fact
