import { fitLinearPath } from '../dataset/fit-linear-path.ts';
import { fitSpreads } from '../dataset/fit-spreads.ts';
import { resolution } from '../dataset/resolution.ts';
import { lagsFor } from '../dataset/linear-path.ts';
import type { EncoderStatistics } from '../dataset/statistics.ts';
import type { ValueTable } from '../dataset/value-table.ts';
import { valueFields } from '../dataset/value-fields.ts';
import { valueStarts } from '../dataset/value-starts.ts';
import { changeScale } from '../dataset/value-target.ts';
import type { ModelConfig } from '../model/config.ts';
import type { Episode } from '../record/episode.ts';

export interface FittedValues {
  readonly values: ValueTable;
  /** Those given; residuals have their own scales. */
  readonly statistics: EncoderStatistics;
}

/** Fits what a checkpoint knows of its continuous targets besides its network, on `episodes`. Undefined without targets. */
export function fitValues(
  { continuous, valueTarget }: Pick<ModelConfig, 'continuous' | 'valueTarget'>,
  statistics: EncoderStatistics,
  episodes: readonly Episode[],
): FittedValues | undefined {
  const targets = valueFields(statistics, continuous);
  if (!targets.length) return undefined;
  const lags = lagsFor(targets.length);
  const linear = lags ? fitLinearPath(targets, episodes, lags) : undefined;
  const resolutions = Float32Array.from(targets, ({ column }) => resolution(episodes, column));
  const spreads = fitSpreads({ targets, resolutions, linear }, episodes);
  const values = { ...(linear && { linear }), resolutions, spreads };
  if (valueTarget !== 'residual') return { values, statistics };
  const starts = new Map(
    episodes.map((episode) => [episode, valueStarts(targets, episode, linear)] as const),
  );
  const fields = statistics.fields.map((field, column) => {
    const c = targets.findIndex((target) => target.column === column);
    if (c < 0 || field.kind !== 'number') return field;
    const startsOf = (episode: Episode) => (step: number) =>
      starts.get(episode)![step * targets.length + c];
    return { ...field, changeScale: changeScale(field, episodes, column, startsOf) };
  });
  return { values, statistics: { ...statistics, fields } };
}
