import type * as Phaser from 'phaser';
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ForesightPlugin, explain } from '../../../../plugin/index.ts';
import type { ForesightOptions, TrackOptions } from '../../../../plugin/index.ts';
import { fitExperts } from '../../../../src/experts/expert-table.ts';
import { SPEC, habit } from '../../../plugin/episodes.ts';
import { EXPERTS_ALONE } from '../fixtures/experts-alone.ts';
import { endGame, restart, sceneOf, startGame } from '../fixtures/game.ts';
import { addActor } from '../fixtures/play.ts';

let storeName = '';
let game: Phaser.Game;
let foresight: ForesightPlugin;
async function visit(session: string): Promise<void> {
  const data: ForesightOptions = { store: 'indexeddb', storeName, session };
  game = await startGame({ data });
  foresight = ForesightPlugin.of(game);
  foresight.models.add('duelist', EXPERTS_ALONE);
}
/** Another visit: what this one learned about predictors is gone, and only what was recorded stays. */
async function visitAgain(session: string): Promise<void> {
  await endGame(game);
  await visit(session);
}
beforeEach(async () => {
  storeName = `test-${crypto.randomUUID()}`;
  await visit('first');
});
afterEach(async () => {
  await endGame(game);
  await deleteDB(storeName);
  await deleteDB(`${storeName}-models`);
});

const near = (): { distance: number } => ({ distance: 1 });

/** Probability of a strike after a block, given what was recorded of this player; others throw after a block. */
async function strikeAfterBlock(options: Partial<TrackOptions> = {}): Promise<number> {
  const { act, character } = addActor(sceneOf(game), { observe: near, ...options });
  act(0);
  await character.recalled;
  act(2);
  return character.prediction!.probabilities[0];
}

async function play(length: number): Promise<void> {
  const { character, act } = addActor(sceneOf(game), { observe: near });
  act(...habit(length));
  character.endEpisode();
  await foresight.recordings.settled();
}

it('knows a player again after a scene restart and at the next visit', async () => {
  const before = await strikeAfterBlock();
  await restart(sceneOf(game));
  await play(90);
  await restart(sceneOf(game));
  expect(await strikeAfterBlock()).toBeGreaterThan(1.5 * before);
  await visitAgain('second');
  const again = await strikeAfterBlock();
  expect(again).toBeGreaterThan(1.5 * before);
  await visitAgain('third');
  await foresight.recordings.setSessionLearn(SPEC, { session: 'second', learn: false });
  expect(await strikeAfterBlock()).toBeCloseTo(again, 5);
});

it('recalls no other player, nothing that is kept out of learning, and nothing with `recall: false`', async () => {
  const before = await strikeAfterBlock();
  await restart(sceneOf(game));
  await play(90);
  for (const options of [{ id: 'other' }, { recall: false }]) {
    await visitAgain('first');
    expect(await strikeAfterBlock(options)).toBeCloseTo(before, 5);
  }
  await foresight.recordings.setSessionLearn(SPEC, { session: 'first', learn: false });
  await visitAgain('first');
  expect(await strikeAfterBlock()).toBeCloseTo(before, 5);
});

it('does not count twice a session that the model learned from', async () => {
  await play(90);
  const episodes = await foresight.recordings.load(SPEC);
  const experts = fitExperts(SPEC, episodes, {
    contexts: 2,
    timeEdges: EXPERTS_ALONE.statistics.timeEdges,
  });
  foresight.models.add('duelist', { ...EXPERTS_ALONE, experts });
  await restart(sceneOf(game));
  const { act, character } = addActor(sceneOf(game));
  act(0);
  await character.recalled;
  act(0);
  const reasons = explain(character)!.experts.filter(({ knows }) => knows === 'player');
  expect(reasons.length).toBeGreaterThan(0);
  for (const { total } of reasons) expect(total).toBeLessThan(3);
});

it('lets the game continue while it recalls', async () => {
  for (let i = 0; i < 12; i++) {
    await play(30);
    await restart(sceneOf(game));
  }
  const { act, character } = addActor(sceneOf(game));
  act(...habit(3));
  character.endEpisode();
  expect(character.prediction).toBeNull();
  act(...habit(5));
  await character.recalled;
  expect(character.currentEpisode()!.length).toBe(5);
  expect(character.prediction).not.toBeNull();
});

it('reads nothing for characters that are destroyed as soon as they are tracked', async () => {
  for (let i = 0; i < 12; i++) {
    await play(30);
    await restart(sceneOf(game));
  }
  const loads = vi.spyOn(foresight.recordings.store, 'load');
  const recalled: Promise<void>[] = [];
  for (let i = 0; i < 60; i++) {
    const { body, character } = addActor(sceneOf(game));
    recalled.push(character.recalled);
    if (i < 59) body.destroy();
  }
  await Promise.all(recalled);
  expect(loads.mock.calls.flatMap(([, ids]) => ids)).toHaveLength(12);
});
