import { checkEpisodes } from '../record/check-episodes.ts';
import type { Episode } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { ForesightError } from '../util/error.ts';
import type { Rng } from '../util/rng.ts';
import type { Batch } from './batch.ts';
import { cutWindows } from './cut-windows.ts';
import type { Window, WindowOptions } from './cut-windows.ts';
import { dropFields } from './drop-fields.ts';
import { Encoder } from './encoder.ts';
import type { ExpertVotes } from './expert-votes.ts';
import type { LinearPath } from './linear-path.ts';
import type { EncoderStatistics, FeatureLayout } from './statistics.ts';
import { timeBin } from './time-bins.ts';
import { valueFields } from './value-fields.ts';
import { valueStarts } from './value-starts.ts';
import { valueTarget } from './value-target.ts';
import type { NumberStatistics } from './value-target.ts';

export interface WindowDatasetOptions extends WindowOptions {
  readonly spec: CharacterSpec;
  readonly statistics: EncoderStatistics;
  /** Episodes marked "do not learn" are left out. */
  readonly episodes: readonly Episode[];
  /** The votes of the experts in each episode, for networks with experts: their matches become the last features. */
  readonly votes?: ReadonlyMap<Episode, ExpertVotes>;
  /**
   * Distributions [steps, A] of the action after each step, which replace that action as targets. If
   * given, there must be one for each episode that is learned from.
   */
  readonly softActions?: ReadonlyMap<Episode, Float32Array>;
  /** Names of number fields whose next values are also targets. */
  readonly continuous: readonly string[];
  /** The targets are differences from what this expects, not from the last values. */
  readonly linear?: LinearPath;
}

/** Gives memory of at least so many bytes for one array of the batch that is made next; it may hold anything. */
export type BatchMemory = (name: keyof Batch, bytes: number) => ArrayBufferLike;

export interface BatchesOptions {
  /** See `dropFields`. */
  readonly fieldDropout?: number;
  readonly memory?: BatchMemory;
}

const separateMemory: BatchMemory = (_name, bytes) => new ArrayBuffer(bytes);

/**
 * Episodes cut into windows, many-to-many: step t of a window has step t + 1's action, the bin of
 * the ticks until it and its continuous values as targets. Windows never cross an episode, every
 * step that has a successor is a target exactly once (`cutWindows`), and steps are encoded once,
 * however many windows share them. Holds all features: 4 * F bytes for each step.
 */
export class WindowDataset {
  /** Number of windows. */
  readonly count: number;
  /** Number of targets in all windows (steps with a successor); 0 = there is nothing to learn. */
  readonly targets: number;
  readonly #episodes: readonly Episode[];
  readonly #features: readonly Float32Array[];
  /** Empty without experts. */
  readonly #votes: readonly ExpertVotes[];
  /** K * A. */
  readonly #voteWidth: number;
  /** K * bins. */
  readonly #timeVoteWidth: number;
  /** Empty without soft targets. */
  readonly #softActions: readonly Float32Array[];
  readonly #actions: number;
  readonly #windows: readonly Window[];
  readonly #values: readonly NumberStatistics[];
  /** [targets] columns. */
  readonly #valueColumns: readonly number[];
  /** [steps, targets] of each episode: where the next value's change starts. */
  readonly #starts: readonly Float64Array[];
  readonly #windowLength: number;
  readonly #width: number;
  readonly #layout: FeatureLayout;
  readonly #timeEdges: readonly number[];

  /**
   * Throws `bad-data` for episodes that do not fit the spec, `bad-config` for windows that would
   * leave steps out and for a continuous target that is not a number field.
   */
  constructor(options: WindowDatasetOptions) {
    const { spec, statistics, episodes, continuous } = options;
    checkEpisodes(spec, episodes);
    const encoder = new Encoder(spec, statistics);
    this.#episodes = episodes.filter(({ learn, length }) => learn && length > 1);
    this.#votes = options.votes
      ? this.#episodes.map((one) => valueOf(one, options.votes!, 'votes'))
      : [];
    const { softActions } = options;
    this.#softActions = softActions
      ? this.#episodes.map((one) => valueOf(one, softActions, 'soft targets'))
      : [];
    this.#actions = spec.action.actions.length;
    this.#features = this.#episodes.map((episode, i) =>
      joinColumns(encoder.encodeEpisode(episode), this.#votes[i]?.matches, episode.length),
    );
    this.#windows = this.#episodes.flatMap(({ length }, i) => cutWindows(length, i, options));
    for (const name of continuous) requireTarget(statistics, name);
    const targets = valueFields(statistics, continuous);
    this.#values = targets.map(({ field }) => field);
    this.#valueColumns = targets.map(({ column }) => column);
    this.#starts = this.#episodes.map((one) => valueStarts(targets, one, options.linear));
    this.#windowLength = options.windowLength;
    this.#width = encoder.width + columnsOf('matches', this.#votes, this.#episodes);
    this.#voteWidth = columnsOf('logs', this.#votes, this.#episodes);
    this.#timeVoteWidth = columnsOf('timeLogs', this.#votes, this.#episodes);
    this.#layout = encoder.layout;
    this.#timeEdges = statistics.timeEdges;
    this.count = this.#windows.length;
    this.targets = this.#episodes.reduce((sum, { length }) => sum + length - 1, 0);
  }

