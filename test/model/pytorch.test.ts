import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Encoder } from '../../src/dataset/encoder.ts';
import { StreamingNetwork } from '../../src/kernels/reference/streaming-network.ts';
import { serializeCheckpoint } from '../../src/model/checkpoint-file.ts';
import { makeCheckpoint, randomEpisode } from './make-checkpoint.ts';

/** The Python that has torch: the one in the path, or Debian's with python3-torch. */
const python = ['python3', '/usr/bin/python3'].find(
  (command) => spawnSync(command, ['-c', 'import torch']).status === 0,
);
const NO_TORCH = 'python3 cannot import torch: apt-get install python3-torch';

const SCRIPT = fileURLToPath(new URL('./pytorch_predict.py', import.meta.url));
const STEPS = 40;

type Outputs = Record<'action' | 'time' | 'values', number[][]>;

const CASES = (['lstm', 'gru'] as const).flatMap((cell) =>
  [1, 2].flatMap((layers) =>
    [0, 3].map((embedding) => {
      const feedForward = layers === 2 ? 9 : 0;
      const checkpoint = makeCheckpoint({ cell, layers, embedding, feedForward, units: 20 }, 5);
      const encoder = new Encoder(checkpoint.spec, checkpoint.statistics);
      const features = encoder.encodeEpisode(randomEpisode(STEPS, 9));
      const rows = Array.from({ length: STEPS }, (_, i) =>
        features.subarray(i * encoder.width, (i + 1) * encoder.width),
      );
      return { cell, layers, embedding, feedForward, checkpoint, rows };
    }),
  ),
);

/** What torch makes of all cases, in one run: starting it takes seconds. */
function runTorch(command: string): Outputs[] {
  const folder = mkdtempSync(join(tmpdir(), 'foresight-'));
  try {
    const runs = CASES.map(({ checkpoint, rows }, i) => {
      const file = join(folder, `${i}.safetensors`);
      writeFileSync(file, serializeCheckpoint(checkpoint));
      return { file, features: rows.map((row) => [...row]) };
    });
    const { stdout, stderr } = spawnSync(command, [SCRIPT], {
      input: JSON.stringify(runs),
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    return JSON.parse(stdout) as Outputs[];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('PyTorch opens a checkpoint and predicts the same', () => {
  let outputs: Outputs[] = [];
  beforeAll(() => {
    if (python) outputs = runTorch(python);
  });
  beforeEach(({ skip }) => skip(!python, NO_TORCH));

  it.each(CASES.map((one, index) => ({ ...one, index })))(
    '$cell, $layers layers, embedding of $embedding, $feedForward feed-forward units',
    ({ checkpoint, rows, index }) => {
      const network = new StreamingNetwork(checkpoint.shape, checkpoint.weights);
      const state = network.createState();
      const largest = { action: 0, time: 0, values: 0 };
      rows.forEach((row, i) => {
        const { actionLogits, timeLogits, values } = network.step(state, row);
        for (const [head, ours] of [
          ['action', actionLogits],
          ['time', timeLogits],
          ['values', values],
        ] as const) {
          const theirs = outputs[index][head][i];
          expect(ours.length).toBe(theirs.length);
          ours.forEach((value, k) => {
            expect(Math.abs(value - theirs[k])).toBeLessThan(1e-5);
            largest[head] = Math.max(largest[head], Math.abs(value));
          });
        }
      });
      // Outputs near 0 would agree as well.
      for (const size of Object.values(largest)) expect(size).toBeGreaterThan(0.1);
    },
  );
});
