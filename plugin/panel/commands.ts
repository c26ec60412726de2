import { Turns } from '../../src/util/turns.ts';
import type { ForesightModel } from '../game/foresight-model.ts';
import type { ForesightPlugin } from '../game/foresight-plugin.ts';
import type { Learner } from '../training/learner.ts';
import { isSafetensors, saveFile } from './files.ts';
import { forgetPreferences } from './preferences.ts';
import type { PickText } from './texts.ts';

/** The status when a command is done; null where an event sets it. */
type Outcome = PickText | null;

export interface RunningImport {
  /** Of the file. */
  readonly name: string;
  /** Share of the work that is done. */
  readonly done: number;
}

/** What the buttons of the panel do to one model. Each resolves with a line for the status. */
export class PanelCommands {
  readonly #foresight: ForesightPlugin;
  readonly #key: string;
  #importing: RunningImport | null = null;
  #cancelImports = new AbortController();
  readonly #imports = new Turns();

  constructor(foresight: ForesightPlugin, key: string) {
    this.#foresight = foresight;
    this.#key = key;
  }

  /** True while a training runs or waits. */
  get training(): boolean {
    return this.#foresight.trainings.some((run) => run.key === this.#key);
  }

  get paused(): boolean {
    const runs = this.#foresight.trainings.filter((run) => run.key === this.#key);
    return runs.length
      ? runs.some((run) => run.state === 'paused')
      : this.#learner?.state === 'paused';
  }

  get learning(): boolean {
    return this.#learner !== null;
  }

  async train(): Promise<Outcome> {
    // Its end and its errors come as events.
    await this.#model.train().result.catch(() => {});
    return null;
  }

  /** Pauses trainings and continuous learning, or resumes both. */
  async pauseOrResume(): Promise<Outcome> {
    const pause = !this.paused;
    const learner = this.#learner;
    for (const part of [...this.#foresight.trainings, ...(learner ? [learner] : [])])
      if (part.key === this.#key) part[pause ? 'pause' : 'resume']();
    return ({ status }) => (pause ? status.paused : learner ? status.learning : status.training);
  }

  async cancel(): Promise<Outcome> {
    for (const run of this.#foresight.trainings) if (run.key === this.#key) run.cancel();
    return ({ status }) => status.cancelled;
  }

  async undo(): Promise<Outcome> {
    const id = await this.#foresight.recordings.undoLast();
    return ({ status }) => (id ? status.undone : status.nothingToUndo);
  }

  async toggleRecord(): Promise<Outcome> {
    const record = (this.#foresight.recordPlay = !this.#foresight.recordPlay);
    return ({ status }) => (record ? status.recording : status.notRecording);
  }

  async setSessionLearn(session: string, learn: boolean): Promise<Outcome> {
    await this.#foresight.recordings.setSessionLearn(this.#model.spec, { session, learn });
    return ({ status }) => (learn ? status.sessionIn : status.sessionOut);
  }

  async removeSession(session: string): Promise<Outcome> {
    await this.#foresight.recordings.removeSession(this.#model.spec, session);
    return ({ status }) => status.deleted;
  }

  async toggleLearn(): Promise<Outcome> {
    const learn = (this.#foresight.learnFromPlay = !this.#foresight.learnFromPlay);
    return ({ status }) => (learn ? status.learningAgain : status.notLearning);
  }

  async togglePredictions(): Promise<Outcome> {
    this.#foresight.usePredictions = !this.#foresight.usePredictions;
    return null;
  }

  async exportEpisodes(): Promise<Outcome> {
    const name = `${this.#key}.episodes`;
    saveFile(name, await this.#foresight.recordings.export(this.#model.spec));
    return ({ status }) => status.exported(name);
  }

  async exportModel(): Promise<Outcome> {
    const name = `${this.#key}.safetensors`;
    saveFile(name, await this.#model.export());
    return ({ status }) => status.exported(name);
  }

  /** The import in progress; null while there is none. */
  get importing(): RunningImport | null {
    return this.#importing;
  }

  /** Imports a model or recordings, whichever the file holds. One file at a time. */
  import(file: File): Promise<Outcome> {
    const { signal } = this.#cancelImports;
    const outcome = this.#imports.take(() => this.#import(file, signal));
    return outcome.catch((error: unknown) => {
      if (!signal.aborted) throw error;
      return ({ status }) => status.importCancelled;
    });
  }

  /** Cancels the import in progress and those that wait for it. */
  cancelImports(): void {
    this.#cancelImports.abort();
    this.#cancelImports = new AbortController();
  }

  async #import(file: File, signal: AbortSignal): Promise<Outcome> {
    const running = { name: file.name, done: 0 };
    this.#importing = running;
    try {
      if (await isSafetensors(file)) {
        await this.#model.import(file, { signal });
        return ({ status }) => status.importedModel;
      }
      const onProgress = (done: number): void => void (running.done = done);
      const { recordings } = this.#foresight;
      const count = await recordings.import(file, this.#model.spec, { signal, onProgress });
      return ({ status }) => status.importedEpisodes(count);
    } finally {
      this.#importing = null;
    }
  }

  async clear(): Promise<Outcome> {
    await this.#foresight.clearAll();
    forgetPreferences();
    return ({ status }) => status.cleared;
  }

  /** Throws `not-ready` while the model is not there. */
  get #model(): ForesightModel {
    return this.#foresight.models.get(this.#key);
  }

  get #learner(): Learner | null {
    return this.#foresight.models.has(this.#key) ? this.#model.learner : null;
  }
}
