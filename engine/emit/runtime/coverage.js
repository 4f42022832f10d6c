// What a score rests on: shares of its weight on known data and on judgement
// (engine/evaluate/coverage.cpp). A name counts where its value is used. What stands in for a missing
// value is found by the conditions that asked `known`: a branch taken because something is unknown
// was put in its place.

const addAll = (to, from) => {
  for (const name of from) to.add(name);
};
const isConnective = (row) => row.logic === 'both' || row.logic === 'either' || row.logic === 'negates';
const isWritten = (op) => op.row.family === 'expression';

/** What the registers of a program mean. */
class Registers {
  constructor(operations, nodes, rules) {
    this.operations = operations;
    this.node = new Map(); // whose value or score it is
    this.rules = new Set(rules.map((rule) => rule.registers.truth));
    nodes.forEach((node, n) => {
      this.node.set(node.registers.value, n);
      if (node.registers.score !== null) this.node.set(node.registers.score, n);
    });
    this.asksKnown = [];
    for (const op of operations) this.asksKnown.push(op.op === 'known' || op.in.some((reg) => this.asksKnown[reg]));
  }
}

/** What an expression would come to if some names were known of which it only asks that. */
class Supposed {
  constructor(registers, value, known) {
    Object.assign(this, { registers, value, known, found: new Map() });
  }
  of(reg) {
    const op = this.registers.operations[reg];
    if (!this.registers.asksKnown[reg] || !isWritten(op)) return this.value(reg);
    if (!this.found.has(reg)) this.found.set(reg, this.workedOut(op, reg));
    return this.found.get(reg);
  }
  workedOut(op, reg) {
    if (op.op === 'known') {
      const node = this.registers.node.get(op.in[0]);
      return node !== undefined && this.known.has(node) ? 1 : this.value(reg);
    }
    const out = new Float64Array(1);
    op.kernel(op, op.in.map((read) => Float64Array.of(this.of(read))), out, 1);
    return out[0];
  }
}

/** What one expression reads in one lane: names that count as they are, and names filled in. */
class Reader {
  constructor(registers, value) {
    Object.assign(this, { registers, value, blame: new Map(), counts: new Map() });
  }
  ofNode(reg) {
    return this.below(reg);
  }
  of(reg) {
    const node = this.registers.node.get(reg);
    if (node !== undefined) return { names: new Set([node]), filled: new Set() };
    if (this.registers.rules.has(reg)) return { names: new Set(), filled: this.blamed(reg) };
    return this.below(reg);
  }
  below(reg) {
    const op = this.registers.operations[reg];
    if (op.op === 'choose') return this.chosen(op);
    if (op.op === 'known' || isConnective(op.row)) return { names: this.namesBelow(op), filled: this.blamed(reg) };
    return this.together(op.in);
  }
  together(regs) {
    const read = { names: new Set(), filled: new Set() };
    for (const reg of regs) {
      const one = this.of(reg);
      addAll(read.names, one.names);
      addAll(read.filled, one.filled);
    }
    return read;
  }

  // The condition and the branch taken; where that is taken because something is unknown, what is
  // unknown counts as filled in, and of the rest what the other branch would have read as well.
  chosen(op) {
    const truth = this.value(op.in[0]), asked = this.namesIn(op.in[0]);
    const withAsked = (read) => ({ names: new Set([...asked, ...read.names]), filled: new Set(read.filled) });
    if (isUnknown(truth)) return withAsked(this.together([op.in[1], op.in[2]]));
    const taken = op.in[truth !== 0 ? 1 : 2], other = op.in[truth !== 0 ? 2 : 1];
    const missing = this.blamed(op.in[0]);
    if (missing.size === 0) return withAsked(this.of(taken));
    if (isUnknown(this.value(taken))) { // what took its place has no value either
      const read = this.of(taken);
      return { names: new Set([...read.names, ...missing]), filled: read.filled };
    }
    const used = this.valuesIn(taken), wanted = this.of(other).names;
    return { names: new Set([...used].filter((name) => wanted.has(name))), filled: new Set(missing) };
  }

  // All names, but not those of which only is asked whether they are known.
  namesIn(reg) {
    const node = this.registers.node.get(reg);
    if (node !== undefined) return new Set([node]);
    return this.registers.rules.has(reg) ? new Set() : this.namesBelow(this.registers.operations[reg]);
  }
  namesBelow(op) {
    const names = new Set();
    if (op.op !== 'known') for (const reg of op.in) addAll(names, this.namesIn(reg));
    return names;
  }
  // Names whose value goes into the result: not those that only choose a branch.
  valuesIn(reg) {
    const node = this.registers.node.get(reg);
    if (node !== undefined) return new Set([node]);
    const op = this.registers.operations[reg], names = new Set();
    if (op.op === 'known' || this.registers.rules.has(reg)) return names;
    const chooses = op.op === 'choose', truth = chooses ? this.value(op.in[0]) : 0;
    op.in.forEach((read, k) => {
      const leftOut = chooses && (k === 0 || (truth === 0 && k === 1) || (truth === 1 && k === 2));
      if (!leftOut) addAll(names, this.valuesIn(read));
    });
    return names;
  }

  // ---- what a condition's truth is owed to: the unknown names without whose being unknown it might
  // be other than it is

