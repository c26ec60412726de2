import { learningData } from '../../src/dataset/learning-data.ts';
import { splitBySession } from '../../src/dataset/split.ts';
import { burstTraining } from '../../src/model/burst-training.ts';
import { TRAINING_DEFAULTS } from '../../src/model/config.ts';
import { freshTraining } from '../../src/model/play-model.ts';
import { ForesightError } from '../../src/util/error.ts';
import { createRng } from '../../src/util/rng.ts';
import type { LearningDataOptions } from '../../src/dataset/learning-data.ts';
import type { ModelConfig, TrainingConfig } from '../../src/model/config.ts';
import type { Episode } from '../../src/record/episode.ts';
import type { EngineChoice, EngineReport, TrainRequest } from '../../src/worker/protocol.ts';
import type { TrainerClient, WorkerSource } from '../../src/worker/client.ts';
import type { ErrorReporter } from '../game/error-reporter.ts';
import { describeEpisodes } from './describe-episodes.ts';
import { emitSafely } from '../game/emit-safely.ts';
import { asError } from '../game/error-reporter.ts';
import type { ForesightEvents, TrainedResult, TypedEmitter } from '../game/events.ts';
import { loadPart } from '../game/load-part.ts';
import type { LiveModel } from '../game/live-model.ts';
import { Learner } from './learner.ts';
import type { LearnOptions } from './learner.ts';
import { ModelTraining } from './model-training.ts';
import type { Comparison, ModelTrainingOptions } from './model-training.ts';
import type { RecordedEpisode } from '../recordings/recorded-episode.ts';
import type { Recordings } from '../recordings/recordings.ts';
import { extendTrainedOn } from './trained-on.ts';

export interface TrainOptions {
  /** How to train; missing values are the defaults. */
  readonly training?: Partial<TrainingConfig>;
  /** Which network to build; only when it starts from scratch. */
  readonly model?: Partial<ModelConfig>;
  /** Continue from the current weights (default), or start from random ones. */
  readonly from?: 'current' | 'scratch';
  /** Train on these instead of on what was recorded. */
  readonly episodes?: readonly Episode[];
  readonly engine?: EngineChoice;
  /** The new weights are taken over when their held-out log-loss is below the old one plus this, in nats. Default 0. */
  readonly tolerance?: number;
}

export interface TrainingDeskOptions {
  readonly worker: WorkerSource | undefined;
  readonly engine: EngineChoice;
  readonly session: () => string;
  readonly recordings: Recordings;
  readonly events: TypedEmitter<ForesightEvents>;
  readonly reporter: ErrorReporter;
}

/** Runs the trainings of a game, one at a time, in one worker that is started when first needed. */
export class TrainingDesk {
  readonly #options: TrainingDeskOptions;
  readonly #learners = new Map<string, Learner>();
  readonly #runs = new Set<ModelTraining>();
  #client: TrainerClient | null = null;
  #tail: Promise<void> = Promise.resolve();
  #closed = false;
  /** Why the worker cannot be started, as reported: once, however much fails for it. */
  #reported: unknown = null;

  constructor(options: TrainingDeskOptions) {
    this.#options = options;
  }

