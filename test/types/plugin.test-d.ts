/**
 * What a game that uses the plugin may write, and what must not compile. Nothing here runs: see
 * core.test-d.ts.
 */
/* oxlint-disable no-new */
import * as Phaser from 'phaser';
import { describe, expectTypeOf, it } from 'vitest';
import {
  CounterController,
  ImitationController,
  MixedController,
  boolean,
  category,
  defineSpec,
  explain,
  foresight,
  likelySequence,
  number,
  rollout,
  simulate,
} from '../../plugin/index.ts';
import type {
  CharacterSpec,
  ControlledCharacter,
  Controller,
  ForesightModel,
  ForesightOptions,
  ForesightPlugin,
  PanelHandle,
  Prediction,
  OverlayHandle,
  SceneForesight,
  TrackedCharacter,
} from '../../plugin/index.ts';
import type { Checkpoint, Explanation, Predictor, Types } from '../../src/core.ts';

const SPEC = defineSpec({
  name: 'duelist',
  observation: [
    number('distance', { max: 800 }),
    category('stance', ['low', 'high']),
    boolean('airborne'),
  ],
  action: ['jab', 'kick', 'block'],
});
type Move = 'jab' | 'kick' | 'block';

const PAYOFF = {
  jab: { jab: 0, kick: 1, block: -1 },
  kick: { jab: -1, kick: 0, block: 1 },
  block: { jab: 1, kick: -1, block: 0 },
};
const MISSPELLED_ROW = { ...PAYOFF, jabb: PAYOFF.jab };
const MISSPELLED_COLUMN = { ...PAYOFF, jab: { ...PAYOFF.jab, kik: 1 } };

declare const scene: SceneForesight;
declare const shared: ForesightPlugin;
declare const sprite: Phaser.GameObjects.Sprite;
declare const plain: CharacterSpec;
declare const checkpoint: Checkpoint;
declare const bytes: Uint8Array;

const observe = () => ({ distance: 1, stance: 'low', airborne: null }) as const;
const duelist = scene.defineModel(SPEC);
const hero = scene.track(sprite, { model: duelist, observe });

describe('the config of a game', () => {
  it('takes what foresight() returns, alone or next to other plugins', () => {
    class Other extends Phaser.Plugins.ScenePlugin {}
    const other = { key: 'Other', plugin: Other, mapping: 'other' };
    const { global, scene: scenes } = foresight({ store: 'indexeddb' });
    expectTypeOf(foresight()).toExtend<Phaser.Types.Core.PluginObject>();
    expectTypeOf({ plugins: foresight() }).toExtend<Phaser.Types.Core.GameConfig>();
    expectTypeOf({
      plugins: { global: [...global], scene: [...scenes, other] },
    }).toExtend<Phaser.Types.Core.GameConfig>();
    expectTypeOf(foresight).parameter(0).toEqualTypeOf<ForesightOptions | undefined>();
  });

  it('has no misspelled option, and no wrong value', () => {
    // @ts-expect-error
    foresight({ wroker: 1 });
    // @ts-expect-error
    foresight({ store: 'indexdb' });
    // @ts-expect-error
    foresight({ engine: 'gpu' });
  });
});

describe('a scene', () => {
  class Enemy {
    health = 3;
  }

  it('may have a field of its own that is called characters', () => {
    class Crowd extends Phaser.Scene {
      declare readonly foresight: SceneForesight;
      characters: Enemy[] = [];
    }
    expectTypeOf<Crowd['characters']>().toEqualTypeOf<Enemy[]>();
    expectTypeOf<Crowd['foresight']['shared']>().toEqualTypeOf<ForesightPlugin>();
  });

  it('loads a model by its spec or its key, never without one', () => {
    scene.loadModel(SPEC, 'duelist.safetensors');
    scene.loadModel(SPEC, undefined, { key: 'other' });
    // @ts-expect-error
    scene.loadModel(SPEC, 'duelist.safetensors', { kye: 'other' });
    class Loading extends Phaser.Scene {
      preload(): void {
        this.load.foresightModel('duelist', 'duelist.safetensors');
        this.load.foresightModel({ key: 'other', url: 'other.safetensors', spec: SPEC });
        // @ts-expect-error
        this.load.foresightModel();
      }
    }
    expectTypeOf<Loading>().toExtend<Phaser.Scene>();
  });
});

