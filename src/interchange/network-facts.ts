import type { Checkpoint } from '../model/checkpoint.ts';
import { encodedColumns } from './encoding.ts';
import type { EncodedColumn } from './encoding.ts';
import { valueStatistics } from './value-units.ts';
import { leftOut, withoutExperts } from './without-experts.ts';

/** A continuous target: how the network's value is meant. */
export interface ValueFact {
  readonly name: string;
  /** `level`: the field's next value, in its unit; `change`: what must be added to its known value. */
  readonly target: 'level' | 'change';
  /** For a change: the known value is clipped to this range before, and is `missing` while there is none. */
  readonly low: number;
  readonly high: number;
  readonly missing: number;
}

/** What another program must know to use a network: plain JSON, part of each exported file. */
export interface NetworkFacts {
  readonly format: 'phaser-foresight-network';
  readonly version: 1;
  readonly spec: Checkpoint['spec'];
  /** Names of the values of a step, in order: the fields, and each number of a vector. */
  readonly columns: readonly string[];
  /** Names of the action outputs, in order. */
  readonly actions: readonly string[];
  /** Upper edges in ticks of the time outputs; the last output has none. Empty without such outputs. */
  readonly timeEdges: readonly number[];
  /** One for each value output. */
  readonly values: readonly ValueFact[];
  /** How each input feature is computed. */
  readonly encoding: readonly EncodedColumn[];
  readonly statistics: Checkpoint['statistics'];
  /** What the predictions of this package have and those of the file lack; empty when they are the same. */
  readonly leftOut: string;
}

/** The facts about a checkpoint's network without its experts. */
export function networkFacts(checkpoint: Checkpoint): NetworkFacts {
  const { spec, statistics, shape } = withoutExperts(checkpoint);
  return {
    format: 'phaser-foresight-network',
    version: 1,
    spec,
    columns: statistics.fields.map(({ name }) => name),
    actions: spec.action.actions,
    timeEdges: shape.timeBins ? statistics.timeEdges : [],
    values: valueStatistics(checkpoint).map(({ name, low, high, fill, changeScale }) => ({
      name,
      target: changeScale === undefined ? 'level' : 'change',
      low,
      high,
      missing: fill,
    })),
    encoding: encodedColumns(spec, statistics),
    statistics,
    leftOut: leftOut(checkpoint),
  };
}
