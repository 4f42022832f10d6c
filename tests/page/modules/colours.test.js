import assert from "node:assert/strict";
import { test } from "node:test";
import { bandColours, channels, luminance } from "../../../engine/report/page/colours.js";

const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
// How much lighter one is than another, in CIE lightness (0 to 100).
const lightness = (colour) => {
  const y = luminance(colour);
  return y > 216 / 24389 ? 116 * Math.cbrt(y) - 16 : (24389 / 27) * y;
};
// Machado, Oliveira and Fernandes (2009), severity 1: what eyes without one kind of cone see.
const seen = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
function labOf(rgb) {
  const [r, g, b] = rgb;
  const xyz = [
    (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
    0.2126 * r + 0.7152 * g + 0.0722 * b,
    (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
  ];
  const [x, y, z] = xyz.map((t) =>
    t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116,
  );
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
const distance = (a, b) => Math.hypot(...a.map((x, i) => x - b[i]));

for (const theme of ["light", "dark"])
  for (const count of [2, 3, 4, 5, 6]) {
    test(`${count} bands, ${theme}: grey print keeps their order apart`, () => {
      const levels = bandColours(count, theme).map(lightness);
      for (let i = 1; i < count; ++i) {
        const step = theme === "light" ? levels[i - 1] - levels[i] : levels[i] - levels[i - 1];
        assert.ok(step >= (count > 5 ? 7 : 9), `${levels}`);
      }
    });
    test(`${count} bands, ${theme}: eyes without a kind of cone tell neighbours apart`, () => {
      const colours = bandColours(count, theme).map((colour) => channels(colour).map(linear));
      for (const matrix of Object.values(seen)) {
        const labs = colours.map((rgb) =>
          labOf(
            matrix.map((row) =>
              Math.max(
                0,
                row.reduce((sum, m, i) => sum + m * rgb[i], 0),
              ),
            ),
          ),
        );
        for (let i = 1; i < count; ++i) assert.ok(distance(labs[i - 1], labs[i]) >= 10, `${labs}`);
      }
    });
  }
