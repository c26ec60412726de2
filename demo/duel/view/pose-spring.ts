import { POSES } from './pose.ts';
import type { MutablePose, Pose, PoseName } from './pose.ts';

/** How fast a body approaches a pose, radians per second: strikes are sudden, breathing is slow. */
const STIFFNESS: Readonly<Partial<Record<PoseName, number>>> = {
  strike: 62,
  airStrike: 56,
  cast: 46,
  reel: 54,
  block: 46,
  windUp: 40,
  breathe: 12,
  guard: 22,
  lie: 20,
  win: 14,
  lose: 9,
};
const USUAL = 28;
/** Below 1, so that a body swings a little past the pose and back. */
const DAMPING = 0.72;
/** Longest step that stays stable, seconds. */
const STEP = 1 / 120;

const KEYS = Object.keys(POSES.guard) as (keyof Pose)[];

/** A body on springs, which moves smoothly into every pose. */
export class PoseSpring {
  readonly pose: MutablePose = { ...POSES.guard };
  readonly #speeds: MutablePose;

  constructor() {
    this.#speeds = { ...POSES.guard };
    for (const key of KEYS) this.#speeds[key] = 0;
  }

  /** Moves towards a pose for a number of seconds. */
  approach(name: PoseName, seconds: number): void {
    const target = POSES[name];
    const stiffness = STIFFNESS[name] ?? USUAL;
    const steps = Math.max(1, Math.ceil(seconds / STEP));
    const step = Math.min(seconds / steps, STEP);
    const { pose } = this;
    for (let i = 0; i < steps; i++)
      for (const key of KEYS) {
        const pull = (target[key] - pose[key]) * stiffness * stiffness;
        const drag = this.#speeds[key] * 2 * DAMPING * stiffness;
        this.#speeds[key] += (pull - drag) * step;
        pose[key] += this.#speeds[key] * step;
      }
  }
}
