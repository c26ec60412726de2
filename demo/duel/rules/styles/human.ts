import type { Intent } from '../state.ts';
import { NO_INTENT } from '../state.ts';
import { cycler } from './cycler.ts';
import { equilibrium } from './equilibrium.ts';
import { hotHead } from './hot-head.ts';
import { jumper } from './jumper.ts';
import { onceBitten } from './once-bitten.ts';
import { createRandom } from './random.ts';
import { reactive } from './reactive.ts';
import { strikeAfterBlock } from './strike-after-block.ts';
import type { Style } from './style.ts';
import { uniform } from './uniform.ts';
import { zoner } from './zoner.ts';

const HABITS = [
  hotHead,
  onceBitten,
  zoner,
  jumper,
  reactive,
  strikeAfterBlock,
  cycler,
  equilibrium,
] as const;

/**
 * A less mechanical player, another one for each seed: has two habits, one while health is good and one when it
 * is low, keeps to neither for long, now and then does anything, and moves the controls late, as hands do.
 */
export function human(seed: number): Style {
  const draw = createRandom(seed * 17 + 5);
  const first = Math.floor(draw() * HABITS.length);
  const second = (first + 1 + Math.floor(draw() * (HABITS.length - 1))) % HABITS.length;
  const styles = [HABITS[first](seed), HABITS[second](seed + 1), uniform(seed + 2)];
  const low = 30 + draw() * 40;
  const steadiness = 0.7 + draw() * 0.2;
  const lapses = 0.05 + draw() * 0.1;
  const delay = 3 + Math.floor(draw() * 6);
  const late: Intent[] = [];
  let follows = 0;
  let decidedOn = -1;
  return (state, side) => {
    const { health, actionId } = state.fighters[side];
    if (actionId >> 2 !== decidedOn) {
      // About every fourth action, it decides again whom to be.
      decidedOn = actionId >> 2;
      const mood = health < low ? 1 : 0;
      follows = draw() < lapses ? 2 : draw() < steadiness ? mood : 1 - mood;
    }
    // All run all the time, so that each knows the recent actions when it takes over.
    late.push(styles.map((style) => style(state, side))[follows]);
    return late.length > delay ? late.shift()! : NO_INTENT;
  };
}
