import { BASE } from '../../common/lay-out.ts';

/** Size of the world, px, and how far down its floor is. */
export const WORLD = { ...BASE, floor: 372 } as const;
