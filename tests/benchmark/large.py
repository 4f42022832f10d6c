"""Writes a rule file of many declarations: a tree of factors over indicators, derived values and rules.

    python3 tests/benchmark/large.py FILE [DECLARATIONS]
"""
import sys

SIGNED = 'judged by "Waystone model desk" on 2026-11-01 because "made-up model of a benchmark"'
WIDE = 5  # members of a factor


def declarations(count):
    """About `count` declarations: of every ten, six indicators, one derived value, one or two factors, one or two rules."""
    yield 'model "Large made-up model" {\n  version "1"\n}\n'
    yield 'source made_up "Made-up source" {\n  publisher "Nobody"\n  published 2026-11-01\n  licence "cited"\n}\n'
    indicators = count * 6 // 10
    level = []
    for k in range(indicators):
        yield (f'indicator i{k} "Indicator {k}" {{\n  unit percent\n  range 0% to 100%\n  best {k % 30}%, worst {60 + k % 40}%\n'
               "  missing unknown\n  cites made_up\n}\n")
        level.append(f"i{k}")
    for k in range(0, indicators, 6):
        yield f'derived d{k} "Derived {k}" = (i{k} in percent) * 0.5 + 10 {{\n  unit plain\n  range 0 to 100\n  best 0, worst 100\n  {SIGNED}\n}}\n'
        level.append(f"d{k}")
    factors = 0
    while len(level) > WIDE:
        above = []
        for start in range(0, len(level), WIDE):
            name = f"f{factors}"
            factors += 1
            members = "".join(f"  1 part {m}\n" for m in level[start:start + WIDE])
            yield f'factor {name} "Factor {name}" {{\n  combine arithmetic\n{members}  {SIGNED}\n}}\n'
            above.append(name)
        level = above
    members = "".join(f"  1 part {m}\n" for m in level)
    yield f'output risk "Risk" {{\n  scale 0 to 100, higher is worse\n  combine arithmetic\n{members}  {SIGNED}\n}}\n'
    for k in range(count - indicators - indicators // 6 - factors - 3):
        yield (f'rule r{k} "Rule {k}" {{\n  when i{k * 3} > 50% and i{k * 3 + 1} < 40%\n  then f{k % factors} add 3\n'
               f'  because "made up"\n  {SIGNED}\n}}\n')


def main():
    if len(sys.argv) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    with open(sys.argv[1], "w", encoding="utf-8") as f:
        f.write("\n".join(declarations(int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
