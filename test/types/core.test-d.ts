/**
 * What must compile, and what must not, when a game is typed by its spec. Nothing here runs:
 * `npm run check` compiles this file. An error that no longer occurs leaves its `@ts-expect-error`
 * unused, which is an error itself, so a type that became too wide fails the build.
 */
/* oxlint-disable no-new */
import { describe, expectTypeOf, it } from 'vitest';
import {
  CounterController,
  EarnedTrust,
  ImitationController,
  MixedController,
  Predictor,
  Recorder,
  boolean,
  category,
  defineSpec,
  explain,
  id,
  likelySequence,
  number,
  rollout,
  stepFromMoment,
  vector,
} from '../../src/core.ts';
import type {
  ActionOf,
  CharacterSpec,
  Checkpoint,
  Controller,
  Explanation,
  Observation,
  ObservationOf,
  PayoffTable,
  Prediction,
  Types,
} from '../../src/core.ts';
import { equilibrium } from '../../src/lab.ts';
import { rowFromObservation } from '../../src/record/observation.ts';

const SPEC = defineSpec({
  name: 'duelist',
  observation: [
    number('distance', { max: 800, unit: 'px' }),
    category('stance', ['low', 'high']),
    boolean('airborne'),
    id('stage'),
  ],
  action: ['jab', 'kick', 'block'],
});
type Move = 'jab' | 'kick' | 'block';

declare const plain: CharacterSpec;
declare const checkpoint: Checkpoint;
declare const hero: Types.WithSpec<typeof SPEC>;
declare function takeAny(value: Recorder | Predictor): void;

/** Declared before it is used: surplus names of a constant are no errors to TypeScript alone. */
const PAYOFF = {
  jab: { jab: 0, kick: 1, block: -1 },
  kick: { jab: -1, kick: 0, block: 1 },
  block: { jab: 1, kick: -1, block: 0 },
};
const MISSPELLED_ROW = { ...PAYOFF, jabb: PAYOFF.jab };
const MISSPELLED_COLUMN = { ...PAYOFF, jab: { ...PAYOFF.jab, kik: 1 } };

describe('a spec', () => {
  it('keeps the names of its actions and fields', () => {
    expectTypeOf<ActionOf<typeof SPEC>>().toEqualTypeOf<Move>();
    expectTypeOf<ObservationOf<typeof SPEC>>().toEqualTypeOf<{
      readonly distance: number | null;
      readonly stance: 'low' | 'high' | null;
      readonly airborne: boolean | null;
      readonly stage: number | null;
    }>();
  });

  it('keeps them in its long form, and as plain data', () => {
    const long = defineSpec({
      name: 'duelist',
      observation: { fields: [{ kind: 'number', name: 'distance' }] },
      action: { actions: ['jab', 'kick', 'hit'], choices: ['jab', 'kick'] },
    });
    expectTypeOf<ActionOf<typeof long>>().toEqualTypeOf<'jab' | 'kick' | 'hit'>();
    expectTypeOf<keyof ObservationOf<typeof long>>().toEqualTypeOf<'distance'>();
  });

  it('has no choice that is not an action', () => {
    defineSpec({
      name: 'duelist',
      observation: [],
      // @ts-expect-error
      action: { actions: ['jab', 'kick'], choices: ['jabb'] },
    });
  });

  it('has no range with a misspelled limit', () => {
    // @ts-expect-error
    number('distance', { maximum: 800 });
    // @ts-expect-error
    vector('rays', 24, { maximum: 800 });
  });

  it('is a plain spec too, and a plain spec has any names', () => {
    expectTypeOf(SPEC).toExtend<CharacterSpec>();
    expectTypeOf<ActionOf<CharacterSpec>>().toEqualTypeOf<string>();
    expectTypeOf<ObservationOf<CharacterSpec>>().toEqualTypeOf<Observation>();
    expectTypeOf<ObservationOf<typeof SPEC>>().toExtend<Observation>();
  });
});

