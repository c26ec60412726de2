// Takes the pictures of docs/: builds the demo, plays it a little with real keys, and saves PNGs.
//   node scripts/screenshots.mjs [width]x[height] [folder] [locale]
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { CHROMIUM_FLAGS, requireChromium } from './chromium.mjs';

const [width, height] = (process.argv[2] ?? '1280x720').split('x').map(Number);
const folder = process.argv[3] ?? fileURLToPath(new URL('../docs', import.meta.url));
const locale = process.argv[4] ?? 'en-US';
const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url));

await mkdir(folder, { recursive: true });
await build({ configFile, logLevel: 'warn' });
const server = await preview({ configFile, preview: { port: 0, open: false } });
const browser = await chromium.launch({
  executablePath: requireChromium(),
  args: CHROMIUM_FLAGS,
});
const page = await browser.newPage({ viewport: { width, height }, locale });
/** @param {string} name */
const save = (name) => page.screenshot({ path: join(folder, `${name}.png`) });
/** @param {number} rounds */
const play = async (rounds) => {
  for (let round = 0; round < rounds; round++) {
    await page.keyboard.down('d');
    await page.waitForTimeout(180);
    await page.keyboard.up('d');
    await page.keyboard.down('l');
    await page.waitForTimeout(300);
    await page.keyboard.up('l');
    await page.keyboard.press(round % 3 ? 'j' : 'k', { delay: 60 });
    await page.waitForTimeout(450);
    await page.keyboard.press('Enter');
  }
};
try {
  await page.goto(server.resolvedUrls?.local[0] ?? '');
  await page.waitForFunction(() => 'duelGame' in globalThis);
  await page.waitForTimeout(2000);
  await save('title');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(1800);
  await play(3);
  await save('fight');
  await page.keyboard.press('t');
  await play(30);
  // Between two rounds there is nothing to predict.
  await page.waitForFunction(() => {
    const scene = Reflect.get(globalThis, 'duelGame').scene.getScene('fight');
    return scene.hero.prediction !== null;
  });
  await play(1);
  await save('training-mode');
  for (const tab of ['learning', 'data']) {
    // By its name, as the language of the browser may be another one.
    await page.locator(`[data-command=tab-${tab}]`).click();
    await play(1);
    await page.waitForTimeout(300);
    await save(`training-${tab}`);
  }
} finally {
  await browser.close();
  await server.close();
}
