import type { ContextPart } from '../../src/experts/context-part.ts';
import { columnsOf } from '../../src/record/columns.ts';
import type { Episode } from '../../src/record/episode.ts';
import type { CharacterSpec } from '../../src/record/spec.ts';

/** In `context` the player chose `action`, `count` of `total` times. */
export interface FoundHabit {
  readonly context: ContextPart;
  readonly action: string;
  readonly count: number;
  readonly total: number;
}

/** Fewest occurrences of a context, and the least share of its commonest action. */
const [LEAST, SHARE] = [6, 0.4];

interface Counts {
  readonly context: ContextPart;
  readonly actions: Map<number, number>;
  total: number;
}

/**
 * The strongest habits in recorded play, at most one for each context: choices that are more frequent after an
 * action, or while a category or a yes/no field has a value, than elsewhere. Strength is their information,
 * count x log(share / usual share).
 */
export function findHabits(
  spec: CharacterSpec,
  episodes: readonly Episode[],
  most: number,
): FoundHabit[] {
  const { actions, choices = actions } = spec.action;
  const isChoice = actions.map((name) => choices.includes(name));
  const fields = columnsOf(spec).flatMap((field, column) =>
    field.kind === 'category' || field.kind === 'boolean' ? [{ field, column }] : [],
  );
  const found = new Map<string, Counts>();
  const usual = new Map<number, number>();
  const count = (key: string, context: () => ContextPart, action: number): void => {
    let counts = found.get(key);
    if (!counts) found.set(key, (counts = { context: context(), actions: new Map(), total: 0 }));
    counts.total++;
    counts.actions.set(action, (counts.actions.get(action) ?? 0) + 1);
  };
  for (const episode of episodes)
    for (let i = 1; i < episode.length; i++) {
      const action = episode.actions[i];
      if (!isChoice[action]) continue;
      usual.set(action, (usual.get(action) ?? 0) + 1);
      const before = episode.actions[i - 1];
      const after = (): ContextPart => ({ kind: 'action', back: 0, action: actions[before] });
      count(`${before}`, after, action);
      for (const { field, column } of fields) {
        const value = episode.columns[column][i];
        if (Number.isNaN(value)) continue;
        const name = field.kind === 'category' ? field.categories[value] : value === 1;
        count(
          `${field.name} ${value}`,
          () => ({ kind: 'place', field: field.name, back: 0, value: name }),
          action,
        );
      }
    }
  const sum = [...usual.values()].reduce((a, b) => a + b, 0);
  return [...found.values()]
    .flatMap(({ context, actions: counts, total }) => {
      const [best] = [...counts]
        .map(([action, times]) => ({
          habit: { context, action: actions[action], count: times, total },
          strength: times * Math.log((times / total) * (sum / usual.get(action)!)),
        }))
        .sort((a, b) => b.strength - a.strength);
      const isHabit = total >= LEAST && best.habit.count >= SHARE * total && best.strength > 0;
      return isHabit ? [best] : [];
    })
    .sort((a, b) => b.strength - a.strength)
    .slice(0, most)
    .map(({ habit }) => habit);
}
