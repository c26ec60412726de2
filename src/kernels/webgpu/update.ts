import type { HeadsNode } from '../../network/graph.ts';
import { lossHeads } from '../../network/losses.ts';
import type { AdamConfig, UpdateRules } from '../../network/update-rules.ts';
import { LOSS_SUMS } from './losses.ts';
import { LOG_ROW } from './state-layout.ts';
import type { StateLayout } from './state-layout.ts';
import type { Tuning } from './tuning.ts';
import { GRADIENT_SUMS } from './weight-gradients.ts';
import { each, element, inputsOf, literal, totalOf } from './wgsl.ts';
import type { Place, Program } from './wgsl.ts';

export interface UpdateOptions {
  readonly state: StateLayout;
  readonly rules: UpdateRules;
  /** Its workgroups' sums follow the gradient; their number does not depend on the batch. */
  readonly gradients: Program;
  /** Of each branch, where the sums of its losses' workgroups are. */
  readonly sums: readonly Place[];
  readonly tuning: Tuning;
}

/** Each workgroup adds up the same sums, so more would waste work. */
const MOST_GROUPS = 64;

/**
 * One weight update in place, clipped by the gradient's norm, and a row of losses for the log. The state is
 * [weights | transposed weights | first moment or momentum | second moment | log]. `roles` [L] holds the place of each weight's transposed copy and whether decay
 * acts on it: 2 * (place + 1) + decays; 0 or 1 = no copy. `scale` is 1 over the number of targets.
 *
 * Programs that need the transpose of a matrix read the copies.
 */
export function updateProgram(options: UpdateOptions): Program {
  const { state, gradients, sums, tuning } = options;
  const { length, graph } = state.weights;
  const gradientGroups = gradients.groups({ windows: 1, steps: 1, places: 1 });
  const { optimizer, clipNorm } = options.rules;
  const { lanes, serial } = tuning;
  const workgroups = Math.min(serial ? 4 : MOST_GROUPS, Math.ceil(length / lanes));
  return {
    groups: () => workgroups,
    name: 'Update',
    inputs: ['gradient', 'roles', ...inputsOf(...sums)],
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
    ${sums.map((one, i) => addLosses(graph.branches[i].heads, one, options)).join('\n    ')}
  }
  workgroupBarrier();
  row = total(lane, row) * uniforms.scale;
  if (index == 0) {
    row.x += sums.y;
    ${each(LOG_ROW.length, (i) => `result[uniforms.log + ${i}] = row[${i}];`)}
  }
  for (var i = index; i < ${length}; i += ${workgroups * lanes}) {
    let role = i32(roles[i]);
    let slope = gradient[i] * scale;
    var weight = result[i];
    ${optimizer.kind === 'adam' ? adam(optimizer, state) : momentum(optimizer.momentum, state)}
    result[i] = weight;
    if (role > 1) {
      result[role / 2 - 1] = weight;
    }
  }
}`,
  };
}

/** Adds the sums of a branch's losses to the row, as `joinLosses` does: the total, of others the mean. */
function addLosses(
  node: HeadsNode,
  own: Place,
  { sums, rules: { lossWeights }, tuning: { lanes } }: UpdateOptions,
): string {
  const heads = lossHeads(node);
  const cases = heads.map(({ loss: { name } }, head) => {
    const shares = LOG_ROW.map((column) =>
      column === 'loss' ? lossWeights[name] : column === name ? 1 / sums.length : 0,
    );
    return `case ${head}: { row += loss * vec4<f32>(${shares.map(literal).join(', ')}); }`;
  });
  return `for (var i = lane; i < ${heads.length} * ((uniforms.places + ${lanes - 1}) / ${lanes}); i += ${lanes}) {
      let loss = ${element(own, `i * ${LOSS_SUMS}`)};
      switch (i % ${heads.length}) {
      ${cases.join('\n      ')}
      default: {}
      }
    }`;
}

/** torch.optim.AdamW: epsilon is added after the bias correction. */
function adam(
  { beta1, beta2, epsilon, weightDecay }: AdamConfig,
  { first, second }: StateLayout,
): string {
  return `let first = ${literal(beta1)} * result[${first} + i] + ${literal(1 - beta1)} * slope;
    let second = ${literal(beta2)} * result[${second} + i] + ${literal(1 - beta2)} * slope * slope;
    result[${first} + i] = first;
    result[${second} + i] = second;
    ${weightDecay ? `weight -= weight * f32(role & 1) * uniforms.rate * ${literal(weightDecay)};` : ''}
    weight -= uniforms.rate * first * uniforms.firstScale / (sqrt(second * uniforms.secondScale) + ${literal(epsilon)});`;
}

/** torch.optim.SGD: v = momentum * v + g; w -= rate * v. */
function momentum(factor: number, { first }: StateLayout): string {
  return `let first = ${literal(factor)} * result[${first} + i] + slope;
    result[${first} + i] = first;
    weight -= uniforms.rate * first;`;
}
