import type * as Phaser from 'phaser';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ForesightPlugin, defineSpec, explain, explanationText } from '../../../../plugin/index.ts';
import type {
  DecisionContext,
  ForesightEvents,
  OverlayHandle,
  SceneForesight,
} from '../../../../plugin/index.ts';
import { SPEC, habit } from '../../../plugin/episodes.ts';
import { tinyCheckpoint } from '../fixtures/checkpoint.ts';
import { endGame, sceneOf, startGame, until } from '../fixtures/game.ts';
import { addActor } from '../fixtures/play.ts';

let game: Phaser.Game;
let scene: Phaser.Scene;
let foresight: ForesightPlugin;
beforeEach(async () => {
  game = await startGame();
  scene = sceneOf(game);
  foresight = ForesightPlugin.of(game);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await endGame(game);
});

describe('track', () => {
  it('predicts after every action, synchronously', async () => {
    await foresight.models.add('duelist', tinyCheckpoint()).ready;
    const { character, act } = addActor(scene);
    expect(character.prediction).toBeNull();
    act(0);
    const first = character.prediction!;
    expect(first).toMatchObject({ tick: 20, steps: 1 });
    expect(SPEC.action.actions).toContain(first.action);
    expect(first.probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    act(2);
    expect(character.prediction).toMatchObject({ tick: 40, steps: 2 });
    expect(scene.foresight.get('player')).toBe(character);
    expect(scene.foresight.shared).toBe(foresight);
  });

  it('scores predictions before it learns from the action', async () => {
    await foresight.models.add('duelist', tinyCheckpoint()).ready;
    const { character, act } = addActor(scene);
    let hits = 0;
    for (const action of habit(30)) {
      const guess = character.prediction;
      if (guess?.actionIndex === action) hits++;
      act(action);
    }
    expect(character.accuracy!.scored).toBe(29);
    expect(character.accuracy!.total.model).toBeCloseTo(hits / 29);
    expect(character.accuracy!.total.mostFrequent).toBeGreaterThan(0.4);
  });

  it('counts its own ticks at the rate of the spec when the game gives none', async () => {
    foresight.models.define(defineSpec({ ...SPEC, tickRate: 20 }), { key: 'slow' });
    const character = scene.foresight.track(scene.add.zone(0, 0, 1, 1), {
      model: 'slow',
      observe: () => ({ distance: 1 }),
    });
    expect(character.tick).toBe(0);
    await until(() => scene.foresight.tick(20) >= 5);
    expect(character.tick).toBe(scene.foresight.tick(20));
    character.act('strike');
    expect(character.currentEpisode()!.ticks[0]).toBeGreaterThanOrEqual(5);
  });

  it('samples every n ticks for specs with that sampling', async () => {
    const spec = defineSpec({ ...SPEC, sampling: { kind: 'everyTicks', ticks: 6 } });
    foresight.models.define(spec, { key: 'walker' });
    const character = scene.foresight.track(scene.add.zone(0, 0, 1, 1), {
      model: 'walker',
      observe: () => ({ distance: 1 }),
      action: () => 'block',
    });
    await until(() => (character.currentEpisode()?.length ?? 0) >= 3);
    const { ticks } = character.currentEpisode()!;
    for (let i = 1; i < ticks.length; i++)
      expect(ticks[i] - ticks[i - 1]).toBeGreaterThanOrEqual(6);
  });

  it('ends an episode and begins the next without a past', async () => {
    foresight.models.add('duelist', tinyCheckpoint());
    const { character, act } = addActor(scene);
    act(...habit(4));
    character.endEpisode('terminated');
    expect(character.prediction).toBeNull();
    act(0);
    expect(character.prediction!.steps).toBe(1);
    const episodes = await foresight.recordings.load(SPEC);
    expect(episodes.map(({ length, end }) => ({ length, end }))[0]).toEqual({
      length: 4,
      end: 'terminated',
    });
    expect(episodes).toHaveLength(2);
  });

  it('predicts without recording where the options switch it off', async () => {
    foresight.models.add('duelist', tinyCheckpoint());
    const { character, act } = addActor(scene, { record: false });
    act(...habit(4));
    expect(character.prediction!.steps).toBe(4);
    character.endEpisode();
    expect(await foresight.recordings.load(SPEC)).toEqual([]);
  });

  it('releases a character whose game object is destroyed', () => {
    foresight.models.add('duelist', tinyCheckpoint());
    const { body, character, act } = addActor(scene);
    act(0, 1);
    const { accuracy } = character;
    body.destroy();
    expect(character.accuracy).toBe(accuracy);
    expect(character.accuracy!.scored).toBe(1);
    expect(character.destroyed).toBe(true);
    expect(scene.foresight.tracked).toEqual([]);
    act(0);
    expect(character.prediction).toBeNull();
  });

  it('refuses two characters of one id', () => {
    addActor(scene);
    expect(() => addActor(scene)).toThrow(/its own id/);
  });

  it('takes the model itself, also before it has weights', async () => {
    const duelist = scene.foresight.defineModel(SPEC);
    const { character, act } = addActor(scene, { model: duelist });
    expect(character).toMatchObject({ modelKey: 'duelist', spec: SPEC });
    act(0);
    expect(character.prediction).toBeNull();
    await duelist.import(tinyCheckpoint());
    expect(character.prediction).toMatchObject({ steps: 1 });
  });

  it('knows the past of a model that gets its first weights later', async () => {
    foresight.models.define(SPEC);
    const { character, act } = addActor(scene);
    act(...habit(5));
    expect(character.prediction).toBeNull();
    foresight.models.add('duelist', tinyCheckpoint());
    await until(() => character.prediction !== null);
    expect(character.prediction).toMatchObject({ steps: 5, tick: 100 });
  });
});

describe('bad input', () => {
  const errors: ForesightEvents['error'][] = [];
  let logged: ReturnType<typeof vi.spyOn>;
  beforeEach(() => {
    errors.length = 0;
    foresight.events.on('error', (event) => errors.push(event));
    logged = vi.spyOn(console, 'error').mockImplementation(() => {});
  });

  it('is reported once per cause, skips the step, and play continues', () => {
    foresight.models.add('duelist', tinyCheckpoint());
    let distance: number | string = 3;
    const { character, act } = addActor(scene, { observe: () => ({ distance }) });
    act(0, 0);
    distance = 'near';
    act(1, 1, 1);
    character.act('fly', 500);
    distance = 4;
    act(2);
    expect(errors.map(({ error }) => (error as { code?: string }).code)).toEqual([
      'bad-observation',
      'unknown-action',
    ]);
    expect(errors[1].error.message).toContain('fly');
    expect(logged).toHaveBeenCalledTimes(2);
    expect([...character.currentEpisode()!.actions]).toEqual([0, 0, 2]);
    expect(character.prediction!.steps).toBe(3);
  });

  it('such as a model that is not there does not stop the game', () => {
    const { character, act } = addActor(scene, { model: 'typo' });
    act(0, 1, 2);
    expect(character.prediction).toBeNull();
    expect(errors).toHaveLength(1);
    expect(errors[0].error.message).toMatch(
      /no model "typo".*this\.foresight\.defineModel\(SPEC\)/,
    );
  });

  it('such as an error thrown by the game while observing is reported too', () => {
    foresight.models.add('duelist', tinyCheckpoint());
    const { act } = addActor(scene, {
      observe: () => {
        throw new TypeError('player is undefined');
      },
    });
    act(0, 1);
    expect(errors).toMatchObject([{ source: 'record', key: 'duelist' }]);
  });
});

describe('control', () => {
  it('passes the prediction and the tick to the controller', () => {
    foresight.models.add('duelist', tinyCheckpoint());
    const { body, character, act } = addActor(scene);
    const seen: DecisionContext[] = [];
    const npc = scene.foresight.control(
      body,
      {
        decide: (context) => {
          seen.push(context);
          return 'block';
        },
        reset: () => {},
      },
      { against: character },
    );
    expect(npc.decide()).toBe('block');
    act(0);
    npc.decide({ available: ['throw'] });
    foresight.usePredictions = false;
    npc.decide({ tick: 99 });
    expect(seen).toEqual([
      { tick: 0, prediction: null },
      { tick: 20, prediction: character.prediction, available: ['throw'] },
      { tick: 99, prediction: null },
    ]);
    npc.destroy();
    expect(npc.decide()).toBeNull();
  });

  it('finds the character that the controller was made against', () => {
    foresight.models.add('duelist', tinyCheckpoint());
    const { body, character } = addActor(scene);
    const controller = { decide: () => null, reset: () => {}, against: character };
    expect(scene.foresight.control(body, controller).against).toBe(character);
    expect(scene.foresight.control(body, controller, { against: null }).against).toBeNull();
    const known = { ...controller, against: { spec: SPEC } };
    expect(scene.foresight.control(body, known).against).toBeNull();
  });

  it('passes the tick of the scene to a controller without an opponent', async () => {
    const ticks: number[] = [];
    const npc = scene.foresight.control(scene.add.zone(0, 0, 1, 1), {
      decide: ({ tick }) => {
        ticks.push(tick);
        return null;
      },
      reset: () => {},
    });
    npc.decide();
    await until(() => scene.foresight.tick() >= 5);
    npc.decide();
    npc.decide({ tick: 99 });
    expect(ticks).toEqual([0, scene.foresight.tick(), 99]);
  });

  it('survives a controller that throws', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const npc = scene.foresight.control(scene.add.zone(0, 0, 1, 1), {
      decide: () => {
        throw new Error('no idea');
      },
      reset: () => {},
    });
    expect(npc.decide()).toBeNull();
    expect(npc.decide()).toBeNull();
    expect(console.error).toHaveBeenCalledTimes(1);
  });
});

