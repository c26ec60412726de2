import type { Checkpoint } from '../model/checkpoint.ts';
import type { SentCheckpoint } from './protocol.ts';

type Experts = NonNullable<Checkpoint['experts']>;

/** Tables that a worker holds: of the model before a swap, after it, and of another model. */
const HELD = 4;

/**
 * Sends the experts of checkpoints to one worker: each table once, afterwards only its number. A table may
 * be large, and counting it takes the worker longer than hundreds of updates.
 */
export class ExpertsSender {
  /** The experts that the worker holds; those of the newest request last. */
  #held: { readonly id: number; readonly experts: Experts }[] = [];
  #next = 1;

  /** The checkpoints of one request as they are sent, and the numbers of all tables that the worker should keep. */
  send(checkpoints: readonly Checkpoint[]): {
    readonly sent: readonly SentCheckpoint[];
    readonly held: readonly number[];
  } {
    const sent = checkpoints.map((checkpoint) => this.#pack(checkpoint));
    // One request may have more tables than are otherwise held.
    this.#held = this.#held.slice(-Math.max(HELD, checkpoints.length));
    return { sent, held: this.#held.map(({ id }) => id) };
  }

  /** Call this when a request failed: the worker may not have received it, so everything is sent again. */
  forget(): void {
    this.#held = [];
  }

  #pack(checkpoint: Checkpoint): SentCheckpoint {
    const { experts, ...rest } = checkpoint;
    if (!experts) return checkpoint;
    const known = this.#held.find((one) => one.experts === experts);
    const one = known ?? { id: this.#next++, experts };
    this.#held = [...this.#held.filter((other) => other !== one), one];
    return { ...(known ? rest : checkpoint), expertsId: one.id };
  }
}
