import { ForesightError } from '../util/error.ts';
import { actionIndex } from './action-index.ts';
import { columnsOf } from './columns.ts';
import { isTick } from './episode.ts';
import type { Episode, EpisodeEnd, EpisodeHeader, Step } from './episode.ts';
import { EpisodeBuffer } from './episode-buffer.ts';
import type { EpisodeStore } from './episode-store.ts';
import { EpisodeWriter } from './episode-writer.ts';
import type { Recording } from './episode-writer.ts';
import { checkHeader } from './episode-header.ts';
import type { MomentOf } from './moment.ts';
import { rowFromObservation } from './observation.ts';
import { randomId } from './random-id.ts';
import { checkSpec } from './spec.ts';
import type { CharacterSpec } from './spec.ts';

export interface RecorderOptions<S extends CharacterSpec = CharacterSpec> {
  readonly spec: S;
  /** Receives the episodes while they are recorded; when absent they stay in memory. */
  readonly store?: EpisodeStore;
  /** @internal Writes the episodes in place of a `store`, those of other recorders too. */
  readonly writer?: EpisodeWriter;
  /** Session of all episodes, by which data is split. A random name when absent. */
  readonly session?: string;
  /** Longest time that a step waits to be written, ms; >= 0. */
  readonly flushMs?: number;
  /** Called once per cause when the store fails; recording continues. A console warning when absent. */
  readonly onError?: (error: ForesightError) => void;
}

export const RECORDER_DEFAULTS = { flushMs: 500 } as const satisfies Partial<RecorderOptions>;

export interface BeginOptions {
  /** Unique among all episodes; random when absent. */
  readonly id?: string;
  readonly meta?: EpisodeHeader['meta'];
  /** False: keep it, but never train on it. Default true. */
  readonly learn?: boolean;
}

interface Running extends Recording {
  /** Last tick that was passed, recorded or not. */
  lastTick: number | undefined;
}

/**
 * Records episodes of one spec, for many characters at once. A call with invalid input throws and
 * changes nothing; earlier steps stay and recording continues. `dispose` it when done.
 */
export class Recorder<S extends CharacterSpec = CharacterSpec> {
  readonly spec: S;
  readonly session: string;
  readonly #running = new Map<string, Running>();
  readonly #writer: EpisodeWriter | null;
  readonly #onError: (error: ForesightError) => void;
  #disposed = false;

