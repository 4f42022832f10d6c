// A payload of two countries and two dates, in the shape of docs/schema/report.md.

export function sample() {
  const member = (node, weights, extra = {}) => ({
    node,
    flip: false,
    weights,
    low: [0.1, 0.1],
    high: [0.7, 0.7],
    locked: [false, false],
    at: [
      [0, 3],
      [0, 8],
    ],
    ...extra,
  });
  const factor = (name, label, members) => ({
    name,
    label,
    labels: {},
    kind: "factor",
    unit: "points",
    low: 0,
    high: 100,
    formula: "",
    members,
    weighed_by_viewpoint: false,
    ties: [],
  });
  const indicator = (name, label, more) => ({
    name,
    label,
    labels: {},
    kind: "indicator",
    unit: "",
    low: 0,
    high: 10,
    formula: "",
    levels: [],
    curve: null,
    ...more,
  });
  return {
    schema: "waystone/report/1",
    tool: "waystone",
    title: "A sample",
    opens: { view: "overview", date: 1, viewpoint: 0, countries: [] },
    only: "",
    model: {
      path: "rules/sample.risk",
      title: "Sample",
      version: "1",
      hash: "0123456789abcdef",
      level_margin: 5,
      main: 4,
    },
    languages: ["ru"],
    files: [
      {
        path: "rules/sample.risk",
        text: "model\nviewpoint state {\n  60% security   between 10% and 70%\n  40% economy\n}\nviewpoint firm {\n  x\n  30% security\n  70% economy\n}",
      },
      { path: "data.csv", text: null },
    ],
    viewpoints: [
      { name: "state", label: "State: patron", labels: {}, at: [0, 2] },
      { name: "firm", label: "Firm: investor", labels: {}, at: [0, 6] },
    ],
    countries: [
      { code: "AAA", name: "Arland" },
      { code: "BBB", name: "Belland" },
    ],
    groups: [{ name: "north", label: "North", kind: "region", source: "", countries: [1] }],
    sources: [{ name: "src", title: "A source" }],
    nodes: [
      indicator("deaths", "Deaths", {
        unit: "level",
        high: 4,
        levels: [
          { value: 0, code: "", anchor: "none" },
          { value: 1, code: "", anchor: "some" },
        ],
      }),
      indicator("growth", "Growth", { unit: "percent", low: -50, high: 50 }),
      factor("security", "Is it safe?", [member(0, [1])]),
      factor("economy", "Will it pay?", [member(1, [1])]),
      {
        ...factor("risk", "Risk", [
          member(2, [0.6, 0.3]),
          member(3, [0.4, 0.7], {
            at: [
              [0, 4],
              [0, 9],
            ],
          }),
        ]),
        kind: "output",
        weighed_by_viewpoint: true,
        bands: { names: ["low", "high"], edges: [50], margin: 2 },
        worse: ["riskier", "riskiest", "risky"],
      },
    ],
    outputs: [4],
    factors: [2, 3],
    indicators: [0, 1],
    rules: [],
    tripwires: [],
    dates: [
      {
        as_of: "2018-12-31",
        label: "2018",
        scenario: "scenarios/x/2018.toml",
        title: "One",
        hash: "a",
        horizon_years: 5,
        settings: [],
        whole: false,
        digits: [0, 0, 0],
        overrides: [],
      },
      {
        as_of: "2019-12-31",
        known_by: "2019-12-31",
        label: "2019",
        scenario: "scenarios/x/2019.toml",
        title: 'Two "quoted"',
        hash: "b",
        horizon_years: 5,
        settings: [],
        whole: true,
        digits: [0, 0, 0],
        overrides: [],
      },
    ],
    results: [
      [
        {
          outputs: [
            { value: [40, 60], low: [35, 50], high: [50, 80], band: [0, 1], marks: ["", "o"] },
          ],
        },
        {
          outputs: [
            {
              value: [44.5, 46],
              low: [40, 41],
              high: [52, 47],
              band: [0, 0],
              marks: ["", ""],
              coverage: [1, 1],
              judgement: [0, 0],
              rank: [2, 1],
              level_from: [1, 1],
              level_to: [2, 2],
              rank_from: [1, 1],
              rank_to: [2, 2],
              change: [4.5, -14],
              change_by_data: [4, 0],
            },
          ],
          factors: [{ value: [1, 2], low: [1, 2], high: [3, 4] }, 0],
        },
      ],
      [null, null],
    ],
    facts: [
      [
        { value: [0, 1], grade: "oj" },
        {
          new: "01",
          value: [null],
          grade: "-",
          ranged: [0],
          low: [0],
          high: [1],
          how: [0, 1],
          line: [7, 0],
        },
      ],
      [{ value: [2, "never"], grade: "o" }, 0],
    ],
    figures: {
      columns: ["file", "source", "by", "because", "note", "valid", "known", "choice", "marks"],
      words: ["", "counted twice"],
      rows: [
        [1, 0, 0, 1, 0, "2018-12-31", null, 0, 3],
        [null, null, 0, 0, 0, null, null, 0, 0],
      ],
    },
    texts: [],
    comparisons: [],
    moves: [],
    assumptions: [],
    method: [],
    limits: [],
    record: null,
  };
}