  blamed(reg) {
    if (!this.registers.asksKnown[reg]) return new Set();
    if (!this.blame.has(reg)) this.blame.set(reg, this.blamedOf(reg));
    return this.blame.get(reg);
  }
  blamedOf(reg) {
    const op = this.registers.operations[reg];
    switch (op.row.logic) {
      case 'asks_known': return this.missing(op, reg);
      case 'both': return this.blamedByParts(op, reg, 0);
      case 'either': return this.blamedByParts(op, reg, 1);
      case 'chooses': return this.blamedInChoice(op);
      case 'negates':
      case 'passes': return this.blamed(op.in[0]);
      default: {
        const names = new Set();
        for (const read of op.in) addAll(names, this.blamedInCount(read));
        return names.size === 0 ? names : this.decidingAmong(reg, [...names].sort((a, b) => a - b));
      }
    }
  }
  // What is asked for in vain. A parameter that is not in force is no gap in what is known.
  missing(op, reg) {
    const parameter = this.registers.operations[op.in[0]].op === 'dated';
    return this.value(reg) === 0 && !parameter ? this.namesIn(op.in[0]) : new Set();
  }
  // Of the unknown names that a comparison counts, those that decide it.
  decidingAmong(reg, names) {
    const supposing = (known) => new Supposed(this.registers, this.value, known).of(reg);
    if (names.length > 8) return this.anyDecides(reg, names, supposing); // all sets of them are too many
    const truths = [];
    for (let set = 0; set < 1 << names.length; ++set)
      truths.push(supposing(new Set(names.filter((name, k) => (set >> k) & 1))));
    const found = new Set();
    for (let set = 0; set < truths.length; ++set)
      names.forEach((name, k) => {
        if (Math.abs(truths[set] - truths[set | (1 << k)]) > 0.5) found.add(name);
      });
    return found;
  }
  anyDecides(reg, names, supposing) {
    const turns = (known) => Math.abs(supposing(known) - this.value(reg)) > 0.5;
    const first = new Set();
    for (const name of names) {
      first.add(name);
      if (turns(first) || turns(new Set([name]))) return new Set(names);
    }
    return new Set();
  }
  // `settled`: the truth of one part that settles the whole.
  blamedByParts(op, reg, settled) {
    const names = new Set(), truth = this.value(reg);
    if (isUnknown(truth)) return names;
    for (const read of op.in) {
      if (this.value(read) !== truth) continue;
      const part = this.blamed(read);
      if (truth === settled && part.size === 0) return new Set(); // settles it, whatever becomes known
      addAll(names, part);
    }
    return names;
  }
  blamedInChoice(op) {
    const truth = this.value(op.in[0]);
    if (isUnknown(truth)) return new Set();
    const names = this.blamed(op.in[0]);
    return names.size === 0 ? this.blamed(op.in[truth !== 0 ? 1 : 2]) : names;
  }
  // Of a number that is compared: where it counts what is known (`if known(x) then 1 else 0`).
  blamedInCount(reg) {
    if (!this.registers.asksKnown[reg] || !isWritten(this.registers.operations[reg])) return new Set();
    if (!this.counts.has(reg)) this.counts.set(reg, this.blamedInCountOf(reg));
    return this.counts.get(reg);
  }
  blamedInCountOf(reg) {
    const op = this.registers.operations[reg], names = new Set();
    if (op.op === 'known' || isConnective(op.row)) return this.blamed(reg);
    if (op.op === 'choose') {
      const counts = this.namesIn(op.in[1]).size === 0 && this.namesIn(op.in[2]).size === 0;
      return counts ? this.blamed(op.in[0]) : names;
    }
    for (const read of op.in) addAll(names, this.blamedInCount(read));
    return names;
  }
}

/** Whether what is read hangs on the lane: a choice, or a condition that may have been filled in. */
function varies(registers, reg, top) {
  if (!top && registers.node.has(reg)) return false;
  if (registers.rules.has(reg)) return true;
  const op = registers.operations[reg];
  if (op.op === 'choose' || op.op === 'known' || isConnective(op.row)) return true;
  return op.in.some((read) => varies(registers, read, false));
}

/** Every name an expression reads counts the same, once. Gives the known and the judged share. */
function shareOfRead({ names, filled }, columns, i) {
  const count = new Set([...names, ...filled]).size;
  if (count === 0) return [1, 0];
  let known = 0, judged = filled.size;
  for (const name of [...names].sort((a, b) => a - b)) {
    if (filled.has(name)) continue;
    known += columns[name].known[i];
    judged += columns[name].judged[i];
  }
  return [known / count, judged / count];
}

function shareOfMembers(node, weights, columns, lanes) {
  const { known, judged } = columns[node.index];
  for (let i = 0; i < lanes; ++i) {
    let knownSum = 0, judgedSum = 0, total = 0;
    node.members.forEach(({ node: member }, m) => {
      const weight = weights ? weights[m] : 1;
      knownSum += weight * columns[member].known[i];
      judgedSum += weight * columns[member].judged[i];
      total += weight;
    });
    known[i] = knownSum / total;
    judged[i] = judgedSum / total;
  }
}

/** Fills in `known` and `judged` of all nodes; those of facts are there. */
function cover({ nodes, order, registers, reads }, valueOf, weightsOf, columns, lanes) {
  for (const n of order) {
    const node = nodes[n], { known, judged } = columns[n];
    if (node.kind === 'parameter') {
      known.fill(1);
      judged.fill(0);
    } else if (node.written) {
      for (let i = 0; i < lanes; ++i) {
        const read = reads[n] ?? new Reader(registers, (reg) => valueOf(reg, i)).ofNode(node.registers.base);
        [known[i], judged[i]] = shareOfRead(read, columns, i);
      }
    } else if (node.kind !== 'indicator') {
      shareOfMembers(node, weightsOf(n), columns, lanes);
    }
  }
}
