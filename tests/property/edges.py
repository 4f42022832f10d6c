"""What random models seldom hit by chance: dates on the last day of a span or beside it, ends of months and leap days, and figures whose sum is exactly an
edge. Drawn from a generator of its own, so that it changes nothing else of a model. The calendar is this file's own.
"""
import calendar
import datetime
import math
import random
from fractions import Fraction

MEAN_MONTH = 365.2425 / 12  # days
COMMON = (1, 3, 6, 12, 18, 24, 36, 60)  # months


def later(date, months):
    year, month = divmod(12 * date.year + date.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(date.day, last))


def years_between(start, end):
    """Of start <= end: whole months and the days left over, in years."""
    months = 12 * (end.year - start.year) + end.month - start.month
    if later(start, months) > end:
        months -= 1
    return (months + (end - later(start, months)).days / MEAN_MONTH) / 12


class Length:
    """A length of time as a rule file writes it."""

    def __init__(self, number, unit):
        self.number, self.unit = number, unit
        self.text = f"{number:g} {unit}"

    def over(self, start):
        """The last day that still belongs to it, laid from a day. What is no whole month is a part of a mean month."""
        if self.unit == "days":
            return start + datetime.timedelta(days=self.number)
        months = Fraction(str(self.number)) * (12 if self.unit == "years" else 1)
        whole = math.floor(months)
        return later(start, whole) + datetime.timedelta(days=math.floor(float(months - whole) * MEAN_MONTH))


    def years_past(self, start, end):
        """Years by which a day lies beyond it, laid from another: what lies between the two, less its own length."""
        if self.unit == "days":
            return max(0.0, years_between(start + datetime.timedelta(days=self.number), end)) if self.over(start) < end else 0.0
        months = Fraction(str(self.number)) * (12 if self.unit == "years" else 1)
        whole = math.floor(months)
        start += datetime.timedelta(days=math.floor(float(months - whole) * MEAN_MONTH))
        return max(0.0, years_between(start, end) - whole / 12)


class Edges:
    def __init__(self, seed, kind, wanted=True):
        self.rng, self.wanted = random.Random(f"edges {kind} {seed}"), wanted

    def chance(self, p):
        return self.wanted and self.rng.random() < p

    # -- dates

    def as_of(self, date):
        """Now and then the last day of its month, or a leap day."""
        if self.chance(0.35):
            return date.replace(day=calendar.monthrange(date.year, date.month)[1])
        return datetime.date(date.year // 4 * 4, 2, 29) if self.chance(0.15) else date

    def length(self, number, unit):
        """As long, or one in other words: in months, days, or parts of a year."""
        if not self.chance(0.4):
            return Length(number, unit)
        return Length(*self.rng.choice(((6, "months"), (18, "months"), (1.5, "years"), (0.7, "years"), (400, "days"), (24, "months"), (2.5, "months"))))

    def before(self, date, months):
        """A day from which so many months end on the date, or on the day before or after it."""
        return later(date, -months) + datetime.timedelta(days=self.rng.choice((-1, 0, 0, 0, 1)))

    def start_of(self, length, date):
        """A day from which the length ends on the date, or a day beside it."""
        start = date - datetime.timedelta(days=round(length.number * {"days": 1, "months": MEAN_MONTH, "years": 12 * MEAN_MONTH}[length.unit]))
        while length.over(start) < date:
            start += datetime.timedelta(days=1)
        while length.over(start - datetime.timedelta(days=1)) >= date:
            start -= datetime.timedelta(days=1)
        return start + datetime.timedelta(days=self.rng.choice((-1, 0, 0, 1)))

    def months_ago(self, date):
        """For a fact that is a date: so long ago that a usual number of months ends today, or a day beside it."""
        return self.before(date, self.rng.choice(COMMON)) if self.chance(0.5) else None

    def since(self):
        """A condition's months or years since a date."""
        months = self.rng.choice(COMMON[2:])
        return ("months", months) if self.chance(0.6) else ("years", Fraction(months, 12))

    # -- ties

    def figures(self, node, countries):
        """A figure of one digit for each country, inside the range."""
        low, high = math.ceil(10 * node.low) + 1, math.floor(10 * node.high) - 1
        return {c: Fraction(self.rng.randint(low, high), 10) for c in countries}

    def weights(self, count):
        cuts = sorted(self.rng.sample(range(1, 20), count - 1))
        return [Fraction(b - a, 20) for a, b in zip([0] + cuts, cuts + [20])]

    def order(self, items):
        items = list(items)
        self.rng.shuffle(items)
        return items
