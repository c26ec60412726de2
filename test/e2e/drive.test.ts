import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { DriveScene } from '../../demo/drive/scenes/drive-scene.ts';
import { inScene, learned, useDemo } from './browser.ts';
import type { Shown } from './browser.ts';
import { framesIn, holdKey, step } from './game-clock.ts';

const openDemo = useDemo();

/** What the scene makes public, and what the keys should do next. */
interface Seen {
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
  /** Updates of the network so far. */
  readonly updates: number;
  readonly model: number;
  readonly constantVelocity: number;
}

const look = (page: Page): Promise<Seen> =>
  page.evaluate(() => {
    const { duelGame: game } = globalThis as unknown as Shown;
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
    const updates = scene.foresight.shared.models.get('driver').learner?.updates ?? 0;
    return {
      tick: race.tick,
      racers: race.racers.length,
      progress,
      aim: Math.atan2(Math.sin(turn), Math.cos(turn)) * 3 - car.wheel * 0.6,
      push: Math.sqrt(most) - speed,
      steps: scene.hero.currentEpisode()?.length ?? 0,
      points: points.length,
      reach: last ? Math.hypot(last.x - car.x, last.y - car.y) : 0,
      updates,
      model: total?.model ?? 0,
      constantVelocity: total?.constantVelocity ?? 0,
    };
  });

/** Frames between two looks at the road: a driver looks ten times a second. */
const LOOK_EVERY = 6;

/** Drives with real keys until `enough`, `seconds` of play at most; returns what is seen then. */
async function drive(page: Page, seconds: number, enough: (seen: Seen) => boolean): Promise<Seen> {
  const held = new Set<string>();
  const hold = async (key: string, on: boolean): Promise<void> => {
    if (held.has(key) === on) return;
    if (on) held.add(key);
    else held.delete(key);
    await page.keyboard[on ? 'down' : 'up'](key);
  };
  for (let frames = 0; ; frames += LOOK_EVERY) {
    const seen = await look(page);
    if (enough(seen) || frames >= framesIn(seconds)) {
      for (const key of held) await page.keyboard.up(key);
      return seen;
    }
    await hold('ArrowRight', seen.aim > 0.12);
    await hold('ArrowLeft', seen.aim < -0.12);
    await hold('ArrowUp', seen.push > 0.5);
    await hold('ArrowDown', seen.push < -1.5);
    await step(page, LOOK_EVERY);
  }
}

it('drives a part of a lap with real keys: foreseen, recorded and learned from', async () => {
  const { page, problems } = await openDemo('?scene=drive&seed=1');
  await inScene(page, 'drive');
  const begin = await look(page);
  expect(begin.racers).toBe(2);
  await drive(page, 45, ({ progress, updates }) => progress > begin.progress + 150 && updates > 0);
  await learned(page, 'drive');
  const seen = await look(page);
  const figures =
    `${(seen.progress - begin.progress).toFixed(0)} m, ${seen.steps} steps, ${seen.updates} updates; ` +
    `off by ${seen.model.toFixed(2)} m a second ahead, constant velocity by ${seen.constantVelocity.toFixed(2)} m`;
  expect(seen.progress, figures).toBeGreaterThan(begin.progress + 120);
  expect(seen.steps, figures).toBeGreaterThan(50);
  expect(seen.points, figures).toBe(6);
  expect(seen.reach, figures).toBeGreaterThan(3);
  expect(seen.updates, figures).toBeGreaterThan(0);
  expect(seen.model, figures).toBeLessThan(0.6 * seen.constantVelocity);

  await holdKey(page, 't');
  await page.waitForSelector('.foresight-panel');
  await holdKey(page, 'Escape');
  const paused = await look(page);
  await step(page, framesIn(0.5));
  expect((await look(page)).tick).toBe(paused.tick);

  await holdKey(page, 'o');
  expect((await look(page)).racers).toBe(1);
  await holdKey(page, 'Escape');
  await holdKey(page, 'q');
  await inScene(page, 'title');
  expect(problems).toEqual([]);
});
