import type { HeadsNode } from '../../network/graph.ts';
import { columnsPerLane } from './tuning.ts';
import { anyTarget, each, element, inputsOf, LaneTile, unrolled } from './wgsl.ts';
import type { Place, Program, Sources } from './wgsl.ts';

export interface MixOptions {
  readonly node: HeadsNode;
  /** [N, O] in the program's result. */
  readonly outputs: Place;
  /** [N, G] in the program's result: room for the weights of all votes. */
  readonly weights: Place;
}

/** G, gates of all votes of a node together. */
export const gatesOf = ({ votes }: Pick<HeadsNode, 'votes'>): number =>
  votes.reduce((sum, { gate }) => sum + gate.size, 0);

/** The votes of a node, each with the number of its first gate among all G. */
const numbered = ({ votes }: HeadsNode) =>
  votes.map((vote, i) => ({ ...vote, first: gatesOf({ votes: votes.slice(0, i) }) }));

type NumberedVote = ReturnType<typeof numbered>[number];

/** WGSL of a value that depends on whose gate `g` is, of all G. */
const ofGate = (node: HeadsNode, value: (vote: NumberedVote) => string): string =>
  numbered(node).reduce(
    (text, vote) => (text ? `select(${text}, ${value(vote)}, g >= ${vote.first})` : value(vote)),
    '',
  );

/** Column of gate `g` in the outputs. */
const gateColumn = (node: HeadsNode): string =>
  ofGate(node, ({ gate, first }) => `g + ${gate.column - first}`);

/**
 * Adds the matches' share to the gates, and the experts' votes to the logits of every target: all votes of a
 * node. A workgroup computes some rows, first their gates, then their logits.
 */
export function mixProgram({ node, outputs, weights }: MixOptions, sources: Sources): Program {
  const { rows, lanes, serial } = sources.tuning;
  const width = node.linear.width;
  const gates = gatesOf(node);
  const inner = node.votes[0].matches.columns;
  const tile = new LaneTile(columnsPerLane(gates, sources.tuning), rows);
  const mask = sources.given('mask');
  const features = sources.given('features');
  const tables = node.votes.map(({ matches }) => sources.weights(matches));
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
  const votes = numbered(node).map(({ gate, logits: { column, size }, first, ...vote }) => {
    const logs = sources.given(vote.logs);
    return `for (var i = lane; i < ${rows * size}; i += ${lanes}) {
    let n = first + i / ${size};
    let a = i % ${size};
    if (n < uniforms.places) {
      if (${element(mask, 'n')} != 0.0) {
        var sum = 0.0;
        let weight = ${weights.at} + n * ${gates} + ${first};
        let vote = ${logs.at} + n * ${gate.size * size} + a;
        for (var k = 0; k < ${gate.size}; k++) {
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
  return ${ofGate(node, ({ matches, first }) => `(${sources.weights(matches).at} + (g - ${first}) * ${inner})`)};
}
fn main(index : i32) {
  let lane = i32(localIndex);
  let first = (index / ${lanes}) * ${rows};
  ${each(rows, (r) => `let m${r} = min(first + ${r}, uniforms.places - 1) * ${features.stride} + ${features.stride - inner};`)}
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
export function mixBackwardProgram(node: HeadsNode, outputs: Place, sources: Sources): Program {
  const { lanes } = sources.tuning;
  const mask = sources.given('mask');
  const gates = gatesOf(node);
  const width = node.linear.width;
  const votes = numbered(node).map(({ gate, logits, first, ...vote }) => {
    const logs = sources.given(vote.logs);
    return `if (g >= ${first} && g < ${first + gate.size}) {
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
