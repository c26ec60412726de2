import { LEARNING_DATA_DEFAULTS, burstTraining, learningData } from '../../../src/core.ts';
import type { Checkpoint, Episode } from '../../../src/core.ts';
import { localBackends } from '../../../src/train/local-engine.ts';
import { train } from '../../../src/train/trainer.ts';

/** One burst of learning from a session's rounds, with the settings that the plugin has in play. */
export async function learnRound(
  checkpoint: Checkpoint,
  episodes: readonly Episode[],
): Promise<Checkpoint> {
  const { session } = episodes[0];
  const data = learningData(episodes, {
    ...LEARNING_DATA_DEFAULTS,
    // Every burst is taken over here, so none of it is kept to judge it by.
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
    const news = await run.next();
    if (news.done) return news.value.checkpoint;
  }
}
