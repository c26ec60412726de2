import type * as Phaser from 'phaser';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ForesightPlugin, defineSpec } from '../../../../plugin/index.ts';
import { MemoryEpisodeStore } from '../../../../src/core.ts';
import type { EpisodeStore } from '../../../../src/core.ts';
import type { ForesightEvents } from '../../../../plugin/index.ts';
import { SPEC, habit } from '../../../plugin/episodes.ts';
import { tinyCheckpoint } from '../fixtures/checkpoint.ts';
import { endGame, restart, sceneOf, startGame, until } from '../fixtures/game.ts';
import { addActor } from '../fixtures/play.ts';

let game: Phaser.Game;
let foresight: ForesightPlugin;
async function begin(data: Parameters<typeof startGame>[0]): Promise<void> {
  game = await startGame(data);
  foresight = ForesightPlugin.of(game);
  foresight.models.add('duelist', tinyCheckpoint());
}
afterEach(async () => {
  vi.restoreAllMocks();
  await endGame(game);
});

const lengths = async (): Promise<number[]> =>
  (await foresight.recordings.load(SPEC)).map(({ length }) => length);

describe('in memory', () => {
  beforeEach(() => begin({}));

  it('are all there, the running one too', async () => {
    const { character, act } = addActor(sceneOf(game));
    act(...habit(3));
    character.endEpisode();
    act(...habit(2));
    expect(await lengths()).toEqual([3, 2]);
    expect(await foresight.recordings.count(SPEC)).toEqual({ episodes: 2, steps: 5 });
  });

  it('can be imported by another game as bytes, once', async () => {
    const { act } = addActor(sceneOf(game));
    act(...habit(7));
    const bytes = await foresight.recordings.export(SPEC);
    const [before] = await foresight.recordings.load(SPEC);
    await endGame(game);
    await begin({});
    expect(await foresight.recordings.import(bytes, SPEC)).toBe(1);
    expect(await foresight.recordings.import(bytes, SPEC)).toBe(0);
    const [after] = await foresight.recordings.load(SPEC);
    expect(after.actions).toEqual(before.actions);
    expect(after.ticks).toEqual(before.ticks);
    expect(after.columns).toEqual(before.columns);
    expect(after.session).toBe(before.session);
  });

  it('of another spec or torn ones are refused', async () => {
    addActor(sceneOf(game)).act(...habit(7));
    const bytes = await foresight.recordings.export(SPEC);
    const runner = foresight.models.define(defineSpec({ ...SPEC, action: ['left', 'right'] }), {
      key: 'runner',
    });
    await expect(foresight.recordings.import(bytes, runner.spec)).rejects.toMatchObject({
      code: 'spec-mismatch',
    });
    await expect(foresight.recordings.import(bytes.slice(0, 40))).rejects.toMatchObject({
      code: 'corrupt-file',
    });
  });

  it('can be undone, the running one first, while play continues', async () => {
    const { character, act } = addActor(sceneOf(game));
    act(...habit(3));
    character.endEpisode();
    act(...habit(2));
    expect(await foresight.recordings.undoLast()).not.toBeNull();
    expect(await lengths()).toEqual([3]);
    act(0);
    expect(await lengths()).toEqual([3, 1]);
    await foresight.recordings.undoLast();
    await foresight.recordings.undoLast();
    expect(await foresight.recordings.undoLast()).toBeNull();
    expect(await lengths()).toEqual([]);
  });

  it('can be kept out of learning, from now on or one by one', async () => {
    const { act } = addActor(sceneOf(game));
    act(...habit(3));
    foresight.learnFromPlay = false;
    act(...habit(2));
    const learn = async () => (await foresight.recordings.load(SPEC)).map((e) => e.learn);
    expect(await learn()).toEqual([true, false]);
    const [{ id }] = await foresight.recordings.load(SPEC);
    await foresight.recordings.setLearn([id], false);
    expect(await learn()).toEqual([false, false]);
    foresight.learnFromPlay = true;
    act(...habit(2));
    const running = (await foresight.recordings.list(SPEC))[2];
    expect(running).toMatchObject({ learn: true, steps: 2 });
    await foresight.recordings.setLearn([running.id], false);
    expect(await learn()).toEqual([false, false, false]);
  });

  it('belong to the session they were played in', async () => {
    const { act } = addActor(sceneOf(game));
    act(...habit(3));
    foresight.session = 'second';
    act(...habit(2));
    const sessions = (await foresight.recordings.load(SPEC)).map(({ session }) => session);
    expect(sessions[0]).not.toBe('second');
    expect(sessions[1]).toBe('second');
  });

  it('are all gone after clearAll, and what was learned too', async () => {
    const initial = foresight.models.get('duelist').checkpoint!;
    const { act } = addActor(sceneOf(game));
    act(...habit(3));
    foresight.models.get('duelist').live.swap(tinyCheckpoint(5));
    await foresight.clearAll();
    expect(await lengths()).toEqual([]);
    expect(foresight.models.get('duelist').checkpoint!.weights).toEqual(initial.weights);
    act(0);
    expect(await lengths()).toEqual([1]);
  });
});

