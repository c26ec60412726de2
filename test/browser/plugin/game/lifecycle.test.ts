import * as Phaser from 'phaser';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ForesightPlugin, ForesightScenePlugin } from '../../../../plugin/index.ts';
import { MemoryEpisodeStore } from '../../../../src/core.ts';
import type { ForesightEvents } from '../../../../plugin/index.ts';
import { foresight as install } from '../../../../plugin/foresight.ts';
import { SPEC, habit } from '../../../plugin/episodes.ts';
import { tinyCheckpoint } from '../fixtures/checkpoint.ts';
import { EmptyScene, endGame, restart, sceneOf, startGame, until } from '../fixtures/game.ts';
import { countListeners } from '../fixtures/listeners.ts';
import { LiveWorkers } from '../fixtures/live-workers.ts';
import { addActor } from '../fixtures/play.ts';

let games: Phaser.Game[] = [];
const start = async (...args: Parameters<typeof startGame>): Promise<Phaser.Game> => {
  const game = await startGame(...args);
  games.push(game);
  return game;
};
const end = async (game: Phaser.Game): Promise<void> => {
  games = games.filter((one) => one !== game);
  await endGame(game);
};
afterEach(async () => {
  vi.restoreAllMocks();
  for (const game of games) await end(game);
});

/** A scene that tracks, controls and shows something in every run. */
class BusyScene extends Phaser.Scene {
  constructor() {
    super('empty');
  }
  create(): void {
    this.foresight.defineModel(SPEC);
    const actor = addActor(this);
    this.foresight.overlay(actor.character);
    this.foresight.control(actor.body, { decide: () => null, reset: () => {} });
    actor.act(...habit(6));
  }
}

describe('listeners', () => {
  it('do not grow over five scene restarts', async () => {
    const game = await start({ scenes: [BusyScene] });
    ForesightPlugin.of(game).models.add('duelist', tinyCheckpoint());
    const scene = sceneOf(game);
    await restart(scene);
    const before = { scene: countListeners(scene.events), game: countListeners(game.events) };
    for (let i = 0; i < 5; i++) await restart(scene);
    expect(countListeners(scene.events)).toEqual(before.scene);
    expect(countListeners(game.events)).toEqual(before.game);
  });

  it('are gone when the scene is removed, and were never on the game', async () => {
    const plain = await start({ plugins: false });
    const plainScene = sceneOf(plain).events;
    const plainGame = countListeners(plain.events);
    plain.scene.remove('empty');
    const nothing = countListeners(plainScene);
    await end(plain);

    const game = await start({ scenes: [BusyScene] });
    const { events } = sceneOf(game);
    expect(countListeners(game.events)).toEqual(plainGame);
    expect(countListeners(events)).not.toEqual(nothing);
    game.scene.remove('empty');
    expect(countListeners(events)).toEqual(nothing);
  });

  it('on the plugin are gone after the game', async () => {
    const game = await start();
    const { events } = ForesightPlugin.of(game);
    events.on('trained', () => {});
    const panel = sceneOf(game).foresight.panel({ model: 'duelist' });
    await end(game);
    panel.open();
    expect(panel.isOpen).toBe(false);
    expect(events.listenerCount('trained')).toBe(0);
    expect(() => ForesightPlugin.of(game)).toThrow(/plugins: foresight\(/);
  });
});

describe('a failure in work that is not awaited is reported:', () => {
  it('recordings that cannot be closed', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    class UnclosableStore extends MemoryEpisodeStore {
      override async close(): Promise<void> {
        throw new Error('still busy');
      }
    }
    const game = await start({ data: { store: new UnclosableStore() } });
    await ForesightPlugin.of(game).recordings.store.list();
    await end(game);
    await until(() => logged.mock.calls.length > 0);
    expect(logged.mock.calls).toEqual([['[foresight] still busy']]);
  });

  it('episodes that cannot be ended', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const foresight = ForesightPlugin.of(await start());
    const errors: ForesightEvents['error'][] = [];
    foresight.events.on('error', (event) => errors.push(event));
    foresight.recordings.addHost({
      endEpisodes: () => {
        throw new Error('no end');
      },
    });
    foresight.session = 'next';
    foresight.learnFromPlay = false;
    foresight.recordPlay = false;
    await until(() => errors.length === 3);
    expect(errors.map(({ error }) => error.message)).toEqual(['no end', 'no end', 'no end']);
  });
});