/** Overlays in the scene. */
const boxes = (): Phaser.GameObjects.Container[] =>
  scene.children.list.filter(
    (child): child is Phaser.GameObjects.Container => child.type === 'Container',
  );

/** Resolves once the overlay's code is loaded and it is in the scene. */
async function showOverlay(
  ...options: Parameters<SceneForesight['overlay']>
): Promise<OverlayHandle> {
  const before = boxes().length;
  const overlay = scene.foresight.overlay(...options);
  await until(() => boxes().length > before);
  return overlay;
}

describe('overlay', () => {
  it('shows the most probable actions in order, over the head', async () => {
    foresight.models.add('duelist', tinyCheckpoint());
    const { body, character, act } = addActor(scene);
    const overlay = await showOverlay(character, { top: 2, names: { strike: 'Strike!' } });
    const texts = (): string[] =>
      scene.children.list
        .flatMap((child) =>
          child.type === 'Container' ? (child as Phaser.GameObjects.Container).list : [],
        )
        .filter((child) => child.type === 'Text')
        .map((child) => (child as Phaser.GameObjects.Text).text);
    const box = (): Phaser.GameObjects.Container =>
      scene.children.list.find(
        (child) => child.type === 'Container',
      ) as Phaser.GameObjects.Container;
    overlay.update();
    expect(box().visible).toBe(false);
    act(0, 0);
    overlay.update();
    const { probabilities } = character.prediction!;
    const order = [0, 1, 2].sort((a, b) => probabilities[b] - probabilities[a]).slice(0, 2);
    const shown = order.flatMap((action) => [
      ['Strike!', 'throw', 'block'][action],
      `${Math.round(probabilities[action] * 100)}%`,
    ]);
    expect(texts().slice(0, 4)).toEqual(shown);
    expect(['✓', '✗']).toContain(texts()[4]);
    expect(box().visible).toBe(true);
    expect(box().y).toBeLessThan(body.y - body.displayHeight / 2);
    // Wholly inside the camera's view, wherever the character is.
    const { left, right, top } = scene.cameras.main.worldView;
    const at = { x: body.x, y: body.y };
    for (const x of [left, right]) {
      body.setPosition(x, top);
      overlay.update();
      const { width, height } = box().list[0] as Phaser.GameObjects.Rectangle;
      const { scale } = box();
      expect(Math.abs(box().x - x)).toBeCloseTo((width * scale) / 2, -1);
      // To the nearest pixel.
      expect(box().y - height * scale).toBeGreaterThan(top - 1);
    }
    body.setPosition(at.x, at.y);
    overlay.visible = false;
    expect(box().visible).toBe(false);
    const objects = scene.children.length;
    overlay.visible = true;
    act(1, 2, 0);
    overlay.update();
    expect(scene.children.length).toBe(objects);
    overlay.destroy();
    expect(overlay.destroyed).toBe(true);
  });
});

