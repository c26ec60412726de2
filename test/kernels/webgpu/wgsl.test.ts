import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/kernels/webgpu/plan-batch.ts';
import { planBatch } from '../../../src/kernels/webgpu/plan-batch.ts';
import { recurrentLayerPrograms } from '../../../src/kernels/webgpu/recurrent-layer-programs.ts';
import { stateLayout } from '../../../src/kernels/webgpu/state-layout.ts';
import { GPU_TUNING, SOFTWARE_TUNING } from '../../../src/kernels/webgpu/tuning.ts';
import type { Tuning } from '../../../src/kernels/webgpu/tuning.ts';
import type { Program, Wgsl } from '../../../src/kernels/webgpu/wgsl.ts';
import { networkGraph } from '../../../src/network/graph.ts';
import type { NetworkShape } from '../../../src/network/shape.ts';
import { expertShape, smallShape, softBatch, trainingWith } from '../../train/problem.ts';
import { MODELS } from '../../bench/gpu/models.ts';

/** The text, indented, below its bindings. */
function readable({ inputs, uniforms, lanes, code }: Wgsl): string {
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
  const fields = Object.entries(uniforms).map(([name, type]) => `${name} : ${type}`);
  return [
    `// result : read_write, inputs: ${inputs.join(', ')}`,
    `// uniforms: ${fields.join(', ')}`,
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
    evaluate: false,
    kind: { dropout: true, soft: true },
  });

const programsOf = ({ pass, gradients, update }: Plan): Program[] => [...pass, gradients, update];

// One snapshot of each kind of program, to show in reviews how a change alters the text: small ones, whose tiles
// have one column. Tests on an adapter compare the numbers of all variants with the reference.
describe('program text for graphics cards equals its snapshot:', () => {
  const tuning = { ...GPU_TUNING, rows: 2, columns: 1, recurrentRows: 2, slices: 2 };
  const plan = planOf(expertShape({ feedForward: 7 }), tuning);
  const first = new Map<string, Wgsl>();
  for (const { wgsl } of programsOf(plan)) if (!first.has(wgsl.name)) first.set(wgsl.name, wgsl);

  it.each([...first])('%s', async (name, wgsl) => {
    const file = name.replace(/\B[A-Z]/g, '-$&').toLowerCase();
    await expect(readable(wgsl)).toMatchFileSnapshot(`snapshots/${file}.wgsl`);
  });
});

it('makes the programs of a single layer only once', () => {
  const shape = { cell: 'lstm', inputs: 3, units: 5 } as const;
  const programs = recurrentLayerPrograms(shape, GPU_TUNING);
  expect(recurrentLayerPrograms({ ...shape }, { ...GPU_TUNING })).toBe(programs);
  expect(recurrentLayerPrograms(shape, SOFTWARE_TUNING)).not.toBe(programs);
});

describe('programs keep the limits of every WebGPU device', () => {
  const expectKept = ({ wgsl: { lanes, inputs, code } }: Program): void => {
    expect(lanes).toBeLessThanOrEqual(256);
    expect(inputs.length + 1).toBeLessThanOrEqual(8);
    expect(workgroupBytes(code)).toBeLessThanOrEqual(16384);
  };

  describe.each([GPU_TUNING, SOFTWARE_TUNING])('with the tuning %#', (tuning) => {
    it.each([1, 5, 64, 255, 256, 300, 1024])('in layers of %d units', (units) => {
      for (const cell of ['lstm', 'gru'] as const) {
        const { programs } = recurrentLayerPrograms({ cell, inputs: 3, units }, tuning);
        Object.values(programs).forEach(expectKept);
      }
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
