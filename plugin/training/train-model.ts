import type { Episode } from '../../src/record/episode.ts';
import type { TrainRequest } from '../../src/worker/protocol.ts';
import type { RunLink, TrainerClient } from '../../src/worker/client.ts';
import type { TrainedResult } from '../game/events.ts';
import type { LiveModel } from '../game/live-model.ts';

/** When a model takes new weights over. */
export interface Acceptance {
  /** What old and new weights are compared on; when absent, the new ones are taken over in any case. */
  readonly compareOn?: (request: TrainRequest) => readonly Episode[];
  /** The log-loss of the new ones must be below the old one plus this, in nats. */
  readonly tolerance: number;
}

/**
 * Trains a model in a run whose turn it is. The model keeps its old weights when the run is cancelled, when it gets
 * others meanwhile or is restored, and when the new ones are worse.
 */
export async function trainModel(
  model: LiveModel,
  {
    request,
    client,
    link,
    compareOn,
    tolerance,
  }: Acceptance & {
    readonly request: TrainRequest;
    readonly client: TrainerClient;
    readonly link: RunLink;
  },
): Promise<TrainedResult> {
  const { key, generation } = model;
  const { checkpoint, cancelled, engine } = await client.trainNow(request, link);
  const isOver = (): boolean => cancelled || link.isCancelled() || model.generation !== generation;
  const old = compareOn ? model.checkpoint : null;
  let [after, before] = [NaN, NaN];
  if (compareOn && !isOver()) {
    const checkpoints = old ? [checkpoint, old] : [checkpoint];
    [after, before = NaN] = await client.compare(checkpoints, compareOn(request));
  }
  // It may have ended during the comparison too.
  const ended = isOver();
  const swapped = !ended && (!old || after < before + tolerance);
  if (swapped) {
    model.swap(checkpoint);
    await model.ready;
  }
  return { key, checkpoint, engine, before, after, swapped, cancelled: ended };
}
