/** Controls of the robot. */
export interface Controls {
  /** Radians per second, positive to the left. */
  readonly turn: number;
  /** Metres per second, forwards. */
  readonly speed: number;
}

export const MOST_TURN = 1.8;
export const MOST_SPEED = 0.6;

/** Names of the controls, from right to left. */
export const ROBOT_ACTIONS = ['sharp-right', 'right', 'forward', 'left', 'sharp-left'] as const;
export type RobotAction = (typeof ROBOT_ACTIONS)[number];

/** Turn rates between two neighbouring actions, radians per second. */
const EDGES = [-0.8, -0.2, 0.2, 0.8] as const;

/** Controls of each action. */
export const ACTION_CONTROLS: Readonly<Record<RobotAction, Controls>> = {
  'sharp-right': { turn: -1.2, speed: 0.4 },
  right: { turn: -0.4, speed: 0.5 },
  forward: { turn: 0, speed: 0.55 },
  left: { turn: 0.4, speed: 0.5 },
  'sharp-left': { turn: 1.4, speed: 0.25 },
};

export const STANDING: Controls = { turn: 0, speed: 0 };

/** The action of a turn rate. */
export function actionOf({ turn }: Controls): RobotAction {
  const above = EDGES.filter((edge) => turn > edge).length;
  return ROBOT_ACTIONS[above];
}

/** The controls within the limits of the motors, to two decimals. */
export function withinLimits({ turn, speed }: Controls): Controls {
  const round = (value: number): number => Math.round(value * 100) / 100;
  return {
    turn: round(Math.min(MOST_TURN, Math.max(-MOST_TURN, turn))),
    speed: round(Math.min(MOST_SPEED, Math.max(0, speed))),
  };
}
