import { splitBySession } from '../../src/dataset/split.ts';
import { TRAINING_DEFAULTS } from '../../src/model/config.ts';
import { freshTraining } from '../../src/model/play-model.ts';
import { describeTrainedOn } from '../../src/model/trained-on.ts';
import { ForesightError } from '../../src/util/error.ts';
import { Turns } from '../../src/util/turns.ts';
import type { ModelConfig, TrainingConfig } from '../../src/model/config.ts';
import type { Episode } from '../../src/record/episode.ts';
import type { TrainingProgress } from '../../src/train/progress.ts';
import type { EngineChoice, EngineReport, TrainRequest } from '../../src/worker/protocol.ts';
import type { LearningRun, TrainerClient, WorkerSource } from '../../src/worker/client.ts';
import { TrainingRun } from '../../src/worker/client-run.ts';
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
import { trainModel } from './train-model.ts';
import type { Acceptance } from './train-model.ts';
import { newestSteps } from '../recordings/newest-steps.ts';
import type { Recordings } from '../recordings/recordings.ts';

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

interface TrainingPlan extends Acceptance {
  /** A call of `train`, or a learner. */
  readonly source: 'train' | 'learn';
  /** What to learn from; called when the run's turn has come. */
  readonly request: () => Promise<TrainRequest>;
}

/** Runs the trainings of a game, one at a time, in one worker that is started when first needed. */
export class TrainingDesk {
  readonly #options: TrainingDeskOptions;
  readonly #learners = new Map<string, Learner>();
  /** Trainings that run or wait, and what each is for. */
  readonly #runs = new Map<TrainingRun<TrainedResult>, TrainingPlan['source']>();
  readonly #turns = new Turns();
  #client: TrainerClient | null = null;
  #closed = false;
  /** Why the worker cannot be started, as reported: once, however much fails for it. */
  #reported: unknown = null;

  constructor(options: TrainingDeskOptions) {
    this.#options = options;
    options.events.on('recordings', () => void this.#onRecordings().catch(() => {}));
  }

  /** Trainings that run or wait, newest last. */
  get runs(): readonly TrainingRun<TrainedResult>[] {
    return [...this.#runs.keys()];
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

  train(model: LiveModel, options: TrainOptions): TrainingRun<TrainedResult> {
    const { recordings } = this.#options;
    this.#retry();
    // A person waits for this run; a learner begins again after the next steps.
    for (const [run, source] of this.#runs) if (source === 'learn') run.cancel();
    return this.#start(model, {
      source: 'train',
      tolerance: options.tolerance ?? 0,
      request: async () => {
        await this.#requireTurn(model.key);
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
        fit: (self) => this.#fit(self),
        begin: (self) => this.#begin(self),
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

  /** A model was given other weights or restored: its runs are cancelled, the paused ones too. */
  renewed(key: string): void {
    for (const run of this.runs) if (run.key === key) run.cancel();
    this.#learners.get(key)?.refresh();
  }

  /** Cancels all runs, then does `work`. Runs that are requested meanwhile wait until it is done. */
  exclusive(work: () => Promise<void>): Promise<void> {
    for (const run of this.runs) run.cancel();
    return this.#turns.take(work);
  }

  /** Ends everything for good, see `stop`. */
  close(): void {
    this.#closed = true;
    this.stop();
  }

  /** Ends everything that runs: runs reject or resolve as cancelled, the worker is terminated. */
  stop(): void {
    for (const learner of this.#learners.values()) learner.stop();
    for (const run of this.runs) run.cancel();
    this.#client?.dispose();
    this.#client = null;
  }

  /** Trains a model from scratch on all that was played, for its learner. Never rejects. */
  async #fit({ model, options }: Learner): Promise<void> {
    const { recordings, session } = this.#options;
    const run = this.#start(model, {
      source: 'learn',
      tolerance: 0,
      request: async () => {
        const episodes = (await recordings.load(model.spec)).filter(({ learn }) => learn);
        // Many characters may have made a step each so far, which is no fault: it tries again after some more.
        if (!hasTargets(episodes))
          throw new ForesightError('cancelled', `"${model.key}" has nothing to learn from yet.`);
        return {
          spec: model.spec,
          episodes,
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
    await run.result.catch(() => {});
  }

  async #begin(learner: Learner): Promise<LearningRun> {
    const { recordings, session, events } = this.#options;
    const { model, options } = learner;
    const older = (await recordings.list(model.spec)).filter(
      (one) => one.learn && one.session !== session(),
    );
    const ids = newestSteps(older, options.replaySteps);
    const replay = ids.size ? await recordings.load(model.spec, ids) : [];
    learner.replayed = ids;
    const client = await this.#useClient();
    const { checkpoint } = model;
    if (!checkpoint) throw new RangeError(`"${model.key}" has lost its weights`);
    const { trainedOn: before } = checkpoint;
    const known = new Set(before.sessions);
    const episodes = replay.filter((one) => !known.has(one.session));
    const start = { ...before, ...describeTrainedOn({ episodes, before, isPlayed: true }) };
    return client.learn(
      { checkpoint, replay, options, engine: options.engine },
      {
        onLearned: ({ weights, ...figures }) => {
          if (!learner.take(figures)) return;
          const trainedOn = learner.play.trainedOn(start, session());
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
      const { replayed, model } = learner;
      if (!replayed.size) continue;
      const listed = await this.#options.recordings.list(model.spec);
      const usable = new Set(listed.filter(({ learn }) => learn).map(({ id }) => id));
      if ([...replayed].some((id) => !usable.has(id))) learner.restart();
    }
  };

  #start(
    model: LiveModel,
    { source, request: requestOf, ...acceptance }: TrainingPlan,
  ): TrainingRun<TrainedResult> {
    const { events } = this.#options;
    const { key } = model;
    const run = new TrainingRun<TrainedResult>(key, this.#turns, async (link) => {
      const report = (progress: TrainingProgress): void => {
        link.report(progress);
        emitSafely(events, 'progress', { key, progress });
      };
      let isIdle = true;
      try {
        link.throwIfCancelled();
        const client = await this.#useClient();
        const request = await requestOf();
        requireTargets(request, key);
        isIdle = false;
        emitSafely(events, 'activity', { key, state: 'training' });
        const work = { request, client, link: { ...link, report } };
        const result = await trainModel(model, { ...work, ...acceptance });
        this.#runs.delete(run);
        const { checkpoint } = model;
        if (result.swapped) emitSafely(events, 'model', { key, checkpoint });
        emitSafely(events, 'trained', result);
        return result;
      } catch (thrown) {
        this.#runs.delete(run);
        this.#failed(thrown, source, key);
        throw thrown;
      } finally {
        if (!isIdle) emitSafely(events, 'activity', { key, state: 'idle' });
      }
    });
    this.#runs.set(run, source);
    return run;
  }

  /** Waits until the model has what was kept of it: that is what it continues from. */
  async #requireTurn(key: string): Promise<void> {
    const { kept } = this.#options;
    await kept?.restored(key);
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

const hasTargets = (episodes: readonly Episode[]): boolean =>
  episodes.some(({ length }) => length > 1);

function requireTargets({ episodes }: TrainRequest, key: string): void {
  if (hasTargets(episodes)) return;
  throw new ForesightError(
    'bad-data',
    `There is nothing to train "${key}" on: no episode that may be learned from has two steps. ` +
      'Play a while with the character tracked, or import recordings.',
  );
}
