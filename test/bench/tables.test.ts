import { describe, expect, it } from 'vitest';
import { figure, noteLines, ratioLines } from './figures.ts';
import { SHAPES } from './problem.ts';
import { recordingsTable } from './recordings/recordings.ts';
import { trainTable } from './train-table.ts';
import type { TrainReport } from './train.ts';

describe('figure', () => {
  it.each([
    [1234.56, '1,235'],
    [12.34, '12.3'],
    [1.234, '1.23'],
    [0, '0.00'],
    [null, '-'],
    [NaN, '-'],
    [undefined, '-'],
  ])('of %s is %s', (value, text) => {
    expect(figure(value)).toBe(text);
  });
});

it('ratioLines shows "-" where there is no ratio', () => {
  expect(ratioLines({ a: 2, b: null })).toBe('a: 2.00 times\nb: -');
});

it('noteLines leaves rows without a note out', () => {
  expect(noteLines([{ engine: 'a' }, { engine: 'b', note: 'missing' }])).toEqual(['b: missing']);
});

it('trainTable has a line for every engine, measured or not', () => {
  const report: TrainReport = {
    machine: 'a machine',
    adapter: null,
    pytorch: {
      version: '1.13',
      config: 'BLAS_INFO=generic',
      loaded: ['/usr/lib/blas/libblas.so.3'],
      coreType: null,
    },
    shapes: {
      A: {
        size: SHAPES.A,
        expectedLosses: { one: [2], two: [2] },
        rows: [
          {
            engine: 'wasm',
            msPerBatch: 1.5,
            dispatchesPerBatch: null,
            spread: [1, 2],
            agrees: true,
          },
          {
            engine: 'pytorch',
            build: '1.13, the reference BLAS',
            msPerBatch: null,
            dispatchesPerBatch: null,
            note: 'slow',
          },
        ],
        ratios: { webgpuVsTfjsWebgpu: null, wasmVsTfjsWasm: null, wasmVsPyTorch: null },
      },
    },
  };
  expect(trainTable(report).split('\n')).toEqual([
    'a machine',
    '',
    'WebGPU adapter: none',
    '',
    'PyTorch 1.13 on the reference BLAS (BLAS_INFO=generic)',
    'loaded: /usr/lib/blas/libblas.so.3',
    '',
    'A: B32 T16 F16 H32 C8',
    'engine                              ms/batch    quartiles  dispatches  losses',
    'wasm                                    1.50  1.00 - 2.00           -   agree',
    'pytorch (1.13, the reference BLAS)         -            -           -       -',
    'pytorch: slow',
    'webgpuVsTfjsWebgpu: -',
    'wasmVsTfjsWasm: -',
    'wasmVsPyTorch: -',
  ]);
});

it('recordingsTable shows what 1,000 steps cost', () => {
  const table = recordingsTable({
    machine: 'a machine',
    threads: 2,
    epochs: 30,
    rows: [{ steps: 15_000, prepareSeconds: 3, seconds: 30, mebibytes: 150 }],
    linearity: { seconds: 1, mebibytes: 1 },
  });
  expect(table).toMatch(/^15,000 +30\.0 +150 +0\.20 +2\.00 +10\.0$/m);
});