describe('the mark next to an overlay', () => {
  const texts = (): Phaser.GameObjects.Text[] => {
    const box = scene.children.list.find(({ type }) => type === 'Container');
    return (box as Phaser.GameObjects.Container).list.filter(
      ({ type }) => type === 'Text',
    ) as Phaser.GameObjects.Text[];
  };

  it('shows the actual action in the language of the overlay, and fades away', async () => {
    foresight.models.add('duelist', tinyCheckpoint());
    const { character, act } = addActor(scene);
    const names = (language: string) => ({ strike: language === 'zh' ? '打击' : 'Strike' });
    const options = { top: 1, names, markMs: 400 };
    const overlay = await showOverlay(character, options);
    act(0);
    overlay.update();
    const [, , sign, came] = texts();
    expect(sign.visible).toBe(false);
    act(0);
    overlay.update();
    const { guess, action } = character.accuracy!.last!;
    expect(sign.text).toBe(guess === action ? '✓' : '✗');
    expect(came.text).toBe('Strike');
    expect(came.alpha).toBe(1);
    // A slow frame may skip the fading.
    await until(() => came.alpha < 1 || !came.visible);
    await until(() => !came.visible && !sign.visible);
    overlay.language = 'zh';
    act(0);
    overlay.update();
    expect(came.text).toBe('打击');
  });

  it('changes sides at the edge of the screen', async () => {
    foresight.models.add('duelist', tinyCheckpoint());
    const { body, character, act } = addActor(scene);
    const overlay = await showOverlay(character, { top: 1 });
    act(0, 0);
    overlay.update();
    const [, , sign] = texts();
    expect(sign.x).toBeGreaterThan(0);
    body.x = 310;
    overlay.update();
    expect(sign.x).toBeLessThan(0);
  });
});

