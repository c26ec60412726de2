import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gainOf, newDrivers } from '../../../demo/drive/pretrain/adapting.ts';
import { driveStint } from '../../../demo/drive/pretrain/stint.ts';
import { trackOf } from '../../../demo/drive/pretrain/school.ts';
import { DRIVE_LEARNING } from '../../../demo/drive/drive-spec.ts';
import { readCheckpoint } from '../../../src/core.ts';

const MODEL = new URL('../../../assets/checkpoints/driver.safetensors', import.meta.url);

describe('newDrivers', () => {
  it('are the named drivers and then invented ones, each with a seed of its own', () => {
    const drivers = newDrivers(10, 1);
    expect(new Set(drivers.map(({ seed }) => seed)).size).toBe(10);
    expect(drivers[0].name).toBe('smooth');
    expect(drivers[9].name).toMatch(/^driver:/);
    expect(newDrivers(10, 1)).toEqual(drivers);
  });
});

describe('gainOf', () => {
  it('is the mean share by which learning lowers the error', () => {
    const rows = [
      { driver: 'a', learning: 0.9, frozen: 1 },
      { driver: 'b', learning: 1.4, frozen: 2 },
    ];
    const { gain, low, high } = gainOf(rows);
    expect(gain).toBeCloseTo(0.2, 12);
    expect(low).toBeCloseTo(0.1, 12);
    expect(high).toBeCloseTo(0.3, 12);
  });
});

it('learns while it drives, without changing the drive', async () => {
  const checkpoint = await readCheckpoint(readFileSync(MODEL), 'driver');
  const [{ habits, seed }] = newDrivers(1, 1);
  const drive = async (learns: boolean) => {
    const expected: number[] = [];
    const { actions } = await driveStint({
      session: 's',
      id: 's',
      habits,
      seed,
      track: trackOf(901),
      ticks: 60 * 8,
      checkpoint,
      ...(learns && { learning: DRIVE_LEARNING }),
      decided: (_race, simulate) => {
        simulate(({ values }) => {
          expected.push(values.steering);
          return null;
        });
      },
    });
    return { actions, expected };
  };
  const [learning, again, frozen] = [await drive(true), await drive(true), await drive(false)];
  expect(learning).toEqual(again);
  expect(learning.actions).toEqual(frozen.actions);
  expect(learning.expected).not.toEqual(frozen.expected);
});
