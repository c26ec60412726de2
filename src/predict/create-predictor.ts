import type { Checkpoint } from '../model/checkpoint.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { createStreaming } from './create-streaming.ts';
import { Predictor } from './predictor.ts';
import type { PredictorOptions } from './predictor.ts';

/**
 * A predictor at once, for what may load an engine at its start: the command, the lab, and workers. Throws what
 * `Predictor.create` rejects with, and `no-wasm` as `createStreaming` does.
 */
export const createPredictor = <S extends CharacterSpec = CharacterSpec>(
  checkpoint: Checkpoint,
  options: PredictorOptions<S> = {},
): Predictor<S> => Predictor.from(checkpoint, { ...options, createStreaming });
