import { ForesightError } from '../util/error.ts';

/** The position of a window in its episode, and which of its steps are targets. */
export interface Window {
  /** Index of the episode. */
  readonly episode: number;
  /** First step, and the number of steps (at most windowLength). */
  readonly start: number;
  readonly length: number;
  /** Steps [firstTarget, start + length) are targets of this window. */
  readonly firstTarget: number;
}

export interface WindowOptions {
  /** T, steps of a window. */
  readonly windowLength: number;
  /** Steps between the starts of two windows, at most windowLength - warmUp. */
  readonly windowStride: number;
  /** First steps of a window that are not targets, unless the episode begins there. */
  readonly warmUp: number;
}

/**
 * Cuts one episode of `steps` steps into windows in which every step but the last (which has no
 * successor) is a target exactly once. Where windows overlap, the earlier one has the target, because
 * more steps precede it there. If the episode is long enough, the last window is moved back until it is
 * full. Throws `bad-config` where the stride would leave steps out.
 */
export function cutWindows(steps: number, episode: number, options: WindowOptions): Window[] {
  const { windowLength, windowStride } = options;
  checkWindowOptions(options);
  const windows: Window[] = [];
  const targets = steps - 1;
  for (let start = 0, covered = 0; covered < targets; start += windowStride) {
    const from = Math.max(0, Math.min(start, targets - windowLength));
    const end = Math.min(from + windowLength, targets);
    windows.push({ episode, start: from, length: end - from, firstTarget: covered });
    covered = end;
  }
  return windows;
}

/** Throws `bad-config` if windows of this kind would leave steps out. */
export function checkWindowOptions({ windowLength, windowStride, warmUp }: WindowOptions): void {
  const fail = (message: string): never => {
    throw new ForesightError('bad-config', message);
  };
  for (const [name, value, least] of [
    ['windowLength', windowLength, 1],
    ['windowStride', windowStride, 1],
    ['warmUp', warmUp, 0],
  ] as const)
    if (!(Number.isInteger(value) && value >= least))
      fail(`${name} is ${value}. Give a whole number of at least ${least}.`);
  if (windowStride > windowLength - warmUp)
    fail(
      `windowStride is ${windowStride}, more than windowLength - warmUp = ${windowLength - warmUp}, so some steps would never be targets. ` +
        `Lower windowStride or warmUp, or raise windowLength.`,
    );
}
