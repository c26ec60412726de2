import { human } from '../rules/styles/human.ts';
import { STYLES } from '../rules/styles/index.ts';
import type { MeasuredPlayer } from '../measure/measured-players.ts';

const FIRST_SEED = 8_000_000;

/** Scripted players, none of them used in pretraining: by turns the tournament's, and less mechanical ones. */
export function shadowPlayers(players: number, seed: number): MeasuredPlayer[] {
  return Array.from({ length: players }, (_, i) => {
    const own = FIRST_SEED + seed * 1000 + i;
    const { name, create } =
      i % 2 ? { name: 'human', create: human } : STYLES[(i / 2) % STYLES.length];
    return { name: `${name}:${own}`, seed: own, style: create(own) };
  });
}
