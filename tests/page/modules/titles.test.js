import assert from "node:assert/strict";
import { test } from "node:test";
import { titleWords } from "../../../engine/report/page/titles.js";
import { sample } from "./sample.js";

test("title, subtitle and stamp are of the date that is chosen", () => {
  const payload = sample();
  assert.deepEqual(titleWords(payload, 1), {
    title: 'Two "quoted"',
    subtitle: "as of 31 December 2019; one of 2 dates",
    stamp: "waystone; as of 2019-12-31; rules 0123456789ab; facts b",
  });
  const first = titleWords(payload, 0);
  assert.equal(first.title, "One");
  assert.match(first.subtitle, /^as of 31 December 2018/);
  assert.match(first.stamp, /as of 2018-12-31; .* facts a$/);
});
test("one scenario on several dates: its title is told with the date", () => {
  const payload = sample();
  payload.dates[0].title = payload.dates[1].title;
  assert.equal(titleWords(payload, 0).title, 'Two "quoted": on 31 December 2018');
  assert.equal(titleWords(payload, 1).title, 'Two "quoted"');
});
