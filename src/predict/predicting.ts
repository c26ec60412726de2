/** All that predicts with weights, to be loaded when there are some. */
export { loadPlainEngine, needsPlainEngine } from './create-streaming.ts';
export { Predictor } from './predictor.ts';
