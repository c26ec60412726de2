/** Ticks per second of the rules. */
export const TICK_RATE = 60;
/** Ticks of a decision: the controls over this time are recorded and predicted as one action. */
export const DECISION_TICKS = 10;

/** The controls of one tick. */
export interface Controls {
  /** -1 = full left, 1 = full right. */
  readonly steering: number;
  /** -1 = full brake, 1 = full throttle. */
  readonly throttle: number;
}

export const NO_CONTROLS: Controls = { steering: 0, throttle: 0 };

/** Controls below this are named as none. */
const REST = 0.25;

const STEERING_NAMES = ['left', 'straight', 'right'] as const;
const THROTTLE_NAMES = ['brake', 'coast', 'gas'] as const;

const third = (value: number): 0 | 1 | 2 => (value < -REST ? 0 : value > REST ? 2 : 1);

/** Names of what a driver can do, such as `left-gas`. */
export const DRIVE_ACTIONS: readonly string[] = STEERING_NAMES.flatMap((steering) =>
  THROTTLE_NAMES.map((throttle) => `${steering}-${throttle}`),
);

/** The name of the nearest action. */
export const nameControls = ({ steering, throttle }: Controls): string =>
  DRIVE_ACTIONS[third(steering) * 3 + third(throttle)];
