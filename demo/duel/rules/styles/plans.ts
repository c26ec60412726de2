import type { DuelChoice } from '../actions.ts';
import type { Plan } from './style.ts';

/** Ticks of choices that would otherwise last forever. */
const HELD: Readonly<Partial<Record<DuelChoice, number>>> = {
  block: 22,
  advance: 14,
  retreat: 14,
  idle: 12,
};

/** A choice as a plan of a human duration. */
export const planOf = (action: DuelChoice): Plan => ({ action, ticks: HELD[action] });
