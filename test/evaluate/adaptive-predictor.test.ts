import { beforeAll, describe, expect, it } from 'vitest';
import { adaptivePredictor } from '../../src/evaluate/adaptive-predictor.ts';
import { evaluateCheckpoint } from '../../src/evaluate/evaluate.ts';
import { mixPredictor } from '../../src/evaluate/expert-predictors.ts';
import { modelPredictor } from '../../src/evaluate/model-predictor.ts';
import type { SequencePredictor } from '../../src/evaluate/sequence-predictor.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { stepAt } from '../../src/record/episode.ts';
import type { Episode } from '../../src/record/episode.ts';
import { localEngine } from '../../src/train/local-engine.ts';
import { replayOf } from '../../src/train/replay.ts';
import type { Replay } from '../../src/train/replay.ts';
import { train } from '../../src/train/trainer.ts';
import { createRng } from '../../src/util/rng.ts';
import { habitualEpisodes } from '../predict/habitual.ts';

const { spec, episodes } = habitualEpisodes({ sessions: 6, length: 80, seed: 1 });
let checkpoint: Checkpoint;
let replay: Replay;

async function trained(contexts: number): Promise<Checkpoint> {
  const { createBackend } = await localEngine();
  const run = train({
    spec,
    episodes,
    createBackend,
    model: { units: 16, contexts, timeBins: 4 },
    training: { epochs: 8, heldOutFraction: 0, patience: 0 },
  });
  let item = await run.next();
  while (!item.done) item = await run.next();
  return item.value.checkpoint;
}

beforeAll(async () => {
  checkpoint = await trained(2);
  replay = replayOf(checkpoint, episodes);
});

/** The predictions after each of an episode's first steps. */
function predictionsOf(predictor: SequencePredictor, episode: Episode, steps: number): number[][] {
  const out = new Float64Array(spec.action.actions.length);
  predictor.reset(episode);
  return Array.from({ length: steps }, (_, i) => {
    predictor.next(stepAt(episode, i), out);
    return [...out];
  });
}

/** The episode with everything after `from` shuffled. */
function shuffledAfter(episode: Episode, from: number): Episode {
  const order = Array.from({ length: episode.length - from }, (_, i) => from + i);
  const places = [...Array(from).keys(), ...createRng(9).shuffle(order)];
  return {
    ...episode,
    actions: episode.actions.map((_, i) => episode.actions[places[i]]),
    columns: episode.columns.map((column) => column.map((_, i) => column[places[i]])),
  };
}

describe('predictors', () => {
  const rows: readonly (readonly [string, () => SequencePredictor])[] = [
    ['ngram-mix', () => mixPredictor(checkpoint, checkpoint.experts!)],
    ['model', () => modelPredictor(checkpoint)],
    ['model-adaptive', () => adaptivePredictor(checkpoint, replay)],
  ];
  it.each(rows)('%s does not use steps of the future', (_name, create) => {
    const [episode] = habitualEpisodes({ sessions: 1, length: 80, seed: 5 }).episodes;
    const other = shuffledAfter(episode, 50);
    expect(other.actions).not.toEqual(episode.actions);
    expect(predictionsOf(create(), other, 50)).toEqual(predictionsOf(create(), episode, 50));
  });
});

describe('the adaptive model', () => {
  /** Every action is now followed by the one with the next number: habits the model was not trained on. */
  const switched = (length: number, from: number): Episode => {
    const [base] = habitualEpisodes({ sessions: 1, length, seed: 7 }).episodes;
    const actions = base.actions.map((action, i) => (i < from ? action : i % 4));
    return { ...base, actions, session: 'switched' };
  };

  it('beats the frozen network where habits are new', async () => {
    // Without experts, which would learn the new habits as well.
    const report = evaluateCheckpoint(await trained(0), [switched(240, 120)], {
      replay: { episodes },
    });
    const loss = (name: string): number => report.rows.find((one) => one.name === name)!.logLoss;
    expect(loss('model-adaptive')).toBeLessThan(loss('model'));
  });

  it.each([
    [
      'a fixed order of actions to the reverse order',
      (i: number) => i % 4,
      (i: number) => 3 - (i % 4),
    ],
    ['single actions to pairs', (i: number) => i % 4, (i: number) => (i >> 1) % 4],
    ['the trained habits to a fixed order', null, (i: number) => i % 4],
  ])(
    'is within 3 points of before, 30 actions after the player changed from %s',
    (_name, old, young) => {
      const [before, after] = [200, 120];
      let [early, late] = [0, 0];
      const players = 5;
      for (let player = 0; player < players; player++) {
        const length = before + after;
        const [base] = habitualEpisodes({ sessions: 1, length, seed: 40 + player }).episodes;
        const actions = base.actions.map((action, i) =>
          i < before ? (old?.(i) ?? action) : young(i),
        );
        const episode = { ...base, actions, session: `switched-${player}` };
        const predicted = predictionsOf(adaptivePredictor(checkpoint, replay), episode, length - 1);
        const hit = (i: number): number =>
          Number(predicted[i - 1].indexOf(Math.max(...predicted[i - 1])) === actions[i]);
        for (let i = before - 80; i < before; i++) early += hit(i) / 80 / players;
        for (let i = before + 30; i < length; i++) late += hit(i) / (after - 30) / players;
      }
      expect(early).toBeGreaterThan(0.85);
      expect(late).toBeGreaterThanOrEqual(early - 0.03);
    },
  );

  it('has a row only if older sessions are given, even if they are empty', () => {
    const report = (given?: Replay) =>
      evaluateCheckpoint(checkpoint, episodes.slice(0, 1), { replay: given });
    const names = (given?: Replay) => report(given).rows.map(({ name }) => name);
    expect(names()).not.toContain('model-adaptive');
    expect(names({ episodes: [] })).toContain('model-adaptive');
  });
});
