import { addVotes } from '../experts/add-votes.ts';
import type { NetworkOutput, NetworkState } from '../network/streaming.ts';
import type { StepNetwork, StepState } from './step-network.ts';
import type { StepRing } from './step-ring.ts';

export interface OcclusionOptions {
  /** Index of the action whose probability is explained. */
  readonly action: number;
  /** Steps that are removed one by one, >= 1. */
  readonly steps: number;
  /** Whether blocks of features are also removed one by one. */
  readonly blocks: boolean;
}

/** How much ln(probability) of the action falls, in nats, when something is removed. */
export interface Occlusion {
  /** By steps back; 0 = the newest. */
  readonly steps: readonly number[];
  /** By block of the layout: action, duration, then the fields; empty without the option `blocks`. */
  readonly blocks: readonly number[];
}

/** A character whose steps are replayed. */
export interface Occluded {
  readonly state: StepState;
  readonly ring: StepRing;
  /** Steps of the episode so far. */
  readonly steps: number;
}

/**
 * Replays a character's remembered steps, the newest ones once as they were and once without each step
 * and each block of features. What is removed becomes what the encoder makes of a step about which
 * nothing is known; an action becomes the frequencies of the actions in training. The experts' matches
 * and votes stay: this explains the network, which sets their weights. The character does not change.
 */
export function occlude(
  network: StepNetwork,
  character: Occluded,
  { action, steps, blocks }: OcclusionOptions,
): Occlusion {
  const { state, ring } = character;
  const { width, blocks: layout } = network.layout;
  const features = width + network.matchWidth;
  const shown = Math.min(steps, ring.length);
  const removed = blocks ? layout : [];
  const blank = blankFeatures(network, network.createState(state));
  const { encoder, network: before } = stateBefore(network, character, shown);
  // First the unchanged replay, then one without each block. One without each step is added at that step.
  const networks = Array.from({ length: 1 + removed.length }, () => copyOf(before));
  const rows = new Float32Array((networks.length + shown) * features);
  const logs: number[] = [];
  let left = shown;
  for (const step of ring.steps(shown)) {
    left--;
    networks.push(copyOf(networks[0]));
    network.encode({ encoder }, step, rows.subarray(0, features), notedAt(character, left));
    for (let i = 1; i < networks.length; i++) rows.copyWithin(i * features, 0, features);
    removed.forEach(({ offset, width: columns }, i) =>
      rows.set(blank.subarray(offset, offset + columns), (i + 1) * features + offset),
    );
    rows.set(blank, (networks.length - 1) * features);
    network.branch(networks, rows.subarray(0, networks.length * features), (output, i) => {
      if (!left) logs[i] = logProbability(output, action, state);
    });
  }
  const fallen = logs.map((log) => logs[0] - log);
  return {
    blocks: fallen.slice(1, 1 + removed.length),
    steps: fallen.slice(1 + removed.length).reverse(),
  };
}

/** A replay of the episode, up to some step. */
interface Replay {
  readonly state: StepState;
  /** Steps of the episode replayed so far. */
  steps: number;
}

/** The last replay of each character that was explained. Continuing it saves most of the cost of the next one. */
const replays = new WeakMap<StepState, Replay>();

/** The state of encoder and network before the newest `shown` steps. */
function stateBefore(
  network: StepNetwork,
  { state, ring, steps }: Occluded,
  shown: number,
): Pick<StepState, 'encoder' | 'network'> {
  const end = steps - shown;
  let replay = replays.get(state);
  // The ring may have dropped a step that the last replay needs, or that replay may have gone too far.
  if (!replay || replay.steps < steps - ring.length || replay.steps > end) {
    replay = { state: network.createState(state), steps: steps - ring.length };
    replays.set(state, replay);
  }
  for (const step of ring.steps(steps - replay.steps)) {
    if (replay.steps === end) break;
    replay.steps++;
    network.advanceState(replay.state, step, notedAt({ state, ring }, steps - replay.steps));
  }
  const { encoder, network: memory } = replay.state;
  return { encoder: { ...encoder, known: encoder.known.slice() }, network: memory };
}

/** The experts' matches at a step; undefined without experts. */
const notedAt = (
  { state, ring }: Pick<Occluded, 'state' | 'ring'>,
  back: number,
): Float32Array | undefined => (state.experts ? ring.noted(back) : undefined);

/** Features of a step about which nothing is known, without the experts' matches. */
function blankFeatures(network: StepNetwork, fresh: StepState): Float32Array {
  const { actionCounts, fields } = network.checkpoint.statistics;
  const blank = new Float32Array(network.layout.width);
  const values = new Float32Array(fields.length).fill(NaN);
  network.encode(fresh, { tick: 0, action: 0, values }, blank);
  const steps = actionCounts.reduce((a, b) => a + b, 0) || 1;
  actionCounts.forEach((count, action) => (blank[action] = count / steps));
  return blank;
}

const copyOf = ({ hidden, cell }: NetworkState): NetworkState => ({
  hidden: hidden.slice(),
  cell: cell.slice(),
});

/** ln(probability) of an action, with the experts' votes at their newest step. */
function logProbability(
  { actionLogits, gate }: NetworkOutput,
  action: number,
  { experts }: StepState,
): number {
  if (experts) addVotes(actionLogits, gate, experts.logs);
  const most = actionLogits.reduce((a, b) => Math.max(a, b), -Infinity);
  const sum = actionLogits.reduce((total, logit) => total + Math.exp(logit - most), 0);
  return actionLogits[action] - most - Math.log(sum);
}
