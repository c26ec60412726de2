import { facingColumn, facingFields } from '../dataset/facing-fields.ts';
import { fitTimeEdges } from '../dataset/time-bins.ts';
import { spansOf } from '../record/columns.ts';
import type { Episode } from '../record/episode.ts';
import type { CharacterSpec, ObservationField } from '../record/spec.ts';
import { sortedFinite } from '../util/sorted-finite.ts';
import { HISTORY } from './symbol-source.ts';
import type { SymbolSource } from './symbol-source.ts';

/** A quantity is offered in each of these numbers of bins: which is best depends on the other sources. */
const BINS = [3, 6, 12] as const;
const DURATION_BINS = [4, 8] as const;

/**
 * Every source that a spec offers, with bins that the episodes fill about equally. The newest action
 * comes first. Ids are left out, and so are fields that never change within an episode: they identify
 * players and places, and a context of them would memorize sessions. Vectors are left out because
 * trying each of their numbers would take long.
 */
export function listSources(spec: CharacterSpec, episodes: readonly Episode[]): SymbolSource[] {
  const sources: SymbolSource[] = [];
  for (let back = 0; back <= HISTORY; back++) sources.push({ kind: 'action', back });
  for (let back = 0; back < HISTORY; back++) sources.push({ kind: 'recency', back });
  const durations = sortedFinite(episodes.map(durationsOf));
  for (const bins of DURATION_BINS) {
    const edges = fitTimeEdges(durations, bins);
    if (edges.length)
      for (let back = 0; back < 3; back++) sources.push({ kind: 'duration', back, edges });
  }
  for (const { field, first } of spansOf(spec)) {
    const columns = episodes.map(({ columns: all, length }) => all[first].subarray(0, length));
    if (columns.some(changes)) sources.push(...fieldSources(field, first, columns));
  }
  for (const { field, by } of facingFields(spec, episodes)) {
    const columns = episodes.map((episode) => facingColumn(episode, { field, by }));
    sources.push(...numberSources(columns, { field, by }));
  }
  return sources;
}

function fieldSources(
  field: ObservationField,
  index: number,
  columns: readonly Float32Array[],
): SymbolSource[] {
  switch (field.kind) {
    case 'number':
      return numberSources(columns, { field: index });
    case 'boolean':
      return [0, 1].map((back) => ({ kind: 'place', field: index, back, size: 2 }));
    case 'category': {
      const size = field.categories.length;
      return [0, 1].map((back) => ({ kind: 'place', field: index, back, size }));
    }
    case 'id':
    case 'vector':
      return [];
    default:
      return field satisfies never;
  }
}

function numberSources(
  columns: readonly Float32Array[],
  read: { readonly field: number; readonly by?: number },
): SymbolSource[] {
  const values = sortedFinite(columns);
  const all = BINS.map((bins) => fitTimeEdges(values, bins));
  // With few different values, larger numbers of bins give the same bins.
  const kinds = all.filter((edges, i) => edges.length && edges.length !== all[i - 1]?.length);
  return kinds.map((edges) => ({ kind: 'number', ...read, edges }));
}

const durationsOf = ({ ticks, length }: Episode): Float32Array =>
  Float32Array.from(ticks.subarray(1, length), (tick, i) => tick - ticks[i]);

const changes = (column: Float32Array): boolean =>
  column.some((value) => Number.isFinite(value) && value !== column[0]);
