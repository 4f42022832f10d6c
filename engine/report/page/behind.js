// Behind it: sources, judgements, method, limits, files and hashes, and how to work it all out
// again.
import { blocksOf } from "./blocks.js";
import { saveButton } from "./csv.js";
import { add, el, freshId, jump, refill } from "./dom.js";
import { placeLink } from "./facts.js";
import { percent, smallPoints, spoken, weightText } from "./format.js";
import { labelText } from "./labels.js";
import licences from "./licences.json";
import { disputedNames } from "./map.js";

export function makeBehind(page, place) {
  const { data } = page;
  const { payload } = data;
  const fold = (title, ...content) =>
    el(
      "details",
      {
        "data-print": /^(Sources|Files|Judgements|How such|Viewpoints)/.test(title) ? "open" : null,
      },
      el("summary", {}, el("h3", {}, title)),
      content,
    );
  add(place, [
    payload.limits?.length > 0 &&
      el(
        "div",
        {},
        el("h3", {}, "What a score is not"),
        blocksOf(payload.limits, page.open, 4, page.plain),
      ),
    payload.record?.length > 0 &&
      fold(
        "How such scores did on earlier dates",
        blocksOf(payload.record, page.open, 4, page.plain),
      ),
    fold(`Sources: ${payload.sources.length}`, saveButton("sources", sourcesCsv), sources()),
    fold(
      `Judgements and assumptions: ${(payload.assumptions ?? []).length}`,
      saveButton("judgements", assumptionsCsv),
      assumptions(),
    ),
    payload.viewpoints.length > 1 &&
      fold("Viewpoints: who asks, and with what weights", viewpoints()),
    payload.method?.length > 0 &&
      fold("Method in a page", blocksOf(payload.method, page.open, 4, page.plain)),
    fold("Files, hashes and how to work it out again", again()),
    fold("This page: map, libraries, licences", licence()),
  ]);

  function scrolls(label, table) {
    return el(
      "div",
      { class: "scrolls", tabindex: "0", role: "group", "aria-label": label },
      table,
    );
  }
  // Who each viewpoint is, and what it weighs.
  function viewpoints() {
    const main = payload.nodes[payload.model.main];
    const weighed = (main.members ?? []).filter((member) => member.weights?.length > 1);
    return [
      el(
        "ul",
        {},
        payload.viewpoints.map((viewpoint) =>
          el(
            "li",
            {},
            el("strong", {}, viewpoint.label || viewpoint.name),
            viewpoint.judged &&
              ` (${viewpoint.name}): ${viewpoint.judged.because}. Weights by ${viewpoint.judged.by}, ${viewpoint.judged.on}. `,
            placeLink(page, viewpoint.at),
          ),
        ),
      ),
      weighed.length > 0 &&
        scrolls(
          "Weights by viewpoint",
          el(
            "table",
            { class: "plain" },
            el(
              "thead",
              {},
              el(
                "tr",
                {},
                el("th", { scope: "col" }, "Part"),
                payload.viewpoints.map((viewpoint) =>
                  el("th", { scope: "col", class: "number" }, viewpoint.name),
                ),
              ),
            ),
            el(
              "tbody",
              {},
              weighed.map((member) =>
                el(
                  "tr",
                  {},
                  el("th", { scope: "row" }, labelText(payload.nodes[member.node], "")),
                  member.weights.map((share) => el("td", { class: "number" }, weightText(share))),
                ),
              ),
            ),
          ),
        ),
    ];
  }
  function sources() {
    const terms = (source) =>
      [
        source.licence,
        source.terms?.share_alike && "share alike",
        source.terms?.non_commercial && "not for commerce",
        source.terms?.no_derivatives && "no derivatives",
        source.terms?.cited_only && "cited only",
        source.terms && !source.terms.stated && !source.licence && "terms not stated",
      ]
        .filter(Boolean)
        .join("; ");
    const used = payload.sources
      .map((source, i) => ({ ...source, i }))
      .sort((a, b) => (b.weight ?? 0) - (a.weight ?? 0));
    return scrolls(
      "Sources",
      el(
        "table",
        { class: "plain" },
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            el("th", { scope: "col" }, "Source"),
            el("th", { scope: "col" }, "Terms"),
            el("th", { scope: "col", class: "number" }, "Figures"),
            el("th", { scope: "col", class: "number" }, "Countries"),
            el("th", { scope: "col", class: "number" }, "Weight"),
          ),
        ),
        el(
          "tbody",
          {},
          used.map((source) =>
            el(
              "tr",
              {},
              el(
                "th",
                { scope: "row" },
                source.title || source.name,
                el(
                  "span",
                  { class: "anchor" },
                  [source.publisher, source.published].filter(Boolean).join(", "),
                ),
                source.url && el("span", { class: "anchor address" }, source.url),
              ),
              el("td", {}, terms(source)),
              el("td", { class: "number" }, source.figures || ""),
              el("td", { class: "number" }, source.countries || ""),
              el("td", { class: "number" }, source.weight ? percent(source.weight) : ""),
            ),
          ),
        ),
      ),
    );
  }
  function assumptions() {
    const list = payload.assumptions ?? [];
    if (list.length === 0) return el("p", { class: "note" }, "None told.");
    return [
      shares(),
      el(
        "p",
        { class: "note" },
        "By names a desk where a desk signs, and no person. On and Review are empty where the files name no day. Because is the reason that the files give for the scale, the weight or the figure; for how long a figure may be carried over they give the indicator’s.",
      ),
      scrolls(
        "Judgements",
        el(
          "table",
          { class: "plain" },
          el(
            "thead",
            {},
            el(
              "tr",
              {},
              ["What", "Assumed", "By", "Because", "On", "Review", "Bears"].map((head) =>
                el("th", { scope: "col" }, head),
              ),
            ),
          ),
          el(
            "tbody",
            {},
            list.map((a) =>
              el(
                "tr",
                { class: a.overdue ? "fired" : null },
                el(
                  "th",
                  { scope: "row" },
                  page.plain(a.name),
                  el(
                    "span",
                    { class: "anchor" },
                    [
                      spoken(a.kind),
                      a.country !== null &&
                        a.country !== undefined &&
                        payload.countries[a.country]?.name,
                    ]
                      .filter(Boolean)
                      .join(", "),
                  ),
                ),
                el("td", {}, page.plain(a.assumed ?? "")),
                el("td", {}, a.by ?? ""),
                el("td", {}, a.because ?? "", " ", placeLink(page, a.at)),
                el("td", { class: "date" }, a.on ?? ""),
                el(
                  "td",
                  { class: "date" },
                  a.review ?? "",
                  a.overdue && el("span", { class: "anchor" }, "overdue"),
                ),
                el(
                  "td",
                  { class: "number" },
                  typeof a.share === "number"
                    ? percent(a.share)
                    : typeof a.points === "number"
                      ? smallPoints(a.points, 1)
                      : "",
                ),
              ),
            ),
          ),
        ),
      ),
    ];
  }
  // Mean shares of the weight on the last date.
  function shares() {
    const words = {
      judged: "judged",
      expected: "expected",
      filled: "filled in by the rules",
      carried: "carried over from over a year before",
      missing: "missing",
    };
    const told = Object.entries(words)
      .filter(([name]) => payload.rests?.[name] > 0)
      .map(([name, text]) => `${percent(payload.rests[name])} ${text}`);
    return (
      told.length > 0 &&
      el(
        "p",
        {},
        `Of the weight, as a mean of all countries on ${payload.dates[data.lastDate].label}: ${told.join(", ")}.`,
      )
    );
  }
  function again() {
    const list = el(
      "dl",
      { class: "figures" },
      el("dt", {}, "Made by"),
      el("dd", {}, payload.tool),
      el("dt", {}, "Rules"),
      el(
        "dd",
        {},
        payload.model.path,
        payload.model.version && `, version ${payload.model.version}`,
        ", ",
        el("code", { class: "hash" }, payload.model.hash),
      ),
      payload.dates.map((d) => [
        el("dt", {}, d.label),
        el("dd", {}, d.scenario, ", facts ", el("code", { class: "hash" }, d.hash)),
      ]),
    );
    const check = el("p", { role: "status" });
    const button =
      page.scores.engine &&
      el(
        "button",
        { type: "button", class: "quiet", onclick: () => refill(check, page.selfCheck()) },
        "Work out every score here and compare",
      );
    const shown = payload.dates[data.lastDate];
    return [
      list,
      button,
      check,
      el("p", {}, "With Waystone and the files, the same scores come out of"),
      el(
        "pre",
        { tabindex: "0" },
        `waystone score ${shown.scenario}${shown.settings?.length ? shown.settings.map((s) => ` --set ${s}`).join("") : ""} --json`,
      ),
      el(
        "p",
        {},
        "The model in this page is the same program, compiled to JavaScript. Its results are those of the files to the last bit; the button above checks it.",
      ),
      el("h4", {}, "Files"),
      el(
        "ul",
        { class: "files" },
        payload.files.map(
          (file, i) =>
            payload.files.findIndex((other) => other.path === file.path) === i &&
            el(
              "li",
              {},
              file.text
                ? jump("link place", file.path, () => page.open("line", [i, 1]))
                : file.path,
            ),
        ),
      ),
    ];
  }
  function licence() {
    return [
      el(
        "p",
        {},
        "The map is cut from Natural Earth (1:50m countries and lines, 1:10m areas in dispute, files of November 2017), which is in the public domain; its projection, Equal Earth, is equal in area. Borders follow Natural Earth: who holds a place, not who should. ",
        "Hatched are areas of 1,000 square kilometres and more that Natural Earth calls claimed, breakaway or indeterminate: ",
        [...new Set(disputedNames())].join(", "),
        ". Kosovo, Taiwan and others whose status is contested are drawn as Natural Earth draws them. No line, hatching or name is a judgement of this report or its authors.",
      ),
      licences.map((one) => [
        el("h4", {}, one.name),
        el("p", {}, one.copyright),
        el("p", { class: "licence" }, one.text),
      ]),
    ];
  }
  function sourcesCsv() {
    return [
      [
        "source",
        "title",
        "publisher",
        "licence",
        "url",
        "published",
        "figures",
        "countries",
        "weight",
      ],
      payload.sources.map((s) => [
        s.name,
        s.title ?? "",
        s.publisher ?? "",
        s.licence ?? "",
        s.url ?? "",
        s.published ?? "",
        s.figures ?? "",
        s.countries ?? "",
        s.weight ?? "",
      ]),
    ];
  }
  function assumptionsCsv() {
    return [
      [
        "kind",
        "country",
        "name",
        "assumed",
        "by",
        "because",
        "on",
        "review",
        "overdue",
        "share",
        "points",
        "at",
      ],
      (payload.assumptions ?? []).map((a) => [
        a.kind,
        payload.countries[a.country]?.code ?? "",
        a.name,
        a.assumed ?? "",
        a.by ?? "",
        a.because ?? "",
        a.on ?? "",
        a.review ?? "",
        String(Boolean(a.overdue)),
        a.share ?? "",
        a.points ?? "",
        data.place(a.at),
      ]),
    ];
  }
  page.openRecord = () => {
    const summary = [...place.querySelectorAll("summary")].find((one) =>
      one.textContent.startsWith("How such"),
    );
    summary.parentElement.open = true;
    summary.scrollIntoView();
  };
  return { update() {} };
}

// A file's text in a window of its own, with one line marked.
export function makeFileWindow(page) {
  const title = el("h2", { id: freshId("file") }),
    text = el("pre", { tabindex: "0" });
  const dialog = el(
    "dialog",
    { class: "file", "aria-labelledby": title.id },
    el(
      "div",
      { class: "file-head" },
      title,
      el("button", { type: "button", class: "quiet", onclick: () => dialog.close() }, "Close"),
    ),
    text,
  );
  return {
    element: dialog,
    open([index, line]) {
      const file = page.data.payload.files[index];
      if (!file) return;
      refill(title, file.path);
      if (file.text)
        refill(
          text,
          file.text
            .split("\n")
            .map((words, i) =>
              el(
                "span",
                { class: i + 1 === line ? "file-line marked" : "file-line", "data-line": i + 1 },
                words || " ",
              ),
            ),
        );
      else refill(text, `Line ${line} of a table, which is not in this page.`);
      dialog.showModal();
      text.querySelector(".marked")?.scrollIntoView({ block: "center" });
    },
  };
}
