import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DUEL_SPEC } from '../../demo/duel/duel-spec.ts';
import type { Ghost } from '../../demo/duel/npc/ghost.ts';
import { onceBitten } from '../../demo/duel/rules/styles/once-bitten.ts';
import { playSession } from '../../demo/duel/tournament/session.ts';
import { encodeEpisodes, stepAt, writeProfile } from '../../src/core.ts';
import { defineSpec } from '../../src/record/spec.ts';
import type { SceneForesight } from '../../plugin/index.ts';
import { inScene, useDemo } from './browser.ts';
import type { Shown } from './browser.ts';
import { holdKey, step, stepUntil, WHILE_LOADING } from './game-clock.ts';
import { shownThings } from './shown-things.ts';

const openDemo = useDemo();

const [SAVE, OPEN] = [3, 4];
const NAME = 'Ann';

/** Rounds of a player. */
async function rounds(count: number) {
  const style = onceBitten(1);
  const { episodes } = await playSession({
    session: 'e2e',
    seed: 1,
    style,
    rounds: count,
    checkpoint: null,
  });
  return episodes;
}

/** Adds rounds to what a page has recorded, as an imported file would. */
async function importRounds(page: Page, count: number): Promise<void> {
  const bytes = encodeEpisodes({ spec: DUEL_SPEC, episodes: await rounds(count) });
  await page.evaluate(
    async (file) => {
      const { duelGame } = globalThis as unknown as Shown;
      const scene = duelGame.scene.getScenes(true)[0] as unknown as { foresight: SceneForesight };
      await scene.foresight.shared.recordings.import(Uint8Array.from(file));
    },
    [...bytes],
  );
}

/** Chooses a line of the menu under Ghosts, from the first one. */
async function choose(page: Page, line: number): Promise<void> {
  for (let i = 0; i < line; i++) await holdKey(page, 'ArrowDown');
  await holdKey(page, 'Enter');
}

/** Goes back to the first line, from another one. */
async function first(page: Page, line: number): Promise<void> {
  for (let i = 0; i < line; i++) await holdKey(page, 'ArrowUp');
}

async function openShadowFile(page: Page, file: { name: string; buffer: Buffer }): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await choose(page, OPEN);
  await (await chooser).setFiles({ mimeType: 'application/octet-stream', ...file });
  await first(page, OPEN);
}

/** Waits until the scene shows a text that matches. */
const showsText = (page: Page, wanted: RegExp): Promise<string> =>
  stepUntil(
    page,
    async () => (await shownThings(page, 'ghosts')).find(({ text }) => wanted.test(text))?.text,
    WHILE_LOADING,
  );

/** Probabilities of the ghost that was opened last, at some steps. */
const predictions = async (page: Page): Promise<number[]> => {
  const [episode] = await rounds(1);
  const steps = Array.from({ length: 20 }, (_, i) => stepAt(episode, i)).map((one) => ({
    ...one,
    values: [...one.values],
  }));
  return page.evaluate((all) => {
    const { duelGame } = globalThis as unknown as Shown;
    const [{ predictor }] = duelGame.registry.get('ghosts-opened') as Ghost[];
    predictor.reset('test');
    return all.flatMap(({ values, ...one }) => [
      ...predictor.observe('test', { ...one, values: Float32Array.from(values) }).probabilities,
    ]);
  }, steps);
};

