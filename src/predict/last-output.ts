import type { NetworkOutput } from '../network/streaming.ts';

/** A copy of a network's newest output, whose own arrays are overwritten at the next step of any character. */
export class LastOutput {
  /** [A] with the experts' votes. */
  logits = new Float32Array(0);
  /** [K] weight of each expert's vote. */
  gate = new Float32Array(0);

  /** Copies an output; allocates at the first call only. */
  note({ actionLogits, gate }: NetworkOutput): void {
    if (this.logits.length !== actionLogits.length)
      this.logits = new Float32Array(actionLogits.length);
    if (this.gate.length !== gate.length) this.gate = new Float32Array(gate.length);
    this.logits.set(actionLogits);
    this.gate.set(gate);
  }
}
