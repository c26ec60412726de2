import type { SceneForesight } from 'phaser-foresight';
import type { Report } from './report';

export interface Fighters {
  readonly hero: {
    act(action: 'jab' | 'kick'): unknown;
    readonly prediction: { readonly action: string } | null;
  };
  readonly rival: { decide(): string | null };
}

const HABIT = ['jab', 'jab', 'kick'] as const;
const FRAMES_PER_ACTION = 6;

/** Plays a habit from now on, reports what happens, and opens the training panel. Call the result at each frame. */
export function playItself(foresight: SceneForesight, { hero, rival }: Fighters): () => void {
  const report: Report = {
    actions: 0,
    updates: 0,
    engine: null,
    prediction: null,
    reply: null,
    errors: [],
  };
  Object.assign(globalThis, { report });
  const { events } = foresight.shared;
  events.on('learned', ({ updates, engine }) => {
    report.updates = updates;
    report.engine = engine.engine;
  });
  events.on('error', ({ error }) => report.errors.push(error.message));
  // Its code is loaded now.
  foresight.panel().open();
  let frames = 0;
  return () => {
    if (frames++ % FRAMES_PER_ACTION !== 0) return;
    report.reply = rival.decide();
    hero.act(HABIT[report.actions % HABIT.length]);
    report.actions += 1;
    report.prediction = hero.prediction?.action ?? null;
  };
}