describe('a model', () => {
  it('keeps its spec, wherever it comes from', () => {
    type Duelist = ForesightModel<typeof SPEC>;
    expectTypeOf(duelist).toEqualTypeOf<Duelist>();
    expectTypeOf(duelist.spec).toEqualTypeOf<typeof SPEC>();
    expectTypeOf(duelist.predictor).toEqualTypeOf<Predictor<typeof SPEC> | null>();
    expectTypeOf(shared.models.define(SPEC)).toEqualTypeOf<Duelist>();
    expectTypeOf(shared.models.add('duelist', checkpoint, SPEC)).toEqualTypeOf<Duelist>();
    expectTypeOf(shared.models.addFile('duelist', bytes, SPEC)).resolves.toEqualTypeOf<Duelist>();
    expectTypeOf(shared.models.get('duelist', SPEC)).toEqualTypeOf<Duelist>();
    expectTypeOf(shared.models.get('duelist')).toEqualTypeOf<ForesightModel>();
    expectTypeOf(duelist).toExtend<ForesightModel>();
  });

  it('has no misspelled option', () => {
    // @ts-expect-error
    scene.defineModel(SPEC, { kye: 'other' });
    // @ts-expect-error
    duelist.learn({ everyStep: 12 });
    // @ts-expect-error
    duelist.train({ form: 'scratch' });
  });

  it('trains with progress and a result', async () => {
    for await (const { epoch } of duelist.train()) expectTypeOf(epoch).toEqualTypeOf<number>();
    expectTypeOf((await duelist.train()).swapped).toEqualTypeOf<boolean>();
    duelist.learn({ everySteps: 12 }).stop();
  });
});

describe('a tracked character', () => {
  it('names the actions of its model', () => {
    expectTypeOf(hero).toEqualTypeOf<TrackedCharacter<typeof SPEC>>();
    expectTypeOf(hero.prediction).toEqualTypeOf<Prediction<Move> | null>();
    expectTypeOf(hero.act('jab')).toEqualTypeOf<Prediction<Move> | null>();
    expectTypeOf(rollout(hero, { horizon: 3 })).toEqualTypeOf<Types.PredictedStep<Move>[]>();
    expectTypeOf(likelySequence(hero)).toEqualTypeOf<Types.ActionSequence<Move> | null>();
    expectTypeOf(explain(hero)).toEqualTypeOf<Explanation<Move> | null>();
    expectTypeOf(hero.actions).toEqualTypeOf<readonly Move[]>();
    expectTypeOf(hero.spec).toEqualTypeOf<typeof SPEC | null>();
  });

  it('does no misspelled action', () => {
    // @ts-expect-error
    hero.act('jabb');
    // @ts-expect-error
    hero.sample('jabb');
    // @ts-expect-error
    scene.track(sprite, { model: duelist, observe, action: () => 'jabb' });
    // @ts-expect-error
    simulate(hero, () => ({ tick: 1, action: 'jabb', observation: observe() }));
  });

  it('is never compared with an action that does not exist', () => {
    // @ts-expect-error
    void (hero.prediction?.action === 'nonsense');
    // @ts-expect-error
    explain(hero, { action: 'nonsense' });
  });

  it('observes every field, under its name and with a value of its kind', () => {
    scene.track(sprite, {
      model: duelist,
      observe: () => ({ distance: 1, stance: 'low', airborne: false }),
    });
    // @ts-expect-error
    scene.track(sprite, { model: duelist, observe: () => ({ distance: 1, stance: 'low' }) });
    scene.track(sprite, {
      model: duelist,
      // @ts-expect-error
      observe: () => ({ distence: 1, stance: 'low', airborne: false }),
    });
    scene.track(sprite, {
      model: duelist,
      // @ts-expect-error
      observe: () => ({ distance: '1', stance: 'low', airborne: false }),
    });
    scene.track(sprite, {
      model: duelist,
      // @ts-expect-error
      observe: () => ({ distance: 1, stance: 'mid', airborne: false }),
    });
  });

  it('has no misspelled option', () => {
    // @ts-expect-error
    scene.track(sprite, { model: duelist, observe, recal: false });
    // @ts-expect-error
    scene.track(sprite, { observe });
  });

  it('has any names where the model is given by its key, or has a plain spec', () => {
    const byKey = scene.track(sprite, { model: 'duelist', observe: () => ({ any: 1 }) });
    expectTypeOf(byKey).toEqualTypeOf<TrackedCharacter>();
    byKey.act('any');
    const model = scene.defineModel(plain);
    scene.track(sprite, { model, observe: () => ({ any: true }) }).act('any');
  });

  it('is a plain character to the overlay and the panel', () => {
    expectTypeOf(hero).toExtend<TrackedCharacter>();
    expectTypeOf(scene.overlay(hero, { top: 3 })).toEqualTypeOf<OverlayHandle>();
    const panel = scene.panel({ model: duelist, character: () => hero });
    expectTypeOf(panel).toEqualTypeOf<PanelHandle>();
    // @ts-expect-error
    scene.panel({ modle: duelist });
    // @ts-expect-error
    scene.overlay(hero, { tpo: 3 });
  });
});

