import { describe, expect, it } from 'vitest';
import { adaptivePredictor } from '../../src/evaluate/adaptive-predictor.ts';
import { bestBaseline, createBaselines } from '../../src/evaluate/baselines.ts';
import { simplePredictor } from '../../src/evaluate/simple-predictor.ts';
import { categoryBaselines } from '../../src/evaluate/category-ngram.ts';
import { scorePredictors } from '../../src/evaluate/evaluate.ts';
import { modelPredictor } from '../../src/evaluate/model-predictor.ts';
import { fitSimpleModels, SIMPLE_MODELS } from '../../src/experts/simple-models.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import type { EpisodeSet } from '../../src/record/episode.ts';
import { localEngine } from '../../src/train/local-engine.ts';
import { replayOf } from '../../src/train/replay.ts';
import { train } from '../../src/train/trainer.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';
import { SMALL_WORLDS, worldEpisodes } from './small-worlds.ts';

const STEPS = 1000;
/** Nats a step over 1,000 steps. */
const MOST = 0.002;
/** The same where a simple model is the best that was not so in training; see `Safeguard`. */
const MOST_OF_ANY = 0.0053;

async function trained({ spec, episodes }: EpisodeSet): Promise<Checkpoint> {
  const { createBackend } = await localEngine();
  const run = train({
    spec,
    episodes,
    createBackend,
    model: { units: 8, contexts: 2, timeBins: 0, feedForward: 0 },
    training: { epochs: 3, heldOutFraction: 0, patience: 0 },
  });
  let item = await run.next();
  while (!item.done) item = await run.next();
  return item.value.checkpoint;
}

describe.each(SMALL_WORLDS)('in the small world "%s"', (world) => {
  // Another seed is another player.
  const known = worldEpisodes(world, { sessions: 2, length: 200, seed: 1 });
  const { spec, episodes } = worldEpisodes(world, { sessions: 1, length: STEPS + 1, seed: 2 });

  it('a model that learns in play is never worse than the best simple row of a report', async () => {
    const checkpoint = await trained(known);
    const { actions } = checkpoint.trainedOn;
    const report = scorePredictors(spec, episodes, [
      ...createBaselines(spec.action.actions.length, actions),
      ...categoryBaselines(spec, known.episodes),
      adaptivePredictor(checkpoint, replayOf(checkpoint, known.episodes)),
    ]);
    expect(report.predictions).toBe(STEPS);
    const model = report.rows.find(({ name }) => name === 'model-adaptive')!;
    expect(model.logLoss).toBeLessThanOrEqual(bestBaseline(report)!.logLoss + MOST);
  });

  it('a model that is sure and wrong is hardly worse than the best simple model that learns', () => {
    const checkpoint = randomCheckpoint(known, { seed: 1 });
    const models = fitSimpleModels(spec.action.actions.length, checkpoint.trainedOn.actions);
    const { rows } = scorePredictors(spec, episodes, [
      ...models.map((model, i) => simplePredictor(SIMPLE_MODELS[i], model, { learns: true })),
      modelPredictor(checkpoint),
    ]);
    const losses = rows.map(({ logLoss }) => logLoss);
    const model = losses.pop()!;
    expect(model).toBeLessThanOrEqual(Math.min(...losses) + MOST_OF_ANY);
  });
});
