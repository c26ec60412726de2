import {
  MemoryEpisodeStore,
  Predictor,
  Recorder,
  createRng,
  defineSpec,
} from '../../../../src/core.ts';
import { MODEL_DEFAULTS, TRAINING_DEFAULTS } from '../../../../src/model/config.ts';
import { fitStatistics } from '../../../../src/dataset/fit-statistics.ts';
import type { Checkpoint, Step, Types } from '../../../../src/core.ts';
import { DUEL_ACTIONS, DUEL_OBSERVATION } from '../../../../demo/duel/rules/index.ts';
import { networkShape } from '../../../../src/model/build-shape.ts';
import { initialWeights } from '../../../../src/network/initial-weights.ts';
import type { TickPart } from '../../tick-parts.ts';
import type { Trial } from '../../trial.ts';

/** Observations a second. */
export const TICK_RATE = 20;
/** A store is written to twice a second, and an episode lasts a minute. */
const FLUSH_TICKS = TICK_RATE / 2;
const EPISODE_TICKS = TICK_RATE * 60;
/** Observations that are repeated. */
const MOMENTS = 257;

/** The duel's observation and actions, but a step at every tick: more than a game would record. */
const SPEC = defineSpec({
  name: 'bench',
  tickRate: TICK_RATE,
  observation: DUEL_OBSERVATION,
  action: DUEL_ACTIONS,
  sampling: { kind: 'everyTicks', ticks: 1 },
});

/**
 * What the library costs the main thread of a game: one run is a tick, in which every character is
 * recorded and all of them are predicted. The observations are there already; making them is the
 * game's work.
 */
export async function recordAndPredict(characters: number, part: TickPart): Promise<Trial> {
  const names = Array.from({ length: characters }, (_, i) => `character ${i}`);
  const moments = inventMoments();
  const recorder = new Recorder({ spec: SPEC, store: new MemoryEpisodeStore() });
  const predictor = await Predictor.create(await inventCheckpoint(moments));
  const recorded = recordMoments(moments);
  const observed = new Map<string, Step>();
  let tick = 0;
  const runTick = async (): Promise<void> => {
    if (tick % EPISODE_TICKS === 0) {
      await recorder.endAll('terminated');
      for (const name of names) {
        if (part !== 'predict') recorder.begin(name);
        predictor.reset(name);
      }
    }
    for (let i = 0; i < characters; i++) {
      const at = (tick + i) % MOMENTS;
      if (part === 'predict') observed.set(names[i], { ...recorded[at], tick });
      else {
        const step = recorder.sample(names[i], { tick, ...moments[at] });
        if (step) observed.set(names[i], step);
      }
    }
    if (part !== 'record') predictor.observeMany(observed);
    if (tick % FLUSH_TICKS === 0) await recorder.flush();
    tick++;
  };
  return {
    async check() {
      await runTick();
      return [...(predictor.prediction(names[0])?.probabilities ?? [])];
    },
    async run(times) {
      for (let i = 0; i < times; i++) await runTick();
    },
    dispose: () => void recorder.dispose(),
  };
}

/** The moments as steps of one character. */
function recordMoments(moments: readonly InventedMoment[]): readonly Step[] {
  const recorder = new Recorder({ spec: SPEC });
  recorder.begin('one');
  return moments.flatMap((moment, tick) => recorder.sample('one', { tick, ...moment }) ?? []);
}

type InventedMoment = Omit<Types.MomentOf<typeof SPEC>, 'tick'>;

function inventMoments(): readonly InventedMoment[] {
  const rng = createRng(1);
  return Array.from({ length: MOMENTS }, () => {
    const observation: Record<string, number | boolean | string> = {};
    for (const field of DUEL_OBSERVATION)
      observation[field.name] =
        field.kind === 'category'
          ? field.categories[rng.int(field.categories.length)]
          : field.kind === 'boolean'
            ? rng.next() < 0.5
            : field.min + rng.next() * (field.max - field.min);
    return {
      action: DUEL_ACTIONS[rng.int(DUEL_ACTIONS.length)],
      observation: observation as InventedMoment['observation'],
    };
  });
}

/** A network of the default size, untrained: that costs as much. */
async function inventCheckpoint(moments: readonly InventedMoment[]): Promise<Checkpoint> {
  const recorder = new Recorder({ spec: SPEC });
  recorder.begin('one');
  moments.forEach((moment, tick) => recorder.sample('one', { tick, ...moment }));
  const episode = await recorder.end('one', 'terminated');
  const statistics = fitStatistics(SPEC, [episode], { timeBins: MODEL_DEFAULTS.timeBins });
  const shape = networkShape(MODEL_DEFAULTS, SPEC, statistics);
  return {
    spec: SPEC,
    model: MODEL_DEFAULTS,
    training: TRAINING_DEFAULTS,
    statistics,
    shape,
    weights: initialWeights(shape, 1),
    metrics: { epochs: 0, loss: 0, heldOutLogLoss: 0, heldOutTop1: 0 },
    trainedOn: { sessions: [], episodes: 0, steps: 0, files: [], actions: [] },
  };
}
