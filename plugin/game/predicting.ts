import { loadPart } from '../../src/util/load-part.ts';

/** What predicts with weights. */
export type Predicting = Awaited<ReturnType<typeof load>>;

const load = async () => {
  const [{ Predictor }, { prepareSlowly }, streaming] = await Promise.all([
    import('../../src/predict/predictor.ts'),
    import('../../src/predict/prepare-predictor.ts'),
    import('../../src/predict/create-streaming.ts'),
  ]);
  return { Predictor, prepareSlowly, ...streaming };
};

let loaded: Predicting | null = null;

/** What predicts; null until `loadPredicting` is done. */
export const predicting = (): Predicting | null => loaded;

/**
 * Loads what predicts: about half of the plugin, and no game needs it before a model has weights. What reads a
 * model's file or trains one waits for it, so that the weights are used at once.
 */
export async function loadPredicting(): Promise<Predicting> {
  loaded ??= await loadPart('What predicts', load);
  return loaded;
}
