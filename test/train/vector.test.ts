import { describe, expect, it } from 'vitest';
import { defineSpec, number, vector } from '../../src/record/spec.ts';
import type { CharacterSpec } from '../../src/record/spec.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { createCpuBackend } from '../../src/train/cpu-backend.ts';
import { train } from '../../src/train/trainer.ts';
import { argmax } from '../../src/util/math.ts';
import { createRng } from '../../src/util/rng.ts';
import { makeEpisode } from '../dataset/make-episodes.ts';

const RAYS = 6;
const action = ['left', 'ahead', 'right'];
const SEEING = defineSpec({
  name: 'scout',
  observation: [number('speed'), vector('rays', RAYS, { min: 0, max: 8 })],
  action,
});
const BLIND = defineSpec({ name: 'scout', observation: [number('speed')], action });

/** A driver who turns to where the way is longest: only the rays tell which action comes next. */
function drives(spec: CharacterSpec) {
  const rng = createRng(9);
  return Array.from({ length: 8 }, (_, session) => {
    let next = 1;
    const rows = Array.from({ length: 60 }, (__, i) => {
      const rays = Array.from({ length: RAYS }, () => rng.next() * 8);
      const row = [10 * i, next, rng.next(), ...(spec === SEEING ? rays : [])];
      const sides = [rays[0] + rays[1], rays[2] + rays[3], rays[4] + rays[5]];
      next = argmax(sides);
      return row;
    });
    return makeEpisode(rows, { id: `e${session}`, session: `s${session}` });
  });
}

async function trained(
  spec: CharacterSpec,
  { epochs, continuous = [] }: { epochs: number; continuous?: string[] },
): Promise<Checkpoint> {
  const run = train({
    spec,
    episodes: drives(spec),
    createBackend: createCpuBackend,
    model: { units: 12, timeBins: 0, continuous },
    training: {
      epochs,
      batchSize: 4,
      windowLength: 20,
      dropout: 0,
      heldOutFraction: 0.25,
      learningRate: { kind: 'constant', rate: 0.02 },
    },
  });
  for (;;) {
    const item = await run.next();
    if (item.done) return item.value.checkpoint;
  }
}

describe('training on a vector', () => {
  it('learns what its numbers tell about the next action', async () => {
    const seeing = await trained(SEEING, { epochs: 14 });
    const blind = await trained(BLIND, { epochs: 14 });
    // Three actions, each about as frequent: ln 3 = 1.10.
    expect(blind.metrics.heldOutLogLoss).toBeGreaterThan(0.95);
    expect(seeing.metrics.heldOutLogLoss).toBeLessThan(0.6);
  });

  it('predicts all its numbers where the vector is a continuous target', async () => {
    const { model, shape } = await trained(SEEING, { epochs: 1, continuous: ['rays', 'speed'] });
    expect(model.continuous).toEqual([
      ...Array.from({ length: RAYS }, (_, i) => `rays_${i}`),
      'speed',
    ]);
    expect(shape.values).toBe(RAYS + 1);
  });
});
