import { expect, it } from 'vitest';
import { evaluateCheckpoint } from '../../src/evaluate/evaluate.ts';
import { modelRows } from '../../src/evaluate/model-rows.ts';
import { playBack, recordRow } from '../../src/evaluate/recorded-row.ts';
import { replayOf } from '../../src/train/replay.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';
import { habitualEpisodes } from '../predict/habitual.ts';

const { spec, episodes } = habitualEpisodes({ sessions: 3, length: 40, seed: 2 });

it.each([0, 2])('recorded rows score exactly as the predictors do, %i contexts', (contexts) => {
  const set = { spec, episodes };
  const checkpoint = randomCheckpoint(set, { seed: 1, model: { contexts, timeBins: 4 } });
  const replay = replayOf(checkpoint, episodes.slice(0, 2));
  const scored = episodes.slice(2);
  const rows = modelRows(checkpoint, replay).map((row) =>
    playBack(recordRow(row, scored, { actions: spec.action.actions.length })),
  );
  expect(rows.map(({ name }) => name)).toEqual([
    ...(contexts ? ['ngram-mix'] : []),
    'model',
    'model-adaptive',
  ]);
  expect(evaluateCheckpoint(checkpoint, scored, { rows })).toEqual(
    evaluateCheckpoint(checkpoint, scored, { replay }),
  );
});
