import { performance } from 'node:perf_hooks';
import { stepAt } from '../../../src/core.ts';
import type { Checkpoint, Episode } from '../../../src/core.ts';
import { NgramModel, Scorer, modelPredictor } from '../../../src/lab.ts';
import type { SequencePredictor } from '../../../src/lab.ts';
import { adaptivePredictor } from '../../../src/evaluate/adaptive-predictor.ts';
import { simplePredictor } from '../../../src/evaluate/simple-predictor.ts';
import { DUEL_LEARNING, DUEL_SPEC } from '../duel-spec.ts';
import { playSession } from '../tournament/session.ts';
import type { MeasuredPlayer } from './measured-players.ts';

/** Predictors compared on the same actions. The first is the one that plays. */
export const ROWS = ['learning on', 'frozen', 'live n-gram', 'commonest action'] as const;

/** Last action of each window; a window begins where the one before it ends. */
export const WINDOW_ENDS = [50, 150, 400] as const;

/** Scores of a row in each window. */
export interface WindowScores {
  /** Nats. */
  readonly logLoss: readonly number[];
  /** Share guessed right. */
  readonly top1: readonly number[];
}

export interface PlayerResult {
  readonly name: string;
  readonly rows: Readonly<Record<string, WindowScores>>;
  /** Milliseconds a scored action on this machine that learning takes, in addition to predicting. */
  readonly learningMs: number;
}

const ACTIONS = DUEL_SPEC.action.actions.length;

/** Predictors that begin to learn with this player. */
function predictors(checkpoint: Checkpoint): Record<(typeof ROWS)[number], SequencePredictor> {
  const live = (order: number) =>
    simplePredictor(`order ${order}`, new NgramModel({ order, actions: ACTIONS }), {
      learns: true,
    });
  return {
    'learning on': adaptivePredictor(checkpoint, { episodes: [] }, DUEL_LEARNING),
    frozen: modelPredictor(checkpoint),
    'live n-gram': live(2),
    'commonest action': live(0),
  };
}

/**
 * A player duels the NPC, whose model learns on, without a browser. Every predictor then sees the same actions:
 * each is scored before it is learned.
 */
export async function measurePlayer(
  checkpoint: Checkpoint,
  { name, seed, style }: MeasuredPlayer,
): Promise<PlayerResult> {
  const { episodes } = await playSession({
    session: name,
    seed,
    style,
    rounds: Infinity,
    // The first action of each round is not predicted.
    actions: 1.5 * WINDOW_ENDS[WINDOW_ENDS.length - 1],
    checkpoint,
    learns: true,
  });
  const rows: Record<string, WindowScores> = {};
  const ms: Record<string, number> = {};
  const all = predictors(checkpoint);
  for (const row of ROWS) {
    const began = performance.now();
    rows[row] = scoreWindows(all[row], episodes);
    ms[row] = performance.now() - began;
  }
  const scored = WINDOW_ENDS[WINDOW_ENDS.length - 1];
  return { name, rows, learningMs: (ms['learning on'] - ms.frozen) / scored };
}

/** Throws when there are too few actions. */
export function scoreWindows(
  predictor: SequencePredictor,
  episodes: readonly Episode[],
): WindowScores {
  const scorers = WINDOW_ENDS.map(() => new Scorer());
  const out = new Float64Array(ACTIONS);
  let scored = 0;
  for (const episode of episodes) {
    predictor.reset(episode);
    for (let i = 0; i < episode.length; i++) {
      if (i > 0) {
        const window = WINDOW_ENDS.findIndex((end) => scored < end);
        scorers[window].add(out, episode.actions[i]);
        if (++scored === WINDOW_ENDS[WINDOW_ENDS.length - 1]) {
          const scores = scorers.map((scorer) => scorer.scores());
          return {
            logLoss: scores.map(({ logLoss }) => logLoss),
            top1: scores.map(({ top1 }) => top1),
          };
        }
      }
      predictor.next(stepAt(episode, i), out);
    }
  }
  throw new RangeError(`only ${scored} actions to score`);
}
