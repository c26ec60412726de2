import type * as Phaser from 'phaser';
import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ForesightPlugin } from '../../../../plugin/index.ts';
import { SPEC, habit } from '../../../plugin/episodes.ts';
import { EXPERTS_ALONE } from '../fixtures/experts-alone.ts';
import { endGame, restart, sceneOf, startGame, until } from '../fixtures/game.ts';
import { addActor } from '../fixtures/play.ts';
import type { Actor } from '../fixtures/play.ts';

/** A tab with the game, and its player. */
interface Tab {
  readonly game: Phaser.Game;
  readonly foresight: ForesightPlugin;
  actor: Actor;
}
const near = (): { distance: number } => ({ distance: 1 });
const track = ({ game }: Pick<Tab, 'game'>): Actor => addActor(sceneOf(game), { observe: near });

let storeName = '';
const tabs: Tab[] = [];
async function openTab(): Promise<Tab> {
  const game = await startGame({ data: { store: 'indexeddb', storeName } });
  const foresight = ForesightPlugin.of(game);
  await foresight.models.add('duelist', EXPERTS_ALONE).ready;
  const tab = { game, foresight, actor: track({ game }) };
  tabs.push(tab);
  return tab;
}
beforeEach(() => {
  storeName = `test-${crypto.randomUUID()}`;
});
afterEach(async () => {
  for (const { game } of tabs.splice(0)) await endGame(game);
  await deleteDB(storeName);
  await deleteDB(`${storeName}-models`);
});

/** Probability of a strike after a block: others throw then, and this player strikes. */
function strikeAfterBlock({ actor: { character, act } }: Tab): number {
  act(0, 2);
  return character.prediction!.probabilities[0];
}

/** Plays until the habit is known. Returns how probable it is for a stranger. */
function play(tab: Tab): number {
  const stranger = strikeAfterBlock(tab);
  const { act, character } = tab.actor;
  act(...habit(90));
  character.endEpisode();
  expect(strikeAfterBlock(tab)).toBeGreaterThan(8 * stranger);
  character.endEpisode();
  return stranger;
}

const WAYS: [string, (tab: Tab) => Promise<void>][] = [
  ['deleting everything', ({ foresight }) => foresight.clearAll()],
  ['restoring the model', async ({ foresight }) => foresight.models.get('duelist').restore()],
];
describe.each(WAYS)('%s forgets what the player does', (_, forget) => {
  it('at once', async () => {
    const tab = await openTab();
    const stranger = play(tab);
    await forget(tab);
    expect(strikeAfterBlock(tab)).toBeCloseTo(stranger, 5);
  });

  it('in a running episode', async () => {
    const tab = await openTab();
    tab.actor.act(...habit(90));
    expect(strikeAfterBlock(tab)).toBeGreaterThan(0.8);
    await forget(tab);
    // The step after the block that was the last one is a count of its own.
    tab.actor.act(1);
    expect(strikeAfterBlock(tab)).toBeLessThan(0.5);
  });

  it('while it is being recalled', async () => {
    const tab = await openTab();
    const stranger = play(tab);
    for (let i = 0; i < 6; i++) {
      tab.actor.act(...habit(30));
      tab.actor.character.endEpisode();
    }
    await restart(sceneOf(tab.game));
    tab.actor = track(tab);
    await forget(tab);
    await tab.actor.character.recalled;
    expect(strikeAfterBlock(tab)).toBeCloseTo(stranger, 5);
  });

  it('in other tabs', async () => {
    const [one, two] = [await openTab(), await openTab()];
    const stranger = play(two);
    const { live } = two.foresight.models.get('duelist');
    const { generation } = live;
    await forget(one);
    await until(() => live.generation > generation);
    expect(strikeAfterBlock(two)).toBeCloseTo(stranger, 5);
  });
});

it('deleting everything deletes what other tabs have not stored yet, and they record on', async () => {
  const [one, two] = [await openTab(), await openTab()];
  const { recordings } = two.foresight;
  two.actor.act(...habit(5));
  two.actor.character.endEpisode();
  await recordings.settled();
  two.actor.act(...habit(7));
  const { live } = two.foresight.models.get('duelist');
  const { generation } = live;
  await one.foresight.clearAll();
  await until(() => live.generation > generation);
  expect(await recordings.count(SPEC)).toEqual({ episodes: 0, steps: 0 });
  two.actor.act(...habit(3));
  one.actor.act(...habit(2));
  await recordings.writer.flush();
  await one.foresight.recordings.writer.flush();
  for (const tab of tabs.splice(0)) await endGame(tab.game);
  const { foresight } = await openTab();
  expect((await foresight.recordings.load(SPEC)).map(({ length }) => length)).toEqual([3, 2]);
});
