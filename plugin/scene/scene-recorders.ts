import { Recorder } from '../../src/record/recorder.ts';
import type { ForesightPlugin } from '../game/foresight-plugin.ts';
import type { LiveModel } from '../game/live-model.ts';

interface SessionRecorder {
  readonly session: string;
  readonly recorder: Recorder;
}

/** The recorders of one run of a scene: one per model for what is stored, and one for what is only followed. */
export class SceneRecorders {
  readonly #foresight: ForesightPlugin;
  readonly #stored = new Map<LiveModel, SessionRecorder>();
  readonly #followed = new Map<LiveModel, SessionRecorder>();

  constructor(foresight: ForesightPlugin) {
    this.#foresight = foresight;
  }

  of(model: LiveModel, store: boolean): Recorder {
    const { events, recordings, session } = this.#foresight;
    const group = store ? this.#stored : this.#followed;
    const known = group.get(model);
    if (known?.session === session) return known.recorder;
    // Another session began: all episodes of the old one have ended.
    if (known) recordings.retire(known.recorder);
    const recorder = new Recorder({
      spec: model.spec,
      store: store ? recordings.store : undefined,
      session,
      onError: (error) => events.emit('storage-error', { error }),
    });
    group.set(model, { session, recorder });
    return recorder;
  }

  /** New episodes get new recorders; what the old ones could not store stays with the recordings. */
  retire(): void {
    for (const group of [this.#stored, this.#followed]) {
      for (const { recorder } of group.values()) this.#foresight.recordings.retire(recorder);
      group.clear();
    }
  }
}