describe('a recorder', () => {
  const recorder = new Recorder({ spec: SPEC });
  const observation = { distance: 1, stance: 'low', airborne: false, stage: null } as const;

  it('takes a moment of its spec', () => {
    recorder.act('hero', { tick: 1, action: 'jab', observation });
    stepFromMoment(SPEC, { tick: 1, action: 'jab', observation });
    takeAny(recorder);
  });

  it('takes no misspelled action', () => {
    // @ts-expect-error
    recorder.act('hero', { tick: 1, action: 'jabb', observation });
    // @ts-expect-error
    recorder.sample('hero', { tick: 1, action: 'jabb', observation });
    // @ts-expect-error
    stepFromMoment(SPEC, { tick: 1, action: 'jabb', observation });
  });

  it('takes no observation without a field, with a misspelled one, or with a wrong value', () => {
    // @ts-expect-error
    rowFromObservation(SPEC, { distance: 1, stance: 'low', airborne: false });
    // @ts-expect-error
    rowFromObservation(SPEC, { distence: 1, stance: 'low', airborne: false, stage: 1 });
    // @ts-expect-error
    rowFromObservation(SPEC, { distance: 1, stance: 'mid', airborne: false, stage: 1 });
    // @ts-expect-error
    rowFromObservation(SPEC, { distance: '1', stance: 'low', airborne: false, stage: 1 });
  });

  it('takes the numbers of a vector as any array of numbers', () => {
    const scout = defineSpec({ ...SPEC, observation: [vector('rays', 3)], action: ['a', 'b'] });
    expectTypeOf<ObservationOf<typeof scout>>().toEqualTypeOf<{
      readonly rays: Types.VectorValue | null;
    }>();
    rowFromObservation(scout, { rays: [1, null, 3] });
    rowFromObservation(scout, { rays: Float32Array.of(1, 2, 3) });
    // @ts-expect-error
    rowFromObservation(scout, { rays: 3 });
    // @ts-expect-error
    rowFromObservation(scout, { rays: ['1', '2', '3'] });
    // @ts-expect-error
    rowFromObservation(scout, { rays: '123' });
  });

  it('takes any names for a plain spec', () => {
    new Recorder({ spec: plain }).act('hero', { tick: 1, action: 'any', observation: { any: 1 } });
  });
});

describe('a predictor', async () => {
  const predictor = await Predictor.create(checkpoint, { spec: SPEC });

  it('names the actions of its spec', () => {
    expectTypeOf(predictor.spec).toEqualTypeOf<typeof SPEC>();
    expectTypeOf(predictor.prediction('hero')).toEqualTypeOf<Prediction<Move> | null>();
    expectTypeOf(rollout(predictor, 'hero')).toEqualTypeOf<Types.PredictedStep<Move>[]>();
    expectTypeOf(
      likelySequence(predictor, 'hero'),
    ).toEqualTypeOf<Types.ActionSequence<Move> | null>();
    expectTypeOf(explain(predictor, 'hero')).toEqualTypeOf<Explanation<Move> | null>();
    expectTypeOf<Explanation<Move>['pastSteps'][number]['action']>().toEqualTypeOf<Move>();
    expectTypeOf<Explanation<Move>['against']>().toEqualTypeOf<Move>();
  });

  it('is never compared with an action that does not exist', () => {
    // @ts-expect-error
    void (predictor.prediction('hero')?.action === 'nonsense');
    // @ts-expect-error
    void likelySequence(predictor, 'hero')?.actions.includes('nonsense');
    // @ts-expect-error
    explain(predictor, 'hero', { action: 'jabb' });
  });

  it('predicts any names without a spec', async () => {
    const any = await Predictor.create(checkpoint);
    expectTypeOf(any.prediction('x')).toEqualTypeOf<Prediction | null>();
    takeAny(predictor);
    expectTypeOf<Prediction<Move>>().toExtend<Prediction>();
  });

  it('has no misspelled option, and no other way to make one', () => {
    // @ts-expect-error
    void Predictor.create(checkpoint, { memry: 3 });
    // @ts-expect-error
    void new Predictor(checkpoint);
  });
});

