// The first places with the reader’s change: rank, score and move.
import { makeBar } from "./bars.js";
import { el, setText } from "./dom.js";
import { points, printedMove } from "./format.js";

const rowsShown = 12;
const key = " The line is the score, the bar its bounds, a ring where the files have it.";

export function makeOutcome(page) {
  const { payload } = page.data;
  const rows = Array.from({ length: rowsShown + 1 }, () => {
    const bar = makeBar(),
      cells = {
        rank: el("td", { class: "number" }),
        name: el("th", { scope: "row" }),
        value: el("td", { class: "number" }),
        move: el("td", { class: "number" }),
      };
    return {
      ...cells,
      bar,
      element: el(
        "tr",
        {},
        cells.rank,
        cells.name,
        cells.value,
        el("td", { class: "bounds" }, bar.bar),
        cells.move,
      ),
    };
  });
  const more = el("p", { class: "note" });
  const element = el(
    "div",
    {},
    el(
      "table",
      { class: "plain compact" },
      el("caption", { class: "unseen" }, "Ranking with your change"),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          el("th", { scope: "col", class: "number" }, "Rank"),
          el("th", { scope: "col" }, "Country"),
          el("th", { scope: "col", class: "number" }, "Score"),
          el("th", { scope: "col" }, "Bounds"),
          el("th", { scope: "col", class: "number" }, "Moved"),
        ),
      ),
      el(
        "tbody",
        {},
        rows.map((row) => row.element),
      ),
    ),
    more,
  );
  function update(state, now, factCountry) {
    const file = now.file ?? now,
      digits = page.digitsOf(state);
    const order = [...now.rank.keys()]
      .filter((i) => !Number.isNaN(now.rank[i]))
      .sort((a, b) => now.rank[a] - now.rank[b] || a - b);
    const list = order.slice(0, rowsShown);
    if (factCountry >= 0 && !list.includes(factCountry) && order.includes(factCountry))
      list.push(factCountry);
    rows.forEach((row, at) => {
      const i = list[at];
      row.element.hidden = i === undefined;
      if (i === undefined) return;
      setText(
        row.rank,
        file.rank[i] === now.rank[i] || Number.isNaN(file.rank[i])
          ? String(now.rank[i])
          : `${now.rank[i]} (${file.rank[i]})`,
      );
      setText(row.name, payload.countries[i].name);
      setText(row.value, points(now.value[i], digits));
      setText(
        row.move,
        now.changed ? printedMove(file.value[i], now.value[i], digits).replace(/^0$/, "") : "",
      );
      row.bar.set(
        now.value[i],
        now.low[i],
        now.high[i],
        now.band[i],
        now.changed ? file.value[i] : NaN,
      );
    });
    setText(
      more,
      order.length > list.length
        ? `The first ${rowsShown} of ${order.length}; in brackets the file’s rank. The ranking above has all.${key}`
        : page.data.payload.only
          ? `Ranks among these countries; in brackets the file’s.${key}`
          : `In brackets: the file’s rank.${key}`,
    );
  }
  return { element, update };
}
