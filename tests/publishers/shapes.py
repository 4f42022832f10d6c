"""Files in the shapes of publishers, made of our own figures: small tables of rows of text, the header first.

Each shape says how to write one figure a country and year (and a second series where the shape has series), which map reads it, what
the scenario adds, and the cells of which columns hold figures and codes, for the corruptions of corrupt.py.
"""
import csv
import io
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
YEARS = range(2012, 2022)
# code, number of Gleditsch and Ward, ISO's number, name of the World Bank, of the BTI, of the World Factbook
COUNTRIES = [
    ("AGO", 540, 24, "Angola", "Angola", "Angola"),
    ("BLR", 370, 112, "Belarus", "Belarus", "Belarus"),
    ("CIV", 437, 384, "Cote d'Ivoire", "Côte d'Ivoire", "Cote d'Ivoire"),
    ("COD", 490, 180, "Congo, Dem. Rep.", "Congo, DR", "Congo, Democratic Republic of the"),
    ("EGY", 651, 818, "Egypt, Arab Rep.", "Egypt", "Egypt"),
    ("KAZ", 705, 398, "Kazakhstan", "Kazakhstan", "Kazakhstan"),
    ("MDG", 580, 450, "Madagascar", "Madagascar", "Madagascar"),
    ("PAK", 770, 586, "Pakistan", "Pakistan", "Pakistan"),
    ("UKR", 369, 804, "Ukraine", "Ukraine", "Ukraine"),
    ("VNM", 816, 704, "Viet Nam", "Vietnam", "Vietnam"),
]


def figures():
    """{(code, year): income} of the shipped table, and nothing made up."""
    lines = (ROOT / "scenarios/partners/data/world-bank-wdi.csv").read_text(encoding="utf-8").splitlines()
    found = {}
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        if row["gdp_pc_const_usd"]:
            found[row["country"], int(row["year"])] = row["gdp_pc_const_usd"]
    return found


FIGURES = figures()


def figure(code, year):
    return FIGURES.get((code, year), "")


class Shape:
    def __init__(self, map_name, file, rows, columns, *, more="", before=(), after=(), separator=",", encoding="utf-8", codes, figures_in, other_codes,
                 year_column=None, as_of=None):
        self.map, self.file, self.rows, self.columns, self.more = map_name, file, rows, columns, more
        self.before, self.after, self.separator, self.encoding = list(before), list(after), separator, encoding
        self.codes = codes              # the column of codes
        self.figures_in = figures_in    # whether a column's name is one of figures
        self.other_codes = other_codes  # {code as it stands: the same country in another list}
        self.year_column = year_column  # the column whose loss must be told
        self.as_of = as_of or max(YEARS)

    def text(self, rows=None, quote=csv.QUOTE_MINIMAL):
        out = io.StringIO()
        for line in self.before:
            out.write(line + "\n")
        writer = csv.writer(out, delimiter=self.separator, quoting=quote, lineterminator="\n")
        writer.writerows(self.rows if rows is None else rows)
        for line in self.after:
            out.write(line + "\n")
        return out.getvalue()

    def bytes(self, rows=None):
        return self.text(rows).encode(self.encoding)


def is_year(name):
    return name[:4].isdigit()


def by_series(head, years, values, rest=lambda c: [], missing="", end=()):
    """Rows country by series, a column a year; a second series that nobody asks for."""
    rows = [head + years + list(end)]
    for c in COUNTRIES:
        for series in values:
            cells = [figure(c[0], y) or missing for y in YEARS] if series == values[0] else ["1"] * len(YEARS)
            rows.append(rest(c, series) + cells + [""] * len(end))
    return rows


def by_year(head, cells):
    rows = [head]
    for c in COUNTRIES:
        for year in YEARS:
            rows += cells(c, year)
    return rows


def halves(text):
    """Two figures that add up to one, each as a decimal."""
    if not text:
        return "", ""
    digits = len(text.partition(".")[2])
    part = round(float(text) / 4, digits)
    return f"{part:.{digits}f}", f"{float(text) - part:.{digits}f}"


ISO2 = {"AGO": "AO", "BLR": "BY", "CIV": "CI", "COD": "CD", "EGY": "EG", "KAZ": "KZ", "MDG": "MG", "PAK": "PK", "UKR": "UA", "VNM": "VN"}
TO_NUMBERS = {str(c[1]): str(c[2]) for c in COUNTRIES}


