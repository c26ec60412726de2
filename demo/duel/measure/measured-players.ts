import { STYLES } from '../rules/styles/index.ts';
import type { Style } from '../rules/styles/index.ts';
import { PRETRAINING_SEEDS } from '../tournament/invented-players.ts';

/** A scripted player whom the pretrained model has not met. */
export interface MeasuredPlayer {
  readonly name: string;
  readonly seed: number;
  readonly style: Style;
}

/** First seed of the players measured. */
const FIRST_SEED = 7_000_000;

/**
 * The tournament's scripted players by turns, each with a seed of its own. The pretrained model has learned from
 * invented players alone, whose seeds are PRETRAINING_SEEDS.
 */
export function measuredPlayers(players: number, seed: number): MeasuredPlayer[] {
  return Array.from({ length: players }, (_, i) => {
    const own = FIRST_SEED + seed * 1000 + i;
    const { name, create } = STYLES[i % STYLES.length];
    if (own < PRETRAINING_SEEDS.from + PRETRAINING_SEEDS.count)
      throw new RangeError(`seed ${own} is one of pretraining`);
    return { name: `${name}:${own}`, seed: own, style: create(own) };
  });
}