  /**
   * Every window once, in batches of `batchSize` (the last one may be smaller). With `rng` the windows
   * are shuffled and `fieldDropout` applies. Each batch has separate arrays, unless `memory` is given.
   */
  *batches(
    batchSize: number,
    rng?: Rng,
    { fieldDropout = 0, memory = separateMemory }: BatchesOptions = {},
  ): Generator<Batch> {
    if (!(Number.isInteger(batchSize) && batchSize > 0))
      throw new ForesightError(
        'bad-config',
        `batchSize is ${batchSize}. Give a whole number of at least 1.`,
      );
    const order = this.#windows.slice();
    rng?.shuffle(order);
    for (let at = 0; at < order.length; at += batchSize) {
      const batch = this.#batch(order.slice(at, at + batchSize), memory);
      if (rng && fieldDropout) dropFields(batch, this.#layout, fieldDropout, rng);
      yield batch;
    }
  }

  #batch(windows: readonly Window[], memory: BatchMemory): Batch {
    const places = windows.length * this.#windowLength;
    const floats = (name: keyof Batch, width: number): Float32Array =>
      new Float32Array(memory(name, 4 * places * width), 0, places * width);
    const integers = (name: keyof Batch): Int32Array =>
      new Int32Array(memory(name, 4 * places), 0, places);
    const batch: Batch = {
      batchSize: windows.length,
      windowLength: this.#windowLength,
      featureCount: this.#width,
      valueCount: this.#values.length,
      features: floats('features', this.#width),
      actions: integers('actions').fill(0),
      timeBins: integers('timeBins').fill(0),
      values: floats('values', this.#values.length).fill(0),
      mask: floats('mask', 1).fill(0),
      ...(this.#voteWidth && { experts: floats('experts', this.#voteWidth) }),
      ...(this.#timeVoteWidth && { timeExperts: floats('timeExperts', this.#timeVoteWidth) }),
      ...(this.#softActions.length && {
        softActions: floats('softActions', this.#actions).fill(0),
      }),
    };
    windows.forEach((window, b) => this.#fill(batch, window, b * this.#windowLength));
    return batch;
  }

  /** Copies a window to the positions from `first` on. */
  #fill(batch: Batch, { episode, start, length, firstTarget }: Window, first: number): void {
    const { ticks, actions, columns } = this.#episodes[episode];
    const copy = (to: Float32Array | undefined, from: Float32Array, width: number): void => {
      to?.set(from.subarray(start * width, (start + length) * width), first * width);
      to?.fill(0, (first + length) * width, (first + this.#windowLength) * width);
    };
    copy(batch.features, this.#features[episode], this.#width);
    if (this.#votes.length) {
      copy(batch.experts, this.#votes[episode].logs, this.#voteWidth);
      copy(batch.timeExperts, this.#votes[episode].timeLogs, this.#timeVoteWidth);
    }
    for (let step = firstTarget; step < start + length; step++) {
      const place = first + step - start;
      batch.mask[place] = 1;
      batch.softActions?.set(
        this.#softActions[episode].subarray(step * this.#actions, (step + 1) * this.#actions),
        place * this.#actions,
      );
      batch.actions[place] = actions[step + 1];
      batch.timeBins[place] = timeBin(this.#timeEdges, ticks[step + 1] - ticks[step]);
      const count = this.#values.length;
      for (let c = 0; c < count; c++) {
        const from = this.#starts[episode][step * count + c];
        const next = columns[this.#valueColumns[c]][step + 1];
        batch.values[place * count + c] = valueTarget(this.#values[c], from, next);
      }
    }
  }
}

function valueOf<T>(episode: Episode, all: ReadonlyMap<Episode, T>, what: string): T {
  const found = all.get(episode);
  if (!found) throw new RangeError(`no ${what} for episode "${episode.id}"`);
  return found;
}

/** Columns of one part of the votes; 0 without votes. */
const columnsOf = (
  part: keyof ExpertVotes,
  [votes]: readonly ExpertVotes[],
  [episode]: readonly Episode[],
): number => (votes ? votes[part].length / episode.length : 0);

/** Appends to each row of `left` the row of `right`. */
function joinColumns(
  left: Float32Array,
  right: Float32Array | undefined,
  rows: number,
): Float32Array {
  if (!right) return left;
  const [a, b] = [left.length / rows, right.length / rows];
  const joined = new Float32Array(rows * (a + b));
  for (let row = 0; row < rows; row++) {
    joined.set(left.subarray(row * a, (row + 1) * a), row * (a + b));
    joined.set(right.subarray(row * b, (row + 1) * b), row * (a + b) + a);
  }
  return joined;
}

function requireTarget({ fields }: EncoderStatistics, name: string): void {
  const field = fields.find((other) => other.name === name);
  if (field?.kind === 'number') return;
  const numbers = fields.filter(({ kind }) => kind === 'number').map((other) => other.name);
  throw new ForesightError(
    'bad-config',
    `The continuous target "${name}" is ${field ? `of kind ${field.kind}` : 'not a field of the spec'}. ` +
      `Choose among the number fields: ${numbers.join(', ') || 'there are none'}.`,
  );
}
