import * as ort from 'onnxruntime-web/wasm';
import { stepModel } from '../../../../src/interchange/onnx/step-model.ts';
import type { Problem } from '../../problem.ts';
import type { Trial } from '../../trial.ts';
import { featureRows } from './stream.ts';

/** onnxruntime-web on wasm with one thread: state in, state out, one step to a call. */
export async function predictOnnxruntime(problem: Problem): Promise<Trial> {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = '/node_modules/onnxruntime-web/dist/';
  const session = await ort.InferenceSession.create(stepModel(problem));
  const { windowLength, features, units } = problem.size;
  const rows = featureRows(problem).map((row) => new ort.Tensor('float32', row, [1, features]));
  const zeros = () => new ort.Tensor('float32', new Float32Array(units), [1, 1, units]);
  let h: ort.Tensor = zeros();
  let c: ort.Tensor = zeros();
  let at = 0;
  const run = async (times: number): Promise<readonly number[]> => {
    let logits: ort.Tensor | undefined;
    for (let i = 0; i < times; i++) {
      const results = await session.run({ features: rows[at], h, c });
      ({ action_logits: logits, next_h: h, next_c: c } = results);
      at = (at + 1) % windowLength;
    }
    return logits ? [...(logits.data as Float32Array)] : [];
  };
  return {
    check: () => run(windowLength),
    run: async (times) => void (await run(times)),
    dispose: () => void session.release(),
  };
}
