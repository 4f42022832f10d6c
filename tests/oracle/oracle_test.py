"""The oracle itself, on a model small enough to work out by hand.   python3 tests/oracle/oracle_test.py"""
import datetime
import decimal
import math
import random
import unittest

import oracle
import possible


def num(x):
    return {"op": "number", "value": x}


def name(x):
    return {"op": "name", "name": x}


def op(word, *args):
    return {"op": word, "args": list(args)}


def indicator(n, low=0, high=100, score={"kind": "linear", "best": 0, "worst": 100}):
    return {"name": n, "kind": "indicator", "unit": "plain", "low": low, "high": high, "score": score}


def factor(n, how, members, weights=None, kind="factor", **more):
    return {"name": n, "kind": kind, "higher_is_better": False, "combine": how, "members": [{"name": m, "flip": False} for m in members],
            "weights": weights and {"": weights}, "reweight": None, "strengths": [], **more}


def evaluate(nodes, rules, inputs, overrides=None, viewpoint="", as_of=16616):
    model = oracle.Model({"model": {"nodes": nodes, "rules": rules, "viewpoints": []}})
    return oracle.Evaluation(model, {k: {"value": v} for k, v in inputs.items()}, viewpoint, as_of, 5, overrides)


AB = [indicator("a"), indicator("b"), indicator("c")]


class Combinations(unittest.TestCase):
    def value(self, how, weights, inputs, **more):
        nodes = AB + [factor("f", how, sorted(inputs), weights, **more)]
        return evaluate(nodes, [], inputs).value("f")

    def test_each_kind(self):
        x = {"a": 20, "b": 80}
        for how, weights, want in [
                ({"kind": "arithmetic"}, [1, 3], 65), ({"kind": "geometric", "floor": 5}, [1, 1], 40), ({"kind": "harmonic", "floor": 5}, [50, 50], 32),
                ({"kind": "power", "order": 2}, [1, 1], math.sqrt(3400)), ({"kind": "sum"}, [0.5, 1], 90), ({"kind": "sum"}, [1, 1], 100),
                ({"kind": "product"}, None, 16), ({"kind": "worst"}, None, 80), ({"kind": "best"}, None, 20), ({"kind": "median"}, None, 50)]:
            self.assertAlmostEqual(self.value(how, weights, x), want, 12)

    def test_higher_is_better(self):
        self.assertEqual(self.value({"kind": "worst"}, None, {"a": 20, "b": 80}, higher_is_better=True), 20)

    def test_floor_of_the_geometric_mean(self):
        self.assertAlmostEqual(self.value({"kind": "geometric", "floor": 4}, [1, 1], {"a": 0, "b": 100}), 20, 12)

    def test_unknown_member(self):
        x = {"a": 20, "b": 80, "c": None}
        self.assertIsNone(self.value({"kind": "arithmetic"}, [1, 1, 3], x))
        self.assertIsNone(self.value({"kind": "arithmetic"}, [1, 1, 3], x, reweight=0.5))
        self.assertEqual(self.value({"kind": "arithmetic"}, [1, 1, 3], x, reweight=0.4), 50)
        self.assertEqual(self.value({"kind": "sum"}, [0.25, 0.25, 0.5], x, reweight=0.5), 50)
        self.assertIsNone(self.value({"kind": "worst"}, None, x))
        self.assertEqual(self.value({"kind": "worst"}, None, x, reweight=0.6), 80)
        self.assertIsNone(self.value({"kind": "worst"}, None, x, reweight=0.7))


class Curves(unittest.TestCase):
    def test_kinds(self):
        c = oracle.curve
        self.assertEqual(c({"kind": "linear", "best": 10, "worst": 0}, 2.5), 75)
        self.assertEqual(c({"kind": "linear", "best": 10, "worst": 0}, 12), 0)
        self.assertAlmostEqual(c({"kind": "logarithmic", "best": 1, "worst": 100, "plus": 0}, 10), 50, 12)
        self.assertEqual(c({"kind": "logarithmic", "best": 1, "worst": 100, "plus": 0}, 0), 0)
        self.assertEqual(c({"kind": "logarithmic", "best": 100, "worst": 1, "plus": 0}, 0), 100)
        for x, want in ((0, 0), (20, 50), (40, 100)):
            self.assertAlmostEqual(c({"kind": "logistic", "best": 0, "worst": 40, "steepness": 10}, x), want, 12)
        self.assertEqual(c({"kind": "knots", "knots": [[0, 0], [5, 60], [20, 100]]}, 12.5), 80)
        steps = {"kind": "steps", "steps": [[None, 0], [2, 40], [5, 100]]}
        self.assertEqual([c(steps, x) for x in (1.9, 2, 4.9, 5)], [0, 40, 40, 100])


