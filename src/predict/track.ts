import type { NetworkOutput } from '../network/streaming.ts';
import { LastOutput } from './last-output.ts';
import type { Prediction } from './prediction.ts';
import type { StepNetwork, StepState } from './step-network.ts';
import type { StepRing } from './step-ring.ts';

/** One character's episode so far. */
export interface Track {
  state: StepState;
  ring: StepRing;
  /** Of the newest step. */
  output: LastOutput;
  steps: number;
  lastTick: number;
  prediction: Prediction | null;
}

/** A character that has a prediction, and the network that made it. It is only read. */
export interface Followed extends Readonly<Track> {
  readonly prediction: Prediction;
  readonly network: StepNetwork;
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

/**
 * Replays a character's remembered steps through a network. Experts of the same contexts stay as they
 * are, and the network gets their matches of each step; other experts begin again.
 */
export function replay(network: StepNetwork, track: Track, ring: StepRing): Replayed {
  const state = network.createState(track.state);
  const isKnown = state.experts === track.state.experts;
  const last = new LastOutput();
  let prediction: Prediction | null = null;
  let left = track.ring.length;
  for (const step of track.ring.steps()) {
    left--;
    const matches = state.experts && isKnown ? track.ring.noted(left) : undefined;
    const output =
      state.experts && !isKnown
        ? network.step(state, step)
        : network.replayStep(state, step, matches);
    ring.push(step);
    if (state.experts) ring.note(matches ?? state.experts.matches);
    if (left) continue;
    last.note(output);
    prediction = network.prediction(state, output, { tick: step.tick, steps: track.steps });
  }
  return { track, state, ring, output: last, prediction };
}