  /** Trainings that run or wait, newest last. */
  get runs(): readonly ModelTraining[] {
    return [...this.#runs];
  }

  learner(key: string): Learner | null {
    return this.#learners.get(key) ?? null;
  }

  /** Which engine trainings will use, and why. Starts the worker. */
  async engine(choice: EngineChoice = this.#options.engine): Promise<EngineReport> {
    try {
      return await (await this.#useClient()).engine(choice);
    } catch (thrown) {
      this.#failed(thrown, 'worker');
      throw thrown;
    }
  }

  train(model: LiveModel, options: TrainOptions): ModelTraining {
    const { recordings } = this.#options;
    this.#retry();
    // A person waits for this run; a burst begins again after the next steps.
    for (const run of this.#runs) if (this.#bursts.has(run)) run.cancel();
    return this.#start({
      model,
      burst: false,
      tolerance: options.tolerance ?? 0,
      request: async () => {
        const all = options.episodes ?? (await recordings.load(model.spec));
        const start = options.from === 'scratch' ? null : model.checkpoint;
        return {
          spec: model.spec,
          episodes: all.filter((episode) => episode.learn),
          model: start ? undefined : { ...model.config, ...options.model },
          training: options.training,
          start: start ?? undefined,
          playing: this.#options.session(),
          engine: options.engine ?? this.#options.engine,
        };
      },
      compareOn: ({ episodes, training }) => {
        const { heldOutFraction, seed } = { ...TRAINING_DEFAULTS, ...training };
        const { heldOut } = splitBySession(episodes, { fraction: heldOutFraction, seed });
        return { episodes: heldOut.some(({ length }) => length > 1) ? heldOut : episodes };
      },
      finish: (checkpoint, { episodes, start }) => ({
        ...checkpoint,
        trainedOn: extendTrainedOn(
          start ? (model.base ?? start).trainedOn : null,
          describeEpisodes(episodes),
        ),
      }),
    });
  }

  learn(model: LiveModel, options: LearnOptions): Learner {
    this.#learners.get(model.key)?.stop();
    this.#retry();
    const { engine } = this.#options;
    let running: ModelTraining | null = null;
    const learned = new Map<string, Episode>();
    let { generation } = model;
    const learner = new Learner(
      model.key,
      { engine, ...options },
      {
        failed: (thrown) => this.#failed(thrown, 'learn', model.key),
        resumed: () => this.#retry(),
        burst: async (self) => {
          // The weights that learned from those episodes are gone.
          if (generation !== model.generation) learned.clear();
          ({ generation } = model);
          running = this.#burst(model, self, learned);
          await running.result.catch(() => {});
          running = null;
        },
        stopped: (self) => {
          running?.cancel();
          if (this.#learners.get(model.key) === self) this.#learners.delete(model.key);
        },
      },
    );
    this.#learners.set(model.key, learner);
    return learner;
  }

  /** Cancels the runs of models that were given other weights or restored, the paused ones too. */
  cancelOutdated(): void {
    for (const run of this.#runs) run.cancelIfOutdated();
  }

  /** Cancels all runs, then does `work`. Runs that are requested meanwhile wait until it is done. */
  exclusive(work: () => Promise<void>): Promise<void> {
    for (const run of this.#runs) run.cancel();
    const done = this.#tail.then(work);
    this.#tail = done.catch(() => {});
    return done;
  }

  /** Ends everything for good, see `stop`. */
  close(): void {
    this.#closed = true;
    this.stop();
  }

  /** Ends everything that runs: runs reject or resolve as cancelled, the worker is terminated. */
  stop(): void {
    for (const learner of this.#learners.values()) learner.stop();
    for (const run of this.#runs) run.cancel();
    this.#client?.dispose();
    this.#client = null;
  }

  readonly #bursts = new WeakSet<ModelTraining>();

  /** @param learned every episode this learner's bursts have used, by id */
  #burst(
    model: LiveModel,
    { options, bursts }: Learner,
    learned: Map<string, Episode>,
  ): ModelTraining {
    const { recordings, session } = this.#options;
    let compared: Comparison = { episodes: [] };
    return this.#start({
      model,
      burst: true,
      tolerance: options.tolerance,
      request: async () => {
        const listed = (await recordings.list(model.spec)).filter(({ learn }) => learn);
        const seen = listed.reduce((sum, { steps }) => sum + steps, 0);
        const fresh = !model.checkpoint || (!model.shipped && seen < options.freshSteps);
        const seed = bursts + 1;
        const choice = { ...options, session: session(), seed };
        const ids = fresh ? undefined : chooseEpisodes(listed, choice);
        const used = (await recordings.load(model.spec, ids)).filter(({ learn }) => learn);
        const data = learningData(used, choice);
        compared = {
          episodes: data.session.length ? data.session : data.replay,
          // A model that is trained from scratch is trained on everything.
          scoredSteps: (!fresh && data.heldOut) || undefined,
        };
        const kept = new Set(listed.map(({ id }) => id));
        // What was deleted meanwhile leaves no trace in the next checkpoint either.
        for (const id of learned.keys()) if (!kept.has(id)) learned.delete(id);
        for (const episode of used) learned.set(episode.id, episode);
        return {
          spec: model.spec,
          episodes: fresh ? used : data.episodes,
          model: fresh ? model.config : undefined,
          training: fresh
            ? { ...freshTraining({ experts: !!model.config.contexts }), ...options.freshTraining }
            : burstTraining(
                data.episodes,
                { seed, ...options.training },
                { ...options, experts: model.knowsPlayers },
              ),
          start: (!fresh && model.checkpoint) || undefined,
          playing: session(),
          engine: options.engine,
        };
      },
      compareOn: () => compared,
      finish: (checkpoint) => ({
        ...checkpoint,
        trainedOn: extendTrainedOn(
          model.base?.trainedOn ?? null,
          describeEpisodes([...learned.values()]),
        ),
      }),
    });
  }

  #start(options: Omit<ModelTrainingOptions, 'turn' | 'client'>): ModelTraining {
    const { events } = this.#options;
    const { key } = options.model;
    const { burst } = options;
    let working = false;
    const idle = (): void => {
      if (working) emitSafely(events, 'activity', { key, state: 'idle' });
    };
    const run = new ModelTraining(
      {
        ...options,
        turn: this.#tail,
        client: () => this.#useClient(),
        request: async () => {
          const request = await options.request();
          requireTargets(request, key);
          working = true;
          emitSafely(events, 'activity', { key, state: 'training' });
          return request;
        },
      },
      (progress) => emitSafely(events, 'progress', { key, progress, burst }),
    );
    this.#runs.add(run);
    if (burst) this.#bursts.add(run);
    this.#tail = run.result.then(
      (result) => {
        this.#ended(run, options.model, result);
        idle();
      },
      (thrown: unknown) => {
        this.#runs.delete(run);
        this.#failed(thrown, burst ? 'learn' : 'train', key);
        idle();
      },
    );
    return run;
  }

  #ended(run: ModelTraining, model: LiveModel, result: TrainedResult): void {
    const { events } = this.#options;
    this.#runs.delete(run);
    if (result.swapped)
      emitSafely(events, 'model', { key: model.key, checkpoint: model.checkpoint });
    emitSafely(events, 'trained', result);
  }

