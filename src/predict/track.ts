import type { NetworkOutput } from '../network/streaming.ts';
import { LastOutput } from './last-output.ts';
import type { Prediction } from './prediction.ts';
import type { StepNetwork, StepState } from './step-network.ts';
import type { StepRing } from './step-ring.ts';

/** One character's episode so far. */
export interface Track {
  /** What predicts it: the newest one, but while a swap is under way. */
  network: StepNetwork;
  state: StepState;
  ring: StepRing;
  /** Of the newest step. */
  output: LastOutput;
  steps: number;
  lastTick: number;
  prediction: Prediction | null;
}

/** A character that has a prediction. It is only read. */
export interface Followed extends Readonly<Track> {
  readonly prediction: Prediction;
}

/** Keeps the experts' matches at the newest step, for `replay`, and the network's output, for `explain`. */
export function note({ ring, state, output }: Track, now: NetworkOutput): void {
  if (state.experts) ring.note(state.experts.matches);
  output.note(now);
}

/** A track replayed through another network. */
export interface Replayed {
  readonly track: Track;
  readonly state: StepState;
  readonly ring: StepRing;
  readonly output: LastOutput;
  readonly prediction: Prediction | null;
}

export interface ReplayOptions {
  /** Receives the steps. */
  readonly ring: StepRing;
  /** Whether the experts begin with no counts of the character. */
  readonly forget: boolean;
}

/**
 * Replays a character's remembered steps through a network. Experts of the same contexts stay as they
 * are, and the network gets their matches of each step; other experts begin again.
 */
export function replay(
  network: StepNetwork,
  track: Track,
  { ring, forget }: ReplayOptions,
): Replayed {
  const state = network.createState(forget ? undefined : track.state);
  const isKnown = state.experts === track.state.experts;
  const last = new LastOutput();
  let prediction: Prediction | null = null;
  let left = track.ring.length;
  for (const step of track.ring.steps()) {
    left--;
    const matches = state.experts && isKnown ? track.ring.noted(left) : undefined;
    const again = state.experts && !isKnown;
    const output =
      again && forget
        ? network.suppose(state, step)
        : again
          ? network.relearnStep(state, step)
          : network.replayStep(state, step, matches);
    ring.push(step);
    if (state.experts) ring.note(matches ?? state.experts.matches);
    if (left) continue;
    last.note(output);
    prediction = network.prediction(state, output, { tick: step.tick, steps: track.steps });
  }
  return { track, state, ring, output: last, prediction };
}

/**
 * Replays a track's remembered steps through a network of the same experts, some at a time. The track is
 * predicted by its own network meanwhile, and changes to the other one when no step is left.
 */
export class GradualReplay {
  readonly track: Track;
  readonly #network: StepNetwork;
  #state: StepState;
  /** Steps replayed, counted as `StepRing.count` does. */
  #done: number;

  constructor(network: StepNetwork, track: Track) {
    this.track = track;
    this.#network = network;
    this.#state = network.createState(track.state);
    this.#done = track.ring.count - track.ring.length;
  }

  /** Replays up to `most` steps. Returns how many; fewer when the track has changed to the network. Throws `diverged`. */
  advance(most: number): number {
    const { track } = this;
    const { ring } = track;
    if (ring.count - this.#done > ring.length) {
      // The ring dropped steps that were still to come.
      this.#state = this.#network.createState(track.state);
      this.#done = ring.count - ring.length;
    }
    let steps = 0;
    let left = ring.count - this.#done;
    for (const step of ring.steps(left)) {
      if (steps === most) return steps;
      steps++;
      left--;
      this.#done++;
      const matches = this.#state.experts ? ring.noted(left) : undefined;
      const output = this.#network.replayStep(this.#state, step, matches);
      if (left) continue;
      track.prediction = this.#network.prediction(this.#state, output, {
        tick: step.tick,
        steps: track.steps,
      });
      track.output.note(output);
    }
    track.network = this.#network;
    track.state = this.#state;
    return steps;
  }
}
