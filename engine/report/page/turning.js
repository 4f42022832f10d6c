// What would turn a score: parts at their best, rules that hold or would, tripwires.
import { saveButton } from "./csv.js";
import { el } from "./dom.js";
import { placeLink } from "./facts.js";
import { fixed, printedMove, smallPoints, spoken } from "./format.js";
import { labelled } from "./labels.js";

export function makeTurning(page) {
  const { data } = page;
  const { payload } = data;

  function turning(state) {
    const results = data.results(state.viewpoint, state.date),
      c = state.country,
      digits = page.digitsOf(state);
    const value = data.output(state.viewpoint, state.date, data.mainOutput)?.value[c] ?? NaN;
    const of = (list) => (list ?? []).filter(([country]) => country === c);
    const rules = payload.rules ?? [];
    const move = (to) => `${fixed(to, digits)} (${printedMove(value, to, digits)})`;
    const acting = of(results?.acting),
      would = of(results?.would)
        .filter(([, , to]) => typeof to === "number")
        .sort((a, b) => Math.abs(b[2] - value) - Math.abs(a[2] - value)),
      best = (results?.drivers?.[c] ?? []).filter(([node]) => node >= 0),
      open = of(results?.open);
    if (acting.length + would.length + best.length + open.length === 0) return null;
    const ruleText = (r) => [labelled(rules[r], state.language), " ", placeLink(page, rules[r].at)];
    const list = (title, items) =>
      items.length > 0 &&
      el(
        "div",
        {},
        el("h4", {}, title),
        el(
          "ul",
          {},
          items.map((item) => el("li", {}, item)),
        ),
      );
    return el(
      "div",
      {},
      el(
        "h3",
        {},
        state.output === data.mainOutput
          ? "What would turn it"
          : `What would turn ${spoken(payload.nodes[payload.model.main].name)}`,
      ),
      el(
        "div",
        { class: "columns" },
        list(
          "With a part at its best",
          best.map(([node, worth]) => [
            labelled(payload.nodes[node], state.language),
            `: ${move(value - worth)}`,
          ]),
        ),
        list(
          "Rules that would move it if they held",
          would
            .slice(0, 8)
            .map(([, r, to]) => [
              `${move(to)}: `,
              ruleText(r),
              el("span", { class: "anchor" }, `when ${page.plain(rules[r].when)}`),
            ]),
        ),
        list(
          "Rules that hold",
          acting.map(([, r, by, binds]) => [
            binds === false
              ? "changes nothing now: "
              : typeof by === "number" && by !== 0
                ? `${smallPoints(by, digits)}: `
                : "",
            ruleText(r),
            el("span", { class: "anchor" }, rules[r].because),
          ]),
        ),
        list(
          "Rules that can’t be decided",
          open.map(([, r]) => [
            ruleText(r),
            el("span", { class: "anchor" }, `when ${page.plain(rules[r].when)}`),
          ]),
        ),
      ),
    );
  }

  function tripwires(state) {
    const fired = new Set(
      (data.results(state.viewpoint, state.date)?.fired ?? [])
        .filter(([c]) => c === state.country)
        .map(([, t]) => t),
    );
    if (!payload.tripwires?.length) return null;
    const order = payload.tripwires
      .map((wire, i) => ({ ...wire, i }))
      .sort((a, b) => fired.has(b.i) - fired.has(a.i));
    return el(
      "details",
      { open: fired.size > 0 },
      el("summary", {}, el("h3", {}, `Tripwires: ${fired.size} of ${order.length} fired`)),
      saveButton(
        `tripwires of ${payload.countries[state.country].code} ${payload.dates[state.date].label}`,
        () => [
          ["tripwire", "fired", "when", "owner", "review", "because"],
          order.map((wire) => [
            wire.name,
            fired.has(wire.i) ? "yes" : "no",
            wire.when,
            wire.owner,
            wire.review ?? "",
            wire.because,
          ]),
        ],
      ),
      el(
        "div",
        { class: "scrolls", tabindex: "0", role: "group", "aria-label": "Tripwires" },
        el(
          "table",
          { class: "plain" },
          el(
            "thead",
            {},
            el(
              "tr",
              {},
              ["", "Tripwire", "When", "Owner", "Review"].map((head) =>
                head
                  ? el("th", { scope: "col" }, head)
                  : el("th", { scope: "col" }, el("span", { class: "unseen" }, "State")),
              ),
            ),
          ),
          el(
            "tbody",
            {},
            order.map((wire) =>
              el(
                "tr",
                { class: fired.has(wire.i) ? "fired" : null },
                el("td", { class: "date" }, fired.has(wire.i) ? "Fired" : "Quiet"),
                el(
                  "th",
                  { scope: "row" },
                  labelled(wire, state.language),
                  el("span", { class: "anchor" }, wire.because),
                ),
                el("td", {}, el("code", {}, wire.when), " ", placeLink(page, wire.at)),
                el("td", {}, wire.owner),
                el("td", { class: "date" }, wire.review ?? ""),
              ),
            ),
          ),
        ),
      ),
    );
  }
  return { turning, tripwires };
}
