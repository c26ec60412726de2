import type * as Part from '../../src/predict/predicting.ts';
import { loadPart } from './load-part.ts';

/** What predicts with weights. */
export type Predicting = typeof Part;

let loaded: Predicting | null = null;

/** What predicts; null until `loadPredicting` is done. */
export const predicting = (): Predicting | null => loaded;

/**
 * Loads what predicts: about half of the plugin, and no game needs it before a model has weights. What reads a
 * model's file or trains one waits for it, so that the weights are used at once.
 */
export async function loadPredicting(): Promise<Predicting> {
  loaded ??= await loadPart('What predicts', () => import('../../src/predict/predicting.ts'));
  return loaded;
}