describe('a controller', () => {
  it('replies with actions of the spec it plays against', () => {
    const counter = new CounterController({ against: hero, payoff: PAYOFF });
    expectTypeOf(counter.decide).returns.toEqualTypeOf<Move | null>();
    expectTypeOf(counter).toExtend<Controller<Move>>();
    expectTypeOf(counter).toExtend<CounterController<Move>>();
    expectTypeOf(counter).toExtend<CounterController>();
    const mixed = new MixedController({ against: hero, payoff: PAYOFF, maxExploitability: 1 });
    expectTypeOf(mixed.decide).returns.toEqualTypeOf<Move | null>();
  });

  it('replies with the names in `replies`', () => {
    const payoff = { run: PAYOFF.jab, stay: PAYOFF.kick };
    const counter = new CounterController({ against: hero, replies: ['run', 'stay'], payoff });
    expectTypeOf(counter.decide).returns.toEqualTypeOf<'run' | 'stay' | null>();
    // @ts-expect-error
    new CounterController({ against: hero, payoff });
    // @ts-expect-error
    new CounterController({ against: hero, replies: ['run', 'hide'], payoff });
  });

  it('takes whatever has a spec', async () => {
    const predictor = await Predictor.create(checkpoint, { spec: SPEC });
    new CounterController({ against: { spec: SPEC }, payoff: PAYOFF });
    new CounterController({ against: predictor, payoff: PAYOFF });
    // @ts-expect-error
    new CounterController({ against: SPEC, payoff: PAYOFF });
    // @ts-expect-error
    new CounterController({ payoff: PAYOFF });
  });

  it('has its trust earned with actions of the character', () => {
    const earned = new EarnedTrust({ against: hero, choices: ['jab', 'kick'] });
    const difficulty = earned.limit('normal');
    new CounterController({ against: hero, payoff: PAYOFF, difficulty });
    earned.add(null, 'block');
    // @ts-expect-error
    earned.add(null, 'blok');
    // @ts-expect-error
    new EarnedTrust({ against: hero, choices: ['jab', 'kik'] });
  });

  it('has a payoff table of replies and actions only, wherever the table was written', () => {
    // @ts-expect-error
    new CounterController({ against: hero, payoff: { jabb: { jab: 0 } } });
    // @ts-expect-error
    new CounterController({ against: hero, payoff: { jab: { kik: 0, jab: 1 } } });
    // @ts-expect-error
    new CounterController({ against: hero, payoff: { jab: { jab: '1' } } });
    // @ts-expect-error
    new CounterController({ against: hero, payoff: MISSPELLED_ROW });
    // @ts-expect-error
    new CounterController({ against: hero, payoff: MISSPELLED_COLUMN });
    // @ts-expect-error
    new MixedController({ against: hero, payoff: MISSPELLED_ROW, maxExploitability: 1 });
    // @ts-expect-error
    new MixedController({ against: hero, payoff: MISSPELLED_COLUMN, maxExploitability: 1 });
  });

  it('takes a part of the table, and one whose names are not known before it runs', () => {
    const computed: PayoffTable = PAYOFF;
    new CounterController({ against: hero, payoff: { jab: { kick: 1 }, block: { kick: -1 } } });
    new CounterController({ against: hero, payoff: computed });
    const free = new CounterController({ against: { spec: plain }, payoff: PAYOFF });
    expectTypeOf(free.decide).returns.toEqualTypeOf<string | null>();
  });

  it('has no misspelled option, prior or available action', () => {
    // @ts-expect-error
    new CounterController({ against: hero, payoff: PAYOFF, temprature: 1 });
    // @ts-expect-error
    new CounterController({ against: hero, payoff: PAYOFF, prior: { jabb: 1 } });
    const counter = new CounterController({ against: hero, payoff: PAYOFF, prior: { jab: 1 } });
    // @ts-expect-error
    counter.decide({ tick: 1, prediction: null, available: ['jabb'] });
  });

  it('imitates a player of a spec', () => {
    const shadow = new ImitationController({ like: hero, choices: ['jab', 'kick'] });
    expectTypeOf(shadow.decide).returns.toEqualTypeOf<Move | null>();
    // @ts-expect-error
    new ImitationController({ like: hero, choices: ['jabb'] });
    // @ts-expect-error
    new ImitationController({ like: hero, standIns: { jab: ['jabb'] } });
    // @ts-expect-error
    new ImitationController({ like: hero, openings: ['jabb'] });
  });
});

describe('an equilibrium', () => {
  it('has the names of the table', () => {
    const { replies, actions } = equilibrium({ run: PAYOFF.jab, stay: PAYOFF.kick });
    expectTypeOf<keyof typeof replies>().toEqualTypeOf<'run' | 'stay'>();
    expectTypeOf<keyof typeof actions>().toEqualTypeOf<Move>();
  });
});
