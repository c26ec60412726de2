import type { DuelChoice } from '../actions.ts';
import type { Plan } from './style.ts';

/** Ticks for which a choice is held that would go on for ever. */
const HELD: Readonly<Partial<Record<DuelChoice, number>>> = {
  block: 22,
  advance: 14,
  retreat: 14,
  idle: 12,
};

/** A choice as a plan, held as long as people hold it. */
export const planOf = (action: DuelChoice): Plan => ({ action, ticks: HELD[action] });
