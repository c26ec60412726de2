import { MixedController, PredictionDelay } from '../../../src/core.ts';
import type { Difficulty, Prediction, Rng } from '../../../src/core.ts';
import { DUEL_SPEC } from '../duel-spec.ts';
import { distanceOf, DUEL_CHOICES, timedPayoff } from '../rules/index.ts';
import type { DuelAction, DuelChoice, DuelPayoff, DuelState } from '../rules/index.ts';

export interface ReplyBookOptions {
  readonly rng: Rng;
  /** Read at every reply. */
  readonly difficulty: Difficulty;
}

/** Distances of the payoff tables, px. */
const DISTANCES = [58, 110, 180] as const;
/** A table is the mean over these lags, ticks: the tick at which the other acts is unknown. */
const LAGS = [-8, -3, 3, 10] as const;
/**
 * Most health points that an exchange may lose against a player who knows the NPC's strategy. Mean lead
 * in health at the end of a round, over 160 to 200 rounds each (+-2.5), against
 *
 *                                       zoner  once-bitten  hot-head  random
 *     12                                25     43           33        41
 *     20                                32     48           37        43
 *     30                                33     44           36        42
 *     the best reply, without a limit   33     49           35        38
 */
const MAX_EXPLOITABILITY = 20;
/** A prediction that was due longer ago than this is stale, ticks. */
const STALE = 24;

/** One table per distance, computed once. */
let payoffs: DuelPayoff[] | null = null;

function meanPayoff(distance: number): DuelPayoff {
  const tables = LAGS.map((lag) => timedPayoff(distance, lag));
  const replies = Object.entries(tables[0]);
  return Object.fromEntries(
    replies.map(([reply, gains]) => [
      reply,
      Object.fromEntries(
        Object.keys(gains).map((action) => [
          action,
          tables.reduce((sum, table) => sum + table[reply][action], 0) / LAGS.length,
        ]),
      ),
    ]),
  );
}

const nearest = (values: readonly number[], wanted: number): number =>
  values.reduce(
    (best, value, i) => (Math.abs(value - wanted) < Math.abs(values[best] - wanted) ? i : best),
    0,
  );

/** Chooses a reply from the payoff table of the nearest distance. */
export class ReplyBook {
  readonly #delay: PredictionDelay;
  readonly #controllers: readonly MixedController<DuelAction, DuelChoice>[];
  #used: Prediction | null = null;

  constructor({ rng, difficulty }: ReplyBookOptions) {
    payoffs ??= DISTANCES.map(meanPayoff);
    this.#delay = new PredictionDelay({ rng, difficulty });
    // The book itself delays predictions, once for all controllers.
    const common = {
      against: { spec: DUEL_SPEC },
      replies: DUEL_CHOICES,
      rng,
      difficulty,
      reactionTicks: 0,
      maxExploitability: MAX_EXPLOITABILITY,
    };
    this.#controllers = payoffs.map(
      (payoff) => new MixedController({ ...common, payoff, maxAgeTicks: Infinity }),
    );
  }

  /** The prediction that the last reply was based on; null when there was none. */
  get used(): Prediction | null {
    return this.#used;
  }

  /** Takes the newest prediction. Call it at every tick. */
  see(prediction: Prediction | null): void {
    this.#delay.push(prediction);
  }

  reply(state: DuelState, newest: Prediction | null): DuelChoice {
    const { tick } = state;
    const distance = distanceOf(state);
    const seen = newest && this.#delay.latest(tick);
    const lag = seen ? seen.tick + seen.inTicks - tick : 0;
    const prediction = lag > -STALE ? seen : null;
    const controller = this.#controllers[nearest(DISTANCES, distance)];
    controller.reset();
    const reply = controller.decide({ tick, prediction }) ?? 'advance';
    this.#used = controller.usedPrediction;
    return reply;
  }

  reset(): void {
    this.#used = null;
    this.#delay.clear();
  }
}
