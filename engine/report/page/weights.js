// Weights that add up: one slider moves, the others give way. Shares are counted in whole parts of
// `parts` (1000: tenths of a percent), so what is scored is to the digit what can be written into a
// rule file.

// Parts of a whole with which all these shares are whole numbers; nothing finer than 0.01%.
export const partsFor = (shares) =>
  [100, 1000].find((parts) =>
    shares.every((share) => Math.abs(share * parts - Math.round(share * parts)) < 1e-9),
  ) === undefined
    ? 10000
    : 1000;

// Shares as whole parts that add up to `parts`: the largest remainders get what rounding leaves.
export function apportion(shares, parts) {
  const sum = shares.reduce((a, b) => a + b, 0);
  const exact = shares.map((share) => (share / sum) * parts);
  const counts = exact.map((x) => Math.floor(x + 1e-9));
  let left = parts - counts.reduce((a, b) => a + b, 0);
  const order = exact
    .map((x, i) => i)
    .sort((a, b) => exact[b] - counts[b] - (exact[a] - counts[a]) || a - b);
  for (const i of order) if (left-- > 0) ++counts[i];
  return counts;
}

// Members that move as one: the tied together, each other one alone. Limits of the group are the
// tightest of its members'; a group with a locked member doesn't move.
function groupsOf(members, parts) {
  const groups = new Map();
  members.forEach((member, i) => {
    const key = member.tie ?? `alone ${i}`;
    const group = groups.get(key) ?? { members: [], low: 0, high: parts, locked: false };
    group.members.push(i);
    group.low = Math.max(group.low, Math.ceil(member.low * parts - 1e-9));
    group.high = Math.min(group.high, Math.floor(member.high * parts + 1e-9));
    group.locked ||= member.locked;
    groups.set(key, group);
  });
  return [...groups.values()];
}

// New counts with member `moved` as near to `wanted` parts as limits, locks and ties allow.
// `members`: [{low, high, locked, tie}], limits as shares, tie a key or null; `base`: counts before
// the move, in proportion to which the others give way.
export function moveWeight(members, base, moved, wanted, parts) {
  const groups = groupsOf(members, parts);
  const own = groups.find((group) => group.members.includes(moved));
  if (own.locked) return base.slice();
  const free = groups.filter((group) => group !== own && !group.locked);
  const size = (group) => group.members.length;
  const fixed = groups
    .filter((group) => group !== own && group.locked)
    .flatMap((group) => group.members)
    .reduce((sum, i) => sum + base[i], 0);
  const least = free.reduce((sum, group) => sum + size(group) * group.low, 0);
  const most = free.reduce((sum, group) => sum + size(group) * group.high, 0);
  const low = Math.max(own.low, Math.ceil((parts - fixed - most) / size(own)));
  const high = Math.min(own.high, Math.floor((parts - fixed - least) / size(own)));
  if (low > high) return base.slice();
  const target = Math.min(Math.max(Math.round(wanted), low), high);
  // Ties move in steps of several parts, so not every place leaves a rest that can be given out.
  for (let off = 0; off <= high - low; ++off)
    for (const count of off === 0 ? [target] : [target - off, target + off]) {
      if (count < low || count > high) continue;
      const counts = share(free, base, parts - fixed - size(own) * count);
      if (!counts) continue;
      for (const i of own.members) counts.set(i, count);
      return base.map((before, i) => counts.get(i) ?? before);
    }
  return base.slice();
}

// `rest` parts among the groups, in proportion to what they had and within their limits; null if it
// doesn't go.
function share(groups, base, rest) {
  const had = groups.map((group) => Math.max(base[group.members[0]], 0.01));
  const size = groups.map((group) => group.members.length);
  const at = (scale) =>
    groups.map((group, g) => Math.min(Math.max(had[g] * scale, group.low), group.high));
  const total = (counts) => counts.reduce((sum, count, g) => sum + count * size[g], 0);
  let low = 0,
    high = 1;
  while (total(at(high)) < rest && high < 1e9) high *= 2;
  for (let i = 0; i < 60; ++i) {
    const middle = (low + high) / 2;
    if (total(at(middle)) < rest) low = middle;
    else high = middle;
  }
  const exact = at(high);
  const counts = exact.map((x) => Math.floor(x + 1e-6));
  let left = rest - total(counts);
  const order = exact
    .map((_, g) => g)
    .sort((a, b) => size[b] - size[a] || exact[b] - counts[b] - (exact[a] - counts[a]) || a - b);
  for (let round = 0; left > 0 && round < 20; ++round)
    for (const g of order)
      if (left >= size[g] && counts[g] < groups[g].high) {
        ++counts[g];
        left -= size[g];
      }
  if (left !== 0) return null;
  return new Map(groups.flatMap((group, g) => group.members.map((i) => [i, counts[g]])));
}

// "12.3" of 123 parts of 1000: a percentage as a rule file writes it.
export function percentOf(count, parts) {
  const digits = Math.max(0, String(parts).length - 3);
  return (count / (parts / 100)).toFixed(digits).replace(/\.?0+$/, "");
}

// Why a weight stands at `got` parts and not where it was asked to be; "" where it is there.
export function stopWords(wanted, got, low, high, parts) {
  const asked = Math.round(wanted);
  if (asked === got) return "";
  const given = `${percentOf(asked, parts)}% can’t be`;
  if (asked > high && got === high)
    return `${given}: the rule file ends this weight at ${percentOf(high, parts)}%`;
  if (asked < low && got === low)
    return `${given}: the rule file begins this weight at ${percentOf(low, parts)}%`;
  return `${given}: the limits of the others, or what is held or tied, end it at ${percentOf(got, parts)}%`;
}
