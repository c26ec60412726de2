import { BASE } from '../../common/screen.ts';

/** Size of the world, px, and how far down its floor is. */
export const WORLD = { ...BASE, floor: 372 } as const;
