import type { HeadsNode } from '../../network/graph.ts';
import type { OptimizerConfig, UpdateRules } from '../../network/update-rules.ts';
import { LOSS_SUMS, lossHeads } from './losses.ts';
import type { Tuning } from './tuning.ts';
import { GRADIENT_SUMS } from './weight-gradients.ts';
import { each, element, inputsOf, literal, SIZES, totalOf } from './wgsl.ts';
import type { Place, Program } from './wgsl.ts';

export interface UpdateOptions {
  /** L, number of weights. */
  readonly length: number;
  readonly rules: UpdateRules;
  /** Workgroups whose sums follow the gradient. */
  readonly gradientGroups: number;
  /** The heads of each branch, and where their workgroups' sums are. */
  readonly losses: readonly { readonly node: HeadsNode; readonly sums: Place }[];
  readonly tuning: Tuning;
}

/** Each workgroup adds up the same sums, so more would waste work. */
const MOST_GROUPS = 64;

/** Numbers in a row of the log: those of `NetworkLosses` up to `values`. */
const ROW = ['loss', 'action', 'time', 'values'] as const;
export const LOG_ROW = ROW.length;

/**
 * One weight update in place, clipped by the gradient's norm, and a row of losses for the log. The state is
 * [weights | first moment or momentum | second moment | log | transposed weights], each L long except the log
 * and the transposed weights. `roles` [L] holds the place of each weight's transposed copy and whether decay
 * acts on it: 2 * (place + 1) + decays; 0 or 1 = no copy. `scale` is 1 over the number of targets.
 *
 * Programs that need the transpose of a matrix read the copies.
 */
export function updateProgram(options: UpdateOptions): Program {
  const { length, gradientGroups, losses, tuning } = options;
  const { optimizer, clipNorm } = options.rules;
  const { lanes, serial } = tuning;
  const workgroups = Math.min(serial ? 4 : MOST_GROUPS, Math.ceil(length / lanes));
  return {
    groups: () => workgroups,
    wgsl: {
      name: 'Update',
      inputs: ['gradient', 'roles', ...inputsOf(...losses.map(({ sums }) => sums))],
      uniforms: {
        ...SIZES,
        log: 'i32',
        rate: 'f32',
        firstScale: 'f32',
        secondScale: 'f32',
        scale: 'f32',
      },
      lanes,
      code: `${totalOf(lanes)}
fn main(index : i32) {
  let lane = i32(localIndex);
  var found = vec4<f32>(0.0);
  for (var i = lane; i < ${gradientGroups}; i += ${lanes}) {
    let at = ${length} + i * ${GRADIENT_SUMS};
    found += vec4<f32>(gradient[at], gradient[at + 1], 0.0, 0.0);
  }
  let sums = total(lane, found);
  let scale = ${clipNorm ? `1.0 / max(1.0, sqrt(sums.x) / ${literal(clipNorm)})` : '1.0'};
  var row = vec4<f32>(0.0);
  if (index < ${lanes}) {
    ${losses.map((one) => addLosses(one, options)).join('\n    ')}
  }
  workgroupBarrier();
  row = total(lane, row) * uniforms.scale;
  if (index == 0) {
    row.x += sums.y;
    ${each(LOG_ROW, (i) => `result[uniforms.log + ${i}] = row[${i}];`)}
  }
  for (var i = index; i < ${length}; i += ${workgroups * lanes}) {
    let role = i32(roles[i]);
    let slope = gradient[i] * scale;
    var weight = result[i];
    ${optimizer.kind === 'adam' ? adam(optimizer, length) : momentum(optimizer.momentum, length)}
    result[i] = weight;
    if (role > 1) {
      result[role / 2 - 1] = weight;
    }
  }
}`,
    },
  };
}

/** Adds the sums of a branch's losses to the row, as `joinLosses` does: the total, of others the mean. */
function addLosses(
  { node, sums }: UpdateOptions['losses'][number],
  { losses, rules: { lossWeights }, tuning: { lanes } }: UpdateOptions,
): string {
  const heads = lossHeads(node);
  const cases = heads.map(({ loss: { name } }, head) => {
    const shares = ROW.map((column) =>
      column === 'loss' ? lossWeights[name] : column === name ? 1 / losses.length : 0,
    );
    return `case ${head}: { row += loss * vec4<f32>(${shares.map(literal).join(', ')}); }`;
  });
  return `for (var i = lane; i < ${heads.length} * ((uniforms.places + ${lanes - 1}) / ${lanes}); i += ${lanes}) {
      let loss = ${element(sums, `i * ${LOSS_SUMS}`)};
      switch (i % ${heads.length}) {
      ${cases.join('\n      ')}
      default: {}
      }
    }`;
}

/** torch.optim.AdamW: epsilon is added after the bias correction. */
function adam(
  { beta1, beta2, epsilon, weightDecay }: Extract<OptimizerConfig, { kind: 'adam' }>,
  length: number,
): string {
  return `let first = ${literal(beta1)} * result[${length} + i] + ${literal(1 - beta1)} * slope;
    let second = ${literal(beta2)} * result[${2 * length} + i] + ${literal(1 - beta2)} * slope * slope;
    result[${length} + i] = first;
    result[${2 * length} + i] = second;
    ${weightDecay ? `weight -= weight * f32(role & 1) * uniforms.rate * ${literal(weightDecay)};` : ''}
    weight -= uniforms.rate * first * uniforms.firstScale / (sqrt(second * uniforms.secondScale) + ${literal(epsilon)});`;
}

/** torch.optim.SGD: v = momentum * v + g; w -= rate * v. */
function momentum(factor: number, length: number): string {
  return `let first = ${literal(factor)} * result[${length} + i] + slope;
    result[${length} + i] = first;
    weight -= uniforms.rate * first;`;
}
