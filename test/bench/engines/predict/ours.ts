import type { Streaming } from '../../../../src/network/streaming.ts';
import { StreamingNetwork } from '../../../../src/kernels/reference/streaming-network.ts';
import { StreamingNetwork as WasmStreamingNetwork } from '../../../../src/kernels/wasm/streaming-network.ts';
import type { Problem } from '../../problem.ts';
import type { Trial } from '../../trial.ts';
import { streamTrial } from './stream.ts';

/** Our network that takes one step at a time. */
export function makeOurs(engine: 'wasm' | 'cpu', { shape, weights }: Problem): Streaming {
  const Network = engine === 'wasm' ? WasmStreamingNetwork : StreamingNetwork;
  return new Network(shape, weights);
}

/** Our predict step, called as the predictor calls it. */
export function predictOurs(engine: 'wasm' | 'cpu', problem: Problem): Trial {
  const network = makeOurs(engine, problem);
  const state = network.createState();
  return streamTrial(problem, (features) => network.step(state, features).actionLogits);
}
