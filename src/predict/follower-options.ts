import { sizesOf } from '../experts/expert-follower.ts';
import type { FollowerOptions } from '../experts/expert-follower.ts';
import { populationOf } from '../experts/expert-table.ts';
import type { ExpertTable } from '../experts/expert-table.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { votedEdges } from '../model/network-shape.ts';

/** How a checkpoint's experts follow a character, with the population's counts of `table`. */
export function followerOptions(
  { spec, shape, statistics }: Checkpoint,
  table: ExpertTable,
): FollowerOptions {
  const actions = spec.action.actions.length;
  const timeEdges = votedEdges(shape, statistics);
  return {
    plan: table.plan,
    population: populationOf(table, sizesOf({ actions, timeEdges })),
    fields: spec.observation.fields.length,
    actions,
    timeEdges,
  };
}
