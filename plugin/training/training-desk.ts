import { splitBySession } from '../../src/dataset/split.ts';
import { TRAINING_DEFAULTS } from '../../src/model/config.ts';
import { freshTraining } from '../../src/model/play-model.ts';
import { ForesightError } from '../../src/util/error.ts';
import type { ModelConfig, TrainingConfig } from '../../src/model/config.ts';
import type { Episode } from '../../src/record/episode.ts';
import type { CharacterSpec } from '../../src/record/spec.ts';
import type { EngineChoice, EngineReport, TrainRequest } from '../../src/worker/protocol.ts';
import type { LearningRun, TrainerClient, WorkerSource } from '../../src/worker/client.ts';
import type { ErrorReporter } from '../game/error-reporter.ts';
import { emitSafely } from '../game/emit-safely.ts';
import { asError } from '../game/error-reporter.ts';
import type { ForesightEvents, TrainedResult, TypedEmitter } from '../game/events.ts';
import { OTHER_TAB_TRAINS } from '../game/kept-models.ts';
import type { KeptModels } from '../game/kept-models.ts';
import { loadPart } from '../../src/util/load-part.ts';
import { loadPredicting } from '../game/predicting.ts';
import type { LiveModel } from '../game/live-model.ts';
import { Learner } from './learner.ts';
import type { LearnOptions } from './learner.ts';
import { ModelTraining } from './model-training.ts';
import type { ModelTrainingOptions } from './model-training.ts';
import { newestSteps } from '../recordings/newest-steps.ts';
import type { Recordings } from '../recordings/recordings.ts';
import { describeEpisodes, extendTrainedOn } from './trained-on.ts';

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
  /** Only the tab that keeps the models trains them; null: all tabs do. */
  readonly kept: KeptModels | null;
  readonly recordings: Recordings;
  readonly events: TypedEmitter<ForesightEvents>;
  readonly reporter: ErrorReporter;
}

/** Runs the trainings of a game, one at a time, in one worker that is started when first needed. */
export class TrainingDesk {
  readonly #options: TrainingDeskOptions;
  readonly #learners = new Map<string, Learner>();
  readonly #runs = new Set<ModelTraining>();
  /** Those from scratch that learners asked for. */
  readonly #fits = new WeakSet<ModelTraining>();
  /** Older episodes that learners mix in. */
  readonly #replayed = new WeakMap<
    Learner,
    { readonly spec: CharacterSpec; readonly ids: ReadonlySet<string> }
  >();
  #client: TrainerClient | null = null;
  #tail: Promise<void> = Promise.resolve();
  #closed = false;
  /** Why the worker cannot be started, as reported: once, however much fails for it. */
  #reported: unknown = null;

  constructor(options: TrainingDeskOptions) {
    this.#options = options;
    options.events.on('recordings', () => void this.#onRecordings().catch(() => {}));
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
    // A person waits for this run; a learner begins again after the next steps.
    for (const run of this.#runs) if (this.#fits.has(run)) run.cancel();
    return this.#start({
      model,
      tolerance: options.tolerance ?? 0,
      request: async () => {
        await this.#requireTurn();
        const all = options.episodes ?? (await recordings.load(model.spec));
        const start = options.from === 'scratch' ? null : model.checkpoint;
        return {
          spec: model.spec,
          episodes: all.filter((episode) => episode.learn),
          model: start ? undefined : { ...model.config, ...options.model },
          training: options.training,
          // What it learned from in this visit is among the episodes.
          start: start ? { ...start, trainedOn: (model.base ?? start).trainedOn } : undefined,
          playing: this.#options.session(),
          engine: options.engine ?? this.#options.engine,
        };
      },
      compareOn: ({ episodes, training }) => {
        const { heldOutFraction, seed } = { ...TRAINING_DEFAULTS, ...training };
        const { heldOut } = splitBySession(episodes, { fraction: heldOutFraction, seed });
        return heldOut.some(({ length }) => length > 1) ? heldOut : episodes;
      },
    });
  }

