// What a model is made of, for editors and type checkers. docs/emit.md of Waystone says it in words.

/**
 * Columns of one fact, one number a lane. NaN in `value` is unknown; `low` and `high` then say what it may be.
 * @typedef {{value: Float64Array, low: Float64Array, high: Float64Array, known: Float64Array, judged: Float64Array}} FactColumns
 *
 * @typedef {Object} Asked
 * @property {number} [lanes] how many; only for `model.score`
 * @property {string|number} [asOf] "2024-12-31", or days since 1970-01-01
 * @property {number} [horizon] years
 * @property {string|number} [viewpoint] name or index
 * @property {Float64Array} [weights] in the order of `model.weights`
 * @property {{node: number, points: Float64Array|number}[]} [overrides]
 * @property {Partial<FactColumns>[]} [facts] in the order of `model.facts`, in place of the scorer's own
 * @property {boolean} [bounds] false: values alone
 * @property {boolean} [coverage] false: no shares of known and judged data
 *
 * @typedef {Object} NodeColumns
 * @property {Float64Array} value in the node's unit; of factors and outputs 0 to 100; NaN: not rated
 * @property {Float64Array|null} low
 * @property {Float64Array|null} high
 * @property {Uint8Array|null} gap not 0 where there may be no value even with every fact known
 * @property {Float64Array} base before strengths, rules and overrides
 * @property {Float64Array|null} score 0 to 100, where the node has a curve
 * @property {Float64Array|null} scoreLow
 * @property {Float64Array|null} scoreHigh
 * @property {Float64Array} known share of the weight on known data, 0 to 1
 * @property {Float64Array} judged share of the weight on judgement, 0 to 1
 * @property {Uint8Array} reweighted 1 where members were missing and the others' weights scaled up
 * @property {Int8Array|null} band index into the node's bands, -1: not rated
 *
 * @typedef {{truth: Float64Array, may: Uint8Array|null, must: Uint8Array|null}} TruthColumns
 * @typedef {{lanes: number, nodes: NodeColumns[], conditions: TruthColumns[], tripwires: {truth: Float64Array}[]}} Result
 *
 * @typedef {{names: string[], edges: number[], margin: number}} Bands
 * @typedef {{name: string, label: string, labels: [string, string][], where: string}} Named
 * @typedef {Named & {unit: string, low: number|null, high: number|null, step: number, from: number, node: number,
 *   levels: {value: number, code: string, anchor: string}[], workedOut: "window"|"relation"|null}} Fact
 * @typedef {{node: number, member: number, values: number[], percent: boolean, ties: (number|null)[], where: string,
 *   limits: {low: number, high: number, locked: boolean}[]}} Weight
 * @typedef {Named & {kind: string, unit: string, low: number|null, high: number|null, higherIsBetter: boolean,
 *   worse: {more: string, most: string, plain: string}|null, members: {node: number, flip: boolean}[],
 *   bands: Bands|null, digits: number|null, rounding: number|null}} Node
 * @typedef {Named & {because: string, effects: {kind: string, node: number}[]}} Condition
 * @typedef {Named & {owner: string, review: string|null, because: string}} Tripwire
 *
 * @typedef {Object} ModelScorer
 * @property {number} lanes
 * @property {FactColumns[]} facts in the order of `model.facts`; every fact is unknown at first
 * @property {(fact: number, lane: number, value: number, low?: number, high?: number, known?: number, judged?: number) => void} put
 * @property {(asked?: Asked) => Result} score its columns are written anew by the next call
 *
 * @typedef {Object} Model
 * @property {string} tool
 * @property {{title: string, file: string, version: string, hash: string, files: string[]}} rules
 * @property {number} main index of the main output in `nodes`
 * @property {number} horizon years
 * @property {number} levelMargin points
 * @property {Named[]} viewpoints
 * @property {Fact[]} facts
 * @property {Weight[]} weights
 * @property {Node[]} nodes
 * @property {Condition[]} conditions
 * @property {Tripwire[]} tripwires
 * @property {Object[]} operations
 * @property {(name: string) => number} fact
 * @property {(name: string) => number} node
 * @property {(name: string) => number} condition
 * @property {(name: string) => number} viewpoint
 * @property {(lanes: number) => ModelScorer} scorer
 * @property {(asked: Asked) => Result} score
 * @property {(viewpoint: string|number) => Float64Array} weightsOf
 * @property {(node: number, score: number, previous?: number) => number} band
 * @property {(results: Result[]) => number[]} digits
 * @property {(values: ArrayLike<number>) => {lane: number, rank: number, levelFrom: number, levelTo: number}[]} ranking
 * @property {() => {viewpoint: number, lane: number, what: string, got: number, expected: number}[]} check
 */
