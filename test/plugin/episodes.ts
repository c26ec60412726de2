import { defineSpec, number } from '../../src/core.ts';
import type { CharacterSpec, Episode } from '../../src/core.ts';

/** Three actions and one number, enough for habits. */
export const SPEC: CharacterSpec = defineSpec({
  name: 'duelist',
  observation: [number('distance', { min: 0, max: 10 })],
  action: ['strike', 'throw', 'block'],
});

export interface EpisodeOptions {
  readonly id?: string;
  readonly session?: string;
  readonly learn?: boolean;
}

/** An episode of the given actions, one every 20 ticks. */
export function episodeOf(actions: readonly number[], options: EpisodeOptions = {}): Episode {
  const { id = 'e1', session = 's1', learn = true } = options;
  return {
    id,
    session,
    learn,
    character: 'player',
    end: 'terminated',
    endTick: actions.length * 20,
    meta: {},
    length: actions.length,
    ticks: Int32Array.from(actions, (_, i) => i * 20),
    actions: Uint16Array.from(actions),
    columns: [Float32Array.from(actions, (_, i) => i % 7)],
  };
}

/** `length` actions of a habit: strike, strike, block, over and over. */
export const habit = (length: number): number[] =>
  Array.from({ length }, (_, i) => [0, 0, 2][i % 3]);
