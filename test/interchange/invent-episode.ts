import type { Checkpoint } from '../../src/model/checkpoint.ts';
import type { Episode } from '../../src/record/episode.ts';
import { createRng } from '../../src/util/rng.ts';
import { makeEpisode } from '../dataset/make-episodes.ts';

/** An episode of a model's spec with values that it knows, after a first step some of them missing. */
export function inventEpisode({ spec, statistics }: Checkpoint, length: number, seed = 1): Episode {
  const rng = createRng(seed);
  let tick = 0;
  return makeEpisode(
    Array.from({ length }, (_, i) => [
      (tick += 1 + rng.int(20)),
      rng.int(spec.action.actions.length),
      ...statistics.fields.map((field) => {
        if (i && rng.next() < 0.1) return NaN;
        switch (field.kind) {
          case 'number':
            return field.mean + 2 * field.scale * rng.normal();
          case 'boolean':
            return rng.int(2);
          case 'category':
            return rng.int(field.size);
          case 'id':
            return field.vocabulary[rng.int(field.vocabulary.length)] ?? 0;
          default:
            return field satisfies never;
        }
      }),
    ]),
  );
}
