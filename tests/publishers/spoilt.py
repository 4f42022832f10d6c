"""Thirty and more ways in which people and spreadsheets spoil a publisher's file: python3 tests/publishers/spoilt.py --engine PATH [WORD …]

Each shape of shapes.py is spoilt in each way. The scores must be those of the sound file, or something must be said; never another score
in silence. Those of SAME must be read as if nothing had happened. WORD: only shapes with it in their map's name, or ways with it in theirs.
"""
import argparse
import os
import re
import sys

from run import Run, number, on_cells
from shapes import shapes


def lines_of(shape):
    return shape.text().split("\n")


def figures(change):
    """All figures written in another way."""
    return lambda shape: shape.bytes(on_cells(shape, shape.figures_in, lambda cell: change(cell, number(cell)) if number(cell) is not None else cell))


def newest(change):
    """Only figures of 2021, the year that counts."""
    def spoil(shape):
        rows = [list(row) for row in shape.rows]
        columns = [i for i, name in enumerate(rows[0]) if shape.figures_in(name)]
        in_rows = not any("2021" in rows[0][i] for i in columns)
        for row in rows[1:]:
            if in_rows and not any("2021" in cell for cell in row):
                continue
            for i in columns:
                if (in_rows or "2021" in rows[0][i]) and number(row[i]) is not None:
                    row[i] = change(row[i], number(row[i]))
        return shape.bytes(rows)
    return spoil


def header(change):
    return lambda shape: shape.bytes([[change(cell) for cell in shape.rows[0]]] + shape.rows[1:])


def codes(change):
    return lambda shape: shape.bytes(on_cells(shape, lambda name: name == shape.codes, change))


def joined(end):
    return lambda shape: shape.text().replace("\n", end).encode(shape.encoding)


def mixed_ends(shape):
    return "".join(line + ("\r\n" if k % 2 else "\n") for k, line in enumerate(lines_of(shape)[:-1])).encode(shape.encoding)


def behind(*notes):
    return lambda shape: (shape.text() + "".join(note + "\n" for note in notes)).encode(shape.encoding)


def before(*notes):
    return lambda shape: ("".join(note + "\n" for note in notes) + shape.text()).encode(shape.encoding)


def more_columns(shape):
    return shape.bytes([shape.rows[0] + ["", ""]] + [row + ["", ""] for row in shape.rows[1:]])


def more_cells(shape):
    return shape.bytes(shape.rows[:1] + [row + [""] for row in shape.rows[1:]])


def other_twins(shape):
    """Every row once more, its figures a tenth larger."""
    twin = on_cells(shape, shape.figures_in, lambda cell: f"{number(cell) * 1.1:.4f}" if number(cell) is not None else cell)
    return shape.bytes(shape.rows + twin[1:])


def header_twice(shape):
    return shape.bytes(shape.rows[:1] + shape.rows)


def header_within(shape):
    half = len(shape.rows) // 2
    return shape.bytes(shape.rows[:half] + shape.rows[:1] + shape.rows[half:])


def units_below(shape):
    return shape.bytes(shape.rows[:1] + [["(USD)" if shape.figures_in(name) else "" for name in shape.rows[0]]] + shape.rows[1:])


def blank_lines(shape):
    """Not among the lines before the header, which are counted."""
    head = sum(line.count("\n") + 1 for line in shape.before)
    lines = lines_of(shape)
    if any("\n" in cell for row in shape.rows for cell in row):
        return shape.bytes()
    return "\n".join(lines[:head] + ["\n".join([line, ""]) for line in lines[head:]]).encode(shape.encoding)


def backwards(shape):
    return shape.bytes(shape.rows[:1] + shape.rows[:0:-1])


def column_twice(shape):
    """The columns of figures once more at the end, a tenth larger."""
    at = [i for i, name in enumerate(shape.rows[0]) if shape.figures_in(name)]
    larger = lambda cell: f"{number(cell) * 1.1:.4f}" if number(cell) is not None else cell
    return shape.bytes([row + [row[i] if k == 0 else larger(row[i]) for i in at] for k, row in enumerate(shape.rows)])


def european(shape):
    rows = on_cells(shape, shape.figures_in, lambda cell: cell.replace(".", ",") if number(cell) is not None else cell)
    return "\n".join(";".join(cell.replace("\n", " ") for cell in row) for row in rows).encode(shape.encoding, "replace") + b"\n"


def grouped(value, mark, point, digits):
    return f"{value:,.{digits}f}".replace(",", "\0").replace(".", point).replace("\0", mark)


def utf16_big(shape):
    return b"\xfe\xff" + shape.text().encode("utf-16-be")