describe('a controlled character', () => {
  it('replies with actions of the one that it plays against', () => {
    const counter = new CounterController({ against: hero, payoff: PAYOFF });
    const rival = scene.control(sprite, counter);
    expectTypeOf(rival).toEqualTypeOf<ControlledCharacter<Move>>();
    expectTypeOf(rival.decide()).toEqualTypeOf<Move | null>();
    rival.decide({ available: ['block'] });
    // @ts-expect-error
    void (rival.decide() === 'nonsense');
    // @ts-expect-error
    rival.decide({ available: ['jabb'] });
    expectTypeOf(rival).toExtend<ControlledCharacter>();
  });

  it('is made against a character or its model, or imitates one', () => {
    const options = { payoff: PAYOFF, maxExploitability: 0.5, difficulty: 'normal' } as const;
    scene.control(sprite, new MixedController({ against: duelist, ...options }), { against: hero });
    const shadow = new ImitationController({ like: hero, difficulty: 'easy' });
    expectTypeOf(scene.control(sprite, shadow).decide()).toEqualTypeOf<Move | null>();
    // @ts-expect-error
    scene.control(sprite, shadow, { agaisnt: hero });
  });

  it('has a payoff table of replies and actions only', () => {
    // @ts-expect-error
    new CounterController({ against: hero, payoff: { jabb: { jab: 0 } } });
    // @ts-expect-error
    new CounterController({ against: duelist, payoff: { jab: { kik: 0 } } });
    // @ts-expect-error
    new CounterController({ against: hero, payoff: MISSPELLED_ROW });
    // @ts-expect-error
    new CounterController({ against: duelist, payoff: MISSPELLED_COLUMN });
  });

  it('may have a controller of the game', () => {
    const controller: Controller<'run' | 'hide'> = { decide: () => 'run', reset: () => {} };
    const runner = scene.control(sprite, controller);
    expectTypeOf(runner.decide()).toEqualTypeOf<'run' | 'hide' | null>();
  });
});

describe('events', () => {
  it('have their payloads, and no other names', () => {
    shared.events.on('progress', ({ progress }) => {
      expectTypeOf(progress.loss).toEqualTypeOf<number>();
    });
    // @ts-expect-error
    shared.events.on('progres', () => {});
  });
});
