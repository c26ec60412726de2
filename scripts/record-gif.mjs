// Makes the animation in the README: builds the demo, plays it, and saves docs/duel.gif.
//   node scripts/record-gif.mjs [seconds] [file]
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import gifenc from 'gifenc';
import { PNG } from 'pngjs';
import { fight, inScene, serveTour } from './demo-tour.mjs';

const { GIFEncoder, applyPalette, quantize } = gifenc;

const seconds = Number(process.argv[2] ?? 6);
const file = process.argv[3] ?? fileURLToPath(new URL('../docs/duel.gif', import.meta.url));
const SIZE = { width: 480, height: 270 };
const PER_SECOND = 10;
/** Few colours make a small file; dusk has not many. */
const COLOURS = 64;
/** A colour that no frame has: marks pixels that are unchanged since the frame before. */
const SAME = COLOURS - 1;

const tour = await serveTour();
try {
  const page = await tour.browser.newPage({ viewport: SIZE });
  // With still layers most pixels do not change between frames, which makes the file small.
  await page.goto(`${tour.url}?scene=fight&seed=3`);
  await inScene(page, 'fight');
  const player = fight(page, 200);
  // The rival has to see a habit before it can show that it knows it.
  await page.waitForTimeout(9000);
  /** @type {Buffer[]} */
  const shots = [];
  const begin = Date.now();
  for (let shot = 0; shot < seconds * PER_SECOND; shot++) {
    shots.push(await page.screenshot());
    await page.waitForTimeout(Math.max(0, begin + ((shot + 1) * 1000) / PER_SECOND - Date.now()));
  }
  const delay = (Date.now() - begin) / shots.length;
  await page.evaluate(() => Reflect.get(globalThis, 'duelGame').scene.stop('fight'));
  await player;
  const bytes = encode(shots, delay);
  await writeFile(file, bytes);
  console.log(`${file}: ${shots.length} frames, ${(bytes.length / 1e6).toFixed(2)} MB`);
} finally {
  await tour.close();
}

/**
 * @param {readonly Buffer[]} shots PNGs of one size
 * @param {number} delay ms between two of them
 */
function encode(shots, delay) {
  const gif = GIFEncoder();
  const frames = shots.map((shot) => PNG.sync.read(shot));
  const { width, height } = frames[0];
  const some = Buffer.concat(
    frames.filter((_, i) => i % 12 === 0).map(({ data }) => Buffer.from(data)),
  );
  const palette = quantize(some, COLOURS - 1);
  /** @type {Uint8Array | null} */
  let before = null;
  for (const { data } of frames) {
    const index = applyPalette(data, palette);
    const shown = before
      ? index.map((colour, i) => (colour === before?.[i] ? SAME : colour))
      : index;
    gif.writeFrame(shown, width, height, {
      palette: before ? undefined : [...palette, [0, 0, 0]],
      delay,
      transparent: before !== null,
      transparentIndex: SAME,
      dispose: 1,
    });
    before = index;
  }
  gif.finish();
  return gif.bytes();
}
