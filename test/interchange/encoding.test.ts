import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fitStatistics } from '../../src/dataset/fit-statistics.ts';
import type { EncoderStatistics } from '../../src/dataset/statistics.ts';
import { encodedColumns } from '../../src/interchange/encoding.ts';
import type { EncodedColumn } from '../../src/interchange/encoding.ts';
import { parseCheckpoint } from '../../src/model/checkpoint-file.ts';
import type { Episode } from '../../src/record/episode.ts';
import { stepAt } from '../../src/record/episode.ts';
import { defineSpec, number, vector } from '../../src/record/spec.ts';
import type { CharacterSpec } from '../../src/record/spec.ts';
import { createRng } from '../../src/util/rng.ts';
import { makeEpisode, SPEC } from '../dataset/make-episodes.ts';
import { randomEpisode } from '../model/make-checkpoint.ts';
import { inventEpisode } from './invent-episode.ts';
import { featureRows } from './predict-episode.ts';
import { PlainEncoder } from './plain-encoder.ts';

/** Compares an encoder that knows only the columns, as read from JSON, with the package's own. */
function expectSame(spec: CharacterSpec, statistics: EncoderStatistics, episode: Episode): void {
  const json = JSON.stringify(encodedColumns(spec, statistics));
  const plain = new PlainEncoder(JSON.parse(json) as EncodedColumn[]);
  featureRows({ spec, statistics }, episode).forEach((own, i) => {
    const row = plain.encode(stepAt(episode, i));
    expect(row.length).toBe(own.length);
    row.forEach((value, column) => expect(value).toBeCloseTo(own[column], 5));
  });
}

describe('encodedColumns', () => {
  it('describes every kind of field, missing values and all', () => {
    const episodes = [1, 2, 3].map((seed) => randomEpisode(80, seed));
    const statistics = fitStatistics(SPEC, episodes, { pieces: 6 });
    expectSame(SPEC, statistics, randomEpisode(200, 9));
  });

  it('describes products with the way a character faces', () => {
    const spec = defineSpec({
      name: 'two',
      observation: [number('gap'), number('facing')],
      action: ['a', 'b'],
    });
    const rng = createRng(1);
    const episode = makeEpisode(
      Array.from({ length: 60 }, (_, i) => [
        9 * i,
        rng.int(2),
        i % 7 ? rng.normal() * 50 : NaN,
        i % 5 ? rng.int(2) * 2 - 1 : NaN,
      ]),
    );
    const fitted = fitStatistics(spec, [episode], { pieces: 4 });
    const [gap, facing] = fitted.fields;
    const turned = { by: 1, knots: [-60, -10, 0, 30] };
    const fields = [{ ...gap, ...(gap.kind === 'number' && { turned }) }, facing];
    expectSame(spec, { ...fitted, fields }, episode);
  });

  it('describes each number of a vector', () => {
    const spec = defineSpec({
      name: 'rays',
      observation: [vector('rays', 3), number('speed')],
      action: ['a', 'b'],
    });
    const rng = createRng(2);
    const episode = makeEpisode(
      Array.from({ length: 60 }, (_, i) => [
        9 * i,
        rng.int(2),
        ...Array.from({ length: 4 }, () => (rng.next() < 0.2 ? NaN : rng.normal())),
      ]),
    );
    expectSame(spec, fitStatistics(spec, [episode], { pieces: 2 }), episode);
  });

  it.each(['driver', 'robot', 'duelist'])('describes the %s checkpoint', (name) => {
    const checkpoint = parseCheckpoint(readFileSync(`assets/checkpoints/${name}.safetensors`));
    const { spec, statistics } = checkpoint;
    expectSame(spec, statistics, inventEpisode(checkpoint, 60));
  });
});
