import type { Episode } from '../record/episode.ts';
import type { LinearPath } from './linear-path.ts';
import type { ValueField } from './value-fields.ts';
import { evenSpread, ValueSpread } from './value-spread.ts';
import { SPREAD_SIZE } from './value-table.ts';
import { valueStarts } from './value-starts.ts';

export interface SpreadOptions {
  readonly targets: readonly ValueField[];
  /** [targets] smallest difference between two values. */
  readonly resolutions: ArrayLike<number>;
  /** Predicts the values; without it the last ones do. */
  readonly linear: LinearPath | undefined;
}

/** [targets, SPREAD_SIZE] how values were distributed around what a linear path expects; see `ValueSpread`. */
export function fitSpreads(
  { targets, resolutions, linear }: SpreadOptions,
  episodes: readonly Episode[],
): Float32Array {
  const spreads = targets.map(
    ({ scale, field: { changeScale = scale } }, c) =>
      new ValueSpread({ resolution: resolutions[c], start: evenSpread(changeScale), rate: 0 }),
  );
  for (const episode of episodes) {
    const last = valueStarts(targets, episode);
    const means = linear ? valueStarts(targets, episode, linear) : last;
    for (let i = 1; i < episode.length; i++)
      for (let c = 0; c < targets.length; c++) {
        const at = (i - 1) * targets.length + c;
        const value = episode.columns[targets[c].column][i];
        if (Number.isFinite(value) && Number.isFinite(last[at]))
          spreads[c].learn(value, { mean: means[at], last: last[at] });
      }
  }
  const all = new Float32Array(targets.length * SPREAD_SIZE);
  spreads.forEach(({ learned }, c) => all.set(learned, c * SPREAD_SIZE));
  return all;
}