describe('scenes', () => {
  it('that restart keep the models, their weights and the live figures', async () => {
    const game = await start();
    const foresight = ForesightPlugin.of(game);
    const model = foresight.models.add('duelist', tinyCheckpoint());
    await model.ready;
    const scene = sceneOf(game);
    const first = addActor(scene);
    first.act(...habit(9));
    await restart(scene);
    expect(first.character.destroyed).toBe(true);
    expect(first.character.prediction).toBeNull();
    expect(foresight.models.get('duelist')).toBe(model);
    const second = addActor(scene);
    expect(second.character.prediction).toBeNull();
    second.act(0);
    expect(second.character.prediction).toMatchObject({ steps: 1 });
    expect(second.character.accuracy!.scored).toBe(8);
  });

  it('that shut down end their episodes as truncated', async () => {
    const game = await start();
    const { recordings } = ForesightPlugin.of(game);
    ForesightPlugin.of(game).models.add('duelist', tinyCheckpoint());
    addActor(sceneOf(game)).act(...habit(5));
    await restart(sceneOf(game));
    const episodes = await recordings.load(SPEC);
    expect(episodes).toMatchObject([{ character: 'player', length: 5, end: 'truncated' }]);
  });

  it('run at the same time with characters of the same id', async () => {
    class Second extends Phaser.Scene {
      constructor() {
        super('second');
      }
    }
    const game = await start({ scenes: [EmptyScene, Second] });
    ForesightPlugin.of(game).models.add('duelist', tinyCheckpoint());
    sceneOf(game).scene.launch('second');
    await until(() => game.scene.isActive('second'));
    const one = addActor(sceneOf(game));
    const two = addActor(sceneOf(game, 'second'));
    one.act(...habit(4));
    two.act(1);
    expect(one.character.prediction).toMatchObject({ steps: 4 });
    expect(two.character.prediction).toMatchObject({ steps: 1 });
    game.scene.stop('second');
    await until(() => two.character.destroyed);
    one.act(0);
    expect(one.character.prediction).toMatchObject({ steps: 5 });
    const episodes = await ForesightPlugin.of(game).recordings.load(SPEC);
    expect(episodes.map(({ length }) => length).sort()).toEqual([1, 5]);
  });

  it('that run already get the plugins installed late', async () => {
    const game = await start({ plugins: false });
    const scene = sceneOf(game);
    const before = countListeners(scene.events);
    const [shared] = install().global;
    game.plugins.install(shared.key, shared.plugin, true);
    const [{ key, plugin, mapping }] = install().scene;
    game.plugins.installScenePlugin(key, plugin, mapping, scene);
    expect(scene.foresight).toBeInstanceOf(ForesightScenePlugin);
    expect(scene.load.foresightModel).toBeTypeOf('function');
    ForesightPlugin.of(game).models.add('duelist', tinyCheckpoint());
    const actor = addActor(scene);
    actor.act(...habit(3));
    expect(actor.character.prediction).toMatchObject({ steps: 3 });
    expect(scene.foresight.tick()).toBe(0);
    await until(() => scene.foresight.tick() > 0);
    scene.foresight.destroy();
    expect(countListeners(scene.events)).toEqual(before);
  });
});

it('gives each game of a page a plugin of its own', async () => {
  const config = { scenes: [EmptyScene] };
  const first = await start(config);
  const second = await start(config);
  const { shared } = sceneOf(second).foresight;
  expect(shared).not.toBe(ForesightPlugin.of(first));
  await end(first);
  expect(ForesightPlugin.of(second)).toBe(shared);
  const third = await start(config);
  expect(sceneOf(third).foresight.shared).not.toBe(shared);
});

describe('a game that ends in the middle of everything', () => {
  it('leaves no worker, promise, element or timer', async () => {
    const intervals = new Set<unknown>();
    const { setInterval: set, clearInterval: clear } = window;
    window.setInterval = ((...args: Parameters<typeof set>) => {
      const timer = set(...args);
      intervals.add(timer);
      return timer;
    }) as typeof set;
    window.clearInterval = (timer) => {
      intervals.delete(timer);
      clear(timer);
    };
    try {
      const workers = new LiveWorkers();
      const game = await start({ workers });
      const elements = document.querySelectorAll('*').length;
      const foresight = ForesightPlugin.of(game);
      foresight.models.add('duelist', tinyCheckpoint());
      const actor = addActor(sceneOf(game));
      const overlay = sceneOf(game).foresight.overlay(actor.character);
      actor.act(...habit(120));
      const panel = sceneOf(game).foresight.panel();
      panel.open();
      await until(() => document.querySelector('.foresight-panel') !== null);
      const learner = foresight.models.get('duelist').learn({ everySteps: 1, minSteps: 1 });
      const run = foresight.models
        .get('duelist')
        .train({ training: { epochs: 10_000, patience: 0 } });
      const second = foresight.models.get('duelist').train();
      const loop = (async () => {
        let reports = 0;
        for await (const _ of run) reports++;
        return reports;
      })();
      await new Promise<void>((resolve) => foresight.events.once('progress', () => resolve()));
      expect(workers.live.size).toBe(1);

      await end(game);
      expect(workers.live.size).toBe(0);
      await expect(run.result).rejects.toMatchObject({ code: 'cancelled' });
      await expect(second.result).rejects.toMatchObject({ code: 'cancelled' });
      expect(await loop).toBeGreaterThan(0);
      expect(learner.state).toBe('stopped');
      expect(panel.isOpen).toBe(false);
      expect(overlay.destroyed).toBe(true);
      expect(document.querySelector('.foresight-panel')).toBeNull();
      expect(document.querySelectorAll('*').length).toBeLessThan(elements);
      expect(intervals.size).toBe(0);
    } finally {
      Object.assign(window, { setInterval: set, clearInterval: clear });
    }
  });
});
