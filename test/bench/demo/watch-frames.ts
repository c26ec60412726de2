import type * as Phaser from 'phaser';
import type { Page } from 'playwright-core';
import type { SceneForesight } from '../../../plugin/index.ts';

/**
 * How the game trains: not at all; as it always does, an update after every few actions; the same with
 * the training panel open; or without a pause, one long training after the other, which is more than
 * any game should.
 */
export type TrainingMode = 'off' | 'learn' | 'panel' | 'nonstop';

/** What the page records. */
export interface FrameNotes {
  /** Milliseconds between frames. */
  readonly gaps: readonly number[];
  /** Milliseconds of each task of the main thread that took over 50 ms. */
  readonly longTasks: readonly number[];
  /** Trainings that ended and updates that were made meanwhile. */
  readonly trained: number;
  /** The engine of the last one; empty before. */
  readonly engine: string;
}

/** What `watchFrames` puts into the page. */
export interface FrameWatch {
  setMode(mode: TrainingMode): void;
  begin(): void;
  end(): FrameNotes;
}

/** Prepares a page of the demo, in which the fight has begun, for `FrameWatch`. */
export async function watchFrames(page: Page, engine: string): Promise<void> {
  // tsx names functions with a helper that a page does not have.
  await page.evaluate('globalThis.__name = (named) => named');
  await page.evaluate((choice) => {
    const MODEL = 'duelist';
    const { duelGame: game } = globalThis as unknown as { duelGame: Phaser.Game };
    const fight = game.scene.getScene('fight') as unknown as { foresight: SceneForesight };
    const { shared: foresight } = fight.foresight;
    const model = foresight.models.get(MODEL);
    const engineChoice = choice as 'auto' | 'wasm' | 'webgpu' | 'cpu';
    let mode: TrainingMode = 'learn';
    let notes = { gaps: [] as number[], longTasks: [] as number[], trained: 0, engine: '' };
    let last = NaN;
    const learns = (): boolean => mode === 'learn' || mode === 'panel';

    // A new duel starts to learn by itself, which is right only in that mode.
    const learn = model.learn.bind(model);
    model.learn = (options) => {
      const learner = learn({ ...options, engine: engineChoice });
      if (!learns()) learner.stop();
      return learner;
    };
    const note = ({ engine: used }: { readonly engine: { readonly engine: string } }): void => {
      notes.trained += 1;
      notes.engine = used.engine;
    };
    foresight.events.on('trained', note);
    foresight.events.on('learned', note);
    const trainNonstop = async (): Promise<void> => {
      const training = { epochs: 400, patience: 0 };
      // A training that is cancelled, or has no recordings yet, is followed by the next one.
      await model
        .train({ engine: engineChoice, training })
        .result.catch(() => new Promise((resolve) => setTimeout(resolve, 500)));
      if (mode === 'nonstop') await trainNonstop();
    };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) notes.longTasks.push(duration);
    }).observe({ type: 'longtask' });
    const onFrame = (now: number): void => {
      if (!Number.isNaN(last)) notes.gaps.push(now - last);
      last = now;
      requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);

    const watch: FrameWatch = {
      setMode(next) {
        mode = next;
        if (learns()) model.learn();
        else model.learner?.stop();
        if (mode === 'nonstop') void trainNonstop();
        else for (const run of foresight.trainings) run.cancel();
      },
      begin() {
        notes = { gaps: [], longTasks: [], trained: 0, engine: notes.engine };
      },
      end: () => notes,
    };
    Object.assign(globalThis, { frameWatch: watch });
  }, engine);
}
