// What if: weights that add up, facts of one country, and what they do to ranking, map and verdict.
import { resetWeights, setFact, setWeight, weighted, weightsOf } from "./change.js";
import { makeChangeText } from "./changetext.js";
import { factControl, spanOf } from "./controls.js";
import { el, refill, setText } from "./dom.js";
import { factsByFactor } from "./facts.js";
import { valueInShort } from "./format.js";
import { labelText, labelled } from "./labels.js";
import { makeOutcome } from "./outcome.js";
import { changedVerdict } from "./verdict.js";
import { isOnMap } from "./map.js";
import { percentOf, stopWords } from "./weights.js";

export function makeWhatIf(page, place) {
  const { data, scores } = page;
  const { payload } = data;
  const { change, engine } = scores;
  if (!engine) {
    place.append(
      el(
        "p",
        {},
        "This report holds no model that the page could run, so nothing can be moved here.",
      ),
    );
    return { update() {} };
  }
  const held = new Set(); // "node member" that the reader holds
  let weightNode = -1,
    factCountry = -1;
  const weightPlace = el("div"),
    factPlace = el("div", { class: "fact-groups" }),
    live = el("p", { class: "live", "aria-live": "polite" });
  // Where the outcome stands below the sliders its sentence stays in sight above them.
  const above = el("p", { class: "live above", "aria-hidden": "true" });
  const choice = page.countryChoice("what-if-country", (country) => {
    factCountry = country;
    drawFacts(page.state);
    changed();
  });
  const nodeChoice = el("select", {
    id: "what-if-node",
    onchange: () => {
      weightNode = Number(nodeChoice.value);
      drawWeights(page.state);
    },
  });
  const back = el(
    "button",
    {
      type: "button",
      class: "primary",
      onclick: () => {
        change.weights.clear();
        change.facts.clear();
        held.clear();
        drawWeights(page.state);
        drawFacts(page.state);
        changed();
      },
    },
    "Back to the file",
  );
  const bare = el(
    "p",
    { class: "note" },
    "The page has no ranges of this date’s facts, so a change has no bounds on it.",
  );
  const output = makeChangeText(page);
  const small = page.makeMap("Map of the changed scores");
  small.frame.hidden = !payload.countries.some((country) => isOnMap(country.code));
  const ranking = makeOutcome(page);
  place.append(
    el(
      "p",
      { class: "note" },
      "Move a weight or a fact, and the scores of this page are worked out anew by the same program, here in your browser. Files stay as they are.",
    ),
    el(
      "div",
      { class: "what-if" },
      el(
        "div",
        {},
        above,
        el("h3", {}, "Weights"),
        el(
          "div",
          { class: "tools" },
          el("label", { for: "what-if-node" }, "Of ", nodeChoice),
          el(
            "button",
            {
              type: "button",
              class: "quiet",
              onclick: () => {
                resetWeights(data, change, weightNode, page.state.viewpoint);
                drawWeights(page.state);
                changed();
              },
            },
            "These weights back",
          ),
        ),
        weightPlace,
        el("h3", {}, "Facts"),
        el(
          "div",
          { class: "tools" },
          el("label", { for: "what-if-country" }, "Of ", choice.element),
        ),
        factPlace,
      ),
      el(
        "div",
        { class: "outcome" },
        el("h3", {}, "What it does"),
        live,
        bare,
        el("div", { class: "tools" }, back),
        small.frame,
        ranking.element,
        output.element,
      ),
    ),
  );

  function changed() {
    scores.touch();
    page.changed();
  }

  function drawWeights(state) {
    const nodes = weighted(data, state.viewpoint);
    if (!nodes.includes(weightNode))
      weightNode = nodes.includes(payload.model.main) ? payload.model.main : (nodes[0] ?? -1);
    const key = `${state.viewpoint} ${state.language} ${nodes}`;
    if (nodeChoice.dataset.key !== key) {
      nodeChoice.dataset.key = key;
      refill(
        nodeChoice,
        nodes.map((i) =>
          el("option", { value: String(i) }, labelText(payload.nodes[i], state.language)),
        ),
      );
    }
    nodeChoice.value = String(weightNode);
    if (weightNode < 0) {
      refill(weightPlace, el("p", { class: "note" }, "This model has no weights that add up."));
      return;
    }
    const weights = weightsOf(data, change, weightNode, state.viewpoint);
    const sliders = weights.members.map((member, i) => weightRow(state, weights, member, i));
    const fill = () => {
      const now = weightsOf(data, change, weightNode, state.viewpoint);
      sliders.forEach((row, i) => row.show(now.counts[i], now.file[i], now.parts));
    };
    sliders.forEach((row) => {
      row.fill = fill;
    });
    refill(
      weightPlace,
      el(
        "p",
        { class: "note" },
        payload.nodes[weightNode].weighed_by_viewpoint
          ? `From the viewpoint ${page.viewpointName(state.viewpoint, state.language)}; the others give way. The limits below each slider are the rule file’s.`
          : "The same from every viewpoint; the others give way. The limits below each slider are the rule file’s.",
      ),
      sliders.map((row) => row.element),
    );
    fill();
  }

  function weightRow(state, weights, member, i) {
    const node = payload.nodes[member.node],
      key = `${weightNode} ${i}`;
    const low = Math.ceil(member.low * weights.parts - 1e-9),
      high = Math.floor(member.high * weights.parts + 1e-9);
    const slider = el("input", {
      type: "range",
      min: low,
      max: high,
      step: 1,
      id: `weight-${i}`,
      disabled: member.locked,
    });
    const number = el("input", {
      type: "number",
      class: "percent",
      min: percentOf(low, weights.parts),
      max: percentOf(high, weights.parts),
      step: "any",
      "aria-label": `${labelText(node, state.language)}, percent`,
      disabled: member.locked,
    });
    const was = el("span", { class: "was" }),
      limits = el(
        "span",
        { class: "note limits" },
        member.locked
          ? ""
          : `${percentOf(low, weights.parts)}% to ${percentOf(high, weights.parts)}%`,
      ),
      stop = el("span", { class: "note stop", role: "status" });
    const hold = el("input", {
      type: "checkbox",
      checked: held.has(key),
      disabled: member.locked,
      "aria-label": `Hold ${node.label || node.name}`,
      onchange: () => {
        hold.checked ? held.add(key) : held.delete(key);
        slider.disabled = number.disabled = hold.checked || member.locked;
      },
    });
    slider.disabled = number.disabled = member.locked || held.has(key);
    let base = null;
    const start = () => {
      base ??= weightsOf(data, change, weightNode, state.viewpoint).counts.slice();
    };
    const row = {};
    // As near to `wanted` parts as limits, locks and ties allow; says what ends it.
    const move = (wanted) => {
      start();
      const counts = setWeight(
        data,
        change,
        weightNode,
        state.viewpoint,
        i,
        wanted,
        base,
        new Set(
          [...held].flatMap((h) =>
            h.startsWith(`${weightNode} `) ? [Number(h.split(" ")[1])] : [],
          ),
        ),
      );
      row.fill();
      setText(stop, stopWords(wanted, counts[i], low, high, weights.parts));
      changed();
    };
    slider.addEventListener("input", () => {
      page.dragging = true;
      move(Number(slider.value));
    });
    number.addEventListener("change", () => {
      const asked = Number(number.value);
      if (number.value !== "" && Number.isFinite(asked)) move((asked * weights.parts) / 100);
      base = null;
      row.fill();
    });
    slider.addEventListener("change", () => {
      base = null;
      page.dragging = false;
      changed();
    });
    row.show = (count, file, parts) => {
      slider.value = String(count);
      const percent = percentOf(count, parts);
      if (number.value !== percent) number.value = percent;
      setText(was, count === file ? "" : `file ${percentOf(file, parts)}%`);
      slider.setAttribute("aria-valuetext", `${percentOf(count, parts)} percent`);
    };
    row.element = el(
      "div",
      { class: "weight" },
      el(
        "label",
        { for: `weight-${i}` },
        labelled(node, state.language),
        member.tie !== null && el("span", { class: "note" }, " (tied)"),
        member.locked && el("span", { class: "note" }, " (locked)"),
      ),
      slider,
      el("span", { class: "percent-box" }, number, " %"),
      was,
      el("label", { class: "hold" }, hold, " hold"),
      el("span", { class: "weight-foot" }, limits, " ", stop),
    );
    return row;
  }

  function drawFacts(state) {
    if (factCountry < 0)
      factCountry = state.country >= 0 ? state.country : Math.max(0, firstInRanking(state));
    choice.set(factCountry);
    refill(
      factPlace,
      factsByFactor(data).map((group) => {
        const usable = group.indicators.filter((indicator) => engine.factOf[indicator] >= 0);
        const open = usable.filter(
          (indicator) => !engine.model.facts[engine.factOf[indicator]].workedOut,
        );
        if (open.length === 0) return null;
        const inside = el("div"),
          title = el("span"),
          count = el("span", { class: "note" });
        title.append(
          group.node < 0
            ? "Read by rules and other outputs"
            : labelled(payload.nodes[group.node], state.language),
        );
        const changes = () => setText(count, countChanges(open));
        changes();
        const details = el(
          "details",
          {
            ontoggle: () => {
              if (details.open && inside.childElementCount === 0)
                refill(
                  inside,
                  open.map((indicator) => factRow(state, indicator, changes)),
                );
            },
          },
          el("summary", {}, title, " ", count),
          inside,
        );
        return details;
      }),
    );
  }
  const countChanges = (indicators) => {
    const many = indicators.filter((indicator) =>
      change.facts.has(`${factCountry} ${indicator}`),
    ).length;
    return many ? `${many} changed` : `${indicators.length}`;
  };
  const firstInRanking = (state) => {
    const columns = scores.file(state);
    return columns ? ([...columns.rank.keys()].find((i) => columns.rank[i] === 1) ?? 0) : 0;
  };

  function factRow(state, indicator, tell) {
    const node = payload.nodes[payload.indicators[indicator]],
      country = factCountry;
    const file = data.fact(indicator, state.date, country);
    const now = change.facts.get(`${country} ${indicator}`)?.value ?? file.value;
    const told = el("span", { class: "note" });
    const show = () =>
      setText(
        told,
        change.facts.has(`${country} ${indicator}`)
          ? `file: ${valueInShort(node, file.value)}`
          : "",
      );
    const feeds = feedsWorkedOut(node.name);
    const control = factControl(
      node,
      file,
      now,
      (value) => {
        setFact(change, country, indicator, value);
        show();
        tell();
        page.dragging = document.activeElement?.type === "range";
        changed();
      },
      spanOf(node, data.facts(indicator, state.date).value),
      engine.model.facts[engine.factOf[indicator]],
    );
    control.addEventListener("change", () => {
      page.dragging = false;
      changed();
    });
    show();
    return el(
      "div",
      { class: "fact" },
      el("p", {}, labelled(node, state.language), " ", told),
      control,
      feeds &&
        el(
          "p",
          { class: "note" },
          "Some values are worked out from this figure over several years or partners; they stay as in the file.",
        ),
    );
  }
  const feedsWorkedOut = (name) =>
    engine.model.facts.some(
      (fact) => fact.workedOut && new RegExp(`\\b${name}\\b`).test(fact.name),
    );

  page.redrawSliders = () => {
    drawn = "";
  };
  let drawn = "";
  function update(state) {
    const key = [state.date, state.viewpoint, state.output, state.language].join(" ");
    if (key !== drawn) {
      drawn = key;
      drawWeights(state);
      drawFacts(state);
    }
    const now = scores.current(state, page.dragging);
    if (!now) return;
    bare.hidden = payload.dates[state.date].whole !== false;
    setText(
      live,
      scores.changed()
        ? changedVerdict(page, state, now, "With your change")
        : "Nothing is changed yet.",
    );
    setText(above, live.textContent);
    above.hidden = !scores.changed();
    back.disabled = !scores.changed();
    ranking.update(state, now, factCountry);
    small.update(page.dragging);
    if (!page.dragging) output.update(state);
  }
  return { update };
}