describe('models as bytes', () => {
  beforeEach(() => begin({}));

  it('come back as they were', async () => {
    const bytes = await foresight.models.get('duelist').export();
    const { weights } = foresight.models.get('duelist').checkpoint!;
    foresight.models.add('duelist', tinyCheckpoint(3));
    await foresight.models.get('duelist').import(bytes);
    expect(foresight.models.get('duelist').checkpoint!.weights).toEqual(weights);
    const copy = await foresight.models.addFile('copy', bytes, SPEC);
    expect(copy).toMatchObject({ key: 'copy', checkpoint: { weights } });
  });

  it('are refused when they do not fit, and the old weights stay', async () => {
    foresight.models.define(defineSpec({ ...SPEC, action: ['left', 'right'] }), { key: 'runner' });
    const bytes = await foresight.models.get('duelist').export();
    await expect(foresight.models.get('runner').import(bytes)).rejects.toMatchObject({
      code: 'spec-mismatch',
    });
    await expect(foresight.models.get('duelist').import(bytes.slice(0, 99))).rejects.toMatchObject({
      code: 'corrupt-file',
    });
    await expect(foresight.models.get('runner').export()).rejects.toThrow(/no weights yet/);
    expect(foresight.models.get('duelist').checkpoint).not.toBeNull();
  });
});

describe('in IndexedDB', () => {
  it('are there again in the next game', async () => {
    const data = { store: 'indexeddb', storeName: `test-${Math.random()}` } as const;
    await begin({ data });
    addActor(sceneOf(game)).act(...habit(6));
    await endGame(game);
    await begin({ data });
    expect(await lengths()).toEqual([6]);
    await foresight.clearAll();
  });

  it('fall back to memory with a warning when the browser blocks it', async () => {
    const open = vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('blocked', 'SecurityError');
    });
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const warnings: ForesightEvents['warning'][] = [];
    await begin({ data: { store: 'indexeddb', storeName: `test-${Math.random()}` } });
    foresight.events.on('warning', (event) => warnings.push(event));
    addActor(sceneOf(game)).act(...habit(4));
    expect(await lengths()).toEqual([4]);
    expect(open).toHaveBeenCalled();
    expect(warnings).toHaveLength(1);
    expect(warnings[0].message).toContain('memory');
  });
});

it('that cannot be stored are reported and stay in memory', async () => {
  class FullStore extends MemoryEpisodeStore implements EpisodeStore {
    override async append(): Promise<void> {
      throw new DOMException('no room', 'QuotaExceededError');
    }
  }
  await begin({ data: { store: new FullStore() } });
  const errors: ForesightEvents['storage-error'][] = [];
  foresight.events.on('storage-error', (event) => errors.push(event));
  const { character, act } = addActor(sceneOf(game));
  act(...habit(4));
  await until(() => errors.length > 0);
  act(1);
  expect(character.currentEpisode()!.length).toBe(5);
  expect(await lengths()).toEqual([5]);
  // Also when its scene, and with it the recorder, is gone.
  await restart(sceneOf(game));
  expect(await lengths()).toEqual([5]);
  expect(await foresight.recordings.undoLast()).not.toBeNull();
  expect(await lengths()).toEqual([]);
});
