import type { Page } from 'playwright-core';
import type { Shown } from './browser.ts';

/** Frames per second of a stepped game: one frame is one tick of the demo's rules. */
export const FRAME_RATE = 60;

/** Frames in so many seconds of play. */
export const framesIn = (seconds: number): number => Math.round(seconds * FRAME_RATE);

/** What `holdClock` adds to the page. */
export interface HeldClock {
  /** Runs so many frames, each 1/60 s of play; between two, messages and stored data get through. */
  readonly stepFrames: (frames: number) => Promise<void>;
}

export interface HoldClockOptions {
  /** Time of a frame, ms. */
  readonly frameMs?: number;
  /** One frame in so many is drawn. */
  readonly drawnEvery?: number;
  /** Timers of so many ms and longer move with the clock. Default: all are real. */
  readonly heldTimersMs?: number;
}

/**
 * Runs in a page before anything else: from then on its frames, and the time that a game reads, move
 * only when the test steps them. Timers, workers and storage stay real. All of a frame but the drawing
 * takes a millisecond, and drawing it without a graphics card up to 100: one frame in 60 is drawn.
 */
export function holdClock({
  frameMs = 1000 / 60,
  drawnEvery = 60,
  heldTimersMs = Infinity,
}: HoldClockOptions = {}): void {
  const wallClock = Date.now();
  const waiting = new Map<number, FrameRequestCallback>();
  let now = 0;
  let requests = 0;
  let frames = 0;
  performance.now = () => now;
  Date.now = () => wallClock + Math.round(now);
  globalThis.requestAnimationFrame = (callback) => {
    waiting.set(++requests, callback);
    return requests;
  };
  globalThis.cancelAnimationFrame = (request) => void waiting.delete(request);
  interface Timer {
    readonly run: () => void;
    readonly everyMs: number | null;
    due: number;
  }
  const timers = new Map<number, Timer>();
  /** Above the numbers of real ones. */
  let lastTimer = 1e9;
  const hold = (kind: 'Timeout' | 'Interval'): void => {
    const [start, clear] = [globalThis[`set${kind}`], globalThis[`clear${kind}`]];
    const held = (callback: TimerHandler, ms = 0, ...args: unknown[]): number => {
      if (!(ms >= heldTimersMs) || typeof callback === 'string')
        return start(callback as () => void, ms, ...args) as unknown as number;
      const everyMs = kind === 'Interval' ? ms : null;
      timers.set(++lastTimer, { run: () => callback(...args), everyMs, due: now + ms });
      return lastTimer;
    };
    const release = (timer: number): void => {
      if (!timers.delete(timer)) clear(timer);
    };
    Object.assign(globalThis, { [`set${kind}`]: held, [`clear${kind}`]: release });
  };
  if (heldTimersMs < Infinity) for (const kind of ['Timeout', 'Interval'] as const) hold(kind);
  const runTimers = (): void => {
    for (const [id, timer] of timers) {
      if (timer.due > now) continue;
      if (timer.everyMs === null) timers.delete(id);
      else timer.due = now + timer.everyMs;
      timer.run();
    }
  };
  const nextTask = (): Promise<void> =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    });
  const chooseDrawing = (): void => {
    const { duelGame: game } = globalThis as unknown as Partial<Shown>;
    if (!game?.isRunning) return;
    const draws = frames++ % drawnEvery === 0;
    game.loop.callback = draws ? game.step.bind(game) : game.headlessStep.bind(game);
  };
  const clock: HeldClock = {
    stepFrames: async (count) => {
      for (let frame = 0; frame < count; frame++) {
        now += frameMs;
        runTimers();
        chooseDrawing();
        const due = [...waiting.values()];
        waiting.clear();
        for (const callback of due) callback(now);
        await nextTask();
      }
    },
  };
  Object.assign(globalThis, clock);
}

/** Runs so many frames of the page's game. */
export function step(page: Page, frames = 1): Promise<void> {
  return page.evaluate((count) => (globalThis as unknown as HeldClock).stepFrames(count), frames);
}

export interface StepUntilOptions {
  /** Frames between two looks. */
  readonly stride?: number;
  /** Frames after which it is given up. */
  readonly limit?: number;
}

/** Five minutes of play: no condition that depends on play alone takes longer. */
export const STEP_UNTIL_DEFAULTS: Required<StepUntilOptions> = { stride: 1, limit: 18_000 };

/** Frames in which a busy machine can load anything; a test's own time-out comes first. */
export const WHILE_LOADING: StepUntilOptions = { limit: Infinity };

/**
 * Steps the game until `condition` gives something truthy, and returns that.
 *
 * @throws Error when it does not within `limit` frames
 */
export async function stepUntil<Value>(
  page: Page,
  condition: () => Promise<Value>,
  options: StepUntilOptions = {},
): Promise<NonNullable<Value>> {
  const { stride, limit } = { ...STEP_UNTIL_DEFAULTS, ...options };
  for (let frames = 0; frames <= limit; frames += stride) {
    const value = await condition();
    if (value) return value;
    await step(page, stride);
  }
  throw new Error(`Not within ${limit} frames: ${condition.toString()}`);
}

/** Holds a key for so many frames of play; releases it and runs one more. */
export async function holdKey(page: Page, key: string, frames = 3): Promise<void> {
  await page.keyboard.down(key);
  await step(page, frames);
  await page.keyboard.up(key);
  await step(page);
}
