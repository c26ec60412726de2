import type { Checkpoint } from '../../model/checkpoint.ts';
import { networkFacts } from '../network-facts.ts';
import { inUnits } from '../value-units.ts';
import { withoutExperts } from '../without-experts.ts';
import { stepModel } from './step-model.ts';

/**
 * A checkpoint's network as an ONNX model (IR 7, opset 14) that computes one step of any number N of characters:
 *
 * - in: `features` [N, F]; `h` and, for an LSTM, `c` [layers, N, H], zeros when an episode begins
 * - out: `action_logits` and `action_probabilities` [N, A]; `time_probabilities` [N, bins] and `values` [N, C],
 *   in the fields' units, where the model has them; `next_h` and `next_c`
 *
 * Its metadata are the `NetworkFacts`, each as a text or as JSON under its name, with all that is needed to encode
 * features. N-gram experts are left out (`leftOut`, see `withoutExperts`).
 */
export function writeOnnx(checkpoint: Checkpoint): Uint8Array<ArrayBuffer> {
  const alone = withoutExperts(checkpoint);
  const facts = networkFacts(checkpoint);
  return stepModel(
    { shape: alone.shape, weights: inUnits(alone) },
    {
      description: `One step of the model "${checkpoint.spec.name}". ${facts.leftOut}`.trim(),
      metadata: new Map(
        Object.entries(facts).map(([name, fact]) => [
          name,
          typeof fact === 'string' ? fact : JSON.stringify(fact),
        ]),
      ),
    },
  );
}
