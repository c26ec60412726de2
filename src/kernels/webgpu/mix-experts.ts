import type { HeadsNode, Vote } from '../../network/graph.ts';
import { columnsPerLane } from './tuning.ts';
import type { Tuning } from './tuning.ts';
import { anyTarget, each, element, inputsOf, LaneTile, unrolled } from './wgsl.ts';
import type { Place, Program } from './wgsl.ts';

export interface MixOptions {
  readonly node: HeadsNode;
  /** [N, O] in the program's result. */
  readonly outputs: Place;
  /** A matrix of the batch, see `BatchColumns`. */
  given(name: string): Place;
  readonly tuning: Tuning;
}

export interface MixForwardOptions extends MixOptions {
  /** The features' columns, and the first of the matches among them. */
  readonly stride: number;
  readonly matches: number;
  /** [K, M] the gates' weights for the matches. */
  table(vote: Vote): Place;
  /** [N, G] in the program's result: room for the weights of all votes. */
  readonly weights: Place;
}

/** G, gates of all votes of a node together. */
export const gatesOf = ({ votes }: HeadsNode): number =>
  votes.reduce((sum, { gate }) => sum + gate.size, 0);

/** WGSL of a value that depends on whose gate `g` is, of all G; `first` is the vote's first gate. */
function ofGate({ votes }: HeadsNode, value: (vote: Vote, first: number) => string): string {
  let first = 0;
  let text = '';
  for (const vote of votes) {
    const own = value(vote, first);
    text = text ? `select(${text}, ${own}, g >= ${first})` : own;
    first += vote.gate.size;
  }
  return text;
}

/** Column of gate `g` in the outputs. */
const gateColumn = (node: HeadsNode): string =>
  ofGate(node, ({ gate }, first) => `g + ${gate.column - first}`);

/**
 * Adds the matches' share to the gates, and the experts' votes to the logits of every target: all votes of a
 * node. A workgroup computes some rows, first their gates, then their logits.
 */
export function mixProgram(options: MixForwardOptions): Program {
  const { node, outputs, given, stride, weights, tuning } = options;
  const { rows, lanes, serial } = tuning;
  const width = node.linear.width;
  const gates = gatesOf(node);
  const inner = node.votes[0].matches.columns;
  const tile = new LaneTile(columnsPerLane(gates, tuning), rows);
  const mask = given('mask');
  const features = given('features');
  const tables = node.votes.map((vote) => options.table(vote));
  const sums = unrolled('k', { count: inner, by: serial ? 1 : 4 }, (k) =>
    tile.add(
      (q) => `${tables[0].buffer}[t${q} + ${k}]`,
      (r) => element(features, `m${r} + ${k}`),
    ),
  );
  const store = tile.visit(
    serial,
    ({ column, row, value }) => `let g = start + ${column} * ${lanes};
      let n = first + ${row};
      if (g < ${gates} && n < uniforms.places) {
        let at = ${outputs.at} + n * ${width} + ${gateColumn(node)};
        let gate = result[at] + ${value};
        result[at] = gate;
        ${element(weights, `n * ${gates} + g`)} = max(gate, 0.0) + log(1.0 + exp(-abs(gate)));
      }`,
  );
  let next = 0;
  const votes = node.votes.map((vote) => {
    const { column, size } = vote.logits;
    const logs = given(vote.logs);
    const start = next;
    next += vote.gate.size;
    return `for (var i = lane; i < ${rows * size}; i += ${lanes}) {
    let n = first + i / ${size};
    let a = i % ${size};
    if (n < uniforms.places) {
      if (${element(mask, 'n')} != 0.0) {
        var sum = 0.0;
        let weight = ${weights.at} + n * ${gates} + ${start};
        let vote = ${logs.at} + n * ${vote.gate.size * size} + a;
        for (var k = 0; k < ${vote.gate.size}; k++) {
          sum += result[weight + k] * ${logs.buffer}[vote + k * ${size}];
        }
        ${element(outputs, `n * ${width} + ${column} + a`)} += sum;
      }
    }
  }`;
  });
  return {
    groups: ({ places }) => Math.ceil(places / rows),
    name: 'MixExperts',
    inputs: inputsOf(features, ...tables),
    lanes,
    code: `
fn tableRow(g : i32) -> i32 {
  return ${ofGate(node, (vote, first) => `(${options.table(vote).at} + (g - ${first}) * ${inner})`)};
}
fn main(index : i32) {
  let lane = i32(localIndex);
  let first = (index / ${lanes}) * ${rows};
  ${each(rows, (r) => `let m${r} = min(first + ${r}, uniforms.places - 1) * ${stride} + ${options.matches};`)}
  let count = select(0, ${gates}, ${anyTarget(mask, rows)});
  for (var start = lane; start < count; start += ${lanes * tile.columns}) {
    ${each(tile.columns, (q) => `let t${q} = tableRow(min(start + ${q * lanes}, ${gates - 1}));`)}
    ${tile.declare()}
    ${sums}
    ${store}
  }
  storageBarrier();
  ${votes.join('\n  ')}
}`,
  };
}

/** Overwrites the gates with their gradients, given those of the logits. A lane computes one gate. */
export function mixBackwardProgram(options: MixOptions): Program {
  const { node, outputs, given, tuning } = options;
  const { lanes } = tuning;
  const mask = given('mask');
  const gates = gatesOf(node);
  const width = node.linear.width;
  let last = 0;
  const votes = node.votes.map((vote) => {
    const { gate, logits } = vote;
    const logs = given(vote.logs);
    const first = last;
    last += gate.size;
    return `if (g >= ${first} && g < ${last}) {
      let vote = ${logs.at} + (n * ${gate.size} + g - ${first}) * ${logits.size};
      for (var a = 0; a < ${logits.size}; a++) {
        sum += result[row + ${logits.column} + a] * ${logs.buffer}[vote + a];
      }
    }`;
  });
  return {
    groups: ({ places }) => Math.ceil((places * gates) / lanes),
    name: 'MixExpertsBackward',
    inputs: inputsOf(mask),
    lanes,
    code: `
fn main(index : i32) {
  let n = index / ${gates};
  let g = index % ${gates};
  if (n >= uniforms.places) {
    return;
  }
  let row = ${outputs.at} + n * ${width};
  let gate = row + ${gateColumn(node)};
  if (${element(mask, 'n')} == 0.0) {
    result[gate] = 0.0;
    return;
  }
  var sum = 0.0;
  ${votes.join('\n  ')}
  result[gate] = sum / (1.0 + exp(-clamp(result[gate], -40.0, 40.0)));
}`,
  };
}