describe('reasons above an overlay', () => {
  const reasons = (): Phaser.GameObjects.Text => {
    const box = scene.children.list.find(({ type }) => type === 'Container');
    return (box as Phaser.GameObjects.Container).list.at(-1) as Phaser.GameObjects.Text;
  };
  const press = (key: string, keyCode: number): void => {
    window.dispatchEvent(new KeyboardEvent('keydown', { key, keyCode } as KeyboardEventInit));
    window.dispatchEvent(new KeyboardEvent('keyup', { key, keyCode } as KeyboardEventInit));
  };
  const point = (x: number, y: number): void => {
    const { left, top } = game.canvas.getBoundingClientRect();
    const at = { clientX: left + x, clientY: top + y, bubbles: true };
    game.canvas.dispatchEvent(new MouseEvent('mousemove', at));
  };

  it('are shown while the pointer is over the character or its overlay', async () => {
    foresight.models.add('duelist', tinyCheckpoint());
    const { body, character, act } = addActor(scene);
    const overlay = await showOverlay(character);
    const shows = (wanted: boolean) => until(() => reasons().visible === wanted);
    act(0, 0, 2);
    point(5, 190);
    overlay.update();
    expect(reasons().visible).toBe(false);
    point(body.x, body.y);
    await shows(true);
    expect(reasons().text).toBe(explanationText(explain(character)!, { sentences: 2 }).join('\n'));
    expect(reasons().text).toMatch(/^The network leans to (strike|throw|block)/);
    point(5, 190);
    await shows(false);
    point(body.x, body.y - body.displayHeight / 2 - 20);
    await shows(true);
  });

  it('come and go with a key, which is released with the overlay', async () => {
    foresight.models.add('duelist', tinyCheckpoint());
    const { character, act } = addActor(scene);
    const before = scene.input.keyboard!.listenerCount('keydown-E');
    const overlay = await showOverlay(character, { explain: 'never', explainKey: 'e' });
    act(0);
    press('e', 69);
    // Within the same frame: Phaser emits the first one again.
    press('x', 88);
    await until(() => reasons().visible);
    press('e', 69);
    await until(() => !reasons().visible);
    overlay.destroy();
    expect(scene.input.keyboard!.listenerCount('keydown-E')).toBe(before);
  });

  it('are not made at every frame, and never without being wanted', async () => {
    foresight.models.add('duelist', tinyCheckpoint());
    const { character, act } = addActor(scene);
    const explained = vi.spyOn(foresight.models.get('duelist').predictor!, 'followed');
    const silent = await showOverlay(character, { explain: 'never' });
    act(0);
    silent.update();
    expect(explained).not.toHaveBeenCalled();
    silent.destroy();
    const overlay = await showOverlay(character, { explain: 'always' });
    for (let i = 0; i < 5; i++) {
      act(i % 3);
      overlay.update();
    }
    expect(explained).toHaveBeenCalledTimes(1);
    await until(() => explained.mock.calls.length === 2);
    for (let i = 0; i < 5; i++) overlay.update();
    expect(explained).toHaveBeenCalledTimes(2);
  });

  it('of an action that there is not are reported, not thrown', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    foresight.models.add('duelist', tinyCheckpoint());
    const { character, act } = addActor(scene);
    expect(explain(character)).toBeNull();
    act(0);
    expect(explain(character, { action: 'block' })!.action).toBe('block');
    expect(explain(character, { action: 'fly' })).toBeNull();
    expect(console.error).toHaveBeenCalledTimes(1);
  });
});
