import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { ResultsData } from '../../demo/duel/scenes/results-scene.ts';
import type { DuelReport } from '../../demo/duel/tally/duel-report.ts';
import { inScene, useDemo } from './browser.ts';
import type { Shown } from './browser.ts';
import { step, stepUntil } from './game-clock.ts';
import { shownThings } from './shown-things.ts';
import type { ShownThing } from './shown-things.ts';

const openDemo = useDemo();

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const SCENES = [
  'title',
  'tutorial',
  'options',
  'replays',
  'shadow',
  'ghosts',
  'fight',
  'drive',
  'robot',
];
/** Rounding of pixels. */
const NEARLY = 0.5;

/** Starts a scene in place of the one that runs. */
async function start(page: Page, key: string, data: object = {}): Promise<void> {
  await page.evaluate(
    ([next, given]) => {
      const { duelGame } = globalThis as unknown as Shown;
      for (const scene of duelGame.scene.getScenes(true)) duelGame.scene.stop(scene);
      duelGame.scene.start(next, given);
    },
    [key, data] as const,
  );
  await inScene(page, key);
  // A camera knows what it shows once a frame was drawn: one in 60 is.
  await step(page, 61);
}

/** Where the canvas is, CSS px. */
const canvasBox = (page: Page) =>
  page.evaluate(() => {
    const { x, y, width, height } = document.querySelector('canvas')!.getBoundingClientRect();
    return { x, y, width, height };
  });

it('is readable and fits a thumb in every scene on a phone held upright', async () => {
  const { page, problems } = await openDemo('?seed=1', PHONE);
  await inScene(page, 'title');
  const box = await canvasBox(page);
  expect(box.width).toBeCloseTo(390, 0);
  expect(box.height).toBeCloseTo(844, 0);
  for (const key of SCENES) {
    await start(page, key);
    const things = await shownThings(page, key);
    expect(things.length, key).toBeGreaterThan(0);
    for (const { name, text, x, width, height, letters } of things) {
      const what = `${key}: ${name}${text}`;
      if (text) {
        expect(letters, what).toBeGreaterThanOrEqual(14 - NEARLY / 10);
        expect(text, what).not.toMatch(/\b(Esc|Enter|Space|Shift|[TPNM] )\b/);
        expect(x, what).toBeGreaterThanOrEqual(-NEARLY);
        expect(x + width, what).toBeLessThanOrEqual(390 + NEARLY);
      }
      if (!/^(touch|menu|pause)-/.test(name)) continue;
      expect(width, what).toBeGreaterThanOrEqual(44 - NEARLY / 10);
      expect(height, what).toBeGreaterThanOrEqual(44 - NEARLY / 10);
    }
  }
  expect(problems).toEqual([]);
});

it('lays the controls out below the stage, and beyond the panel of training mode', async () => {
  const { page, problems } = await openDemo('?scene=fight&seed=1', PHONE);
  await inScene(page, 'fight');
  await step(page, 61);
  const stage = await page.evaluate(() => {
    const { duelGame } = globalThis as unknown as Shown;
    const { main } = duelGame.scene.getScene('fight').cameras;
    return main.height / duelGame.scale.displayScale.y;
  });
  const buttons = (await shownThings(page, 'fight')).filter(({ name }) =>
    name.startsWith('touch-'),
  );
  expect(buttons).toHaveLength(8);
  for (const { name, y } of buttons) expect(y, name).toBeGreaterThanOrEqual(stage);

  await page.keyboard.press('t');
  await step(page, 3);
  const panel = page.locator('.foresight-panel');
  await panel.waitFor();
  const sheet = (await panel.boundingBox())!;
  expect(sheet.x).toBe(0);
  expect(sheet.y + sheet.height).toBeCloseTo(844, 0);
  const tall = Math.floor(sheet.y - 8);
  await stepUntil(page, async () => Math.abs((await canvasBox(page)).height - tall) < NEARLY);
  for (const button of await panel.locator('button:visible').all())
    expect((await button.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  expect(problems).toEqual([]);
});

it('fills the window next to the panel', async () => {
  const { page, problems } = await openDemo('?scene=fight&seed=1', {
    viewport: { width: 1280, height: 720 },
  });
  await inScene(page, 'fight');
  await page.keyboard.press('t');
  await step(page, 3);
  const panel = page.locator('.foresight-panel');
  await panel.waitFor();
  const { x } = (await panel.boundingBox())!;
  const wide = Math.floor(x - 8);
  await stepUntil(page, async () => Math.abs((await canvasBox(page)).width - wide) < NEARLY);
  expect((await canvasBox(page)).height).toBeCloseTo(720, 0);
  expect(await panel.getByRole('button', { name: '中文' }).locator('svg').count()).toBe(1);
  for (const text of await panel.evaluate(lettersWithin))
    expect(text.px, text.text).toBeGreaterThanOrEqual(14);
  expect(problems).toEqual([]);
});

const HABIT = { total: 14, foreseen: 9, answered: 4 };
/** The results of a duel with as much to show as there can be. */
const RESULTS = {
  replay: { options: { roundsToWin: 1 }, runs: [[0, 60]] },
  fight: {},
  report: {
    winner: 1,
    wins: [0, 1],
    rival: 'npc',
    scored: 120,
    foreseen: 60,
    commonest: 20,
    course: Array.from({ length: 120 }, (_, i) => i / 240),
    acted: 30,
    right: 20,
    habits: [
      { context: 'advance', action: 'block', count: 14, ...HABIT, reply: 'throw' },
      { context: 'was-thrown', action: 'retreat', count: 13, ...HABIT, reply: 'fireball' },
      { context: 'whiffed', action: 'advance', count: 12, ...HABIT, reply: 'dash' },
    ],
    rounds: [],
    surest: null,
    predicted: true,
  } satisfies DuelReport,
} satisfies ResultsData;

/** Whether two texts cover each other by more than the space between lines. */
const cover = (a: ShownThing, b: ShownThing): boolean =>
  Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 1 &&
  Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 6;

it.each([
  ['a phone held sideways', 844, 390],
  ['a small phone held sideways', 667, 375],
  ['a phone held upright', 390, 844],
  ['an old screen', 800, 600],
])('shows what was learned without covering any of it on %s', async (_, width, height) => {
  const { page, problems } = await openDemo('?seed=1', { viewport: { width, height } });
  await inScene(page, 'title');
  await start(page, 'results', RESULTS);
  const texts = (await shownThings(page, 'results')).filter(({ text }) => text);
  expect(texts.map(({ text }) => text).join('\n')).toMatch(/^Advice: after/m);
  for (const [i, one] of texts.entries()) {
    expect(one.y + one.height, one.text).toBeLessThanOrEqual(height + NEARLY);
    for (const other of texts.slice(i + 1))
      expect(cover(one, other), `${one.text} and ${other.text}`).toBe(false);
  }
  expect(problems).toEqual([]);
});

/** Sizes of all letters within an element. */
function lettersWithin(root: Element): { text: string; px: number }[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement!;
    if (parent.tagName === 'STYLE' || !node.textContent!.trim()) continue;
    found.push({ text: node.textContent!, px: parseFloat(getComputedStyle(parent).fontSize) });
  }
  return found;
}
