import type { Checkpoint, Episode } from '../../../src/core.ts';
import { LEARNING_DATA_DEFAULTS, burstTraining, learningData } from '../../../src/lab.ts';
import { localBackends } from '../../../src/train/local-engine.ts';
import { train } from '../../../src/train/trainer.ts';

/** One training burst on a session's rounds, with the plugin's settings during play. */
export async function learnRound(
  checkpoint: Checkpoint,
  episodes: readonly Episode[],
): Promise<Checkpoint> {
  const { session } = episodes[0];
  const data = learningData(episodes, {
    ...LEARNING_DATA_DEFAULTS,
    // Every burst is accepted, so that no steps are held out to judge it.
    heldOutSteps: 0,
    session,
    seed: episodes.length,
  });
  const run = train({
    spec: checkpoint.spec,
    episodes: data.episodes,
    start: checkpoint,
    training: burstTraining(
      data.episodes,
      { seed: episodes.length },
      { experts: checkpoint.experts !== undefined },
    ),
    createBackend: localBackends(),
  });
  for (;;) {
    const progress = await run.next();
    if (progress.done) return progress.value.checkpoint;
  }
}