  /** Throws `bad-spec` or `bad-config`. */
  constructor(options: RecorderOptions<S>) {
    const { spec, store, writer, session, flushMs, onError } = options;
    checkSpec(spec);
    const wait = flushMs ?? RECORDER_DEFAULTS.flushMs;
    if (!(wait >= 0 && wait <= 2 ** 31 - 1))
      throw new ForesightError(
        'bad-config',
        `flushMs is ${wait}. Give milliseconds of at least 0, for example 500.`,
      );
    this.spec = spec;
    this.session = session ?? randomId();
    this.#onError = onError ?? ((error) => console.warn(`[foresight] ${error.message}`));
    this.#writer = store
      ? new EpisodeWriter({ store, flushMs: wait, onError: this.#onError })
      : (writer ?? null);
  }

  /** Characters with a running episode. */
  get recording(): readonly string[] {
    return [...this.#running.keys()];
  }

  /** Begins an episode. Throws `not-ready` when one of this character is running, `bad-data` for invalid options. */
  begin(character: string, { id, meta = {}, learn = true }: BeginOptions = {}): void {
    if (this.#disposed)
      throw new ForesightError(
        'not-ready',
        'The recorder is disposed. Make a new one to continue recording.',
      );
    if (this.#running.has(character))
      throw new ForesightError(
        'not-ready',
        `An episode of "${character}" is running already. End it before the next one begins.`,
      );
    const header: EpisodeHeader = {
      id: id ?? randomId(),
      session: this.session,
      character,
      end: 'truncated',
      endTick: 0,
      learn,
      meta: { ...meta },
    };
    checkHeader(header);
    const buffer = new EpisodeBuffer(columnsOf(this.spec).length);
    const { spec } = this;
    this.#running.set(character, { spec, header, buffer, ended: false, lastTick: undefined });
  }

  /**
   * Records a step for an action that begins, even if it is the same action as before. Only for specs
   * sampled `onChange`. Throws `unknown-action`, `bad-observation`, `bad-data` (tick), `not-ready` (no
   * running episode) or `bad-spec` (sampled every n ticks).
   */
  act(character: string, moment: MomentOf<S>): Step {
    if (this.spec.sampling.kind === 'everyTicks')
      throw new ForesightError(
        'bad-spec',
        `"${this.spec.name}" is recorded every ${this.spec.sampling.ticks} ticks. Call sample() at every tick instead of act(), or make the spec with sampling { kind: 'onChange' }.`,
      );
    const running = this.#require(character);
    this.#checkTick(running, moment.tick);
    return this.#record(running, moment, actionIndex(this.spec, moment.action));
  }

  /**
   * To be called at every tick with the current action. Records a step at the first call and then when
   * the action has changed or, for `everyTicks`, when at least that many ticks have passed since the
   * last step; returns null otherwise. Throws like `act`; the observation is read only when a step is
   * recorded.
   */
  sample(character: string, moment: MomentOf<S>): Step | null {
    const running = this.#require(character);
    const { tick } = moment;
    this.#checkTick(running, tick);
    const action = actionIndex(this.spec, moment.action);
    if (this.#isDue(running.buffer, tick, action)) return this.#record(running, moment, action);
    running.lastTick = tick;
    return null;
  }

  /** A copy of the running episode so far, `truncated` at the last tick. Throws `not-ready` when none is running. */
  current(character: string): Episode {
    const running = this.#require(character);
    const { header, buffer, lastTick } = running;
    return { ...header, endTick: lastTick ?? 0, ...buffer.slice() };
  }

  /**
   * Ends the episode and writes it. Resolves with the whole episode when the store has finished, even
   * if it failed. An episode without steps is not stored.
   *
   * Rejects with `not-ready` when none is running, `bad-data` for a tick before the last one; the
   * episode then continues.
   *
   * @param tick when it ended; the last tick that was passed when absent
   */
  async end(character: string, end: EpisodeEnd, tick?: number): Promise<Episode> {
    const running = this.#require(character);
    if (tick !== undefined) this.#checkTick(running, tick);
    const header = { ...running.header, end, endTick: tick ?? running.lastTick ?? 0 };
    checkHeader(header);
    this.#running.delete(character);
    running.header = header;
    running.ended = true;
    const episode: Episode = { ...header, ...running.buffer.slice() };
    if (episode.length && this.#writer) {
      this.#writer.touch(running);
      await this.#writer.flush();
    }
    return episode;
  }

  /** Ends the episodes of all characters. */
  endAll(end: EpisodeEnd): Promise<Episode[]> {
    return Promise.all(this.recording.map((character) => this.end(character, end)));
  }

  /** Writes everything that is not written yet. Never rejects: failures go to `onError`. */
  async flush(): Promise<void> {
    await this.#writer?.flush();
  }

  /**
   * Whole episodes that are not completely stored yet, including running ones; export them when the
   * storage is full. Empty without a store.
   */
  unsaved(): Episode[] {
    return this.#writer?.unsaved() ?? [];
  }

  /** Ends all episodes as truncated, writes them and stops the timer. The store stays open. */
  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    await this.endAll('truncated');
    await this.#writer?.dispose();
    const lost = this.unsaved();
    if (!lost.length) return;
    const steps = lost.reduce((sum, { length }) => sum + length, 0);
    this.#onError(
      new ForesightError(
        'storage',
        `${lost.length} episodes with ${steps} steps could not be stored. Save what unsaved() of the recorder returns as a file, for example with encodeEpisodes.`,
      ),
    );
  }

  #require(character: string): Running {
    const running = this.#running.get(character);
    if (running) return running;
    throw new ForesightError(
      'not-ready',
      `No episode of "${character}" is running. Call begin("${character}") first.`,
    );
  }

  #checkTick({ header, lastTick }: Running, tick: number): void {
    const fail = (what: string): never => {
      throw new ForesightError(
        'bad-data',
        `Episode "${header.id}" of "${header.character}": ${what}`,
      );
    };
    if (!isTick(tick))
      fail(`the tick is ${String(tick)}. Give a whole number of ticks that fits into 32 bits.`);
    if (lastTick !== undefined && tick < lastTick)
      fail(
        `the tick falls from ${lastTick} to ${tick}. End the episode and begin a new one where time starts over.`,
      );
  }

  #isDue(buffer: EpisodeBuffer, tick: number, action: number): boolean {
    const { sampling } = this.spec;
    if (buffer.lastTick === undefined) return true;
    return sampling.kind === 'onChange'
      ? action !== buffer.lastAction
      : tick - buffer.lastTick >= sampling.ticks;
  }

  /** All or nothing: everything that can throw comes before the first change. */
  #record(running: Running, { tick, observation }: MomentOf<S>, action: number): Step {
    const values = rowFromObservation(this.spec, observation);
    running.buffer.push(tick, action, values);
    running.lastTick = tick;
    running.header = { ...running.header, endTick: tick };
    this.#writer?.touch(running);
    return { tick, action, values };
  }
}