  learn(model: LiveModel, options: LearnOptions): Learner {
    this.#learners.get(model.key)?.stop();
    this.#retry();
    const { engine, recordings } = this.#options;
    const learner = new Learner(
      model.key,
      { engine, ...options },
      {
        model,
        mayLearn: () => this.#options.kept?.isOurs ?? true,
        recorded: async () => {
          const listed = await recordings.list(model.spec);
          return listed.reduce((sum, { learn, steps }) => sum + (learn ? steps : 0), 0);
        },
        fit: (self) => this.#fit(model, self),
        begin: (self) => this.#begin(model, self),
        failed: (thrown) => this.#failed(thrown, 'learn', model.key),
        resumed: () => this.#retry(),
        stopped: (self) => {
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
    for (const learner of this.#learners.values()) learner.refresh();
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

  /** Trains a model from scratch on all that was played, for its learner. Never rejects. */
  async #fit(model: LiveModel, { options }: Learner): Promise<void> {
    const { recordings, session } = this.#options;
    const run = this.#start({
      model,
      tolerance: 0,
      request: async () => {
        const all = await recordings.load(model.spec);
        return {
          spec: model.spec,
          episodes: all.filter(({ learn }) => learn),
          model: model.config,
          training: {
            ...freshTraining({ experts: !!model.config.contexts }),
            ...options.freshTraining,
          },
          playing: session(),
          engine: options.engine,
        };
      },
    });
    this.#fits.add(run);
    await run.result.catch(() => {});
  }

  async #begin(model: LiveModel, learner: Learner): Promise<LearningRun> {
    const { recordings, session, events } = this.#options;
    const { options } = learner;
    const older = (await recordings.list(model.spec)).filter(
      (one) => one.learn && one.session !== session(),
    );
    const ids = newestSteps(older, options.replaySteps);
    const replay = ids.size ? await recordings.load(model.spec, ids) : [];
    this.#replayed.set(learner, { spec: model.spec, ids });
    const client = await this.#useClient();
    const { checkpoint } = model;
    if (!checkpoint) throw new RangeError(`"${model.key}" has lost its weights`);
    const known = new Set(checkpoint.trainedOn.sessions);
    const before = extendTrainedOn(
      checkpoint.trainedOn,
      describeEpisodes(replay.filter((one) => !known.has(one.session))),
    );
    return client.learn(
      { checkpoint, replay, options, engine: options.engine },
      {
        onLearned: ({ weights, ...figures }) => {
          if (!learner.take(figures)) return;
          const trainedOn = extendTrainedOn(before, learner.play.trainedOn(session()));
          model.learn({ ...checkpoint, weights, trainedOn });
          emitSafely(events, 'learned', { key: model.key, ...figures });
        },
        onError: (error) => learner.runFailed(error),
      },
    );
  }

  /** What was deleted, or may no longer be learned from, is not mixed in any longer. */
  readonly #onRecordings = async (): Promise<void> => {
    for (const learner of this.#learners.values()) {
      const replayed = this.#replayed.get(learner);
      if (!replayed?.ids.size) continue;
      const listed = await this.#options.recordings.list(replayed.spec);
      const usable = new Set(listed.filter(({ learn }) => learn).map(({ id }) => id));
      if ([...replayed.ids].some((id) => !usable.has(id))) learner.restart();
    }
  };

  #start(options: Omit<ModelTrainingOptions, 'turn' | 'client'>): ModelTraining {
    const { events } = this.#options;
    const { key } = options.model;
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
      (progress) => emitSafely(events, 'progress', { key, progress }),
    );
    this.#runs.add(run);
    this.#tail = run.result.then(
      (result) => {
        this.#ended(run, options.model, result);
        idle();
      },
      (thrown: unknown) => {
        this.#runs.delete(run);
        this.#failed(thrown, this.#fits.has(run) ? 'learn' : 'train', key);
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

  async #requireTurn(): Promise<void> {
    const { kept } = this.#options;
    await kept?.decided;
    if (kept?.isOurs === false) throw new ForesightError('not-ready', OTHER_TAB_TRAINS);
  }

  async #useClient(): Promise<TrainerClient> {
    const [{ TrainerClient }] = await Promise.all([
      loadPart('The client of the training worker', () => import('../../src/worker/client.ts')),
      // Its weights are used at once.
      loadPredicting(),
    ]);
    if (this.#closed)
      throw new ForesightError('cancelled', 'The game is over. Train in a game that runs.');
    return (this.#client ??= new TrainerClient({ worker: this.#options.worker }));
  }

  /** A worker that could not be started is tried again only for a training that somebody wants, never for a learner. */
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
    // A learner fails again and again for the same cause.
    if (source === 'learn') this.#options.reporter.once(source, asError(thrown), key);
    else this.#options.reporter.report(source, asError(thrown), key);
  }
}

function requireTargets({ episodes }: TrainRequest, key: string): void {
  if (episodes.some((episode) => episode.length > 1)) return;
  throw new ForesightError(
    'bad-data',
    `There is nothing to train "${key}" on: no episode that may be learned from has two steps. ` +
      'Play a while with the character tracked, or import recordings.',
  );
}