class Logic(unittest.TestCase):
    def test_kleene(self):
        o = oracle.OPERATORS
        self.assertEqual((o["and"](0.0, None), o["and"](1.0, None), o["or"](1.0, None), o["or"](0.0, None)), (0.0, None, 1.0, None))
        self.assertIsNone(o["not"](None))
        self.assertEqual((o["if"](None, 2.0, 2.0), o["if"](None, 2.0, 3.0), o["if"](1.0, 2.0, None)), (2.0, None, 2.0))

    def test_no_result_is_unknown(self):
        o = oracle.OPERATORS
        self.assertEqual([o["/"](1.0, 0.0), o["ln"](0.0), o["sqrt"](-1.0), o["^"](-8.0, 0.5), o["min"](1.0, None)], [None] * 5)

    def test_rounding(self):
        o = oracle.OPERATORS
        self.assertEqual((o["round"](2.5, 0.0), o["round"](-2.5, 0.0), o["round_half_even"](2.5, 0.0), o["round"](1.25, 1.0)), (3, -2, 2, 1.3))


class Rules(unittest.TestCase):
    def model(self, effects, when=op(">", name("c"), num(10))):
        f = factor("f", {"kind": "arithmetic"}, ["a", "b"], [1, 1], kind="output")
        return AB + [f], [{"name": n, "when": when, "effects": [{"target": "f", "kind": k, "amount": num(x)}]} for n, k, x in effects]

    def test_order_of_effects(self):
        nodes, rules = self.model([("r1", "at_least", 60), ("r2", "at_most", 30), ("r3", "add", 10), ("r4", "scale", 0.5)])
        ev = evaluate(nodes, rules, {"a": 40, "b": 60, "c": 11})
        self.assertEqual(ev.value("f"), 60)
        self.assertEqual([ev.binds(r) for r in ("r1", "r2", "r3", "r4")], [True, False, False, False])
        self.assertEqual(evaluate(nodes, rules[1:], {"a": 40, "b": 60, "c": 11}).value("f"), 30)
        self.assertEqual(evaluate(nodes, rules[2:], {"a": 40, "b": 60, "c": 11}).value("f"), 35)

    def test_unknown_condition_is_left_out(self):
        nodes, rules = self.model([("r1", "at_least", 60)])
        ev = evaluate(nodes, rules, {"a": 40, "b": 60})
        self.assertEqual((ev.holds("r1"), ev.value("f"), ev.binds("r1")), (None, 50, False))

    def test_unknown_amount(self):
        nodes, rules = self.model([("r1", "add", None)])
        self.assertIsNone(evaluate(nodes, rules, {"a": 40, "b": 60, "c": 11}).value("f"))
        nodes, rules = self.model([("r1", "at_least", None)])
        self.assertEqual(evaluate(nodes, rules, {"a": 40, "b": 60, "c": 11}).value("f"), 50)

    def of_unknown_amount(self, kind, amount, inputs):
        f = factor("f", {"kind": "arithmetic"}, ["a", "b"], [1, 1], kind="output")
        nodes = [indicator("a"), indicator("b"), indicator("c", low=55, high=70), indicator("d", low=0, high=10), f]
        rule = {"name": "r1", "when": op(">", name("a"), num(10)), "effects": [{"target": "f", "kind": kind, "amount": amount}]}
        return evaluate(nodes, [rule], {"a": 40, "b": 60, "c": None, "d": None, **inputs})

    def test_what_is_sure_of_an_unknown_amount_acts(self):
        self.assertEqual(self.of_unknown_amount("at_least", name("c"), {}).value("f"), 55)
        self.assertEqual(self.of_unknown_amount("at_most", op("-", name("c"), num(30)), {}).value("f"), 40)
        self.assertIsNone(self.of_unknown_amount("add", op("-", name("c"), num(50)), {}).value("f"))
        self.assertEqual(self.of_unknown_amount("at_least", op("/", name("c"), name("d")), {}).value("f"), 50)  # may have none

    def test_binding_on_an_unknown_target(self):
        for kind, amount, binds in (("add", 10, True), ("add", 0, False), ("at_least", 60, False), ("at_least", 30, False), ("at_least", 10, False)):
            ev = self.of_unknown_amount(kind, num(amount), {"b": None})
            self.assertEqual((ev.value("f"), ev.binds("r1")), (None, binds), (kind, amount))

    def test_what_never_has_a_value_is_not_moved(self):
        q = {"name": "q", "kind": "derived", "value": op("/", name("a"), name("b")), "low": 0, "high": 100, "score": None}
        nodes = [indicator("a"), indicator("b"), indicator("c"), q, factor("f", {"kind": "expression", "value": name("q")}, [], [], kind="output")]
        rule = {"name": "r1", "when": op(">", name("a"), num(10)), "effects": [{"target": "f", "kind": "add", "amount": num(10)}]}
        ev = evaluate(nodes, [rule], {"a": 40, "b": 0, "c": 1})
        self.assertEqual((ev.value("f"), ev.possible.value("f").gap, ev.binds("r1")), (None, possible.NEVER, False))

    def test_what_surely_has_no_value(self):
        known = {"op": "known", "name": "q"}
        nodes = [indicator("a"), indicator("b"), {"name": "q", "kind": "derived", "value": op("/", name("a"), name("b")), "low": 0, "high": 100, "score": None}]
        asked = {"name": "k", "kind": "derived", "value": op("if", known, num(1), num(0)), "low": None, "high": None, "score": None}
        for b, most in ((0, 0), (None, 1), (8, 1)):
            self.assertEqual(evaluate(nodes + [asked], [], {"a": 40, "b": b}).possible.value("k").high, most, b)

    def test_clamped_after_each_step(self):
        nodes, rules = self.model([("r1", "scale", 3), ("r2", "add", -20)])
        self.assertEqual(evaluate(nodes, rules, {"a": 40, "b": 60, "c": 11}).value("f"), 80)

    def test_override_is_last_and_read_by_others(self):
        nodes, rules = self.model([("r1", "at_most", 30)])
        nodes = nodes + [factor("g", {"kind": "arithmetic"}, ["f"], [1])]
        ev = evaluate(nodes, rules, {"a": 40, "b": 60, "c": 11}, {"f": 25})
        self.assertEqual((ev.value("f"), ev.value("g")), (55, 55))

    def test_strength(self):
        nodes, rules = self.model([("r1", "add", 0)])
        nodes[-1]["strengths"] = [{"name": "c", "points": 20, "unless": []}]
        self.assertEqual(evaluate(nodes, rules, {"a": 40, "b": 60, "c": 25}).value("f"), 35)
        self.assertEqual(evaluate(nodes, rules, {"a": 40, "b": 60}).value("f"), 50)
        nodes[-1]["strengths"][0]["unless"] = ["r1"]
        self.assertEqual(evaluate(nodes, rules, {"a": 40, "b": 60, "c": 25}).value("f"), 50)


