import { cycler, hotHead, jumper, strikeAfterBlock, zoner } from './habitual.ts';
import { equilibrium, random, reactive, switching } from './others.ts';
import type { Style } from './style.ts';

export type { Style } from './style.ts';

/** A scripted player by name. `habitual` ones can be read, the others are there to keep us honest. */
export interface StyleEntry {
  readonly name: string;
  readonly habitual: boolean;
  readonly create: (seed: number) => Style;
}

export const STYLES: readonly StyleEntry[] = [
  { name: 'strike-after-block', habitual: true, create: strikeAfterBlock },
  { name: 'cycler', habitual: true, create: cycler },
  { name: 'hot-head', habitual: true, create: hotHead },
  { name: 'zoner', habitual: true, create: zoner },
  { name: 'jumper', habitual: true, create: jumper },
  { name: 'switching', habitual: true, create: switching },
  { name: 'reactive', habitual: false, create: reactive },
  { name: 'random', habitual: false, create: random },
  { name: 'equilibrium', habitual: false, create: equilibrium },
];
