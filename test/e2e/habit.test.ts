import { readFileSync } from 'node:fs';
import type * as Phaser from 'phaser';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { DUEL_SPEC } from '../../demo/duel/duel-spec.ts';
import type { ForesightPlugin, TrackedCharacter } from '../../plugin/index.ts';
import { choiceProbabilities, parseCheckpoint, Predictor } from '../../src/core.ts';
import { useDemo } from './browser.ts';

const PLAY_MS = 60_000;

interface BlockNote {
  /** The step before the block and the block itself, as they were recorded. */
  readonly steps: readonly { tick: number; action: number; values: readonly number[] }[];
  /** [actions] */
  readonly probabilities: readonly number[];
  /** What came: his strike, or what the NPC did to him before he could. */
  next: string;
}

/** What the page notes while the game is played. */
interface Notes {
  /** Each prediction made when the player began to block. */
  readonly blocks: BlockNote[];
  /** Milliseconds between pictures. */
  readonly gaps: number[];
  bursts: number;
  swaps: number;
  engine: string;
}

const openDemo = useDemo();

/** Starts taking notes in the page, through what the game makes public. */
function takeNotes(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { duelGame: game } = globalThis as unknown as { duelGame: Phaser.Game };
    const scene = game.scene.getScene('fight') as unknown as {
      hero: TrackedCharacter;
      foresight: ForesightPlugin;
    };
    const notes = {
      blocks: [] as BlockNote[],
      gaps: [] as number[],
      bursts: 0,
      swaps: 0,
      engine: '',
    };
    Object.assign(globalThis, { notes });
    scene.foresight.events.on('trained', (result) => {
      notes.bursts += 1;
      notes.swaps += Number(result.swapped);
      notes.engine = result.engine.engine;
    });
    let last = performance.now();
    let seen: unknown = null;
    const watch = (now: number): void => {
      notes.gaps.push(now - last);
      last = now;
      const { prediction, actions } = scene.hero;
      if (prediction && prediction !== seen) {
        const episode = scene.hero.currentEpisode();
        const played = episode?.actions ?? [];
        const newest = notes.blocks[notes.blocks.length - 1];
        if (newest?.next === '') newest.next = actions[played[played.length - 1]];
        if (actions[played[played.length - 1]] === 'block')
          notes.blocks.push({
            steps: [2, 1].flatMap((back) => {
              const at = played.length - back;
              if (!episode || at < 0) return [];
              const values = episode.columns.map((column) => column[at]);
              return [{ tick: episode.ticks[at], action: played[at], values }];
            }),
            probabilities: Array.from(prediction.probabilities),
            next: '',
          });
      }
      seen = prediction;
      requestAnimationFrame(watch);
    };
    requestAnimationFrame(watch);
  });
}

const CHECKPOINT = parseCheckpoint(
  readFileSync(new URL('../../assets/checkpoints/duelist.safetensors', import.meta.url)),
);
const STRIKE = DUEL_SPEC.action.actions.indexOf('strike');

/** How sure it was that he would choose to strike, should he be free to. */
const wish = ({ probabilities }: BlockNote): number =>
  choiceProbabilities(DUEL_SPEC, { probabilities: Float32Array.from(probabilities) })[STRIKE];

/** The same of one who does not know him: the demo's model as it comes, after these steps alone. */
function strangersGuess({ steps }: BlockNote): number {
  const stranger = new Predictor(CHECKPOINT);
  for (const { tick, action, values } of steps)
    stranger.observe('player', { tick, action, values: Float32Array.from(values) });
  const prediction = stranger.prediction('player');
  return prediction ? choiceProbabilities(DUEL_SPEC, prediction)[STRIKE] : NaN;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

it('learns from a minute of real keys that this player strikes after every block', async () => {
  const { page, problems } = await openDemo();
  await page.waitForFunction(() => 'duelGame' in globalThis);
  await page.waitForTimeout(1500);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(1500);
  await takeNotes(page);
  const end = Date.now() + PLAY_MS;
  while (Date.now() < end) {
    await page.keyboard.down('l');
    await page.waitForTimeout(320);
    await page.keyboard.up('l');
    await page.keyboard.press('j', { delay: 50 });
    await page.waitForTimeout(620);
    // After a lost duel, play another.
    await page.keyboard.press('Enter', { delay: 30 });
  }
  const notes = await page.evaluate(() => (globalThis as unknown as { notes: Notes }).notes);
  // The NPC strikes at his guard or throws him where it can, and the network learns that too: the
  // probability of a strike is about the share of blocks that he gets to strike after. The habit is
  // what he chooses, at every block, whether he was let or not.
  const newest = notes.blocks.slice(-15);
  const known = median(newest.map(wish));
  const unknown = median(newest.map(strangersGuess));
  const free = notes.blocks.filter(({ next }) => next === 'strike');
  const came = median(free.slice(-15).map(({ probabilities }) => probabilities[STRIKE]));
  const fps = 1000 / median(notes.gaps);
  console.warn(
    `habit: strike after block ${known.toFixed(2)} of his choices, ${unknown.toFixed(2)} to a stranger, over ` +
      `${notes.blocks.length} blocks; ${free.length} of them were followed by a strike, ${came.toFixed(2)} sure of it; ` +
      `${notes.bursts} bursts on ${notes.engine}, ${notes.swaps} taken over; ${fps.toFixed(1)} FPS`,
  );
  expect(problems).toEqual([]);
  expect(notes.blocks.length).toBeGreaterThan(30);
  expect(free.length).toBeGreaterThanOrEqual(15);
  expect(notes.bursts).toBeGreaterThan(0);
  expect(notes.swaps).toBeGreaterThan(0);
  expect(unknown).toBeLessThan(0.4);
  expect(known).toBeGreaterThan(0.8);
  expect(known - unknown).toBeGreaterThan(0.3);
  expect(fps).toBeGreaterThanOrEqual(55);
});
