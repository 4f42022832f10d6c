import assert from "node:assert/strict";
import { test } from "node:test";
import { geoArea } from "d3-geo";
import { numbersOf, openTopology } from "../../../engine/report/page/topology.js";
import world from "../../../engine/report/page/map/world.json";

test("base 64 VLQ, as in source maps", () => {
  assert.deepEqual(numbersOf("AAgBC"), [0, 0, 16, 1]);
  assert.deepEqual(numbersOf("D2H"), [-1, 123]);
});
test("rings close, and every country has a point on the globe", () => {
  const features = openTopology(world);
  const countries = features("countries");
  assert.ok(countries.length > 230);
  for (const { geometry, properties } of countries) {
    assert.match(properties.code, /^[A-Z]{3}$/);
    assert.ok(Math.abs(properties.at[0]) <= 180 && Math.abs(properties.at[1]) <= 90);
    if (!geometry) continue;
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    for (const rings of polygons)
      for (const ring of rings) assert.deepEqual(ring[0], ring[ring.length - 1], properties.name);
  }
});
test("large countries have their size, but for small islands that are left out: nothing is turned inside out", () => {
  const radius = 6371.0088;
  for (const feature of openTopology(world)("countries").filter(
    (f) => f.geometry && f.properties.km2 > 300000,
  )) {
    const km2 = geoArea(feature) * radius * radius;
    assert.ok(
      Math.abs(km2 / feature.properties.km2 - 1) < 0.04,
      `${feature.properties.name}: ${km2} and ${feature.properties.km2}`,
    );
  }
});
test("what is in dispute is drawn as that", () => {
  const names = openTopology(world)("disputed").map((feature) => feature.properties.name);
  for (const name of [
    "Crimea",
    "Jammu and Kashmir",
    "Western Sahara",
    "Abkhazia",
    "Kuril Islands",
    "Golan Heights",
  ])
    assert.ok(names.includes(name), name);
});
