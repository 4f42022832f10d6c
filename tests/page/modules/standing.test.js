import assert from "node:assert/strict";
import { test } from "node:test";
import { openData } from "../../../engine/report/page/data.js";
import {
  causesSentence,
  isDoubtful,
  isMostlyData,
  standingSentences,
} from "../../../engine/report/page/standing.js";
import { sample } from "./sample.js";

// Two dates from two viewpoints; the firm sees the countries the other way round.
function page(change = () => {}) {
  const payload = sample();
  payload.countries.push({ code: "CCC", name: "Celand" });
  const columns = (value, more = {}) => ({
    outputs: [
      {
        value,
        low: value,
        high: value,
        band: value.map((x) => Number(x >= 50)),
        marks: [],
        ...more,
      },
    ],
  });
  payload.results = [
    [
      columns([47.53, 60, 20], { coverage: [1, 1, 1] }),
      columns([45.33, 70, 30], { coverage: [1, 1, 1], change_by_data: [0, 6, 0] }),
    ],
    [
      columns([80, 60, 70], { coverage: [1, 1, 1] }),
      columns([80.4, 60, 70], { coverage: [1, 1, 1] }),
    ],
  ];
  change(payload);
  const data = openData(payload);
  return {
    data,
    scores: { file: ({ viewpoint, date, output }) => data.output(viewpoint, date, output) },
    digitsOf: () => 0,
    dateText: ({ date }) => ["31 December 2018", "31 December 2019"][date],
    viewpointText: ({ viewpoint }) => `seen by ${payload.viewpoints[viewpoint].name}`,
  };
}
const at = (date, viewpoint) => ({ date, viewpoint, output: 0, language: "" });

test("sentences follow date and viewpoint", () => {
  assert.equal(
    standingSentences(page(), at(1, 0))[0],
    "On 31 December 2019, seen by state, Belland (70) and Arland (45) are the riskiest of 3 countries; Celand (30) stands best. 1 is in the band “high”.",
  );
  assert.match(
    standingSentences(page(), at(1, 1))[0],
    /^On 31 December 2019, seen by firm, Arland \(80\)/,
  );
  assert.match(
    standingSentences(page(), at(0, 0))[0],
    /^On 31 December 2018, seen by state, Belland \(60\)/,
  );
  assert.equal(standingSentences(page(), at(0, 0)).length, 1); // nothing to move from
});
test("movers: from unrounded scores, with what is data and no news", () => {
  assert.equal(
    standingSentences(page(), at(1, 0))[1],
    "Since 31 December 2018 Belland (+10, mostly data that began or ended, not news) and Celand (+10) rose most; Arland (−2) fell most.",
  );
  assert.equal(standingSentences(page(), at(1, 1)).length, 1); // what moves by 0.4 isn't told
});
test("movers come with the largest cause that the payload has", () => {
  const told = page((payload) => {
    payload.moves = [
      {
        country: 1,
        viewpoint: 0,
        from_date: 0,
        to_date: 1,
        movers: [{ kind: "facts", title: "deaths in security", node: "deaths", points: 6.52 }],
      },
    ];
  });
  assert.equal(causesSentence(told, at(1, 0)), "Largest causes: Belland, Deaths +6.5.");
  assert.equal(causesSentence(told, at(1, 1)), ""); // another viewpoint's
  assert.equal(causesSentence(told, at(0, 0)), "");
});
test("a score of which little is known leads no movers", () => {
  const sparse = page((payload) => {
    payload.results[0][1].outputs[0].coverage = [1, 0.53, 1];
  });
  assert.match(
    standingSentences(sparse, at(1, 0))[1],
    /^Since 31 December 2018 Celand \(\+10\) rose most; Arland/,
  );
});
test("an output without words for worse is higher or lower", () => {
  const other = page((payload) => {
    payload.nodes[4].worse = ["", "", ""];
  });
  assert.match(
    standingSentences(other, at(1, 0))[0],
    /Belland \(70\) and Arland \(45\) have the highest risk of 3 countries; Celand \(30\) has the lowest/,
  );
});
test("what is little known: under the rule file's share, 60% where it has none", () => {
  assert.equal(isDoubtful({ reweight: 0.5 }, 0.53), false);
  assert.equal(isDoubtful({ reweight: 0.6 }, 0.53), true);
  assert.equal(isDoubtful({ reweight: null }, 0.53), true);
  assert.equal(isDoubtful({}, NaN), false); // an earlier date doesn't say
});
test("mostly data, as the engine counts it", () => {
  assert.equal(isMostlyData(4, 4.5), true);
  assert.equal(isMostlyData(4, 1.9), false);
  assert.equal(isMostlyData(0.01, 0.01), false);
  assert.equal(isMostlyData(4, NaN), false);
});
