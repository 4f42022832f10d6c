// The split of a gap between two scores over the parts that make them: the parts' facts change
// sides in every order, and each part gets the mean of what it moves (Shapley). The engine's own
// split treats facts and rules one by one (docs/method); the page uses it where the payload has it.
import { leavesOf } from "./facts.js";

// Who changes sides: each factor's own facts, facts that several parts read, and all others; of
// these only those that differ. [{node: #node, -1 shared, -2 others, -3 time; indicators}]
export function playersOf(data, differs, dates) {
  const { payload } = data;
  const main = payload.nodes[payload.model.main];
  const factors = payload.factors.filter((node) =>
    main.members?.some((member) => member.node === node),
  );
  const readers = payload.indicators.map(() => []);
  for (const node of factors)
    for (const indicator of leavesOf(data, node)) readers[indicator].push(node);
  const players = new Map();
  payload.indicators.forEach((_, indicator) => {
    if (!differs(indicator)) return;
    const own = readers[indicator],
      node = own.length === 1 ? own[0] : own.length > 1 ? -1 : -2;
    players.set(node, [...(players.get(node) ?? []), indicator]);
  });
  const list = [...players].map(([node, indicators]) => ({ node, indicators }));
  if (dates[0] !== dates[1]) list.push({ node: -3, indicators: [] });
  return list;
}

// Means over all orders, from the values of all coalitions: `values[mask]`, bit i set: player i has
// changed sides.
export function shapley(values, count) {
  const factorial = [1];
  for (let i = 1; i <= count; ++i) factorial.push(factorial[i - 1] * i);
  const weight = (size) => (factorial[size] * factorial[count - size - 1]) / factorial[count];
  const sizes = Array.from(values, (_, mask) => bits(mask));
  return Array.from({ length: count }, (_, i) => {
    let sum = 0;
    for (let mask = 0; mask < values.length; ++mask)
      if (!(mask & (1 << i))) sum += weight(sizes[mask]) * (values[mask | (1 << i)] - values[mask]);
    return sum;
  });
}
const bits = (mask) => {
  let count = 0;
  for (; mask; mask &= mask - 1) ++count;
  return count;
};

export const mostPlayers = 13;

// {parts: [{node, points}], from, to} or {why}. `sides`: [{country, date}] of the first and second.
export function splitOf(data, engine, sides, viewpoint, output) {
  const differs = (indicator) => {
    const [a, b] = sides.map(({ country, date }) => {
      const columns = data.facts(indicator, date);
      return [columns.value[country], columns.low[country], columns.high[country]];
    });
    return a.some((x, i) => !Object.is(x, b[i]));
  };
  const players = playersOf(
    data,
    differs,
    sides.map((side) => side.date),
  );
  if (players.length > mostPlayers) return { why: "there are too many parts" };
  const count = players.length,
    lanes = 1 << count;
  const time = players.findIndex((player) => player.node === -3);
  const playerOf = new Map(
    players.flatMap((player, p) => player.indicators.map((indicator) => [indicator, p])),
  );
  const run = engine.lanesOf(lanes, (put) => {
    data.payload.indicators.forEach((_, indicator) => {
      const player = playerOf.get(indicator);
      for (let mask = 0; mask < lanes; ++mask) {
        const side = sides[player !== undefined && mask & (1 << player) ? 1 : 0];
        put(mask, indicator, side.date, side.country);
      }
    });
  });
  const node = engine.nodeOf[data.payload.outputs[output]];
  const values = run(sides[0].date, viewpoint).nodes[node].value.slice();
  if (time >= 0) {
    const later = run(sides[1].date, viewpoint).nodes[node].value;
    for (let mask = 0; mask < lanes; ++mask) if (mask & (1 << time)) values[mask] = later[mask];
  }
  if (values.some(Number.isNaN)) return { why: "some mixture of their facts isn’t rated" };
  const points = count > 0 ? shapley(values, count) : [];
  return {
    from: values[0],
    to: values[lanes - 1],
    parts: players.map((player, i) => ({ node: player.node, points: points[i] })),
  };
}
