import { createRng, Predictor, Recorder } from '../../../src/core.ts';
import type { Checkpoint, Difficulty, Episode } from '../../../src/core.ts';
import { LocalLearner } from '../../../src/train/local-learner.ts';
import { ActionWatcher } from '../action-watcher.ts';
import { DUEL_LEARNING, DUEL_SPEC } from '../duel-spec.ts';
import { DuelNpc } from '../npc/duel-npc.ts';
import { createDuel, observe, stepDuel } from '../rules/index.ts';
import type { Style } from '../rules/styles/index.ts';

export interface SessionOptions {
  /** Name of the session, shared by its episodes. */
  readonly session: string;
  readonly seed: number;
  /** The player, on the left. */
  readonly style: Style;
  /** Full rounds to play. */
  readonly rounds: number;
  /** Ends the session sooner, after the round in which the player has begun so many actions. Default: never. */
  readonly actions?: number;
  /** The NPC's model; null = it plays without predictions. */
  readonly checkpoint: Checkpoint | null;
  /** Of the NPC; `hard` when absent. */
  readonly difficulty?: Difficulty;
  /** Whether the model learns from this session, as in the game. */
  readonly learns?: boolean;
}

export interface SessionResult {
  /** One entry per round: 1 the NPC won, 0 it lost, 0.5 a draw. */
  readonly wins: readonly number[];
  /** One recording of the player per round. */
  readonly episodes: readonly Episode[];
}

/** Ticks of a round: a little shorter than in the game. */
const ROUND_TICKS = 40 * 60;
const PLAYER = 'player';

/** Plays several rounds between a scripted player and the NPC, as the demo would. */
export async function playSession(options: SessionOptions): Promise<SessionResult> {
  const { style, rounds, actions = Infinity, checkpoint } = options;
  const recorder = new Recorder({ spec: DUEL_SPEC, session: options.session });
  const npc = new DuelNpc({
    side: 1,
    rng: createRng(options.seed),
    difficulty: options.difficulty,
  });
  const predictor = checkpoint && (await Predictor.create(checkpoint));
  const learner =
    checkpoint && options.learns
      ? new LocalLearner(checkpoint, { episodes: [] }, DUEL_LEARNING)
      : null;
  const state = createDuel({
    roundsToWin: Infinity,
    roundTicks: ROUND_TICKS,
    introTicks: 1,
    outroTicks: 1,
  });
  const watcher = new ActionWatcher();
  const wins: number[] = [];
  const episodes: Episode[] = [];
  const begin = (): void => recorder.begin(PLAYER, { id: `${options.session}:${episodes.length}` });
  let recorded = 0;
  let playing = true;
  begin();
  while (playing) {
    const prediction = predictor?.prediction(PLAYER) ?? null;
    const events = stepDuel(state, [style(state, 0), npc.intent(state, prediction)]);
    const action = state.phase === 'fight' ? watcher.watch(state.fighters[0]) : null;
    if (action) {
      const step = recorder.act(PLAYER, {
        tick: state.tick,
        action,
        observation: observe(state, 0),
      });
      recorded++;
      npc.watch(action, prediction);
      predictor?.observe(PLAYER, step);
      const weights = learner?.observe(PLAYER, step, predictor!.experts(PLAYER));
      if (weights) predictor!.swap({ ...predictor!.checkpoint, weights });
    }
    for (const event of events) {
      if (event.kind !== 'round-end') continue;
      wins.push(event.winner === null ? 0.5 : event.winner);
      episodes.push(await recorder.end(PLAYER, 'terminated', state.tick));
      watcher.reset();
      npc.endRound(event.winner);
      predictor?.reset(PLAYER);
      learner?.reset(PLAYER);
      playing = wins.length < rounds && recorded < actions;
      if (playing) begin();
    }
  }
  return { wins, episodes };
}
