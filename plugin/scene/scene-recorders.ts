import { Recorder } from '../../src/record/recorder.ts';
import type { ForesightPlugin } from '../game/foresight-plugin.ts';
import type { LiveModel } from '../game/live-model.ts';

interface SessionRecorder {
  readonly session: string;
  readonly recorder: Recorder;
}

/**
 * The recorders of one run of a scene: one per model for what is stored, and one for what is only followed.
 * Nothing of them needs to be released once their episodes have ended: the recordings write those.
 */
export class SceneRecorders {
  readonly #foresight: ForesightPlugin;
  readonly #stored = new Map<LiveModel, SessionRecorder>();
  readonly #followed = new Map<LiveModel, SessionRecorder>();

  constructor(foresight: ForesightPlugin) {
    this.#foresight = foresight;
  }

  of(model: LiveModel, store: boolean): Recorder {
    const { recordings, session } = this.#foresight;
    const group = store ? this.#stored : this.#followed;
    const known = group.get(model);
    if (known?.session === session) return known.recorder;
    // There is none yet, or another session began, and all episodes of the old one have ended.
    const { spec } = model;
    const recorder = new Recorder({ spec, session, writer: store ? recordings.writer : undefined });
    group.set(model, { session, recorder });
    return recorder;
  }
}
