import { cycler } from './cycler.ts';
import { equilibrium } from './equilibrium.ts';
import { hotHead } from './hot-head.ts';
import { jumper } from './jumper.ts';
import { onceBitten } from './once-bitten.ts';
import { reactive } from './reactive.ts';
import { strikeAfterBlock } from './strike-after-block.ts';
import type { Style } from './style.ts';
import { switching } from './switching.ts';
import { uniform } from './uniform.ts';
import { zoner } from './zoner.ts';

export type { Style } from './style.ts';

/** A scripted player. `habitual` ones are predictable; the others are controls of the measurements. */
export interface StyleEntry {
  readonly name: string;
  readonly habitual: boolean;
  readonly create: (seed: number) => Style;
}

export const STYLES: readonly StyleEntry[] = [
  { name: 'strike-after-block', habitual: true, create: strikeAfterBlock },
  { name: 'cycler', habitual: true, create: cycler },
  { name: 'hot-head', habitual: true, create: hotHead },
  { name: 'once-bitten', habitual: true, create: onceBitten },
  { name: 'zoner', habitual: true, create: zoner },
  { name: 'jumper', habitual: true, create: jumper },
  { name: 'switching', habitual: true, create: switching },
  { name: 'reactive', habitual: false, create: reactive },
  { name: 'random', habitual: false, create: uniform },
  { name: 'equilibrium', habitual: false, create: equilibrium },
];
