import type { OptimizerConfig } from '../../network/update-rules.ts';
import { HEAD_SUMS } from './heads-wgsl.ts';
import type { Tuning } from './tuning.ts';
import { GRADIENT_SUMS } from './weight-gradients-wgsl.ts';
import type { Wgsl } from './wgsl.ts';
import { each, literal } from './wgsl.ts';

export interface UpdateText {
  /** L, number of weights. */
  readonly length: number;
  readonly optimizer: OptimizerConfig;
  /** A gradient with a larger norm is scaled down to this one; 0 = never. */
  readonly clipNorm: number;
  readonly lossWeights: Readonly<Record<'action' | 'time' | 'values', number>>;
  /** Workgroups whose sums follow the gradient. */
  readonly gradientGroups: number;
  readonly tuning: Tuning;
}

/** Each workgroup adds up the same sums, so more would waste work. */
const MOST_GROUPS = 64;
/** Numbers in a row of the log: total loss, and losses of actions, time and values. */
export const LOG_ROW = 4;

export function updateGroups({ length, tuning }: UpdateText): number {
  return Math.min(tuning.serial ? 4 : MOST_GROUPS, Math.ceil(length / tuning.lanes));
}

/**
 * One weight update in place, clipped by the gradient's norm, and a row of losses for the log. The
 * state is [weights | first moment or momentum | second moment | log | transposed weights], each L
 * long except the log and the transposed weights. `roles` [L] holds the place of each weight's
 * transposed copy and whether decay acts on it: 2 * (place + 1) + decays; 0 or 1 = no copy.
 *
 * Programs that need the transpose of a matrix read the copies.
 */
export function updateWgsl(text: UpdateText): Wgsl {
  const { length, optimizer, clipNorm, lossWeights, gradientGroups, tuning } = text;
  const { lanes } = tuning;
  const workgroups = updateGroups(text);
  return {
    name: 'Update',
    inputs: ['gradient', 'losses', 'roles'],
    uniforms: {
      headGroups: 'i32',
      log: 'i32',
      rate: 'f32',
      firstScale: 'f32',
      secondScale: 'f32',
      lossScale: 'f32',
    },
    lanes,
    code: `
var<workgroup> shares : array<vec4<f32>, ${lanes}>;
fn total(lane : i32, share : vec4<f32>) -> vec4<f32> {
  shares[lane] = share;
  for (var reach = ${lanes / 2}; reach > 0; reach = reach / 2) {
    workgroupBarrier();
    if (lane < reach) {
      shares[lane] += shares[lane + reach];
    }
  }
  workgroupBarrier();
  return shares[0];
}
fn main(index : i32) {
  let lane = i32(localIndex);
  var found = vec4<f32>(0.0);
  for (var i = lane; i < ${gradientGroups}; i += ${lanes}) {
    let at = ${length} + i * ${GRADIENT_SUMS};
    found += vec4<f32>(gradient[at], gradient[at + 1], 0.0, 0.0);
  }
  let sums = total(lane, found);
  let scale = ${clipNorm ? `1.0 / max(1.0, sqrt(sums.x) / ${literal(clipNorm)})` : '1.0'};
  var heads = vec4<f32>(0.0);
  if (index < ${lanes}) {
    for (var i = lane; i < uniforms.headGroups; i += ${lanes}) {
      let at = i * ${HEAD_SUMS};
      heads += vec4<f32>(${[0, 1, 2].map((i) => `losses[at + ${i}]`).join(', ')}, 0.0);
    }
  }
  workgroupBarrier();
  let means = total(lane, heads) * uniforms.lossScale;
  if (index == 0) {
    result[uniforms.log] = sums.y + dot(means.xyz, vec3<f32>(${['action', 'time', 'values'].map((name) => literal(lossWeights[name as keyof typeof lossWeights])).join(', ')}));
    ${each(3, (i) => `result[uniforms.log + ${i + 1}] = means[${i}];`)}
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
  };
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