def shapes():
    year_names = [str(y) for y in YEARS]
    bank = lambda c, s: [c[3], c[0], "Name of " + s, s]
    head = ["Country Name", "Country Code", "Indicator Name", "Indicator Code"]
    codes = ["NY.GDP.PCAP.KD", "NE.TRD"]
    columns = '{ income = "NY.GDP.PCAP.KD" }'
    bank_shape = dict(codes="Country Code", figures_in=is_year, other_codes=ISO2, year_column="2016")
    yield Shape("world-bank-bulk", "WDICSV.csv", by_series(head, year_names, codes, bank), columns, **bank_shape)
    yield Shape("world-bank-api", "API_NY.GDP.PCAP.KD_DS2_en_csv_v2_1.csv", by_series(head, year_names, codes[:1], bank, end=[""]), columns,
                before=['"Data Source","World Development Indicators",', "", '"Last Updated Date","2024-03-28",', ""], **bank_shape)
    yield Shape("world-bank-databank", "0a1b2c3d_Data.csv",
                by_series(["Country Name", "Country Code", "Series Name", "Series Code"], [f"{y} [YR{y}]" for y in YEARS], codes, bank, missing=".."), columns,
                after=["", "", "", "Data from database: World Development Indicators", "Last Updated: 03/28/2024"],
                **dict(bank_shape, year_column="2016 [YR2016]"))
    yield Shape("world-bank-wgi", "wgidataset.csv",
                by_year(["codeindyr", "code", "countryname", "year", "indicator", "estimate", "stddev", "nsource"],
                        lambda c, y: [[f"{c[0]}{i}{y}", c[0], c[3], str(y), i, figure(c[0], y) if i == "rl" else "1", "0.25", "9"] for i in ("rl", "cc")]),
                '{ income = "rl" }', codes="code", figures_in=lambda n: n in ("estimate", "stddev"), other_codes=ISO2, year_column="year")
    yield Shape("ucdp-country-year", "organizedviolencecy_v24_1.csv",
                by_year(["country_cy", "country_id_cy", "region_cy", "year_cy", "main_govt_name_cy", "sb_total_deaths_best_cy"],
                        lambda c, y: [[c[3], str(c[1]), "Africa", str(y), "Government of " + c[3], figure(c[0], y)]]),
                '{ income = "sb_total_deaths_best_cy" }', codes="country_id_cy", figures_in=lambda n: n.startswith("sb_"), other_codes=TO_NUMBERS,
                year_column="year_cy")
    conflicts = lambda c, y: [[str(n), c[3], "Government of " + c[3], str(y), v, v, v, str(c[1])] for n, v in zip((200 + c[1], 900 + c[1]), halves(figure(c[0], y)))]
    yield Shape("ucdp-battle-deaths", "BattleDeaths_v24_1_conf.csv",
                by_year(["conflict_id", "location_inc", "side_a", "year", "bd_best", "bd_low", "bd_high", "gwno_loc"], conflicts),
                '{ income = { column = "bd_best", low = "bd_low", high = "bd_high" } }', codes="gwno_loc", figures_in=lambda n: n.startswith("bd_"),
                other_codes=TO_NUMBERS, year_column="year")
    yield Shape("ucdp-conflicts", "UcdpPrioConflict_v24_1.csv",
                by_year(["conflict_id", "location", "year", "intensity_level", "gwno_loc"],
                        lambda c, y: [[str(n), c[3], str(y), v, str(c[1])] for n, v in ((200 + c[1], "0.5"), (900 + c[1], figure(c[0], y)))]),
                '{ income = "intensity_level" }', codes="gwno_loc", figures_in=lambda n: n == "intensity_level", other_codes=TO_NUMBERS, year_column="year")
    yield Shape("v-dem", "V-Dem-CY-Core-v14.csv",
                by_year(["country_name", "country_text_id", "country_id", "year", "v2x_polyarchy", "v2x_polyarchy_codelow", "v2x_polyarchy_codehigh"],
                        lambda c, y: [[c[3], c[0], "7", str(y)] + [figure(c[0], y)] * 3]),
                '{ income = { column = "v2x_polyarchy", low = "v2x_polyarchy_codelow", high = "v2x_polyarchy_codehigh" } }', codes="country_text_id",
                figures_in=lambda n: n.startswith("v2x"), other_codes=ISO2, year_column="year")
    regions = ("Regions:\n1 | East-Central and Southeast Europe\n2 | Latin America and the Caribbean\n3 | West and Central Africa\n4 | Middle East and North Africa\n"
               "5 | Southern and Eastern Africa\n6 | Post-Soviet Eurasia\n7 | Asia and Oceania")
    yield Shape("bti", "bti-2022.csv", [[regions, "", "  S | Status Index", "  Q1 | Stateness"]] + [[c[4], "1", figure(c[0], 2021), "1"] for c in COUNTRIES],
                '{ income = "S | Status Index" }', more="valid = 2021-01-31", codes=regions, figures_in=lambda n: "|" in n and "\n" not in n,
                other_codes={c[4]: str(c[2]) for c in COUNTRIES}, year_column="  S | Status Index")
    points = lambda shift: lambda c, y: [[str(c[1]), c[0], str(y - shift), "70", figure(c[0], y)]]
    yield Shape("un-ideal-points", "Idealpointestimates1946-2025.csv", by_year(["ccode", "iso3c", "year", "NVotesFP", "IdealPointFP"], points(0)),
                '{ income = "IdealPointFP" }', codes="iso3c", figures_in=lambda n: n == "IdealPointFP", other_codes=ISO2, year_column="year")
    yield Shape("un-ideal-points-sessions", "IdealpointestimatesAll_Jun2024.csv", by_year(["ccode", "iso3c", "session", "NVotesAll", "IdealPointAll"], points(1945)),
                '{ income = "IdealPointAll" }', codes="iso3c", figures_in=lambda n: n == "IdealPointAll", other_codes=ISO2, year_column="session")
    weo = lambda c, s: [str(c[2]), c[0], s, c[3], "Subject " + s, "note", "Units", "", "See notes"]
    yield Shape("imf-weo", "WEOOct2022all.xls",
                by_series(["WEO Country Code", "ISO", "WEO Subject Code", "Country", "Subject Descriptor", "Subject Notes", "Units", "Scale",
                           "Country/Series-specific Notes"], year_names, ["NGDPRPC", "PCPI"], weo, missing="n/a", end=["Estimates Start After"]),
                '{ income = "NGDPRPC" }', separator="\t", encoding="utf-16", after=["", "International Monetary Fund, World Economic Outlook Database, October 2022"],
                codes="ISO", figures_in=is_year, other_codes=ISO2, year_column="2016")
    yield Shape("undp-hdr", "HDR_Composite_indices_complete_time_series.csv",
                [["iso3", "country", "hdicode", "region"] + [f"gnipc_{y}" for y in YEARS] + [f"le_{y}" for y in YEARS]]
                + [[c[0], c[4], "High", "SA"] + [figure(c[0], y) for y in YEARS] + ["70"] * len(YEARS) for c in COUNTRIES]
                + [["ZZK.WORLD", "World", "", ""] + ["1"] * 2 * len(YEARS)],
                '{ income = "gnipc_{year}" }', encoding="windows-1252", codes="iso3", figures_in=lambda n: n.startswith("gnipc"), other_codes=ISO2,
                year_column="gnipc_2016")
    projects = lambda c, y: [[str(n * 10000 + c[2] * 10 + y), flag, c[3], c[0], str(y), v]
                             for n, flag, v in zip((1, 2, 3), ("Yes", "Yes", "No"), halves(figure(c[0], y)) + ("77777",))]
    yield Shape("aiddata-gcdf", "GCDF_3.0.csv",
                by_year(["AidData Record ID", "Recommended For Aggregates", "Recipient", "Recipient ISO-3", "Commitment Year", "Amount (Constant USD 2021)"], projects),
                '{ income = "Amount (Constant USD 2021)" }', codes="Recipient ISO-3", figures_in=lambda n: n.startswith("Amount"), other_codes=ISO2,
                year_column="Commitment Year")
    yield Shape("factbook", "real-gdp-per-capita.csv",
                [["name", "slug", "value", "date_of_information", "ranking", "region"]] + [[c[5], "slug", figure(c[0], 2021), "2021 est.", str(i), "Africa"]
                                                                                       for i, c in enumerate(COUNTRIES)],
                '{ income = "value" }', more="valid = 2021-12-31", codes="name", figures_in=lambda n: n == "value",
                other_codes={c[5]: ISO2[c[0]] for c in COUNTRIES}, year_column="value")
