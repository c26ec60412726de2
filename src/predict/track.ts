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

/** A step that other experts learn takes as long as about so many that are replayed. */
const RELEARNED_STEP = 5;
/** So do other experts to begin with. */
const NEW_EXPERTS = 12;

/**
 * Replays a track's remembered steps through another network, some at a time. The track is predicted by its own
 * network meanwhile. Experts of the same contexts stay as they are, and the network gets their matches of each step;
 * other experts begin again and learn the steps.
 */
export class GradualReplay {
  readonly track: Track;
  readonly #network: StepNetwork;
  #state: StepState;
  /** Gets the matches of other experts; else the track's. */
  #ring: StepRing;
  /** Steps replayed, counted as `StepRing.count` does. */
  #done = 0;
  /** What was done and not yet reported, in steps. */
  #work = 0;
  readonly #output = new LastOutput();
  #prediction: Prediction | null = null;

  constructor(network: StepNetwork, track: Track) {
    this.track = track;
    this.#network = network;
    [this.#state, this.#ring] = this.#begin();
  }

  #begin(): [StepState, StepRing] {
    const { ring, state } = this.track;
    this.#done = ring.count - ring.length;
    const next = this.#network.createState(state);
    const isKnown = !next.experts || next.experts === state.experts;
    if (isKnown) return [next, ring];
    this.#work += NEW_EXPERTS;
    return [next, ring.emptyCopy(this.#network.matchWidth)];
  }

  /** Whether no step is left. */
  get isDone(): boolean {
    return this.#done === this.track.ring.count;
  }

  /**
   * Replays steps until none is left or `most` are done. One that other experts learn counts for RELEARNED_STEP, and
   * making these for NEW_EXPERTS. Returns how many were done. Throws `diverged`.
   */
  advance(most: number): number {
    const { ring, steps } = this.track;
    // The ring dropped steps that were still to come.
    if (ring.count - this.#done > ring.length) [this.#state, this.#ring] = this.#begin();
    const { experts } = this.#state;
    const relearns = this.#ring !== ring;
    let left = ring.count - this.#done;
    for (const step of ring.steps(left)) {
      if (this.#work >= most) break;
      left--;
      this.#done++;
      this.#work += relearns ? RELEARNED_STEP : 1;
      const output = relearns
        ? this.#network.relearnStep(this.#state, step)
        : this.#network.replayStep(this.#state, step, experts ? ring.noted(left) : undefined);
      this.#network.check(output);
      if (relearns) {
        this.#ring.push(step);
        this.#ring.note(experts!.matches);
      }
      if (left) continue;
      this.#output.note(output);
      this.#prediction = this.#network.prediction(this.#state, output, { tick: step.tick, steps });
    }
    const work = this.#work;
    this.#work = 0;
    return work;
  }

  /** Once it is done, the track changes over to the network. */
  changeOver(): void {
    const { track } = this;
    this.#network.setPopulationOf(this.#state);
    track.network = this.#network;
    track.state = this.#state;
    track.ring = this.#ring;
    track.output = this.#output;
    track.prediction = this.#prediction;
  }
}
