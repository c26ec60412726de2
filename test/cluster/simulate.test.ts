import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';

const CLUSTER = fileURLToPath(new URL('../../cluster', import.meta.url));
const PYTHON = ['python3', '/usr/bin/python3'].find(
  (command) => spawnSync(command, ['--version']).status === 0,
);

function python(args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(PYTHON!, args, { cwd: CLUSTER, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return stdout;
}

/** The value of an expression, with the names of the module. */
const evaluate = (expression: string): unknown =>
  JSON.parse(
    python([
      '-c',
      `import json, random
from foresight_cluster.simulate import *
print(json.dumps(${expression}))`,
    ]),
  );

/** An update of 2 windows takes 4 s: 2 s, and 1 s for each window. */
const epochOf = (cluster: string): unknown =>
  evaluate(
    `epoch(Cluster(each=2, window_s=1, update_s=2, **dict(${cluster})), random.Random(1)).__dict__`,
  );

describe('the simulated cluster', () => {
  beforeEach(({ skip }) => skip(!PYTHON, 'there is no python3'));

  it('loses nothing with equal processes', () => {
    const expected = { update_s: 4, updates: 5, waiting: 0, relative: 1 };
    expect(epochOf('speeds=(1,), shards=(10,)')).toEqual(expected);
    expect(epochOf('speeds=(1,) * 64, shards=(10,) * 64')).toEqual(expected);
  });

  it('is as slow as its slowest process', () => {
    expect(epochOf('speeds=(1, 0.5), shards=(10, 10)')).toEqual({
      update_s: 8,
      updates: 5,
      waiting: 1 / 4,
      relative: 1 / 2,
    });
    expect(epochOf('speeds=(1, 1, 1, 0.5), shards=(10,) * 4')).toMatchObject({
      waiting: 3 / 8,
      relative: 1 / 2,
    });
  });

  it('has updates without windows where shards are unequal', () => {
    // 5 updates of the first; the second has windows for 1 and then takes part with none, in 2 s.
    expect(epochOf('speeds=(1, 1), shards=(10, 2)')).toEqual({
      update_s: 4,
      updates: 5,
      waiting: (4 * 2) / (2 * 20),
      relative: 12 / 20,
    });
  });

  it('adds the exchange of gradients to each update', () => {
    expect(epochOf('speeds=(1, 1), shards=(10, 10), exchange_s=1')).toMatchObject({
      update_s: 5,
      relative: 4 / 5,
    });
    expect(evaluate('[ring_s(1, 800, 1, 100), ring_s(4, 800, 1, 100)]')).toEqual([0, 6 * (1 + 2)]);
  });

  it('continues from the last state when a process was lost', () => {
    const run = (losses: string): unknown => evaluate(`with_losses(1, 100, ${losses}, 30, 7)`);
    expect(run('[]')).toBe(100);
    // In update 71, after the state of update 60.
    expect(run('[70.5]')).toBe(70.5 + 7 + 40);
    // Before the first state, and while all were starting again.
    expect(run('[10.5, 12]')).toBe(10.5 + 7 + 7 + 100);
  });

  it('prints the same table for the same seed', () => {
    const table = python(['-m', 'foresight_cluster.simulate', '--ranks', '2', '4']);
    expect(python(['-m', 'foresight_cluster.simulate', '--ranks', '2', '4'])).toBe(table);
    expect(table.match(/^\| [24] .* 50 % /gm)).toHaveLength(2);
  });
});
