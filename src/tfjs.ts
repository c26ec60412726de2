/**
 * `phaser-foresight/tfjs`: the fused LSTM alone, for any TensorFlow.js model.
 *
 * @module
 */
export { FusedLstm, fusedLstm, registerFusedLstm } from './tfjs/fused-lstm.ts';
export type { FusedLstmConfig } from './tfjs/fused-lstm.ts';
export { lstm } from './tfjs/lstm-op.ts';
export type { LstmWeights } from './tfjs/lstm-op.ts';
