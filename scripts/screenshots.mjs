// Takes the screenshots in docs/: builds the demo, plays it a little with real keys, and saves PNGs.
//   node scripts/screenshots.mjs [width]x[height] [folder] [locale]
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drive, fight, inScene, press, serveTour } from './demo-tour.mjs';

const [width, height] = (process.argv[2] ?? '1280x720').split('x').map(Number);
const folder = process.argv[3] ?? fileURLToPath(new URL('../docs', import.meta.url));
const locale = process.argv[4] ?? 'en-US';
/** As sharp as the window also where there is no graphics card: 1 = as many pixels as 800 x 450. */
const sharpness = Math.sqrt((width * height) / (800 * 450));

await mkdir(folder, { recursive: true });
const tour = await serveTour();
try {
  const page = await tour.browser.newPage({ viewport: { width, height }, locale });
  /** @param {string} name */
  const save = (name) => page.screenshot({ path: join(folder, `${name}.png`) });
  /** @param {string} search */
  const open = (search) => page.goto(`${tour.url}?sharpness=${sharpness}${search}`);

  await open('&rounds=1&seconds=25');
  await inScene(page, 'title');
  await save('title');
  await press(page, 'ArrowUp', 'Enter');
  await inScene(page, 'options');
  await save('options');
  await press(page, 'ArrowUp', 'ArrowUp', 'Enter');
  await save('keys');
  await press(page, 'Escape', 'Escape');
  await inScene(page, 'title');
  await press(page, 'Enter');
  await inScene(page, 'fight');
  await fight(page, 4);
  await save('fight');
  await press(page, 'Escape');
  await save('pause');
  await press(page, 'Escape');
  await fight(page, 60);
  await inScene(page, 'results');
  await save('results');
  await press(page, 'ArrowDown', 'Enter');
  await inScene(page, 'replay');
  await page.waitForTimeout(4000);
  await save('replay');

  await open('&scene=fight&rounds=3');
  await inScene(page, 'fight');
  await press(page, 't');
  await fight(page, 24);
  // Between two rounds there is nothing to predict.
  await page.waitForFunction(() => {
    const scene = Reflect.get(globalThis, 'duelGame').scene.getScene('fight');
    return scene.hero.prediction !== null;
  });
  await save('training-mode');
  for (const tab of ['learning', 'data']) {
    // By its name, as the language of the browser may be another one.
    await page.locator(`[data-command=tab-${tab}]`).click();
    await fight(page, 1);
    await page.waitForTimeout(300);
    await save(`training-${tab}`);
  }

  await open('&scene=drive');
  await inScene(page, 'drive');
  await drive(page, 14);
  await save('drive');

  await open('&scene=robot');
  await inScene(page, 'robot');
  await page.waitForTimeout(12_000);
  await save('robot');
} finally {
  await tour.close();
}