class Decimals(unittest.TestCase):
    def test_as_the_decimal_module_rounds(self):
        rng = random.Random(5)
        for _ in range(5000):
            x = rng.choice((-1, 1)) * rng.uniform(1, 10) * 10.0 ** rng.randint(-10, 15)
            exact = decimal.Decimal(x)
            places = max(exact.adjusted(), 4) - 13
            step = decimal.Decimal(1).scaleb(places)
            self.assertEqual(float(oracle.decimal(x)), float((exact / step).quantize(decimal.Decimal(1), decimal.ROUND_HALF_UP) * step))

    def test_ties(self):
        self.assertEqual(oracle.decimal(0.1 + 0.2), oracle.decimal(0.3))
        self.assertEqual(oracle.OPERATORS[">="](39.99999999999999, 40), 1)
        self.assertEqual(oracle.OPERATORS["<"](39.99999999, 40), 1)
        self.assertEqual(oracle.OPERATORS["="](-math.inf, -math.inf), 1)

    def test_round(self):
        rounded = oracle.OPERATORS["round"]
        self.assertEqual([rounded(x, 1.0) for x in ((1.1 + 4.6) / 2, 2.8499, -2.85)], [2.9, 2.8, -2.8])
        self.assertEqual([oracle.OPERATORS["round_half_even"](x, 1.0) for x in ((1.1 + 4.6) / 2, 2.75)], [2.8, 2.8])
        self.assertEqual((rounded(45, -1.0), rounded(2.5), rounded(12345678901.46)), (50, 3, 12345678901))


