/** All that is needed to predict with weights, for those who load it when there are some. */
export { loadPlainEngine, needsPlainEngine } from './create-streaming.ts';
export { Predictor } from './predictor.ts';
