import type { Checkpoint } from '../model/checkpoint.ts';
import { ForesightError } from '../util/error.ts';
import type { SentCheckpoint } from './protocol.ts';

/** Experts that were sent with earlier requests, by number; the counterpart of `ExpertsSender` in the worker. */
export class KnownExperts {
  readonly #tables = new Map<number, NonNullable<Checkpoint['experts']>>();

  /**
   * Returns the checkpoints of a request with their experts, the same objects each time, and forgets the
   * experts that are not in `held`. Throws `worker-failed` for a number that was never sent.
   */
  receive(sent: readonly SentCheckpoint[], held: readonly number[] = []): Checkpoint[] {
    const checkpoints = sent.map((one) => this.#unpack(one));
    for (const id of this.#tables.keys()) if (!held.includes(id)) this.#tables.delete(id);
    return checkpoints;
  }

  #unpack({ expertsId, ...checkpoint }: SentCheckpoint): Checkpoint {
    if (expertsId === undefined) return checkpoint;
    const experts = this.#tables.get(expertsId) ?? checkpoint.experts;
    if (!experts)
      throw new ForesightError(
        'worker-failed',
        `The training worker does not hold the experts number ${expertsId}. Start the training again.`,
      );
    this.#tables.set(expertsId, experts);
    return { ...checkpoint, experts };
  }
}
