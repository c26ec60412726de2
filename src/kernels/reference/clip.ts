import type { FloatArray } from '../../util/math.ts';

/** Scales a gradient down to the norm `limit` when it is longer (Pascanu et al. 2013); 0 = no limit. */
export function clipByNorm(gradient: FloatArray, limit: number): void {
  if (!limit) return;
  let squares = 0;
  for (let i = 0; i < gradient.length; i++) squares += gradient[i] * gradient[i];
  const norm = Math.sqrt(squares);
  if (!(norm > limit)) return;
  const factor = limit / norm;
  for (let i = 0; i < gradient.length; i++) gradient[i] *= factor;
}
