import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/kernels/webgpu/plan-batch.ts';
import { planBatch } from '../../../src/kernels/webgpu/plan-batch.ts';
import { lstmPlan } from '../../../src/kernels/webgpu/lstm-plan.ts';
import { stateLayout } from '../../../src/kernels/webgpu/state-layout.ts';
import { GPU_TUNING, SOFTWARE_TUNING } from '../../../src/kernels/webgpu/tuning.ts';
import type { Tuning } from '../../../src/kernels/webgpu/tuning.ts';
import type { Program } from '../../../src/kernels/webgpu/wgsl.ts';
import { networkGraph } from '../../../src/network/graph.ts';
import type { NetworkShape } from '../../../src/network/shape.ts';
import { expertShape, smallShape, softBatch, trainingWith } from '../../train/problem.ts';
import { MODELS } from '../../bench/gpu/models.ts';

/** The text, indented, below its bindings. */
function readable({ inputs, lanes, code }: Program): string {
  let depth = 0;
  const lines = code.split('\n').flatMap((raw) => {
    const line = raw.trim();
    if (!line) return [];
    if (line.startsWith('}')) depth--;
    const indented = '  '.repeat(depth) + line;
    if (line.endsWith('{')) depth++;
    return [indented];
  });
  expect(depth).toBe(0);
  return [
    `// result : read_write, inputs: ${inputs.join(', ')}`,
    `// ${lanes} lanes`,
    ...lines,
    '',
  ].join('\n');
}

/** An update with everything that there is. */
const planOf = (shape: NetworkShape, tuning: Tuning): Plan =>
  planBatch(softBatch(shape, { batchSize: 1, windowLength: 1 }), {
    state: stateLayout(networkGraph(shape)),
    training: trainingWith({ l1: 1e-4, l2: 1e-3, clipNorm: 1 }),
    tuning,
    kind: { dropout: true, soft: true, evaluate: false },
  });

const programsOf = ({ pass, gradients, update }: Plan): Program[] => [...pass, gradients, update];

// One snapshot of each kind of program, to show in reviews how a change alters the text: small ones, whose tiles
// have one column. Tests on an adapter compare the numbers of all variants with the reference.
describe('program text for graphics cards equals its snapshot:', () => {
  const tuning = { ...GPU_TUNING, rows: 2, columns: 1, recurrentRows: 2, slices: 2 };
  const plan = planOf(expertShape({ feedForward: 7 }), tuning);
  const first = new Map<string, Program>();
  for (const program of programsOf(plan))
    if (!first.has(program.name)) first.set(program.name, program);

  it.each([...first])('%s', async (name, program) => {
    const file = name.replace(/\B[A-Z]/g, '-$&').toLowerCase();
    await expect(readable(program)).toMatchFileSnapshot(`snapshots/${file}.wgsl`);
  });
});

it('makes the programs of a single layer only once', () => {
  const sizes = { inputs: 3, units: 5 };
  const plan = lstmPlan(sizes, GPU_TUNING);
  expect(lstmPlan({ ...sizes }, { ...GPU_TUNING })).toBe(plan);
  expect(lstmPlan(sizes, SOFTWARE_TUNING)).not.toBe(plan);
});

describe('programs keep the limits of every WebGPU device', () => {
  const expectKept = ({ lanes, inputs, code }: Program): void => {
    expect(lanes).toBeLessThanOrEqual(256);
    expect(inputs.length + 1).toBeLessThanOrEqual(8);
    expect(workgroupBytes(code)).toBeLessThanOrEqual(16384);
  };

  describe.each([GPU_TUNING, SOFTWARE_TUNING])('with the tuning %#', (tuning) => {
    it.each([1, 5, 64, 255, 256, 300, 1024])('in layers of %d units', (units) => {
      const { project, forward, backward, dInput, gradients } = lstmPlan(
        { inputs: 3, units },
        tuning,
      );
      [project, forward, backward, dInput, gradients].forEach(expectKept);
      programsOf(planOf(smallShape({ cell: 'gru', units }), tuning)).forEach(expectKept);
    });

    it.each<[string, NetworkShape]>([
      ['three layers of GRU', smallShape({ cell: 'gru', layers: 3, units: 1024 })],
      ['the default population model', MODELS.population.shape],
    ])('in updates of %s', (_, shape) => {
      programsOf(planOf(shape, tuning)).forEach(expectKept);
    });
  });
});

function workgroupBytes(code: string): number {
  const scalars: Record<string, number> = { f32: 1, 'vec2<f32>': 2, 'vec4<f32>': 4 };
  let bytes = 0;
  for (const [, type, count] of code.matchAll(/var<workgroup> \w+ : array<(.+), (\d+)>;/g))
    bytes += 4 * scalars[type] * Number(count);
  return bytes;
}
