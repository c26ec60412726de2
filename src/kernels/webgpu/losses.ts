import type { Head, HeadsNode } from '../../network/graph.ts';
import type { HeadLoss, LossWeights } from '../../network/heads.ts';
import { lossHeads } from '../../network/losses.ts';
import type { Tuning } from './tuning.ts';
import { element, inputsOf, literal, totalOf } from './wgsl.ts';
import type { BatchSize, Place, Program, Sources } from './wgsl.ts';

export interface LossesOptions {
  readonly node: HeadsNode;
  /** [N, O] in the program's result; overwritten with their gradients, those of gates excepted. */
  readonly outputs: Place;
  readonly lossWeights: LossWeights;
  /** In the program's result: `LOSS_SUMS` numbers of each workgroup. */
  readonly sums: Place;
}

/** Sums that each workgroup writes: the loss of one head, and its correct targets. */
export const LOSS_SUMS = 2;

/** Workgroups for a batch; number i writes the sums of head i % the number of heads with a loss. */
export const lossGroups = (node: HeadsNode, { lanes }: Tuning, { places }: BatchSize): number =>
  Math.ceil(places / lanes) * lossHeads(node).length;

/**
 * The losses of all heads and their gradients: cross-entropy of softmax for classes, squared deviations for
 * values; all masked. A lane computes one head of one place. `scale` is 1 over the number of targets.
 */
export function lossesProgram(
  { node, outputs, lossWeights, sums }: LossesOptions,
  sources: Sources,
): Program {
  const { lanes } = sources.tuning;
  const heads = lossHeads(node);
  const mask = sources.given('mask');
  const cases = heads.map((head, i) => {
    const { loss, column, size } = head;
    const text =
      loss.kind === 'crossEntropy'
        ? crossEntropy(sources, { ...head, loss })
        : squaredError(sources, { ...head, loss });
    return `case ${i}: {
      let begin = ${outputs.at} + n * ${node.linear.width} + ${column};
      let end = begin + ${size};
      if (weight == 0.0) {
        for (var o = begin; o < end; o++) {
          result[o] = 0.0;
        }
      } else {
        let factor = weight * uniforms.scale * ${literal(lossWeights[loss.name])};
        ${text}
      }
    }`;
  });
  return {
    groups: (size) => lossGroups(node, sources.tuning, size),
    name: 'Losses',
    inputs: inputsOf(mask),
    lanes,
    code: `${totalOf(lanes)}
fn main(index : i32) {
  let lane = i32(localIndex);
  let group = index / ${lanes};
  let n = (group / ${heads.length}) * ${lanes} + lane;
  // The loss and whether the best class is right.
  var found = vec4<f32>(0.0);
  if (n < uniforms.places) {
    let weight = ${element(mask, 'n')};
    switch (group % ${heads.length}) {
    ${cases.join('\n    ')}
    default: {}
    }
  }
  let sums = total(lane, found);
  if (lane == 0 && n < uniforms.places) {
    ${element(sums, `group * ${LOSS_SUMS}`)} = sums.x;
    ${element(sums, `group * ${LOSS_SUMS} + 1`)} = sums.y;
  }
}`,
  };
}

type LossOf<Kind> = Omit<Head, 'loss'> & { readonly loss: Extract<HeadLoss, { kind: Kind }> };

/** With soft targets q the loss is -sum q log softmax, and its gradient softmax - q. */
function crossEntropy(sources: Sources, { loss, size }: LossOf<'crossEntropy'>): string {
  const soft = loss.soft && sources.find('softActions');
  const share = soft && element(soft, `n * ${size} + o - begin`);
  return `let goal = begin + i32(${element(sources.given(loss.targets), 'n')});
        var best = begin;
        var most = result[begin];
        for (var o = begin + 1; o < end; o++) {
          let logit = result[o];
          if (logit > most) {
            most = logit;
            best = o;
          }
        }
        var goalLogit = ${soft ? '0.0' : 'result[goal]'};
        var sum = 0.0;
        for (var o = begin; o < end; o++) {
          ${soft ? `goalLogit += ${share} * result[o];` : ''}
          let power = exp(result[o] - most);
          sum += power;
          result[o] = power;
        }
        found.x = weight * (log(sum) + most - goalLogit);
        found.y = select(0.0, weight, best == goal);
        for (var o = begin; o < end; o++) {
          result[o] = factor * (result[o] / sum - ${soft ? share : 'select(0.0, 1.0, o == goal)'});
        }`;
}

function squaredError(sources: Sources, { loss, size }: LossOf<'squaredError'>): string {
  return `for (var o = begin; o < end; o++) {
          let at = n * ${size} + o - begin;
          let deviation = result[o] - ${element(sources.given(loss.targets), 'at')};
          let share = ${element(sources.given('known'), 'at')};
          found.x += weight * share * deviation * deviation;
          result[o] = 2.0 * factor * share * deviation;
        }`;
}
