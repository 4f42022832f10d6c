import assert from "node:assert/strict";
import { test } from "node:test";
import { isNamed, plainName } from "../../../engine/report/page/names.js";

const countries = [
  { code: "CIV", name: "Côte d'Ivoire" },
  { code: "VNM", name: "Vietnam" },
  { code: "TUR", name: "Turkey" },
  { code: "MMR", name: "Myanmar" },
  { code: "KAZ", name: "Kazakhstan" },
  { code: "XYZ", name: "Атлантида" },
];
const found = (text) =>
  countries.filter((country) => isNamed(country, plainName(text))).map(({ code }) => code);

test("names are found without accents, spaces and signs", () => {
  assert.deepEqual(found("cote"), ["CIV"]);
  assert.deepEqual(found("Cote d’Ivoire"), ["CIV"]);
  assert.deepEqual(found("атл"), ["XYZ"]);
  assert.deepEqual(found("STAN"), ["KAZ"]);
});
test("other and former names find their country", () => {
  assert.deepEqual(found("ivory"), ["CIV"]);
  assert.deepEqual(found("viet nam"), ["VNM"]);
  assert.deepEqual(found("turkiye"), ["TUR"]);
  assert.deepEqual(found("Türkiye"), ["TUR"]);
  assert.deepEqual(found("burma"), ["MMR"]);
});
test("a code is found whole; what isn't there isn't", () => {
  assert.deepEqual(found("kaz"), ["KAZ"]);
  assert.deepEqual(found("tu"), ["TUR"]);
  assert.deepEqual(found("zz"), []);
});
