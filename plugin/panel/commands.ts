import type { ForesightPlugin } from '../game/foresight-plugin.ts';
import { isSafetensors, saveFile } from './files.ts';
import { forgetPreferences } from './preferences.ts';
import type { PickText } from './texts.ts';

/** The status when a command is done; null where an event sets it. */
type Outcome = PickText | null;

/** What the buttons of the panel do to one model. Each resolves with a line for the status. */
export class PanelCommands {
  readonly #foresight: ForesightPlugin;
  readonly #key: string;

  constructor(foresight: ForesightPlugin, key: string) {
    this.#foresight = foresight;
    this.#key = key;
  }

  /** True while a training or a burst runs or waits. */
  get training(): boolean {
    return this.#foresight.trainings.some((run) => run.key === this.#key);
  }

  get paused(): boolean {
    const runs = this.#foresight.trainings.filter((run) => run.key === this.#key);
    return runs.length
      ? runs.some((run) => run.state === 'paused')
      : this.#foresight.learner(this.#key)?.state === 'paused';
  }

  get learning(): boolean {
    return this.#foresight.learner(this.#key) !== null;
  }

  async train(): Promise<Outcome> {
    // Its end and its errors come as events.
    await this.#foresight.train(this.#key).result.catch(() => {});
    return null;
  }

  /** Pauses trainings and continuous learning, or resumes both. */
  async pauseOrResume(): Promise<Outcome> {
    const pause = !this.paused;
    const learner = this.#foresight.learner(this.#key);
    for (const part of [...this.#foresight.trainings, ...(learner ? [learner] : [])])
      if (part.key === this.#key) part[pause ? 'pause' : 'resume']();
    return ({ status }) => (pause ? status.paused : learner ? status.learning : status.training);
  }

  async cancel(): Promise<Outcome> {
    for (const run of this.#foresight.trainings) if (run.key === this.#key) run.cancel();
    return ({ status }) => status.cancelled;
  }

  async undo(): Promise<Outcome> {
    const id = await this.#foresight.undoLastEpisode();
    return ({ status }) => (id ? status.undone : status.nothingToUndo);
  }

  async toggleRecord(): Promise<Outcome> {
    const record = (this.#foresight.recordPlay = !this.#foresight.recordPlay);
    return ({ status }) => (record ? status.recording : status.notRecording);
  }

  async setSessionLearn(session: string, learn: boolean): Promise<Outcome> {
    await this.#foresight.setSessionLearn(this.#key, { session, learn });
    return ({ status }) => (learn ? status.sessionIn : status.sessionOut);
  }

  async removeSession(session: string): Promise<Outcome> {
    await this.#foresight.removeSession(this.#key, session);
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
    saveFile(name, await this.#foresight.exportEpisodes(this.#key));
    return ({ status }) => status.exported(name);
  }

  async exportModel(): Promise<Outcome> {
    const name = `${this.#key}.safetensors`;
    saveFile(name, this.#foresight.exportModel(this.#key));
    return ({ status }) => status.exported(name);
  }

  /** Imports a model or recordings, whichever the file holds. */
  async import(file: Blob): Promise<Outcome> {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (isSafetensors(bytes)) {
      this.#foresight.importModel(this.#key, bytes);
      return ({ status }) => status.importedModel;
    }
    const count = await this.#foresight.importEpisodes(bytes, this.#key);
    return ({ status }) => status.importedEpisodes(count);
  }

  async clear(): Promise<Outcome> {
    await this.#foresight.clearAll();
    forgetPreferences();
    return ({ status }) => status.cleared;
  }
}