def half_a_character(shape):
    return shape.text().encode("utf-16")[:-1]


def all_quoted(shape):
    return shape.text(quote=1).encode(shape.encoding)  # csv.QUOTE_ALL


def last_line_open(shape):
    return shape.bytes().rstrip(b"\n")


def first_days(shape):
    """Every fifth year as a spreadsheet makes a date of it; of a column for each year, none."""
    rows = [list(row) for row in shape.rows]
    if shape.year_column not in rows[0] or shape.figures_in(shape.year_column):
        return shape.bytes()
    at = rows[0].index(shape.year_column)
    for row in rows[1::5]:
        row[at] = re.sub(r"^(20\d\d)$", r"\1-01-01", row[at])
    return shape.bytes(rows)


def moved(end_lost):
    """One row whose cells are one further, from the first or the second on; the newest of its country where it has more."""
    def spoil(shape):
        rows = [list(row) for row in shape.rows]
        newest = [i for i, row in enumerate(rows) if i and str(shape.as_of) in row] or [len(rows) // 2]
        row = rows[newest[len(newest) // 2]]
        row.insert(1, "")
        if end_lost:
            row.pop()
        return shape.bytes(rows)
    return spoil


def newest_header(change):
    """The newest year of a column for each, written a little otherwise."""
    return header(lambda cell: re.sub(r"(2021)(?!.*2021\])", change, cell, count=1) if re.search(r"2021( \[YR2021\])?$", cell) else cell)


WAYS = {
    "mixed line ends": mixed_ends,
    "Windows line ends": joined("\r\n"),
    "line ends of an old Mac": joined("\r"),
    "UTF-16, the other order": utf16_big,
    "UTF-16, half a character": half_a_character,
    "everything quoted": all_quoted,
    "empty columns at the end": more_columns,
    "a comma behind each row": more_cells,
    "a footer": behind("", "Data from database: World Development Indicators", "Last Updated: 06/28/2024"),
    "a footer with figures": behind("", '"Note: revised, as of 2021, by 1,234.5"', "Source: the publisher, 2021,,"),
    "a total at the end": behind("Total,,,,99999"),
    "lines above the header": before("Income of states", "Downloaded on 2024-06-30"),
    "empty lines above the header": before("", ""),
    "empty lines between rows": blank_lines,
    "rows backwards": backwards,
    "every row once more, other figures": other_twins,
    "columns of figures once more, larger": column_twice,
    "the header twice": header_twice,
    "the header again among the rows": header_within,
    "units below the header": units_below,
    "blanks around the header": header(lambda cell: f" {cell} "),
    "the header in capitals": header(str.upper),
    "years with a star": header(lambda cell: re.sub(r"(20\d\d)", r"\1*", cell)),
    "years as numbers with a point": header(lambda cell: re.sub(r"^(20\d\d)$", r"\1.0", cell)),
    "every fifth year a first of January": first_days,
    "a row moved by a cell": moved(False),
    "a row moved by a cell, its end lost": moved(True),
    "the newest year with a point": newest_header(r"\1.0"),
    "the newest year with a letter": newest_header(r"\1f"),
    "the newest year with a letter before it": newest_header(r"X\1"),
    "the newest year of two": newest_header(r"\1/22"),
    "the newest year with a note": newest_header(r"\1 (proj.)"),
    "codes in small letters": codes(str.lower),
    "codes with a footnote": codes(lambda cell: cell + "*"),
    "codes with blanks": codes(lambda cell: f" {cell} "),
    "semicolons and decimal commas": european,
    "figures with a star": figures(lambda cell, value: cell + "*"),
    "the newest figures with a star": newest(lambda cell, value: cell + "*"),
    "the newest figures with a letter": newest(lambda cell, value: cell + " p"),
    "the newest figures with a number of a note": newest(lambda cell, value: cell + " 1)"),
    "blanks between thousands": figures(lambda cell, value: grouped(value, " ", ".", 3)),
    "blanks and decimal commas": figures(lambda cell, value: grouped(value, " ", ",", 1)),
    "hard blanks and decimal commas": figures(lambda cell, value: grouped(value, "\u00a0", ",", 2)),
    "points between thousands": figures(lambda cell, value: grouped(value, ".", ",", 1)),
    "points between thousands, no decimals": figures(lambda cell, value: grouped(value, ".", ",", 0)),
    "the newest with points between thousands": newest(lambda cell, value: grouped(value, ".", ",", 0)),
    "commas between thousands, no decimals": figures(lambda cell, value: grouped(value, ",", ".", 0)),
    "apostrophes between thousands": figures(lambda cell, value: grouped(value, "'", ".", 2)),
    "dollars": figures(lambda cell, value: f"${value:,.2f}"),
    "percent signs": figures(lambda cell, value: cell + "%"),
    "millions": figures(lambda cell, value: f"{value / 1e6:.9f} m"),
    "the newest in thousands": newest(lambda cell, value: f"{value / 1000:.6f}k"),
    "in powers of ten": figures(lambda cell, value: f"{value:.12e}"),
    "powers of ten with a comma": figures(lambda cell, value: f"{value:.6e}".replace(".", ",")),
    "apostrophes of a spreadsheet": figures(lambda cell, value: "'" + cell),
    "formulas of a spreadsheet": figures(lambda cell, value: f'="{cell}"'),
    "the newest #N/A": newest(lambda cell, value: "#N/A"),
    "the newest #REF!": newest(lambda cell, value: "#REF!"),
    "the newest nan": newest(lambda cell, value: "nan"),
    "the newest inf": newest(lambda cell, value: "inf"),
    "the newest a dash": newest(lambda cell, value: "-"),
    "the newest below a bound": newest(lambda cell, value: "<" + cell),
    "the newest ranges": newest(lambda cell, value: f"{cell}-{value * 2:.2f}"),
    "the newest in brackets": newest(lambda cell, value: f"({cell})"),
    "the newest in hexadecimal": newest(lambda cell, value: hex(int(value))),
    "digits of another script": figures(lambda cell, value: cell.translate({ord("0") + k: 0x660 + k for k in range(10)})),
    "blanks around figures": figures(lambda cell, value: f"  {cell}  "),
    "no line end at the end": last_line_open,
}
SAME = {
    "mixed line ends", "Windows line ends", "UTF-16, the other order", "everything quoted", "empty columns at the end", "empty lines between rows",
    "rows backwards", "blanks around the header", "codes with blanks", "in powers of ten", "blanks around figures",
}


# What is no fault of that publisher's file, or no fault that a reader can see.
LEGITIMATE = {
    ("world-bank-wgi", "the newest #N/A"),  # how the file says that there is none
    # rows of one state and year add up there, and these are other rows
    ("ucdp-battle-deaths", "every row once more, other figures"),
    ("ucdp-conflicts", "every row once more, other figures"),
    ("aiddata-gcdf", "every row once more, other figures"),
    # nothing in the file shows it: the country stands first; the filter has lost its "Yes" or its series; told, but figures of other years count
    ("bti", "a row moved by a cell, its end lost"),
    ("world-bank-wgi", "a row moved by a cell, its end lost"),
    ("aiddata-gcdf", "a row moved by a cell, its end lost"),
    ("undp-hdr", "a row moved by a cell, its end lost"),
    # a figure a conflict: some are so small that a thousandth of the others lies among them
    ("ucdp-conflicts", "the newest with points between thousands"),
}


def close(scores, sound):
    """The same scores but for the digits that a way of writing leaves out."""
    return scores.keys() == sound.keys() and all(
        (a == "") == (sound[c] == "") and (a == "" or abs(float(a) - float(sound[c])) < 1e-3) for c, a in scores.items())


def problems(run, shape, words):
    if shape.encoding.lower().replace("-", "") == "utf16":
        return
    sound, _, _ = run(shape, shape.bytes())
    for name, spoil in WAYS.items():
        if (shape.map, name) in LEGITIMATE or not all(word in name or word in shape.map for word in words):
            continue
        try:
            data = spoil(shape)
        except UnicodeEncodeError:
            continue  # the publisher's encoding can't hold it
        if data == shape.bytes():
            continue
        scores, said, _ = run(shape, data)
        told = "error[" in said or "warning[" in said
        what = f"{shape.map}, {name}"
        if "internal" in said:
            yield f"{what}: an internal error\n{said}"
        elif scores is not None and close(scores, sound):
            continue
        elif name in SAME:
            yield f"{what}: the scores should be the same\n{said}"
        elif not told:
            yield f"{what}: other scores in silence\n{scores}\n{sound}"
        elif scores is not None:
            wrong = [c for c, score in scores.items() if score and (not sound[c] or abs(float(score) - float(sound[c])) > 1e-3)]
            if wrong:
                yield f"{what}: another score of {', '.join(wrong)} behind a warning\n{said}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", required=True)
    parser.add_argument("words", nargs="*")
    arguments = parser.parse_args()
    run = Run(os.path.abspath(arguments.engine))
    found = [problem for shape in shapes() for problem in problems(run, shape, arguments.words)]
    print("\n".join(found) or f"{len(WAYS)} ways to spoil a file: read rightly, or told")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
