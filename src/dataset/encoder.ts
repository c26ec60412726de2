import { columnCount, columnsOf } from '../record/columns.ts';
import type { Episode, Step } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { ForesightError } from '../util/error.ts';
import { featureLayout } from './feature-layout.ts';
import { NumberEncoder } from './number-encoder.ts';
import type { EncoderStatistics, FeatureLayout, FieldStatistics } from './statistics.ts';

/** The state of one character's encoding between two steps of an episode. Changed by `encode`. */
export interface EncoderState {
  /** Steps encoded so far. */
  steps: number;
  /** Tick of the last step; meaningless while `steps` is 0. */
  previousTick: number;
  /** [columns] last known value of each; NaN where there was none yet. */
  readonly known: Float32Array;
}

/**
 * Encodes steps as rows of features, the same way in training and in play. A missing value is replaced
 * by the last known one of the episode, else by the field's `fill` (an id: "unknown"); an infinite
 * number and a category that does not exist count as missing. The first step of an episode has the mean
 * duration.
 *
 * Encoding a step allocates nothing, because games do it in their update loop.
 */
export class Encoder {
  readonly layout: FeatureLayout;
  /** F, features of a row. */
  readonly width: number;
  readonly #statistics: EncoderStatistics;
  readonly #actions: number;
  /** Values of a step, for errors. */
  readonly #size: string;
  /** [columns] changes since the previous step; overwritten at each step. */
  readonly #changes: Float32Array;
  /** Encoders of the numbers, by column. */
  readonly #numbers: readonly (NumberEncoder | null)[];
  /** Position of each known id, by column. */
  readonly #places: readonly (ReadonlyMap<number, number> | null)[];

  /** Throws `bad-data` unless the statistics were fitted on this spec. */
  constructor(spec: CharacterSpec, statistics: EncoderStatistics) {
    checkStatistics(spec, statistics);
    this.layout = featureLayout(spec, statistics);
    this.width = this.layout.width;
    this.#statistics = statistics;
    this.#changes = new Float32Array(statistics.fields.length);
    this.#actions = spec.action.actions.length;
    this.#size = columnCount(spec);
    this.#numbers = statistics.fields.map((field, i) =>
      field.kind === 'number' ? new NumberEncoder(i, field) : null,
    );
    this.#places = statistics.fields.map((field) =>
      field.kind === 'id' ? new Map(field.vocabulary.map((known, place) => [known, place])) : null,
    );
  }

  /** A new state, at the beginning of an episode. */
  createState(): EncoderState {
    const state = {
      steps: 0,
      previousTick: 0,
      known: new Float32Array(this.#statistics.fields.length),
    };
    this.resetState(state);
    return state;
  }

  /** Resets a state to the beginning of an episode, without allocating. */
  resetState(state: EncoderState): void {
    state.steps = 0;
    state.previousTick = 0;
    state.known.fill(NaN);
  }

  /**
   * Writes the features of the episode's next step to `out[offset .. offset + width)`. Throws
   * `bad-data` for an action that the spec does not have or a row of another length.
   */
  encode(state: EncoderState, step: Step, out: Float32Array, offset = 0): void {
    const { tick, action, values } = step;
    const { fields, duration } = this.#statistics;
    if (!(Number.isInteger(action) && action >= 0 && action < this.#actions))
      throw this.#badAction(action);
    if (values.length !== fields.length) throw this.#badRow(values.length);
    out.fill(0, offset, offset + this.width);
    out[offset + action] = 1;
    let at = offset + this.#actions;
    if (state.steps)
      out[at] =
        (Math.log1p(Math.max(0, tick - state.previousTick)) - duration.mean) / duration.scale;
    at++;
    state.steps++;
    state.previousTick = tick;
    const { known } = state;
    // Another field may depend on a number, so all are updated before the first is written.
    this.#learn(known, values);
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i];
      const value = known[i];
      const missing = value !== value;
      switch (field.kind) {
        case 'number':
          at = this.#numbers[i]?.write(known, this.#changes, out, at) ?? at;
          break;
        case 'boolean':
          out[at++] = (missing ? field.fill : value) ? 1 : 0;
          break;
        case 'category':
          if (!field.silent?.includes(missing ? field.fill : value))
            out[at + (missing ? field.fill : value)] = 1;
          at += field.size;
          break;
        case 'id':
          out[at + (this.#places[i]?.get(value) ?? field.vocabulary.length)] = 1;
          at += field.vocabulary.length + 1;
          break;
        default:
          field satisfies never;
      }
    }
  }

  /** [length * F] features of a whole episode, row-major; the same as encoding it step by step. */
  encodeEpisode(episode: Episode): Float32Array<ArrayBuffer> {
    const out = new Float32Array(episode.length * this.width);
    const state = this.createState();
    const step = { tick: 0, action: 0, values: new Float32Array(episode.columns.length) };
    for (let i = 0; i < episode.length; i++) {
      step.tick = episode.ticks[i];
      step.action = episode.actions[i];
      for (let field = 0; field < step.values.length; field++)
        step.values[field] = episode.columns[field][i];
      this.encode(state, step, out, i * this.width);
    }
    return out;
  }

  /** Updates the known values and their changes. */
  #learn(known: Float32Array, values: Float32Array): void {
    const { fields } = this.#statistics;
    for (let i = 0; i < fields.length; i++) {
      if (!isKnown(fields[i], values[i])) this.#changes[i] = 0;
      else {
        this.#changes[i] = values[i] - known[i];
        known[i] = values[i];
      }
    }
  }

  #badAction(action: number): ForesightError {
    return new ForesightError(
      'bad-data',
      `A step has action ${action} but the spec's actions are 0 to ${this.#actions - 1}. Use the spec it was recorded with.`,
    );
  }

  #badRow(length: number): ForesightError {
    return new ForesightError(
      'bad-data',
      `A step has ${length} values but the spec has ${this.#size}. Give one value for each, NaN where it is not known.`,
    );
  }
}

/** Whether a value of a field is known and valid. */
function isKnown(field: FieldStatistics, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  return field.kind !== 'category' || (Number.isInteger(value) && value >= 0 && value < field.size);
}

/** Throws `bad-data` unless `statistics` have one entry for each column and action of the spec. */
export function checkStatistics(spec: CharacterSpec, statistics: EncoderStatistics): void {
  const columns = columnsOf(spec);
  const fits =
    statistics.fields.length === columns.length &&
    statistics.actionCounts.length === spec.action.actions.length &&
    (statistics.timeCounts ?? statistics.actionCounts).length === spec.action.actions.length &&
    statistics.fields.every(
      (field, i) =>
        field.kind === columns[i].kind &&
        field.name === columns[i].name &&
        (field.kind !== 'category' ||
          columns[i].kind !== 'category' ||
          field.size === columns[i].categories.length) &&
        (field.kind !== 'number' || !field.turned || columns[field.turned.by]?.kind === 'number'),
    );
  if (!fits)
    throw new ForesightError(
      'bad-data',
      `The statistics were fitted on another spec than "${spec.name}". Fit them again with fitStatistics.`,
    );
}
