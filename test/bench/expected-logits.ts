import { StreamingNetwork } from '../../src/kernels/reference/streaming-network.ts';
import { featureRows } from './engines/predict/stream.ts';
import type { Problem } from './problem.ts';

/** Logits after the window's T steps, by the reference in double precision. */
export function expectedLogits(problem: Problem): number[] {
  const network = new StreamingNetwork(problem.shape, Float64Array.from(problem.weights));
  const state = network.createState();
  let logits: number[] = [];
  for (const row of featureRows(problem)) logits = [...network.step(state, row).actionLogits];
  return logits;
}
