import type { RecentScores } from '../../src/train/learning-guard.ts';
import type { EngineReport } from '../../src/worker/protocol.ts';

/** What a worker reports where its engine does not matter. */
export const ENGINE: EngineReport = {
  engine: 'cpu',
  reason: 'The test chose it.',
  adapter: '',
  software: false,
  timings: [],
};

/** How weights did where that does not matter. */
export const SCORES: RecentScores = { logLoss: 1, accuracy: 0.5 };