describe('a shadow', () => {
  it('goes as a file from one browser to another, where it predicts and fights the same', async () => {
    const here = await openDemo('?scene=ghosts&seed=1');
    await inScene(here.page, 'ghosts');
    await importRounds(here.page, 4);
    const saved = here.page.waitForEvent('download', { timeout: 0 });
    await choose(here.page, SAVE);
    await inScene(here.page, 'shadow');
    await inScene(here.page, 'ghosts');
    const dialog = here.page.locator('dialog');
    await stepUntil(here.page, () => dialog.isVisible(), WHILE_LOADING);
    await here.page.keyboard.type(NAME);
    await here.page.keyboard.press('Enter');
    const buffer = await readFile(await (await saved).path());
    expect(buffer.length).toBeLessThanOrEqual(60_000);
    await openShadowFile(here.page, { name: 'mine.ghost', buffer });
    await showsText(here.page, /Ann is ready/);

    const there = await openDemo('?scene=ghosts&seed=1');
    await inScene(there.page, 'ghosts');
    await openShadowFile(there.page, { name: 'ann.ghost', buffer });
    await showsText(there.page, /Ann is ready/);
    expect(await predictions(there.page)).toEqual(await predictions(here.page));

    await choose(there.page, 2);
    await inScene(there.page, 'fight');
    await step(there.page, 61);
    const texts = (await shownThings(there.page, 'fight')).map(({ text }) => text);
    expect(texts).toContain(NAME);
    expect([...here.problems, ...there.problems]).toEqual([]);
  });

  it('is refused with the cure when it is damaged or of another game, also when it is dropped', async () => {
    const { page, problems } = await openDemo('?scene=ghosts');
    await inScene(page, 'ghosts');
    const spec = defineSpec({ name: 'chess', observation: [], action: ['e4', 'd4'] });
    const foreign = await writeProfile({ name: '', spec, episodes: [], checkpoint: null });
    await openShadowFile(page, { name: 'chess.ghost', buffer: Buffer.from(foreign) });
    const message = await showsText(page, /chess\.ghost/);
    expect(message).toMatch(/is of "chess".*this game plays "duelist".*Open it in the game/);

    const whole = await readFile('assets/ghosts/zoner.ghost');
    await page.evaluate(
      (bytes) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([Uint8Array.from(bytes)], 'cut.ghost'));
        window.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
      },
      [...whole.subarray(0, 9000)],
    );
    expect(await showsText(page, /cut\.ghost/)).toMatch(/Copy, download or export it again/);
    expect(problems).toEqual([]);
  });

  it('of the gallery fights another one while nothing is recorded', async () => {
    const { page, problems } = await openDemo('?scene=ghosts&seed=3&rounds=1&seconds=10');
    await inScene(page, 'ghosts');
    // From the player past their own shadow, and from that one.
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowRight', 'ArrowRight'])
      await holdKey(page, key);
    await holdKey(page, 'ArrowDown');
    await holdKey(page, 'Enter');
    await inScene(page, 'watch');
    await stepUntil(
      page,
      async () => (await shownThings(page, 'watch')).find(({ text }) => text.endsWith(' wins')),
      { stride: 30 },
    );
    const count = await page.evaluate(async () => {
      const { duelGame } = globalThis as unknown as Shown;
      const scene = duelGame.scene.getScene('ghosts') as unknown as { foresight: SceneForesight };
      return (await scene.foresight.shared.recordings.store.size()).episodes;
    });
    expect(count).toBe(0);
    expect(problems).toEqual([]);
  });
});

describe('what was learned', () => {
  it('is stopped, undone and reset with one or two keys', async () => {
    const { page, problems } = await openDemo('?scene=fight&seed=2&rounds=1&seconds=4');
    await inScene(page, 'fight');
    await importRounds(page, 2);
    const state = () =>
      page.evaluate(async () => {
        const { duelGame } = globalThis as unknown as Shown;
        const scene = duelGame.scene.getScene('fight') as unknown as { foresight: SceneForesight };
        const { recordings, learnFromPlay } = scene.foresight.shared;
        return { rounds: (await recordings.store.list()).length, learns: learnFromPlay };
      });
    await holdKey(page, 'n');
    expect((await state()).learns).toBe(false);
    await holdKey(page, 'n');
    // Plays until the duel is over.
    await stepUntil(page, async () => {
      await holdKey(page, 'j');
      return page.evaluate(() =>
        (globalThis as unknown as Shown).duelGame.scene.isActive('results'),
      );
    });
    expect((await state()).rounds).toBe(3);
    await holdKey(page, 'u');
    await stepUntil(page, async () => (await state()).rounds === 2);
    await holdKey(page, 'r');
    expect((await state()).rounds).toBe(2);
    await holdKey(page, 'r');
    await stepUntil(page, async () => (await state()).rounds === 0);
    expect(problems).toEqual([]);
  });
});
