import { expect, it } from 'vitest';
import { createPredictor } from '../../src/predict/create-predictor.ts';
import { stepAt } from '../../src/record/episode.ts';
import { chooseLocalEngine } from '../../src/train/local-engine.ts';
import { LocalLearner } from '../../src/train/local-learner.ts';
import { replayOf } from '../../src/train/replay.ts';
import { LiveLearning } from '../../src/worker/live-learning.ts';
import type { PlayEvent } from '../../src/worker/protocol.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';
import { habitualEpisodes } from '../predict/habitual.ts';
import { ENGINE } from './reports.ts';

const set = habitualEpisodes({ sessions: 3, length: 30, seed: 5 });
const checkpoint = randomCheckpoint(set, { seed: 3, model: { contexts: 2 } });
const [first, second, ...older] = set.episodes;
const begin = async (engine: 'wasm' | 'cpu' = 'wasm'): Promise<LiveLearning> => {
  const { createBackend } = await chooseLocalEngine(engine, checkpoint.shape);
  return LiveLearning.begin(
    { checkpoint, replay: older },
    { createBackend, report: () => ENGINE, restMs: 0 },
  );
};

/** Two episodes of a player, as the page sends them. */
function events(): PlayEvent[] {
  const predictor = createPredictor(checkpoint);
  return [first, second].flatMap((episode): PlayEvent[] => {
    const steps = Array.from({ length: episode.length }, (_, i): PlayEvent => {
      const step = stepAt(episode, i);
      predictor.observe('player', step);
      const { matches, logs, timeLogs } = predictor.experts('player')!;
      const votes = {
        matches: matches.slice(),
        logs: logs.slice(),
        timeLogs: timeLogs.slice(),
      };
      return { kind: 'step', character: 'player', step, votes };
    });
    predictor.reset('player');
    return [...steps, { kind: 'end', character: 'player' }];
  });
}

it('learns in the worker what an evaluation learns, bit for bit', async () => {
  const learner = new LocalLearner(checkpoint, replayOf(checkpoint, older));
  const expected: Float32Array[] = [];
  const learning = await begin();
  const learned: Float32Array[] = [];
  for (const event of events()) {
    if (event.kind === 'end') learner.reset(event.character);
    else {
      const weights = learner.observe(event.character, event.step, event.votes);
      if (weights) expected.push(weights);
    }
    const answer = await learning.observe([event]);
    if (answer) learned.push(answer.weights);
  }
  expect(learned).toHaveLength(14);
  expect(learned).toEqual(expected);
});

it('makes one update for a character of which many steps came in at once', async () => {
  const learning = await begin();
  const steps = events().slice(0, 30);
  const learned = await learning.observe(steps);
  expect(learned).toMatchObject({ updates: 1, rollbacks: 0, engine: ENGINE });
  expect(await learning.observe([])).toBeNull();
});

it('learns from an episode that ends before it was learned from', async () => {
  const learning = await begin('cpu');
  const [one, ...rest] = events().slice(24, 31);
  expect(await learning.observe([one, ...rest])).toMatchObject({ updates: 1 });
});

it('frees its network after the work in progress', async () => {
  const learning = await begin();
  const answer = learning.observe(events().slice(0, 8));
  const freed = learning.dispose();
  expect(await answer).toMatchObject({ updates: 1 });
  await freed;
  await expect(learning.observe(events().slice(8, 12))).rejects.toMatchObject({
    code: 'not-ready',
  });
});