class WholeConditions(unittest.TestCase):
    """A condition that reads an unknown value in several places."""

    def truth(self, when, unit="plain", low=0, high=100, rules=()):
        a = dict(indicator("a", low, high), unit=unit, half_steps=False)
        return evaluate([a, indicator("b")], [{"name": "r", "when": when, "effects": []}, *rules], {}).holds("r")

    def compared(self, word, x):
        return op(word, name("a"), {"op": "number", "value": x})

    def test_pieces(self):
        below, above = self.compared("<", 50), self.compared(">=", 50)
        self.assertEqual(self.truth(op("or", below, above)), 1)
        self.assertEqual(self.truth(op("and", below, above)), 0)
        self.assertIsNone(self.truth(op("or", below, self.compared(">", 50))))
        self.assertEqual(self.truth(op("or", op("or", below, self.compared("=", 50)), self.compared(">", 50))), 1)
        self.assertEqual(self.truth(op("if", self.compared(">", 50), self.compared(">", 45), self.compared("<=", 50))), 1)
        self.assertEqual(self.truth(op("or", self.compared("<", 0.3), self.compared(">=", 0.1 + 0.2))), 1)

    def test_whole_steps(self):
        codes = op("or", op("or", self.compared("=", 0), self.compared("=", 1)), self.compared("=", 2))
        self.assertEqual(self.truth(codes, "code", 0, 2), 1)
        self.assertIsNone(self.truth(codes, "code", 0, 3))
        self.assertIsNone(self.truth(codes, "plain", 0, 2))
        self.assertEqual(self.truth(op("or", name("a"), op("not", name("a"))), "yes/no", 0, 1), 1)

    def test_through_a_rule_and_with_another_fact(self):
        low = {"name": "s", "when": self.compared("<", 50), "effects": []}
        asked = {"op": "holds", "name": "s"}
        self.assertEqual(self.truth(op("or", asked, self.compared(">=", 50)), rules=[low]), 1)
        other = op("<", name("b"), {"op": "number", "value": 30})
        self.assertIsNone(self.truth(op("or", op("and", asked, other), self.compared(">=", 50)), rules=[low]))
        self.assertEqual(self.truth(op("or", op("or", op("and", asked, other), self.compared(">=", 50)), op("not", dict(other))), rules=[low]), 1)


class Calendar(unittest.TestCase):
    def months(self, start, end):
        return oracle.months_between(datetime.date.fromisoformat(start), datetime.date.fromisoformat(end))

    def test_whole_months(self):
        for start, end, want in [("2018-12-31", "2019-06-30", 6), ("2013-12-31", "2015-12-31", 24), ("2016-02-29", "2017-02-28", 12), ("2020-02-28", "2020-02-28", 0)]:
            self.assertEqual(self.months(start, end), want)
            self.assertEqual(self.months(end, start), -want)

    def test_rest(self):
        self.assertAlmostEqual(float(self.months("2020-01-31", "2020-03-01")), 1 + 12 / 365.2425, 12)
        self.assertLess(self.months("2013-12-31", "2015-12-30"), 24)

    def test_never(self):
        self.assertEqual(oracle.since("months", 16000, -math.inf), math.inf)
        self.assertIsNone(oracle.since("years", 16000, None))


class Parameters(unittest.TestCase):
    def test_not_in_force(self):
        p = {"name": "p", "kind": "parameter", "from": [[100, 3], [300, 4]], "until": [200, 400]}
        values = {day: evaluate([p], [], {}, as_of=day).value("p") for day in (99, 100, 200, 201, 299, 300, 400, 401)}
        self.assertEqual(values, {99: None, 100: 3, 200: 3, 201: None, 299: None, 300: 4, 400: 4, 401: None})


class Coverage(unittest.TestCase):
    def test_weight_mean(self):
        nodes = AB + [factor("f", {"kind": "arithmetic"}, ["a", "b"], [1, 3]), factor("g", {"kind": "worst"}, ["f", "c"])]
        ev = evaluate(nodes, [], {"a": 1, "c": 2})
        self.assertEqual((ev.coverage("f"), ev.coverage("g")), (0.25, 0.625))

    def test_derived(self):
        d = {"name": "d", "kind": "derived", "value": op("+", name("a"), op("*", name("p"), name("b"))), "low": 0, "high": 50, "score": None}
        p = {"name": "p", "kind": "parameter", "from": [[10000, 3], [20000, 4]], "until": [None, None]}
        ev = evaluate(AB + [d, p], [], {"a": 1, "b": 2})
        self.assertEqual((ev.value("d"), ev.coverage("d")), (7, 1))
        self.assertAlmostEqual(evaluate(AB + [d, p], [], {"a": 1}).coverage("d"), 2 / 3)


if __name__ == "__main__":
    unittest.main()
