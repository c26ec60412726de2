import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fitStatistics } from '../../src/dataset/fit-statistics.ts';
import { encodedColumns } from '../../src/interchange/encoding.ts';
import { stepAt } from '../../src/record/episode.ts';
import { SPEC } from '../dataset/make-episodes.ts';
import { randomEpisode } from '../model/make-checkpoint.ts';
import { featureRows } from './predict-episode.ts';

const hasPython = spawnSync('python3', ['--version']).status === 0;

/** The Encoder of the documentation: its first block of Python, without the packages that it does not need. */
function documented(): string {
  const text = readFileSync(new URL('../../docs/interchange.md', import.meta.url), 'utf8');
  const [, code] = /```python\n([^]*?)```/.exec(text) ?? [];
  return code.replace(/^import (numpy as np|onnxruntime)\n/gm, '');
}

const RUN = `
import sys
given = json.load(sys.stdin)
encoder = Encoder(given["columns"], given["fields"])
json.dump([encoder.encode(*step) for step in given["steps"]], sys.stdout)
`;

describe('the encoder in Python of the documentation', () => {
  it('encodes an episode like the package', ({ skip }) => {
    skip(!hasPython, 'there is no python3');
    const episode = randomEpisode(120, 4);
    const statistics = fitStatistics(SPEC, [randomEpisode(80, 1)], { pieces: 6 });
    const steps = Array.from({ length: episode.length }, (_, i) => {
      const { tick, action, values } = stepAt(episode, i);
      // NaN becomes null in JSON.
      return [tick, action, [...values]];
    });
    const fields = SPEC.observation.fields.length;
    const { stdout, stderr } = spawnSync('python3', ['-c', documented() + RUN], {
      input: JSON.stringify({ columns: encodedColumns(SPEC, statistics), fields, steps }),
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    const theirs = JSON.parse(stdout) as number[][];
    featureRows({ spec: SPEC, statistics }, episode).forEach((own, i) => {
      expect(theirs[i].length).toBe(own.length);
      own.forEach((value, column) => expect(theirs[i][column]).toBeCloseTo(value, 5));
    });
  });
});
