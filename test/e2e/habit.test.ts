import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { DUEL_SPEC } from '../../demo/duel/duel-spec.ts';
import type { FightScene } from '../../demo/duel/scenes/fight-scene.ts';
import { choiceProbabilities, readCheckpoint, Predictor } from '../../src/core.ts';
import { inScene, learned, useDemo } from './browser.ts';
import type { Shown } from './browser.ts';
import { blockThenStrike, inRound } from './fight.ts';
import { holdKey } from './game-clock.ts';

/** Blocks followed by a strike; each takes a second of play. */
const ROUNDS_OF_HABIT = 56;

interface BlockNote {
  /** The step before the block and the block itself, as they were recorded. */
  readonly steps: readonly { tick: number; action: number; values: readonly number[] }[];
  /** [actions] */
  readonly probabilities: readonly number[];
  /** The next action: the player's strike, or what the NPC did to them first. */
  next: string;
}

/** What the page notes while the game is played. */
interface Notes {
  /** Each prediction made when the player began to block. */
  readonly blocks: BlockNote[];
  updates: number;
  rollbacks: number;
  engine: string;
}

const openDemo = useDemo();

/** Starts to take notes in the page, through what the game makes public. */
function takeNotes(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { duelGame: game } = globalThis as unknown as Shown;
    const scene = game.scene.getScene('fight') as FightScene;
    const notes = { blocks: [] as BlockNote[], updates: 0, rollbacks: 0, engine: '' };
    Object.assign(globalThis, { notes });
    scene.foresight.shared.events.on('learned', ({ updates, rollbacks, engine }) => {
      notes.updates = updates;
      notes.rollbacks = rollbacks;
      notes.engine = engine.engine;
    });
    let seen: unknown = null;
    const watch = (): void => {
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

const CHECKPOINT = await readCheckpoint(
  readFileSync(new URL('../../assets/checkpoints/duelist.safetensors', import.meta.url)),
);
const STRIKE = DUEL_SPEC.action.actions.indexOf('strike');

/** The predicted probability that the player would choose to strike, if free to. */
const wish = ({ probabilities }: BlockNote): number =>
  choiceProbabilities(DUEL_SPEC, { probabilities: Float32Array.from(probabilities) })[STRIKE];

/** The same by the demo's model as it ships, which has seen these steps alone. */
async function strangersGuess({ steps }: BlockNote): Promise<number> {
  const stranger = await Predictor.create(CHECKPOINT);
  for (const { tick, action, values } of steps)
    stranger.observe('player', { tick, action, values: Float32Array.from(values) });
  const prediction = stranger.prediction('player');
  return prediction ? choiceProbabilities(DUEL_SPEC, prediction)[STRIKE] : NaN;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

it('learns from a minute of real keys that this player strikes after every block', async () => {
  const { page, problems } = await openDemo('?seed=1');
  await inScene(page, 'title');
  await holdKey(page, 'Enter');
  await inRound(page);
  await takeNotes(page);
  for (let round = 0; round < ROUNDS_OF_HABIT; round++) {
    await blockThenStrike(page);
    await learned(page, 'fight');
  }
  const notes = await page.evaluate(() => (globalThis as unknown as { notes: Notes }).notes);
  // The NPC hits the guard or throws the player where it can, and the network learns that too: the
  // probability of a strike is about the share of blocks that a strike follows. The habit is what
  // the player chooses at every block, whether the NPC lets them or not.
  const newest = notes.blocks.slice(-15);
  const known = median(newest.map(wish));
  const unknown = median(await Promise.all(newest.map(strangersGuess)));
  const free = notes.blocks.filter(({ next }) => next === 'strike');
  const figures =
    `strike after block ${known.toFixed(2)} of the choices, ${unknown.toFixed(2)} to a stranger, over ` +
    `${notes.blocks.length} blocks; ${free.length} of them were followed by a strike; ` +
    `${notes.updates} updates on ${notes.engine}, ${notes.rollbacks} rolled back`;
  expect(problems).toEqual([]);
  expect(notes.blocks.length, figures).toBeGreaterThan(30);
  expect(free.length, figures).toBeGreaterThanOrEqual(15);
  expect(notes.updates, figures).toBeGreaterThan(20);
  expect(notes.rollbacks, figures).toBe(0);
  expect(unknown, figures).toBeLessThan(0.4);
  expect(known, figures).toBeGreaterThan(0.8);
  expect(known - unknown, figures).toBeGreaterThan(0.3);
});
