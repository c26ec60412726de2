import type { Episode } from '../record/episode.ts';

/** An episode's first steps. */
export const firstSteps = (episode: Episode, steps: number): Episode => ({
  ...episode,
  length: steps,
  ticks: episode.ticks.slice(0, steps),
  actions: episode.actions.slice(0, steps),
  columns: episode.columns.map((column) => column.slice(0, steps)),
});
