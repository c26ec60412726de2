import type * as Phaser from 'phaser';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { DriveScene } from '../../demo/drive/scenes/drive-scene.ts';
import { useDemo } from './browser.ts';

const openDemo = useDemo();

/** What is going on in the page. */
interface Seen {
  readonly active: boolean;
  readonly tick: number;
  readonly racers: number;
  readonly progress: number;
  /** Steering wanted and speed wanted minus speed, to stay on the track. */
  readonly aim: number;
  readonly push: number;
  readonly steps: number;
  readonly points: number;
  /** Metres from the car to the last point that is foreseen. */
  readonly reach: number;
  readonly bursts: number;
  readonly model: number;
  readonly constantVelocity: number;
}

const look = (page: Page): Promise<Seen> =>
  page.evaluate(() => {
    const { duelGame: game } = globalThis as unknown as { duelGame: Phaser.Game };
    const scene = game.scene.getScene('drive') as DriveScene;
    const { race } = scene.loop;
    const { car, place, progress } = race.racers[0];
    const { track } = race;
    const at = (metres: number): number =>
      Math.round((place.along + metres) / track.spacing) % track.x.length;
    const speed = Math.hypot(car.vx, car.vy);
    const target = at(6 + 0.55 * speed);
    const turn = Math.atan2(track.y[target] - car.y, track.x[target] - car.x) - car.heading;
    let most = Infinity;
    for (let ahead = 0; ahead < 70; ahead += 4) {
      const bend = Math.max(1e-4, Math.abs(track.curvature[at(ahead)]));
      most = Math.min(most, (0.55 * 14) / bend + 14 * ahead);
    }
    const points = scene.foreseen?.points ?? [];
    const last = points[points.length - 1];
    const total = scene.errors.total;
    return {
      active: game.scene.isActive('drive'),
      tick: race.tick,
      racers: race.racers.length,
      progress,
      aim: Math.atan2(Math.sin(turn), Math.cos(turn)) * 3 - car.wheel * 0.6,
      push: Math.sqrt(most) - speed,
      steps: scene.hero.currentEpisode()?.length ?? 0,
      points: points.length,
      reach: last ? Math.hypot(last.x - car.x, last.y - car.y) : 0,
      bursts: scene.foresight.learner('driver')?.bursts ?? 0,
      model: total?.model ?? 0,
      constantVelocity: total?.constantVelocity ?? 0,
    };
  });

/** Drives with real keys until `enough`, `seconds` at most; what is seen then. */
async function drive(page: Page, seconds: number, enough: (seen: Seen) => boolean): Promise<Seen> {
  const held = new Set<string>();
  const hold = async (key: string, on: boolean): Promise<void> => {
    if (held.has(key) === on) return;
    if (on) held.add(key);
    else held.delete(key);
    await page.keyboard[on ? 'down' : 'up'](key);
  };
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const seen = await look(page);
    if (enough(seen) || Date.now() > end) {
      for (const key of held) await page.keyboard.up(key);
      return seen;
    }
    await hold('ArrowRight', seen.aim > 0.12);
    await hold('ArrowLeft', seen.aim < -0.12);
    await hold('ArrowUp', seen.push > 0.5);
    await hold('ArrowDown', seen.push < -1.5);
  }
}

const ready = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => {
    const { duelGame } = globalThis as unknown as { duelGame?: Phaser.Game };
    return duelGame?.scene.isActive('drive');
  });

it('drives a part of a lap with real keys: foreseen, recorded and learned from', async () => {
  const { page, problems } = await openDemo('?scene=drive');
  await ready(page);
  const begin = await look(page);
  expect(begin.racers).toBe(2);
  const seen = await drive(
    page,
    45,
    ({ progress, bursts }) => progress > begin.progress + 120 && bursts > 0,
  );
  console.warn(
    `drive: ${(seen.progress - begin.progress).toFixed(0)} m, ${seen.steps} steps, ${seen.bursts} bursts; ` +
      `off by ${seen.model.toFixed(2)} m a second ahead, constant velocity by ${seen.constantVelocity.toFixed(2)} m`,
  );
  expect(seen.progress).toBeGreaterThan(begin.progress + 120);
  expect(seen.steps).toBeGreaterThan(50);
  expect(seen.points).toBe(6);
  expect(seen.reach).toBeGreaterThan(3);
  expect(seen.bursts).toBeGreaterThan(0);
  expect(seen.model).toBeLessThan(0.6 * seen.constantVelocity);

  await page.keyboard.press('Escape');
  await page.waitForTimeout(100);
  const paused = await look(page);
  await page.waitForTimeout(300);
  expect((await look(page)).tick).toBe(paused.tick);

  await page.keyboard.press('o');
  await page.waitForFunction(() => {
    const { duelGame } = globalThis as unknown as { duelGame: Phaser.Game };
    return (duelGame.scene.getScene('drive') as DriveScene).loop.race.racers.length === 1;
  });
  await page.keyboard.press('Escape');
  await page.keyboard.press('q');
  await page.waitForFunction(() => {
    const { duelGame } = globalThis as unknown as { duelGame: Phaser.Game };
    return duelGame.scene.isActive('title');
  });
  expect(problems).toEqual([]);
});
