import { describe, expect, it } from 'vitest';
import type { NetworkPrograms } from '../../../src/kernels/webgpu/network-programs.ts';
import { networkPrograms } from '../../../src/kernels/webgpu/network-programs.ts';
import { recurrentLayerPrograms } from '../../../src/kernels/webgpu/recurrent-layer-programs.ts';
import { stateLayout } from '../../../src/kernels/webgpu/state-layout.ts';
import { GPU_TUNING, SOFTWARE_TUNING } from '../../../src/kernels/webgpu/tuning.ts';
import type { Tuning } from '../../../src/kernels/webgpu/tuning.ts';
import type { Wgsl } from '../../../src/kernels/webgpu/wgsl.ts';
import { smallShape, trainingWith } from '../../train/problem.ts';

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

interface Options {
  readonly cell: 'lstm' | 'gru';
  readonly tuning: Tuning;
  readonly dropout?: boolean;
}

const programsOf = ({ cell, tuning, dropout = false }: Options): NetworkPrograms =>
  networkPrograms({
    state: stateLayout(smallShape({ cell })),
    training: trainingWith({ l1: 1e-4, l2: 1e-3, clipNorm: 1 }),
    tuning,
    dropout,
  });

const expectText = (wgsl: Wgsl | undefined, name: string): Promise<void> =>
  expect(wgsl && readable(wgsl)).toMatchFileSnapshot(`snapshots/${name}.wgsl`);

// One snapshot of each kind of program, to show in reviews how a change alters the text. Browser tests
// compare the numbers of all variants with the reference.
describe('program text for graphics cards equals its snapshot:', () => {
  const tuning = GPU_TUNING;

  it.each(['forward', 'backward'] as const)('%s pass of a recurrent layer', async (pass) => {
    const [layer] = programsOf({ cell: 'lstm', tuning, dropout: true }).layers;
    await expectText(layer[pass].wgsl, `lstm-${pass}`);
  });

  it('other programs of a network', async () => {
    const programs = programsOf({ cell: 'gru', tuning, dropout: true });
    const { embed, layers, heads, update } = programs;
    await expectText(embed?.wgsl, 'embed');
    await expectText(layers[0].project.wgsl, 'product');
    await expectText(layers[0].gradients.wgsl, 'weight-gradients');
    await expectText(heads.wgsl, 'heads');
    await expectText(update.wgsl, 'update');
  });
});

it('makes the programs of a single layer only once', () => {
  const shape = { cell: 'lstm', inputs: 3, units: 5 } as const;
  const programs = recurrentLayerPrograms(shape, GPU_TUNING);
  expect(recurrentLayerPrograms({ ...shape }, { ...GPU_TUNING })).toBe(programs);
  expect(recurrentLayerPrograms(shape, SOFTWARE_TUNING)).not.toBe(programs);
});

describe('programs keep the limits of every WebGPU device', () => {
  const expectKept = ({ lanes, inputs, code }: Wgsl): void => {
    expect(lanes).toBeLessThanOrEqual(256);
    expect(inputs.length + 1).toBeLessThanOrEqual(8);
    expect(workgroupBytes(code)).toBeLessThanOrEqual(16384);
  };

  describe.each([GPU_TUNING, SOFTWARE_TUNING])('with the tuning %#', (tuning) => {
    it.each([1, 5, 64, 255, 256, 300, 1024])('in layers of %d units', (units) => {
      for (const cell of ['lstm', 'gru'] as const) {
        const { lengths: _, ...all } = recurrentLayerPrograms({ cell, inputs: 3, units }, tuning);
        for (const { wgsl } of Object.values(all)) expectKept(wgsl);
      }
    });

    it('in embeddings, heads and updates', () => {
      const { embed, layers, heads, update } = programsOf({ cell: 'gru', tuning, dropout: true });
      for (const program of [embed, layers[0].gradients, heads, update])
        if (program) expectKept(program.wgsl);
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