  async #useClient(): Promise<TrainerClient> {
    const { TrainerClient } = await loadPart(
      'The client of the training worker',
      () => import('../../src/worker/client.ts'),
    );
    if (this.#closed)
      throw new ForesightError('cancelled', 'The game is over. Train in a game that runs.');
    return (this.#client ??= new TrainerClient({ worker: this.#options.worker }));
  }

  /** A worker that could not be started is tried again only for a training that somebody wants, never for a burst. */
  #retry(): void {
    if (!this.#client?.startFailure) return;
    this.#client.dispose();
    this.#client = null;
  }

  #failed(thrown: unknown, source: 'train' | 'learn' | 'worker', key?: string): void {
    if (this.#closed || (thrown instanceof ForesightError && thrown.code === 'cancelled')) return;
    const failure = this.#client?.startFailure;
    if (failure && thrown === failure) {
      for (const learner of this.#learners.values()) learner.pause(failure);
      if (this.#reported === failure) return;
      this.#reported = failure;
      this.#options.reporter.report(source, failure, key);
      return;
    }
    // Bursts fail again and again for the same cause.
    if (source === 'learn') this.#options.reporter.once(source, asError(thrown), key);
    else this.#options.reporter.report(source, asError(thrown), key);
  }
}

/** Which episodes a burst needs: all of this session, and older ones drawn up to the steps it replays. */
function chooseEpisodes(
  listed: readonly RecordedEpisode[],
  options: Pick<LearningDataOptions, 'session' | 'replaySteps' | 'seed'>,
): Set<string> {
  const ids = listed.filter((one) => one.session === options.session).map(({ id }) => id);
  const older = listed.filter((one) => one.session !== options.session);
  let left = options.replaySteps;
  for (const { id, steps } of createRng(options.seed).shuffle(older)) {
    if (left <= 0) break;
    ids.push(id);
    left -= steps;
  }
  return new Set(ids);
}

function requireTargets({ episodes }: TrainRequest, key: string): void {
  if (episodes.some((episode) => episode.length > 1)) return;
  throw new ForesightError(
    'bad-data',
    `There is nothing to train "${key}" on: no episode that may be learned from has two steps. ` +
      'Play a while with the character tracked, or import recordings.',
  );
}
