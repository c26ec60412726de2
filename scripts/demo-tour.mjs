// Shared by the scripts that take screenshots of the demo: the built demo, a page of it, and its keys.
import { chromium } from 'playwright-core';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import { CHROMIUM_FLAGS, requireChromium } from './chromium.mjs';

const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url));

/**
 * Builds and serves the demo and opens a browser. The caller closes it.
 */
export async function serveTour() {
  await build({ configFile, logLevel: 'warn' });
  const server = await preview({ configFile, preview: { port: 0, open: false } });
  const browser = await chromium.launch({
    executablePath: requireChromium(),
    args: CHROMIUM_FLAGS,
  });
  return {
    browser,
    url: server.resolvedUrls?.local[0] ?? '',
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/**
 * Waits until a scene of the demo runs.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} key
 */
export async function inScene(page, key) {
  await page.waitForFunction(
    (name) => Reflect.get(globalThis, 'duelGame')?.scene.isActive(name) === true,
    key,
    { timeout: 90_000 },
  );
  await page.waitForTimeout(900);
}

/**
 * Presses keys one after the other.
 *
 * @param {import('playwright-core').Page} page
 * @param {string[]} keys
 */
export async function press(page, ...keys) {
  for (const key of keys) {
    await page.keyboard.press(key, { delay: 60 });
    await page.waitForTimeout(250);
  }
}

/**
 * Fights for so many turns: walk up, block, then strike, or now and then throw. Stops when the duel
 * is over.
 *
 * @param {import('playwright-core').Page} page
 * @param {number} turns
 */
export async function fight(page, turns) {
  for (let turn = 0; turn < turns; turn++) {
    const isOn = await page.evaluate(() =>
      Reflect.get(globalThis, 'duelGame').scene.isActive('fight'),
    );
    if (!isOn) return;
    await page.keyboard.press('d', { delay: 180 });
    await page.keyboard.press('l', { delay: 300 });
    await page.keyboard.press(turn % 3 ? 'j' : 'k', { delay: 60 });
    await page.waitForTimeout(450);
  }
}

/**
 * Drives for so many seconds, along the middle of the track.
 *
 * @param {import('playwright-core').Page} page
 * @param {number} seconds
 */
export async function drive(page, seconds) {
  /** @type {Set<string>} */
  const held = new Set();
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const wanted = await page.evaluate(() => {
      const { race } = Reflect.get(globalThis, 'duelGame').scene.getScene('drive').loop;
      const { track, racers } = race;
      const { car, place } = racers[0];
      const speed = Math.hypot(car.vx, car.vy);
      const ahead = Math.round((place.along + 6 + 0.55 * speed) / track.spacing) % track.x.length;
      const turn = Math.atan2(track.y[ahead] - car.y, track.x[ahead] - car.x) - car.heading;
      const aim = 3 * Math.atan2(Math.sin(turn), Math.cos(turn)) - 0.6 * car.wheel;
      const keys = [speed < 18 ? 'ArrowUp' : '', speed > 21 ? 'ArrowDown' : ''];
      return [...keys, aim > 0.12 ? 'ArrowRight' : aim < -0.12 ? 'ArrowLeft' : ''].filter(Boolean);
    });
    for (const key of held)
      if (!wanted.includes(key)) {
        await page.keyboard.up(key);
        held.delete(key);
      }
    for (const key of wanted)
      if (!held.has(key)) {
        await page.keyboard.down(key);
        held.add(key);
      }
    await page.waitForTimeout(30);
  }
  for (const key of held) await page.keyboard.up(key);
}
