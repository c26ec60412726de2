import { describe, expect, it } from 'vitest';
import type { NetworkPrograms } from '../../../src/kernels/webgpu/network-programs.ts';
import { networkPrograms } from '../../../src/kernels/webgpu/network-programs.ts';
import { recurrentLayerPrograms } from '../../../src/kernels/webgpu/recurrent-layer-programs.ts';
import { stateLayout } from '../../../src/kernels/webgpu/state-layout.ts';
import { GPU_TUNING, SOFTWARE_TUNING } from '../../../src/kernels/webgpu/tuning.ts';
import type { Tuning } from '../../../src/kernels/webgpu/tuning.ts';
import type { Wgsl } from '../../../src/kernels/webgpu/wgsl.ts';
import { ADAM_DEFAULTS } from '../../../src/model/config.ts';
import type { TrainingConfig } from '../../../src/model/config.ts';
import { smallShape, trainingWith } from '../../train/problem.ts';

/** The text as people would indent it, under what must be bound. */
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
  readonly training?: Partial<TrainingConfig>;
  readonly dropout?: boolean;
}

const programsOf = ({ cell, tuning, training, dropout = false }: Options): NetworkPrograms =>
  networkPrograms({
    state: stateLayout(smallShape({ cell })),
    training: trainingWith({ l1: 1e-4, l2: 1e-3, clipNorm: 1, ...training }),
    tuning,
    dropout,
  });

const expectText = (wgsl: Wgsl | undefined, name: string): Promise<void> =>
  expect(wgsl && readable(wgsl)).toMatchFileSnapshot(`snapshots/${name}.wgsl`);

describe.each([
  ['gpu', GPU_TUNING],
  ['software', SOFTWARE_TUNING],
] as const)('programs for %s adapters', (adapter, tuning) => {
  it.each(['lstm', 'gru'] as const)('of a %s layer', async (cell) => {
    const [{ forward, backward }] = programsOf({ cell, tuning, dropout: true }).layers;
    await expectText(forward.wgsl, `${adapter}-${cell}-forward`);
    await expectText(backward.wgsl, `${adapter}-${cell}-backward`);
  });

  it('of everything around it', async () => {
    const { embed, layers, heads, evaluation, update } = programsOf({
      cell: 'gru',
      tuning,
      dropout: true,
    });
    await expectText(embed?.wgsl, `${adapter}-embed`);
    await expectText(layers[0].project.wgsl, `${adapter}-project`);
    await expectText(layers[0].dInput?.wgsl, `${adapter}-input-gradient`);
    await expectText(layers[0].gradients.wgsl, `${adapter}-weight-gradients`);
    await expectText(heads.wgsl, `${adapter}-heads`);
    await expectText(evaluation.wgsl, `${adapter}-evaluation`);
    await expectText(update.wgsl, `${adapter}-update`);
  });
});

it('tiles layers with more units than lanes', async () => {
  const tuning = { ...GPU_TUNING, maxLanes: 2, recurrentRows: 2 };
  const [{ forward, backward }] = programsOf({ cell: 'lstm', tuning }).layers;
  await expectText(forward.wgsl, 'tiled-lstm-forward');
  await expectText(backward.wgsl, 'tiled-lstm-backward');
});

it('updates by adam with decay', async () => {
  const optimizer = { ...ADAM_DEFAULTS, weightDecay: 0.01 };
  const { update } = programsOf({ cell: 'lstm', tuning: GPU_TUNING, training: { optimizer } });
  await expectText(update.wgsl, 'adam-update');
});

it('makes the programs of a layer on its own once', () => {
  const shape = { cell: 'lstm', inputs: 3, units: 5 } as const;
  const programs = recurrentLayerPrograms(shape, GPU_TUNING);
  expect(recurrentLayerPrograms({ ...shape }, { ...GPU_TUNING })).toBe(programs);
  expect(recurrentLayerPrograms(shape, SOFTWARE_TUNING)).not.toBe(programs);
});

describe('the limits of every WebGPU device', () => {
  const expectKept = ({ lanes, inputs, code }: Wgsl): void => {
    expect(lanes).toBeLessThanOrEqual(256);
    expect(inputs.length + 1).toBeLessThanOrEqual(8);
    expect(workgroupBytes(code)).toBeLessThanOrEqual(16384);
  };

  describe.each([GPU_TUNING, SOFTWARE_TUNING])('with the tuning %#', (tuning) => {
    it.each([1, 5, 64, 255, 256, 300, 1024])('are kept by layers of %d units', (units) => {
      for (const cell of ['lstm', 'gru'] as const) {
        const { lengths: _, ...all } = recurrentLayerPrograms({ cell, inputs: 3, units }, tuning);
        for (const { wgsl } of Object.values(all)) expectKept(wgsl);
      }
    });

    it('are kept by everything else', () => {
      const { embed, layers, heads, update } = programsOf({ cell: 'gru', tuning, dropout: true });
      for (const program of [embed, layers[0].gradients, heads, update])
        if (program) expectKept(program.wgsl);
    });
  });
});

/** Bytes of a program's workgroup memory. */
function workgroupBytes(code: string): number {
  const scalars: Record<string, number> = { f32: 1, 'vec2<f32>': 2, 'vec4<f32>': 4 };
  let bytes = 0;
  for (const [, type, count] of code.matchAll(/var<workgroup> \w+ : array<(.+), (\d+)>;/g))
    bytes += 4 * scalars[type] * Number(count);
  return bytes;
}
